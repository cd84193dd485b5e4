"""Sites over a store elsewhere: small graphs of one's own, and the deletion of the store that a site has itself."""

import shutil
from pathlib import Path
from typing import Any

from kbs_graph.config import Settings
from kbs_graph.files import NamedGraph, computed_graph
from kbs_graph.search import indexing
from kbs_graph.service import Service
from kbs_graph.snapshots import Snapshot, SnapshotStore
from kbs_graph.terms import GRAPHS, ID, Iri, K, Literal
from tests.remote.stores import Store

COUNT = "SELECT (COUNT(*) AS ?number) WHERE { ?s ?p ?o }"
OF_WHOM = (
    "SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?s ?p ?o } "
    "?graph <https://w3id.org/kennisbouwstenen/def#why> ?why } ORDER BY ?graph"
)


def settings_of(there: Store, var: Path, **others: Any) -> Settings:
    return Settings(**{"root": var, "var": var, "quiet_seconds": 0, **there.settings, **others})


def graph(name: str, size: int, word: str = "woord", mentions: str = "") -> NamedGraph:
    """A graph of `size` statements: words, one that tells of the graph itself, and perhaps one of another graph."""
    iri = Iri(GRAPHS + name)
    told = [(iri, Iri(K.why), Literal("tells of itself"))]
    told += [(Iri(GRAPHS + mentions), Iri(K.evidence), iri)] if mentions else []
    words = [
        (Iri(f"{ID}aspect/{name}-{i}"), Iri(K.why), Literal(f'{word} "{i}" é\\\n', "nl"))
        for i in range(size - len(told))
    ]
    return computed_graph(iri, [*told, *words])


def build(var: Path, *graphs: NamedGraph) -> Snapshot:
    """A next snapshot, of these graphs."""
    snapshots = SnapshotStore(var)
    with snapshots.lock():
        return snapshots.publish({each.iri: each for each in graphs}, {"context": {}}, indexing.build)


def forget_own_store(var: Path) -> None:
    """Delete every store of our own, so that nothing can be read from it."""
    for own in (var / "snapshots").glob("*/store"):
        shutil.rmtree(own)


def total(config: Settings) -> int:
    """How many statements a fresh reader counts."""
    service = Service(config)
    try:
        (row,) = service.current().store.select(COUNT)
        assert isinstance(row["number"], Literal)
        return int(row["number"].value)
    finally:
        service.close()
