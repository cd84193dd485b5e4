"""The report, the region and the comparison as lines of text, for a terminal."""

from collections.abc import Iterator, Sequence

from kbs_graph.errors import Words
from kbs_graph.teamscan import individual, words
from kbs_graph.teamscan.compare import Comparison, Direction
from kbs_graph.teamscan.documents import sentences as said
from kbs_graph.teamscan.documents import tables as content
from kbs_graph.teamscan.documents.tables import Teller
from kbs_graph.teamscan.model import Judged, Mode, Topic
from kbs_graph.teamscan.plan import in_language
from kbs_graph.teamscan.region import Region
from kbs_graph.teamscan.report import Report

DIRECTION = {
    Direction.BETTER: Words("Beter ({n})", "Better ({n})"),
    Direction.LESS: Words("Minder ({n})", "Less ({n})"),
    Direction.SAME: Words("Gelijk ({n})", "The same ({n})"),
    Direction.NEW: Words("Nieuw ({n})", "New ({n})"),
    Direction.GONE: Words("Niet meer bekeken ({n})", "No longer looked at ({n})"),
}
_OPEN = Words("Open: {gaps} van {total} onderwerpen.", "Open: {gaps} of {total} topics.")
_IN_TEAMS = Words("{n} van {of} teams", "{n} of {of} teams")


def report(found: Report, topics: tuple[Topic, ...], language: str) -> Iterator[str]:
    """The gaps in the order of A3, what rests on one person, what goes well, specialists, and what is not filled in."""
    say = Teller(language)
    yield "  ".join(f"{name}: {say.shown(value)}" for name, value in content.facts(found.scan, say))
    if found.scan.mode is Mode.OWN:
        yield say(individual.in_words(individual.make(found.scan, topics)))
    yield say(_OPEN, gaps=found.whole.gaps, total=found.whole.total)
    gaps = tuple(_line(one, say, say(words.URGENCY[one.urgency])) for one in found.gaps)
    blocks: tuple[tuple[Words, Sequence[str]], ...] = (
        (said.OPEN, gaps),
        (said.ONE_PERSON, tuple(_line(one, say) for one in found.one_person)),
        (said.NO_CONTACT, tuple(say.topic(one) for one in found.no_contact)),
        (said.SPECIALIST, tuple(say.topic(one) for one in found.specialist)),
        (said.IN_PLACE, tuple(_line(one, say) for one in found.in_place)),
        (said.UNFILLED, tuple(say.topic(one) for one in found.unfilled)),
    )
    for heading, lines in blocks:
        yield from _block(say(heading, n=len(lines)), lines)


def region(found: Region, language: str) -> Iterator[str]:
    """The teams, what several miss, what to learn together, and who can help."""
    say = Teller(language)
    yield from (say(note) for note in found.notes)
    yield f"{say(said.TEAMS)}: " + ", ".join(team.name for team in found.teams)
    of = len(found.teams)
    shared = [f"{_name(o.topic, say)}: {say(_IN_TEAMS, n=o.gaps, of=of)}" for o in found.shared]
    training = [f"{_name(o.topic, say)}: {say(_IN_TEAMS, n=o.teams, of=of)}" for o in found.training]
    offers = [
        f"{_name(o.topic, say)}: {o.team} ({o.have}, {say(said.AT_LEVEL).lower()} {o.level})" for o in found.offers
    ]
    for heading, lines in ((said.SHARED, shared), (said.TRAINING, training), (said.OFFERS, offers)):
        yield from _block(say(heading, n=len(lines)), lines)


def comparison(found: Comparison, language: str) -> Iterator[str]:
    """What became better, less, the same, new and gone."""
    say = Teller(language)
    for direction, heading in DIRECTION.items():
        changes = found.of(direction)
        lines = [
            f"{_name(change.topic, say)}: "
            + " → ".join(say(words.STATUS[one.status]) if one else "–" for one in (change.before, change.after))
            for change in changes
        ]
        yield from _block(say(heading, n=len(changes)), lines)


def _block(heading: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield heading
        yield from (f"  {line}" for line in lines)


def _line(one: Judged, say: Teller, urgency: str = "") -> str:
    flag = [say(words.ONE_PERSON)] if one.one_person else []
    told = [say(words.STATUS[one.status]), say(words.have(one)), *([urgency] if urgency else []), *flag]
    return f"{say.topic(one)}: {', '.join(part for part in told if part)}"


def _name(topic: Topic, say: Teller) -> str:
    return in_language(topic.label, say.language)
