"""What the documents of a scan say, as tables in one language: for spreadsheets, CSV, JSON, and partly for Word."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from babel.dates import format_date

from kbs_graph.booklet import gathering
from kbs_graph.errors import Words
from kbs_graph.model import Ref, SourceRef
from kbs_graph.teamscan import plan, words
from kbs_graph.teamscan.delimitation import Delimitation, Entry
from kbs_graph.teamscan.documents import sentences as said
from kbs_graph.teamscan.model import Judged, Kind, Scan, Status, Who
from kbs_graph.teamscan.plan import Item, in_language
from kbs_graph.teamscan.problems import is_day
from kbs_graph.teamscan.region import Region
from kbs_graph.teamscan.report import Report, sorted_by
from kbs_graph.teamscan.sheet.columns import NO, YES

Cell = str | int | date
_PRINTED = 10
"""Of the table of all topics: up to what rests on one person. Notes and roles are to be read on a screen."""
_PROPOSED = 3
"""Sources to choose from that a paper plan has room for."""
_LOCALES = {"nl": "nl_NL", "en": "en_GB"}


@dataclass(frozen=True)
class Sheet:
    """A table with its title and headings; a day is a date, so that a spreadsheet can sort and count with it."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...] = ()
    printed: int = 0
    """How many of its first columns are printed, where all of them would be too small to read; 0: all."""


class Teller:
    """Says everything in one language."""

    def __init__(self, language: str):
        self.language = language

    def __call__(self, text: Words, **values: object) -> str:
        shown = text.in_language(self.language)
        return shown.format(**values) if values else shown

    def shown(self, value: Cell) -> str:
        """A value as people read it: a day in words."""
        if isinstance(value, date):
            return str(format_date(value, "d MMMM yyyy", locale=_LOCALES[self.language]))
        return str(value)

    def name(self, ref: Ref | None) -> str:
        return in_language(ref.label, self.language) if ref else ""

    def topic(self, one: Judged) -> str:
        return in_language(one.topic.label, self.language)

    def area(self, one: Judged) -> str:
        if one.topic.kind is Kind.COMPETENCY and not one.topic.domain:
            return self(said.COMPETENCIES)
        return self.name(one.topic.domain)

    def source(self, source: SourceRef) -> str:
        """A source with its address, if we vouch for one."""
        address = gathering.web_address(source.address)
        return self.name(source.ref) + (f" ({address})" if address else "")

    def sheet(self, title: str, columns: Sequence[tuple[Words, int]], rows: Iterable[tuple[Cell, ...]]) -> Sheet:
        headings = tuple(self(heading) for heading, _ in columns)
        return Sheet(title, headings, tuple(rows), tuple(width for _, width in columns))


def facts(scan: Scan, say: Teller) -> tuple[tuple[str, Cell], ...]:
    """Whose scan it is, of when, and how large the team is."""
    found: list[tuple[str, Cell]] = [(say(said.TEAM), scan.name)] if scan.name else []
    found += [(say(said.DAY), date.fromisoformat(scan.day))] if is_day(scan.day) else []
    return (*found, (say(said.SIZE), scan.size))


def report(found: Report, language: str) -> tuple[Sheet, ...]:
    """All topics, what is open first; and the counts by area."""
    say = Teller(language)
    columns = (
        (said.STATUS, 18),
        (said.TOPIC, 40),
        (said.AREA, 24),
        (said.KIND, 13),
        (said.NEED, 34),
        (said.WEIGHT, 18),
        (said.HAVE, 8),
        (said.NEEDED, 8),
        (said.URGENCY, 10),
        (said.FLAG, 12),
        (said.WANTED, 9),
        (said.KEEPER, 20),
        (said.PARTNER, 20),
        (said.NOTE, 36),
        (said.PRACTICE, 36),
    )
    rows = (_judged(one, say) for one in sorted_by(found, "status"))
    whole = say.sheet(say(said.WHOLE), columns, rows)
    return replace(whole, printed=_PRINTED), by_area(found, language)


def by_area(found: Report, language: str) -> Sheet:
    """How many topics of each area have each status that occurs."""
    say = Teller(language)
    statuses = [status for status in Status if found.whole.by_status[status]]
    columns = [(said.AREA, 26), *((words.STATUS[status], 12) for status in statuses), (said.TOTAL, 8)]
    rows: list[tuple[Cell, ...]] = []
    for area in found.areas:
        if area.whole.topics:
            name = say.name(area.domain) if area.domain else say(said.COMPETENCIES)
            rows.append((name, *(area.whole.by_status[status] for status in statuses), len(area.whole.topics)))
    rows.append((say(said.TOTAL), *(found.whole.by_status[s] for s in statuses), len(found.whole.topics)))
    return say.sheet(say(said.BY_AREA), columns, rows)


def _judged(one: Judged, say: Teller) -> tuple[Cell, ...]:
    counted = one.need > 0
    return (
        say(words.STATUS[one.status]),
        say.topic(one),
        say.area(one),
        say(words.KIND[one.topic.kind]),
        say(words.need(one.line.need)),
        say(words.WEIGHT[one.line.weight]),
        one.have if counted else "",
        one.need if counted else "",
        say(words.URGENCY[one.urgency]) if one.priority else "",
        say(YES) if one.one_person else "",
        one.line.learn or "",
        one.line.keeper,
        one.line.partner,
        one.line.note,
        one.line.practice,
    )


def delimitation(found: Delimitation, language: str) -> tuple[Sheet, ...]:
    """Who does what, a row a topic; then what nobody decided yet."""
    say = Teller(language)
    columns = (
        (said.WHO, 24),
        (said.TOPIC, 40),
        (said.REASON, 30),
        (said.CONTACT, 28),
        (said.PHONE, 16),
        (said.REACTION, 16),
        (said.STEP_UP, 30),
        (said.STEP_DOWN, 30),
        (said.REGISTRATION, 14),
    )
    rows = [_entry(entry, say(words.WHO[entry.who]), say) for entry in (*found.we, *found.together, *found.specialist)]
    rows += [_entry(entry, say(said.UNDECIDED), say) for entry in found.undecided]
    return (say.sheet(say(said.WHO_DOES), columns, rows),)


def _entry(entry: Entry, who: str, say: Teller) -> tuple[Cell, ...]:
    return (
        who,
        in_language(entry.topic.label, say.language),
        entry.boundary.reason,
        entry.contact or (say(said.CONTACT_MISSING) if entry.who is not Who.WE and not entry.has_contact else ""),
        entry.phone,
        entry.reaction,
        entry.boundary.step_up,
        entry.boundary.step_down,
        say(YES if entry.registration else NO),
    )


def plan_rows(scan: Scan, items: Sequence[Item], language: str) -> tuple[Sheet, ...]:
    """The plan, a row a thing to do, with what is still to choose."""
    say = Teller(language)
    columns = (
        (said.TOPIC, 36),
        (said.WEIGHT, 18),
        (said.GOAL, 34),
        (said.ACTION, 24),
        (said.SOURCES, 46),
        (said.OWNER, 20),
        (said.WHEN, 13),
        (said.NOTICE, 34),
        (said.STATE, 13),
        (said.STILL, 20),
    )
    title = f"{say(said.PLAN)} ({say(said.FINAL if plan.is_final(scan) else said.DRAFT)})"
    return (say.sheet(title, columns, (_item(item, say) for item in items)),)


def action(item: Item, say: Teller) -> str:
    """What is to be done, in the words of the list and those of the team."""
    row = item.row
    return ": ".join(part for part in (say(words.ACTION[row.action]) if row.action else "", row.action_text) if part)


def sources_of(item: Item) -> tuple[SourceRef, ...]:
    """The chosen sources of a row; while none is chosen, the first there are to choose from."""
    return item.chosen or item.suggested[:_PROPOSED]


def sources(item: Item, say: Teller, told: Callable[[SourceRef], str]) -> list[str]:
    """The sources of a row, a line each; under a line that says so while they are still to choose from."""
    lines = [told(source) for source in sources_of(item)]
    return lines if item.chosen or not lines else [f"{say(said.PROPOSAL)}:", *lines]


def _item(item: Item, say: Teller) -> tuple[Cell, ...]:
    row = item.row
    return (
        in_language(item.topic.label, say.language) if item.topic else row.topic,
        say(words.WEIGHT[item.judged.line.weight]) if item.judged else "",
        row.goal,
        action(item, say),
        "\n".join(sources(item, say, say.source)),
        row.owner,
        date.fromisoformat(row.day) if is_day(row.day) else row.day,
        row.notice,
        say(words.STATE[row.state]),
        ", ".join(say(plan.LACKS[lack]) for lack in item.lacks),
    )


def region(found: Region, language: str) -> tuple[Sheet, ...]:
    """Topic by topic in how many teams; then the teams, who can help whom, and what to learn together."""
    say = Teller(language)
    statuses = [status for status in Status if status is not Status.UNFILLED]
    columns = [
        (said.TOPIC, 40),
        (said.AREA, 24),
        *((words.STATUS[status], 11) for status in statuses),
        (said.NOT_SCANNED, 14),
        (words.ONE_PERSON, 12),
        (said.LEARNERS, 12),
    ]
    standings: Iterable[tuple[Cell, ...]] = (
        (
            in_language(one.topic.label, language),
            say.name(one.topic.domain) or say(said.COMPETENCIES),
            *(one.by_status[status] for status in statuses),
            one.not_scanned,
            one.one_person,
            one.learners,
        )
        for one in found.standings
    )
    return (
        say.sheet(say(said.WHOLE), columns, standings),
        teams(found, say),
        offers(found, say),
        training(found, say),
    )


def teams(found: Region, say: Teller) -> Sheet:
    """The teams of a region."""
    columns = ((said.TEAM, 30), (said.SIZE, 12), (said.DAY, 16), (said.FILLED, 12))
    rows = (
        (team.name, team.size, date.fromisoformat(team.day) if is_day(team.day) else "", team.filled)
        for team in found.teams
    )
    return say.sheet(say(said.TEAMS), columns, rows)


def offers(found: Region, say: Teller) -> Sheet:
    """Which team can help another with a topic, as far as it allowed to say so."""
    columns = ((said.TOPIC, 40), (said.TEAM, 30), (said.HAVE, 12), (said.AT_LEVEL, 12))
    rows = ((in_language(o.topic.label, say.language), o.team, o.have, o.level) for o in found.offers)
    return say.sheet(say(said.OFFERS, n=len(found.offers)), columns, rows)


def training(found: Region, say: Teller) -> Sheet:
    """What teams could learn together."""
    columns = ((said.TOPIC, 40), (said.WITH_THE_MOST, 16), (said.LEARNERS, 16), (said.SOURCES, 60))
    rows = (
        (
            in_language(one.topic.label, say.language),
            one.teams,
            one.learners,
            "\n".join(say.source(source) for source in one.sources),
        )
        for one in found.training
    )
    return say.sheet(say(said.TRAINING, n=len(found.training)), columns, rows)
