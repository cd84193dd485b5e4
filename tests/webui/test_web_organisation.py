"""What an institute gets back on its page: numbers it can count itself, links, a feed, JSON-LD that we read too."""

import csv
import html
import json
import re
from io import StringIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
import rdflib
from flask.testing import FlaskClient
from small_site import publish

from kbs_graph.contributions import publishing
from kbs_graph.contributions.intake import reading, schema_org
from kbs_graph.contributions.model import Contribution
from kbs_graph.serialize import JSON_LD
from kbs_graph.terms import ID
from webui import serving
from webui.app import create_app

PREFIXES = """
@prefix k: <https://w3id.org/kennisbouwstenen/def#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
"""
ATOM = "{http://www.w3.org/2005/Atom}"
PAGE = "/nl/organisatie/nibud"
SCRIPT = re.compile(r"<textarea[^>]*>\s*(.*?)</textarea>", re.DOTALL)


def text_of(page: str) -> str:
    """The words of a page within `main`, or of a piece of a page."""
    inside = page.partition("<main")[2].partition(">")[2] or page
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", inside)).split())


def section(page: str, name: str) -> str:
    return page.partition(f'<section id="{name}"')[2].partition("</section>")[0]


def test_the_page_tells_places_blank_spots_links_and_what_to_take_along(browser: FlaskClient) -> None:
    page = browser.get(PAGE).text
    assert "2 bronnen in 2 van de 2 gebieden" in text_of(page)
    rows = re.findall(r"<tr class=.*?</tr>", section(page, "wiel"), re.DOTALL)
    assert [text_of(row) for row in rows] == ["1 Inkomen 2 bronnen 1 van 1", "2 Veiligheid 1 bron 1 van 1"]
    assert "nog niet nagekeken" in section(page, "links") and f"{PAGE}/links.csv" in page
    assert f"{PAGE}/nieuw.atom" in page and f"{PAGE}/jsonld" in page
    assert "heeft zelf nog niets aangeleverd" in page


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_questions_on_the_page_give_its_numbers(client: FlaskClient, language: str) -> None:
    page = client.get(f"/{language}/organisatie/nibud", headers={"Accept": "text/html"}).text
    links = [html.unescape(link) for link in re.findall(r'href="(/sparql\?[^"]*query=[^"]*)"', page)]
    shown = [html.unescape(found).strip() for found in re.findall(r"<pre[^>]*>(.*?)</pre>", page, re.DOTALL)]
    assert [parse_qs(urlsplit(link).query)["query"][0].strip() for link in links] == shown and len(links) == 3
    answers = [client.get(link, headers={"Accept": "application/sparql-results+json"}).json for link in links]
    every, areas, states = (answer["results"]["bindings"] for answer in answers)
    assert [found["sources"]["value"] for found in every] == ["2"]
    table = re.findall(r"<tr class=.*?</tr>", section(page, "wiel"), re.DOTALL)
    assert len(table) == len(areas) == 2
    for row, area in zip(table, areas, strict=True):
        cells = [text_of(cell) for cell in re.findall(r"<td>.*?</td>", row, re.DOTALL)]
        assert [cell.split()[-2 if n == 0 else -3] for n, cell in enumerate(cells)] == [
            area["sources"]["value"],
            area["aspects"]["value"],
        ]
    assert sum(int(found["sources"]["value"]) for found in states) == 2


def test_an_organisation_without_sources_has_a_page_as_before_and_nothing_to_take_along(browser: FlaskClient) -> None:
    page = browser.get("/nl/organisatie/redactie")
    assert page.status_code == 200 and 'id="wiel"' not in page.text and "nieuw.atom" not in page.text
    for name in ("links.csv", "nieuw.atom", "jsonld"):
        assert browser.get(f"/nl/organisatie/redactie/{name}").status_code == 404
        assert browser.get(f"/nl/organisatie/niemand/{name}").status_code == 404


def test_link_health_can_be_taken_along_as_csv(client: FlaskClient) -> None:
    answer = client.get(f"{PAGE}/links.csv")
    assert answer.mimetype == "text/csv" and "attachment" in answer.headers["Content-Disposition"]
    rows = list(csv.reader(StringIO(answer.text)))
    assert rows[0] == [
        "titel",
        "oud adres",
        "stand",
        "sinds",
        "nieuw adres voorstel",
        "pagina's waar wij ernaar verwijzen",
    ]
    by_title = {row[0]: row for row in rows[1:]}
    one = by_title["Geldzorgen herkennen"]
    assert one[1:5] == ["https://www.nibud.nl/geldzorgen-herkennen/", "nog niet nagekeken", "", ""]
    for page in one[5].split():
        assert client.get(urlsplit(page).path, headers={"Accept": "text/html"}).status_code == 200
    assert "http://localhost/nl/aspect/geldzorgen-signaleren" in one[5].split()
    english = client.get("/en/organisatie/nibud/links.csv").text
    assert english.startswith("title,old address,state,since,")


def test_the_feed_tells_changes_of_its_concepts_by_the_rules_of_atom(client: FlaskClient) -> None:
    answer = client.get(f"{PAGE}/nieuw.atom")
    assert answer.mimetype == "application/atom+xml"
    feed = ElementTree.fromstring(answer.data)
    entries = feed.findall(f"{ATOM}entry")
    released = [entry for entry in entries if "/0-2-0/" in (entry.findtext(f"{ATOM}id") or "")]
    assert [entry.findtext(f"{ATOM}title") for entry in released] == [
        "Financieel misbruik: gewijzigd",
        "Geldzorgen signaleren: hernoemd",
    ]
    assert {entry.findtext(f"{ATOM}updated") for entry in released} == {"2025-04-01T00:00:00Z"}
    ids = [found.text for found in feed.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids) and all(str(name).startswith("tag:w3id.org,2026:") for name in ids)
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert element.findtext(f"{ATOM}{name}"), name
    for link in feed.iter(f"{ATOM}link"):
        path = urlsplit(link.attrib["href"]).path
        assert client.get(path, headers={"Accept": link.attrib["type"]}).status_code == 200, path
    again = client.get(f"{PAGE}/nieuw.atom", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_a_snippet_is_json_that_names_our_concepts_and_that_we_read_back_as_the_same_source(
    client: FlaskClient,
) -> None:
    page = client.get(f"{PAGE}/jsonld", headers={"Accept": "text/html"}).text
    pieces = [html.unescape(found) for found in SCRIPT.findall(page)]
    assert len(pieces) == 2
    own = next(p for p in pieces if "geldzorgen-herkennen" in p)
    on_its_page = SCRIPT.findall(client.get("/nl/bron/geldzorgen-herkennen", headers={"Accept": "text/html"}).text)
    assert [html.unescape(found) for found in on_its_page] == [own]
    body = own.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    document = json.loads(body)
    assert document["url"] == "https://www.nibud.nl/geldzorgen-herkennen/" and document["inLanguage"] == "nl"
    assert (document["datePublished"], document["timeRequired"], document["isAccessibleForFree"]) == (
        "2024",
        "PT10M",
        True,
    )

    read = reading.read(body.encode(), JSON_LD, {})
    assert read.findings == []
    nodes: schema_org.Nodes = {}
    for statement in read.statements:
        nodes.setdefault(statement.subject, []).append((statement.predicate, statement.value))
    sources, _ = schema_org.translated(nodes, lambda name, kinds: None)
    (said,) = (values for values in sources.values() if (schema_org.TYPE, schema_org.SOURCE) in values)
    about = {str(value) for predicate, value in said if predicate.endswith("subject")}
    assert about == {f"{ID}aspect/geldzorgen-signaleren", f"{ID}domein/inkomen", f"{ID}doelgroep/lvb"}


HANDED_IN = f"""
<{ID}bron/geldzorgen-herkennen> a k:KnowledgeSource ; dcterms:title "Geldzorgen herkennen"@nl ;
  foaf:page <https://www.nibud.nl/geldzorgen-herkennen/> ; dcterms:type <{ID}bronsoort/handreiking> ;
  dcterms:language <http://publications.europa.eu/resource/authority/language/NLD> ;
  dcterms:subject <{ID}aspect/financieel-misbruik>, <{ID}aspect/geldzorgen-signaleren> .
<{ID}bron/nibud-potjes> a k:KnowledgeSource ; dcterms:title "Werken met potjes"@nl ;
  foaf:page <https://www.nibud.nl/potjes> ; dcterms:type <{ID}bronsoort/handreiking> ;
  dcterms:language <http://publications.europa.eu/resource/authority/language/NLD> ;
  dcterms:publisher <{ID}organisatie/nibud> ; dcterms:subject <{ID}aspect/geldzorgen-signaleren> .
"""


def test_what_an_organisation_hands_in_shows_under_its_name_and_is_found(tmp_path: Path) -> None:
    """A known source with one new link, and a new source: on their pages, on its own, and by reconciling."""
    settings = publish(tmp_path / "project")
    graph = rdflib.Graph().parse(data=PREFIXES + HANDED_IN, format="turtle")
    lines = frozenset(graph.serialize(format="nt").strip().splitlines())
    outcome = publishing.accept(settings, Contribution("nibud", lines), "put", "test")
    assert outcome.status == "created", [finding.message.en for finding in outcome.findings]
    app = create_app(settings)
    client = app.test_client()

    def page(path: str) -> str:
        return client.get(path, headers={"Accept": "text/html"}).text

    known = text_of(section(page("/nl/bron/geldzorgen-herkennen"), "wie-zegt-wat"))
    assert "Volgens Nibud" in known and "Deze bron gaat over: Financieel misbruik" in known
    assert "Geldzorgen signaleren" not in known, "that is what the editors say already"
    assert "Opgesteld op" in page("/nl/bron/geldzorgen-herkennen"), "the page is still that of the editors"
    fresh = page("/nl/bron/nibud-potjes")
    assert "Aangeleverd door" in fresh and "In de uitgaven" not in fresh and "komt van de redactie" not in fresh
    own = text_of(page(PAGE))
    assert "3 bronnen" in own and "Voor het laatst door de organisatie zelf aangeleverd" in own
    asked = {"queries": json.dumps({"q": {"query": "http://nibud.nl/potjes/"}})}
    (found,) = json.loads(client.post("/reconcile", data=asked).data)["q"]["result"]
    assert (found["id"], found["match"]) == ("bron/nibud-potjes", True)
    with app.app_context():
        serving.service().close()


def test_a_dead_source_and_one_without_address_have_no_snippet(browser: FlaskClient) -> None:
    assert "<textarea" not in browser.get("/nl/bron/misbruik-oud").text
