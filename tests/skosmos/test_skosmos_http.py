"""What HTTP adds: types by Accept, JSONP, ETags, what every site may read, redirects, data in its formats."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import rdflib
from flask.testing import FlaskClient
from rdflib.compare import isomorphic
from rdflib.namespace import RDF, RDFS, SKOS

ID = "https://w3id.org/kennisbouwstenen/id/"
CONCEPT = f"{ID}aspect/meldcode"
UPL = "http://standaarden.overheid.nl/owms/terms/mldcdhuisgewkndmis"
INFORMATION = "/rest/v1/kennisbouwstenen/"
DATA = "/rest/v1/kennisbouwstenen/data"
FORMATS = ("application/rdf+xml", "text/turtle", "application/ld+json", "application/json")


def graph_of(client: FlaskClient, form: str, path: str = DATA, uri: str = CONCEPT) -> rdflib.Graph:
    answer = client.get(path, query_string={"uri": uri, "format": form})
    assert answer.content_type == f"{form}; charset=utf-8"
    parser = {"application/rdf+xml": "xml", "text/turtle": "turtle"}.get(form, "json-ld")
    return rdflib.Graph().parse(data=answer.data, format=parser)


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("text/html,*/*;q=0.8", "application/json"),
        ("text/html", "application/json"),
        ("application/ld+json", "application/ld+json"),
        ("application/json;q=0.5, application/ld+json", "application/ld+json"),
        ("application/json, application/ld+json;q=0.9", "application/json"),
        ("nonsense", "application/json"),
    ],
)
def test_json_comes_in_the_type_asked_for(client: FlaskClient, accept: str | None, given: str) -> None:
    answer = client.get(INFORMATION, headers={"Accept": accept} if accept else {})
    assert answer.content_type == f"{given}; charset=utf-8"
    assert "Accept" in answer.vary


def test_a_callback_gets_its_answer_as_a_call(client: FlaskClient) -> None:
    answer = client.get(INFORMATION, query_string={"callback": "mijn.functie"})
    assert answer.content_type == "application/javascript; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.text.startswith("mijn.functie({") and answer.text.endswith("});")
    assert json.loads(answer.text[len("mijn.functie(") : -2]) == client.get(INFORMATION).json


@pytest.mark.parametrize("name", ["1a", "a b", "a-b", "a()", "a.", ".a", "é", "a" * 101, "<script>", "a\n"])
def test_a_callback_is_a_name(client: FlaskClient, name: str) -> None:
    answer = client.get(INFORMATION, query_string={"callback": name})
    assert answer.status_code == 400
    assert answer.content_type == "text/plain; charset=utf-8"
    assert name not in answer.text or name in ("a b",)


def test_what_a_client_has_already_is_not_sent_again(client: FlaskClient) -> None:
    for path in (INFORMATION, f"{DATA}?uri={CONCEPT}", "/rest/v1/search?query=meld*"):
        first = client.get(path)
        again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", ["", "vocabularies", "kennisbouwstenen/", "kennisbouwstenen/search", "nowhere/"])
def test_a_browser_may_ask_beforehand(client: FlaskClient, path: str) -> None:
    answer = client.options(f"/rest/v1/{path}", headers={"Origin": "https://a.example"})
    assert answer.status_code in (200, 204)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "GET" in answer.headers["Access-Control-Allow-Methods"]
    refused = client.post(f"/rest/v1/{path}")
    assert refused.status_code == 405
    assert refused.headers["Access-Control-Allow-Origin"] == "*"


def test_a_vocabulary_without_a_slash_leads_to_it_with_all_that_was_asked(client: FlaskClient) -> None:
    answer = client.get("/rest/v1/aspecten?lang=en")
    assert answer.status_code == 302
    assert answer.location.endswith("/rest/v1/aspecten/?lang=en")


def test_data_is_the_same_in_every_format(client: FlaskClient) -> None:
    graphs = [graph_of(client, form) for form in FORMATS]
    assert all(isomorphic(graphs[0], other) for other in graphs[1:])
    assert isomorphic(graphs[0], graph_of(client, "text/turtle", "/rest/v1/data"))
    concept = rdflib.URIRef(CONCEPT)
    (broader,) = graphs[0].objects(concept, SKOS.broader)
    assert set(graphs[0].objects(broader, SKOS.prefLabel)) == {
        rdflib.Literal("Veiligheid", "nl"),
        rdflib.Literal("Safety", "en"),
    }
    for linked in (*graphs[0].objects(concept, SKOS.inScheme), *graphs[0].objects(concept, RDF.type)):
        assert linked == SKOS.Concept or (linked, RDFS.label, None) in graphs[0]


def test_data_as_json_has_the_shape_that_clients_read(client: FlaskClient) -> None:
    document: Any = client.get(DATA, query_string={"uri": CONCEPT, "format": "application/json"}).json
    first = document["graph"][0]
    assert first["uri"] == CONCEPT
    assert first["type"] == ["skos:Concept", "k:KnowledgeAspect"]
    assert {"lang": "nl", "value": "De meldcode toepassen"} in first["prefLabel"]
    assert first["broader"] == {"uri": f"{ID}domein/veiligheid"}
    assert {each["lang"] for each in first["skos:definition"]} == {"nl", "en"}
    assert first["dct:created"]["type"] == "xsd:date"
    assert any(node["uri"] == f"{ID}domein/veiligheid" and node["prefLabel"] for node in document["graph"])
    context = document["@context"]
    assert (context["uri"], context["graph"], context["prefLabel"]) == ("@id", "@graph", "skos:prefLabel")


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        (None, "application/rdf+xml"),
        ("*/*", "application/rdf+xml"),
        ("application/json", "application/json"),
        ("text/turtle;q=0.9, application/ld+json;q=0.8", "text/turtle"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/rdf+xml"),
        ("text/html", None),
    ],
)
def test_data_without_a_format_is_negotiated(client: FlaskClient, accept: str | None, given: str | None) -> None:
    answer = client.get(DATA, query_string={"uri": CONCEPT}, headers={"Accept": accept} if accept else {})
    assert answer.status_code == (200 if given else 406)
    assert answer.content_type == f"{given or 'text/plain'}; charset=utf-8"


def test_a_scheme_has_data_too(client: FlaskClient) -> None:
    scheme = f"{ID}kader/kennisbouwstenen"
    for path in (DATA, "/rest/v1/data"):
        assert (rdflib.URIRef(scheme), SKOS.hasTopConcept, None) in graph_of(client, "text/turtle", path, scheme)


@pytest.mark.parametrize(
    ("asked", "accept", "name"),
    [
        ({}, None, "kennisbouwstenen.ttl"),
        ({"format": "application/n-triples"}, None, "kennisbouwstenen.nt"),
        ({}, "application/n-triples", "kennisbouwstenen.nt"),
        ({"format": "application/rdf+xml"}, None, "kennisbouwstenen.rdf"),
        ({}, "application/ld+json", "kennisbouwstenen.jsonld"),
    ],
)
def test_all_data_is_the_download(client: FlaskClient, asked: dict[str, str], accept: str | None, name: str) -> None:
    answer = client.get(DATA, query_string=asked, headers={"Accept": accept} if accept else {})
    assert answer.status_code == 302
    path = urlsplit(answer.location).path
    assert path == f"/dumps/{name}"
    assert client.head(path).status_code == 200


def test_all_data_in_a_format_that_is_not_made_says_which_are(client: FlaskClient) -> None:
    answer = client.get(DATA, query_string={"format": "text/csv"})
    assert answer.status_code == 406
    assert "text/turtle application/ld+json" in answer.text


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("/kennisbouwstenen/", "/nl/kader/kennisbouwstenen"),
        ("/aspecten", "/nl/kader/aspecten"),
        ("/aspecten/en/", "/en/kader/aspecten"),
        ("/aspecten/en/page/aspect/meldcode", "/en/aspect/meldcode"),
        (f"/aspecten/nl/page/?uri={CONCEPT}", "/nl/aspect/meldcode"),
        (f"/kennisbouwstenen/en/page?uri={CONCEPT}", "/en/aspect/meldcode"),
        ("/upl/nl/page/mldcdhuisgewkndmis", "/nl/kader/upl"),
        (f"/entity?uri={CONCEPT}", "/nl/aspect/meldcode"),
        (f"/entity?uri={ID}kader/aspecten", "/nl/kader/aspecten"),
        (f"/entity?uri={UPL}", "/nl/kader/upl"),
    ],
)
def test_pages_of_skosmos_are_pages_of_ours(client: FlaskClient, path: str, there: str) -> None:
    answer = client.get(path, headers={"Accept-Language": "nl"})
    assert answer.status_code == 303
    assert urlsplit(answer.location).path == there
    assert client.get(there).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        *("/nowhere", "/nowhere/", "/rest", "/search", "/data/", "/nowhere/nl/page/aspect/meldcode"),
        *("/aspecten/nl/page/", "/aspecten/nl/page/nowhere", f"/aspecten/nl/page/?uri={ID}domein/inkomen"),
        *("/aspecten/fr/", "/entity", "/entity?uri=", f"/entity?uri={ID}aspect/nowhere"),
    ],
)
def test_what_is_no_page_of_a_vocabulary_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/nl", "/en"])
def test_a_language_stays_the_beginning_of_pages(client: FlaskClient, path: str) -> None:
    answer = client.get(path, follow_redirects=True)
    assert (answer.status_code, answer.request.path) == (200, f"{path}/")


def test_no_vocabulary_is_called_as_a_part_of_the_site(client: FlaskClient) -> None:
    """Its address would lead there and not to the vocabulary."""
    ids = {each["id"] for each in client.get("/rest/v1/vocabularies?lang=nl").json["vocabularies"]}
    assert len(ids) > 15
    for vocid in ids:
        assert client.get(f"/{vocid}/").location.endswith(f"/kader/{vocid}"), vocid


@pytest.mark.parametrize("form", ["application/json", "text/turtle"])
def test_an_entity_leads_programs_to_its_data(client: FlaskClient, form: str) -> None:
    answer = client.get("/entity", query_string={"uri": CONCEPT}, headers={"Accept": form})
    assert answer.status_code == 303
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    parts = urlsplit(answer.location)
    assert parts.path == "/rest/v1/kennisbouwstenen/data"
    assert parse_qs(parts.query) == {"uri": [CONCEPT], "format": [form]}
    assert client.get(f"{parts.path}?{parts.query}").content_type == f"{form}; charset=utf-8"
