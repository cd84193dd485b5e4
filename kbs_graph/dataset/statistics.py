"""What is counted of the whole dataset, as VoID names it (W3C Interest Group Note 3 March 2011, section 4.6).

Counted once a snapshot, when its dumps are made, and kept beside them: whole-graph questions are not for a page.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from kbs_graph import queries
from kbs_graph.store import Row, Store
from kbs_graph.terms import Literal

NAME = "statistics.json"


@dataclass(frozen=True)
class Part:
    """A named graph, or the statements with one property: its IRI, and how much there is in it.

    `properties` is the number of different ones; 1 for the statements with one property.
    """

    iri: str
    triples: int
    subjects: int
    objects: int
    properties: int = 1


@dataclass(frozen=True)
class Class:
    """A class, how many things are of it, and the first of those by IRI."""

    iri: str
    entities: int
    example: str


@dataclass(frozen=True)
class Statistics:
    """The numbers of a dataset. A triple that several graphs state counts once, but in each of those graphs.

    `day` is that of the last change, ISO 8601, when anything tells.
    """

    triples: int
    subjects: int
    objects: int
    entities: int
    day: str
    classes: tuple[Class, ...]
    properties: tuple[Part, ...]
    graphs: tuple[Part, ...]


def of(store: Store) -> Statistics:
    """Count all of a store. A million triples take some ten seconds."""
    sizes, *_ = store.select(queries.fill("dataset/sizes"))
    last, *_ = store.select(queries.fill("dataset/last-change"))
    return Statistics(
        triples=_number(sizes, "triples"),
        subjects=_number(sizes, "subjects"),
        objects=_number(sizes, "objects"),
        entities=_number(sizes, "entities"),
        day=_text(last, "day") if "day" in last else "",
        classes=tuple(
            Class(str(row["class"]), _number(row, "entities"), _text(row, "example"))
            for row in store.select(queries.fill("dataset/classes"))
        ),
        properties=tuple(_part(row, "property") for row in store.select(queries.fill("dataset/properties"))),
        graphs=tuple(_part(row, "graph") for row in store.select(queries.fill("dataset/graphs"))),
    )


def write(found: Statistics, folder: Path) -> None:
    """Keep the numbers in a folder with dumps."""
    (folder / NAME).write_text(json.dumps(asdict(found), indent=1), encoding="utf-8")


def read(folder: Path) -> Statistics | None:
    """The numbers kept in a folder; None when there are none (yet), as in dumps of an earlier version of the code."""
    try:
        found = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    found["classes"] = tuple(Class(**each) for each in found["classes"])
    found |= {name: tuple(Part(**each) for each in found[name]) for name in ("properties", "graphs")}
    return Statistics(**found)


def _part(row: Row, name: str) -> Part:
    numbers = {key: _number(row, key) for key in ("triples", "subjects", "objects", "properties") if key in row}
    return Part(str(row[name]), **numbers)


def _number(row: Row, name: str) -> int:
    return int(_text(row, name))


def _text(row: Row, name: str) -> str:
    value = row[name]
    assert isinstance(value, Literal)
    return value.value
