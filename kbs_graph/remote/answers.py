"""Answers of a store elsewhere as rows and triples in our own terms, under the names our graphs have here.

JSON (SPARQL 1.1 Query Results JSON Format, with the `typed-literal` of older stores) and N-Triples.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kbs_graph.remote.naming import unversioned
from kbs_graph.serialize import native
from kbs_graph.store import Row
from kbs_graph.terms import Iri, Literal, Term, Triple

_XSD = "http://www.w3.org/2001/XMLSchema#"
_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
_SECONDS = re.compile(r"(\d+)(?:\.0*)?")
_TRUTH = {"1": "true", "0": "false"}
_TYPED = re.compile(rb'("type"\s*:\s*)"typed-literal"')
_NODE = re.compile(rb'("value"\s*:\s*)"nodeID://')
_REWRITTEN = re.compile(rb'("datatype"\s*:\s*"[^"]*#(boolean|duration)")(\s*,\s*"value"\s*:\s*")([\d.]+)"')


class Unreadable(ValueError):
    """An answer is not what its type says."""


@dataclass(frozen=True)
class Solutions:
    """The answer to a SELECT: its variables and rows. Of an ASK: `truth`."""

    variables: tuple[str, ...]
    rows: list[Row]
    truth: bool | None = None


def solutions(body: bytes) -> Solutions:
    """Read an answer in JSON. Raises Unreadable.

    A row in which nothing is bound is left out: Virtuoso gives one for DISTINCT over nothing.
    """
    try:
        document = json.loads(body)
        if "boolean" in document:
            return Solutions((), [], bool(document["boolean"]))
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


def canonical(literal: Literal) -> Literal:
    """A literal as we write it: Virtuoso gives `1` for `true`, and a duration in seconds (`3000.0` for `PT50M`)."""
    if literal.datatype == _XSD + "boolean":
        return literal._replace(value=_TRUTH.get(literal.value, literal.value))
    seconds = _SECONDS.fullmatch(literal.value) if literal.datatype == _XSD + "duration" else None
    return literal._replace(value=_duration(int(seconds[1]))) if seconds else literal


def plain_json(body: bytes) -> bytes:
    """An answer in JSON as the standard has it, with literals as we write them, without reading it as a whole.

    The patterns fit no text within a value, in which every quotation mark has a backslash before it.
    """
    body = _NODE.sub(rb'\1"', _TYPED.sub(rb'\1"literal"', body))
    return _REWRITTEN.sub(_as_written, body)


def _as_written(found: re.Match[bytes]) -> bytes:
    literal = canonical(Literal(found[4].decode(), None, _XSD + found[2].decode()))
    return found[1] + found[3] + literal.value.encode() + b'"'


def _duration(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = "".join(f"{number}{unit}" for number, unit in ((hours, "H"), (minutes, "M"), (rest, "S")) if number)
    return f"PT{parts or '0S'}"


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
