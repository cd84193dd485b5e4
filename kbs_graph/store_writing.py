"""Writing the store of a snapshot that is being made: a copy of another (hard links) in which some graphs change."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kbs_graph.files import NamedGraph
from kbs_graph.terms import Iri


@dataclass(frozen=True)
class Change:
    """What changes in one graph: N-Quads lines; and the hash and size that it then has (size 0: it is gone)."""

    added: frozenset[str]
    removed: frozenset[str]
    digest: str
    triples: int


def copy(store: Path, target: Path) -> None:
    """Copy a store that may be read by others. Raises OSError or RuntimeError when it is damaged."""
    ox.Store.read_only(str(store)).backup(str(target))


def replace(target: Path, graphs: Mapping[Iri, NamedGraph], before: Mapping[str, str]) -> ox.Store:
    """Make a store hold exactly these graphs; `before` has the hashes of those in it. It is not flushed yet."""
    store = ox.Store(str(target))
    for iri in before.keys() - graphs.keys():
        store.remove_graph(ox.NamedNode(iri))
    for iri, graph in graphs.items():
        if before.get(iri) == graph.digest:
            continue
        if iri in before:
            store.remove_graph(ox.NamedNode(iri))
        store.bulk_load(input=graph.nquads, format=ox.RdfFormat.N_QUADS)
    return store


def change(target: Path, changes: Iterable[Change]) -> ox.Store:
    """Change graphs in a store, statement by statement. It is not flushed yet."""
    store = ox.Store(str(target))
    for each in changes:
        for quad in _quads(each.removed):
            store.remove(quad)
        store.extend(_quads(each.added))
    return store


def _quads(lines: Iterable[str]) -> Iterator[ox.Quad]:
    return ox.parse(input="\n".join(lines), format=ox.RdfFormat.N_QUADS)
