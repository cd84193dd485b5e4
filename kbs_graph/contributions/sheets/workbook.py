"""An XLSX as rows of plain text (ECMA-376, Office Open XML). The door to openpyxl for files of others: sandbox only."""

import re
from datetime import date, datetime, time, timedelta
from io import BytesIO
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from kbs_graph.errors import BadRequest, TooLarge, Words

MOST_ROWS = 10_000
MOST_COLUMNS = 60
MOST_UNPACKED = 200 << 20
"""Bytes that the parts of an XLSX may be together when unpacked."""
MOST_PARTS = 2_000
MOST_MERGED = 500_000
"""Cells that merged ranges may cover together; reading makes each of them."""
_OF_THE_TEMPLATE = ("uitleg", "lijsten", "explanation", "lists")
"""Sheets of our own template, of which nothing has to be said."""

_PACKED = (
    ("word/document.xml", Words("een Wordbestand", "a Word file")),
    ("ppt/presentation.xml", Words("een presentatie", "a presentation")),
    ("content.xml", Words("een bestand van LibreOffice", "a LibreOffice file")),
    ("Index/Document.iwa", Words("een bestand van Numbers of Pages", "a Numbers or Pages file")),
    ("xl/workbook.bin", Words("een Excelbestand in binaire vorm (.xlsb)", "an Excel file in binary form (.xlsb)")),
)
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")


def read(body: bytes) -> tuple[list[list[str]], tuple[Words, ...]]:
    """The rows of the visible sheet that is most like a list, and what there is to say. Raises BadRequest, TooLarge."""
    try:
        with ZipFile(BytesIO(body)) as archive:
            has_formulas = _inspected(archive)
        book = load_workbook(BytesIO(body), data_only=True, keep_links=False)
        sheets = [s for s in book.worksheets if isinstance(s, Worksheet)]
        shown = [sheet for sheet in sheets if sheet.sheet_state == "visible"]
        filled = [(sheet, records) for sheet in shown if any(map(any, records := _cells(sheet)))]
        if not filled:
            raise BadRequest(
                "Dit Excelbestand heeft geen zichtbaar blad met iets erin.",
                "This Excel file has no visible sheet with anything in it.",
            )
        chosen, records = max(filled, key=lambda found: _is_list(found[1]))
        notes = _notes([sheet.title for sheet, _ in filled if sheet is not chosen], len(sheets) > len(shown))
        if has_formulas:
            formulas = load_workbook(BytesIO(body), data_only=False, keep_links=False)[chosen.title]
            assert isinstance(formulas, Worksheet)
            notes += _unread(formulas, records)
    except (BadZipFile, LargeZipFile, InvalidFileException, KeyError, ValueError, TypeError, IndexError) as error:
        raise _damaged() from error
    except (AttributeError, SyntaxError, OSError, EOFError, NotImplementedError, RuntimeError, ZlibError) as error:
        raise _damaged() from error  # openpyxl and zipfile let these through for parts that are not as they should be
    return records, notes


def wrong_kind(kind: Words) -> BadRequest:
    """The refusal of a file of another kind, named in words."""
    return BadRequest(
        f"Dit is {kind.nl}. Bewaar je lijst als Excelbestand (.xlsx) of als CSV, en kies dat bestand.",
        f"This is {kind.en}. Save your list as an Excel file (.xlsx) or as CSV, and choose that file.",
    )


def too_many() -> TooLarge:
    """The refusal of a list that is too long."""
    return TooLarge(
        f"Dit zijn meer dan {MOST_ROWS:_} rijen. Verdeel ze over meer bestanden.".replace("_", "."),
        f"These are more than {MOST_ROWS:,} rows. Divide them over more files.",
    )


def _damaged() -> BadRequest:
    return BadRequest(
        "Dit Excelbestand is beschadigd of heeft een wachtwoord. Bewaar het opnieuw als .xlsx zonder wachtwoord.",
        "This Excel file is damaged or has a password. Save it anew as .xlsx without a password.",
    )


def _is_list(records: list[list[str]]) -> int:
    """How much a sheet looks like the list: any with a web address before one without, as an explanation sheet is."""
    cells = (cell.casefold() for record in records[:50] for cell in record)
    return sum(
        cell.startswith(("http://", "https://", "www.")) or cell in ("titel", "title", "webadres") for cell in cells
    )


def _inspected(archive: ZipFile) -> bool:
    """Refuse what is no plain XLSX before it is unpacked; whether there are formulas."""
    parts = archive.infolist()
    names = {part.filename for part in parts}
    for name, words in _PACKED:
        if name in names:
            raise wrong_kind(words)
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise wrong_kind(Words("een ingepakt bestand", "a packed file"))
    if any(name.endswith("vbaProject.bin") for name in names):
        raise BadRequest(
            "Dit Excelbestand bevat macro's. Bewaar het als gewoon Excelbestand (.xlsx) zonder macro's.",
            "This Excel file holds macros. Save it as a plain Excel file (.xlsx) without macros.",
        )
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise TooLarge(
            "Dit Excelbestand is uitgepakt veel te groot. Kopieer alleen je lijst naar een nieuw bestand.",
            "This Excel file is far too large when unpacked. Copy just your list to a new file.",
        )
    found = [_has_formulas(archive, part) for part in parts if part.filename.endswith((".xml", ".rels"))]
    return any(found)


def _has_formulas(archive: ZipFile, part: ZipInfo) -> bool:
    """Whether a part holds formulas. Raises what speaks against reading it at all."""
    content = archive.read(part)
    if b"<!DOCTYPE" in content.replace(b"\0", b"") or b"<!ENTITY" in content:
        raise BadRequest(
            "Dit Excelbestand bevat verwijzingen (DOCTYPE of ENTITY) die we niet lezen. Bewaar het opnieuw uit Excel.",
            "This Excel file holds references (DOCTYPE or ENTITY) that we do not read. Save it anew from Excel.",
        )
    if not part.filename.startswith("xl/worksheets/"):
        return False
    if sum(map(_merged, _MERGED.findall(content))) > MOST_MERGED:
        raise TooLarge(
            "In dit Excelbestand zijn te veel cellen samengevoegd. Kopieer alleen je lijst naar een nieuw bestand.",
            "Too many cells are merged in this Excel file. Copy just your list to a new file.",
        )
    return bool(_FORMULA.search(content))


def _merged(corners: tuple[bytes, bytes, bytes, bytes]) -> int:
    """How many cells a merged range covers."""
    left, top, right, bottom = (corner.decode() for corner in corners)
    width = column_index_from_string(right) - column_index_from_string(left) + 1
    return width * (int(bottom) - int(top) + 1)


def _cells(sheet: Worksheet) -> list[list[str]]:
    """The values of a sheet, row by row from the first, those of merged cells in all rows they cover."""
    filled = {place: cell.value for place, cell in sheet._cells.items() if cell.value is not None}
    if not filled:
        return []
    last = max(row for row, _ in filled)
    if len({row for row, _ in filled}) > MOST_ROWS + 2 or last > 50 * MOST_ROWS:
        raise too_many()
    for merged in sheet.merged_cells.ranges:
        value = filled.get((merged.min_row, merged.min_col))
        if value is not None and merged.min_col <= MOST_COLUMNS:
            filled.update(
                {(row, merged.min_col): value for row in range(merged.min_row, min(merged.max_row, last) + 1)}
            )
    width = min(max(column for _, column in filled), MOST_COLUMNS)
    records = [[""] * width for _ in range(last)]
    for (row, column), value in filled.items():
        if column <= width:
            records[row - 1][column - 1] = _plain(value)
    return records


def _plain(value: object) -> str:
    """A value of a cell as a person would write it."""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"{int(value.total_seconds() // 60)} minuten"
    return str(value).replace("_x000D_", "").strip()


def _notes(others: list[str], hidden: bool) -> tuple[Words, ...]:
    notes = []
    others = [name for name in others if name not in _OF_THE_TEMPLATE]
    if others:
        names = ", ".join(name[:31] for name in others[:5])
        notes.append(
            Words(
                f"We lazen één blad. Deze bladen niet: {names}.",
                f"We read one sheet. These sheets we did not: {names}.",
            )
        )
    elif hidden:
        notes.append(Words("Verborgen bladen lazen we niet.", "Hidden sheets were not read."))
    return tuple(notes)


def _unread(formulas: Worksheet, records: list[list[str]]) -> tuple[Words, ...]:
    """The formulas that have no value in the file: they were never calculated."""
    empty = [
        cell.coordinate
        for (row, column), cell in formulas._cells.items()
        if cell.data_type == "f"
        and row <= len(records)
        and column <= len(records[0])
        and not records[row - 1][column - 1]
    ]
    if not empty:
        return ()
    names = ", ".join(empty[:10]) + (" …" if len(empty) > 10 else "")
    return (
        Words(
            f"In deze cellen staat een formule zonder uitkomst: {names}. Open en bewaar het bestand eerst in Excel.",
            f"These cells hold a formula without a result: {names}. Open and save the file in Excel first.",
        ),
    )
