"""The one-way street: files → checked graphs → a published snapshot. `check` stops before publishing."""

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from kbs_graph import __version__, catalog, files, findings, fingerprints, queries, validation
from kbs_graph.contributions import joining
from kbs_graph.dataset import archive, dumps
from kbs_graph.drawing import wheel
from kbs_graph.errors import NoSnapshot
from kbs_graph.files import Folder, NamedGraph
from kbs_graph.findings import Finding
from kbs_graph.fingerprints import Since
from kbs_graph.links import records
from kbs_graph.search import indexing
from kbs_graph.serialize import Context
from kbs_graph.snapshots import FORMAT, Snapshot, SnapshotStore, content_hash
from kbs_graph.store import LocalStore
from kbs_graph.terms import DERIVED_GRAPH, GRAPHS, KINDS, ONTOLOGY_GRAPH, Iri, Literal
from kbs_graph.validation import RuleBook

Progress = Callable[[str], None]
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


@dataclass(frozen=True)
class Checked:
    """The outcome of a check: all graphs (derived, contributed and provenance too), what was found, and its facts."""

    graphs: dict[Iri, NamedGraph]
    findings: list[Finding]
    facts: dict[str, object] = field(default_factory=dict)
    manifest: dict[str, object] = field(default_factory=dict)
    """What the manifest of the snapshot is to tell of the contributions, and the hash of the rules."""
    beside: dict[str, str] = field(default_factory=dict)
    """Small files to keep beside the store, by name."""
    context: Context = field(default_factory=dict)
    since: Since | None = None
    """What changed since the last release, when there is one."""

    @property
    def ok(self) -> bool:
        return not findings.has_violation(self.findings)


def check(root: Path, progress: Progress = lambda step: None, var: Path | None = None) -> Checked:
    """Read, complete and check everything under `root`; every problem of the run is in the outcome.

    With `var`, what checking the addresses of sources found there counts too, and what organisations contributed is
    joined. Raises NotRunnable when a folder is missing.
    """
    progress("read")
    folder = files.read(root)
    since = None if folder.findings else fingerprints.since(folder)
    folder.findings += fingerprints.faults(since) if since else []
    if var:
        records.join(folder, var)
    return replace(examine(folder, validation.read_rules(folder), progress, var), since=since)


def examine(folder: Folder, book: RuleBook, progress: Progress = lambda step: None, var: Path | None = None) -> Checked:
    """Complete and check what was read from a folder. Faults in reading come first: others may follow from them.

    What organisations contributed is joined after the check: it breaks no rule of the editors, and stops nothing.
    """
    progress("derive")
    graphs = completed(folder)
    store = LocalStore.in_memory(b"".join(graph.nquads for graph in graphs.values()))
    progress("validate")
    found, focus_nodes = validation.validate(book, store, _triples(graphs))
    found += _misfits(store)
    found = findings.in_order(folder.findings) + findings.in_order(_placed(found, folder))
    joined = joining.join(graphs, store, book, var)
    graphs = joined.graphs
    found += findings.in_order(joined.findings)
    counts = _counts(store)
    facts: dict[str, object] = {
        "counts": {**counts, "bron": counts["bron"] + joined.sources},
        "focusNodes": focus_nodes,
        "graphs": len(graphs),
        "triples": sum(len(graph.lines) for graph in graphs.values()),
        "rules": len(book.names),
        **{name + "s": sum(f.severity == name for f in found) for name in findings.SEVERITIES},
    }
    rules = validation.written(book)
    noted = {**joined.facts, "rules": hashlib.sha256("".join(rules.values()).encode()).hexdigest()}
    return Checked(graphs, found, facts, noted, {**joined.files, **rules}, folder.context)


def completed(folder: Folder) -> dict[Iri, NamedGraph]:
    """The graphs of a folder and the statements derived from them, not checked yet."""
    graphs = folder.graphs
    graphs[Iri(DERIVED_GRAPH)] = _derive(graphs)
    return graphs


def _misfits(store: LocalStore) -> list[Finding]:
    """The labels that do not fit the wheel; none while its places are no numbers, which is a finding itself."""
    try:
        return list(wheel.misfits(catalog.home(store).wheel))
    except ValueError:
        return []


def build(root: Path, var: Path, keep: int, progress: Progress = lambda step: None) -> tuple[Checked, Snapshot | None]:
    """Check `root` and publish it as a snapshot under `var`, with dumps and report.

    Returns the outcome and the snapshot: None when there were violations (nothing changes then), the current one when
    it already has this content. Raises NotRunnable (another builder, full disk, missing folder).
    """
    snapshots = SnapshotStore(var)
    with snapshots.lock():
        outcome = check(root, progress, var)
        return outcome, publish(outcome, snapshots, keep, progress) if outcome.ok else None


def publish(
    outcome: Checked,
    snapshots: SnapshotStore,
    keep: int,
    progress: Progress = lambda step: None,
    version: str = __version__,
) -> Snapshot:
    """Publish what was checked, with dumps and report; see `build`. Must be called within `snapshots.lock()`."""
    snapshot = _same(snapshots, outcome, version)
    if snapshot is None:
        run = dict(outcome.facts)
        facts = {"version": version, "counts": run.pop("counts"), "check": run, "context": outcome.context}
        facts |= outcome.manifest
        facts["unreleased"] = asdict(outcome.since) if outcome.since else None
        snapshot = snapshots.publish(outcome.graphs, facts, indexing.build, progress, keep, outcome.beside)
    progress("dumps")
    dumps.make(snapshot)
    if outcome.since and outcome.since.same:
        archive.keep(snapshot, outcome.since.version, outcome.since.content)
    _write_report(snapshot, outcome)
    return snapshot


def _same(snapshots: SnapshotStore, outcome: Checked, version: str) -> Snapshot | None:
    """The current snapshot, if it holds the same content made by the same version, and its store was not deleted."""
    try:
        current = snapshots.current()
    except NoSnapshot:
        return None
    digest = content_hash({iri: graph.digest for iri, graph in outcome.graphs.items()})
    now = {"contentHash": digest, "version": version, "format": FORMAT, "context": outcome.context, **outcome.manifest}
    same = all(current.manifest.get(name) == value for name, value in now.items())
    return current if same and current.store.is_dir() else None


def _derive(graphs: dict[Iri, NamedGraph]) -> NamedGraph:
    """The completed statements (inverses, labels, top concepts) by the CONSTRUCT rules of queries/derive."""
    store = LocalStore.in_memory(b"".join(graph.nquads for graph in graphs.values()))
    rules = [name for name in queries.names() if name.startswith("derive/")]
    return files.computed_graph(Iri(DERIVED_GRAPH), (t for name in rules for t in store.construct(queries.fill(name))))


def _triples(graphs: dict[Iri, NamedGraph]) -> set[str]:
    """The statements of all graphs as N-Triples lines, each once."""
    return {line.removesuffix(f"<{iri}> .") + "." for iri, graph in graphs.items() for line in graph.lines}


def _placed(found: list[Finding], folder: Folder) -> list[Finding]:
    """The findings with the file each stands in: of the statement itself, else that of the thing or its owner."""
    places: dict[tuple[str, ...], str] = {}
    named = {graph.iri: name for name, graph in folder.files.items() if graph.iri != ONTOLOGY_GRAPH}
    for name, graph in folder.files.items():
        for line in graph.lines:
            subject, predicate, rest = line.split(" ", 2)
            places.setdefault((subject, predicate, rest.partition(" ")[0]), name)
            places.setdefault((subject, predicate), name)
            places.setdefault((subject,), name)
    result = []
    for finding in found:
        file = named.get(Iri(finding.file or ""), finding.file)
        if file is None or file.startswith(GRAPHS):
            thing, path, value = _node(finding.thing), _node(finding.path), _node(finding.value)
            owner = _node((finding.thing or "").partition("#")[0])
            keys = ((thing, path, value), (thing, path), (thing, TYPE), (thing,), (owner, TYPE), (owner,))
            file = next((places[key] for key in keys if key in places), None)
        result.append(replace(finding, file=file))
    return result


def _node(name: str | None) -> str:
    return name if name and name.startswith("_:") else f"<{name}>"


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
