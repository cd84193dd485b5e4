"""How workers end: by a query, from outside, by a reader who leaves, with the service."""

import gc
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from kbs_graph.errors import KbsError, Unavailable
from tests.workers.pools import (
    DEADLY,
    ENDLESS,
    LONG,
    SLACK,
    TEN_MB,
    Start,
    alive,
    answer,
    is_at_work,
    is_running,
    job,
    values,
    wait_until,
    workers_on,
)


@pytest.mark.parametrize("query", DEADLY.values(), ids=DEADLY.keys())
def test_a_query_that_kills_its_worker_is_told_so_and_the_next_is_answered(
    start: Start, store: Path, query: str
) -> None:
    pool = start(memory_mb=256)
    with pytest.raises(Unavailable, match="asked too much of the engine"):
        answer(pool, store, query)
    assert alive(pool, store)


def test_a_flat_chain_of_800_path_steps_ends_within_the_limit(start: Start, store: Path, short: int) -> None:
    pool = start(seconds=short)
    began = time.monotonic()
    with pytest.raises(Unavailable):
        answer(pool, store, "SELECT * { ?s " + "/".join([":p"] * 800) + " ?o }")
    assert time.monotonic() - began < short + SLACK
    assert alive(pool, store)


def test_a_query_of_one_megabyte_that_got_past_the_guard_harms_nothing(start: Start, store: Path) -> None:
    pool = start()
    assert values(answer(pool, store, 'SELECT ?c { ?c skos:notation "1" } #' + "x" * (1 << 20))) == [
        {"c": "http://e/c/1"}
    ]


def test_memory_stays_within_its_bound(start: Start, store: Path) -> None:
    pool = start(memory_mb=128)
    assert alive(pool, store)
    (process,) = workers_on(store)
    limits = Path(f"/proc/{process}/limits").read_text()
    (bound,) = (int(line.split()[3]) for line in limits.splitlines() if line.startswith("Max address space"))
    status = Path(f"/proc/{process}/status").read_text()
    (now,) = (int(line.split()[1]) << 10 for line in status.splitlines() if line.startswith("VmSize:"))
    assert now < bound <= now + (128 << 20)


def test_a_worker_killed_from_outside_while_idle_costs_no_query(start: Start, store: Path) -> None:
    pool = start()
    assert alive(pool, store)
    (process,) = workers_on(store)
    os.kill(process, signal.SIGKILL)
    assert wait_until(lambda: not is_running(process))
    assert alive(pool, store)


def test_a_worker_killed_from_outside_while_at_work_costs_that_query_only(start: Start, store: Path) -> None:
    pool = start()
    with ThreadPoolExecutor(1) as threads:
        lost = threads.submit(answer, pool, store, ENDLESS)
        assert wait_until(lambda: any(map(is_at_work, workers_on(store))))
        (process,) = workers_on(store)
        os.kill(process, signal.SIGKILL)
        with pytest.raises(Unavailable):
            lost.result(60)
    assert alive(pool, store)


def test_killed_queries_leave_no_open_files_and_no_processes(start: Start, store: Path) -> None:
    pool = start()
    assert alive(pool, store)
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(10):
        with pytest.raises(Unavailable):
            answer(pool, store, DEADLY["20,000 nots"])
    assert alive(pool, store)
    of_the_spare = 3
    assert wait_until(lambda: len(list(Path("/proc/self/fd").iterdir())) <= before + of_the_spare)
    assert wait_until(lambda: len(workers_on(store)) <= 2)


def test_a_store_that_is_not_there_is_told_and_costs_no_place(start: Start, store: Path, tmp_path: Path) -> None:
    pool = start()
    for _ in range(3):
        with pytest.raises(Unavailable, match="could not start"):
            answer(pool, tmp_path / "nothing", "ASK {}")
    assert alive(pool, store)


def test_a_machine_that_starts_no_process_is_told_and_costs_no_place(
    start: Start, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = start()
    with monkeypatch.context() as context:
        context.setattr(sys, "executable", "/nothing/python")
        for _ in range(3):
            with pytest.raises(Unavailable, match="could not start"):
                answer(pool, store, "ASK {}")
    assert alive(pool, store)


@pytest.mark.parametrize("pieces", [0, 1])
def test_closing_an_answer_frees_its_place_at_once(start: Start, store: Path, pieces: int) -> None:
    pool = start(seconds=600)
    chunks = pool.run(store, job(LONG)).chunks
    for _ in range(pieces):
        next(chunks)
    chunks.close()  # type: ignore[attr-defined]
    began = time.monotonic()
    assert alive(pool, store)
    assert time.monotonic() - began < SLACK


def test_an_answer_that_is_forgotten_frees_its_place(start: Start, store: Path) -> None:
    pool = start()
    pool.run(store, job("ASK {}"))
    gc.collect()
    assert alive(pool, store)


def test_a_client_that_reads_no_further_loses_its_place_at_the_limit(start: Start, store: Path, short: int) -> None:
    pool = start(seconds=2 * short)
    chunks = pool.run(store, job(LONG)).chunks
    next(chunks)
    time.sleep(short)
    assert alive(pool, store), "the next query had half its time left after the first lost its place"
    with pytest.raises(Unavailable, match=f"took longer than {2 * short} seconds"):
        list(chunks)
    assert alive(pool, store)


def test_the_worker_of_a_client_that_reads_no_further_ends_by_itself(start: Start, store: Path, short: int) -> None:
    pool = start(seconds=short)
    chunks = pool.run(store, job(LONG)).chunks
    (process,) = workers_on(store)
    assert wait_until(lambda: not is_running(process), short + SLACK)
    with pytest.raises(Unavailable):
        list(chunks)


def test_an_idle_worker_outlives_the_limit_of_its_last_query(start: Start, store: Path, short: int) -> None:
    pool = start(seconds=short)
    assert alive(pool, store)
    before = workers_on(store)
    time.sleep(short + 0.3)
    assert alive(pool, store)
    assert workers_on(store) == before


def test_200_queries_from_8_threads_are_each_answered_rightly(start: Start, store: Path) -> None:
    pool = start(workers=2)

    def label(number: int) -> bool:
        body = answer(pool, store, f'SELECT ?l {{ ?c skos:notation "{number}" ; skos:altLabel ?l }}')
        return values(body) == [{"l": f"ander woord {number}"}]

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(label, range(200)))
    assert len(workers_on(store)) == 2


def test_good_queries_are_answered_between_bad_ones(start: Start, store: Path) -> None:
    pool = start(workers=3)
    bad = [
        DEADLY["20,000 nots"],
        "SELECT",
        TEN_MB + " OFFSET x",
        DEADLY["groups nested 20,000 deep"],
    ]

    def work(number: int) -> bool:
        if number % 3:
            return alive(pool, store)
        with pytest.raises(KbsError):
            answer(pool, store, bad[number // 3 % len(bad)])
        return True

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(work, range(60)))
    assert len(workers_on(store)) <= 3


def test_closing_ends_every_worker_at_work_or_not_and_may_be_done_twice(start: Start, store: Path) -> None:
    pool = start(workers=2)
    chunks = pool.run(store, job(LONG)).chunks
    assert alive(pool, store)
    assert len(workers_on(store)) == 2
    pool.close()
    pool.close()
    assert wait_until(lambda: not workers_on(store))
    with pytest.raises(Unavailable):
        list(chunks)


PARENT = """
import sys
from pathlib import Path
from kbs_graph.engine.pool import Job, Limits, Pool
pool = Pool(Limits(seconds=60, workers=1))
kind = "application/sparql-results+json"
b"".join(pool.run(Path(sys.argv[1]), Job("ASK {}", kind, "")).chunks)
print("started", flush=True)
if sys.argv[2]:
    pool.run(Path(sys.argv[1]), Job(sys.argv[2], kind, ""))
sys.stdin.read()
"""


@pytest.mark.parametrize("query", ["", ENDLESS], ids=["idle", "at work"])
def test_workers_end_when_the_web_process_is_killed(store: Path, query: str) -> None:
    command = [sys.executable, "-c", PARENT, str(store), query]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"started\n"
        (process,) = workers_on(store, parent.pid)
        assert not query or wait_until(lambda: is_at_work(process))
        parent.kill()
        assert wait_until(lambda: not is_running(process))


def test_threads_of_the_pool_do_not_share_an_answer(start: Start, store: Path) -> None:
    """Two long answers read in turns stay apart."""
    pool = start(workers=2)
    one, two = (
        pool.run(store, job(f'SELECT ?a ("{word}" AS ?w) {{ ?a ?b ?c . ?d skos:notation ?e }} LIMIT 60000'))
        for word in ("links", "rechts")
    )
    bodies: list[list[bytes]] = [[], []]
    turn = threading.Barrier(2)

    def read(place: int) -> None:
        for chunk in (one, two)[place].chunks:
            bodies[place].append(chunk)
            with suppress(threading.BrokenBarrierError):
                turn.wait(timeout=1)

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(read, range(2)))
    words = [{row["w"] for row in values(b"".join(body))} for body in bodies]
    assert words == [{"links"}, {"rechts"}]
