"""What machines that walk the web ask for: the map of the site, where they may go, the manifest, the icon."""

import urllib.robotparser
import xml.etree.ElementTree as ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kbs_graph.filters import FACETS
from webui.views import crawl

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def read(client: FlaskClient, address: str) -> ElementTree.Element:
    answer = client.get(address)
    assert answer.status_code == 200 and answer.mimetype == "application/xml"
    assert len(answer.data) < 50_000_000
    return ElementTree.fromstring(answer.data)


def parts(client: FlaskClient) -> list[str]:
    """The paths of the parts of the map."""
    root = read(client, "/sitemap.xml")
    assert root.tag == f"{MAP}sitemapindex"
    return [(loc.text or "").removeprefix("http://localhost") for loc in root.iter(f"{MAP}loc")]


def test_the_map_has_a_part_for_each_language_dated_by_its_newest_page(client: FlaskClient) -> None:
    assert parts(client) == ["/sitemap/nl.xml", "/sitemap/en.xml"]
    assert {node.text for node in read(client, "/sitemap.xml").iter(f"{MAP}lastmod")} == {"2025-03-31"}


def test_the_map_names_every_page_once_with_its_translations(client: FlaskClient) -> None:
    root = read(client, "/sitemap/nl.xml")
    entries = {entry.findtext(f"{MAP}loc"): entry for entry in root.iter(f"{MAP}url")}
    assert len(entries) == len(list(root)) < crawl.LARGEST
    aspect = entries["http://localhost/nl/aspect/geldzorgen-signaleren"]
    assert aspect.findtext(f"{MAP}lastmod") == "2025-03-31"
    assert {link.get("hreflang"): link.get("href") for link in aspect.iter(LINK)} == {
        "nl": "http://localhost/nl/aspect/geldzorgen-signaleren",
        "en": "http://localhost/en/aspect/geldzorgen-signaleren",
    }
    for path in ("", "aspect", "kader", "zoeken", "data", "over", "privacy", "casushulp"):
        assert f"http://localhost/nl/{path}" in entries
    for path in ("lijstje", "suggestie", "aspect/schulden"):
        assert f"http://localhost/nl/{path}" not in entries
    english = read(client, "/sitemap/en.xml")
    assert len(list(english)) == len(entries)


def test_every_page_of_the_map_is_there(client: FlaskClient) -> None:
    for part in parts(client):
        for loc in read(client, part).iter(f"{MAP}loc"):
            address = (loc.text or "").removeprefix("http://localhost")
            assert client.get(address).status_code == 200, address


def test_a_long_map_is_cut_into_parts(client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crawl, "LARGEST", 30)
    with app.test_request_context("/sitemap.xml"):
        found = crawl._parts(crawl._entries())
        assert max(len(part) for part in found.values()) == 30
        assert list(found)[:2] == ["nl-1", "nl-2"] and "en-1" in found
        assert [entry for name, part in found.items() if name.startswith("nl") for entry in part] == crawl._entries()


@pytest.mark.parametrize("name", ["de", "nl-1", "x", "NL"])
def test_there_are_no_other_parts(client: FlaskClient, name: str) -> None:
    assert client.get(f"/sitemap/{name}.xml").status_code == 404


def test_robots_may_walk_everywhere_but_where_there_is_no_end(client: FlaskClient) -> None:
    answer = client.get("/robots.txt")
    assert answer.content_type == "text/plain; charset=utf-8"
    assert "Sitemap: http://localhost/sitemap.xml" in answer.text
    rules = urllib.robotparser.RobotFileParser()
    rules.parse(answer.text.splitlines())
    for path in ("/", "/nl/", "/nl/aspect/meldcode", "/data/aspect/meldcode.ttl", "/sparql?lang=nl"):
        assert rules.can_fetch("*", f"http://localhost{path}"), path
    for path in ("/nl/suggestie", "/en/suggestie?over=/x", "/nl/lijstje?p=aspect/x"):
        assert not rules.can_fetch("*", f"http://localhost{path}"), path
    for name in (*FACETS, "volgorde", "lijst"):
        assert f"Disallow: /*?*{name}=" in answer.text.splitlines()
    assert "Disallow: /sparql?*query=" in answer.text.splitlines()


def test_the_manifest_speaks_the_language_asked_for(client: FlaskClient) -> None:
    for language, start in (("nl", "/nl/"), ("en", "/en/")):
        answer = client.get(f"/manifest.webmanifest?lang={language}")
        assert answer.mimetype == "application/manifest+json"
        document = answer.get_json(force=True)
        assert (document["lang"], document["start_url"]) == (language, start)
        for icon in document["icons"]:
            assert client.get(icon["src"]).status_code == 200
    assert "wijkteam" in client.get("/manifest.webmanifest?lang=nl").text


def test_the_icon_is_where_browsers_look(client: FlaskClient) -> None:
    answer = client.get("/favicon.ico", follow_redirects=True)
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")


@pytest.mark.parametrize("address", ["/sitemap.xml", "/sitemap/nl.xml", "/robots.txt", "/manifest.webmanifest?lang=nl"])
def test_what_is_known_is_not_sent_again(client: FlaskClient, address: str) -> None:
    tag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
