"""Lists as tables, and as CSV (RFC 4180) for programs; `table_sheet` makes workbooks. The same rows, the same bytes.

Texts of others never become formulas: a cell of CSV that a spreadsheet would calculate begins with an apostrophe.
"""

import csv
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from io import StringIO

from kbs_graph.errors import Words
from kbs_graph.model import Ref, Texts
from kbs_graph.rows import Row, text_in
from kbs_graph.serialize import CSV, XLSX

CSV_TYPE = f"{CSV.content_type}; header=present"
XLSX_TYPE = XLSX.media_type

Cell = str | int
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Column:
    """A column: its heading, and what a row says in it in a language."""

    heading: Words
    cell: Callable[[Row, str], Cell]


@dataclass(frozen=True)
class Table:
    """A title, the headings, and the cells row by row, in one language. `day` is the last change, ISO 8601."""

    title: str
    language: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    day: str | None


def table(title: str, segment: str, rows: Iterable[Row], language: str) -> Table:
    """The rows of a list as a table, in the order given."""
    columns = _COLUMNS.get(segment, _PLAIN)
    found = tuple(rows)
    return Table(
        title,
        language,
        tuple(column.heading.in_language(language) for column in columns),
        tuple(tuple(column.cell(row, language) for column in columns) for row in found),
        max((row.modified for row in found if row.modified), default=None),
    )


def as_csv(content: Table) -> bytes:
    """A table as CSV by RFC 4180: UTF-8, commas, CRLF, one line of headings."""
    target = StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(content.headings)
    writer.writerows([harmless(cell) for cell in row] for row in content.rows)
    return target.getvalue().encode()


def as_json(content: Table) -> bytes:
    """A table on its way to the program that makes a workbook of it."""
    return json.dumps(asdict(content)).encode()


def harmless(cell: Cell) -> Cell:
    """A cell of CSV that no spreadsheet will calculate."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _labels(refs: Iterable[Ref], language: str) -> str:
    return "; ".join(text_in(ref.label, language) for ref in refs)


def _iris(refs: Iterable[Ref]) -> str:
    return " ".join(ref.iri for ref in refs)


def _text(nl: str, en: str, texts: Callable[[Row], Texts]) -> Column:
    return Column(Words(nl, en), lambda row, language: text_in(texts(row), language))


def _named(nl: str, en: str, refs: Callable[[Row], Iterable[Ref]]) -> Column:
    return Column(Words(nl, en), lambda row, language: _labels(refs(row), language))


def _plain(nl: str, en: str, value: Callable[[Row], Cell | None]) -> Column:
    return Column(Words(nl, en), lambda row, _: value(row) or "")


def _flag(nl: str, en: str, value: Callable[[Row], bool]) -> Column:
    return Column(Words(nl, en), lambda row, language: Words("ja", "yes").in_language(language) if value(row) else "")


_YES_NO = {True: Words("ja", "yes"), False: Words("nee", "no"), None: Words("", "")}
_ADDRESS = _plain("adres", "address", lambda row: row.ref.iri)
_DUTCH = _plain("naam (nl)", "name (nl)", lambda row: row.ref.label.get("nl") or row.ref.label.get(""))
_ENGLISH = _plain("naam (en)", "name (en)", lambda row: row.ref.label.get("en"))
_DEFINITION = _text("omschrijving", "definition", lambda row: row.definition or row.explanation)
_KIND = _named("soort", "kind", lambda row: [row.kind] if row.kind else [])
_DOMAINS = _named("domeinen", "areas", lambda row: row.domains)
_GROUPS = _named("doelgroepen", "target groups", lambda row: row.target_groups)
_ABOUT = _named("kennis", "knowledge", lambda row: row.about)
_MODIFIED = _plain("gewijzigd", "modified", lambda row: row.modified)
_PLAIN = (_ADDRESS, _DUTCH, _ENGLISH, _DEFINITION, _MODIFIED)
_NUMBERED = (
    _ADDRESS,
    _plain("plaats op het wiel", "place on the wheel", lambda row: row.ref.order),
    _DUTCH,
    _ENGLISH,
    _DEFINITION,
    _text("uitleg", "explanation", lambda row: row.explanation),
    _MODIFIED,
)
_COLUMNS: dict[str, tuple[Column, ...]] = {
    "domein": _NUMBERED,
    "competentie": _NUMBERED,
    "doelgroep": _NUMBERED,
    "aspect": (
        _ADDRESS,
        _DUTCH,
        _ENGLISH,
        _DEFINITION,
        _named("domein", "area", lambda row: row.domains[:1]),
        _named("ook in", "also in", lambda row: row.domains[1:]),
        _named("niveau", "level", lambda row: [row.kind] if row.kind else []),
        _GROUPS,
        _MODIFIED,
    ),
    "bron": (
        _ADDRESS,
        _text("titel", "title", lambda row: row.ref.label),
        _plain("webadres", "web address", lambda row: row.address),
        _named("uitgever", "publisher", lambda row: row.publishers),
        _KIND,
        _plain("jaar", "year", lambda row: int(row.year) if row.year and row.year.isdigit() else row.year),
        _plain("taal", "language", lambda row: " ".join(row.languages)),
        _named("voor wie", "for whom", lambda row: row.audiences),
        _plain("tijd in minuten", "time in minutes", lambda row: row.minutes),
        Column(Words("gratis", "free"), lambda row, language: _YES_NO[row.free].in_language(language)),
        _text("onderbouwing", "evidence", lambda row: row.evidence),
        _ABOUT,
        _plain("adressen van de kennis", "addresses of the knowledge", lambda row: _iris(row.about)),
        _DOMAINS,
        _GROUPS,
        _text("waarom", "why", lambda row: row.why),
        _MODIFIED,
    ),
    "organisatie": (
        _ADDRESS,
        _DUTCH,
        _ENGLISH,
        _KIND,
        _plain("website", "website", lambda row: row.address),
        Column(Words("aantal bronnen", "number of sources"), lambda row, _: row.number),
        _MODIFIED,
    ),
    "casus": (
        _ADDRESS,
        _DUTCH,
        _ENGLISH,
        _text("verhaal", "story", lambda row: row.story),
        _flag("gaat verder dan het team", "goes beyond the team", lambda row: row.exceeds_team),
        _ABOUT,
        _DOMAINS,
        _GROUPS,
        _MODIFIED,
    ),
    "signaal": (
        _ADDRESS,
        _DUTCH,
        _ENGLISH,
        _DEFINITION,
        _flag("gaat over veiligheid", "is about safety", lambda row: row.safety),
        _DOMAINS,
        _MODIFIED,
    ),
    "specialist": (
        _ADDRESS,
        _DUTCH,
        _ENGLISH,
        _DEFINITION,
        _text("voor wie", "for whom", lambda row: row.for_whom),
        _text("zo bereik je ze", "how to reach them", lambda row: row.how_to_reach),
        _flag("bij gevaar", "in danger", lambda row: row.safety),
        _DOMAINS,
        _MODIFIED,
    ),
}
