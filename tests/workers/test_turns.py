"""Who gets a place next: bounds, fairness between clients, and deadlines. Nothing here takes time but waiting."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from kbs_graph.errors import TooMany
from tests.workers.queues import LONG, Queue, take, turns


def test_a_free_place_is_had_at_once() -> None:
    those = turns(places=2)
    assert those.has_place(take(those, "a"))
    assert those.has_place(take(those, "b"))


def test_one_client_never_has_all_places() -> None:
    those = turns(places=3)
    with ThreadPoolExecutor(1) as threads:
        first = [take(those, "a"), take(those, "a")]
        third = Queue(those, threads).join("a")
        assert not third.done()
        assert those.has_place(take(those, "b"))
        those.leave(first[0])
        assert those.has_place(third.result(60))


def test_the_only_place_is_for_anyone() -> None:
    those = turns(places=1)
    assert those.has_place(take(those, "a"))


def test_a_place_goes_to_the_client_with_the_fewest_and_then_to_who_came_first() -> None:
    those = turns(places=3)
    with ThreadPoolExecutor(8) as threads:
        queue = Queue(those, threads)
        held = [take(those, "a"), take(those, "b"), take(those, "c")]
        asked = [queue.join(client) for client in ("a", "a", "b", "d", "e")]
        those.leave(held[2])
        assert asked[3].result(60).client == "d", "who has nothing goes before who came first and has a place"
        those.leave(held[1])
        assert asked[2].result(60).client == "b"
        those.leave(asked[3].result())
        assert asked[4].result(60).client == "e"
        those.leave(held[0])
        assert asked[0].result(60).client == "a"
        for number in (0, 2, 4):
            those.leave(asked[number].result())
        those.leave(asked[1].result(60))


def test_a_client_that_has_as_much_as_it_may_is_told_so_and_others_are_not() -> None:
    those = turns(places=2, per_client=2)
    with ThreadPoolExecutor(1) as threads:
        held = take(those, "a")
        waits = Queue(those, threads).join("a")
        with pytest.raises(TooMany, match="2 queries of yours") as refusal:
            take(those, "a", 1)
        assert 1 <= refusal.value.seconds <= LONG
        assert those.has_place(take(those, "b"))
        those.leave(held)
        those.leave(waits.result(60))
        assert those.has_place(take(those, "a"))


def test_an_answer_that_is_read_slowly_has_no_place_but_counts_for_its_client() -> None:
    those = turns(places=1, per_client=1)
    reading = take(those, "a")
    those.work_is_done(reading)
    others = take(those, "b")
    with pytest.raises(TooMany):
        take(those, "a")
    those.leave(reading)
    those.leave(others)
    assert those.has_place(take(those, "a"))


def test_beyond_the_queue_it_is_too_many_with_the_seconds_to_wait() -> None:
    those = turns(places=1, waiting=1)
    with ThreadPoolExecutor(1) as threads:
        held = take(those, "a", 300)
        waits = Queue(those, threads).join("b")
        with pytest.raises(TooMany, match="queue for queries is full") as refusal:
            take(those, "c")
        assert 200 < refusal.value.seconds <= 300
        assert refusal.value.status == 429
        those.leave(held)
        waits.result(60)


def test_who_has_most_of_a_full_queue_gives_way_to_who_has_nothing_in_it() -> None:
    those = turns(places=1, waiting=3)
    with ThreadPoolExecutor(5) as threads:
        queue = Queue(those, threads)
        held = take(those, "x")
        greedy = [queue.join("a"), queue.join("a"), queue.join("a")]
        modest = threads.submit(queue.take, "b")
        with pytest.raises(TooMany):
            greedy[2].result(60)
        assert not any(asked.done() for asked in (*greedy[:2], modest))
        those.leave(held)
        those.leave(greedy[0].result(60))
        assert modest.result(60).client == "b"
        those.leave(modest.result())
        greedy[1].result(60)


def test_who_waits_in_vain_is_told_at_its_deadline_and_leaves_nothing_behind() -> None:
    those = turns(places=1)
    held = take(those, "a")
    with pytest.raises(TimeoutError):
        take(those, "b", 0.05)
    those.leave(held)
    assert those.has_place(take(those, "c"))


def test_who_is_over_time_is_stopped_and_loses_the_place_to_who_waits() -> None:
    those = turns(places=1)
    stopped = threading.Event()
    late = take(those, "a", 0.05)
    late.stop = stopped.set
    assert those.has_place(take(those, "b"))
    assert stopped.is_set()
    assert not those.has_place(late)


def test_leaving_twice_gives_no_second_place() -> None:
    those = turns(places=1)
    turn = take(those, "a")
    those.leave(turn)
    those.leave(turn)
    take(those, "b")
    with pytest.raises(TimeoutError):
        take(those, "c", 0.05)


def test_many_threads_never_have_more_places_than_there_are_and_all_get_one() -> None:
    those = turns(places=3, waiting=100, per_client=100)
    inside, most, guard = 0, 0, threading.Lock()

    def work(number: int) -> None:
        nonlocal inside, most
        turn = take(those, f"client {number % 5}")
        with guard:
            inside += 1
            most = max(most, inside)
        with guard:
            inside -= 1
        those.leave(turn)

    with ThreadPoolExecutor(20) as threads:
        list(threads.map(work, range(400)))
    assert 1 <= most <= 3
