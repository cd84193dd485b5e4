"""A query worker: a process that may be killed. It answers the queries of strangers and can reach nothing.

Started by `workers.Pool` as `python -m kbs_graph.worker SOCKET LIFELINE STORE MEMORY_MB`. Before the first query it
gives up what a query has no use for: memory beyond its limit, writing files, the network and starting programs.
Frames on the socket: one byte kind, four bytes length (network order), payload. It imports as little as it can.
"""

import ctypes
import json
import os
import platform
import resource
import signal
import socket
import struct
import sys
import threading
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kbs_graph.disk import Hold

REQUEST, READY, HEAD, DATA, ERROR, END = b"Q", b"R", b"H", b"D", b"E", b"Z"
HOLD = 4 << 20
"""Bytes kept back before the first is sent: an answer that fails earlier still gets a proper error."""
_HEADER = struct.Struct("!cI")
_MACHINES = {
    "x86_64": (0xC000003E, 317, (41, 42, 49, 53, 57, 58, 59, 101, 322, 425)),
    "aarch64": (0xC00000B7, 277, (117, 198, 199, 200, 203, 221, 281, 425)),
}
"""By machine: its number to seccomp, the number of seccomp(2) itself, and the refused system calls: socket, connect,
bind, socketpair, fork, vfork, execve, ptrace, execveat, io_uring_setup."""
_GRACE = 0.1
"""Seconds after which a worker ends itself when its query is over time and the parent has not done so."""


class OutputLimit(Exception):
    """The answer is larger than allowed."""


def send(channel: socket.socket, kind: bytes, payload: bytes = b"") -> None:
    channel.sendall(_HEADER.pack(kind, len(payload)) + payload)


def receive(channel: socket.socket) -> tuple[bytes, bytes]:
    """One frame. Raises EOFError when the other side is gone."""
    kind, length = _HEADER.unpack(_exactly(channel, _HEADER.size))
    return kind, _exactly(channel, length)


def _exactly(channel: socket.socket, size: int) -> bytes:
    buffer = bytearray(size)
    view = memoryview(buffer)
    while view:
        count = channel.recv_into(view)
        if not count:
            raise EOFError
        view = view[count:]
    return bytes(buffer)


class _Out:
    """The file an answer is written to: holds back the start, then streams, and counts."""

    def __init__(self, channel: socket.socket, media_type: str, limit: int):
        self._channel, self._media_type, self._limit = channel, media_type, limit
        self._buffer = bytearray()
        self._size = 0
        self.started = False

    def write(self, data: bytes) -> int:
        self._size += len(data)
        if self._size > self._limit:
            raise OutputLimit
        self._buffer += data
        if len(self._buffer) >= HOLD:
            self.flush_frames()
        return len(data)

    def flush(self) -> None:
        """The serialiser may call this; frames go out when they are full."""

    def flush_frames(self) -> None:
        if not self.started:
            send(self._channel, HEAD, self._media_type.encode())
            self.started = True
        send(self._channel, DATA, bytes(self._buffer))
        self._buffer.clear()


def _limit_memory(megabytes: int) -> None:
    now = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (now + (megabytes << 20),) * 2)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _seccomp() -> None:
    """Refuse sockets and programs for good, to every thread (see seccomp(2)); OSError where the kernel has none."""
    architecture, seccomp, refused = _MACHINES[platform.machine()]
    load, equal, at_least, give = 0x20, 0x15, 0x35, 0x06
    kill, deny, allow = 0x80000000, 0x00050001, 0x7FFF0000
    other_abi = 0x40000000  # the x32 numbers of x86_64, a second name for every call
    lines = [(load, 0, 0, 4), (equal, 1, 0, architecture), (give, 0, 0, kill), (load, 0, 0, 0)]
    lines += [(at_least, len(refused) + 1, 0, other_abi)]
    lines += [(equal, len(refused) - place, 0, number) for place, number in enumerate(refused)]
    lines += [(give, 0, 0, allow), (give, 0, 0, deny)]
    program = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *line) for line in lines))
    header = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(lines), ctypes.addressof(program)))
    libc = ctypes.CDLL(None, use_errno=True)
    no_new_privileges, set_filter, all_threads = 38, 1, 1
    if libc.prctl(no_new_privileges, 1, 0, 0, 0) or libc.syscall(seccomp, set_filter, all_threads, header):
        raise OSError(ctypes.get_errno(), "seccomp is refused")


def _die_with_parent(lifeline: int) -> None:
    os.read(lifeline, 1)
    os._exit(0)


def _answer(channel: socket.socket, store: ox.Store, request: dict[str, Any]) -> None:
    default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [ox.NamedNode(i) for i in request["default"]]
    named: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(i) for i in request["named"]]
    protocol_dataset = bool(default or named)
    result = store.query(
        str(request["query"]),
        use_default_graph_as_union=not protocol_dataset and not request["from"],
        default_graph=default if protocol_dataset else None,
        named_graphs=named if protocol_dataset else None,
    )
    is_graph = isinstance(result, ox.QueryTriples)
    media_type: str = request["graph_type"] if is_graph else request["result_type"]
    if not media_type:
        send(channel, ERROR, json.dumps(["form", "graph" if is_graph else "result"]).encode())
        return
    formats: Any = ox.RdfFormat if is_graph else ox.QueryResultsFormat
    out: Any = _Out(channel, media_type, int(request["output"]))
    result.serialize(out, format=formats.from_media_type(media_type))
    out.flush_frames()
    send(channel, END)


def main(socket_number: int, lifeline: int, path: str, memory: int) -> None:
    """Serve one query after another until the web process hangs up."""
    channel = socket.socket(fileno=socket_number)
    threading.Thread(target=_die_with_parent, args=(lifeline,), daemon=True).start()
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    with Hold(Path(path)):
        store = ox.Store.read_only(path)
        bool(store.query("ASK {}"))
        _limit_memory(memory)
        _seccomp()
        send(channel, READY)
        while True:
            try:
                request = json.loads(receive(channel)[1])
            except EOFError:
                return
            signal.setitimer(signal.ITIMER_REAL, float(request["seconds"]) + _GRACE)
            _try(channel, store, request)
            signal.setitimer(signal.ITIMER_REAL, 0)


def _try(channel: socket.socket, store: ox.Store, request: dict[str, Any]) -> None:
    try:
        _answer(channel, store, request)
    except SyntaxError as error:
        send(channel, ERROR, json.dumps(["syntax", error.msg]).encode())
    except ValueError as error:
        send(channel, ERROR, json.dumps(["syntax", str(error)]).encode())
    except OutputLimit:
        send(channel, ERROR, json.dumps(["output", ""]).encode())
    except MemoryError:
        send(channel, ERROR, json.dumps(["memory", ""]).encode())
    except (OSError, RuntimeError) as error:
        send(channel, ERROR, json.dumps(["query", str(error)]).encode())


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
