"""The team wheel (sketch B) as geometry: per area a band of cells for the general and for the specific knowledge.

A cell is a topic and has the pattern of its status, readable in grey; in a band the cells stand in the order of
`SHOWN`, so that it reads as a bar. Units of a square of 1,000, as the karrewiel. Nothing here is of a page.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, pi

from babel.dates import format_date

from kbs_graph.drawing import typeface
from kbs_graph.drawing.sectors import Arc, Sector, arc_for
from kbs_graph.drawing.wheel import CENTRE, NAME, RIM, TEXT, Line, Ring, numbered
from kbs_graph.errors import Words
from kbs_graph.model import Ref
from kbs_graph.teamscan import words
from kbs_graph.teamscan.model import Judged, Kind, Scan, Status, Topic
from kbs_graph.teamscan.plan import in_language
from kbs_graph.teamscan.topics import areas_of

SHOWN = (
    Status.IN_PLACE,
    Status.PARTLY,
    Status.FRAGILE,
    Status.MISSING,
    Status.SPECIALIST,
    Status.NO_CONTACT,
    Status.UNFILLED,
)
"""What a picture shows, in the order of cells, words, columns and legend. What is not needed is left out."""
OPEN = (Status.MISSING, Status.FRAGILE, Status.PARTLY, Status.NO_CONTACT)
LETTER = {Status.SPECIALIST: "S", Status.NO_CONTACT: "?"}
"""Signs in a cell, where there is room for them."""
DARK, MIDDLE = "#2b2b2b", "#8a8a8a"
STRIPE, DASH, BORDER, DOT, DOTS = 8, (9, 6), 3, 2.6, 10
"""Widths in units: a stripe and the white after it, a dash and its gap, a border, a dot and the distance of dots."""

HUB = 110.0
COMPETENCIES = Ring(120, 180, turned=True)
BANDS = {Kind.GENERAL: Ring(190, 300), Kind.SPECIFIC: Ring(306, 416)}
MOST_CELLS = 16
RING_MARK = 7.0
"""Radius of the ring on what rests on one colleague."""
_BETWEEN, _PARTLY = 1.0, 2 / 3
_TABLE = Words("Naar de tabel.", "To the table.")
_NOTHING = Words("niets bekeken", "nothing looked at")

Tally = tuple[tuple[Status, int], ...]
"""How many topics have each status, in the order of SHOWN, zeros left out."""


@dataclass(frozen=True)
class Cell:
    """A piece of a band: its status, and how many topics it stands for (more than one in a band of more than 16)."""

    sector: Sector
    status: Status
    topics: int

    @property
    def path(self) -> str:
        """Its outline as the `d` of an SVG path; a dashed border lies inside it."""
        return self.sector.path(BORDER / 2 if self.status in (Status.MISSING, Status.UNFILLED) else -_BETWEEN)

    @property
    def filled(self) -> str:
        """What of it is solid: the two thirds nearest to the middle when partly, else all of it."""
        s = self.sector
        if self.status is not Status.PARTLY:
            return self.path
        return Sector(s.x, s.y, s.inner, s.inner + (s.outer - s.inner) * _PARTLY, s.start, s.end).path(-_BETWEEN)

    @property
    def middle(self) -> tuple[float, float]:
        x, y = self.sector.at((self.sector.inner + self.sector.outer) / 2, self.sector.middle)
        return round(x, 1), round(y, 1)

    @property
    def ring(self) -> bool:
        """Whether it bears the ring of what rests on one colleague."""
        return self.status is Status.FRAGILE and self._room >= 2 * RING_MARK + 2

    @property
    def letter(self) -> str:
        """Its sign, where there is room for it in text that can be read."""
        sign = LETTER.get(self.status, "")
        return sign if sign and typeface.width(sign, TEXT, True) <= self._room else ""

    @property
    def _room(self) -> float:
        half = (self.sector.inner + self.sector.outer) / 2
        return self.sector.span * pi / 180 * half - 2 * _BETWEEN


@dataclass(frozen=True)
class Label:
    """A line of text on an arc."""

    text: str
    arc: Arc
    size: float
    bold: bool


@dataclass(frozen=True)
class Band:
    """The general or specific knowledge of an area: its cells, the counts behind them, and both in a sentence."""

    kind: Kind
    sector: Sector
    cells: tuple[Cell, ...]
    tally: Tally
    said: str


@dataclass(frozen=True)
class Area:
    """An area: its rim with its name and what is open, its two bands, its counts, and the result in a sentence."""

    ref: Ref
    rim: Sector
    labels: tuple[Label, ...]
    bands: tuple[Band, ...]
    tally: Tally
    said: str


@dataclass(frozen=True)
class Competency:
    """A segment of the inner ring. `letter` names it in the table; without a status it was not looked at."""

    topic: Topic
    letter: str
    sector: Sector
    cell: Cell | None


@dataclass(frozen=True)
class TeamWheel:
    """The whole drawing in one language. `loose` counts own topics that name no area: they are in the table alone."""

    hub: tuple[Line, ...]
    areas: tuple[Area, ...]
    competencies: tuple[Competency, ...]
    competencies_tally: Tally
    competencies_said: str
    loose: Tally
    legend: tuple[Status, ...]


def make(scan: Scan, judged: Sequence[Judged], topics: Sequence[Topic], language: str) -> TeamWheel:
    """The wheel of what the rules say; all areas and competencies of `topics` have their place, asked or not."""
    areas = areas_of(topics)
    known = [topic for topic in topics if is_competency(topic)]
    ring = [found for found in judged if is_competency(found.topic)]
    tally = tallied(judged)
    return TeamWheel(
        _hub(scan, sum(number for status, number in tally if status is not Status.UNFILLED), language),
        tuple(_area(ref, index, len(areas), judged, language) for index, ref in enumerate(areas)),
        tuple(_competency(topic, index, len(known), ring) for index, topic in enumerate(known)),
        tallied(ring),
        _said(_COMPETENCIES.in_language(language), tallied(ring), language),
        tallied(found for found in judged if not found.topic.domain and not is_competency(found.topic)),
        tuple(status for status, _ in tally),
    )


_COMPETENCIES = Words("Competenties", "Competencies")


def is_competency(topic: Topic) -> bool:
    """Whether a topic stands in the inner ring: one of the generic competencies, which have no area."""
    return topic.kind is Kind.COMPETENCY and topic.domain is None


def band_of(topic: Topic) -> Kind:
    """The band of a topic that has an area; what a team added as a competency stands with the specific knowledge."""
    return Kind.GENERAL if topic.kind is Kind.GENERAL else Kind.SPECIFIC


def tallied(judged: Iterable[Judged]) -> Tally:
    """How many have each status, in the order of SHOWN."""
    counts = Counter(found.status for found in judged)
    return tuple((status, counts[status]) for status in SHOWN if counts[status])


def in_words(tally: Tally, language: str) -> str:
    """Counts as people say them: "4 op orde, 1 deels"."""
    told = [f"{number} {words.STATUS[status].in_language(language)}" for status, number in tally]
    return ", ".join(told) or _NOTHING.in_language(language)


def open_of(tally: Tally) -> tuple[int, int]:
    """How many are open, of how many that count (A3: what is not filled in is in no total)."""
    counted = sum(number for status, number in tally if status is not Status.UNFILLED)
    return sum(number for status, number in tally if status in OPEN), counted


def _said(name: str, tally: Tally, language: str) -> str:
    return f"{name}: {in_words(tally, language)}. {_TABLE.in_language(language)}"


def _hub(scan: Scan, looked_at: int, language: str) -> tuple[Line, ...]:
    people = Words(
        "1 collega" if scan.size == 1 else f"{scan.size} collega's",
        "1 colleague" if scan.size == 1 else f"{scan.size} colleagues",
    )
    points = Words(
        "1 punt bekeken" if looked_at == 1 else f"{looked_at} punten bekeken",
        "1 topic looked at" if looked_at == 1 else f"{looked_at} topics looked at",
    )
    told = [people.in_language(language), points.in_language(language), _day(scan.day, language)]
    shown = [text for text in told if text]
    first = CENTRE - (len(shown) - 1) * 15 + 7
    return tuple(Line(text, CENTRE, first + place * 30) for place, text in enumerate(shown))


def _day(value: str, language: str) -> str:
    try:
        return str(format_date(date.fromisoformat(value[:10]), "d MMM y", locale=language))
    except ValueError:
        return ""


def _area(ref: Ref, index: int, count: int, judged: Sequence[Judged], language: str) -> Area:
    own = [found for found in judged if found.topic.domain and found.topic.domain.iri == ref.iri]
    name = numbered(ref.order, in_language(ref.label, language))
    bands = []
    for kind, ring in BANDS.items():
        mine = [found for found in own if band_of(found.topic) is kind]
        tally, sector = tallied(mine), ring.sector(index, count)
        said = _said(f"{name}, {words.KIND[kind].in_language(language)}", tally, language)
        bands.append(Band(kind, sector, _cells(sector, tally), tally, said))
    tally = tallied(own)
    still, counted = open_of(tally)
    note = Words(f"{still} van {counted} open", f"{still} of {counted} open").in_language(language) if counted else ""
    rim = RIM.sector(index, count)
    return Area(ref, rim, _labels(rim, name, note), tuple(bands), tally, _said(name, tally, language))


def _labels(rim: Sector, name: str, note: str) -> tuple[Label, ...]:
    """The name in the middle of the rim, or over the note: nearer the edge on the upper half, inward on the lower."""
    if not note:
        return (Label(name, arc_for(rim, NAME, typeface.CAP_HEIGHT), NAME, True),)
    half = (rim.inner + rim.outer) / 2
    outer = Sector(rim.x, rim.y, half - 1, rim.outer - 3, rim.start, rim.end)
    inner = Sector(rim.x, rim.y, rim.inner + 3, half + 1, rim.start, rim.end)
    above, under = (inner, outer) if 95 <= rim.middle <= 265 else (outer, inner)
    return (
        Label(name, arc_for(above, NAME, typeface.CAP_HEIGHT), NAME, True),
        Label(note, arc_for(under, TEXT, typeface.CAP_HEIGHT), TEXT, False),
    )


def _cells(band: Sector, tally: Tally) -> tuple[Cell, ...]:
    """Equal cells, at most 16: in a longer band one stands for two topics or more, with the status of its first."""
    statuses = [status for status, number in tally for _ in range(number)]
    if not statuses:
        return ()
    each = ceil(len(statuses) / MOST_CELLS)
    groups = [statuses[n : n + each] for n in range(0, len(statuses), each)]
    start, end = band.edges((band.inner + band.outer) / 2)
    step = (end - start) / len(groups)
    return tuple(
        Cell(
            Sector(band.x, band.y, band.inner, band.outer, start + n * step, start + (n + 1) * step),
            group[0],
            len(group),
        )
        for n, group in enumerate(groups)
    )


def _competency(topic: Topic, index: int, count: int, judged: Sequence[Judged]) -> Competency:
    sector = COMPETENCIES.sector(index, count)
    status = next((found.status for found in judged if found.topic.key == topic.key), None)
    cell = Cell(sector, status, 1) if status in SHOWN and status else None
    return Competency(topic, chr(ord("A") + index % 26), sector, cell)
