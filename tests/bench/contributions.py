"""`python -m tests.bench contributions [FOLDER]`: what a contribution costs, beside validating everything.

Of 1, 50 and 500 sources, into the shipped graph and into one of a million triples: the shipped one with its sources
copied, each with an address of its own. From the lines to an answer: judged, journalled, durable, in use, and read back
by a fresh reader. Validating everything (every shape and rule, without reading and writing) is done in the same run.
The million takes minutes to make; in a FOLDER it is kept for the next time.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from rdflib.namespace import RDF

from kbs_graph import build, files, validation
from kbs_graph.config import Settings, settings
from kbs_graph.contributions import publishing
from kbs_graph.contributions.model import Contribution
from kbs_graph.files import Folder, NamedGraph
from kbs_graph.search import indexing
from kbs_graph.snapshots import SnapshotStore
from kbs_graph.store import LocalStore
from kbs_graph.terms import ID, Iri, K, graph_iri

MILLION = 1_000_000
SIZES = (1, 50, 500)
ROUNDS = 5
ORGANISATION = "movisie"
_DCTERMS = "http://purl.org/dc/terms/"


def main() -> None:
    place = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp())
    root = settings().root
    for name, least in (("shipped", 0), ("million", MILLION)):
        config = Settings(root=root, var=place / name, quiet_seconds=0)
        folder = grown(files.whole(files.read(root)), least)
        graphs = build.completed(folder)
        if not (config.var / "snapshots" / "current").exists():
            _publish(graphs, config)
        print(f"\n{name}: {SnapshotStore(config.var).current().triples} triples")
        middle = {}
        for size in SIZES:
            times = [_contribute(config, size, turn) for turn in range(ROUNDS)]
            middle[size] = statistics.median(times)
            print(
                f"{size:5} sources: accepted and in use in {middle[size]:.2f} s (p50; slowest {max(times):.2f})",
                flush=True,
            )
        everything = _validate(folder, graphs)
        ratios = ", ".join(f"{everything / seconds:.0f} × {size} sources" for size, seconds in middle.items())
        print(f"validating everything: {everything:.1f} s = {ratios}", flush=True)


def grown(folder: Folder, least: int) -> Folder:
    """The folder with its sources copied until it holds at least so many triples."""
    triples = sum(len(graph.lines) for graph in folder.files.values())
    originals = [
        line for name, graph in folder.files.items() if name.startswith("data/sources/") for line in graph.lines
    ]
    originals = [line for line in originals if line.startswith(f"<{ID}bron/")]
    for copy in range(1, 1 + max(0, least - triples) // len(originals)):
        iri = graph_iri(f"sources-copy-{copy}")
        lines = [_described(iri), *(_copied(line, copy, iri) for line in originals)]
        folder.files[f"data/sources/copy-{copy}.ttl"] = NamedGraph(iri, tuple(sorted(lines)))
    return folder


def _described(iri: Iri) -> str:
    return f"<{iri}> <{RDF.type}> <{K.Graph}> <{iri}> ."


def _copied(line: str, copy: int, graph: Iri) -> str:
    """A statement about a source as one about its copy, with an address of its own."""
    subject, predicate, rest = line.split(" ", 2)
    value = rest.rpartition(" <")[0]
    if predicate == "<http://xmlns.com/foaf/0.1/page>":
        value = f"{value[:-1]}?copy={copy}>"
    return f"{subject[:-1]}-{copy}> {predicate} {value} <{graph}> ."


def _publish(graphs: dict[Iri, NamedGraph], config: Settings) -> None:
    snapshots = SnapshotStore(config.var)
    with snapshots.lock():
        snapshots.publish(graphs, {"context": {}, "counts": {}}, indexing.build)


def _validate(folder: Folder, graphs: dict[Iri, NamedGraph]) -> float:
    """Seconds for every shape and rule over everything, as a build does it."""
    book = validation.read_rules(folder)
    store = LocalStore.in_memory(b"".join(graph.nquads for graph in graphs.values()))
    lines = {line.removesuffix(f"<{iri}> .") + "." for iri, graph in graphs.items() for line in graph.lines}
    began = time.perf_counter()
    validation.validate(book, store, lines)
    return time.perf_counter() - began


def _contribute(config: Settings, size: int, turn: int) -> float:
    """Seconds from lines to the answer of a fresh reader; every source is another than the turn before."""
    given = Contribution(ORGANISATION, frozenset(line for i in range(size) for line in _source(i, f"{size}-{turn}")))
    began = time.perf_counter()
    outcome = publishing.accept(config, given, "put", "bench")
    store = LocalStore.open(SnapshotStore(config.var).current().store)
    seen = store.about([Iri(f"{ID}bron/{ORGANISATION}-{size}-{turn}-0")])
    seconds = time.perf_counter() - began
    assert outcome.ok and seen, outcome
    return seconds


def _source(number: int, name: str) -> Iterator[str]:
    this = f"<{ID}bron/{ORGANISATION}-{name}-{number}>"
    yield f"{this} <{RDF.type}> <{K.KnowledgeSource}> ."
    yield f'{this} <{_DCTERMS}title> "Handreiking schulden en zorg {name} {number}"@nl .'
    yield f"{this} <http://xmlns.com/foaf/0.1/page> <https://www.voorbeeld.nl/{name}/{number}> ."
    yield f"{this} <{_DCTERMS}type> <{ID}bronsoort/handreiking> ."
    yield f"{this} <{_DCTERMS}language> <http://publications.europa.eu/resource/authority/language/NLD> ."
    yield f"{this} <{_DCTERMS}publisher> <{ID}organisatie/{ORGANISATION}> ."
    yield f'{this} <{_DCTERMS}issued> "2024"^^<http://www.w3.org/2001/XMLSchema#gYear> .'
    yield f'{this} <{K.why}> "Helpt je om over geld te praten met iemand die zorg nodig heeft."@nl .'
    for subject in ("aspect/schulden-basis", "aspect/meldcode", "doelgroep/lvb"):
        yield f"{this} <{_DCTERMS}subject> <{ID}{subject}> ."
