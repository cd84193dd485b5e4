"""Limits: exact sliding windows over several processes, no address on disk, and open when they cannot be counted."""

import logging
import multiprocessing
import os
import signal
import sqlite3
import time
from pathlib import Path

import pytest

from kbs_graph import ratelimit
from kbs_graph.errors import TooMany
from kbs_graph.ratelimit import Limit, take

NOON = 1_750_000_000.0
"""Midway through a day, UTC, so that no window in these tests passes midnight."""
FEW = (Limit(3, 60), Limit(5, 3600))


def at(var: Path, seconds: float, address: str = "192.0.2.1", limits: tuple[Limit, ...] = FEW) -> int:
    return take(var, "test", address, limits, NOON + seconds)


def test_a_window_slides_and_tells_how_long_to_wait(tmp_path: Path) -> None:
    assert [at(tmp_path, s) for s in (0, 10, 20)] == [0, 0, 0]
    assert (at(tmp_path, 21), at(tmp_path, 59.5)) == (39, 1)
    assert at(tmp_path, 60) == 0
    assert at(tmp_path, 61) == 9


def test_every_limit_counts_and_the_longest_wait_is_told(tmp_path: Path) -> None:
    assert [at(tmp_path, s) for s in (0, 100, 200, 300, 400)] == [0] * 5
    assert at(tmp_path, 500) == 3100
    assert at(tmp_path, 3601) == 0


def test_a_refusal_is_not_counted(tmp_path: Path) -> None:
    for second in range(40):
        at(tmp_path, second / 10)
    assert at(tmp_path, 61) == 0


def test_clients_and_subjects_have_their_own_count(tmp_path: Path) -> None:
    one = (Limit(1, 60),)
    assert at(tmp_path, 0, "192.0.2.1", one) == at(tmp_path, 0, "192.0.2.2", one) == 0
    assert take(tmp_path, "other", "192.0.2.1", one, NOON) == 0
    assert at(tmp_path, 1, "192.0.2.1", one) == 59


@pytest.mark.parametrize(
    ("address", "stands_for"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", "unknown"),
        (None, "unknown"),
        ("a socket", "unknown"),
    ],
)
def test_a_client_is_an_address_or_a_network_of_one_home(address: str | None, stands_for: str) -> None:
    assert ratelimit.client(address) == stands_for


def test_no_address_is_on_disk_and_the_salt_goes_with_the_day(tmp_path: Path) -> None:
    at(tmp_path, 0, "192.0.2.77")
    (first,) = (tmp_path / "limits").glob("*.sqlite")
    assert b"192.0.2.77" not in first.read_bytes()

    def row(path: Path) -> tuple[object, ...]:
        with sqlite3.connect(path) as database:
            found: tuple[object, ...] = database.execute("SELECT client, value FROM pass, salt").fetchone()
        database.close()
        return found

    before = row(first)
    at(tmp_path, 86400, "192.0.2.77")
    (second,) = (tmp_path / "limits").glob("*.sqlite")
    assert second != first
    assert not {*before} & {*row(second)}


def test_nobody_waits_beyond_midnight_when_counting_begins_anew(tmp_path: Path) -> None:
    to_midnight = 86400 - NOON % 86400
    assert (at(tmp_path, to_midnight - 100, limits=(Limit(1, 3600),)), at(tmp_path, to_midnight - 40)) == (0, 0)
    assert at(tmp_path, to_midnight - 30, limits=(Limit(1, 3600),)) == 30
    assert at(tmp_path, to_midnight, limits=(Limit(1, 3600),)) == 0


def test_what_is_out_of_every_window_is_removed(tmp_path: Path) -> None:
    for number in range(20):
        at(tmp_path, number, f"192.0.2.{number}", (Limit(1, 5),))
    (path,) = (tmp_path / "limits").glob("*.sqlite")
    with sqlite3.connect(path) as database:
        assert database.execute("SELECT count(*) FROM pass").fetchone()[0] == 5
    database.close()


def _hurry(var: Path) -> int:
    ratelimit.BUSY_SECONDS = 60.0  # in a process of its own, which lets nobody pass uncounted however busy it is
    return sum(take(var, "test", "192.0.2.1", (Limit(7, 600),), NOON + n / 1000) == 0 for n in range(10))


@pytest.mark.parametrize("attempt", range(3))
def test_processes_that_come_at_once_share_one_count(tmp_path: Path, attempt: int) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        assert sum(pool.map(_hurry, [tmp_path] * 8, chunksize=1)) == 7
    assert [path.name for path in (tmp_path / "limits").iterdir() if path.name.startswith(".")] == []


def _die(var: Path) -> None:
    with ratelimit._file(var, NOON) as database:
        database.execute("INSERT INTO pass VALUES ('test', x'00', 1)")
        os.kill(os.getpid(), signal.SIGKILL)


def test_a_process_that_is_killed_while_counting_holds_nobody_up(tmp_path: Path) -> None:
    at(tmp_path, 0)
    dying = multiprocessing.get_context("spawn").Process(target=_die, args=(tmp_path,))
    dying.start()
    dying.join(120)
    assert dying.exitcode == -9
    assert [at(tmp_path, s) for s in (1, 2, 3)] == [0, 0, 57]


def test_who_holds_the_file_long_makes_others_pass_after_a_short_wait(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    at(tmp_path, 0)
    (path,) = (tmp_path / "limits").glob("*.sqlite")
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    before = time.monotonic()
    assert [at(tmp_path, 1) for _ in range(2)] == [0, 0]
    assert time.monotonic() - before < 8, "sqlite3 itself waits five seconds, each time"
    holder.close()
    assert "everybody is let through: database is locked" in caplog.text


@pytest.mark.parametrize("trouble", ["no folder", "a file for a folder", "no database"])
def test_a_broken_disk_lets_everybody_through_and_says_so(
    tmp_path: Path, trouble: str, caplog: pytest.LogCaptureFixture
) -> None:
    var = tmp_path / "var"
    if trouble != "no folder":
        var.mkdir()
    if trouble == "a file for a folder":
        (var / "limits").write_text("")
    if trouble == "no database":
        at(var, 0)
        (path,) = (var / "limits").glob("*.sqlite")
        path.write_bytes(b"no database" * 1000)
    with caplog.at_level(logging.WARNING):
        assert at(var, 1, limits=(Limit(1, 60),)) == 0
    assert "limits of test cannot be counted" in caplog.text
    if trouble == "no database":
        assert (at(var, 2, limits=(Limit(1, 60),)), at(var, 3, limits=(Limit(1, 60),))) == (0, 59)


@pytest.mark.parametrize(
    ("seconds", "nl", "en"),
    [
        (1, "over 1 seconde", "in 1 second"),
        (59, "over 59 seconden", "in 59 seconds"),
        (481, "over 9 minuten", "in 9 minutes"),
        (80000, "over 23 uur", "in 23 hours"),
    ],
)
def test_the_refusal_says_when_to_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: int, nl: str, en: str
) -> None:
    times = iter((NOON - NOON % 86400 + 1, NOON - NOON % 86400 + 2))
    monkeypatch.setattr(time, "time", lambda: next(times))
    limit = (Limit(1, seconds + 1),)
    ratelimit.enforce(tmp_path, "test", "192.0.2.1", limit)
    with pytest.raises(TooMany) as refused:
        ratelimit.enforce(tmp_path, "test", "192.0.2.1", limit)
    assert (refused.value.status, refused.value.seconds) == (429, seconds)
    assert nl in refused.value.words.nl and en in refused.value.words.en
