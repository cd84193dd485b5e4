"""A snapshot as it goes out to a store elsewhere: its graphs under their names there, in parts that can be sent again.

The same snapshot gives the same parts in the same order, so that sending goes on where it stopped.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice

import pyoxigraph as ox

from kbs_graph import published_names
from kbs_graph.errors import NotRunnable
from kbs_graph.remote.publication import Stored, is_moving
from kbs_graph.snapshot import Snapshot
from kbs_graph.terms import GRAPHS, Iri

PART = 25_000
"""Statements sent at a time: some megabytes."""


class Outgoing:
    """A snapshot with its store open. Raises NotRunnable when its store is not there."""

    def __init__(self, snapshot: Snapshot):
        try:
            self._store = ox.Store.read_only(str(snapshot.store))
        except (OSError, RuntimeError) as error:
            raise NotRunnable(
                f"Momentopname {snapshot.number} heeft hier geen graaf om te publiceren. Draai eerst: kbs build",
                f"Snapshot {snapshot.number} has no graph here to publish. First run: kbs build",
            ) from error
        digests = {Iri(graph): str(entry["sha256"]) for graph, entry in snapshot.manifest["graphs"].items()}
        sizes = {Iri(graph): int(entry["triples"]) for graph, entry in snapshot.manifest["graphs"].items()}
        self._names = published_names.names(digests, self._mentions(digests))
        organisations = snapshot.manifest.get("contributions", {})
        self.graphs = {graph: Stored(self._names[graph], sizes[graph], digests[graph]) for graph in sorted(digests)}
        self.united = tuple(graph for graph in self.graphs if not is_moving(graph, organisations))
        members = [self.graphs[graph] for graph in self.united]
        self.union = Stored(
            published_names.union_name(each.name for each in members), sum(each.triples for each in members)
        )

    def parts(self, stored: Stored, begin: int = 0) -> Iterator[tuple[int, bytes]]:
        """The statements of a graph from the `begin`th on, as (number, N-Triples) a part."""
        graphs = self.united if stored == self.union else [g for g, each in self.graphs.items() if each == stored]
        lines = islice(chain.from_iterable(map(self._lines, graphs)), begin, None)
        while part := list(islice(lines, PART)):
            yield len(part), "".join(part).encode()

    def _lines(self, graph: Iri) -> Iterator[str]:
        for quad in self._store.quads_for_pattern(None, None, None, ox.NamedNode(graph)):
            text = str(quad.triple)
            yield f"{self._renamed(quad.triple) if GRAPHS in text else text} .\n"

    def _renamed(self, triple: ox.Triple) -> str:
        return " ".join(map(self._term, (triple.subject, triple.predicate, triple.object)))

    def _term(self, term: object) -> str:
        renamed = self._names.get(Iri(term.value)) if isinstance(term, ox.NamedNode) else None
        return f"<{renamed}>" if renamed else str(term)

    def _mentions(self, graphs: Iterable[Iri]) -> Mapping[Iri, set[Iri]]:
        """The graphs that each graph makes a statement about, or names in one."""
        found: dict[Iri, set[Iri]] = {}
        for graph in graphs:
            node = ox.NamedNode(graph)
            about = self._store.quads_for_pattern(node, None, None, None)
            naming_it = self._store.quads_for_pattern(None, None, node, None)
            for quad in chain(about, naming_it):
                if isinstance(quad.graph_name, ox.NamedNode):
                    found.setdefault(Iri(quad.graph_name.value), set()).add(graph)
        return found
