"""What is left when a writer is killed at any moment, or when the disk is full: the old graph or the new, whole.

kill -9 does not test fsync: what the process wrote stays in the memory of the kernel, which outlives it. Only a power
cut would show a missing fsync; so the order of fsync and rename is tested on its own, call by call.
"""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest

from kbs_graph import download
from kbs_graph.config import Settings
from kbs_graph.dataset import dumps, statistics
from kbs_graph.files import NamedGraph
from kbs_graph.search import indexing
from kbs_graph.service import Service
from kbs_graph.snapshots import STEPS, Snapshot, SnapshotStore, content_hash
from kbs_graph.terms import Iri

ROOT = Path(__file__).resolve().parent.parent
Record = Callable[[str, str], None]
COUNT = "SELECT * { ?s ?p ?o }"


def graph(name: str, word: str, size: int) -> NamedGraph:
    iri = f"https://w3id.org/kennisbouwstenen/graphs/{name}"
    label = "http://www.w3.org/2000/01/rdf-schema#label"
    lines = (
        f'<https://w3id.org/kennisbouwstenen/id/{name}/{i}> <{label}> "{word} {i}"@nl <{iri}> .' for i in range(size)
    )
    return NamedGraph(Iri(iri), tuple(sorted(lines)))


OLDER = (graph("changed", "ouder", 5),)
OLD = (graph("same", "zelfde", 50), graph("changed", "oud", 20), graph("gone", "weg", 10))
NEW = (graph("same", "zelfde", 50), graph("changed", "nieuw", 25), graph("added", "erbij", 15))
NEXT = (graph("same", "zelfde", 50), graph("changed", "volgend", 5))


def hash_of(*graphs: NamedGraph) -> str:
    return content_hash({g.iri: g.digest for g in graphs})


def hash_in_store(snapshot: Snapshot) -> str:
    """The content hash of what really is in a store."""
    found: dict[Iri, list[str]] = {}
    for quad in ox.Store.read_only(str(snapshot.store)):
        assert isinstance(quad.graph_name, ox.NamedNode)
        found.setdefault(Iri(quad.graph_name.value), []).append(f"{quad} .\n")
    return content_hash({iri: hashlib.sha256("".join(sorted(x)).encode()).hexdigest() for iri, x in found.items()})


def publish(var: Path, *graphs: NamedGraph, keep: int = 5) -> Snapshot:
    store = SnapshotStore(var)
    with store.lock():
        return store.publish({g.iri: g for g in graphs}, {}, indexing.build, keep=keep)


def leftovers(var: Path) -> list[str]:
    return [path.name for path in (var / "snapshots").iterdir() if not (path.name.isdigit() or path.name == "current")]


@dataclass(frozen=True)
class Point:
    """Where the child is killed: before or after the n-th call of a function, and what must be current then."""

    function: str
    call: int
    after: bool
    outcome: str
    keep: int = 5


POINTS = {
    "before the index": Point("indexing.build", 1, False, "old"),
    "after the index": Point("indexing.build", 1, True, "old"),
    "before the manifest": Point("Path.write_text", 1, False, "old"),
    "after the manifest": Point("Path.write_text", 1, True, "old"),
    "between two fsyncs": Point("os.fsync", 5, True, "old"),
    "named, folder not synced": Point("Path.rename", 1, True, "old"),
    "pointer written beside": Point("Path.replace", 1, False, "old"),
    "pointer replaced": Point("Path.replace", 1, True, "new"),
    "before pruning": Point("SnapshotStore._prune", 1, False, "new", keep=1),
    "pruned one lost its name": Point("Path.rename", 2, True, "new", keep=1),
    "pruned one half gone": Point("os.unlink", 3, True, "new", keep=1),
    "between flip and dumps": Point("dumps.make", 1, False, "new"),
    "half the dumps": Point("dumps._serialise", 3, False, "new"),
    "dumps not named": Point("Path.replace", 2, False, "new"),
    "dumps named": Point("Path.replace", 2, True, "new"),
}

CHILD = """
import json, os, sys
from pathlib import Path
from kbs_graph.dataset import dumps
from kbs_graph.search import indexing
from kbs_graph.snapshots import SnapshotStore
from tests.deadly import arm, at
from tests.test_kill_points import NEW

var, step, function, call, after, keep = json.loads(sys.argv[1])
arm(globals(), function, call, after)
store = SnapshotStore(Path(var))
with store.lock():
    dumps.make(store.publish({g.iri: g for g in NEW}, {}, indexing.build, at(step), keep))
"""


def kill_a_writer(var: Path, step: str = "", point: Point | None = None) -> None:
    task = [
        str(var),
        step,
        *(("", 0, False, 5) if not point else (point.function, point.call, point.after, point.keep)),
    ]
    done = subprocess.run([sys.executable, "-c", CHILD, json.dumps(task)], cwd=ROOT, check=False, timeout=300)
    assert done.returncode == -9, "the child was to be killed, and was not"


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """A running service on the old graph, which has already answered. An older snapshot stands by."""
    publish(tmp_path, *OLDER)
    publish(tmp_path, *OLD)
    with closing(Service(Settings(root=tmp_path, var=tmp_path))) as running:
        assert len(running.current().store.select(COUNT)) == 80
        yield running


def look(service: Service, var: Path) -> str:
    """Which graph is current: "old" or "new". Anything between the two fails."""
    fresh = Service(Settings(root=var, var=var))
    served = [len(each.current().store.select(COUNT)) for each in (service, fresh)]
    assert served[0] == served[1]
    snapshots = SnapshotStore(var)
    current = snapshots.current()
    for snapshot in snapshots.list():
        assert hash_in_store(snapshot) == snapshot.content_hash, "a listed snapshot is not whole"
    outcome = {hash_of(*OLD): ("old", 80), hash_of(*NEW): ("new", 90)}[hash_in_store(current)]
    assert served[0] == outcome[1]
    return outcome[0]


def publish_on(service: Service, var: Path) -> None:
    """The next publish after a crash succeeds, clears up and is served."""
    snapshot = publish(var, *NEXT)
    assert hash_in_store(snapshot) == hash_of(*NEXT) == SnapshotStore(var).current().content_hash
    assert leftovers(var) == []
    assert len(service.current().store.select(COUNT)) == 55
    lines = (dumps.make(snapshot) / "kennisbouwstenen.nq").read_text().splitlines()
    assert lines == sorted(line for g in NEXT for line in g.lines)


@pytest.mark.parametrize("step", STEPS)
def test_a_writer_killed_at_a_step_leaves_the_old_graph_current(
    service: Service, tmp_path: Path, step: str, record_property: Record
) -> None:
    """Each step is announced just before it happens, so even at "flip" the old graph must be current."""
    kill_a_writer(tmp_path, step)
    outcome = look(service, tmp_path)
    record_property("outcome", outcome)
    print(f"killed at {step}: {outcome}")
    assert outcome == "old"
    publish_on(service, tmp_path)


@pytest.mark.parametrize("name", POINTS)
def test_a_writer_killed_between_steps_leaves_the_old_graph_until_the_pointer_is_replaced_and_then_the_new(
    service: Service, tmp_path: Path, name: str, record_property: Record
) -> None:
    point = POINTS[name]
    kill_a_writer(tmp_path, point=point)
    outcome = look(service, tmp_path)
    record_property("outcome", outcome)
    print(f"killed {name}: {outcome}")
    assert outcome == point.outcome
    publish_on(service, tmp_path)


@pytest.mark.parametrize("name", ["between flip and dumps", "half the dumps", "dumps not named", "dumps named"])
def test_dumps_that_were_interrupted_are_made_whole_by_the_next_try(
    service: Service, tmp_path: Path, name: str
) -> None:
    kill_a_writer(tmp_path, point=POINTS[name])
    current = SnapshotStore(tmp_path).current()
    assert current.dumps.exists() == (name == "dumps named")
    folder = dumps.make(current)
    assert not (current.path / "dumps.work").exists()
    noted = json.loads((folder / download.CHECKSUMS).read_text())
    assert {item.name for item in folder.iterdir()} == {*noted, download.CHECKSUMS, statistics.NAME}
    assert {n: hashlib.sha256((folder / n).read_bytes()).hexdigest() for n in noted} == {
        n: entry["sha256"] for n, entry in noted.items()
    }


def test_five_writers_killed_one_after_the_other_leave_nothing_behind(service: Service, tmp_path: Path) -> None:
    """Rubbish must not heap up where every build dies."""
    for step in ("copy", "fsync", "rename", "write", "flush"):
        kill_a_writer(tmp_path, step)
    assert len(leftovers(tmp_path)) <= 1
    assert look(service, tmp_path) == "old"
    publish_on(service, tmp_path)


BUILD = """
import sys
from pathlib import Path
from kbs_graph import build
from tests.deadly import at
root, var, step = sys.argv[1:]
build.build(Path(root), Path(var), 5, at(step))
"""


def test_a_whole_build_killed_between_flip_and_dumps_serves_the_new_graph_and_the_next_build_makes_the_dumps(
    tiny_root: Path, tmp_path: Path
) -> None:
    var = tmp_path / "var"
    command = [sys.executable, "-c", BUILD, str(tiny_root), str(var)]
    assert subprocess.run([*command, "flip"], check=False, timeout=300).returncode == -9
    assert not (var / "snapshots" / "current").exists()
    assert subprocess.run([*command, "dumps"], check=False, timeout=300).returncode == -9
    current = SnapshotStore(var).current()
    assert not current.dumps.exists()
    assert hash_in_store(current) == current.content_hash
    assert subprocess.run([*command, ""], check=False, timeout=300).returncode == 0
    assert SnapshotStore(var).current() == current
    assert (current.dumps / download.CHECKSUMS).exists()
    assert (current.path / "report.json").exists()


Calls = list[tuple[str, str]]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """Every fsync and rename of this process in order, each with its path as it was named at that moment."""
    made: Calls = []
    fsync, rename, replace = os.fsync, Path.rename, Path.replace

    def synced(handle: int) -> None:
        made.append(("fsync", str(Path(f"/proc/self/fd/{handle}").readlink())))
        fsync(handle)

    def renamed(self: Path, target: Path) -> Path:
        made.append(("rename", f"{self} {target}"))
        return rename(self, target)

    def replaced(self: Path, target: Path) -> Path:
        made.append(("rename", f"{self} {target}"))
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "rename", renamed)
    monkeypatch.setattr(Path, "replace", replaced)
    return made


def test_everything_is_durable_before_it_is_named_and_its_name_before_it_is_used(tmp_path: Path, calls: Calls) -> None:
    publish(tmp_path, *OLD)
    calls.clear()
    second = publish(tmp_path, *NEW)
    folder = tmp_path / "snapshots"
    work = folder / "work-2"
    named = calls.index(("rename", f"{work} {second.path}"))
    synced = [path for call, path in calls[:named] if call == "fsync"]
    inside = [work / path.relative_to(second.path) for path in [second.path, *second.path.rglob("*")]]
    assert len(inside) > 20
    assert sorted(synced) == sorted(map(str, inside))
    for place, path in enumerate(synced):
        assert str(Path(path).parent) not in synced[:place], "a folder was synced before what it names"
    assert calls[named + 1 :] == [
        ("fsync", str(folder)),
        ("fsync", str(folder / "current.new")),
        ("rename", f"{folder / 'current.new'} {folder / 'current'}"),
        ("fsync", str(folder)),
    ]


def test_rolling_back_writes_the_pointer_in_the_same_order(tmp_path: Path, calls: Calls) -> None:
    publish(tmp_path, *OLD)
    publish(tmp_path, *NEW)
    calls.clear()
    SnapshotStore(tmp_path).roll_back(1)
    folder = tmp_path / "snapshots"
    assert calls == [
        ("fsync", str(folder / "current.new")),
        ("rename", f"{folder / 'current.new'} {folder / 'current'}"),
        ("fsync", str(folder)),
    ]


def test_a_pruned_snapshot_loses_its_name_before_its_content(tmp_path: Path, calls: Calls) -> None:
    publish(tmp_path, *OLD)
    publish(tmp_path, *NEW, keep=1)
    assert calls[-1] == ("rename", f"{tmp_path / 'snapshots' / '1'} {tmp_path / 'snapshots' / 'work-old-1'}")


FULL_DISK = """
import json, os, shutil, sys
from pathlib import Path
from kbs_graph.dataset import dumps
from kbs_graph.search import indexing
from kbs_graph.disk import Hold
from kbs_graph.errors import NotRunnable
from kbs_graph.snapshots import SnapshotStore
from kbs_graph.store import LocalStore
from tests.test_kill_points import COUNT, NEW, OLD, hash_in_store, hash_of, leftovers

disk, moment = Path(sys.argv[1]), sys.argv[2]
var, filler = disk / "var", disk / "filler"
store = SnapshotStore(var)

def publish(graphs, progress=lambda heard: None, index=indexing.build):
    with store.lock():
        return store.publish({g.iri: g for g in graphs}, {}, index, progress)

def fill():
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            pass

def index(path, target):
    if moment == "index":
        fill()
    indexing.build(path, target)

first = publish(OLD)
hold, reader = Hold(first.store), LocalStore.open(first.store)
outcome = {"refused": ""}
try:
    second = publish(NEW, lambda heard: fill() if heard == moment else None, index)
    if moment == "dumps":
        fill()
    dumps.make(second)
except NotRunnable as error:
    outcome["refused"] = error.words.nl + " " + error.words.en
current = store.current()
outcome["current"] = {hash_of(*OLD): "old", hash_of(*NEW): "new"}[hash_in_store(current)]
outcome["reader"] = len(reader.select(COUNT))
outcome["leftovers"] = [name for name in leftovers(var) if name != "current.new"]
outcome["dumps"] = sorted(path.name for path in current.path.glob("dumps*"))
filler.unlink()
third = publish(NEW)
dumps.make(third)
outcome["later"] = [hash_in_store(third) == hash_of(*NEW), store.current() == third, leftovers(var)]
print(json.dumps(outcome))
"""
IN_A_SMALL_DISK = 'mount -t tmpfs -o size=24m tmpfs "$1" && shift && exec "$@"'


def run_on_a_small_disk(place: Path, *command: str) -> "subprocess.CompletedProcess[str]":
    """Run a command in a mount namespace of its own, in which `place` is a disk of 24 MB."""
    inside = ["unshare", "--mount", "sh", "-c", IN_A_SMALL_DISK, "sh", str(place), *command]
    return subprocess.run(inside, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)


@pytest.fixture
def small_disk(tmp_path: Path) -> Path:
    tried = run_on_a_small_disk(tmp_path, "true")
    if tried.returncode:
        reason = f"NOT TESTED: a full disk. No small disk can be mounted here: {tried.stderr.strip()}"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    return tmp_path


@pytest.mark.parametrize("moment", [*STEPS, "index", "dumps"])
def test_a_disk_that_is_full_at_any_moment_is_told_in_words_and_costs_nothing(small_disk: Path, moment: str) -> None:
    done = run_on_a_small_disk(small_disk, sys.executable, "-c", FULL_DISK, str(small_disk), moment)
    assert done.returncode == 0, done.stderr
    outcome = json.loads(done.stdout)
    assert "De schijf is vol" in outcome["refused"]
    assert "The disk is full" in outcome["refused"]
    assert outcome["current"] == ("new" if moment == "dumps" else "old")
    assert outcome["reader"] == 80
    assert outcome["leftovers"] == []
    assert outcome["dumps"] == []
    assert outcome["later"] == [True, True, []]


SMALL_FILES = """
import resource, sys
from pathlib import Path
from kbs_graph.search import indexing
from kbs_graph.errors import NotRunnable
from kbs_graph.snapshots import SnapshotStore
from tests.test_kill_points import NEW

store = SnapshotStore(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
try:
    with store.lock():
        store.publish({g.iri: g for g in NEW}, {}, indexing.build)
except NotRunnable as error:
    sys.exit(error.words.en)
"""


@pytest.mark.parametrize("limit", [0, 1000, 20000])
def test_a_file_that_may_not_grow_is_refused_as_a_full_disk(service: Service, tmp_path: Path, limit: int) -> None:
    """The same without any mount, for machines where none is allowed."""
    command = [sys.executable, "-c", SMALL_FILES, str(tmp_path), str(limit)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 1
    assert done.stderr.startswith("The disk is full.")
    assert look(service, tmp_path) == "old"
    assert leftovers(tmp_path) == []
    publish_on(service, tmp_path)
