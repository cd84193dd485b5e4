"""The tables to download: every kind of thing as CSV, those together as a ZIP, and all in one workbook (XLSX).

Each in every language. What stands in them beside the rows (version, licence, day) comes from the graph, so that the
same graph gives the same bytes.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from rdflib.namespace import DCTERMS, RDFS

from kbs_graph import download, lists, queries, table_sheet, tables
from kbs_graph.facts import Facts
from kbs_graph.history import DCAT
from kbs_graph.rows import rows, text_in
from kbs_graph.store import Store
from kbs_graph.tables import Table
from kbs_graph.terms import DATASET, KINDS

LANGUAGES = ("nl", "en")
_BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The time of every file inside a ZIP: the earliest one it can say, so that equal tables are equal bytes."""
_NOTICE = {"nl": ("LEESMIJ.txt", "Over deze gegevens"), "en": ("README.txt", "About these data")}
_NAMES = {
    "nl": ("titel", "versie", "gewijzigd", "licentie", "herkomst"),
    "en": ("title", "version", "modified", "licence", "origin"),
}


def write(store: Store, folder: Path) -> None:
    """Write all tables of a store into a folder. Kinds without a thing have none."""
    facts = Facts(store.construct(queries.fill("dataset/about")))
    for language in LANGUAGES:
        found = {segment: table for segment, table in _tables(store, facts, language) if table.rows}
        notice = _notice(facts, language)
        for segment, table in found.items():
            (folder / download.name("csv", segment, language)).write_bytes(tables.as_csv(table))
        (folder / download.name("zip", "", language)).write_bytes(_zipped(found, notice))
        workbook = table_sheet.as_xlsx(notice, *found.values())
        (folder / download.name("xlsx", "", language)).write_bytes(workbook)


def _tables(store: Store, facts: Facts, language: str) -> Iterator[tuple[str, Table]]:
    """Every kind of thing, its rows in the order of the page of that kind."""
    for segment, kind in KINDS.items():
        title = text_in(facts.texts(kind.class_iri, RDFS.label), language) or segment
        found = lists.flat(lists.arranged(segment, rows(store, segment), language))
        yield segment, tables.table(title[:1].upper() + title[1:], segment, found, language)


def _notice(facts: Facts, language: str) -> Table:
    """What the tables are: title, version, day, licence and where they come from, as far as the graph tells."""
    told = (
        text_in(facts.texts(DATASET, DCTERMS.title), language),
        facts.value(DATASET, DCAT.version),
        facts.value(DATASET, DCTERMS.modified),
        facts.iri(DATASET, DCTERMS.license),
        DATASET,
    )
    lines = tuple((name, value) for name, value in zip(_NAMES[language], told, strict=True) if value)
    title = _NOTICE[language][1]
    return Table(title, language, (title, ""), lines, told[2])


def _zipped(found: dict[str, Table], notice: Table) -> bytes:
    target = BytesIO()
    text = "".join(f"{name}: {value}\r\n" for name, value in notice.rows)
    with ZipFile(target, "w") as archive:
        archive.writestr(ZipInfo(_NOTICE[notice.language][0], _BEGINNING), text, ZIP_DEFLATED)
        for segment, table in found.items():
            archive.writestr(ZipInfo(f"{segment}.csv", _BEGINNING), tables.as_csv(table), ZIP_DEFLATED)
    return target.getvalue()
