"""The label index: SQLite FTS5 over every word by which a thing can be found, folded, by prefix.

Built once a snapshot, read-only after that. Preferred labels weigh more than alternative words, those more than hidden
ones; an exact match comes first.
"""

import json
import sqlite3
import unicodedata
from collections import defaultdict
from pathlib import Path

from kbs_graph import queries
from kbs_graph.model import Hit, Ref, Texts
from kbs_graph.store import LocalStore
from kbs_graph.terms import Literal, parts_of

ROLES = ("label", "alternative", "hidden")
_SCHEMA = """
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT, names TEXT);
CREATE TABLE word (id INTEGER PRIMARY KEY, thing INTEGER, role INTEGER, text TEXT, language TEXT, folded TEXT);
CREATE VIRTUAL TABLE label USING fts5(folded, content=word, content_rowid=id, tokenize='unicode61', prefix='2 3 4');
"""
_FIND = """
SELECT thing.iri, thing.names, word.text, word.language, word.role
FROM label JOIN word ON word.id = label.rowid JOIN thing ON thing.id = word.thing
WHERE label MATCH ? ORDER BY word.folded <> ?, word.role, length(word.folded), thing.iri LIMIT ?
"""


def fold(text: str) -> str:
    """Lower case without diacritics, other signs as spaces: the form in which words are compared."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c)).split())


def build(store_path: Path, target: Path) -> None:
    """Write the index of the store at `store_path` to the new file `target`."""
    words = defaultdict(list)
    for row in LocalStore.open(store_path).select(queries.fill("lists/labels")):
        label, role = row["label"], row["role"]
        assert isinstance(label, Literal) and isinstance(role, Literal)
        words[str(row["thing"])].append((ROLES.index(role.value), label.value, label.language or ""))
    with sqlite3.connect(target) as connection:
        connection.executescript(_SCHEMA)
        for number, (iri, found) in enumerate(sorted(words.items()), 1):
            names = {language: text for role, text, language in sorted(found, reverse=True) if role == 0}
            connection.execute("INSERT INTO thing VALUES (?,?,?)", (number, iri, json.dumps(names, ensure_ascii=False)))
            connection.executemany(
                "INSERT INTO word (thing, role, text, language, folded) VALUES (?,?,?,?,?)",
                [(number, role, text, language, fold(text)) for role, text, language in sorted(found)],
            )
        connection.execute("INSERT INTO label(label) VALUES ('rebuild')")
    connection.close()


def find(index: Path, text: str, limit: int = 50) -> list[Hit]:
    """The things a text finds, best first, each once. Every word must start a word of one label; no words: nothing."""
    folded = fold(text)[:200]
    if not folded:
        return []
    match = " ".join(f'"{word}"*' for word in folded.split())
    connection = sqlite3.connect(f"file:{index}?mode=ro", uri=True)
    try:
        rows = connection.execute(_FIND, (match, folded, limit * 4)).fetchall()
    finally:
        connection.close()
    hits: dict[str, Hit] = {}
    for iri, names, matched, language, role in rows:
        label: Texts = json.loads(names)
        segment, slug = parts_of(iri) or (None, None)
        hits.setdefault(iri, Hit(Ref(iri, label, segment, slug), matched, language, ROLES[role]))
    return list(hits.values())[:limit]
