"""A query worker: a process that may be killed. It answers the queries of strangers and can reach nothing.

Started by `workers.Pool` as `python -m kbs_graph.worker SOCKET LIFELINE STORE MEMORY_MB`. Before the first query it
gives up what a query has no use for: memory beyond its limit, writing files, the network and starting programs.
Frames on the socket: one byte kind, four bytes length (network order), payload. It imports as little as it can.
"""

import json
import os
import signal
import socket
import struct
import sys
import threading
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kbs_graph import confinement
from kbs_graph.disk import Hold

REQUEST, READY, HEAD, DATA, ERROR, END = b"Q", b"R", b"H", b"D", b"E", b"Z"
HOLD = 4 << 20
"""Bytes kept back before the first is sent: an answer that fails earlier still gets a proper error."""
_HEADER = struct.Struct("!cI")
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
        confinement.limit(memory)
        confinement.refuse_network_and_programs()
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
