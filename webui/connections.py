"""Connections under gunicorn: what it refuses itself is told in words, and no client holds up the others.

It differs from gunicorn's own worker with threads in three ways. A request it cannot read is answered with problem
details (RFC 9457) in both languages, and no address or query of a client gets into the log. One client has at most a
part of the threads at once, however slowly it sends or reads. And it is a thread that waits for a client to hang up
after the last answer (RFC 9112, section 9.6), not the loop that accepts connections.
"""

import contextlib
import json
import socket
import time
from collections import Counter
from collections.abc import Iterator
from http import HTTPStatus
from threading import Lock
from typing import Any

from gunicorn import util
from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine, ParseException
from gunicorn.workers.gthread import ThreadWorker

from kbs_graph import ratelimit

FOR_OTHERS = 16
"""Threads of a process that one client leaves to the others."""
FAREWELL_SECONDS = 2.0
"""How long a client may take to hang up after the last answer."""
_PIECE, _PIECES = 1 << 16, 64
"""What is read and thrown away of what it still sends meanwhile: bytes at a time, and how many times."""
_RETRY_SECONDS = 5
_REFUSED = {
    LimitRequestLine: (
        HTTPStatus.REQUEST_URI_TOO_LONG,
        "Dit adres is te lang. Stuur een lange vraag met POST. This address is too long. Send a long query by POST.",
    ),
    LimitRequestHeaders: (
        HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
        "De kopregels van deze aanvraag zijn te lang of te veel. Stuur er minder. "
        "The headers of this request are too long or too many. Send less.",
    ),
    ParseException: (
        HTTPStatus.BAD_REQUEST,
        "Deze aanvraag is geen geldige HTTP. This request is not valid HTTP.",
    ),
    Exception: (
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "Er ging iets mis aan onze kant. Probeer het later. Something went wrong on our side. Try again later.",
    ),
}
"""What gunicorn finds wrong, the most special first: the status, and what to tell in Dutch and English."""
_TOO_MANY = (
    HTTPStatus.TOO_MANY_REQUESTS,
    f"Er lopen van dit adres te veel aanvragen tegelijk. Probeer het over {_RETRY_SECONDS} seconden nog eens. "
    f"Too many requests of this address are under way at once. Try again in {_RETRY_SECONDS} seconds.",
)


class Connections(ThreadWorker):  # type: ignore[misc]
    """For a site behind a proxy, which takes the slow clients itself: every connection is the proxy's."""

    def handle(self, conn: Any) -> object:
        goes_on: object = super().handle(conn)
        if not goes_on:
            _see_off(conn.sock, FAREWELL_SECONDS)
        return goes_on

    def handle_error(self, req: Any, client: socket.socket, addr: object, exc: Exception) -> None:
        status, words = next(told for kind, told in _REFUSED.items() if isinstance(exc, kind))
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self.log.exception("unexpected %s in a connection", type(exc).__name__)
        _refuse(client, status, words)


class DirectConnections(Connections):
    """For a site that its clients reach themselves."""

    def __init__(self, *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        self._under_way: Counter[str] = Counter()
        self._guard = Lock()

    def handle(self, conn: Any) -> object:
        with self._counted(ratelimit.client(conn.client[0])) as number:
            if number <= self.cfg.threads - FOR_OTHERS:
                return super().handle(conn)
        _refuse(conn.sock, *_TOO_MANY)
        _see_off(conn.sock, 0)
        return False

    @contextlib.contextmanager
    def _counted(self, client: str) -> Iterator[int]:
        """How many threads a client has, this one among them, for as long as it has this one."""
        with self._guard:
            self._under_way[client] += 1
            number = self._under_way[client]
        try:
            yield number
        finally:
            with self._guard:
                self._under_way[client] -= 1
                if not self._under_way[client]:
                    del self._under_way[client]


def _refuse(client: socket.socket, status: HTTPStatus, words: str) -> None:
    """Answer in gunicorn's place, if the client can take it at once."""
    document = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": words}
    body = json.dumps(document).encode()
    again = f"Retry-After: {_RETRY_SECONDS}\r\n" if status == HTTPStatus.TOO_MANY_REQUESTS else ""
    head = (
        f"HTTP/1.1 {status.value} {status.phrase}\r\nConnection: close\r\nContent-Type: application/problem+json\r\n"
        f"Content-Length: {len(body)}\r\nAccess-Control-Allow-Origin: *\r\n{again}\r\n"
    )
    with contextlib.suppress(OSError):
        util.write_nonblock(client, head.encode() + body)


def _see_off(client: socket.socket, seconds: float) -> None:
    """Wait until a client has the last answer and hangs up; gunicorn, which closes the connection, then need not."""
    deadline = time.monotonic() + seconds
    with contextlib.suppress(OSError):
        client.shutdown(socket.SHUT_WR)
        for _ in range(_PIECES):
            client.settimeout(max(0.0, deadline - time.monotonic()))
            if not client.recv(_PIECE):
                break
    with contextlib.suppress(OSError):
        client.shutdown(socket.SHUT_RD)
