"""What people come to do, done in a real browser on a phone."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect
from typing_words import OPTION, typed

PHONE = {"width": 360, "height": 740}
ABOVE_THE_FOLD = "e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight }"


@pytest.mark.parametrize("slug", ["schulden-basis", "meldcode", "eenzaamheid-signaleren", "valrisico"])
def test_the_first_screen_of_an_aspect_answers(visit: Any, slug: str) -> None:
    """PRO-4: title, meaning, two signs and the way to the specialist, without scrolling."""
    page = visit(f"/nl/aspect/{slug}", **PHONE)
    signs = page.locator("#herken li")
    for found in (
        page.locator("h1"),
        page.locator(".hero .lead"),
        page.locator("#herken h2"),
        signs.nth(0),
        signs.nth(1),
    ):
        assert found.evaluate(ABOVE_THE_FOLD)
    assert page.locator("a[href='#specialist']:visible").first.evaluate(ABOVE_THE_FOLD)


def test_words_typed_lead_to_a_page_in_both_languages(visit: Any) -> None:
    page = visit("/nl/", **PHONE)
    page.fill("#q", "deurwaarder")
    with page.expect_navigation():
        page.press("#q", "Enter")
    with page.expect_navigation():
        page.locator(".rows .row-title a").first.click()
    dutch = page.inner_text("h1")
    with page.expect_navigation():
        page.click(".tongue a")
    expect(page.locator("h1")).not_to_have_text(dutch)
    expect(page).to_have_url(re.compile("//[^/]+/en/"))


def test_suggestions_come_while_typing_and_listen_to_the_keys(visit: Any) -> None:
    """PRO-12."""
    page = visit("/nl/")
    field = typed(page, "schu")
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    chosen = page.locator(f"{OPTION}[aria-selected=true]")
    expect(chosen).to_have_count(1)
    expect(field).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))
    field.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    with page.expect_navigation():
        field.press("Enter")
    expect(page).to_have_url(re.compile(r"/nl/zoeken\?q=schu"))


def test_a_case_is_found_in_six_taps(visit: Any) -> None:
    """PRO-7: an older man, unopened letters, angry with the neighbours, drinks."""
    page = visit("/nl/casushulp", **PHONE)
    slugs = ("ongeopende-post", "speelt-in-de-buurt", "drinkt-of-gebruikt-veel")
    page.locator("input[name=doelgroep][value=ouderen]").check()
    for slug in slugs:
        page.locator(f"input[name=signaal][value={slug}]").check()
    with page.expect_navigation():
        page.locator("main form button[type=submit], main form button:not([type])").first.click()
    asked = page.url.partition("?")[2].split("&")
    assert sorted(asked) == sorted(["doelgroep=ouderen", *(f"signaal={slug}" for slug in slugs)])
    links = page.locator("main a[href*='/nl/aspect/']").evaluate_all("all => [...new Set(all.map(a => a.pathname))]")
    assert 3 <= len(links) <= 12


def test_a_suggestion_gets_a_number_and_a_state(visit: Any) -> None:
    page = visit("/nl/suggestie?over=/nl/aspect/schulden-basis", **PHONE)
    page.wait_for_timeout(3200)  # who sends sooner is taken for a machine
    page.locator("input[name=soort][value=mist]").check()
    page.locator("#tekst").fill("In stap 3 ontbreekt het woord huur.")
    with page.expect_navigation():
        page.locator("form.suggestion button").click()
    expect(page).to_have_url(re.compile(r"/nl/suggestie/\d"))
    expect(page.locator("main")).to_contain_text("ntvangen", use_inner_text=True)
    assert "huur" not in page.inner_text("main")


def test_a_list_narrows_without_a_new_page_and_goes_back(visit: Any) -> None:
    page = visit("/nl/aspect")
    page.evaluate("window.same = true")
    with page.expect_navigation():
        page.locator("a.chip[href*='domein=inkomen']").first.click()
    expect(page).to_have_url(re.compile("domein=inkomen"))
    expect(page.locator("a.chip[aria-current]").first).to_be_visible()
    assert page.evaluate("window.same") is True
    page.go_back()
    expect(page).to_have_url(re.compile("/nl/aspect$"))


def test_a_question_is_answered_with_a_table(visit: Any) -> None:
    page = visit("/sparql?lang=nl")
    page.fill("#query", "SELECT ?s WHERE { ?s a <https://w3id.org/kennisbouwstenen/def#KnowledgeDomain> }")
    with page.expect_navigation():
        page.locator("form.query button").first.click()
    expect(page.locator("caption")).to_have_text("7 rijen")
