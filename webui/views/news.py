"""What is new and changed: a page, an Atom feed (RFC 4287) and sheets; and every release under its own address."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, current_app, redirect, render_template, request
from werkzeug.wrappers import Response as Answer

from kbs_graph import history, serialize, tables
from kbs_graph.errors import NotAcceptable
from kbs_graph.history import Change, Release
from kbs_graph.serialize import GRAPH_FORMATS, Format
from webui import negotiation, news_words, urls
from webui.caching import respond
from webui.i18n import gettext, language
from webui.negotiation import HTML
from webui.serving import opened
from webui.wording import plain

blueprint = Blueprint("news", __name__)

ATOM = "application/atom+xml"
MOST_ENTRIES = 30
"""Releases in the feed, the newest: a feed reader has had the others."""
_COLUMNS = ("version", "date", "change", "kind", "thing", "label", "properties", "continued_as")


@dataclass(frozen=True)
class Entry:
    """A release as the feed tells it: its id for good, the moment (RFC 3339), and what is new in a line."""

    release: Release
    tag: str
    title: str
    updated: str
    summary: str


@blueprint.get("/<lang:lang>/nieuw")
def page(lang: str) -> Response:
    """Every release with its changes, newest first, and what changed since."""
    return respond(HTML, lambda: render_template("news.html", history=_history()))


@blueprint.get("/<lang:lang>/nieuw.atom")
def feed(lang: str) -> Response:
    """The releases for feed readers. What is not released yet may change again, and is left out."""

    def make() -> Response:
        entries = [_entry(release) for release in _history().releases[:MOST_ENTRIES]]
        body = render_template(
            "news.xml",
            tag=f"{news_words.TAG}/{language()}/nieuw",
            title=f"Kennisbouwstenen: {gettext('New and changed')}",
            subtitle=gettext("What was added, changed or withdrawn in each release of this overview."),
            author=gettext("Editors of Kennisbouwstenen"),
            updated=entries[0].updated if entries else str(opened().snapshot.manifest["created"]),
            entries=entries,
        )
        return Response(body, content_type=f"{ATOM}; charset=utf-8")

    return respond(ATOM, make)


@blueprint.get("/<lang:lang>/nieuw.json")
def as_json(lang: str) -> Response:
    """All changes for programs, newest release first; `unreleased` is null when it is not known."""

    def make() -> Response:
        found = _history()
        document = {
            "unreleased": None if found.unreleased is None else [_node(change) for change in found.unreleased],
            "releases": [
                {
                    "version": release.version,
                    "id": release.iri,
                    "date": release.day,
                    "notes": release.notes,
                    "sha256": release.content,
                    "numbers": dict(release.numbers),
                    "changes": [_node(change) for change in release.changes],
                }
                for release in found.releases
            ],
        }
        return Response(current_app.json.dumps(document, ensure_ascii=False), mimetype="application/json")

    return respond("application/json", make)


@blueprint.get("/<lang:lang>/nieuw.csv")
def as_csv(lang: str) -> Response:
    """All released changes, one a line (RFC 4180)."""

    def make() -> Response:
        rows = tuple(_cells(release, change) for release in _history().releases for change in release.changes)
        body = tables.as_csv(tables.Table("", language(), _COLUMNS, rows, None))
        headers = {"Content-Disposition": f'attachment; filename="kennisbouwstenen-nieuw-{language()}.csv"'}
        return Response(body, content_type=tables.CSV_TYPE, headers=headers)

    return respond(tables.CSV_TYPE, make)


@blueprint.get("/id/uitgave/<slug:slug>")
def identifier(slug: str) -> Answer:
    """303 to the place of a release on the page, or to its data, by Accept; 406 when nothing fits."""
    release = history.release(opened().store, opened().snapshot.manifest, slug)
    form = negotiation.page_or_graph(negotiation.ranges(request.accept_mimetypes))
    if form is None:
        there = ", ".join([HTML, *(form.media_type for form in GRAPH_FORMATS.values())])
        raise NotAcceptable(
            f"Deze uitgave is er niet in de gevraagde vorm. Wel als: {there}.",
            f"This release is not here in the form asked for. It is here as: {there}.",
        )
    path = urls.data("uitgave", slug, form.ending) if isinstance(form, Format) else urls.news(release.version)
    response = redirect(urls.absolute(path), 303)
    response.vary.update(("Accept", "Accept-Language"))
    return response


@blueprint.get("/data/uitgave/<slug:slug>.<ending:ending>")
def document(slug: str, ending: str) -> Response:
    """What the graph says of a release, in one format."""
    form = GRAPH_FORMATS[ending]

    def make() -> Response:
        triples = history.description(opened().store, slug)
        return Response(serialize.write(triples, form, opened().snapshot.context), content_type=form.content_type)

    return respond(form.media_type, make)


def _history() -> history.History:
    return history.of(opened().store, opened().snapshot.manifest)


def _entry(release: Release) -> Entry:
    note = plain(release.notes)
    counted = news_words.counted(release.counts)
    return Entry(
        release,
        f"{news_words.TAG}/{language()}/uitgave/{release.slug}",
        gettext("Release %(version)s") % {"version": release.version},
        f"{release.day}T00:00:00Z",
        " ".join(part for part in (note, counted and f"{counted}.") if part) or gettext("This is the first release."),
    )


def _cells(release: Release, change: Change) -> tuple[str, ...]:
    node = _node(change)
    about = (change.kind, change.ref.segment or "", change.ref.iri, plain(change.ref.label))
    return (release.version, release.day, *about, " ".join(change.properties), node["continuedAs"] or "")


def _node(change: Change) -> dict[str, Any]:
    return {
        "change": change.kind,
        "thing": change.ref.iri,
        "label": change.ref.label,
        "properties": list(change.properties),
        "continuedAs": change.successor.iri if change.successor else None,
    }
