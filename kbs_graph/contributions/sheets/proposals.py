"""What a row may be about: concepts proposed by the words of its title, for a person to decide on. It links nothing.

A title says several things at once (*Eenzaamheid bij ouderen herkennen*: an aspect and a target group). So its words
are matched one by one and side by side by kbs_graph.search.matching, and a concept scores as far as its name is in the
title.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kbs_graph.folding import fold
from kbs_graph.search.label_index import Index
from kbs_graph.search.matching import Match, matches
from kbs_graph.search.word_forms import STOP_WORDS, content_words, stem, trunk
from kbs_graph.terms import parts_of

MOST = {"aspect": 3, "doelgroep": 2, "domein": 1, "competentie": 1}
"""How many concepts of a kind are proposed for a row; others are not."""
LEAST = 58
"""The lowest score that is worth a question."""
_DOUBT = 0.8
"""What a hidden name is worth that is not the very words: it was made for searching, and finds more than is meant."""
_LONG_ENOUGH = 6
"""Letters from which on a word may be read as one that is spelled otherwise: a short one is next to too many."""
_WINDOW = 3
"""Words side by side that are matched together."""
_LONGEST = 14
"""Words of a title that count."""
_LOOKED_AT = 12
_PLAIN_WORDS = """
aanpak anders artikel bespreken boek boekje brochure campagne cursus dossier e elearning factsheet film folder
gesprek gids handboek handleiding handreiking herkennen hulpmiddel iets infographic informatie instrument kaart
kennis kennisbank leidraad leren lesmateriaal methode methodiek module nederland onderzoek overzicht podcast
praktijk professional professionals programma rapport richtlijn samen signaleren stappenplan tips tool toolbox
toolkit training uitleg video vragen webinar website wegwijzer werken werkwijze werkt wijkteam wijkteams zorg
article book brochure course guide guideline guidelines handbook information kit learning neighbourhood practice
report research step team teams tips tools understanding video what working
"""
_NOT_ASKED = frozenset(_PLAIN_WORDS.split())
"""Words of titles that tell what a source is, or what everyone does: by themselves they name no subject."""


@dataclass(frozen=True)
class Proposal:
    """A concept a row may be about: its IRI, the score from 0 to 100, and why.

    `words` stand in the row, `text` is the name of the concept that they met, and `role` and `how` are as in
    kbs_graph.search.matching (a label, another word, a hidden one; exact, another form, spelled otherwise).
    """

    iri: str
    score: int
    words: str
    text: str
    language: str
    role: str
    how: str


class Proposer:
    """Proposals over one search index; words that come back in many rows are matched once."""

    def __init__(self, index: Index):
        self._index = index
        self._matches = lru_cache(maxsize=20_000)(self._matched)

    def propose(self, title: str, language: str = "nl", without: Iterable[str] = ()) -> tuple[Proposal, ...]:
        """Concepts a title may name, best first, but for those already chosen or refused (`without`)."""
        tokens = [(word, fold(word)) for word in title.split() if fold(word)][:_LONGEST]
        stems = frozenset(stem(part) for _, folded in tokens for part in folded.split())
        best: dict[str, Proposal] = {}
        for said, asked in _phrases(tokens):
            if " " in asked and not self._stands_together(asked):
                continue
            for match in self._matches(asked, language):
                if match.how == "typo" and len(asked) < _LONG_ENOUGH:
                    continue
                factor = _DOUBT if match.role == "hidden" and match.how != "exact" else 1.0
                score = round(match.score * factor * _share(match.text, stems, match.how))
                if score >= LEAST and (match.iri not in best or score > best[match.iri].score):
                    best[match.iri] = _proposal(match, score, said)
        refused = frozenset(without)
        order = sorted(best.values(), key=lambda p: (-p.score, p.iri))
        return tuple(_limited(p for p in order if p.iri not in refused))

    def _stands_together(self, asked: str) -> bool:
        """Whether any label holds all words of a phrase: if not, the words are matched one by one only."""
        expression = " AND ".join(f'"{trunk(word)}"*' for word in content_words(asked))
        return bool(self._index.labels(expression, 1))

    def _matched(self, asked: str, language: str) -> tuple[Match, ...]:
        found = matches(self._index, asked, _LOOKED_AT, language=language)
        return tuple(match for match in found if (parts_of(match.iri) or ("",))[0] in MOST)


def _phrases(tokens: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Words side by side that begin and end with one that counts: as they were said, and as they are asked."""
    counts = [folded not in STOP_WORDS and len(folded) > 1 for _, folded in tokens]
    for first in range(len(tokens)):
        words = 0
        for last in range(first, len(tokens)):
            words += counts[last]
            if words > _WINDOW:
                break
            part = [folded for _, folded in tokens[first : last + 1]]
            if counts[first] and counts[last] and not _NOT_ASKED.issuperset(w for f in part for w in f.split()):
                yield " ".join(said for said, _ in tokens[first : last + 1]).strip(" .,:;?!()'\"‘’“”"), " ".join(part)


def _share(text: str, stems: frozenset[str], how: str) -> float:
    """How much of a name is in the title, by letters; the words of a name that count little weigh half."""
    words = [word for word in fold(text).split() if word not in STOP_WORDS] or [text]
    weights = {word: len(word) * (0.5 if word in _NOT_ASKED else 1.0) for word in words}
    found = sum(weight for word, weight in weights.items() if stem(word) in stems or how == "typo")
    return 0.35 + 0.65 * min(1.0, found / sum(weights.values()))


def _proposal(match: Match, score: int, said: str) -> Proposal:
    return Proposal(match.iri, min(score, 100), said, match.text, match.language, match.role, match.how)


def _limited(proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    left: Mapping[str, int] = MOST
    used = dict.fromkeys(left, 0)
    for proposal in proposals:
        segment = (parts_of(proposal.iri) or ("",))[0]
        used[segment] += 1
        if used[segment] <= left[segment]:
            yield proposal
