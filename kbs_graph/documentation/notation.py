"""Nodes of a rule in the notation people know: values as Turtle writes them, paths as SPARQL does."""

import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH

from kbs_graph.serialize import compact
from kbs_graph.terms import ID, SHAPES

Node = rdflib.term.Node
_OPERATORS: dict[Node, str] = {
    SH.inversePath: "^{}",
    SH.zeroOrMorePath: "{}*",
    SH.oneOrMorePath: "{}+",
    SH.zeroOrOnePath: "{}?",
}


def notation(graph: rdflib.Graph, node: Node, as_path: bool = False) -> str:
    """A value (Turtle: prefixed names, lists, nodes within nodes), or a path (SPARQL 1.1, section 9.1)."""
    return _path(graph, node) if as_path else _value(graph, node)


def short(node: Node) -> str:
    """An IRI as prefix:name, or as it stands under our base."""
    text = str(node)
    for prefix, namespace in (("sh", str(SH)), ("ks", SHAPES)):
        if text.startswith(namespace):
            return f"{prefix}:{text.removeprefix(namespace)}"
    name = compact(text)
    return name if name != text else f"<{text.removeprefix(ID)}>"


def _value(graph: rdflib.Graph, node: Node) -> str:
    if isinstance(node, rdflib.Literal):
        return _literal(node)
    if isinstance(node, rdflib.URIRef) and node != RDF.nil:
        return short(node)
    if node == RDF.nil or (node, RDF.first, None) in graph:
        return f"( {' '.join(_value(graph, item) for item in Collection(graph, node))} )"
    inside = sorted((short(p), _path(graph, o) if p == SH.path else _value(graph, o)) for p, o in _said(graph, node))
    return f"[ {' ; '.join(f'{name} {value}' for name, value in inside)} ]"


def _path(graph: rdflib.Graph, node: Node) -> str:
    if isinstance(node, rdflib.URIRef):
        return short(node)
    if (node, RDF.first, None) in graph:
        return "/".join(_path(graph, step) for step in Collection(graph, node))
    ((operator, rest),) = _said(graph, node)
    if operator == SH.alternativePath:
        return "|".join(_path(graph, step) for step in Collection(graph, rest))
    return _OPERATORS[operator].format(_path(graph, rest))


def _said(graph: rdflib.Graph, node: Node) -> list[tuple[Node, Node]]:
    return list(graph.predicate_objects(node))


def _literal(value: rdflib.Literal) -> str:
    text = str(value)
    if value.datatype in (rdflib.XSD.integer, rdflib.XSD.boolean, rdflib.XSD.decimal):
        return text
    quoted = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if value.language:
        return f"{quoted}@{value.language}"
    return f"{quoted}^^{short(value.datatype)}" if value.datatype and value.datatype != rdflib.XSD.string else quoted
