from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kbs_graph.engine.pool import Limits, Pool
from tests.workers.pools import lines, make_store, short_limit


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty thousand triples in two graphs."""
    return make_store(tmp_path_factory.mktemp("twenty-thousand") / "store", lines())


@pytest.fixture
def short(store: Path) -> int:
    return short_limit(store)


@pytest.fixture
def start() -> Iterator[Callable[..., Pool]]:
    """Starts pools, with one worker where nothing else is said, and ends them after the test."""
    pools = []

    def start(**limits: float) -> Pool:
        pools.append(Pool(Limits(**{"seconds": 60, "workers": 1, **limits})))  # type: ignore[arg-type]
        return pools[-1]

    yield start
    for pool in pools:
        pool.close()
