"""Findings: what a check has to say, in a form for people, programs and other SHACL tools."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF, SH

from kbs_graph.errors import Words
from kbs_graph.terms import ID, SHAPES

VIOLATION, WARNING, INFO = "violation", "warning", "info"
SEVERITIES = {VIOLATION: SH.Violation, WARNING: SH.Warning, INFO: SH.Info}
SEVERITY_WORDS = {
    VIOLATION: Words("FOUT", "ERROR"),
    WARNING: Words("let op", "warning"),
    INFO: Words("ter info", "info"),
}


@dataclass(frozen=True)
class Finding:
    """One thing to put right: where (file, line, thing, path, value), by which rule, and what to do."""

    rule: str
    severity: str
    message: Words
    file: str | None = None
    line: int | None = None
    thing: str | None = None
    path: str | None = None
    value: str | None = None


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings from the most serious down, then by file, line, thing and rule: always the same order."""
    ranks = list(SEVERITIES)
    return sorted(
        findings,
        key=lambda f: (
            ranks.index(f.severity),
            f.file or "",
            f.line or 0,
            f.thing or "",
            f.rule,
            f.path or "",
            f.value or "",
        ),
    )


def has_violation(findings: Iterable[Finding]) -> bool:
    """Whether a check failed: warnings and infos alone do not fail it."""
    return any(finding.severity == VIOLATION for finding in findings)


def as_text(findings: list[Finding], language: str) -> str:
    """One block a finding: place, rule, and what to do; as compilers do it."""
    lines = []
    for finding in findings:
        place = finding.file or "-"
        if finding.line:
            place += f":{finding.line}"
        head = f"{place}: {SEVERITY_WORDS[finding.severity].in_language(language)} [{finding.rule}]"
        if finding.thing:
            head += f" {_short(finding.thing)}"
        if finding.path:
            head += f" · {_short(finding.path)}"
        lines.append(_visible(head))
        if finding.value is not None:
            label = "waarde" if language == "nl" else "value"
            lines.append(f"    {label}: {_visible(finding.value[:200])}")
        lines.append(f"    {_visible(finding.message.in_language(language))}")
    return "\n".join(lines)


def as_json(findings: list[Finding], facts: dict[str, object]) -> str:
    """The facts of the run and the findings; messages in both languages."""
    return json.dumps({**facts, "findings": [asdict(f) for f in findings]}, ensure_ascii=False, indent=2)


def as_validation_report(findings: list[Finding]) -> str:
    """An `sh:ValidationReport` in Turtle (SHACL section 3.6). Places in files are kept as `schema:` statements."""
    schema = Namespace("https://schema.org/")
    graph = Graph()
    graph.bind("sh", SH)
    graph.bind("ks", SHAPES)
    graph.bind("schema", schema)
    report = BNode("report")
    graph.add((report, RDF.type, SH.ValidationReport))
    graph.add((report, SH.conforms, Literal(not findings)))
    for number, finding in enumerate(findings):
        result = BNode(f"r{number}")
        graph.add((report, SH.result, result))
        graph.add((result, RDF.type, SH.ValidationResult))
        graph.add((result, SH.resultSeverity, SEVERITIES[finding.severity]))
        graph.add((result, SH.sourceShape, URIRef(SHAPES + finding.rule)))
        graph.add((result, SH.sourceConstraintComponent, URIRef(SHAPES + "RuleComponent")))
        graph.add((result, SH.focusNode, _focus(finding.thing)))
        if finding.path and finding.path.startswith("http"):
            graph.add((result, SH.resultPath, URIRef(finding.path)))
        if finding.value is not None:
            graph.add((result, SH.value, Literal(finding.value)))
        if finding.file:
            place = finding.file if finding.line is None else f"{finding.file}:{finding.line}"
            graph.add((result, schema.location, Literal(place)))
        graph.add((result, SH.resultMessage, Literal(finding.message.nl, lang="nl")))
        graph.add((result, SH.resultMessage, Literal(finding.message.en, lang="en")))
    return graph.serialize(format="turtle")


def _focus(thing: str | None) -> URIRef | BNode:
    if thing is None or thing.startswith("_:"):
        return BNode(thing[2:] if thing else None)
    return URIRef(thing)


def _visible(text: str) -> str:
    """A text on one line, with signs that a terminal would obey or hide written as escapes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _short(iri: str) -> str:
    return f"<{iri[len(ID) :]}>" if iri.startswith(ID) else iri
