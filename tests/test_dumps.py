"""Dumps: the whole graph in every format and as tables, the same bytes for the same content, whole or not at all."""

import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Dataset, Graph

from kbs_graph.dataset import dumps, statistics
from kbs_graph.download import CHECKSUMS, STEM
from kbs_graph.errors import NotRunnable
from kbs_graph.files import NamedGraph
from kbs_graph.serialize import DUMP_FORMATS
from kbs_graph.snapshots import Snapshot, SnapshotStore
from kbs_graph.terms import Iri

GRAPHS = {f"{STEM}.{form.ending}{packed}" for form in DUMP_FORMATS for packed in ("", ".gz")}
NAMES = GRAPHS | {f"{STEM}-{language}.{ending}" for language in ("nl", "en") for ending in ("zip", "xlsx")}
"""The files of a graph without a thing of ours, so without a table of any kind."""
ALL = {*NAMES, CHECKSUMS, statistics.NAME}
A, B = Iri("https://w3id.org/kennisbouwstenen/graphs/a"), Iri("https://w3id.org/kennisbouwstenen/graphs/b")
TRICKY = (
    '<http://e/s> <http://e/p> "regel 1\\nregel 2 \\"aangehaald\\" \\\\ tab\\t" ',
    '<http://e/s> <http://e/p> "één – ✓ 🂡"@nl ',
    '<http://e/s> <http://e/p> "1.5"^^<http://www.w3.org/2001/XMLSchema#decimal> ',
    '<http://e/s> <http://www.w3.org/2004/02/skos/core#prefLabel> "x"@en ',
    "<http://e/s/é> <http://e/p> <http://e/o?a=1&b=2> ",
)
SHARED = "<http://e/s> <http://e/p> <http://e/stated-twice> "


def graph(iri: Iri, *statements: str) -> NamedGraph:
    return NamedGraph(iri, tuple(sorted(f"{statement}<{iri}> ." for statement in statements)))


def publish(var: Path, *graphs: NamedGraph) -> Snapshot:
    store = SnapshotStore(var)
    with store.lock():
        return store.publish({g.iri: g for g in graphs}, {}, lambda store, target: target.touch())


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    return publish(tmp_path, graph(A, *TRICKY, SHARED), graph(B, SHARED, "<http://e/t> <http://e/p> <http://e/s> "))


def triples(path: Path) -> list[str]:
    syntax = ox.RdfFormat.from_extension(path.suffix[1:])
    return sorted(str(quad.triple) for quad in ox.parse(path=path, format=syntax))


def test_every_format_is_there_with_gzip_and_checksums_and_nothing_else(snapshot: Snapshot) -> None:
    folder = dumps.make(snapshot)
    assert folder == snapshot.dumps
    assert {path.name for path in folder.iterdir()} == ALL
    assert {form.ending for form in DUMP_FORMATS} == {"nq", "trig", "ttl", "nt", "jsonld", "rdf"}


def test_the_n_quads_are_the_sorted_lines_of_the_graphs(snapshot: Snapshot) -> None:
    lines = [*graph(A, *TRICKY, SHARED).lines, *graph(B, SHARED, "<http://e/t> <http://e/p> <http://e/s> ").lines]
    assert (dumps.make(snapshot) / f"{STEM}.nq").read_text().splitlines() == sorted(lines)


def test_formats_with_graphs_hold_every_quad_and_the_others_every_triple_once(snapshot: Snapshot) -> None:
    folder = dumps.make(snapshot)
    stored = list(ox.Store.read_only(str(snapshot.store)))
    assert len(stored) == 8
    every = sorted(str(quad.triple) for quad in stored)
    assert triples(folder / f"{STEM}.nq") == triples(folder / f"{STEM}.trig") == every
    once = sorted(set(every))
    assert len(once) == 7
    for ending in ("nt", "ttl", "jsonld", "rdf"):
        assert triples(folder / f"{STEM}.{ending}") == once, ending


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_another_library_reads_the_same_from_every_format(snapshot: Snapshot) -> None:
    folder = dumps.make(snapshot)
    names = {"nt": "nt", "ttl": "turtle", "jsonld": "json-ld", "rdf": "xml"}
    plain = {ending: set(Graph().parse(folder / f"{STEM}.{ending}", format=name)) for ending, name in names.items()}
    quads = {ending: set(Dataset().parse(folder / f"{STEM}.{ending}").quads()) for ending in ("nq", "trig")}
    assert all(found == plain["nt"] for found in plain.values())
    assert quads["nq"] == quads["trig"]
    assert len(plain["nt"]) == 7


def test_gzip_holds_the_same_bytes_and_neither_time_nor_name(snapshot: Snapshot) -> None:
    folder = dumps.make(snapshot)
    for form in DUMP_FORMATS:
        path = folder / f"{STEM}.{form.ending}"
        packed = (folder / f"{path.name}.gz").read_bytes()
        assert gzip.decompress(packed) == path.read_bytes()
        flags, time = packed[3], packed[4:8]
        assert (flags, time) == (0, bytes(4))


def test_the_checksums_are_those_of_the_files(snapshot: Snapshot) -> None:
    folder = dumps.make(snapshot)
    noted = json.loads((folder / CHECKSUMS).read_text())
    assert noted.keys() == NAMES
    for name, entry in noted.items():
        content = (folder / name).read_bytes()
        assert entry == {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def test_the_same_graphs_in_two_folders_give_the_same_bytes(tmp_path: Path) -> None:
    graphs = (graph(A, *TRICKY), graph(B, SHARED))
    one, two = (dumps.make(publish(tmp_path / name, *each)) for name, each in (("1", graphs), ("2", graphs[::-1])))
    for name in ALL:
        assert (one / name).read_bytes() == (two / name).read_bytes(), name


def test_prefixes_make_turtle_readable(snapshot: Snapshot) -> None:
    assert 'skos:prefLabel "x"@en' in (dumps.make(snapshot) / f"{STEM}.ttl").read_text()


def test_an_empty_graph_has_dumps_too(tmp_path: Path) -> None:
    folder = dumps.make(publish(tmp_path))
    assert (folder / f"{STEM}.nq").read_bytes() == b""
    assert triples(folder / f"{STEM}.ttl") == []


def test_dumps_are_made_once(snapshot: Snapshot) -> None:
    folder = dumps.make(snapshot)
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert dumps.make(snapshot) == folder
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_what_an_earlier_try_left_is_replaced(snapshot: Snapshot) -> None:
    left = snapshot.path / "dumps.work"
    left.mkdir()
    (left / "half.nq").write_text("half")
    assert {path.name for path in dumps.make(snapshot).iterdir()} == ALL
    assert not left.exists()


def test_dumps_are_durable_before_they_get_their_name(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def synced(handle: int) -> None:
        calls.append(Path(f"/proc/self/fd/{handle}").readlink().name)
        fsync(handle)

    def replaced(self: Path, target: Path) -> Path:
        calls.append("rename")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", replaced)
    dumps.make(snapshot)
    assert sorted(calls[:-3]) == sorted(ALL)
    assert calls[-3:] == ["dumps.work", "rename", snapshot.path.name]


SMALL_FILES = """
import resource, sys
from pathlib import Path
from kbs_graph.dataset import dumps
from kbs_graph.errors import NotRunnable
from kbs_graph.snapshots import SnapshotStore
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
try:
    dumps.make(SnapshotStore(Path(sys.argv[1])).current())
except NotRunnable as error:
    sys.exit(f"{error.words.nl} {error.words.en}")
"""


def test_a_disk_that_refuses_gives_clear_words_leaves_no_half_dumps_and_does_not_stop_the_next_try(
    snapshot: Snapshot, tmp_path: Path
) -> None:
    """In a child whose files may not grow beyond 100 bytes; the real full disk is in test_kill_points.py."""
    command = [sys.executable, "-c", SMALL_FILES, str(tmp_path)]
    refused = subprocess.run(command, capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert "De schijf is vol: de downloads zijn niet gemaakt" in refused.stderr
    assert "The disk is full: the downloads were not made" in refused.stderr
    assert not snapshot.dumps.exists()
    assert not (snapshot.path / "dumps.work").exists()
    assert {path.name for path in dumps.make(snapshot).iterdir()} == ALL


def test_a_snapshot_without_a_folder_is_a_clear_error(snapshot: Snapshot) -> None:
    shutil.rmtree(snapshot.path)
    with pytest.raises(NotRunnable, match="downloads were not made"):
        dumps.make(snapshot)
