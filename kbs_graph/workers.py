"""The pool of query workers: the wall between the queries of strangers and the service.

pyoxigraph cannot stop a running query, and some texts abort its process. So each query runs in a child process with a
hard limit on time, memory and output; past a limit the child is killed and a fresh one takes its place.
"""

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from kbs_graph import worker
from kbs_graph.errors import BadRequest, KbsError, NotAcceptable, TooLarge, Unavailable


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
    """One child process with its socket. Raises Unavailable when it cannot start, TimeoutError at the deadline."""

    def __init__(self, store: Path, memory_mb: int, deadline: float):
        self.store = store
        self.channel, theirs = socket.socketpair()
        lifeline, mine = os.pipe()
        self._lifeline = os.fdopen(mine, "wb", buffering=0)
        command = [sys.executable, "-m", "kbs_graph.worker", str(theirs.fileno()), str(lifeline), str(store)]
        try:
            self._process = subprocess.Popen(
                [*command, str(memory_mb)],
                pass_fds=[theirs.fileno(), lifeline],
                stdin=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise _not_started() from error
        finally:
            theirs.close()
            os.close(lifeline)
        try:
            self.receive(deadline)
        except TimeoutError:
            self.end()
            raise
        except (EOFError, OSError) as error:
            self.end()
            raise _not_started() from error

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def send(self, request: dict[str, object], deadline: float) -> None:
        self.channel.settimeout(_left(deadline))
        worker.send(self.channel, worker.REQUEST, json.dumps(request).encode())

    def receive(self, deadline: float) -> tuple[bytes, bytes]:
        self.channel.settimeout(_left(deadline))
        return worker.receive(self.channel)

    def kill(self) -> None:
        """Stop the process. Safe while another thread talks with it: that one then sees the end of its stream."""
        self._process.kill()

    def end(self) -> None:
        """Stop the process and clear up. Only for the one who has this worker."""
        self.kill()
        self._lifeline.close()
        self.channel.close()
        self._process.wait()


@dataclass(eq=False)
class _Place:
    """A query under way: until when it may take, since when it has its place, and its worker once it has one."""

    deadline: float
    since: float = 0.0
    hand: _Worker | None = None


class Pool:
    """Workers for the current snapshot. Safe to use from several threads; make one pool a process, after fork."""

    def __init__(self, limits: Limits):
        self._limits = limits
        self._idle: list[_Worker] = []
        self._busy: set[_Place] = set()
        self._changed = threading.Condition()

    def run(self, store: Path, job: Job) -> Answer:
        """Answer a query on the snapshot at `store`.

        Raises BadRequest (syntax), NotAcceptable (no such form), TooLarge (output), Unavailable (time, memory, died,
        all busy). An error after the first bytes raises from `Answer.chunks`: the caller must then cut the connection.
        An answer that nobody reads on loses its place when its time is over.
        """
        stream = self._serve(store, job)
        return Answer(next(stream).decode(), stream)

    def close(self) -> None:
        """End all workers; queries under way fail."""
        with self._changed:
            idle, self._idle = self._idle, []
            for place in self._busy:
                if place.hand:
                    place.hand.kill()
        for hand in idle:
            hand.end()

    def _serve(self, store: Path, job: Job) -> Generator[bytes, None, None]:
        """The media type, then the bytes of an answer. However this ends, the place is given back."""
        place = self._take(time.monotonic() + self._limits.seconds)
        whole = False
        try:
            hand = place.hand = self._worker(store, place.deadline)
            hand.send(self._request(job, place.deadline), place.deadline)
            while not whole:
                kind, payload = hand.receive(place.deadline)
                whole = kind in (worker.ERROR, worker.END)
                if kind == worker.ERROR:
                    raise _refusal(payload, self._limits)
                if not whole:
                    yield payload
        except (EOFError, OSError) as error:
            raise self._ended(place) from error
        finally:
            self._leave(place, whole)

    def _request(self, job: Job, deadline: float) -> dict[str, object]:
        return {
            **asdict(job),
            "from": job.from_clause,
            "default": job.default_graphs,
            "named": job.named_graphs,
            "output": self._limits.output_mb << 20,
            "seconds": _left(deadline),
        }

    def _take(self, deadline: float) -> _Place:
        """Wait for a place. Whoever is over time loses theirs to who waits."""
        place = _Place(deadline)
        with self._changed:
            self._end_late()
            while len(self._busy) >= self._limits.workers:
                self._changed.wait(min(deadline, *(other.deadline for other in self._busy)) - time.monotonic())
                if time.monotonic() >= deadline:
                    raise _all_taken()
                self._end_late()
            place.since = time.monotonic()
            self._busy.add(place)
        return place

    def _end_late(self) -> None:
        now = time.monotonic()
        for late in [place for place in self._busy if place.deadline <= now]:
            self._busy.discard(late)
            if late.hand:
                late.hand.kill()

    def _ended(self, place: _Place) -> Unavailable:
        """Why a query ended early. One that spent most of its time waiting is not to blame for it."""
        if time.monotonic() < place.deadline:
            return _asked_too_much()
        return _too_slow(self._limits) if place.deadline - place.since > self._limits.seconds / 2 else _all_taken()

    def _worker(self, store: Path, deadline: float) -> _Worker:
        """An idle worker for this snapshot, or a fresh one. Those of other snapshots, and the dead, go."""
        with self._changed:
            fit = [hand for hand in self._idle if hand.store == store and hand.alive]
            others = [hand for hand in self._idle if hand not in fit]
            found = fit.pop() if fit else None
            self._idle = fit
        for hand in others:
            hand.end()
        return found or _Worker(store, self._limits.memory_mb, deadline)

    def _leave(self, place: _Place, whole: bool) -> None:
        with self._changed:
            if whole and place.hand and place in self._busy:
                self._idle.append(place.hand)
                place.hand = None
        if place.hand:
            place.hand.end()
        with self._changed:
            self._busy.discard(place)
            self._changed.notify_all()


def _left(deadline: float) -> float:
    """Seconds to go. Raises TimeoutError when there are none."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _not_started() -> Unavailable:
    return Unavailable(
        "De vraagmotor kon niet starten. Probeer het zo nog eens.",
        "The query engine could not start. Try again in a moment.",
    )


def _all_taken() -> Unavailable:
    return Unavailable(
        "Alle plaatsen voor vragen zijn bezet. Probeer het over een paar seconden opnieuw.",
        "All places for queries are taken. Try again in a few seconds.",
    )


def _too_slow(limits: Limits) -> Unavailable:
    return Unavailable(
        f"De vraag duurde langer dan {limits.seconds:g} seconden. Maak hem kleiner, bijvoorbeeld met LIMIT 100.",
        f"The query took longer than {limits.seconds:g} seconds. Make it smaller, for example with LIMIT 100.",
    )


def _asked_too_much() -> Unavailable:
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
            return _asked_too_much()
    return BadRequest(f"De vraag kon niet worden beantwoord: {detail}", f"The query could not be answered: {detail}")
