"""The tables to download: a file a kind, the same in ZIP and workbook, with version and licence beside them."""

import csv
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from rdflib.namespace import RDF, RDFS

from kbs_graph import __version__, rows
from kbs_graph.dataset import archive, table_files
from kbs_graph.download import Download, name
from kbs_graph.snapshots import Snapshot
from kbs_graph.store import LocalStore
from kbs_graph.terms import KINDS, K

AREA = "<https://w3id.org/kennisbouwstenen/id/domein/inkomen>"
FEW = f"""
{AREA} <{RDF.type}> <{K.KnowledgeDomain}> <http://e/g> .
{AREA} <{RDFS.label}> "=1+1"@nl <http://e/g> .
"""


def read(body: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(body.decode("utf-8"), newline="")))


def named(snapshot: Snapshot) -> dict[str, Download]:
    return {file.name: file for file in archive.files(snapshot.dumps)}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_kind_is_a_file_a_part_of_the_zip_and_a_sheet_with_the_same_rows(
    tiny_snapshot: Snapshot, tiny_store: LocalStore, language: str
) -> None:
    folder = tiny_snapshot.dumps
    packed = ZipFile(folder / name("zip", "", language))
    sheets = load_workbook(folder / name("xlsx", "", language)).worksheets[1:]
    kinds = [segment for segment in KINDS if rows.rows(tiny_store, segment)]
    assert packed.namelist()[1:] == [f"{segment}.csv" for segment in kinds]
    assert len(sheets) == len(kinds) > 10
    for segment, sheet in zip(kinds, sheets, strict=True):
        body = (folder / name("csv", segment, language)).read_bytes()
        assert packed.read(f"{segment}.csv") == body
        lines = read(body)
        assert len(lines) == len(rows.rows(tiny_store, segment)) + 1
        cells = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
        assert cells == lines, segment


def test_a_table_tells_version_and_licence_in_its_own_language(real_snapshot: Snapshot) -> None:
    for language, notice, words in (("nl", "LEESMIJ.txt", "versie"), ("en", "README.txt", "version")):
        text = ZipFile(real_snapshot.dumps / name("zip", "", language)).read(notice).decode()
        assert f"{words}: {__version__}" in text.splitlines()
        assert "https://creativecommons.org/licenses/by/4.0/" in text
        book = load_workbook(real_snapshot.dumps / name("xlsx", "", language))
        heading, *told = book.worksheets[0].values
        assert heading[0] == book.worksheets[0].title
        assert "https://creativecommons.org/licenses/by/4.0/" in [row[1] for row in told]


def test_a_kind_without_things_has_no_table_and_no_cell_is_a_formula(tmp_path: Path) -> None:
    table_files.write(LocalStore.in_memory(FEW.encode()), tmp_path)
    assert {path.name for path in tmp_path.glob("*.csv")} == {name("csv", "domein", tag) for tag in ("nl", "en")}
    assert "'=1+1" in read((tmp_path / name("csv", "domein", "nl")).read_bytes())[1]
    sheet = load_workbook(BytesIO((tmp_path / name("xlsx", "", "nl")).read_bytes())).worksheets[1]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} <= {"s", "inlineStr"}


def test_a_name_says_what_a_file_holds(tiny_snapshot: Snapshot) -> None:
    files = named(tiny_snapshot)
    table, packed = files["kennisbouwstenen-aspect-nl.csv"], files["kennisbouwstenen.ttl.gz"]
    assert (table.segment, table.language, table.ending, table.is_whole) == ("aspect", "nl", "csv", False)
    assert (packed.segment, packed.language, packed.ending, packed.is_packed) == ("", "", "ttl", True)
    assert (packed.media_type, packed.sent_as) == ("text/turtle", "application/gzip")
    tables = files["kennisbouwstenen-en.zip"]
    assert (tables.media_type, tables.sent_as, tables.is_whole) == ("text/csv", "application/zip", True)
    assert {file.segment for file in files.values()} - {""} <= set(KINDS)
