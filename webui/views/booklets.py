"""Booklets to print: the page that lists them, and the files, made beside the snapshot and only handed out here."""

from dataclasses import dataclass

from flask import Blueprint, Response, render_template, send_from_directory
from werkzeug.exceptions import NotFound

from kbs_graph import catalog
from kbs_graph.booklet import shelf
from kbs_graph.booklet.shelf import FORMATS, WHOLE, BookletFile
from kbs_graph.errors import Unavailable
from kbs_graph.model import Home, Ref
from webui.caching import respond
from webui.i18n import language
from webui.negotiation import HTML
from webui.serving import opened

blueprint = Blueprint("booklets", __name__)


@dataclass(frozen=True)
class Offered:
    """A booklet in the reader's language: of which area (None for the whole), and its files by their ending."""

    slug: str
    area: Ref | None
    files: dict[str, BookletFile]


@blueprint.get("/<lang:lang>/boekje")
def listing(lang: str) -> Response:
    # The booklets are made after a snapshot became current, so they are part of the tag of this page.
    files = shelf.found(opened().snapshot)
    made = f"{len(files)},{opened().snapshot.offered('booklets').number}"
    return respond(f"{HTML};booklets={made}", lambda: Response(_page(files), mimetype=HTML))


@blueprint.get("/<lang:lang>/boekje/<slug:slug>.<any(pdf, docx):ending>")
def file(lang: str, slug: str, ending: str) -> Response:
    """A booklet, whole or in parts (Range), with its checksum as ETag. Unavailable while they are being made."""
    files = shelf.found(opened().snapshot)
    asked = (slug, language(), ending)
    found = next((item for item in files if (item.slug, item.language, item.ending) == asked), None)
    if found is None:
        raise NotFound if files or slug not in (WHOLE, *_slugs(_home())) else _not_yet()
    response = send_from_directory(
        shelf.folder(opened().snapshot),
        found.name,
        mimetype=FORMATS[ending],
        as_attachment=ending == "docx",
        download_name=found.name,
        etag=found.sha256,
    )
    response.cache_control.no_cache = True
    return response


def _page(files: tuple[BookletFile, ...]) -> str:
    return render_template("booklets.html", booklets=_offered(files), offered=opened().snapshot.offered("booklets"))


def _offered(files: tuple[BookletFile, ...]) -> list[Offered]:
    """The booklets in the reader's language, the whole first; none while they are being made."""
    areas = {WHOLE: None, **{str(ref.slug): ref for ref in _home().domains}}
    own = [item for item in files if item.language == language()]
    return [
        Offered(slug, area, {item.ending: item for item in own if item.slug == slug})
        for slug, area in areas.items()
        if any(item.slug == slug for item in own)
    ]


def _home() -> Home:
    return catalog.home(opened().store)


def _slugs(home: Home) -> list[str]:
    return [str(ref.slug) for ref in home.domains]


def _not_yet() -> Unavailable:
    return Unavailable(
        "De boekjes van deze versie zijn nog niet gemaakt. Kijk over een ogenblik opnieuw.",
        "The booklets of this version are not made yet. Look again in a moment.",
    )
