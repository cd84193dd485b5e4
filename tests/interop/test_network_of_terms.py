"""Our entry for the Network of Terms: sound by its rules, and asked of the real endpoint as the Network asks it."""

import json
import re
from pathlib import Path
from urllib.parse import urlencode

import pyshacl
import pytest
import urllib3
from rdflib import RDF, RDFS, SKOS, Graph, Namespace, URIRef
from rdflib.plugins.sparql import prepareQuery

from kbs_graph import catalog
from kbs_graph.errors import NotRunnable
from kbs_graph.interop import network_of_terms
from kbs_graph.interop.site_address import EXAMPLE
from kbs_graph.store import LocalStore
from kbs_graph.terms import ID

BASE = "https://kennis.voorbeeld.nl"
SCHEME = ID + "kader/kennisbouwstenen"
SEARCH, LOOKUP = (f"queries/{name}/kennisbouwstenen.rq" for name in ("search", "lookup"))
SCHEMA = Namespace("http://schema.org/")
RANK = URIRef("http://purl.org/voc/vrank#simpleRank")
WITHOUT_A_QUERY = (
    "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,application/n-triples;q=0.8,"
    "text/turtle;q=0.6,application/rdf+xml;q=0.5,application/json;q=0.45,text/n3;q=0.35,application/xml;q=0.3,"
    "image/svg+xml;q=0.3,text/xml;q=0.3,text/html;q=0.2,application/xhtml+xml;q=0.18"
)
COUNTING = "application/sparql-results+json;q=1.0,application/sparql-results+xml;q=0.7"
SHAPES = Path(__file__).with_name("network-of-terms-shapes.ttl")


@pytest.fixture(scope="module")
def entry() -> dict[str, str]:
    return network_of_terms.entry(BASE)


def described(entry: dict[str, str]) -> Graph:
    """The dataset and its publisher as RDF; these terms have addresses as values in the context of schema.org."""
    addresses = ("url", "mainEntityOfPage", "contentUrl")
    context = {"@vocab": str(SCHEMA), **{name: {"@id": SCHEMA[name], "@type": "@id"} for name in addresses}}
    graph = Graph()
    for name in ("datasets/kennisbouwstenen.jsonld", "publisher.jsonld"):
        document = json.loads(entry[name])
        assert document["@context"] == "https://schema.org"
        graph.parse(data=json.dumps({**document, "@context": context}), format="json-ld")
    return graph


def without_prefixes(query: str) -> str:
    """The same query with every name written out, as Comunica sends it."""
    declared = dict(re.findall(r"^PREFIX (\w+:) <(.+)>$", query, re.MULTILINE))
    bare = re.sub(r"^(PREFIX .*|#.*)\n", "", query, flags=re.MULTILINE)
    written = re.sub(r"\b(\w+:)(\w+)\b", lambda name: f"<{declared[name[1]]}{name[2]}>", bare)
    assert repr(prepareQuery(written).algebra) == repr(prepareQuery(query).algebra)
    return written


def asked(entry: dict[str, str], words: str, limit: int = 20) -> str:
    """The search query as the Network fills it in: the values as VALUES, in the part that picks the concepts."""
    values = f'VALUES ?query {{ "{words}" }} VALUES ?datasetUri {{ <{SCHEME}> }}'
    text = entry[SEARCH].replace("#LIMIT#", f"LIMIT {limit}")
    return without_prefixes(
        text.replace("(MAX(?points) AS ?score) WHERE {", f"(MAX(?points) AS ?score) WHERE {{ {values}")
    )


def looked_up(entry: dict[str, str], *iris: str) -> str:
    text = entry[LOOKUP].replace("?uris", " ".join(f"<{iri}>" for iri in iris))
    return without_prefixes(text.replace("WHERE {", f"WHERE {{ VALUES ?datasetUri {{ <{SCHEME}> }}", 1))


def post(site: str, query: str, accept: str = "text/turtle") -> urllib3.BaseHTTPResponse:
    """A query as Comunica sends it."""
    headers = {
        "Accept": accept,
        "Content-Type": "application/x-www-form-urlencoded",
        "User-Agent": "Comunica/actor-http-fetch (Node.js v22.0.0; linux)",
    }
    answer = urllib3.request("POST", f"{site}/sparql", body=urlencode({"query": query}), headers=headers)
    assert answer.status == 200, answer.data
    return answer


def found(site: str, query: str) -> Graph:
    answer = post(site, query)
    assert answer.headers["Content-Type"].startswith("text/turtle")
    return Graph().parse(data=answer.data, format="turtle")


def ranked(graph: Graph) -> list[str]:
    """The ids of what was found, as the Network shows them: by score, then by name."""
    every = [
        (-float(str(graph.value(uri, RANK))), min(map(str, graph.objects(uri, SKOS.prefLabel))), str(uri)[len(ID) :])
        for uri in graph.subjects(RDF.type, SKOS.Concept)
    ]
    return [name for _, _, name in sorted(every)]


def test_the_entry_obeys_the_rules_of_the_catalogue(entry: dict[str, str]) -> None:
    graph = described(entry)
    assert (URIRef(SCHEME), RDF.type, SCHEMA.Dataset) in graph
    conforms, _, text = pyshacl.validate(graph, shacl_graph=Graph().parse(SHAPES))
    assert conforms, text


@pytest.mark.parametrize("name", ["name", "genre", "inLanguage", "mainEntityOfPage", "description", "distribution"])
def test_an_entry_without_what_is_required_does_not(entry: dict[str, str], name: str) -> None:
    graph = described(entry)
    graph.remove((URIRef(SCHEME), SCHEMA[name], None))
    assert not pyshacl.validate(graph, shacl_graph=Graph().parse(SHAPES))[0]


def test_the_entry_tells_of_this_graph(entry: dict[str, str], real_store: LocalStore) -> None:
    graph = described(entry)
    editors = URIRef(ID + "organisatie/redactie")
    assert (URIRef(SCHEME), SCHEMA.creator, editors) in graph
    there = catalog.thing(real_store, "organisatie", "redactie").label
    assert {name.language: str(name) for name in graph.objects(editors, SCHEMA.name)} == dict(there)
    assert set(graph.objects(None, SCHEMA.contentUrl)) == {URIRef(f"{BASE}/sparql")}
    queries = {str(query).removeprefix("file://../") for query in graph.objects(None, SCHEMA.query)}
    assert queries == {path for path in entry if path.endswith(".rq")}


def test_nothing_of_the_example_is_left(entry: dict[str, str]) -> None:
    assert all(EXAMPLE not in text for text in entry.values())
    assert entry[SEARCH].count(BASE) == entry[LOOKUP].count(BASE) == 1


@pytest.mark.parametrize(
    "wrong", ["", "http://kennis.nl", "https://localhost", "https://kennis.nl/pad", 'https://k.nl"', "kennis.nl"]
)
def test_only_a_public_https_address_will_do(wrong: str) -> None:
    with pytest.raises(NotRunnable):
        network_of_terms.entry(wrong)


@pytest.mark.slow
def test_without_a_query_the_endpoint_describes_itself_in_rdf(site: str) -> None:
    answer = urllib3.request("GET", f"{site}/sparql", headers={"Accept": WITHOUT_A_QUERY})
    assert answer.status == 200
    kind = answer.headers["Content-Type"].partition(";")[0]
    graph = Graph().parse(data=answer.data, format=kind, publicID=f"{site}/sparql")
    service = Namespace("http://www.w3.org/ns/sparql-service-description#")
    assert list(graph.objects(None, service.endpoint)) == [URIRef(f"{site}/sparql")]


@pytest.mark.slow
def test_a_search_gives_what_the_network_shows(entry: dict[str, str], site: str) -> None:
    graph = found(site, asked(entry, "eenzaamheid"))
    best = URIRef(ID + ranked(graph)[0])
    assert ranked(graph)[0] == "aspect/eenzaamheid-signaleren"
    assert {label.language for label in graph.objects(best, SKOS.prefLabel)} == {"nl", "en"}
    assert list(graph.objects(best, SKOS.altLabel)) and list(graph.objects(best, SKOS.hiddenLabel))
    assert {note.language for note in graph.objects(best, SKOS.scopeNote)} == {"nl", "en"}
    assert list(graph.objects(best, RDFS.seeAlso)) == [URIRef(f"{BASE}/nl/aspect/eenzaamheid-signaleren")]
    for link in (SKOS.broader, SKOS.related):
        assert list(graph.objects(best, link))
        assert all(graph.value(other, SKOS.prefLabel) for other in graph.objects(best, link))
    for uri in graph.subjects(RDF.type, SKOS.Concept):
        assert float(str(graph.value(uri, RANK))) >= 5


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "first"),
    [("inkomen", "domein/inkomen"), ("meldcode", "aspect/meldcode"), ("lvb", "doelgroep/lvb")],
)
def test_a_whole_name_comes_first(entry: dict[str, str], site: str, words: str, first: str) -> None:
    assert ranked(found(site, asked(entry, words)))[0] == first


@pytest.mark.slow
def test_a_search_gives_no_more_than_was_asked_and_nothing_for_nonsense(entry: dict[str, str], site: str) -> None:
    assert len(ranked(found(site, asked(entry, "e", limit=7)))) == 7
    assert len(found(site, asked(entry, "qwxyz"))) == 0


@pytest.mark.slow
def test_the_estimate_counts_the_same_pattern(entry: dict[str, str], site: str) -> None:
    query = asked(entry, "schulden")
    pattern = query[query.index("WHERE {") :]
    answer = post(site, f"SELECT (COUNT(*) AS ?count) {pattern}", COUNTING)
    assert answer.headers["Content-Type"] == "application/sparql-results+json"
    (row,) = answer.json()["results"]["bindings"]
    assert int(row["count"]["value"]) > len(ranked(found(site, query))) > 0


@pytest.mark.slow
def test_a_lookup_gives_the_concept_of_this_dataset_and_no_other(entry: dict[str, str], site: str) -> None:
    aspect, sign = ID + "aspect/meldcode", ID + "signaal/wil-geen-hulp"
    graph = found(site, looked_up(entry, aspect, sign, "https://w3id.org/kennisbouwstenen/id/aspect/nee"))
    assert set(graph.subjects(RDF.type, SKOS.Concept)) == {URIRef(aspect)}
    assert (URIRef(aspect), SKOS.inScheme, URIRef(SCHEME)) in graph
    for told in (SKOS.prefLabel, SKOS.scopeNote, SKOS.broader, RDFS.seeAlso):
        assert list(graph.objects(URIRef(aspect), told)), told
