"""The index of words in one SQLite file: every label and text by which a thing can be found, folded and split.

Written once, then read only. `entry` holds labels and texts; their numbers stand in the order of worth (roles as in
ROLES, short before long), so that the first rows FTS5 gives are the best and a query may stop early. `words` finds an
entry by its words and stems, by prefix; `parts` finds a label by any three letters or more inside it; `token` is the
vocabulary, for spelling. Folding is done before writing: SQLite's trigrams do not fold diacritics before 3.45.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock, local
from typing import NamedTuple
from urllib.parse import quote

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kbs_graph.errors import NoSnapshot
from kbs_graph.filters import Facets
from kbs_graph.folding import fold
from kbs_graph.word_forms import joined, sound, stem

FORMAT = 2
LABELS = ("label", "alternative", "hidden")
TEXTS = ("definition", "explanation", "signal", "question", "example", "text")
ROLES = LABELS + TEXTS
"""What a label or text is to its thing, in the order of worth; `text` is any other text of its page."""

_SCHEMA = f"""
PRAGMA user_version = {FORMAT};
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT, facts TEXT, facets TEXT);
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
INSERT INTO words(words) VALUES ('optimize');
INSERT INTO parts(parts) VALUES ('optimize');
"""
_BY_WORDS = """
SELECT entry.id, thing, role, language, entry.folded, entry.stems FROM words JOIN entry ON entry.id = words.rowid
WHERE words MATCH ? AND words.rowid BETWEEN ? AND ? LIMIT ?
"""
_BY_PARTS = """
SELECT entry.id, thing, role, language, entry.folded, stems FROM parts JOIN entry ON entry.id = parts.rowid
WHERE parts MATCH ? LIMIT ?
"""
_EXACT = """
SELECT id, thing, role, language, folded, stems FROM entry WHERE folded = ? AND id <= ? ORDER BY id LIMIT ?
"""
_FACETS = "SELECT id, facets FROM thing WHERE id IN (SELECT value FROM json_each(?))"
_THINGS = "SELECT id, iri, facts, facets FROM thing WHERE id IN (SELECT value FROM json_each(?))"
_TEXTS = "SELECT id, text FROM entry WHERE id IN (SELECT value FROM json_each(?))"
_LAST = 1 << 62


class Thing(NamedTuple):
    """A thing to index: its IRI, what a search shows of it (any JSON object), and its values by facet."""

    iri: str
    facts: dict[str, object]
    facets: dict[str, list[str]]


class Word(NamedTuple):
    """A label or text to index: the number of its thing in the list of things, its role, language and text."""

    thing: int
    role: str
    language: str
    text: str


class Entry(NamedTuple):
    """A label or text that may match: its own number and that of its thing, its place in ROLES, folded and stemmed."""

    id: int
    thing: int
    role: int
    language: str
    folded: str
    stems: str


@dataclass(frozen=True)
class Vocabulary:
    """All words of the index: how many labels and texts hold each, their stems, and the words by length and sound."""

    labels: dict[str, int]
    texts: dict[str, int]
    stems: frozenset[str]
    by_length: dict[int, list[str]]
    by_sound: dict[str, list[str]]


def write(target: Path, things: Sequence[Thing], words: Iterable[Word]) -> None:
    """Write a new index to `target`. The same things and words in the same order give the same bytes."""
    rows = sorted({_row(word) for word in words if fold(word.text)})
    vocabulary: tuple[Counter[str], Counter[str]] = Counter(), Counter()
    for role, _, folded, *_ in rows:
        vocabulary[role >= len(LABELS)].update(set(folded.split()))
    labels = sum(role < len(LABELS) for role, *_ in rows)
    connection = sqlite3.connect(target)
    try:
        connection.executescript(_SCHEMA)
        connection.executemany(
            "INSERT INTO thing VALUES (?, ?, ?, ?)",
            ((n, t.iri, _json(t.facts), _json(t.facets)) for n, t in enumerate(things)),
        )
        numbered = list(enumerate(rows, 1))
        connection.executemany(
            "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((n, thing, role, tag, folded, stems, text) for n, (role, _, folded, thing, tag, text, stems) in numbered),
        )
        connection.executemany(
            "INSERT INTO words(rowid, folded, stems) VALUES (?, ?, ?)", ((n, row[2], row[6]) for n, row in numbered)
        )
        connection.executemany(
            "INSERT INTO parts(rowid, folded) VALUES (?, ?)", ((n, row[2]) for n, row in numbered[:labels])
        )
        connection.executemany(
            "INSERT INTO token VALUES (?, ?, ?, ?)",
            ((w, stem(w), vocabulary[0][w], vocabulary[1][w]) for w in sorted({*vocabulary[0], *vocabulary[1]})),
        )
        connection.execute("INSERT INTO size VALUES (?, ?)", (labels, len(things)))
        connection.executescript(_AFTER)
        connection.commit()
    finally:
        connection.close()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


@lru_cache(maxsize=4096)
def _facets(written: str) -> Facets:
    """Many things have the same values; a mapping that is given away is never changed."""
    return {facet: frozenset(values) for facet, values in json.loads(written).items()}


def _row(word: Word) -> tuple[int, int, str, int, str, str, str]:
    """The order in which entries are numbered: role, length, then anything that is always the same."""
    folded = fold(word.text)
    stems = " ".join(dict.fromkeys([*map(stem, folded.split()), *joined(word.text)]))
    return ROLES.index(word.role), len(folded), folded, word.thing, word.language, word.text, stems


class Index:
    """An index open for reading, for all threads of a process: one connection a thread, the vocabulary once."""

    def __init__(self, path: Path):
        self._address = f"file:{quote(str(path))}?mode=ro&immutable=1"
        self._own = local()
        self._guard = Lock()
        self._vocabulary: Vocabulary | None = None
        self._size: tuple[int, int] | None = None

    @property
    def size(self) -> tuple[int, int]:
        """How many labels and how many things there are."""
        if self._size is None:
            self._size = self._connection().execute("SELECT labels, things FROM size").fetchone()
        return self._size

    def exact(self, folded: str, most: int) -> list[Entry]:
        """The labels that are these words, whole."""
        return self._entries(_EXACT, folded, self.size[0], most)

    def labels(self, expression: str, most: int) -> list[Entry]:
        """The best labels for an FTS5 expression over words and stems."""
        return self._entries(_BY_WORDS, expression, 1, self.size[0], most)

    def texts(self, expression: str, most: int) -> list[Entry]:
        """The best texts for an FTS5 expression over words and stems."""
        return self._entries(_BY_WORDS, expression, self.size[0] + 1, _LAST, most)

    def infixes(self, expression: str, most: int) -> list[Entry]:
        """The best labels for an FTS5 expression over pieces of words, each of three letters or more."""
        return self._entries(_BY_PARTS, expression, most)

    def things(self, numbers: Iterable[int]) -> dict[int, Thing]:
        """The things with these numbers."""
        rows = self._connection().execute(_THINGS, (json.dumps(list(numbers)),))
        return {number: Thing(iri, json.loads(facts), json.loads(facets)) for number, iri, facts, facets in rows}

    def facets(self, numbers: Iterable[int]) -> dict[int, Facets]:
        """The values by facet of the things with these numbers."""
        rows = self._connection().execute(_FACETS, (json.dumps(list(numbers)),))
        return {number: _facets(facets) for number, facets in rows}

    def iris(self) -> list[str]:
        """The IRIs of all things."""
        return [str(row[0]) for row in self._connection().execute("SELECT iri FROM thing ORDER BY id")]

    def texts_of(self, entries: Iterable[int]) -> dict[int, str]:
        """The texts of entries, as they were written."""
        return dict(self._connection().execute(_TEXTS, (json.dumps(list(entries)),)))

    @property
    def vocabulary(self) -> Vocabulary:
        """Read at first use: most questions are answered without."""
        with self._guard:
            if self._vocabulary is None:
                self._vocabulary = _vocabulary(self._connection().execute("SELECT * FROM token ORDER BY word"))
            return self._vocabulary

    def near(self, word: str, distance: int, most: int) -> list[tuple[str, int]]:
        """Known words within a number of edits (insert, delete, replace, swap neighbours), nearest first.

        A word that sounds the same counts as one edit away. Of equals the word of the most labels comes first.
        """
        known = self.vocabulary
        found = {other: 1 for other in known.by_sound.get(sound(word), ()) if other != word}
        for length in range(max(len(word) - distance, 2), len(word) + distance + 1):
            pool = known.by_length.get(length, [])
            for other, edits, _ in process.extract(
                word, pool, scorer=OSA.distance, score_cutoff=distance, limit=most * 4, processor=None
            ):
                found[other] = min(int(edits), found.get(other, int(edits)))
        found.pop(word, None)
        order = sorted(found, key=lambda w: (found[w], w[0] != word[0], -known.labels.get(w, 0), w))
        return [(other, found[other]) for other in order[:most]]

    def _entries(self, query: str, *values: object) -> list[Entry]:
        return [Entry._make(row) for row in self._connection().execute(query, values)]

    def _connection(self) -> sqlite3.Connection:
        """The connection of this thread. Raises NoSnapshot for an index that another version made."""
        made: sqlite3.Connection | None = getattr(self._own, "connection", None)
        if made is None:
            try:
                made = sqlite3.connect(self._address, uri=True)
                version = made.execute("PRAGMA user_version").fetchone()[0]
            except sqlite3.DatabaseError:
                version = None
            if made is None or version != FORMAT:
                raise NoSnapshot(
                    "De zoekindex ontbreekt of is van een andere versie. Draai: kbs build",
                    "The search index is missing or of another version. Run: kbs build",
                )
            self._own.connection = made
        return made


def _vocabulary(rows: Iterable[tuple[str, str, int, int]]) -> Vocabulary:
    labels, texts, stems = {}, {}, set()
    by_length: dict[int, list[str]] = {}
    by_sound: dict[str, list[str]] = {}
    for word, root, in_labels, in_texts in rows:
        if in_labels:
            labels[word] = in_labels
            stems.add(root)
        if in_texts:
            texts[word] = in_texts
        by_length.setdefault(len(word), []).append(word)
        by_sound.setdefault(sound(word), []).append(word)
    return Vocabulary(labels, texts, frozenset(stems), by_length, by_sound)
