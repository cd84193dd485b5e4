"""Statements as canonical N-Triples lines, as a contribution keeps them: what each is about, and what it fills."""

import re
from collections.abc import Iterable, Mapping

from rdflib.namespace import DCTERMS, FOAF, RDF

from kbs_graph.terms import ID, Iri, K

_LINE = re.compile(r'<[^<>"{}|^`\\\x00-\x20]+> <[^<>"{}|^`\\\x00-\x20]+> (<[^<>"{}|^`\\\x00-\x20]+>|"[^\n\r]*"\S*) \.')
_LANGUAGE = re.compile(r'"@([A-Za-z0-9-]+) \.$')
_PAGE = f"<{FOAF.page}>"
_ADDING_UP = {f"<{name}>" for name in (RDF.type, DCTERMS.subject, K.mainSubject)}
"""Properties of which every organisation may add values: they link a source, and take nothing from what others say."""


def are_sound(lines: Iterable[str]) -> bool:
    """Whether all are statements in the form that we write: no blank nodes, no line breaks."""
    return all(map(_LINE.fullmatch, lines))


def thing_of(line: str) -> Iri:
    """The IRI that a line says something of."""
    return Iri(line[1 : line.index(">")])


def value_of(line: str) -> str:
    """The object of a line, as N-Triples writes it."""
    return line.split(" ", 2)[2].removesuffix(" .")


def linked(line: str) -> Iri | None:
    """The thing of ours that a line links to, if any."""
    value = value_of(line)
    return Iri(value[1:-1]) if value.startswith(f"<{ID}") else None


def address(line: str) -> str | None:
    """The web address that a line gives its source, if it is such a line."""
    return value_of(line)[1:-1] if f"> {_PAGE} " in line else None


def by_thing(lines: Iterable[str]) -> dict[Iri, frozenset[str]]:
    """Lines by what they say something of."""
    found: dict[Iri, set[str]] = {}
    for line in lines:
        found.setdefault(thing_of(line), set()).add(line)
    return {thing: frozenset(own) for thing, own in found.items()}


def place(line: str) -> tuple[str, str] | None:
    """The place that a line fills: its property and language. Two owners cannot both fill it; None where they can."""
    predicate = line.split(" ", 2)[1]
    if predicate in _ADDING_UP:
        return None
    language = _LANGUAGE.search(line)
    return predicate, language[1].lower() if language else ""


def renamed(lines: Iterable[str], names: Mapping[Iri, Iri]) -> frozenset[str]:
    """The same lines about things that are called otherwise now."""
    return frozenset(_renamed(line, names) for line in lines) if names else frozenset(lines)


def _renamed(line: str, names: Mapping[Iri, Iri]) -> str:
    thing = thing_of(line)
    return f"<{names[thing]}>{line[len(thing) + 2 :]}" if thing in names else line


def quads(lines: Iterable[str], graph: Iri) -> frozenset[str]:
    """Lines as N-Quads of a graph."""
    return frozenset(f"{line[:-1]}<{graph}> ." for line in lines)
