"""The page of mappings and its CSV, JSON and SSSOM: its numbers are those of the graph, proposals are called so."""

import csv
import json
import re
from collections import Counter
from html import unescape
from io import StringIO
from typing import Any

import pytest
from flask.testing import FlaskClient

from kbs_graph import mappings
from kbs_graph.store import Store

PAGE = "/nl/koppelingen"
CARD = "https://w3id.org/kennisbouwstenen/id/aspect/geldzorgen-signaleren"
COUNTED = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?relation (COUNT(*) AS ?number) WHERE {
  VALUES ?relation { skos:exactMatch skos:closeMatch skos:broadMatch skos:narrowMatch skos:relatedMatch }
  ?ours ?relation ?theirs . ?theirs skos:inScheme <http://eurovoc.europa.eu/100141>
} GROUP BY ?relation
"""


def asked(client: FlaskClient) -> dict[str, int]:
    """How many mappings of each relation there are, asked of the public SPARQL endpoint."""
    answer = client.get(
        "/sparql", query_string={"query": COUNTED}, headers={"Accept": "application/sparql-results+json"}
    )
    rows: list[dict[str, Any]] = json.loads(answer.data)["results"]["bindings"]
    return {row["relation"]["value"].rpartition("#")[2]: int(row["number"]["value"]) for row in rows}


def shown(page: str) -> list[tuple[str, str, str]]:
    """Our address, the relation in words and their address of every row of a table."""
    rows = re.findall(
        r'<tr>\n<th scope="row"><a href="([^"]+)".*?<td>([^<]*)</td>\n<td>\s*<a href="([^"]+)"', page, re.S
    )
    return [(ours, words, unescape(theirs)) for ours, words, theirs in rows]


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(page)).split())


# --- the page


def test_the_page_shows_as_many_mappings_of_each_relation_as_the_graph_holds(client: FlaskClient) -> None:
    counts = asked(client)
    assert counts == {"exactMatch": 1, "relatedMatch": 1}
    page = client.get(PAGE).text
    words = Counter(words for _, words, _ in shown(page))
    assert words == {"hetzelfde": counts["exactMatch"], "verwant": counts["relatedMatch"]}
    assert f"{sum(counts.values())} koppelingen" in plain(page)
    assert "hetzelfde: 1 · verwant: 1" in plain(page)


def test_a_row_leads_to_our_page_and_to_their_concept_and_says_why(client: FlaskClient) -> None:
    page = client.get(PAGE).text
    assert shown(page)[0] == ("/nl/aspect/geldzorgen-signaleren", "hetzelfde", "http://eurovoc.europa.eu/742")
    assert "Schuldenlast is waar geldzorgen om draaien. naam en omschrijving" in plain(page)
    assert "Een schuld kan een oorzaak van zorgen zijn. alleen de naam" in plain(page)
    assert "Woordenlijst van de Europese Unie." in page


def test_what_no_expert_confirmed_is_called_a_proposal(client: FlaskClient) -> None:
    page = plain(client.get(PAGE).text)
    assert "Een deskundige heeft er nog geen bevestigd." in page
    assert "Voorstellen, nog niet bevestigd" in page and "Bevestigd door een deskundige" not in page
    assert "No expert has confirmed one yet." in client.get("/en/koppelingen").text


def test_the_page_is_read_in_english(client: FlaskClient) -> None:
    page = client.get("/en/koppelingen").text
    assert ("/en/aspect/geldzorgen-signaleren", "the same", "http://eurovoc.europa.eu/742") in shown(page)
    assert "<h1>Mappings</h1>" in page and "its name only" in page


def test_what_is_not_mapped_is_listed_by_kind(client: FlaskClient) -> None:
    part = client.get(PAGE).text.split('id="niet-gekoppeld"')[1].split('id="meenemen"')[0]
    assert '<a href="/nl/aspect/financieel-misbruik">' in part
    assert "/nl/aspect/geldzorgen-signaleren" not in part
    for slug in ("/nl/domein/inkomen", "/nl/doelgroep/lvb", "/nl/specialist/veilig-thuis"):
        assert f'href="{slug}"' in part
    left = json.loads(client.get(PAGE + ".json").data)["unmapped"]
    assert {iri.rpartition("/id/")[2] for iris in left.values() for iri in iris} == {
        address.removeprefix("/nl/") for address in re.findall(r'<li><a href="(/nl/[a-z]+/[^"]+)"', part)
    }


# --- narrowing down


def test_a_chip_adds_its_choice_and_says_what_it_leaves(client: FlaskClient) -> None:
    page = client.get(PAGE).text
    assert re.search(r'href="/nl/koppelingen\?kader=eurovoc" rel="nofollow">EuroVoc <span class="tally">2<', page)
    assert re.search(r'href="/nl/koppelingen\?relatie=verwant" rel="nofollow">verwant <span class="tally">1<', page)
    assert "enger" not in page.split("<h2 id=")[0], "a relation that leaves nothing is not offered"
    page = client.get(f"{PAGE}?relatie=verwant&kader=eurovoc").text
    assert [words for _, words, _ in shown(page)] == ["verwant"]
    assert 'href="/nl/koppelingen?kader=eurovoc" rel="nofollow" aria-current="true">verwant' in page
    assert "1 van 2" in plain(page)


@pytest.mark.parametrize("query", ["kader=onzin", "relatie=exactMatch", "domein=inkomen", "x=<script>"])
def test_what_is_unknown_is_said_on_the_page_and_refused_in_the_files(client: FlaskClient, query: str) -> None:
    answer = client.get(f"{PAGE}?{query}")
    assert answer.status_code == 200 and len(shown(answer.text)) == 2
    assert f"iets dat we hier niet kennen: {query.replace('<', '&lt;').replace('>', '&gt;')}." in answer.text
    for ending in ("csv", "json", "tsv"):
        refused = client.get(f"{PAGE}.{ending}?{query}")
        assert refused.status_code == 400 and query in refused.get_json(force=True)["detail"]


def test_nothing_left_is_said_and_leads_back(client: FlaskClient) -> None:
    page = client.get(f"{PAGE}?relatie=enger").text
    assert shown(page) == [] and "Met deze keuzes blijft er niets over." in page
    assert 'href="/nl/koppelingen">Toon de hele lijst' in page


# --- the files


@pytest.mark.parametrize("query", ["", "?relatie=gelijk", "?kader=eurovoc&relatie=verwant"])
def test_the_files_hold_just_what_the_page_shows(client: FlaskClient, query: str) -> None:
    targets = sorted(theirs for _, _, theirs in shown(client.get(PAGE + query).text))
    answer = client.get(f"{PAGE}.csv{query}")
    assert answer.content_type == "text/csv; charset=utf-8; header=present"
    assert 'filename="kennisbouwstenen-koppelingen-nl.csv"' in answer.headers["Content-Disposition"]
    assert sorted(row["hun adres"] for row in csv.DictReader(StringIO(answer.data.decode(), newline=""))) == targets
    document = json.loads(client.get(f"{PAGE}.json{query}").data)
    held = [one for scheme in document["schemes"] for one in scheme["mappings"]]
    assert sorted(one["object"]["iri"] for one in held) == targets and document["number"] == len(targets)
    assert all(one["subject"]["iri"] == CARD and one["status"].endswith("/voorstel") for one in held)
    lines = [line for line in client.get(f"{PAGE}.tsv{query}").data.decode().split("\n") if not line.startswith("#")]
    found = [row["object_id"] for row in csv.DictReader(lines, delimiter="\t")]
    assert sorted(curie.replace("eurovoc:", "http://eurovoc.europa.eu/") for curie in found) == targets


def test_sssom_says_what_it_is_and_where_it_was_found(client: FlaskClient) -> None:
    answer = client.get("/en/koppelingen.tsv")
    assert answer.content_type == "text/tab-separated-values; charset=utf-8"
    assert 'filename="kennisbouwstenen-koppelingen-en.sssom.tsv"' in answer.headers["Content-Disposition"]
    lines = answer.data.decode().split("\n")
    assert lines[0] == "#curie_map:" and "#  eurovoc: http://eurovoc.europa.eu/" in lines
    assert "#mapping_set_id: http://localhost/en/koppelingen.tsv" in lines
    (row,) = [line for line in lines if "skos:exactMatch" in line]
    assert row.startswith("kennisbouwstenen:aspect/geldzorgen-signaleren\tSpotting money worries\tskos:exactMatch\t")


def test_the_page_names_its_files_and_the_files_their_page(client: FlaskClient) -> None:
    page = client.get(f"{PAGE}?relatie=verwant").text
    for ending in ("csv", "json", "tsv"):
        assert f'href="/nl/koppelingen.{ending}?relatie=verwant"' in page
        links = ", ".join(client.get(f"{PAGE}.{ending}").headers.getlist("Link"))
        assert '/nl/koppelingen>; rel="alternate"; type="text/html"' in links and 'rel="license"' in links
    assert client.get(PAGE + ".xml").status_code == 404


# --- where it is linked from


def test_a_thing_says_what_others_call_it_and_leads_to_all(client: FlaskClient) -> None:
    page = client.get("/nl/aspect/geldzorgen-signaleren").text
    part = page.split('id="elders"')[1].split("</section>")[0]
    assert re.search(r'EuroVoc: <a href="http://eurovoc.europa.eu/742">schuldenlast</a> \(hetzelfde, voorstel\)', part)
    assert 'href="/nl/koppelingen"' in part
    assert 'id="elders"' not in client.get("/nl/aspect/financieel-misbruik").text


def test_on_the_page_of_a_domain_it_is_folded(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def any_mapping(store: Store, iri: str) -> tuple[mappings.Mapping, ...]:
        return mappings.mappings(store)[:1]

    monkeypatch.setattr(mappings, "of_thing", any_mapping)
    page = client.get("/nl/domein/inkomen?lijst=aspect/x").text
    part = page.split('<details class="fold" id="elders">')[1].split("</details>")[0]
    assert "<summary>Zo heet dit in andere modellen</summary>" in part and "EuroVoc" in part


def test_the_page_about_the_data_leads_to_it(client: FlaskClient) -> None:
    assert 'href="/nl/koppelingen"' in client.get("/nl/data").text


def test_the_data_of_a_thing_says_what_its_mappings_rest_on(client: FlaskClient) -> None:
    data = client.get("/data/aspect/geldzorgen-signaleren.nt").data.decode()
    assert f"<{CARD}#koppeling-eurovoc-742> <http://www.w3.org/ns/adms#status>" in data
    assert "Indebtedness is what money worries are about." in data
