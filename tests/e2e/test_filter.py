"""Narrowing a list down in a real browser: without reload where script runs, by plain links where it does not."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

LIST = "/nl/aspect"
CHOSEN = re.compile(r"\?domein=inkomen$")
MARK = "() => { window.sameVisit = true }"
SAME = "() => window.sameVisit === true"
COUNT = "[data-count]"


def choose(page: Any, choice: str) -> None:
    """Press a choice, and see its list."""
    with page.expect_navigation():
        page.click(f'[data-filter="{choice}"]')


def test_a_choice_changes_the_list_without_a_reload_and_says_how_much_is_left(visit: Any) -> None:
    page = visit(LIST)
    page.evaluate(MARK)
    choose(page, "domein:inkomen")
    expect(page).to_have_url(CHOSEN)
    assert page.evaluate(SAME)
    expect(page.locator(COUNT)).to_contain_text("van 143")
    expect(page.locator("[data-announce]")).to_have_text(page.inner_text(COUNT))
    choice = page.locator('[data-filter="domein:inkomen"]')
    expect(choice).to_be_focused()
    expect(choice).to_have_attribute("aria-current", "true")
    expect(page.locator(".tongue a")).to_have_attribute("href", "/en/aspect?domein=inkomen")


def test_back_and_forward_go_through_the_choices(visit: Any) -> None:
    page = visit(LIST)
    page.evaluate(MARK)
    before = page.inner_text(COUNT)
    choose(page, "domein:inkomen")
    after = page.inner_text(COUNT)
    assert after != before
    page.go_back()
    expect(page.locator(COUNT)).to_have_text(before)
    page.go_forward()
    expect(page.locator(COUNT)).to_have_text(after)
    assert page.evaluate(SAME)


def test_clearing_puts_the_focus_on_the_count(visit: Any) -> None:
    page = visit(f"{LIST}?domein=inkomen")
    choose(page, "clear")
    expect(page).to_have_url(re.compile(f"{LIST}$"))
    expect(page.locator(COUNT)).to_be_focused()


def test_an_opened_fold_stays_open(visit: Any) -> None:
    page = visit(LIST)
    page.click("summary >> nth=1")
    choose(page, "domein:inkomen")
    expect(page).to_have_url(CHOSEN)
    assert page.evaluate("() => [...document.querySelectorAll('.filters details')].map(fold => fold.open)") == [
        False,
        True,
    ]


def test_on_any_trouble_the_link_is_just_followed(visit: Any) -> None:
    page = visit(LIST)
    page.evaluate(MARK)
    page.evaluate("() => { window.fetch = () => Promise.reject(new Error('away')) }")
    choose(page, "domein:inkomen")
    expect(page).to_have_url(CHOSEN)
    assert not page.evaluate(SAME)
    expect(page.locator(COUNT)).to_contain_text("van 143")


@pytest.mark.parametrize("script", [True, False])
def test_a_letter_leads_to_its_part_of_the_list(visit: Any, script: bool) -> None:
    page = visit("/nl/bron", java_script_enabled=script)
    with page.expect_navigation():
        page.click(".letters a >> text=M")
    expect(page).to_have_url(re.compile("#letter-m$"))
    expect(page.locator("#letter-m")).to_be_in_viewport()


def test_without_script_the_links_do_the_same(visit: Any) -> None:
    page = visit(LIST, java_script_enabled=False)
    choose(page, "domein:inkomen")
    expect(page).to_have_url(CHOSEN)
    expect(page.locator(COUNT)).to_contain_text("van 143")
