"""Releasing: the present files frozen as a version, with a list of what changed in each thing since the one before.

The list goes to `data/releases/<version>.ttl`, the fingerprints to the `.json` beside it, and the number to every place
that states it. All are written beside their targets first and then put in place, the list last: it is what makes a
version released, so that after a crash the same command can be given again.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from rdflib.namespace import DCTERMS, PROV, RDF, VOID

from kbs_graph import build, files, fingerprints, validation
from kbs_graph.build import Checked, Progress
from kbs_graph.disk import sync
from kbs_graph.errors import KbsError, NotRunnable
from kbs_graph.facts import ADMS
from kbs_graph.files import DATA, Folder
from kbs_graph.fingerprints import ADDED, CHANGED, FOLDER, RENAMED, RETIRED, Difference, Kept, Since
from kbs_graph.history import DCAT
from kbs_graph.links import records
from kbs_graph.serialize import document, expand
from kbs_graph.snapshots import Snapshot, SnapshotStore
from kbs_graph.terms import DATASET, ID, KINDS, Iri, K, Literal, Term, Triple, graph_iri, iri_of

CATALOGUE = f"{DATA}/catalogue.ttl"
FRESH = ".new"
_VERSION = re.compile(r"(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}")
_STATED = (
    (CATALOGUE, r'((?:dcat:version|<http://www\.w3\.org/ns/dcat#version>)\s+")[^"]*(?=")', r"\g<1>{version}"),
    ("CITATION.cff", r"(?m)^(version: ).*$", r"\g<1>{version}"),
    ("CITATION.cff", r"(?m)^(date-released: ).*$", r"\g<1>{day}"),
    ("kbs_graph/__init__.py", r'(__version__ = ")[^"]*(?=")', r"\g<1>{version}"),
    ("CHANGELOG.md", r"(?m)^## Unreleased$", "## {version} ({day})"),
)
"""Where the number of the version or its day is stated: file, pattern, what to put there."""
_CLASSES = {ADDED: K.Addition, CHANGED: K.Alteration, RENAMED: K.Renaming, RETIRED: K.Retirement}
_XSD = "http://www.w3.org/2001/XMLSchema#"
_SHA256 = Iri("https://schema.org/sha256")


@dataclass(frozen=True)
class Released:
    """A version just released: whether it is the first, how many things it holds, what changed since the one before,
    the files that were written, and the snapshot."""

    version: str
    first: bool
    things: int
    differences: tuple[Difference, ...]
    written: tuple[str, ...]
    snapshot: Snapshot

    @property
    def counts(self) -> Counter[str]:
        return Counter(difference.kind for difference in self.differences)


def release(
    root: Path,
    var: Path,
    version: str,
    day: date,
    notes: Mapping[str, str],
    keep: int = 5,
    progress: Progress = lambda step: None,
) -> tuple[Checked, Released | None]:
    """Release the files under `root` as `version`, and publish them. `notes` holds a text by language, or nothing.

    Returns the outcome of the check, and None when that found errors: nothing was written then. Raises NotRunnable for
    a version or day that cannot follow the last one, and when writing fails.
    """
    snapshots = SnapshotStore(var)
    with snapshots.lock():
        _sweep(root)
        try:
            progress("read")
            folder = files.read(root)
            before = _before(folder, version, day, notes)
            if folder.findings:
                return build.examine(folder, validation.read_rules(folder), progress, var), None
            texts, kept, differences = _texts(folder, before, version, day, notes)
            _take(folder, texts)
            records.join(folder, var)
            outcome = build.examine(folder, validation.read_rules(folder), progress, var)
            if not outcome.ok:
                return outcome, None
            _put(root, texts)
        finally:
            _sweep(root)
        outcome = replace(outcome, since=Since(version, kept.content))
        snapshot = _publish(outcome, snapshots, keep, progress, version)
    things = sum(not isinstance(said, str) for said in kept.things.values())
    return outcome, Released(version, before is None, things, differences, tuple(texts), snapshot)


def _texts(
    folder: Folder, before: Kept | None, version: str, day: date, notes: Mapping[str, str]
) -> tuple[dict[str, str], Kept, tuple[Difference, ...]]:
    """The content of every file to write, in the order to put them in place; what it freezes; and what changed.

    What was released before and is gone becomes a finding.
    """
    texts = _stated(folder.root, version, day)
    _take(folder, {CATALOGUE: texts[CATALOGUE]})
    graphs = fingerprints.released(folder)
    kept = Kept(version, fingerprints.content(graphs), fingerprints.of(graphs))
    differences, vanished = fingerprints.compare(before.things, kept.things) if before else ((), ())
    if before:
        folder.findings += fingerprints.faults(Since(before.version, before.content, vanished=vanished))
    statements = sum(len(graph.lines) for graph in graphs)
    triples = _triples(kept, before, differences, day, notes, statements)
    stem = f"{FOLDER}/{fingerprints.name(version)}"
    texts = {f"{stem}.json": fingerprints.as_text(kept), **texts, f"{stem}.ttl": document(triples, ID)}
    return texts, kept, differences


def _before(folder: Folder, version: str, day: date, notes: Mapping[str, str]) -> Kept | None:
    """The release to compare with, None when this is the first. Refuses what cannot follow it."""
    if not _VERSION.fullmatch(version):
        raise NotRunnable(
            f"{version!r} is geen versienummer. Geef drie getallen, zo: kbs release 1.2.0",
            f"{version!r} is not a version number. Give three numbers, like this: kbs release 1.2.0",
        )
    if notes and (set(notes) != {"nl", "en"} or not all(text.strip() for text in notes.values())):
        raise NotRunnable(
            "Schrijf de toelichting in het Nederlands én het Engels (--notes-nl en --notes-en), of geef er geen.",
            "Write the notes in Dutch and in English (--notes-nl and --notes-en), or give none.",
        )
    known = fingerprints.versions(folder)
    if version in known:
        raise NotRunnable(
            f"Uitgave {version} is er al. Kies een hoger nummer dan {known[-1]}.",
            f"There is a release {version} already. Choose a number above {known[-1]}.",
        )
    if not known:
        return None
    if fingerprints.number(version) < fingerprints.number(known[-1]):
        raise NotRunnable(
            f"{version} is niet hoger dan de laatste uitgave, {known[-1]}. Kies een hoger nummer.",
            f"{version} is not above the last release, {known[-1]}. Choose a higher number.",
        )
    last = _day(folder, known[-1])
    if day.isoformat() < last:
        raise NotRunnable(
            f"{day} ligt vóór de laatste uitgave ({known[-1]}, {last}). Geef met --date een latere dag.",
            f"{day} lies before the last release ({known[-1]}, {last}). Give a later day with --date.",
        )
    return fingerprints.read(fingerprints.path(folder.root, known[-1]))


def _day(folder: Folder, version: str) -> str:
    """The day a version was released on, ISO 8601; empty when its list does not tell."""
    lines = folder.files[f"{FOLDER}/{fingerprints.name(version)}.ttl"].lines
    found = (re.search(rf'<{DCTERMS.issued}> "([^"]*)"', line) for line in lines)
    return next((match[1] for match in found if match), "")


def _stated(root: Path, version: str, day: date) -> dict[str, str]:
    """The new content of every file that states the number of the version. Only the catalogue must."""
    texts: dict[str, str] = {}
    for name, pattern, new in _STATED:
        path = root / name
        if name not in texts and not path.is_file():
            continue
        text = texts.get(name) or path.read_text(encoding="utf-8")
        pattern = pattern.replace("{version}", re.escape(version))
        texts[name], count = re.subn(pattern, new.format(version=version, day=day.isoformat()), text)
        if name == CATALOGUE and count != 1:
            break
    else:
        if CATALOGUE in texts:
            return texts
    raise NotRunnable(
        f'{CATALOGUE} zegt niet precies één keer welke versie dit is. Zet er één keer in: dcat:version "{version}".',
        f'{CATALOGUE} does not say exactly once which version this is. Put in it once: dcat:version "{version}".',
    )


def _triples(
    kept: Kept,
    before: Kept | None,
    differences: tuple[Difference, ...],
    day: date,
    notes: Mapping[str, str],
    statements: int,
) -> Iterator[Triple]:
    """What the graph says of a release: DCAT 3 for versions, ADMS for notes, VoID for numbers, our own for changes."""
    name = fingerprints.name(kept.version)
    graph, this = graph_iri(f"releases-{name}"), Iri(f"{ID}uitgave/{name}")
    editors = iri_of("organisatie", "redactie")

    def say(subject: Iri, predicate: str, *values: Term) -> Iterator[Triple]:
        yield from ((subject, Iri(predicate), value) for value in values)

    yield from say(graph, RDF.type, Iri(K.Graph))
    title = {"nl": f"Uitgave {kept.version}", "en": f"Release {kept.version}"}
    yield from say(graph, DCTERMS.title, *(Literal(text, tag) for tag, text in title.items()))
    yield from say(graph, DCTERMS.creator, editors)
    yield from say(graph, ADMS.status, iri_of("status", "voorstel"))
    yield from say(this, RDF.type, Iri(K.Release))
    yield from say(this, DCAT.isVersionOf, Iri(DATASET))
    yield from say(this, DCAT.version, Literal(kept.version))
    yield from say(this, DCTERMS.issued, Literal(day.isoformat(), datatype=_XSD + "date"))
    yield from say(this, PROV.wasAttributedTo, editors)
    yield from say(this, ADMS.versionNotes, *(Literal(" ".join(text.split()), tag) for tag, text in notes.items()))
    yield from say(this, _SHA256, Literal(kept.content))
    yield from say(this, VOID.triples, Literal(str(statements), datatype=_XSD + "integer"))
    if before:
        yield from say(this, DCAT.previousVersion, Iri(f"{ID}uitgave/{fingerprints.name(before.version)}"))
    numbers = Counter(key.partition("/")[0] for key, said in kept.things.items() if not isinstance(said, str))
    for segment, number in numbers.items():
        part = Iri(f"{this}#{segment}")
        yield from say(this, VOID.classPartition, part)
        yield from say(part, RDF.type, Iri(VOID.Dataset))
        yield from say(part, VOID["class"], Iri(KINDS[segment].class_iri))
        yield from say(part, VOID.entities, Literal(str(number), datatype=_XSD + "integer"))
    for difference in differences:
        change = Iri(f"{this}#{difference.key.replace('/', '-')}")
        yield from say(this, K.change, change)
        yield from say(change, RDF.type, Iri(_CLASSES[difference.kind]))
        yield from say(change, K.changeOf, Iri(ID + difference.key))
        yield from say(change, K.changedProperty, *(Iri(expand(name)) for name in difference.properties))


def _take(folder: Folder, texts: Mapping[str, str]) -> None:
    """Write texts beside the files they are for, and read those of `data/` as if they were in place already."""
    (folder.root / FOLDER).mkdir(exist_ok=True)
    for name, text in texts.items():
        path = folder.root / (name + FRESH)
        path.write_text(text, encoding="utf-8")
        sync(path)
        if name.startswith(f"{DATA}/") and name.endswith(".ttl"):
            iri = graph_iri(name.removeprefix(f"{DATA}/").removesuffix(".ttl").replace("/", "-"))
            folder.files[name] = files.named_graph(iri, files.parse(folder, path))


def _put(root: Path, texts: Mapping[str, str]) -> None:
    """Put the files in place, in the order given: the list of changes last."""
    for name in texts:
        (root / (name + FRESH)).replace(root / name)
        sync((root / name).parent)


def _sweep(root: Path) -> None:
    """Clear away what a release that was broken off left behind."""
    for path in [*(root / FOLDER).glob(f"*{FRESH}"), *(root / (name + FRESH) for name, _, _ in _STATED)]:
        path.unlink(missing_ok=True)


def _publish(outcome: Checked, snapshots: SnapshotStore, keep: int, progress: Progress, version: str) -> Snapshot:
    try:
        return build.publish(outcome, snapshots, keep, progress, version)
    except KbsError as error:
        raise NotRunnable(
            f"Uitgave {version} is vastgelegd, maar nog niet in gebruik. {error.words.nl} Draai daarna kbs build.",
            f"Release {version} is frozen, but not in use yet. {error.words.en} Then run kbs build.",
        ) from error
