"""Asking the API without HTTP over a small odd graph and over the real one; an app and a server over the real one."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from kbs_graph.config import Settings
from kbs_graph.skosmos import gathering, methods
from kbs_graph.skosmos.question import Question
from kbs_graph.snapshots import Snapshot
from kbs_graph.store import LocalStore
from webui import serving
from webui.app import create_app

sys.path.append(str(Path(__file__).resolve().parents[1] / "webui"))
from small_site import Reader, running

HERE = Path(__file__).parent
Ask = Callable[..., dict[str, Any]]


def _asking(store: LocalStore) -> Ask:
    def ask(path: str, **given: str) -> dict[str, Any]:
        table = gathering.of(store)
        vocabulary = methods.vocabulary_of(table, path)
        method = methods.method_of(path, vocabulary)
        assert method
        return method(Question(store, table, vocabulary, given, "http://localhost/rest/v1/"))

    return ask


@pytest.fixture(scope="session")
def odd() -> Ask:
    """The answers over odd.trig, as documents: `odd("aspecten/label", uri=…)`."""
    quads = ox.serialize(ox.parse(path=HERE / "odd.trig", format=ox.RdfFormat.TRIG), format=ox.RdfFormat.N_QUADS)
    assert quads
    return _asking(LocalStore.in_memory(quads))


@pytest.fixture(scope="session")
def told(real_store: LocalStore) -> Ask:
    """The answers over the real graph."""
    return _asking(real_store)


@pytest.fixture(scope="session")
def real_settings(real_snapshot: Snapshot, root: Path) -> Settings:
    return Settings(root=root, var=real_snapshot.path.parents[1])


@pytest.fixture(scope="session")
def client(real_settings: Settings) -> Iterator[FlaskClient]:
    """A client over the real graph."""
    app = create_app(real_settings)
    app.test_client_class = Reader
    yield app.test_client()
    with app.app_context():
        serving.service().close()


@pytest.fixture(scope="session")
def site(real_settings: Settings) -> Iterator[str]:
    """The address of a running server over the real graph, without the last slash."""
    with running(real_settings) as found:
        yield found
