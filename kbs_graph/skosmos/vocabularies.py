"""Which vocabularies there are, what each is, which kinds of concept there are, and how many of what."""

from collections import Counter
from collections.abc import Iterable

from rdflib.namespace import SKOS

from kbs_graph.skosmos import refusal
from kbs_graph.skosmos.groups import in_vocabulary
from kbs_graph.skosmos.naming import COLLECTION, CONCEPT, language_name, matches, text
from kbs_graph.skosmos.question import CONTEXT, ONKI, RDFS, Document, Question
from kbs_graph.skosmos.table import ROLES

_CONCEPT = str(SKOS.Concept)
_VOID = {"void": "http://rdfs.org/ns/void#"}


def vocabularies(question: Question) -> Document:
    """All vocabularies, by id."""
    lang = question.required("lang")
    there = question.table.vocabularies
    return {
        "@context": {
            **RDFS,
            **ONKI,
            "title": {"@id": "rdfs:label", "@language": lang},
            "vocabularies": "onki:hasVocabulary",
            "id": "onki:vocabularyIdentifier",
            "uri": "@id",
            "@base": f"{question.here}vocabularies",
        },
        "uri": "",
        "vocabularies": [{"uri": name, "id": name, "title": text(there[name].titles, lang)} for name in sorted(there)],
    }


def information(question: Question) -> Document:
    """A vocabulary: its name, its languages, and the concept schemes that stand in it whole."""
    vocabulary, lang = question.within, question.lang
    by_iri = {each.iri: each for each in question.table.vocabularies.values()}
    schemes = []
    for iri in vocabulary.schemes:
        name = text(by_iri[iri].titles, lang)
        schemes.append({"label": name, "prefLabel": name, "title": name, "uri": iri, "type": "skos:ConceptScheme"})
    return {
        "@context": {
            **RDFS,
            **CONTEXT,
            **ONKI,
            "dct": "http://purl.org/dc/terms/",
            "conceptschemes": "onki:hasConceptScheme",
            "id": "onki:vocabularyIdentifier",
            "defaultLanguage": "onki:defaultLanguage",
            "languages": "onki:language",
            "label": "rdfs:label",
            "prefLabel": "skos:prefLabel",
            "title": "dct:title",
            "@language": lang,
            "@base": question.here,
        },
        "uri": "",
        "id": vocabulary.id,
        "marcSource": None,
        "title": text(vocabulary.titles, lang),
        "defaultLanguage": vocabulary.languages[0],
        "languages": list(vocabulary.languages),
        "conceptschemes": schemes,
    }


def types(question: Question) -> Document:
    """The kinds of concept that occur, the most general first."""
    if not question.lang:
        raise refusal.missing("lang")
    kinds = {kind for concept in question.table.within(question.vocabulary) for kind in concept.types}
    return {
        "@context": {
            **CONTEXT,
            **RDFS,
            **ONKI,
            "label": "rdfs:label",
            "superclass": {"@id": "rdfs:subClassOf", "@type": "@id"},
            "types": "onki:hasType",
            "@language": question.lang,
            "@base": question.here,
        },
        "uri": "",
        "types": [{"uri": kind, **_label(question, kind), **_superclass(question, kind)} for kind in _in_order(kinds)],
    }


def statistics(question: Question) -> Document:
    """How many concepts and groups of each kind. Those that were retired count, as in Skosmos, and are told apart."""
    vocabulary, lang = question.within, question.lang
    living = Counter(kind for concept in question.table.within(vocabulary) for kind in concept.types)
    dead = Counter(kind for each in question.table.retired_from(vocabulary) for kind in (each.type, _CONCEPT))
    groups = in_vocabulary(question.table, vocabulary)
    collections: Document = {
        "class": str(SKOS.Collection),
        "label": COLLECTION.in_language(lang),
        "count": len(groups),
        "deprecatedCount": 0,
    }
    return {
        "@context": {
            **RDFS,
            **CONTEXT,
            **_VOID,
            **ONKI,
            "id": "onki:vocabularyIdentifier",
            "concepts": "void:classPartition",
            "label": "rdfs:label",
            "class": {"@id": "void:class", "@type": "@id"},
            "subTypes": {"@id": "void:class", "@type": "@id"},
            "count": "void:entities",
            "@language": lang,
            "@base": question.here,
        },
        "uri": "",
        "id": vocabulary.id,
        "title": text(vocabulary.titles, lang),
        "concepts": {"class": _CONCEPT, **_label(question, _CONCEPT), **_counted(_CONCEPT, living, dead)},
        "subTypes": [
            {"type": kind, **_counted(kind, living, dead), **_label(question, kind)}
            for kind in _in_order(living | dead)
            if kind != _CONCEPT
        ],
        **({"conceptGroups": collections} if groups else {}),
    }


def label_statistics(question: Question) -> Document:
    """How many labels of each role there are in each language."""
    vocabulary, lang = question.within, question.lang
    counted = Counter(
        (label.language, role)
        for concept in question.table.within(vocabulary)
        for role, labels in concept.labels.items()
        for label in labels
    )
    return {
        "@context": {
            **RDFS,
            **CONTEXT,
            **_VOID,
            "void-ext": "http://ldf.fi/void-ext#",
            **ONKI,
            "id": "onki:vocabularyIdentifier",
            "languages": "void-ext:languagePartition",
            "language": "void-ext:language",
            "properties": "void:propertyPartition",
            "labels": "void:triples",
            "literal": {"@id": "rdfs:label", "@language": lang},
            "@base": question.here,
        },
        "uri": "",
        "id": vocabulary.id,
        "title": text(vocabulary.titles, lang),
        "languages": [
            {
                "language": language,
                "literal": language_name(language, lang),
                "properties": [{"property": f"skos:{role}", "labels": counted[language, role]} for role in ROLES],
            }
            for language in sorted(vocabulary.languages)
        ],
    }


def _counted(kind: str, living: Counter[str], dead: Counter[str]) -> dict[str, int]:
    return {"count": living[kind] + dead[kind], "deprecatedCount": dead[kind]}


def _in_order(kinds: Iterable[str]) -> list[str]:
    return sorted(kinds, key=lambda kind: (kind != _CONCEPT, kind))


def _label(question: Question, kind: str) -> dict[str, str]:
    """What a kind is called in the language asked; nothing when it has no name in it."""
    if kind == _CONCEPT:
        return {"label": CONCEPT.in_language(question.lang)}
    known = question.table.types.get(kind)
    labels = known.labels if known else {}
    return next(({"label": labels[each]} for each in labels if matches(each, question.lang)), {})


def _superclass(question: Question, kind: str) -> dict[str, str]:
    known = question.table.types.get(kind)
    return {"superclass": known.superclass} if known else {}
