"""Two clients of Skosmos, unmodified, against a running server: skosmos-client (PyPI) and cocoda-sdk (npm)."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import requests
from rdflib import Graph, URIRef
from rdflib.namespace import SKOS
from skosmos_client import SkosmosClient

from kbs_graph.store import LocalStore
from kbs_graph.terms import Literal

ID = "https://w3id.org/kennisbouwstenen/id/"
CONCEPT, DOMAIN, SCHEME = f"{ID}aspect/meldcode", f"{ID}domein/veiligheid", f"{ID}kader/kennisbouwstenen"
VOCABULARY = "kennisbouwstenen"
COCODA = Path(__file__).parent / "cocoda"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def skosmos(site: str) -> SkosmosClient:
    return SkosmosClient(f"{site}/rest/v1/")


@pytest.fixture
def names(real_store: LocalStore) -> Any:
    """The English names of what a SPARQL path leads to from a thing, by IRI."""

    def ask(path: str, thing: str) -> dict[str, str]:
        query = f"""PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT ?c ?l {{ <{thing}> {path} ?c . ?c skos:prefLabel ?l FILTER(LANG(?l) = "en") }}"""
        return {str(row["c"]): row["l"].value for row in real_store.select(query) if isinstance(row["l"], Literal)}

    return ask


def test_skosmos_client_knows_the_vocabularies(skosmos: SkosmosClient) -> None:
    there = {each["id"]: each["title"] for each in skosmos.vocabularies("en")}
    assert there[VOCABULARY] == "Knowledge building blocks"
    whole = skosmos.get_vocabulary(VOCABULARY, lang="en")
    assert whole["title"] == there[VOCABULARY]
    assert skosmos.get_vocabulary("aspecten")["title"] == "Kennisaspecten"
    assert {each["uri"] for each in skosmos.types("en")} > {each["uri"] for each in skosmos.types("en", VOCABULARY)}
    assert skosmos.groups(VOCABULARY, "en") == []


@pytest.mark.parametrize("call", [
    lambda client: client.get_vocabulary("nowhere"),
    lambda client: client.top_concepts("nowhere"),
    lambda client: client.groups("nowhere"),
    lambda client: client.lookup("nowhere", "x"),
])  # fmt: skip
def test_skosmos_client_is_told_that_a_vocabulary_is_not_there(skosmos: SkosmosClient, call: Any) -> None:
    with pytest.raises(ValueError, match="Vocabulary id 'nowhere' not found"):
        call(skosmos)


def test_skosmos_client_searches(skosmos: SkosmosClient) -> None:
    found = skosmos.search("meldc*", lang="nl")
    assert CONCEPT in [hit["uri"] for hit in found]
    assert len(skosmos.search("*a*", maxhits=7, offset=3)) == 7
    unique = [hit["uri"] for hit in skosmos.search("*meld*", unique=True)]
    assert len(set(unique)) == len(unique) < len(skosmos.search("*meld*", unique=False))
    domains = skosmos.search("*", parent=DOMAIN, vocabs=[VOCABULARY, "signalen"], lang="en", labellang="en")
    assert CONCEPT in [hit["uri"] for hit in domains]
    assert skosmos.search("veilig*", vocabs="domeinen", type_="skos:Concept")[0]["vocab"] == "domeinen"
    assert skosmos.search("meldc*", group=f"{ID}verzameling/geen") == []


def test_skosmos_client_looks_up(skosmos: SkosmosClient) -> None:
    assert [hit["uri"] for hit in skosmos.lookup(VOCABULARY, "veiligheid")] == [DOMAIN]
    assert [hit["uri"] for hit in skosmos.lookup(VOCABULARY, "Safety", lang="en")] == [DOMAIN]
    with pytest.raises(ValueError, match="Could not find label 'Safety'"):
        skosmos.lookup(VOCABULARY, "Safety", lang="nl")


def test_skosmos_client_walks_the_hierarchy(skosmos: SkosmosClient, names: Any) -> None:
    tops = {top["uri"]: top["label"] for top in skosmos.top_concepts(VOCABULARY, lang="en")}
    assert tops == names("skos:hasTopConcept", SCHEME)
    inside = skosmos.top_concepts(VOCABULARY, scheme=f"{ID}kader/domeinen")
    assert DOMAIN in [top["uri"] for top in inside]
    concept, domain = skosmos.get_concept(VOCABULARY, CONCEPT), skosmos.get_concept(VOCABULARY, DOMAIN)
    assert (concept.label(), concept.label("en")) == ("De meldcode toepassen", "Applying the reporting code")
    for listed, path in ((concept.broader("en"), "skos:broader"), (concept.related("en"), "skos:related")):
        assert {each["uri"]: each["prefLabel"] for each in listed} == names(path, CONCEPT)
    assert {each["uri"]: each["prefLabel"] for each in domain.narrower("en")} == names("skos:narrower", DOMAIN)
    for walked, path, start in (
        (concept.broaderTransitive("en"), "skos:broader*", CONCEPT),
        (domain.narrowerTransitive("en"), "skos:narrower*", DOMAIN),
    ):
        assert {iri: each["prefLabel"] for iri, each in walked.items()} == names(path, start)
    assert len(domain.narrowerTransitive(limit=3)) == 3


def test_skosmos_client_asks_for_data(skosmos: SkosmosClient) -> None:
    """As it asks; it hands the answer to rdflib without its type, which from rdflib 6 on then is taken for Turtle."""
    for address in (f"{skosmos.api_base}data", f"{skosmos.api_base}{VOCABULARY}/data"):
        answer = requests.get(address, params={"uri": CONCEPT, "format": "application/rdf+xml"}, timeout=120)
        graph = Graph().parse(data=answer.content, format=answer.headers["Content-Type"].partition(";")[0])
        assert (URIRef(CONCEPT), SKOS.broader, URIRef(DOMAIN)) in graph


@pytest.fixture(scope="module")
def cocoda(site: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What cocoda-sdk got of every call. Without node and npm the tests skip, and fail where CI=true."""
    if not (shutil.which("node") and shutil.which("npm")):
        reason = "there is no node with npm on this machine (apt install nodejs npm): cocoda-sdk was NOT driven"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    place = tmp_path_factory.mktemp("cocoda")
    for file in COCODA.iterdir():
        if file.is_file():
            shutil.copy(file, place)
    install = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    subprocess.run(install, cwd=place, check=True, timeout=300)
    drive = ["node", "drive.mjs", site, VOCABULARY, SCHEME, CONCEPT, DOMAIN]
    driven = subprocess.run(drive, cwd=place, capture_output=True, text=True, timeout=300, check=False)
    assert driven.returncode == 0, driven.stderr
    answers: dict[str, Any] = json.loads(driven.stdout)
    return answers


def english(concepts: list[dict[str, Any]]) -> dict[str, str]:
    return {each["uri"]: each["prefLabel"]["en"] for each in concepts}


def test_cocoda_sdk_finds_the_scheme_by_the_address_of_its_page(cocoda: dict[str, Any], site: str) -> None:
    (scheme,) = cocoda["getSchemes"]
    assert (scheme["uri"], scheme["prefLabel"]["en"]) == (SCHEME, "Knowledge building blocks")
    assert cocoda["derivedApi"] == f"{site}/rest/v1/"
    assert english(cocoda["derivedTop"]) == english(cocoda["getTop"])


def test_cocoda_sdk_browses(cocoda: dict[str, Any], names: Any) -> None:
    assert english(cocoda["getTop"]) == names("skos:hasTopConcept", SCHEME)
    assert english(cocoda["getNarrower"]) == names("skos:narrower", DOMAIN)
    assert english(cocoda["getAncestors"]) == names("skos:broader+", CONCEPT)
    by_iri = {each["uri"]: each["narrower"] for each in cocoda["getTop"]}
    assert by_iri[DOMAIN] == [None] and by_iri[f"{ID}doelgroep/lvb"] == []


def test_cocoda_sdk_reads_a_concept(cocoda: dict[str, Any]) -> None:
    (concept,) = cocoda["getConcepts"]
    assert concept["uri"] == CONCEPT
    assert concept["prefLabel"] == {"nl": "De meldcode toepassen", "en": "Applying the reporting code"}
    assert "meldcode" in concept["altLabel"]["nl"]
    assert [each["prefLabel"]["nl"] for each in concept["broader"]] == ["Veiligheid"]
    assert concept["narrower"] == []
    assert "https://w3id.org/kennisbouwstenen/def#KnowledgeAspect" in concept["type"]


def test_cocoda_sdk_searches(cocoda: dict[str, Any], names: Any) -> None:
    assert f"{ID}domein/inkomen" in english(cocoda["search"])
    assert cocoda["searchByType"]
    assert (
        english(cocoda["searchByType"]).keys()
        <= names("^skos:broader/skos:broader", CONCEPT).keys() | english(cocoda["getTop"]).keys()
    )
    _, labels, _, addresses = cocoda["suggest"]
    assert f"{ID}domein/inkomen" in addresses and len(labels) == len(addresses)
    kinds = {each["uri"].rpartition("#")[2]: each["prefLabel"]["en"] for each in cocoda["getTypes"]}
    assert kinds["KnowledgeDomain"] == "knowledge domain"
