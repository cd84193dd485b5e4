"""Content negotiation (RFC 9110, section 12): small pure functions over a parsed Accept header."""

from collections.abc import Iterable, Sequence

from werkzeug.datastructures import MIMEAccept

from kbs_graph.serialize import ALIASES, GRAPH_FORMATS, RESULT_FORMATS, Format

HTML = "text/html"
XHTML = "application/xhtml+xml"
PROBLEM = "application/problem+json"
_GRAPHS = {form.media_type: form for form in GRAPH_FORMATS.values()}
_RESULTS = {form.media_type: form for form in RESULT_FORMATS.values()}

Range = tuple[str, float]


def ranges(accept: MIMEAccept) -> list[Range]:
    """The media ranges with their weights, without other parameters, XHTML as HTML.

    Nothing asked or nothing understood means `*/*`.
    """
    found = [(value.partition(";")[0].strip().lower(), float(weight)) for value, weight in accept]
    known = [(HTML if name == XHTML else name, weight) for name, weight in found if "/" in name or name == "*"]
    return known or [("*/*", 1.0)]


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
    """Whether a browser asks: HTML is named (a wildcard does not count) and nothing we serve is wanted more."""
    named = max((number for name, number in wanted if name == HTML), default=0.0)
    others = [number for name, number in wanted if name in _GRAPHS or name in _RESULTS or name == PROBLEM]
    return named > 0 and named >= max(others, default=0.0)


def graph_format(wanted: Sequence[Range]) -> Format | None:
    """The RDF format to answer with."""
    return _with_aliases(wanted, _GRAPHS)


def result_format(wanted: Sequence[Range]) -> Format | None:
    """The format for query results to answer with."""
    return _with_aliases(wanted, _RESULTS)


def page_or_graph(wanted: Sequence[Range]) -> Format | str | None:
    """HTML or an RDF format; the page comes first of equals."""
    chosen = best(wanted, (HTML, *_GRAPHS))
    return _GRAPHS.get(chosen or "", chosen)


def _with_aliases(wanted: Sequence[Range], forms: dict[str, Format]) -> Format | None:
    offers = {**forms, **{name: form for name, form in ALIASES.items() if form in forms.values()}}
    chosen = best(wanted, offers)
    return offers[chosen] if chosen else None
