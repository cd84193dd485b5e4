"""The search of the site: what a question finds, narrowed down, counted and put in the order a professional needs."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kbs_graph.filters import FACETS, Facets, Filters
from kbs_graph.folding import fold
from kbs_graph.link_states import DEAD
from kbs_graph.model import Ref, Texts
from kbs_graph.search.label_index import LABELS, ROLES, TEXTS, Index
from kbs_graph.search.matching import LONGEST, candidates
from kbs_graph.search.scoring import EXACTLY, TYPO, Candidate
from kbs_graph.search.word_forms import STOP_WORDS, content_words, stem, trunk, words_of
from kbs_graph.terms import parts_of

IN_TEXTS = frozenset(TEXTS)
"""The roles of what is no name of a thing: it was found by the texts of its page."""
_BEHIND = {
    "aspect": 0.0, "domein": 0.5, "doelgroep": 1.0, "competentie": 2.0, "specialist": 4.0, "signaal": 5.0, "casus": 6.0,
    "bron": 8.0, "organisatie": 9.0,
}  # fmt: skip
"""By how many points a kind stands behind an aspect that matches as well; kinds not named stand last."""
_REST = 10.0
_OTHER_LANGUAGE = 0.4
_GONE = 30.0
"""How far a source stands behind that is no longer there, or no longer holds."""
_SNIPPET = 180
"""Characters of a text that a result shows."""
_NEAR_WORDS = 6


@dataclass(frozen=True)
class Hit:
    """A search result: the thing, and the label or text that matched best with its language and role.

    `how` and the `score` (0 to 100) are those of `matching`; `words` are the words of the question that were
    found, `sentence` is what to say of the thing, `domain` the area it belongs to, if that is one.
    """

    ref: Ref
    matched: str
    language: str
    role: str
    how: str = ""
    score: float = 0.0
    words: tuple[str, ...] = ()
    sentence: Texts = field(default_factory=dict)
    domain: Ref | None = None


@dataclass(frozen=True)
class Found:
    """What a question found: how many things pass the filters, one page of them, best first, and what else there is.

    `words` are those of the question that count. `counts` tells by facet how many things each value would leave, the
    other facets being as chosen. `read_as` is the question with its words spelled as known words, when it was read so;
    `near` are known words, when nothing was found.
    """

    total: int
    hits: tuple[Hit, ...]
    words: tuple[str, ...] = ()
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    read_as: str = ""
    near: tuple[str, ...] = ()


def find(
    index: Index, text: str, language: str = "nl", filters: Filters | None = None, start: int = 0, count: int = 20
) -> Found:
    """The things a question finds, best first, each once, from the `start`-th on. No words: nothing."""
    chosen = filters or Filters()
    found = candidates(index, text)
    words = tuple(content_words(text[:LONGEST]))
    if not found:
        return Found(0, (), words, near=tuple(near(index, text)))
    facets = index.facets(candidate.thing for candidate in found)
    admitted = [c for c in found if chosen.admits(facets[c.thing])]
    best = _in_order(admitted, facets, language)
    hits = _hits(index, best[start : start + count])
    return Found(len(best), hits, words, _counts(facets.values(), chosen), _read_as(text, found))


def suggest(index: Index, text: str, language: str = "nl", most: int = 8) -> tuple[Hit, ...]:
    """The things whose names or other words go on from what was typed so far, best first."""
    found = candidates(index, text, texts=False, partial=False)
    facets = index.facets(candidate.thing for candidate in found)
    return _hits(index, _in_order(found, facets, language)[:most])


def near(index: Index, text: str) -> list[str]:
    """Known words of labels that look or sound like the words of a question, to choose from."""
    known = index.vocabulary.labels
    found: dict[str, None] = {}
    for word in content_words(text[:LONGEST]):
        if len(word) > 3:
            others = index.near(word, 1 if len(word) < 5 else 2 if len(word) < 8 else 3, 4 * _NEAR_WORDS)
            found.update((other, None) for other, _ in others if other in known and len(other) > 3)
    return [word for word in found if word not in STOP_WORDS][:_NEAR_WORDS]


def _in_order(found: Iterable[Candidate], facets: Mapping[int, Facets], language: str) -> list[Candidate]:
    def place(candidate: Candidate) -> tuple[float, int, int]:
        segment = next(iter(facets[candidate.thing].get("soort", ())), "")
        behind = _BEHIND.get(segment, _REST)
        if candidate.how == EXACTLY and candidate.entry.role < 2 and behind < _BEHIND["bron"]:
            behind /= 100  # its very name: the kind only decides between equals; a source stays behind the knowledge
        if not DEAD.isdisjoint(facets[candidate.thing].get("vindplaats", ())):
            behind += _GONE
        if candidate.entry.language not in ("", language):
            behind += _OTHER_LANGUAGE
        return behind - candidate.score, len(candidate.entry.folded), candidate.thing

    return sorted(found, key=place)


def _hits(index: Index, best: Sequence[Candidate]) -> tuple[Hit, ...]:
    things = index.things(candidate.thing for candidate in best)
    texts = index.texts_of(candidate.entry.id for candidate in best)
    return tuple(_hit(c, things[c.thing].iri, things[c.thing].facts, texts[c.entry.id]) for c in best)


def _hit(candidate: Candidate, iri: str, facts: Mapping[str, object], text: str) -> Hit:
    segment, slug = parts_of(iri) or (None, None)
    entry, domain = candidate.entry, facts["domain"]
    is_label = entry.role < len(LABELS)
    return Hit(
        Ref(iri, _texts(facts["label"]), segment, slug),
        text if is_label else snippet(text, [read for _, read in candidate.found]),
        entry.language,
        ROLES[entry.role],
        candidate.how,
        round(candidate.score, 1),
        tuple(dict.fromkeys(typed for typed, _ in candidate.found)),
        _texts(facts["sentence"]),
        Ref(**domain) if isinstance(domain, dict) else None,
    )


def snippet(text: str, words: Sequence[str], most: int = _SNIPPET) -> str:
    """A text, or the piece of it around the first of the words, cut between words, with … where it was cut."""
    if len(text) <= most:
        return text
    forms = {stem(word) for word in words}
    begins = tuple(trunk(word) for word in words) or ("",)
    places = (
        match.start()
        for match in re.finditer(r"\w+", text)
        if (folded := fold(match[0])) and (folded.startswith(begins) or stem(folded) in forms)
    )
    at = next(places, 0)
    first = max(0, min(at - most // 3, len(text) - most))
    first = text.rfind(" ", 0, first) + 1 if first else 0
    last = min(len(text), first + most)
    last = len(text) if last == len(text) else max(text.rfind(" ", first, last), first + 1)
    return ("… " if first else "") + text[first:last].strip() + (" …" if last < len(text) else "")


def _counts(facets: Iterable[Facets], chosen: Filters) -> dict[str, dict[str, int]]:
    everything = list(facets)
    result = {}
    for facet in FACETS:
        others = Filters({name: values for name, values in chosen.chosen.items() if name != facet})
        left = everything if not others else [values for values in everything if others.admits(values)]
        result[facet] = dict(Counter(value for values in left for value in values.get(facet, ())))
    return result


def _read_as(text: str, found: Sequence[Candidate]) -> str:
    """The question with corrected words, when the best that was found has words that were read otherwise."""
    best = max(found, key=lambda candidate: (candidate.score, -candidate.thing))
    if best.how != TYPO:
        return ""
    read = dict(best.found)
    return " ".join(read.get(word, word) for word in words_of(text[:LONGEST]))


def _texts(value: object) -> Texts:
    assert isinstance(value, dict)
    return value
