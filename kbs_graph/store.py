"""The store behind the pages: three questions, asked in SPARQL, answered in plain terms. The door to pyoxigraph.

A store on this machine also tells what is said of a thing, as lines, for whoever makes the next snapshot. One that
stands elsewhere is asked by `remote.remote_store`.
"""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from kbs_graph.terms import Iri, Literal, Term, Triple

Row = dict[str, Term]


class Store(Protocol):
    """What pages need of a store. The default graph is the union of all named graphs."""

    def select(self, query: str) -> list[Row]:
        """The solutions of a SELECT; unbound variables are left out of a row."""

    def construct(self, query: str) -> list[Triple]:
        """The triples of a CONSTRUCT, each once. Blank nodes do not occur in our data."""

    def ask(self, query: str) -> bool:
        """The answer to an ASK."""

    def without(self, graphs: Iterable[str]) -> "Store":
        """The same without some graphs; itself when there are none to leave out."""

    def graph(self, iri: str) -> frozenset[str]:
        """All that stands in one graph, as N-Triples lines."""


class LocalStore:
    """A snapshot on this machine, or (for checks) a store in memory."""

    def __init__(self, store: ox.Store):
        self._store = store

    @classmethod
    def open(cls, path: Path, in_memory: bool = False) -> "LocalStore":
        """Open a snapshot's store for reading. Raises OSError when there is none or it is damaged.

        Copied into memory it answers about four times faster, for half a kilobyte a triple.
        """
        on_disk = ox.Store.read_only(str(path))
        if not in_memory:
            return cls(on_disk)
        store = ox.Store()
        store.bulk_extend(on_disk)
        return cls(store)

    @classmethod
    def in_memory(cls, nquads: bytes) -> "LocalStore":
        store = ox.Store()
        store.bulk_load(input=nquads, format=ox.RdfFormat.N_QUADS)
        return cls(store)

    def select(self, query: str) -> list[Row]:
        solutions = self._store.query(query, use_default_graph_as_union=True)
        assert isinstance(solutions, ox.QuerySolutions)
        names = [variable.value for variable in solutions.variables]
        return [
            {name: _plain(value) for name, value in zip(names, solution, strict=True) if value is not None}
            for solution in solutions
        ]

    def construct(self, query: str) -> list[Triple]:
        triples = self._store.query(query, use_default_graph_as_union=True)
        assert isinstance(triples, ox.QueryTriples)
        return [(_plain(t.subject), Iri(t.predicate.value), _plain(t.object)) for t in dict.fromkeys(triples)]

    def ask(self, query: str) -> bool:
        return bool(self._store.query(query, use_default_graph_as_union=True))

    def about(self, subjects: Iterable[str]) -> dict[Iri, set[str]]:
        """What is said of some subjects, as N-Triples lines by graph."""
        found: dict[Iri, set[str]] = defaultdict(set)
        for subject in subjects:
            for quad in self._store.quads_for_pattern(ox.NamedNode(subject), None, None, None):
                found[Iri(str(quad.graph_name).strip("<>"))].add(f"{quad.triple} .")
        return dict(found)

    def without(self, graphs: Iterable[str]) -> "LocalStore":
        """The same without some graphs, copied into memory; itself when there are none to leave out."""
        left_out = {ox.NamedNode(graph) for graph in graphs}
        if not left_out:
            return self
        store = ox.Store()
        store.bulk_extend(quad for quad in self._store if quad.graph_name not in left_out)
        return LocalStore(store)

    def graph(self, iri: str) -> frozenset[str]:
        """All that stands in one graph, as N-Triples lines."""
        quads = self._store.quads_for_pattern(None, None, None, ox.NamedNode(iri))
        return frozenset(f"{quad.triple} ." for quad in quads)


def _plain(term: object) -> Term:
    if isinstance(term, ox.Literal):
        return Literal(term.value, term.language, term.datatype.value)
    return Iri(term.value) if isinstance(term, ox.NamedNode) else Iri(str(term))
