"""The same site over our own store, Oxigraph and Virtuoso: the same bytes. Only the first has a store of its own."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from rdflib import Graph
from rdflib.compare import isomorphic

from kbs_graph import queries
from kbs_graph.config import Settings
from kbs_graph.remote import checking
from kbs_graph.remote.publishing import publish
from kbs_graph.snapshots import Snapshot
from tests.remote.sites import forget_own_store
from tests.remote.stores import KINDS, Store
from webui import serving
from webui.app import create_app

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
PAGES = (
    "/nl/",
    "/nl/domein/inkomen",
    "/nl/aspect/schulden-basis",
    "/en/aspect/meldcode",
    "/nl/competentie/signaleren-en-agenderen",
    "/en/doelgroep/lvb",
    "/nl/organisatie/nji",
    "/nl/bron/kb-introductie",
    "/nl/casus/kind-regelt-de-post",
    "/nl/signaal/ongeopende-post",
    "/nl/specialist/huisarts",
    "/nl/begrip/inwoner",
    "/nl/kader/kennisbouwstenen",
    "/nl/status/voorstel",
    "/nl/aspect",
    "/nl/bron?gebied=inkomen",
    "/nl/zoeken?q=schulden",
    "/nl/dekking",
    "/nl/koppelingen",
    "/nl/casushulp",
    "/nl/teamscan",
    "/nl/aanleveren",
    "/nl/aspect/bestaat-niet",
    "/data/aspect/schulden-basis.ttl",
    "/data/bron/kb-introductie.jsonld",
    "/graphs/domains",
    "/graphs/herkomst",
    "/nl/koppelingen.csv",
)
NEGOTIATED = (
    ("/id/aspect/meldcode", "text/html"),
    ("/id/aspect/meldcode", "text/turtle"),
    ("/data/aspect/meldcode", "application/rdf+xml"),
    ("/data/aspect/meldcode", "application/ld+json"),
    ("/data/aspect/meldcode", "image/png"),
)
K = "PREFIX k: <https://w3id.org/kennisbouwstenen/def#> PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/> "
QUESTIONS = {
    "select": K + "SELECT ?d ?o WHERE { ?d a k:KnowledgeDomain ; k:order ?o } ORDER BY ?o",
    "numbers": "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
    "graphs": "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
    "one graph": K + "SELECT (COUNT(*) AS ?n) WHERE { GRAPH g:domains { ?s ?p ?o } }",
    "from": K + "SELECT (COUNT(*) AS ?n) FROM g:domains WHERE { ?s ?p ?o }",
    "from others": "SELECT (COUNT(*) AS ?n) FROM <http://example.org/others> WHERE { ?s ?p ?o }",
    "from named": K + "SELECT DISTINCT ?g FROM NAMED g:domains WHERE { GRAPH ?g { ?s ?p ?o } }",
    "names as texts": K
    + 'SELECT ?g { ?g a k:Graph FILTER(?g = g:notions || STR(?g) = "https://w3id.org/kennisbouwstenen/graphs/domains")'
    "} ORDER BY ?g",
    "booleans": K + "SELECT ?s ?o WHERE { ?s k:safety ?o } ORDER BY ?s LIMIT 5",
    "durations": "SELECT ?s ?o WHERE { ?s <https://schema.org/timeRequired> ?o } ORDER BY ?s",
    "texts": K + "SELECT ?o WHERE { ?s k:wheelLabel ?o } ORDER BY STR(?o) LANG(?o)",
    "ask": K + "ASK { ?s a k:Case }",
    "nothing": K + "SELECT ?s WHERE { ?s a k:Nothing }",
}
RESULTS = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values")
GRAPHS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
    "application/ld+json": "json-ld",
}
REFUSED = {
    "SELECT * {": 400,
    "SELECT * WHERE { SERVICE <http://example.org/> { ?s ?p ?o } }": 400,
    "DROP ALL": 403,
    "DEFINE input:default-graph-uri <http://example.org/others> SELECT * { ?s ?p ?o }": 400,
    "SELECT * { " + "{" * 300 + "?s ?p ?o" + "}" * 300 + " }": 400,
}
Ask = Callable[..., Any]


@pytest.fixture(scope="module", params=("local", *KINDS))
def reader(
    request: pytest.FixtureRequest,
    real_snapshot: Snapshot,
    tmp_path_factory: pytest.TempPathFactory,
    stores: Callable[[str], Store],
) -> Iterator[FlaskClient]:
    """A client of the site over one store."""
    kind = request.param
    var = tmp_path_factory.mktemp(kind) / "var"
    shutil.copytree(real_snapshot.path.parents[1], var)
    config = Settings(root=ROOT, var=var, base_url="https://kennis.example", query_seconds=60.0, quiet_seconds=0)
    if kind != "local":
        config = Settings(**{**vars(config), **stores(kind).settings})
        publish(config, force=True)
        assert all(each.same for each in checking.check(config))
        forget_own_store(var)
    app = create_app(config)
    yield app.test_client()
    with app.app_context():
        serving.service().close()


@pytest.fixture(scope="module")
def known() -> dict[object, object]:
    """What the first of the stores answered, which is our own."""
    return {}


def same(known: dict[object, object], key: object, found: object) -> bool:
    return known.setdefault(key, found) == found


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_the_same(reader: FlaskClient, known: dict[object, object], path: str) -> None:
    response = reader.get(path, headers={"Accept": "text/html, */*;q=0.1"})
    assert response.status_code == (404 if "bestaat-niet" in path else 200)
    assert same(known, path, response.data)


@pytest.mark.parametrize(("path", "accept"), NEGOTIATED)
def test_negotiation_is_the_same(reader: FlaskClient, known: dict[object, object], path: str, accept: str) -> None:
    response = reader.get(path, headers={"Accept": accept})
    found = (response.status_code, response.content_type, response.headers.get("Location"), response.data)
    assert response.status_code == (406 if accept == "image/png" else 303 if path.startswith("/id/") else 200)
    assert same(known, (path, accept), found)


@pytest.mark.parametrize("accept", RESULTS)
@pytest.mark.parametrize("name", QUESTIONS)
def test_an_answer_is_the_same(reader: FlaskClient, known: dict[object, object], name: str, accept: str) -> None:
    response = reader.post("/sparql", data={"query": QUESTIONS[name]}, headers={"Accept": accept})
    if name == "ask" and accept.startswith("text/"):
        assert response.status_code in (200, 406)
    else:
        assert (response.status_code, response.mimetype) == (200, accept)
    assert same(known, (name, accept), response.data)


@pytest.mark.parametrize("accept", GRAPHS)
def test_a_graph_as_answer_is_the_same(reader: FlaskClient, known: dict[object, object], accept: str) -> None:
    query = queries.fill("pages/home")
    response = reader.post("/sparql", data={"query": query}, headers={"Accept": accept})
    assert (response.status_code, response.mimetype) == (200, accept)
    found = Graph().parse(data=response.data, format=GRAPHS[accept])
    assert len(found) > 100
    assert isomorphic(known.setdefault("home", found), found)


@pytest.mark.parametrize("query", REFUSED)
def test_what_is_refused_is_refused_in_the_same_way(
    reader: FlaskClient, known: dict[object, object], query: str
) -> None:
    response = reader.post("/sparql", data={"query": query}, headers={"Accept": "application/sparql-results+json"})
    assert response.status_code == REFUSED[query]
    assert same(known, query, response.data)


def test_head_and_get_have_the_same_head(reader: FlaskClient) -> None:
    asked = {"query_string": {"query": QUESTIONS["select"]}, "headers": {"Accept": "text/csv"}}
    got, head = reader.get("/sparql", **asked), reader.head("/sparql", **asked)
    assert (got.status_code, got.content_type) == (head.status_code, head.content_type)
    assert head.data == b""
