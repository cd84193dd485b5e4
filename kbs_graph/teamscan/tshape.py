"""The T-shape as geometry: over each of the seven areas a piece of the bar (breadth), under it a leg (depth).

Units of a drawing of 700 wide, y downwards as in SVG. A page, a document and a picture draw the same thing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 700.0
BAR, TOP = 72.0, 28.0
"""Height of the bar of breadth, and the white over it where the counts stand."""
_GAP, _BLOCK, _LEG = 4.0, 22.0, 240.0
"""White between pieces, the height of a block, and the longest leg: beyond it the blocks shrink."""
_LEG_WIDTH = 56.0


@dataclass(frozen=True)
class Part:
    """What is known of an area: its number on the wheel, `broad` of `asked`, `deep` and among those `deepest`."""

    number: int
    asked: int
    broad: int
    deep: int
    deepest: int = 0


@dataclass(frozen=True)
class Box:
    """A rectangle: left, top, width, height."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Column:
    """An area: its piece of the bar, as much of it as is filled, and the blocks of its leg, the deepest first."""

    part: Part
    middle: float
    frame: Box
    filled: Box
    blocks: tuple[Box, ...]


@dataclass(frozen=True)
class Drawing:
    """The whole: its height, and its columns in the order of the wheel."""

    height: float
    columns: tuple[Column, ...]


def draw(parts: Sequence[Part]) -> Drawing:
    """The T of these areas, side by side; as high as its longest leg."""
    most = max((part.deep for part in parts), default=0)
    block = min(_BLOCK, _LEG / most) if most else _BLOCK
    columns = tuple(_column(part, index, WIDTH / max(1, len(parts)), block) for index, part in enumerate(parts))
    return Drawing(round(TOP + BAR + _GAP + max(most, 1) * block + _GAP, 1), columns)


def _column(part: Part, index: int, width: float, block: float) -> Column:
    left = index * width
    share = part.broad / part.asked if part.asked else 0.0
    frame = Box(round(left + _GAP / 2, 1), TOP, round(width - _GAP, 1), BAR)
    filled = Box(frame.x, round(TOP + BAR * (1 - share), 1), frame.width, round(BAR * share, 1))
    leg = min(_LEG_WIDTH, frame.width)
    blocks = tuple(
        Box(
            round(left + (width - leg) / 2, 1),
            round(TOP + BAR + _GAP + n * block, 1),
            round(leg, 1),
            round(block - min(3.0, block / 4), 1),
        )
        for n in range(part.deep)
    )
    return Column(part, round(left + width / 2, 1), frame, filled, blocks)
