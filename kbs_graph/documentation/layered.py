"""A directed graph laid out in layers, from left to right: boxes, and arrows with a label in between. Pure geometry.

After Sugiyama, Tagawa and Toda (1981): turn the arrows of cycles, rank, order by barycentre, place. Every label stands
in a layer of its own, so that no text covers another. Units are those of the sizes that are given; y grows downwards.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean

Size = tuple[float, float]
Point = tuple[float, float]
GAP, BETWEEN, MARGIN = 14.0, 44.0, 12.0
"""Between things in a layer, between layers, and around the whole."""
_SWEEPS = 24


@dataclass(frozen=True)
class Spot:
    """Where something stands: its left upper corner, width and height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


@dataclass(frozen=True)
class Way:
    """An arrow: the points it goes through, from its tail to its head, and where its label stands."""

    points: tuple[Point, ...]
    label: Spot


@dataclass(frozen=True)
class Layout:
    """Where everything stands, and how large the whole is."""

    boxes: Mapping[str, Spot]
    ways: Mapping[tuple[str, str], Way]
    width: float
    height: float


def lay_out(boxes: Mapping[str, Size], arrows: Mapping[tuple[str, str], Size]) -> Layout:
    """Place boxes, given by their sizes, and arrows between two different ones, given by the sizes of their labels."""
    turned = _turned(sorted(boxes), sorted(arrows))
    forward = {arrow: (arrow[::-1] if arrow in turned else arrow) for arrow in sorted(arrows)}
    ranks = _ranks(boxes, set(forward.values()))
    chains = {arrow: _chain(arrow, ends, ranks) for arrow, ends in forward.items()}
    sizes: dict[Hashable, Size] = {box: boxes[box] for box in boxes}
    sizes |= {step: arrows[arrow] if step[1] == 1 else (0.0, 0.0) for arrow, chain in chains.items() for step in chain}
    layers: dict[int, list[Hashable]] = defaultdict(list)
    near: dict[Hashable, list[Hashable]] = defaultdict(list)
    for box in sorted(boxes):
        layers[ranks[box]].append(box)
    for arrow, (tail, head) in forward.items():
        for step in chains[arrow]:
            layers[ranks[tail] + step[1]].append(step)
        for one, other in zip([tail, *chains[arrow]], [*chains[arrow], head], strict=True):
            near[one].append(other)
            near[other].append(one)
    rows = [layers[rank] for rank in sorted(layers)]
    _order(rows, near)
    spots = _placed(rows, near, sizes)
    ways = {arrow: _way(arrow, forward[arrow], chain, spots) for arrow, chain in chains.items()}
    right = max(spot.x + spot.width for spot in spots.values()) + MARGIN
    bottom = max(spot.y + spot.height for spot in spots.values()) + MARGIN
    return Layout({box: spots[box] for box in boxes}, ways, right, bottom)


Step = tuple[tuple[str, str], int]
"""A place that an arrow keeps in a layer: the arrow, and how many layers after its tail; the first holds the label."""


def _turned(boxes: Sequence[str], arrows: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    """The arrows to turn round so that no cycle is left: those back to a box on the way (depth first)."""
    after = defaultdict(list)
    for tail, head in arrows:
        after[tail].append(head)
    turned, done, way = set(), set(), []

    def visit(box: str) -> None:
        way.append(box)
        for head in after[box]:
            if head in way:
                turned.add((box, head))
            elif head not in done:
                visit(head)
        way.pop()
        done.add(box)

    into = {head for _, head in arrows}
    for box in sorted(boxes, key=lambda box: (box in into, -len(after[box]), box)):
        if box not in done:
            visit(box)
    return turned


def _ranks(boxes: Iterable[str], arrows: set[tuple[str, str]]) -> dict[str, int]:
    """The layer of each box: as far left as its arrows allow, but one that nothing points at stands before its targets.

    Boxes stand in even layers, labels in odd ones.
    """
    before, after = defaultdict(set), defaultdict(set)
    for tail, head in arrows:
        before[head].add(tail)
        after[tail].add(head)
    ranks: dict[str, int] = {}

    def rank(box: str) -> int:
        if box not in ranks:
            ranks[box] = max((rank(tail) + 2 for tail in before[box]), default=0)
        return ranks[box]

    for box in sorted(boxes):
        rank(box)
    for box in sorted(ranks):
        if not before[box] and after[box]:
            ranks[box] = min(ranks[head] for head in after[box]) - 2
    return ranks


def _chain(arrow: tuple[str, str], ends: tuple[str, str], ranks: Mapping[str, int]) -> list[Step]:
    return [(arrow, number) for number in range(1, ranks[ends[1]] - ranks[ends[0]])]


def _order(rows: list[list[Hashable]], near: Mapping[Hashable, list[Hashable]]) -> None:
    """Order each layer by the mean place of what each thing is tied to in the layer before, there and back again."""
    for sweep in range(_SWEEPS):
        there = rows if sweep % 2 == 0 else rows[::-1]
        for fixed, moving in pairwise(there):
            place = {thing: number / len(fixed) for number, thing in enumerate(fixed)}
            now = {thing: number / len(moving) for number, thing in enumerate(moving)}
            ties = {thing: [place[other] for other in near[thing] if other in place] for thing in moving}
            moving.sort(key=lambda thing, ties=ties, now=now: mean(ties[thing] or [now[thing]]))  # type: ignore[misc]


def _placed(
    rows: list[list[Hashable]], near: Mapping[Hashable, list[Hashable]], sizes: Mapping[Hashable, Size]
) -> dict[Hashable, Spot]:
    """A spot for everything: layers side by side, and each thing as level with its neighbours as its layer allows."""
    middles = {thing: float(number) for row in rows for number, thing in enumerate(row)}
    for sweep in range(_SWEEPS):
        for row in rows if sweep % 2 == 0 else rows[::-1]:
            wanted = [mean([middles[other] for other in near[thing]] or [middles[thing]]) for thing in row]
            middles.update(zip(row, _apart(wanted, [sizes[thing][1] for thing in row]), strict=True))
    top = min(middles[thing] - sizes[thing][1] / 2 for thing in middles) - MARGIN
    spots, x = {}, MARGIN
    for row in rows:
        width = max(sizes[thing][0] for thing in row)
        for thing in row:
            own, height = sizes[thing]
            own = own or width
            spots[thing] = Spot(x + (width - own) / 2, middles[thing] - top - height / 2, own, height)
        x += width + BETWEEN
    return spots


def _apart(wanted: Sequence[float], heights: Sequence[float]) -> list[float]:
    """The places nearest to those wanted (least squares) at which things in this order do not touch.

    Pools adjacent violators: things that would overlap move together.
    """
    offsets = [0.0]
    for above, below in pairwise(heights):
        offsets.append(offsets[-1] + (above + below) / 2 + GAP)
    blocks: list[tuple[float, int]] = []
    for place, offset in zip(wanted, offsets, strict=True):
        total, number = place - offset, 1
        while blocks and blocks[-1][0] / blocks[-1][1] > total / number:
            more, others = blocks.pop()
            total, number = total + more, number + others
        blocks.append((total, number))
    levels = [total / number for total, number in blocks for _ in range(number)]
    return [level + offset for level, offset in zip(levels, offsets, strict=True)]


def _way(arrow: tuple[str, str], ends: tuple[str, str], chain: list[Step], spots: Mapping[Hashable, Spot]) -> Way:
    """The points of an arrow, from box to box, along its label and level through every layer in between."""
    points = [(spots[ends[0]].x + spots[ends[0]].width, spots[ends[0]].middle)]
    for step in chain:
        spot = spots[step]
        points += [(spot.x, spot.middle), (spot.x + spot.width, spot.middle)]
    points.append((spots[ends[1]].x, spots[ends[1]].middle))
    return Way(tuple(points if ends == arrow else points[::-1]), spots[chain[0]])
