"""`make bench`: what a build costs, and what an answer costs beside a bare Oxigraph server on the same snapshot.

Both servers run at the same time and are asked in turns, by one client over one kept connection each, so that what is
reported are ratios from one run. Median (p50) and 95th percentile (p95), in milliseconds.

With the word `search` it measures the search instead, at up to a million labels; with `contributions` what those cost.
"""

import contextlib
import http.client
import itertools
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

from kbs_graph import queries
from kbs_graph.config import settings
from kbs_graph.snapshots import SnapshotStore
from kbs_graph.terms import iri_of
from tests.bench import contributions, search, throughput

ROUNDS = 400
ASPECT = "schulden-basis"
PAGE = f"/nl/aspect/{ASPECT}"
CONSTANT = "/static/site.css"
SCRIPTS = Path(sys.executable).parent


def main() -> None:
    config = settings()
    _report_build(config.var)
    store = str(SnapshotStore(config.var).current().store)
    oxigraph = ("serve-read-only", "--union-default-graph", "--location", store, "--bind", "127.0.0.1:PORT")
    with _server("kbs", "serve", "--port", "PORT") as ours, _server("oxigraph", *oxigraph) as bare:
        query = urlencode({"query": queries.fill("pages/aspect", iri=iri_of("aspect", ASPECT))})
        accept = {"Accept": "application/n-triples"}
        asked = {
            f"constant answer ({CONSTANT})": _asker(ours, CONSTANT, {}),
            "concept page, kept": _asker(ours, PAGE, {}),
            "concept page, made anew": _asker(ours, f"{PAGE}?n={{}}", {}),
            "concept-page query, /sparql": _asker(ours, f"/sparql?{query}", accept),
            "concept-page query, bare oxigraph": _asker(bare, f"/query?{query}", accept),
        }
        times = _in_turns(asked)
        rates = throughput.measure(ours, (CONSTANT, PAGE))
    base = statistics.median(times["concept-page query, bare oxigraph"])
    print(f"\n{'what':42} {'p50 ms':>8} {'p95 ms':>8} {'× bare oxigraph':>16}")
    for name, found in times.items():
        middle, high = statistics.median(found), statistics.quantiles(found, n=20)[-1]
        print(f"{name:42} {middle:8.2f} {high:8.2f} {middle / base:16.2f}")
    print(f"\nrequests a second at {throughput.CONNECTIONS} connections:")
    for path, rate in rates.items():
        print(f"{path:42} {rate:8.0f} {rate / rates[CONSTANT]:8.2f} × the constant answer")


def _report_build(var: Path) -> None:
    """Time a build into an empty place, and say how large what it made is."""
    began = time.perf_counter()
    place = var / "bench"
    shutil.rmtree(place, ignore_errors=True)
    command = [str(SCRIPTS / "kbs"), "build", "--no-booklets", "--lang", "en"]
    subprocess.run(command, check=True, env={**os.environ, "KBS_VAR": str(place)}, stderr=subprocess.DEVNULL)
    seconds = time.perf_counter() - began
    snapshot = SnapshotStore(place).current()
    size = {name: _size(path) for name, path in (("store", snapshot.store), ("search index", snapshot.search))}
    print(f"full build, SHACL included: {seconds:.1f} s")
    print(", ".join(f"{name}: {count / 1e6:.1f} MB" for name, count in size.items()))
    shutil.rmtree(place)


def _size(path: Path) -> int:
    return sum(f.stat().st_size for f in (path.rglob("*") if path.is_dir() else [path]) if f.is_file())


def _in_turns(asked: dict[str, Callable[[], None]]) -> dict[str, list[float]]:
    """Ask everything in turns, so that all feel the same weather; the first tenth warms up."""
    times: dict[str, list[float]] = {name: [] for name in asked}
    for turn in range(ROUNDS + ROUNDS // 10):
        for name, ask in asked.items():
            began = time.perf_counter()
            ask()
            if turn >= ROUNDS // 10:
                times[name].append((time.perf_counter() - began) * 1e3)
    return times


def _asker(port: int, path: str, headers: dict[str, str]) -> Callable[[], None]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    numbers = itertools.count()

    def ask() -> None:
        connection.request("GET", path.format(next(numbers)), headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200 and body, (answer.status, path, body[:200])

    return ask


@contextlib.contextmanager
def _server(program: str, *arguments: str) -> Iterator[int]:
    """A server on a free port of 127.0.0.1, which takes the place of `PORT`; ended by its own process id."""
    port = _free_port()
    command = [str(SCRIPTS / program), *(argument.replace("PORT", str(port)) for argument in arguments)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise TimeoutError(f"no server on port {port}")


if __name__ == "__main__":
    if sys.argv[1:] == ["search"]:
        search.main()
    elif sys.argv[1:2] == ["contributions"]:
        contributions.main()
    elif sys.argv[1:]:
        sys.exit("python -m tests.bench [search|contributions [FOLDER]]")
    else:
        main()
