"""The model as a drawing: classes as boxes, links as arrows with their properties, laid out for texts of a language."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from kbs_graph.documentation import layered
from kbs_graph.documentation.layered import Point, Size, Spot
from kbs_graph.documentation.links import Link
from kbs_graph.documentation.terms import Model, TermDoc
from kbs_graph.drawing import typeface
from kbs_graph.model import Texts
from kbs_graph.serialize import compact

TEXT, SMALL, LINE = 15.0, 13.0, 18.0
"""Sizes of the name of a class and of other texts, and the height of a line, in CSS pixels."""
_PADDING = 10.0
_ROOM = 1.12
"""How much wider a text may be in a typeface that stands in for ours."""
_HEAD = 9.0


@dataclass(frozen=True)
class Words:
    """A line of text: where it begins (baseline), and how large it is."""

    text: str
    x: float
    y: float
    size: float
    bold: bool = False


@dataclass(frozen=True)
class Box:
    """A class: its frame and the lines in it."""

    name: str
    spot: Spot
    lines: tuple[Words, ...]


@dataclass(frozen=True)
class Arrow:
    """The links from one class to another: the path of the line, that of its head, and the properties."""

    line: str
    head: str
    lines: tuple[Words, ...]


@dataclass(frozen=True)
class Drawing:
    """What there is to draw, in CSS pixels."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    width: int
    height: int


def draw(links: Iterable[Link], model: Model, language: str) -> Drawing:
    """The classes that links go from and to, and the links. A link of a class to itself is a line in its box."""
    loops: dict[str, list[str]] = defaultdict(list)
    between: dict[tuple[str, str], list[str]] = defaultdict(list)
    for link in links:
        text = f"{compact(link.property)} {link.count}".rstrip()
        loops[link.source] += [f"↻ {text}"] if link.source == link.target else []
        if link.source != link.target:
            between[link.source, link.target].append(text)
    shown = loops.keys() | {end for ends in between for end in ends}
    terms = {term.iri: term for term in model.own if term.iri in shown}
    texts = {iri: _texts(term, language, loops[iri]) for iri, term in terms.items()}
    layout = layered.lay_out(
        {iri: _size(lines, _PADDING) for iri, lines in texts.items()},
        {ends: _size([(text, SMALL, False) for text in own], 4) for ends, own in between.items()},
    )
    return Drawing(
        tuple(Box(terms[iri].name, spot, _words(texts[iri], spot, _PADDING)) for iri, spot in layout.boxes.items()),
        tuple(
            Arrow(
                _line(way.points, way.label),
                _head(way.points),
                _words([(text, SMALL, False) for text in between[ends]], way.label, 4),
            )
            for ends, way in layout.ways.items()
        ),
        round(layout.width),
        round(layout.height),
    )


Styled = tuple[str, float, bool]
"""A text, its size, and whether it is bold."""


def _texts(term: TermDoc, language: str, loops: list[str]) -> list[Styled]:
    return [
        (_in(term.label, language), TEXT, True),
        (f"{term.name} · {term.used}", SMALL, False),
        *((text, SMALL, False) for text in loops),
    ]


def _in(texts: Texts, language: str) -> str:
    return texts.get(language) or texts["nl"]


def _size(lines: list[Styled], padding: float) -> Size:
    widest = max(typeface.width(text, size, bold) for text, size, bold in lines)
    return widest * _ROOM + 2 * padding, len(lines) * LINE + padding


def _words(lines: list[Styled], spot: Spot, padding: float) -> tuple[Words, ...]:
    first = spot.y + padding / 2 + LINE * 0.75
    return tuple(
        Words(text, round(spot.x + padding, 1), round(first + number * LINE, 1), size, bold)
        for number, (text, size, bold) in enumerate(lines)
    )


def _line(points: tuple[Point, ...], label: Spot) -> str:
    """A line that bends between the layers and leaves out its label."""
    sides = {label.x, label.x + label.width}
    pieces = [f"M{points[0][0]:.0f} {points[0][1]:.0f}"]
    for (x, y), (to_x, to_y) in pairwise(points):
        if {x, to_x} == sides:
            pieces.append(f"M{to_x:.0f} {to_y:.0f}")
        elif round(y) == round(to_y):
            pieces.append(f"H{to_x:.0f}")
        else:
            half = (x + to_x) / 2
            pieces.append(f"C{half:.0f} {y:.0f} {half:.0f} {to_y:.0f} {to_x:.0f} {to_y:.0f}")
    return "".join(pieces)


def _head(points: tuple[Point, ...]) -> str:
    (before, _), (x, y) = points[-2], points[-1]
    back = -_HEAD if before < x else _HEAD
    return f"M{x:.0f} {y:.0f}l{back:g} {-_HEAD / 2:g}v{_HEAD:g}z"
