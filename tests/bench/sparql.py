"""`python -m tests.bench sparql [TRIPLES]`: the endpoint with all its limits on, beside a bare Oxigraph server on the
same store: the shipped graph, or one grown from it to so many triples.

The query of a concept page (in a grown graph, where a concept has thousands of sources, that of a source), and one with
a tiny answer, at 1, 8 and 32 kept connections; ever different (by a comment with a number) and repeated. All is asked
in turns, so that the ratios are of one run. What fair use does to one client is measured by `neighbour`; here one
client may have every place.
"""

import itertools
import statistics
import sys
import tempfile
from functools import partial
from pathlib import Path
from urllib.parse import quote

from kbs_graph import queries
from kbs_graph.terms import iri_of
from tests.bench import graphs, load, servers
from tests.bench.load import Load

PAGE = queries.fill("pages/aspect", iri=iri_of("aspect", "schulden-basis"))
PAGE_IN_GROWN = queries.fill("pages/source", iri=iri_of("bron", "nah-elearning"))
CONNECTIONS = (1, 8, 32)
KINDS = ("page, ever different", "page, repeated", "tiny, ever different")
TINY = "ASK { ?s ?p ?o }"
SECONDS, ROUNDS = 1.5, 4
OPEN = {"KBS_QUERY_PER_CLIENT": 64}
_numbers = itertools.count()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        least = int(sys.argv[2]) if len(sys.argv) > 2 else 0
        snapshot = graphs.made(Path(folder), least)
        page = PAGE_IN_GROWN if least else PAGE
        store = snapshot.store
        print(f"{snapshot.triples} triples")
        serve = servers.server("kbs", "serve", "--port", "PORT", KBS_VAR=folder, **OPEN)
        with serve as ours, servers.bare(store) as bare:
            print(f"{'connections':>11}  {'query':20} {'p50 ms':>8} {'bare':>8} {'ratio':>6}  {'a second':>8} ", end="")
            print(f"{'bare':>8} {'ratio':>6}")
            for connections in CONNECTIONS:
                for kind in KINDS:
                    _report(connections, kind, *_in_turns(ours, bare, kind, connections, page))


def _in_turns(ours: int, bare: int, kind: str, connections: int, page: str) -> tuple[list[Load], list[Load]]:
    """What each server gave, a few times, in turns; the first turn of each warms up."""
    found: tuple[list[Load], list[Load]] = ([], [])
    for turn in range(ROUNDS + 1):
        for port, path, loads in ((ours, "/sparql", found[0]), (bare, "/query", found[1])):
            measured = load.measure(port, partial(_request, path, kind, page), connections, SECONDS)
            if turn:
                loads.append(measured)
    return found


def _request(path: str, kind: str, page: str) -> bytes:
    query = TINY if kind.startswith("tiny") else page
    accept = "application/sparql-results+json" if kind.startswith("tiny") else "application/n-triples"
    text = f"{query}# {next(_numbers)}" if kind.endswith("different") else query
    return load.get(f"{path}?query={quote(text)}", f"Accept: {accept}")


def _report(connections: int, kind: str, ours: list[Load], bare: list[Load]) -> None:
    middle, there = (statistics.median(each.at(0.5) for each in loads) for loads in (ours, bare))
    rate, rate_there = (statistics.median(each.rate for each in loads) for loads in (ours, bare))
    print(
        f"{connections:11}  {kind:20} {middle:8.2f} {there:8.2f} {middle / there:6.2f}  "
        f"{rate:8.0f} {rate_there:8.0f} {rate / rate_there:6.2f}",
        flush=True,
    )
