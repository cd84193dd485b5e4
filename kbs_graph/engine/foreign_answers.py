"""The answer of a store elsewhere, written as ours are: under our own names of graphs, with literals as we write them.

A query worker does this, for it was a stranger who chose what the store would say. Answers come in as JSON (SPARQL 1.1
Query Results JSON Format, with the `typed-literal` of older stores) or as N-Triples.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kbs_graph.errors import Unavailable
from kbs_graph.published_names import unversioned
from kbs_graph.terms import Literal

ROWS, GRAPH, TRUTH = "rows", "graph", "truth"
"""What an answer is: of a SELECT, of a CONSTRUCT or DESCRIBE, of an ASK (which is asked for as rows, see `dialect`)."""
_XSD = "http://www.w3.org/2001/XMLSchema#"
_SECONDS = re.compile(r"(\d+)(?:\.0*)?")
_TRUTH = {"1": "true", "0": "false"}
_TYPED = re.compile(rb'("type"\s*:\s*)"typed-literal"')
_NODE = re.compile(rb'("value"\s*:\s*)"nodeID://')
_REWRITTEN = re.compile(rb'("datatype"\s*:\s*"[^"]*#(boolean|duration)")(\s*,\s*"value"\s*:\s*")([\d.]+)"')
_WHY = 100
"""Signs of what is wrong with an answer that are passed on."""


class Unfit(Unavailable):
    """An answer is not what its type says (`why`), or it was cut off: the store gives no more than `rows`."""

    def __init__(self, why: str, rows: int = 0):
        super().__init__(
            "Het antwoord van de store is niet te gebruiken. Probeer het later opnieuw.",
            "The answer of the store cannot be used. Try again later.",
        )
        self.why, self.rows = why, rows


@dataclass(frozen=True)
class Received:
    """A whole answer as it came in: its bytes, and the limit on rows that the store announced (0: none)."""

    body: bytes
    most_rows: int = 0


def kind_of(result: Any) -> str:
    """What the answer to a query is, from the result of the same query on a store of our own."""
    return GRAPH if isinstance(result, ox.QueryTriples) else TRUTH if isinstance(result, ox.QueryBoolean) else ROWS


def write(received: Received, kind: str, media_type: str, out: Any) -> None:
    """Write an answer to a file in the form that was asked for. Raises Unfit before anything is written."""
    try:
        text = unversioned(received.body.decode()).encode() if b"#v" in received.body else received.body
        body = text if kind == GRAPH else plain_json(text)
        size = sum(1 for _ in (_triples(body) if kind == GRAPH else _rows(body)))
    except (SyntaxError, ValueError, TypeError) as error:
        raise Unfit(f"{type(error).__name__}: {str(error)[:_WHY]}") from error
    if kind != TRUTH and 0 < received.most_rows <= size:
        raise Unfit("", received.most_rows)
    formats: Any = ox.RdfFormat if kind == GRAPH else ox.QueryResultsFormat
    form = formats.from_media_type(media_type)
    if kind == GRAPH:
        ox.serialize(_triples(body), out, format=form)
    else:
        _results(body if kind == ROWS else _truth(size > 0)).serialize(out, format=form)


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


def _results(body: bytes) -> Any:
    return ox.parse_query_results(input=body, format=ox.QueryResultsFormat.JSON)


def _rows(body: bytes) -> Iterator[Any]:
    """The rows in which something is bound: Virtuoso gives an empty one for DISTINCT over nothing."""
    return (row for row in _results(body) if any(value is not None for value in row))


def _triples(body: bytes) -> Iterator[ox.Triple]:
    for quad in ox.parse(input=body, format=ox.RdfFormat.N_TRIPLES):
        found = quad.object
        if isinstance(found, ox.Literal) and found.datatype.value.startswith(_XSD) and not found.language:
            literal = Literal(found.value, None, found.datatype.value)
            if literal != canonical(literal):
                found = ox.Literal(canonical(literal).value, datatype=found.datatype)
        yield ox.Triple(quad.subject, quad.predicate, found)


def _truth(holds: bool) -> bytes:
    return b'{"head":{},"boolean":%s}' % (b"true" if holds else b"false")


def _as_written(found: re.Match[bytes]) -> bytes:
    literal = canonical(Literal(found[4].decode(), None, _XSD + found[2].decode()))
    return found[1] + found[3] + literal.value.encode() + b'"'


def _duration(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = "".join(f"{number}{unit}" for number, unit in ((hours, "H"), (minutes, "M"), (rest, "S")) if number)
    return f"PT{parts or '0S'}"
