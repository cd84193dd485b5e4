"""Every file that can be made of a scan (`kinds`): one place for the site and the terminal.

Nothing is written: the bytes go back to who asked.
"""

from collections.abc import Callable, Sequence

from kbs_graph.errors import BadRequest, Words
from kbs_graph.teamscan import delimitation, icalendar, plan, scanfile, teamwheel
from kbs_graph.teamscan import region as regions
from kbs_graph.teamscan import report as reports
from kbs_graph.teamscan.documents import as_docx, as_sheets, wheel_picture
from kbs_graph.teamscan.documents import sentences as said
from kbs_graph.teamscan.documents import tables as content
from kbs_graph.teamscan.documents.kinds import ENDINGS, Subject, Wanted
from kbs_graph.teamscan.model import Mode, Scan, Topic
from kbs_graph.teamscan.rules import judged
from kbs_graph.teamscan.sheet import as_csv, as_workbook


def make(wanted: Wanted, scans: Sequence[Scan], topics: tuple[Topic, ...]) -> bytes:
    """The file, of one scan, or for a region of two or more. Raises BadRequest for a form that it cannot have."""
    if wanted.ending not in ENDINGS[wanted.subject]:
        known = ", ".join(ENDINGS[wanted.subject])
        raise BadRequest(
            f"Dit kan niet als .{wanted.ending}. Kies uit: {known}.",
            f"This cannot be had as .{wanted.ending}. Choose: {known}.",
        )
    makers: dict[Subject, Callable[[Wanted, Sequence[Scan], tuple[Topic, ...]], bytes]] = {
        Subject.SCAN: _scan,
        Subject.REPORT: _report,
        Subject.DELIMITATION: _delimitation,
        Subject.PLAN: _plan,
        Subject.REGION: _region,
    }
    return makers[wanted.subject](wanted, scans, topics)


def _scan(wanted: Wanted, scans: Sequence[Scan], topics: tuple[Topic, ...]) -> bytes:
    if wanted.ending == "xlsx":
        return as_workbook.make(scans[0], topics, wanted.language)
    if wanted.ending == "csv":
        return as_csv.make(scans[0], topics, wanted.language)
    return scanfile.dumps(scans[0], indent=1).encode()


def _report(wanted: Wanted, scans: Sequence[Scan], topics: tuple[Topic, ...]) -> bytes:
    scan, language = scans[0], wanted.language
    own = scan.mode is Mode.OWN
    if own and wanted.ending == "docx":
        return as_docx.picture(scan, topics, language)
    found = reports.make(scan, topics)
    if wanted.ending == "docx":
        return as_docx.report(found, topics, language)
    wheel = teamwheel.make(scan, found.table, topics, language)
    picture = b"" if own or wanted.ending != "xlsx" else wheel_picture.png(wheel, language)
    title = said.OWN_REPORT if own else said.REPORT
    return _tables(wanted, title, scan, content.report(found, language), picture)


def _delimitation(wanted: Wanted, scans: Sequence[Scan], topics: tuple[Topic, ...]) -> bytes:
    if wanted.ending == "docx":
        return as_docx.delimitation(scans[0], topics, wanted.language)
    sheets = content.delimitation(delimitation.make(scans[0], topics), wanted.language)
    return _tables(wanted, said.DELIMITATION, scans[0], sheets)


def _plan(wanted: Wanted, scans: Sequence[Scan], topics: tuple[Topic, ...]) -> bytes:
    scan = scans[0]
    if wanted.ending == "ics":
        return icalendar.make(scan, topics, wanted.language, wanted.base).encode()
    items = plan.items(scan, topics, judged(scan, topics))
    if wanted.ending == "docx":
        return as_docx.plan_document(scan, items, wanted.language)
    return _tables(wanted, said.PLAN, scan, content.plan_rows(scan, items, wanted.language))


def _region(wanted: Wanted, scans: Sequence[Scan], topics: tuple[Topic, ...]) -> bytes:
    found = regions.merge(scans, topics)
    if wanted.ending == "docx":
        return as_docx.region(found, wanted.language)
    return _tables(wanted, said.REGION, None, content.region(found, wanted.language))


def _tables(
    wanted: Wanted, title: Words, scan: Scan | None, sheets: Sequence[content.Sheet], picture: bytes = b""
) -> bytes:
    language = wanted.language
    facts = content.facts(scan, content.Teller(language)) if scan else ()
    if wanted.ending == "csv":
        return as_sheets.csv(language, sheets[0])
    if wanted.ending == "json":
        return as_sheets.as_json(title.in_language(language), language, facts, sheets)
    return as_sheets.xlsx(title.in_language(language), language, facts, sheets, picture)
