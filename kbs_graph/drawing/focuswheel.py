"""The wheel in small: numbered sectors for a phone, for the page of one domain (turned open to its list), as a badge.

Sketch C of the product requirements: the chosen sector spans 150 degrees and opens to the right; from its arc thin
lines run to the rows of the list beside it. One unit there is a sixteenth of a rem: lines and rows grow together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sin

from kbs_graph.drawing.sectors import Sector, number

SMALL = 320
_SMALL_RADII = (60.0, 156.0)
OPEN_START, OPEN_SPAN = 15.0, 150.0
_MIDDLE, _RADII = (200.0, 320.0), (64.0, 176.0)
_NUMBER_RADIUS = 120.0
LIST_X, HEIGHT = 420.0, 640.0
ROW, BETWEEN, MOST_ROWS = 48.0, 32.0, 10
"""Heights of a row or heading of the list and of the white between its two groups; beyond so many rows, two lines."""


@dataclass(frozen=True)
class Numbered:
    """A sector with the place of its domain on the wheel, and where that number stands (its middle)."""

    place: int
    sector: Sector
    x: float
    y: float


@dataclass(frozen=True)
class Fan:
    """The wheel of one domain: its own sector, the others in the order after it, and the lines to its list."""

    height: float
    chosen: Numbered
    others: tuple[Numbered, ...]
    lines: tuple[str, ...]
    ends: tuple[tuple[float, float], ...]


def small(count: int) -> tuple[Numbered, ...]:
    """Equal sectors in a square of 320, the first at twelve o'clock."""
    step = 360 / count
    middle = SMALL / 2
    return tuple(
        _numbered(place, Sector(middle, middle, *_SMALL_RADII, (place - 1.5) * step, (place - 0.5) * step))
        for place in range(1, count + 1)
    )


def badge(count: int, chosen: int) -> tuple[Numbered, ...]:
    """The small wheel in a square of 96, with the chosen place (from 1) lifted by 6."""
    step, found = 360 / count, []
    for place in range(1, count + 1):
        start = (place - 1.5) * step
        lift = 6 if place == chosen else 0
        turn = radians(start + step / 2)
        x, y = 48 + lift * sin(turn), 48 - lift * cos(turn)
        found.append(_numbered(place, Sector(x, y, 13, 41, start, start + step)))
    return tuple(found)


def fan(count: int, chosen: int, general: int, specific: int) -> Fan:
    """The wheel of the domain at a place (from 1), beside its list of so many general and specific aspects."""
    others = [(chosen + step - 1) % count + 1 for step in range(1, count)]
    step = (360 - OPEN_SPAN) / max(1, len(others))
    end = OPEN_START + OPEN_SPAN
    own = Sector(*_MIDDLE, *_RADII, OPEN_START, end)
    ends = _ends(general, specific)
    angles = _spread(len(ends))
    return Fan(
        max(HEIGHT, max((y for _, y in ends), default=0) + ROW),
        _numbered(chosen, own, _NUMBER_RADIUS),
        tuple(
            _numbered(place, Sector(*_MIDDLE, *_RADII, end + n * step, end + (n + 1) * step), _NUMBER_RADIUS)
            for n, place in enumerate(others)
        ),
        tuple(_line(own.at(_RADII[1], angle), to) for angle, to in zip(angles, ends, strict=True)),
        tuple(ends),
    )


def _ends(general: int, specific: int) -> list[tuple[float, float]]:
    """Where the lines end: at every row, or with many rows at the heading of each group. An empty group is left out."""
    top, headings, rows = 0.0, [], []
    for size in (n for n in (general, specific) if n):
        headings.append(top + ROW / 2)
        rows += [top + ROW * (row + 1.5) for row in range(size)]
        top += ROW * (size + 1) + BETWEEN
    return [(LIST_X, y) for y in (rows if len(rows) <= MOST_ROWS else headings)]


def _spread(count: int) -> Sequence[float]:
    """The angles at which so many lines leave the chosen sector: evenly from 30 to 150, two nearer the middle."""
    if count <= 2:
        return (60.0, 120.0)[:count] if count > 1 else (90.0,) * count
    return [30 + 120 * n / (count - 1) for n in range(count)]


def _line(start: tuple[float, float], end: tuple[float, float]) -> str:
    """A bow that leaves the wheel outwards and reaches the list level."""
    (x, y), (to_x, to_y) = start, end
    dx, dy = (x - _MIDDLE[0]) / _RADII[1], (y - _MIDDLE[1]) / _RADII[1]
    reach = min(70.0, (to_x - x) / 2)
    points = (x + reach * dx, y + reach * dy, to_x - 70, to_y, to_x, to_y)
    return f"M{number(x)} {number(y)}C" + " ".join(number(value) for value in points)


def _numbered(place: int, sector: Sector, radius: float | None = None) -> Numbered:
    x, y = sector.at(radius or (sector.inner + sector.outer) / 2, sector.middle)
    return Numbered(place, sector, round(x, 1), round(y, 1))
