"""Real stores for every test here, each started once; whoever needs one of them killed starts one of their own."""

from collections.abc import Callable, Iterator

import pytest

from tests.remote.stores import KINDS, Store, must_be_installed


@pytest.fixture(scope="session")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Store]]:
    """Gives a running store by its kind, the same one each time."""
    started: dict[str, Store] = {}

    def running(kind: str) -> Store:
        must_be_installed(kind)
        if kind not in started:
            started[kind] = Store(kind, tmp_path_factory.mktemp(kind)).start()
        return started[kind]

    yield running
    for store in started.values():
        store.kill()


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, stores: Callable[[str], Store]) -> Store:
    """Every kind of store in turn."""
    return stores(request.param)
