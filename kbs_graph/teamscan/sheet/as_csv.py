"""The sheet to fill in as CSV (RFC 4180): the facts of the team, an empty line, then a row a topic. Read back too.

What belongs to the other sheets of a workbook (contacts, agreements, the plan) is not in it: JSON and XLSX hold all.
"""

from kbs_graph import tables
from kbs_graph.teamscan.model import Mode, Scan, Topic
from kbs_graph.teamscan.sheet import sentences as said
from kbs_graph.teamscan.sheet.cells import Cells, Value
from kbs_graph.teamscan.sheet.columns import COLUMNS, OWN_LINES, TEAM_LINES, Part
from kbs_graph.teamscan.topics import with_own

_COMPUTED = ("have", "needed", "status")


def make(scan: Scan, topics: tuple[Topic, ...], language: str) -> bytes:
    """The scan as CSV in a language."""
    cells = Cells(scan, with_own(topics, scan), language)
    every = OWN_LINES if scan.mode is Mode.OWN else TEAM_LINES
    columns = [column for column in every if column.name not in _COMPUTED]
    blank = ("",) * len(columns)
    (team,) = cells.rows(Part.TEAM)
    rows = [(cells.say(c.heading), _plain(team[c.name]), *blank[2:]) for c in COLUMNS[Part.TEAM]]
    rows += [blank, tuple(cells.say(column.heading) for column in columns)]
    rows += [tuple(_plain(row.get(column.name, "")) for column in columns) for row in cells.rows(Part.LINES)]
    title = cells.say(said.ABOUT_TEAM)
    return tables.as_csv(tables.Table(title, language, (title, *blank[1:]), tuple(rows), None))


def _plain(value: Value) -> str | int:
    return value if isinstance(value, str | int) else value.isoformat()
