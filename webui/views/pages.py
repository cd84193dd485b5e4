"""The pages for people: the front page, and the page of each thing."""

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response

from kbs_graph import catalog, history, institutes, mappings, rows
from kbs_graph.contributions import held
from kbs_graph.terms import KINDS, Iri
from webui import snippets, urls
from webui.caching import respond
from webui.negotiation import HTML
from webui.serving import opened
from webui.wording import is_translated

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def root() -> Response:
    """To the front page in the reader's language."""
    response = redirect(urls.home(), 302)
    response.vary.add("Accept-Language")
    return response


@blueprint.get("/<lang:lang>/")
def home(lang: str) -> Response:
    def make() -> str:
        store, manifest = opened().store, opened().snapshot.manifest
        return render_template("home.html", home=catalog.home(store), history=history.of(store, manifest))

    return respond(HTML, make)


@blueprint.get("/<lang:lang>/<segment:segment>/<slug:slug>")
def thing(lang: str, segment: str, slug: str) -> Response:
    """The page of a thing; 404 when there is none, 410 for a tombstone."""
    return respond(HTML, lambda: _page(segment, slug))


def _page(segment: str, slug: str) -> str:
    found = catalog.thing(opened().store, segment, slug)
    name = KINDS[segment].name
    timeline = history.of(opened().store, opened().snapshot.manifest).timeline(found.iri)
    return render_template(
        f"{name}.html",
        thing=found,
        mapped=mappings.of_thing(opened().store, found.iri),
        timeline=timeline,
        untranslated=not is_translated(found),
        **_besides(segment, slug, found.iri),
    )


def _besides(segment: str, slug: str, iri: str) -> dict[str, object]:
    """What only the page of an organisation or a source tells."""
    store = opened().store
    if segment == "organisatie":
        return {"overview": institutes.of(store, iri), "queries": institutes.counts(iri)}
    if segment == "bron":
        slugs = held.read(opened().snapshot).get(Iri(iri), ())
        others = rows.pick(store, [f"organisatie/{other}" for other in slugs]).values()
        return {
            "snippet": snippets.of(rows.pick(store, [f"bron/{slug}"])[f"bron/{slug}"]),
            "also_by": [row.ref for row in others],
        }
    return {}
