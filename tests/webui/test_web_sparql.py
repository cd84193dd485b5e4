"""The SPARQL endpoint: the dataset asked, limits, short and long answers, and answers a client has already."""

import gzip
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from small_site import Reader
from sparql_checks import BROWSER, CSV, QUERY, Check, table

from kbs_graph.config import Settings
from kbs_graph.sparql import WHOLE
from webui import serving
from webui.app import create_app

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
COUNT_GRAPHS = "SELECT (COUNT(DISTINCT ?g) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
NEVER_ENDS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a = ?z) }"
LARGE = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f }"
LONG = f"{LARGE} LIMIT 50000"
GRAPHS = "https://w3id.org/kennisbouwstenen/graphs/"
GRAPH, OTHER = GRAPHS + "domains", GRAPHS + "organisations"
DEFAULT, NAMED = "default-graph-uri", "named-graph-uri"


@pytest.fixture(scope="module")
def tight(settings: Settings, short: int) -> Iterator[FlaskClient]:
    """A client of a service with tiny limits."""
    app = create_app(
        replace(settings, query_seconds=short, query_output_mb=1, query_workers=1, query_forgiven_seconds=0.001)
    )
    app.test_client_class = Reader
    yield app.test_client()
    with app.app_context():
        serving.service().close()


def number(client: FlaskClient, query: str, *dataset: tuple[str, str]) -> int:
    answer = client.get("/sparql", query_string=[("query", query), *dataset])
    assert answer.status_code == 200
    return int(answer.get_json(force=True)["results"]["bindings"][0]["n"]["value"])


def test_without_a_dataset_the_union_of_all_graphs_is_the_default(client: FlaskClient) -> None:
    parts = [number(client, COUNT, (DEFAULT, graph)) for graph in (GRAPH, OTHER)]
    assert min(parts) > 0
    assert number(client, COUNT, (DEFAULT, GRAPH), (DEFAULT, OTHER)) == sum(parts) < number(client, COUNT)


def test_the_dataset_of_the_protocol_is_all_there_is(client: FlaskClient) -> None:
    assert number(client, COUNT_GRAPHS) > 2
    assert number(client, COUNT_GRAPHS, (DEFAULT, GRAPH)) == 0
    assert number(client, COUNT, (NAMED, GRAPH)) == 0
    assert number(client, COUNT_GRAPHS, (NAMED, GRAPH), (NAMED, OTHER)) == 2
    assert number(client, COUNT_GRAPHS, (NAMED, GRAPH), (NAMED, GRAPH + "-none")) == 1


@pytest.mark.parametrize("clause", [f"FROM <{GRAPH}>", f"FROM <{GRAPH}> FROM NAMED <{OTHER}>"])
def test_from_is_not_ignored_and_the_protocol_wins(client: FlaskClient, clause: str) -> None:
    query = COUNT.replace("WHERE", f"{clause} WHERE")
    one, other = (number(client, COUNT, (DEFAULT, graph)) for graph in (GRAPH, OTHER))
    assert number(client, query) == one != other
    assert number(client, query, (DEFAULT, OTHER)) == other


def test_the_dataset_goes_with_every_way_to_ask(client: FlaskClient) -> None:
    one = client.get("/sparql", query_string={"query": COUNT, DEFAULT: GRAPH})
    form = client.post("/sparql", data={"query": COUNT, DEFAULT: [GRAPH, GRAPH + "-none"]})
    beside = client.post(f"/sparql?{urlencode({DEFAULT: GRAPH})}", data={"query": COUNT})
    direct = client.post(f"/sparql?{urlencode({DEFAULT: GRAPH})}", data=COUNT, content_type=QUERY)
    assert one.data == form.data == beside.data == direct.data


def dataset() -> Iterator[Check]:
    for field in (DEFAULT, NAMED):
        for wrong in ("", "domains", "a b", "<a:b>", "http://e/%zz"):
            told = "%25" if "%" in wrong else field
            yield Check("dataset", f"{field} {wrong!r}", 400, told=told, url=f"query=ASK+{{}}&{field}={wrong}")
    yield Check("dataset", "a graph that is not there", url={"query": "ASK { ?s ?p ?o }", DEFAULT: "a:b"}, told="false")


@table(dataset())
def test_the_dataset_is_named_by_iris(client: FlaskClient, check: Check) -> None:
    check.run(client)


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


def test_the_time_limit_is_named_and_open_to_others(tight: FlaskClient, short: int) -> None:
    english = {"Accept-Language": "en"}
    Check("limit", "time", 503, told=f"{short} second", url={"query": NEVER_ENDS}, sent=english).run(tight)


def test_a_too_large_answer_is_refused_and_the_next_is_answered(tight: FlaskClient) -> None:
    Check("limit", "output", 413, told="1 MiB", url={"query": LARGE}).run(tight)
    Check("limit", "after it", url={"query": "ASK {}"}).run(tight)


@pytest.mark.parametrize("accept", ["*/*", CSV, BROWSER])
def test_a_head_request_works_nothing_out_and_keeps_no_worker(tight: FlaskClient, accept: str) -> None:
    """The answers to these queries hit a limit; the question what they would come as does not."""
    for query in (NEVER_ENDS, LARGE, COUNT):
        answer = tight.head("/sparql", query_string={"query": query}, headers={"Accept": accept})
        assert (answer.status_code, answer.data) == (200, b"")


def test_a_head_request_has_the_headers_of_the_answer_and_does_not_stand_in_for_it(client: FlaskClient) -> None:
    asked = {"query": f"{COUNT} # head", "x": "1"}
    head, answer = (client.open("/sparql", method=method, query_string=asked) for method in ("HEAD", "GET"))
    assert answer.data
    for name in ("Content-Type", "ETag", "Cache-Control", "Access-Control-Allow-Origin"):
        assert head.headers[name] == answer.headers[name]
    assert set(head.vary) == set(answer.vary) == {"Accept", "Accept-Encoding"}
    assert client.head("/sparql", query_string=asked).headers["ETag"] == answer.headers["ETag"]


def test_a_head_request_gives_no_etag_that_the_packed_answer_may_not_have(client: FlaskClient) -> None:
    asked = {"query": "SELECT * { ?s ?p ?o } # head, packed"}
    packed = {"Accept-Encoding": "gzip"}
    head, answer = (client.open("/sparql", method=name, query_string=asked, headers=packed) for name in ("HEAD", "GET"))
    assert answer.headers["ETag"].endswith('-gzip"')
    assert "ETag" not in head.headers and set(head.vary) == set(answer.vary)
    assert client.head("/sparql", query_string=asked, headers=packed).headers["ETag"] == answer.headers["ETag"]


def test_a_slash_at_the_end_of_the_address_is_no_fault(client: FlaskClient) -> None:
    """The test descriptions of the W3C and many settings of clients have it."""
    answer = client.post("/sparql/", data={"query": "ASK {}"}, headers={"Accept": "*/*"})
    assert answer.get_json(force=True)["boolean"] is True and answer.headers["Access-Control-Allow-Origin"] == "*"


def test_a_stable_query_has_an_etag(client: FlaskClient) -> None:
    first = client.get("/sparql", query_string={"query": COUNT})
    assert first.headers["Cache-Control"] == "no-cache"
    known = {"If-None-Match": first.headers["ETag"]}
    for method in ("GET", "HEAD"):
        again = client.open("/sparql", method=method, query_string={"query": COUNT}, headers=known)
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["Access-Control-Allow-Origin"] == "*"
    for other in ({"query": COUNT, DEFAULT: GRAPH}, {"query": COUNT + " "}):
        assert client.get("/sparql", query_string=other, headers=known).status_code == 200
    other_form = client.get("/sparql", query_string={"query": COUNT}, headers={**known, "Accept": CSV})
    assert other_form.status_code == 200


@pytest.mark.parametrize("call", ["NOW()", "RAND()", "UUID()", "STRUUID()", "BNODE()"])
def test_what_changes_by_itself_is_not_kept(client: FlaskClient, call: str) -> None:
    asked = {"query": f"SELECT ({call} AS ?x) {{}}"}
    first, second = (client.get("/sparql", query_string=asked) for _ in range(2))
    assert "ETag" not in first.headers
    assert first.headers["Cache-Control"] == "no-store"
    assert call == "BNODE()" or first.data != second.data


def test_a_posted_query_is_kept_by_nobody(client: FlaskClient) -> None:
    answer = client.post("/sparql", data={"query": COUNT})
    assert "ETag" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_short_answer_says_how_long_it_is_and_a_long_one_streams(client: FlaskClient) -> None:
    short = client.get("/sparql", query_string={"query": COUNT})
    assert int(short.headers["Content-Length"]) == len(short.data)
    long = client.get("/sparql", query_string={"query": LONG})
    assert len(long.data) > WHOLE
    assert "Content-Length" not in long.headers
    assert len(long.get_json(force=True)["results"]["bindings"]) == 50_000


@pytest.mark.parametrize("query", [LONG, "SELECT * { ?s ?p ?o } LIMIT 50"], ids=["long", "short"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_answers_are_packed_for_who_can_unpack(client: FlaskClient, method: str, query: str) -> None:
    asked = {"query_string": {"query": query}} if method == "GET" else {"data": {"query": query}}
    plain = client.open("/sparql", method=method, **asked)
    packed = client.open("/sparql", method=method, headers={"Accept-Encoding": "gzip"}, **asked)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 4
    if method == "GET":
        assert "Accept-Encoding" in plain.vary and "Accept-Encoding" in packed.vary
        assert packed.headers["ETag"] != plain.headers["ETag"]
        for known in (packed, plain):
            again = client.get("/sparql", headers={"If-None-Match": known.headers["ETag"]}, **asked)
            assert again.status_code == 304
