"""The team wheel as a picture for documents: the drawing of the page as SVG and as PNG, with the legend under it.

The same geometry and patterns as on the page (`templates/teamscan/wheel_parts.html`), for who prints in grey too.
"""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from kbs_graph.booklet import as_pdf
from kbs_graph.drawing import typeface
from kbs_graph.drawing.sectors import Sector
from kbs_graph.drawing.wheel import CENTRE, HUES, INK, NAME, TEXT
from kbs_graph.errors import Words
from kbs_graph.teamscan import words
from kbs_graph.teamscan.model import Status
from kbs_graph.teamscan.teamwheel import (
    BORDER,
    DARK,
    DASH,
    DOT,
    DOTS,
    HUB,
    MIDDLE,
    RING_MARK,
    SHOWN,
    STRIPE,
    Area,
    Band,
    Cell,
    TeamWheel,
)

_PAPER, _EDGE, _LINE = "#ffffff", "#6b7178", "#c9ced3"
_SIGN_DOWN, _PLATE, _LETTER_RADIUS = 6.4, 11, 150
_SWATCH, _ROW, _COLUMNS = 30.0, 46.0, 4
_PICTURE = Words(
    "Tekening van het teamwiel, met per gebied hoeveel onderwerpen op orde zijn en hoeveel niet: {said}",
    "Drawing of the team wheel, with how many topics of each area are in place and how many are not: {said}",
)
_FILLS = {
    Status.IN_PLACE: f'fill="{DARK}"',
    Status.PARTLY: f'fill="{_PAPER}" stroke="{_EDGE}"',
    Status.FRAGILE: f'fill="url(#fragile)" stroke="{_EDGE}"',
    Status.MISSING: f'fill="{_PAPER}" stroke="{DARK}" stroke-width="{BORDER}" stroke-dasharray="{DASH[0]} {DASH[1]}"',
    Status.SPECIALIST: f'fill="url(#dots)" stroke="{_EDGE}"',
    Status.NO_CONTACT: f'fill="url(#rings)" stroke="{_EDGE}"',
    Status.UNFILLED: f'fill="{_PAPER}" stroke="{_LINE}"',
}


def png(wheel: TeamWheel, language: str) -> bytes:
    """The wheel as PNG, 16 cm wide."""
    return as_pdf.picture(draw(wheel, language))


def in_words(wheel: TeamWheel, language: str) -> str:
    """What the picture shows, for who does not see it."""
    told = [area.said.rsplit(". ", 1)[0] for area in wheel.areas if area.tally]
    return _PICTURE.in_language(language).format(said="; ".join(told) + ".")


def draw(wheel: TeamWheel, language: str) -> str:
    """The wheel as SVG, 1,000 units wide."""
    pieces = [_patterns()]
    for area in wheel.areas:
        pieces += _area(area)
    pieces += _middle(wheel)
    pieces += _legend(language)
    height = 1000 + _ROW * -(-len(SHOWN) // _COLUMNS) + 10
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="1000" '
        f'height="{height:g}" viewBox="0 0 1000 {height:g}" font-family="{typeface.FAMILY}">{"".join(pieces)}</svg>'
    )


def _patterns() -> str:
    two = 2 * STRIPE
    return (
        f'<defs><pattern id="fragile" width="{two}" height="{two}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="{two}" height="{two}" fill="{_PAPER}"/><rect width="{STRIPE}" '
        f'height="{two}" fill="{DARK}"/></pattern><pattern id="dots" width="{DOTS}" height="{DOTS}" '
        f'patternUnits="userSpaceOnUse"><rect width="{DOTS}" height="{DOTS}" fill="{_PAPER}"/><circle cx="5" cy="5" '
        f'r="{DOT}" fill="{DARK}"/></pattern><pattern id="rings" width="12" height="12" patternUnits="userSpaceOnUse">'
        f'<rect width="12" height="12" fill="{_PAPER}"/><circle cx="6" cy="6" r="3" fill="none" stroke="{DARK}" '
        f'stroke-width="1.5"/></pattern></defs>'
    )


def _area(area: Area) -> Iterator[str]:
    hue = HUES[(area.ref.order - 1) % len(HUES)]
    yield f'<path d="{area.rim.path()}" fill="{hue}"/>'
    for number, label in enumerate(area.labels, 1):
        name = f"a{area.ref.order}-{number}"
        weight = ' font-weight="700"' if label.bold else ""
        yield f'<path id="{name}" fill="none" d="{label.arc.path}"/>'
        yield f'<text font-size="{label.size:g}" fill="{_PAPER}" text-anchor="middle"{weight}>'
        yield f'<textPath xlink:href="#{name}" startOffset="50%">{_safe(label.text)}</textPath></text>'
    for band in area.bands:
        yield from _band(band)


def _band(band: Band) -> Iterator[str]:
    yield _segment(band.sector)
    for cell in band.cells:
        yield from _cell(cell)


def _segment(sector: Sector) -> str:
    return f'<path d="{sector.path()}" fill="{_PAPER}" stroke="{_LINE}"/>'


def _cell(cell: Cell) -> Iterator[str]:
    yield f'<path d="{cell.path}" {_FILLS[cell.status]}/>'
    if cell.status is Status.PARTLY:
        yield f'<path d="{cell.filled}" fill="{MIDDLE}"/>'
    x, y = cell.middle
    if cell.ring:
        yield f'<circle cx="{x}" cy="{y}" r="{RING_MARK:g}" fill="{_PAPER}" stroke="{DARK}" stroke-width="2.5"/>'
    if cell.letter:
        yield _plate(x, y, _PLATE, cell.letter)


def _plate(x: float, y: float, radius: float, letter: str) -> str:
    """A letter on a white disc."""
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{_PAPER}" stroke="{DARK}"/>'
        f"{_text(letter, x, y + _SIGN_DOWN, TEXT, bold=True)}"
    )


def _middle(wheel: TeamWheel) -> Iterator[str]:
    for item in wheel.competencies:
        yield _segment(item.sector)
        if item.cell:
            yield from _cell(item.cell)
        yield _plate(*item.sector.at(_LETTER_RADIUS, item.sector.middle), 14, item.letter)
    yield f'<circle cx="{CENTRE}" cy="{CENTRE}" r="{HUB:g}" fill="{_PAPER}" stroke="{_EDGE}" stroke-width="2"/>'
    for number, line in enumerate(wheel.hub):
        yield _text(line.text, line.x, line.y, TEXT if number else NAME, bold=not number)


def _legend(language: str) -> Iterator[str]:
    """All statuses with their words, in rows under the wheel."""
    for number, status in enumerate(SHOWN):
        x = 20 + (number % _COLUMNS) * 245
        y = 1005 + _ROW * (number // _COLUMNS)
        box = f'x="{x}" y="{y:g}" width="{_SWATCH:g}" height="{_SWATCH:g}"'
        edge = "" if "stroke" in _FILLS[status] else f' stroke="{_EDGE}"'
        yield f"<rect {box} {_FILLS[status]}{edge}/>"
        if status is Status.PARTLY:
            yield f'<rect x="{x}" y="{y + 10:g}" width="{_SWATCH:g}" height="20" fill="{MIDDLE}"/>'
        text = words.STATUS[status].in_language(language)
        yield _text(text, x + _SWATCH + 10, y + 22, TEXT + 3, anchor="start")


def _text(text: str, x: float, y: float, size: float, bold: bool = False, anchor: str = "middle") -> str:
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{INK}" text-anchor="{anchor}"{weight}>'
        f"{_safe(text)}</text>"
    )


def _safe(text: str) -> str:
    """A text as XML, without the signs that XML 1.0 (section 2.2) cannot hold."""
    return escape("".join(sign for sign in text if sign.isprintable()))
