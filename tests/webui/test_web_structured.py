"""What a page says of itself to machines: schema.org in the page, the links in its head, the words others show."""

import json
import re
from typing import Any

import pytest
import rdflib
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from rdflib.namespace import RDF, RDFS

from kbs_graph import catalog, rows
from kbs_graph.config import Settings
from kbs_graph.model import Tagged
from kbs_graph.snapshots import Snapshot
from kbs_graph.terms import ID, KINDS
from webui import structured
from webui.app import create_app
from webui.serving import opened

SCHEMA = rdflib.Namespace("https://schema.org/")
TYPES = {
    "bron": "DigitalDocument",
    "organisatie": "Organization",
    "casus": "LearningResource",
    "kader": "DefinedTermSet",
}
_BLOCK = '{% import "head.html" as head %}{{ head.json_ld(structured.thing(thing)) }}'


def block(page: str) -> Any:
    """The one data block of a page, read as JSON."""
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    return json.loads(found)


def graph_of(document: Any) -> rdflib.Graph:
    """The triples of a data block, with every name of schema.org in its own namespace."""
    assert document["@context"] == "https://schema.org"
    local = {**document, "@context": {"@vocab": str(SCHEMA)}}
    return rdflib.Graph().parse(data=json.dumps(local), format="json-ld")


def about(app: Flask, segment: str, slug: str, language: str = "nl") -> Any:
    """The data block of a thing, as its page would hold it."""
    with app.test_request_context(f"/{language}/{segment}/{slug}"):
        thing = catalog.thing(opened().store, segment, slug)
        return block(render_template_string(_BLOCK, thing=thing))


def things(app: Flask) -> list[tuple[str, str]]:
    with app.test_request_context("/"):
        return [(d.segment, d.slug) for d in rows.dated(opened().store)]


# --- the thing


@pytest.mark.parametrize("segment", KINDS)
def test_the_labels_in_the_page_are_those_of_the_turtle(app: Flask, client: FlaskClient, segment: str) -> None:
    """RES-5, for every thing of the small graph."""
    slugs = [slug for kind, slug in things(app) if kind == segment]
    assert slugs
    for slug in slugs:
        iri = rdflib.URIRef(f"{ID}{segment}/{slug}")
        page = graph_of(about(app, segment, slug))
        turtle = rdflib.Graph().parse(data=client.get(f"/data/{segment}/{slug}.ttl").data, format="turtle")
        labels = set(turtle.objects(iri, RDFS.label))
        assert labels and set(page.objects(iri, SCHEMA.name)) == labels
        assert (iri, RDF.type, SCHEMA[TYPES.get(segment, "DefinedTerm")]) in page
        assert (None, SCHEMA.mainEntity, iri) in page


def test_an_aspect_in_full(app: Flask) -> None:
    page, thing = about(app, "aspect", "geldzorgen-signaleren")["@graph"]
    assert thing["@id"] == f"{ID}aspect/geldzorgen-signaleren"
    assert thing["alternateName"] == [{"@value": "geldproblemen", "@language": "nl"}]
    assert thing["description"][1]["@value"].startswith("Tekenen van geldzorgen")
    assert thing["sameAs"] == ["http://eurovoc.europa.eu/742"]
    assert [item["@id"] for item in thing["inDefinedTermSet"]] == [f"{ID}kader/aspecten", f"{ID}kader/kennisbouwstenen"]
    assert page["url"] == "http://localhost/nl/aspect/geldzorgen-signaleren"
    assert (page["dateCreated"], page["dateModified"]) == ("2025-01-15", "2025-03-31")
    assert page["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert page["author"]["@id"] == f"{ID}organisatie/redactie"
    way = page["breadcrumb"]["itemListElement"]
    assert [(step["position"], step["name"], step["item"]) for step in way] == [
        (1, "Overzicht", "http://localhost/nl/"),
        (2, "Kennisaspecten", "http://localhost/nl/aspect"),
        (3, "Geldzorgen signaleren", "http://localhost/nl/aspect/geldzorgen-signaleren"),
    ]


def test_a_source_names_its_maker_and_what_it_is_about(app: Flask) -> None:
    _, thing = about(app, "bron", "geldzorgen-herkennen", "en")["@graph"]
    assert thing["url"] == "https://www.nibud.nl/geldzorgen-herkennen/"
    assert (thing["datePublished"], thing["inLanguage"]) == ("2024", ["nl"])
    assert [maker["name"] for maker in thing["publisher"]] == [[{"@value": "Nibud", "@language": "nl"}]]
    wanted = {ID + path for path in ("aspect/geldzorgen-signaleren", "domein/inkomen", "doelgroep/lvb")}
    assert {item["@id"] for item in thing["about"]} == wanted
    assert (thing["timeRequired"], thing["isAccessibleForFree"]) == ("PT10M", True)
    assert [text["@value"] for item in thing["audience"] for text in item["audienceType"]] == ["professionals"] * 2
    _, unknown = about(app, "bron", "misbruik-oud")["@graph"]
    facts = {"url", "publisher", "datePublished", "audience", "timeRequired", "isAccessibleForFree"}
    assert not facts & unknown.keys(), "what is unknown is not said"


def test_the_kind_of_a_source_gives_its_type(real_app: Flask) -> None:
    found = {}
    with real_app.test_request_context("/nl/"):
        for row in rows.rows(opened().store, "bron"):
            if row.kind and row.kind.slug not in found:
                thing = catalog.thing(opened().store, "bron", row.ref.slug or "")
                found[row.kind.slug] = structured.of_thing(thing)["@graph"][1]["@type"]
    assert len(found) == 10
    assert (found["video"], found["e-learning"], found["onderzoek"]) == ("VideoObject", "Course", "Report")
    assert (found["website"], found["instrument"]) == ("WebPage", "CreativeWork")


def test_nothing_in_a_text_can_end_the_block(app: Flask) -> None:
    with app.test_request_context("/nl/"):
        text = "</script><script>alert(1)</script>&<!--\u2028"
        written = structured.written({"name": structured._tagged([Tagged(text, "nl")])})
    assert not set("<>&\u2028") & set(written)
    assert json.loads(written)["name"][0]["@value"] == text


# --- the other pages


def test_the_front_page_says_how_to_search_the_site(app: Flask) -> None:
    with app.test_request_context("/en/"):
        document = json.loads(structured.written(structured.of_home()))
    assert (document["@type"], document["inLanguage"]) == ("WebSite", "en")
    assert document["potentialAction"]["target"]["urlTemplate"] == "http://localhost/en/zoeken?q={search_term_string}"


@pytest.mark.parametrize("segment", KINDS)
def test_a_list_says_how_much_it_holds(client: FlaskClient, segment: str) -> None:
    (page,) = block(client.get(f"/nl/{segment}").text)["@graph"]
    assert page["@type"] == "CollectionPage"
    assert page["mainEntity"]["numberOfItems"] >= 1


# --- the head


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("/nl/aspect", "/%s/aspect"),
        ("/en/aspect?domein=inkomen&volgorde=az", "/%s/aspect"),
        ("/nl/lijstje?p=domein/inkomen", "/%s/lijstje"),
    ],
)
def test_the_head_names_the_one_address_in_both_languages(client: FlaskClient, asked: str, canonical: str) -> None:
    page, language = client.get(asked).text, asked[1:3]
    assert f'<link rel="canonical" href="http://localhost{canonical % language}">' in page
    for hreflang, tongue in (("nl", "nl"), ("en", "en"), ("x-default", "nl")):
        assert f'<link rel="alternate" hreflang="{hreflang}" href="http://localhost{canonical % tongue}">' in page
    assert page.count('rel="canonical"') == 1
    assert re.search(r'<meta name="description" content="[^"]{20,200}">', page)
    assert f'<meta property="og:locale" content="{"nl_NL" if language == "nl" else "en_GB"}">' in page
    picture = f"/static/card-{language}.png"
    assert f'<meta property="og:image" content="http://localhost{picture}">' in page
    assert client.get(picture).mimetype == "image/png"


def test_a_page_outside_the_languages_keeps_its_language_in_its_address(app: Flask) -> None:
    with app.test_request_context("/sparql?lang=en&query=ASK{}"):
        page = render_template_string('{% import "head.html" as head %}{{ head.meta("x") }}')
    assert '<link rel="canonical" href="http://localhost/sparql?lang=en">' in page
    assert '<link rel="alternate" hreflang="nl" href="http://localhost/sparql?lang=nl">' in page


# --- the real graph


@pytest.fixture(scope="module")
def real_app(real_snapshot: Snapshot) -> Flask:
    root = real_snapshot.store.parents[3]
    return create_app(Settings(root=root, var=root / "var"))


@pytest.mark.slow
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_thing_of_the_real_graph_is_told_in_valid_json(real_app: Flask, language: str) -> None:
    found = things(real_app)
    assert len(found) > 850
    for segment, slug in found:
        document = about(real_app, segment, slug, language)
        page, thing = document["@graph"]
        assert thing["@id"] == ID + f"{segment}/{slug}" and thing["name"]
        assert page["mainEntity"]["@id"] == thing["@id"] and page["inLanguage"] == language
        assert not [key for key, value in (page | thing).items() if value in (None, "", [], {})]
