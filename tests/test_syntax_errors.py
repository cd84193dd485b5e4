"""Where a query breaks the grammar, after what the real parser says."""

import pyoxigraph as ox
import pytest

from kbs_graph.engine import syntax_errors
from kbs_graph.engine.syntax_errors import Fault, NotSparql


def parse(query: str) -> str:
    try:
        ox.Store().query(query)
    except SyntaxError as error:
        return error.msg
    return ""


def located(query: str) -> Fault:
    fault = syntax_errors.locate(query, parse(query), parse)
    assert fault
    return fault


FAULTS = {
    "SELECT * WHERE { ?s ?p ?o . FILTR(?o > 3) }": (1, 29, "FILTR(?o"),
    "SELECT * WHERE { ?s ?p ?o . OPTIONAL ?s ?q ?r }": (1, 38, "?s"),
    "SELECT * WHERE { ?s ?p ?o . FILTER regex(?o 'a') }": (1, 45, "'a')"),
    "SELECT * WHERE { ?s ?p ?o . } ORDER ?s": (1, 37, "?s"),
    "SELECT * WHERE { ?s ?p ?o ?x }": (1, 27, "?x"),
    "SELECT COUNT(*) { ?s ?p ?o }": (1, 8, "COUNT(*)"),
    "PREFIX skos <http://x> SELECT * {}": (1, 13, "<http://x>"),
    "SELECT * { VALUES (?a ?b) {(1)} }": (1, 30, ")}"),
    "ASK {} ASK {}": (1, 8, "ASK"),
    "# SELECT\n\n  nonsense": (3, 3, "nonsense"),
    "SELECT * # {\n{ ?s ?p # }\n}": (3, 1, "}"),
    "SELECT * {\r\n ?s ?p\r\n}": (3, 1, "}"),
    "SELECT * { ?s ?p '''a\nb''' . ?x }": (2, 11, "}"),
    "SELECT * { 'é𝄞' ?p }": (1, 20, "}"),
    "SELECT * {\n" + "  ?s ?p ?o .\n" * 900 + "  ?s ?p\n}": (903, 1, "}"),
    "SELECT * { ?s ?p ?o } " + "x" * 100: (1, 23, "x" * 40),
    "": (1, 1, ""),
    "ASK {": (1, 6, ""),
    "ASK {\n\n": (3, 1, ""),
    "SELECT * { ?s ?p 'abc }": (1, 24, ""),
    "SELECT * { ?s ?p ?o } # comment\nLIMIT": (2, 6, ""),
}


@pytest.mark.parametrize("query", FAULTS, ids=lambda query: repr(query[:40]))
def test_the_place_is_the_word_the_parser_stumbled_over(query: str) -> None:
    fault = located(query)
    assert (fault.line, fault.column, fault.word) == FAULTS[query]
    assert fault.reason == ""


REASONS = {
    "SELECT * { ?s rdfs:label ?o ; ?q }": (15, "rdfs:label", "declare it at the top with PREFIX"),
    "ASK { ?s <http://a b> 1 }": (10, "<http://a", "not a valid IRI"),
    "ASK { ?s ?p 'x'@toolonglanguagetag }": (13, "'x'@toolonglanguagetag", "not a valid language tag"),
    "SELECT (?x AS ?y) (1 AS ?y) {}": (31, "", "names a variable twice"),
    "SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o }": (40, "", "neither in GROUP BY"),
    "SELECT (STR(?s) AS ?x) (COUNT(*) AS ?n) { ?s ?p ?o }": (53, "", "computes with a variable"),
    "SELECT (1 AS ?s) { ?s ?p ?o }": (30, "", "has one already"),
    "SELECT * { ?s ?p ?o } GROUP BY ?s": (34, "", "name the variables"),
}


@pytest.mark.parametrize("query", REASONS)
def test_a_reason_the_parser_gives_is_told_in_words(query: str) -> None:
    column, word, told = REASONS[query]
    fault = located(query)
    assert (fault.column, fault.word) == (column, word)
    refusal = syntax_errors.refusal(vars(fault))
    assert told in refusal.words.en


def test_a_refusal_tells_the_place_in_both_languages() -> None:
    refusal = syntax_errors.refusal(vars(located("SELECT * {\n  ?s ?p\n}")))
    assert isinstance(refusal, NotSparql)
    assert (refusal.line, refusal.column) == (3, 1)
    assert refusal.words.nl.endswith("regel 3, kolom 1: \u201c}\u201d: dit kan hier niet staan.")
    assert refusal.words.en.endswith("line 3, column 1: \u201c}\u201d: this cannot stand here.")
    early = syntax_errors.refusal(vars(located("ASK {")))
    assert early.words.en.endswith("line 1, column 6: the query ends too early here.")


def test_a_message_without_a_place_is_no_reason_to_fail() -> None:
    assert syntax_errors.locate("ASK {", "something else", parse) is None
    assert "not valid SPARQL" in syntax_errors.refusal(None).words.en


def test_a_text_that_only_parses_when_widened_keeps_the_place_told_first() -> None:
    fault = syntax_errors.locate("ASK {}", "error at 1:4: expected nothing", lambda text: "")
    assert fault == Fault(1, 5, "{}", "")
