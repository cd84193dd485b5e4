"""Content negotiation (RFC 9110, section 12): small pure functions over a parsed Accept header."""

import re
from collections.abc import Iterable, Mapping, Sequence

from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from kbs_graph.serialize import (
    GRAPH_ALIASES,
    GRAPH_FORMATS,
    QUERY_GRAPH_FORMATS,
    RESULT_ALIASES,
    RESULT_FORMATS,
    Format,
)

HTML = "text/html"
XHTML = "application/xhtml+xml"
PROBLEM = "application/problem+json"
_GRAPHS = {form.media_type: form for form in GRAPH_FORMATS.values()}
_TYPES = {form.ending: form.media_type for form in (*QUERY_GRAPH_FORMATS.values(), *RESULT_FORMATS.values())}
_DATA = {*_TYPES.values(), *RESULT_ALIASES, *GRAPH_ALIASES}
_PROGRAMS = {*_DATA, PROBLEM, "*/*", "*", "application/*", "text/*"}
"""What a program asks for, rather than a browser."""
_NAMES = {
    **_TYPES,
    "html": HTML,
    HTML: HTML,
    "json": "application/json",
    "xml": "application/xml",
    "turtle": _TYPES["ttl"],
    "n3": _TYPES["ttl"],
    "rdf+xml": _TYPES["rdf"],
    "rdfxml": _TYPES["rdf"],
    "json-ld": _TYPES["jsonld"],
    "ntriples": _TYPES["nt"],
    "n-triples": _TYPES["nt"],
    "nquads": _TYPES["nq"],
    "n-quads": _TYPES["nq"],
}
"""The short names of forms that SPARQL clients send; json and xml are forms of results and of graphs."""

_BARE_POINT = re.compile(r"\bq=\.(?=\d)")

Range = tuple[str, float]


def ranges(accept: MIMEAccept) -> list[Range]:
    """The media ranges with their weights, without other parameters, XHTML as HTML.

    Nothing asked or nothing understood means `*/*`.
    """
    found = [(value.partition(";")[0].strip().lower(), float(weight)) for value, weight in accept]
    known = [(HTML if name == XHTML else name, weight) for name, weight in found if "/" in name or name == "*"]
    return known or [("*/*", 1.0)]


def read(accept: str) -> list[Range]:
    """The media ranges of an Accept header as it was sent. Some clients write a weight as `.9`, which RFC 9110 does not
    know; it is clear enough."""
    return ranges(parse_accept_header(_BARE_POINT.sub("q=0.", accept), MIMEAccept))


def with_form(name: str, wanted: Iterable[Range]) -> list[Range]:
    """`wanted`, but the form with this name (a short one, or a media type) most of all. Raises KeyError: none such."""
    name = name.replace(" ", "+")  # a plus sign in an address that nobody encoded
    media_type = name if name in _DATA else _NAMES[name]
    return [(media_type, 1.0), *((kind, number / 2) for kind, number in wanted)]


def weight(wanted: Iterable[Range], media_type: str) -> float:
    """How welcome a media type is, from 0 (not at all) to 1: the weight of the most specific range that covers it."""
    family = media_type.partition("/")[0] + "/*"
    for names in ((media_type,), (family,), ("*/*", "*")):
        weights = [number for name, number in wanted if name in names]
        if weights:
            return max(weights)
    return 0.0


def best(wanted: Sequence[Range], offers: Iterable[str]) -> str | None:
    """The most welcome of the offers, the first of equals; None when none is acceptable."""
    weighed = [(weight(wanted, offer), offer) for offer in offers]
    top = max((number for number, _ in weighed), default=0.0)
    return next((offer for number, offer in weighed if number == top and number > 0), None)


def prefers_page(wanted: Sequence[Range]) -> bool:
    """Whether a browser asks: HTML is named (a wildcard does not count) and nothing else that we may serve is wanted
    more."""
    named = max((number for name, number in wanted if name == HTML), default=0.0)
    others = [number for name, number in wanted if name in _PROGRAMS]
    return named > 0 and named >= max(others, default=0.0)


def graph_format(wanted: Sequence[Range], formats: Mapping[str, Format] = GRAPH_FORMATS) -> Format | None:
    """The RDF format to answer with, of those given by their endings."""
    return _with_aliases(wanted, formats, GRAPH_ALIASES)


def result_format(wanted: Sequence[Range]) -> Format | None:
    """The format for query results to answer with."""
    return _with_aliases(wanted, RESULT_FORMATS, RESULT_ALIASES)


def page_or_graph(wanted: Sequence[Range]) -> Format | str | None:
    """HTML or an RDF format; the page comes first of equals."""
    chosen = best(wanted, (HTML, *_GRAPHS))
    return _GRAPHS.get(chosen or "", chosen)


def _with_aliases(
    wanted: Sequence[Range], formats: Mapping[str, Format], aliases: Mapping[str, Format]
) -> Format | None:
    offers = {form.media_type: form for form in formats.values()}
    offers |= {name: form for name, form in aliases.items() if form.ending in formats}
    chosen = best(wanted, offers)
    return offers[chosen] if chosen else None
