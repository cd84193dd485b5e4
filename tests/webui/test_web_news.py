"""New and changed: the page, the feed by the rules of RFC 4287, sheets, timelines, the addresses of releases."""

import csv
import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient
from rdflib import RDF, Graph, Namespace, URIRef
from small_site import PROJECT, Reader, publish

from kbs_graph import build, release
from kbs_graph.config import Settings
from kbs_graph.terms import DATASET, ID
from webui import serving
from webui.app import create_app

ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
IRI = "https://w3id.org/kennisbouwstenen/id/uitgave/0-2-0"
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def main_of(page: str) -> str:
    return page.partition("<main")[2].partition("</main>")[0]


def words_of(html: str) -> str:
    text = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    return re.sub(r" (?=[:;,.)])|(?<=[(]) ", "", text)


def section(page: str, name: str) -> str:
    return page.partition(f'<section id="{name}"')[2].partition("</section>")[0]


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A site that released 1.0.0 and 1.1.0, and has changed since."""
    root = tmp_path_factory.mktemp("later") / "root"
    root.mkdir()
    publish(root)
    for name in ("releases-0-1-0", "releases-0-2-0"):
        (root / "data" / f"{name}.ttl").unlink()
    with (root / "data" / "catalogue.ttl").open("a") as file:
        dataset = "<https://w3id.org/kennisbouwstenen/id/dataset/kennisbouwstenen>"
        file.write(f'\n{dataset} <http://www.w3.org/ns/dcat#version> "0.0.0" .\n')
    for number, (version, notes) in enumerate(
        {"1.0.0": {}, "1.1.0": {"nl": "Beter & mooier.", "en": "Better."}}.items()
    ):
        with (root / "data" / "notions.ttl").open("a") as file:
            thing = "<https://w3id.org/kennisbouwstenen/id/begrip/karrewiel>"
            file.write(f'\n{thing} <http://www.w3.org/2004/02/skos/core#altLabel> "wiel {number}"@nl .\n')
        outcome, made = release.release(root, root / "var", version, date(2026, 1 + number, 1), notes)
        assert made, outcome.findings
    text = (root / "data" / "target-groups.ttl").read_text()
    (root / "data" / "target-groups.ttl").write_text(text.replace("Ouderen", "Oudere mensen"))
    _, snapshot = build.build(root, root / "var", keep=5)
    assert snapshot
    app = create_app(Settings(root=root, var=root / "var"))
    app.test_client_class = Reader
    yield app
    with app.app_context():
        serving.service().close()


# --- the page


def test_the_page_tells_each_release_newest_first_with_day_notes_and_numbers(client: FlaskClient) -> None:
    page = client.get("/nl/nieuw")
    assert page.status_code == 200
    assert page.text.index('id="0-2-0"') < page.text.index('id="0-1-0"')
    newest = words_of(section(page.text, "0-2-0"))
    for told in (
        "Uitgave 0.2.0",
        "1 april 2025",
        "Eén aspect minder.",
        "1 toegevoegd, 1 gewijzigd, 1 hernoemd, 1 vervallen",
    ):
        assert told in newest
    assert "Dit is de eerste uitgave" in words_of(section(page.text, "0-1-0"))
    assert "Kennisaspecten: 3" in words_of(section(page.text, "0-1-0"))


def test_changes_stand_under_their_kind_with_a_link_and_what_changed(client: FlaskClient) -> None:
    newest = section(client.get("/nl/nieuw").text, "0-2-0")
    headings = re.findall(r"<h3>([^<]*)</h3>", newest)
    assert headings == ["Toegevoegd", "Gewijzigd", "Hernoemd", "Vervallen"]
    changed = newest.partition("<h3>Gewijzigd</h3>")[2].partition("<h3>")[0]
    assert 'href="/nl/aspect/financieel-misbruik"' in changed
    assert "uitleg, teksten" in changed
    renamed = newest.partition("<h3>Hernoemd</h3>")[2].partition("<h3>")[0]
    assert "Krap zitten" in renamed and 'href="/nl/aspect/geldzorgen-signaleren"' in renamed


def test_the_page_is_there_in_english(client: FlaskClient) -> None:
    page = client.get("/en/nieuw").text
    assert "One aspect fewer." in page and "1 added, 1 changed, 1 renamed, 1 withdrawn" in words_of(page)
    assert "Nieuw" not in words_of(main_of(page))


def test_what_is_not_known_since_the_last_release_is_said(client: FlaskClient) -> None:
    """The small site has releases, but not their fingerprints."""
    assert "is hier niet bekend" in section(client.get("/nl/nieuw").text, "niet-uitgegeven")


def test_what_changed_since_the_last_release_is_told_apart(later: Flask) -> None:
    page = later.test_client().get("/nl/nieuw").text
    since = section(page, "niet-uitgegeven")
    assert "1 gewijzigd" in since and 'href="/nl/doelgroep/ouderen"' in since and "naam" in since
    assert "ouderen" not in section(page, "1-1-0")


def test_a_site_without_releases_says_so_and_its_feed_is_valid(tmp_path: Path) -> None:
    settings = publish(tmp_path)
    for name in ("releases-0-1-0", "releases-0-2-0"):
        (tmp_path / "data" / f"{name}.ttl").unlink()
    shutil.rmtree(tmp_path / "var")
    build.build(tmp_path, tmp_path / "var", keep=1)
    app = create_app(settings)
    client = app.test_client()
    page = client.get("/nl/nieuw").text
    assert "Er is nog geen uitgave" in main_of(page)
    assert "In de uitgaven" not in client.get("/nl/begrip/karrewiel").text
    assert "/nl/nieuw" not in main_of(client.get("/nl/").text)
    assert "nog niet uitgegeven" in client.get("/nl/data").text
    feed = ElementTree.fromstring(client.get("/nl/nieuw.atom").data)
    obeys_rfc_4287(feed)
    assert feed.findall(f"{ATOM}entry") == []
    with app.app_context():
        serving.service().close()


# --- elsewhere on the site


def test_the_page_of_a_thing_has_its_timeline(client: FlaskClient) -> None:
    page = client.get("/nl/aspect/financieel-misbruik").text
    assert "Toegevoegd in 0.1.0 · Gewijzigd in 0.2.0 (uitleg, teksten)" in words_of(page)
    assert 'href="/nl/nieuw#0-2-0"' in page
    source = words_of(client.get("/en/bron/geldzorgen-herkennen").text)
    assert "Added in 0.2.0" in source and "in 0.1.0" not in source


def test_a_renamed_thing_keeps_its_timeline_under_its_new_name(client: FlaskClient) -> None:
    told = words_of(client.get("/nl/aspect/geldzorgen-signaleren").text)
    assert "Toegevoegd in 0.1.0 · Hernoemd in 0.2.0 (Krap zitten)" in told


def test_what_is_not_released_yet_is_told_on_the_page_of_the_thing(later: Flask) -> None:
    told = words_of(later.test_client().get("/nl/doelgroep/ouderen").text)
    assert "Toegevoegd in 1.0.0 · Gewijzigd na de laatste uitgave (naam)" in told


def test_the_home_page_leads_to_what_is_new(later: Flask) -> None:
    page = later.test_client().get("/nl/").text
    assert 'href="/nl/nieuw"' in main_of(page)
    assert "uitgave 1.1.0 van 1 februari 2026, 1 gewijzigd; sindsdien 1 gewijzigd." in words_of(main_of(page))


@pytest.mark.parametrize("path", ["/nl/nieuw", "/nl/"])
def test_feed_readers_find_the_feed(client: FlaskClient, path: str) -> None:
    head = client.get(path).text.partition("</head>")[0]
    (link,) = re.findall(r'<link rel="alternate" type="application/atom\+xml"[^>]*>', head)
    assert 'href="http://localhost/nl/nieuw.atom"' in link


def test_the_map_of_the_site_names_the_page(client: FlaskClient) -> None:
    assert "/nl/nieuw</loc>" in client.get("/sitemap/nl.xml").text


# --- the feed


def obeys_rfc_4287(feed: ElementTree.Element) -> None:
    """The musts of sections 4.1.1, 4.1.2 and 3.3 that a feed like ours can break."""
    assert feed.tag == f"{ATOM}feed"
    authored = feed.find(f"{ATOM}author/{ATOM}name")
    assert authored is not None and authored.text
    (self_link,) = [link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert self_link.get("href", "").startswith("http")
    for item in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            (element,) = item.findall(f"{ATOM}{name}")
            assert element.text and element.text.strip()
            if name == "id":
                assert re.match(r"[a-z]+:\S+$", element.text)
            if name == "updated":
                assert RFC_3339.fullmatch(element.text)
                datetime.fromisoformat(element.text)
        alternates = [link for link in item.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
        kinds = [(link.get("type"), link.get("hreflang")) for link in alternates]
        assert alternates and len(kinds) == len(set(kinds))
    ids = [element.text for element in feed.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_feed_keeps_the_rules_of_atom(client: FlaskClient, lang: str) -> None:
    answer = client.get(f"/{lang}/nieuw.atom")
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(answer.data)
    obeys_rfc_4287(feed)
    assert feed.get(XML_LANG) == lang
    assert [e.findtext(f"{ATOM}updated") for e in feed.findall(f"{ATOM}entry")] == [
        "2025-04-01T00:00:00Z", "2024-06-01T00:00:00Z",
    ]  # fmt: skip
    assert feed.findtext(f"{ATOM}updated") == "2025-04-01T00:00:00Z"


def test_ids_of_the_feed_stay_the_same_on_any_host_and_differ_by_language(client: FlaskClient) -> None:
    def ids(lang: str, base: str) -> list[str | None]:
        feed = ElementTree.fromstring(client.get(f"/{lang}/nieuw.atom", base_url=base).data)
        return [element.text for element in feed.iter(f"{ATOM}id")]

    assert ids("nl", "http://localhost") == ids("nl", "https://example.org")
    assert ids("nl", "http://localhost") == [
        "tag:w3id.org,2026:kennisbouwstenen/nl/nieuw",
        "tag:w3id.org,2026:kennisbouwstenen/nl/uitgave/0-2-0",
        "tag:w3id.org,2026:kennisbouwstenen/nl/uitgave/0-1-0",
    ]
    assert not set(ids("nl", "http://localhost")) & set(ids("en", "http://localhost"))


def test_an_entry_holds_the_changes_as_html_with_whole_addresses(later: Flask) -> None:
    feed = ElementTree.fromstring(later.test_client().get("/nl/nieuw.atom").data)
    newest = feed.findall(f"{ATOM}entry")[0]
    content = newest.find(f"{ATOM}content")
    assert content is not None and content.get("type") == "html" and content.text
    assert "<p>Beter &amp; mooier.</p>" in content.text
    assert '<a href="http://localhost/nl/begrip/karrewiel">' in content.text
    assert "(naam)" in content.text
    assert newest.findtext(f"{ATOM}summary") == "Beter & mooier. 1 gewijzigd."
    assert "ouderen" not in content.text, "what is not released yet may change again"


# --- sheets, and releases as data


def test_all_changes_as_json_and_csv_say_the_same(client: FlaskClient) -> None:
    document = json.loads(client.get("/nl/nieuw.json").data)
    assert [r["version"] for r in document["releases"]] == ["0.2.0", "0.1.0"]
    assert document["unreleased"] is None
    sheet = client.get("/en/nieuw.csv")
    assert sheet.content_type.startswith("text/csv")
    rows = list(csv.DictReader(StringIO(sheet.text)))
    found = {(row["change"], row["thing"]) for row in rows}
    assert found == {(c["change"], c["thing"]) for c in document["releases"][0]["changes"]}
    assert len(found) == 4
    (changed,) = [row for row in rows if row["change"] == "changed"]
    assert changed["properties"] == "k:part rdfs:comment" and changed["version"] == "0.2.0"


def test_a_release_has_an_address_that_leads_to_its_place_on_the_page_or_to_its_data(client: FlaskClient) -> None:
    page = client.get("/id/uitgave/0-2-0", headers={"Accept": "text/html", "Accept-Language": "nl"})
    assert (page.status_code, page.location) == (303, "http://localhost/nl/nieuw#0-2-0")
    data = client.get("/id/uitgave/0-2-0", headers={"Accept": "text/turtle"})
    assert (data.status_code, data.location) == (303, "http://localhost/data/uitgave/0-2-0.ttl")
    for ending, form in {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml", "nt": "nt"}.items():
        graph = Graph().parse(data=client.get(f"/data/uitgave/0-2-0.{ending}").data, format=form)
        assert len(list(graph.objects(URIRef(IRI), URIRef("https://w3id.org/kennisbouwstenen/def#change")))) == 4
        assert (URIRef(IRI), RDF.type, None) in graph
    assert client.get("/id/uitgave/0-2-0", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize("path", ["/id/uitgave/9-9-9", "/data/uitgave/9-9-9.ttl", "/nl/nieuw/", "/nl/nieuw.xml"])
def test_what_was_never_released_is_404(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_pages_and_feed_are_kept_by_tag(client: FlaskClient) -> None:
    for path in ("/nl/nieuw", "/nl/nieuw.atom", "/nl/nieuw.json", "/nl/nieuw.csv"):
        first = client.get(path)
        again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304, path


# --- downloads and citing


def test_a_release_without_its_files_is_told_of_all_the_same(client: FlaskClient) -> None:
    page = client.get("/nl/data").text
    for slug in ("0-1-0", "0-2-0"):
        told = words_of(page.partition(f"Uitgave {slug.replace('-', '.')}")[2].partition("</p>")[0])
        assert "zijn op deze site niet bewaard" in told
        assert f'href="/nl/nieuw#{slug}"' in page


def test_older_versions_can_be_downloaded_with_size_and_checksum(later: Flask) -> None:
    client = later.test_client()
    page = client.get("/nl/data").text
    for version in ("1.1.0", "1.0.0"):
        assert f'href="/dumps/{version}/kennisbouwstenen.ttl.gz"' in page
    old, new = (client.get(f"/dumps/{v}/kennisbouwstenen.nt") for v in ("1.0.0", "1.1.0"))
    assert old.status_code == new.status_code == 200
    assert "wiel 1" in new.text and "wiel 1" not in old.text and "wiel 0" in old.text
    assert old.headers["ETag"].strip('"') in page
    assert client.get("/dumps/1.0.0/kennisbouwstenen.nt", headers={"Range": "bytes=0-9"}).status_code == 206


@pytest.mark.parametrize(
    "path",
    [
        "/dumps/9.9.9/kennisbouwstenen.ttl",
        "/dumps/1.0.0/release.json",
        "/dumps/1.0.0/..%2f..%2fform-key",
        "/dumps/../x",
    ],
)
def test_nothing_else_of_the_archive_is_served(later: Flask, path: str) -> None:
    assert later.test_client().get(path).status_code == 404


def test_a_version_whose_files_are_not_here_is_not_listed(client: FlaskClient) -> None:
    page = client.get("/nl/data").text
    assert "/dumps/0.2.0/" not in page
    assert client.get("/dumps/0.2.0/kennisbouwstenen.ttl").status_code == 404


def test_the_data_page_says_how_to_cite_what_was_changed_since_a_release(later: Flask) -> None:
    client = later.test_client()
    told = words_of(client.get("/en/data").text)
    digest = hashlib.sha256(client.get("/dumps/kennisbouwstenen.nq").data).hexdigest()
    cited = "Editors of Kennisbouwstenen (2026). Kennisbouwstenen as a knowledge graph, version"
    assert f"{cited} 1.1.0+{digest[:12]} [data set]." in told
    assert "This version is not a release" in told


def test_the_description_of_the_dataset_holds_the_releases_that_are_still_here(later: Flask) -> None:
    client = later.test_client()
    told = Graph().parse(data=client.get("/data/dataset/kennisbouwstenen.ttl").data, format="turtle")
    dcat = Namespace("http://www.w3.org/ns/dcat#")
    old, new = (URIRef(f"{ID}uitgave/{slug}") for slug in ("1-0-0", "1-1-0"))
    assert set(told.objects(URIRef(DATASET), dcat.hasVersion)) == {old, new}
    assert told.value(new, dcat.previousVersion) == old
    assert str(told.value(old, dcat.version)) == "1.0.0"
    turtle = URIRef(f"{old}#kennisbouwstenen.ttl")
    assert turtle in set(told.objects(old, dcat.distribution))
    address = str(told.value(turtle, dcat.downloadURL)).removeprefix("http://localhost")
    answer = client.get(address)
    assert address == "/dumps/1.0.0/kennisbouwstenen.ttl"
    assert str(len(answer.data)) == str(told.value(turtle, dcat.byteSize))
    sums = client.get("/dumps/1.0.0/SHA256SUMS").text
    assert f"{hashlib.sha256(answer.data).hexdigest()}  kennisbouwstenen.ttl" in sums.splitlines()


def test_the_repository_holds_the_fingerprints_of_every_release() -> None:
    folder = PROJECT / "data" / "releases"
    assert {p.stem for p in folder.glob("*.ttl")} == {p.stem for p in folder.glob("*.json")}
