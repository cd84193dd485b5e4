"""What stands above, below and beside a concept in a vocabulary (or in all of them, where none is asked).

Names that are not there in the language say which they are in.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from kbs_graph.folding import sort_key
from kbs_graph.skosmos.naming import shown
from kbs_graph.skosmos.question import CONTEXT, ONKI, Document, Question
from kbs_graph.skosmos.table import Concept, Vocabulary

MOST = 1000
"""How many concepts a transitive answer holds when no limit is asked."""
_NOTATION = {"notation": "skos:notation"}
_CHILDREN = {"hasChildren": "onki:hasChildren"}


def top_concepts(question: Question) -> Document:
    """The top concepts of a scheme (an IRI); of that of the vocabulary when none is asked."""
    scheme = question.get("scheme") or question.within.iri
    found = [concept for concept in question.table.within(question.vocabulary) if scheme in concept.top_of]
    return {
        "@context": {
            **CONTEXT,
            **ONKI,
            "topconcepts": "skos:hasTopConcept",
            **_NOTATION,
            "label": "skos:prefLabel",
            "@language": question.lang,
        },
        "uri": scheme,
        "topconcepts": [
            {
                "uri": concept.iri,
                "topConceptOf": scheme,
                "label": _name(concept, question),
                "hasChildren": _has_children(question, concept),
                **_notation(concept),
            }
            for concept in _by_name(found, question)
        ],
    }


def broader(question: Question) -> Document:
    return _direct(question, "broader", question.concept().broader)


def narrower(question: Question) -> Document:
    return _direct(question, "narrower", question.concept().narrower)


def related(question: Question) -> Document:
    return _direct(question, "related", question.concept().related)


def broader_transitive(question: Question) -> Document:
    return _transitive(question, "broader", lambda concept: concept.broader)


def narrower_transitive(question: Question) -> Document:
    return _transitive(question, "narrower", lambda concept: concept.narrower)


def children(question: Question) -> Document:
    """The narrower concepts, each with whether it has narrower ones itself."""
    concept = question.concept()
    return {
        "@context": {
            **CONTEXT,
            **ONKI,
            "prefLabel": "skos:prefLabel",
            "narrower": "skos:narrower",
            **_NOTATION,
            **_CHILDREN,
            "@language": question.lang,
        },
        "uri": concept.iri,
        "narrower": _below(question, concept, "prefLabel"),
    }


def hierarchy(question: Question) -> Document:
    """A concept and all above it, by IRI, each with what stands below it; and the other top concepts."""
    concept, vocabulary = question.concept(), question.within
    found: Document = {}
    for each in _walk(question, concept, lambda at: at.broader, MOST):
        children_of, above = _below(question, each, "label"), [up.iri for up in _known(question, each.broader)]
        found[each.iri] = {
            "uri": each.iri,
            **_tops(each, vocabulary),
            "prefLabel": _name(each, question),
            **_notation(each),
            **({"broader": above} if above else {}),
            **({"narrower": children_of} if children_of else {}),
        }
    tops = [each for each in question.table.within(vocabulary) if vocabulary.iri in each.top_of]
    for top in _by_name(tops, question):
        if top.iri not in found:
            found[top.iri] = {
                "uri": top.iri,
                "top": vocabulary.iri,
                "tops": [vocabulary.iri],
                "prefLabel": _name(top, question),
                "hasChildren": _has_children(question, top),
                **_notation(top),
            }
    return {
        "@context": {
            **CONTEXT,
            **ONKI,
            "prefLabel": "skos:prefLabel",
            **_NOTATION,
            "narrower": {"@id": "skos:narrower", "@type": "@id"},
            "broader": {"@id": "skos:broader", "@type": "@id"},
            "broaderTransitive": {"@id": "skos:broaderTransitive", "@container": "@index"},
            "top": {"@id": "skos:topConceptOf", "@type": "@id"},
            "tops": {"@id": "skos:topConceptOf", "@type": "@id"},
            **_CHILDREN,
            "@language": question.lang,
        },
        "uri": concept.iri,
        "broaderTransitive": found,
    }


def below(question: Question, iri: str) -> set[str]:
    """All that stands below a concept, at any depth and in any vocabulary; nothing for what is no concept."""
    concepts = question.table.concepts
    start = concepts.get(iri)
    found = _walk(replace(question, vocabulary=None), start, lambda at: at.narrower, len(concepts)) if start else []
    return {each.iri for each in found if each is not start}


def _direct(question: Question, name: str, iris: Iterable[str]) -> Document:
    found = _by_name(_known(question, iris), question)
    return {
        "@context": {**CONTEXT, "prefLabel": "skos:prefLabel", name: f"skos:{name}", "@language": question.lang},
        "uri": question.get("uri"),
        name: [{"uri": each.iri, "prefLabel": _name(each, question)} for each in found],
    }


def _transitive(question: Question, name: str, step: Callable[[Concept], Iterable[str]]) -> Document:
    """The concept itself and all there is in one direction, nearest first, at most `limit`."""
    concept, limit = question.concept(), question.limit(MOST)
    found = {}
    for each in _walk(question, concept, step, limit):
        direct = [other.iri for other in _known(question, step(each))]
        entry = {"uri": each.iri, "prefLabel": _name(each, question)}
        found[each.iri] = {**entry, **({name: direct} if direct else {})}
    return {
        "@context": {
            **CONTEXT,
            "prefLabel": "skos:prefLabel",
            name: {"@id": f"skos:{name}", "@type": "@id"},
            f"{name}Transitive": {"@id": f"skos:{name}Transitive", "@container": "@index"},
            "@language": question.lang,
        },
        "uri": concept.iri,
        f"{name}Transitive": found,
    }


def _walk(question: Question, start: Concept, step: Callable[[Concept], Iterable[str]], most: int) -> list[Concept]:
    """The concepts reached from one, itself first, nearest first, each once: a circle ends the walk."""
    reached = {start.iri: start}
    for at in (queue := [start]):
        for each in _known(question, step(at)):
            if len(reached) < most and each.iri not in reached:
                reached[each.iri] = each
                queue.append(each)
    return queue


def _below(question: Question, concept: Concept, name: str) -> list[Document]:
    return [
        {
            "uri": each.iri,
            name: _name(each, question),
            "hasChildren": _has_children(question, each),
            **_notation(each),
        }
        for each in _by_name(_known(question, concept.narrower), question)
    ]


def _tops(concept: Concept, vocabulary: Vocabulary) -> Document:
    """The schemes of which a concept is a top concept, and the first of them: that of the vocabulary if it can be."""
    if not concept.top_of:
        return {}
    tops = sorted(concept.top_of)
    return {"top": vocabulary.iri if vocabulary.iri in tops else tops[0], "tops": tops}


def _known(question: Question, iris: Iterable[str]) -> list[Concept]:
    """Those of the vocabulary asked, so that whatever an answer names can be asked for there in turn."""
    found = [question.table.concepts[iri] for iri in iris if iri in question.table.concepts]
    return [each for each in found if question.vocabulary is None or question.vocabulary.holds(each)]


def _by_name(concepts: Iterable[Concept], question: Question) -> list[Concept]:
    return sorted(concepts, key=lambda each: (sort_key(_name(each, question)), each.iri))


def _name(concept: Concept, question: Question) -> str:
    return shown(concept.names, question.lang, concept.iri)


def _has_children(question: Question, concept: Concept) -> bool:
    return bool(_known(question, concept.narrower))


def _notation(concept: Concept) -> Document:
    return {"notation": concept.notation} if concept.notation else {}
