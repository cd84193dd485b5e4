"""Matching words to things: the one place that decides what a text of a person may mean, and how sure that is.

A cascade over an index (`label_index`): labels that are the words; labels and texts with words that begin so or
are another form; labels with the words inside a compound; and only when fewer than ENOUGH things have all the words,
spelling and compounds taken apart. Every candidate is then scored from 0 to 100 by the same measure, whatever found it.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kbs_graph.search.label_index import ROLES, Entry, Index
from kbs_graph.search.scoring import INFIX_LETTERS, TYPO, Asked, Candidate, Reading, Seen, judged, look
from kbs_graph.search.word_forms import STOP_WORDS, content_words, stem, words_of

ENOUGH = 5
"""Things with all the words, from which on no spelling is corrected and no compound taken apart."""
MOST_ENTRIES = 400
"""Labels, and as many texts, looked at for a question or one of its words: the best come first."""
LONGEST = 200
"""Characters of a question that count."""
_SPLIT, _PIECE = 0.85, 0.6
"""What a word is worth that was taken apart; of which only a piece is known."""
_COMPOUND = 8
"""Letters from which on a word may be a compound."""
_SUFFIXES = frozenset(("achtig", "baar", "heid", "lijk", "loos", "rijk", "schap", "vol", "zaam"))
"""Ends of words that are words themselves, with another meaning."""
_TYPO = {1: 0.75, 2: 0.62}


@dataclass(frozen=True)
class Match:
    """A thing that may be meant: its IRI, the score from 0 to 100, and the label or text that says why."""

    iri: str
    score: float
    text: str
    language: str
    role: str
    how: str
    words: tuple[str, ...]


def matches(index: Index, text: str, most: int = 10, texts: bool = False, language: str = "nl") -> list[Match]:
    """The things a text may mean, best first: by their labels, and on request by the texts of their pages too."""
    found = candidates(index, text, texts=texts)
    best = sorted(found, key=lambda c: (-round(c.score), c.entry.language != language, -c.score, c.thing))[:most]
    things = index.things(candidate.thing for candidate in best)
    written = index.texts_of(candidate.entry.id for candidate in best)
    return [
        Match(
            things[c.thing].iri,
            round(c.score, 1),
            written[c.entry.id],
            c.entry.language,
            ROLES[c.entry.role],
            c.how,
            tuple(typed for typed, _ in c.found),
        )
        for c in best
    ]


def candidates(index: Index, text: str, texts: bool = True, partial: bool = True) -> list[Candidate]:
    """Every thing that may be meant, in no order. Those with only some of the words come in when few have all."""
    question = " ".join(words_of(text[:LONGEST]))
    words = content_words(text[:LONGEST])
    if not words:
        return []
    asked = [Asked(word, (Reading(word),)) for word in words]
    found = _scored(index, question, asked, texts)
    if sum(candidate.whole for candidate in found.values()) < ENOUGH:
        for otherwise in (_taken_apart, _corrected, _largest_pieces):
            if otherwise is _largest_pieces and found:
                break
            other = otherwise(index, asked)
            if other != asked:
                for thing, candidate in _scored(index, question, other, texts).items():
                    if thing not in found or candidate.score > found[thing].score:
                        found[thing] = candidate
    whole = [candidate for candidate in found.values() if candidate.whole]
    if len(whole) >= ENOUGH or not partial:
        return whole
    least = max(
        max((candidate.score / 2 for candidate in found.values() if not candidate.whole), default=0.0),
        max((candidate.score / 4 for candidate in whole), default=0.0),
    )
    return [candidate for candidate in found.values() if candidate.whole or candidate.score >= least]


def _scored(index: Index, question: str, asked: Sequence[Asked], texts: bool) -> dict[int, Candidate]:
    entries = _entries(index, question, asked, texts)
    looked = [(entry, look(entry, asked)) for entry in entries]
    having = [Counter[int]() for _ in asked]
    for entry, seen in looked:
        for number, match in enumerate(seen):
            if match:
                having[number][entry.thing] += 1
    size = index.size[1]
    rarity = [math.log(1 + size / (1 + len(things))) for things in having]
    stops = [word for word in words_of(question) if word in STOP_WORDS]
    by_thing: dict[int, list[tuple[Entry, list[Seen | None]]]] = {}
    for entry, seen in looked:
        if any(seen):
            by_thing.setdefault(entry.thing, []).append((entry, seen))
    return {thing: judged(thing, rows, question, asked, rarity, stops) for thing, rows in by_thing.items()}


# --- finding entries


def _entries(index: Index, question: str, asked: Sequence[Asked], texts: bool) -> list[Entry]:
    """The entries worth a look. Several words: those with all of them first, then those of each word."""
    found: dict[int, Entry] = {}

    def add(entries: Iterable[Entry]) -> None:
        found.update((entry.id, entry) for entry in entries)

    add(index.exact(question, MOST_ENTRIES))
    groups = [asked, *([word] for word in asked)] if len(asked) > 1 else [asked]
    for group in groups:
        expression = " AND ".join(map(_by_word, group))
        add(index.labels(expression, MOST_ENTRIES))
        if infix := _by_piece(group):
            add(index.infixes(infix, MOST_ENTRIES))
        if texts:
            add(index.texts(expression, MOST_ENTRIES))
    return list(found.values())


def _by_word(asked: Asked) -> str:
    pieces = []
    for reading in asked.readings:
        pieces.append(f'"{reading.text}"*')
        if reading.trunk != reading.text:
            pieces.append(f'"{reading.trunk}"*')
        if reading.stem != reading.text:
            pieces.append(f'"{reading.stem}"')
    return f"({' OR '.join(pieces)})"


def _by_piece(group: Sequence[Asked]) -> str:
    """An expression for labels that hold the long words anywhere; empty when no word is long enough."""
    pieces = [
        " OR ".join(f'"{reading.trunk}"' for reading in asked.readings if len(reading.trunk) >= INFIX_LETTERS)
        for asked in group
    ]
    return " AND ".join(f"({piece})" for piece in pieces if piece)


# --- reading a word otherwise


def _taken_apart(index: Index, asked: Sequence[Asked]) -> list[Asked]:
    """The words with compounds taken apart in two known words (*schuldenprobleem*)."""
    result = []
    for word in asked:
        parts = _parts(index, word.typed)
        result += [Asked(word.typed, (Reading(part, _SPLIT),)) for part in parts] if parts else [word]
    return result


def _largest_pieces(index: Index, asked: Sequence[Asked]) -> list[Asked]:
    """The words that nothing else helps for, as the longest known word they end or begin with (*huilbaby*)."""
    result = []
    for word in asked:
        ends = (word.typed[at:] for at in range(1, len(word.typed) - 3))
        begins = (word.typed[:at] for at in range(len(word.typed) - 1, 4, -1))
        texts = index.vocabulary.texts
        piece = next((piece for piece in (*ends, *begins) if _is_known(index, piece) or piece in texts), "")
        result.append(Asked(word.typed, (Reading(piece, _PIECE),)) if piece else word)
    return result


def _parts(index: Index, word: str) -> tuple[str, str] | None:
    """The two known words a long word is made of; the split nearest to the middle when there are several."""
    found = []
    for at in range(4, len(word) - 3 if len(word) >= _COMPOUND else 0):
        first, rest = word[:at], word[at:]
        if not _is_known(index, rest) or rest in _SUFFIXES:
            continue
        if _is_known(index, first) or (first[-1] == "s" and _is_known(index, first[:-1])):
            found.append((min(len(first), len(rest)), first, rest))
    return max(found)[1:] if found else None


def _is_known(index: Index, part: str) -> bool:
    known = index.vocabulary
    return part not in STOP_WORDS and (part in known.labels or (len(part) > 4 and stem(part) in known.stems))


def _corrected(index: Index, asked: Sequence[Asked]) -> list[Asked]:
    """The words with the nearest known words beside those that are not known themselves."""
    return [replace(word, readings=(*word.readings, *_spelled(index, word.typed))) for word in asked]


def _spelled(index: Index, word: str) -> list[Reading]:
    known = index.vocabulary
    if len(word) < 4 or word in known.labels or word in known.texts or stem(word) in known.stems:
        return []
    near = [one for one in index.near(word, 1 if len(word) < 6 else 2, 8) if len(one[0]) > 3][:4]
    nearest = min((distance for _, distance in near), default=0)
    return [Reading(other, _TYPO[distance], TYPO) for other, distance in near if distance == nearest]
