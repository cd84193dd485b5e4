"""Clients that were answered lately beside strangers: a crowd of either kind waits for itself, not the other for it."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kbs_graph.engine.pool import Job, Pool
from kbs_graph.engine.turns import KNOWN_SECONDS, Known, Turns
from kbs_graph.errors import BadRequest, TooMany, Unavailable
from tests.workers.pools import DEADLY, ENDLESS, RESULTS, Start, wait_until
from tests.workers.queues import Queue, take, turns


def ask(pool: Pool, store: Path, client: str, query: str) -> bytes:
    return b"".join(pool.run(store, Job(query, RESULTS, "", client=client)).chunks)


def know(those: Turns, *clients: str) -> None:
    for client in clients:
        those.was_answered(client)


def test_strangers_never_have_the_last_place_while_somebody_is_known() -> None:
    those = turns(places=3)
    know(those, "k")
    with ThreadPoolExecutor(1) as threads:
        first = take(those, "a")
        second = take(those, "b")
        third = Queue(those, threads).join("c")
        assert not third.done()
        assert those.has_place(take(those, "k"))
        those.leave(first)
        assert those.has_place(third.result(60))
        assert those.has_place(second)


def test_while_nobody_is_known_strangers_have_every_place() -> None:
    those = turns(places=2)
    assert those.has_place(take(those, "a"))
    assert those.has_place(take(those, "b"))


def test_known_clients_have_every_place_while_no_stranger_waits() -> None:
    those = turns(places=2)
    know(those, "k", "l")
    assert those.has_place(take(those, "k"))
    assert those.has_place(take(those, "l"))


def test_of_two_places_each_kind_has_one_whoever_came_first() -> None:
    those = turns(places=2)
    know(those, "k", "l", "m")
    with ThreadPoolExecutor(4) as threads:
        queue = Queue(those, threads)
        held = [take(those, "k"), take(those, "l")]
        crowd = [queue.join(client) for client in ("m", "a", "b")]
        those.leave(held[0])
        stranger = crowd[1].result(60)
        those.leave(stranger)
        other = crowd[2].result(60)
        assert queue.served == ["a", "b"], "a known client has a place already"
        those.leave(held[1])
        assert those.has_place(crowd[0].result(60))
        assert those.has_place(other)


def test_one_place_goes_round_between_the_kinds() -> None:
    those = turns(places=1)
    know(those, "k", "l")
    with ThreadPoolExecutor(6) as threads:
        queue = Queue(those, threads)
        held = take(those, "x")
        crowd = {client: queue.join(client) for client in ("a", "b", "c", "k", "l")}
        for client in ("k", "a", "l", "b", "c"):
            those.leave(held)
            held = crowd[client].result(60)
            assert held.client == client
    assert queue.served == ["k", "a", "l", "b", "c"]


def test_whose_query_was_stopped_is_a_stranger_again() -> None:
    those = turns(places=2)
    know(those, "k", "l")
    those.was_stopped("k")
    with ThreadPoolExecutor(1) as threads:
        held = take(those, "a")
        waits = Queue(those, threads).join("k")
        assert not waits.done()
        assert those.has_place(take(those, "l"))
        those.leave(held)
        waits.result(60)


def test_when_the_last_known_client_is_forgotten_a_stranger_who_waits_gets_the_last_place_by_itself() -> None:
    those = turns(places=2)
    those.was_answered("k", time.monotonic() - KNOWN_SECONDS + 0.2)
    take(those, "a")
    assert those.has_place(take(those, "b", 30))


@pytest.mark.parametrize(("known", "comer"), [("k", "k"), ("abcd", "x")], ids=["known", "a stranger"])
def test_a_full_queue_of_one_kind_gives_way_to_who_is_of_the_other(known: str, comer: str) -> None:
    those = turns(places=1, waiting=4)
    know(those, *known)
    held = take(those, "y")
    with ThreadPoolExecutor(5) as threads:
        queue = Queue(those, threads)
        crowd = [queue.join(client) for client in "abcd"]
        comes = threads.submit(queue.take, comer)
        with pytest.raises(TooMany, match="queue for queries is full"):
            crowd[3].result(60)
        still = [comes, *crowd[:3]]
        assert not any(asked.done() for asked in still)
        for asked in still:
            asked.add_done_callback(lambda done: those.leave(done.result()))
        those.leave(held)
    assert sorted(queue.served) == sorted(["a", "b", "c", comer])


def test_strangers_that_wait_beside_an_empty_last_place_are_bounded_too() -> None:
    those = turns(places=2, waiting=1)
    know(those, "k")
    with ThreadPoolExecutor(1) as threads:
        held = take(those, "a")
        waits = Queue(those, threads).join("b")
        with pytest.raises(TooMany, match="queue for queries is full"):
            take(those, "c")
        assert those.has_place(take(those, "k"))
        those.leave(held)
        waits.result(60)


def test_what_is_known_is_bounded_and_forgotten_by_itself() -> None:
    known = Known(most=3)
    for number in range(5):
        known.add(f"client {number}", number)
    assert [f"client {number}" in known for number in range(5)] == [False, False, True, True, True]
    known.add("client 2", 5)
    known.forget_old(4 + KNOWN_SECONDS)
    assert len(known) == 1
    assert "client 2" in known
    assert known.until() == 5 + KNOWN_SECONDS
    known.forget_old(known.until())
    assert not known


def test_a_client_is_known_by_an_answer_and_not_by_a_refusal_or_a_query_that_was_stopped(
    start: Start, store: Path
) -> None:
    pool = start(workers=2)

    def is_known(client: str) -> bool:
        return client in pool._turns._known

    ask(pool, store, "a", "ASK {}")
    assert is_known("a")
    with pytest.raises(Unavailable):
        ask(pool, store, "a", DEADLY["20,000 nots"])
    assert not is_known("a")
    with pytest.raises(BadRequest):
        ask(pool, store, "b", "SELECT")
    assert not is_known("b")


def test_a_known_client_is_answered_while_strangers_keep_their_place_for_ever(start: Start, store: Path) -> None:
    pool = start(workers=2, seconds=120)
    ask(pool, store, "k", "ASK {}")
    with ThreadPoolExecutor(4) as threads:
        crowd = [threads.submit(ask, pool, store, f"stranger {number}", ENDLESS) for number in range(4)]
        assert wait_until(lambda: pool.under_way() == 4)
        for _ in range(20):
            assert b"true" in ask(pool, store, "k", "ASK {}")
        assert not any(asked.done() for asked in crowd)
        pool.close()
        for asked in crowd:
            with pytest.raises(Unavailable):
                asked.result(60)
