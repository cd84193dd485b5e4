"""The map of what is there and what is missing, over HTTP: tables with words, gaps, JSON and CSV, bad input."""

import csv
import json
import re
from html import unescape
from io import StringIO
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kbs_graph.coverage import gap_kinds

PAGE = "/nl/dekking"
REMARKS = f"{PAGE}/kennis-zonder-aandachtspunt"


def plain(page: str) -> str:
    """The words of a page, without its marks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def section(page: str, key: str) -> str:
    found = re.search(rf'<section id="{key}".*?</section>', page, re.DOTALL)
    assert found, key
    return found[0]


def rows(part: str) -> dict[str, list[str]]:
    """The lines of a table: the name of each with its cells, as words."""
    found = {}
    for line in re.findall(r"<tr>(<th scope=\"row\">.*?)</tr>", part, re.DOTALL):
        heading, *cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.DOTALL)
        found[plain(heading)] = [plain(cell) for cell in cells]
    return found


def links(part: str) -> list[str]:
    return [unescape(href) for href in re.findall(r'href="([^"]+)"', part)]


def document(answer: TestResponse) -> Any:
    assert answer.status_code == 200 and answer.mimetype == "application/json"
    return json.loads(answer.data)


# --- the map


def test_the_map_says_in_words_first_what_is_missing(browser: FlaskClient) -> None:
    page = browser.get(PAGE).text
    assert "Hier zie je waar kennis is, en waar nog niet. Weet jij wat er mist? Geef het door." in page
    assert "Voor ouderen is er in Inkomen nog geen aandachtspunt." in plain(section(page, "kort"))
    assert "3 van 4" in plain(section(page, "kort"))
    assert page.index('id="kort"') < page.index("<table")
    english = browser.get("/en/dekking").text
    assert "For older people there is no remark yet in Income." in plain(section(english, "kort"))


def test_a_table_has_counts_with_words_and_leads_on(browser: FlaskClient) -> None:
    part = section(browser.get(PAGE).text, "aandachtspunten-per-doelgroep")
    lines = rows(part)
    assert lines["Inkomen"] == ["0 geen", "1 weinig"] and lines["Veiligheid"] == ["0 geen", "0 geen"]
    assert "Geen is 0, weinig is 1 tot 2, genoeg is 3 of meer." in part
    assert "/nl/dekking/gebied-zonder-aandachtspunt?domein=inkomen&doelgroep=ouderen" in links(part)
    assert '<a href="/nl/doelgroep/lvb">' in part and '<a href="/nl/domein/inkomen">' in part
    ages = rows(section(browser.get("/en/dekking").text, "leeftijd-van-bronnen"))
    assert ages["all sources"][-1] == "2 of 3, most"


def test_every_table_is_a_real_one_in_a_region_of_its_own(browser: FlaskClient) -> None:
    page = browser.get(PAGE).text
    tables = re.findall(r"<table.*?</table>", page, re.DOTALL)
    regions = re.findall(r'<div class="wide" role="region" tabindex="0" aria-label="([^"]+)">\s*<table', page)
    assert len(tables) == len(regions) == len(set(regions)) >= 11
    for table in tables:
        assert re.search(r"<caption>.*\w.*</caption>", table)
        assert table.count("<th ") == table.count('scope="col"') + table.count('scope="row"')
    assert page.count('<details class="fold"><summary>Inkomen</summary>') == 1, "one fold an area"


def test_every_link_of_the_map_leads_somewhere(client: FlaskClient) -> None:
    found = links(re.search(r"<main.*?</main>", client.get(PAGE).text, re.DOTALL)[0])  # type: ignore[index]
    for href in {href for href in found if href.startswith("/")}:
        assert client.get(href).status_code == 200, href
    page = client.get(PAGE).text
    for anchor in (href[1:] for href in found if href.startswith("#")):
        assert f'id="{anchor}"' in page


@pytest.mark.parametrize("path", ["/nl/data", "/nl/over", "/en/over"])
def test_other_pages_lead_to_the_map(client: FlaskClient, path: str) -> None:
    assert f'href="/{path[1:3]}/dekking"' in client.get(path).text


# --- the lists of gaps


def test_a_list_of_gaps_says_what_is_missing_where_and_what_to_do(browser: FlaskClient) -> None:
    page = browser.get(REMARKS).text
    assert "Werk je met deze mensen? Vertel waar je bij dit onderwerp op let." in page
    assert "2 van 3" in plain(page)
    assert re.search(r'href="/nl/aspect/geldzorgen-signaleren">.*?</li>', page, re.DOTALL)
    (asked, *_) = [urlsplit(href) for href in links(page) if href.startswith("/nl/suggestie?") and "geldzorgen" in href]
    given = parse_qs(asked.query)
    assert (given["over"], given["soort"]) == (["/nl/aspect/geldzorgen-signaleren"], ["mist"])
    assert "Geldzorgen signaleren (Ouderen)" in given["tekst"][0]
    form = browser.get(f"{asked.path}?{asked.query}")
    assert form.status_code == 200 and re.search(r'id="soort-mist" value="mist" checked', form.text)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", [kind.slug for kind in gap_kinds.KINDS])
def test_every_kind_of_gap_has_a_page_and_data(client: FlaskClient, kind: str, language: str) -> None:
    page = client.get(f"/{language}/dekking/{kind}", headers={"Accept": "text/html"})
    assert page.status_code == 200
    found = document(client.get(f"/{language}/dekking/{kind}.json"))
    assert found["kind"] == kind and found["number"] == len(found["gaps"])
    assert len(re.findall(r'<span class="row-title">', page.text)) == len(found["gaps"])


def test_a_list_is_narrowed_down_by_area_and_says_what_it_does_not_know(browser: FlaskClient) -> None:
    page = browser.get(f"{REMARKS}?domein=veiligheid").text
    titles = re.findall(r'<span class="row-title"><a href="([^"]+)"', page)
    assert titles == ["/nl/aspect/financieel-misbruik"]
    assert re.search(r'href="/nl/dekking/kennis-zonder-aandachtspunt"[^>]*aria-current="true">Veiligheid', page)
    assert 'content="noindex' in page
    page = browser.get(f"{REMARKS}?domein=<script>&x=1").text
    assert "domein=&lt;script&gt;, x=1" in page and "<script>" not in page.partition("<main")[2].partition("</main")[0]
    assert "Hier mist niets." in browser.get(f"{PAGE}/kennis-met-weinig-bronnen").text


# --- for programs


def test_the_same_as_json_by_address_and_by_accept(client: FlaskClient) -> None:
    answer = client.get("/en/dekking.json")
    found = document(answer)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert document(client.get("/en/dekking", headers={"Accept": "application/json"})) == found
    first = found["tables"][0]
    assert (first["key"], first["title"]) == ("kennis-per-doelgroep", "Knowledge by area and target group")
    assert [row["label"] for row in first["rows"]] == ["Income", "Safety"]
    cell = first["rows"][0]["cells"][1]
    assert cell == {
        "number": 1,
        "level": "few",
        "word": "few",
        "href": "http://localhost/en/aspect?domein=inkomen&doelgroep=lvb",
    }
    assert {gap["kind"] for gap in found["gaps"]} == {kind.slug for kind in gap_kinds.KINDS}
    for gap in found["gaps"]:
        assert client.get(str(gap["json"]).removeprefix("http://localhost")).status_code == 200
    for table in found["tables"]:
        assert client.get(str(table["csv"]).removeprefix("http://localhost")).status_code == 200
    assert client.get(PAGE, headers={"Accept": "image/png"}).status_code == 406


def test_a_table_and_a_list_as_csv(client: FlaskClient) -> None:
    answer = client.get("/nl/dekking.csv?tabel=aandachtspunten-per-doelgroep")
    assert answer.mimetype == "text/csv" and answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "kennisbouwstenen-aandachtspunten-per-doelgroep-nl.csv" in answer.headers["Content-Disposition"]
    heading, *lines = csv.reader(StringIO(answer.text))
    assert heading[:2] == ["adres", "Gebied"]
    assert [line[1:] for line in lines] == [["Inkomen", "0", "1"], ["Veiligheid", "0", "0"]]
    gaps = client.get("/en/dekking.csv?tabel=alles&domein=veiligheid").text
    assert "Financial abuse" in gaps and "Spotting money worries" not in gaps


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/nl/dekking.csv", 400, "Zeg welke lijst je wilt. Kies uit: kennis-per-doelgroep"),
        ("/nl/dekking.csv?tabel=nee", 400, "Er is geen lijst nee. Kies uit: kennis-per-doelgroep"),
        ("/en/dekking.csv?tabel=<b>", 400, "There is no list &lt;b&gt;."),
        ("/nl/dekking.csv?tabel=alles&domein=nee", 400, "domein=nee"),
        ("/nl/dekking/bron-oud.json?x=1", 400, "x=1"),
        ("/nl/dekking/nee", 404, "Er is geen lijst nee. Kies uit: gebied-zonder-aandachtspunt"),
        ("/nl/dekking/nee.json", 404, "Er is geen lijst nee."),
    ],
)
def test_what_is_unknown_is_said_with_what_there_is(browser: FlaskClient, path: str, status: int, words: str) -> None:
    answer = browser.get(path)
    assert answer.status_code == status
    assert words in answer.text and "Traceback" not in answer.text


@pytest.mark.parametrize("path", [PAGE, "/nl/dekking.json", "/nl/dekking.csv?tabel=status", REMARKS])
def test_an_answer_is_kept_by_snapshot(browser: FlaskClient, path: str) -> None:
    first = browser.get(path)
    tag = first.headers["ETag"]
    again = browser.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert browser.get(path.replace("/nl/", "/en/")).headers["ETag"] != tag
