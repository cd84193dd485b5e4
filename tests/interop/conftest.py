"""A running server over the real graph, for clients that ask as the outside world does."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kbs_graph.config import Settings
from kbs_graph.snapshots import Snapshot

sys.path.append(str(Path(__file__).resolve().parents[1] / "webui"))
from small_site import running


@pytest.fixture(scope="session")
def site(real_snapshot: Snapshot, root: Path) -> Iterator[str]:
    """The address of the server, without the last slash."""
    with running(Settings(root=root, var=real_snapshot.path.parents[1], query_seconds=60)) as found:
        yield found
