"""The pages of the model: whole, light, linked into each other, and the same as data."""

import re
import xml.etree.ElementTree as ET
from urllib.parse import unquote, urlsplit

import pytest
from flask.testing import FlaskClient
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, SH

from kbs_graph.config import Settings
from kbs_graph.documentation import rules, terms
from kbs_graph.snapshots import Snapshot, SnapshotStore
from kbs_graph.store import LocalStore
from kbs_graph.terms import ONTOLOGY, SHAPES

PAGES = ("/def", "/def/borrowed", "/def/shapes", "/def/shapes/contribution", "/def/diagram")
LARGEST = 150_000
"""Bytes of a page, so that it is read on a phone too."""


@pytest.fixture(scope="module")
def snapshot(settings: Settings) -> Snapshot:
    return SnapshotStore(settings.var).current()


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_there_in_both_languages_and_light(browser: FlaskClient, path: str, language: str) -> None:
    page = browser.get(f"{path}?lang={language}")
    assert page.status_code == 200 and f'<html lang="{language}"' in page.text
    assert len(page.data) < LARGEST
    identities = re.findall(r'\bid="([^"]+)"', page.text)
    assert len(identities) == len(set(identities))


def test_every_link_between_the_pages_leads_to_a_place_that_is_there(browser: FlaskClient) -> None:
    texts = {path: browser.get(f"{path}?lang=nl").text for path in PAGES}
    there = {path: set(re.findall(r'\bid="([^"]+)"', text)) for path, text in texts.items()}
    followed = 0
    for path, text in texts.items():
        for address in re.findall(r'href="([^"]*#[^"]+)"', text):
            parts = urlsplit(address.replace("&amp;", "&"))
            target = parts.path or path
            if target in there:
                followed += 1
                assert unquote(parts.fragment) in there[target], address
    assert followed > 500


def test_every_term_and_every_rule_has_a_place_by_the_fragment_of_its_iri(
    browser: FlaskClient, snapshot: Snapshot
) -> None:
    model = terms.model(LocalStore.open(snapshot.store))
    own, borrowed = browser.get("/def?lang=nl").text, browser.get("/def/borrowed?lang=nl").text
    for term in model.own:
        assert f'id="{term.iri.removeprefix(ONTOLOGY + "#")}"' in own
    for term in (term for vocabulary in model.borrowed for term in vocabulary.terms):
        assert f'id="{term.name}"' in borrowed
    for part in rules.FILES:
        page = browser.get(f"/def/shapes/{part}?lang=nl".replace("/?", "?")).text
        book = rules.book(snapshot, part)
        for name in (*book.rules, *(shape.name for shape in (*book.shapes, *book.values))):
            assert f'id="{name}"' in page, name


def test_a_term_is_told_with_its_use_and_a_statement_of_the_graph(browser: FlaskClient) -> None:
    page = browser.get("/def?lang=nl").text
    section = page[page.index('id="homeDomain"') :].partition("</section>")[0]
    assert "2 uitspraken" in section and "<code>aspect/" in section and "<code>domein/" in section
    assert "/def/shapes?lang=nl#aspect-home-domain" in section
    assert "Not used in the present data" in browser.get("/def?lang=en").text


@pytest.mark.parametrize("path", ["/def/shapes", "/def/shapes/contribution"])
def test_the_rules_are_data_too(client: FlaskClient, browser: FlaskClient, path: str) -> None:
    assert browser.get(path).mimetype == "text/html"
    turtle = client.get(path, headers={"Accept": "text/turtle"})
    assert turtle.headers["Content-Location"] == f"{path}.ttl" and "Accept" in turtle.headers["Vary"]
    assert turtle.headers["Access-Control-Allow-Origin"] == "*"
    assert client.get(f"{path}.ttl").data == turtle.data
    graph = Graph().parse(data=turtle.data)
    assert len(list(graph.subjects(SH.message))) > 10
    assert client.get(path, headers={"Accept": "image/png"}).status_code == 406
    assert client.get(f"{path}.csv").status_code == 404
    again = client.get(path, headers={"Accept": "text/turtle", "If-None-Match": turtle.headers["ETag"]})
    assert again.status_code == 304


def test_a_rule_over_the_whole_gives_its_query(client: FlaskClient, snapshot: Snapshot) -> None:
    answer = client.get("/def/shapes/orphan.rq")
    assert answer.mimetype == "application/sparql-query"
    assert answer.text == rules.query(snapshot, "orphan")
    assert client.get("/def/shapes/no-such-rule.rq").status_code == 404


def test_the_iri_of_a_rule_leads_to_its_page_and_data(client: FlaskClient) -> None:
    assert SHAPES.endswith("/shapes#")
    answer = client.get("/shapes", headers={"Accept": "text/turtle"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/def/shapes")
    followed = client.get("/shapes", headers={"Accept": "text/turtle"}, follow_redirects=True)
    assert (URIRef(SHAPES + "Aspect"), None, None) in Graph().parse(data=followed.data)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_drawing_stands_alone_and_says_what_it_is(client: FlaskClient, language: str) -> None:
    answer = client.get(f"/def/diagram.svg?lang={language}")
    assert answer.mimetype == "image/svg+xml"
    drawn = ET.fromstring(answer.data)
    ns = "{http://www.w3.org/2000/svg}"
    assert drawn.get("role") == "img" and drawn.find(f"{ns}title") is not None and drawn.find(f"{ns}desc") is not None
    words = {text.text for text in drawn.iter(f"{ns}text")}
    assert {"nl": "kennisaspect", "en": "knowledge aspect"}[language] in words
    assert len(drawn.findall(f"{ns}rect")) > 30 and "style" not in answer.text


def test_the_table_says_what_the_drawing_draws(browser: FlaskClient) -> None:
    page = browser.get("/def/diagram?lang=nl").text
    arrows, table = page[: page.index('id="table"')], page[page.index('id="table"') :]
    drawn = re.findall(r"<text[^>]*>(?:↻ )?([a-z]+:[A-Za-z]+)(?: [\d.*]+)?</text>", arrows)
    assert len(drawn) == table.count('<th scope="row">') > 50
    assert {f"<code>{name}</code>" in table for name in drawn} == {True}


def test_a_version_iri_leads_to_that_version_or_says_that_it_is_not_kept(client: FlaskClient) -> None:
    graph = Graph().parse(data=client.get("/def.ttl").data)
    present = str(graph.value(URIRef(ONTOLOGY), OWL.versionInfo))
    assert str(graph.value(URIRef(ONTOLOGY), OWL.versionIRI)) == f"{ONTOLOGY}/{present}"
    answer = client.get(f"/def/{present}")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/def")
    for path in ("/def/0.0.9", "/def/0.0.9.nt"):
        missing = client.get(path)
        assert missing.status_code == 404 and "0.0.9" in missing.get_json()["detail"]
    assert client.get("/def/01.2.3").status_code == 404
