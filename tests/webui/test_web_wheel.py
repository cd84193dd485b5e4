"""The karrewiel on the page and to take along: the links and their order, what they are called, the list beside it."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient

from kbs_graph import catalog
from kbs_graph.config import Settings
from kbs_graph.snapshots import Snapshot
from webui import serving
from webui.app import create_app

SVG = "{http://www.w3.org/2000/svg}"
WHEEL = '{% import "wheel.html" as wheels %}{{ wheels.karrewiel(home.wheel) }}'
FOCUS = '{% import "wheel.html" as wheels %}{{ wheels.focus_wheel(thing) }}{{ wheels.badge(thing) }}'
Element = ElementTree.Element


class Links(HTMLParser):
    """The addresses in the list of domains, in the folds and in the line about the middle."""

    def __init__(self, page: str):
        super().__init__()
        self.found: dict[str, list[str]] = {"wheel-middle": [], "wheel-areas": [], "wheel-folds": []}
        self._part = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("class") or ""
        self._part = name if name in self.found else "" if name == "wheel-downloads" else self._part
        if tag == "a" and self._part:
            self.found[self._part].append(given["href"] or "")


@pytest.fixture(scope="module")
def real_app(real_snapshot: Snapshot, root: Path) -> Iterator[Flask]:
    """The app over the real graph."""
    made = create_app(Settings(root=root, var=real_snapshot.path.parent.parent))
    yield made
    with made.app_context():
        serving.service().close()


def drawn(app: Flask, language: str) -> str:
    with app.test_request_context(f"/{language}/"):
        return render_template_string(WHEEL, home=catalog.home(serving.opened().store))


def drawings(page: str) -> list[Element]:
    """The drawings on a page, read as XML: so they are well-formed too."""
    found = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    return [
        ElementTree.fromstring(text.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)) for text in found
    ]


def anchors(element: Element) -> list[Element]:
    return list(element.iter(f"{SVG}a"))


def rings(element: Element) -> list[tuple[str | None, list[Element]]]:
    groups = [group for group in element.iter(f"{SVG}g") if group.get("role") == "list"]
    return [(group.get("aria-label"), anchors(group)) for group in groups]


def seen(anchor: Element) -> str:
    """The visible text of a link."""
    return " ".join("".join(text.itertext()) for text in anchor.iter(f"{SVG}text")).strip()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_38_links_in_the_order_hub_domains_competencies_target_groups(real_app: Flask, language: str) -> None:
    large, small = drawings(drawn(real_app, language))
    assert [len(links) for _, links in rings(large)] == [2, 21, 7, 8]
    domains = [link.get("href", "") for link in rings(large)[1][1]]
    for place in range(0, 21, 3):
        rim, general, specific = domains[place : place + 3]
        assert rim.startswith(f"/{language}/domein/")
        assert (general, specific) == (f"{rim}#algemeen", f"{rim}#specifiek")
    assert [seen(link)[0] for link in rings(large)[1][1][::3]] == list("1234567")
    assert [link.get("href") for link in anchors(small)] == domains[::3]


def test_the_order_is_that_of_the_model(real_app: Flask) -> None:
    large, _ = drawings(drawn(real_app, "nl"))
    assert [seen(link) for link in rings(large)[1][1][::3]] == [
        "1 Lichamelijke gezondheid",
        "2 Dagelijks functioneren",
        "3 Inkomen",
        "4 Participatie",
        "5 Opvoeden en opgroeien",
        "6 Veiligheid",
        "7 Psychische gezondheid",
    ]
    assert [name for name, _ in rings(large)] == ["In het midden", "De zeven gebieden", "Competenties", "Doelgroepen"]
    assert [link.get("href") for link in rings(large)[0][1]] == ["/nl/begrip/inwoner", "/nl/begrip/professional"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_name_begins_with_what_is_seen_and_no_two_links_are_called_the_same(real_app: Flask, language: str) -> None:
    for drawing in drawings(drawn(real_app, language)):
        names = [link.get("aria-label", "") for link in anchors(drawing)]
        assert len(set(names)) == len(names)
        for link, name in zip(anchors(drawing), names, strict=True):
            assert name.startswith(seen(link)) and seen(link)
            assert link.get("lang") is None


def test_what_is_no_text_is_hidden_from_screen_readers_and_every_link_is_an_item_of_a_list(real_app: Flask) -> None:
    for drawing in drawings(drawn(real_app, "nl")):
        assert drawing.get("role") == "group" and drawing.get("aria-labelledby") == "wheel-title"
        shapes = [*drawing.iter(f"{SVG}path"), *drawing.iter(f"{SVG}circle")]
        assert shapes and all(shape.get("aria-hidden") == "true" for shape in shapes)
        items = [group for group in drawing.iter(f"{SVG}g") if group.get("role") == "listitem"]
        assert sum(len(anchors(item)) for item in items) == len(anchors(drawing))
        assert not list(drawing.iter(f"{SVG}title"))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_w7_the_list_has_the_same_links_in_the_same_order(real_app: Flask, language: str) -> None:
    page = drawn(real_app, language)
    (_, middle), (_, domains), (_, competencies), (_, groups) = rings(drawings(page)[0])
    listed = Links(page).found
    assert listed["wheel-middle"] == [link.get("href") for link in middle]
    assert listed["wheel-areas"] == [link.get("href") for link in domains]
    assert listed["wheel-folds"] == [link.get("href") for link in (*competencies, *groups)]


def test_w5_nothing_needs_a_script_or_an_inline_style_and_ids_are_said_once(real_app: Flask) -> None:
    page = drawn(real_app, "nl")
    assert not re.search(r"\bstyle=|<style|<script|\bon[a-z]+=|tabindex=\"[1-9]", page)
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(set(ids)) == len(ids)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    assert len(page) < 40_000


def test_every_link_of_the_wheel_leads_to_a_page_that_has_the_place(real_app: Flask) -> None:
    client = real_app.test_client()
    for href in dict.fromkeys(link.get("href", "") for link in anchors(drawings(drawn(real_app, "nl"))[0])):
        path, _, anchor = href.partition("#")
        answer = client.get(path, headers={"Accept": "text/html"})
        assert answer.status_code == 200, href
        assert not anchor or f'id="{anchor}"' in answer.text, href


def test_the_wheel_of_a_domain_leads_home_and_to_the_six_others(real_app: Flask) -> None:
    with real_app.test_request_context("/nl/"):
        store = serving.opened().store
        page = render_template_string(FOCUS, thing=catalog.thing(store, "domein", "inkomen"))
    fan, badge = drawings(page)
    links = [link.get("href", "") for link in anchors(fan)]
    assert links[0] == "/nl/" and len(links) == 7
    assert [link.get("aria-label", "")[0] for link in anchors(fan)[1:]] == list("456712")
    assert "/nl/domein/inkomen" not in links
    assert badge.get("aria-hidden") == "true" and not anchors(badge)
    listed = re.findall(r'<li class="d\d">.*?</li>', page)
    assert len(listed) == 7
    assert [item for item in listed if 'aria-current="page"' in item] == [listed[2]]
    assert set(links[1:]) == set(re.findall(r'<li class="d\d"><a href="([^"]+)"', page))


# --- to take along


def test_the_drawing_stands_alone(client: FlaskClient) -> None:
    answer = client.get("/nl/karrewiel.svg")
    assert answer.status_code == 200
    assert answer.mimetype == "image/svg+xml"
    drawing = ElementTree.fromstring(answer.text)
    title, description = drawing.findtext(f"{SVG}title"), drawing.findtext(f"{SVG}desc")
    assert title == "Kennisbouwstenen: Het karrewiel" and description
    assert "CC BY 4.0" in answer.text and "/nl/ " in answer.text
    assert not re.search(r"<style|style=|class=|<script|url\(", answer.text)
    assert all(link.get("href", "").startswith("http") for link in anchors(drawing))
    texts = list(drawing.iter(f"{SVG}text"))
    assert texts and all(text.get("fill") and text.get("font-size") for text in texts)
    again = client.get("/nl/karrewiel.svg", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_poster_is_a_pdf_of_one_page_kept_by_its_tag(client: FlaskClient, language: str) -> None:
    answer = client.get(f"/{language}/karrewiel.pdf")
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF-")
    assert re.search(rb"/Count 1\b", answer.data) and b"841.89" in answer.data
    assert f"/Lang ({language})".encode() in answer.data
    assert f'filename="karrewiel-{language}.pdf"' in answer.headers["Content-Disposition"]
    again = client.get(f"/{language}/karrewiel.pdf", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_the_grey_poster_is_another_file(client: FlaskClient) -> None:
    colour, grey = client.get("/nl/karrewiel.pdf"), client.get("/nl/karrewiel.pdf?grijs=1")
    assert grey.status_code == 200
    assert grey.data != colour.data
    assert "karrewiel-nl-grijs.pdf" in grey.headers["Content-Disposition"]


def test_a_wheel_with_few_spokes_is_still_a_wheel(app: Flask) -> None:
    """The small graph has two domains, one competency, two target groups and only the resident in the middle."""
    large, small = drawings(drawn(app, "nl"))
    assert [len(links) for _, links in rings(large)] == [1, 6, 1, 2]
    assert len(anchors(small)) == 2
