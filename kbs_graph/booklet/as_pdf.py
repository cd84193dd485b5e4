"""A booklet as PDF: tagged for assistive technology (PDF/UA-1, ISO 14289-1), with the typeface of the site embedded.

Laid out by Typst with the template `booklet.typ`. The texts reach it as data (JSON), never as markup, and it sees no
folder but an empty one and no network: nothing that a text says can change the layout or read a file. Door to typst.
"""

import json
import re
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.resources import files
from tempfile import TemporaryDirectory
from typing import Any

import typst

from kbs_graph.booklet import cover, words
from kbs_graph.booklet.model import Booklet
from kbs_graph.drawing import typeface
from kbs_graph.drawing.wheel import HUES, TINTS
from kbs_graph.errors import NotRunnable

_STANDARD = "ua-1"
_PIXELS_PER_POINT = 3
_PROBE = b"#set document(title: [x])\n#text(sys.inputs.sign)"
_PLAIN = re.compile(r"[\n -~\u00a0-\u00ff\u2013-\u201e\u2022\u2026\u20ac]")
"""Signs that the typeface surely has."""
_MISSING = "\u25a1"
"""Stands for a sign that no typeface here has: an accessible PDF may not leave it out in silence."""
_PICTURE = b"#set page(width: 160mm, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.drawing), width: 100%)"


def make(booklet: Booklet) -> bytes:
    """The booklet as PDF; the same booklet gives the same bytes. Raises NotRunnable when it cannot be laid out."""
    day = date.fromisoformat(booklet.edition.day)
    return _compile(
        files("kbs_graph.booklet").joinpath("booklet.typ").read_bytes(),
        {"booklet": _displayable(_as_json(booklet))},
        format="pdf",
        pdf_standards=[_STANDARD],
        timestamp=datetime.combine(day, time(), UTC),
    )


def wheel_picture(booklet: Booklet) -> bytes:
    """The wheel of the cover as PNG, 16 cm wide."""
    return picture(_drawing(booklet))


def picture(drawing: str) -> bytes:
    """A drawing (SVG, with its texts in the typeface of the site) as PNG, 16 cm wide. It needs no temporary folder."""
    return _compiled(
        _PICTURE, {"drawing": drawing}, str(typeface.file().parent), format="png", ppi=72.0 * _PIXELS_PER_POINT
    )


def count_pages(pdf: bytes) -> int:
    """The number of pages of a booklet."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def _displayable(content: str) -> str:
    """The same with a box for every sign that no typeface has."""
    rare = {sign for sign in _PLAIN.sub("", content) if not _is_shown(sign)}
    return content.translate({ord(sign): _MISSING for sign in rare})


@cache
def _is_shown(sign: str) -> bool:
    """Whether a sign can be printed: the standard refuses a page with one that no typeface has."""
    try:
        _compile(_PROBE, {"sign": sign}, format="pdf", pdf_standards=[_STANDARD])
    except NotRunnable:
        return False
    return True


def _compile(template: bytes, given: dict[str, str], **options: Any) -> bytes:
    with TemporaryDirectory(prefix="kbs-booklet-") as empty:
        return _compiled(template, given, empty, **options)


def _compiled(template: bytes, given: dict[str, str], folder: str, **options: Any) -> bytes:
    """What Typst makes of a template that can see this one folder."""
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(typeface.file().parent)])
    compiler = typst.Compiler(
        template, root=folder, font_paths=fonts, sys_inputs=given, package_path=folder, package_cache_path=folder
    )
    try:
        made = compiler.compile(**options)
    except typst.TypstError as error:
        raise NotRunnable(
            f"Het boekje is niet gemaakt: {error.message}.", f"The booklet was not made: {error.message}."
        ) from error
    page = made[0] if isinstance(made, list) else made
    assert isinstance(page, bytes)
    return page


def _as_json(booklet: Booklet) -> str:
    """What the template shows: the content, the fixed words in its language, the colours and the drawing."""
    content = asdict(booklet)
    del content["wheel"]
    said = {name: text.in_language(booklet.language) for name, text in words.SAID.items()}
    content["said"] = said
    for name, lines in (("what", words.WHAT), ("reading", words.READING)):
        content[name] = [line.in_language(booklet.language) for line in lines]
    content["hues"], content["tints"] = HUES, TINTS
    content["drawing"] = _drawing(booklet)
    return json.dumps(content, ensure_ascii=False)


def _drawing(booklet: Booklet) -> str:
    own = booklet.chapters[0].iri if booklet.slug else ""
    return cover.draw(booklet.wheel, booklet.language, own).decode()
