"""The query service described for machines (SPARQL 1.1 Service Description, W3C Recommendation of 21 March 2013).

It says what is so and no more: federation (sd:BasicFederatedQuery) and fetching graphs (sd:DereferencesURIs) are not
claimed, since the service reaches no other address.
"""

from collections.abc import Iterator, Mapping

from rdflib import Namespace
from rdflib.namespace import DCAT, RDF, RDFS, VOID

from kbs_graph import serialize
from kbs_graph.serialize import QUERY_GRAPH_FORMATS, RESULT_FORMATS, Format
from kbs_graph.statements import iris, number, say
from kbs_graph.terms import DATASET, Triple

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
_FORMATS = "http://www.w3.org/ns/formats/"
_SIMPLE = "http://www.w3.org/ns/entailment/Simple"
_FORMAT_NAMES = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "ttl": "Turtle",
    "jsonld": "JSON-LD",
    "rdf": "RDF_XML",
    "nt": "N-Triples",
    "nq": "N-Quads",
    "trig": "TriG",
}
"""The formats of answers in the W3C's list of unique URIs for file formats, by ending."""
assert _FORMAT_NAMES.keys() == RESULT_FORMATS.keys() | QUERY_GRAPH_FORMATS.keys()
_PREFIXES = {"sd": str(SD), "formats": _FORMATS, "void": str(VOID), "dcat": str(DCAT), "rdfs": str(RDFS)}


def write(endpoint: str, about: str, graphs: Mapping[str, int], form: Format) -> bytes:
    """The description of the service at `endpoint` in one of QUERY_GRAPH_FORMATS.

    `about` is the address of the description of the dataset, `graphs` the size of every named graph in triples.
    """
    return serialize.write(_statements(endpoint, about, graphs), form, dict(_PREFIXES), _PREFIXES)


def _statements(endpoint: str, about: str, graphs: Mapping[str, int]) -> Iterator[Triple]:
    yield from say(
        endpoint,
        (RDF.type, iris(SD.Service)),
        (SD.endpoint, iris(endpoint)),
        (SD.supportedLanguage, iris(SD.SPARQL11Query)),
        (SD.resultFormat, iris(*(_FORMATS + name for name in _FORMAT_NAMES.values()))),
        (SD.feature, iris(SD.UnionDefaultGraph)),
        (SD.defaultEntailmentRegime, iris(_SIMPLE)),
        (SD.defaultDataset, iris(DATASET)),
        (DCAT.servesDataset, iris(DATASET)),
    )
    default = f"{endpoint}#default-graph"
    names = {graph: f"{endpoint}#graph-{graph.rpartition('/')[2]}" for graph in graphs}
    yield from say(
        DATASET,
        (RDF.type, iris(SD.Dataset)),
        (SD.defaultGraph, iris(default)),
        (SD.namedGraph, iris(*names.values())),
        (RDFS.seeAlso, iris(about)),
    )
    yield from say(default, (RDF.type, iris(SD.Graph)))
    for graph, name in names.items():
        yield from say(name, (RDF.type, iris(SD.NamedGraph)), (SD.name, iris(graph)), (SD.graph, iris(graph)))
        yield from say(graph, (RDF.type, iris(SD.Graph, VOID.Dataset)), (VOID.triples, number(graphs[graph])))
