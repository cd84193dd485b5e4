"""Publishing to real stores: readers see the old graph or the new one, whatever happens in between."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kbs_graph.config import Settings
from kbs_graph.errors import NotRunnable, Unavailable
from kbs_graph.files import NamedGraph
from kbs_graph.remote import checking, publishing
from kbs_graph.remote.entry import Place
from kbs_graph.remote.publishing import Step, publish
from kbs_graph.remote.remote_store import Remote, RemoteStore
from kbs_graph.remote.trouble import Trouble
from kbs_graph.remote.wire import Wire
from kbs_graph.service import Service
from kbs_graph.terms import GRAPHS, Iri
from tests.remote.sites import COUNT, OF_WHOM, build, forget_own_store, graph, settings_of, total
from tests.remote.stores import Store, must_be_installed

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
OTHERS = Iri("http://example.org/others")


def old(word: str = "woord") -> tuple[NamedGraph, ...]:
    return graph("a", 20, word), graph("b", 30, word), graph("derived", 10, word, mentions="a")


def new(word: str = "woord") -> tuple[NamedGraph, ...]:
    return graph("a", 25, word), *old(word)[1:], graph("c", 5, word)


OLD, NEW = old(), new()


def writer(config: Settings) -> Wire:
    return Wire(Place(config.store_write, config.store_write_user, config.store_write_password))


def sent(steps: list[Step]) -> set[str]:
    return {step.graph for step in steps if step.kind == "send" and step.graph}


def test_what_is_published_is_read_back_under_our_own_names(store: Store, tmp_path: Path) -> None:
    config = settings_of(store, tmp_path)
    build(tmp_path, *OLD)
    publish(config, force=True)
    forget_own_store(tmp_path)
    assert total(config) == 60
    service = Service(config)
    read = service.current().store
    assert [row["graph"] for row in read.select(OF_WHOM)] == [each.iri for each in OLD]
    assert {line for each in OLD for line in read.graph(each.iri)} == {
        line.removesuffix(f"<{each.iri}> .") + "." for each in OLD for line in each.lines
    }
    without = read.without([OLD[1].iri])
    assert [row["graph"] for row in without.select(OF_WHOM)] == [OLD[0].iri, OLD[2].iri]
    assert [row["number"].value for row in without.select(COUNT)] == ["30"]  # type: ignore[union-attr]
    assert read.graph(GRAPHS + "none") == frozenset()
    assert read.ask(f"ASK {{ GRAPH <{OLD[0].iri}> {{ <{OLD[0].iri}> ?p ?o }} }}")
    service.close()


def test_what_is_there_is_not_sent_again_and_what_is_gone_is_removed_later(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = settings_of(store, tmp_path)
    OLD, NEW = old("again"), new("again")
    build(tmp_path, *OLD)
    first = publish(config, force=True)
    steps: list[Step] = []
    assert publish(config, progress=steps.append) == first
    assert sent(steps) == set()
    build(tmp_path, *NEW)
    second = publish(config, progress=steps.append)
    again = {second.names[each.iri] for each in (NEW[0], NEW[2], NEW[3])}
    assert sent(steps) == {*again, second.union.name}
    assert second.names[NEW[1].iri] == first.names[NEW[1].iri]
    remote = Remote(config)
    assert remote.count(first.union.name) == 60
    monkeypatch.setattr(publishing, "STAY", -publishing.STAY)
    publish(config)
    assert [remote.count(name) for name in first.earlier] == [0] * len(first.earlier)
    assert [remote.count(first.names[each.iri]) for each in OLD] == [0, 30, 0]
    assert all(each.same for each in checking.check(config))


def test_a_check_finds_what_is_lost_and_what_is_changed(store: Store, tmp_path: Path) -> None:
    config = settings_of(store, tmp_path)
    build(tmp_path, *OLD)
    done = publish(config, force=True)
    assert all(each.same for each in checking.check(config))
    a, b = done.names[OLD[0].iri], done.names[OLD[1].iri]
    writer(config).remove(a, 60)
    writer(config).add(b, b"<x:s> <x:p> <x:o> .\n", 60)
    different = {each.graph: each.found for each in checking.check(config) if not each.same}
    assert different == {OLD[0].iri: 0, OLD[1].iri: 31, done.union.name: 60}
    publish(config)
    assert all(each.same for each in checking.check(config))


def test_graphs_of_others_are_never_seen_and_never_touched(store: Store, tmp_path: Path) -> None:
    config = settings_of(store, tmp_path)
    theirs = b"<x:s> <https://w3id.org/kennisbouwstenen/def#why> <x:o> .\n"
    near = Iri(GRAPHS + "a")
    for name in (OTHERS, near):
        writer(config).put(name, theirs, 60)
    build(tmp_path, *OLD)
    publish(config, force=True)
    build(tmp_path, *NEW)
    publish(config)
    forget_own_store(tmp_path)
    assert total(config) == 70
    assert [Remote(config).count(name) for name in (OTHERS, near)] == [1, 1]
    read = RemoteStore(Remote(config), Remote(config).publication())  # type: ignore[arg-type]
    assert not read.ask("ASK { GRAPH ?g { <x:s> ?p ?o } }")
    assert not read.ask(f"ASK FROM <{OTHERS}> FROM NAMED <{OTHERS}> {{ <x:s> ?p ?o }}")
    assert not read.ask(f"ASK {{ GRAPH <{OTHERS}> {{ ?s ?p ?o }} }}")
    for name in (OTHERS, near):
        writer(config).remove(name, 60)


@pytest.mark.parametrize(
    "asked",
    [
        "SELECT (1 AS ?holds) {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g = <{0}>) }} LIMIT 1",
        "SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g = <{0}>) }}",
        "SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g = <{0}> && ?o = <x:o>) }}",
        "SELECT (COUNT(?s) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(sameTerm(?g, <{0}>)) }}",
        "SELECT ?s ?o {{ VALUES ?g {{ <{0}> }} GRAPH ?g {{ ?s ?p ?o }} }}",
        "SELECT (MAX(?o) AS ?most) {{ BIND(<{0}> AS ?g) GRAPH ?g {{ ?s ?p ?o }} }}",
    ],
)
def test_no_query_tells_a_graph_of_others_from_one_that_is_nowhere(store: Store, tmp_path: Path, asked: str) -> None:
    """Virtuoso counts 1 for both, where 0 would be right."""
    config = settings_of(store, tmp_path)
    writer(config).put(OTHERS, b"<x:s> <x:p> <x:o> .\n<x:s> <x:p> <x:o2> .\n", 60)
    build(tmp_path, *OLD)
    read = RemoteStore(Remote(config), publish(config, force=True))
    theirs, nowhere = (read.select(asked.format(name)) for name in (OTHERS, f"{OTHERS}-nowhere"))
    assert theirs == nowhere
    writer(config).remove(OTHERS, 60)


CHILD = """
import os, sys
from pathlib import Path
from kbs_graph.config import settings
from kbs_graph.remote import outgoing, publishing
outgoing.PART = publishing.PART = 10
point, left = sys.argv[1], int(sys.argv[2])

def heard(step):
    global left
    left -= step.kind == point
    if step.kind == point and left < 0:
        os.kill(os.getpid(), 9)

publishing.publish(settings(), progress=heard)
"""
POINTS = {
    "before anything is sent": ("send", 0),
    "after one part": ("send", 1),
    "after some graphs": ("send", 5),
    "when all is sent": ("point", 0),
    "when it is in use, before removing": ("remove", 0),
}


@pytest.mark.parametrize("name", POINTS)
def test_a_publication_that_is_killed_leaves_the_old_graph_and_goes_on_later(
    store: Store,
    tmp_path: Path,
    name: str,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    config = settings_of(store, tmp_path)
    build(tmp_path, *old(name))  # words of its own, so that nothing of it is there already
    publish(config, force=True)
    build(tmp_path, *new(name))
    point, count = POINTS[name]
    if point == "remove":  # what an earlier publication left behind
        note = json.loads((tmp_path / publishing.NOTE).read_text())
        note["sent"][config.store_write].append(f"{GRAPHS}left#v{'a' * 24}")
        (tmp_path / publishing.NOTE).write_text(json.dumps(note))
    environment = {**os.environ, **store.environment, "KBS_VAR": str(tmp_path)}
    command = [sys.executable, "-c", CHILD, point, str(count)]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False, timeout=300)
    assert done.returncode == -9, "the child was to be killed, and was not"
    seen = total(config)
    record_property("outcome", seen)
    assert seen == (70 if point == "remove" else 60)
    monkeypatch.setattr("kbs_graph.remote.outgoing.PART", 10)
    monkeypatch.setattr(publishing, "PART", 10)
    publish(config)
    assert total(config) == 70
    assert all(each.same for each in checking.check(config))


def test_a_store_with_a_publication_of_another_folder_is_taken_over_only_when_told_to(
    store: Store, tmp_path: Path
) -> None:
    mine, theirs = (settings_of(store, tmp_path / name) for name in ("mine", "theirs"))
    build(theirs.var, *NEW)
    publish(theirs, force=True)
    build(mine.var, *OLD)
    with pytest.raises(NotRunnable, match="of another folder"):
        publish(mine)
    assert total(theirs) == 70
    with pytest.raises(Unavailable):
        total(mine)  # what the store holds is not among our snapshots
    publish(mine, force=True)
    assert total(mine) == 60
    with pytest.raises(NotRunnable, match="of another folder"):
        publish(theirs)


def test_an_older_snapshot_in_the_store_is_served_as_long_as_it_is_kept_here(store: Store, tmp_path: Path) -> None:
    config = settings_of(store, tmp_path)
    build(tmp_path, *OLD)
    publish(config, force=True)
    newer = build(tmp_path, *NEW)
    service = Service(config)
    opened = service.current()
    service.close()
    assert (opened.snapshot.number, total(config)) == (newer.number - 1, 60)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"store_write": ""}, "KBS_STORE_WRITE"),
        ({"store_write": "http://127.0.0.1:9/store"}, "cannot be reached"),
        ({"store": "http://127.0.0.1:9/query"}, "cannot be reached"),
    ],
)
def test_wrong_settings_are_told_before_anything_changes(
    store: Store, tmp_path: Path, wrong: dict[str, str], words: str
) -> None:
    build(tmp_path, *OLD)
    with pytest.raises((NotRunnable, Trouble)) as error:
        publish(settings_of(store, tmp_path, **wrong), force=True)
    told = error.value.told if isinstance(error.value, Trouble) else error.value.words
    assert words in told.en


def test_virtuoso_refuses_a_wrong_password_and_is_read_only_without_one(
    stores: Callable[[str], Store], tmp_path: Path
) -> None:
    store = stores("virtuoso")
    build(tmp_path, *OLD)
    for wrong, words in (
        ({"store_write_password": "wrong"}, "does not let us in (401)"),
        ({"store_write": store.write.removesuffix("-auth")}, "Writing is not allowed here"),
    ):
        with pytest.raises(Trouble) as error:
            publish(settings_of(store, tmp_path, **wrong), force=True)
        assert words in error.value.told.en


def test_a_virtuoso_that_cuts_answers_off_is_not_published_to(tmp_path: Path) -> None:
    """Its own setting is 10,000 rows; beyond that pages would lack things without a word."""
    must_be_installed("virtuoso")
    store = Store("virtuoso", tmp_path / "store", rows=10).start()
    try:
        config = settings_of(store, tmp_path / "var")
        build(config.var, *OLD)
        with pytest.raises(Trouble) as error:
            publish(config)
        assert "ResultSetMaxRows" in error.value.told.en
        assert Remote(config).publication() is None
    finally:
        store.kill()


def test_the_commands_say_what_they_did_in_both_languages(store: Store, tmp_path: Path) -> None:
    build(tmp_path, *OLD)
    environment = {**os.environ, **store.environment, "KBS_VAR": str(tmp_path)}

    def kbs(*words: str) -> "subprocess.CompletedProcess[str]":
        program = [str(Path(sys.executable).with_name("kbs")), "publish", *words]
        return subprocess.run(program, env=environment, capture_output=True, text=True, check=False, timeout=300)

    assert kbs("--force").returncode == 0
    done = kbs("--lang", "en")
    assert (done.returncode, "is in use" in done.stdout) == (0, True)
    same = kbs("--check")
    assert (same.returncode, "precies deze momentopname" in same.stdout) == (0, True)
    build(tmp_path, *NEW)
    other = kbs("--check", "--lang", "en")
    assert (other.returncode, "DIFFERENT" in other.stdout) == (1, True)
