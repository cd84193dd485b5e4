"""What a publication in a store says of itself: which snapshot it is of, and under which name each graph stands there.

It is one statement in one graph, so that a store writes it wholly or not at all: it is the pointer that readers follow.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from kbs_graph.remote.dialect import Dataset
from kbs_graph.terms import BASE, CONTRIBUTED_GRAPH, LINKS_GRAPH, PROVENANCE_GRAPH, Iri, graph_iri

FORMAT = 1
_MOVING = (CONTRIBUTED_GRAPH, PROVENANCE_GRAPH, LINKS_GRAPH)


@dataclass(frozen=True)
class Stored:
    """A graph in a store: its name there, the number of its statements, and their hash (SHA-256, as in a snapshot)."""

    name: Iri
    triples: int
    sha256: str = ""


@dataclass(frozen=True)
class Publication:
    """One state of a store. `publisher` is the folder it came from, `number` counts its publications.

    `union` holds the statements of the graphs named in `united` together: a question to one graph costs a store far
    less than one to fifty. `earlier` are graphs of publications before, each with the moment (ISO 8601) since when it
    is not needed any more: they stay a while for who still reads them.
    """

    number: int
    publisher: str
    content_hash: str
    snapshot: int
    created: str
    graphs: Mapping[Iri, Stored]
    union: Stored
    united: tuple[Iri, ...]
    earlier: Mapping[Iri, str] = field(default_factory=dict)

    @property
    def names(self) -> dict[Iri, Iri]:
        """What each graph is called in the store."""
        return {graph: stored.name for graph, stored in self.graphs.items()}

    @property
    def all_names(self) -> tuple[Iri, ...]:
        """Every graph that this publication needs."""
        return (*self.names.values(), self.union.name)

    def dataset(self, without: frozenset[Iri] = frozenset()) -> Dataset:
        """What queries are about; `without` some graphs."""
        names = {graph: name for graph, name in self.names.items() if graph not in without}
        whole = not without & set(self.united)
        apart = [name for graph, name in names.items() if not (whole and graph in self.united)]
        return Dataset(names, (*((self.union.name,) if whole else ()), *apart))

    def as_text(self) -> str:
        """As JSON, with every IRI from the place where ours begin, which all have in common."""
        told = {
            **asdict(self),
            "format": FORMAT,
            "graphs": {_short(graph): _told(stored) for graph, stored in self.graphs.items()},
            "union": _told(self.union),
            "united": [*map(_short, self.united)],
            "earlier": {_short(graph): since for graph, since in self.earlier.items()},
        }
        return json.dumps(told)


def read(text: str) -> Publication:
    """Raises ValueError for what is no publication, or one in a form that this version does not know."""
    try:
        told: dict[str, Any] = json.loads(text)
        if told.pop("format") != FORMAT:
            raise ValueError("another format")
        found = {
            **told,
            "graphs": {_long(graph): _stored(each) for graph, each in told["graphs"].items()},
            "union": _stored(told["union"]),
            "united": tuple(map(_long, told["united"])),
            "earlier": {_long(graph): str(since) for graph, since in told["earlier"].items()},
        }
        return Publication(**found)
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"no publication: {error}") from error


def _told(stored: Stored) -> dict[str, Any]:
    return {**asdict(stored), "name": _short(stored.name)}


def _stored(told: dict[str, Any]) -> Stored:
    return Stored(**{**told, "name": _long(told["name"])})


def _short(iri: Iri) -> str:
    return iri.removeprefix(BASE)


def _long(name: str) -> Iri:
    return Iri(BASE + name)


def is_moving(graph: str, organisations: Mapping[str, object]) -> bool:
    """Whether a graph changes with every contribution or check of addresses, and so stays out of the union."""
    return graph in _MOVING or graph in set(map(graph_iri, organisations))
