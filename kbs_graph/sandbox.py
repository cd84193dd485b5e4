"""Jobs on bytes that a stranger sent: each in a process of its own, with a hard limit on time, memory and output.

`Sandbox.run` starts a module of this library as a program; that program calls `serve` with the function that does the
job. Before it sees the first byte it can no longer write a file, reach a network or start a program. Whatever becomes
of it, the caller gets the answer or an error for people; nothing is left behind.
"""

import json
import logging
import os
import signal
import socket
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from selectors import EVENT_READ, EVENT_WRITE, DefaultSelector
from threading import BoundedSemaphore
from typing import Any, BinaryIO

from kbs_graph import confinement, errors
from kbs_graph.errors import BadRequest, KbsError, TooLarge, Unavailable

Arguments = Mapping[str, Any]
"""What the caller says about the bytes: plain JSON, our own words, safe to read before the limits are set."""
_OK, _REFUSED, _MEMORY, _BROKEN, _UNREADY = b"+", b"-", b"!", b"?", b"~"
_PIECE = 1 << 16
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limits:
    """Seconds for a job, MiB of memory it may add, MiB of its answer, and how many jobs a process runs at once."""

    seconds: float = 20.0
    memory_mb: int = 512
    output_mb: int = 32
    places: int = 2


class Sandbox:
    """Runs jobs. Safe to use from several threads; make one a process, after fork."""

    def __init__(self, limits: Limits | None = None):
        self._limits = limits or Limits()
        self._places = BoundedSemaphore(self._limits.places)

    def run(self, module: str, arguments: Arguments, body: bytes = b"") -> bytes:
        """What the program `module` (`kbs_graph.…`) makes of `body`.

        Raises what the job or its preparation raised, if that is a KbsError with two texts; BadRequest when the job
        died or ran out of memory (the bytes are to blame: nothing else differs between two runs), TooLarge (answer),
        Unavailable (time, places, or a preparation that failed: then the bytes were not even read).
        """
        deadline = time.monotonic() + self._limits.seconds
        if not self._places.acquire(timeout=self._limits.seconds):
            raise _all_taken()
        try:
            return self._ask(module, arguments, body, deadline)
        except TimeoutError:
            raise _too_slow(self._limits) from None
        finally:
            self._places.release()

    def _ask(self, module: str, arguments: Arguments, body: bytes, deadline: float) -> bytes:
        ours, theirs = socket.socketpair()
        with ours, theirs:
            try:
                process = subprocess.Popen(
                    [sys.executable, "-m", module, str(theirs.fileno())],
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
            except OSError:
                raise _all_taken() from None
            theirs.close()
            try:
                limits = {"memory": self._limits.memory_mb, "seconds": self._limits.seconds}
                head = json.dumps({**limits, "arguments": dict(arguments), "size": len(body)}).encode()
                answer = _exchange(ours, head + b"\n" + body, self._limits.output_mb << 20, deadline)
            finally:
                process.kill()
                process.wait()
        return _judged(answer)


def serve(
    job: Callable[[Any, bytes], bytes], prepare: Callable[[Arguments], Any] = lambda arguments: arguments
) -> None:
    """Do one job and end: the other side of `Sandbox.run`, for the `__main__` of a module.

    `prepare` makes of the arguments what `job` gets as its first; it runs without limits (to open a snapshot, say) and
    sees nothing of the stranger's bytes.
    """
    channel = socket.socket(fileno=int(sys.argv[1]))
    with channel, channel.makefile("rb") as incoming:
        head = json.loads(incoming.readline())
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, float(head["seconds"]))
        try:
            prepared = prepare(head["arguments"])
            confinement.limit(int(head["memory"]))
            confinement.refuse_network_and_programs()
        except KbsError as error:
            answer = _refusal(error)
        except Exception as error:  # nothing of the stranger's was read yet: the fault is ours
            answer = _UNREADY + _place(error).encode()
        else:
            answer = _answer(job, prepared, incoming, int(head["size"]))
        channel.sendall(answer)


def _answer(job: Callable[[Any, bytes], bytes], prepared: Any, incoming: BinaryIO, size: int) -> bytes:
    try:
        return _OK + job(prepared, _body(incoming.read(size), size))
    except KbsError as error:
        return _refusal(error)
    except (MemoryError, RecursionError):
        return _MEMORY
    except Exception as error:  # its text may hold what a person typed, so only its kind and place go out
        return _BROKEN + _place(error).encode()


def _refusal(error: KbsError) -> bytes:
    return _REFUSED + json.dumps([type(error).__name__, error.words.nl, error.words.en]).encode()


def _body(body: bytes, size: int) -> bytes:
    if len(body) != size:  # the caller is gone
        os._exit(1)
    return body


def _exchange(channel: socket.socket, message: bytes, most: int, deadline: float) -> bytes:
    """Send a message and read the whole answer meanwhile. TimeoutError at the deadline, TooLarge beyond `most`."""
    channel.setblocking(False)
    left, answer = memoryview(message), bytearray()
    with DefaultSelector() as selector:
        selector.register(channel, EVENT_READ | EVENT_WRITE)
        while len(answer) <= most:
            wait = deadline - time.monotonic()
            ready = next((events for _, events in selector.select(max(wait, 0))), 0)
            if wait <= 0:
                raise TimeoutError
            if ready & EVENT_WRITE:
                left = _sent(channel, left)
                selector.modify(channel, EVENT_READ | EVENT_WRITE if left else EVENT_READ)
            if ready & EVENT_READ:
                try:
                    piece = channel.recv(_PIECE)
                except ConnectionResetError:
                    piece = b""
                if not piece:
                    return bytes(answer)
                answer += piece
    raise TooLarge(
        f"Het resultaat is groter dan {most >> 20} MiB. Lever minder tegelijk aan.",
        f"The result is larger than {most >> 20} MiB. Hand in less at a time.",
    )


def _sent(channel: socket.socket, left: memoryview) -> memoryview:
    """What is left to send; nothing when the other side reads no more: then its answer tells why."""
    try:
        left = left[channel.send(left[:_PIECE]) :]
    except (BrokenPipeError, ConnectionResetError):
        return left[:0]
    if not left:
        channel.shutdown(socket.SHUT_WR)
    return left


def _judged(answer: bytes) -> bytes:
    kind, rest = answer[:1], answer[1:]
    if kind == _OK:
        return rest
    if kind == _REFUSED:
        name, nl, en = json.loads(rest)
        raise getattr(errors, name)(nl, en)
    if kind == _UNREADY:
        _log.error("a job could not begin: %s", rest.decode(errors="replace"))
        raise Unavailable(
            "Bestanden lezen en maken lukt nu niet. Dat ligt aan ons, niet aan je bestand. Probeer het later opnieuw.",
            "Files cannot be read or made now. The fault is ours, not your file's. Try again later.",
        )
    if kind == _BROKEN:
        _log.error("a job broke off: %s", rest.decode(errors="replace"))
    raise BadRequest(
        "Dit bestand vraagt te veel geheugen of is beschadigd. Maak het kleiner of bewaar het opnieuw.",
        "This file asks for too much memory or is damaged. Make it smaller or save it anew.",
    )


def _place(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(last.filename).name}, line {last.lineno}"


def _all_taken() -> Unavailable:
    return Unavailable(
        "Er worden al andere bestanden gelezen. Probeer het over een paar seconden opnieuw.",
        "Other files are being read. Try again in a few seconds.",
    )


def _too_slow(limits: Limits) -> Unavailable:
    return Unavailable(
        f"Het lezen duurde langer dan {limits.seconds:g} seconden. Lever minder tegelijk aan.",
        f"Reading took longer than {limits.seconds:g} seconds. Hand in less at a time.",
    )
