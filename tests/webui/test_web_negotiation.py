"""Accept headers, as RFC 9110 section 12.5.1 reads them."""

import pytest
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from kbs_graph.serialize import CSV, JSON, JSON_LD, N_TRIPLES, RDF_XML, TURTLE, XML
from webui import negotiation


def ranges(header: str) -> list[negotiation.Range]:
    return negotiation.ranges(parse_accept_header(header, MIMEAccept))


def test_the_most_specific_range_decides() -> None:
    wanted = ranges("*/*, text/*;q=0.5, text/turtle;q=0.1")
    assert negotiation.weight(wanted, "text/turtle") == 0.1
    assert negotiation.weight(wanted, "text/csv") == 0.5
    assert negotiation.weight(wanted, "image/png") == 1.0


@pytest.mark.parametrize(
    ("header", "result", "graph"),
    [
        ("*/*", JSON, TURTLE),
        ("", JSON, TURTLE),
        ("text/csv", CSV, None),
        ("text/turtle", None, TURTLE),
        ("application/json", JSON, JSON_LD),
        ("application/xml", XML, RDF_XML),
        ("text/xml;q=0.5, text/csv;q=0.1", XML, RDF_XML),
        ("text/n3", None, TURTLE),
        ("application/n-quads, text/turtle;q=0.1", None, TURTLE),
        ("text/plain", None, N_TRIPLES),
        ("image/png", None, None),
        ("application/sparql-results+json;q=0, */*;q=0.1", XML, TURTLE),
    ],
)
def test_forms_of_answers(header: str, result: object, graph: object) -> None:
    wanted = ranges(header)
    assert negotiation.result_format(wanted) is result
    assert negotiation.graph_format(wanted) is graph


@pytest.mark.parametrize(
    ("header", "is_browser"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", True),
        ("*/*", False),
        ("", False),
        ("text/*", False),
        ("application/sparql-results+json, text/html;q=0.5", False),
        ("text/html;q=0", False),
        ("text/html;q=0.2, application/n-quads", False),
        ("text/html;q=0.2, */*", False),
        ("text/html;q=0.9, application/json", False),
        ("text/html, application/json;q=0.9", True),
    ],
)
def test_only_a_browser_names_html(header: str, is_browser: bool) -> None:
    assert negotiation.prefers_page(ranges(header)) is is_browser
