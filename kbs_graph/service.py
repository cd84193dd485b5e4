"""What a serving process holds: the current snapshot, opened, the pool of query workers, and the sandbox for files.

The pointer is read anew for every request, so a new snapshot shows at once; a request keeps the one it began with.
"""

from dataclasses import dataclass
from threading import Lock

from kbs_graph.config import Settings
from kbs_graph.disk import Hold
from kbs_graph.errors import NoSnapshot
from kbs_graph.label_index import Index
from kbs_graph.sandbox import Limits as JobLimits
from kbs_graph.sandbox import Sandbox
from kbs_graph.snapshots import Snapshot, SnapshotStore
from kbs_graph.store import LocalStore
from kbs_graph.workers import Limits, Pool


@dataclass(frozen=True)
class Opened:
    """A snapshot with its store and search index open for reading; it is not pruned as long as this is kept."""

    snapshot: Snapshot
    store: LocalStore
    hold: Hold
    index: Index


class Service:
    """One a process, made after fork; safe to use from several threads."""

    def __init__(self, settings: Settings):
        self.settings = settings
        self.pool = Pool(
            Limits(settings.query_seconds, settings.query_memory_mb, settings.query_output_mb, settings.query_workers)
        )
        self.sandbox = Sandbox(JobLimits(settings.job_seconds, settings.job_memory_mb))
        self._snapshots = SnapshotStore(settings.var)
        self._opened: Opened | None = None
        self._guard = Lock()

    def current(self) -> Opened:
        """The snapshot to answer with. Raises NoSnapshot before the first build, or when it cannot be opened."""
        while True:
            number = self._snapshots.current_number()
            try:
                return self._opened_at(number)
            except NoSnapshot:  # perhaps it was replaced and pruned since its number was read
                if self._snapshots.current_number() == number:
                    raise

    def close(self) -> None:
        """End the query workers."""
        self.pool.close()

    def _opened_at(self, number: int) -> Opened:
        opened = self._opened
        if opened is None or opened.snapshot.number != number:
            with self._guard:
                opened = self._opened
                if opened is None or opened.snapshot.number != number:
                    opened = self._opened = self._open(number)
        return opened

    def _open(self, number: int) -> Opened:
        snapshot = self._snapshots.get(number)
        try:
            hold = Hold(snapshot.store)
            small = snapshot.triples <= self.settings.memory_triples
            return Opened(snapshot, LocalStore.open(snapshot.store, in_memory=small), hold, Index(snapshot.search))
        except (OSError, RuntimeError) as error:
            raise NoSnapshot(
                f"Momentopname {number} is niet te openen. Kies een andere met kbs snapshots use, of draai kbs build.",
                f"Snapshot {number} cannot be opened. Choose another with kbs snapshots use, or run kbs build.",
            ) from error
