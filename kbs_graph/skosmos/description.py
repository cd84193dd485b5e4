"""All that is said of a concept, with the names of what it links to, as RDF and as the compacted JSON-LD of Skosmos."""

from rdflib.namespace import RDF, XSD

from kbs_graph import queries
from kbs_graph.serialize import PREFIXES
from kbs_graph.skosmos import refusal
from kbs_graph.skosmos.question import Document, Question
from kbs_graph.store import Store
from kbs_graph.terms import Iri, Term, Triple

_SHORT = (
    *("prefLabel", "altLabel", "hiddenLabel", "broader", "narrower", "related", "inScheme"),
    *("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch"),
)
_NAMESPACES = {
    "isothes": "http://purl.org/iso25964/skos-thes#",
    "dc11": "http://purl.org/dc/elements/1.1/",
    **{("dct" if prefix == "dcterms" else prefix): iri for prefix, iri in PREFIXES.items()},
}
CONTEXT: Document = {
    **_NAMESPACES,
    "uri": "@id",
    "type": "@type",
    "lang": "@language",
    "value": "@value",
    "graph": "@graph",
    "label": "rdfs:label",
    **{name: f"skos:{name}" for name in _SHORT},
}
"""The names of Skosmos, with the prefixes of our own terms."""
_NAMES = {"rdfs:label": "label", **{f"skos:{name}": name for name in _SHORT}}


def of(store: Store, iri: Iri) -> list[Triple]:
    """The triples that describe a thing, and the names and classes of what it links to."""
    return store.construct(queries.fill("skosmos/description", iri=iri))


def asked(question: Question) -> list[Triple]:
    """The description of what `uri` names: a concept, one that was retired, or a scheme. Raises Refused (404)."""
    iri = question.required("uri")
    homes = question.table.homes(iri)
    if not homes or question.vocabulary not in (None, *homes):
        raise refusal.no_data()
    return of(question.store, Iri(iri))


def compacted(triples: list[Triple], first: str) -> Document:
    """Triples as JSON-LD in the names of CONTEXT, by subject: the thing itself first. One value stands bare."""
    said: dict[str, dict[str, list[Term]]] = {}
    for subject, predicate, value in sorted(triples, key=str):
        said.setdefault(str(subject), {}).setdefault(str(predicate), []).append(value)
    nodes = [
        {
            "uri": subject,
            **{
                _name(predicate): _bare([_value(predicate, each) for each in found])
                for predicate, found in facts.items()
            },
        }
        for subject, facts in sorted(said.items(), key=lambda pair: (pair[0] != first, pair[0]))
    ]
    return {"@context": CONTEXT, "graph": nodes}


def _name(predicate: str) -> str:
    if predicate == str(RDF.type):
        return "type"
    short = _prefixed(predicate)
    return _NAMES.get(short, short)


def _prefixed(iri: str) -> str:
    for prefix, namespace in _NAMESPACES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _value(predicate: str, value: Term) -> object:
    if isinstance(value, Iri):
        return _prefixed(value) if predicate == str(RDF.type) else {"uri": str(value)}
    if value.language:
        return {"lang": value.language, "value": value.value}
    if value.datatype == str(XSD.string):
        return value.value
    return {"type": _prefixed(value.datatype), "value": value.value}


def _bare(values: list[object]) -> object:
    return values[0] if len(values) == 1 else values
