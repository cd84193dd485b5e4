"""What machines that walk the web ask for: the map of the site, where they may not walk, the manifest and the icon."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from flask import Blueprint, Response, current_app, redirect, render_template
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Answer

from kbs_graph import rows
from kbs_graph.filters import FACETS
from kbs_graph.terms import KINDS
from webui import urls
from webui.caching import respond
from webui.i18n import LANGUAGES, gettext, language
from webui.serving import opened
from webui.views import texts

blueprint = Blueprint("crawl", __name__)

LARGEST = 10_000
"""Pages in one part of the map; sitemaps.org allows 50,000 and 50 MB, and every page here names its translations."""
XML = "application/xml"
_PRIVATE = ("suggestie", "lijstje")
_FOR_PROGRAMS = ("reconcile", "zoeken/suggesties")
_ENDLESS = (*FACETS, "volgorde", "lijst")
"""Parameters of which every combination is a page: those pages are for people."""

_ICONS = (
    ("icon.svg", "image/svg+xml", "any", "any"),
    ("icon-192.png", "image/png", "192x192", "any"),
    ("icon-512.png", "image/png", "512x512", "any"),
    ("icon-maskable-512.png", "image/png", "512x512", "maskable"),
)
"""The icons of the manifest: file, media type, size and purpose."""


class Entry(NamedTuple):
    """A page in the map: its address in each language, and the day it was last changed (ISO 8601)."""

    addresses: dict[str, str]
    modified: str | None


@blueprint.get("/sitemap.xml")
def index() -> Response:
    """The parts of the map, by sitemaps.org 0.9."""

    def make() -> str:
        entries = _entries()
        parts = [(name, _latest(part)) for name, part in _parts(entries).items()]
        return render_template("sitemap-index.xml", parts=parts)

    return respond(XML, make)


@blueprint.get("/sitemap/<name>.xml")
def part(name: str) -> Response:
    """The pages of one language, each with its translations."""

    def make() -> str:
        found = _parts(_entries()).get(name)
        if found is None:
            raise NotFound
        return render_template("sitemap.xml", entries=found, tongue=name.partition("-")[0])

    return respond(XML, make)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Robots may walk everywhere but where there is no end, or where people write (RFC 9309)."""
    closed = [f"/{tongue}/{name}" for tongue in LANGUAGES for name in _PRIVATE]
    closed += ["/sparql?*query=", *(f"/*?*{name}=" for name in _ENDLESS)]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), "Allow: /"]
    body = "\n".join([*lines, "", f"Sitemap: {urls.absolute(urls.sitemap())}", ""])
    return respond("text/plain", lambda: body)


@blueprint.get("/manifest.webmanifest")
def manifest() -> Response:
    """The site among the apps of a device (W3C Web Application Manifest)."""

    def make() -> Response:
        icons = [
            {"src": urls.static(name), "type": media_type, "sizes": size, "purpose": purpose}
            for name, media_type, size, purpose in _ICONS
        ]
        document = {
            "id": "/",
            "name": "Kennisbouwstenen",
            "short_name": "Kennis",
            "description": gettext("What a neighbourhood team needs to know, with explanations and sources."),
            "lang": language(),
            "dir": "ltr",
            "start_url": urls.home(),
            "scope": "/",
            "display": "minimal-ui",
            "background_color": "#ffffff",
            "theme_color": "#ffffff",
            "icons": icons,
        }
        return Response(current_app.json.dumps(document), mimetype="application/manifest+json")

    return respond("application/manifest+json", make)


@blueprint.get("/favicon.ico")
def favicon() -> Answer:
    """Where browsers look without being told."""
    return redirect(urls.static("icon.svg"), 302)


def _entries() -> list[Entry]:
    """Every page: the fixed ones, the lists, and the things."""
    things = [Entry(_both(f"{d.segment}/{d.slug}"), d.modified) for d in rows.dated(opened().store)]
    return [*(Entry(_both(path), None) for path in (*_fixed(), *KINDS)), *things]


def _fixed() -> Iterator[str]:
    """The paths, after the language, of all pages whose address holds nothing but the language."""
    for rule in current_app.url_map.iter_rules():
        before, _, path = rule.rule.partition("/<lang:lang>/")
        is_page = not before and rule.arguments == {"lang"} and "GET" in (rule.methods or ()) and "." not in path
        if is_page and path.rstrip("/") not in _PRIVATE and not path.startswith(_FOR_PROGRAMS):
            yield path
    yield from texts.NAMES


def _both(path: str) -> dict[str, str]:
    return {tongue: urls.absolute(urls.home(tongue) + path) for tongue in LANGUAGES}


def _parts(entries: Sequence[Entry]) -> dict[str, Sequence[Entry]]:
    """The map in parts, by name: a language, with a number when it takes more than one."""
    slices = [entries[start : start + LARGEST] for start in range(0, len(entries), LARGEST)]
    return {
        tongue + (f"-{number}" if len(slices) > 1 else ""): some
        for tongue in LANGUAGES
        for number, some in enumerate(slices, 1)
    }


def _latest(entries: Sequence[Entry]) -> str | None:
    return max((entry.modified for entry in entries if entry.modified), default=None)
