"""What the product says of itself: the terms of the ontology, for `/def`."""

from dataclasses import dataclass

from rdflib.namespace import OWL, RDF, RDFS, SKOS

from kbs_graph import queries
from kbs_graph.facts import SCHEMA, Facts
from kbs_graph.model import Texts
from kbs_graph.serialize import compact
from kbs_graph.store import Store
from kbs_graph.terms import ONTOLOGY, Triple

TERM_STATUS = "http://www.w3.org/2003/06/sw-vocab-status/ns#term_status"


@dataclass(frozen=True)
class TermDoc:
    """A term of the ontology as its documentation shows it. `kind` is `class` or `property`."""

    iri: str
    name: str
    kind: str
    label: Texts
    definition: Texts
    example: Texts
    note: Texts
    status: str
    borrowed: bool
    parents: tuple[str, ...]
    domain: tuple[str, ...]
    range: tuple[str, ...]


def ontology(store: Store) -> list[Triple]:
    """All statements of the ontology, its own terms and those it borrows."""
    return store.construct(queries.fill("lists/terms"))


def terms(store: Store) -> tuple[TermDoc, ...]:
    """The terms of the ontology for its page: own before borrowed, classes before properties, by name."""
    facts = Facts(ontology(store))
    own = {str(s) for s in facts.subjects(RDFS.isDefinedBy, ONTOLOGY)}
    classes = {iri for cls in (OWL.Class, RDFS.Class) for iri in facts.of_type(cls)}
    properties = {i for c in (OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property) for i in facts.of_type(c)}
    found = [_term(facts, iri, "class" if iri in classes else "property", iri in own) for iri in classes | properties]
    return tuple(sorted(found, key=lambda t: (t.borrowed, t.kind, t.name)))


def _term(facts: Facts, iri: str, kind: str, own: bool) -> TermDoc:
    parents = facts.iris(iri, RDFS.subClassOf) + facts.iris(iri, RDFS.subPropertyOf)
    return TermDoc(
        iri=iri,
        name=compact(iri),
        kind=kind,
        label=facts.texts(iri, RDFS.label),
        definition=facts.texts(iri, SKOS.definition) or facts.texts(iri, SKOS.scopeNote),
        example=facts.texts(iri, SKOS.example),
        note=facts.texts(iri, SKOS.editorialNote),
        status=facts.value(iri, TERM_STATUS) or "",
        borrowed=not own,
        parents=tuple(map(compact, parents)),
        domain=tuple(map(compact, facts.iris(iri, RDFS.domain) + facts.iris(iri, SCHEMA.domainIncludes))),
        range=tuple(map(compact, facts.iris(iri, RDFS.range) + facts.iris(iri, SCHEMA.rangeIncludes))),
    )
