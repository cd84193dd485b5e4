"""Query results as a page shows them: a table, a truth, or the text of a graph."""

import json
from dataclasses import dataclass

from kbs_graph.serialize import JSON, compact
from kbs_graph.terms import GRAPHS, ONTOLOGY, parts_of
from webui import urls

MOST_ROWS = 1000
"""Rows shown on a page; the count says how many there are."""


@dataclass(frozen=True)
class Cell:
    """A value as shown: its text, where a link leads (our page for our own things), its language, and its whole IRI."""

    text: str = ""
    address: str | None = None
    language: str = ""
    iri: str = ""


@dataclass(frozen=True)
class Table:
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int


def read(media_type: str, document: bytes) -> Table | bool | str:
    """The rows of a SELECT and the truth of an ASK (SPARQL 1.1 Query Results JSON), or the text of a graph."""
    if media_type != JSON.media_type:
        return document.decode("utf-8")
    found = json.loads(document)
    if "boolean" in found:
        return bool(found["boolean"])
    columns = tuple(found["head"]["vars"])
    bindings = found["results"]["bindings"]
    rows = tuple(tuple(_cell(row.get(name)) for name in columns) for row in bindings[:MOST_ROWS])
    return Table(columns, rows, len(bindings))


def _cell(value: dict[str, str] | None) -> Cell:
    if value is None:
        return Cell()
    text = value["value"]
    if not isinstance(text, str):  # a triple, of SPARQL 1.2
        return Cell(json.dumps(text, ensure_ascii=False))
    if value["type"] == "bnode":
        return Cell(f"_:{text}")
    if value["type"] != "uri":
        return Cell(text, None, value.get("xml:lang", ""))
    parts = parts_of(text)
    if parts:
        return Cell("/".join(parts) + text[len(text.partition("#")[0]) :], urls.page(*parts), "", text)
    if text.startswith(GRAPHS):
        name = text.removeprefix(GRAPHS)
        return Cell(f"graphs/{name}", urls.graph(name), "", text)
    ontology, _, term = text.partition("#")
    address = urls.part(urls.definition(), term) if ontology == ONTOLOGY else urls.external(text)
    return Cell(compact(text), address, "", text)
