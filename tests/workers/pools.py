"""A store of 20,000 triples for the tests of the workers, ways to ask it, and a look at the processes that answer."""

import json
import math
import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pyoxigraph as ox

from kbs_graph.engine.pool import Job, Limits, Pool
from kbs_graph.serialize import GRAPH_FORMATS, RESULT_FORMATS

Start = Callable[..., Pool]
SKOS = "http://www.w3.org/2004/02/skos/core#"
PREFIX = f"PREFIX skos: <{SKOS}> PREFIX : <http://e/> "
CONCEPTS = 2500
G1, G2 = "http://e/g1", "http://e/g2"
SLACK = 20
"""Seconds that a limit may be late here, since the machine of a test may be busy; `make bench` measures closely."""
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
TEN_MB = "SELECT ?a ?d { ?a skos:notation ?b . ?d skos:notation ?e } LIMIT 80000"
RESULTS, NT = RESULT_FORMATS["json"].media_type, GRAPH_FORMATS["nt"].media_type


def lines() -> Iterator[str]:
    """20,000 triples over two graphs, rich enough for paths, joins and long texts."""
    for i in range(CONCEPTS):
        concept, graph = f"<http://e/c/{i}>", f"<{G2 if i % 2 else G1}>"
        yield f'{concept} <{SKOS}prefLabel> "begrip {i} {"a" * 30}"@nl {graph} .'
        yield f'{concept} <{SKOS}altLabel> "ander woord {i}"@nl {graph} .'
        yield f'{concept} <{SKOS}definition> "Omschrijving van begrip {i}: {"a" * 50}"@nl {graph} .'
        yield f'{concept} <{SKOS}scopeNote> "Toelichting {i} {"a" * 30}"@nl {graph} .'
        yield f'{concept} <{SKOS}notation> "{i}" {graph} .'
        yield f"{concept} <{SKOS}broader> <http://e/c/{i // 3}> {graph} ."
        yield f"{concept} <{SKOS}related> <http://e/c/{i * 7 % CONCEPTS}> {graph} ."
        yield f"{concept} <http://e/p> <http://e/o> {graph} ."


def make_store(path: Path, nquads: Iterator[str]) -> Path:
    store = ox.Store(str(path))
    store.bulk_load(input="\n".join(nquads).encode(), format=ox.RdfFormat.N_QUADS)
    store.flush()
    return path


def job(query: str, result: str = RESULTS, graph: str = NT) -> Job:
    return Job(PREFIX + query, result, graph)


def answer(pool: Pool, store: Path, query: str) -> bytes:
    return b"".join(pool.run(store, job(query)).chunks)


def values(body: bytes) -> list[dict[str, str]]:
    rows = json.loads(body)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in rows]


def alive(pool: Pool, store: Path) -> bool:
    """Whether the next query is answered, and rightly."""
    body = answer(pool, store, 'SELECT ?c { ?c skos:notation "77" }')
    return values(body) == [{"c": "http://e/c/77"}]


def short_limit(store: Path) -> int:
    """A limit, in seconds, that a new pool meets with ease, however slow this machine is and busier it may become."""
    with closing(Pool(Limits(seconds=600, workers=1))) as pool:
        began = time.monotonic()
        assert b"true" in answer(pool, store, "ASK {}")
        return max(3, math.ceil(8 * (time.monotonic() - began)))


def workers_on(store: Path, parent: int | None = None) -> set[int]:
    """The ids of the living workers of a process (this one) for one store: the children of its fork servers."""
    return {worker for server in fork_servers_on(store, parent) for worker in children(server)}


def fork_servers_on(store: Path, parent: int | None = None) -> set[int]:
    return {
        process
        for process in children(parent or os.getpid())
        if {b"kbs_graph.engine.forkserver", bytes(store)}
        <= set(Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0"))
    }


def children(parent: int) -> set[int]:
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            state, owner = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            if int(owner) == parent and state != "Z":
                found.add(int(folder.name))
    return found


def is_running(process: int) -> bool:
    """Whether any thread of a process is left; the first may be gone before the others."""
    states = []
    for thread in Path(f"/proc/{process}/task").glob("*/stat"):
        with suppress(OSError):
            states.append(thread.read_text().rpartition(")")[2].split()[0])
    return any(state not in "ZX" for state in states)


def worked(process: int) -> float:
    """The seconds that a process computed."""
    ticks = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11]
    return int(ticks) / os.sysconf("SC_CLK_TCK")


def is_at_work(process: int) -> bool:
    """Whether a process computed for longer than starting takes."""
    return worked(process) > 0.2


def wait_until(condition: Callable[[], bool], seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return condition()


DEADLY = {
    "groups nested 20,000 deep": "SELECT * " + "{" * 20000 + "?s ?p ?o" + "}" * 20000,
    "20,000 nots": "SELECT * { ?s ?p ?o FILTER(" + "!" * 20000 + "true) }",
    "3,000 BINDs": "SELECT * { " + " ".join(f"BIND({i} AS ?x{i})" for i in range(3000)) + " }",
    "memory by doubling": "SELECT (STRLEN(?x34) AS ?n) { BIND('aaaaaaaaaaaaaaaa' AS ?x0) "
    + " ".join(f"BIND(CONCAT(?x{i},?x{i}) AS ?x{i + 1})" for i in range(34))
    + " }",
    "memory by sorting": "SELECT * { ?a skos:prefLabel ?c . ?d skos:altLabel ?f } ORDER BY DESC(?f) ?c",
}
