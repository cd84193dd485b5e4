"""Two moments of one team: per topic whether it is better, the same or less (TEAM-17).

Both moments are held against what the team needs at the later one, so that a need that was raised does not make it look
as if knowledge got lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from kbs_graph.errors import BadRequest
from kbs_graph.teamscan.model import Judged, Line, Scan, Status, Topic
from kbs_graph.teamscan.profiles import same
from kbs_graph.teamscan.report import LEFT_OUT
from kbs_graph.teamscan.rules import judged
from kbs_graph.teamscan.topics import with_own


class Direction(StrEnum):
    """What became of a topic: beter, minder, gelijk, nieuw, niet meer bekeken."""

    BETTER = "better"
    LESS = "less"
    SAME = "same"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True)
class Change:
    """A topic at two moments; None where it was not asked. `before` is held against the need of `after`.

    `need_changed` tells that the team asks something else of itself than it did.
    """

    topic: Topic
    direction: Direction
    before: Judged | None
    after: Judged | None
    need_changed: bool = False


@dataclass(frozen=True)
class Comparison:
    """What changed between two scans, in the order of the topics, and how often each."""

    before: Scan
    after: Scan
    changes: tuple[Change, ...]

    def of(self, direction: Direction) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.direction is direction)


def compare(before: Scan, after: Scan, topics: tuple[Topic, ...]) -> Comparison:
    """What changed from one scan to a later one. Raises BadRequest for a team beside one professional."""
    if before.mode is not after.mode:
        raise BadRequest(
            "Deze bestanden zijn niet te vergelijken: het ene is van een team, het andere van één professional.",
            "These files cannot be compared: one is of a team, the other of one professional.",
        )
    everything = with_own(with_own(topics, after), before)
    then = _by_key(replace(before, lines=_with_needs(before.lines, after.lines)), everything)
    now = _by_key(after, everything)
    return Comparison(
        before,
        after,
        tuple(
            _change(topic, then.get(topic.key), now.get(topic.key), before, after)
            for topic in everything
            if topic.key in then or topic.key in now
        ),
    )


def _with_needs(lines: Mapping[str, Line], later: Mapping[str, Line]) -> dict[str, Line]:
    return {
        key: replace(line, need=later[key].need, weight=later[key].weight) if key in later else line
        for key, line in lines.items()
    }


def _by_key(scan: Scan, topics: tuple[Topic, ...]) -> dict[str, Judged]:
    return {one.topic.key: one for one in judged(scan, topics)}


def _change(topic: Topic, then: Judged | None, now: Judged | None, before: Scan, after: Scan) -> Change:
    need_changed = bool(then and now and not same(before.lines[topic.key].need, after.lines[topic.key].need))
    return Change(topic, _direction(then, now, before.size == after.size), then, now, need_changed)


def _direction(then: Judged | None, now: Judged | None, as_many: bool) -> Direction:
    was, is_now = _is_filled(then), _is_filled(now)
    if then is None or now is None or not (was and is_now):
        return Direction.NEW if is_now else Direction.GONE if was else Direction.SAME
    first, second = _worth(then, as_many), _worth(now, as_many)
    return Direction.SAME if first == second else Direction.BETTER if first < second else Direction.LESS


def _is_filled(one: Judged | None) -> bool:
    return one is not None and one.status not in LEFT_OUT


def _worth(one: Judged, as_many: bool) -> tuple[Fraction, ...]:
    """What is compared: how much of the need is met, how many more there are, and in as large a team all levels too."""
    if one.status in (Status.SPECIALIST, Status.NO_CONTACT):
        return (Fraction(one.status is Status.SPECIALIST),)
    levels = sum(one.line.counts or ()) if as_many else 0
    return -one.priority / one.line.weight, Fraction(one.have - one.need), Fraction(levels)
