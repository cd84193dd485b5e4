"""Handing in, in a real browser: without script, on a phone, and without a fault that axe can find."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from axe_faults import faults
from pypdf import PdfReader

LIST = """https://example.org/eenzaam Eenzaamheid bij ouderen herkennen
https://example.org/schulden Schulden en LVB: wat werkt?
htp:/example.org/kapot Valpreventie
https://example.org/niets
https://www.movisie.nl/publicatie/wat-werkt-aanpak-eenzaamheid
"""
BUTTON = {"nl": "Bekijk mijn lijst", "en": "Look at my list"}


def check(page: Any, language: str = "nl") -> None:
    """Paste the list and look at it."""
    page.fill("#lijst", LIST)
    page.get_by_role("button", name=BUTTON[language]).click()
    page.wait_for_selector(".sheet-row")


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_axe_finds_nothing_on_the_page_of_a_list(visit: Any, language: str, width: int) -> None:
    page = visit(f"/{language}/aanleveren", width=width)
    check(page, language)
    assert faults(page) == []
    page.check("input[name='b-1-doelgroep/ouderen'][value=ja]")
    page.get_by_role("button", name={"nl": "Inleveren", "en": "Hand in"}[language], exact=True).click()
    assert page.locator("#fouten").is_visible()
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
    page.locator(".deliver-box button").click()
    assert page.locator("#code").is_visible()
    assert faults(page) == []


def test_without_script_on_a_phone_a_list_goes_from_addresses_to_rows_that_are_ready(visit: Any) -> None:
    page = visit("/nl/aanleveren", width=320, height=640, java_script_enabled=False)
    check(page)
    assert page.locator(".tile.unusable dd").inner_text() == "1"
    page.get_by_role("button", name="Neem 1 verbetering over").click()
    assert page.locator(".tile.unusable dd").inner_text() == "0"
    page.check("input[name='b-1-doelgroep/ouderen'][value=ja]")
    page.check("input[name='b-1-aspect/eenzaamheid-signaleren'][value=ja]")
    page.select_option("#c-1-soort", label="handreiking")
    page.fill("#a-5", "Eenzaamheid signaleren")
    page.press("#a-5", "Enter")
    assert page.locator(".tile.complete dd").inner_text() == "2"
    done = page.locator("#klaar").inner_text()
    assert "Ouderen" in done and "Eenzaamheid signaleren" in done


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
    page.get_by_role("button", name="English").click()
    assert page.url.endswith("/en/aanleveren/controle")
    assert "Older people" in page.locator("main").inner_text() and page.locator(".sheet-row").count() >= 4


def test_a_file_is_taken_along_and_chosen_again(visit: Any, tmp_path: Path) -> None:
    page = visit("/nl/aanleveren")
    check(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Excel", exact=True).click()
    target = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(target)
    page.goto(page.url.replace("/controle", ""))
    page.set_input_files("#bestand", target)
    page.get_by_role("button", name=BUTTON["nl"]).click()
    assert page.locator(".tile.new dd").inner_text() == "3" and page.locator(".tile.known dd").inner_text() == "1"


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
