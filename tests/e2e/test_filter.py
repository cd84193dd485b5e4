"""Narrowing a list down in a real browser: without reload where script runs, by plain links where it does not."""

from typing import Any

import pytest

LIST = "/nl/aspect"
MARK = "() => { window.sameVisit = true }"
SAME = "() => window.sameVisit === true"
FOCUSED = "() => document.activeElement.dataset.filter"


def choose(page: Any, choice: str) -> None:
    page.click(f'[data-filter="{choice}"]')


def count(page: Any) -> str:
    return str(page.inner_text("[data-count]"))


def test_a_choice_changes_the_list_without_a_reload_and_says_how_much_is_left(visit: Any) -> None:
    page = visit(LIST)
    page.evaluate(MARK)
    choose(page, "domein:inkomen")
    page.wait_for_url("**?domein=inkomen")
    assert page.evaluate(SAME)
    assert "van 143" in count(page) and page.inner_text("[data-announce]") == count(page)
    assert page.evaluate(FOCUSED) == "domein:inkomen"
    assert page.get_attribute(".tongue a", "href") == "/en/aspect?domein=inkomen"
    assert page.get_attribute('[data-filter="domein:inkomen"]', "aria-current") == "true"


def test_back_and_forward_go_through_the_choices(visit: Any) -> None:
    page = visit(LIST)
    page.evaluate(MARK)
    before = count(page)
    choose(page, "domein:inkomen")
    page.wait_for_url("**?domein=inkomen")
    after = count(page)
    page.go_back()
    page.wait_for_function("was => document.querySelector('[data-count]').innerText === was", arg=before)
    page.go_forward()
    page.wait_for_function("was => document.querySelector('[data-count]').innerText === was", arg=after)
    assert page.evaluate(SAME)


def test_clearing_puts_the_focus_on_the_count(visit: Any) -> None:
    page = visit(f"{LIST}?domein=inkomen")
    choose(page, "clear")
    page.wait_for_url(f"**{LIST}")
    assert page.evaluate("() => document.activeElement.hasAttribute('data-count')")


def test_an_opened_fold_stays_open(visit: Any) -> None:
    page = visit(LIST)
    page.click("summary >> nth=1")
    choose(page, "domein:inkomen")
    page.wait_for_url("**?domein=inkomen")
    assert page.evaluate("() => [...document.querySelectorAll('.filters details')].map(fold => fold.open)") == [
        False,
        True,
    ]


def test_on_any_trouble_the_link_is_just_followed(visit: Any) -> None:
    page = visit(LIST)
    page.evaluate(MARK)
    page.evaluate("() => { window.fetch = () => Promise.reject(new Error('away')) }")
    choose(page, "domein:inkomen")
    page.wait_for_url("**?domein=inkomen")
    page.wait_for_load_state()
    assert not page.evaluate(SAME)
    assert "van 143" in count(page)


@pytest.mark.parametrize("script", [True, False])
def test_a_letter_leads_to_its_part_of_the_list(visit: Any, script: bool) -> None:
    page = visit("/nl/bron", java_script_enabled=script)
    page.click(".letters a >> text=M")
    page.wait_for_url("**#letter-m")
    assert page.locator("#letter-m").bounding_box()["y"] < 800


def test_without_script_the_links_do_the_same(visit: Any) -> None:
    page = visit(LIST, java_script_enabled=False)
    choose(page, "domein:inkomen")
    page.wait_for_url("**?domein=inkomen")
    assert "van 143" in count(page)
