"""What an institute can take along from its page: link health as CSV, a feed of changes, JSON-LD for its own pages."""

import hashlib
from dataclasses import dataclass

from flask import Blueprint, Response, render_template

from kbs_graph import catalog, institutes, rows, tables
from kbs_graph.errors import NotFound
from kbs_graph.institutes import Link, News
from kbs_graph.model import Organisation, Ref
from kbs_graph.rows import Row
from webui import news_words, snippets, urls
from webui.caching import respond
from webui.i18n import N_, gettext, language
from webui.negotiation import HTML
from webui.serving import opened
from webui.wording import plain

ATOM = "application/atom+xml"
MOST_ENTRIES = 100
"""Changes in a feed, the newest."""

_COLUMNS = (
    N_("title"),
    N_("old address"),
    N_("state"),
    N_("since"),
    N_("proposed new address"),
    N_("pages where we refer to it"),
)

blueprint = Blueprint("institutes", __name__)


@dataclass(frozen=True)
class Entry:
    """A change as the feed tells it: its id for good, title, moment (RFC 3339), page, and what of it changed."""

    tag: str
    title: str
    updated: str
    href: str
    summary: str


@blueprint.get("/<lang:lang>/organisatie/<slug:slug>/links.csv")
def links(lang: str, slug: str) -> Response:
    """The addresses of its sources with their state, one a line (RFC 4180)."""

    def make() -> Response:
        found = institutes.links(opened().store, _organisation(slug).iri)
        body = tables.as_csv(tables.Table("", language(), _headings(), tuple(map(_cells, found)), None))
        headers = {"Content-Disposition": f'attachment; filename="{slug}-links.csv"'}
        return Response(body, content_type=tables.CSV_TYPE, headers=headers)

    return respond(tables.CSV_TYPE, make)


@blueprint.get("/<lang:lang>/organisatie/<slug:slug>/nieuw.atom")
def feed(lang: str, slug: str) -> Response:
    """What changed of the concepts its sources are about (RFC 4287): in every release, and since the last one."""

    def make() -> Response:
        organisation = _organisation(slug)
        store, manifest = opened().store, opened().snapshot.manifest
        entries = [_entry(slug, item) for item in institutes.news(store, manifest, organisation.iri)[:MOST_ENTRIES]]
        name = plain(organisation.label)
        body = render_template(
            "organisation.xml",
            slug=slug,
            tag=f"{news_words.TAG}/{language()}/organisatie/{slug}",
            title=gettext("Kennisbouwstenen: changes for %(name)s") % {"name": name},
            subtitle=gettext("Changes to the knowledge that sources of %(name)s are about.") % {"name": name},
            author=gettext("Editors of Kennisbouwstenen"),
            updated=max((entry.updated for entry in entries), default=_moment(str(manifest["created"]))),
            entries=entries,
        )
        return Response(body, content_type=f"{ATOM}; charset=utf-8")

    return respond(ATOM, make)


@blueprint.get("/<lang:lang>/organisatie/<slug:slug>/jsonld")
def jsonld(lang: str, slug: str) -> Response:
    """For each of its sources the piece of JSON-LD for the page of that source."""

    def make() -> str:
        organisation = _organisation(slug)
        own = rows.pick(opened().store, [f"bron/{item.ref.slug}" for item in organisation.sources]).values()
        pieces = [(row, snippets.of(row)) for row in own if urls.external(row.address)]
        return render_template("snippets.html", thing=organisation, pieces=pieces)

    return respond(HTML, make)


def _organisation(slug: str) -> Organisation:
    """The organisation. Raises NotFound, Moved or Gone, and NotFound when it publishes nothing here."""
    found = catalog.thing(opened().store, "organisatie", slug)
    if not isinstance(found, Organisation) or not found.sources:
        raise NotFound("Van deze organisatie zijn hier geen bronnen.", "This organisation has no sources here.")
    return found


def _headings() -> tuple[str, ...]:
    return tuple(gettext(name) for name in _COLUMNS)


def _cells(link: Link) -> tuple[str, ...]:
    row = link.source
    pages = (row.ref, *row.about, *row.target_groups, *row.domains)
    return (
        plain(row.ref.label),
        link.address,
        plain(link.state.label) if link.state else gettext("not checked yet"),
        link.since,
        link.proposal,
        " ".join(_page(ref) for ref in pages),
    )


def _page(ref: Ref) -> str:
    return urls.absolute(urls.address_of(ref) or "")


def _entry(slug: str, item: News) -> Entry:
    change, row = item.change, _row(item)
    ref = change.successor or change.ref
    parts = [change.kind, change.ref.iri, *change.properties]
    version = item.version.replace(".", "-") or "nu-" + hashlib.sha256(" ".join(parts).encode()).hexdigest()[:12]
    changed = row.modified if row else None
    created = str(opened().snapshot.manifest["created"])
    return Entry(
        f"{news_words.TAG}/{language()}/organisatie/{slug}/{version}/{change.ref.segment}/{change.ref.slug}/{change.kind}",
        f"{plain(ref.label)}: {news_words.heading(change.kind).lower()}",
        _moment(item.day or changed or created),
        _page(ref),
        news_words.fields(change),
    )


def _row(item: News) -> Row | None:
    ref = item.change.successor or item.change.ref
    return next(iter(rows.pick(opened().store, [f"{ref.segment}/{ref.slug}"]).values()), None)


def _moment(day: str) -> str:
    return f"{day[:10]}T00:00:00Z"
