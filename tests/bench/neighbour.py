"""`python -m tests.bench neighbour`: what a polite client notices of hostile ones, through the real server.

The polite one asks over one kept connection, 50 times a second, a query that was never asked before and the page of an
aspect in turns. Beside it: nobody; one client that kills a worker with every query it gets in, and asks again at once
whatever it is told; the same with an address of its own for each query, so that no penalty can hold; and endless
queries in both ways. At the end 200 clients ask at once, each one query.
"""

import http.client
import itertools
import multiprocessing
import statistics
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

from kbs_graph import queries
from kbs_graph.terms import iri_of
from tests.bench import graphs, servers

SECONDS = 15.0
PACE = 0.02
CONNECTIONS = 8
CLIENTS = 200
ASPECT = "schulden-basis"
DEADLY = "ASK { FILTER(1" + "+1" * 20000 + " > 2) }"
"""Ends the process of the engine while it is read (stack), within the length that is allowed."""
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
_ONE, _POLITE = "203.0.113.7", "198.51.100.1"
_numbers = itertools.count()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        graphs.made(Path(folder))
        with servers.server("kbs", "serve", "--port", "PORT", KBS_VAR=folder, KBS_PROXIES=1) as port:
            _polite(port, 3.0)
            print(f"{'beside':30} {'killed/s':>9} {'refused/s':>9}", end="  ")
            print(f"{'query p50':>9} {'p99':>8}  {'page p50':>9} {'p99 ms':>8}")
            _report("nobody", Counter(), _polite(port, SECONDS))
            for name, query, hides in (
                ("one client that kills", DEADLY, False),
                ("a new address for each kill", DEADLY, True),
                ("one client, endless queries", ENDLESS, False),
                ("a new address for each endless", ENDLESS, True),
            ):
                with multiprocessing.get_context("spawn").Pool(1) as others:
                    came = others.apply_async(_hostile, (port, query, hides))
                    times = _polite(port, SECONDS)
                    _report(name, came.get(), times)
            _crowd(port)


def _polite(port: int, seconds: float) -> tuple[list[float], list[float]]:
    """Milliseconds of each query and of each page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    found: tuple[list[float], list[float]] = ([], [])
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        query = quote(queries.fill("pages/aspect", iri=iri_of("aspect", ASPECT)) + f"# {next(_numbers)}")
        for path, accept, times in (
            (f"/sparql?query={query}", "text/turtle", found[0]),
            (f"/nl/aspect/{ASPECT}", "text/html", found[1]),
        ):
            began = time.perf_counter()
            status = _ask(connection, path, {"Accept": accept, "X-Forwarded-For": _POLITE})
            times.append((time.perf_counter() - began) * 1e3)
            assert status == 200, status
            time.sleep(max(0, PACE - (time.perf_counter() - began)))
    return found


def _hostile(port: int, query: str, hides: bool) -> "Counter[int]":
    """Ask one query as often as it can be; the number of answers by status."""
    found: Counter[int] = Counter()
    end = time.monotonic() + SECONDS

    def ask(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for turn in itertools.count():
            if time.monotonic() > end:
                return
            address = f"10.{number}.{turn // 250 % 250}.{turn % 250}" if hides else _ONE
            found[_ask(connection, "/sparql", {"X-Forwarded-For": address}, query)] += 1

    with ThreadPoolExecutor(CONNECTIONS) as threads:
        list(threads.map(ask, range(CONNECTIONS)))
    return found


def _crowd(port: int) -> None:
    """So many clients at once, each with a query of its own."""
    begin = threading.Barrier(CLIENTS)

    def ask(number: int) -> tuple[int, float]:
        text = quote(queries.fill("pages/aspect", iri=iri_of("aspect", ASPECT)) + f"# crowd {number}")
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        begin.wait()
        began = time.perf_counter()
        headers = {"Accept": "text/turtle", "X-Forwarded-For": f"192.0.2.{number}"}
        return _ask(connection, f"/sparql?query={text}", headers), time.perf_counter() - began

    with ThreadPoolExecutor(CLIENTS) as threads:
        found = list(threads.map(ask, range(CLIENTS)))
    counts = Counter(status for status, _ in found)
    middle, slowest = statistics.median(seconds for _, seconds in found), max(seconds for _, seconds in found)
    told = ", ".join(f"{number} × {status}" for status, number in sorted(counts.items()))
    print(f"\n{CLIENTS} clients at once: {told}; half of them within {middle:.2f} s, all within {slowest:.2f} s")


def _ask(connection: http.client.HTTPConnection, path: str, headers: dict[str, str], query: str = "") -> int:
    """The status of an answer that was read to its end; a query is posted."""
    method, kind = ("POST", {"Content-Type": "application/sparql-query"}) if query else ("GET", {})
    connection.request(method, path, query or None, {**headers, **kind})
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status in (200, 429, 503), body
    return answer.status


def _report(name: str, came: "Counter[int]", times: tuple[list[float], list[float]]) -> None:
    measured = "  ".join(f"{statistics.median(each):9.1f} {_last_hundredth(each):8.1f}" for each in times)
    print(f"{name:30} {came[503] / SECONDS:9.1f} {came[429] / SECONDS:9.1f}  {measured}", flush=True)


def _last_hundredth(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.99)]
