"""Suggestions while typing, in a real browser: an ARIA combobox by keyboard and pointer; without it a plain form."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_faults import faults
from playwright.sync_api import expect
from typing_words import OPTION, typed

Open = Callable[..., Any]
CHOICE = "aria-activedescendant"


@pytest.mark.parametrize(("path", "words"), [("/nl/zoeken", "schu"), ("/en/zoeken", "debt")])
def test_options_come_with_their_kind_and_the_arrows_choose(visit: Open, path: str, words: str) -> None:
    page = visit(path)
    box = typed(page, words)
    expect(box).to_have_attribute("role", "combobox")
    expect(box).to_have_attribute("aria-expanded", "true")
    names = page.locator(OPTION).all_inner_texts()
    assert 1 <= len(names) <= 8
    assert all(
        any(kind in name for kind in ("Kennis", "Knowledge", "Speciali", "Domein", "Area")) for name in names[:2]
    )
    expect(box).not_to_have_attribute(CHOICE, re.compile(""))
    box.press("ArrowDown")
    chosen = page.locator(f"{OPTION}[aria-selected=true]")
    expect(box).to_have_attribute(CHOICE, chosen.get_attribute("id"))
    box.press("ArrowUp")
    expect(box).not_to_have_attribute(CHOICE, re.compile(""))
    box.press("ArrowUp")
    expect(page.locator(OPTION).last).to_have_attribute("aria-selected", "true")


def test_enter_on_a_choice_opens_its_page_and_without_a_choice_searches(visit: Open) -> None:
    page = visit("/nl/zoeken")
    box = typed(page, "schu")
    box.press("ArrowDown")
    wanted = page.locator(OPTION).first.get_attribute("data-href")
    with page.expect_navigation():
        box.press("Enter")
    expect(page).to_have_url(re.compile(f"{wanted}$"))
    page = visit("/nl/zoeken")
    box = typed(page, "schu")
    with page.expect_navigation():
        box.press("Enter")
    expect(page).to_have_url(re.compile(r"/nl/zoeken\?q=schu$"))


def test_escape_closes_and_keeps_the_words_and_a_press_opens_the_page(visit: Open) -> None:
    page = visit("/nl/zoeken")
    box = typed(page, "schu")
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(page.locator(".suggestions")).to_be_hidden()
    expect(box).to_have_value("schu")
    box.press("ArrowDown")
    wanted = page.locator(f"{OPTION}:visible").first.get_attribute("data-href")
    with page.expect_navigation():
        page.locator(OPTION).first.click()
    expect(page).to_have_url(re.compile(f"{wanted}$"))


def test_leaving_the_field_closes_the_list(visit: Open) -> None:
    page = visit("/nl/zoeken")
    box = typed(page, "schu")
    box.press("Tab")
    expect(box).to_have_attribute("aria-expanded", "false")


def test_nothing_found_takes_the_list_away(visit: Open) -> None:
    page = visit("/nl/zoeken")
    box = typed(page, "schu")
    page.unroute_all()
    box.fill("qwxyz")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(page.locator(".suggestions")).to_be_hidden()


def test_an_open_list_passes_axe(visit: Open) -> None:
    page = visit("/nl/zoeken", width=360, height=740)
    typed(page, "schu").press("ArrowDown")
    assert faults(page) == []
    width = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert page.evaluate(width)


def test_without_javascript_the_form_just_searches(visit: Open) -> None:
    page = visit("/nl/zoeken", java_script_enabled=False)
    page.fill("#q", "schulden")
    with page.expect_navigation():
        page.press("#q", "Enter")
    expect(page).to_have_url(re.compile(r"/nl/zoeken\?q=schulden$"))
    assert page.locator("ol.hits li").count() > 3
