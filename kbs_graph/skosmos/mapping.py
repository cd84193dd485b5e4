"""How a concept meets those of other schemes, as mappings in JSKOS with what pages of Skosmos show beside them."""

import json

from kbs_graph import mappings as known
from kbs_graph.mappings import IN_WORDS, RELATIONS, Mapping
from kbs_graph.skosmos import description, refusal
from kbs_graph.skosmos.naming import best, text
from kbs_graph.skosmos.question import CONTEXT, Document, Question
from kbs_graph.skosmos.table import Label
from kbs_graph.terms import Iri


def mappings(question: Question) -> Document:
    """The mappings of a concept, the closest first, and all that is said of it as JSON-LD in a string.

    With `external` false the names of concepts of others are left out. Raises Refused (400, 404).
    """
    iri = question.required("uri")
    concept = question.table.concepts.get(iri)
    if concept is None or not question.within.holds(concept):
        raise refusal.no_data()
    found = sorted(known.of_thing(question.store, iri), key=lambda each: list(RELATIONS.values()).index(each.relation))
    graph = description.compacted(description.of(question.store, Iri(iri)), iri)
    return {
        "@context": CONTEXT,
        "mappings": [_jskos(question, each) for each in found],
        "graph": json.dumps(graph, ensure_ascii=False),
    }


def _jskos(question: Question, mapping: Mapping) -> Document:
    lang = question.get("clang") or question.lang
    theirs = mapping.theirs
    name = best((Label(label, tag) for tag, label in theirs.label.items()), lang)
    named = name if question.boolean("external", True) else None
    return {
        "uri": mapping.ours.iri,
        "notation": mapping.notation,
        "type": [f"skos:{mapping.relation}"],
        "prefLabel": named.text if named else theirs.iri,
        "from": {"memberSet": [{"uri": mapping.ours.iri}]},
        "to": {
            "memberSet": [
                {
                    "uri": theirs.iri,
                    **({"notation": mapping.notation} if mapping.notation else {}),
                    **({"prefLabel": {named.language: named.text}} if named else {}),
                }
            ]
        },
        "fromScheme": {"uri": question.within.iri},
        "toScheme": {"uri": mapping.scheme.ref.iri},
        "hrefLink": theirs.iri,
        "lang": named.language if named else "",
        "vocabName": text(mapping.scheme.ref.label, lang),
        "typeLabel": IN_WORDS[mapping.relation].in_language(question.lang),
        "description": text(mapping.why, lang),
    }
