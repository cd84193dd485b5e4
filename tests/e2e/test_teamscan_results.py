"""The results of a scan in a real browser: axe, small screens, keyboard, paper, and the way from report to plan."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_faults import faults
from playwright.sync_api import expect

from kbs_graph.teamscan import scanfile

F1 = scanfile.example()
K2, K3, K5 = "aspect/schuldhulpverlening", "aspect/veilig-thuis", "aspect/dagbesteding"
PLANNED = [("plan-bij", K3), ("plan-bij", K2)]
DRAWN = [
    (f"grens-wie:{K5}", "we"), (f"grens-wie:{K3}", "together"), (f"grens-contact:{K3}", "Veilig Thuis"),
]  # fmt: skip
OWN = json.dumps(
    {
        "format": "kennisbouwstenen-teamscan", "version": 1, "mode": "own", "size": 1,
        "topics": {
            K2: {"need": {"kind": "some"}, "counts": [1, 1, 1]},
            K3: {"need": {"kind": "some"}, "counts": [1, 0, 0], "learn": 1},
            K5: {"need": {"kind": "some"}, "counts": [0, 0, 0]},
        },
    }
)  # fmt: skip
TEAMS = f"[{F1}, {F1}]"
PAGES: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "report": ("rapport", [("stand", F1), ("van", "rapport")]),
    "what if": ("rapport", [("stand", F1), ("van", "rapport"), ("weg", K2), ("volgorde", "priority")]),
    "delimitation": ("afbakening", [("stand", F1), ("van", "afbakening"), *DRAWN]),
    "plan": ("plan", [("stand", F1), ("van", "rapport"), *PLANNED]),
    "empty plan": ("plan", [("stand", F1), ("van", "rapport")]),
    "unfinished plan": ("plan", [("stand", F1), ("van", "plan"), *PLANNED, ("wat", "plan"), ("versie", "klaar")]),
    "picture": ("beeld", [("stand", OWN), ("van", "invullen")]),
    "region": ("regio", [("standen", TEAMS)]),
    "comparison": ("vergelijk", [("standen", TEAMS)]),
}
POST = """([path, fields]) => {
  const form = Object.assign(document.createElement('form'), {method: 'post', action: path});
  for (const [name, value] of fields) {
    const field = document.createElement('textarea');
    [field.name, field.value] = [name, value];
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}"""
PAGES_OF_PDF = re.compile(rb"/Type\s*/Page\b(?!s)")


@pytest.fixture
def result(visit: Any) -> Callable[..., Any]:
    """Opens a result by its name, as the form of a scan would: `result("plan", width=360)`."""

    def opened(name: str, language: str = "nl", **options: Any) -> Any:
        step, fields = PAGES[name]
        page = visit(f"/{language}/hulp", **options)
        with page.expect_navigation():
            page.evaluate(POST, [f"/{language}/teamscan/{step}", fields])
        return page

    return opened


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(result: Any, name: str, width: int) -> None:
    page = result(name, width=width)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert faults(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_in_english_in_the_dark_and_in_forced_colours(result: Any, name: str) -> None:
    assert faults(result(name, "en", color_scheme="dark")) == []
    assert faults(result(name, forced_colors="active")) == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_scrolls_sideways_at_320_pixels(result: Any, name: str) -> None:
    page = result(name, width=320, height=640)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_phone_has_bars_and_a_desktop_and_paper_have_the_wheel(result: Any) -> None:
    phone = result("report", width=360)
    expect(phone.locator("svg.wheel.team")).to_be_hidden()
    expect(phone.locator(".bar").first).to_be_visible()
    assert phone.locator(".bar").first.bounding_box()["height"] == 24
    desk = result("report")
    expect(desk.locator("svg.wheel.team")).to_be_visible()
    phone.emulate_media(media="print")
    expect(phone.locator("svg.wheel.team")).to_be_visible()


def test_the_wheel_is_walked_by_keyboard_area_by_area(result: Any) -> None:
    page = result("report")
    page.locator("svg.wheel.team a").first.focus()
    told = []
    for _ in range(22):
        told.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))
        page.keyboard.press("Tab")
    assert told[0].startswith("1 Lichamelijke gezondheid:")
    assert told[6:9] == [
        "3 Inkomen: 1 deels, 1 kwetsbaar. Naar de tabel.",
        "3 Inkomen, algemeen: 1 deels. Naar de tabel.",
        "3 Inkomen, specifiek: 1 kwetsbaar. Naar de tabel.",
    ]
    assert told[21].startswith("Competenties:")


def test_a_piece_of_the_wheel_opens_its_list(result: Any) -> None:
    page = result("report")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = false)")
    page.locator("svg.wheel.team a[href='#veiligheid-specific']").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#veiligheid").get_by_text("Veilig Thuis").first).to_be_visible()


def test_from_the_report_to_a_plan(result: Any) -> None:
    """A step of the scan may change the page in its place: what is read next is waited for."""
    page = result("report")
    page.locator("#ontbreekt button", has_text="Zet in plan").click()
    page.get_by_label("Wie trekt dit? (rol)").fill("teamleider")
    page.get_by_label("Wanneer").fill("2027-03-31")
    page.get_by_role("button", name="Laat het plan opnieuw zien").click()
    row = page.locator(".plan-table tbody tr")
    expect(row.get_by_text("31 maart 2027").first).to_be_visible()
    expect(row).not_to_contain_text("Kies nog")
    page.get_by_role("button", name="Rapport", exact=True).last.click()
    expect(page.locator("#ontbreekt").get_by_text("Staat in het plan")).to_be_visible()


def test_the_delimitation_is_one_sheet_and_the_report_of_f1_two_or_three(result: Any) -> None:
    assert len(PAGES_OF_PDF.findall(result("delimitation").pdf(format="A4"))) == 1
    assert len(PAGES_OF_PDF.findall(result("report").pdf(format="A4"))) <= 3


def test_nothing_is_kept_in_the_browser(result: Any) -> None:
    page = result("plan")
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length, window.name]") == [0, 0, ""]
