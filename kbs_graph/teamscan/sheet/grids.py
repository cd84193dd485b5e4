"""The sheets of a workbook, or the one of a CSV file, as rows of plain texts. Of a formula only its outcome is read.

Of a file as far as a scan may reach: so many sheets, rows and columns. What stands beyond is told.
"""

import csv
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kbs_graph.errors import Words
from kbs_graph.teamscan.sheet.incoming import Form, damaged, refused

_MOST_SHEETS, _MOST_ROWS, _MOST_COLUMNS = 20, 1000, 60
_MANY_SHEETS = Words(
    f"We lezen de eerste {_MOST_SHEETS} bladen. Wat op latere bladen staat, is niet gelezen. Zet de bladen van de scan "
    "vooraan.",
    f"We read the first {_MOST_SHEETS} sheets. What is on later sheets was not read. Put the sheets of the scan first.",
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_SEPARATORS = ";,\t"


@dataclass(frozen=True)
class Grid:
    """A sheet: its rows of texts. `uncalculated`: (row, column), from 1, of formulas that have no outcome."""

    title: str
    rows: tuple[tuple[str, ...], ...]
    uncalculated: frozenset[tuple[int, int]] = frozenset()


def grids(body: bytes, form: Form) -> tuple[tuple[Grid, ...], tuple[Words, ...]]:
    """The sheets of a file that was looked through, and which part of it was not read because there is so much.

    A merged cell holds its value in each of its rows, and in its first column only: it is one answer to one question.
    """
    return _of_csv(body) if form is Form.CSV else _of_workbook(body)


def _of_workbook(body: bytes) -> tuple[tuple[Grid, ...], tuple[Words, ...]]:
    """Twice read: the outcomes of formulas, and where formulas stand, to know which have no outcome."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            outcomes = load_workbook(BytesIO(body), data_only=True, keep_links=False)
            formulas = load_workbook(BytesIO(body), data_only=False, keep_links=False)
            read, beyond = outcomes.worksheets[:_MOST_SHEETS], outcomes.worksheets[_MOST_SHEETS:]
            told = [words for sheet in read for words in _too_large(sheet.title, _reach(sheet))]
            if any(_reach(sheet) != (0, 0) for sheet in beyond):
                told.append(_MANY_SHEETS)
            pairs = zip(read, formulas.worksheets[:_MOST_SHEETS], strict=True)
            return tuple(_grid(sheet, source) for sheet, source in pairs), tuple(told)
    except MemoryError:
        raise
    except Exception as error:  # openpyxl raises whatever a strange part makes it stumble over
        raise damaged() from error


def _reach(sheet: Worksheet) -> tuple[int, int]:
    """The last row and the last column that hold anything; 0 for an empty sheet.

    Not by walking over the sheet: that makes every cell of a million that are empty.
    """
    filled = [place for place, cell in sheet._cells.items() if cell.value is not None]
    return max((row for row, _ in filled), default=0), max((column for _, column in filled), default=0)


def _too_large(title: str, reach: tuple[int, int]) -> Iterator[Words]:
    """What is not read of a sheet that reaches to this row and column; without a title, of a CSV file."""
    sheet = Words(f"Blad {title}: we", f"Sheet {title}: we") if title else Words("We", "We")
    if reach[0] > _MOST_ROWS:
        yield Words(
            f"{sheet.nl} lezen de eerste {_MOST_ROWS} rijen. Wat daaronder staat, is niet gelezen. Haal lege rijen "
            "weg, of zet wat van de scan is hoger.",
            f"{sheet.en} read the first {_MOST_ROWS} rows. What stands below them was not read. Remove empty rows, or "
            "move what belongs to the scan up.",
        )
    if reach[1] > _MOST_COLUMNS:
        yield Words(
            f"{sheet.nl} lezen de eerste {_MOST_COLUMNS} kolommen. Wat daarnaast staat, is niet gelezen. Haal lege "
            "kolommen weg, of zet wat van de scan is meer naar links.",
            f"{sheet.en} read the first {_MOST_COLUMNS} columns. What stands beside them was not read. Remove empty "
            "columns, or move what belongs to the scan to the left.",
        )


def _grid(sheet: Worksheet, source: Worksheet) -> Grid:
    last = min(sheet.max_row, _MOST_ROWS), min(sheet.max_column, _MOST_COLUMNS)
    cells: dict[tuple[int, int], object] = {
        (row, column): cell.value
        for row, found in enumerate(sheet.iter_rows(max_row=last[0], max_col=last[1]), 1)
        for column, cell in enumerate(found, 1)
        if cell.value is not None
    }
    for merged in sheet.merged_cells.ranges:
        first = cells.get((merged.min_row, merged.min_col))
        for row in range(merged.min_row, min(merged.max_row, last[0]) + 1):
            cells[row, merged.min_col] = first
    uncalculated = frozenset(
        (row, column)
        for row, found in enumerate(source.iter_rows(max_row=last[0], max_col=last[1]), 1)
        for column, cell in enumerate(found, 1)
        if cell.data_type == "f" and (row, column) not in cells
    )
    texts = [[_text_of(cells.get((row, column))) for column in range(1, last[1] + 1)] for row in range(1, last[0] + 1)]
    return Grid(sheet.title, tuple(map(tuple, texts)), uncalculated)


def _text_of(value: Any) -> str:
    """What a cell shows, as plain as possible: whole numbers without a point, days as ISO 8601, ja for true."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return _CONTROL.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n")).strip()


def _of_csv(body: bytes) -> tuple[tuple[Grid, ...], tuple[Words, ...]]:
    text = _decoded(body)
    sample = text[:4000]
    kept: list[tuple[str, ...]] = []
    last_row = last_column = 0
    separator = max(_SEPARATORS, key=sample.count)
    try:
        for number, row in enumerate(csv.reader(StringIO(text), delimiter=separator), 1):
            if number <= _MOST_ROWS:
                kept.append(tuple(_uncovered(_text_of(cell)) for cell in row[:_MOST_COLUMNS]))
            if any(cell.strip() for cell in row):
                last_row = number
                last_column = max(last_column, *(place for place, cell in enumerate(row, 1) if cell.strip()))
    except csv.Error as error:
        raise refused("Dit CSV-bestand is beschadigd.", "This CSV file is damaged.") from error
    return (Grid("csv", tuple(kept)),), tuple(_too_large("", (last_row, last_column)))


def _uncovered(text: str) -> str:
    """A text without the apostrophe that our own CSV puts before what a spreadsheet would calculate."""
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text


def _decoded(body: bytes) -> str:
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", errors="replace")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", errors="replace")
