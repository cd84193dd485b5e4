"""The endpoint without a query: the service description for programs, the page for people."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from rdflib import RDF, Dataset, Graph, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCAT, RDFS, VOID
from sparql_checks import (
    BROWSER,
    HTML,
    JSON,
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    RDF_XML,
    TRIG,
    TURTLE,
    Check,
    table,
)

from kbs_graph.serialize import QUERY_GRAPH_FORMATS, RESULT_FORMATS
from kbs_graph.terms import DATASET
from webui import serving

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMATS = Namespace("http://www.w3.org/ns/formats/")
SERVICE = URIRef("http://localhost/sparql")
NETWORK_OF_TERMS = (
    "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,application/n-triples;q=0.8,"
    "text/turtle;q=0.6,application/rdf+xml;q=0.5,text/n3;q=0.35,application/xml;q=0.3,text/xml;q=0.3,"
    "image/svg+xml;q=0.3,text/html;q=0.2,application/xhtml+xml;q=0.18"
)
"""What the Network of Terms sends before its first query."""


def forms() -> Iterator[Check]:
    group = "service description"
    accepts = {
        NETWORK_OF_TERMS: N_QUADS,
        "*/*": TURTLE,
        "nonsense": TURTLE,
        "application/*": JSON_LD,
        f"{RDF_XML}, {TURTLE};q=0.9": RDF_XML,
        f"{JSON};q=1, {N_TRIPLES};q=0.1": N_TRIPLES,
        "text/html;q=0.2, text/turtle": TURTLE,
        f"{TRIG};q=.95, {JSON_LD};q=.9, text/html;q=.2": TRIG,
        BROWSER: HTML,
    }
    for kind in (TURTLE, N_TRIPLES, N_QUADS, TRIG, JSON_LD, RDF_XML):
        yield Check(group, kind, accept=kind, mimetype=kind)
    yield Check(group, "no Accept header", mimetype=TURTLE)
    for accept, kind in accepts.items():
        yield Check(group, repr(accept[:60]), accept=accept, mimetype=kind)
    yield Check(group, "by format", url={"format": "rdf"}, mimetype=RDF_XML)
    yield Check(group, "beside a dataset", url={"default-graph-uri": "a:b"}, mimetype=TURTLE)
    yield Check(group, "only results", 406, told="query", accept=JSON)
    yield Check(group, "only CSV", 406, told=N_TRIPLES, accept="text/csv")


@table(forms())
def test_the_description_comes_in_the_form_asked_for(client: FlaskClient, check: Check) -> None:
    answer = check.run(client)
    assert "Accept" in answer.vary


def described(client: FlaskClient, kind: str = TURTLE) -> Graph:
    return Graph().parse(data=client.get("/sparql", headers={"Accept": kind}).text, format=kind)


@pytest.mark.parametrize("kind", [N_TRIPLES, JSON_LD, RDF_XML])
def test_every_form_says_the_same(client: FlaskClient, kind: str) -> None:
    assert isomorphic(described(client, kind), described(client))


@pytest.mark.parametrize("kind", [N_QUADS, TRIG])
def test_as_quads_it_is_the_default_graph(client: FlaskClient, kind: str) -> None:
    found = Dataset().parse(data=client.get("/sparql", headers={"Accept": kind}).text, format=kind)
    assert isomorphic(Graph() + found.default_graph, described(client))


def test_it_says_what_the_service_does_and_no_more(client: FlaskClient) -> None:
    graph = described(client)
    assert (SERVICE, RDF.type, SD.Service) in graph
    assert set(graph.objects(SERVICE, SD.supportedLanguage)) == {SD.SPARQL11Query}
    assert set(graph.objects(SERVICE, SD.feature)) == {SD.UnionDefaultGraph}
    results = {FORMATS[f"SPARQL_Results_{ending.upper()}"] for ending in RESULT_FORMATS}
    graphs = {FORMATS[name] for name in ("Turtle", "N-Triples", "N-Quads", "TriG", "JSON-LD", "RDF_XML")}
    assert set(graph.objects(SERVICE, SD.resultFormat)) == results | graphs
    assert len(results | graphs) == len(RESULT_FORMATS) + len(QUERY_GRAPH_FORMATS)


def test_every_named_graph_stands_in_it_with_its_size(app: Flask, client: FlaskClient) -> None:
    graph = described(client)
    told = {}
    for named in graph.objects(URIRef(DATASET), SD.namedGraph):
        assert graph.value(named, SD.name) == graph.value(named, SD.graph)
        told[str(graph.value(named, SD.name))] = int(graph.value(graph.value(named, SD.graph), VOID.triples))
    query = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    rows = client.get("/sparql", query_string={"query": query}).get_json(force=True)["results"]["bindings"]
    assert told == {row["g"]["value"]: int(row["n"]["value"]) for row in rows}
    with app.app_context():
        assert sum(told.values()) == serving.opened().snapshot.triples


def test_it_leads_to_the_description_of_the_dataset(client: FlaskClient) -> None:
    graph = described(client)
    assert set(graph.objects(SERVICE, DCAT.servesDataset)) == {URIRef(DATASET)}
    (about,) = graph.objects(URIRef(DATASET), RDFS.seeAlso)
    answer = client.get(str(about).removeprefix("http://localhost"), follow_redirects=True)
    assert answer.status_code == 200
    assert (URIRef(DATASET), None, None) in Graph().parse(data=answer.text, format=answer.mimetype)


def test_it_has_an_etag_and_is_packed_for_who_can_unpack(client: FlaskClient) -> None:
    first = client.get("/sparql", headers={"Accept": N_QUADS, "Accept-Encoding": "gzip"})
    assert first.headers["Content-Encoding"] == "gzip"
    known = {"Accept": N_QUADS, "If-None-Match": first.headers["ETag"]}
    assert client.get("/sparql", headers=known).status_code == 304
    assert client.get("/sparql", headers={**known, "Accept": TURTLE}).status_code == 200


def test_it_names_the_address_it_was_asked_at(client: FlaskClient) -> None:
    elsewhere = client.get("/sparql", base_url="https://kennis.example/", headers={"Accept": N_TRIPLES})
    assert "<https://kennis.example/sparql>" in elsewhere.text and "localhost" not in elsewhere.text
