"""The app and a client over the small site."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from small_site import Reader, publish

from kbs_graph.config import Settings
from kbs_graph.snapshots import SnapshotStore
from tests.workers.pools import short_limit
from webui import serving
from webui.app import create_app


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a folder with a published snapshot. Tests only read it."""
    return publish(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def short(settings: Settings) -> int:
    """A limit, in seconds, that only a query that takes too much does not meet."""
    return short_limit(SnapshotStore(settings.var).current().store)


@pytest.fixture(scope="session")
def app(settings: Settings) -> Iterator[Flask]:
    made = create_app(settings)
    made.test_client_class = Reader
    yield made
    with made.app_context():
        serving.service().close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    """A client that asks as browsers do, for Dutch pages."""
    made = app.test_client()
    made.environ_base["HTTP_ACCEPT"] = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    made.environ_base["HTTP_ACCEPT_LANGUAGE"] = "nl"
    return made
