"""Reading the three folders people edit: every file one named graph, every fault named with its file and line."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kbs_graph.errors import NotRunnable, Words
from kbs_graph.findings import VIOLATION, Finding
from kbs_graph.serialize import Context, native
from kbs_graph.terms import (
    CONTRIBUTED_GRAPH,
    DERIVED_GRAPH,
    ID,
    LINKS_GRAPH,
    ONTOLOGY_GRAPH,
    PROVENANCE_GRAPH,
    Iri,
    Triple,
    graph_iri,
)

ONTOLOGY, SHAPES, DATA = "ontology", "shapes", "data"
CONTRIBUTION = "shapes/contribution.ttl"
CONTEXT = "ontology/context.jsonld"
SEARCH_WORDS = "data/search-words.csv"
"""What editors expect of the search (kbs_graph.search.expectations); no statement of the graph."""
NOTES = "data/notes/*.csv"
"""What editors decided, why, and where they saw it: for people to read, no statement of the graph."""
FINGERPRINTS = "data/releases/*.json"
"""What things were like at a release (kbs_graph.fingerprints), to compare with; no statement of the graph."""
RESERVED = {
    Iri(ONTOLOGY_GRAPH): "ontology/",
    Iri(DERIVED_GRAPH): "kbs build",
    Iri(PROVENANCE_GRAPH): "kbs build",
    Iri(LINKS_GRAPH): "kbs links check",
    Iri(CONTRIBUTED_GRAPH): "kbs build",
}
MOST_ERRORS = 20
"""Syntax errors told of one file; a file with more is broken in a way that more lines do not explain."""
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class NamedGraph:
    """A graph and its content as sorted N-Quads lines, so that equal content has an equal hash."""

    iri: Iri
    lines: tuple[str, ...]

    @property
    def nquads(self) -> bytes:
        return "".join(line + "\n" for line in self.lines).encode()

    @property
    def digest(self) -> str:
        """SHA-256 of the sorted N-Quads, in hex."""
        return hashlib.sha256(self.nquads).hexdigest()


@dataclass
class Folder:
    """What was read from a root: what each file of ontology and data states, the rules, and what went wrong."""

    root: Path
    files: dict[str, NamedGraph] = field(default_factory=dict)
    shapes: list[Path] = field(default_factory=list)
    rules: list[Path] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    context: Context = field(default_factory=dict)

    @property
    def graphs(self) -> dict[Iri, NamedGraph]:
        """The content by graph: one file each, and the files of the ontology together."""
        lines: dict[Iri, tuple[str, ...]] = {}
        for graph in self.files.values():
            lines[graph.iri] = lines.get(graph.iri, ()) + graph.lines
        return {iri: NamedGraph(iri, tuple(sorted(set(found)))) for iri, found in lines.items()}

    def report(self, rule: str, file: str, nl: str, en: str, line: int | None = None, value: str | None = None) -> None:
        """Add a violation about a file."""
        self.findings.append(Finding(rule, VIOLATION, Words(nl, en), file, line, value=value))


def read_rules(root: Path) -> Folder:
    """Read only the names of the files in `shapes/` under `root`. A missing folder raises NotRunnable."""
    if not (root / SHAPES).is_dir():
        raise NotRunnable(f"In {root} ontbreekt {SHAPES}/.", f"Missing in {root}: {SHAPES}/.")
    return _with_rules(Folder(root))


def read(root: Path) -> Folder:
    """Read `ontology/ shapes/ data/` under `root`. Faults become findings; only a missing folder raises NotRunnable."""
    missing = [name for name in (ONTOLOGY, SHAPES, DATA) if not (root / name).is_dir()]
    if missing:
        raise NotRunnable(
            f"In {root} ontbreekt: {', '.join(n + '/' for n in missing)}. Geef met --root een map met ontology/, "
            "shapes/ en data/.",
            f"Missing in {root}: {', '.join(n + '/' for n in missing)}. Give --root a folder with ontology/, shapes/ "
            "and data/.",
        )
    folder = Folder(root)
    for path in _files(folder, ONTOLOGY, {".ttl"}, CONTEXT):
        if path.suffix == ".ttl":
            _add(folder, path, Iri(ONTOLOGY_GRAPH))
    _read_context(folder, root / CONTEXT)
    _with_rules(folder)
    taken = dict(RESERVED)
    for path in _files(folder, DATA, {".ttl"}, SEARCH_WORDS, NOTES, FINGERPRINTS):
        name = path.relative_to(root / DATA).with_suffix("").as_posix()
        if not all(map(_NAME.fullmatch, name.split("/"))):
            folder.report(
                "file-name",
                relative(folder, path),
                "De naam van dit bestand wordt de naam van een graaf: gebruik alleen a-z, 0-9 en koppeltekens.",
                "The name of this file becomes the name of a graph: use only a-z, 0-9 and hyphens.",
            )
            continue
        iri = graph_iri(name.replace("/", "-"))
        if iri in taken:
            folder.report(
                "file-name-taken",
                relative(folder, path),
                f"De graafnaam van dit bestand is al van {taken[iri]}. Geef het een andere naam.",
                f"The graph name of this file belongs to {taken[iri]} already. Give it another name.",
                value=iri,
            )
            continue
        taken[iri] = relative(folder, path)
        _add(folder, path, iri)
    return folder


def _with_rules(folder: Folder) -> Folder:
    for path in _files(folder, SHAPES, {".ttl", ".rq"}):
        (folder.shapes if path.suffix == ".ttl" else folder.rules).append(path)
    return folder


def whole(folder: Folder) -> Folder:
    """The folder itself. Raises NotRunnable, naming the files, when some of it could not be read."""
    if folder.findings:
        broken = ", ".join(sorted({f"{f.file}:{f.line}" if f.line else str(f.file) for f in folder.findings}))
        raise NotRunnable(
            f"Eerst te herstellen: {broken}. Zie kbs check.", f"To be mended first: {broken}. See kbs check."
        )
    return folder


def relative(folder: Folder, path: Path) -> str:
    return path.relative_to(folder.root).as_posix()


def text(folder: Folder, path: Path) -> str | None:
    """The text of a file, without a byte order mark; None, and a finding, when it cannot be read or is not UTF-8."""
    try:
        data = path.read_bytes()
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        folder.report(
            "file-encoding",
            relative(folder, path),
            "Sla het bestand op als UTF-8.",
            "Save the file as UTF-8.",
            line=data[: error.start].count(b"\n") + 1,
            value=repr(data[error.start : error.end]),
        )
    except OSError as error:
        folder.report(
            "file-unreadable",
            relative(folder, path),
            f"Het bestand is niet te lezen: {error.strerror}.",
            f"The file cannot be read: {error.strerror}.",
        )
    return None


def parse(folder: Folder, path: Path) -> Iterator[ox.Triple]:
    """The triples of a Turtle file; a syntax error becomes a finding and reading goes on with the next statement."""
    content = text(folder, path)
    if content is None:
        return
    reader = iter(ox.parse(input=content, format=ox.RdfFormat.TURTLE, base_iri=ID))
    errors = 0
    while True:
        try:
            yield next(reader).triple
        except StopIteration:
            return
        except SyntaxError as error:
            errors += 1
            if errors > MOST_ERRORS:
                folder.report(
                    "turtle-syntax",
                    relative(folder, path),
                    "Er zijn nog meer fouten. Is dit wel Turtle? De rest is niet gelezen.",
                    "There are more errors. Is this Turtle at all? The rest was not read.",
                    error.lineno,
                )
                return
            folder.report(
                "turtle-syntax",
                relative(folder, path),
                f"Dit is geen geldige Turtle ({error.msg}). Verbeter deze regel.",
                f"This is not valid Turtle ({error.msg}). Correct this line.",
                error.lineno,
            )


def named_graph(iri: Iri, triples: Iterable[ox.Triple]) -> NamedGraph:
    """Triples as a NamedGraph. Blank nodes keep their labels: rules refuse them later, with a name."""
    graph = ox.NamedNode(iri)
    return NamedGraph(iri, tuple(sorted({_line(triple, graph) for triple in triples})))


def computed_graph(iri: Iri, triples: Iterable[Triple]) -> NamedGraph:
    """Triples in our own terms, as the store gives them, as a NamedGraph."""
    return named_graph(iri, (ox.Triple(*map(native, triple)) for triple in triples))


def _line(triple: ox.Triple, graph: ox.NamedNode) -> str:
    return f"{ox.Quad(triple.subject, triple.predicate, triple.object, graph)} ."


def _add(folder: Folder, path: Path, iri: Iri) -> None:
    graph = named_graph(iri, parse(folder, path))
    name = relative(folder, path)
    if not graph.lines and not any(f.file == name for f in folder.findings):
        folder.report(
            "file-empty",
            name,
            "Dit bestand bevat geen enkele uitspraak. Vul het of verwijder het.",
            "This file holds no statement at all. Fill it or delete it.",
        )
    folder.files[name] = graph


def _read_context(folder: Folder, path: Path) -> None:
    content = text(folder, path)
    if content is None:
        return
    line, reason = None, "@context"
    try:
        document = json.loads(content)
        if isinstance(document, dict) and isinstance(document.get("@context"), dict):
            folder.context.update(document["@context"])
            return
    except json.JSONDecodeError as error:
        line, reason = error.lineno, error.msg
    folder.report(
        "context-syntax",
        relative(folder, path),
        f"Dit is geen geldige JSON-LD-context ({reason}). Verbeter het.",
        f"This is not a valid JSON-LD context ({reason}). Correct it.",
        line,
    )


def _files(folder: Folder, part: str, endings: set[str], *besides: str) -> list[Path]:
    """The files of a folder in a fixed order; anything that does not belong there is a finding."""
    found = []
    for path in sorted((folder.root / part).rglob("*")):
        if path.is_dir() or path.name == "README.md" or any(map(Path(relative(folder, path)).match, besides)):
            continue
        if path.suffix in endings and not path.name.startswith("."):
            found.append(path)
            continue
        allowed = ", ".join("*" + ending for ending in sorted(endings))
        folder.report(
            "file-misplaced",
            relative(folder, path),
            f"Dit bestand hoort niet in {part}/ (daar staan alleen README.md en {allowed}). Verplaats het.",
            f"This file does not belong in {part}/ (only README.md and {allowed} do). Move it.",
        )
    if not found:
        folder.report(
            "folder-empty", f"{part}/", f"In {part}/ staat niets om te lezen.", f"There is nothing to read in {part}/."
        )
    return found
