"""`kbs publish --check`: whether the store holds what the snapshot holds, graph by graph, by count and by hash."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kbs_graph import files
from kbs_graph.config import Settings
from kbs_graph.errors import NotRunnable
from kbs_graph.remote import answers
from kbs_graph.remote.publication import Publication
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


@dataclass
class _Sum:
    """Statements in no order, however many: their number, and their hashes (SHA-256) added up."""

    number: int = 0
    hashes: int = 0

    def add(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.number += 1
            self.hashes += int.from_bytes(hashlib.sha256(line.encode()).digest())


def _compared(remote: Remote, published: Publication, wanted: dict[str, dict[str, object]]) -> Iterator[Compared]:
    """The graphs one by one, each by its hash, and the union beside what they hold together: at most one in memory."""
    members, union = _Sum(), _Sum()
    for graph in sorted({*published.graphs, *map(Iri, wanted)}):
        stored = published.graphs.get(graph)
        size, digest = int(str(wanted.get(graph, {}).get("triples", 0))), wanted.get(graph, {}).get("sha256")
        found = remote.count(stored.name) if stored else 0
        content = files.computed_graph(graph, remote.content(stored.name) if stored else ())
        if graph in published.united:
            members.add(line.removesuffix(f"<{graph}> .") + "." for line in content.lines)
        yield Compared(graph, size, found, found == len(content.lines) and content.digest == digest)
    found = remote.count(published.union.name)
    union.add(map(answers.line, remote.content(published.union.name)))
    yield Compared(published.union.name, members.number, found, found == union.number and union == members)
