"""Shared by all tests: the repository itself, checked and published once a session, and a tiny valid root.

Everything is a fixture, so that no test file imports another.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from kbs_graph import build, files
from kbs_graph.build import Checked
from kbs_graph.files import NamedGraph
from kbs_graph.snapshots import Snapshot, SnapshotStore
from kbs_graph.store import LocalStore
from kbs_graph.terms import GRAPHS, LINKS_GRAPH, Iri

ROOT = Path(__file__).resolve().parent.parent
STANDARDS = Path(os.environ.get("KBS_STANDARDS") or ROOT.parent / "shared" / "standards")
"""Shapes and schemas of others, which are no part of this repository: without them what needs them skips, with CI=true
too."""
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def real() -> Checked:
    """The outcome of `kbs check` on the repository. Slow, so once a session."""
    return build.check(ROOT)


@pytest.fixture(scope="session")
def real_snapshot(real: Checked, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The real graph as a published snapshot with dumps and report, whatever the check found."""
    snapshots = SnapshotStore(tmp_path_factory.mktemp("real") / "var")
    with snapshots.lock():
        return build.publish(real, snapshots, keep=1)


@pytest.fixture(scope="session")
def real_store(real_snapshot: Snapshot) -> LocalStore:
    return LocalStore.open(real_snapshot.store)


@pytest.fixture(scope="session")
def tiny() -> dict[str, NamedGraph]:
    """The graphs of tests/rules/valid.trig by the name of the file each would stand in."""
    graphs: dict[str, list[ox.Triple]] = {}
    for quad in ox.parse(path=ROOT / "tests" / "rules" / "valid.trig", format=ox.RdfFormat.TRIG):
        assert isinstance(quad.graph_name, ox.NamedNode)
        graphs.setdefault(quad.graph_name.value, []).append(quad.triple)
    return {_file_of(iri): files.named_graph(Iri(iri), triples) for iri, triples in graphs.items()}


@pytest.fixture
def tiny_root(tiny: dict[str, NamedGraph], tmp_path: Path) -> Path:
    """A whole valid root, small enough to check in a moment: our ontology and rules over the graphs of `tiny`."""
    return write_root(tiny, tmp_path / "root")


@pytest.fixture(scope="session")
def tiny_snapshot(tiny: dict[str, NamedGraph], tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The tiny root as a published snapshot, to read from only."""
    target = write_root(tiny, tmp_path_factory.mktemp("tiny") / "root")
    outcome, snapshot = build.build(target, target / "var", keep=1)
    assert snapshot, outcome.findings
    return snapshot


@pytest.fixture(scope="session")
def tiny_store(tiny_snapshot: Snapshot) -> LocalStore:
    return LocalStore.open(tiny_snapshot.store)


def write_root(tiny: dict[str, NamedGraph], target: Path) -> Path:
    for name in ("ontology", "shapes"):
        shutil.copytree(ROOT / name, target / name)
    for name, graph in tiny.items():
        if graph.iri == LINKS_GRAPH:  # comes from checking, not from a file of the editors
            continue
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(line.replace(f" <{graph.iri}> .", " .\n") for line in graph.lines), encoding="utf-8")
    return target


@pytest.fixture
def kbs(tmp_path: Path) -> Run:
    """Runs the command line as people do, in a process of its own: `kbs("check", "--root", path, KBS_VAR=…)`."""

    def run(*arguments: object, **settings: object) -> "subprocess.CompletedProcess[str]":
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("KBS_")}
        return subprocess.run(
            [Path(sys.executable).with_name("kbs"), *map(str, arguments)],
            env={**inherited, **{name: str(value) for name, value in settings.items()}},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )

    return run


@pytest.fixture
def slower() -> float:
    """How many times slower this machine is now than the one on which limits in tests were set, and 1 for a faster one:
    by the fastest of five times a fixed piece of work, in the time of this process."""
    seconds = []
    for _ in range(5):
        began = time.process_time()
        sorted(str(number * 7919 % 100003) for number in range(50_000))
        seconds.append(time.process_time() - began)
    return max(1.0, min(seconds) / 0.011)


def _file_of(graph: str) -> str:
    name = graph.removeprefix(GRAPHS)
    for folder in ("aspects", "sources", "mappings", "releases"):
        if name.startswith(folder + "-"):
            name = f"{folder}/{name.removeprefix(folder + '-')}"
    return f"data/{name}.ttl"
