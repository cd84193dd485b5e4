"""Finding concepts by their labels: `search`, with its conditions, and `lookup`, for one whole label."""

from collections.abc import Callable, Iterable
from http import HTTPStatus

from kbs_graph.serialize import expand
from kbs_graph.skosmos import hits, pattern, refusal
from kbs_graph.skosmos.groups import concepts_of
from kbs_graph.skosmos.hierarchy import below
from kbs_graph.skosmos.hits import LABELS, Hit
from kbs_graph.skosmos.naming import best, matches
from kbs_graph.skosmos.pattern import Pattern, composed, normalised
from kbs_graph.skosmos.question import CONTEXT, ONKI, Document, Question
from kbs_graph.skosmos.table import PREFERRED, ROLES, Concept, Entry, Vocabulary, key

_PRIORITY = {role: 2 * place + 1 for place, role in enumerate(ROLES)}
"""Which label of a concept is the best to show it was found by; one in another language than asked comes after."""


def search(question: Question) -> Document:
    """The concepts with a label that fits `query`, in the order of that label. Raises Refused."""
    query = normalised(question.get("query"))
    narrowed = bool(question.get("group") or question.get("parent"))
    if not query and not narrowed:
        raise refusal.missing("query")
    maxhits, offset = question.number("maxhits", 1), question.number("offset", 0) or 0
    asked = _vocabularies(question)
    if query.strip("*"):
        found = _matching(question, asked, pattern.of(query))
    else:
        found = _all(question, asked) if narrowed else []
    chosen = _hits(question, found[offset : offset + maxhits] if maxhits else found)
    fields = hits.fields(question)
    context: Document = {
        **CONTEXT,
        "isothes": "http://purl.org/iso25964/skos-thes#",
        **ONKI,
        "results": {"@id": "onki:results", "@container": "@list"},
        **LABELS,
        **{field: f"skos:{field}" for field in fields},
        **({"prefLabels": {"@id": "skos:prefLabel", "@container": "@language"}} if PREFERRED in fields else {}),
        **_language(_display(question, question.get("lang"))),
    }
    results = [hits.document(question, hit, _named(question, hit.concept, asked), fields) for hit in chosen]
    return {"@context": context, "uri": "", "results": results}


def lookup(question: Question) -> Document:
    """The concepts of which `label` is a label: preferred before alternative, as it is written before otherwise."""
    label = composed(question.required("label"))
    matching = _matching(question, _vocabularies(question), pattern.exactly(label))
    found = [hits.document(question, hit, question.within, ()) for hit in _hits(question, matching)]
    ways: list[tuple[str, Callable[[str], bool]]] = []
    for name in ("prefLabel", *(() if question.get("lang") else ("matchedPrefLabel",)), "altLabel"):
        ways += [(name, lambda text: text == label), (name, lambda text: key(text) == key(label))]
    for name, same in ways:
        chosen = [hit for hit in found if name in hit and same(str(hit[name]))]
        if chosen:
            context = {**CONTEXT, **ONKI, "results": {"@id": "onki:results"}, **LABELS, **_language(question.lang)}
            return {"@context": context, "result": [_as_preferred(hit) for hit in chosen]}
    raise refusal.Refused(HTTPStatus.NOT_FOUND, f"Could not find label '{label}'")


def _as_preferred(hit: Document) -> Document:
    """A hit on the preferred label of another language, under that name."""
    rest = {name: value for name, value in hit.items() if name != "matchedPrefLabel"}
    return {**rest, "prefLabel": hit.get("matchedPrefLabel", hit["prefLabel"])}


def _hits(question: Question, entries: Iterable[Entry]) -> list[Hit]:
    display = _display(question, question.lang)
    return [Hit(entry.concept, entry.role, entry.label, display) for entry in entries]


def _display(question: Question, otherwise: str) -> str:
    """The language to show names in."""
    return question.get("labellang") or otherwise


def _language(lang: str) -> Document:
    return {"@language": lang} if lang else {}


def _vocabularies(question: Question) -> tuple[Vocabulary, ...]:
    """The vocabularies that `vocab` names, when all are asked; none for all of them. Raises Refused (404)."""
    if question.vocabulary:
        return (question.vocabulary,)
    names = dict.fromkeys(question.get("vocab").split())
    for name in names:
        if name not in question.table.vocabularies:
            raise refusal.no_vocabulary(name)
    return tuple(question.table.vocabularies[name] for name in names)


def _named(question: Question, concept: Concept, asked: Iterable[Vocabulary]) -> Vocabulary:
    """The vocabulary to name with a concept: the first of those asked that holds it."""
    return next((each for each in asked if each.holds(concept)), None) or question.table.homes(concept.iri)[0]


def _accepted(question: Question, asked: tuple[Vocabulary, ...]) -> Callable[[Concept], bool]:
    """Whether a concept is one that the parameters ask for."""
    conditions: list[Callable[[Concept], bool]] = []
    if asked:
        conditions.append(lambda concept: any(each.holds(concept) for each in asked))
    kinds = {expand(name) for name in question.get("type").replace("+", " ").split()}
    if kinds:
        conditions.append(lambda concept: not kinds.isdisjoint(concept.types))
    if schemes := set(question.get("scheme").split()):
        conditions.append(lambda concept: not schemes.isdisjoint(concept.schemes))
    if parent := question.get("parent"):
        under = below(question, parent)
        conditions.append(lambda concept: concept.iri in under)
    if group := question.get("group"):
        inside = {concept.iri for concept in concepts_of(question.table, group)}
        conditions.append(lambda concept: concept.iri in inside)
    return lambda concept: all(condition(concept) for condition in conditions)


def _matching(question: Question, asked: tuple[Vocabulary, ...], wanted: Pattern) -> list[Entry]:
    """The labels that fit, in their order; with `unique` the best one of each concept."""
    table, lang = question.table, question.get("lang")
    accepted, among = _accepted(question, asked), table.beginning(wanted.begin)
    entries = [
        entry
        for entry, text in zip(table.entries[among], table.keys[among], strict=True)
        if wanted.part in text
        and wanted.fits(text)
        and (not lang or matches(entry.label.language, lang))
        and accepted(entry.concept)
    ]
    if question.boolean("unique", False):
        return _best(entries, _display(question, question.lang))
    return entries


def _best(entries: list[Entry], display: str) -> list[Entry]:
    """Of each concept the best of these labels: by its role, in the language to show before others, then the first."""
    chosen: dict[str, tuple[int, int]] = {}
    for place, entry in enumerate(entries):
        other = not (display and matches(entry.label.language, display))
        rank = (_PRIORITY[entry.role] + other, place)
        chosen[entry.concept.iri] = min(rank, chosen.get(entry.concept.iri, rank))
    return [entries[place] for place in sorted(place for _, place in chosen.values())]


def _all(question: Question, asked: tuple[Vocabulary, ...]) -> list[Entry]:
    """The names to show of every concept that the parameters ask for, in their order."""
    display, accepted = _display(question, question.lang), _accepted(question, asked)
    return [
        entry
        for entry in question.table.entries
        if entry.role == PREFERRED and entry.label == best(entry.concept.names, display) and accepted(entry.concept)
    ]
