"""A running server over the real graph, a headless Chromium, and one of every type of page.

A press comes back before the page it leads to is there, and what script changes may come later still. So whatever leads
to another page, or to a place on this one, is done within `with page.expect_navigation():`, which waits for that page
with all that is on it; and what is read after a press is read by `expect`, which waits for it.
"""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect, sync_playwright

from kbs_graph.booklet import shelf
from kbs_graph.config import Settings
from kbs_graph.snapshots import Snapshot

sys.path.append(str(Path(__file__).resolve().parents[1] / "webui"))
from small_site import running

FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
Open = Callable[..., Any]
expect.set_options(timeout=30_000)  # as long as Playwright waits for anything else


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser is slow: everything here belongs to `make test-all`."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def address(real_snapshot: Snapshot, root: Path) -> Iterator[str]:
    shelf.make(real_snapshot)
    with running(Settings(root=root, var=real_snapshot.path.parents[1])) as found:
        yield found


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A browser; without one the tests skip, and fail where CI=true."""
    program = shutil.which("chromium")
    if program is None:
        reason = "there is no chromium on this machine (apt install chromium): the browser tests did NOT run"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Any, address: str) -> Iterator[Open]:
    """Opens a path in a fresh browser profile: `visit("/nl/", width=360, color_scheme="dark", …)`."""
    contexts = []

    def open_page(path: str, width: int = 1280, height: int = 800, **options: Any) -> Any:
        context = chromium.new_context(viewport={"width": width, "height": height}, locale="nl-NL", **options)
        contexts.append(context)
        page = context.new_page()
        answer = page.goto(address + path)
        assert answer is not None
        page.status = answer.status
        return page

    yield open_page
    for context in contexts:
        context.close()
