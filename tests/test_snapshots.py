"""Snapshots: what is published is whole, small in its changes, the same each time, and never in a reader's way."""

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from kbs_graph.dataset import dumps
from kbs_graph.disk import Hold
from kbs_graph.errors import KbsError, NoSnapshot, NotRunnable
from kbs_graph.files import NamedGraph
from kbs_graph.search import indexing, results
from kbs_graph.search.label_index import Index
from kbs_graph.snapshots import STEPS, Snapshot, SnapshotStore, content_hash
from kbs_graph.store import LocalStore
from kbs_graph.terms import ONTOLOGY, Iri, K, Literal

LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
XSD_INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def graph(name: str, size: int, word: str = "woord") -> NamedGraph:
    """A graph of `size` labels that hold `word`."""
    iri = f"https://w3id.org/kennisbouwstenen/graphs/{name}"
    lines = (
        f'<https://w3id.org/kennisbouwstenen/id/{name}/{i}> <{LABEL}> "{word} {i}"@nl <{iri}> .' for i in range(size)
    )
    return NamedGraph(Iri(iri), tuple(sorted(lines)))


def findable(word: str) -> NamedGraph:
    """A graph with one thing that the index finds by `word`."""
    iri = f"https://w3id.org/kennisbouwstenen/graphs/{word}"
    thing = f"<https://w3id.org/kennisbouwstenen/id/aspect/{word}>"
    rdf, rdfs = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#"
    lines = (
        f'{thing} <{rdfs}label> "{word}"@nl <{iri}> .',
        f"{thing} <{rdf}type> <{K.KnowledgeAspect}> <{iri}> .",
        f"<{K.KnowledgeAspect}> <{rdfs}isDefinedBy> <{ONTOLOGY}> <{iri}> .",
    )
    return NamedGraph(Iri(iri), tuple(sorted(lines)))


def publish(var: Path, *graphs: NamedGraph, keep: int = 5) -> Snapshot:
    store = SnapshotStore(var)
    with store.lock():
        return store.publish({g.iri: g for g in graphs}, {}, indexing.build, keep=keep)


def stored_lines(snapshot: Snapshot) -> dict[str, list[str]]:
    """What really is in the store: sorted N-Quads lines by graph."""
    found: dict[str, list[str]] = {}
    for quad in ox.Store.read_only(str(snapshot.store)):
        assert isinstance(quad.graph_name, ox.NamedNode)
        found.setdefault(quad.graph_name.value, []).append(f"{quad} .")
    return {iri: sorted(lines) for iri, lines in found.items()}


def size_of(snapshot: Snapshot) -> int:
    return sum(len(lines) for lines in stored_lines(snapshot).values())


def test_the_first_publish_makes_snapshot_1_current_with_its_manifest_and_index(tmp_path: Path) -> None:
    published = publish(tmp_path, graph("a", 3), graph("b", 2))
    current = SnapshotStore(tmp_path).current()
    assert current == published
    assert current.number == 1
    assert stored_lines(current) == {g.iri: list(g.lines) for g in (graph("a", 3), graph("b", 2))}
    assert current.manifest["graphs"] == {
        g.iri: {"sha256": g.digest, "triples": len(g.lines)} for g in (graph("a", 3), graph("b", 2))
    }


def test_the_index_finds_what_is_published_and_no_longer_what_is_gone(tmp_path: Path) -> None:
    first = publish(tmp_path, findable("schulden"), findable("opvoeding"))
    second = publish(tmp_path, findable("schulden"), findable("armoede"))
    found = {
        word: [results.find(Index(s.search), word).total for s in (first, second)]
        for word in ("schuld", "opv", "armoede")
    }
    assert found == {"schuld": [1, 1], "opv": [1, 0], "armoede": [0, 1]}


def test_the_facts_of_a_build_stand_in_the_manifest(tmp_path: Path) -> None:
    store = SnapshotStore(tmp_path)
    with store.lock():
        snapshot = store.publish({}, {"version": "9.9", "counts": {"aspect": 143}}, indexing.build)
    assert snapshot.manifest["version"] == "9.9"
    assert json.loads((snapshot.path / "manifest.json").read_text())["counts"] == {"aspect": 143}


def test_the_next_publish_becomes_current_and_the_first_stays_what_it_was(tmp_path: Path) -> None:
    first = publish(tmp_path, graph("a", 3))
    second = publish(tmp_path, graph("a", 3, "ander"), graph("b", 4))
    assert (first.number, second.number) == (1, 2)
    assert SnapshotStore(tmp_path).current() == second
    assert stored_lines(second) == {g.iri: list(g.lines) for g in (graph("a", 3, "ander"), graph("b", 4))}
    assert stored_lines(first) == {graph("a", 3).iri: list(graph("a", 3).lines)}


def test_a_graph_that_is_no_longer_given_is_gone_from_store_and_hash(tmp_path: Path) -> None:
    alone = publish(tmp_path / "alone", graph("a", 3))
    publish(tmp_path / "both", graph("a", 3), graph("b", 4))
    without = publish(tmp_path / "both", graph("a", 3))
    assert stored_lines(without) == stored_lines(alone)
    assert without.content_hash == alone.content_hash


def test_only_changed_graphs_are_written(tmp_path: Path) -> None:
    """The proof is a lie: a graph whose lines were swapped under an unchanged hash must not reach the store."""

    class Liar(NamedGraph):
        @property
        def digest(self) -> str:
            return graph("a", 3).digest

    publish(tmp_path, graph("a", 3), graph("b", 3))
    lie = Liar(graph("a", 3).iri, graph("a", 3, "leugen").lines)
    second = publish(tmp_path, lie, graph("b", 3, "nieuw"))
    assert stored_lines(second) == {g.iri: list(g.lines) for g in (graph("a", 3), graph("b", 3, "nieuw"))}


def test_an_unchanged_graph_shares_its_bytes_with_the_snapshot_before(tmp_path: Path) -> None:
    first = publish(tmp_path, graph("groot", 5000), graph("klein", 5))
    second = publish(tmp_path, graph("groot", 5000), graph("klein", 6))
    before, after = ({p.stat().st_ino: p.stat().st_size for p in s.store.glob("*.sst")} for s in (first, second))
    shared = sum(size for inode, size in after.items() if inode in before)
    assert shared > 0.9 * sum(before.values())


def test_a_snapshot_made_in_steps_has_the_same_dumps_as_one_made_at_once(tmp_path: Path) -> None:
    for word in ("een", "twee", "drie"):
        publish(tmp_path / "steps", graph("a", 40, word), graph("weg", 10), graph("b", 30))
    stepped = publish(tmp_path / "steps", graph("b", 30), graph("a", 40))
    at_once = publish(tmp_path / "once", graph("a", 40), graph("b", 30))
    assert stepped.content_hash == at_once.content_hash
    left, right = dumps.make(stepped), dumps.make(at_once)
    names = sorted(path.name for path in left.iterdir())
    assert "kennisbouwstenen.nq" in names
    assert names == sorted(path.name for path in right.iterdir())
    for name in names:
        assert (left / name).read_bytes() == (right / name).read_bytes(), name


def test_the_content_hash_does_not_depend_on_order_or_var_folder(tmp_path: Path) -> None:
    assert content_hash({Iri("urn:a"): "1", Iri("urn:b"): "2"}) == content_hash({Iri("urn:b"): "2", Iri("urn:a"): "1"})
    one = publish(tmp_path / "one", graph("a", 3), graph("b", 2))
    two = publish(tmp_path / "two", graph("b", 2), graph("a", 3))
    assert one.content_hash == two.content_hash


@pytest.mark.parametrize(
    "other", [(graph("a", 4),), (graph("a", 3, "x"),), (graph("b", 3),), (graph("a", 3), graph("b", 1))]
)
def test_other_content_has_another_content_hash(tmp_path: Path, other: tuple[NamedGraph, ...]) -> None:
    assert publish(tmp_path / "1", graph("a", 3)).content_hash != publish(tmp_path / "2", *other).content_hash


def test_progress_hears_every_step_once_and_in_order(tmp_path: Path) -> None:
    store, heard = SnapshotStore(tmp_path), list[str]()
    with store.lock():
        store.publish({}, {}, indexing.build, heard.append)
    assert tuple(heard) == STEPS


def test_rolling_back_and_forward_flips_the_pointer_and_loses_nothing(tmp_path: Path) -> None:
    store = SnapshotStore(tmp_path)
    first, second = publish(tmp_path, graph("a", 3)), publish(tmp_path, graph("a", 5))
    assert store.roll_back(1) == first == store.current()
    assert size_of(store.current()) == 3
    assert store.roll_back(2) == second == store.current()
    assert size_of(store.current()) == 5
    assert [s.number for s in store.list()] == [1, 2]


def test_a_publish_after_rolling_back_gets_a_fresh_number(tmp_path: Path) -> None:
    publish(tmp_path, graph("a", 3))
    publish(tmp_path, graph("a", 5))
    SnapshotStore(tmp_path).roll_back(1)
    third = publish(tmp_path, graph("a", 7))
    assert third.number == 3
    assert size_of(third) == 7
    assert [s.number for s in SnapshotStore(tmp_path).list()] == [1, 2, 3]


def test_rolling_back_to_a_snapshot_that_is_not_there_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    publish(tmp_path, graph("a", 3))
    with pytest.raises(NoSnapshot, match="no snapshot 7"):
        SnapshotStore(tmp_path).roll_back(7)
    assert SnapshotStore(tmp_path).current_number() == 1


def test_old_snapshots_go_beyond_the_number_to_keep(tmp_path: Path) -> None:
    for size in range(1, 6):
        publish(tmp_path, graph("a", size), keep=2)
    assert [s.number for s in SnapshotStore(tmp_path).list()] == [4, 5]
    assert sorted(p.name for p in (tmp_path / "snapshots").iterdir()) == ["4", "5", "current"]


def test_pruning_keeps_the_current_snapshot_even_when_only_that_one_may_stay(tmp_path: Path) -> None:
    for size in range(1, 4):
        publish(tmp_path, graph("a", size), keep=1)
    store = SnapshotStore(tmp_path)
    assert [s.number for s in store.list()] == [3]
    assert size_of(store.current()) == 3


def test_a_reader_that_holds_an_old_snapshot_keeps_answering_and_when_it_lets_go_the_snapshot_goes(
    tmp_path: Path,
) -> None:
    """Of a store in so many files the engine opens most only when asked for; without the hold, memory runs full."""
    first = publish(tmp_path, *(graph(f"g{i}", 50) for i in range(12)))
    assert len(list(first.store.glob("*.sst"))) > 50
    hold, reader = Hold(first.store), LocalStore.open(first.store)
    for size in range(3):
        publish(tmp_path, graph("a", size), keep=1)
    assert [s.number for s in SnapshotStore(tmp_path).list()] == [1, 4]
    assert [row["n"] for row in reader.select(COUNT)] == [Literal("600", None, XSD_INTEGER)]
    hold.release()
    publish(tmp_path, graph("a", 4), keep=1)
    assert [s.number for s in SnapshotStore(tmp_path).list()] == [5]


def test_a_hold_ends_with_its_process_even_when_that_is_killed(tmp_path: Path) -> None:
    first = publish(tmp_path, graph("a", 3))
    with subprocess.Popen([sys.executable, "-c", READER, str(first.store)], stdout=subprocess.PIPE) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == b"held\n"
        publish(tmp_path, graph("a", 4), keep=1)
        assert first.path.exists()
        reader.kill()
    publish(tmp_path, graph("a", 5), keep=1)
    assert not first.path.exists()


def test_a_snapshot_that_is_gone_cannot_be_held(tmp_path: Path) -> None:
    first = publish(tmp_path, graph("a", 3))
    publish(tmp_path, graph("a", 4), keep=1)
    with pytest.raises(FileNotFoundError):
        Hold(first.store)


def test_the_list_is_oldest_first_by_number_not_by_name(tmp_path: Path) -> None:
    for size in range(1, 12):
        publish(tmp_path, graph("a", size), keep=20)
    assert [s.number for s in SnapshotStore(tmp_path).list()] == list(range(1, 12))


def test_a_var_folder_without_any_snapshot_says_so_and_says_what_to_do(tmp_path: Path) -> None:
    store = SnapshotStore(tmp_path / "nothing")
    assert store.list() == []
    with pytest.raises(NoSnapshot, match="kbs build"):
        store.current()
    with pytest.raises(NoSnapshot, match="no snapshot 1"):
        store.get(1)
    with pytest.raises(NoSnapshot):
        store.roll_back(1)


@pytest.mark.parametrize("garbage", [b"", b"\n", b"twee", b"\xff\xfe\x00", b"1e3", b"-1", b"../1", b"99"])
def test_a_damaged_pointer_is_a_clear_error_and_the_next_build_mends_it(tmp_path: Path, garbage: bytes) -> None:
    publish(tmp_path, graph("a", 3))
    (tmp_path / "snapshots" / "current").write_bytes(garbage)
    with pytest.raises(NoSnapshot) as caught:
        SnapshotStore(tmp_path).current()
    assert caught.value.words.nl != caught.value.words.en
    assert publish(tmp_path, graph("a", 4)).number == 2
    assert size_of(SnapshotStore(tmp_path).current()) == 4


def test_a_damaged_pointer_is_mended_by_choosing_a_snapshot(tmp_path: Path) -> None:
    publish(tmp_path, graph("a", 3))
    (tmp_path / "snapshots" / "current").write_text("garbage")
    SnapshotStore(tmp_path).roll_back(1)
    assert SnapshotStore(tmp_path).current_number() == 1


@pytest.mark.parametrize("damage", ["", "{", "[]", "null"])
def test_a_damaged_manifest_is_a_clear_error_and_the_next_build_starts_afresh(tmp_path: Path, damage: str) -> None:
    first = publish(tmp_path, graph("a", 3))
    (first.path / "manifest.json").write_text(damage)
    with pytest.raises(NoSnapshot):
        SnapshotStore(tmp_path).current()
    second = publish(tmp_path, graph("a", 4))
    assert second.number == 2
    assert size_of(second) == 4


def test_a_folder_that_is_not_a_whole_snapshot_is_not_listed_and_hinders_no_publish(tmp_path: Path) -> None:
    publish(tmp_path, graph("a", 3))
    (tmp_path / "snapshots" / "7" / "store").mkdir(parents=True)
    store = SnapshotStore(tmp_path)
    assert [s.number for s in store.list()] == [1]
    assert publish(tmp_path, graph("a", 4)).number == 8
    assert [s.number for s in store.list()] == [1, 8]


def test_a_current_store_that_is_damaged_does_not_stop_the_next_build(tmp_path: Path) -> None:
    first = publish(tmp_path, graph("a", 500), graph("b", 3))
    (first.store / "CURRENT").write_text("garbage\n")
    second = publish(tmp_path, graph("a", 500), graph("b", 4))
    assert stored_lines(second) == {g.iri: sorted(g.lines) for g in (graph("a", 500), graph("b", 4))}


def test_a_snapshot_of_another_format_is_not_copied_but_made_afresh(tmp_path: Path) -> None:
    first = publish(tmp_path, graph("a", 500))
    manifest = first.path / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "format": 0}))
    shutil.rmtree(first.store)
    assert size_of(publish(tmp_path, graph("a", 500))) == 500


def test_what_a_crashed_writer_left_is_swept_by_the_next(tmp_path: Path) -> None:
    publish(tmp_path, graph("a", 3))
    orphan = tmp_path / "snapshots" / "work-2"
    (orphan / "store").mkdir(parents=True)
    (orphan / "store" / "000001.sst").write_text("half")
    (tmp_path / "snapshots" / "current.new").write_text("2")
    assert [s.number for s in SnapshotStore(tmp_path).list()] == [1]
    publish(tmp_path, graph("a", 4))
    assert sorted(p.name for p in (tmp_path / "snapshots").iterdir()) == ["1", "2", "current"]


def test_an_index_that_fails_leaves_no_work_and_the_old_snapshot_current(tmp_path: Path) -> None:
    publish(tmp_path, graph("a", 3))
    store = SnapshotStore(tmp_path)

    def broken(_: Path, target: Path) -> None:
        target.write_text("half an index")
        raise ValueError("a fault in the index")

    with store.lock(), pytest.raises(ValueError, match="a fault in the index"):
        store.publish({}, {}, broken)
    assert store.current_number() == 1
    assert not list((tmp_path / "snapshots").glob("work-*"))


READER = """
import sys, time
from pathlib import Path
from kbs_graph.disk import Hold
hold = Hold(Path(sys.argv[1]))
print("held", flush=True)
time.sleep(60)
"""

HOLDER = """
import sys, time
from pathlib import Path
from kbs_graph.snapshots import SnapshotStore
with SnapshotStore(Path(sys.argv[1])).lock():
    print("locked", flush=True)
    time.sleep(60)
"""


def test_a_second_builder_at_the_same_time_is_refused_at_once_and_served_when_the_first_is_gone(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == b"locked\n"
        began = time.monotonic()
        with pytest.raises(NotRunnable, match="Another build is at work"):
            publish(tmp_path, graph("a", 3))
        with pytest.raises(NotRunnable, match="Another build is at work"):
            SnapshotStore(tmp_path).roll_back(1)
        assert time.monotonic() - began < 30, "the first keeps it for a minute"
        first.kill()
    assert publish(tmp_path, graph("a", 3)).number == 1


def test_a_var_that_cannot_be_a_folder_is_a_clear_refusal(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(NotRunnable), SnapshotStore(blocked).lock():
        pytest.fail("a lock was given")
    with pytest.raises(KbsError):
        SnapshotStore(blocked).current()


def test_readers_see_only_whole_snapshots_while_a_writer_publishes(tmp_path: Path) -> None:
    """Each snapshot n holds n labels; a reader in another process must never see another number."""
    publish(tmp_path, graph("a", 1))
    reader = """
import sys
from pathlib import Path
from kbs_graph.snapshots import SnapshotStore
from kbs_graph.store import LocalStore
seen, store = set(), SnapshotStore(Path(sys.argv[1]))
print("ready", flush=True)
while max(seen, default=0) < 12:
    now = store.current()
    rows = LocalStore.open(now.store).select("SELECT * { ?s ?p ?o }")
    assert len(rows) == now.number, (len(rows), now.number)
    seen.add(now.number)
print(len(seen))
"""
    with subprocess.Popen([sys.executable, "-c", reader, str(tmp_path)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        for size in range(2, 13):
            publish(tmp_path, graph("a", size))
        assert int(process.stdout.read()) > 1
    assert process.returncode == 0
