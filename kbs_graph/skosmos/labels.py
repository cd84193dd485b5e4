"""All labels of one concept in one language, and the alphabetical list of a vocabulary."""

from collections.abc import Mapping, Sequence

from kbs_graph.folding import fold, sort_key
from kbs_graph.skosmos.naming import best, matches
from kbs_graph.skosmos.question import CONTEXT, Document, Question
from kbs_graph.skosmos.table import ALTERNATIVE, HIDDEN, PREFERRED, ROLES, Entry, Label

DIGITS, SPECIALS, ALL = "0-9", "!*", "*"
"""What stands for all labels that begin with a digit, with another sign than a letter or digit, and for all."""
_SKOSMOS = {"skosmos": "http://purl.org/net/skosmos#"}


def labels(question: Question) -> Document:
    """The labels of a concept in a language (in all, when none is known); of a retired one its last name."""
    iri, lang = question.required("uri"), question.lang
    found = {
        role: [label.text for label in tagged if not lang or matches(label.language, lang)]
        for role, tagged in _labels(question, iri).items()
    }
    preferred = found.pop(PREFERRED)
    return {
        "@context": {**CONTEXT, **{role: f"skos:{role}" for role in ROLES}, **({"@language": lang} if lang else {})},
        "uri": iri,
        **({PREFERRED: preferred[0]} if preferred else {}),
        **{role: texts for role, texts in found.items() if texts},
    }


def letters(question: Question) -> Document:
    """The letters that preferred labels in a language begin with; other signs and digits last."""
    initials = {_initial(e.label.text) for e in question.table.entries if _is_listed(question, e, (PREFERRED,))}
    places = sorted(initials - {DIGITS, SPECIALS}, key=sort_key)
    return {
        "@context": {
            **CONTEXT,
            **_SKOSMOS,
            "indexLetters": {"@id": "skosmos:indexLetters", "@container": "@list", "@language": question.lang},
        },
        "uri": "",
        "indexLetters": places + [each for each in (SPECIALS, DIGITS) if each in initials],
    }


def under_letter(question: Question, letter: str) -> Document:
    """The preferred and alternative labels under a letter (or how a label begins), DIGITS, SPECIALS or ALL."""
    found = [entry for entry in _under(question, letter) if _is_listed(question, entry, (PREFERRED, ALTERNATIVE))]
    offset, limit = question.lenient_number("offset", 0), question.lenient_number("limit", 0)
    return {
        "@context": {
            **CONTEXT,
            **_SKOSMOS,
            "indexConcepts": {"@id": "skosmos:indexConcepts", "@container": "@list"},
        },
        "uri": "",
        "indexConcepts": [_row(question, each) for each in found[offset : offset + limit if limit else None]],
    }


def _under(question: Question, letter: str) -> Sequence[Entry]:
    """The labels under a letter, with or without marks on it."""
    entries = question.table.entries
    if letter == ALL:
        return entries
    if letter in (DIGITS, SPECIALS):
        return [entry for entry in entries if _initial(entry.label.text) == letter]
    found = entries[question.table.beginning(letter)] if fold(letter) else ()
    return [entry for entry in found if _initial(entry.label.text) != SPECIALS]


def _is_listed(question: Question, entry: Entry, roles: tuple[str, ...]) -> bool:
    spoken = entry.role in roles and matches(entry.label.language, question.lang)
    return spoken and question.within.holds(entry.concept)


def _initial(text: str) -> str:
    """The letter a label stands under: without a mark on it, as Dutch and English sort."""
    first = text[:1]
    if first.isalpha():
        return fold(first)[:1].upper() or first
    return DIGITS if first.isdigit() else SPECIALS


def _row(question: Question, entry: Entry) -> Document:
    """A label in the list, with the name of its concept in the same language or what stands in for it."""
    name = best(entry.concept.names, question.lang)
    other = {ALTERNATIVE: entry.label.text} if entry.role == ALTERNATIVE else {}
    return {
        "uri": entry.concept.iri,
        "localname": question.within.local_name(entry.concept.iri),
        "prefLabel": name.text if name else entry.label.text,
        **other,
        "lang": entry.label.language,
    }


def _labels(question: Question, iri: str) -> Mapping[str, tuple[Label, ...]]:
    """The labels of a concept or of what is left of one, by role. Raises Refused (404)."""
    gone = question.table.retired.get(iri)
    if gone and (question.vocabulary is None or question.vocabulary.holds(gone)):
        return {PREFERRED: gone.names, ALTERNATIVE: (), HIDDEN: ()}
    return question.concept().labels
