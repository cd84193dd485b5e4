"""How well a label or text fits the words of a question, as a number from 0 to 100: the measure of `matching`.

What counts, from most to least: the very words of a label; a label that begins with the words; the words somewhere in a
label; the same in another word for the thing, then in a hidden one; a piece of a compound; a corrected word; a text.
Rare words weigh more than common ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from kbs_graph.search.label_index import LABELS, Entry
from kbs_graph.search.word_forms import STOP_WORDS, stem, trunk

EXACT = {0: 100.0, 1: 97.0, 2: 91.0}
"""What it is worth, by place in ROLES, that a label is the question; the same words in another form are a bit less."""
_WORTH = (80.0, 70.0, 64.0, 40.0, 39.0, 38.0, 35.0, 34.0, 30.0)
"""What it is worth, by place in ROLES, that an entry holds all the words."""
INFIX_LETTERS = 4
"""Letters from which on a word is looked for inside other words."""
_SPREAD, _PARTLY = 0.9, 0.8
"""How much less it is worth when the words stand in several labels and texts of a thing; when some stand nowhere."""

WORD, FORM, PREFIX, INFIX, TYPO = "word", "form", "prefix", "infix", "typo"
EXACTLY, TEXT = "exact", "text"
_BELOW = (WORD, FORM, PREFIX, INFIX, TYPO)
"""How a word matched, from best to worst."""


@dataclass(frozen=True)
class Reading:
    """One way to read a word of a question: as it stands, or corrected (`how` is TYPO), for what it is worth."""

    text: str
    factor: float = 1.0
    how: str = ""

    @cached_property
    def trunk(self) -> str:
        return trunk(self.text)

    @cached_property
    def stem(self) -> str:
        return stem(self.text)


@dataclass(frozen=True)
class Asked:
    """A word of a question with the ways to read it, the most likely first."""

    typed: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True)
class Candidate:
    """A thing that may be meant, by its number: the score, the entry that shows it best, and how each word matched.

    `how` tells of the entry: `exact`, `word`, `form`, `prefix`, `infix`, `typo` or `text`. `found` pairs the words as
    they were typed with what they were read as; `whole` says whether that is all words of the question.
    """

    thing: int
    score: float
    entry: Entry
    how: str
    found: tuple[tuple[str, str], ...]
    whole: bool


Seen = tuple[float, str, Reading]
"""How good a word matches an entry (0 to 1), how, and by which reading."""


def look(entry: Entry, asked: Sequence[Asked]) -> list[Seen | None]:
    padded, stems = f" {entry.folded} ", f" {entry.stems} "
    label = entry.role < len(LABELS)
    return [_best(padded, stems, label, word) for word in asked]


def _best(padded: str, stems: str, label: bool, asked: Asked) -> Seen | None:
    best: Seen | None = None
    for reading in asked.readings:
        quality, how = _fit(padded, stems, label, reading)
        if quality and (best is None or quality * reading.factor > best[0]):
            best = (quality * reading.factor, reading.how or how, reading)
    return best


def _fit(padded: str, stems: str, label: bool, reading: Reading) -> tuple[float, str]:
    word = reading.text
    if f" {word} " in padded:
        return 1.0, WORD
    if f" {reading.stem} " in stems or f" {word} " in stems:
        return 0.93, FORM
    at = padded.find(f" {word}")
    if at >= 0:
        return 0.68 + 0.24 * len(word) / (padded.index(" ", at + 1) - at - 1), PREFIX
    if len(reading.trunk) >= INFIX_LETTERS and (at := padded.find(f" {reading.trunk}")) >= 0:
        return 0.5 + 0.25 * len(reading.trunk) / (padded.index(" ", at + 1) - at - 1), PREFIX
    if label and len(reading.trunk) >= INFIX_LETTERS:
        if f"{word} " in padded:
            return 0.8, INFIX
        if word in padded:
            return 0.68, INFIX
        if reading.trunk in padded:
            return 0.64, INFIX
    return 0.0, ""


def judged(
    thing: int,
    rows: Sequence[tuple[Entry, list[Seen | None]]],
    question: str,
    asked: Sequence[Asked],
    rarity: Sequence[float],
    stops: Sequence[str],
) -> Candidate:
    """The score of a thing: of its best single entry, or of the words taken together from several."""
    total = sum(rarity)
    best_score, best_entry, best_seen = 0.0, rows[0][0], rows[0][1]
    together: list[float] = [0.0] * len(asked)
    read: list[str] = [""] * len(asked)
    for entry, seen in rows:
        core = sum(weight * match[0] for weight, match in zip(rarity, seen, strict=True) if match) / total
        score = _worth(entry, seen, core, question, stops)
        if not all(seen):
            score *= _PARTLY
        if score > best_score:
            best_score, best_entry, best_seen = score, entry, seen
        for number, match in enumerate(seen):
            if match and _WORTH[entry.role] * match[0] > together[number]:
                together[number] = _WORTH[entry.role] * match[0]
                read[number] = match[2].text
    spread = _SPREAD * sum(w * value for w, value in zip(rarity, together, strict=True)) / total
    whole = all(together)
    spread = spread if whole else spread * _PARTLY
    # a subject that comes back in many texts is more about it than one that is named once
    score = min(100.0, max(best_score, spread) + min(3.0, 0.3 * (len(rows) - 1)) * (best_score < EXACT[2]))
    how = _how(best_entry, best_seen, question)
    found = tuple((word.typed, text) for word, text in zip(asked, read, strict=True) if text)
    return Candidate(thing, score, best_entry, how, found, whole)


def _worth(entry: Entry, seen: Sequence[Seen | None], core: float, question: str, stops: Sequence[str]) -> float:
    if entry.role >= len(LABELS):
        return _WORTH[entry.role] * core
    if entry.folded == question:
        return EXACT[entry.role]
    tokens = entry.folded.split()
    content = [token for token in tokens if token not in STOP_WORDS]
    if len(content) == len(seen) and all(match and match[1] in (WORD, FORM) for match in seen):
        return EXACT[entry.role] - 8 * (1 - core) - 2
    letters = sum(map(len, content)) or len(entry.folded)
    covered = sum(len(match[2].text) for match in seen if match)
    first = next((match for match in seen if match), None)
    begins = first is not None and entry.folded.startswith(first[2].trunk)
    some_stops = bool(stops) and all(stop in tokens for stop in stops)
    return (_WORTH[entry.role] + 6 * begins + 11 * min(1.0, covered / letters) + 2 * some_stops) * core


def _how(entry: Entry, seen: Sequence[Seen | None], question: str) -> str:
    if any(match and match[1] == TYPO for match in seen):
        return TYPO
    if entry.role >= len(LABELS):
        return TEXT
    if entry.folded == question:
        return EXACTLY
    return max((match[1] for match in seen if match), key=_BELOW.index, default=WORD)
