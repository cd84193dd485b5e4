"""The dataset as VoID tells it (W3C Note of 3 March 2011): how much there is, of what, and linked to what."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

from rdflib.namespace import DCTERMS, RDF, SKOS, VOID

from kbs_graph import mappings
from kbs_graph.dataset.statistics import Part, Statistics
from kbs_graph.facts import Facts
from kbs_graph.mappings import Mapping
from kbs_graph.serialize import compact
from kbs_graph.statements import iris, number, plain, say, texts
from kbs_graph.store import Store
from kbs_graph.terms import DATASET, ID, KINDS, Triple, iri_of

ENTITY = r"^https://w3id\.org/kennisbouwstenen/id/[^#]+$"
"""What the IRI of an entity looks like: a thing of ours, and no part of one."""
_EXAMPLES = ("domein", "aspect", "competentie", "doelgroep", "bron", "casus")
_FORMATS = tuple(f"http://www.w3.org/ns/formats/{name}" for name in ("Turtle", "JSON-LD", "RDF_XML", "N-Triples"))


def describe(store: Store, facts: Facts, counted: Statistics | None, endpoint: str, dump: str) -> Iterator[Triple]:
    """What VoID tells of the dataset: where it is to be had, its numbers when they are known, and its parts."""
    yield from say(
        DATASET,
        (RDF.type, iris(VOID.Dataset)),
        (VOID.uriSpace, plain(ID)),
        (VOID.uriRegexPattern, plain(ENTITY)),
        (VOID.sparqlEndpoint, iris(endpoint)),
        (VOID.dataDump, iris(dump)),
        (VOID.feature, iris(*_FORMATS)),
        (VOID.rootResource, iris(iri_of("kader", "kennisbouwstenen"))),
    )
    yield from _linksets(mappings.mappings(store))
    if counted:
        yield from _numbers(counted)
        yield from _partitions(counted)
        for graph in counted.graphs:
            yield from _graph(facts, graph)


def _numbers(counted: Statistics) -> Iterator[Triple]:
    used = {_namespace(iri) for iri in [*(p.iri for p in counted.properties), *(c.iri for c in counted.classes)]}
    kinds = {KINDS[segment].class_iri for segment in _EXAMPLES}
    yield from say(
        DATASET,
        (VOID.triples, number(counted.triples)),
        (VOID.entities, number(counted.entities)),
        (VOID.distinctSubjects, number(counted.subjects)),
        (VOID.distinctObjects, number(counted.objects)),
        (VOID.properties, number(len(counted.properties))),
        (VOID.classes, number(len(counted.classes))),
        (VOID.vocabulary, iris(*sorted(used))),
        (VOID.exampleResource, iris(*(each.example for each in counted.classes if each.iri in kinds))),
    )


def _partitions(counted: Statistics) -> Iterator[Triple]:
    for found in counted.classes:
        part = f"{DATASET}#klasse-{_short(found.iri)}"
        yield from say(DATASET, (VOID.classPartition, iris(part)))
        yield from say(
            part,
            (RDF.type, iris(VOID.Dataset)),
            (VOID["class"], iris(found.iri)),
            (VOID.entities, number(found.entities)),
        )
    for used in counted.properties:
        part = f"{DATASET}#eigenschap-{_short(used.iri)}"
        yield from say(DATASET, (VOID.propertyPartition, iris(part)))
        yield from say(part, (RDF.type, iris(VOID.Dataset)), (VOID.property, iris(used.iri)))
        yield from _sizes(part, used)


def _graph(facts: Facts, graph: Part) -> Iterator[Triple]:
    """A named graph, with what it is called and who made it."""
    yield from say(DATASET, (VOID.subset, iris(graph.iri)))
    yield from say(
        graph.iri,
        (RDF.type, iris(VOID.Dataset)),
        (DCTERMS.title, texts(facts.texts(graph.iri, DCTERMS.title))),
        (DCTERMS.creator, iris(*facts.iris(graph.iri, DCTERMS.creator))),
        (VOID.properties, number(graph.properties)),
    )
    yield from _sizes(graph.iri, graph)


def _sizes(iri: str, part: Part) -> Iterator[Triple]:
    yield from say(
        iri,
        (VOID.triples, number(part.triples)),
        (VOID.distinctSubjects, number(part.subjects)),
        (VOID.distinctObjects, number(part.objects)),
    )


def _linksets(found: Iterable[Mapping]) -> Iterator[Triple]:
    """The links to every scheme of others, by relation."""
    counted = Counter((mapping.scheme.prefix, mapping.relation) for mapping in found)
    schemes = {mapping.scheme.prefix: mapping.scheme for mapping in found}
    for prefix, scheme in schemes.items():
        yield from say(
            _target(prefix),
            (RDF.type, iris(VOID.Dataset)),
            (DCTERMS.title, texts(scheme.ref.label)),
            (VOID.uriSpace, plain(scheme.namespace)),
            (VOID.rootResource, iris(scheme.ref.iri)),
        )
    for (prefix, relation), links in counted.items():
        linkset = f"{DATASET}#links-{prefix}-{relation}"
        yield from say(DATASET, (VOID.subset, iris(linkset)))
        yield from say(
            linkset,
            (RDF.type, iris(VOID.Linkset)),
            (VOID.subjectsTarget, iris(DATASET)),
            (VOID.objectsTarget, iris(_target(prefix))),
            (VOID.linkPredicate, iris(SKOS[relation])),
            (VOID.triples, number(links)),
        )


def _target(prefix: str) -> str:
    return f"{DATASET}#kader-{prefix}"


def _namespace(iri: str) -> str:
    """The vocabulary a term is of: its IRI up to the last `#` or `/`."""
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]


def _short(iri: str) -> str:
    """A term within an IRI of ours, the same every time: by our prefix for it, else by its hash."""
    name = compact(iri)
    return name.replace(":", "-") if name != iri else hashlib.sha256(iri.encode()).hexdigest()[:8]
