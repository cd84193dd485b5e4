"""Reading the three folders people edit: every file one named graph, every fault named with its file and line."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kbs_graph.errors import NotRunnable, Words
from kbs_graph.findings import VIOLATION, WARNING, Finding
from kbs_graph.terms import GRAPHS, ID, ONTOLOGY_GRAPH, Iri, graph_iri

ONTOLOGY, SHAPES, DATA = "ontology", "shapes", "data"
CONTRIBUTION = "shapes/contribution.ttl"


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
    """What was read from a root: graphs of ontology and data, the texts of the rules, and what went wrong."""

    root: Path
    graphs: dict[Iri, NamedGraph] = field(default_factory=dict)
    files: dict[Iri, str] = field(default_factory=dict)
    shapes: list[Path] = field(default_factory=list)
    rules: list[Path] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


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
    for path in _files(folder, ONTOLOGY, {".ttl", ".jsonld"}):
        if path.suffix == ".ttl":
            _add(folder, path, Iri(ONTOLOGY_GRAPH))
    for path in _files(folder, SHAPES, {".ttl", ".rq"}):
        (folder.shapes if path.suffix == ".ttl" else folder.rules).append(path)
    for path in _files(folder, DATA, {".ttl"}):
        name = path.relative_to(root / DATA).with_suffix("").as_posix().replace("/", "-")
        iri = graph_iri(name)
        if iri in folder.files:
            folder.findings.append(_two_names(folder, path, folder.files[iri]))
            continue
        _add(folder, path, iri)
    return folder


def relative(folder: Folder, path: Path) -> str:
    return path.relative_to(folder.root).as_posix()


def parse(folder: Folder, path: Path) -> Iterator[ox.Triple]:
    """The triples of a Turtle file; each syntax error becomes a finding and reading goes on with the next statement."""
    name = relative(folder, path)
    try:
        data = path.read_bytes()
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        folder.findings.append(
            Finding(
                "file-encoding",
                VIOLATION,
                Words("Sla het bestand op als UTF-8.", "Save the file as UTF-8."),
                name,
                line,
                value=repr(data[error.start : error.end]),
            )
        )
        return
    except OSError as error:
        folder.findings.append(
            Finding(
                "file-unreadable",
                VIOLATION,
                Words(f"Het bestand is niet te lezen: {error.strerror}.", f"Cannot read file: {error.strerror}."),
                name,
            )
        )
        return
    reader = iter(ox.parse(input=data.removeprefix(b"\xef\xbb\xbf"), format=ox.RdfFormat.TURTLE, base_iri=ID))
    while True:
        try:
            yield next(reader).triple
        except StopIteration:
            return
        except SyntaxError as error:
            folder.findings.append(
                Finding(
                    "turtle-syntax",
                    VIOLATION,
                    Words(
                        f"Dit is geen geldige Turtle ({error.msg}). Verbeter deze regel.",
                        f"This is not valid Turtle ({error.msg}). Correct this line.",
                    ),
                    name,
                    error.lineno,
                )
            )


def named_graph(iri: Iri, triples: Iterator[ox.Triple]) -> NamedGraph:
    """Triples as a NamedGraph. Blank nodes keep their labels: rules refuse them later, with a name."""
    graph = ox.NamedNode(iri)
    return NamedGraph(iri, tuple(sorted({_line(triple, graph) for triple in triples})))


def _line(triple: ox.Triple, graph: ox.NamedNode) -> str:
    return f"{ox.Quad(triple.subject, triple.predicate, triple.object, graph)} ."


def _add(folder: Folder, path: Path, iri: Iri) -> None:
    graph = named_graph(iri, parse(folder, path))
    name = relative(folder, path)
    if not graph.lines and not any(f.file == name for f in folder.findings):
        folder.findings.append(
            Finding(
                "file-empty",
                VIOLATION,
                Words(
                    "Dit bestand bevat geen enkele uitspraak. Vul het of verwijder het.",
                    "This file holds no statement at all. Fill it or delete it.",
                ),
                name,
            )
        )
    earlier = folder.graphs.get(iri)
    lines = graph.lines if earlier is None else tuple(sorted({*earlier.lines, *graph.lines}))
    folder.graphs[iri] = NamedGraph(iri, lines)
    folder.files[iri] = name if earlier is None else folder.files[iri]


def _files(folder: Folder, part: str, endings: set[str]) -> list[Path]:
    """The files of a folder in a fixed order; anything that does not belong there is a finding."""
    found = []
    for path in sorted((folder.root / part).rglob("*")):
        if path.is_dir() or path.name == "README.md":
            continue
        if path.suffix in endings and not path.name.startswith("."):
            found.append(path)
            continue
        allowed = ", ".join("*" + ending for ending in sorted(endings))
        folder.findings.append(
            Finding(
                "file-misplaced",
                VIOLATION,
                Words(
                    f"Dit bestand hoort niet in {part}/ (daar staan alleen README.md en {allowed}). Verplaats het.",
                    f"This file does not belong in {part}/ (only README.md and {allowed} do). Move it.",
                ),
                relative(folder, path),
            )
        )
    if not found:
        folder.findings.append(
            Finding(
                "folder-empty",
                VIOLATION,
                Words(f"In {part}/ staat niets om te lezen.", f"There is nothing to read in {part}/."),
                part + "/",
            )
        )
    return found


def _two_names(folder: Folder, path: Path, other: str) -> Finding:
    return Finding(
        "file-name-taken",
        VIOLATION,
        Words(
            f"Dit bestand krijgt dezelfde graafnaam als {other}. Geef het een andere naam.",
            f"This file gets the same graph name as {other}. Give it another name.",
        ),
        relative(folder, path),
        value=GRAPHS,
    )


__all__ = ["CONTRIBUTION", "WARNING", "Folder", "NamedGraph", "named_graph", "parse", "read", "relative"]
