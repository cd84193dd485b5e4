"""Suggestions while typing, in a real browser: an ARIA combobox by keyboard and pointer; without it a plain form."""

from collections.abc import Callable
from typing import Any

import pytest

Open = Callable[..., Any]
OPTION = "[role=option]"


def typed(page: Any, words: str, field: str = "#q") -> Any:
    page.locator(field).press_sequentially(words)
    page.wait_for_selector(OPTION)
    return page.locator(field)


@pytest.mark.parametrize(("path", "field"), [("/nl/zoeken", "#q"), ("/en/zoeken", "#q")])
def test_options_come_with_their_kind_and_the_arrows_choose(visit: Open, path: str, field: str) -> None:
    page = visit(path)
    box = typed(page, "schu" if path.startswith("/nl") else "debt", field)
    assert box.get_attribute("role") == "combobox"
    assert box.get_attribute("aria-expanded") == "true"
    names = page.locator(OPTION).all_inner_texts()
    assert 1 <= len(names) <= 8
    assert all(
        any(kind in name for kind in ("Kennis", "Knowledge", "Speciali", "Domein", "Area")) for name in names[:2]
    )
    assert not box.get_attribute("aria-activedescendant")
    box.press("ArrowDown")
    chosen = page.locator('[role=option][aria-selected="true"]')
    assert chosen.get_attribute("id") == box.get_attribute("aria-activedescendant")
    box.press("ArrowUp")
    assert not box.get_attribute("aria-activedescendant")
    box.press("ArrowUp")
    assert page.locator(OPTION).last.get_attribute("aria-selected") == "true"


def test_enter_on_a_choice_opens_its_page_and_without_a_choice_searches(visit: Open) -> None:
    page = visit("/nl/zoeken")
    box = typed(page, "schu")
    box.press("ArrowDown")
    wanted = page.locator(OPTION).first.get_attribute("data-href")
    box.press("Enter")
    page.wait_for_url(f"**{wanted}")
    page = visit("/nl/zoeken")
    typed(page, "schu").press("Enter")
    page.wait_for_url("**/nl/zoeken?q=schu")


def test_escape_closes_and_keeps_the_words_and_a_press_opens_the_page(visit: Open) -> None:
    page = visit("/nl/zoeken")
    box = typed(page, "schu")
    box.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    assert page.locator(".suggestions").is_hidden()
    assert box.input_value() == "schu"
    box.press("ArrowDown")
    page.wait_for_selector(OPTION)
    wanted = page.locator(OPTION).first.get_attribute("data-href")
    page.locator(OPTION).first.click()
    page.wait_for_url(f"**{wanted}")


def test_leaving_the_field_closes_the_list(visit: Open) -> None:
    page = visit("/nl/zoeken")
    box = typed(page, "schu")
    box.press("Tab")
    assert box.get_attribute("aria-expanded") == "false"


def test_nothing_found_shows_no_list(visit: Open) -> None:
    page = visit("/nl/zoeken")
    with page.expect_response("**/zoeken/suggesties*"):
        page.locator("#q").press_sequentially("qwxyz", delay=5)
    assert page.locator("#q").get_attribute("aria-expanded") == "false"


def test_an_open_list_passes_axe(visit: Open) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = visit("/nl/zoeken", width=360, height=740)
    typed(page, "schu").press("ArrowDown")
    results = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert results.violations_count == 0, results.generate_report()
    width = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert page.evaluate(width)


def test_without_javascript_the_form_just_searches(visit: Open) -> None:
    page = visit("/nl/zoeken", java_script_enabled=False)
    page.fill("#q", "schulden")
    page.press("#q", "Enter")
    page.wait_for_url("**/nl/zoeken?q=schulden")
    assert page.locator("ol.hits li").count() > 3
