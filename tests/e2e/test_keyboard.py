"""Walking the site without a mouse: every stop can be seen, nothing traps, and what is wanted can be reached (W1)."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

FOCUS = """() => { const e = document.activeElement, r = e.getBoundingClientRect(), s = getComputedStyle(e);
  return {tag: e.tagName, name: e.getAttribute('aria-label') || e.textContent.trim(),
    seen: r.width > 0 && r.height > 0 && r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth,
    inSvg: !!e.closest('svg'), outline: parseFloat(s.outlineWidth) || 0} }"""


def walk(page: Any, most: int = 150) -> list[dict[str, Any]]:
    """Press Tab until the focus leaves the page; every stop on the way."""
    stops = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop["tag"] == "BODY":
            break
        stops.append(stop)
    return stops


def test_the_first_stop_skips_to_the_content(visit: Any) -> None:
    page = visit("/nl/aspect/schulden-basis")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


@pytest.mark.parametrize("path", ["/nl/", "/nl/domein/inkomen", "/nl/casushulp", "/nl/zoeken?q=schulden"])
def test_every_stop_can_be_seen(visit: Any, path: str) -> None:
    stops = walk(visit(path))
    assert len(stops) > 15
    assert [stop for stop in stops if not stop["seen"]] == []
    assert [stop for stop in stops if not stop["inSvg"] and stop["outline"] < 2] == []


def test_a_domain_and_an_aspect_are_reached_by_keys_alone(visit: Any) -> None:
    page = visit("/nl/")
    for wanted, heading in (("6 Veiligheid", "Veiligheid"), ("De meldcode", "meldcode")):
        for _ in range(150):
            page.keyboard.press("Tab")
            if page.evaluate(FOCUS)["name"].startswith(wanted):
                break
        else:
            pytest.fail(f"no stop is called {wanted}")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.locator("h1")).to_contain_text(heading)
    expect(page).to_have_url(re.compile("/aspect/"))


def test_the_wheel_can_be_skipped(visit: Any) -> None:
    page = visit("/nl/")
    names = [stop["name"] for stop in walk(page)]
    assert any(name.startswith("Sla het wiel over") for name in names)
    page.locator("text=Sla het wiel over").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert not page.evaluate(FOCUS)["inSvg"]


def test_arrows_walk_the_wheel_and_escape_leaves_it(visit: Any) -> None:
    page = visit("/nl/")
    page.locator("svg.wheel:visible a").nth(2).focus()
    first = page.evaluate(FOCUS)["name"]
    page.keyboard.press("ArrowRight")
    second = page.evaluate(FOCUS)
    assert second["inSvg"]
    assert second["name"] != first
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(FOCUS)["name"] == first
    page.keyboard.press("Escape")
    assert not page.evaluate(FOCUS)["inSvg"]
