"""Media types and file endings of everything the product serves, and writing RDF in them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import rdflib

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

JSON = Format("json", "application/sparql-results+json")
XML = Format("xml", "application/sparql-results+xml")
CSV = Format("csv", "text/csv", charset=True)
TSV = Format("tsv", "text/tab-separated-values", charset=True)
RESULT_FORMATS = {f.ending: f for f in (JSON, XML, CSV, TSV)}

ALIASES = {"application/json": JSON, "application/xml": XML, "text/xml": XML, "text/plain": N_TRIPLES}
DUMP_FORMATS = (N_QUADS, TRIG, TURTLE, N_TRIPLES)


@cache
def context(root: Path) -> dict[str, object]:
    """The JSON-LD context of `ontology/context.jsonld`."""
    document: dict[str, object] = json.loads((root / "ontology" / "context.jsonld").read_text(encoding="utf-8"))
    return document


def compact(iri: str) -> str:
    """An IRI as prefix:name where we have a prefix for it, else as it is."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def write(triples: Iterable[tuple[rdflib.term.Node, ...]], form: Format, root: Path) -> bytes:
    """Triples in one of GRAPH_FORMATS; JSON-LD is compacted with our context, which stands in the document."""
    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    for triple in triples:
        graph.add(triple)  # type: ignore[arg-type]
    if form is JSON_LD:
        return graph.serialize(
            format="json-ld", context=context(root)["@context"], auto_compact=False, encoding="utf-8", sort_keys=True
        )
    names = {TURTLE: "turtle", RDF_XML: "pretty-xml", N_TRIPLES: "nt"}
    return graph.serialize(format=names[form], encoding="utf-8")
