"""Lists as sheets: both forms opened again, nothing calculated, the same bytes every time."""

import csv
import dataclasses
import re
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kbs_graph import lists, rows, table_sheet, tables
from kbs_graph.store import LocalStore
from kbs_graph.tables import Table
from kbs_graph.terms import KINDS

HOSTILE = ("=1+1", "+31", "-2", "@SUM(A1)", "\t=1", 'zeg "ja", of\r\nnee', '=HYPERLINK("x")', "é😀", "")


def table_of(store: LocalStore, segment: str, language: str = "nl") -> Table:
    found = lists.flat(lists.arranged(segment, rows.rows(store, segment), language))
    return tables.table("Titel", segment, found, language)


def read_csv(body: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(body.decode("utf-8"), newline="")))


def read_xlsx(body: bytes) -> tuple[Worksheet, list[list[object]]]:
    sheet = load_workbook(BytesIO(body)).worksheets[0]
    return sheet, [["" if cell.value is None else cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize("segment", KINDS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_both_sheets_of_every_kind_say_what_the_table_says(real_store: LocalStore, segment: str, language: str) -> None:
    table = table_of(real_store, segment, language)
    wanted = [list(table.headings), *([str(cell) for cell in row] for row in table.rows)]
    assert len(wanted) == len(rows.rows(real_store, segment)) + 1 > 1
    assert len(set(table.headings)) == len(table.headings)
    assert all(len(row) == len(table.headings) for row in table.rows)
    assert read_csv(tables.as_csv(table)) == wanted, "no text of ours begins as a formula does"
    _, cells = read_xlsx(table_sheet.as_xlsx(table))
    assert [[str(cell) for cell in row] for row in cells] == wanted


def test_an_aspect_and_a_source_in_their_columns(tiny_store: LocalStore) -> None:
    table = table_of(tiny_store, "aspect")
    by_heading = dict(zip(table.headings, table.rows[0], strict=True))
    assert by_heading == {
        "adres": "https://w3id.org/kennisbouwstenen/id/aspect/geldzorgen-signaleren",
        "naam (nl)": "Geldzorgen signaleren",
        "naam (en)": "Spotting money worries",
        "omschrijving": "Tekenen van geldzorgen zien en ernaar durven vragen.",
        "domein": "Inkomen",
        "ook in": "Veiligheid",
        "niveau": "algemeen",
        "doelgroepen": "Ouderen; Mensen met een licht verstandelijke beperking",
        "gewijzigd": "2025-03-31",
    }
    table = table_of(tiny_store, "bron", "en")
    (source,) = (row for row in table.rows if str(row[0]).endswith("geldzorgen-herkennen"))
    by_heading = dict(zip(table.headings, source, strict=True))
    assert by_heading["title"] == "Geldzorgen herkennen"
    assert by_heading["web address"] == "https://www.nibud.nl/geldzorgen-herkennen/"
    assert (by_heading["publisher"], by_heading["kind"], by_heading["year"]) == ("Nibud", "guide", 2024)
    assert (by_heading["language"], by_heading["knowledge"]) == ("NLD", "Spotting money worries")
    assert [by_heading[name] for name in ("for whom", "time in minutes", "free")] == ["professionals", 10, "yes"]
    assert by_heading["evidence"] == "Tried with fifty residents (according to the maker)"
    old = dict(zip(table.headings, next(r for r in table.rows if str(r[0]).endswith("misbruik-oud")), strict=True))
    assert [old[name] for name in ("for whom", "time in minutes", "free", "evidence")] == ["", "", "", ""]
    assert by_heading["addresses of the knowledge"] == (
        "https://w3id.org/kennisbouwstenen/id/aspect/geldzorgen-signaleren"
    )


def test_csv_is_as_rfc_4180_says() -> None:
    body = tables.as_csv(Table("t", "nl", ("a", "b"), (("x,y", 'z"'), ("", 3)), None))
    assert body == b'a,b\r\n"x,y","z"""\r\n,3\r\n'


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_a_formula(text: str) -> None:
    table = Table("t", "nl", ("kop",), ((text,),), None)
    (cell,) = read_csv(tables.as_csv(table))[1] or [""]
    assert cell in (text, f"'{text}")
    assert not re.match(r"[=+\-@\t\r]", cell)
    sheet, cells = read_xlsx(table_sheet.as_xlsx(table))
    assert sheet["A2"].data_type != "f"
    assert str(cells[1][0]).splitlines() == text.splitlines()


def test_numbers_stay_numbers(tiny_store: LocalStore) -> None:
    sheet, _ = read_xlsx(table_sheet.as_xlsx(table_of(tiny_store, "organisatie")))
    number = [cell.value for cell in sheet[1]].index("aantal bronnen")
    assert {row[number].data_type for row in sheet.iter_rows(min_row=2)} == {"n"}


def test_a_workbook_is_ready_to_read_and_to_print(tiny_store: LocalStore) -> None:
    body = table_sheet.as_xlsx(dataclasses.replace(table_of(tiny_store, "aspect"), title="Kennis: [alles]/1?*\\"))
    sheet, _ = read_xlsx(body)
    assert sheet.title == "Kennis alles 1", "a workbook forbids the other signs"
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A2", "$1:$1")
    assert all(cell.font.bold for cell in sheet[1])
    widths = [sheet.column_dimensions[letter].width for letter in "ABCD"]
    assert min(widths) >= 12 and max(widths) <= 60 and len(set(widths)) > 1
    properties = load_workbook(BytesIO(body)).properties
    assert properties.title == "Kennis: [alles]/1?*\\" and properties.language == "nl-NL"
    assert properties.modified.date().isoformat() == "2025-03-31"


def test_a_row_is_as_high_as_its_longest_text() -> None:
    """LibreOffice leaves a row that says no height one line high, and prints the rest over the next rows."""
    table = Table("t", "nl", ("a", "b"), (("kort", "woord " * 40), ("kort", 3)), None)
    sheet, _ = read_xlsx(table_sheet.as_xlsx(table))
    lines = len("woord " * 40) / sheet.column_dimensions["B"].width
    assert (sheet.row_dimensions[2].height or 0) >= 15 * lines > 15
    assert sheet.row_dimensions[3].height is None


def test_the_same_rows_give_the_same_bytes(tiny_store: LocalStore) -> None:
    first, second = (table_sheet.as_xlsx(table_of(tiny_store, "bron")) for _ in range(2))
    assert first == second
    assert {item.date_time for item in ZipFile(BytesIO(first)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_an_empty_list_is_a_sheet_with_headings_only() -> None:
    table = tables.table("Leeg", "bron", (), "nl")
    assert read_csv(tables.as_csv(table)) == [list(table.headings)]
    _, cells = read_xlsx(table_sheet.as_xlsx(table))
    assert cells == [list(table.headings)]
