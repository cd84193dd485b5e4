"""Servers to measure: ours and a bare Oxigraph, each on a free port of 127.0.0.1 and ended by its own process id."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

SCRIPTS = Path(sys.executable).parent


@contextlib.contextmanager
def server(program: str, *arguments: str, **environment: object) -> Iterator[int]:
    """The port of a running server; it takes the place of `PORT` in the arguments."""
    with process(program, *arguments, **environment) as (port, _):
        yield port


@contextlib.contextmanager
def process(program: str, *arguments: str, **environment: object) -> Iterator[tuple[int, int]]:
    """The port and the process id of a running server."""
    port = _free_port()
    command = [str(SCRIPTS / program), *(argument.replace("PORT", str(port)) for argument in arguments)]
    given = {**os.environ, **{name: str(value) for name, value in environment.items()}}
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=given)
    try:
        _wait(port)
        yield port, running.pid
    finally:
        running.terminate()
        running.wait(20)


@contextlib.contextmanager
def bare(store: Path) -> Iterator[int]:
    """A bare `oxigraph serve-read-only` on a store of ours, its default graph the union as with us."""
    with server(
        "oxigraph", "serve-read-only", "--union-default-graph", "--location", str(store), "--bind", "127.0.0.1:PORT"
    ) as port:
        yield port


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(400):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise TimeoutError(f"no server on port {port}")
