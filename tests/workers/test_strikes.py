"""Waiting longer each time after queries that had to be stopped: how long, for whom, until when, and in which file."""

import sqlite3
from pathlib import Path

import pytest

from kbs_graph import ratelimit
from kbs_graph.engine.pool import Job, Limits, Pool
from kbs_graph.engine.strikes import FREE, Penalty, Strikes
from kbs_graph.errors import TooMany, Unavailable
from tests.workers.pools import DEADLY, RESULTS, alive

NOW = 1_790_000_000.0
CLIENT, OTHER = "203.0.113.7", "198.51.100.1"
PENALTY = Penalty(longest=60, forgiven=600)


def struck(strikes: Strikes, times: int, at: float = NOW) -> None:
    for _ in range(times):
        strikes.add(CLIENT, at)


def test_the_first_are_free_and_then_every_one_costs_twice_as_much_up_to_the_longest(tmp_path: Path) -> None:
    strikes = Strikes(tmp_path, PENALTY)
    waits = []
    for _ in range(FREE + 8):
        strikes.add(CLIENT, NOW)
        waits.append(strikes.wait(CLIENT, NOW))
    assert waits == [0] * FREE + [1, 2, 4, 8, 16, 32, 60, 60]


def test_waiting_ends_when_it_is_over_and_others_never_wait(tmp_path: Path) -> None:
    strikes = Strikes(tmp_path, PENALTY)
    struck(strikes, FREE + 4)
    assert strikes.wait(CLIENT, NOW + 7.5) == 1
    assert strikes.wait(CLIENT, NOW + 8) == 0
    assert strikes.wait(OTHER, NOW) == 0


def test_after_a_quiet_while_all_is_forgotten(tmp_path: Path) -> None:
    strikes = Strikes(tmp_path, Penalty(longest=6000, forgiven=600))
    struck(strikes, FREE + 12)
    assert strikes.wait(CLIENT, NOW + 599) > 0
    assert strikes.wait(CLIENT, NOW + 600) == 0
    strikes.add(CLIENT, NOW + 600)
    assert strikes.wait(CLIENT, NOW + 600) == 0, "the count begins anew"


def test_it_is_not_forgotten_while_it_goes_on(tmp_path: Path) -> None:
    strikes = Strikes(tmp_path, PENALTY)
    for number in range(FREE + 2):
        strikes.add(CLIENT, NOW + number * 500)
    assert strikes.wait(CLIENT, NOW + (FREE + 1) * 500) == 2


def test_another_process_and_one_that_starts_later_know_it_too(tmp_path: Path) -> None:
    one, other = Strikes(tmp_path, PENALTY), Strikes(tmp_path, PENALTY)
    assert other.wait(CLIENT, NOW) == 0
    struck(one, FREE + 3)
    assert other.wait(CLIENT, NOW + 0.5) == 4
    assert Strikes(tmp_path, PENALTY).wait(CLIENT, NOW + 1) == 3


def test_it_lives_with_the_limits_that_are_there_already_and_shows_no_address(tmp_path: Path) -> None:
    assert ratelimit.take(tmp_path, "suggestions", CLIENT, (ratelimit.Limit(5, 60),), NOW) == 0
    struck(Strikes(tmp_path, PENALTY), FREE + 1)
    (path,) = (tmp_path / "limits").glob("*.sqlite")
    with sqlite3.connect(path) as database:
        rows = database.execute("SELECT client, number, at FROM strike").fetchall()
    assert [(len(who), number, at) for who, number, at in rows] == [(16, FREE + 1, NOW)]
    for file in path.parent.iterdir():
        assert CLIENT.encode() not in file.read_bytes()


def test_a_crowd_that_strikes_once_each_is_not_read_and_does_not_stay(tmp_path: Path) -> None:
    strikes = Strikes(tmp_path, PENALTY)
    for number in range(50):
        strikes.add(f"client {number}", NOW)
    assert ratelimit.strikes(tmp_path, FREE, NOW)[1] == {}
    assert len(ratelimit.strikes(tmp_path, 0, NOW)[1]) == 50
    struck(strikes, FREE + 1, NOW + PENALTY.forgiven)
    ((number, _),) = ratelimit.strikes(tmp_path, 0, NOW)[1].values()
    assert number == FREE + 1


@pytest.mark.parametrize("content", ["no database", None])
def test_where_the_file_cannot_be_used_nobody_waits(tmp_path: Path, content: str | None) -> None:
    strikes = Strikes(tmp_path, PENALTY)
    if content is None:
        (tmp_path / "limits").write_text("a file where the folder should be")
    else:
        struck(strikes, FREE + 3)
        for path in (tmp_path / "limits").glob("*.sqlite*"):
            path.write_text(content)
    struck(strikes, FREE + 3)
    assert strikes.wait(CLIENT, NOW) == 0


def answer(pool: Pool, store: Path, query: str, client: str) -> bytes:
    return b"".join(pool.run(store, Job(query, RESULTS, "", client=client)).chunks)


def test_a_client_whose_queries_kill_their_workers_has_to_wait_and_a_neighbour_has_not(
    store: Path, tmp_path: Path
) -> None:
    pool = Pool(Limits(seconds=60), Strikes(tmp_path, Penalty(longest=600, forgiven=3600)))
    try:
        for _ in range(FREE):
            with pytest.raises(Unavailable, match="asked too much"):
                answer(pool, store, DEADLY["20,000 nots"], CLIENT)
            assert b"true" in answer(pool, store, "ASK {}", CLIENT), "the first ones are free"
        strikes = Strikes(tmp_path, Penalty(longest=600, forgiven=3600))
        for _ in range(9):
            strikes.add(CLIENT)
        with pytest.raises(Unavailable, match="asked too much"):
            answer(pool, store, DEADLY["20,000 nots"], OTHER)
        with pytest.raises(TooMany, match="had to be stopped") as refusal:
            answer(pool, store, "ASK {}", CLIENT)
        assert 200 <= refusal.value.seconds <= 256
        assert b"true" in answer(pool, store, "ASK {}", OTHER)
        assert alive(pool, store)
    finally:
        pool.close()
