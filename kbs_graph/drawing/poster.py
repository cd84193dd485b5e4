"""The karrewiel as a poster: one page of A3 to print and hang up, with the seven areas and the T-shape in words.

The same content gives the same bytes. The typeface is embedded, nothing is smaller than 12 points, the page is tagged.
"""

from dataclasses import dataclass
from io import BytesIO

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from kbs_graph.drawing import typeface
from kbs_graph.drawing.pdftags import Tags
from kbs_graph.drawing.sectors import Arc, Sector
from kbs_graph.drawing.wheel import CENTRE, INK, TEXT, Disc, Paint, Segment

WIDTH, HEIGHT = 1190.55, 841.89
"""A3, landscape, in points (ISO 216: 420 by 297 mm)."""
MARGIN = 34.0
SCALE = 0.75
"""Points a unit of the wheel: it fills the height of the page, and its smallest text is 14.3 points."""
SMALLEST = 12.0
_COLUMN = 808.0
_ROOM = WIDTH - MARGIN - _COLUMN
_INDENT = 34.0
_BODY, _BODY_LEADING, _HEADING = 12.5, 16.0, 16.0
_CODE = 76.0
_BLACK, _WHITE = "#000000", "#ffffff"


@dataclass(frozen=True)
class Named:
    """An area in words: its number, name and one sentence, and its colour."""

    number: int
    name: str
    sentence: str
    paint: Paint


@dataclass(frozen=True)
class Poster:
    """What stands on the poster, in one language (ISO 639-1)."""

    language: str
    title: str
    lead: str
    wheel_in_words: str
    pieces: tuple[tuple[Segment, Paint], ...]
    middle: tuple[tuple[Disc, Paint], ...]
    areas: tuple[Named, ...]
    shape: tuple[str, str]
    """Heading and text on the T-shape; empty texts are left out."""
    address: str
    colophon: tuple[str, ...]
    grey: bool = False


def make(poster: Poster) -> bytes:
    """The poster as PDF."""
    for bold in (False, True):
        pdfmetrics.registerFont(typeface.face(bold))
    target = BytesIO()
    canvas = Canvas(target, pagesize=(WIDTH, HEIGHT), invariant=1, lang=poster.language, initialFontName=_font(False))
    canvas.setTitle(f"{poster.title}: {poster.lead}")
    canvas.setAuthor(poster.title)
    canvas.setSubject(poster.wheel_in_words)
    canvas.setCreator(poster.title)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    tags = Tags(canvas)
    with tags.element("H1"):
        size = min(46.0, _ROOM / typeface.width(poster.title, 1, bold=True))
        _text(canvas, _COLUMN, HEIGHT - MARGIN - 34, poster.title, size, bold=True)
    with tags.element("P"):
        size = next((n for n in (16.0, 15.5, 15.0, 14.5) if len(_lines(poster.lead, n, _ROOM)) <= 2), 14.0)
        below = _paragraph(canvas, HEIGHT - MARGIN - 64, poster.lead, size, 21)
    with tags.element("Figure", poster.wheel_in_words):
        _wheel(canvas, poster)
    _words(canvas, tags, poster, below + 2)
    tags.finish()
    canvas.save()
    return target.getvalue()


def in_grey(paint: Paint) -> Paint:
    """The same piece for a printer without colours: the rim black, the rest white with black edges."""
    if paint.name.startswith("rim"):
        return Paint(paint.name, "#2b2b2b", _WHITE)
    return Paint(paint.name, _WHITE, _BLACK, _BLACK)


def _wheel(canvas: Canvas, poster: Poster) -> None:
    canvas.saveState()
    canvas.translate(MARGIN - 6 * SCALE, (HEIGHT - 2 * CENTRE * SCALE) / 2)
    canvas.scale(SCALE, SCALE)
    for number, (disc, paint) in enumerate(poster.middle):
        _disc(canvas, disc, paint, poster.grey, 0.85 if number else 1.0)
    for disc, _ in poster.middle:
        canvas.setFillColor(HexColor(INK))
        canvas.setFont(_font(False), TEXT)
        canvas.drawCentredString(disc.line.x, _up(disc.line.y), disc.line.text)
    for segment, paint in poster.pieces:
        _piece(canvas, segment, in_grey(paint) if poster.grey else paint)
    canvas.restoreState()


def _disc(canvas: Canvas, disc: Disc, paint: Paint, grey: bool, opacity: float) -> None:
    """A colour one looks through, or in grey two rings."""
    canvas.setFillColor(HexColor(paint.fill), alpha=opacity)
    canvas.setStrokeColor(HexColor(_BLACK))
    canvas.setLineWidth(1.5)
    canvas.circle(disc.x, CENTRE, disc.radius, stroke=int(grey), fill=int(not grey))
    canvas.setFillAlpha(1)


def _piece(canvas: Canvas, segment: Segment, paint: Paint) -> None:
    canvas.setFillColor(HexColor(paint.fill))
    canvas.setStrokeColor(HexColor(paint.edge or paint.fill))
    canvas.setLineWidth(1.5)
    canvas.drawPath(_outline(canvas, segment.sector), stroke=int(bool(paint.edge)), fill=1)
    canvas.setFillColor(HexColor(paint.ink))
    canvas.setFont(_font(segment.bold), segment.size)
    for line in segment.lines:
        canvas.drawCentredString(line.x, _up(line.y), line.text)
    if segment.arc:
        _text_on(canvas, segment.arc, segment)


def _outline(canvas: Canvas, sector: Sector) -> object:
    """The sector as a path; reportlab counts angles from three o'clock and against the clock."""
    path = canvas.beginPath()
    start, end = sector.edges(sector.outer)
    path.arc(*_box(sector, sector.outer), 90 - start, start - end)
    start, end = sector.edges(sector.inner)
    path.arcTo(*_box(sector, sector.inner), 90 - end, end - start)
    path.close()
    return path


def _box(sector: Sector, radius: float) -> tuple[float, float, float, float]:
    return sector.x - radius, _up(sector.y) - radius, sector.x + radius, _up(sector.y) + radius


def _text_on(canvas: Canvas, arc: Arc, segment: Segment) -> None:
    """A text along its arc, sign by sign, each turned to stand on it."""
    per_unit = 180 / (3.141592653589793 * arc.radius)
    place = -segment.width / 2
    for sign in segment.text:
        wide = typeface.width(sign, segment.size, segment.bold)
        turn = (place + wide / 2) * per_unit
        angle = segment.sector.middle + (-turn if arc.reversed else turn)
        x, y = segment.sector.at(arc.radius, angle)
        canvas.saveState()
        canvas.translate(x, _up(y))
        canvas.rotate(180 - angle if arc.reversed else -angle)
        canvas.drawCentredString(0, 0, sign)
        canvas.restoreState()
        place += wide


def _words(canvas: Canvas, tags: Tags, poster: Poster, top: float) -> None:
    """The column beside the wheel: the areas, the T-shape, and at the bottom where it all comes from."""
    blocks = [(area.name, area.sentence) for area in poster.areas]
    blocks += [poster.shape] if poster.shape[1] else []
    left = top - (MARGIN + _CODE) - sum(_height(text) for _, text in blocks)
    between = max(4.0, min(24.0, left / max(1, len(blocks))))
    for number, (heading, text) in enumerate(blocks):
        with tags.decoration():
            if number < len(poster.areas):
                _number(canvas, top, poster.areas[number], poster.grey)
            else:
                _letter_t(canvas, top, "#2b2b2b" if poster.grey else "#1a5796")
        with tags.element("H2"):
            _text(canvas, _COLUMN + _INDENT, top - _HEADING, heading, _HEADING, bold=True)
        with tags.element("P"):
            _paragraph(canvas, top - _HEADING - 18, text, _BODY, _BODY_LEADING, _INDENT)
        top -= _height(text) + between
    with tags.decoration():
        _code(canvas, poster.address)
    with tags.element("P"):
        middle = MARGIN + _CODE / 2 - 4 + (len(poster.colophon) - 1) * 9
        for number, line in enumerate(poster.colophon):
            _text(canvas, _COLUMN + _CODE + 14, middle - number * 18, line, SMALLEST, bold=not number)


def _height(text: str) -> float:
    return _HEADING + 4 + _BODY_LEADING * len(_lines(text, _BODY, _ROOM - _INDENT))


def _number(canvas: Canvas, top: float, area: Named, grey: bool) -> None:
    paint = in_grey(area.paint) if grey else area.paint
    canvas.setFillColor(HexColor(paint.fill))
    canvas.circle(_COLUMN + 12, top - 11, 12, stroke=0, fill=1)
    canvas.setFillColor(HexColor(paint.ink))
    canvas.setFont(_font(True), 15)
    canvas.drawCentredString(_COLUMN + 12, top - 16, str(area.number))


def _letter_t(canvas: Canvas, top: float, colour: str) -> None:
    canvas.setFillColor(HexColor(colour))
    canvas.rect(_COLUMN, top - 6, 24, 6, stroke=0, fill=1)
    canvas.rect(_COLUMN + 9, top - 34, 6, 28, stroke=0, fill=1)


def _code(canvas: Canvas, address: str) -> None:
    """The address for a phone's camera (a QR code, ISO/IEC 18004)."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(address)
    code.make()
    count = code.getModuleCount()
    side = _CODE / count
    canvas.setFillColor(HexColor(_BLACK))
    path = canvas.beginPath()
    for row in range(count):
        for column in range(count):
            if code.isDark(row, column):
                path.rect(_COLUMN + column * side, MARGIN - 4 + _CODE - (row + 1) * side, side, side)
    canvas.drawPath(path, stroke=0, fill=1)


def _paragraph(canvas: Canvas, y: float, text: str, size: float, leading: float, indent: float = 0) -> float:
    """A text in lines of the column's width, from baseline `y` down; the baseline of the line after it."""
    for line in _lines(text, size, _ROOM - indent):
        _text(canvas, _COLUMN + indent, y, line, size)
        y -= leading
    return y


def _lines(text: str, size: float, room: float) -> list[str]:
    found: list[str] = []
    for word in text.split():
        longer = f"{found[-1]} {word}" if found else word
        if found and typeface.width(longer, size) <= room:
            found[-1] = longer
        else:
            found.append(word)
    return found


def _text(canvas: Canvas, x: float, y: float, text: str, size: float, bold: bool = False) -> None:
    canvas.setFillColor(HexColor(INK))
    canvas.setFont(_font(bold), size)
    canvas.drawString(x, y, text)


def _font(bold: bool) -> str:
    return str(typeface.face(bold).fontName)


def _up(y: float) -> float:
    """From y downwards in the drawing of the wheel to y upwards on paper."""
    return 2 * CENTRE - y
