"""Answers of a store elsewhere as rows and triples in our own terms, under the names our graphs have here.

For questions of our own; those of strangers are answered by a worker, see `foreign_answers`.
"""

import json
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kbs_graph.engine.foreign_answers import canonical
from kbs_graph.published_names import unversioned
from kbs_graph.serialize import native
from kbs_graph.store import Row
from kbs_graph.terms import Iri, Literal, Term, Triple

_XSD = "http://www.w3.org/2001/XMLSchema#"
_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"


class Unreadable(ValueError):
    """An answer is not what its type says."""


@dataclass(frozen=True)
class Solutions:
    """The answer to a SELECT: its variables and rows."""

    variables: tuple[str, ...]
    rows: list[Row]


def solutions(body: bytes) -> Solutions:
    """Read an answer in JSON. Raises Unreadable.

    A row in which nothing is bound is left out: Virtuoso gives one for DISTINCT over nothing.
    """
    try:
        document = json.loads(body)
        rows = ({name: _term(told) for name, told in row.items()} for row in document["results"]["bindings"])
        return Solutions(tuple(document["head"]["vars"]), [row for row in rows if row])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable(f"{type(error).__name__}: {str(error)[:100]}") from error


def triples(body: bytes) -> list[Triple]:
    """Read an answer in N-Triples, each triple once. Raises Unreadable."""
    try:
        found = (_triple(item) for item in ox.parse(input=body, format=ox.RdfFormat.N_TRIPLES))
        return list(dict.fromkeys(found))
    except (SyntaxError, ValueError) as error:
        raise Unreadable(f"{type(error).__name__}: {str(error)[:100]}") from error


def line(triple: Triple) -> str:
    """A triple as an N-Triples line, as a store of ours gives it."""
    return f"{ox.Triple(*map(native, triple))} ."


def _term(told: dict[str, str]) -> Term:
    kind, value = told["type"], told["value"]
    if kind == "uri":
        return Iri(unversioned(value))
    if kind == "bnode":
        return Iri(f"_:{value.removeprefix('nodeID://')}")
    if kind not in ("literal", "typed-literal"):
        raise ValueError(kind)
    language = told.get("xml:lang")
    datatype = _LANG_STRING if language else told.get("datatype", _XSD + "string")
    return canonical(Literal(unversioned(value), language, datatype))


def _triple(item: Any) -> Triple:
    return _native(item.subject), Iri(item.predicate.value), _native(item.object)


def _native(term: Any) -> Term:
    if isinstance(term, ox.Literal):
        return canonical(Literal(unversioned(term.value), term.language, term.datatype.value))
    return Iri(unversioned(term.value)) if isinstance(term, ox.NamedNode) else Iri(str(term))
