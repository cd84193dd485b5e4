"""The first sheet of a scan as a workbook: what this is, how to fill it in, and what the levels and outcomes mean."""

from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kbs_graph import workbooks
from kbs_graph.errors import Words
from kbs_graph.teamscan import words
from kbs_graph.teamscan.model import Mode
from kbs_graph.teamscan.sheet import sentences as said
from kbs_graph.teamscan.sheet.columns import EXPLANATION


def write(book: Workbook, mode: Mode, language: str) -> None:
    """Add the sheet to a workbook."""
    own = mode is Mode.OWN
    sheet = workbooks.add_sheet(book, EXPLANATION.in_language(language), landscape=False)
    for letter, width in (("A", 8), ("B", 24), ("C", 64)):
        sheet.column_dimensions[letter].width = width
    page = _Page(sheet, language)
    page.heading(said.OWN_TITLE if own else said.TITLE, 16)
    page.wide(words.PROMISE, bold=True)
    page.wide(said.NO_TEST)
    page.heading(said.HOW)
    for number, step in enumerate((*(said.OWN_STEPS if own else said.STEPS), *said.BOTH), 1):
        page.wide(step, number)
    page.heading(said.LEVELS)
    page.table((str(level), words.LEVEL[level], words.ANCHOR[level]) for level in range(4))
    page.heading(said.OUTCOMES)
    page.table(("", *outcome) for outcome in (said.OWN_OUTCOME if own else said.OUTCOME))
    workbooks.protect(sheet)


class _Page:
    """Writes down a sheet, line by line."""

    def __init__(self, sheet: Worksheet, language: str):
        self._sheet, self._language, self._row = sheet, language, 0

    def heading(self, text: Words, size: int = 13) -> None:
        self._row += 2 if self._row else 1
        cell = workbooks.put(self._sheet, self._row, 1, text.in_language(self._language))
        cell.font, cell.alignment = workbooks.font(size, bold=True), workbooks.on_one_line()
        self._sheet.row_dimensions[self._row].height = 1.5 * size

    def wide(self, text: Words, number: int = 0, bold: bool = False) -> None:
        """A sentence over the width of the page; of a list, with its number before it."""
        self._row += 1
        first = 2 if number else 1
        if number:
            workbooks.put(self._sheet, self._row, 1, number)
        shown = text.in_language(self._language)
        workbooks.put(self._sheet, self._row, first, shown, bold)
        self._sheet.merge_cells(start_row=self._row, end_row=self._row, start_column=first, end_column=3)
        # No program fits the height of merged cells to their text by itself.
        self._sheet.row_dimensions[self._row].height = 15.5 * (1 + len(shown) // (86 if number else 96))

    def table(self, rows: Iterable[tuple[str, Words, Words]]) -> None:
        for first, second, third in rows:
            self._row += 1
            cells = (first, second.in_language(self._language), third.in_language(self._language))
            for column, text in enumerate(cells, 1):
                workbooks.boxed(workbooks.put(self._sheet, self._row, column, text, bold=column < 3), to_fill_in=False)
