"""What a serving process holds: a new snapshot shows at once, and a request ends with the one it began with."""

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from kbs_graph.config import Settings
from kbs_graph.errors import NoSnapshot, TooLarge, Unavailable
from kbs_graph.files import NamedGraph
from kbs_graph.service import Opened, Service
from kbs_graph.snapshots import Snapshot, SnapshotStore
from kbs_graph.sparql import Question, ask
from kbs_graph.terms import Iri
from tests.workers.pools import wait_until

QUERY = "SELECT * { ?s ?p ?o }"
JSON = "application/sparql-results+json"
ENDLESS = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(6)) + " }"


def graph(number: int, size: int) -> NamedGraph:
    iri = f"http://e/g{number}"
    return NamedGraph(
        Iri(iri), tuple(sorted(f'<http://e/{number}/{i}> <http://e/p> "{i}" <{iri}> .' for i in range(size)))
    )


def publish(var: Path, *sizes: int, keep: int = 5) -> Snapshot:
    """Publish one graph of each size."""
    store = SnapshotStore(var)
    graphs = [graph(number, size) for number, size in enumerate(sizes)]
    with store.lock():
        return store.publish({g.iri: g for g in graphs}, {}, lambda store, target: target.touch(), keep=keep)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    settings = Settings(root=tmp_path, var=tmp_path, query_seconds=60, query_output_mb=1, query_workers=1)
    with closing(Service(settings)) as running:
        yield running


def size(opened: Opened) -> int:
    return len(opened.store.select(QUERY))


def size_by_worker(service: Service, opened: Opened) -> int:
    answer = ask(service.pool, opened.snapshot.store, Question(QUERY, JSON, ""), 65536, 200)
    return len(json.loads(b"".join(answer.chunks))["results"]["bindings"])


def test_before_the_first_build_there_is_nothing_to_serve_and_after_it_there_is(
    service: Service, tmp_path: Path
) -> None:
    with pytest.raises(NoSnapshot, match="kbs build") as caught:
        service.current()
    assert caught.value.status == 503
    publish(tmp_path, 3)
    assert size(service.current()) == 3


def test_a_new_snapshot_shows_at_once_in_pages_and_queries(service: Service, tmp_path: Path) -> None:
    for number in (3, 5, 4):
        publish(tmp_path, number)
        opened = service.current()
        assert size(opened) == size_by_worker(service, opened) == number


def test_going_back_shows_at_once(service: Service, tmp_path: Path) -> None:
    publish(tmp_path, 3)
    publish(tmp_path, 5)
    assert size(service.current()) == 5
    SnapshotStore(tmp_path).roll_back(1)
    opened = service.current()
    assert size(opened) == size_by_worker(service, opened) == 3


def test_a_snapshot_is_opened_once_however_many_threads_ask_first(service: Service, tmp_path: Path) -> None:
    publish(tmp_path, 3)
    begin = threading.Barrier(8)

    def current(_: int) -> Opened:
        begin.wait()
        return service.current()

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(current, range(8)))
    assert len({id(opened) for opened in found}) == 1
    assert service.current() is found[0]


def test_a_request_keeps_the_snapshot_it_began_with_though_newer_ones_come_and_old_ones_go(
    service: Service, tmp_path: Path
) -> None:
    """So many graphs that the store is in more files than the engine opens at first."""
    publish(tmp_path, *[10] * 12)
    request = service.current()
    assert len(list(request.snapshot.store.glob("*.sst"))) > 50
    for number in range(1, 4):
        publish(tmp_path, number, keep=1)
        assert size(service.current()) == number
    assert size(request) == 120
    assert size_by_worker(service, request) == 120


def test_a_query_keeps_the_snapshot_it_began_with_when_the_web_process_has_let_it_go(
    service: Service, tmp_path: Path
) -> None:
    first = publish(tmp_path, *[10] * 12)
    with ThreadPoolExecutor(1) as others:
        asked = others.submit(
            ask, service.pool, service.current().snapshot.store, Question(ENDLESS, JSON, ""), 65536, 200
        )
        assert wait_until(lambda: any(hasattr(turn.stop, "__self__") for turn in service.pool._turns.all_working()))
        publish(tmp_path, 1, keep=1)
        assert size(service.current()) == 1
        publish(tmp_path, 2, keep=1)
        assert first.store.exists(), "the worker still reads it"
        with pytest.raises(Unavailable):
            asked.result()
    assert size_by_worker(service, service.current()) == 2
    assert wait_until(lambda: publish(tmp_path, 3, keep=1).number > 3 and not first.path.exists())


def test_a_snapshot_that_is_replaced_and_pruned_while_it_is_being_opened_is_not_missed(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, 1)
    get = SnapshotStore.get

    def get_late(self: SnapshotStore, number: int) -> Snapshot:
        monkeypatch.setattr(SnapshotStore, "get", get)
        publish(tmp_path, 2, keep=1)
        return get(self, number)

    monkeypatch.setattr(SnapshotStore, "get", get_late)
    assert size(service.current()) == 2


def test_what_no_request_reads_any_more_is_pruned(service: Service, tmp_path: Path) -> None:
    for number in range(1, 6):
        publish(tmp_path, number, keep=1)
        assert size(service.current()) == number
    assert [s.number for s in SnapshotStore(tmp_path).list()] == [4, 5]


@pytest.mark.parametrize("damaged", ["current", "1/manifest.json", "1/store/CURRENT"])
def test_what_is_damaged_is_told_in_words_and_mended_by_the_next_build(
    service: Service, tmp_path: Path, damaged: str
) -> None:
    publish(tmp_path, 3)
    (tmp_path / "snapshots" / damaged).write_text("garbage\n")
    with pytest.raises(NoSnapshot) as caught:
        service.current()
    assert "kbs build" in caught.value.words.nl
    publish(tmp_path, 4)
    assert size(service.current()) == 4


def test_the_settings_are_the_limits_of_the_pool(tmp_path: Path) -> None:
    publish(tmp_path, 4000, 100)
    settings = Settings(root=tmp_path, var=tmp_path, query_seconds=0.8, query_output_mb=1, query_workers=1)
    with closing(Service(settings)) as limited:
        store = limited.current().snapshot.store
        with pytest.raises(Unavailable, match=r"longer than 0\.8 seconds"):
            ask(limited.pool, store, Question(ENDLESS, JSON, ""), 65536, 200)
        with pytest.raises(TooLarge, match="larger than 1 MiB"):
            ask(limited.pool, store, Question("SELECT * { ?a ?b ?c . ?d ?b ?f }", JSON, ""), 65536, 200)


def test_requests_from_many_threads_each_see_one_whole_snapshot_while_builds_go_on(
    service: Service, tmp_path: Path
) -> None:
    """Snapshot n holds n statements, in each of two graphs."""
    publish(tmp_path, 1, 1)
    done = threading.Event()

    def ask_on(_: int) -> int:
        asked = 0
        while not done.is_set():
            opened = service.current()
            assert size(opened) == 2 * opened.snapshot.number
            asked += 1
        return asked

    with ThreadPoolExecutor(4) as threads:
        asking = [threads.submit(ask_on, number) for number in range(4)]
        try:
            for number in range(2, 12):
                publish(tmp_path, number, number, keep=1)
        finally:
            done.set()
        assert min(each.result() for each in asking) > 0
    assert service.current().snapshot.number == 11
