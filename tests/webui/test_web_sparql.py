"""The SPARQL endpoint: protocol, forms of answers, refusals, limits, and the page for people."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from small_site import Reader

from kbs_graph.config import Settings
from webui import serving
from webui.app import create_app

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
FORM = "application/x-www-form-urlencoded"
NEVER_ENDS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a = ?z) }"
LARGE = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f }"
GRAPH = "https://w3id.org/kennisbouwstenen/graphs/domains"


@pytest.fixture(scope="module")
def tight(settings: Settings) -> Iterator[FlaskClient]:
    """A client of a service with tiny limits."""
    app = create_app(replace(settings, query_seconds=1.0, query_output_mb=1, query_workers=1))
    app.test_client_class = Reader
    yield app.test_client()
    with app.app_context():
        serving.service().close()


def count(client: FlaskClient, **fields: object) -> int:
    answer = client.get("/sparql", query_string={"query": COUNT, **fields})
    assert answer.status_code == 200
    return int(answer.get_json(force=True)["results"]["bindings"][0]["n"]["value"])


def test_the_three_ways_to_ask_give_the_same_answer(client: FlaskClient) -> None:
    by_get = client.get("/sparql", query_string={"query": COUNT})
    assert by_get.mimetype == "application/sparql-results+json"
    assert by_get.headers["Access-Control-Allow-Origin"] == "*"
    by_form = client.post("/sparql", data={"query": COUNT})
    direct = client.post("/sparql", data=COUNT, content_type="application/sparql-query; charset=UTF-8")
    assert by_get.data == by_form.data == direct.data


@pytest.mark.parametrize(
    ("accept", "mimetype"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("text/turtle, text/csv;q=0.1", "text/csv"),
    ],
)
def test_results_come_in_the_form_asked_for(client: FlaskClient, accept: str, mimetype: str) -> None:
    answer = client.get("/sparql", query_string={"query": COUNT}, headers={"Accept": accept})
    assert (answer.status_code, answer.mimetype) == (200, mimetype)
    assert answer.headers["Vary"] == "Accept"


@pytest.mark.parametrize(
    "accept", ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"]
)
@pytest.mark.parametrize(
    "query", ["CONSTRUCT WHERE { ?s a ?o }", "DESCRIBE <https://w3id.org/kennisbouwstenen/id/domein/inkomen>"]
)
def test_graphs_come_in_the_form_asked_for(client: FlaskClient, accept: str, query: str) -> None:
    answer = client.get("/sparql", query_string={"query": query}, headers={"Accept": accept})
    assert (answer.status_code, answer.mimetype) == (200, accept)
    assert answer.data


def test_ask_is_answered(client: FlaskClient) -> None:
    assert client.get("/sparql", query_string={"query": "ASK {}"}).get_json(force=True)["boolean"] is True


def test_the_dataset_of_the_protocol_wins(client: FlaskClient) -> None:
    everything, one = count(client), count(client, **{"default-graph-uri": GRAPH})
    assert 0 < one < everything
    posted = client.post("/sparql", data={"query": COUNT, "default-graph-uri": [GRAPH, GRAPH + "-none"]})
    assert int(posted.get_json(force=True)["results"]["bindings"][0]["n"]["value"]) == one
    assert count(client, **{"named-graph-uri": GRAPH}) == 0
    direct = client.post(
        f"/sparql?{urlencode({'default-graph-uri': GRAPH})}", data=COUNT, content_type="application/sparql-query"
    )
    assert int(direct.get_json(force=True)["results"]["bindings"][0]["n"]["value"]) == one


def test_from_is_not_ignored(client: FlaskClient) -> None:
    asked = {"query": COUNT.replace("WHERE", f"FROM <{GRAPH}> WHERE")}
    answer = client.get("/sparql", query_string=asked).get_json(force=True)
    assert int(answer["results"]["bindings"][0]["n"]["value"]) == count(client, **{"default-graph-uri": GRAPH})


@pytest.mark.parametrize(
    ("status", "request_"),
    [
        (400, {"method": "GET", "query_string": [("query", COUNT), ("query", COUNT)]}),
        (400, {"method": "POST", "query_string": {"query": COUNT}, "data": {"query": COUNT}}),
        (
            400,
            {
                "method": "POST",
                "query_string": {"query": COUNT},
                "data": COUNT,
                "content_type": "application/sparql-query",
            },
        ),
        (400, {"method": "POST", "data": {"x": "y"}}),
        (400, {"method": "GET", "query_string": {"query": ""}}),
        (400, {"method": "GET", "query_string": {"query": "SELECT"}}),
        (400, {"method": "GET", "path": "/sparql?query=%ff"}),
        (400, {"method": "POST", "data": b"query=\xe9", "content_type": FORM}),
        (400, {"method": "POST", "data": "# é\nASK {}".encode("latin-1"), "content_type": "application/sparql-query"}),
        (
            400,
            {
                "method": "POST",
                "data": "ASK {}".encode("utf-16"),
                "content_type": "application/sparql-query; charset=utf-16",
            },
        ),
        (400, {"method": "POST", "data": "&".join("a=b" for _ in range(2000)), "content_type": FORM}),
        (400, {"method": "GET", "query_string": {"query": "INSERT DATA { <a:a> <a:b> <a:c> }"}}),
        (400, {"method": "GET", "query_string": {"query": "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"}}),
        (400, {"method": "POST", "data": {"query": "SELECT * {" + "{" * 20000 + "}" * 20000 + "}"}}),
        (403, {"method": "GET", "query_string": {"update": "CLEAR ALL"}}),
        (403, {"method": "POST", "data": {"update": "CLEAR ALL"}}),
        (403, {"method": "POST", "data": {"query": COUNT, "update": "CLEAR ALL"}}),
        (403, {"method": "POST", "data": "CLEAR ALL", "content_type": "application/sparql-update"}),
        (405, {"method": "PUT", "data": COUNT}),
        (405, {"method": "DELETE"}),
        (413, {"method": "POST", "data": "ASK {}" + " " * 70_000, "content_type": "application/sparql-query"}),
        (413, {"method": "POST", "data": "ASK {}" + " " * (2 << 20), "content_type": "application/sparql-query"}),
        (413, {"method": "POST", "data": {"query": "ASK {}" + " " * (2 << 20)}}),
        (415, {"method": "POST", "data": COUNT, "content_type": "text/plain"}),
        (415, {"method": "POST", "data": COUNT}),
        (415, {"method": "POST", "data": {"query": COUNT}, "content_type": "multipart/form-data"}),
        (406, {"method": "GET", "query_string": {"query": COUNT}, "headers": {"Accept": "image/png"}}),
        (406, {"method": "GET", "query_string": {"query": COUNT}, "headers": {"Accept": "text/turtle"}}),
        (406, {"method": "GET", "headers": {"Accept": "text/csv"}}),
    ],
)
def test_a_refusal_is_clear(client: FlaskClient, status: int, request_: dict[str, object]) -> None:
    answer = client.open(**{"path": "/sparql", **request_})  # type: ignore[arg-type]
    assert answer.status_code == status, answer.text
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json(force=True)["detail"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "query",
    [
        NEVER_ENDS,
        "SELECT * WHERE { <a:a> " + "/".join(["<a:b>"] * 800) + " ?x }",
        "SELECT * WHERE { " + " ".join(f"BIND(1 AS ?v{n})" for n in range(3000)) + " }",
        "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d), STR(?g))) AS ?x) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    ],
    ids=["never-ends", "800-path-steps", "3000-binds", "memory"],
)
def test_a_query_past_a_limit_is_refused_and_the_next_is_answered(tight: FlaskClient, query: str) -> None:
    answer = tight.post("/sparql", data={"query": query})
    assert answer.status_code in (200, 503)
    if answer.status_code == 503:
        assert answer.headers["Retry-After"] == "5"
        assert "smaller" in tight.post("/sparql?lang=en", data={"query": NEVER_ENDS}).get_json(force=True)["detail"]
    assert tight.get("/sparql", query_string={"query": "ASK {}"}).status_code == 200


def test_a_too_large_answer_is_refused_and_the_next_is_answered(tight: FlaskClient) -> None:
    assert tight.get("/sparql", query_string={"query": LARGE}).status_code == 413
    assert tight.get("/sparql", query_string={"query": "ASK {}"}).status_code == 200


def test_a_head_request_keeps_no_worker(tight: FlaskClient) -> None:
    for _ in range(3):
        assert tight.head("/sparql", query_string={"query": COUNT}).status_code == 200


def test_a_stable_query_has_an_etag(client: FlaskClient) -> None:
    first = client.get("/sparql", query_string={"query": COUNT})
    known = {"If-None-Match": first.headers["ETag"]}
    assert client.get("/sparql", query_string={"query": COUNT}, headers=known).status_code == 304
    other_form = client.get("/sparql", query_string={"query": COUNT}, headers={**known, "Accept": "text/csv"})
    assert other_form.status_code == 200
    assert "ETag" not in client.get("/sparql", query_string={"query": "SELECT (NOW() AS ?n) {}"}).headers
    assert "ETag" not in client.post("/sparql", data={"query": COUNT}).headers


def test_without_a_query_it_describes_itself(client: FlaskClient, browser: FlaskClient) -> None:
    description = client.get("/sparql")
    assert description.mimetype == "text/turtle"
    assert "<http://localhost/sparql>" in description.text
    page = browser.get("/sparql")
    assert page.mimetype == "text/html"
    assert "<textarea" in page.text
    assert "Begin met een voorbeeld" in page.text


def test_other_sites_may_ask(client: FlaskClient) -> None:
    answer = client.options("/sparql")
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in answer.headers["Access-Control-Allow-Headers"]


LABELS = "SELECT ?thing ?label WHERE { ?thing a <https://w3id.org/kennisbouwstenen/def#KnowledgeDomain> ; "
LABELS += "<http://www.w3.org/2004/02/skos/core#prefLabel> ?label } ORDER BY ?thing ?label"


def test_the_page_shows_a_table_with_caption_and_row_count(browser: FlaskClient) -> None:
    page = browser.post("/sparql?lang=nl", data={"query": LABELS}).text
    assert "<caption>4 rijen</caption>" in page
    assert '<th scope="col">label</th>' in page
    assert '<a href="/nl/domein/inkomen">https://w3id.org/kennisbouwstenen/id/domein/inkomen</a>' in page
    assert '<td lang="en">Income</td>' in page
    assert "KnowledgeDomain&gt;" in page.split("<textarea")[1].split("</textarea>")[0]


def test_the_page_shows_truth_and_graphs(browser: FlaskClient) -> None:
    assert "<p>Ja</p>" in browser.get("/sparql", query_string={"query": "ASK {}"}).text
    assert "<pre" in browser.get("/sparql", query_string={"query": "CONSTRUCT WHERE { ?s a ?o }"}).text


@pytest.mark.parametrize(
    ("query", "status", "told"), [("SELECT", 400, "geen geldige SPARQL"), (LARGE, 413, "te groot")]
)
def test_the_page_tells_what_is_wrong_in_the_readers_language(
    browser: FlaskClient, query: str, status: int, told: str
) -> None:
    page = browser.post("/sparql", data={"query": query})
    assert page.status_code == status
    assert told in page.text
    assert f">{query}</textarea>" in page.text
