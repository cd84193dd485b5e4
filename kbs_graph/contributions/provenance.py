"""What stands in the graph `herkomst`: the size and hash of every graph; of a contribution whose it is, since when.

Apart from what an organisation says itself, so that getting its graph and putting it back changes nothing.
"""

from collections.abc import Mapping

from rdflib.namespace import DCTERMS, RDF

from kbs_graph.contributions.journal import Version
from kbs_graph.files import NamedGraph, computed_graph
from kbs_graph.snapshot import Manifest
from kbs_graph.terms import PROVENANCE_GRAPH, Iri, K, Literal, Triple, graph_iri, iri_of

VOID_TRIPLES = Iri("http://rdfs.org/ns/void#triples")
SHA256 = Iri("https://schema.org/sha256")
_VERSION = Iri("http://www.w3.org/ns/dcat#version")
_ADMS_STATUS = Iri("http://www.w3.org/ns/adms#status")
_XSD = "http://www.w3.org/2001/XMLSchema#"


def graph(sizes: Mapping[Iri, Manifest], versions: Mapping[str, Version], names: Mapping[str, str]) -> NamedGraph:
    """The graph `herkomst`, of some graphs: `sizes` has their hash and size, `names` what organisations are called."""
    triples: list[Triple] = []
    for iri, entry in sizes.items():
        if entry["triples"]:
            triples.append((iri, VOID_TRIPLES, Literal(str(entry["triples"]), datatype=_XSD + "integer")))
            triples.append((iri, SHA256, Literal(entry["sha256"])))
    for slug, version in versions.items():
        triples += _description(slug, version, names[slug])
    return computed_graph(Iri(PROVENANCE_GRAPH), triples)


def _description(slug: str, version: Version, name: str) -> list[Triple]:
    this = graph_iri(slug)
    return [
        (this, Iri(RDF.type), Iri(K.Graph)),
        (this, Iri(DCTERMS.title), Literal(f"Bijdrage van {name}", "nl")),
        (this, Iri(DCTERMS.title), Literal(f"Contribution of {name}", "en")),
        (this, Iri(DCTERMS.creator), iri_of("organisatie", slug)),
        (this, _ADMS_STATUS, iri_of("status", "voorstel")),
        (this, Iri(DCTERMS.modified), Literal(version.when[:10], datatype=_XSD + "date")),
        (this, _VERSION, Literal(str(version.number))),
    ]
