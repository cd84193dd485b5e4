"""The documents of a scan as files of tables: XLSX for people, CSV (RFC 4180) and JSON for programs."""

import json
from collections.abc import Sequence
from datetime import date

from kbs_graph import tables, workbooks
from kbs_graph.teamscan import words as scan_words
from kbs_graph.teamscan.documents import sentences as said
from kbs_graph.teamscan.documents.tables import Cell, Sheet

_TITLE = 16
_PIXELS = 620


def xlsx(
    title: str, language: str, facts: Sequence[tuple[str, Cell]], sheets: Sequence[Sheet], picture: bytes = b""
) -> bytes:
    """A first sheet that says what this is (with a picture), and a sheet a table. A text never becomes a formula."""
    book = workbooks.blank(title, language)
    first = workbooks.add_sheet(book, said.CONTENTS.in_language(language), landscape=False)
    first.column_dimensions["A"].width, first.column_dimensions["B"].width = 26, 60
    heading = workbooks.put(first, 1, 1, title, bold=True)
    heading.font, heading.alignment = workbooks.font(_TITLE, bold=True), workbooks.on_one_line()
    first.row_dimensions[1].height = 1.6 * _TITLE
    promise = workbooks.put(first, 2, 1, scan_words.PROMISE.in_language(language))
    promise.alignment = workbooks.on_one_line()
    for number, (name, value) in enumerate(facts, 4):
        workbooks.put(first, number, 1, name, bold=True)
        workbooks.put(first, number, 2, value).alignment = workbooks.on_one_line()
    if picture:
        workbooks.picture(first, f"A{len(facts) + 5}", picture, _PIXELS)
    for sheet in sheets:
        made = workbooks.add_sheet(book, sheet.title)
        workbooks.head(made, sheet.headings, sheet.widths, frozen=1)
        for number, row in enumerate(sheet.rows, 2):
            for column, value in enumerate(row, 1):
                workbooks.boxed(workbooks.put(made, number, column, value), to_fill_in=True)
            texts = {n: text for n, text in enumerate(row, 1) if isinstance(text, str)}
            workbooks.fit(made, number, {n: text for n, text in texts.items() if n <= (sheet.printed or n)})
        if sheet.printed:
            made.print_area = f"A1:{workbooks.letter(sheet.printed)}{len(sheet.rows) + 1}"
    return workbooks.packed(book)


def csv(language: str, sheet: Sheet) -> bytes:
    """One table; days as ISO 8601."""
    rows = tuple(tuple(_plain(cell) for cell in row) for row in sheet.rows)
    return tables.as_csv(tables.Table(sheet.title, language, sheet.headings, rows, None))


def as_json(title: str, language: str, facts: Sequence[tuple[str, Cell]], sheets: Sequence[Sheet]) -> bytes:
    """All tables: of each its title and its rows by heading, in the words of the language."""
    content = {
        "title": title,
        "language": language,
        "facts": {name: _plain(value) for name, value in facts},
        "tables": [
            {
                "title": sheet.title,
                "rows": [dict(zip(sheet.headings, map(_plain, row), strict=True)) for row in sheet.rows],
            }
            for sheet in sheets
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _plain(cell: Cell) -> str | int:
    return cell.isoformat() if isinstance(cell, date) else cell
