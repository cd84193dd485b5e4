"""What was new and changed in every release, and since the last one; and the same told of one thing.

Read once a store (a snapshot never changes) and kept as long as that store is.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from weakref import WeakKeyDictionary

from rdflib.namespace import DCTERMS, RDFS, VOID, Namespace

from kbs_graph import queries
from kbs_graph.errors import NotFound
from kbs_graph.facts import ADMS, Facts, dutch
from kbs_graph.fingerprints import ABOUT, ADDED, CHANGED, KINDS_OF_CHANGE, RENAMED, RETIRED, REVIEW, number
from kbs_graph.folding import sort_key
from kbs_graph.model import Ref, Texts
from kbs_graph.serialize import compact
from kbs_graph.store import Store
from kbs_graph.terms import ID, KINDS, Iri, K, Triple

DCAT = Namespace("http://www.w3.org/ns/dcat#")
"""DCAT 3; that of rdflib is DCAT 2, which has no versions."""
_KIND_OF = {str(K.Addition): ADDED, str(K.Alteration): CHANGED, str(K.Renaming): RENAMED, str(K.Retirement): RETIRED}
FIELDS = {
    "name": ("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel", "dcterms:title", "foaf:name", "k:wheelLabel"),
    "definition": ("skos:definition",),
    "explanation": ("rdfs:comment", "skos:example", "schema:text", "k:why", "k:evidence", "k:forWhom", "k:howToReach"),
    "parts": ("k:part",),
    "sources": (ABOUT, "dcterms:source", "k:leadSource"),
    "mappings": ("skos:exactMatch", "skos:closeMatch", "skos:broadMatch", "skos:narrowMatch", "skos:relatedMatch"),
    "review": (REVIEW, "adms:status", "k:reviewBefore"),
    "links": ("k:homeDomain", "k:alsoIn", "k:relevantFor", "k:competency", "k:sign", "skos:related", "skos:inScheme"),
}
"""What a reader calls a group of properties; a property in none of them is a fact ("facts")."""
_OF_SOURCES = {ABOUT: "links"}
"""Where a property means something else of a source or a case: what it is about."""


@dataclass(frozen=True)
class Change:
    """What happened to a thing: added, changed, renamed or retired; which properties (compact) and groups of them
    changed; and for what goes on, the thing it goes on as."""

    kind: str
    ref: Ref
    properties: tuple[str, ...] = ()
    successor: Ref | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The groups of FIELDS that changed, in that order, "facts" last."""
        own = _OF_SOURCES if self.ref.segment in ("bron", "casus") else {}
        groups = {name: group for group, names in FIELDS.items() for name in names} | own
        found = {groups.get(name, "facts") for name in self.properties}
        return tuple(group for group in (*FIELDS, "facts") if group in found)


@dataclass(frozen=True)
class Release:
    """A version: its day (ISO 8601), notes, how many things of each kind it holds, and what changed; newest first.

    `first` is the one that all that it holds came with, so that it lists no changes.
    """

    version: str
    day: str
    notes: Texts
    first: bool
    content: str
    numbers: tuple[tuple[str, int], ...]
    changes: tuple[Change, ...]

    @property
    def slug(self) -> str:
        return self.version.replace(".", "-")

    @property
    def iri(self) -> str:
        return f"{ID}uitgave/{self.slug}"

    @property
    def counts(self) -> Mapping[str, int]:
        """How many changes there are of every kind of change that occurs."""
        return _counts(self.changes)


@dataclass(frozen=True)
class Moment:
    """What happened to a thing in a release; `version` and `day` are empty for what is not released yet."""

    version: str
    day: str
    change: Change


@dataclass(frozen=True)
class History:
    """The releases, newest first, and what changed since; `unreleased` is None when that is not known."""

    releases: tuple[Release, ...]
    unreleased: tuple[Change, ...] | None
    moments: Mapping[str, tuple[Moment, ...]] = field(default_factory=dict, repr=False)

    @property
    def unreleased_counts(self) -> Mapping[str, int]:
        return _counts(self.unreleased or ())

    def timeline(self, iri: str) -> tuple[Moment, ...]:
        """What happened to a thing, oldest first, also under a name it had before; nothing before a first release."""
        return self.moments.get(iri, ())


_KEPT: WeakKeyDictionary[Store, History] = WeakKeyDictionary()


def of(store: Store, manifest: Mapping[str, Any]) -> History:
    """The history that a snapshot (its store and manifest) tells."""
    if store not in _KEPT:
        _KEPT[store] = _read(store.construct(queries.fill("pages/history")), manifest.get("unreleased"))
    return _KEPT[store]


def release(store: Store, manifest: Mapping[str, Any], slug: str) -> Release:
    """The release with this slug (`0-1-0`). Raises NotFound."""
    found = next((release for release in of(store, manifest).releases if release.slug == slug), None)
    if found is None:
        raise _not_found(slug)
    return found


def description(store: Store, slug: str) -> list[Triple]:
    """All that the graph says of the release with this slug. Raises NotFound."""
    triples = store.construct(queries.fill("pages/release", iri=Iri(f"{ID}uitgave/{slug}")))
    if not triples:
        raise _not_found(slug)
    return triples


def _not_found(slug: str) -> NotFound:
    return NotFound(
        f"Er is geen uitgave {slug}. Kijk op Nieuw en veranderd welke er zijn.",
        f"There is no release {slug}. See New and changed for those there are.",
    )


def _read(triples: list[Triple], unreleased: Mapping[str, Any] | None) -> History:
    facts = Facts(triples)
    found = sorted((_release(facts, iri) for iri in facts.of_type(str(K.Release))), key=lambda r: number(r.version))
    later = None
    if unreleased and found:
        later = _in_order(
            _change(facts, entry["kind"], ID + entry["key"], tuple(entry["properties"]))
            for entry in unreleased["differences"]
        )
    history = History(tuple(reversed(found)), later)
    things = {str(subject) for subject, predicate, _ in triples if predicate == str(RDFS.label)}
    return replace(history, moments=_moments(facts, things, found, later or ()))


def _release(facts: Facts, iri: str) -> Release:
    numbers = {}
    for part in facts.iris(iri, VOID.classPartition):
        numbers[facts.iri(part, VOID["class"])] = int(facts.value(part, VOID.entities) or 0)
    changes = (
        _change(facts, _KIND_OF[cls], facts.iri(entry, K.changeOf) or "", tuple(sorted(_changed(facts, entry))))
        for entry in facts.iris(iri, K.change)
        for cls in _KIND_OF
        if entry in facts.of_type(cls)
    )
    return Release(
        facts.value(iri, DCAT.version) or "",
        facts.value(iri, DCTERMS.issued) or "",
        facts.texts(iri, ADMS.versionNotes),
        facts.iri(iri, DCAT.previousVersion) is None,
        facts.value(iri, "https://schema.org/sha256") or "",
        tuple((segment, numbers[kind.class_iri]) for segment, kind in KINDS.items() if kind.class_iri in numbers),
        _in_order(changes),
    )


def _changed(facts: Facts, entry: str) -> list[str]:
    return [compact(name) for name in facts.iris(entry, K.changedProperty)]


def _change(facts: Facts, kind: str, iri: str, properties: tuple[str, ...]) -> Change:
    end = _end(facts, iri)
    return Change(kind, facts.ref(iri), properties, facts.ref(end) if end != iri else None)


def _end(facts: Facts, iri: str) -> str:
    """What a thing is now, by following what it is continued as."""
    passed = set()
    while iri not in passed and (following := facts.iri(iri, K.continuedAs)):
        passed.add(iri)
        iri = following
    return iri


def _in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """By kind of change, then kind of thing as KINDS has them, then Dutch name."""
    kinds = list(KINDS)
    return tuple(
        sorted(
            changes,
            key=lambda c: (
                KINDS_OF_CHANGE.index(c.kind),
                kinds.index(c.ref.segment or kinds[0]),
                sort_key(dutch(c.ref.label)),
                c.ref.iri,
            ),
        )
    )


def _counts(changes: tuple[Change, ...]) -> Mapping[str, int]:
    counted = Counter(change.kind for change in changes)
    return {kind: counted[kind] for kind in KINDS_OF_CHANGE if counted[kind]}


def _moments(
    facts: Facts, things: set[str], releases: list[Release], later: tuple[Change, ...]
) -> dict[str, tuple[Moment, ...]]:
    """The moments of every thing, oldest first. What no list says was added, came with the first release."""
    if not releases:
        return {}
    told: dict[str, list[Moment]] = {}
    steps = [*((r.version, r.day, r.changes) for r in releases), ("", "", later)]
    for version, day, changes in steps:
        for change in changes:
            about = change.successor.iri if change.successor and change.kind == RENAMED else change.ref.iri
            told.setdefault(about, []).append(Moment(version, day, change))
    renamed = {m.change.ref.iri: iri for iri, moments in told.items() for m in moments if m.change.kind == RENAMED}
    for old, new in renamed.items():
        told[new] = sorted([*told.get(old, []), *told[new]], key=lambda m: number(m.version or "999999.0.0"))
    first = releases[0]
    for iri in things:
        moments = told.setdefault(iri, [])
        if not any(m.change.kind == ADDED for m in moments):
            moments.insert(0, Moment(first.version, first.day, Change(ADDED, facts.ref(iri))))
    return {iri: tuple(moments) for iri, moments in told.items()}
