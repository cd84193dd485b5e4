"""`python -m tests.bench hostile`: 18 queries that break endpoints, at a million triples, through the real server.

Each comes from a client of its own, so that no penalty for an earlier one hides what happens. The moment it is over a
neighbour asks over 8 kept connections at once, so that both web processes are met; the slowest of these is the time to
the next answer. The memory is that of all processes of the server together (PSS: what is shared counts once).
"""

import contextlib
import http.client
import itertools
import json
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from tests.bench import graphs, servers

LIMIT = 5.0
NEIGHBOURS = 8
_SAMPLE_SECONDS = 0.25
_PREFIXES = "PREFIX dct: <http://purl.org/dc/terms/> PREFIX k: <https://w3id.org/kennisbouwstenen/def#>\n"
_numbers = itertools.count()


def _chain(count: int, step: str) -> str:
    return " ".join(step.format(this=number, next=number + 1) for number in range(count))


HOSTILE = {
    "cartesian count": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "cartesian stream": "SELECT * { ?a ?b ?c . ?d ?e ?f }",
    "path, all pairs": "SELECT (COUNT(*) AS ?n) { ?a (dct:subject|^dct:subject|dct:publisher|^dct:publisher)+ ?b }",
    "path, stars nested": "SELECT (COUNT(*) AS ?n) { ?a ((dct:subject*)*/(^dct:subject*)*)* ?b }",
    "sort of a product": "SELECT * { ?a dct:title ?t . ?b k:why ?w } ORDER BY DESC(?w) ?t",
    "regex, backtracking": "SELECT (COUNT(*) AS ?n) { ?a dct:title ?t . ?b k:why ?w "
    'FILTER(REGEX(CONCAT(?t, ?w), "(e*)*(e|ee)+(.*)(.*)(.*)Q$")) }',
    "regex, huge program": "SELECT ?a { ?a dct:title ?t "
    'FILTER(REGEX(?t, "((((e{1,90}){1,90}){1,90}){1,90}){1,90}")) } LIMIT 1',
    "group_concat": 'SELECT (GROUP_CONCAT(?t; separator=" ") AS ?all) { ?a dct:title ?t . ?b dct:subject ?s }',
    "distinct product": "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?t ?u { ?a dct:title ?t . ?b foaf:page ?u } }",
    "values joined": "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"VALUES ?v{place} {{ {' '.join(map(str, range(40)))} }}" for place in range(9))
    + " }",
    "concat doubling": 'SELECT (STRLEN(?x32) AS ?n) { BIND("wijkteam" AS ?x0) '
    + _chain(32, "BIND(CONCAT(?x{this}, ?x{this}) AS ?x{next})")
    + " }",
    "replace growing": f'SELECT (STRLEN(?d) AS ?n) {{ BIND("{"a" * 400}" AS ?a) '
    f'BIND(REPLACE(?a, "a", "{"b" * 400}") AS ?b) BIND(REPLACE(?b, "b", "{"c" * 400}") AS ?c) '
    f'BIND(REPLACE(?c, "c", "{"d" * 400}") AS ?d) }}',
    "groups, 4,000 deep": "SELECT * " + "{ " * 4000 + "?s ?p ?o" + " }" * 4000,
    "parentheses, 5,000 deep": "SELECT * { ?s ?p ?o FILTER(" + "(" * 5000 + "true" + ")" * 5000 + ") }",
    "minus, quadratic": "SELECT (COUNT(*) AS ?n) { ?a dct:title ?t MINUS { ?b k:why ?w FILTER(STRLEN(?w) > 3) } "
    "?c dct:identifier ?i FILTER(?i > ?t) ?d ?e ?f }",
    "path of 800 steps": "SELECT * { ?a " + "/".join(["dct:subject"] * 800) + " ?b }",
    "service": "SELECT * { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }",
    "from an address": "SELECT * FROM <http://127.0.0.1:9/graph> { ?s ?p ?o }",
}
_PREFIXES += "PREFIX foaf: <http://xmlns.com/foaf/0.1/>\n"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        snapshot = graphs.made(Path(folder), graphs.MILLION)
        serve = ("kbs", "serve", "--port", "PORT")
        settings = {"KBS_VAR": folder, "KBS_QUERY_SECONDS": LIMIT, "KBS_PROXIES": 1}
        with servers.process(*serve, **settings) as (port, process), _memory(process) as memory:
            before = max([_next_answers(port) for _ in range(4)][1:])
            quiet = f"quiet: next answer after {before:.0f} ms, {memory[-1]} MB"
            print(f"{snapshot.triples} triples, limit {LIMIT:g} s; {quiet}")
            print(f"{'query':24} {'ended after':>11} {'next answer':>11} {'memory':>8}  what the client got")
            late = 0
            for name, query in HOSTILE.items():
                memory.clear()
                seconds, got = _ask(port, _PREFIXES + query)
                after = _next_answers(port)
                late += seconds > LIMIT + 0.2
                print(f"{name:24} {seconds:9.2f} s {after:8.0f} ms {max(memory, default=0):5} MB  {got}", flush=True)
        print(f"{len(HOSTILE)} queries, {late} of them ended later than the limit + 0.2 s")


def _ask(port: int, query: str) -> tuple[float, str]:
    """Seconds until a query was over, and what its client got."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LIMIT * 3)
    headers = {"Accept-Language": "en", "Content-Type": "application/sparql-query", "X-Forwarded-For": _address()}
    began = time.perf_counter()
    got, size = "", 0
    try:
        connection.request("POST", "/sparql", query.encode(), headers)
        answer = connection.getresponse()
        body = bytearray()
        while piece := answer.read(1 << 16):
            body = (body + piece)[:1000]
            size += len(piece)
        problem = answer.status != 200
        got = f"{answer.status} " + (
            json.loads(body)["detail"] if problem else f"whole, {size} bytes: {bytes(body[-60:])!r}"
        )
    except (http.client.HTTPException, OSError) as error:
        got = f"200, cut after {size / 1e6:.1f} MB ({type(error).__name__})"
    finally:
        connection.close()
    return time.perf_counter() - began, got


def _next_answers(port: int) -> float:
    """Milliseconds until the slowest of some small queries, asked at once, has its answer."""
    connections = [http.client.HTTPConnection("127.0.0.1", port, timeout=60) for _ in range(NEIGHBOURS)]
    began = time.perf_counter()
    for connection in connections:
        text = quote(f"SELECT ?o {{ <https://w3id.org/kennisbouwstenen/id/aspect/meldcode> ?p ?o }} # {next(_numbers)}")
        connection.request("GET", f"/sparql?query={text}", headers={"X-Forwarded-For": "198.51.100.1"})
    for connection in connections:
        answer = connection.getresponse()
        assert answer.status == 200 and b"bindings" in answer.read()
        connection.close()
    return (time.perf_counter() - began) * 1e3


def _address() -> str:
    number = next(_numbers)
    return f"203.0.{number // 250}.{number % 250}"


@contextlib.contextmanager
def _memory(process: int) -> Iterator[list[int]]:
    """A list that is filled with the MB that a process and all below it take, as long as this lasts."""
    found: list[int] = []
    over = threading.Event()

    def watch() -> None:
        while not over.wait(_SAMPLE_SECONDS):
            found.append(sum(_pss(each) for each in _family(process)) >> 10)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield found
    finally:
        over.set()
        watcher.join()


def _family(process: int) -> Iterator[int]:
    yield process
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _family(int(child))


def _pss(process: int) -> int:
    """Proportional set size in KiB."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0
