"""What cannot be right in a scan: counts above the size of the team, levels that do not decrease, needs of nobody.

A scan with problems is still a scan: it travels, nothing typed is lost, and what has a problem is not judged.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kbs_graph.errors import Words
from kbs_graph.facts import dutch
from kbs_graph.teamscan.model import Counts, Line, Mode, NeedKind, OwnTopic, PlanRow, Scan, Topic

MOST_COLLEAGUES = 999
"""The largest team: in a file, in a sheet and in a form. A region may be large; more is a slip of the pen."""


@dataclass(frozen=True)
class Problem:
    """What is wrong: at which topic (its key; empty for the scan as a whole), in which field of the model, in words."""

    key: str
    field: str
    words: Words


def problems(scan: Scan) -> tuple[Problem, ...]:
    """All that cannot be right, in the order of the file. Topics taken out of the scan are not looked at."""
    return (
        *_of_size(scan),
        *(problem for key, line in scan.lines.items() if line.asked for problem in of_line(key, line, scan.size)),
        *(problem for own in scan.own_topics for problem in _of_own(own)),
        *(problem for row in scan.plan for problem in _of_row(row)),
    )


def of_line(key: str, line: Line, size: int) -> Iterator[Problem]:
    """What cannot be right at one topic of a team of this size."""
    if line.counts is not None and (words := wrong_counts(line.counts, size)):
        yield Problem(key, "counts", words)
    if not 0 <= line.learn <= max(size, 0):
        yield Problem(key, "learn", _outside(line.learn, size))
    if line.need.kind is NeedKind.SOME and not 1 <= line.need.number <= MOST_COLLEAGUES:
        yield Problem(
            key,
            "number",
            Words(
                f"Minstens {line.need.number} collega's kan niet. Kies een aantal van 1 tot en met {MOST_COLLEAGUES}.",
                f"At least {line.need.number} colleagues is not possible. Choose a number from 1 to {MOST_COLLEAGUES}.",
            ),
        )


def named(problem: Problem, known: Mapping[str, Topic]) -> Words:
    """A problem with the topic it is about, for a file that has no rows to look it up in."""
    topic = known.get(problem.key)
    if not topic:
        return problem.words
    nl = dutch(topic.label)
    return Words(f"{nl}: {problem.words.nl}", f"{topic.label.get('en') or nl}: {problem.words.en}")


def wrong_counts(counts: Counts, size: int) -> Words | None:
    """Why these counts cannot be those of a team of this size; None when they can."""
    for count in counts:
        if not 0 <= count <= size:
            return _outside(count, size)
    first, second, third = counts
    if not first >= second >= third:
        return Words(
            f"{first}, {second}, {third} kan niet: wie op niveau 3 zit, telt ook mee bij 2 en bij 1. "
            "De aantallen worden dus nooit groter.",
            f"{first}, {second}, {third} is not possible: who is at level 3 also counts at 2 and at 1. "
            "So the numbers never grow.",
        )
    return None


def _outside(count: int, size: int) -> Words:
    if count < 0:
        return Words(f"{count} kan niet: een aantal is 0 of hoger.", f"{count} is not possible: a number is 0 or more.")
    people, colleagues = ("collega", "colleague") if count == 1 else ("collega's", "colleagues")
    return Words(
        f"{count} {people} kan niet, het team telt er {size}.",
        f"{count} {colleagues} is not possible, the team has {size}.",
    )


def _of_size(scan: Scan) -> Iterator[Problem]:
    if scan.mode is Mode.OWN and scan.size != 1:
        yield Problem(
            "",
            "size",
            Words(
                f"Een scan voor jezelf telt 1 persoon, geen {scan.size}.",
                f"A scan for yourself counts 1 person, not {scan.size}.",
            ),
        )
    elif not 1 <= scan.size <= MOST_COLLEAGUES:
        yield Problem(
            "",
            "size",
            Words(
                f"Een team van {scan.size} kan niet. Vul een aantal in van 1 tot en met {MOST_COLLEAGUES}.",
                f"A team of {scan.size} is not possible. Enter a number from 1 to {MOST_COLLEAGUES}.",
            ),
        )


def _of_own(own: OwnTopic) -> Iterator[Problem]:
    if not own.label.strip():
        yield Problem(
            own.key,
            "label",
            Words(
                "Dit eigen onderwerp heeft nog geen naam. Geef het een naam.",
                "This topic of your own has no name yet. Give it a name.",
            ),
        )


def _of_row(row: PlanRow) -> Iterator[Problem]:
    if row.day and not is_day(row.day):
        yield Problem(
            row.topic,
            "day",
            Words(
                f"{row.day} is geen datum. Schrijf jaar, maand en dag, zoals 2027-03-31.",
                f"{row.day} is not a date. Write year, month and day, such as 2027-03-31.",
            ),
        )


def is_day(text: str) -> bool:
    """Whether a text is a calendar date of ISO 8601 in its extended form, such as 2027-03-31."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
