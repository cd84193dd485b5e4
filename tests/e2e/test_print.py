"""On paper, and without JavaScript."""

import re
from typing import Any

import pytest
from page_types import NAMES, path
from playwright.sync_api import expect

PAGES_OF_PDF = re.compile(rb"/Type\s*/Page\b(?!s)")


@pytest.mark.parametrize("slug", ["schulden-basis", "meldcode", "valrisico", "eenzaamheid-signaleren"])
def test_an_aspect_fits_on_two_sheets(visit: Any, slug: str) -> None:
    page = visit(f"/nl/aspect/{slug}")
    assert page.status == 200
    assert len(PAGES_OF_PDF.findall(page.pdf(format="A4"))) <= 2


@pytest.mark.parametrize("name", ["bijeenkomst", "ankers"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_sheet_for_a_meeting_is_one_a4(visit: Any, name: str, language: str) -> None:
    page = visit(f"/{language}/teamscan/{name}")
    assert page.status == 200
    assert len(PAGES_OF_PDF.findall(page.pdf(format="A4"))) == 1


def test_paper_shows_the_text_and_no_menu(visit: Any) -> None:
    page = visit("/nl/aspect/schulden-basis")
    page.emulate_media(media="print")
    for hidden in (".site-header", ".site-footer", ".aside"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator("#herken")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.hero')).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.parametrize("name", NAMES)
def test_all_text_and_links_are_there_without_script(visit: Any, name: str) -> None:
    """What a page holds without script is all it holds with it, but for buttons that need script."""
    words = "[...document.querySelectorAll('main a[href]')].map(a => a.getAttribute('href'))"
    with_script = visit(path(name, "nl")).evaluate(words)
    page = visit(path(name, "nl"), java_script_enabled=False)
    hrefs = [link.get_attribute("href") for link in page.locator("main a[href]").all()]
    assert hrefs
    assert set(with_script) <= set(hrefs)
