"""How often one client may ask, counted for all web processes together in a small SQLite file.

Sliding windows: who was let through in the last so many seconds is counted exactly. There is one file a day (UTC). It
holds a random salt and, instead of addresses, their keyed hash (HMAC-SHA256, RFC 2104) with that salt; the next day
file and salt are removed, so nobody can tell any more who asked. When the file cannot be used everybody is let through,
and the log says so: a broken limit is no reason to send people away.
"""

import contextlib
import hmac
import ipaddress
import logging
import math
import os
import secrets
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from kbs_graph.errors import TooMany

BUSY_SECONDS = 0.5
"""How long to wait for another process that is counting."""
_DAY = 86400
_TABLES = """
CREATE TABLE salt (one INTEGER PRIMARY KEY CHECK (one = 1), value BLOB NOT NULL);
CREATE TABLE pass (subject TEXT NOT NULL, client BLOB NOT NULL, at REAL NOT NULL);
CREATE INDEX pass_of_client ON pass (subject, client, at);
CREATE INDEX pass_by_time ON pass (subject, at);
"""
_STRIKES = "CREATE TABLE IF NOT EXISTS strike (client BLOB PRIMARY KEY, number INTEGER NOT NULL, at REAL NOT NULL)"
UNUSABLE = (sqlite3.Error, OSError)
"""What is raised when the file of the day cannot be read or written."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limit:
    """At most `number` in any `seconds` seconds (of one day, UTC)."""

    number: int
    seconds: float


def take(var: Path, subject: str, address: str | None, limits: tuple[Limit, ...], now: float | None = None) -> int:
    """Let a client through and count it (0), or tell after how many whole seconds it may come again (1 or more).

    `subject` is what is limited; a refusal is not counted. `now` is in seconds since 1970.
    """
    moment = time.time() if now is None else now
    try:
        with _file(var, moment) as database:
            return _take(database, subject, client(address), limits, moment)
    except UNUSABLE as error:
        _log.warning("limits of %s cannot be counted, so everybody is let through: %s", subject, error)
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
            _begin_anew(var, moment)
        return 0


def enforce(var: Path, subject: str, address: str | None, limits: tuple[Limit, ...]) -> None:
    """Let a client through and count it; see `take`. Raises TooMany when it has to wait."""
    wait = take(var, subject, address, limits)
    if wait:
        number, (unit_nl, unit_en) = _in_words(wait)
        raise TooMany(
            f"Dit was te vaak achter elkaar. Probeer het over {number} {unit_nl} nog eens.",
            f"This was too often in a short time. Try again in {number} {unit_en}.",
            wait,
        )


def _in_words(seconds: int) -> tuple[int, tuple[str, str]]:
    """A wait in seconds, minutes or hours, rounded up, with the unit in Dutch and English."""
    if seconds <= 90:
        return seconds, ("seconden", "seconds") if seconds != 1 else ("seconde", "second")
    if seconds <= 90 * 60:
        return math.ceil(seconds / 60), ("minuten", "minutes")
    return math.ceil(seconds / 3600), ("uur", "hours")


class Strike(NamedTuple):
    """How often in a row something was counted against a client, and when last."""

    number: int
    at: float


def strike(var: Path, who: str, forgiven: float, now: float) -> None:
    """Count something against a client (see `client`), anew when the last time is `forgiven` seconds ago.

    Raises UNUSABLE.
    """
    with _file(var, now) as database:
        database.execute(_STRIKES)
        database.execute("DELETE FROM strike WHERE at <= ?", (now - forgiven,))
        database.execute(
            "INSERT INTO strike VALUES (?, 1, ?) ON CONFLICT DO UPDATE SET number = number + 1, at = excluded.at",
            (hashed(_salt(database), who), now),
        )


def strikes(var: Path, more_than: int, now: float) -> tuple[bytes, dict[bytes, Strike]]:
    """What is counted against clients today, where it is more than so often, by their hash, with the salt of the day.

    Raises as `strike`.
    """
    if not _path(var, now).exists():
        return b"", {}
    with contextlib.closing(sqlite3.connect(_path(var, now), timeout=BUSY_SECONDS)) as database:
        there = database.execute("SELECT 1 FROM sqlite_master WHERE name = 'strike'").fetchone()
        asked = "SELECT client, number, at FROM strike WHERE number > ?"
        rows = database.execute(asked, (more_than,)).fetchall() if there else []
        return _salt(database), {who: Strike(number, at) for who, number, at in rows}


def client(address: str | None) -> str:
    """The part of an address that stands for one client: an IPv4 address, or the first 64 bits of an IPv6 one."""
    try:
        found = ipaddress.ip_address((address or "").partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is None:
            return str(ipaddress.ip_network((found, 64), strict=False))
        return str(found.ipv4_mapped)
    return str(found)


def _take(database: sqlite3.Connection, subject: str, who: str, limits: tuple[Limit, ...], now: float) -> int:
    whose = hashed(_salt(database), who)
    waits = [_wait(database, subject, whose, limit, now) for limit in limits]
    if any(waits):
        return max(waits)
    database.execute("INSERT INTO pass VALUES (?, ?, ?)", (subject, whose, now))
    longest = max((limit.seconds for limit in limits), default=0)
    database.execute("DELETE FROM pass WHERE subject = ? AND at <= ?", (subject, now - longest))
    return 0


def hashed(salt: bytes, who: str) -> bytes:
    """What stands in the file for a client (HMAC-SHA256, RFC 2104, cut to 16 bytes)."""
    return hmac.digest(salt, who.encode(), "sha256")[:16]


def _salt(database: sqlite3.Connection) -> bytes:
    return bytes(database.execute("SELECT value FROM salt").fetchone()[0])


def _wait(database: sqlite3.Connection, subject: str, whose: bytes, limit: Limit, now: float) -> int:
    """Whole seconds until there is room again: the one that fills the window is out of it, or the day is over."""
    row = database.execute(
        "SELECT at FROM pass WHERE subject = ? AND client = ? AND at > ? ORDER BY at DESC LIMIT 1 OFFSET ?",
        (subject, whose, now - limit.seconds, limit.number - 1),
    ).fetchone()
    return max(1, math.ceil(min(row[0] + limit.seconds - now, _DAY - now % _DAY))) if row else 0


@contextlib.contextmanager
def _file(var: Path, now: float) -> Iterator[sqlite3.Connection]:
    """The file of the day within one transaction of writing; made when it is not there."""
    path = _path(var, now)
    if not path.exists():
        path.parent.mkdir(mode=0o700, exist_ok=True)
        _make(path)
        _remove_other_days(path)
    database = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        # After a crash of the machine some counts may be lost; that is cheaper than waiting for the disk each time.
        database.execute("PRAGMA synchronous = OFF")
        database.execute("BEGIN IMMEDIATE")
        yield database
        database.execute("COMMIT")
    finally:
        database.close()


def _path(var: Path, now: float) -> Path:
    return var / "limits" / f"{datetime.fromtimestamp(now, UTC):%Y-%m-%d}.sqlite"


def _make(path: Path) -> None:
    """Make a file under another name and let it be seen when it is whole; who comes second takes that of the first.

    Several processes that turn one new file to WAL at the same time would refuse each other.
    """
    made = path.with_name(f".new-{secrets.token_hex(8)}")
    try:
        with contextlib.closing(sqlite3.connect(made, isolation_level=None)) as database:
            database.execute("PRAGMA journal_mode = WAL")
            database.executescript(_TABLES)
            database.execute("INSERT INTO salt VALUES (1, ?)", (secrets.token_bytes(32),))
        with contextlib.suppress(FileExistsError):
            os.link(made, path)
    finally:
        for ending in ("", "-wal", "-shm"):
            Path(f"{made}{ending}").unlink(missing_ok=True)


def _remove_other_days(today: Path) -> None:
    for path in today.parent.glob("*.sqlite*"):
        if not path.name.startswith(today.name):
            path.unlink(missing_ok=True)


def _begin_anew(var: Path, now: float) -> None:
    """Remove a file that is no database (any more), so that the next one who comes is counted again."""
    with contextlib.suppress(OSError):
        for ending in ("", "-wal", "-shm"):
            Path(f"{_path(var, now)}{ending}").unlink(missing_ok=True)
