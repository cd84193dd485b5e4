"""The test descriptions of the W3C for the SPARQL 1.1 Protocol (34) and for Service Description (3), a row each.

They stand in w3c/rdf-tests, sparql/sparql11/protocol/manifest.ttl and sparql/sparql11/service-description/manifest.ttl;
each row has the name it has there. The service is for reading only, so that what would be an update is to be refused.
"""

from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from rdflib import RDF, Graph, Namespace, URIRef
from small_site import Reader
from sparql_checks import FORM, JSON, QUERY, TURTLE, UPDATE, Check, table

from kbs_graph.config import Settings
from kbs_graph.files import named_graph
from kbs_graph.search import indexing
from kbs_graph.snapshots import SnapshotStore
from kbs_graph.terms import Iri
from webui import serving
from webui.app import create_app

DATA = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
ONE, TWO, THREE = (DATA.format(number) for number in (1, 2, 3))
DOCUMENT = "http://xmlns.com/foaf/0.1/Document"
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
ASK = "ASK {}"
TYPED = f"ASK {{ <{ONE}> a ?type . <{TWO}> a ?type . }}"
BY_GRAPH = f"GRAPH ?g1 {{ <{ONE}> a ?type }} GRAPH ?g2 {{ <{TWO}> a ?type }}"
DEFAULT = "default-graph-uri"
NONE = {DEFAULT: DATA.format(0)}
NAMED = [("named-graph-uri", ONE), ("named-graph-uri", TWO)]
CHANGE = "INSERT { GRAPH <http://example.org/x> { ?s a ?c } } WHERE { ?s a ?c }"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A client of a service over the three graphs of the tests: each says that it is a document."""
    folder = tmp_path_factory.mktemp("w3c")
    snapshots = SnapshotStore(folder)
    graphs = {
        Iri(iri): named_graph(Iri(iri), [ox.Triple(ox.NamedNode(iri), ox.NamedNode(RDF.type), ox.NamedNode(DOCUMENT))])
        for iri in (ONE, TWO, THREE)
    }
    with snapshots.lock():
        snapshots.publish(graphs, {"version": "0", "counts": {}, "context": {}}, indexing.build)
    app = create_app(Settings(var=folder))
    app.test_client_class = Reader
    yield app.test_client()
    with app.app_context():
        serving.service().close()


def queries() -> Iterator[Check]:
    group, true = "W3C query", {"mimetype": JSON, "told": "true"}
    direct = {"method": "POST", "kind": QUERY}
    both = [(DEFAULT, ONE), (DEFAULT, TWO)]
    full = f"ASK {{ <{THREE}> a ?type {BY_GRAPH} }}"
    asked_twice = f"ASK FROM <{THREE}> {{ {BY_GRAPH} }}"
    yield Check(group, "query_post_form", method="POST", url=NONE, body=b"query=ASK%20%7B%7D", kind=FORM, **true)
    yield Check(group, "query_dataset_default_graphs_get", url=[("query", TYPED), *both], **true)
    yield Check(group, "query_dataset_default_graphs_post", url=both, body=TYPED, **direct, **true)
    yield Check(group, "query_dataset_named_graphs_post", url=NAMED, body=f"ASK {{ {BY_GRAPH} }}", **direct, **true)
    yield Check(group, "query_dataset_named_graphs_get", url=[("query", f"ASK {{ {BY_GRAPH} }}"), *NAMED], **true)
    yield Check(group, "query_dataset_full", url=[(DEFAULT, THREE), *NAMED], body=full, **direct, **true)
    yield Check(group, "query_multiple_dataset", url=NAMED, body=asked_twice, **direct, **true)
    yield Check(group, "query_get", url={"query": ASK, **NONE}, **true)
    yield Check(group, "query_content_type_select", url=NONE, body="SELECT (1 AS ?value) {}", mimetype=JSON, **direct)
    yield Check(group, "query_content_type_ask", url=NONE, body=ASK, mimetype=JSON, **direct)
    describe, construct = "DESCRIBE <http://example.org/>", "CONSTRUCT { <s> <p> 1 } WHERE {}"
    yield Check(group, "query_content_type_describe", url=NONE, body=describe, mimetype=TURTLE, **direct)
    yield Check(group, "query_content_type_construct", url=NONE, body=construct, mimetype=TURTLE, **direct)
    yield Check(group, "query_post_direct", body=ASK, **direct, **true)


def updates() -> Iterator[Check]:
    group, direct = "W3C update, refused", {"status": 403, "method": "POST", "kind": UPDATE}
    using = "using-graph-uri"
    base = "INSERT DATA { GRAPH <http://example.org/g> { <http://example.org/s> <http://example.org/p> <test> } }"
    yield Check(group, "update_dataset_default_graph", url={using: ONE}, body=CHANGE, **direct)
    yield Check(group, "update_dataset_default_graphs", url=[(using, ONE), (using, TWO)], body=CHANGE, **direct)
    yield Check(group, "update_dataset_named_graphs", url={"using-named-graph-uri": ONE}, body=CHANGE, **direct)
    yield Check(group, "update_dataset_full", url={using: ONE, "using-named-graph-uri": TWO}, body=CHANGE, **direct)
    yield Check(group, "update_post_form", 403, method="POST", body=b"update=CLEAR+ALL", kind=FORM)
    yield Check(group, "update_post_direct", body="CLEAR ALL", **direct)
    yield Check(group, "update_base_uri", body=base, **direct)


def bad_requests() -> Iterator[Check]:
    group, post = "W3C bad request", {"method": "POST"}
    utf16 = {"query": ASK.encode("utf-16"), "update": "CLEAR NAMED".encode("utf-16")}
    conflict = "WITH <http://example/addresses> DELETE { ?p ?q ?r } INSERT { ?p ?q 1 } WHERE { ?p ?q ?r }"
    twice = b"update=CLEAR%20NAMED&update=CLEAR%20DEFAULT"
    people = {"using-named-graph-uri": "http://example/people"}
    yield Check(group, "bad_query_method", 405, method="PUT", url={"query": ASK, **NONE}, kind=FORM)
    yield Check(group, "bad_multiple_queries", 400, url=[("query", ASK), ("query", "SELECT * {}")])
    yield Check(group, "bad_query_wrong_media_type", 415, body=ASK, kind="text/plain", **post)
    yield Check(group, "bad_query_missing_form_type", 415, body=b"query=ASK%20%7B%7D", **post)
    yield Check(group, "bad_query_missing_direct_type", 415, body=ASK, **post)
    yield Check(group, "bad_query_non_utf8", 400, body=utf16["query"], kind=f"{QUERY}; charset=UTF-16", **post)
    yield Check(group, "bad_query_syntax", 400, url={"query": "ASK {"})
    yield Check(group, "bad_update_get", 403, url={"update": "CLEAR ALL"})
    yield Check(group, "bad_multiple_updates", 403, body=twice, kind=FORM, **post)
    yield Check(group, "bad_update_wrong_media_type", 415, body="CLEAR NAMED", kind="text/plain", **post)
    yield Check(group, "bad_update_missing_form_type", 415, body=b"update=CLEAR%20NAMED", **post)
    yield Check(group, "bad_update_non_utf8", 403, body=utf16["update"], kind=f"{UPDATE}; charset=UTF-16", **post)
    yield Check(group, "bad_update_syntax", 403, body=b"update=CLEAR%20XYZ", kind=FORM, **post)
    yield Check(group, "bad_update_dataset_conflict", 403, url=people, body=conflict, kind=UPDATE, **post)


@table([*queries(), *updates(), *bad_requests()])
def test_the_protocol(client: FlaskClient, check: Check) -> None:
    check.run(client)
    unchanged = {"query": f"ASK {{ GRAPH <{ONE}> {{ <{ONE}> a <{DOCUMENT}> }} }}"}
    assert client.get("/sparql", query_string=unchanged).get_json(force=True)["boolean"] is True


def test_all_descriptions_of_the_protocol_have_a_row() -> None:
    assert len([*queries(), *updates(), *bad_requests()]) == 34


def description(client: FlaskClient) -> Graph:
    answer = client.get("/sparql", headers={"Accept": TURTLE})
    assert (answer.status_code, answer.mimetype) == (200, TURTLE)
    return Graph().parse(data=answer.text, format="turtle")


def test_returns_rdf(client: FlaskClient) -> None:
    """W3C service description: GET on endpoint returns RDF."""
    assert len(description(client)) > 0


def test_has_endpoint_triple(client: FlaskClient) -> None:
    """W3C service description: it contains a matching sd:endpoint triple."""
    assert list(description(client).objects(None, SD.endpoint)) == [URIRef("http://localhost/sparql")]


SCHEMA = {
    SD.endpoint: (SD.Service, None),
    SD.feature: (SD.Service, {SD.UnionDefaultGraph}),
    SD.supportedLanguage: (SD.Service, {SD.SPARQL11Query}),
    SD.resultFormat: (SD.Service, None),
    SD.defaultEntailmentRegime: (SD.Service, {URIRef("http://www.w3.org/ns/entailment/Simple")}),
    SD.defaultDataset: (SD.Service, SD.Dataset),
    SD.defaultGraph: (SD.Dataset, SD.Graph),
    SD.namedGraph: (SD.Dataset, SD.NamedGraph),
    SD.name: (SD.NamedGraph, None),
    SD.graph: (SD.NamedGraph, SD.Graph),
}
"""Of what the terms are said and what their values are (Service Description, section 3): a class or known values."""


def test_conforms_to_schema(client: FlaskClient) -> None:
    """W3C service description: it conforms to the schema."""
    graph = description(client)
    used = {predicate for predicate in graph.predicates() if predicate in SD}
    assert used == SCHEMA.keys()
    for term in used:
        domain, values = SCHEMA[term]
        for subject, value in graph.subject_objects(term):
            assert (subject, RDF.type, domain) in graph
            if isinstance(values, set):
                assert value in values
            elif values:
                assert (value, RDF.type, values) in graph
    assert SD.BasicFederatedQuery not in graph.objects(None, SD.feature)
    assert set(graph.objects(None, SD.name)) == {URIRef(iri) for iri in (ONE, TWO, THREE)}
