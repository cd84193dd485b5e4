"""Findings: one place, one rule, one thing to do; as text, as JSON and as a report other SHACL tools read."""

import json

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import RDF, SH

from kbs_graph import findings
from kbs_graph.errors import Words
from kbs_graph.findings import INFO, VIOLATION, WARNING, Finding
from kbs_graph.terms import ID, SHAPES

DO = Words("Verbeter dit.", "Correct this.")
SYNTAX = Finding("turtle-syntax", VIOLATION, DO, "data/cases.ttl", 12)
LABEL = Finding(
    "pref-label-nl",
    VIOLATION,
    DO,
    "data/domains.ttl",
    thing=ID + "domein/inkomen",
    path="http://www.w3.org/2004/02/skos/core#prefLabel",
)
ADVICE = Finding("comment-nl", WARNING, DO, "data/aspects/inkomen.ttl", thing=ID + "aspect/x", value="y")
NOTE = Finding("orphan", INFO, DO, "data/signs.ttl", thing=ID + "signaal/x")
BLANK = Finding(
    "blank-node", VIOLATION, DO, "data/cases.ttl", thing="_:b0", path="http://schema.org/text", value="_:c1"
)
ALL = [SYNTAX, LABEL, ADVICE, NOTE, BLANK]


def test_warnings_and_infos_alone_do_not_fail_a_check() -> None:
    assert not findings.has_violation([])
    assert not findings.has_violation([ADVICE, NOTE])
    assert findings.has_violation([ADVICE, SYNTAX])


def test_violations_come_first_then_files_and_lines_in_order() -> None:
    later = Finding("turtle-syntax", VIOLATION, DO, "data/cases.ttl", 100)
    assert findings.in_order([NOTE, ADVICE, later, LABEL, SYNTAX]) == [SYNTAX, later, LABEL, ADVICE, NOTE]


def test_the_order_of_findings_does_not_depend_on_the_order_they_were_found_in() -> None:
    twins = [Finding("r", WARNING, DO, "f", thing="t", path=path, value=value) for path in "ab" for value in "cd"]
    assert findings.in_order(twins) == findings.in_order(twins[::-1])


def test_the_text_names_place_rule_thing_path_value_and_what_to_do() -> None:
    assert findings.as_text([SYNTAX], "en") == "data/cases.ttl:12: ERROR [turtle-syntax]\n    Correct this."
    first, message = findings.as_text([LABEL], "nl").splitlines()
    assert first == (
        "data/domains.ttl: FOUT [pref-label-nl] <domein/inkomen> · http://www.w3.org/2004/02/skos/core#prefLabel"
    )
    assert message == "    Verbeter dit."
    assert "\n    waarde: y\n" in findings.as_text([ADVICE], "nl")
    assert "\n    value: y\n" in findings.as_text([ADVICE], "en")


@pytest.mark.parametrize("sign", ["\x07", "\x1b[31m", "\n", "\r", "\u202e", "\x00", "\u00ad", "\x7f"])
def test_a_value_cannot_ring_colour_or_break_the_lines_of_a_terminal(sign: str) -> None:
    bad = Finding("control-character", VIOLATION, Words(f"nl {sign}", f"en {sign}"), f"data/{sign}", value=f"a{sign}b")
    text = findings.as_text([bad], "en")
    assert len(text.splitlines()) == 3
    assert sign not in text.replace("\n", "")


def test_a_long_value_is_cut_in_text_and_whole_in_json() -> None:
    long = Finding("html-in-text", VIOLATION, DO, "data/cases.ttl", value="x" * 5000)
    assert len(findings.as_text([long], "nl")) < 400
    assert json.loads(findings.as_json([long], {}))["findings"][0]["value"] == "x" * 5000


def test_json_holds_the_facts_of_the_run_and_both_languages() -> None:
    document = json.loads(findings.as_json(ALL, {"violations": 3}))
    assert document["violations"] == 3
    assert [f["rule"] for f in document["findings"]] == [f.rule for f in ALL]
    assert document["findings"][0] == {
        "rule": "turtle-syntax",
        "severity": "violation",
        "message": {"nl": "Verbeter dit.", "en": "Correct this."},
        "file": "data/cases.ttl",
        "line": 12,
        "thing": None,
        "path": None,
        "value": None,
    }


def test_the_report_is_a_validation_report_with_one_full_result_a_finding() -> None:
    text = findings.as_validation_report(ALL)
    graph = rdflib.Graph().parse(data=text, format="turtle")
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert graph.value(report, SH.conforms).value is False  # type: ignore[union-attr]
    results = list(graph.objects(report, SH.result))
    assert len(results) == len(ALL)
    for result in results:
        assert (result, RDF.type, SH.ValidationResult) in graph
        for predicate in (SH.focusNode, SH.resultSeverity, SH.sourceShape, SH.sourceConstraintComponent):
            assert len(list(graph.objects(result, predicate))) == 1, predicate
        assert sorted(m.language for m in graph.objects(result, SH.resultMessage)) == ["en", "nl"]  # type: ignore[attr-defined]
    (label,) = graph.subjects(SH.sourceShape, rdflib.URIRef(SHAPES + "pref-label-nl"))
    assert graph.value(label, SH.focusNode) == rdflib.URIRef(ID + "domein/inkomen")
    assert graph.value(label, SH.resultPath) == rdflib.SKOS.prefLabel
    severities = {graph.value(result, SH.resultSeverity) for result in results}
    assert severities == {SH.Violation, SH.Warning, SH.Info}
    places = {str(place) for place in graph.objects(None, rdflib.URIRef("https://schema.org/location"))}
    assert "data/cases.ttl:12" in places


def test_the_report_on_a_clean_graph_conforms() -> None:
    graph = rdflib.Graph().parse(data=findings.as_validation_report([]), format="turtle")
    assert [str(o) for o in graph.objects(None, SH.conforms)] == ["true"]


def test_a_strict_parser_reads_the_report_whatever_the_values_are() -> None:
    nasty = Finding("x", VIOLATION, DO, "data/a b.ttl", thing=ID + "aspect/x", value='"\\\x07\x00\n\u202e\U0001f600')
    text = findings.as_validation_report([*ALL, nasty])
    triples = list(ox.parse(input=text, format=ox.RdfFormat.TURTLE))
    values = [t.object.value for t in triples if t.predicate.value == str(SH.value)]
    assert nasty.value in values
    assert not [t for t in triples if isinstance(t.subject, ox.NamedNode) and "_:" in t.subject.value]
