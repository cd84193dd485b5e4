"""The sheet an expert reads and marks: one row a text, as XLSX. The door to openpyxl."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from kbs_graph.errors import NotRunnable

GOOD, CHANGE = "goed", "aanpassen"
READER, DAY = "B3", "B4"
_FIRST_ROW = 8
_HEADINGS = ("kenmerk (niet wijzigen)", "onderwerp", "soort tekst", "tekst", "Engels", "oordeel", "opmerking")
_WIDTHS = (34, 30, 22, 60, 60, 13, 50)
_INTRODUCTION = (
    ("Beoordeling van teksten: ", ""),
    ("Lees elke tekst. Kies bij oordeel: goed of aanpassen. Schrijf bij aanpassen wat er anders moet.", ""),
    ("Lezer (naam en rol, zoals u genoemd wilt worden)", ""),
    ("Gelezen op (dag-maand-jaar)", ""),
    ("Een leeg oordeel telt als niet gelezen. Schrijf geen gegevens over inwoners op.", ""),
)


@dataclass(frozen=True)
class SheetRow:
    """A text as it stands in the sheet; `verdict` is GOOD, CHANGE or empty, `place` the row it was read from."""

    key: str
    label: str
    kind: str
    dutch: str
    english: str
    verdict: str = ""
    remark: str = ""
    place: int = 0


@dataclass(frozen=True)
class Sheet:
    """A marked sheet: who read it, when, and the rows."""

    reader: str
    day: date | None
    rows: tuple[SheetRow, ...]


def write(path: Path, title: str, rows: list[SheetRow]) -> None:
    """Write a sheet to be marked. Texts are kept as text, also when they begin with `=`."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Teksten"
    for number, (text, _) in enumerate(_INTRODUCTION, 1):
        sheet.cell(number, 1, text + (title if number == 1 else "")).font = Font(bold=number == 1)
    for place in (READER, DAY):
        sheet[place].fill = PatternFill("solid", fgColor="FFF3C4")
    for column, (heading, width) in enumerate(zip(_HEADINGS, _WIDTHS, strict=True), 1):
        sheet.cell(_FIRST_ROW - 1, column, heading).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, row in enumerate(rows, _FIRST_ROW):
        for column, value in enumerate((row.key, row.label, row.kind, row.dutch, row.english), 1):
            cell = sheet.cell(number, column)
            cell.value, cell.data_type = value, "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        for column in (6, 7):
            sheet.cell(number, column).alignment = Alignment(wrap_text=True, vertical="top")
    choice = DataValidation("list", formula1=f'"{GOOD},{CHANGE}"', allow_blank=True)
    sheet.add_data_validation(choice)
    choice.add(f"F{_FIRST_ROW}:F{max(_FIRST_ROW, _FIRST_ROW + len(rows) - 1)}")
    sheet.freeze_panes = f"A{_FIRST_ROW}"
    sheet.print_title_rows = f"{_FIRST_ROW - 1}:{_FIRST_ROW - 1}"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    book.save(path)


def read(path: Path) -> Sheet:
    """Read a marked sheet. Raises NotRunnable when it is no such sheet."""
    try:
        sheet = load_workbook(path, read_only=False, data_only=True).worksheets[0]
    except (OSError, InvalidFileException, BadZipFile, KeyError, ValueError) as error:
        raise NotRunnable(
            f"{path} is geen leesbaar Excel-bestand. Gebruik het bestand van: kbs review export.",
            f"{path} is not a readable Excel file. Use the file of: kbs review export.",
        ) from error
    if _text(sheet.cell(_FIRST_ROW - 1, 1).value) != _HEADINGS[0]:
        raise NotRunnable(
            f"{path} heeft niet de kolommen van een beoordeling. Gebruik het bestand van: kbs review export.",
            f"{path} does not have the columns of a review. Use the file of: kbs review export.",
        )
    rows = []
    for number in range(_FIRST_ROW, sheet.max_row + 1):
        values = [_text(sheet.cell(number, column).value) for column in range(1, 8)]
        if any(values):
            key, label, kind, dutch, english, verdict, remark = values
            rows.append(SheetRow(key, label, kind, dutch, english, verdict.casefold(), remark, number))
    return Sheet(_text(sheet[READER].value), _day(sheet[DAY].value), tuple(rows))


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _day(value: object) -> date | None:
    """A day from a date cell, or from text as 22-11-2026 or 2026-11-22; None when it is neither."""
    if isinstance(value, datetime):
        return value.date()
    for form in ("%d-%m-%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(_text(value), form).date()
        except ValueError:
            continue
    return None
