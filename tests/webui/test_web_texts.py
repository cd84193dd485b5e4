"""The pages of text: in both languages with the same parts, in plain Dutch, and every link of ours leads somewhere."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from small_site import PROJECT

from kbs_graph import texts
from webui.views.texts import NAMES

FILES = sorted((PROJECT / "webui" / "templates" / "texts").glob("*.*.html"))
_BLOCKS = {"p", "li", "dt", "dd", "h2", "h3"}
_LEFT_OUT = {"code", "script", "button", "nav"}
FAR_TOO_LONG = (
    "Dit is een zin die veel te lang is, omdat er steeds nog weer iets bij komt dat ook in een tweede zin kon."
)


class Reading(HTMLParser):
    """What stands in the main part of a page: ids of headings by level, links, and texts a block (code left out)."""

    def __init__(self, page: str):
        super().__init__()
        self.headings: list[tuple[str, str]] = []
        self.links: list[str] = []
        self.blocks: list[tuple[str, str]] = []
        self._left_out = 0
        self.feed(page.partition("<main")[2].partition("</main>")[0])

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag in _LEFT_OUT:
            self._left_out += 1
        elif not self._left_out and tag in _BLOCKS:
            self.blocks.append((tag, ""))
        if tag in ("h2", "h3"):
            self.headings.append((tag, given.get("id") or ""))
        if tag == "a" and given.get("href"):
            self.links.append(given["href"] or "")

    def handle_endtag(self, tag: str) -> None:
        self._left_out -= tag in _LEFT_OUT

    def handle_data(self, data: str) -> None:
        if self.blocks and not self._left_out:
            tag, before = self.blocks[-1]
            self.blocks[-1] = (tag, before + data)

    def prose(self) -> list[str]:
        """The texts in order, without headings, terms and lists of names."""
        found = (" ".join(text.split()) for tag, text in self.blocks if tag in ("p", "li", "dd"))
        return [text for text in found if text]


def read(client: FlaskClient, name: str, language: str) -> Reading:
    answer = client.get(f"/{language}/{name}")
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    return Reading(answer.text)


def as_texts(name: str, language: str, prose: list[str]) -> list[texts.Text]:
    return [texts.Text(name, "Page", str(place), language, text) for place, text in enumerate(prose)]


def test_every_file_with_sentences_is_a_page_in_both_languages() -> None:
    assert {path.name for path in FILES} == {f"{name}.{lang}.html" for name in NAMES for lang in ("nl", "en")}


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_have_the_same_parts(client: FlaskClient, name: str) -> None:
    dutch, english = read(client, name, "nl"), read(client, name, "en")
    assert dutch.headings == english.headings
    assert all(id for _, id in dutch.headings)
    assert len(set(dutch.headings)) == len(dutch.headings) >= 5
    assert [tag for tag, _ in dutch.blocks] == [tag for tag, _ in english.blocks]


@pytest.mark.parametrize("name", NAMES)
def test_the_list_of_contents_names_every_part_in_order(client: FlaskClient, name: str) -> None:
    found = read(client, name, "nl")
    named = [link.removeprefix("#") for link in found.links if link.startswith("#")]
    assert named == [id for tag, id in found.headings if tag == "h2" and id != "on-this-page"]


@pytest.mark.parametrize("name", NAMES)
def test_the_dutch_is_plain_and_the_english_complete(client: FlaskClient, name: str) -> None:
    both = [
        *as_texts(name, "nl", read(client, name, "nl").prose()),
        *as_texts(name, "en", read(client, name, "en").prose()),
    ]
    measured = texts.measure_texts(both)
    assert [(finding.rule, finding.value) for finding in measured.findings] == []
    assert measured.sentences > 30
    assert measured.average <= texts.AVERAGE


def test_the_measure_trips_on_what_it_should(client: FlaskClient) -> None:
    prose = [*read(client, "hulp", "nl").prose(), FAR_TOO_LONG, "Vraag de QXZ om raad."]
    rules = {finding.rule for finding in texts.measure_texts(as_texts("hulp", "nl", prose)).findings}
    assert {"text-sentence-long", "text-abbreviation", "text-english-missing"} <= rules


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_every_link_of_ours_leads_to_a_page_and_to_a_place_on_it(client: FlaskClient, name: str, language: str) -> None:
    found = read(client, name, language)
    places = {f"#{id}" for _, id in found.headings}
    for link in found.links:
        parts = urlsplit(link)
        if parts.scheme in ("https", "tel", "mailto"):
            continue
        assert not parts.scheme and not parts.netloc, link
        if not parts.path:
            assert link in places, link
            continue
        answer = client.get(link.partition("#")[0], follow_redirects=True)
        assert answer.status_code == 200, link
        assert not parts.fragment or f'id="{parts.fragment}"' in answer.text, link


@pytest.mark.parametrize("name", NAMES)
def test_a_page_says_when_and_by_whom_it_was_written_and_where_to_complain(client: FlaskClient, name: str) -> None:
    page = " ".join(client.get(f"/nl/{name}").text.split())
    assert re.search(r'Opgesteld op <time datetime="\d{4}-\d\d-\d\d">[^<]+</time> door de redactie', page)
    assert f'href="/nl/suggestie?over=%2Fnl%2F{name}">Klopt er iets niet?' in page


def test_a_telephone_number_stands_in_the_data_too(client: FlaskClient) -> None:
    data = " ".join(path.read_text(encoding="utf-8") for path in (PROJECT / "data").rglob("*.ttl"))
    for name in NAMES:
        for language in ("nl", "en"):
            numbers = [link.removeprefix("tel:") for link in read(client, name, language).links if "tel:" in link]
            assert all(re.search(rf"\b{number}\b", data) for number in numbers), numbers
            assert bool(numbers) == (name in ("over", "hulp"))


def test_the_wheel_can_point_to_its_explanation(client: FlaskClient) -> None:
    assert {"inwoner", "professional", "karrewiel", "t-model"} <= {id for _, id in read(client, "over", "nl").headings}


def test_the_about_page_claims_no_more_than_it_may(client: FlaskClient) -> None:
    page = " ".join(client.get("/nl/over").text.split())
    for sentence in ("Dit is geen keuring.", "Dit is ook niet de officiële site.", "geen advies over een persoon"):
        assert sentence in page


def test_the_accessibility_statement_has_its_facts_in_both_languages(client: FlaskClient) -> None:
    for language in ("nl", "en"):
        page = client.get(f"/{language}/toegankelijkheid").text
        assert '<time datetime="2026-11-22">' in page
        assert page.count('<h3 id="bekend-') == len(re.findall(r"(?:vóór|before) <time", page)) == 3
        ways = page.partition('id="test"')[2].partition("</ul>")[0]
        assert ways.count("<li>") == 5
        assert "<li></li>" not in ways


def test_an_unknown_name_is_no_page(client: FlaskClient) -> None:
    assert client.get("/nl/overal").status_code == 404
    assert client.get("/de/over").status_code == 404


def test_sharing_is_hidden_until_the_script_shows_it(client: FlaskClient) -> None:
    page = client.get("/nl/over").text
    actions = page.partition("data-sharing")[2].partition("</div>")[0]
    assert page.count('<div class="actions share" data-sharing hidden>') == 1
    for name in ("print", "copy", "share"):
        assert re.search(rf"<button [^>]*data-{name} hidden>", actions)
    script = re.search(r'<script src="(/static/share\.js[^"]*)" defer></script>', page)
    assert script
    answer = client.get(script[1])
    assert answer.status_code == 200
    assert len(answer.data) < 2000
