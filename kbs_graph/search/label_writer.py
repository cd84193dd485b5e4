"""Writing the index of words (kbs_graph.search.label_index): the whole of it, or what changes for some things."""

import contextlib
import json
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from kbs_graph.folding import fold
from kbs_graph.search.label_index import FIRST_TEXT, FORMAT, LABELS, ROLE_AT, ROLES, Thing, Word, changes_of
from kbs_graph.search.word_forms import joined, stem

Addresses = Iterable[tuple[str, int]]
"""Keys of addresses, each with the number of the thing that has it."""
_SCHEMA = f"""
PRAGMA user_version = {FORMAT};
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT, facts TEXT, facets TEXT);
CREATE TABLE address (key TEXT, thing INTEGER);
CREATE TABLE gone (thing INTEGER PRIMARY KEY);
CREATE TABLE entry (
  id INTEGER PRIMARY KEY, thing INTEGER, role INTEGER, language TEXT, folded TEXT, stems TEXT, text TEXT);
CREATE TABLE token (word TEXT PRIMARY KEY, stem TEXT, labels INTEGER, texts INTEGER) WITHOUT ROWID;
CREATE TABLE size (labels INTEGER, things INTEGER);
CREATE VIRTUAL TABLE words USING fts5(
  folded, stems, content='', columnsize=0, tokenize='unicode61 remove_diacritics 0', prefix='2 3 4');
CREATE VIRTUAL TABLE parts USING fts5(folded, content='', columnsize=0, tokenize='trigram');
"""
_AFTER = """
CREATE INDEX entry_folded ON entry(folded);
CREATE INDEX entry_thing ON entry(thing);
CREATE INDEX thing_iri ON thing(iri);
CREATE INDEX address_key ON address(key);
CREATE INDEX address_thing ON address(thing);
INSERT INTO words(words) VALUES ('optimize');
INSERT INTO parts(parts) VALUES ('optimize');
"""
_OF_THINGS = """
SELECT id, role, folded, stems FROM entry
WHERE thing IN (SELECT id FROM thing WHERE iri IN (SELECT value FROM json_each(?)))
"""
_OF_THE_WHOLE = """
SELECT id, role, folded, stems FROM whole.entry WHERE thing IN (
  SELECT id FROM whole.thing WHERE iri IN (SELECT value FROM json_each(?)) AND id NOT IN (SELECT thing FROM main.gone))
"""
_NOW_GONE = """
INSERT INTO main.gone
SELECT id FROM whole.thing WHERE iri IN (SELECT value FROM json_each(?)) AND id NOT IN (SELECT thing FROM main.gone)
"""
_FORGET = (
    "DELETE FROM entry WHERE thing IN (SELECT id FROM thing WHERE iri IN (SELECT value FROM json_each(?)))",
    "DELETE FROM address WHERE thing IN (SELECT id FROM thing WHERE iri IN (SELECT value FROM json_each(?)))",
    "DELETE FROM thing WHERE iri IN (SELECT value FROM json_each(?))",
)
_LENGTH_AT = 24
"""Where, in bits, the length of a text stands in the number of an entry."""
_ROOM = 1 << _LENGTH_AT
"""Entries of one role and length that can be numbered: half of them of the whole, half of what changed since."""
_CHANGED = 1 << 40
"""The numbers of things among the changes are above this."""
_LONGEST = (1 << ROLE_AT - _LENGTH_AT) - 1
_Row = tuple[int, int, str, int, str, str, str]


def write(target: Path, things: Sequence[Thing], words: Iterable[Word], addresses: Addresses = ()) -> None:
    """Write a new index to `target`. The same things, words and addresses in the same order give the same bytes."""
    with _writing(target) as connection:
        connection.executescript(_SCHEMA)
        connection.execute("INSERT INTO size VALUES (0, 0)")
        _add(connection, dict(enumerate(things)), words, addresses)
        connection.executescript(_AFTER)


def change(
    before: Path,
    target: Path,
    gone: Iterable[str],
    things: Sequence[Thing],
    words: Iterable[Word],
    addresses: Addresses,
) -> None:
    """Write an index to `target` that is the one at `before`, without the things `gone` (IRIs) and with others.

    Numbers point into `things`. Neither file is changed: `target` is the same file, and the changes stand beside it.
    So the cost follows what ever changed since the whole was written. It finds the same as one written anew: only of
    equals the order may differ.
    """
    target.hardlink_to(before)
    changes = changes_of(target)
    if changes_of(before).exists():
        shutil.copyfile(changes_of(before), changes)
    else:
        write(changes, [], [])
    iris = json.dumps(list(gone))
    with _writing(changes) as connection:
        connection.execute("ATTACH ? AS whole", (f"file:{quote(str(target))}?mode=ro&immutable=1",))
        _leave_out(connection, iris)
        _remove(connection, iris)
        first = (connection.execute("SELECT max(id) FROM thing").fetchone()[0] or _CHANGED) + 1
        moved = (word._replace(thing=first + word.thing) for word in words)
        numbered = [(address, first + number) for address, number in addresses]
        _add(connection, dict(enumerate(things, first)), moved, numbered, _ROOM // 2)


@contextlib.contextmanager
def _writing(target: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a file that nobody reads yet: a crash costs nothing."""
    connection = sqlite3.connect(f"file:{quote(str(target))}", uri=True)
    try:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        yield connection
        connection.commit()
    finally:
        connection.close()


def _add(
    connection: sqlite3.Connection,
    things: Mapping[int, Thing],
    words: Iterable[Word],
    addresses: Addresses,
    after: int = 0,
) -> None:
    """Put things in; the numbers of entries among their equals come after `after`."""
    connection.executemany(
        "INSERT INTO thing VALUES (?, ?, ?, ?)",
        ((n, t.iri, _json(t.facts), _json(t.facets)) for n, t in things.items()),
    )
    connection.executemany("INSERT INTO address VALUES (?, ?)", addresses)
    rows = sorted({_row(word) for word in words if fold(word.text)})
    numbered = list(zip(_numbers(connection, rows, after), rows, strict=True))
    connection.executemany(
        "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)",
        ((n, thing, role, tag, folded, stems, text) for n, (role, _, folded, thing, tag, text, stems) in numbered),
    )
    connection.executemany(
        "INSERT INTO words(rowid, folded, stems) VALUES (?, ?, ?)", ((n, row[2], row[6]) for n, row in numbered)
    )
    labels = [(n, row[2]) for n, row in numbered if n < FIRST_TEXT]
    connection.executemany("INSERT INTO parts(rowid, folded) VALUES (?, ?)", labels)
    _count(connection, ((row[0], row[2]) for row in rows), 1)
    connection.execute("UPDATE size SET labels = labels + ?, things = things + ?", (len(labels), len(things)))


def _leave_out(connection: sqlite3.Connection, iris: str) -> None:
    """Note which things of the whole no longer hold, and take their words out of the count."""
    found = connection.execute(_OF_THE_WHOLE, (iris,)).fetchall()
    _count(connection, ((role, folded) for _, role, folded, _ in found), -1)
    things = connection.execute(_NOW_GONE, (iris,)).rowcount
    labels = sum(number < FIRST_TEXT for number, *_ in found)
    connection.execute("UPDATE size SET labels = labels - ?, things = things - ?", (labels, things))


def _remove(connection: sqlite3.Connection, iris: str) -> None:
    """Take out the things of a JSON list of IRIs. A full-text table without content is told what it held."""
    found = connection.execute(_OF_THINGS, (iris,)).fetchall()
    connection.executemany(
        "INSERT INTO words(words, rowid, folded, stems) VALUES ('delete', ?, ?, ?)",
        ((n, folded, stems) for n, _, folded, stems in found),
    )
    labels = [(n, folded) for n, _, folded, _ in found if n < FIRST_TEXT]
    connection.executemany("INSERT INTO parts(parts, rowid, folded) VALUES ('delete', ?, ?)", labels)
    _count(connection, ((role, folded) for _, role, folded, _ in found), -1)
    for query in _FORGET:
        gone = connection.execute(query, (iris,)).rowcount
    connection.execute("UPDATE size SET labels = labels - ?, things = things - ?", (len(labels), gone))


def _count(connection: sqlite3.Connection, entries: Iterable[tuple[int, str]], sign: int) -> None:
    """Add the words of entries (role, folded text) to the vocabulary, or take them out (`sign` -1)."""
    vocabulary: tuple[Counter[str], Counter[str]] = Counter(), Counter()
    for role, folded in entries:
        vocabulary[role >= len(LABELS)].update(set(folded.split()))
    connection.executemany(
        "INSERT INTO token VALUES (?, ?, ?, ?) ON CONFLICT (word) DO UPDATE SET"
        " labels = labels + excluded.labels, texts = texts + excluded.texts",
        (
            (w, stem(w), sign * vocabulary[0][w], sign * vocabulary[1][w])
            for w in sorted({*vocabulary[0], *vocabulary[1]})
        ),
    )
    connection.execute("DELETE FROM token WHERE labels = 0 AND texts = 0")


def _numbers(connection: sqlite3.Connection, rows: Iterable[_Row], after: int) -> Iterator[int]:
    """A number for every row: by role and length, behind those of the same role and length."""
    last: dict[int, int] = {}
    for role, length, *_ in rows:
        first = (role << ROLE_AT) + (min(length, _LONGEST) << _LENGTH_AT)
        if first not in last:
            query = "SELECT max(id) FROM entry WHERE id >= ? AND id < ?"
            (highest,) = connection.execute(query, (first, first + _ROOM)).fetchone()
            last[first] = first + after if highest is None else highest
        last[first] += 1
        yield last[first]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _row(word: Word) -> _Row:
    """The order in which entries are numbered: role, length, then anything that is always the same."""
    folded = fold(word.text)
    stems = " ".join(dict.fromkeys([*map(stem, folded.split()), *joined(word.text)]))
    return ROLES.index(word.role), len(folded), folded, word.thing, word.language, word.text, stems
