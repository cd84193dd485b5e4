"""A concept that was found, as Skosmos tells it, with the properties of it that were asked too."""

from dataclasses import dataclass

from rdflib.namespace import SKOS

from kbs_graph.serialize import compact
from kbs_graph.skosmos.gathering import of_skos
from kbs_graph.skosmos.naming import best, matches
from kbs_graph.skosmos.question import Document, Question
from kbs_graph.skosmos.table import PREFERRED, ROLES, Concept, Label, Vocabulary
from kbs_graph.terms import Literal, Term

LABELS = {role: f"skos:{role}" for role in ROLES}
"""The labels in the context of an answer."""
_FIELDS = (
    *ROLES,
    *("broader", "narrower", "related", "inScheme", "topConceptOf", "notation"),
    *("definition", "scopeNote", "example", "note", "editorialNote", "historyNote", "changeNote"),
    *("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch"),
)
"""The properties of SKOS that can be asked with a hit."""


@dataclass(frozen=True)
class Hit:
    """A concept, the label it was found by and what that is to it, and the language to show its name in (or none:
    that of the label)."""

    concept: Concept
    role: str
    label: Label
    display: str


def fields(question: Question) -> tuple[str, ...]:
    """The properties asked with each hit; what is no property of SKOS is ignored."""
    return tuple(dict.fromkeys(name for name in question.get("fields").split() if name in _FIELDS))


def document(question: Question, hit: Hit, vocabulary: Vocabulary, asked: tuple[str, ...]) -> Document:
    """A hit of a vocabulary. `lang` is the language of the label that matched."""
    concept = hit.concept
    name = _name(hit)
    own = concept.iri.startswith(vocabulary.space)
    return {
        "uri": concept.iri,
        "type": [compact(kind) if kind.startswith(str(SKOS)) else kind for kind in concept.types],
        **({"localname": vocabulary.local_name(concept.iri)} if own else {}),
        "prefLabel": name.text,
        "lang": hit.label.language,
        **({"notation": concept.notation} if concept.notation else {}),
        **_found_by(hit, name),
        **{field: found for field in asked if field != PREFERRED and (found := _values(question, hit, field))},
        **({"prefLabels": {each.language: each.text for each in concept.names}} if PREFERRED in asked else {}),
        "vocab": vocabulary.id,
    }


def _name(hit: Hit) -> Label:
    """The name to show: in the language to show, else in that of the label, else any."""
    for language in (hit.display, hit.label.language):
        found = best(hit.concept.names, language)
        if found and language and matches(found.language, language):
            return found
    return best(hit.concept.names, "") or hit.label


def _found_by(hit: Hit, name: Label) -> Document:
    if hit.role == PREFERRED:
        return {"matchedPrefLabel": hit.label.text} if hit.label != name else {}
    return {hit.role: hit.label.text}


def _values(question: Question, hit: Hit, field: str) -> list[object]:
    """The values of a property: things with their names, texts in the language shown (all of them when it is none)."""
    found = of_skos(question.store, field).get(hit.concept.iri, ())
    return [each for value in found if (each := _value(question, value, hit.display))]


def _value(question: Question, value: Term, lang: str) -> object:
    if isinstance(value, Literal):
        spoken = not value.language or not lang or matches(value.language, lang)
        return value.value if spoken else None
    concept = question.table.concepts.get(value)
    name = best(concept.names, lang) if concept else None
    return {"uri": str(value), **({"prefLabel": name.text} if name else {})}
