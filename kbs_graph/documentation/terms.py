"""The terms of the ontology, its own and those it borrows: what each means, how often it is used, and an example."""

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS

from kbs_graph import queries
from kbs_graph.facts import SCHEMA, Facts
from kbs_graph.model import Texts
from kbs_graph.serialize import compact
from kbs_graph.store import Store
from kbs_graph.terms import ONTOLOGY, Iri, Literal, Term, Triple

TERM_STATUS = "http://www.w3.org/2003/06/sw-vocab-status/ns#term_status"
_CLASSES = (OWL.Class, RDFS.Class)
_LINKS, _VALUES = OWL.ObjectProperty, OWL.DatatypeProperty
_LONGEST = 160
"""Characters of a text that is shown as an example."""


@dataclass(frozen=True)
class Example:
    """A statement of the graph: the subject, and the value as an IRI or a text (cut off when it is long)."""

    subject: str
    value: str | None
    language: str | None = None
    is_text: bool = False


@dataclass(frozen=True)
class TermDoc:
    """A term of the ontology as its documentation shows it. `kind` is `class`, `datatype` or `property`.

    `vocabulary` is the IRI of the vocabulary that defines it; `used` counts its statements, or the things of a class.
    Of a datatype nothing is counted: that would take a look at every text of the graph.
    """

    iri: str
    name: str
    kind: str
    label: Texts
    definition: Texts
    example: Texts
    note: Texts
    status: str
    vocabulary: str
    parents: tuple[str, ...]
    see_also: tuple[str, ...]
    domain: tuple[str, ...]
    range: tuple[str, ...]
    is_link: bool
    used: int
    from_graph: Example | None

    @property
    def borrowed(self) -> bool:
        """Whether another vocabulary defines it."""
        return self.vocabulary != ONTOLOGY


@dataclass(frozen=True)
class Vocabulary:
    """A vocabulary that terms are borrowed from: its IRI, what it is in a few words, and the terms."""

    iri: str
    label: Texts
    terms: tuple[TermDoc, ...]


@dataclass(frozen=True)
class Version:
    """The ontology's own version (semantic), the IRI of that version, and the days it was made and last changed."""

    number: str
    iri: str
    created: str
    modified: str
    changes: tuple[tuple[str, Texts], ...]
    """What each version brought, newest first: its number and a text."""


@dataclass(frozen=True)
class Model:
    """All terms: those of the ontology by name, and those borrowed by vocabulary."""

    version: Version
    own: tuple[TermDoc, ...]
    borrowed: tuple[Vocabulary, ...]

    @property
    def every(self) -> tuple[TermDoc, ...]:
        return (*self.own, *(term for vocabulary in self.borrowed for term in vocabulary.terms))

    def of(self, cls: str) -> list[TermDoc]:
        """The properties that things of a class (its compact IRI) may have by the ontology."""
        return [term for term in self.own if cls in term.domain]


_KEPT: WeakKeyDictionary[Store, Model] = WeakKeyDictionary()


def ontology(store: Store) -> list[Triple]:
    """All statements of the ontology, its own terms and those it borrows."""
    return store.construct(queries.fill("lists/terms"))


def model(store: Store) -> Model:
    """The terms of a store, read and counted once and kept as long as the store is: a snapshot never changes."""
    if store not in _KEPT:
        _KEPT[store] = _read(store)
    return _KEPT[store]


def _read(store: Store) -> Model:
    facts = Facts(ontology(store))
    used = _used(store)
    classes = {iri for cls in _CLASSES for iri in facts.of_type(cls)}
    properties = {iri for cls in (_LINKS, _VALUES, RDF.Property) for iri in facts.of_type(cls)}
    links = set(facts.of_type(_LINKS))
    found = [_term(facts, iri, classes, links, used, store) for iri in sorted(classes | properties)]
    found.sort(key=lambda term: (term.kind, term.name.casefold()))
    homes = sorted({term.vocabulary for term in found} - {ONTOLOGY})
    return Model(
        _version(facts),
        tuple(term for term in found if not term.borrowed),
        tuple(
            Vocabulary(iri, facts.texts(iri, RDFS.label), tuple(term for term in found if term.vocabulary == iri))
            for iri in homes
        ),
    )


def _term(facts: Facts, iri: str, classes: set[str], links: set[str], used: dict[str, int], store: Store) -> TermDoc:
    parents = facts.iris(iri, RDFS.subClassOf) + facts.iris(iri, RDFS.subPropertyOf)
    kind = "datatype" if iri in facts.of_type(RDFS.Datatype) else "class" if iri in classes else "property"
    return TermDoc(
        iri=iri,
        name=compact(iri),
        kind=kind,
        label=facts.texts(iri, RDFS.label),
        definition=facts.texts(iri, SKOS.definition) or facts.texts(iri, SKOS.scopeNote),
        example=facts.texts(iri, SKOS.example),
        note=facts.texts(iri, SKOS.editorialNote),
        status=facts.value(iri, TERM_STATUS) or "",
        vocabulary=facts.iri(iri, RDFS.isDefinedBy) or "",
        parents=_names(parents),
        see_also=_names(facts.iris(iri, RDFS.seeAlso)),
        domain=_names(facts.iris(iri, RDFS.domain) + facts.iris(iri, SCHEMA.domainIncludes)),
        range=_names(facts.iris(iri, RDFS.range) + facts.iris(iri, SCHEMA.rangeIncludes)),
        is_link=iri in links,
        used=used.get(iri, 0),
        from_graph=_example(store, kind, iri) if used.get(iri) else None,
    )


def _names(iris: list[str]) -> tuple[str, ...]:
    return tuple(sorted(map(compact, iris)))


def _version(facts: Facts) -> Version:
    return Version(
        facts.value(ONTOLOGY, OWL.versionInfo) or "",
        facts.iri(ONTOLOGY, OWL.versionIRI) or "",
        facts.value(ONTOLOGY, DCTERMS.created) or "",
        facts.value(ONTOLOGY, DCTERMS.modified) or "",
        _changes(facts),
    )


def _changes(facts: Facts) -> tuple[tuple[str, Texts], ...]:
    """The change notes of the ontology, each of which begins with a version."""
    found: dict[str, dict[str, str]] = {}
    for note in facts.tagged(ONTOLOGY, SKOS.changeNote):
        number, _, text = note.text.partition(": ")
        found.setdefault(number, {})[note.language] = text
    return tuple(sorted(found.items(), key=lambda change: [int(part) for part in change[0].split(".")], reverse=True))


def _used(store: Store) -> dict[str, int]:
    rows = store.select(queries.fill("lists/term-use"))
    return {str(row["term"]): int(row["number"].value) for row in rows if isinstance(row["number"], Literal)}


def _example(store: Store, kind: str, iri: str) -> Example | None:
    if kind == "property":
        rows = store.select(queries.fill("lists/property-example", property=Iri(iri)))
    else:
        rows = store.select(queries.fill("lists/class-example", cls=Iri(iri)))
    return _of_row(rows[0].get("s"), rows[0].get("o")) if rows else None


def _of_row(subject: Term | None, value: Term | None) -> Example:
    if isinstance(value, Literal):
        text = value.value if len(value.value) <= _LONGEST else value.value[:_LONGEST].rsplit(" ", 1)[0] + " …"
        return Example(str(subject), text, value.language, is_text=True)
    return Example(str(subject), str(value) if value else None)
