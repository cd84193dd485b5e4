"""A running server over the small site, and a headless Chromium."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1] / "webui"))
from small_site import publish, running


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(publish(tmp_path_factory.mktemp("project"))) as found:
        yield found


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """A browser; without one the tests skip, and fail where CI=true."""
    program = shutil.which("chromium")
    if program is None:
        reason = "there is no chromium on this machine (apt install chromium): the browser tests did NOT run"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()
