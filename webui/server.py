"""Serving the app for real: gunicorn within this process, with threads, and nothing opened before the fork.

Threads are many because they wait: for the answer to a query, for a slow reader. A connection that sends nothing costs
none, and one that stalls half-way costs one only for a while.
"""

import errno
import socket
import struct
import sys
from collections.abc import Callable, Iterable
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from kbs_graph.config import Settings
from kbs_graph.errors import KbsError, NotRunnable
from webui.app import create_app
from webui.connections import Connections, DirectConnections

WORKERS = 2
THREADS = 128
SEND_SECONDS = 30
"""In which a reader must take the next piece of an answer (at most some 4 MiB), or loses the connection."""
STALL_SECONDS = 20
"""For how long a client may send nothing in the middle of its request."""
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def serve(settings: Settings, host: str, port: int) -> None:
    """Serve until stopped; port 0 takes a free one. Raises NotRunnable when the address cannot be had."""
    listener = _listen(host, port)
    address = f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}/"
    options = {
        "bind": f"fd://{listener.detach()}",
        "worker_class": Connections if settings.proxies else DirectConnections,
        "workers": WORKERS,
        "threads": THREADS,
        "timeout": 60,
        "graceful_timeout": 15,
        "keepalive": 5,
        "limit_request_line": 8190,
        "accesslog": None,
        "errorlog": "-",
        "loglevel": "warning",
        "logger_class": _Log,
        "control_socket_disable": True,
        "when_ready": lambda server: print(f"Kennisbouwstenen: {address}", flush=True),
    }
    _Server(settings, options).run()


class _Log(Logger):  # type: ignore[misc]
    """The log of gunicorn, for faults: what a client can bring about at will is told, in one line, to who asks for
    more than warnings."""

    def exception(self, message: str, *arguments: object, **options: Any) -> None:
        error = sys.exc_info()[1]
        if isinstance(error, TimeoutError):
            self.info("a reader that took nothing for %s s lost its connection", SEND_SECONDS)
        elif isinstance(error, BlockingIOError):
            self.info("a client that sent half a request and nothing for %s s lost its connection", STALL_SECONDS)
        elif isinstance(error, KbsError) and error.status != 500:
            self.info("an answer was cut off half-way: %s", type(error).__name__)
        else:
            super().exception(message, *arguments, **options)


class _Server(BaseApplication):  # type: ignore[misc]
    """gunicorn with our options and no command line of its own."""

    def __init__(self, settings: Settings, options: dict[str, object]):
        self._settings, self._options = settings, options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Application:
        return _impatient(create_app(self._settings))


def _impatient(app: Application) -> Application:
    """The same app, which waits SEND_SECONDS at most for a reader; gunicorn itself would wait for ever."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def begin(*arguments: Any) -> Any:
            environ["gunicorn.socket"].settimeout(SEND_SECONDS)
            return start_response(*arguments)

        return app(environ, begin)

    return answer


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, number, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, number)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # The connections it accepts take these over: none before it sends, and none that stalls for long (tcp(7)).
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, STALL_SECONDS)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", STALL_SECONDS, 0))
        listener.bind(address)
    except (OSError, OverflowError) as error:
        raise _unavailable(host, port, error) from error
    return listener


def _unavailable(host: str, port: int, error: OSError | OverflowError) -> NotRunnable:
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        return NotRunnable(
            f"Poort {port} is al in gebruik. Stop het andere programma of kies een andere poort met --port.",
            f"Port {port} is in use. Stop the other program or choose another port with --port.",
        )
    return NotRunnable(
        f"Luisteren op {host}:{port} kan niet ({error}). Kies een ander adres met --host of --port.",
        f"Cannot listen on {host}:{port} ({error}). Choose another address with --host or --port.",
    )
