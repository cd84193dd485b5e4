"""`make bench`: what a build costs, and what an answer costs beside a bare Oxigraph server on the same snapshot.

Both servers run at the same time and are asked in turns, by one client over one kept connection each, so that what is
reported are ratios from one run. Median (p50) and 95th percentile (p95), in milliseconds.

With a word it measures something else instead: see COMMANDS. `sparql` takes a number of triples, too.
"""

import http.client
import itertools
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

from kbs_graph import queries
from kbs_graph.config import settings
from kbs_graph.snapshots import SnapshotStore
from kbs_graph.terms import iri_of
from tests.bench import contributions, hostile, neighbour, remote, search, servers, sparql, throughput

ROUNDS = 400
ASPECT = "schulden-basis"
PAGE = f"/nl/aspect/{ASPECT}"
CONSTANT = "/static/site.css"


def main() -> None:
    config = settings()
    _report_build(config.var)
    store = SnapshotStore(config.var).current().store
    with servers.server("kbs", "serve", "--port", "PORT") as ours, servers.bare(store) as bare:
        query = urlencode({"query": queries.fill("pages/aspect", iri=iri_of("aspect", ASPECT))})
        accept = {"Accept": "application/n-triples"}
        asked = {
            f"constant answer ({CONSTANT})": _asker(ours, CONSTANT, {}),
            "concept page, kept": _asker(ours, PAGE, {}),
            "concept page, made anew": _asker(ours, f"{PAGE}?n={{}}", {}),
            "concept-page query, /sparql": _asker(ours, f"/sparql?{query}%23{{}}", accept),
            "concept-page query, bare oxigraph": _asker(bare, f"/query?{query}%23{{}}", accept),
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
    command = [str(servers.SCRIPTS / "kbs"), "build", "--no-booklets", "--lang", "en"]
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


COMMANDS = {
    "search": search.main,
    "contributions": contributions.main,
    "sparql": sparql.main,
    "hostile": hostile.main,
    "neighbour": neighbour.main,
    "remote": remote.main,
}

if __name__ == "__main__":
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name and name not in COMMANDS:
        sys.exit(f"python -m tests.bench [{'|'.join(COMMANDS)}]")
    COMMANDS.get(name, main)()
