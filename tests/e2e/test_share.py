"""Print, copy and share: only what the device can do, and only with script. Nothing leaves the device by itself."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

NO_COPY = "navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));"
SHEET = "navigator.share = (what) => { window.shared = what; return %s; };"


@pytest.fixture
def opened(chromium: Any, address: str) -> Iterator[Any]:
    """Opens the about page in a fresh profile, after a script of the test's own and with or without script."""
    contexts = []

    def open_page(before: str = "", script: bool = True) -> Any:
        context = chromium.new_context(java_script_enabled=script, permissions=["clipboard-read", "clipboard-write"])
        contexts.append(context)
        page = context.new_page()
        if before:
            page.add_init_script(before)
        page.goto(address + "/nl/over?van=test")
        return page

    yield open_page
    for context in contexts:
        context.close()


def expect_buttons(page: Any, *names: str) -> None:
    expect(page.locator(".share button:visible")).to_have_text(names)


def wait_until_said(page: Any, words: str) -> None:
    page.locator(".share [role=status]", has_text=words).wait_for()


def assert_silent(page: Any) -> None:
    """Nothing was said, nor will be: words come by a timer of the page, which would have run before this one."""
    page.evaluate("new Promise(done => setTimeout(done, 100))")
    assert page.inner_text(".share [role=status]") == ""


def copied(page: Any) -> str:
    wait_until_said(page, "De link is gekopieerd.")
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_without_script_there_are_no_buttons(opened: Any) -> None:
    page = opened(script=False)
    expect_buttons(page)
    expect(page.locator("h1")).to_have_text("Over Kennisbouwstenen")


def test_a_device_without_a_share_sheet_copies_the_address_and_says_so(opened: Any) -> None:
    page = opened("delete Navigator.prototype.share;")
    expect_buttons(page, "Print deze pagina", "Kopieer de link")
    page.click("[data-copy]")
    assert copied(page) == page.url


def test_a_device_with_a_share_sheet_opens_it(opened: Any) -> None:
    page = opened(SHEET % "Promise.resolve()")
    page.click("[data-share]")
    page.wait_for_function("() => window.shared")
    assert page.evaluate("window.shared") == {"title": page.title(), "url": page.url}
    assert_silent(page)


def test_closing_the_share_sheet_does_nothing_and_a_broken_one_copies(opened: Any) -> None:
    page = opened(NO_COPY + SHEET % "Promise.reject(new DOMException('closed', 'AbortError'))")
    page.click("[data-share]")
    page.wait_for_function("() => window.shared")
    assert_silent(page)
    page = opened(SHEET % "Promise.reject(new Error('broken'))")
    page.click("[data-share]")
    assert copied(page) == page.url


def test_a_browser_that_refuses_to_copy_says_what_to_do(opened: Any) -> None:
    page = opened(NO_COPY)
    page.click("[data-copy]")
    wait_until_said(page, "Kopiëren lukt niet. Kopieer het adres uit de adresbalk.")


def test_the_print_button_prints(opened: Any) -> None:
    page = opened("window.print = () => { window.printed = true; };")
    page.click("[data-print]")
    page.wait_for_function("() => window.printed")
