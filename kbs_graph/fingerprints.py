"""What every thing was like at a release: a short hash for each property, and the comparison of two such moments.

A release keeps these hashes beside its list of changes (`data/releases/<version>.json`), so that the next release can
tell what changed without the old files. Keys are paths of things (`aspect/meldcode`), properties compact (`k:part`).
"""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rdflib.namespace import DCTERMS, PROV, RDF

from kbs_graph.errors import NotRunnable, Words
from kbs_graph.files import DATA, Folder, NamedGraph
from kbs_graph.findings import VIOLATION, Finding
from kbs_graph.serialize import compact
from kbs_graph.snapshots import content_hash
from kbs_graph.terms import ID, KINDS, LINKS_GRAPH, Iri, K, graph_iri, parts_of

FOLDER = f"{DATA}/releases"
ADDED, CHANGED, RENAMED, RETIRED = "added", "changed", "renamed", "retired"
KINDS_OF_CHANGE = (ADDED, CHANGED, RENAMED, RETIRED)
PART, REVIEW, ABOUT = "k:part", "k:reviewOf", "dcterms:subject"
"""What stands for all texts of the parts of a thing, for its reviews, and (of a topic) for the sources about it."""
_LENGTH = 8
"""Hex digits of a hash: one change in four thousand million would go unseen."""
_QUIET = {str(name) for name in (RDF.type, DCTERMS.created, DCTERMS.modified, PROV.wasAttributedTo)}
"""Properties whose change is no news."""
_CLASSES = {kind.class_iri for kind in KINDS.values()}
_FILE = re.compile(rf"{FOLDER}/(\d+-\d+-\d+)\.ttl")

Prints = dict[str, dict[str, str] | str]
"""Of a thing its hashes; of a tombstone the key of what it is continued as, empty when it was withdrawn."""


@dataclass(frozen=True)
class Difference:
    """What happened to a thing: one of KINDS_OF_CHANGE, its key, and (when changed) the properties that differ."""

    kind: str
    key: str
    properties: tuple[str, ...] = ()


@dataclass(frozen=True)
class Since:
    """What changed since release `version`, whose content has hash `content`; `same` says that it still is that."""

    version: str
    content: str
    differences: tuple[Difference, ...] = ()
    vanished: tuple[str, ...] = ()
    same: bool = True


@dataclass(frozen=True)
class Kept:
    """The content of a fingerprint file: the version, the hash of the content, and the hashes of its things."""

    version: str
    content: str
    things: Prints


def of(graphs: Iterable[NamedGraph]) -> Prints:
    """The hashes of every thing that these graphs describe."""
    statements = [statement for graph in graphs for statement in _statements(graph)]
    types = defaultdict(set)
    for subject, predicate, value in statements:
        if predicate == str(RDF.type):
            types[subject].add(value)
    said: dict[str, dict[str, list[str]]] = {_key(s): {} for s in types if types[s] & _CLASSES}
    stones = {_key(subject): "" for subject in types if str(K.Tombstone) in types[subject]}
    for subject, predicate, value in statements:
        owner, _, part = subject.partition("#")
        key = _key(owner)
        if key in stones and predicate == str(K.continuedAs):
            stones[key] = _key(value)
        if key in said and predicate not in _QUIET:
            inside = (REVIEW if str(K.Review) in types[subject] else PART) if part else compact(predicate)
            said[key].setdefault(inside, []).append(f"{part} {predicate} {value}")
        if predicate == str(DCTERMS.subject) and key.startswith("bron/") and _key(value) in said:
            said[_key(value)].setdefault(ABOUT, []).append(key)
    hashed = {key: {name: _hash(lines) for name, lines in by.items()} for key, by in said.items()}
    return {**hashed, **stones}


def compare(before: Prints, after: Prints) -> tuple[tuple[Difference, ...], tuple[str, ...]]:
    """What changed, in the order of KINDS_OF_CHANGE and then of key; and what is there no more, not as a tombstone.

    Renamed is what goes on as something new, which then does not count as added. What goes on as something that was
    there already, is retired.
    """
    born = {k for k, now in after.items() if not isinstance(now, str) and isinstance(before.get(k, ""), str)}
    found, arrived = [], set()
    for key, was in before.items():
        now = after.get(key)
        if now is None or isinstance(was, str):
            continue
        if isinstance(now, str):
            end = _end(after, key)
            arrived.add(end)
            found.append(Difference(RENAMED if end in born else RETIRED, key))
        elif was != now:
            differing = {name for name in {*was, *now} if was.get(name) != now.get(name)}
            found.append(Difference(CHANGED, key, tuple(sorted(differing))))
    found += [Difference(ADDED, key) for key in born - arrived]
    found.sort(key=lambda d: (KINDS_OF_CHANGE.index(d.kind), d.key))
    return tuple(found), tuple(sorted(before.keys() - after.keys()))


def versions(folder: Folder) -> list[str]:
    """The versions released in a folder, oldest first."""
    found = (_FILE.fullmatch(name) for name in folder.files)
    return sorted((m[1].replace("-", ".") for m in found if m), key=number)


def number(version: str) -> tuple[int, ...]:
    """A version to sort by."""
    return tuple(map(int, version.split(".")))


def name(version: str) -> str:
    """A version as it stands in the names of files, graphs and things: `0-1-0`."""
    return version.replace(".", "-")


def path(root: Path, version: str) -> Path:
    return root / FOLDER / f"{name(version)}.json"


def released(folder: Folder) -> list[NamedGraph]:
    """The graphs that a release freezes: all of ontology and data but the lists of changes themselves."""
    others = {Iri(LINKS_GRAPH), *(graph_iri(f"releases-{name(version)}") for version in versions(folder))}
    return [graph for iri, graph in folder.graphs.items() if iri not in others]


def content(graphs: Iterable[NamedGraph]) -> str:
    """The hash of the content of a release, as that of a snapshot (`snapshots.content_hash`)."""
    return content_hash({graph.iri: graph.digest for graph in graphs})


def since(folder: Folder) -> Since | None:
    """What changed since the last release; None when nothing was released yet, or its fingerprints are not there."""
    known = versions(folder)
    if not known or not path(folder.root, known[-1]).is_file():
        return None
    kept = read(path(folder.root, known[-1]))
    graphs = released(folder)
    differences, vanished = compare(kept.things, of(graphs))
    return Since(known[-1], kept.content, differences, vanished, kept.content == content(graphs))


def faults(found: Since) -> list[Finding]:
    """A finding for each thing that was released and is there no more, not even as a tombstone."""
    nl = f"Dit stond in uitgave {found.version} en is weg. Zet er een k:Tombstone voor in data/retired.ttl."
    en = f"This was in release {found.version} and is gone. Put a k:Tombstone for it in data/retired.ttl."
    retired = f"{DATA}/retired.ttl"
    return [Finding("released-gone", VIOLATION, Words(nl, en), retired, thing=ID + key) for key in found.vanished]


def as_text(kept: Kept) -> str:
    """The content of a fingerprint file: JSON, one line a thing, sorted, so that equal content is equal bytes.

    Each hash stands behind the place of its property in the list of properties, to keep the file small.
    """
    living = {key: said for key, said in kept.things.items() if not isinstance(said, str)}
    retired = {key: said for key, said in kept.things.items() if isinstance(said, str)}
    names = sorted({name for said in living.values() for name in said})
    things = {key: " ".join(f"{names.index(n)}:{said[n]}" for n in sorted(said)) for key, said in living.items()}
    parts = {
        "version": json.dumps(kept.version),
        "content": json.dumps(kept.content),
        "properties": json.dumps(names),
        "retired": _lines(retired),
        "things": _lines(things),
    }
    return "{\n" + ",\n".join(f" {json.dumps(name)}: {text}" for name, text in parts.items()) + "\n}\n"


def _lines(found: dict[str, str]) -> str:
    inside = ",\n".join(f"  {json.dumps(key)}: {json.dumps(found[key])}" for key in sorted(found))
    return f"{{\n{inside}\n }}" if inside else "{}"


def read(file: Path) -> Kept:
    """A fingerprint file. Raises NotRunnable when it is not there, or is none."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        names = found["properties"]
        things: Prints = {key: _hashes(text, names) for key, text in found["things"].items()}
        return Kept(str(found["version"]), str(found["content"]), {**things, **found["retired"]})
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        raise NotRunnable(
            f"{FOLDER}/{file.name} ontbreekt of is beschadigd. Haal het terug uit git: zonder dit bestand is niet te "
            "zeggen wat er sinds die uitgave veranderde.",
            f"{FOLDER}/{file.name} is missing or damaged. Get it back from git: without this file nobody can tell "
            "what changed since that release.",
        ) from None


def _hashes(text: str, names: list[str]) -> dict[str, str]:
    pairs = (item.partition(":") for item in text.split())
    return {names[int(place)]: hashed for place, _, hashed in pairs}


def _statements(graph: NamedGraph) -> Iterator[tuple[str, str, str]]:
    """(subject, predicate, value) of every line; IRIs without their brackets, literals as N-Quads writes them."""
    for line in graph.lines:
        subject, predicate, rest = line.split(" ", 2)
        value = rest.removesuffix(f" <{graph.iri}> .")
        yield subject.strip("<>"), predicate.strip("<>"), value[1:-1] if value.startswith("<") else value


def _key(iri: str) -> str:
    """The key of a thing of ours; the IRI itself for anything else (a part too)."""
    parts = None if "#" in iri else parts_of(Iri(iri))
    return "/".join(parts) if parts else iri


def _end(prints: Prints, key: str) -> str:
    """Where following the tombstones ends."""
    passed = set()
    while key not in passed and (following := prints.get(key)) and isinstance(following, str):
        passed.add(key)
        key = following
    return key


def _hash(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()[:_LENGTH]
