"""Query results as a table for a page, read from SPARQL 1.1 Query Results JSON."""

import json
from dataclasses import dataclass

from kbs_graph.terms import parts_of
from webui import urls

MOST_ROWS = 1000
"""Rows shown on a page; the count says how many there are."""


@dataclass(frozen=True)
class Cell:
    """A value as shown: its text, where a link leads (our page for our own things), and its language."""

    text: str = ""
    address: str | None = None
    language: str = ""


@dataclass(frozen=True)
class Table:
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int


def table(document: bytes) -> Table | bool:
    """The rows of a SELECT, or the truth of an ASK."""
    read = json.loads(document)
    if "boolean" in read:
        return bool(read["boolean"])
    columns = tuple(read["head"]["vars"])
    found = read["results"]["bindings"]
    rows = tuple(tuple(_cell(row.get(name)) for name in columns) for row in found[:MOST_ROWS])
    return Table(columns, rows, len(found))


def _cell(value: dict[str, str] | None) -> Cell:
    if value is None:
        return Cell()
    text = value["value"]
    if not isinstance(text, str):
        return Cell(json.dumps(text, ensure_ascii=False))
    if value["type"] != "uri":
        return Cell(text, None, value.get("xml:lang", ""))
    parts = parts_of(text)
    return Cell(text, urls.page(*parts) if parts else urls.external(text))
