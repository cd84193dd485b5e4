"""Requests a second at 32 connections that are kept open: what is asked in turns, so that the ratios are of one run."""

import asyncio
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial

CONNECTIONS, CLIENTS = 32, 2
SECONDS, ROUNDS = 2.0, 3


def measure(port: int, paths: Sequence[str]) -> dict[str, float]:
    """The median of the requests a second that each path gave."""
    found: dict[str, list[float]] = {path: [] for path in paths}
    with ProcessPoolExecutor(CLIENTS) as clients:
        for _ in range(ROUNDS):
            for path in paths:
                counts = clients.map(partial(_client, port), [path] * CLIENTS)
                found[path].append(sum(counts) / SECONDS)
    return {path: sorted(rates)[ROUNDS // 2] for path, rates in found.items()}


def _client(port: int, path: str) -> int:
    return asyncio.run(_ask(port, path))


async def _ask(port: int, path: str) -> int:
    end = time.monotonic() + SECONDS
    connections = (_connection(port, path, end) for _ in range(CONNECTIONS // CLIENTS))
    return sum(await asyncio.gather(*connections))


async def _connection(port: int, path: str, end: float) -> int:
    """Ask one thing over one connection until the time is over; the number of whole answers."""
    request = (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/html\r\nAccept-Encoding: gzip\r\n\r\n".encode()
    )
    count, writer = 0, None
    while time.monotonic() < end:
        if writer is None:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        status, *fields = head.decode("latin-1").lower().split("\r\n")
        assert " 200 " in status, status
        headers = dict(line.split(": ", 1) for line in fields if line)
        await reader.readexactly(int(headers["content-length"]))
        count += 1
        if headers.get("connection") == "close":
            writer.close()
            writer = None
    if writer:
        writer.close()
    return count
