"""WCAG 2.2 A and AA by axe on every type of page, and what axe cannot see: reflow, spacing, targets, forced colours."""

from typing import Any

import pytest
from axe_faults import faults
from page_types import NAMES, path

WIDTHS = {"desktop": 1280, "phone": 360}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing(visit: Any, name: str, language: str, width: str) -> None:
    assert faults(visit(path(name, language), width=WIDTHS[width])) == []


@pytest.mark.parametrize("name", ["home", "domain", "aspect", "target group", "case found", "search", "suggestion"])
def test_axe_finds_nothing_in_the_dark(visit: Any, name: str) -> None:
    assert faults(visit(path(name, "nl"), color_scheme="dark")) == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_scrolls_sideways_at_320_pixels(visit: Any, name: str) -> None:
    page = visit(path(name, "nl"), width=320, height=640)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


SPACING = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
SPACING += " p { margin-bottom: 2em !important }"
CLIPPED = """() => [...document.querySelectorAll('main *, header *, footer *')].filter(e => {
  const s = getComputedStyle(e);
  return s.overflow === 'hidden' && e.scrollHeight > e.clientHeight + 1 && e.clientHeight > 2 && e.textContent.trim();
}).map(e => e.outerHTML.slice(0, 100))"""


@pytest.mark.parametrize("name", ["home", "domain", "aspect", "search", "case finder", "list of sources"])
def test_more_space_between_letters_and_lines_loses_nothing(visit: Any, name: str) -> None:
    """WCAG 1.4.12."""
    page = visit(path(name, "nl"), width=360, bypass_csp=True)
    page.add_style_tag(content=SPACING)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.evaluate(CLIPPED) == []


TARGETS = "button, .button, .chip, summary, nav a, .site-footer a, .choice, .door"
SMALL = f"""() => [...document.querySelectorAll('{TARGETS}')].filter(e => {{
  const r = e.getBoundingClientRect();
  return r.width && r.height && r.top >= 0 && (r.height < 24 || r.width < 24);
}}).map(e => e.outerHTML.slice(0, 100))"""


@pytest.mark.parametrize("name", NAMES)
def test_targets_are_large_enough_to_touch(visit: Any, name: str) -> None:
    """WCAG 2.5.8; links in running text are exempt."""
    assert visit(path(name, "nl"), width=360).evaluate(SMALL) == []


@pytest.mark.parametrize("name", ["home", "domain", "aspect", "case finder"])
def test_axe_finds_nothing_in_forced_colours(visit: Any, name: str) -> None:
    page = visit(path(name, "nl"), forced_colors="active")
    assert faults(page) == []


@pytest.mark.parametrize("name", ["data", "model", "rules", "drawing of the model"])
def test_tables_of_the_data_and_the_model_fit_a_phone(visit: Any, name: str) -> None:
    """What is beyond the edge of a small screen is not found: these tables turn into cards, or close up."""
    tables = visit(path(name, "nl"), width=360).locator(".wide:has(> table):visible")
    assert tables.count()
    overflowing = "all => all.filter(e => e.scrollWidth > e.clientWidth).map(e => e.getAttribute('aria-label'))"
    assert tables.evaluate_all(overflowing) == []
