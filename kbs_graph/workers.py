"""The pool of query workers: the wall between the queries of strangers and the service.

pyoxigraph cannot stop a running query, and some texts abort its process. So each query runs in a child process with a
hard limit on time, memory and output; past a limit the child is killed and a fresh one takes its place.
"""

import contextlib
import json
import os
import queue
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from kbs_graph import worker
from kbs_graph.errors import BadRequest, KbsError, NotAcceptable, TooLarge, Unavailable

START_SECONDS = 30.0


@dataclass(frozen=True)
class Job:
    """A query and how to answer it. Media types are SPARQL's own; an empty one means: not asked for."""

    query: str
    result_type: str
    graph_type: str
    from_clause: bool = False
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """The start of an answer. `chunks` yields the bytes and must be read or closed; it raises when a limit is hit."""

    media_type: str
    chunks: Iterator[bytes]


@dataclass(frozen=True)
class Limits:
    """Seconds for a query (waiting included), MiB of memory it may add, MiB of its answer, and number of workers."""

    seconds: float = 10.0
    memory_mb: int = 512
    output_mb: int = 64
    workers: int = 2


class _Worker:
    """One child process with its socket."""

    def __init__(self, store: Path, memory_mb: int):
        self.store = store
        self.channel, theirs = socket.socketpair()
        lifeline, self._lifeline = os.pipe()
        command = [sys.executable, "-m", "kbs_graph.worker", str(theirs.fileno()), str(lifeline), str(store)]
        self._process = subprocess.Popen(
            [*command, str(memory_mb)],
            pass_fds=[theirs.fileno(), lifeline],
            stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        theirs.close()
        os.close(lifeline)
        self.channel.settimeout(START_SECONDS)
        try:
            worker.receive(self.channel)
        except (EOFError, OSError) as error:
            self.kill()
            raise Unavailable(
                "De vraagmotor kon niet starten. Probeer het zo nog eens.",
                "The query engine could not start. Try again in a moment.",
            ) from error

    def kill(self) -> None:
        with contextlib.suppress(OSError):
            os.close(self._lifeline)
        self.channel.close()
        self._process.kill()
        self._process.wait()


class Pool:
    """Workers for the current snapshot. Safe to use from several threads; make one pool a process, after fork."""

    def __init__(self, limits: Limits):
        self._limits = limits
        self._free: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        self._all: set[_Worker] = set()
        self._guard = threading.Lock()
        for _ in range(limits.workers):
            self._free.put(None)

    def run(self, store: Path, job: Job) -> Answer:
        """Answer a query on the snapshot at `store`.

        Raises BadRequest (syntax), NotAcceptable (no such form), TooLarge (output), Unavailable (time, memory, died,
        all busy). An error after the first bytes raises from `Answer.chunks`: the caller must then cut the connection.
        """
        deadline = time.monotonic() + self._limits.seconds
        hand = self._take(store, deadline)
        try:
            request = {
                **asdict(job),
                "from": job.from_clause,
                "default": job.default_graphs,
                "named": job.named_graphs,
                "output": self._limits.output_mb << 20,
            }
            worker.send(hand.channel, worker.REQUEST, json.dumps(request).encode())
            kind, payload = self._next(hand, deadline)
        except (EOFError, OSError) as error:
            self._drop(hand)
            raise _died(error, self._limits) from error
        if kind == worker.ERROR:
            self._free.put(hand)
            raise _refusal(payload, self._limits)
        return Answer(payload.decode(), self._stream(hand, deadline))

    def close(self) -> None:
        """End all workers."""
        with self._guard:
            for hand in list(self._all):
                hand.kill()
            self._all.clear()

    def _stream(self, hand: _Worker, deadline: float) -> Iterator[bytes]:
        done = False
        try:
            while True:
                try:
                    kind, payload = self._next(hand, deadline)
                except (EOFError, OSError) as error:
                    raise _died(error, self._limits) from error
                if kind == worker.DATA:
                    yield payload
                    continue
                done = True
                if kind == worker.ERROR:
                    raise _refusal(payload, self._limits)
                return
        finally:
            if done:
                self._free.put(hand)
            else:
                self._drop(hand)

    def _take(self, store: Path, deadline: float) -> _Worker:
        try:
            hand = self._free.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            raise Unavailable(
                "Alle plaatsen voor vragen zijn bezet. Probeer het over een paar seconden opnieuw.",
                "All places for queries are taken. Try again in a few seconds.",
            ) from None
        if hand and hand.store == store:
            return hand
        try:
            if hand:
                self._forget(hand)
            hand = _Worker(store, self._limits.memory_mb)
        except KbsError:
            self._free.put(None)
            raise
        with self._guard:
            self._all.add(hand)
        return hand

    def _next(self, hand: _Worker, deadline: float) -> tuple[bytes, bytes]:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        hand.channel.settimeout(left)
        return worker.receive(hand.channel)

    def _drop(self, hand: _Worker) -> None:
        self._forget(hand)
        self._free.put(None)

    def _forget(self, hand: _Worker) -> None:
        with self._guard:
            self._all.discard(hand)
        hand.kill()


def _died(error: Exception, limits: Limits) -> KbsError:
    if isinstance(error, TimeoutError):
        return Unavailable(
            f"De vraag duurde langer dan {limits.seconds:g} seconden. Maak hem kleiner, bijvoorbeeld met LIMIT 100.",
            f"The query took longer than {limits.seconds:g} seconds. Make it smaller, for example with LIMIT 100.",
        )
    return Unavailable(
        "De vraag vroeg te veel van de vraagmotor (geheugen of nesting) en is gestopt. Maak hem kleiner.",
        "The query asked too much of the engine (memory or nesting) and was stopped. Make it smaller.",
    )


def _refusal(payload: bytes, limits: Limits) -> KbsError:
    reason, detail = json.loads(payload)
    match reason:
        case "syntax":
            return BadRequest(f"De vraag is geen geldige SPARQL: {detail}", f"The query is not valid SPARQL: {detail}")
        case "output":
            return TooLarge(
                f"Het antwoord is groter dan {limits.output_mb} MiB. Vraag minder, bijvoorbeeld met LIMIT.",
                f"The answer is larger than {limits.output_mb} MiB. Ask for less, for example with LIMIT.",
            )
        case "form":
            kinds = {"graph": "text/turtle", "result": "application/sparql-results+json"}
            return NotAcceptable(
                f"Dit soort vraag geeft een ander soort antwoord. Vraag bijvoorbeeld om {kinds[detail]}.",
                f"This form of query gives another kind of answer. Ask for {kinds[detail]}, for example.",
            )
        case "memory":
            return _died(MemoryError(), limits)
    return BadRequest(f"De vraag kon niet worden beantwoord: {detail}", f"The query could not be answered: {detail}")
