"""The part of the graph around some sources: what is said of them, and of all that they link to.

Rules, names and the search index of a few sources are worked out from this part alone, by the same queries as from the
whole, so that a contribution costs what it holds and not what the graph holds.
"""

from collections.abc import Iterable, Mapping

from rdflib.namespace import RDF

from kbs_graph.contributions.lines import linked, quads, value_of
from kbs_graph.store import LocalStore
from kbs_graph.terms import CONTRIBUTED_GRAPH, DERIVED_GRAPH, ONTOLOGY_GRAPH, PROVENANCE_GRAPH, Iri, K

Graphs = dict[Iri, set[str]]
"""N-Triples lines by graph."""
PART = "#vindplaats"
"""The part of a source that tells what checking found of its address (kbs_graph.links.records)."""
_DERIVED = {DERIVED_GRAPH, CONTRIBUTED_GRAPH}
_HOME = f"<{K.homeDomain}>"
_TYPE = f"<{RDF.type}>"


class Nearby:
    """A store, looked at from some things; what organisations contributed is left out of it, and kept apart."""

    def __init__(self, store: LocalStore, contributed: Iterable[Iri]):
        self._store = store
        self._contributed = set(contributed)
        self._ontology: set[str] | None = None

    @property
    def ontology(self) -> set[str]:
        """The terms, as lines; read once."""
        if self._ontology is None:
            self._ontology = set(self._store.graph(ONTOLOGY_GRAPH))
        return self._ontology

    def editors(self, things: Iterable[Iri]) -> Graphs:
        """What the editors' files, what is derived from them and what checking found say of some things."""
        left_out = {*self._contributed, CONTRIBUTED_GRAPH, PROVENANCE_GRAPH}
        return {graph: lines for graph, lines in self._store.about(things).items() if graph not in left_out}

    def contributed(self, things: Iterable[Iri]) -> Graphs:
        """What stands of some things in the graphs of organisations, and what is derived from that."""
        kept = {*self._contributed, CONTRIBUTED_GRAPH}
        return {graph: lines for graph, lines in self._store.about(things).items() if graph in kept}

    def around(self, things: Iterable[Iri], said: Iterable[str]) -> Graphs:
        """What the editors say of things and their parts, of all that these or the lines `said` link to; the terms."""
        found = self.editors([*things, *(Iri(thing + PART) for thing in things)])
        near = {other for lines in (*found.values(), said) for line in lines if (other := linked(line))}
        _add(found, self.editors(near - set(things)))
        homes = {other for lines in found.values() for line in lines if _HOME in line and (other := linked(line))}
        _add(found, self.editors(homes - near))
        found.setdefault(Iri(ONTOLOGY_GRAPH), set()).update(self.ontology)
        return found


def stated(graphs: Mapping[Iri, set[str]]) -> dict[Iri, set[str]]:
    """What people state, without what is derived from it."""
    return {graph: lines for graph, lines in graphs.items() if graph not in _DERIVED}


def classes(lines: Iterable[str]) -> set[str]:
    """The classes that lines give, as IRIs."""
    return {value_of(line)[1:-1] for line in lines if f"> {_TYPE} <" in line}


def opened(graphs: Mapping[Iri, Iterable[str]]) -> LocalStore:
    """A store of some graphs."""
    nquads = "\n".join(quad for graph, lines in graphs.items() for quad in quads(lines, graph))
    return LocalStore.in_memory(nquads.encode())


def _add(found: Graphs, more: Graphs) -> None:
    for graph, lines in more.items():
        found.setdefault(graph, set()).update(lines)
