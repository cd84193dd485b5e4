"""Things as data: 303, content negotiation, formats, Link headers, tombstones, the model."""

import json
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from rdflib import RDF, Graph, URIRef
from rdflib.namespace import SKOS

from kbs_graph.config import Settings
from webui.app import create_app

IRI = URIRef("https://w3id.org/kennisbouwstenen/id/aspect/geldzorgen-signaleren")
ID, DATA = "/id/aspect/geldzorgen-signaleren", "/data/aspect/geldzorgen-signaleren"
TYPES = {"ttl": "text/turtle", "jsonld": "application/ld+json", "rdf": "application/rdf+xml"}
TYPES["nt"] = "application/n-triples"
PAGE = "/nl/aspect/geldzorgen-signaleren"


@pytest.mark.parametrize(
    ("accept", "leads_to"),
    [
        (None, PAGE),
        ("*/*", PAGE),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", PAGE),
        ("application/xhtml+xml", PAGE),
        ("text/turtle", DATA + ".ttl"),
        ("text/turtle;charset=utf-8", DATA + ".ttl"),
        ("application/ld+json;profile=x, text/turtle;q=0.5", DATA + ".jsonld"),
        ("application/rdf+xml;q=0.9, text/html;q=0.8", DATA + ".rdf"),
        ("application/n-triples", DATA + ".nt"),
        ("text/html;q=0, */*;q=0.1", None),
        ("", PAGE),
        (";;;,,=", PAGE),
        ("text/html;q=abc", PAGE),
        ("x" * 5000, PAGE),
    ],
)
def test_a_thing_leads_to_page_or_data(client: FlaskClient, accept: str | None, leads_to: str | None) -> None:
    answer = client.get(ID, headers={} if accept is None else {"Accept": accept})
    assert answer.status_code == 303
    assert {"Accept", "Accept-Language"} <= {name.strip() for name in answer.headers["Vary"].split(",")}
    if leads_to:
        assert answer.location == "http://localhost" + leads_to
    else:
        assert "/data/" in answer.location


def test_a_thing_leads_to_the_page_in_the_readers_language(client: FlaskClient) -> None:
    assert client.get(ID, headers={"Accept-Language": "en"}).location.endswith("/en/aspect/geldzorgen-signaleren")


@pytest.mark.parametrize("path", [ID, DATA])
def test_nothing_acceptable_is_told_with_what_there_is(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert answer.mimetype == "application/problem+json"
    assert "text/turtle" in answer.get_json(force=True)["detail"]


@pytest.mark.parametrize(
    "path", ["/id/aspect/bestaat-niet", "/data/aspect/bestaat-niet", "/data/aspect/geldzorgen.ttl"]
)
def test_an_unknown_thing_is_404(client: FlaskClient, path: str) -> None:
    assert client.get(path, headers={"Accept": "text/turtle"}).status_code == 404


@pytest.mark.parametrize(("ending", "media_type"), TYPES.items())
def test_every_format_says_the_same(client: FlaskClient, ending: str, media_type: str) -> None:
    by_ending = client.get(f"{DATA}.{ending}")
    assert by_ending.mimetype == media_type
    graph = Graph().parse(
        data=by_ending.data, format={"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml"}.get(ending, ending)
    )
    nquads = client.get(f"{DATA}.nt").text
    assert len(graph) == len(nquads.splitlines()) > 40
    assert (IRI, RDF.type, SKOS.Concept) in graph
    negotiated = client.get(DATA, headers={"Accept": media_type})
    assert negotiated.data == by_ending.data
    assert negotiated.headers["Content-Location"] == f"{DATA}.{ending}"
    assert set(negotiated.vary) == {"Accept", "Accept-Encoding"}
    assert negotiated.headers["Access-Control-Allow-Origin"] == "*"


def test_data_links_to_the_thing_its_other_forms_and_the_licence(client: FlaskClient) -> None:
    links = client.get(f"{DATA}.ttl").headers.getlist("Link")
    assert f'<{IRI}>; rel="describes"' in links
    assert f'<http://localhost{DATA}.jsonld>; rel="alternate"; type="application/ld+json"' in links
    assert '<https://creativecommons.org/licenses/by/4.0/>; rel="license"' in links
    assert not any(f"{DATA}.ttl" in link for link in links)


def test_data_the_reader_has_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get(DATA, headers={"Accept": "text/turtle"})
    known = {"Accept": "text/turtle", "If-None-Match": first.headers["ETag"]}
    again = client.get(DATA, headers=known)
    assert (again.status_code, again.data) == (304, b"")
    assert set(again.vary) == {"Accept", "Accept-Encoding"}
    assert client.get(DATA, headers={**known, "Accept": "application/ld+json"}).status_code == 200


def test_a_tombstone_keeps_its_data_while_its_page_is_gone(client: FlaskClient, browser: FlaskClient) -> None:
    assert client.get("/id/aspect/schulden").status_code == 303
    assert "Opgegaan in een ander aspect" in client.get("/data/aspect/schulden.ttl").text
    page = browser.get("/nl/aspect/schulden")
    assert page.status_code == 410
    for told in ("Opgegaan in een ander aspect.", "31 maart 2025", 'href="/nl/aspect/geldzorgen-signaleren"'):
        assert told in page.text
    assert client.get("/nl/aspect/schulden").mimetype == "application/problem+json"


def test_the_model_is_a_page_and_data(client: FlaskClient, browser: FlaskClient) -> None:
    page = browser.get("/def")
    assert 'id="KnowledgeAspect"' in page.text
    assert browser.get("/def?lang=en").text != page.text
    turtle = client.get("/def", headers={"Accept": "text/turtle"})
    assert turtle.headers["Content-Location"] == "/def.ttl"
    assert client.get("/def.ttl").data == turtle.data
    assert len(Graph().parse(data=turtle.data, format="turtle")) > 300
    assert client.get("/def", headers={"Accept": "image/png"}).status_code == 406
    context = client.get("/def/context.jsonld")
    assert "@context" in json.loads(context.data)
    assert context.mimetype == "application/ld+json"


def test_the_public_base_can_be_set(settings: Settings) -> None:
    app = create_app(replace(settings, base_url="https://kennis.example/"))
    answer = app.test_client().get(ID, headers={"Accept": "text/turtle"})
    assert answer.location == f"https://kennis.example{DATA}.ttl"
