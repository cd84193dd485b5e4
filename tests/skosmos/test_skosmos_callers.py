"""The calls that known clients make of a Skosmos, as they make them, and what they read of the answers."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from kbs_graph.folding import sort_key

ID = "https://w3id.org/kennisbouwstenen/id/"
CONCEPT = f"{ID}aspect/meldcode"
DOMAIN = f"{ID}domein/veiligheid"
VOCABULARY = "kennisbouwstenen"


@pytest.fixture
def ask(client: FlaskClient) -> Any:
    def get(address: str, **headers: str) -> Any:
        answer = client.get(f"/rest/v1/{address}", headers=headers)
        assert answer.status_code == 200, answer.text
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        return answer.json

    return get


@pytest.mark.parametrize("parent", ["", DOMAIN])
def test_the_external_vocabulary_script_of_dataverse(ask: Any, parent: str) -> None:
    found = ask(f"search?unique=true&vocab={VOCABULARY}&parent={parent}&lang=nl&labellang=nl&query=meldc*")["results"]
    assert (CONCEPT, "De meldcode toepassen", "meldcode") in [
        (hit["uri"], hit["prefLabel"], hit.get("altLabel")) for hit in found
    ]
    assert (DOMAIN in [hit["uri"] for hit in found]) == (not parent)
    nodes = ask(f"data?uri={CONCEPT}", Accept="application/json")["graph"]
    labels = next(node["prefLabel"] for node in nodes if node["uri"] == CONCEPT)
    assert {"lang": "nl", "value": "De meldcode toepassen"} in labels


def test_the_autocomplete_of_skosmos_pages(ask: Any) -> None:
    found = ask(f"{VOCABULARY}/search?query=veilig*&unique=true&lang=nl")["results"]
    assert {hit["uri"] for hit in found} >= {DOMAIN}
    assert all(hit["vocab"] == VOCABULARY and hit["localname"] and hit["type"][0] == "skos:Concept" for hit in found)


def test_the_alphabetical_list_of_skosmos_pages(ask: Any) -> None:
    letters = ask(f"{VOCABULARY}/index/?lang=nl")["indexLetters"]
    assert letters == sorted(letters)
    rows = ask(f"{VOCABULARY}/index/{letters[0]}?limit=250&offset=0&lang=nl")["indexConcepts"]
    names = [row.get("altLabel", row["prefLabel"]) for row in rows]
    assert names == sorted(names, key=sort_key)
    assert all(row["uri"].startswith(ID) and row["lang"] == "nl" and row["localname"] for row in rows)


def test_the_tree_of_skosmos_pages(ask: Any) -> None:
    tops = ask(f"{VOCABULARY}/topConcepts/?lang=nl")["topconcepts"]
    assert {top["uri"]: top["hasChildren"] for top in tops}[DOMAIN] is True
    tree = ask(f"{VOCABULARY}/hierarchy/?uri={CONCEPT}&lang=nl")["broaderTransitive"]
    assert tree[CONCEPT]["broader"] == [DOMAIN]
    assert CONCEPT in [child["uri"] for child in tree[DOMAIN]["narrower"]]
    assert tree.keys() >= {top["uri"] for top in tops}
    assert CONCEPT in [child["uri"] for child in ask(f"{VOCABULARY}/children?uri={DOMAIN}&lang=nl")["narrower"]]


def test_the_other_columns_and_numbers_of_skosmos_pages(ask: Any) -> None:
    assert ask(f"{VOCABULARY}/groups/?lang=nl")["groups"] == []
    changes = ask(f"{VOCABULARY}/new?lang=nl&limit=200")["changeList"]
    assert changes and all(len(row["date"]) == 24 for row in changes)
    assert ask(f"{VOCABULARY}/vocabularyStatistics?lang=nl")["concepts"]["count"] == 165
    assert ask(f"{VOCABULARY}/labelStatistics?lang=nl")["languages"][1]["literal"] == "Nederlands"
    (mapping, *_) = ask(f"{VOCABULARY}/mappings?uri={CONCEPT}&external=true&clang=nl&lang=en")["mappings"]
    assert (mapping["type"], mapping["typeLabel"]) == (["skos:closeMatch"], "nearly the same")
    assert (mapping["lang"], mapping["vocabName"]) == ("nl", "Uniforme Productnamenlijst (UPL)")


def test_the_data_type_of_fylr(ask: Any) -> None:
    assert ask(f"data?uri={CONCEPT}&format=application/json")["graph"]
    assert ask(f"{VOCABULARY}/hierarchy?uri={CONCEPT}&lang=nl&format=application/json")["broaderTransitive"]


def test_questioning_authority_reads_rdf_xml(client: FlaskClient, ask: Any) -> None:
    assert ask("search?query=*code*")["results"]
    answer = client.get(f"/rest/v1/data?uri={CONCEPT}")
    assert answer.content_type.startswith("application/rdf+xml")
    assert answer.text.startswith("<?xml")


def test_the_gateway_of_ts4nfdi(ask: Any) -> None:
    assert ask("search?query=safe*&lang=en&fields=scopeNote")["results"]
    assert ask("vocabularies?lang=en")["vocabularies"]
    assert ask(f"label?uri={CONCEPT}&lang=en")["prefLabel"] == "Applying the reporting code"


def test_a_form_that_fills_itself(ask: Any) -> None:
    found = ask(f"search?labellang=nb&query=meldc*&type=skos:Concept&vocab={VOCABULARY}")["results"]
    assert found and all(hit["prefLabel"] for hit in found)
