"""Snapshots to measure on, made in a folder: the shipped graph, and one of a million triples grown from it."""

from pathlib import Path

from kbs_graph import build, files
from kbs_graph.config import settings
from kbs_graph.snapshots import Snapshot, SnapshotStore
from tests.bench.contributions import grown

MILLION = 1_000_000


def made(var: Path, least: int = 0) -> Snapshot:
    """A snapshot of the shipped graph, its sources copied until it holds at least so many triples.

    It holds no dumps, no report and an empty search index, since queries ask for none; a folder that has one keeps it.
    """
    snapshots = SnapshotStore(var)
    if not (var / "snapshots" / "current").exists():
        graphs = build.completed(grown(files.whole(files.read(settings().root)), least))
        with snapshots.lock():
            snapshots.publish(graphs, {"context": {}, "counts": {}}, lambda store, target: target.touch())
    return snapshots.current()
