"""The groups of a vocabulary: the skos:Collections in which a concept of it stands, at any depth."""

from kbs_graph.folding import sort_key
from kbs_graph.skosmos import refusal
from kbs_graph.skosmos.naming import shown
from kbs_graph.skosmos.question import CONTEXT, ONKI, Document, Question
from kbs_graph.skosmos.table import Concept, Group, Table, Vocabulary


def groups(question: Question) -> Document:
    lang = question.lang
    listed = []
    for group in in_vocabulary(question.table, question.within):
        children = [iri for iri in group.members if iri in question.table.groups]
        listed.append(
            {
                "uri": group.iri,
                "prefLabel": shown(group.names, lang, group.iri),
                **({"childGroups": children} if children else {}),
                "hasMembers": True,
                **({"notation": group.notation} if group.notation else {}),
            }
        )
    return {
        "@context": {
            **CONTEXT,
            **ONKI,
            "prefLabel": "skos:prefLabel",
            "groups": "onki:hasGroup",
            "childGroups": {"@id": "skos:member", "@type": "@id"},
            "hasMembers": "onki:hasMembers",
            "@language": lang,
        },
        "uri": "",
        "groups": sorted(listed, key=lambda each: sort_key(str(each["prefLabel"]))),
    }


def members(question: Question) -> Document:
    """What stands in a group: concepts of the vocabulary, and other groups of it (`isSuper`)."""
    iri = question.required("uri")
    there = {group.iri: group for group in in_vocabulary(question.table, question.within)}
    if iri not in there:
        raise refusal.no_group(iri)
    listed = [each for member in there[iri].members if (each := _member(question, member, there)) is not None]
    return {
        "@context": {**CONTEXT, "prefLabel": "skos:prefLabel", "members": "skos:member", "@language": question.lang},
        "uri": iri,
        "members": sorted(listed, key=lambda each: sort_key(str(each["prefLabel"]))),
    }


def in_vocabulary(table: Table, vocabulary: Vocabulary) -> list[Group]:
    return [group for group in table.groups.values() if any(map(vocabulary.holds, concepts_of(table, group.iri)))]


def concepts_of(table: Table, iri: str) -> list[Concept]:
    """The concepts in a group and in the groups in it; none for what is no group."""
    passed = {iri}
    waiting = [iri]
    found = []
    while waiting:
        at = waiting.pop()
        if at in table.groups:
            waiting += [each for each in table.groups[at].members if each not in passed]
            passed.update(table.groups[at].members)
        elif at in table.concepts:
            found.append(table.concepts[at])
    return found


def _member(question: Question, iri: str, there: dict[str, Group]) -> Document | None:
    member = there.get(iri) or question.table.concepts.get(iri)
    if member is None or (isinstance(member, Concept) and not question.within.holds(member)):
        return None
    inner = isinstance(member, Group)
    return {
        "uri": iri,
        "prefLabel": shown(member.names, question.lang, iri),
        "type": ["skos:Collection" if inner else "skos:Concept"],
        "isSuper": inner,
        "hasMembers": inner,
        **({"notation": member.notation} if member.notation else {}),
    }
