"""Checking a graph against the rule book: SHACL per thing, `.rq` rules over the whole; the door to pySHACL.

A validation that looked at nothing has failed: focus nodes are counted, and a shape for a class that the ontology does
not know is itself a finding.
"""

import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import rdflib
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS, SH

from kbs_graph.errors import Words
from kbs_graph.files import CONTRIBUTION, Folder, parse, relative, text
from kbs_graph.findings import INFO, VIOLATION, WARNING, Finding
from kbs_graph.serialize import OwnLabels, canonical
from kbs_graph.snapshot import CONTRIBUTION_RULES, RULES
from kbs_graph.store import LocalStore, Row
from kbs_graph.terms import BASE, SHAPES, K, Literal

_SEVERITY: dict[rdflib.term.Node | None, str] = {SH.Violation: VIOLATION, SH.Warning: WARNING, SH.Info: INFO}
_CORE = ("KnowledgeDomain", "KnowledgeAspect", "Competency", "TargetGroup", "KnowledgeSource", "Organisation", "Scheme")
_PLACEHOLDER = re.compile(r"\{\?(\w+)\}")
_ASKS_FOR_THINGS = re.compile(r"^SELECT\s+(DISTINCT\s+)?\?this\b", re.MULTILINE)
_NAMING = {RDF.type, SH.targetClass, SH["class"], SH.path, SH.node, SH.property, SH.group, SH.inversePath, SH.disjoint}
_TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)
_USING = (SH.node, SH["not"], SH.property, SH.qualifiedValueShape, RDF.first)
# A malformed value is a finding, not a traceback on the screen.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)


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
    files: dict[str, str] = field(default_factory=dict)
    """The file in which each named shape stands."""
    closed: rdflib.Graph = field(default_factory=rdflib.Graph)
    """The closed shapes for contributions, which judge those alone."""

    @property
    def names(self) -> list[str]:
        """The IRIs of all rules: whatever carries a message."""
        return sorted({str(iri) for iri in self.shapes.subjects(SH.message) if isinstance(iri, rdflib.URIRef)})

    @property
    def targets(self) -> list[str]:
        return sorted({str(cls) for cls in self.shapes.objects(None, SH.targetClass)})


def read_rules(folder: Folder) -> RuleBook:
    """The rule book of a folder. Faults in it become findings."""
    lines: list[str] = []
    closed: list[str] = []
    places: dict[str, str] = {}
    for path in folder.shapes:
        if relative(folder, path) == CONTRIBUTION:
            closed += (f"{triple} ." for triple in parse(folder, path))
            continue
        for triple in parse(folder, path):
            lines.append(f"{triple} .")
            places.setdefault(str(triple.subject).strip("<>"), relative(folder, path))
    book = RuleBook(graph_of(lines), files=places, closed=graph_of(closed))
    described = {str(iri): iri for iri in book.shapes.subjects(RDF.type, K.IntegrityRule)}
    for path in folder.rules:
        iri = described.pop(SHAPES + path.stem, None)
        query = text(folder, path)
        if iri is None:
            folder.findings.append(_unpaired(relative(folder, path)))
        elif query is not None:
            book.integrity.append(_rule(book.shapes, iri, query))
    folder.findings += [_unpaired(f"shapes/integrity/{iri.removeprefix(SHAPES)}.rq") for iri in described]
    return book


def written(book: RuleBook) -> dict[str, str]:
    """The rule book as files to keep: N-Triples by name, the same text for the same rules.

    A rule over the whole has its query with it (sh:select, SHACL section 5.1).
    """
    queries = rdflib.Graph()
    for rule in book.integrity:
        queries.add((rdflib.URIRef(SHAPES + rule.name), SH.select, rdflib.Literal(rule.query)))
    parts = {RULES: book.shapes + queries, CONTRIBUTION_RULES: book.closed}
    return {name: canonical(part.serialize(format="nt").splitlines()) for name, part in parts.items()}


def validate(book: RuleBook, store: LocalStore, triples: Iterable[str]) -> tuple[list[Finding], int]:
    """Findings of all rules, and the number of focus nodes that were looked at.

    `store` holds every graph, `triples` the same statements as N-Triples lines for the SHACL side.
    """
    data = graph_of(triples)
    counts = {cls: sum(1 for _ in data.subjects(RDF.type, rdflib.URIRef(cls))) for cls in book.targets}
    found = _nothing_validated(counts) + _unknown_in_shapes(book, data) + by_shapes(book.shapes, data)
    for rule in book.integrity:
        found += break_rule(rule, store)
    return list(dict.fromkeys(found)), sum(counts.values())


def by_shapes(shapes: rdflib.Graph, data: rdflib.Graph) -> list[Finding]:
    """The findings of the shapes alone. Shapes that cannot be used are a finding themselves."""
    # Loaded at first use: a process that only shows pages judges nothing.
    import pyshacl
    import pyshacl.errors

    try:
        _, report, _ = pyshacl.validate(data, shacl_graph=_flat(shapes), inplace=True, meta_shacl=False)
    except (pyshacl.errors.ReportableRuntimeError, re.error) as error:
        reason = str(error).partition("\n")[0]
        message = Words(
            f"De regels zijn zo niet te gebruiken ({reason}). Er is niets gecontroleerd.",
            f"The rules cannot be used like this ({reason}). Nothing was checked.",
        )
        return [Finding("shapes-unusable", VIOLATION, message, "shapes/")]
    assert isinstance(report, rdflib.Graph)
    return [_from_result(report, result, shapes) for result in report.objects(None, SH.result)]


def _flat(shapes: rdflib.Graph) -> rdflib.Graph:
    """The same rules, with the targets of a node shape on its property shapes themselves.

    pySHACL asks a shape with targets once for all its things, and one within another anew for every thing: five times
    slower. What a closed shape allows by its property shapes, it then allows by name (SHACL, section 4.8.1).
    """
    flat = rdflib.Graph() + shapes
    used = {value for name in _USING for value in shapes.objects(None, name)}
    for shape in {subject for name in _TARGETS for subject in shapes.subjects(name, None)} - used:
        targets = [(name, value) for name in _TARGETS for value in shapes.objects(shape, name)]
        inside = list(shapes.objects(shape, SH.property))
        if not all((one, SH.path, None) in shapes for one in inside):
            continue  # not a property shape: pySHACL will say so
        for one in inside:
            flat.remove((shape, SH.property, one))
            for name, value in targets:
                flat.add((one, name, value))
        if inside and shapes.value(shape, SH.closed):
            ignored = shapes.value(shape, SH.ignoredProperties)
            allowed = [path for one in inside for path in shapes.objects(one, SH.path)]
            allowed += list(shapes.items(ignored)) if ignored else []
            names = Collection(flat, rdflib.BNode(), [path for path in allowed if isinstance(path, rdflib.URIRef)])
            flat.set((shape, SH.ignoredProperties, names.uri))
    return flat


def graph_of(lines: Iterable[str]) -> rdflib.Graph:
    """N-Triples lines as a graph; blank nodes keep their labels, so that a finding can say in which file one stands."""
    return rdflib.Graph().parse(data="\n".join(lines), format="nt", bnode_context=OwnLabels())


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
    thing = report.value(result, SH.focusNode)
    return Finding(
        rule.name,
        _SEVERITY[report.value(result, SH.resultSeverity)],
        rule.message,
        thing=f"_:{thing}" if isinstance(thing, rdflib.BNode) else str(thing),
        path=str(path) if isinstance(path, rdflib.URIRef) else None,
        value=str(value) if value is not None else None,
    )


def break_rule(rule: Rule, store: LocalStore) -> list[Finding]:
    """What one rule over the whole finds in a store. A rule that is no SPARQL is a finding itself."""
    assert rule.query is not None
    try:
        if _ASKS_FOR_THINGS.search(rule.query):
            return [_from_row(rule, row) for row in store.select(rule.query)]
        line, reason = None, "SELECT ?this …"
    except SyntaxError as error:
        place = re.search(r"(\d+):\d+", error.msg)
        line, reason = int(place[1]) if place else None, error.msg.partition("\n")[0][:120]
    message = Words(f"Deze regel is geen geldige SPARQL: {reason}", f"This rule is not valid SPARQL: {reason}")
    return [Finding("rule-syntax", VIOLATION, message, f"shapes/integrity/{rule.name}.rq", line)]


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
    """Terms of ours, of SHACL and of the rule book itself that shapes name and that are not defined."""
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    known = {s for kind in kinds for s in data.subjects(RDF.type, kind)} | set(data.subjects(RDFS.isDefinedBy, None))
    known |= set(book.shapes.subjects())
    found = []
    for subject, predicate, value in book.shapes:
        names = [predicate, value] if predicate in _NAMING else [predicate]
        for name in names:
            ours = str(name).startswith((BASE + "def#", SHAPES)) and name not in known
            if ours or (str(name).startswith(str(SH)) and name not in SH):  # type: ignore[attr-defined]
                found.append(_unknown_name(book.files.get(str(subject), "shapes/"), str(name)))
    return found


def _unknown_name(file: str, name: str) -> Finding:
    message = Words(
        "Een regel noemt een term die niet bestaat. Is hij goed gespeld?",
        "A rule names a term that does not exist. Is it spelled right?",
    )
    return Finding("shape-unknown-term", VIOLATION, message, file, value=name)


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
