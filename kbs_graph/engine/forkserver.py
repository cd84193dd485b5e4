"""Makes query workers by fork(2): each is ready in milliseconds and shares what was read once.

Started by `processes.ForkServer` as `python -m kbs_graph.engine.forkserver CONTROL STORE MEMORY_MB memory|disk`. It
reads the store of one snapshot and never a query. Every request on the control socket brings a socket and a lifeline
(SCM_RIGHTS, unix(7)); it forks a worker that serves them, and answers with a handle on that process (pidfd_open(2)). It
has no thread of its own, so a fork copies all there is. It imports as little as it can.
"""

import gc
import os
import signal
import socket
import sys
from pathlib import Path

import pyoxigraph as ox

from kbs_graph.disk import Hold
from kbs_graph.engine import worker

FORK, MADE = b"F", b"M"


def main(control: socket.socket, path: str, memory_mb: int, in_memory: bool) -> None:
    """Make workers until the web process hangs up."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # who ended is gone at once
    with Hold(Path(path)):
        store = _in_memory(path) if in_memory else None
        gc.freeze()
        control.send(MADE)
        while True:
            _, given, _, _ = socket.recv_fds(control, len(FORK), 2)
            if len(given) != 2:
                return
            process = os.fork()
            if not process:
                control.close()
                _work(given[0], given[1], store or ox.Store.read_only(path), memory_mb)
            for number in given:
                os.close(number)
            handle = os.pidfd_open(process)
            socket.send_fds(control, [MADE], [handle])
            os.close(handle)


def _in_memory(path: str) -> ox.Store:
    """The whole store, copied: it answers about four times faster, for half a kilobyte a triple."""
    store = ox.Store()
    store.bulk_extend(ox.Store.read_only(path))
    return store


def _work(channel: int, lifeline: int, store: ox.Store, memory_mb: int) -> None:
    """Be a worker, and never come back."""
    try:
        worker.serve(socket.socket(fileno=channel), lifeline, store, memory_mb)
    finally:
        os._exit(0)


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])), sys.argv[2], int(sys.argv[3]), sys.argv[4] == "memory")
