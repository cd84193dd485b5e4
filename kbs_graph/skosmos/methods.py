"""Which path of the API is answered by which function; `data` and redirects are left to whoever speaks HTTP."""

from collections.abc import Callable
from functools import partial

from kbs_graph.skosmos import changes, groups, hierarchy, labels, mapping, refusal, searching, vocabularies
from kbs_graph.skosmos.question import Document, Question
from kbs_graph.skosmos.table import Table, Vocabulary

Method = Callable[[Question], Document]
DATA = "data"
"""The method that answers RDF."""
GLOBAL: dict[str, Method] = {
    "vocabularies": vocabularies.vocabularies,
    "search": searching.search,
    "label": labels.labels,
    "types": vocabularies.types,
}
"""The methods without a vocabulary."""
OF_VOCABULARY: dict[str, Method] = {
    "": vocabularies.information,
    "types": vocabularies.types,
    "topConcepts": hierarchy.top_concepts,
    "mappings": mapping.mappings,
    "search": searching.search,
    "label": labels.labels,
    "lookup": searching.lookup,
    "index": labels.letters,
    "broader": hierarchy.broader,
    "broaderTransitive": hierarchy.broader_transitive,
    "narrower": hierarchy.narrower,
    "narrowerTransitive": hierarchy.narrower_transitive,
    "hierarchy": hierarchy.hierarchy,
    "children": hierarchy.children,
    "related": hierarchy.related,
    "vocabularyStatistics": vocabularies.statistics,
    "labelStatistics": vocabularies.label_statistics,
    "groups": groups.groups,
    "groupMembers": groups.members,
    "new": changes.new,
    "modified": changes.modified,
}
"""The methods of one vocabulary; its description at the address of the vocabulary itself."""
QUERIES = (searching.search, searching.lookup)
"""The methods that are asked with words a person typed."""


def vocabulary_of(table: Table, path: str) -> Vocabulary | None:
    """The vocabulary that a path begins with, None for one of the methods without. Raises Refused (404)."""
    first = path.partition("/")[0]
    if first in GLOBAL or first == DATA:
        return None
    if first not in table.vocabularies:
        raise refusal.no_vocabulary(first) if first else refusal.no_method()
    return table.vocabularies[first]


def method_of(path: str, vocabulary: Vocabulary | None) -> Method | None:
    """What answers a path, with or without a slash at its end; None for data. Raises Refused (404)."""
    name = path.strip("/") if vocabulary is None else path.removeprefix(vocabulary.id).strip("/")
    if name == DATA:
        return None
    known = GLOBAL if vocabulary is None else OF_VOCABULARY
    begin, _, letter = name.partition("/")
    if begin == "index" and letter and vocabulary:
        return partial(labels.under_letter, letter=letter)
    if name not in known:
        raise refusal.no_method()
    return known[name]
