"""A scan as a workbook (XLSX), to fill in without a network: explanation, team, the topics, and all a scan can hold.

An empty one is the sheet of a scan in which nothing is counted yet (`beginning`). The outcome of A3 is computed in the
sheet while people type. What is not to be filled in is protected, without a password.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from kbs_graph import workbooks
from kbs_graph.errors import Words
from kbs_graph.model import Ref
from kbs_graph.teamscan import words
from kbs_graph.teamscan.model import Kind, Line, Mode, Scan, Topic
from kbs_graph.teamscan.problems import MOST_COLLEAGUES, is_day
from kbs_graph.teamscan.profiles import start
from kbs_graph.teamscan.sheet import explanation
from kbs_graph.teamscan.sheet import sentences as said
from kbs_graph.teamscan.sheet.cells import Cells, Row, level
from kbs_graph.teamscan.sheet.checks import Choices, own_outcome, shade, team_outcome, whole_number
from kbs_graph.teamscan.sheet.columns import COLUMNS, NO, OWN_LINES, TEAM_LINES, TITLES, YES, Column, Part
from kbs_graph.teamscan.topics import with_own

_SPARE = {Part.LINES: 5, Part.PLAN: 15}
"""Empty rows for what people add."""
_ADDED = ("domain", "kind", "topic")
"""What people fill in too where they add a topic of their own."""
_TOPIC_AT = 3
"""How many columns of the sheet to fill in stay in sight: up to the name of the topic."""
_LISTS = {
    Part.LINES: {"asked": "yes", "need": "need", "level": "1-3", "weight": "1-3", "share": "yes"},
    Part.BOUNDARIES: {"who": "who", "registration": "yes"},
    Part.PLAN: {"topic": "topics", "action": "action", "state": "state"},
    Part.OWN: {"domain": "areas", "kind": "kind"},
}
"""The lists to choose from, by column."""


def chosen(topics: Iterable[Topic], domains: Iterable[str] = (), general: bool = False) -> tuple[Topic, ...]:
    """The topics of these areas (slugs; none: all), or only the general ones of them. Competencies have no area."""
    wanted = set(domains)
    return tuple(
        topic
        for topic in topics
        if (not wanted or (topic.domain is not None and topic.domain.slug in wanted))
        and (not general or topic.kind is Kind.GENERAL)
    )


def beginning(topics: Iterable[Topic], profile: str = "", mode: Mode = Mode.TEAM, graph: str = "") -> Scan:
    """A scan of these topics with the start values of a profile; nothing is counted yet, its size is unknown (0)."""
    lines = {topic.key: Line(*start(topic, profile)) for topic in topics}
    return Scan(mode=mode, size=1 if mode is Mode.OWN else 0, profile=profile, graph=graph, lines=lines)


def make(scan: Scan, topics: tuple[Topic, ...], language: str) -> bytes:
    """The scan as a workbook in a language. `topics` are those of the graph."""
    writer = _Writer(Cells(scan, with_own(topics, scan), language))
    explanation.write(writer.book, scan.mode, language)
    writer.team()
    writer.lines()
    for part in (Part.BOUNDARIES, Part.CONTACTS, Part.PLAN, Part.OWN):
        writer.plain(part)
    writer.extra()
    writer.lists()
    return workbooks.packed(writer.book)


class _Writer:
    """Writes the sheets of one scan into a workbook, in the order people meet them."""

    def __init__(self, cells: Cells):
        self.cells, self.scan, self.language = cells, cells.scan, cells.language
        self.own = cells.scan.mode is Mode.OWN
        self.say = cells.say
        title = self.say(said.OWN_TITLE if self.own else said.TITLE)
        self.book = workbooks.blank(title, self.language, self.scan.day if is_day(self.scan.day) else "")
        self._size = ""
        self._limited: list[tuple[Worksheet, str, str]] = []

    def team(self) -> None:
        """The facts of the team, one under the other."""
        sheet = workbooks.add_sheet(self.book, self.say(TITLES[Part.TEAM]), landscape=False)
        workbooks.head(sheet, [self.say(said.ABOUT_TEAM), ""], [30, 34])
        (values,) = self.cells.rows(Part.TEAM)
        for number, column in enumerate(COLUMNS[Part.TEAM], 2):
            workbooks.boxed(workbooks.put(sheet, number, 1, self.say(column.heading), bold=True), to_fill_in=False)
            made = workbooks.put(sheet, number, 2, values[column.name])
            workbooks.boxed(made, column.filled_in and not (column.name == "size" and self.own))
            if column.name == "size":
                self._size, made.number_format = f"'{sheet.title}'!$B${number}", "0"
                whole_number(sheet, f"B{number}", said.SIZE_LIMIT, self.language, str(MOST_COLLEAGUES), lowest=1)
        workbooks.protect(sheet)

    def lines(self) -> None:
        """The sheet to fill in: a row a topic, then empty rows for topics of the team's own."""
        columns = OWN_LINES if self.own else TEAM_LINES
        rows = self.cells.rows(Part.LINES)
        last = len(rows) + 1 + _SPARE[Part.LINES]
        sheet = self._sheet(Part.LINES, columns, frozen=_TOPIC_AT)
        for row in range(2, last + 1):
            key = self.cells.keys[row - 2] if row - 2 < len(rows) else ""
            formulas = self._formulas(columns, row, key)
            for number, column in enumerate(columns, 1):
                if column.name in formulas:
                    made = workbooks.compute(sheet, row, number, formulas[column.name])
                else:
                    made = workbooks.put(sheet, row, number, rows[row - 2].get(column.name, "") if key else "")
                workbooks.boxed(made, column.filled_in or (not key and column.name in _ADDED))
            self._fit(sheet, row, columns, rows[row - 2] if key else {})
        lists = _LISTS[Part.LINES] | ({"own": "own", "learn": "yes"} if self.own else {})
        self._limit(sheet, columns, lists, 2, last)
        self._limit(sheet, columns, _LISTS[Part.OWN], len(rows) + 2, last)
        self._numbers(sheet, columns, last)
        status = _letter(columns, "status")
        shade(sheet, f"{status}2:{status}{last}", self.language)
        sheet.auto_filter.ref = f"A1:{_letter(columns, columns[-1].name)}{last}"
        sheet.print_area = f"A1:{status}{last}"  # what is behind it would make the print too small to read

    def plain(self, part: Part) -> None:
        """A sheet without formulas."""
        columns, rows = COLUMNS[part], self.cells.rows(part)
        sheet = self._sheet(part, columns)
        last = max(len(rows) + _SPARE.get(part, 0), 1) + 1
        for row in range(2, last + 1):
            values = rows[row - 2] if row - 2 < len(rows) else {}
            for number, column in enumerate(columns, 1):
                workbooks.boxed(workbooks.put(sheet, row, number, values.get(column.name, "")), column.filled_in)
            self._fit(sheet, row, columns, values)
        self._limit(sheet, columns, _LISTS.get(part, {}), 2, last)

    def extra(self) -> None:
        """What a later version said beside what this one knows, out of sight."""
        rows = self.cells.rows(Part.EXTRA)
        if rows:
            sheet = self._sheet(Part.EXTRA, COLUMNS[Part.EXTRA])
            sheet.sheet_state = "hidden"
            for row, values in enumerate(rows, 2):
                for number, column in enumerate(COLUMNS[Part.EXTRA], 1):
                    workbooks.put(sheet, row, number, values[column.name])

    def lists(self) -> None:
        """The lists to choose from, and where they hold."""
        choices = Choices(self.book, self.language)
        options: dict[str, Sequence[str]] = {
            "yes": [self.say(YES), self.say(NO)],
            "1-3": ["1", "2", "3"],
            "own": [level(number, self.language) for number in range(4)],
            "areas": [self.cells.area(ref) for ref in self.cells.areas.values()],
            "topics": [self.cells.name(key) for key in self.cells.keys],
        }
        by_enum: dict[str, Mapping[Any, Words]] = {
            "need": words.NEED,
            "who": words.WHO,
            "action": words.ACTION,
            "state": words.STATE,
            "kind": words.KIND,
        }
        options |= {name: [self.say(text) for text in texts.values()] for name, texts in by_enum.items()}
        for name, found in options.items():
            choices.add(name, found)
        for sheet, name, cells in self._limited:
            choices.limit(sheet, name, cells)

    def _sheet(self, part: Part, columns: Sequence[Column], frozen: int = 1) -> Worksheet:
        made = workbooks.add_sheet(self.book, self.say(TITLES[part]))
        workbooks.head(made, [self.say(c.heading) for c in columns], [c.width for c in columns], frozen=frozen)
        workbooks.protect(made)
        return made

    def _fit(self, sheet: Worksheet, row: int, columns: Sequence[Column], values: Row) -> None:
        texts = {n: value for n, c in enumerate(columns, 1) if isinstance(value := values.get(c.name, ""), str)}
        workbooks.fit(sheet, row, texts)

    def _formulas(self, columns: Sequence[Column], row: int, key: str) -> dict[str, str]:
        cell = {column.name: f"{_letter(columns, column.name)}{row}" for column in columns}
        contact = self._contact(key)
        if self.own:
            return own_outcome(cell, contact, self.language)
        return team_outcome(cell, self._size, contact, self.language)

    def _contact(self, key: str) -> str:
        """An expression, empty while nobody is named whom to call for a topic or for one of its roles."""
        if not key:
            return '""'
        places = self._places(Part.BOUNDARIES, self.cells.keys.index(key) + 2, ("contact", "phone"))
        topic = self.cells.known.get(key)
        refs: Iterable[Ref] = topic.specialists if topic else ()
        for ref in refs:
            row = self.cells.roles.index(str(ref.slug)) + 2
            places += self._places(Part.CONTACTS, row, ("organisation", "phone"))
        return "&".join(places)

    def _places(self, part: Part, row: int, names: Iterable[str]) -> list[str]:
        return [f"'{self.say(TITLES[part])}'!${_letter(COLUMNS[part], name)}${row}" for name in names]

    def _limit(
        self, sheet: Worksheet, columns: Sequence[Column], lists: Mapping[str, str], first: int, last: int
    ) -> None:
        for name, found in lists.items():
            letter = _letter(columns, name)
            self._limited.append((sheet, found, f"{letter}{first}:{letter}{last}"))

    def _numbers(self, sheet: Worksheet, columns: Sequence[Column], last: int) -> None:
        """The limits of what is counted."""
        if self.own:
            return
        most = str(MOST_COLLEAGUES)
        size = f"IF(N({self._size})<1,{most},{self._size})"
        counts = f"{_letter(columns, 'count1')}2:{_letter(columns, 'learn')}{last}"
        whole_number(sheet, counts, said.COUNT_LIMIT, self.language, size)
        number = _letter(columns, "number")
        whole_number(sheet, f"{number}2:{number}{last}", said.SIZE_LIMIT, self.language, most, lowest=1)


def _letter(columns: Sequence[Column], name: str) -> str:
    return workbooks.letter([column.name for column in columns].index(name) + 1)
