"""Handing in, in a real browser: without script, on a phone, and without a fault that axe can find."""

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from axe_faults import faults
from playwright.sync_api import expect
from pypdf import PdfReader

LIST = """https://example.org/eenzaam Eenzaamheid bij ouderen herkennen
https://example.org/schulden Schulden en LVB: wat werkt?
htp:/example.org/kapot Valpreventie
https://example.org/niets
https://www.movisie.nl/publicatie/wat-werkt-aanpak-eenzaamheid
"""
BUTTON = {"nl": "Bekijk mijn lijst", "en": "Look at my list"}


def press(page: Any, name: str) -> None:
    """Press the button that leads to the next page, and be there."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def check(page: Any, language: str = "nl") -> None:
    """Paste the list and look at it."""
    page.fill("#lijst", LIST)
    press(page, BUTTON[language])
    expect(page.locator(".sheet-row").first).to_be_visible()


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_axe_finds_nothing_on_the_page_of_a_list(visit: Any, language: str, width: int) -> None:
    page = visit(f"/{language}/aanleveren", width=width)
    check(page, language)
    assert faults(page) == []
    page.check("input[name='b-1-doelgroep/ouderen'][value=ja]")
    press(page, {"nl": "Inleveren", "en": "Hand in"}[language])
    expect(page.locator("#fouten")).to_be_visible()
    assert faults(page) == []


def test_axe_finds_nothing_in_the_dark(visit: Any) -> None:
    page = visit("/nl/aanleveren", color_scheme="dark")
    check(page)
    assert faults(page) == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_axe_finds_nothing_on_what_was_read_of_a_page(visit: Any, language: str) -> None:
    page = visit(f"/{language}/aanleveren/pagina")
    page.fill(
        "#lijst", "<html><title>Eenzaamheid bij ouderen</title><script type='application/ld+json'>{</script></html>"
    )
    with page.expect_navigation():
        page.locator(".deliver-box button").click()
    expect(page.locator("#code")).to_be_visible()
    assert faults(page) == []


def test_without_script_on_a_phone_a_list_goes_from_addresses_to_rows_that_are_ready(visit: Any) -> None:
    page = visit("/nl/aanleveren", width=320, height=640, java_script_enabled=False)
    check(page)
    expect(page.locator(".tile.unusable dd")).to_have_text("1")
    press(page, "Neem 1 verbetering over")
    expect(page.locator(".tile.unusable dd")).to_have_text("0")
    page.check("input[name='b-1-doelgroep/ouderen'][value=ja]")
    page.check("input[name='b-1-aspect/eenzaamheid-signaleren'][value=ja]")
    page.select_option("#c-1-soort", label="handreiking")
    page.fill("#a-5", "Eenzaamheid signaleren")
    with page.expect_navigation():
        page.press("#a-5", "Enter")
    expect(page.locator(".tile.complete dd")).to_have_text("2")
    expect(page.locator("#klaar")).to_contain_text("Ouderen")
    expect(page.locator("#klaar")).to_contain_text("Eenzaamheid signaleren")


def test_nothing_of_a_list_scrolls_sideways_on_a_phone_and_targets_are_large(visit: Any) -> None:
    page = visit("/nl/aanleveren", width=320, height=640)
    check(page)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    small = page.evaluate(
        "[...document.querySelectorAll('main button, main .yes-no label')].filter(e => e.checkVisibility()"
        " && !e.matches('.visually-hidden') && e.getBoundingClientRect().height < 24).map(e => e.outerHTML)"
    )
    assert small == []


def test_the_other_language_keeps_the_list_and_what_was_typed(visit: Any) -> None:
    page = visit("/nl/aanleveren")
    check(page)
    page.fill("#a-4", "Ouderen")
    press(page, "English")
    expect(page).to_have_url(re.compile("/en/aanleveren/controle$"))
    expect(page.locator("main")).to_contain_text("Older people", use_inner_text=True)
    assert page.locator(".sheet-row").count() >= 4


def test_a_file_is_taken_along_and_chosen_again(visit: Any, tmp_path: Path) -> None:
    page = visit("/nl/aanleveren")
    check(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Excel", exact=True).click()
    target = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(target)
    page.goto(page.url.replace("/controle", ""))
    page.set_input_files("#bestand", target)
    press(page, BUTTON["nl"])
    expect(page.locator(".tile.new dd")).to_have_text("3")
    expect(page.locator(".tile.known dd")).to_have_text("1")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_letter_is_one_sheet_of_paper(visit: Any, language: str) -> None:
    page = visit(f"/{language}/aanleveren/leverancier")
    printed = PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    assert len(printed.pages) == 1 and "JSON-LD" in printed.pages[0].extract_text()


def test_nothing_leaves_for_another_host(visit: Any) -> None:
    page = visit("/nl/aanleveren")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    check(page)
    assert asked and all("127.0.0.1" in address for address in asked)
    assert json.loads(page.evaluate("JSON.stringify([localStorage.length, document.cookie])")) == [0, ""]
