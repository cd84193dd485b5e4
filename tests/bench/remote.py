"""`python -m tests.bench remote [FOLDER [STATEMENTS]]`: a graph in Oxigraph and Virtuoso, beside the store of our own.

The graph is that of `contributions`: the shipped one with its sources copied, to a million statements or as many as
given. First what publishing costs: all of it, nothing new, and after one contribution. Then the same pages and queries
are asked in turns of three running sites, by one client over one kept connection each, in one run, so that what is
reported are ratios. Every page is made anew. Virtuoso is left out, and said to be, where it is not installed. In a
FOLDER the graph is kept for the next time.
"""

import http.client
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

from kbs_graph import build, files, queries
from kbs_graph.config import Settings, settings
from kbs_graph.contributions import publishing as contributing
from kbs_graph.contributions.model import Contribution
from kbs_graph.remote import checking
from kbs_graph.remote.publishing import publish
from kbs_graph.snapshots import SnapshotStore
from kbs_graph.terms import iri_of
from tests.bench import contributions, servers
from tests.remote.stores import KINDS, Store

ROUNDS = 20
TYPES = {"Accept": "text/html"}, {"Accept": "application/sparql-results+json, application/n-triples"}
PAGES = ("/nl/aspect/schulden-basis", "/nl/bron/kb-introductie", "/nl/domein/inkomen", "/nl/organisatie/nji")
QUESTIONS = {
    "query of an aspect's page": queries.fill("pages/aspect", iri=iri_of("aspect", "schulden-basis")),
    "count everything": "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
    "who says what of a source": queries.fill("contributions/thing", iri=iri_of("bron", "nji-1627")),
}


def main() -> None:
    place = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp())
    least = int(sys.argv[3]) if len(sys.argv) > 3 else contributions.MILLION
    config = Settings(root=settings().root, var=place / f"var-{least}", quiet_seconds=0, query_seconds=60.0)
    _grow(config, least)
    with ExitStack() as running:
        sites = {"our own": running.enter_context(_site(config))}
        for kind in KINDS:
            if kind == "virtuoso" and not shutil.which("virtuoso-t"):
                print("NOT MEASURED: Virtuoso. Install it: apt-get install virtuoso-opensource-7")
                continue
            shutil.rmtree(place / kind, ignore_errors=True)
            store = Store(kind, place / kind, buffers=170_000).start()
            running.callback(store.kill)
            there = replace(config, **{**store.settings, "store_seconds": 120.0})
            _publish(kind, there)
            sites[kind] = running.enter_context(_site(there))
        _ask(sites)


def _grow(config: Settings, least: int) -> None:
    """At least so many statements as a snapshot, unless they are there."""
    if not (config.var / "snapshots" / "current").exists():
        folder = contributions.grown(files.whole(files.read(config.root)), least)
        contributions._publish(build.completed(folder), config)
    print(f"{SnapshotStore(config.var).current().triples} statements")


def _publish(kind: str, there: Settings) -> None:
    seconds = {"all of it": _timed(lambda: publish(there, force=True)), "nothing new": _timed(lambda: publish(there))}
    given = Contribution(contributions.ORGANISATION, frozenset(contributions._source(0, f"{kind}-{time.time_ns()}")))
    contributing.accept(replace(there, store="", store_write=""), given, "put", "bench")
    seconds["after a contribution"] = _timed(lambda: publish(there))
    seconds["comparing all of it"] = _timed(lambda: print(f"{kind}: all the same:", _is_same(there)))
    print(f"{kind}: publishing " + ", ".join(f"{name} {spent:.1f} s" for name, spent in seconds.items()), flush=True)


def _is_same(there: Settings) -> bool:
    return all(each.same for each in checking.check(there))


def _timed(job: Callable[[], object]) -> float:
    began = time.perf_counter()
    job()
    return time.perf_counter() - began


def _site(config: Settings) -> AbstractContextManager[int]:
    given = {f"KBS_{name.upper()}": value for name, value in vars(config).items()}
    return servers.server("kbs", "serve", "--port", "PORT", **given)


def _ask(sites: dict[str, int]) -> None:
    asked = {page: (f"{page}?n={{}}", TYPES[0]) for page in PAGES}
    for name, query in QUESTIONS.items():
        asked[name] = (f"/sparql?{urlencode({'query': query})}%23{{}}", TYPES[1])
    found: dict[tuple[str, str], list[float]] = {}
    connections = {site: http.client.HTTPConnection("127.0.0.1", port, timeout=120) for site, port in sites.items()}
    for turn in range(ROUNDS + ROUNDS // 10):
        for name, (path, headers) in asked.items():
            for site, connection in connections.items():
                spent = _answered(connection, path.format(turn), headers)
                if turn >= ROUNDS // 10:
                    found.setdefault((name, site), []).append(spent * 1e3)
    print(f"\n{'p50 (p95), ms; × our own':28}" + "".join(f"{site:>28}" for site in sites))
    for name in asked:
        base = statistics.median(found[name, next(iter(sites))])
        print(f"{name:28}" + "".join(f"{_told(found[name, site], base):>28}" for site in sites))


def _answered(connection: http.client.HTTPConnection, path: str, headers: dict[str, str], again: bool = True) -> float:
    """Seconds for an answer. Asked once more where the site had let the connection go, which waited for its turn."""
    began = time.perf_counter()
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
    except ConnectionError:
        connection.close()
        if not again:
            raise
        return _answered(connection, path, headers, again=False)
    assert answer.read() and answer.status == 200, (answer.status, connection.port, path)
    return time.perf_counter() - began


def _told(times: list[float], base: float) -> str:
    middle, high = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    return f"{middle:.1f} ({high:.1f}) × {middle / base:.1f}"
