"""The report, the delimitation, the plan and the region as Word documents (DOCX, ISO/IEC 29500), on A4."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from kbs_graph.booklet.gathering import web_address
from kbs_graph.errors import Words
from kbs_graph.teamscan import delimitation as boundaries
from kbs_graph.teamscan import individual, patterns, plan, team_shape, teamwheel, words
from kbs_graph.teamscan.documents import sentences as said
from kbs_graph.teamscan.documents import tables as content
from kbs_graph.teamscan.documents import wheel_picture
from kbs_graph.teamscan.documents.writer import Writer
from kbs_graph.teamscan.individual import Known
from kbs_graph.teamscan.model import Judged, Scan, Topic, Who
from kbs_graph.teamscan.plan import in_language
from kbs_graph.teamscan.problems import is_day
from kbs_graph.teamscan.region import Region
from kbs_graph.teamscan.report import Report

_GAPS = (said.TOPIC, said.AREA, said.NEED, said.NOW, said.URGENCY)
_GAP_WIDTHS = (6.0, 3.8, 3.9, 1.7, 2.0)
_MOST_NAMED = 12
"""How many topics are still named where a number would do: a delimitation fits on one sheet."""
_WHOLE_WIDTHS = (2.8, 5.6, 3.6, 3.6, 1.8)


def report(found: Report, topics: tuple[Topic, ...], language: str) -> bytes:
    """The report in the order of the page: what is missing, what rests on one person, what goes well, then the rest."""
    scan = found.scan
    writer = Writer(_titled(said.REPORT.in_language(language), scan), language, scan.day)
    say = writer.say
    writer.about(scan)
    for heading, block in (
        (said.MISSING, found.missing),
        (said.ONE_PERSON, found.one_person),
        (said.PARTLY, found.partly),
    ):
        writer.heading(say(heading, n=len(block)))
        _gaps(writer, block)
    writer.heading(say(said.IN_PLACE, n=len(found.in_place)))
    for area, topics_there in groupby(found.in_place, key=say.area):
        writer.bullets([f"{area}: {'; '.join(say.topic(one) for one in topics_there)}"])
    if not found.in_place:
        writer.paragraph(say(said.NOTHING))
    for heading, block in ((said.NO_CONTACT, found.no_contact), (said.SPECIALIST, found.specialist)):
        if block:
            writer.heading(say(heading, n=len(block)))
            writer.bullets(say.topic(one) for one in block)
    noticed = patterns.of_report(found)
    if noticed:
        writer.heading(say(said.PATTERNS))
        writer.bullets(say(one) for one in noticed)
    wheel = teamwheel.make(scan, found.table, topics, language)
    writer.heading(say(said.WHEEL))
    writer.picture(wheel_picture.png(wheel, language), 14.5, wheel_picture.in_words(wheel, language))
    writer.bullets(
        f"{item.letter}: {in_language(item.topic.label, language)}" for item in wheel.competencies if item.cell
    )
    writer.heading(say(said.BY_AREA))
    areas = content.by_area(found, language)
    rest = (17.4 - 3.4) / (len(areas.headings) - 1)
    writer.table(areas.headings, [3.4, *[rest] * (len(areas.headings) - 1)], areas.rows, size=8)
    writer.heading(say(said.SHAPE))
    writer.paragraph(say(team_shape.in_words(found.shape)))
    _ours(writer, found, topics)
    _whole(writer, found)
    return writer.packed()


def _gaps(writer: Writer, block: Sequence[Judged]) -> None:
    say = writer.say
    if not block:
        writer.paragraph(say(said.NOTHING))
        return
    rows = (
        (
            say.topic(one),
            say.area(one),
            say(words.need(one.line.need)),
            say(words.have(one)),
            say(words.URGENCY[one.urgency]) if one.priority else "",
        )
        for one in block
    )
    writer.table([say(heading) for heading in _GAPS], _GAP_WIDTHS, rows)


def _ours(writer: Writer, found: Report, topics: tuple[Topic, ...]) -> None:
    """The team's own layer over the report: who keeps or brings knowledge, its notes and examples, and whom it calls.

    Those belong to the team alone, so they stand apart from what we say.
    """
    say = writer.say
    rows = []
    for one in found.table:
        line = one.line
        parts = (
            (said.KEEPER, line.keeper),
            (said.PARTNER, line.partner),
            (None, line.note),
            (said.PRACTICE, line.practice),
        )
        if written := [f"{say(label)}: {text}" if label else text for label, text in parts if text]:
            rows.append((say.topic(one), "\n".join(written)))
    called = [
        (in_language(one.topic.label, writer.language), one.contact, one.phone, one.reaction)
        for one in boundaries.reachable(found.scan, topics)
    ]
    if rows:
        writer.heading(say(said.OURS))
        writer.table([say(said.TOPIC), say(said.WRITTEN)], (4.6, 12.8), rows)
    if called:
        writer.heading(say(said.CALL))
        headings = [say(h) for h in (said.TOPIC, said.CONTACT, said.PHONE, said.REACTION)]
        writer.table(headings, (5.6, 4.8, 3.4, 3.6), called)


def _whole(writer: Writer, found: Report) -> None:
    """All topics, what is open first; then what is not filled in, and what cannot be right."""
    say = writer.say
    (whole, _) = content.report(found, writer.language)
    places = [
        whole.headings.index(say(heading)) for heading in (said.STATUS, said.TOPIC, said.AREA, said.NEED, said.HAVE)
    ]
    writer.heading(say(said.WHOLE))
    rows = ([row[place] for place in places] for row in whole.rows)
    writer.table([whole.headings[place] for place in places], _WHOLE_WIDTHS, rows)
    if found.problems:
        writer.heading(say(said.PROBLEMS))
        names = {one.topic.key: say.topic(one) for one in found.table}
        writer.bullets(f"{names.get(p.key, p.key)}: {say(p.words)}" if p.key else say(p.words) for p in found.problems)


def picture(scan: Scan, topics: tuple[Topic, ...], language: str) -> bytes:
    """The report of one professional: where they go deep, what they recognise, what they want to learn."""
    found = individual.make(scan, topics)
    writer = Writer(_titled(said.OWN_REPORT.in_language(language), scan), language, scan.day)
    say = writer.say
    if is_day(scan.day):
        writer.paragraph(say.shown(date.fromisoformat(scan.day)), "Lead")
    writer.paragraph(say(individual.in_words(found)))
    blocks: Iterable[tuple[Words, Sequence[Known]]] = (
        (said.DEEP, found.deep),
        (said.BROAD, found.broad),
        (said.LEARN, found.learn),
        (said.NEW, found.new),
        (said.UNFILLED, found.unknown),
    )
    for heading, block in blocks:
        writer.heading(say(heading, n=len(block)))
        if block:
            rows = [(in_language(one.topic.label, language), say(words.LEVEL[one.level])) for one in block]
            writer.table([say(said.TOPIC), say(said.MY_LEVEL)], (11.4, 6.0), rows)
        else:
            writer.paragraph(say(said.NOTHING))
    return writer.packed()


def delimitation(scan: Scan, topics: tuple[Topic, ...], language: str) -> bytes:
    """For partners on one sheet, lying: three columns; under it what has no contact yet and what is still to choose."""
    found = boundaries.make(scan, topics)
    writer = Writer(_titled(said.DELIMITATION.in_language(language), scan), language, scan.day, landscape=True)
    say = writer.say
    writer.paragraph(say(said.FOR_PARTNERS))
    columns = (found.we, found.together, found.specialist)
    lines = [[_entry(writer, entry) for entry in column] for column in columns]
    writer.columns([say(words.WHO[who]) for who in Who], 26.1 / 3, lines)
    for heading, entries in ((said.CONTACT_MISSING, found.no_contact), (said.UNDECIDED, found.undecided)):
        if entries:
            names = ", ".join(in_language(entry.topic.label, language) for entry in entries)
            told = names if len(entries) <= _MOST_NAMED else say(said.TOPICS, n=len(entries))
            writer.paragraph(f"{say(heading)}: {told}.", "Small")
    return writer.packed()


def _entry(writer: Writer, entry: boundaries.Entry) -> list[str]:
    """A topic in its column: what it is, then what was agreed, a line each."""
    say, boundary = writer.say, entry.boundary
    called = " · ".join(part for part in (entry.contact, entry.phone, entry.reaction) if part)
    roles = ", ".join(say.name(ref) for ref in entry.roles)
    told = (
        (None, boundary.reason),
        (
            None,
            called or (f"{roles}: {say(said.CONTACT_MISSING).lower()}" if entry.who is not Who.WE and roles else ""),
        ),
        (said.STEP_UP, boundary.step_up),
        (said.STEP_DOWN, boundary.step_down),
    )
    lines = [f"{say(label)}: {text}" if label else text for label, text in told if text]
    registered = [say(said.REGISTRATION)] if entry.registration and entry.who is not Who.WE else []
    return [in_language(entry.topic.label, writer.language), *lines, *registered]


def plan_document(scan: Scan, items: Sequence[plan.Item], language: str) -> bytes:
    """The plan, lying: a row a thing to do, and in each row what is still to choose."""
    (sheet,) = content.plan_rows(scan, items, language)
    writer = Writer(_titled(sheet.title, scan), language, scan.day, landscape=True)
    say = writer.say
    writer.about(scan)
    writer.paragraph(say(said.FEW))
    headings = (said.TOPIC, said.GOAL, said.ACTION, said.SOURCES, said.OWNER, said.WHEN, said.NOTICE, said.STATE)
    rows = []
    for item, row in zip(items, sheet.rows, strict=True):
        cells = dict(zip(sheet.headings, row, strict=True))
        open_ones = {plan.Lack.ACTION: said.ACTION, plan.Lack.OWNER: said.OWNER, plan.Lack.DAY: said.WHEN}
        cells |= {say(heading): say(said.TO_CHOOSE) for lack, heading in open_ones.items() if lack in item.lacks}
        cells[say(said.SOURCES)] = "\n".join(content.sources(item, say, lambda source: say.name(source.ref)))
        rows.append([cells[say(heading)] for heading in headings])
    widths = (4.0, 3.8, 3.0, 4.9, 2.7, 2.4, 3.3, 2.0)
    writer.table([say(heading) for heading in headings], widths, rows)
    named = {source.ref.iri: source for item in items for source in content.sources_of(item)}
    if named:
        writer.heading(say(said.SOURCES))
    for source in named.values():
        writer.source(say.name(source.ref), web_address(source.address))
    return writer.packed()


def region(found: Region, language: str) -> bytes:
    """Several teams side by side: what more teams miss, what to learn together, who can help, and all counts."""
    writer = Writer(
        said.REGION.in_language(language), language, max((team.day for team in found.teams), default=""), True
    )
    say = writer.say
    writer.paragraph(say(said.ONLY_COUNTS))
    writer.bullets(say(note) for note in found.notes)
    shared = content.Sheet(
        say(said.SHARED, n=len(found.shared)),
        (say(said.TOPIC), say(said.AREA), say(said.GAP_TEAMS), say(words.ONE_PERSON), say(said.LEARNERS)),
        tuple(
            (in_language(o.topic.label, language), say.name(o.topic.domain), o.gaps, o.one_person, o.learners)
            for o in found.shared
        ),
    )
    (standings, teams, offers, training) = content.region(found, language)
    for sheet, widths in (
        (shared, (9.6, 5.5, 3.5, 3.8, 3.7)),
        (training, (7.6, 3.6, 3.4, 11.5)),
        (offers, (11.1, 7.0, 4.0, 4.0)),
        (teams, (11.1, 5.0, 6.0, 4.0)),
        (standings, (5.5, 3.6, *[1.7] * 10)),
    ):
        writer.heading(sheet.title)
        if sheet.rows:
            writer.table(sheet.headings, widths, sheet.rows)
        else:
            writer.paragraph(say(said.NOTHING))
    return writer.packed()


def _titled(title: str, scan: Scan) -> str:
    return f"{title} – {scan.name}" if scan.name else title
