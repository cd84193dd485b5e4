"""In which form the endpoint answers: by Accept header, by `format`, and when it says it has nothing of the kind."""

import csv
import io
import json
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from rdflib import Dataset, Graph
from sparql_checks import (
    BROWSER,
    CSV,
    HTML,
    JSON,
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    RDF_XML,
    TRIG,
    TSV,
    TURTLE,
    XML,
    Check,
    table,
)

SELECT = "SELECT (1 AS ?a) (<a:b> AS ?b) {}"
ASK = "ASK {}"
CONSTRUCT = "CONSTRUCT { <a:a> <a:b> 'é' } {}"
DESCRIBE = "DESCRIBE <https://w3id.org/kennisbouwstenen/id/domein/inkomen>"
COMUNICA = (
    "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,application/n-triples;q=0.8,"
    "text/turtle;q=0.6,application/rdf+xml;q=0.5,text/n3;q=0.35,application/xml;q=0.3,text/html;q=0.2"
)


def results() -> Iterator[Check]:
    group = "form of results"
    accepts = {
        "*/*": JSON,
        "": JSON,
        ",;": JSON,
        "nonsense": JSON,
        "application/*": JSON,
        "text/*": CSV,
        "application/json": JSON,
        "application/xml": XML,
        "text/xml": XML,
        "text/tsv": TSV,
        f"{XML}, {JSON};q=0.9": XML,
        f"{CSV};q=0.2, {TSV};q=0.3": TSV,
        f"{JSON};q=0, */*;q=0.1": XML,
        f"text/turtle, {CSV};q=0.1": CSV,
        f"{JSON};q=abc": JSON,
        f"{JSON};q=1.0,{XML};q=0.7": JSON,
        f"{CSV}; header=present": CSV,
        "text/html;q=0.2, */*": JSON,
        f"{XML};q=.7, {TSV};q=.8, text/html;q=.2": TSV,
        "a/b," * 500 + TSV: TSV,
        COMUNICA: XML,
    }
    for kind in (JSON, XML, CSV, TSV):
        yield Check(group, kind, url={"query": SELECT}, accept=kind, mimetype=kind)
        yield Check(group, f"ASK as {kind}", url={"query": ASK}, accept=kind, mimetype=kind, told="true")
    yield Check(group, "no Accept header", url={"query": SELECT}, mimetype=JSON)
    for accept, kind in accepts.items():
        yield Check(group, repr(accept[:60]), url={"query": SELECT}, accept=accept, mimetype=kind)
    yield Check(group, "a browser", url={"query": SELECT}, accept=BROWSER, mimetype=HTML)
    for accept in ("image/png", "*/*;q=0", TURTLE, N_QUADS):
        yield Check(group, f"only {accept}", 406, url={"query": SELECT}, accept=accept)
    wrong = {"url": {"query": ASK}, "accept": "image/png"}
    yield Check(group, "the refusal names what there is", 406, told=f"{JSON}, {XML}, {CSV}, {TSV}, {TURTLE}", **wrong)


def graphs() -> Iterator[Check]:
    group = "form of graphs"
    accepts = {
        "*/*": TURTLE,
        "application/*": JSON_LD,
        "text/*": TURTLE,
        "application/json": JSON_LD,
        "application/xml": RDF_XML,
        "text/plain": N_TRIPLES,
        "application/x-turtle": TURTLE,
        "text/n3": TURTLE,
        f"{TURTLE};q=0.5, {N_TRIPLES};q=0.6": N_TRIPLES,
        f"{JSON}, {RDF_XML};q=0.1": RDF_XML,
        COMUNICA: N_QUADS,
    }
    for kind in (TURTLE, N_TRIPLES, RDF_XML, JSON_LD, N_QUADS, TRIG):
        yield Check(group, kind, url={"query": CONSTRUCT}, accept=kind, mimetype=kind)
        yield Check(group, f"DESCRIBE as {kind}", url={"query": DESCRIBE}, accept=kind, mimetype=kind)
    yield Check(group, "no Accept header", url={"query": CONSTRUCT}, mimetype=TURTLE)
    for accept, kind in accepts.items():
        yield Check(group, repr(accept[:60]), url={"query": CONSTRUCT}, accept=accept, mimetype=kind)
    yield Check(group, "a browser", url={"query": CONSTRUCT}, accept=BROWSER, mimetype=HTML)
    for accept in (JSON, CSV, "image/png"):
        yield Check(group, f"only {accept}", 406, url={"query": CONSTRUCT}, accept=accept)


def not_xml() -> Iterator[Check]:
    """What fits in no XML is refused as XML, and given in another form."""
    texts = {
        "a control sign": 'SELECT ("a\\u0001b" AS ?x) {}',
        "NUL": 'SELECT ("\\u0000" AS ?x) {}',
        "in a graph": 'CONSTRUCT { <a:a> <a:b> "\\u001F" } {}',
        "a property without a name": "CONSTRUCT { <a:a> <http://e/1> 1 } {}",
    }
    for name, text in texts.items():
        yield Check("no XML", name, 406, told="XML", url={"query": text, "format": "xml"})
        yield Check("no XML", f"{name}, as JSON", url={"query": text, "format": "json"})
    spaces = 'SELECT ("a\\t\\n\\r<b:c >" AS ?x) {}'
    yield Check("no XML", "but spaces and brackets", url={"query": spaces, "format": "xml"}, mimetype=XML)


def names() -> Iterator[Check]:
    """Clients of other stores name the form in the address (`format`, `output`); then it comes before Accept."""
    group = "format parameter"
    forms = {"json": JSON, "xml": XML, "csv": CSV, "tsv": TSV, XML: XML, "JSON": JSON, "html": HTML}
    for name, kind in forms.items():
        yield Check(group, name, url={"query": SELECT, "format": name}, accept=TSV, mimetype=kind)
    graphs = {"turtle": TURTLE, "ttl": TURTLE, "n3": TURTLE, "nt": N_TRIPLES, "rdf+xml": RDF_XML, "xml": RDF_XML}
    for name, kind in {**graphs, "json": JSON_LD, "json-ld": JSON_LD, "nq": N_QUADS, N_TRIPLES: N_TRIPLES}.items():
        yield Check(group, f"{name} of a graph", url={"query": CONSTRUCT, "format": name}, mimetype=kind)
    yield Check(group, "output", url={"query": SELECT, "output": "csv"}, mimetype=CSV)
    yield Check(group, "a plus sign as it is", url=f"query=ASK{{}}&format={XML}", mimetype=XML)
    yield Check(group, "in a form", method="POST", body={"query": SELECT, "format": "csv"}, mimetype=CSV)
    yield Check(group, "from a browser", url={"query": SELECT, "format": "csv"}, accept=BROWSER, mimetype=CSV)
    yield Check(group, "of the other kind", url={"query": SELECT, "format": "turtle"}, accept=CSV, mimetype=CSV)
    yield Check(group, "that we do not have", 406, told="format", url={"query": SELECT, "format": "yaml"})
    yield Check(group, "empty", url={"query": SELECT, "format": ""}, mimetype=JSON)


@table([*results(), *graphs(), *not_xml(), *names()])
def test_the_form_is_the_one_asked_for(client: FlaskClient, check: Check) -> None:
    answer = check.run(client)
    assert "Accept" in answer.vary
    if answer.mimetype in (XML, RDF_XML):
        ElementTree.fromstring(answer.text)


def ask(client: FlaskClient, query: str, accept: str) -> str:
    answer = client.get("/sparql", query_string={"query": query}, headers={"Accept": accept})
    assert answer.status_code == 200
    return answer.text


def test_every_form_of_results_can_be_read(client: FlaskClient) -> None:
    assert json.loads(ask(client, SELECT, JSON))["results"]["bindings"][0]["b"] == {"type": "uri", "value": "a:b"}
    root = ElementTree.fromstring(ask(client, SELECT, XML))
    assert [item.text for item in root.iter("{http://www.w3.org/2005/sparql-results#}uri")] == ["a:b"]
    assert list(csv.reader(io.StringIO(ask(client, SELECT, CSV)))) == [["a", "b"], ["1", "a:b"]]
    assert ask(client, SELECT, TSV) == "?a\t?b\n1\t<a:b>\n"


@pytest.mark.parametrize(("query", "truth"), [(ASK, "true"), ("ASK { <a:none> ?p ?o }", "false")])
def test_the_truth_is_one_word_as_csv_and_tsv(client: FlaskClient, query: str, truth: str) -> None:
    """The recommendation has CSV and TSV for SELECT only; the word alone is what other stores give, too."""
    assert {ask(client, query, kind).strip() for kind in (CSV, TSV)} == {truth}


@pytest.mark.parametrize("kind", [TURTLE, N_TRIPLES, RDF_XML, JSON_LD])
def test_every_form_of_a_graph_says_the_same(client: FlaskClient, kind: str) -> None:
    found = Graph().parse(data=ask(client, DESCRIBE, kind), format=kind)
    assert len(found) > 5
    assert set(found) == set(Graph().parse(data=ask(client, DESCRIBE, N_TRIPLES), format="nt"))


@pytest.mark.parametrize("kind", [N_QUADS, TRIG])
def test_a_graph_as_quads_is_the_default_graph(client: FlaskClient, kind: str) -> None:
    found = Dataset().parse(data=ask(client, DESCRIBE, kind), format=kind)
    assert set(found.default_graph) == set(Graph().parse(data=ask(client, DESCRIBE, N_TRIPLES), format="nt"))
