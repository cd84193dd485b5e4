"""Measures of Dutch text: sentences, words, passive voice, abbreviations, and texts that say the same.

Plain and explainable: each is a count that an editor can redo by hand, none a verdict. B1 is a level for readers; these
figures only point at what may be hard.
"""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

_END = re.compile(r"(?<=[.!?])[’'\"]?\s+")
_WORD = re.compile(r"[\w’'+-]+")
_BECOMING = re.compile(r"\b(word|wordt|worden|werd|werden|geworden)\b", re.IGNORECASE)
_PARTICIPLE = re.compile(r"\b(?:[a-z]{0,6}ge[a-z]{2,}|(?:be|ver|ont|her|er)[a-z]{2,})(?:d|t|en)\b", re.IGNORECASE)
_ABBREVIATION = re.compile(
    r"\b(?:[A-Z]{2,}[a-z]?|[A-Z][a-z]+[A-Z]{2,}|Wmo|Wlz|Zvw|Wgs|Wsnp|Wvggz|Wzd|ggz|pgb|roc|zzp)\b"
)
SAME_WORDS, SAME_ORDER = 0.7, 0.75
"""Two texts are near-duplicates when this share of the shorter one's words recurs, in this likeness of order."""


def sentences(text: str) -> list[str]:
    """The sentences of a text; a text without a full stop is one sentence."""
    return [part for part in _END.split(text.strip()) if part]


def words(sentence: str) -> int:
    """The number of words; a hyphenated word is one."""
    return len(_WORD.findall(sentence))


def is_passive(sentence: str) -> bool:
    """Whether a sentence looks passive: a form of *worden* with a past participle. An estimate, on the strict side."""
    return bool(_BECOMING.search(sentence)) and any(
        not _BECOMING.fullmatch(match.group()) for match in _PARTICIPLE.finditer(sentence)
    )


def abbreviations(text: str) -> list[str]:
    """The abbreviations in a text, each once, in order."""
    return list(dict.fromkeys(_ABBREVIATION.findall(text)))


def explains(text: str, abbreviation: str) -> bool:
    """Whether a text explains an abbreviation: with brackets on either side of it, or with *staat voor* or *is de*."""
    short = re.escape(abbreviation)
    return bool(re.search(rf"\b{short}(?:-\w+)? \([^)]{{4,}}|\({short}[),]|\b{short} (?:staat voor|is)\b", text))


def near_duplicates(texts: Sequence[tuple[str, str]]) -> list[tuple[int, int]]:
    """Pairs of places in a list of (owner, text) that say nearly the same. The topic swapped counts as the same."""
    split = [[word.casefold() for word in _WORD.findall(text)] for _, text in texts]
    sets = [frozenset(found) for found in split]
    pairs = []
    for first, one in enumerate(sets):
        for second in range(first + 1, len(sets)):
            other = sets[second]
            shared = len(one & other)
            if shared > SAME_WORDS * max(1, min(len(one), len(other))) and _alike(split[first], split[second]):
                pairs.append((first, second))
    return pairs


def openings(texts: Iterable[str], length: int = 3) -> dict[str, int]:
    """How often texts begin with the same words: a sign of formula."""
    found: dict[str, int] = {}
    for text in texts:
        start = " ".join(_WORD.findall(text.casefold())[:length])
        found[start] = found.get(start, 0) + 1
    return found


def _alike(one: list[str], other: list[str]) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() > SAME_ORDER
