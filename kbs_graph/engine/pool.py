"""The pool of query workers: the wall between the queries of strangers and the service.

pyoxigraph cannot stop a running query, and some texts abort its process. So each query runs in a child process with a
hard limit on time, memory and output; past a limit the child is killed and a fresh one takes its place. Who may ask
next is for `turns`; a client whose query had to be stopped waits longer each time (`strikes`).
"""

import json
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kbs_graph.engine import refusals, worker
from kbs_graph.engine.foreign_answers import Received
from kbs_graph.engine.processes import ForkServer, NotStarted, Worker, left
from kbs_graph.engine.strikes import Strikes
from kbs_graph.engine.turns import Bounds, Turn, Turns
from kbs_graph.errors import TooMany, Unavailable
from kbs_graph.terms import BASE

_LOADING_SECONDS = 60.0
"""How long copying a small store into memory may take."""


Fetch = Callable[[str, float], Received]
"""Has a store elsewhere answer: for one of the kinds of `foreign_answers`, within so many seconds, or TimeoutError."""


@dataclass(frozen=True)
class Job:
    """A query and how to answer it. Media types are SPARQL's own; an empty one means: not asked for. `head`: only
    whether it can be asked and which media type it would have, without working it out (RFC 9110, section 9.3.2).
    With `fetch` the query is only parsed here, and what a store elsewhere answers is read and written by the worker.

    `client` is whom fair use counts it for (see `ratelimit.client`); empty for a query of our own.
    """

    query: str
    result_type: str
    graph_type: str
    from_clause: bool = False
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    head: bool = False
    client: str = ""
    fetch: Fetch | None = None


@dataclass(frozen=True)
class Answer:
    """The start of an answer. `chunks` yields the bytes and must be read or closed; it raises when a limit is hit."""

    media_type: str
    chunks: Iterator[bytes]


@dataclass(frozen=True)
class Limits:
    """Seconds for a query (waiting included), MiB of memory it may add, MiB of its answer, and number of workers;
    the queries that may wait, and those that one client may have here at once."""

    seconds: float = 10.0
    memory_mb: int = 512
    output_mb: int = 64
    workers: int = 2
    queue: int = 100
    per_client: int = 32


class Pool:
    """Workers for the current snapshot. Safe to use from several threads; make one pool a process, after fork.

    Stores that are `small` are copied into memory, once for all workers, as soon as they are asked.
    """

    def __init__(
        self, limits: Limits, strikes: Strikes | None = None, is_small: Callable[[Path], bool] = lambda store: False
    ):
        self._limits, self._strikes, self._is_small = limits, strikes, is_small
        self._turns = Turns(Bounds(limits.workers, limits.queue, limits.per_client))
        self._source: ForkServer | None = None
        self._idle: list[Worker] = []
        self._closed = False
        self._guard = threading.Lock()
        self._starting = threading.Lock()

    def run(self, store: Path, job: Job) -> Answer:
        """Answer a query on the snapshot at `store`.

        Raises BadRequest (syntax), NotAcceptable (no such form), TooLarge (output), Unavailable (time, memory, died,
        waited in vain), TooMany (the queue is full, or this client has to wait). An error after the first bytes raises
        from `Answer.chunks`: the caller must then cut the connection. An answer that nobody reads on loses its place
        when its time is over.
        """
        stream = self._serve(store, job)
        return Answer(next(stream).decode(), stream)

    def follow(self, store: Path) -> None:
        """There is a new snapshot: get ready for it in the background, and let go of the one before. Nothing to do for
        a pool that was not asked anything yet."""
        source = self._source
        if source and source.store != store:
            threading.Thread(target=self._change_to, args=(store,), daemon=True).start()

    def under_way(self) -> int:
        """The number of queries that wait, are worked on or whose answer is still read."""
        return self._turns.number()

    def close(self) -> None:
        """End all workers, for good; queries under way fail, and so do those that wait and those that come."""
        self._closed = True
        self._replace(None)
        for turn in self._turns.all_working():
            turn.stop()

    def _serve(self, store: Path, job: Job) -> Generator[bytes, None, None]:
        """The media type, then the bytes of an answer. However this ends, the turn and its place are given back."""
        turn = self._turn(job.client)
        lost: Worker | None = None
        try:
            hand = lost = self._worker(store, turn.deadline)
            turn.stop = hand.kill
            if self._closed:  # it may have been too early for `close` to stop this one
                raise NotStarted
            hand.send(worker.REQUEST, self._request(job, turn.deadline), turn.deadline)
            while lost:
                kind, payload = hand.receive(turn.deadline)
                if kind == worker.FETCH and job.fetch:
                    received = job.fetch(payload.decode(), left(turn.deadline))
                    hand.send(worker.FETCHED, str(received.most_rows).encode(), turn.deadline)
                    hand.send(worker.FETCHED, received.body, turn.deadline)
                    continue
                if kind in (worker.ERROR, worker.END):
                    lost = None
                    self._give_back(turn, hand)
                if kind == worker.END and job.client:
                    self._turns.was_answered(job.client)
                if kind == worker.ERROR:
                    raise refusals.of_worker(payload, self._limits.output_mb, self._limits.memory_mb)
                if payload:
                    yield payload
        except NotStarted as error:
            raise refusals.not_started() from error
        except (EOFError, OSError) as error:
            raise self._stopped(turn, job.client, isinstance(error, TimeoutError)) from error
        finally:
            if lost:
                lost.kill()
                threading.Thread(target=self._clear_up, args=(turn, lost, store)).start()
            else:
                self._turns.leave(turn)

    def _request(self, job: Job, deadline: float) -> bytes:
        asked = {
            "query": job.query,
            "result_type": job.result_type,
            "graph_type": job.graph_type,
            "head": job.head,
            "elsewhere": job.fetch is not None,
            "from": job.from_clause,
            "default": job.default_graphs,
            "named": job.named_graphs,
            "base": BASE,
            "output": self._limits.output_mb << 20,
            "seconds": left(deadline),
        }
        return json.dumps(asked).encode()

    def _turn(self, client: str) -> Turn:
        """A turn for a client, who must not have made us stop a query just now, before it waited or while it did."""
        self._check(client)
        try:
            turn = self._turns.take(client or object(), time.monotonic() + self._limits.seconds)
        except TimeoutError as error:
            raise refusals.all_taken() from error
        try:
            self._check(client)
        except TooMany:
            self._turns.leave(turn)
            raise
        return turn

    def _check(self, client: str) -> None:
        seconds = self._strikes.wait(client) if self._strikes and client else 0
        if seconds:
            raise refusals.has_to_wait(seconds)

    def _stopped(self, turn: Turn, client: str, timed_out: bool) -> Unavailable:
        """Why a query ended early, which counts against its client, unless it spent most of its time waiting."""
        late = timed_out or time.monotonic() >= turn.deadline
        if late and turn.deadline - turn.since <= self._limits.seconds / 2:
            return refusals.all_taken()
        if client:
            self._turns.was_stopped(client)
        if self._strikes and client:
            self._strikes.add(client)
        if late:
            return refusals.too_slow(self._limits.seconds)
        return refusals.asked_too_much(self._limits.memory_mb)

    def _worker(self, store: Path, deadline: float) -> Worker:
        """An idle worker for this snapshot, or a fresh one."""
        while True:
            with self._guard:
                fit = self._source is not None and self._source.store == store
                found = self._idle.pop() if fit and self._idle else None
            if found is None:
                source = self._fork_server(store, deadline)
                try:
                    return source.fork(deadline)
                except NotStarted:
                    if source is self._source:  # else it was replaced while we asked it
                        raise
            elif found.is_alive:
                return found
            else:
                found.end()

    def _give_back(self, turn: Turn, hand: Worker) -> None:
        """The work is done: the worker may take the next query, and its place is free."""
        with self._guard:
            fit = hand.source is self._source and len(self._idle) <= self._limits.workers
            if fit and self._turns.has_place(turn):
                self._idle.append(hand)
            else:
                fit = False
        if not fit:
            hand.end()
        self._turns.work_is_done(turn)

    def _clear_up(self, turn: Turn, lost: Worker, store: Path) -> None:
        """After a worker was killed: its place is free when its memory is, which its client need not wait for."""
        lost.end()
        self._turns.leave(turn)
        self._make_ready(store)

    def _make_ready(self, store: Path) -> None:
        """Have an idle worker for who asks next."""
        with self._guard:
            source = self._source if not self._idle else None
        if source and source.store == store:
            with suppress(NotStarted, TimeoutError):
                hand = source.fork(time.monotonic() + self._limits.seconds)
                with self._guard:
                    if source is self._source and not self._idle:
                        self._idle.append(hand)
                        return
                hand.end()

    def _change_to(self, store: Path) -> None:
        with suppress(NotStarted, TimeoutError):
            self._fork_server(store, time.monotonic() + _LOADING_SECONDS)
            self._make_ready(store)

    def _fork_server(self, store: Path, deadline: float) -> ForkServer:
        """The fork server of this snapshot; those of others go, with their idle workers."""
        with self._starting:
            if self._closed:
                raise NotStarted
            source = self._source
            if source is None or source.store != store or not source.is_alive:
                source = ForkServer(store, self._limits.memory_mb, False, deadline)
                self._replace(source)
                if self._is_small(store):
                    threading.Thread(target=self._copy_into_memory, args=(store,), daemon=True).start()
            return source

    def _copy_into_memory(self, store: Path) -> None:
        """Answer from memory as soon as that can be done; from the disk until then."""
        with suppress(NotStarted, TimeoutError):
            source = ForkServer(store, self._limits.memory_mb, True, time.monotonic() + _LOADING_SECONDS)
            with self._starting:
                if self._source and self._source.store == store:
                    self._replace(source)
                else:
                    source.end()

    def _replace(self, source: ForkServer | None) -> None:
        with self._guard:
            before, self._source = self._source, source if not self._closed else None
            idle, self._idle = self._idle, []
        for hand in idle:
            hand.end()
        if before:
            before.end()
        if source and self._closed:
            source.end()
