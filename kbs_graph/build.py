"""The one-way street: files → checked graphs → a published snapshot. `check` stops before publishing."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyoxigraph as ox

from kbs_graph import __version__, dumps, files, findings, queries, search, validation
from kbs_graph.errors import NoSnapshot
from kbs_graph.files import NamedGraph
from kbs_graph.findings import Finding
from kbs_graph.snapshots import FORMAT, Snapshot, SnapshotStore, content_hash
from kbs_graph.store import LocalStore
from kbs_graph.terms import DERIVED_GRAPH, KINDS, PROVENANCE_GRAPH, Iri, Literal

Progress = Callable[[str], None]
VOID_TRIPLES = ox.NamedNode("http://rdfs.org/ns/void#triples")
SHA256 = ox.NamedNode("https://schema.org/sha256")
INTEGER = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")


@dataclass(frozen=True)
class Checked:
    """The outcome of a check: all graphs (derived and provenance too), what was found, and the facts of the run."""

    graphs: dict[Iri, NamedGraph]
    findings: list[Finding]
    facts: dict[str, object] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return not findings.has_violation(self.findings)


def check(root: Path, progress: Progress = lambda step: None) -> Checked:
    """Read, complete and check everything under `root`; every problem of the run is in the outcome.

    Raises NotRunnable when a folder is missing.
    """
    progress("read")
    folder = files.read(root)
    book = validation.read_rules(folder)
    progress("derive")
    graphs = dict(folder.graphs)
    graphs[Iri(DERIVED_GRAPH)] = _derive(graphs)
    store = LocalStore.in_memory(b"".join(graph.nquads for graph in graphs.values()))
    progress("validate")
    found, focus_nodes = validation.validate(book, store, _triples(graphs))
    found = sorted(folder.findings + _placed(found, folder, graphs), key=lambda f: f.sort_key)
    graphs[Iri(PROVENANCE_GRAPH)] = _provenance(graphs)
    facts: dict[str, object] = {
        "counts": _counts(store),
        "focusNodes": focus_nodes,
        "graphs": len(graphs),
        "triples": sum(len(graph.lines) for graph in graphs.values()),
        "rules": len(book.names),
        **{name + "s": sum(f.severity == name for f in found) for name in findings.SEVERITIES},
    }
    return Checked(graphs, found, facts)


def build(root: Path, var: Path, keep: int, progress: Progress = lambda step: None) -> tuple[Checked, Snapshot | None]:
    """Check `root` and publish it as a snapshot under `var`, with dumps and report.

    Returns the outcome and the snapshot: None when there were violations (nothing changes then), the current one when
    it already has this content. Raises NotRunnable (another builder, full disk, missing folder).
    """
    snapshots = SnapshotStore(var)
    with snapshots.lock():
        outcome = check(root, progress)
        if not outcome.ok:
            return outcome, None
        snapshot = _same(snapshots, outcome)
        if snapshot is None:
            check_facts = dict(outcome.facts)
            facts = {"version": __version__, "counts": check_facts.pop("counts"), "check": check_facts}
            snapshot = snapshots.publish(outcome.graphs, facts, search.build, progress, keep)
        progress("dumps")
        dumps.make(snapshot)
        _write_report(snapshot, outcome)
        return outcome, snapshot


def _same(snapshots: SnapshotStore, outcome: Checked) -> Snapshot | None:
    """The current snapshot, if it holds the same content made by the same version."""
    try:
        current = snapshots.current()
    except NoSnapshot:
        return None
    digest = content_hash({iri: graph.digest for iri, graph in outcome.graphs.items()})
    made_by = (current.manifest.get("version"), current.manifest.get("format"))
    return current if current.content_hash == digest and made_by == (__version__, FORMAT) else None


def _derive(graphs: dict[Iri, NamedGraph]) -> NamedGraph:
    """The completed statements (inverses, labels, top concepts) by the CONSTRUCT rules of queries/derive."""
    store = ox.Store()
    store.bulk_load(input=b"".join(graph.nquads for graph in graphs.values()), format=ox.RdfFormat.N_QUADS)
    triples: list[ox.Triple] = []
    for name in queries.names():
        if name.startswith("derive/"):
            triples += store.query(queries.text(name), use_default_graph_as_union=True)  # type: ignore[arg-type]
    return files.named_graph(Iri(DERIVED_GRAPH), iter(triples))


def _provenance(graphs: dict[Iri, NamedGraph]) -> NamedGraph:
    """Size and hash of every graph, in the graph `herkomst`."""
    triples = []
    for iri, graph in graphs.items():
        subject = ox.NamedNode(iri)
        triples.append(ox.Triple(subject, VOID_TRIPLES, ox.Literal(str(len(graph.lines)), datatype=INTEGER)))
        triples.append(ox.Triple(subject, SHA256, ox.Literal(graph.digest)))
    return files.named_graph(Iri(PROVENANCE_GRAPH), iter(triples))


def _triples(graphs: dict[Iri, NamedGraph]) -> set[str]:
    """The statements of all graphs as N-Triples lines, each once."""
    return {line.removesuffix(f"<{iri}> .") + "." for iri, graph in graphs.items() for line in graph.lines}


def _placed(found: list[Finding], folder: files.Folder, graphs: dict[Iri, NamedGraph]) -> list[Finding]:
    """The findings with the file each stands in: of the statement itself, else of the thing or its owner."""
    if not found:
        return found
    places: dict[tuple[str, ...], str] = {}
    for iri, file in folder.files.items():
        for line in graphs[iri].lines:
            subject, predicate, rest = line.split(" ", 2)
            places.setdefault((subject, predicate, rest), file)
            places.setdefault((subject, predicate), file)
            places.setdefault((subject,), file)
    result = []
    for finding in found:
        if finding.file in folder.files:
            result.append(replace(finding, file=folder.files[Iri(finding.file)]))
            continue
        thing, path = f"<{finding.thing}>", f"<{finding.path}>"
        owner = f"<{(finding.thing or '').partition('#')[0]}>"
        placed = finding.file or places.get((thing, path)) or places.get((thing,)) or places.get((owner,))
        result.append(replace(finding, file=placed))
    return result


def _counts(store: LocalStore) -> dict[str, int]:
    """How many things there are of every kind, by path segment."""
    numbers = {}
    for row in store.select(queries.fill("lists/counts")):
        assert isinstance(row["number"], Literal)
        numbers[str(row["class"])] = int(row["number"].value)
    return {segment: numbers.get(kind.class_iri, 0) for segment, kind in KINDS.items()}


def _write_report(snapshot: Snapshot, outcome: Checked) -> None:
    for name, text in (
        ("report.json", findings.as_json(outcome.findings, outcome.facts)),
        ("report.ttl", findings.as_validation_report(outcome.findings)),
    ):
        target = snapshot.path / name
        fresh = target.with_suffix(".new")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(target)
