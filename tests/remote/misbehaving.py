"""A server on this machine that does one thing wrong: what no real store can be asked to do."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

JSON = "application/sparql-results+json"
TRUE = b'{"head":{},"boolean":true}'


@dataclass
class Heard:
    """The address of the server, and the headers of every request it got."""

    address: str = ""
    requests: list[dict[str, str]] = field(default_factory=list)


Behaviour = Callable[[Any], None]


def answer(handler: Any, status: int = 200, kind: str = JSON, body: bytes = TRUE, **headers: str) -> None:
    """An answer as a good server gives it, with other values."""
    handler.send_response(status)
    for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def dies_halfway(handler: Any) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(TRUE[:10])


def has_no_length(handler: Any) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.end_headers()
    handler.wfile.write(TRUE)


def says_nothing(handler: Any) -> None:
    time.sleep(3)


def drips(handler: Any) -> None:
    """A byte at a time, each in time, for ever."""
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


@contextmanager
def serving(*behaviours: Behaviour) -> Iterator[Heard]:
    """A server that behaves so: the first request as the first says, and so on; the last for all that follow."""
    heard, turn = Heard(), iter(behaviours)
    last: list[Behaviour] = []

    class Handler(BaseHTTPRequestHandler):
        def _any(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            heard.requests.append(
                {**{n.title(): v for n, v in self.headers.items()}, "method": self.command, "path": self.path}
            )
            last[:] = [next(turn, *last)] if last else [next(turn)]
            last[0](self)
            self.close_connection = True

        do_GET = do_POST = do_PUT = do_DELETE = _any

        def log_message(self, *arguments: object) -> None:
            """Nothing is logged."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    heard.address = f"http://127.0.0.1:{server.server_port}/sparql"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield heard
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
