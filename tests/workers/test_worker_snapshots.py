"""Workers and the snapshot they are for: a new one takes the place of all, and nothing of the old one stays."""

import threading
from contextlib import closing
from pathlib import Path

from tests.workers.pools import (
    G1,
    LONG,
    SKOS,
    Start,
    alive,
    answer,
    fork_servers_on,
    job,
    make_store,
    values,
    wait_until,
    workers_on,
)


def test_a_new_snapshot_replaces_all_workers(start: Start, store: Path, tmp_path: Path) -> None:
    other = make_store(tmp_path / "other", iter([f'<http://e/new> <{SKOS}notation> "new" <{G1}> .']))
    pool = start(workers=2)
    with closing(pool.run(store, job(LONG)).chunks):  # type: ignore[type-var]
        assert alive(pool, store)
        assert len(workers_on(store)) == 2
    assert alive(pool, store)
    before = workers_on(store)
    assert values(answer(pool, other, "SELECT ?c { ?c skos:notation ?n }")) == [{"c": "http://e/new"}]
    assert not before & workers_on(store)
    assert len(workers_on(other)) == 1
    assert alive(pool, store)


def test_a_pool_that_follows_to_a_new_snapshot_is_ready_for_it_and_lets_go_of_the_old_one_before_it_is_asked(
    start: Start, store: Path, tmp_path: Path
) -> None:
    other = make_store(tmp_path / "other", iter([f'<http://e/new> <{SKOS}notation> "new" <{G1}> .']))
    pool = start()
    assert alive(pool, store)
    pool.follow(other)
    assert wait_until(lambda: len(pool._idle) == 1 and bool(workers_on(other)))
    assert not workers_on(store)
    assert not fork_servers_on(store)
    before = workers_on(other)
    assert values(answer(pool, other, "SELECT ?c { ?c skos:notation ?n }")) == [{"c": "http://e/new"}]
    assert workers_on(other) == before


def test_a_pool_that_was_never_asked_starts_nothing_for_a_new_snapshot(start: Start, store: Path) -> None:
    before = set(threading.enumerate())
    start().follow(store)
    assert set(threading.enumerate()) <= before
    assert not fork_servers_on(store)
