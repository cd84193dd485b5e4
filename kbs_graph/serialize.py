"""Media types and file endings of everything the product serves, and writing RDF in them."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox
import rdflib

from kbs_graph.terms import Iri, Literal, Term, Triple

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
Context = dict[str, Any]
"""What stands under `@context` in a JSON-LD document."""

PREFIXES = {
    "k": "https://w3id.org/kennisbouwstenen/def#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "adms": "http://www.w3.org/ns/adms#",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "org": "http://www.w3.org/ns/org#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "void": "http://rdfs.org/ns/void#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True)
class Format:
    """A way to write data: its ending in addresses, its media type, and the charset parameter it takes, if any."""

    ending: str
    media_type: str
    charset: bool = False

    @property
    def content_type(self) -> str:
        return self.media_type + ("; charset=utf-8" if self.charset else "")


TURTLE = Format("ttl", "text/turtle", charset=True)
JSON_LD = Format("jsonld", "application/ld+json")
RDF_XML = Format("rdf", "application/rdf+xml")
N_TRIPLES = Format("nt", "application/n-triples")
N_QUADS = Format("nq", "application/n-quads")
TRIG = Format("trig", "application/trig")
GRAPH_FORMATS = {f.ending: f for f in (TURTLE, JSON_LD, RDF_XML, N_TRIPLES)}
QUERY_GRAPH_FORMATS = GRAPH_FORMATS | {f.ending: f for f in (N_QUADS, TRIG)}
"""What the graph that a query makes comes in. Clients that read datasets ask for quads first; a graph is one, too."""

JSON = Format("json", "application/sparql-results+json")
XML = Format("xml", "application/sparql-results+xml")
CSV = Format("csv", "text/csv", charset=True)
TSV = Format("tsv", "text/tab-separated-values", charset=True)
RESULT_FORMATS = {f.ending: f for f in (JSON, XML, CSV, TSV)}

XLSX = Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")

RESULT_ALIASES = {"application/json": JSON, "application/xml": XML, "text/xml": XML, "text/tsv": TSV}
GRAPH_ALIASES = {
    "application/json": JSON_LD,
    "application/xml": RDF_XML,
    "text/xml": RDF_XML,
    "text/plain": N_TRIPLES,
    "application/x-turtle": TURTLE,
    "text/n3": TURTLE,
    "text/rdf+n3": TURTLE,
    "text/x-nquads": N_QUADS,
    "application/x-trig": TRIG,
}
"""Other media types that ask for a format: general ones, and names from before there was a registered one."""
DUMP_FORMATS = (TURTLE, N_TRIPLES, JSON_LD, RDF_XML, TRIG, N_QUADS)


def compact(iri: str) -> str:
    """An IRI as prefix:name where we have a prefix for it, else as it is."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def expand(name: str) -> str:
    """The IRI that `compact` shortened."""
    prefix, _, rest = name.partition(":")
    return PREFIXES[prefix] + rest if prefix in PREFIXES else name


def document(triples: Iterable[Triple], base: str) -> str:
    """Triples as a Turtle file for people to read: by subject, its class first, IRIs shortened by prefix or `base`."""
    said: dict[Iri, dict[Iri, set[str]]] = {}
    for subject, predicate, value in triples:
        assert isinstance(subject, Iri)
        said.setdefault(subject, {}).setdefault(predicate, set()).add(_short(value, base))
    blocks = []
    for subject in sorted(said):
        verbs = {"a" if predicate == _TYPE else _short(predicate, base): predicate for predicate in said[subject]}
        lines = [f"{verb} {', '.join(sorted(said[subject][verbs[verb]]))}" for verb in sorted(verbs)]
        lines.sort(key=lambda line: not line.startswith("a "))
        blocks.append(f"{_short(subject, base)} " + " ;\n    ".join(lines) + " .\n")
    body = "\n".join(blocks)
    used = [name for name in sorted(PREFIXES) if re.search(rf"(?:^|[\s^]){name}:", body)]
    head = [f"@base <{base}> .", *(f"@prefix {name}: <{PREFIXES[name]}> ." for name in used)]
    return "\n".join([*head, "", body])


def _short(term: Term, base: str) -> str:
    """A term as Turtle writes it, as short as can be."""
    if isinstance(term, Literal):
        kind = f"@{term.language}" if term.language else f"^^{_short(Iri(term.datatype), base)}"
        return f"{ox.Literal(term.value)}{kind if kind != '^^xsd:string' else ''}"
    name = compact(term)
    return name if re.fullmatch(r"[a-z]+:\w+", name) else f"<{term.removeprefix(base)}>"


def write(triples: Iterable[Triple], form: Format, context: Context, prefixes: Mapping[str, str] = PREFIXES) -> bytes:
    """Triples in one of QUERY_GRAPH_FORMATS. The same triples give the same bytes, in any order and any process.

    JSON-LD is compacted with `context`, which stands in the document, so that it can be read without the network.
    """
    sorted_triples = sorted({ox.Triple(*map(native, triple)) for triple in triples}, key=str)
    if form is JSON_LD:
        return _json_ld(sorted_triples, context)
    syntax = ox.RdfFormat.from_media_type(form.media_type)
    plain = form in (N_TRIPLES, N_QUADS)
    result = ox.serialize(sorted_triples, format=syntax, prefixes=None if plain else dict(prefixes))
    assert result is not None
    return result


def _json_ld(triples: list[ox.Triple], context: Context) -> bytes:
    lines = "\n".join(f"{triple} ." for triple in triples)
    graph = rdflib.Graph().parse(data=lines, format="nt", bnode_context=OwnLabels())
    text = graph.serialize(format="json-ld", context=context)
    return json.dumps(_in_order(json.loads(text)), ensure_ascii=False, indent=1).encode()


def _in_order(value: object) -> object:
    """A JSON-LD value with its sets in a fixed order; lists and the context as they are."""
    if isinstance(value, dict):
        kept = ("@context", "@list")
        return {key: value[key] if key in kept else _in_order(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return sorted(map(_in_order, value), key=lambda item: json.dumps(item, sort_keys=True))
    return value


class OwnLabels(dict[str, rdflib.BNode]):
    """For rdflib's parsers: blank nodes under the labels they have, so that they mean the same in every process."""

    def get(self, label: str, default: object = None) -> rdflib.BNode:
        return rdflib.BNode(label)


def canonical(lines: Iterable[str]) -> str:
    """N-Triples lines in order, blank nodes named by what is said of them (RDFC-1.0): the same graph, the same text."""
    dataset = ox.Dataset(ox.parse(input="\n".join(lines), format=ox.RdfFormat.N_TRIPLES))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return "".join(sorted(f"{quad.triple} .\n" for quad in dataset))


def native(term: Term) -> Any:
    """A term of ours as pyoxigraph's own; an IRI that begins with `_:` is a blank node."""
    if isinstance(term, Literal):
        if term.language:
            return ox.Literal(term.value, language=term.language)
        return ox.Literal(term.value, datatype=ox.NamedNode(term.datatype))
    return ox.BlankNode(term[2:]) if term.startswith("_:") else ox.NamedNode(term)
