"""A contribution whose writer is killed at any moment, or that meets a full disk, is wholly in or wholly out.

What was answered with success is in, whatever happens after; several writers at once lose nothing of each other.
"""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox
import pytest

from kbs_graph.config import Settings
from kbs_graph.contributions import journal, publishing
from kbs_graph.contributions.model import Contribution
from kbs_graph.snapshots import STEPS, SnapshotStore
from kbs_graph.terms import graph_iri
from tests.contributions.sources import contribution, many
from tests.test_kill_points import hash_in_store, leftovers, run_on_a_small_disk

ROOT = Path(__file__).resolve().parents[2]
OLD, NEW = contribution("nibud", many("nibud", 2, "Oud")), contribution("nibud", many("nibud", 3, "Nieuw"))

CHILD = """
import json, os, sys
from pathlib import Path
from kbs_graph.search import indexing
from kbs_graph.config import Settings
from kbs_graph.contributions import afterwards, bringing, journal, publishing
from kbs_graph.snapshots import SnapshotStore
from tests.contributions.test_kill_contributions import NEW
from tests.deadly import arm, at, die

root, step, function, call, after = json.loads(sys.argv[1])
arm(globals(), function, call, after)
settings = Settings(root=Path(root), var=Path(root) / "var", quiet_seconds=0)
publishing.accept(settings, NEW, "put", "proef", progress=at(step))
print("accepted", flush=True)
die()
"""
IN, OUT = "new", "old"
POINTS = {
    **{f"at {step}": (step, "", 0, False, IN) for step in STEPS},
    "at journal": ("journal", "", 0, False, OUT),
    "journal half written": ("", "os.fsync", 1, False, OUT),
    "statements named, no note yet": ("", "Path.replace", 1, True, OUT),
    "note written beside": ("", "Path.replace", 2, False, OUT),
    "note named": ("", "Path.replace", 2, True, IN),
    "before the index": ("", "indexing.renew", 1, False, IN),
    "after the index": ("", "indexing.renew", 1, True, IN),
    "named, folder not synced": ("", "Path.rename", 1, True, IN),
    "pointer written beside": ("", "Path.replace", 3, False, IN),
    "pointer replaced": ("", "Path.replace", 3, True, IN),
    "before pruning": ("", "SnapshotStore._prune", 1, False, IN),
    "in use, not answered": ("", "afterwards.start", 1, False, IN),
    "answered": ("", "", 0, False, IN),
}
"""Where the writer is killed, and what holds after the next start: the old contribution whole, or the new."""


def kill_a_writer(place: Settings, point: str) -> bool:
    """Whether the child was told that its contribution is accepted before it died."""
    task = json.dumps([str(place.root), *POINTS[point][:4]])
    done = subprocess.run(
        [sys.executable, "-c", CHILD, task], cwd=ROOT, check=False, timeout=300, capture_output=True, text=True
    )
    assert done.returncode == -9, done.stderr
    return "accepted" in done.stdout


def standing(place: Settings) -> Contribution:
    """What stands in the graph of the organisation; the snapshot is whole."""
    snapshot = SnapshotStore(place.var).current()
    assert hash_in_store(snapshot) == snapshot.content_hash
    quads = ox.Store.read_only(str(snapshot.store)).quads_for_pattern(
        None, None, None, ox.NamedNode(graph_iri("nibud"))
    )
    return Contribution("nibud", frozenset(f"{quad.triple} ." for quad in quads))


QUICK = ("at rename", "note named", "answered")


@pytest.mark.parametrize("point", [p if p in QUICK else pytest.param(p, marks=pytest.mark.slow) for p in POINTS])
def test_after_a_kill_a_contribution_is_wholly_in_or_wholly_out(place: Settings, point: str) -> None:
    publishing.accept(place, OLD, "put", "proef")
    told = kill_a_writer(place, point)
    assert standing(place) in (OLD, NEW), "whole before anything is repaired"
    if told:
        assert standing(place) == NEW
    publishing.recover(place)
    expected = {IN: NEW, OUT: OLD}[POINTS[point][4]]
    assert standing(place) == publishing.said(place, "nibud") == expected
    outcome = publishing.accept(place, NEW, "put", "proef")
    assert outcome.status == ("unchanged" if expected == NEW else "replaced")
    publishing.accept(place, OLD, "put", "proef")
    assert standing(place) == OLD
    assert leftovers(place.var) == []


@pytest.mark.slow
def test_twenty_writers_killed_in_a_row_lose_nothing_that_was_accepted(place: Settings) -> None:
    publishing.accept(place, OLD, "put", "proef")
    for number, point in enumerate([*POINTS][:20]):
        kill_a_writer(place, point)
        other = contribution("vng", many("vng", 1 + number))
        assert publishing.accept(place, other, "put", "proef").ok
        assert publishing.said(place, "vng") == other
        assert standing(place) in (OLD, NEW)
    assert len(leftovers(place.var)) == 0


WRITER = """
import sys
from pathlib import Path
from kbs_graph.config import Settings
from kbs_graph.contributions import publishing
from kbs_graph.errors import PreconditionFailed
from tests.contributions.sources import contribution, source

root, name, rounds, how = sys.argv[1:]
settings = Settings(root=Path(root), var=Path(root) / "var", quiet_seconds=0, keep_snapshots=2)
won = 0
for number in range(int(rounds)):
    if how == "post":
        publishing.accept(settings, contribution("nibud", source(f"bron/nibud-{name}-{number}")), "post", name)
        continue
    while True:
        tag = publishing.etag(settings, "nibud")
        now = publishing.said(settings, "nibud").lines
        if publishing.said(settings, "nibud").etag != tag:
            continue
        more = contribution("nibud", now, source(f"bron/nibud-{name}-{number}"))
        try:
            publishing.accept(settings, more, "put", name, if_match=tag or None, if_none_match=not tag)
            break
        except PreconditionFailed:
            won += 1
print(won)
"""


def writers(place: Settings, how: str, rounds: int) -> list[int]:
    """Two processes that write to the same graph; how often each was told that it changed under its hands."""
    commands = [[sys.executable, "-c", WRITER, str(place.root), name, str(rounds), how] for name in ("een", "twee")]
    with ThreadPoolExecutor(2) as pool:
        run = [pool.submit(subprocess.run, c, cwd=ROOT, capture_output=True, text=True, check=False) for c in commands]
        done = [item.result() for item in run]
    assert all(item.returncode == 0 for item in done), [item.stderr for item in done]
    return [int(item.stdout) for item in done]


@pytest.mark.parametrize(("how", "rounds"), [("post", 5), ("put", 5), pytest.param("put", 60, marks=pytest.mark.slow)])
def test_two_processes_that_write_at_once_lose_nothing(place: Settings, how: str, rounds: int) -> None:
    refused = writers(place, how, rounds)
    said = publishing.said(place, "nibud")
    named = {line.split()[0].rpartition("/")[2].rstrip(">") for line in said.lines}
    assert named == {f"nibud-{name}-{number}" for name in ("een", "twee") for number in range(rounds)}
    assert standing(place) == said
    assert len(journal.versions(place.var, "nibud")) == 2 * rounds
    print(f"{2 * rounds} writes, lost 0, told to try again {refused}")


FULL = """
import sys
from pathlib import Path
from kbs_graph.config import Settings
from kbs_graph.contributions import journal, publishing
from kbs_graph.errors import NotRunnable
from kbs_graph.snapshots import SnapshotStore
from tests.contributions.sources import contribution, many
from tests.contributions.test_kill_contributions import OLD, NEW, standing
import shutil

disk, root, moment = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
shutil.copytree(Path(root) / "var", disk / "var")
place = Settings(root=Path(root), var=disk / "var", quiet_seconds=0)
publishing.accept(place, OLD, "put", "proef")

def fill():
    with (disk / "filler").open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            pass

try:
    publishing.accept(place, NEW, "put", "proef", progress=lambda heard: fill() if heard == moment else None)
    sys.exit("accepted on a full disk")
except NotRunnable as error:
    assert "vol" in error.words.nl and "full" in error.words.en, error.words
assert standing(place) == OLD == publishing.said(place, "nibud")
assert len(journal.versions(place.var, "nibud")) == 1, "what was refused is not in the journal"
(disk / "filler").unlink()
assert publishing.recover(place) == ()
assert publishing.accept(place, NEW, "put", "proef").status == "replaced"
assert standing(place) == NEW
"""


@pytest.mark.parametrize(
    "moment", ["flush", *(pytest.param(m, marks=pytest.mark.slow) for m in ("journal", "copy", "write", "fsync"))]
)
def test_a_full_disk_is_told_and_loses_nothing(place: Settings, tmp_path: Path, moment: str) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if run_on_a_small_disk(disk, "true").returncode:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("NOT TESTED: no small disk can be mounted")
    done = run_on_a_small_disk(disk, sys.executable, "-c", FULL, str(disk), str(place.root), moment)
    assert done.returncode == 0, done.stderr
