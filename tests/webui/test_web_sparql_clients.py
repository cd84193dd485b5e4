"""The endpoint under its real server, asked by the clients researchers use: SPARQLWrapper, rdflib and curl."""

import json
import os
import shutil
import subprocess
import warnings
from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.parse import urlencode

import pytest
import SPARQLWrapper as sw
from rdflib import RDF, Graph, URIRef
from rdflib.namespace import SKOS
from rdflib.plugins.stores.sparqlconnector import SPARQLConnectorException
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from small_site import running
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from kbs_graph.config import Settings

SELECT = "SELECT ?label { <https://w3id.org/kennisbouwstenen/id/domein/inkomen> skos:prefLabel ?label } ORDER BY ?label"
SELECT = f"PREFIX skos: <{SKOS}> {SELECT}"
CONSTRUCT = "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c } ORDER BY ?s ?c LIMIT 20"
LABELS = ["Income", "Inkomen"]


@pytest.fixture(scope="module")
def endpoint(settings: Settings) -> Iterator[str]:
    with running(settings) as address:
        yield f"{address}/sparql"


@pytest.fixture(params=[(sw.GET, sw.URLENCODED), (sw.POST, sw.URLENCODED), (sw.POST, sw.POSTDIRECTLY)], ids=" ".join)
def wrapper(endpoint: str, request: pytest.FixtureRequest) -> sw.SPARQLWrapper:
    method, how = request.param
    found = sw.SPARQLWrapper(endpoint)
    found.setMethod(method)
    found.setRequestMethod(how)
    return found


@pytest.mark.parametrize("form", [sw.JSON, sw.XML, sw.CSV, sw.TSV])
def test_sparqlwrapper_reads_results(wrapper: sw.SPARQLWrapper, form: str) -> None:
    wrapper.setQuery(SELECT)
    wrapper.setReturnFormat(form)
    found = wrapper.queryAndConvert()
    if form == sw.JSON:
        labels = [row["label"]["value"] for row in found["results"]["bindings"]]
    elif form == sw.XML:
        labels = [node.firstChild.data for node in found.getElementsByTagName("literal")]
    else:
        labels = [line.strip('\r"').partition('"')[0] for line in found.decode().splitlines()[1:]]
    assert labels == LABELS


@pytest.mark.parametrize("form", [sw.XML, sw.RDFXML, sw.TURTLE, sw.N3, sw.JSONLD])
def test_sparqlwrapper_reads_graphs(wrapper: sw.SPARQLWrapper, form: str) -> None:
    wrapper.setQuery(CONSTRUCT)
    wrapper.setReturnFormat(form)
    found = wrapper.queryAndConvert()
    graph = found if isinstance(found, Graph) else Graph().parse(data=found)
    assert len(graph) == 20 and set(graph.predicates()) == {RDF.type}


@pytest.mark.parametrize("form", [sw.JSON, sw.XML])
def test_sparqlwrapper_asks(wrapper: sw.SPARQLWrapper, form: str) -> None:
    wrapper.setQuery("ASK { ?s ?p ?o }")
    wrapper.setReturnFormat(form)
    found = wrapper.queryAndConvert()
    assert found["boolean"] if form == sw.JSON else found.getElementsByTagName("boolean")[0].firstChild.data == "true"


def test_sparqlwrapper_names_the_dataset(wrapper: sw.SPARQLWrapper) -> None:
    wrapper.setQuery(SELECT)
    wrapper.setReturnFormat(sw.JSON)
    wrapper.addDefaultGraph("https://w3id.org/kennisbouwstenen/graphs/organisations")
    assert wrapper.queryAndConvert()["results"]["bindings"] == []


def test_sparqlwrapper_tells_what_is_wrong(wrapper: sw.SPARQLWrapper) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # it cannot tell what kind of query this is
        wrapper.setQuery("SELECT * {\n ?s ?p }")
    with pytest.raises(QueryBadFormed, match="regel 2, kolom 8"):
        wrapper.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["xml", "json", "csv", "tsv"])
def test_rdflib_reads_results(endpoint: str, method: str, form: str) -> None:
    store = Graph(SPARQLStore(endpoint, method=method, returnFormat=form))
    assert [str(row.label) for row in store.query(SELECT)] == LABELS


def test_rdflib_walks_through_the_graph(endpoint: str) -> None:
    store = Graph(SPARQLStore(endpoint))
    thing = URIRef("https://w3id.org/kennisbouwstenen/id/domein/inkomen")
    assert sorted(str(label) for label in store.objects(thing, SKOS.prefLabel)) == LABELS
    assert (thing, SKOS.prefLabel, None) in store
    assert len(store) > 100
    assert store.query("ASK { ?s ?p ?o }").askAnswer is True
    assert len(store.query(CONSTRUCT).graph or ()) == 20


def test_rdflib_cannot_change_anything(endpoint: str) -> None:
    store = SPARQLUpdateStore(endpoint, endpoint)
    with pytest.raises((HTTPError, SPARQLConnectorException), match="403"):
        store.update("INSERT DATA { <http://e/a> <http://e/b> <http://e/c> }")


@pytest.fixture(scope="module")
def curl() -> str:
    found = shutil.which("curl")
    if not found:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("this test needs curl")
    assert found
    return found


def run(*command: str) -> str:
    return subprocess.run([*command, "--silent", "--show-error"], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    "options",
    [
        ["--get", "--data-urlencode", f"query={SELECT}"],
        ["--data-urlencode", f"query={SELECT}"],
        ["--data-binary", SELECT, "--header", "Content-Type: application/sparql-query"],
        ["--compressed", "--data-urlencode", f"query={SELECT}", "--data", "format=json"],
    ],
    ids=["get", "form", "direct", "packed"],
)
def test_curl_asks(endpoint: str, curl: str, options: list[str]) -> None:
    rows = json.loads(run(curl, endpoint, *options))["results"]["bindings"]
    assert [row["label"]["value"] for row in rows] == LABELS


def test_curl_shows_headers_alone(endpoint: str, curl: str) -> None:
    shown = run(curl, "--head", f"{endpoint}?{urlencode({'query': SELECT})}")
    assert shown.startswith("HTTP/1.1 200 OK") and "application/sparql-results+json" in shown
