"""The store of a snapshot back on this machine, from the store elsewhere: for who has only that, and has to write.

Taking in contributions asks for a store of our own. What comes back has the hashes that the snapshot was published
with, or it is not taken.
"""

from pathlib import Path

import pyoxigraph as ox

from kbs_graph import files
from kbs_graph.config import Settings
from kbs_graph.config import settings as from_environment
from kbs_graph.disk import Turn, whole
from kbs_graph.errors import NotRunnable
from kbs_graph.files import NamedGraph
from kbs_graph.remote.publication import Publication
from kbs_graph.remote.remote_store import Remote, RemoteStore
from kbs_graph.snapshot import Snapshot
from kbs_graph.snapshots import SnapshotStore
from kbs_graph.store import LocalStore, Store

LOCK = "restore.lock"
PATIENCE = 300.0
"""Seconds to wait for another process that brings it back."""


def opened(folder: Path) -> Store:
    """The store of the snapshot in a folder, to read from: its own, or else that elsewhere (`KBS_STORE`)."""
    config = from_environment()
    if (folder / "store").is_dir() or not config.store:
        return LocalStore.open(folder / "store")
    snapshot, remote = SnapshotStore(folder.parents[1]).get(int(folder.name)), Remote(config)
    return RemoteStore(remote, _published(remote, snapshot))


def at_hand(snapshot: Snapshot, settings: Settings | None = None) -> Path:
    """Where the store of a snapshot stands on this machine, after bringing it back when only the one elsewhere has it.

    Raises Trouble, and NotRunnable when that one has another snapshot, or writes things in another way than we do.
    """
    config = settings or from_environment()
    if config.store and not snapshot.store.is_dir():
        with Turn(snapshot.path.parents[1] / LOCK, PATIENCE):
            if not snapshot.store.is_dir():
                _restore(snapshot, Remote(config))
    return snapshot.store


def _restore(snapshot: Snapshot, remote: Remote) -> None:
    with whole(snapshot.store) as work:
        store = ox.Store(str(work))
        for graph, stored in _published(remote, snapshot).graphs.items():
            content = files.computed_graph(graph, remote.content(stored.name))
            _must_be(content, stored.sha256)
            store.bulk_load(input=content.nquads, format=ox.RdfFormat.N_QUADS)
        store.flush()
        del store


def _published(remote: Remote, snapshot: Snapshot) -> Publication:
    published = remote.publication()
    if published is None or published.content_hash != snapshot.content_hash:
        raise NotRunnable(
            f"De graaf van momentopname {snapshot.number} staat niet op deze machine en niet in de store. Draai eerst: "
            "kbs build",
            f"The graph of snapshot {snapshot.number} is neither on this machine nor in the store. First run: kbs "
            "build",
        )
    return published


def _must_be(content: NamedGraph, digest: str) -> None:
    if content.digest != digest:
        raise NotRunnable(
            f"De store geeft <{content.iri}> anders terug dan het gepubliceerd is. Draai: kbs build",
            f"The store gives <{content.iri}> back otherwise than it was published. Run: kbs build",
        )
