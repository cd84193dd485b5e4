"""Writing data: every form says the same, in the same bytes each time, and can be read without us."""

import json
import random

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import isomorphic

from kbs_graph import catalog, serialize
from kbs_graph.serialize import GRAPH_FORMATS, JSON_LD, N_TRIPLES, RDF_XML, RESULT_FORMATS, TURTLE, Format
from kbs_graph.snapshots import Snapshot
from kbs_graph.store import LocalStore
from kbs_graph.terms import ID, Iri, K, Literal, Triple

XSD = "http://www.w3.org/2001/XMLSchema#"
RDFLIB_NAMES = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml", "nt": "nt"}
S = Iri(ID + "aspect/x")
ODD = [
    (S, Iri(str(rdflib.SKOS.prefLabel)), Literal('Een "naam" met \\ en\nregel', language="nl")),
    (S, Iri(str(rdflib.SKOS.prefLabel)), Literal("A name", language="en")),
    (S, Iri(str(rdflib.SKOS.altLabel)), Literal("één", language="nl")),
    (S, Iri(str(rdflib.SKOS.altLabel)), Literal("twee 😀", language="nl")),
    (S, Iri(str(K.order)), Literal("1", datatype=XSD + "integer")),
    (S, Iri(str(K.safety)), Literal("true", datatype=XSD + "boolean")),
    (S, Iri(str(rdflib.DCTERMS.issued)), Literal("2024", datatype=XSD + "gYear")),
    (S, Iri(str(rdflib.DCTERMS.created)), Literal("2026-11-22", datatype=XSD + "date")),
    (S, Iri(str(rdflib.DCTERMS.identifier)), Literal("casus-01")),
    (S, Iri(str(rdflib.FOAF.page)), Iri("https://example.nl/a%20b?c=d&e=f#g")),
    (S, Iri(str(rdflib.SKOS.closeMatch)), Iri("http://standaarden.overheid.nl/owms/terms/é-1,2")),
]
ALL_FORMS = pytest.mark.parametrize("form", GRAPH_FORMATS.values(), ids=list(GRAPH_FORMATS))


def parsed(data: bytes, form: Format) -> rdflib.Graph:
    return rdflib.Graph().parse(data=data, format=RDFLIB_NAMES[form.ending])


@pytest.fixture(scope="module")
def real_triples(real_store: LocalStore) -> list[Triple]:
    return catalog.description(real_store, Iri(ID + "aspect/schulden-basis"))


@ALL_FORMS
def test_what_is_written_can_be_read_and_is_what_was_given(form: Format, tiny_snapshot: Snapshot) -> None:
    expected = rdflib.Graph()
    for subject, predicate, value in ODD:
        literal = isinstance(value, Literal)
        node = rdflib.Literal(
            value.value, lang=value.language, datatype=None if value.language else rdflib.URIRef(value.datatype)
        ) if literal else rdflib.URIRef(value)  # fmt: skip
        expected.add((rdflib.URIRef(subject), rdflib.URIRef(predicate), node))
    plain = rdflib.Graph()
    for triple in parsed(serialize.write(ODD, form, tiny_snapshot.context), form):
        plain.add(triple)
    assert {_key(t) for t in plain} == {_key(t) for t in expected}


def _key(triple: tuple[rdflib.term.Node, ...]) -> tuple[str, ...]:
    """A triple as text; a plain literal and an xsd:string are the same in RDF 1.1."""
    return tuple(node.n3().removesuffix(f"^^<{XSD}string>") for node in triple)  # type: ignore[attr-defined]


@ALL_FORMS
def test_the_same_triples_in_any_order_give_the_same_bytes(
    form: Format, real_triples: list[Triple], tiny_snapshot: Snapshot
) -> None:
    first = serialize.write(real_triples, form, tiny_snapshot.context)
    for seed in range(3):
        shuffled = random.Random(seed).sample(real_triples, len(real_triples))
        assert serialize.write([*shuffled, shuffled[0]], form, tiny_snapshot.context) == first


def test_a_strict_parser_reads_turtle_n_triples_and_rdf_xml(real_triples: list[Triple]) -> None:
    for form in (TURTLE, N_TRIPLES, RDF_XML):
        syntax = ox.RdfFormat.from_media_type(form.media_type)
        assert syntax
        found = list(ox.parse(input=serialize.write(real_triples, form, {}), format=syntax))
        assert len(found) == len(set(real_triples))


def test_turtle_uses_our_prefixes(real_triples: list[Triple]) -> None:
    text = serialize.write(real_triples, TURTLE, {}).decode()
    assert "skos:prefLabel" in text
    assert "k:homeDomain" in text


def test_json_ld_holds_its_context_and_short_keys_with_language_maps(
    real_triples: list[Triple], real_snapshot: Snapshot
) -> None:
    document = json.loads(serialize.write(real_triples, JSON_LD, real_snapshot.context))
    assert document["@context"] == real_snapshot.context
    nodes = {node["id"]: node for node in document["@graph"]}
    aspect = nodes[ID + "aspect/schulden-basis"]
    assert set(aspect["prefLabel"]) == {"nl", "en"}
    assert aspect["homeDomain"] == ID + "domein/inkomen"
    assert isinstance(aspect["relevantFor"], list)


def test_json_ld_is_read_without_fetching_anything(real_triples: list[Triple], real_snapshot: Snapshot) -> None:
    text = serialize.write(real_triples, JSON_LD, real_snapshot.context)
    assert isinstance(json.loads(text)["@context"], dict), "an address here would be fetched"
    assert isomorphic(parsed(text, JSON_LD), parsed(serialize.write(real_triples, N_TRIPLES, {}), N_TRIPLES))


@ALL_FORMS
def test_nothing_to_say_is_a_valid_document(form: Format, tiny_snapshot: Snapshot) -> None:
    assert len(parsed(serialize.write([], form, tiny_snapshot.context), form)) == 0


def test_every_form_has_an_ending_and_a_media_type_of_its_own() -> None:
    forms = [*GRAPH_FORMATS.values(), *RESULT_FORMATS.values()]
    assert len({form.ending for form in forms}) == len({form.media_type for form in forms}) == 8
    assert all(GRAPH_FORMATS[form.ending] is form for form in GRAPH_FORMATS.values())
    assert TURTLE.content_type == "text/turtle; charset=utf-8"
    assert JSON_LD.content_type == "application/ld+json"


@pytest.mark.parametrize(
    ("iri", "short"),
    [
        ("https://w3id.org/kennisbouwstenen/def#part", "k:part"),
        ("http://www.w3.org/2004/02/skos/core#Concept", "skos:Concept"),
        ("http://www.w3.org/2002/07/owl#Class", "owl:Class"),
        ("https://example.org/x", "https://example.org/x"),
    ],
)
def test_an_iri_is_shortened_where_there_is_a_prefix_for_it(iri: str, short: str) -> None:
    assert serialize.compact(iri) == short


def test_a_document_for_people_says_the_same_with_short_names() -> None:
    base = "https://w3id.org/kennisbouwstenen/id/"
    thing = Iri(base + "begrip/x#deel-1")
    label = Iri("http://www.w3.org/2004/02/skos/core#prefLabel")
    day = Literal("2026-01-01", datatype="http://www.w3.org/2001/XMLSchema#date")
    triples = [
        (thing, label, Literal('een "woord"\nen <nog> \\een', "nl")),
        (thing, label, Literal("los")),
        (thing, Iri("http://purl.org/dc/terms/date"), day),
        (thing, Iri("https://example.org/p"), Iri("https://example.org/a,b")),
        (thing, Iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), Iri(serialize.PREFIXES["k"] + "Part")),
    ]
    text = serialize.document(reversed(triples), base)
    assert text == serialize.document(triples, base)
    assert "<begrip/x#deel-1> a k:Part ;\n" in text and 'dcterms:date "2026-01-01"^^xsd:date' in text
    assert "@prefix foaf:" not in text
    lines = "".join(f"{ox.Triple(*map(serialize.native, triple))} .\n" for triple in triples)
    assert isomorphic(rdflib.Graph().parse(data=text, format="turtle"), rdflib.Graph().parse(data=lines, format="nt"))


@pytest.mark.parametrize("iri", ["http://www.w3.org/2004/02/skos/core#prefLabel", "https://example.org/x", "urn:x:y"])
def test_a_shortened_name_is_expanded_again(iri: str) -> None:
    assert serialize.expand(serialize.compact(iri)) == iri
