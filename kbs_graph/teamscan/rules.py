"""The rules of the team scan (A3): the status of a topic, its priority and their order, and what if a colleague leaves.

Priorities are exact fractions, so that equal is equal; people never see them, only their order and their word.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from fractions import Fraction

from kbs_graph.errors import BadRequest
from kbs_graph.teamscan.model import Counts, Judged, Line, Mode, Need, NeedKind, Scan, Status, Topic
from kbs_graph.teamscan.problems import wrong_counts
from kbs_graph.teamscan.topics import place, with_own

GAPS = (Status.MISSING, Status.FRAGILE, Status.PARTLY)
"""What the team needs and has too little of."""
COUNTED = (*GAPS, Status.IN_PLACE)
"""The statuses that come from counting hands."""


def judge(topic: Topic, line: Line, size: int, has_contact: bool) -> Judged:
    """What A3 says of one topic in a team of `size`.

    Not filled in, and also what cannot be right (kbs_graph.teamscan.problems), is UNFILLED: it is in no total.
    """
    if line.need.kind is NeedKind.NONE:
        return Judged(topic, line, Status.NOT_NEEDED)
    if line.need.kind is NeedKind.SPECIALIST:
        return Judged(topic, line, Status.SPECIALIST if has_contact else Status.NO_CONTACT)
    if line.counts is None or not _can_be_right(line.counts, line.need, size):
        return Judged(topic, line, Status.UNFILLED)
    have, need = line.counts[line.need.level - 1], required(line.need, size)
    return Judged(
        topic,
        line,
        _status(have, need),
        have,
        need,
        one_person=have == 1,
        priority=line.weight * Fraction(max(need - have, 0), need),
    )


def required(need: Need, size: int) -> int:
    """How many colleagues of a team of `size` must know it: all, the number chosen, or nobody."""
    return {NeedKind.EVERYONE: size, NeedKind.SOME: need.number}.get(need.kind, 0)


def judged(scan: Scan, topics: tuple[Topic, ...]) -> tuple[Judged, ...]:
    """What the rules say of every topic that is asked, the team's own too, in the order of the topics.

    For one professional "at least 2 colleagues" is one: they are the only one, and nothing rests on them alone.
    """
    asked = ((topic, line) for topic in with_own(topics, scan) if (line := scan.lines.get(topic.key)) and line.asked)
    if scan.mode is Mode.OWN:
        return tuple(_judge_own(topic, line, scan) for topic, line in asked)
    return tuple(judge(topic, line, scan.size, has_contact(scan, topic)) for topic, line in asked)


def in_order(found: Iterable[Judged]) -> tuple[Judged, ...]:
    """The highest priority first; equals by area, then by label."""
    return tuple(sorted(found, key=lambda one: (-one.priority, place(one.topic))))


def without_one(scan: Scan, keys: Collection[str]) -> Scan:
    """The scan after one colleague has left who covers the topics in `keys` (A4).

    Those topics lose one at every level that has one. All others keep their counts, but never more than who is left:
    of a topic that everyone must know, the one who leaves was then one of those who did not. Raises BadRequest for a
    team of one.
    """
    if scan.size < 2:
        raise BadRequest(
            "Een team van 1 kan niemand missen. Vul eerst in met hoeveel collega's jullie zijn.",
            "A team of 1 cannot lose anyone. First enter how many colleagues you are.",
        )
    size = scan.size - 1
    lines = {key: _after_leaving(line, key in keys, size) for key, line in scan.lines.items()}
    return replace(scan, size=size, lines=lines)


def has_contact(scan: Scan, topic: Topic) -> bool:
    """Whether the team wrote down whom to call: with the topic itself, or for a role that its referrals name."""
    line = scan.lines.get(topic.key)
    if line and line.boundary and (line.boundary.contact.strip() or line.boundary.phone.strip()):
        return True
    roles = {role.slug for role in topic.specialists}
    return any(c.role in roles and (c.organisation.strip() or c.phone.strip()) for c in scan.contacts)


def _status(have: int, need: int) -> Status:
    if have >= need:
        return Status.IN_PLACE
    return {0: Status.MISSING, 1: Status.FRAGILE}.get(have, Status.PARTLY)


def _can_be_right(counts: Counts, need: Need, size: int) -> bool:
    return required(need, size) >= 1 and wrong_counts(counts, size) is None


def _judge_own(topic: Topic, line: Line, scan: Scan) -> Judged:
    alone = replace(line.need, number=min(line.need.number, 1))
    found = judge(topic, replace(line, need=alone), scan.size, has_contact(scan, topic))
    return replace(found, line=line, one_person=False)


def _after_leaving(line: Line, covered: bool, size: int) -> Line:
    if line.counts is None:
        return replace(line, learn=min(line.learn, size))
    first, second, third = (_one_less(count, covered, size) for count in line.counts)
    counts: Counts = (first, second, third)
    return replace(line, counts=counts, learn=min(line.learn, size))


def _one_less(count: int, covered: bool, size: int) -> int:
    return min(count - 1 if covered and count > 0 else count, size)
