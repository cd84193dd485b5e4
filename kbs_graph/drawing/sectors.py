"""Shapes of a wheel: sectors of a ring, arcs that carry text, and the paths they make in SVG.

Angles are degrees, 0 at twelve o'clock and clockwise; lengths are units of the drawing, y downwards as in SVG.
"""

from dataclasses import dataclass
from math import asin, cos, degrees, pi, radians, sin

GAP = 4.0
"""White between two segments, the same width from the middle to the rim."""


@dataclass(frozen=True)
class Sector:
    """A piece of a ring round (x, y), from radius `inner` to `outer` and from angle `start` to `end`."""

    x: float
    y: float
    inner: float
    outer: float
    start: float
    end: float

    @property
    def middle(self) -> float:
        """The angle half-way, from 0 up to 360."""
        return (self.start + self.end) / 2 % 360

    @property
    def span(self) -> float:
        return self.end - self.start

    def at(self, radius: float, angle: float) -> tuple[float, float]:
        """The point at a radius and an angle round the same middle."""
        return self.x + radius * sin(radians(angle)), self.y - radius * cos(radians(angle))

    def edges(self, radius: float, margin: float = 0.0) -> tuple[float, float]:
        """The angles between which it is drawn at a radius, half a gap and `margin` units inside its borders."""
        aside = degrees(asin(min(1.0, (GAP / 2 + margin) / radius))) if radius else 0.0
        return self.start + aside, self.end - aside

    def path(self, margin: float = 0.0) -> str:
        """Its outline as the `d` of an SVG path, `margin` units inside its edges."""
        inner, outer = self.inner + margin, self.outer - margin
        (a, b), (c, d) = self.edges(outer, margin), self.edges(inner, margin)
        return (
            f"M{_pair(self.at(outer, a))}{_arc(outer, b - a)}{_pair(self.at(outer, b))}"
            f"L{_pair(self.at(inner, d))}{_arc(inner, d - c, False)}{_pair(self.at(inner, c))}Z"
        )


@dataclass(frozen=True)
class Arc:
    """A line of text on a circle: its baseline, and whether it runs against the clock (on the lower half)."""

    sector: Sector
    radius: float
    reversed: bool

    @property
    def path(self) -> str:
        start, end = self.sector.edges(self.radius)
        if self.reversed:
            start, end = end, start
        clockwise = not self.reversed
        return (
            f"M{_pair(self.sector.at(self.radius, start))}{_arc(self.radius, abs(end - start), clockwise)}"
            f"{_pair(self.sector.at(self.radius, end))}"
        )


def arc_for(sector: Sector, size: float, cap_height: float) -> Arc:
    """The baseline that puts one line of text of a size half-way a sector, never upside down (95° to 265° turns)."""
    half = (sector.inner + sector.outer) / 2
    turned = 95 <= sector.middle <= 265
    return Arc(sector, round(half + (1 if turned else -1) * size * cap_height / 2, 2), turned)


def room_on_arc(sector: Sector, margin: float) -> float:
    """The length of text that fits half-way a sector, `margin` units free at both ends."""
    half = (sector.inner + sector.outer) / 2
    return sector.span * pi / 180 * half - GAP - 2 * margin


def room_for_line(sector: Sector, middle: tuple[float, float], top: float, bottom: float, margin: float) -> float:
    """The widest a level line of text may be, centred on `middle` and from y `top` to `bottom`, within the sector."""
    low, high = 0.0, 2 * sector.outer
    while high - low > 0.1:
        width = (low + high) / 2
        box = (middle[0] - width / 2, top, middle[0] + width / 2, bottom)
        low, high = (width, high) if _holds(sector, box, margin) else (low, width)
    return low


def _holds(sector: Sector, box: tuple[float, float, float, float], margin: float) -> bool:
    """Whether a rectangle stays `margin` units inside the edges of a sector."""
    left, top, right, bottom = box
    nearest = (min(max(sector.x, left), right), min(max(sector.y, top), bottom))
    if _length(sector, *nearest) < sector.inner + margin:
        return False
    for x in (left, right):
        for y in (top, bottom):
            if _length(sector, x, y) > sector.outer - margin:
                return False
            # Beyond half a circle a border is not met by a text in its middle.
            if sector.span <= 180 and min(_beside(sector, x, y)) < GAP / 2 + margin:
                return False
    return True


def _length(sector: Sector, x: float, y: float) -> float:
    return float(((x - sector.x) ** 2 + (y - sector.y) ** 2) ** 0.5)


def _beside(sector: Sector, x: float, y: float) -> tuple[float, float]:
    """How far a point lies inside the two straight borders, in units; negative: outside."""
    dx, dy = x - sector.x, sector.y - y
    start, end = radians(sector.start), radians(sector.end)
    return dx * cos(start) - dy * sin(start), dy * sin(end) - dx * cos(end)


def _arc(radius: float, turn: float, clockwise: bool = True) -> str:
    return f"A{number(radius)} {number(radius)} 0 {int(turn > 180)} {int(clockwise)} "


def _pair(point: tuple[float, float]) -> str:
    return f"{number(point[0])} {number(point[1])}"


def number(value: float) -> str:
    """A number as short as SVG allows: one decimal, which is far below a pixel."""
    return f"{round(value, 1) + 0:g}"
