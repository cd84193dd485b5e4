"""A query worker: a process that may be killed. It answers the queries of strangers and can reach nothing.

Forked by `forkserver`. Before the first query it gives up what a query has no use for: memory beyond its limit, writing
files, the network and starting programs.
Frames on the socket: one byte kind, four bytes length (network order), payload. An answer is a HEAD with its media
type, any number of DATA and an END with the last bytes; or an ERROR. It imports as little as it can.
"""

import json
import os
import re
import signal
import socket
import struct
import threading
from dataclasses import asdict
from typing import Any

import pyoxigraph as ox

from kbs_graph import confinement
from kbs_graph.engine import foreign_answers, syntax_errors
from kbs_graph.engine.foreign_answers import Received, Unfit

REQUEST, READY, HEAD, DATA, ERROR, END = b"Q", b"R", b"H", b"D", b"E", b"Z"
FETCH, FETCHED = b"F", b"G"
HOLD = 4 << 20
"""Bytes kept back before the first is sent: an answer that fails earlier still gets a proper error."""
_HEADER = struct.Struct("!cI")
_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|<oxprefix:[ >]")
"""What the serialiser writes in XML though no reader takes it: control signs (XML 1.0, section 2.2), and a property
whose IRI does not end in a name."""
_GRACE = 0.1
"""Seconds after which a worker ends itself when its query is over time and the parent has not done so."""


class NotXml(Exception):
    """The answer holds something that XML cannot."""


class OutputLimit(Exception):
    """The answer is larger than allowed."""


def frame(kind: bytes, payload: bytes = b"") -> bytes:
    return _HEADER.pack(kind, len(payload)) + payload


def send(channel: socket.socket, kind: bytes, payload: bytes = b"") -> None:
    channel.sendall(frame(kind, payload))


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
        self._is_xml = media_type.endswith("xml")
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

    def flush_frames(self, kind: bytes = DATA) -> None:
        if self._is_xml and _NOT_XML.search(self._buffer):
            raise NotXml
        start = b"" if self.started else frame(HEAD, self._media_type.encode())
        self.started = True
        self._channel.sendall(start + frame(kind, bytes(self._buffer)))
        self._buffer.clear()


def _die_with_web_process(lifeline: int) -> None:
    os.read(lifeline, 1)
    os._exit(0)


def _answer(channel: socket.socket, store: ox.Store, request: dict[str, Any]) -> None:
    default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [ox.NamedNode(i) for i in request["default"]]
    named: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(i) for i in request["named"]]
    only_parsed = request["head"] or request["elsewhere"]
    protocol_dataset = bool(default or named or only_parsed)
    if only_parsed:  # over no graph at all there is little to work out
        default, named = [], []
    result = store.query(
        str(request["query"]),
        base_iri=request["base"],
        use_default_graph_as_union=not protocol_dataset and not request["from"],
        default_graph=default if protocol_dataset else None,
        named_graphs=named if protocol_dataset else None,
    )
    is_graph = isinstance(result, ox.QueryTriples)
    media_type: str = request["graph_type"] if is_graph else request["result_type"]
    if not media_type:
        send(channel, ERROR, json.dumps(["form", "graph" if is_graph else "result"]).encode())
        return
    if request["head"]:
        channel.sendall(frame(HEAD, media_type.encode()) + frame(END))
        return
    formats: Any = ox.RdfFormat if is_graph else ox.QueryResultsFormat
    out: Any = _Out(channel, media_type, int(request["output"]))
    if request["elsewhere"]:
        kind = foreign_answers.kind_of(result)
        foreign_answers.write(_fetched(channel, kind), kind, media_type, out)
    else:
        result.serialize(out, format=formats.from_media_type(media_type))
    out.flush_frames(END)


def _fetched(channel: socket.socket, kind: str) -> Received:
    send(channel, FETCH, kind.encode())
    most_rows = int(receive(channel)[1])
    return Received(receive(channel)[1], most_rows)


def serve(channel: socket.socket, lifeline: int, store: ox.Store, memory_mb: int) -> None:
    """Serve one query after another until the web process hangs up."""
    threading.Thread(target=_die_with_web_process, args=(lifeline,), daemon=True).start()
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    bool(store.query("ASK {}"))
    confinement.limit(memory_mb)
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


def _fault(store: ox.Store, request: dict[str, Any], message: str) -> dict[str, Any] | None:
    """Where a query is no SPARQL, after `message` of the parser; None when it cannot be told."""

    def parse(text: str) -> str:
        try:
            store.query(text, base_iri=request["base"])
        except SyntaxError as error:
            return error.msg
        return ""

    found = syntax_errors.locate(request["query"], message, parse)
    return asdict(found) if found else None


def _try(channel: socket.socket, store: ox.Store, request: dict[str, Any]) -> None:
    try:
        _answer(channel, store, request)
    except SyntaxError as error:
        send(channel, ERROR, json.dumps(["syntax", _fault(store, request, error.msg)]).encode())
    except UnicodeError:
        send(channel, ERROR, json.dumps(["syntax", None]).encode())
    except Unfit as error:
        send(channel, ERROR, json.dumps(["unfit", [error.why, error.rows]]).encode())
    except ValueError as error:
        send(channel, ERROR, json.dumps(["dataset", str(error)]).encode())
    except NotXml:
        send(channel, ERROR, json.dumps(["xml", ""]).encode())
    except OutputLimit:
        send(channel, ERROR, json.dumps(["output", ""]).encode())
    except MemoryError:
        send(channel, ERROR, json.dumps(["memory", ""]).encode())
    except (OSError, RuntimeError) as error:
        send(channel, ERROR, json.dumps(["query", str(error)]).encode())
