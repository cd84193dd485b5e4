"""`kbs publish --check`: whether the store holds what the snapshot holds, graph by graph, by count and by hash."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kbs_graph import files
from kbs_graph.config import Settings
from kbs_graph.errors import NotRunnable
from kbs_graph.remote.publication import Publication, Stored
from kbs_graph.remote.remote_store import Remote
from kbs_graph.snapshots import SnapshotStore
from kbs_graph.terms import Iri


@dataclass(frozen=True)
class Compared:
    """A graph of ours beside that in the store: numbers of statements, and whether these are the same ones."""

    graph: Iri
    wanted: int
    found: int
    same: bool


def check(settings: Settings, progress: Callable[[Compared], None] = lambda compared: None) -> list[Compared]:
    """Every graph of the current snapshot beside that in the store. Raises NotRunnable, NoSnapshot and Trouble."""
    if not settings.store:
        raise NotRunnable("Geef met KBS_STORE het adres van de store.", "Give the address of the store with KBS_STORE.")
    current, remote = SnapshotStore(settings.var).current(), Remote(settings)
    published = remote.publication()
    if published is None:
        raise NotRunnable(
            "In deze store is niets gepubliceerd. Draai eerst: kbs publish",
            "Nothing is published in this store. First run: kbs publish",
        )
    compared = []
    for each in _compared(remote, published, current.manifest["graphs"]):
        progress(each)
        compared.append(each)
    return compared


def _compared(remote: Remote, published: Publication, wanted: dict[str, dict[str, object]]) -> Iterator[Compared]:
    united: set[tuple[object, ...]] = set()
    for graph in sorted({*published.graphs, *map(Iri, wanted)}):
        stored = published.graphs.get(graph, Stored(graph, 0))
        size, digest = int(str(wanted.get(graph, {}).get("triples", 0))), wanted.get(graph, {}).get("sha256")
        triples = remote.content(stored.name) if graph in published.graphs else []
        if graph in published.united:
            united.update(triples)
        yield Compared(graph, size, len(triples), files.computed_graph(graph, triples).digest == digest)
    whole = remote.content(published.union.name)
    yield Compared(published.union.name, len(united), len(whole), set(whole) == united)
