"""The processes that answer queries, as the web process sees them: a fork server for a snapshot, and its workers."""

import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from kbs_graph.engine import worker
from kbs_graph.engine.forkserver import FORK, MADE

_FORK_SECONDS = 5.0
"""How long a fork may take; it takes a few milliseconds."""
_GONE_SECONDS = 5.0
"""How long a process that was killed may take to give back its memory."""


class NotStarted(Exception):
    """The machine, or the store, did not let a process start."""


class Worker:
    """A worker with the socket to it. Sending and receiving raise TimeoutError at the deadline."""

    def __init__(self, source: "ForkServer", channel: socket.socket, handle: int, lifeline: int):
        self.source, self._channel, self._handle, self._lifeline = source, channel, handle, lifeline
        self._guard = threading.Lock()

    @property
    def is_alive(self) -> bool:
        """Whether the process is there; a handle on it becomes readable when it ends (pidfd_open(2))."""
        return not select.select([self._handle], [], [], 0)[0]

    def send(self, kind: bytes, payload: bytes, deadline: float) -> None:
        self._channel.settimeout(left(deadline))
        worker.send(self._channel, kind, payload)

    def receive(self, deadline: float) -> tuple[bytes, bytes]:
        self._channel.settimeout(left(deadline))
        return worker.receive(self._channel)

    def kill(self) -> None:
        """Stop the process. Safe while another thread talks with it: that one then sees the end of its stream."""
        with self._guard, suppress(ProcessLookupError):
            if self._handle >= 0:
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def end(self) -> None:
        """Stop the process, wait until it is gone, and clear up. Only for the one who has this worker."""
        self.kill()
        self._channel.close()
        select.select([self._handle], [], [], _GONE_SECONDS)
        with self._guard:
            os.close(self._handle)
            os.close(self._lifeline)
            self._handle = -1


class ForkServer:
    """The one process that makes workers for a snapshot. Raises NotStarted, or TimeoutError at the deadline."""

    def __init__(self, store: Path, memory_mb: int, in_memory: bool, deadline: float):
        self.store, self.in_memory = store, in_memory
        self._guard = threading.Lock()
        self._control, theirs = socket.socketpair()
        place = "memory" if in_memory else "disk"
        command = [
            sys.executable,
            "-m",
            "kbs_graph.engine.forkserver",
            str(theirs.fileno()),
            str(store),
            str(memory_mb),
            place,
        ]
        try:
            self._process = subprocess.Popen(
                command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        except OSError as error:
            self._control.close()
            raise NotStarted from error
        finally:
            theirs.close()
        try:
            self._answer(deadline)
        except (NotStarted, TimeoutError):
            self.end()
            raise

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def fork(self, deadline: float) -> Worker:
        """A fresh worker that is ready for its first query."""
        mine, theirs = socket.socketpair()
        lifeline, end_of_it = os.pipe()
        try:
            handle = self._forked(theirs.fileno(), lifeline, deadline)
        except (TimeoutError, NotStarted):
            mine.close()
            os.close(end_of_it)
            raise
        finally:
            theirs.close()
            os.close(lifeline)
        made = Worker(self, mine, handle, end_of_it)
        try:
            made.receive(deadline)
        except (EOFError, OSError) as error:
            made.end()
            raise error if isinstance(error, TimeoutError) else NotStarted from error
        return made

    def end(self) -> None:
        """Stop it; its workers live on. May be done twice."""
        self._process.kill()
        self._process.wait()
        self._control.close()

    def _forked(self, channel: int, lifeline: int, deadline: float) -> int:
        """The handle on a new process. An answer that does not come is the end of this server: if it came later, it
        would be taken for that to the next request."""
        with self._guard:
            left(deadline)
            try:
                socket.send_fds(self._control, [FORK], [channel, lifeline])
                return self._answer(time.monotonic() + _FORK_SECONDS)[0]
            except (OSError, NotStarted) as error:
                self.end()
                raise NotStarted from error

    def _answer(self, deadline: float) -> list[int]:
        self._control.settimeout(left(deadline))
        said, handles, _, _ = socket.recv_fds(self._control, len(MADE), 1)
        if said != MADE:
            raise NotStarted
        return handles


def left(deadline: float) -> float:
    """Seconds to go. Raises TimeoutError when there are none."""
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds
