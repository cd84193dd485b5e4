"""The topics of a scan as its pages show them: an area at a time, with how far each area is."""

from collections.abc import Iterable
from dataclasses import dataclass

from kbs_graph.model import Ref
from kbs_graph.teamscan.model import Line, NeedKind, Scan, Topic
from webui.teamscan.form import area_of

COUNTED = (NeedKind.EVERYONE, NeedKind.SOME)


@dataclass(frozen=True)
class Area:
    """A group of topics: an area of the wheel, or (no `ref`) what belongs to all. `number` is its place, from 1.

    `todo` is how many of its topics ask for an answer, `done` how many have one, `asked` how many are in the scan.
    """

    slug: str
    ref: Ref | None
    number: int
    topics: tuple[Topic, ...]
    asked: int
    todo: int
    done: int


def areas(topics: Iterable[Topic], scan: Scan, only_asked: bool = False) -> tuple[Area, ...]:
    """The topics by area, in their order; with `only_asked` those in the scan alone, and no empty areas."""
    groups: dict[str, list[Topic]] = {}
    for topic in topics:
        if not only_asked or is_asked(scan, topic):
            groups.setdefault(area_of(topic), []).append(topic)
    return tuple(_area(slug, at, found, scan) for at, (slug, found) in enumerate(groups.items(), 1))


def is_asked(scan: Scan, topic: Topic) -> bool:
    line = scan.lines.get(topic.key)
    return bool(line and line.asked)


def is_counted(line: Line) -> bool:
    """Whether a topic asks for an answer: not when a specialist does it, or nobody needs it."""
    return line.need.kind in COUNTED


def _area(slug: str, number: int, found: list[Topic], scan: Scan) -> Area:
    lines = [scan.lines[topic.key] for topic in found if is_asked(scan, topic)]
    counted = [line for line in lines if is_counted(line)]
    done = sum(line.counts is not None for line in counted)
    return Area(slug, found[0].domain, number, tuple(found), len(lines), len(counted), done)
