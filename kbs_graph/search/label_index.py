"""The index of words in an SQLite file: every label and text by which a thing can be found, folded and split.

Written by `label_writer`, then read only; what changes for a few things stands in a second, small file beside
it (`changes_of`), which names in `gone` the things of the first that no longer hold. `entry` holds labels and texts;
their numbers stand in the order of worth (roles as in ROLES, short before long), with room between them, so that the
first rows FTS5 gives are the best and a query may stop early. `words` finds an entry by its words and stems, by prefix;
`parts` finds a label by any three letters or more inside it; `token` is the vocabulary, for spelling; `address` finds a
source. Folding is done before writing: SQLite's trigrams do not fold diacritics before 3.45.
"""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock, local
from typing import Any, NamedTuple
from urllib.parse import quote

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kbs_graph.errors import NoSnapshot
from kbs_graph.filters import Facets
from kbs_graph.search.word_forms import sound

FORMAT = 3
_CACHE_KIB = 256
"""What a thread may keep of a file in its own memory: there are many, and the system keeps the file for all of them."""
LABELS = ("label", "alternative", "hidden")
TEXTS = ("definition", "explanation", "signal", "question", "example", "text")
ROLES = LABELS + TEXTS
"""What a label or text is to its thing, in the order of worth; `text` is any other text of its page."""
ROLE_AT = 40
"""Where, in bits, the role stands in the number of an entry; its length and a number among its equals stand below."""

_BY_WORDS = """
SELECT entry.id, thing, role, language, entry.folded, entry.stems FROM words JOIN entry ON entry.id = words.rowid
WHERE words MATCH ? AND words.rowid BETWEEN ? AND ? LIMIT ?
"""
_BY_PARTS = """
SELECT entry.id, thing, role, language, entry.folded, stems FROM parts JOIN entry ON entry.id = parts.rowid
WHERE parts MATCH ? LIMIT ?
"""
_EXACT = """
SELECT id, thing, role, language, folded, stems FROM entry WHERE folded = ? AND id < ? ORDER BY id LIMIT ?
"""
_FACETS = "SELECT id, facets FROM thing WHERE id IN (SELECT value FROM json_each(?))"
_THINGS = "SELECT id, iri, facts, facets FROM thing WHERE id IN (SELECT value FROM json_each(?))"
_TEXTS = "SELECT id, text FROM entry WHERE id IN (SELECT value FROM json_each(?))"
_BY_ADDRESS = """
SELECT thing, address.key, iri FROM address JOIN thing ON thing.id = thing WHERE key IN (SELECT value FROM json_each(?))
"""
FIRST_TEXT = len(LABELS) << ROLE_AT
"""The numbers of labels are below this, those of texts from it on."""
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


@lru_cache(maxsize=4096)
def _facets(written: str) -> Facets:
    """Many things have the same values; a mapping that is given away is never changed."""
    return {facet: frozenset(values) for facet, values in json.loads(written).items()}


class Index:
    """An index open for reading, for all threads of a process: one connection a thread, the vocabulary once."""

    def __init__(self, path: Path):
        self._paths = [each for each in (path, changes_of(path)) if each == path or each.is_file()]
        self._own = local()
        self._guard = Lock()
        self._vocabulary: Vocabulary | None = None
        self._size: tuple[int, int] | None = None
        self._gone: frozenset[int] | None = None

    @property
    def size(self) -> tuple[int, int]:
        """How many labels and how many things there are."""
        if self._size is None:
            labels, things = zip(*self._rows("SELECT labels, things FROM size"), strict=True)
            self._size = sum(labels), sum(things)
        return self._size

    def exact(self, folded: str, most: int) -> list[Entry]:
        """The labels that are these words, whole."""
        return self._entries(_EXACT, most, folded, FIRST_TEXT)

    def labels(self, expression: str, most: int) -> list[Entry]:
        """The best labels for an FTS5 expression over words and stems."""
        return self._entries(_BY_WORDS, most, expression, 0, FIRST_TEXT - 1)

    def texts(self, expression: str, most: int) -> list[Entry]:
        """The best texts for an FTS5 expression over words and stems."""
        return self._entries(_BY_WORDS, most, expression, FIRST_TEXT, _LAST)

    def infixes(self, expression: str, most: int) -> list[Entry]:
        """The best labels for an FTS5 expression over pieces of words, each of three letters or more."""
        return self._entries(_BY_PARTS, most, expression)

    def things(self, numbers: Iterable[int]) -> dict[int, Thing]:
        """The things with these numbers."""
        rows = self._rows(_THINGS, json.dumps(list(numbers)))
        return {number: Thing(iri, json.loads(facts), json.loads(facets)) for number, iri, facts, facets in rows}

    def facets(self, numbers: Iterable[int]) -> dict[int, Facets]:
        """The values by facet of the things with these numbers."""
        rows = self._rows(_FACETS, json.dumps(list(numbers)))
        return {number: _facets(facets) for number, facets in rows}

    def iris(self) -> list[str]:
        """The IRIs of all things."""
        return list(self.numbers())

    def numbers(self) -> dict[str, int]:
        """The numbers of all things, by IRI."""
        rows = self._rows("SELECT id, iri FROM thing ORDER BY id")
        return {iri: number for number, iri in rows if number not in self._left_out}

    def by_address(self, keys: Iterable[str]) -> dict[str, str]:
        """The IRIs of the things with these keys of addresses (`folding.address_key`), by key."""
        rows = self._rows(_BY_ADDRESS, json.dumps(list(keys)))
        return {key: iri for number, key, iri in rows if number not in self._left_out}

    def texts_of(self, entries: Iterable[int]) -> dict[int, str]:
        """The texts of entries, as they were written."""
        return dict(self._rows(_TEXTS, json.dumps(list(entries))))

    @property
    def vocabulary(self) -> Vocabulary:
        """Read at first use: most questions are answered without."""
        with self._guard:
            if self._vocabulary is None:
                self._vocabulary = _vocabulary(self._rows("SELECT * FROM token ORDER BY word"))
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

    def _entries(self, query: str, most: int, *values: object) -> list[Entry]:
        """The first entries, by number, of the file and of what changed since; without what is gone."""
        found = [Entry._make(row) for row in self._rows(query, *values, most)]
        if len(self._paths) == 1:
            return found
        return sorted(entry for entry in found if entry.thing not in self._left_out)[:most]

    @property
    def _left_out(self) -> frozenset[int]:
        """The things of the file itself that are gone or stand among the changes."""
        if self._gone is None:
            self._gone = frozenset(row[0] for row in self._rows("SELECT thing FROM gone"))
        return self._gone

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        return [row for connection in self._connections() for row in connection.execute(query, values)]

    def _connections(self) -> list[sqlite3.Connection]:
        """The connections of this thread. Raises NoSnapshot for an index that another version made."""
        made: list[sqlite3.Connection] | None = getattr(self._own, "connections", None)
        if made is None:
            try:
                made = [sqlite3.connect(f"file:{quote(str(p))}?mode=ro&immutable=1", uri=True) for p in self._paths]
                for connection in made:
                    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
                versions = {connection.execute("PRAGMA user_version").fetchone()[0] for connection in made}
            except sqlite3.DatabaseError:
                versions = set()
            if made is None or versions != {FORMAT}:
                raise NoSnapshot(
                    "De zoekindex ontbreekt of is van een andere versie. Draai: kbs build",
                    "The search index is missing or of another version. Run: kbs build",
                )
            self._own.connections = made
        return made


def changes_of(path: Path) -> Path:
    """Where what changed since an index was written stands, if anything did: a file of the same form."""
    return path.with_name(f"{path.stem}-changes{path.suffix}")


def _vocabulary(found: Iterable[tuple[str, str, int, int]]) -> Vocabulary:
    """The words with their numbers, added up where several files have them (those of changes may be below zero)."""
    summed: dict[str, tuple[str, int, int]] = {}
    for word, root, in_labels, in_texts in found:
        _, labels_so_far, texts_so_far = summed.get(word, (root, 0, 0))
        summed[word] = root, labels_so_far + in_labels, texts_so_far + in_texts
    rows = ((word, *summed[word]) for word in sorted(summed) if any(summed[word][1:]))
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
