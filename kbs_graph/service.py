"""What a serving process holds: the current snapshot, opened, the pool of query workers, and the sandbox for files.

The pointer is read anew for every request, so a new snapshot shows at once; a request keeps the one it began with. With
a store elsewhere (`KBS_STORE`) the pointer is what is published there, and only questions to the graph go there: the
search index, the downloads and the manifest are those of the snapshot that was published, which is kept here.
"""

import contextlib
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from kbs_graph.config import Settings
from kbs_graph.disk import Hold
from kbs_graph.engine.pool import Answer, Limits, Pool
from kbs_graph.engine.strikes import Penalty, Strikes
from kbs_graph.errors import NoSnapshot
from kbs_graph.remote import restoring, trouble
from kbs_graph.remote.answering import Answering
from kbs_graph.remote.following import Following
from kbs_graph.remote.publication import Publication
from kbs_graph.remote.remote_store import Remote, RemoteStore, logged
from kbs_graph.sandbox import Limits as JobLimits
from kbs_graph.sandbox import Sandbox
from kbs_graph.search.label_index import Index
from kbs_graph.snapshots import Snapshot, SnapshotStore
from kbs_graph.sparql import Question, ask
from kbs_graph.store import LocalStore, Store


@dataclass(frozen=True)
class Opened:
    """A snapshot with its store and search index open for reading; it is not pruned as long as this is kept."""

    snapshot: Snapshot
    store: Store
    hold: Hold
    index: Index


class Service:
    """One a process, made after fork; safe to use from several threads."""

    def __init__(self, settings: Settings):
        self.settings = settings
        self.pool = Pool(
            Limits(
                settings.query_seconds,
                settings.query_memory_mb,
                settings.query_output_mb,
                settings.query_workers,
                settings.query_queue,
                settings.query_per_client,
            ),
            Strikes(settings.var, Penalty(settings.query_longest_wait, settings.query_forgiven_seconds)),
            self._is_small,
        )
        self.sandbox = Sandbox(JobLimits(settings.job_seconds, settings.job_memory_mb))
        self._snapshots = SnapshotStore(settings.var)
        self._opened: Opened | None = None
        self._guard = Lock()
        self._remote = Remote(settings) if settings.store else None
        self._following = Following(self._remote) if self._remote else None
        self._answering = Answering(settings, self.pool) if settings.store else None

    def current(self) -> Opened:
        """The snapshot to answer with. Raises NoSnapshot before the first build, or when it cannot be opened.

        Of a store elsewhere it is the snapshot that is published there; Unavailable when that cannot be told.
        """
        return self._published(self._following) if self._following else self._pointed()

    def at_hand(self) -> Opened:
        """The newest snapshot of this machine, for who hands something in; a store elsewhere may be away.

        Raises NoSnapshot, and Unavailable or NotRunnable when its store was deleted and cannot be brought back now.
        """
        if not self._following:
            return self.current()
        current = self._snapshots.current()
        restoring.at_hand(current, self.settings)
        return self._open(current.number)

    def answer(self, opened: Opened, question: Question) -> Answer:
        """Answer a query of a stranger on a snapshot. Raises what `sparql.ask` raises."""
        if self._answering and isinstance(opened.store, RemoteStore):
            return self._answering.ask(opened.store.published, question)
        limits = self.settings
        return ask(self.pool, opened.snapshot.store, question, limits.query_bytes, limits.query_depth)

    def _pointed(self) -> Opened:
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

    def _is_small(self, store: Path) -> bool:
        """Whether the store of one of our snapshots is to be read from memory."""
        number = store.parent.name
        return number.isdecimal() and self._snapshots.get(int(number)).triples <= self.settings.memory_triples

    def _published(self, following: Following) -> Opened:
        published, opened = following.now(), self._opened
        if opened is None or not isinstance(opened.store, RemoteStore) or opened.store.published is not published:
            with self._guard:
                opened = self._opened = self._open_published(published)
        return opened

    def _open_published(self, published: Publication) -> Opened:
        assert self._remote
        kept = [each for each in self._snapshots.list() if each.content_hash == published.content_hash]
        for snapshot in sorted(kept, key=lambda each: (each.number != published.snapshot, -each.number)):
            with contextlib.suppress(OSError, RuntimeError):
                store = RemoteStore(self._remote, published)
                return Opened(snapshot, store, Hold(snapshot.held), Index(snapshot.search))
        raise logged(trouble.unknown_here(published.number, published.created))

    def _opened_at(self, number: int) -> Opened:
        opened = self._opened
        if opened is None or opened.snapshot.number != number:
            with self._guard:
                opened = self._opened
                if opened is None or opened.snapshot.number != number:
                    opened = self._opened = self._open(number)
                    self.pool.follow(opened.snapshot.store)
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
