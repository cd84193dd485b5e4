"""The pages for people: every kind of thing in both languages, lists and the language switch."""

import hashlib

import pytest
from flask.testing import FlaskClient

from kbs_graph.terms import KINDS

ONE_OF_EACH = {
    "domein": ("inkomen", "Inkomen", "Income"),
    "aspect": ("geldzorgen-signaleren", "Geldzorgen signaleren", "Spotting money worries"),
    "competentie": ("signaleren-en-agenderen", "Signaleren en agenderen", "Signalling and putting on the agenda"),
    "doelgroep": ("ouderen", "Ouderen", "Older people"),
    "bron": ("geldzorgen-herkennen", "Geldzorgen herkennen", "Geldzorgen herkennen"),
    "organisatie": ("nibud", "Nibud", "Nibud"),
    "casus": ("pinpas-bij-kennis", "Pinpas bij een kennis", "Bank card with an acquaintance"),
    "signaal": ("geld-verdwijnt", "geld verdwijnt", "money disappears"),
    "specialist": ("schuldhulpverlener", "schuldhulpverlener", "debt counsellor"),
    "begrip": ("karrewiel", "karrewiel", "cart wheel"),
    "kader": ("domeinen", "Domeinen", "Domains"),
    "kennistype": ("algemeen", "algemeen", "general"),
    "bronsoort": ("handreiking", "handreiking", "guide"),
    "publiek": ("professional", "professionals", "professionals"),
    "organisatiesoort": ("kennisinstituut", "kennisinstituut", "knowledge institute"),
    "status": ("voorstel", "voorstel", "proposal"),
    "urgentie": ("nu", "nu", "now"),
    "adviesonderwerp": ("brieven", "brieven", "letters"),
    "registratie": ("skj", "", ""),
    "vindplaats": ("onbekend", "", ""),
    "formulering": ("redactie", "", ""),
}
ASPECT = "/nl/aspect/geldzorgen-signaleren"


def test_one_of_each_names_every_kind() -> None:
    assert ONE_OF_EACH.keys() == KINDS.keys()


@pytest.mark.parametrize("segment", ONE_OF_EACH)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_kind_has_a_page_and_a_list(client: FlaskClient, segment: str, language: str) -> None:
    slug, *labels = ONE_OF_EACH[segment]
    label = labels[language == "en"]
    page = client.get(f"/{language}/{segment}/{slug}")
    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.text
    assert f"id/{segment}/{slug}" in page.text
    assert label in page.text.split("<h1>")[1].split("</h1>")[0]
    assert f"/data/{segment}/{slug}.jsonld" in page.text
    listed = client.get(f"/{language}/{segment}")
    assert listed.status_code == 200
    assert f'href="/{language}/{segment}/{slug}"' in listed.text


def test_an_aspect_shows_its_parts_in_the_agreed_order(client: FlaskClient) -> None:
    page = client.get(ASPECT).text
    assert page.index("</h1>") < page.index('<p class="lead">') < page.index('id="herken-h"')
    headings = ["Herken je aan", "Voorbeeld en omschrijving", "Vraag door", "Wat kun je doen"]
    headings += ["Wanneer vraag je een specialist?", "Wie mag dit doen?", "Let op bij", "Bronnen", "Hoort bij"]
    headings += ["Andere woorden", "Over deze pagina"]
    places = [page.index(f">{heading}</h2>") for heading in headings]
    assert places == sorted(places)
    assert "Algemene kennis · voor iedereen" in page
    assert "blut" not in page, "a hidden label is for searching only"


def test_parts_without_content_are_left_out(client: FlaskClient) -> None:
    page = client.get("/nl/aspect/financieel-misbruik").text
    assert "Wie mag dit doen?" not in page
    assert "Andere woorden" not in page


def test_the_record_says_who_wrote_it_and_that_no_expert_confirmed_it(client: FlaskClient) -> None:
    page = " ".join(client.get(ASPECT).text.split())
    assert 'Opgesteld op <time datetime="2025-01-15">15 januari 2025</time> door <a href="/nl/organisatie/' in page
    assert "nog niet door een deskundige bevestigd" in page


def test_a_source_shows_its_facts_and_says_what_is_unknown(client: FlaskClient) -> None:
    known = client.get("/nl/bron/geldzorgen-herkennen").text
    assert "https://www.nibud.nl/geldzorgen-herkennen/" in known
    assert "<dd>Nederlands</dd>" in known and "<dd>10 minuten</dd>" in known and "<dd>gratis</dd>" in known
    assert "/nl/publiek/professional" in known and "volgens de maker" in known and "<dd>onbekend</dd>" not in known
    assert "<dd>10 minutes</dd>" in client.get("/en/bron/geldzorgen-herkennen").text
    unknown = client.get("/nl/bron/misbruik-oud").text
    assert "We kennen geen adres" in unknown
    assert unknown.count("<dd>onbekend</dd>") == 6
    assert "10 minuten" not in unknown and "gratis" not in unknown
    assert "/nl/bron/misbruik-nieuw" in unknown


def test_a_text_that_is_missing_in_english_is_shown_in_dutch_and_said_so(client: FlaskClient) -> None:
    page = client.get("/en/organisatie/nibud").text
    assert '<h1><span lang="nl">Nibud</span></h1>' in page
    assert "not there in your language yet" in page
    assert "nog niet in jouw taal" not in client.get("/nl/organisatie/nibud").text


def test_the_language_switch_keeps_the_page_and_its_query(client: FlaskClient) -> None:
    assert 'href="/en/aspect/geldzorgen-signaleren" lang="en"' in client.get(ASPECT).text
    assert 'href="/nl/zoeken?q=geld+op" lang="nl"' in client.get("/en/zoeken?q=geld+op").text
    assert 'href="/def?lang=en"' in client.get("/def?lang=nl", headers={"Accept": "text/html"}).text


def test_the_language_switch_never_leaves_the_site(browser: FlaskClient) -> None:
    page = browser.get("http://localhost//evil.example/x")
    assert page.status_code == 404
    assert 'href="//' not in page.text


@pytest.mark.parametrize(("accept", "home"), [("en-GB,en;q=0.8", "/en/"), ("nl", "/nl/"), ("de", "/nl/"), ("", "/nl/")])
def test_the_root_leads_to_the_readers_language(client: FlaskClient, accept: str, home: str) -> None:
    answer = client.get("/", headers={"Accept-Language": accept})
    assert (answer.status_code, answer.location) == (302, home)
    assert "Accept-Language" in answer.headers["Vary"]


def test_home_lists_the_ways_in(client: FlaskClient) -> None:
    page = client.get("/nl/").text
    assert "<h1>Welke kennis heb je nodig?</h1>" in page
    for address in ("domein/inkomen", "competentie/signaleren-en-agenderen", "doelgroep/lvb"):
        assert f'href="/nl/{address}"' in page
    assert "<h1>What knowledge do you need?</h1>" in client.get("/en/").text


def test_a_slash_too_many_leads_to_the_list(client: FlaskClient) -> None:
    answer = client.get("/nl/aspect/")
    assert (answer.status_code, answer.location) == (308, "/nl/aspect")
    assert client.get("/nl").status_code == 308


def test_the_data_page_and_the_dumps_agree(client: FlaskClient) -> None:
    page = client.get("/nl/data").text
    dump = client.get("/dumps/kennisbouwstenen.nq")
    assert hashlib.sha256(dump.data).hexdigest() in page
    assert dump.headers["Access-Control-Allow-Origin"] == "*"
    assert client.get("/dumps/kennisbouwstenen.nq", headers={"If-None-Match": dump.headers["ETag"]}).status_code == 304
    part = client.get("/dumps/kennisbouwstenen.nq", headers={"Range": "bytes=0-9"})
    assert (part.status_code, part.data) == (206, dump.data[:10])
    for name in ("checksums.json", "../manifest.json", "..%2Fmanifest.json", "none.nq"):
        assert client.get(f"/dumps/{name}").status_code == 404


def test_pages_name_their_other_forms(client: FlaskClient) -> None:
    page = client.get(ASPECT).text
    assert '<link rel="canonical" href="http://localhost/nl/aspect/geldzorgen-signaleren">' in page
    assert 'hreflang="en" href="http://localhost/en/aspect/geldzorgen-signaleren"' in page
    assert 'type="text/turtle" href="http://localhost/data/aspect/geldzorgen-signaleren.ttl"' in page


def test_a_page_the_reader_has_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get(ASPECT)
    again = client.get(ASPECT, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert client.get("/en/aspect/geldzorgen-signaleren").headers["ETag"] != first.headers["ETag"]
    weak = {"If-None-Match": f'"other", W/{first.headers["ETag"]}'}
    assert client.get(ASPECT, headers=weak).status_code == 304


def test_every_answer_carries_the_security_headers_and_no_cookie(client: FlaskClient) -> None:
    for path in (ASPECT, "/nl/none", "/static/site.css", "/sparql", "/data/aspect/geldzorgen-signaleren.ttl"):
        headers = client.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert "Set-Cookie" not in headers
