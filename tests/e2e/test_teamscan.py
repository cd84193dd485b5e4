"""The team scan in a real browser: whole without script, back and forth with it, on a phone, and what it promises."""

import json
import re
from typing import Any

import pytest
from axe_faults import faults
from playwright.sync_api import expect

PHONE = {"width": 360, "height": 740}
STORED = """async () => [document.cookie, localStorage.length, sessionStorage.length, window.name,
  (await indexedDB.databases()).length, (await caches.keys()).length, JSON.stringify(history.state)]"""
FOLDED = "details:not([open]) > summary:visible"
CHOSEN = {"klein": 25, "alles": 150}


def arrive(page: Any, sign: str) -> None:
    """Wait for what the next page alone has; script puts it in place at once, without script the rest has to come."""
    page.locator(sign).wait_for()
    page.wait_for_load_state()


def at(page: Any, step: str) -> None:
    """Arrive at another step than the one before."""
    arrive(page, f"#scan[data-step='{step}']")


def go(page: Any, step: str) -> None:
    """Press the button in the row of steps."""
    page.locator(f".steps-nav button[formaction$='/{step}']").click()
    at(page, step)


def begin(page: Any, size: str = "6", choice: str = "klein") -> None:
    """From the start to filling in, by the buttons at the foot of each step."""
    page.locator("button[value=team]").click()
    at(page, "team")
    page.fill("#omvang", size)
    page.locator(".moves button").first.click()
    at(page, "onderwerpen")
    page.locator(f"button[name=doe][value={choice}]").click()
    arrive(page, f"[data-chosen]:has-text('{CHOSEN[choice]}')")
    go(page, "invullen")


def scan(page: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(page.locator("[name=stand]").first.input_value())
    return found


def expect_area(page: Any, number: int) -> None:
    """One area is on the screen, and it is this one."""
    expect(page.locator(f"#gebied-{number}")).to_be_visible()
    expect(page.locator(".area:visible")).to_have_count(1)


def test_all_topics_without_script_back_and_forth(visit: Any) -> None:
    """All 143 aspects and 7 competencies: an area at a time, the browser's Back within the page and between steps."""
    page = visit("/nl/teamscan", java_script_enabled=False)
    begin(page, choice="alles")
    areas = page.locator(".area").count()
    assert areas == 8
    expect_area(page, 1)
    expected: dict[str, list[int]] = {}
    for number in range(1, areas + 1):
        page.locator(f".area-links a[href='#gebied-{number}']").click()
        expect_area(page, number)
        for topic in page.locator(f"#gebied-{number} fieldset.topic").all():
            fields = topic.locator(".counts select").all()
            key = fields[0].get_attribute("name").partition(":")[2]
            expected[key] = [6 - len(expected) % 3, len(expected) % 4, 0]
            for field, count in zip(fields, expected[key], strict=True):
                field.select_option(str(count))
    assert sum(key.startswith("aspect/") for key in expected) == 143 and len(expected) == 150
    for number in range(areas - 1, 0, -1):
        page.go_back()
        expect_area(page, number)
    first = next(iter(expected))
    expect(page.locator(f"[name='een:{first}']")).to_have_value(str(expected[first][0]))
    for step in ("nodig", "onderwerpen", "team", "eigen", "invullen", "rapport", "invullen"):
        go(page, step)
    assert {key: line["counts"] for key, line in scan(page)["topics"].items()} == expected
    page.locator(f"[name='een:{first}']").select_option("1")
    go(page, "eigen")
    page.go_back()
    at(page, "invullen")
    expect(page.locator(f"[name='een:{first}']")).to_have_value("1")  # the browser shows what was typed there again


def test_the_link_of_a_fault_opens_its_area(visit: Any) -> None:
    page = visit("/nl/teamscan", java_script_enabled=False)
    begin(page)
    page.locator(".area-links a[href='#gebied-3']").click()
    topic = page.locator("#gebied-3 fieldset.topic").first
    topic.locator("select").nth(0).select_option("2")
    topic.locator("select").nth(1).select_option("5")
    page.locator(".outcome-step button").click()
    arrive(page, "#fouten")
    page.locator("#fouten a").first.click()
    expect_area(page, 3)
    expect(page.locator("#gebied-3 [aria-invalid=true]")).to_be_visible()
    page.locator(".area-links a[href='#gebieden']").click()
    expect(page.locator(".area:visible")).to_have_count(7)


def test_the_browsers_back_and_forward_lose_nothing_with_script(visit: Any) -> None:
    page = visit("/nl/teamscan", **PHONE)
    begin(page)
    fields = page.locator(".area >> nth=0 >> .counts select")
    fields.nth(0).select_option("4")
    key = str(fields.nth(0).get_attribute("name")).partition(":")[2]
    go(page, "eigen")
    page.locator("#eigen-naam").fill("Woonwagens")
    for step in ("invullen", "onderwerpen"):
        page.go_back()
        at(page, step)
    assert scan(page)["topics"][key]["counts"] == [4, 0, 0]
    assert scan(page)["ownTopics"][0]["label"] == "Woonwagens"
    page.go_back()
    at(page, "team")
    page.fill("#naam", "Team Noord")
    page.go_back()
    arrive(page, "dl.facts")
    expect(page.locator("main")).to_contain_text("Team Noord", use_inner_text=True)
    expect(page).to_have_url(re.compile("/nl/teamscan$"))
    for step in ("team", "onderwerpen"):
        page.go_forward()
        at(page, step)
    go(page, "invullen")
    answer = page.locator(f"[name='een:{key}']")
    expect(answer).to_have_value("4")
    page.locator(".tongue button.plain").click()
    arrive(page, "html[lang=en]")
    expect(answer).to_have_value("4")
    page.go_back()
    arrive(page, "html[lang=nl]")
    expect(answer).to_have_value("4")


def test_leaving_what_is_not_saved_warns_and_saving_ends_that(visit: Any) -> None:
    """TEAM-16."""
    page = visit("/nl/teamscan")
    asked: list[str] = []

    def stay(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    begin(page)
    page.locator(".counts select").first.select_option("4")
    with page.expect_event("dialog"):
        page.close(run_before_unload=True)
    assert asked == ["beforeunload"]
    with page.expect_download() as download:
        page.locator(".keep button[formaction$='.json']").click()
    kept = json.loads(download.value.path().read_text())
    assert [4, 0, 0] in [line.get("counts") for line in kept["topics"].values()]
    page.locator("[data-saved-now]").wait_for()
    with page.expect_event("close"):
        page.close(run_before_unload=True)
    assert asked == ["beforeunload"]


def test_a_file_of_the_scan_goes_on_where_it_was_left(visit: Any, tmp_path: Any) -> None:
    page = visit("/nl/teamscan")
    begin(page)
    page.locator(".counts select").first.select_option("4")
    with page.expect_download() as download:
        page.locator(".keep button[formaction$='.json']").click()
    file = tmp_path / "team.json"
    download.value.save_as(file)
    other = visit("/nl/teamscan", **PHONE)
    other.locator("input[type=file]").set_input_files(file)
    other.locator(".upload button").click()
    arrive(other, "dl.facts")
    expect(other.locator("dl.facts")).to_contain_text("1 van 25")
    large = tmp_path / "groot.json"
    large.write_bytes(b"x" * (50 << 20))
    other.locator("input[type=file]").set_input_files(large)
    other.locator(".upload button").click()
    other.locator("[data-told]").wait_for()
    assert len(scan(other)["topics"]) == 25


def test_without_a_network_nothing_typed_is_lost(visit: Any) -> None:
    page = visit("/nl/teamscan", **PHONE)
    begin(page)
    page.context.set_offline(True)
    page.locator(".counts select").first.select_option("3")
    page.locator(".area-links a[href='#gebied-2']").click()
    expect_area(page, 2)
    page.locator(".steps-nav button[formaction$='/eigen']").click()
    page.locator("[data-told]").wait_for()
    page.context.set_offline(False)
    go(page, "eigen")
    assert [3, 0, 0] in [line.get("counts") for line in scan(page)["topics"].values()]


def test_counts_are_checked_and_added_up_while_filling_in(visit: Any) -> None:
    page = visit("/nl/teamscan")
    begin(page)
    fields = page.locator(".counts >> nth=0 >> select")
    fields.nth(0).select_option("2")
    expect(page.locator("[data-progress]")).to_contain_text("1 van 25 ingevuld")
    expect(page.locator(".area-links [data-tally='1']")).to_have_text("1/3")
    fields.nth(1).select_option("4")
    expect(fields.nth(1)).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".topic > .error")).to_have_count(1)
    fields.nth(1).select_option("1")
    expect(page.locator(".topic > .error")).to_have_count(0)


def test_one_professional_answers_twenty_topics_on_a_phone_with_one_tap_each(visit: Any) -> None:
    """TEAM-4: choices of 44 pixels, an area on the screen, and no more than a tap a topic and a tap an area."""
    page = visit("/nl/teamscan", **PHONE, has_touch=True)
    page.locator("button[value=own]").tap()
    at(page, "onderwerpen")
    page.locator("button[value=klein]").tap()
    arrive(page, "[data-chosen]:has-text('25')")
    page.locator(".moves button").first.tap()
    at(page, "invullen")
    taps = 0
    for number in range(1, 8):
        expect_area(page, number)
        area = page.locator(f"#gebied-{number}")
        for topic in area.locator("fieldset.topic").all():
            choice = topic.locator(".level", has_text="Ik kan ermee werken")
            box = choice.bounding_box()
            assert box["height"] >= 44 and box["width"] >= 44
            choice.tap()
            expect(choice.locator("input")).to_be_checked()
            taps += 1
        if number < 7:
            area.locator(".area-steps a.button:not(.quiet)").tap()
            taps += 1
    expect(page.locator("[data-progress]")).to_contain_text("25 van 25 ingevuld")
    assert taps == 25 + 6
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.locator(".area:visible .area-steps button").tap()
    at(page, "beeld")
    assert {tuple(line["counts"]) for line in scan(page)["topics"].values()} == {(1, 1, 0)}


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_axe_finds_nothing_on_any_step(visit: Any, language: str, width: int) -> None:
    page = visit(f"/{language}/teamscan", width=width)
    begin(page)
    for step in ("team", "onderwerpen", "nodig", "invullen", "eigen"):
        go(page, step)
        for _ in range(min(3, page.locator(FOLDED).count())):
            page.locator(FOLDED).first.click()
        assert faults(page) == [], step
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), step
    go(page, "invullen")
    page.locator(".counts select").nth(1).select_option("3")
    page.locator(".outcome-step button").click()
    arrive(page, "#fouten")
    assert faults(page) == []
    page.locator(".area-links a[href='#gebieden']").click()
    expect(page.locator(".area:visible")).to_have_count(7)
    assert faults(page) == []


@pytest.mark.parametrize("scheme", ["dark", "forced"])
def test_axe_finds_nothing_in_the_dark_and_in_forced_colours(visit: Any, scheme: str) -> None:
    colours = {"color_scheme": "dark"} if scheme == "dark" else {"forced_colors": "active"}
    page = visit("/nl/teamscan", **colours)
    begin(page)
    for step in ("team", "onderwerpen", "nodig", "invullen", "eigen"):
        go(page, step)
        assert faults(page) == [], step


def test_a_walk_stores_nothing_and_asks_no_other_host(visit: Any, address: str) -> None:
    page = visit("/nl/teamscan")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    begin(page)
    page.locator(".counts select").first.select_option("4")
    for step in ("eigen", "nodig", "invullen", "rapport"):
        go(page, step)
        assert page.evaluate(STORED) == ["", 0, 0, "", 0, 0, "null"]
        assert page.context.cookies() == []
    assert {url.split("/")[2] for url in asked} == {address.split("/")[2]}
    assert not [url for url in asked if "?" in url and "/static/" not in url]


def test_the_screen_reader_and_the_keyboard_come_along_to_the_next_step(visit: Any) -> None:
    page = visit("/nl/teamscan")
    begin(page)
    expect(page.locator("h1")).to_be_focused()
    expect(page.locator("[data-said]")).to_have_text(re.compile("^Wat weet het team\\?"))
    go(page, "onderwerpen")
    page.locator("button[value='niets:inkomen']").evaluate("e => e.closest('details').open = true")
    page.locator("button[value='niets:inkomen']").click()
    arrive(page, "[data-chosen]:has-text('22')")
    expect(page.locator("button[value='niets:inkomen']")).to_be_focused()
    go(page, "team")
    page.fill("#naam", "Team Noord")
    page.press("#naam", "Enter")  # stays at this step; it does not press the first button of the page
    arrive(page, ".steps-at:has-text('Team Noord')")
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    expect(page).to_have_url(re.compile("/nl/teamscan/team$"))
