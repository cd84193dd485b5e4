"""What a serving process holds: the current snapshot, opened, and the pool of query workers.

The pointer is read anew for every request, so a new snapshot shows at once; a request keeps the one it began with.
"""

from dataclasses import dataclass
from threading import Lock

from kbs_graph.config import Settings
from kbs_graph.snapshots import Snapshot, SnapshotStore
from kbs_graph.store import LocalStore
from kbs_graph.workers import Limits, Pool


@dataclass(frozen=True)
class Opened:
    """A snapshot with its store open for reading."""

    snapshot: Snapshot
    store: LocalStore


class Service:
    """One a process, made after fork; safe to use from several threads."""

    def __init__(self, settings: Settings):
        self.settings = settings
        self.pool = Pool(
            Limits(settings.query_seconds, settings.query_memory_mb, settings.query_output_mb, settings.query_workers)
        )
        self._snapshots = SnapshotStore(settings.var)
        self._opened: Opened | None = None
        self._guard = Lock()

    def current(self) -> Opened:
        """The snapshot to answer with. Raises NoSnapshot before the first build."""
        number = self._snapshots.current_number()
        opened = self._opened
        if opened is None or opened.snapshot.number != number:
            with self._guard:
                snapshot = self._snapshots.get(number)
                opened = self._opened = Opened(snapshot, LocalStore.open(snapshot.store))
        return opened

    def close(self) -> None:
        self.pool.close()
