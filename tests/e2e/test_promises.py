"""What the site promises on every page: no other host, no cookie, nothing stored, no fault in the console, light."""

import gzip
from typing import Any

import pytest
from page_types import NAMES, path

STORED = """async () => [document.cookie, localStorage.length, sessionStorage.length,
  (await indexedDB.databases()).length, (await caches.keys()).length,
  (await navigator.serviceWorker.getRegistrations()).length]"""
HTML_CSS_SVG, SCRIPT, REQUESTS = 60_000, 30_000, 12


@pytest.fixture
def watched(chromium: Any, address: str) -> Any:
    """Opens a path and keeps what the browser asked for and complained about."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="nl-NL")
    page = context.new_page()
    page.asked, page.faults, page.bodies = [], [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("response", lambda answer: page.bodies.append(answer))
    page.on("console", lambda said: page.faults.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    yield page
    context.close()


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_a_page_keeps_the_promises(watched: Any, address: str, name: str, language: str) -> None:
    answer = watched.goto(address + path(name, language), wait_until="networkidle")
    assert watched.get_attribute("html", "lang") == language
    assert watched.locator("h1").count() == 1
    expected = [f for f in watched.faults if not (answer.status == 404 and "404" in f)]
    assert expected == []
    assert {url.split("/")[2] for url in watched.asked} == {address.split("/")[2]}
    assert watched.context.cookies() == []
    assert watched.evaluate(STORED) == ["", 0, 0, 0, 0, 0]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_light(watched: Any, address: str, name: str) -> None:
    watched.goto(address + path(name, "nl"), wait_until="networkidle")
    weights = {"text": 0, "script": 0}
    for answer in watched.bodies:
        kind = answer.headers.get("content-type", "")
        if "javascript" in kind:
            weights["script"] += len(gzip.compress(answer.body()))
        elif kind.startswith(("text/", "image/svg")):
            weights["text"] += len(gzip.compress(answer.body()))
            assert answer.headers.get("content-encoding") == "gzip" or len(answer.body()) < 1000
    assert weights["text"] <= HTML_CSS_SVG
    assert weights["script"] <= SCRIPT
    assert len(watched.asked) <= REQUESTS


def test_nothing_is_stored_on_a_walk_through_the_site(watched: Any, address: str) -> None:
    for name in ("home", "domain", "aspect", "case found", "search", "source", "my list"):
        watched.goto(address + path(name, "nl"), wait_until="networkidle")
    assert watched.faults == []
    assert watched.evaluate(STORED) == ["", 0, 0, 0, 0, 0]
