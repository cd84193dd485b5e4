"""Asking over kept connections, with as little work a request as Python allows: the client shares the machine."""

import selectors
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass

MakeRequest = Callable[[], bytes]
_LONGEST_WAIT = 30
"""Seconds without any answer after which something is wrong."""


@dataclass(frozen=True)
class Load:
    """Requests a second, and milliseconds of each answer, in order of size."""

    rate: float
    times: tuple[float, ...]

    def at(self, part: float) -> float:
        """The milliseconds within which this part of the answers came (0.5: the median)."""
        return self.times[min(len(self.times) - 1, int(len(self.times) * part))]


def get(path: str, *fields: str) -> bytes:
    return "\r\n".join([f"GET {path} HTTP/1.1", "Host: 127.0.0.1", *fields, "", ""]).encode()


def measure(port: int, make: MakeRequest, connections: int, seconds: float) -> Load:
    """Ask for so long over so many connections, one request at a time on each.

    Raises ConnectionError when an answer is not 200 or a connection ends.
    """
    times: list[float] = []
    with selectors.DefaultSelector() as selector:
        opened = [_Connection(port) for _ in range(connections)]
        for connection in opened:
            selector.register(connection.channel, selectors.EVENT_READ, connection)
            connection.send(make())
        began = time.perf_counter()
        while (now := time.perf_counter()) < began + seconds or not times:
            events = selector.select(_LONGEST_WAIT)
            if not events:
                raise ConnectionError("no answer")
            for key, _ in events:
                if key.data.receive():
                    times.append((time.perf_counter() - key.data.began) * 1e3)
                    key.data.send(make())
        for connection in opened:
            connection.channel.close()
    return Load(len(times) / (now - began), tuple(sorted(times)))


class _Connection:
    """A kept connection, and how much came of the answer to the last request."""

    def __init__(self, port: int):
        self.channel = socket.create_connection(("127.0.0.1", port), 10)
        self.channel.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.began = 0.0
        self._head, self._tail, self._missing = b"", b"", 0

    def send(self, request: bytes) -> None:
        self._head, self._tail, self._missing = b"", b"", 0
        self.began = time.perf_counter()
        self.channel.sendall(request)

    def receive(self) -> bool:
        """Take what came; whether the answer is whole, by its length or last chunk (RFC 9112, sections 6.2 and 7.1)."""
        piece = self.channel.recv(1 << 18)
        if not piece:
            raise ConnectionError(f"the server hung up after {self._head!r}")
        if not self._head:
            self._head, end, piece = (self._tail + piece).partition(b"\r\n\r\n")
            if not end:
                self._head, self._tail = b"", self._head
                return False
            if not self._head.startswith(b"HTTP/1.1 200"):
                raise ConnectionError(f"{self._head!r} {piece[:400]!r}")
            self._missing, self._tail = _length(self._head), b""
        if self._missing < 0:
            self._tail = (self._tail + piece)[-5:]
            return self._tail == b"0\r\n\r\n"
        self._missing -= len(piece)
        return not self._missing


def _length(head: bytes) -> int:
    """Bytes of the body; below zero when it comes in chunks."""
    _, _, told = head.lower().partition(b"\r\ncontent-length:")
    return int(told.partition(b"\r\n")[0]) if told else -1
