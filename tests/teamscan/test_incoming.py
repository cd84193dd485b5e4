"""Files that are no scan, or pretend to be one: each is named for what it is, with what to do, and none is opened."""

import zipfile
from io import BytesIO

import openpyxl
import pytest
from openpyxl.styles import Font

from kbs_graph.errors import KbsError, Words
from kbs_graph.teamscan.sheet.grids import Grid, grids
from kbs_graph.teamscan.sheet.incoming import LARGEST, Form, form_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
WORKBOOK = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b"<a/>"}


def packed(parts: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()


def lying() -> bytes:
    """A package that says of a part of 40 MB that it is one byte."""
    body = packed({**WORKBOOK, "xl/worksheets/sheet1.xml": b" " * (40 << 20)})
    size = (40 << 20).to_bytes(4, "little")
    assert body.count(size) == 2
    return body.replace(size, (1).to_bytes(4, "little"))


def encrypted() -> bytes:
    body = bytearray(packed(WORKBOOK))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := body.find(signature, start)) >= 0:
            body[start + place] |= 1
            start += 4
    return bytes(body)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "Dit bestand is leeg."),
        (b"%PDF-1.7 ...", "Dit is een PDF."),
        (b"\x89PNG\r\n\x1a\n...", "Dit is een plaatje."),
        (b"<!DOCTYPE html><html>", "Dit is een webpagina"),
        (OLE, "oude Office-versie (.xls of .doc)"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "beveiligd met een wachtwoord"),
        (b"\x00\x01\x02abc", "Dit soort bestand kennen we niet."),
        (packed({"a.txt": b"x"}), "ingepakt bestand (zip)"),
        (packed({"word/document.xml": b"<x/>", "[Content_Types].xml": b""}), "Word-document"),
        (packed({"ppt/presentation.xml": b"<x/>", "[Content_Types].xml": b""}), "presentatie"),
        (packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "OpenDocument-rekenblad (.ods)"),
        (packed({**WORKBOOK, "xl/vbaProject.bin": b"x"}), "macro's"),
        (packed({**WORKBOOK, "[Content_Types].xml": b"application/vnd.ms-excel.sheet.macroEnabled"}), "macro's"),
        (packed({**WORKBOOK, "xl/workbook.bin": b"x"}), "binaire Excel-werkmap"),
        (packed({**WORKBOOK, "xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><workbook/>'}), "documenttype"),
        (packed({**WORKBOOK, "xl/workbook.xml": '<!DOCTYPE x><workbook/>'.encode("utf-16")}), "documenttype"),
        (packed({**WORKBOOK, "xl/worksheets/sheet1.xml": b" " * (40 << 20)}), "groter dan 8 MB"),
        (packed({**WORKBOOK, **{f"xl/{n}": b"" for n in range(400)}}), "groter dan 8 MB"),
        (lying(), "beschadigd"),
        (encrypted(), "wachtwoord"),
        (packed(WORKBOOK)[:-40], "beschadigd"),
        (b"x" * (LARGEST + 1), "kleiner dan 5 MB"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_a_file_is_instead_is_said_with_what_to_do(body: bytes, said: str) -> None:
    with pytest.raises(KbsError) as caught:
        form_of(body)
    assert said in caught.value.words.nl
    assert caught.value.status in (400, 413)
    assert any(verb in caught.value.words.nl for verb in ("Kies", "kies", "Open", "Haal", "Bewaar", "Neem"))
    assert caught.value.words.en != caught.value.words.nl


def test_a_file_is_known_by_its_bytes() -> None:
    assert form_of(b'  {"format": 1}') is Form.JSON
    assert form_of(b"\xef\xbb\xbf[1]") is Form.JSON
    assert form_of(packed(WORKBOOK)) is Form.XLSX
    assert form_of("Onderwerp;Één\n".encode("cp1252")) is Form.CSV
    assert form_of("Onderwerp\tEen\n".encode("utf-16")) is Form.CSV


def test_a_workbook_with_a_broken_part_is_damaged_and_not_our_fault() -> None:
    with pytest.raises(KbsError, match="damaged"):
        grids(packed(WORKBOOK), Form.XLSX)


def read(book: openpyxl.Workbook) -> tuple[tuple[Grid, ...], tuple[Words, ...]]:
    target = BytesIO()
    book.save(target)
    return grids(target.getvalue(), Form.XLSX)


def test_what_stands_far_beyond_a_scan_is_not_read_and_told() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"].value, sheet["A1048576"].value, sheet["XFD1"].value = "boven", "onder", "rechts"
    (found,), told = read(book)
    assert len(found.rows) == 1000 and len(found.rows[0]) == 60 and found.rows[0][0] == "boven"
    assert [words.nl.partition(". ")[0] for words in told] == [
        "Blad Sheet: we lezen de eerste 1000 rijen",
        "Blad Sheet: we lezen de eerste 60 kolommen",
    ]


def test_of_a_workbook_of_many_sheets_the_last_are_told_only_when_they_hold_anything() -> None:
    book = openpyxl.Workbook()
    for number in range(20):
        book.create_sheet(f"blad {number}")
    book.worksheets[20]["B2"].font = Font(bold=True)
    assert not read(book)[1]
    book.worksheets[20]["B2"].value = "hier"
    grids_read, told = read(book)
    assert len(grids_read) == 20 and [words.en[:31] for words in told] == ["We read the first 20 sheets. Wh"]


def test_a_long_or_wide_csv_is_told_and_empty_lines_at_its_end_are_not() -> None:
    assert grids(b"a;b\n" * 1000 + b";\n" * 500, Form.CSV)[1] == ()
    _, told = grids(b"a;b\n" * 1001 + b";" * 60 + b"ver\n", Form.CSV)
    assert [words.nl[:33] for words in told] == [
        "We lezen de eerste 1000 rijen. Wa",
        "We lezen de eerste 60 kolommen. W",
    ]
