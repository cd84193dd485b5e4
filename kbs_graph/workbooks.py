"""How our workbooks look, and how they are written (XLSX, ISO/IEC 29500) without a file on disk.

A text stays a text, whatever it begins with; headings stay in sight and come back on every printed page.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import date, datetime
from io import BytesIO
from math import ceil
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

FAMILY = "Calibri"
"""A typeface every spreadsheet program has or replaces by one of the same widths."""
_NO_SIGN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_LONGEST_NAME = 31
"""Characters of the name of a sheet."""
_LONGEST = 32_767
"""Characters that a cell can hold."""
_HEAD = PatternFill("solid", fgColor="E7ECEF")
_FIXED = PatternFill("solid", fgColor="F5F6F7")
_LINE = Side("thin", color="B8C0C7")
_BORDER = Border(_LINE, _LINE, _LINE, _LINE)
_A4 = 9
_BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The time of every file inside an XLSX: the earliest a ZIP can say, so that equal sheets are equal bytes."""


def blank(title: str, language: str, day: str = "") -> Workbook:
    """A workbook without sheets, with its title, language and day (ISO 8601; none: no day is told)."""
    book = Workbook()
    book.remove(book.worksheets[0])
    facts, moment = book.properties, datetime.fromisoformat(day or "1980-01-01")
    facts.title, facts.creator, facts.language = title, "Kennisbouwstenen", {"nl": "nl-NL", "en": "en-GB"}[language]
    facts.created = facts.modified = moment
    return book


def add_sheet(book: Workbook, name: str, landscape: bool = True) -> Worksheet:
    """A sheet for A4 that prints as wide as the page, with page numbers. No program opens two sheets of one name."""
    sheet: Worksheet = book.create_sheet(_sheet_name(name, {title.lower() for title in book.sheetnames}))
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top = sheet.page_margins.bottom = 0.6
    sheet.page_margins.header = sheet.page_margins.footer = 0.25
    footer: Any = sheet.oddFooter
    footer.center.text = "&P / &N"
    return sheet


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name as a spreadsheet takes it: without its signs, whole words within 31 characters, not one there is."""
    plain = " ".join("".join(" " if sign in "[]:*?/\\'" else sign for sign in name).split())
    for again in ("", *(f" {number}" for number in range(2, len(taken) + 3))):
        room = _LONGEST_NAME - len(again)
        short = plain if len(plain) <= room else plain[: room + 1].rpartition(" ")[0].rstrip(" ,;(") or plain[:room]
        if (short + again).lower() not in taken:
            return short + again
    raise AssertionError("one more name than there are sheets")


def letter(column: int) -> str:
    """The letter of a column, from 1."""
    return get_column_letter(column)


def put(sheet: Worksheet, row: int, column: int, value: str | int | date, bold: bool = False) -> Any:
    """A value in a cell: wrapped and at the top, numbers in the middle. Beginning with `=` it is still a text."""
    cell: Any = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value, cell.data_type = _writable(value), "s"
        cell.number_format = "@"
    else:
        cell.value = value
        cell.number_format = "dd-mm-yyyy" if isinstance(value, date) else "General"
    middle = None if isinstance(value, str) else "center"
    cell.alignment = Alignment(horizontal=middle, vertical="top", wrap_text=True)
    cell.font = font(bold=bold)
    return cell


def fill(sheet: Worksheet, lines: Iterable[Sequence[str | int]], row: int) -> None:
    """Many values from a row on, each as `put` would; the look of texts and of numbers is made but once."""
    looks: dict[bool, Any] = {}
    for number, line in enumerate(lines, row):
        for column, value in enumerate(line, 1):
            is_text = isinstance(value, str)
            if is_text not in looks:
                looks[is_text] = put(sheet, number, column, value)._style
                continue
            cell: Any = sheet.cell(number, column)
            cell.value = _writable(value) if isinstance(value, str) else value
            cell.data_type = "s" if is_text else "n"
            cell._style = copy(looks[is_text])


def font(size: float = 11, bold: bool = False) -> Font:
    """The typeface of our workbooks."""
    return Font(name=FAMILY, size=size, bold=bold)


def on_one_line() -> Alignment:
    """For a text that may run over empty cells beside it."""
    return Alignment(horizontal="left", vertical="top")


def compute(sheet: Worksheet, row: int, column: int, formula: str) -> Any:
    """A formula of our own in a cell."""
    cell = put(sheet, row, column, 0)
    cell.value = formula
    return cell


def head(sheet: Worksheet, headings: Sequence[str], widths: Sequence[int], row: int = 1, frozen: int = 0) -> None:
    """A row of headings that stays in sight (with so many first columns) and is printed on every page."""
    for column, (heading, width) in enumerate(zip(headings, widths, strict=True), 1):
        cell = put(sheet, row, column, heading, bold=True)
        cell.fill, cell.border = _HEAD, _BORDER
        sheet.column_dimensions[get_column_letter(column)].width = width
    fit(sheet, row, dict(enumerate(headings, 1)))
    sheet.freeze_panes = f"{get_column_letter(frozen + 1)}{row + 1}"
    sheet.print_title_rows = f"{row}:{row}"


def boxed(cell: Any, to_fill_in: bool) -> None:
    """A cell of a table: white and open where something may be filled in, else grey and protected."""
    cell.border = _BORDER
    cell.protection = Protection(locked=not to_fill_in)
    if not to_fill_in:
        cell.fill = _FIXED


def protect(sheet: Worksheet) -> None:
    """Guard the cells that are not to be filled in, without a password; widths, sorting and filters stay free."""
    guard = sheet.protection
    guard.sheet = True
    guard.formatCells = guard.formatColumns = guard.formatRows = guard.sort = guard.autoFilter = False


def fit(sheet: Worksheet, row: int, texts: Mapping[int, str]) -> None:
    """Make a row as high as its longest text (by column) asks for; not every program does so by itself."""
    widths = {column: sheet.column_dimensions[get_column_letter(column)].width for column in texts}
    lines = max((_lines(text, widths[column]) for column, text in texts.items()), default=1)
    if lines > 1:
        sheet.row_dimensions[row].height = 15.0 * min(lines, 26)


def picture(sheet: Worksheet, place: str, png: bytes, pixels: int) -> None:
    """A picture at a cell, so many pixels wide."""
    image = Image(BytesIO(png))
    image.height = round(image.height * pixels / image.width)
    image.width = pixels
    sheet.add_image(image, place)


def packed(book: Workbook) -> bytes:
    """The workbook as a file. The same workbook gives the same bytes."""
    written = BytesIO()
    _InMemory(book, ZipFile(written, "w", ZIP_DEFLATED)).save()
    return _timeless(written)


class _InMemory(ExcelWriter):
    """The writer of openpyxl, which puts every sheet in a temporary file: that may not be where nothing is kept."""

    def write_worksheet(self, ws: Any) -> None:
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        target = BytesIO()
        writer: Any = WorksheetWriter(ws, out=target)
        writer.write()
        ws._rels = writer._rels
        package: Any = self
        package._archive.writestr(ws.path[1:], target.getvalue())
        self.manifest.append(ws)


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column so many digits wide; letters are on average about as wide as digits."""
    return sum(max(1, ceil(len(line) / (width - 1))) for line in text.split("\n"))


def _writable(text: str) -> str:
    """A text as a cell can hold it: without signs XML has no place for, what looks like an escape escaped."""
    plain = _NO_SIGN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _LOOKS_ESCAPED.sub("_x005F_", plain)[:_LONGEST]


def _timeless(written: BytesIO) -> bytes:
    """The same archive with one fixed time for every file in it."""
    target = BytesIO()
    with ZipFile(written) as before, ZipFile(target, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(ZipInfo(name, _BEGINNING), before.read(name), ZIP_DEFLATED)
    return target.getvalue()
