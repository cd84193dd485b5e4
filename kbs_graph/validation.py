"""Checking a graph against the rule book: SHACL per thing, `.rq` rules over the whole; the door to pySHACL.

A validation that looked at nothing has failed: focus nodes are counted, and a shape for a class that the ontology does
not know is itself a finding.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import pyshacl
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SH

from kbs_graph.errors import Words
from kbs_graph.files import CONTRIBUTION, Folder, parse, relative
from kbs_graph.findings import INFO, VIOLATION, WARNING, Finding
from kbs_graph.store import LocalStore, Row
from kbs_graph.terms import BASE, SHAPES, K, Literal

_SEVERITY: dict[rdflib.term.Node | None, str] = {SH.Violation: VIOLATION, SH.Warning: WARNING, SH.Info: INFO}
_CORE = ("KnowledgeDomain", "KnowledgeAspect", "Competency", "TargetGroup", "KnowledgeSource", "Organisation", "Scheme")
_PLACEHOLDER = re.compile(r"\{\?(\w+)\}")


@dataclass(frozen=True)
class Rule:
    """What the rule book says about one rule: its name, what to do, and how serious a breach is."""

    name: str
    message: Words
    severity: str
    query: str | None = None


@dataclass
class RuleBook:
    """The shapes as one graph, and the rules over the whole graph with their queries."""

    shapes: rdflib.Graph
    integrity: list[Rule] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """The IRIs of all rules: whatever carries a message."""
        return sorted({str(iri) for iri in self.shapes.subjects(SH.message) if isinstance(iri, rdflib.URIRef)})

    @property
    def targets(self) -> list[str]:
        return sorted({str(cls) for cls in self.shapes.objects(None, SH.targetClass)})


def read_rules(folder: Folder) -> RuleBook:
    """The rule book of a folder, without the closed rules for contributions. Faults in it become findings."""
    lines: list[str] = []
    for path in folder.shapes:
        if relative(folder, path) != CONTRIBUTION:
            lines += [f"{triple} ." for triple in parse(folder, path)]
    book = RuleBook(rdflib.Graph().parse(data="\n".join(lines), format="nt"))
    described = {str(iri): iri for iri in book.shapes.subjects(RDF.type, K.IntegrityRule)}
    for path in folder.rules:
        iri = described.pop(SHAPES + path.stem, None)
        if iri is None:
            folder.findings.append(_unpaired(relative(folder, path)))
            continue
        book.integrity.append(_rule(book.shapes, iri, path.read_text(encoding="utf-8")))
    folder.findings += [_unpaired(f"shapes/integrity/{iri.removeprefix(SHAPES)}.rq") for iri in described]
    return book


def validate(book: RuleBook, store: LocalStore, triples: Iterable[str]) -> tuple[list[Finding], int]:
    """Findings of all rules, and the number of focus nodes that were looked at.

    `store` holds every graph, `triples` the same statements as N-Triples lines for the SHACL side.
    """
    data = rdflib.Graph().parse(data="\n".join(triples), format="nt")
    counts = {cls: sum(1 for _ in data.subjects(RDF.type, rdflib.URIRef(cls))) for cls in book.targets}
    found = _nothing_validated(counts) + _unknown_in_shapes(book, data)
    _, report, _ = pyshacl.validate(data, shacl_graph=book.shapes, inplace=True, meta_shacl=False)
    assert isinstance(report, rdflib.Graph)
    found += [_from_result(report, result, book.shapes) for result in report.subjects(RDF.type, SH.ValidationResult)]
    for rule in book.integrity:
        found += _break_rule(rule, store)
    return list(dict.fromkeys(found)), sum(counts.values())


def _rule(shapes: rdflib.Graph, iri: rdflib.term.Node, query: str | None = None) -> Rule:
    texts = {t.language: str(t) for t in shapes.objects(iri, SH.message) if isinstance(t, rdflib.Literal)}
    english = texts.get("en") or texts.get(None) or "This does not follow the rule."
    severity = _SEVERITY.get(shapes.value(iri, SH.severity), VIOLATION)
    name = str(iri).removeprefix(SHAPES)
    return Rule(name, Words(texts.get("nl") or english, english), severity, query)


def _from_result(report: rdflib.Graph, result: rdflib.term.Node, shapes: rdflib.Graph) -> Finding:
    source = report.value(result, SH.sourceShape)
    rule = _rule(shapes, source) if source is not None else Rule("shacl", Words("", ""), VIOLATION)
    path, value = report.value(result, SH.resultPath), report.value(result, SH.value)
    return Finding(
        rule.name,
        _SEVERITY[report.value(result, SH.resultSeverity)],
        rule.message,
        thing=str(report.value(result, SH.focusNode)),
        path=str(path) if isinstance(path, rdflib.URIRef) else None,
        value=str(value) if value is not None else None,
    )


def _break_rule(rule: Rule, store: LocalStore) -> list[Finding]:
    assert rule.query is not None
    try:
        rows = store.select(rule.query)
    except SyntaxError as error:
        message = Words(f"Deze vraag is geen geldige SPARQL: {error.msg}", f"Not valid SPARQL: {error.msg}")
        return [Finding("rule-syntax", VIOLATION, message, f"shapes/integrity/{rule.name}.rq")]
    return [_from_row(rule, row) for row in rows]


def _from_row(rule: Rule, row: Row) -> Finding:
    plain = {name: term.value if isinstance(term, Literal) else str(term) for name, term in row.items()}

    def say(text: str) -> str:
        return _PLACEHOLDER.sub(lambda match: plain.get(match[1], ""), text)

    return Finding(
        rule.name,
        rule.severity,
        Words(say(rule.message.nl), say(rule.message.en)),
        file=plain.get("graph"),
        thing=plain.get("this"),
        path=plain.get("path"),
        value=plain.get("value"),
    )


def _nothing_validated(counts: dict[str, int]) -> list[Finding]:
    """A core class without a single thing: the graph is empty, or its class is misspelt everywhere."""
    message = Words(
        "Er is niets van deze soort om te controleren. Is de klasse goed gespeld?",
        "There is nothing of this kind to check. Is the class spelled right?",
    )
    missing = [str(K[name]) for name in _CORE if not counts.get(str(K[name]))]
    return [Finding("nothing-validated", VIOLATION, message, "data/", thing=cls) for cls in missing]


def _unknown_in_shapes(book: RuleBook, data: rdflib.Graph) -> list[Finding]:
    """Classes and paths of ours that shapes name and the ontology does not define."""
    message = Words(
        "Een regel noemt een term die de ontologie niet kent. Is hij goed gespeld?",
        "A rule names a term that the ontology does not define. Is it spelled right?",
    )
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    known = {s for kind in kinds for s in data.subjects(RDF.type, kind)} | set(data.subjects(RDFS.isDefinedBy, None))
    named = {o for p in (SH.targetClass, SH["class"], SH.path) for o in book.shapes.objects(None, p)}
    wrong = sorted(str(term) for term in named - known if str(term).startswith(BASE + "def#"))
    return [Finding("shape-unknown-term", VIOLATION, message, "shapes/", value=term) for term in wrong]


def _unpaired(file: str) -> Finding:
    return Finding(
        "rule-unpaired",
        VIOLATION,
        Words(
            "Een regel over het geheel heeft een beschrijving in shapes/integrity.ttl nodig en een .rq met die naam.",
            "A rule over the whole needs a description in shapes/integrity.ttl and a .rq file of the same name.",
        ),
        file,
    )
