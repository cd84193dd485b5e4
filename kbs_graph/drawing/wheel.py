"""The karrewiel as geometry: where every segment and every word of it stands, in units of a square of 1,000.

Two meet in the middle; round them the target groups, the competencies (turned half a sector, so that they pair with no
domain), and of each domain the general and the specific knowledge and, as rim, its name.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kbs_graph.drawing import typeface
from kbs_graph.drawing.sectors import Arc, Sector, arc_for, room_for_line, room_on_arc
from kbs_graph.errors import Words
from kbs_graph.findings import VIOLATION, Finding
from kbs_graph.model import Spoke, Texts, Wheel
from kbs_graph.terms import K

SIZE, CENTRE = 1000, 500
TEXT, NAME = 19.0, 24.0
"""Sizes of text: at a width of 640 CSS pixels the smallest is 12 (product requirement D7)."""
LEADING = 21.0
HUES = ("#a32a1b", "#7a4f00", "#2f6418", "#00625f", "#1a5796", "#553a99", "#8e2461")
TINTS = ("#fbe3df", "#fbebcf", "#e4f2db", "#d9f1ef", "#dcebfa", "#e9e3f8", "#fadfee")
"""Colours of the domains in the order of the wheel; white on a hue and ink on a tint have a contrast above 7 : 1."""
INK, GREY, RESIDENT, PROFESSIONAL = "#1a1a1a", "#eef0f2", "#ffe9a8", "#cfe3f5"
RULE = "wheel-label-fits"
_ON_ARC, _LEVEL = 10.0, 4.0
"""Units kept free beside a text on an arc, and round a level text."""


@dataclass(frozen=True)
class Ring:
    """One ring: its radii, size and weight of its text, whether it is turned half a sector, if text is level."""

    inner: float
    outer: float
    size: float = TEXT
    bold: bool = False
    turned: bool = False
    level: bool = False

    def sector(self, index: int, count: int) -> Sector:
        """The segment at a place, from 0, of so many; the first is centred at twelve o'clock unless turned."""
        step = 360 / count
        start = (index - (0 if self.turned else 0.5)) * step
        return Sector(CENTRE, CENTRE, self.inner, self.outer, start, start + step)


@dataclass(frozen=True)
class Paint:
    """How a piece is coloured: its name (on a page its classes), and the same as colours where there is no style."""

    name: str
    fill: str
    ink: str = INK
    edge: str = ""


TARGET_GROUPS = Ring(104, 200, level=True)
COMPETENCIES = Ring(208, 288, turned=True)
GENERAL = Ring(296, 360)
SPECIFIC = Ring(364, 424)
RIM = Ring(428, 492, NAME, bold=True)
_LABEL_RADII = (155.0, 158.0, 161.0, 164.0, 152.0)
"""Where a level label is centred: the first radius at which it fits."""


@dataclass(frozen=True)
class Line:
    """A level line of text, centred at (x, y) on its baseline."""

    text: str
    x: float
    y: float


@dataclass(frozen=True)
class Segment:
    """A segment with its text: on an arc, or as level lines. `width` of the widest line against its `room`."""

    sector: Sector
    size: float
    bold: bool
    text: str
    arc: Arc | None
    lines: tuple[Line, ...]
    width: float
    room: float

    @property
    def fits(self) -> bool:
        return self.width <= self.room


@dataclass(frozen=True)
class Disc:
    """One of the two circles in the middle: they overlap on purpose, contact between the two is the centre."""

    x: float
    radius: float
    line: Line


def segment(ring: Ring, index: int, count: int, text: str) -> Segment:
    """A text in its place on a ring."""
    sector = ring.sector(index, count)
    if ring.level:
        return _level(ring, sector, text)
    arc = arc_for(sector, ring.size, typeface.CAP_HEIGHT)
    width = typeface.width(text, ring.size, ring.bold)
    return Segment(sector, ring.size, ring.bold, text, arc, (), width, room_on_arc(sector, _ON_ARC))


def discs(texts: Sequence[str]) -> tuple[Disc, ...]:
    """The circles of the middle: resident left, professional right and over it."""
    places = ((462, 440), (540, 544))
    level = CENTRE + TEXT * typeface.CAP_HEIGHT / 2
    return tuple(
        Disc(x, 62, Line(text, middle, round(level, 1))) for (x, middle), text in zip(places, texts, strict=False)
    )


def numbered(place: int, name: str) -> str:
    """The name of a domain as it is always shown: with its number."""
    return f"{place} {name}"


def misfits(wheel: Wheel) -> Iterator[Finding]:
    """A finding for every label that does not fit its segment, in either language."""
    rings = (
        (wheel.domains, RIM, "http://www.w3.org/2004/02/skos/core#prefLabel"),
        (wheel.competencies, COMPETENCIES, str(K.wheelLabel)),
        (wheel.target_groups, TARGET_GROUPS, str(K.wheelLabel)),
    )
    for spokes, ring, path in rings:
        for index, spoke in enumerate(spokes):
            for label in _labels(spoke.short):
                text = numbered(index + 1, label) if ring is RIM else label
                placed = segment(ring, index, len(spokes), text)
                if not placed.fits:
                    yield _misfit(spoke, path, label, placed)


def _labels(texts: Texts) -> list[str]:
    return [texts[tag] for tag in sorted(texts) if tag in ("nl", "en")]


def _misfit(spoke: Spoke, path: str, label: str, placed: Segment) -> Finding:
    width, room = round(placed.width), int(placed.room)
    message = Words(
        f"Dit label past niet in het wiel ({width} van {room}). Kies een kortere naam (k:wheelLabel).",
        f"This label does not fit the wheel ({width} of {room}). Choose a shorter name (k:wheelLabel).",
    )
    return Finding(RULE, VIOLATION, message, thing=spoke.ref.iri, path=path, value=label)


def _level(ring: Ring, sector: Sector, text: str) -> Segment:
    """On one line when that fits, else broken in two where it fits best."""
    words = text.split()
    options = [[text], *([" ".join(words[:n]), " ".join(words[n:])] for n in range(1, len(words)))]
    whole, *broken = ([_lines(ring, sector, text, lines, radius) for radius in _LABEL_RADII] for lines in options)
    if whole[0].fits or not broken:
        return _first_that_fits(whole)
    return _first_that_fits(min(broken, key=lambda placed: placed[0].width - placed[0].room))


def _first_that_fits(placed: list[Segment]) -> Segment:
    return next((s for s in placed if s.fits), min(placed, key=lambda s: s.width - s.room))


def _lines(ring: Ring, sector: Sector, text: str, lines: list[str], radius: float) -> Segment:
    x, y = sector.at(radius, sector.middle)
    cap = ring.size * typeface.CAP_HEIGHT
    first = y + cap / 2 - (len(lines) - 1) * LEADING / 2
    found, tightest = [], (0.0, 1e9)
    for number, line in enumerate(lines):
        base = first + number * LEADING
        room = room_for_line(sector, (x, y), base - cap, base, _LEVEL)
        width = typeface.width(line, ring.size, ring.bold)
        found.append(Line(line, round(x, 1), round(base, 1)))
        tightest = max(tightest, (width, room), key=lambda pair: pair[0] - pair[1])
    return Segment(sector, ring.size, ring.bold, text, None, tuple(found), *tightest)
