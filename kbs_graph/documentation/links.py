"""Which kinds of thing link to which, by which property and how often, as the rules and the ontology say it."""

from collections.abc import Iterable
from dataclasses import dataclass

import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH

from kbs_graph.documentation.rules import graph
from kbs_graph.documentation.terms import Model
from kbs_graph.serialize import expand
from kbs_graph.snapshot import Snapshot
from kbs_graph.terms import ONTOLOGY, K

Node = rdflib.term.Node
MOST_RANGES = 5
"""A link to more kinds than these says little of any of them, and is left out."""
MOST_SHAPES = 3
"""A rule that more kinds than these share (a status, a scheme) is about being a thing at all, and is left out."""
_OWN = ONTOLOGY + "#"


@dataclass(frozen=True)
class Link:
    """Things of a class point to things of another (IRIs), with a property; `count` as `1..3`, empty when not said."""

    source: str
    property: str
    target: str
    count: str = ""


def links(snapshot: Snapshot, model: Model) -> tuple[Link, ...]:
    """The links between our own classes: those that a rule names, and those that only the ontology knows."""
    rules, found = graph(snapshot), dict[tuple[str, str, str], str]()
    for shape, rule in _rules(rules):
        path, forward = _property(rules, rule)
        targets = _classes(rules, rule)
        if path is None or not 0 < len(targets) <= MOST_RANGES:
            continue
        count = _count(rules, shape, path, rule) if forward and len(targets) == 1 else ""
        for source in map(str, rules.objects(shape, SH.targetClass)):
            for target in targets:
                ends = (source, path, target) if forward else (target, path, source)
                found[ends] = found.get(ends) or count
    said = {(source, path) for source, path, _ in found}
    for term in model.own:
        if term.is_link and 0 < len(term.range) <= MOST_RANGES and len(term.domain) <= MOST_SHAPES:
            for domain, target in ((expand(d), expand(r)) for d in term.domain for r in term.range):
                if (domain, term.iri) not in said:
                    found.setdefault((domain, term.iri, target), "")
    own = {term.iri for term in model.own}
    return tuple(Link(s, p, t, count) for (s, p, t), count in sorted(found.items()) if {s, t} <= own)


def _rules(rules: rdflib.Graph) -> Iterable[tuple[Node, Node]]:
    for rule in sorted(set(rules.objects(None, SH.property)), key=str):
        shapes = list(rules.subjects(SH.property, rule))
        if isinstance(rule, rdflib.URIRef) and len(shapes) <= MOST_SHAPES:
            yield from ((shape, rule) for shape in shapes)


def _property(rules: rdflib.Graph, rule: Node) -> tuple[str | None, bool]:
    """The property of a rule, and whether it is followed forward."""
    path = rules.value(rule, SH.path)
    if isinstance(path, rdflib.URIRef):
        return str(path), True
    inverse = rules.value(path, SH.inversePath) if path else None
    return (str(inverse), False) if inverse else (None, True)


def _classes(rules: rdflib.Graph, rule: Node) -> list[str]:
    """The classes of ours that a rule wants of the values."""
    qualified = rules.value(rule, SH.qualifiedValueShape)
    nodes = [node for node in (rule, qualified, rules.value(rule, SH.node)) if node]
    named = {str(cls) for node in nodes for cls in rules.objects(node, SH["class"])}
    for node in nodes:
        for inside in rules.objects(node, SH.property):
            within = rules.value(inside, SH["in"])
            if rules.value(inside, SH.path) == RDF.type and within:
                named |= {str(cls) for cls in Collection(rules, within)}
    return sorted(cls for cls in named if cls.startswith(_OWN) and cls != str(K.Tombstone))


def _count(rules: rdflib.Graph, shape: Node, path: str, rule: Node) -> str:
    """How many of these links a thing has: what the rule says, else another rule of the shape about the property."""
    low, high = rules.value(rule, SH.qualifiedMinCount), rules.value(rule, SH.qualifiedMaxCount)
    if low is None and high is None:
        siblings = [one for one in rules.objects(shape, SH.property) if str(rules.value(one, SH.path)) == path]
        low = next((value for one in siblings for value in rules.objects(one, SH.minCount)), None)
        high = next((value for one in siblings for value in rules.objects(one, SH.maxCount)), None)
    if low is None and high is None:
        return ""
    first, last = str(low or 0), str(high or "*")
    return first if first == last else f"{first}..{last}"
