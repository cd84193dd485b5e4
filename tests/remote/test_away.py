"""A running site while its store is killed and comes back: a plain page, and answers again without a restart."""

import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import urllib3

from kbs_graph.config import Settings
from kbs_graph.remote import checking
from kbs_graph.remote.publishing import publish
from tests.remote.sites import forget_own_store
from tests.remote.stores import KINDS, Store, free_port, must_be_installed

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 180.0
"""Seconds for what must come, on a busy machine."""
BROWSER = {"Accept": "text/html", "Accept-Language": "nl"}


@pytest.fixture(params=KINDS)
def own(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A store of one's own, to be killed."""
    must_be_installed(request.param)
    store = Store(request.param, tmp_path / "store").start()
    yield store
    store.kill()


@pytest.fixture
def site(own: Store, tiny_root: Path, tmp_path: Path, kbs: Callable[..., object]) -> Iterator[str]:
    """The address of a running site over the tiny graph, with no store of its own."""
    settings = {"KBS_ROOT": tiny_root, "KBS_VAR": tmp_path / "var", **own.environment}
    for words in (("build", "--no-booklets"), ("publish",)):
        done = kbs(*words, **settings)
        assert done.returncode == 0, done  # type: ignore[attr-defined]
    forget_own_store(tmp_path / "var")
    port = free_port()
    process = subprocess.Popen(
        [str(Path(sys.executable).with_name("kbs")), "serve", "--port", str(port)],
        env={**os.environ, **{name: str(value) for name, value in settings.items()}},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout and select.select([process.stdout], [], [], PATIENCE)[0]
    process.stdout.readline()
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(30)


def get(address: str) -> urllib3.BaseHTTPResponse:
    return urllib3.request("GET", address, headers=BROWSER, timeout=60, retries=False)


def until(address: str, status: int) -> urllib3.BaseHTTPResponse:
    """The first answer with a status. Fails when it does not come."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        response = get(address)
        if response.status == status:
            return response
        assert response.status in (200, 503)
        time.sleep(0.2)
    raise TimeoutError(f"no {status} at {address}")


def test_a_reader_gets_a_plain_page_while_the_store_is_away_and_answers_when_it_is_back(own: Store, site: str) -> None:
    page = f"{site}/nl/aspect/geldzorgen-signaleren"
    query = f"{site}/sparql?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D"
    before = until(page, 200).data
    own.kill()
    other = f"{site}/nl/domein/inkomen"
    away = until(other, 503)
    assert "De graaf is nu niet te bereiken" in away.data.decode()
    assert "Traceback" not in away.data.decode() and str(own.port) not in away.data.decode()
    assert int(away.headers["Retry-After"]) > 0
    assert get(query).status == 503
    own.start()
    assert until(other, 200).status == 200
    assert until(page, 200).data == before
    assert until(f"{site}/sparql?query=ASK%7B%3Fs%20a%20%3Fo%7D", 200).data


def test_what_was_published_survives_a_crash_of_the_store(
    own: Store, tmp_path: Path, tiny_root: Path, kbs: Callable[..., object]
) -> None:
    config = Settings(root=tiny_root, var=tmp_path / "var", **own.settings)
    kbs("build", "--no-booklets", KBS_ROOT=tiny_root, KBS_VAR=config.var)
    done = publish(config)
    own.kill()
    own.start()
    assert publish(config) == done
    assert all(each.same for each in checking.check(config))
