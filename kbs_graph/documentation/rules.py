"""The rules that a graph was checked by, as they are told to people: shapes with their targets, and each rule in words.

Read from the rule book that stands beside the store of a snapshot (SHACL, W3C Recommendation of 20 July 2017).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS, SH

from kbs_graph import serialize
from kbs_graph.documentation.notation import notation, short
from kbs_graph.errors import NotFound
from kbs_graph.findings import INFO, VIOLATION, WARNING
from kbs_graph.model import Texts
from kbs_graph.serialize import PREFIXES, TURTLE, Format, OwnLabels
from kbs_graph.snapshot import CONTRIBUTION_RULES, RULES, Snapshot
from kbs_graph.terms import SHAPES, Iri, K, Literal, Triple

Node = rdflib.term.Node
FILES = {"": RULES, "contribution": CONTRIBUTION_RULES}
"""The files of the rule book: the rules for the graph, and those for what organisations send in."""
_PREFIXES = {**PREFIXES, "sh": str(SH), "ks": SHAPES}
_SEVERITIES: dict[Node | None, str] = {SH.Violation: VIOLATION, SH.Warning: WARNING, SH.Info: INFO}
_TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)
_ABOUT_IT = {
    *(RDF.type, RDFS.label, RDFS.comment, SH.name, SH.message, SH.group, SH.order, SH.severity, SH.path, SH.property),
    *(SH.select, *_TARGETS),
}
"""Properties of a shape that demand nothing."""
_COUNTS = ((SH.minCount, SH.maxCount), (SH.qualifiedMinCount, SH.qualifiedMaxCount))


@dataclass(frozen=True)
class RuleDoc:
    """A rule: its name (the fragment of its IRI), what it is called, what to do, and what it demands.

    `path` is the property as SPARQL writes it; `count` how many values, as `1..3`; `demands` the other constraints in
    the notation of Turtle; `terms` the IRIs of the path; `query` finds what breaks it, for a rule over the whole.
    """

    name: str
    title: Texts
    message: Texts
    severity: str
    group: Texts
    path: str
    count: str
    demands: tuple[str, ...]
    terms: tuple[str, ...]
    query: str = ""


@dataclass(frozen=True)
class ShapeDoc:
    """A shape: what it is called, its targets (compact IRIs, with how SHACL names them), and the names of its rules."""

    name: str
    label: Texts
    note: Texts
    targets: tuple[tuple[str, str], ...]
    rules: tuple[str, ...]
    demands: tuple[str, ...]


@dataclass(frozen=True)
class RuleBookDoc:
    """The rules by name; the shapes that have targets, those that only others use, and the rules over the whole."""

    rules: dict[str, RuleDoc]
    shapes: tuple[ShapeDoc, ...]
    values: tuple[ShapeDoc, ...]
    whole: tuple[tuple[Texts, tuple[RuleDoc, ...]], ...]

    @property
    def shared(self) -> tuple[RuleDoc, ...]:
        """The rules that several shapes have."""
        return tuple(rule for rule in self.rules.values() if len(self.users(rule.name)) > 1)

    def own(self, shape: ShapeDoc) -> list[RuleDoc]:
        """The rules that only this shape has."""
        return [self.rules[name] for name in shape.rules if len(self.users(name)) == 1]

    def common(self, shape: ShapeDoc) -> list[RuleDoc]:
        """The rules that this shape shares with others."""
        return [self.rules[name] for name in shape.rules if len(self.users(name)) > 1]

    def users(self, name: str) -> list[ShapeDoc]:
        """The shapes that have a rule."""
        return [shape for shape in (*self.shapes, *self.values) if name in shape.rules]

    def about(self, term: str) -> list[RuleDoc]:
        """The rules about a property (its IRI)."""
        return [rule for rule in self.rules.values() if term in rule.terms]

    def of_class(self, name: str) -> list[ShapeDoc]:
        """The shapes whose targets are the things of a class (its compact IRI)."""
        return [shape for shape in self.shapes if ("sh:targetClass", name) in shape.targets]


def book(snapshot: Snapshot, part: str = "") -> RuleBookDoc:
    """The rules of one of FILES. Raises NotFound when the snapshot was made before they were kept."""
    return _read(graph(snapshot, part))


def query(snapshot: Snapshot, name: str) -> str:
    """The query of a rule over the whole, by the name of the rule. Raises NotFound."""
    found = book(snapshot).rules.get(name)
    if found is None or not found.query:
        raise NotFound(
            f"Er is geen regel {name} met een query. Op /def/shapes staan alle regels.",
            f"There is no rule {name} with a query. All rules are listed at /def/shapes.",
        )
    return found.query


def write(snapshot: Snapshot, part: str, form: Format) -> bytes:
    """The rules of one of FILES as linked data; in Turtle with lists and nodes within nodes, as people write it."""
    found = graph(snapshot, part)
    if form is TURTLE:
        return found.serialize(format="turtle").encode()
    return serialize.write(_triples(found), form, dict(_PREFIXES), _PREFIXES)


def graph(snapshot: Snapshot, part: str = "") -> rdflib.Graph:
    """The rules of one of FILES. Raises NotFound."""
    path = snapshot.path / FILES[part]
    if not path.is_file():
        raise NotFound(
            "De regels staan niet bij deze momentopname: zij is gemaakt door een eerdere versie. Draai kbs build.",
            "The rules do not stand with this snapshot: an earlier version made it. Run kbs build.",
        )
    return _parsed(path)


@lru_cache(maxsize=2 * len(FILES))
def _parsed(path: Path) -> rdflib.Graph:
    found = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in _PREFIXES.items():
        found.bind(prefix, namespace)
    return found.parse(path, format="nt", bnode_context=OwnLabels())


@lru_cache(maxsize=2 * len(FILES))
def _read(found: rdflib.Graph) -> RuleBookDoc:
    named = {node for node in found.subjects(SH.message) if isinstance(node, rdflib.URIRef)}
    rules = {rule.name: rule for rule in sorted((_rule(found, node) for node in named), key=lambda rule: rule.name)}
    nodes = {node for node in found.subjects(RDF.type, SH.NodeShape) if isinstance(node, rdflib.URIRef)}
    shapes = sorted((_shape(found, node) for node in nodes), key=lambda shape: shape.name.casefold())
    return RuleBookDoc(
        rules,
        tuple(_folded([shape for shape in shapes if shape.targets])),
        tuple(shape for shape in shapes if not shape.targets),
        tuple(_over_the_whole(found, rules)),
    )


def _folded(shapes: list[ShapeDoc]) -> Iterable[ShapeDoc]:
    """The shapes; one that is no more than a rule itself joins the shape that looks at the same things."""
    whole = [shape for shape in shapes if shape.rules != (shape.name,)]
    for shape in whole:
        more = [one.name for one in shapes if one not in whole and one.targets == shape.targets]
        yield replace(shape, rules=(*shape.rules, *more))
    yield from (one for one in shapes if one not in whole and one.targets not in [shape.targets for shape in whole])


def _over_the_whole(found: rdflib.Graph, rules: dict[str, RuleDoc]) -> Iterable[tuple[Texts, tuple[RuleDoc, ...]]]:
    """The rules with a query, by group."""
    nodes = sorted(found.subjects(RDF.type, K.IntegrityRule), key=lambda node: _place(found, node))
    by_group: dict[Node | None, list[RuleDoc]] = {}
    for node in nodes:
        by_group.setdefault(found.value(node, SH.group), []).append(rules[_name(node)])
    for group, members in by_group.items():
        yield _texts(found, group, RDFS.label), tuple(members)


def _shape(found: rdflib.Graph, node: Node) -> ShapeDoc:
    own = [child for child in found.objects(node, SH.property) if isinstance(child, rdflib.URIRef)]
    rules = [_name(child) for child in sorted(own, key=lambda child: _place(found, child))]
    if (node, SH.message, None) in found:
        rules.append(_name(node))
    targets = [(short(target), short(value)) for target in _TARGETS for value in found.objects(node, target)]
    inside = [child for child in found.objects(node, SH.property) if isinstance(child, rdflib.BNode)]
    return ShapeDoc(
        _name(node),
        _texts(found, node, RDFS.label) or _texts(found, node, SH.name),
        _texts(found, node, RDFS.comment),
        tuple(sorted(targets)),
        tuple(rules),
        (*_demands(found, node), *(notation(found, child) for child in inside)),
    )


def _rule(found: rdflib.Graph, node: Node) -> RuleDoc:
    path = found.value(node, SH.path)
    return RuleDoc(
        _name(node),
        _texts(found, node, SH.name),
        _texts(found, node, SH.message),
        _SEVERITIES.get(found.value(node, SH.severity), VIOLATION),
        _texts(found, found.value(node, SH.group), RDFS.label),
        notation(found, path, as_path=True) if path else "",
        _count(found, node),
        tuple(_demands(found, node)),
        tuple(_terms(found, path)),
        str(found.value(node, SH.select) or ""),
    )


def _count(found: rdflib.Graph, node: Node) -> str:
    """How many values a rule asks for: `1`, `1..3`, `2..*`; nothing when it does not say."""
    for least, most in _COUNTS:
        low, high = found.value(node, least), found.value(node, most)
        if low is not None or high is not None:
            first, last = str(low or 0), str(high or "*")
            return first if first == last else f"{first}..{last}"
    return ""


def _demands(found: rdflib.Graph, node: Node) -> list[str]:
    counts = {name for pair in _COUNTS for name in pair}
    pairs = found.predicate_objects(node)
    return sorted(
        f"{short(predicate)} {notation(found, value)}"
        for predicate, value in pairs
        if predicate not in _ABOUT_IT and predicate not in counts
    )


def _terms(found: rdflib.Graph, path: Node | None) -> Iterable[str]:
    """The properties in a path (SHACL, section 2.3.1)."""
    if isinstance(path, rdflib.URIRef):
        yield str(path)
    elif path is not None:
        steps = Collection(found, path) if (path, RDF.first, None) in found else found.objects(path)
        for step in steps:
            yield from _terms(found, step)


def _place(found: rdflib.Graph, node: Node) -> tuple[int, int, str]:
    group = found.value(node, SH.group)
    return _number(found, group), _number(found, node), str(node)


def _number(found: rdflib.Graph, node: Node | None) -> int:
    return int(str(found.value(node, SH.order) or 0)) if node else 0


def _name(node: Node) -> str:
    return str(node).removeprefix(SHAPES)


def _texts(found: rdflib.Graph, node: Node | None, predicate: Node) -> Texts:
    values = found.objects(node, predicate) if node else ()
    return {value.language or "": str(value) for value in values if isinstance(value, rdflib.Literal)}


def _triples(found: rdflib.Graph) -> Iterable[Triple]:
    for subject, predicate, value in found:
        yield _term(subject), Iri(predicate), _literal(value) if isinstance(value, rdflib.Literal) else _term(value)


def _term(node: Node) -> Iri:
    return Iri(f"_:{node}" if isinstance(node, rdflib.BNode) else node)


def _literal(value: rdflib.Literal) -> Literal:
    if value.language:
        return Literal(str(value), value.language)
    return Literal(str(value), None, str(value.datatype)) if value.datatype else Literal(str(value))
