"""Three pages in a real browser: they show, nothing fails, nothing is asked of others, nothing is stored."""

from typing import Any

import pytest


@pytest.fixture
def page(chromium: Any, address: str) -> Any:
    context = chromium.new_context(viewport={"width": 360, "height": 740}, locale="nl-NL")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    ("path", "heading", "language"),
    [
        ("/", "Welke kennis heb je nodig?", "nl"),
        ("/en/aspect/geldzorgen-signaleren", "Spotting money worries", "en"),
        ("/nl/bron/geldzorgen-herkennen", "Geldzorgen herkennen", "nl"),
    ],
)
def test_a_page_shows(page: Any, address: str, path: str, heading: str, language: str) -> None:
    faults: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    assert page.goto(address + path).status == 200
    assert page.inner_text("h1") == heading
    assert page.get_attribute("html", "lang") == language
    assert not faults
    assert all(url.startswith(address) for url in asked)
    assert page.context.cookies() == []
    width = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert page.evaluate(width), "the page scrolls sideways on a phone"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"


def test_searching_leads_to_the_page(page: Any, address: str) -> None:
    page.goto(address + "/nl/")
    page.fill("#q", "blut")
    page.press("#q", "Enter")
    page.click("ol.hits a")
    assert page.inner_text("h1") == "Geldzorgen signaleren"
    page.click(".switch a")
    assert page.inner_text("h1") == "Spotting money worries"


def test_a_question_is_answered_with_a_table(page: Any, address: str) -> None:
    page.goto(address + "/sparql?lang=nl")
    page.fill("#query", "SELECT ?s WHERE { ?s a <https://w3id.org/kennisbouwstenen/def#Case> }")
    page.click("form.query button")
    assert page.inner_text("caption") == "1 rij"
