"""The pages for people: the front page, the list of a kind, and the page of each thing."""

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from kbs_graph import catalog
from kbs_graph.terms import KINDS
from webui import urls
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
    return respond(HTML, lambda: render_template("home.html", home=catalog.home(opened().store)))


@blueprint.get("/<lang:lang>/<segment:segment>")
def kind(lang: str, segment: str) -> Response:
    return respond(
        HTML,
        lambda: render_template("list.html", segment=segment, things=catalog.all_of(opened().store, segment)),
    )


@blueprint.get("/<lang:lang>/<segment:segment>/")
def kind_with_slash(lang: str, segment: str) -> Response:
    """One address a page: the one without the slash."""
    asked = request.query_string.decode("latin-1")
    return redirect(urls.kind(segment) + (f"?{asked}" if asked else ""), 308)


@blueprint.get("/<lang:lang>/<segment:segment>/<slug:slug>")
def thing(lang: str, segment: str, slug: str) -> Response:
    """The page of a thing; 404 when there is none, 410 for a tombstone."""
    return respond(HTML, lambda: _page(segment, slug))


def _page(segment: str, slug: str) -> str:
    found = catalog.thing(opened().store, segment, slug)
    name = KINDS[segment].name
    return render_template(f"{name}.html", thing=found, untranslated=not is_translated(found))
