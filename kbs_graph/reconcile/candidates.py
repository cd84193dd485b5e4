"""Candidates for a query of the reconciliation API, and suggestions while typing: what may be meant, and how surely.

The score, 0 to 100, is that of kbs_graph.search.matching, lowered for what a client says of a thing and does not hold.
A match is certain only when a thing has the very name, or the id or address, and nothing else comes near.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kbs_graph.link_states import DEAD
from kbs_graph.model import Texts
from kbs_graph.reconcile import properties
from kbs_graph.reconcile.asked import ALL, SHOULD, Condition, Query
from kbs_graph.reconcile.known import Known
from kbs_graph.reconcile.types import BY_SEGMENT, document, segments
from kbs_graph.rows import Row, text_in
from kbs_graph.search import matching
from kbs_graph.search.label_index import Index
from kbs_graph.search.scoring import EXACTLY
from kbs_graph.terms import ID, parts_of

SURE = 100.0
"""The score of what an id or address names."""
NEAR = 90.0
"""The score from which on another candidate makes a match uncertain."""
BY_PROPERTIES = 60.0
"""The score of a thing of which no name was asked and all else holds."""
_NOT_SO, _UNKNOWN = 0.4, 0.1
"""How much less it is worth when a value asked for is not that of the thing; when the thing has none."""
_OTHER_TYPE = 0.5
A_PAGE = 20
"""Suggestions in an answer."""
_ADDRESS = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)
_ORDER = {segment: place for place, segment in enumerate(BY_SEGMENT)}


@dataclass(frozen=True)
class Candidate:
    """A thing that may be meant: its score, and per property asked for whether it holds.

    `named` says that it was asked for by a name, id or address of its own; `match` that nothing else can be meant.
    """

    row: Row
    score: float
    named: bool = False
    holds: tuple[tuple[str, bool], ...] = ()
    match: bool = False


def answer(known: Known, index: Index, query: Query, language: str) -> list[Candidate]:
    """The candidates for a query, best first, at most as many as it asks for."""
    admitted = _admitted(query)
    found = _identified(known, query) or _scored(known, index, query, language)
    fitting = [c for c in found if c.row.ref.segment in admitted]
    if not fitting and query.strict == SHOULD:
        fitting = [replace(each, score=each.score * _OTHER_TYPE, named=False) for each in found]
    return sorted(_judged(fitting), key=_place)[: query.limit]


def suggest(known: Known, index: Index, prefix: str, types: Sequence[str], language: str, start: int = 0) -> list[Row]:
    """The things whose id, name or other words go on from a text, best first, from the `start`-th on."""
    admitted = _admitted(Query(types=tuple(types)))
    text = prefix.strip()
    named = [row for iri, row in known.things.items() if text and (row.key.startswith(text) or iri == text)]
    found = matching.matches(index, text, most=matching.MOST_ENTRIES, language=language)
    rows = [*named, *(known.things[match.iri] for match in found if match.iri in known.things)]
    once = {row.ref.iri: row for row in rows if row.ref.segment in admitted}
    return list(once.values())[start : start + A_PAGE]


def result(candidate: Candidate, language: str) -> dict[str, object]:
    """A candidate as the API writes it (section 4.3)."""
    features = [{"id": name, "value": value} for name, value in candidate.holds]
    return {
        **entity(candidate.row, language),
        "type": [document(candidate.row.ref.segment or "", language)],
        "score": round(candidate.score, 1),
        "match": candidate.match,
        **({"features": features} if features else {}),
    }


def suggestion(row: Row, language: str) -> dict[str, object]:
    """A suggested thing as the API writes it (section 6.1)."""
    return {**entity(row, language), "notable": [document(row.ref.segment or "", language)]}


def entity(row: Row, language: str) -> dict[str, object]:
    """What tells a thing from others: its id, its name, and a line about it."""
    about = " · ".join(_about(row, language))
    return {"id": row.key, "name": text_in(row.ref.label, language), **({"description": about} if about else {})}


def _about(row: Row, language: str) -> Iterable[str]:
    def named(texts: Iterable[Texts]) -> list[str]:
        return [text for each in texts if (text := text_in(each, language))]

    if row.ref.segment == "bron":
        yield from named(publisher.label for publisher in row.publishers)
        yield from named([row.kind.label] if row.kind else [])
        yield from [row.year] if row.year else []
    elif row.ref.segment == "aspect":
        yield from named(domain.label for domain in row.domains[:1])
    yield from named([row.sentence])


def _admitted(query: Query) -> frozenset[str]:
    """The kinds of thing that the types of a query let in. Each thing is of one kind."""
    asked = segments(query.types)
    if not asked:
        return frozenset(BY_SEGMENT)
    return frozenset.intersection(*asked) if query.strict == ALL else frozenset.union(*asked)


def _identified(known: Known, query: Query) -> list[Candidate]:
    """The things that the text names by id, IRI or web address, or that are at an address given as a property."""
    thing = known.thing(query.text)
    if thing:
        return [_candidate(known, thing, SURE, query.conditions, named=True)]
    texts = [value for each in query.conditions if each.property == properties.ADDRESS for value in each.values]
    if _ADDRESS.fullmatch(query.text):
        texts.append(query.text)
    rows = {row.ref.iri: row for text in texts for row in known.at(text)}
    return [Candidate(row, SURE, True, _held(known, row, query.conditions)) for row in rows.values()]


def _scored(known: Known, index: Index, query: Query, language: str) -> list[Candidate]:
    if _ADDRESS.fullmatch(query.text) or parts_of(ID + query.text):
        return []  # an address or id that is nobody's; its words say nothing
    if not query.text:
        return _by_properties(known, query.conditions)
    admitted = _admitted(query)
    for texts in (False, True):
        found = matching.matches(index, query.text, matching.MOST_ENTRIES, texts, language)
        rows = [(known.things[match.iri], match) for match in found if match.iri in known.things]
        if any(row.ref.segment in admitted for row, _ in rows):
            break
    return [_candidate(known, row, match.score, query.conditions, _is_name(match)) for row, match in rows]


def _by_properties(known: Known, conditions: tuple[Condition, ...]) -> list[Candidate]:
    found = (_candidate(known, row, BY_PROPERTIES, conditions) for row in known.things.values())
    return [each for each in found if conditions and all(value for _, value in each.holds) and each.holds]


def _candidate(
    known: Known, row: Row, score: float, conditions: tuple[Condition, ...], named: bool = False
) -> Candidate:
    held = _held(known, row, conditions)
    asked = [each.property for each in conditions if each.property in properties.BY_ID]
    lost = sum(_UNKNOWN if name not in dict(held) else 0 if dict(held)[name] else _NOT_SO for name in asked)
    return Candidate(row, score * (1 - lost / len(asked)) if asked else score, named, held)


def _held(known: Known, row: Row, conditions: tuple[Condition, ...]) -> tuple[tuple[str, bool], ...]:
    judged = ((each.property, properties.holds(known, row, each.property, each.values)) for each in conditions)
    return tuple((name, value) for name, value in judged if value is not None)


def _is_name(match: matching.Match) -> bool:
    """Whether the text is the name or another word of the thing, not just a word that people search it by."""
    return match.how == EXACTLY and match.role in ("label", "alternative")


def _judged(found: list[Candidate]) -> list[Candidate]:
    """The same candidates; the only one that comes near is a match, if it was named and all that was said holds."""
    near = [each for each in found if each.score >= NEAR]
    if len(near) > 1:
        return found
    return [
        replace(each, match=each.named and each in near and all(value for _, value in each.holds)) for each in found
    ]


def _place(candidate: Candidate) -> tuple[float, bool, int, str]:
    row = candidate.row
    return -round(candidate.score, 1), row.link_state in DEAD, _ORDER[row.ref.segment or ""], row.ref.iri
