"""The SPARQL 1.1 Protocol without HTTP: what is asked, whether it may be asked, and the answer from the pool.

The guard reads a query as a list of tokens; it never parses it. It is a courtesy that gives a clear refusal early; the
wall is the worker (workers.py).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rdflib import BNode, Graph, Namespace, URIRef
from rdflib.namespace import RDF

from kbs_graph.errors import BadRequest, TooLarge
from kbs_graph.serialize import GRAPH_FORMATS, RESULT_FORMATS
from kbs_graph.workers import Answer, Job, Pool

# Every alternative is possessive and runs on to the end of the text where its closing mark is missing, so that the scan
# stays linear whatever is sent.
_TOKENS = re.compile(
    r"""(?P<skip> <[^<>"{}|^`\\\x00-\x20]*+> | [?$]\w++ | @[a-zA-Z-]++ | _?:(?:[\w:%.-]|\\.)*+
          | \"\"\"(?:[^"\\]|\\.|"(?!""))*+(?:\"\"\"|\Z) | '''(?:[^'\\]|\\.|'(?!''))*+(?:'''|\Z)
          | "(?:[^"\\\n\r]|\\.)*+"? | '(?:[^'\\\n\r]|\\.)*+'? )
      | (?P<word> [^\W\d_][\w.-]*+ ) (?P<name> :(?:[\w:%.-]|\\.)*+ )?
      | (?P<open> [{(\[] ) | (?P<close> [})\]] ) | (?P<bang> ! ) | \#[^\n\r]*+""",
    re.VERBOSE | re.DOTALL,
)

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMATS = Namespace("http://www.w3.org/ns/formats/")
_FORMAT_NAMES = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "ttl": "Turtle",
    "nt": "N-Triples",
    "rdf": "RDF_XML",
    "jsonld": "JSON-LD",
}
assert _FORMAT_NAMES.keys() == RESULT_FORMATS.keys() | GRAPH_FORMATS.keys()


@dataclass(frozen=True)
class Question:
    """A query with the dataset the protocol names (SPARQL 1.1 Protocol, section 2.1.4), and the types wanted."""

    query: str
    result_type: str
    graph_type: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


def ask(pool: Pool, store: Path, question: Question, max_bytes: int, max_depth: int) -> Answer:
    """Guard a question and have it answered. Raises what `guard` and `Pool.run` raise."""
    has_from = guard(question.query, max_bytes, max_depth)
    job = Job(
        question.query,
        question.result_type,
        question.graph_type,
        has_from,
        question.default_graphs,
        question.named_graphs,
    )
    return pool.run(store, job)


def guard(query: str, max_bytes: int, max_depth: int) -> bool:
    """Refuse a query that is too long (TooLarge), too deep or uses SERVICE (BadRequest).

    Returns whether the query has a dataset clause of its own (FROM). Keywords within strings, IRIs, names, variables
    and comments do not count.
    """
    size = len(query.encode(errors="surrogatepass"))
    if size > max_bytes:
        raise TooLarge(
            f"De vraag is {size} bytes lang; het meeste is {max_bytes}. Maak hem korter.",
            f"The query is {size} bytes long; the most is {max_bytes}. Make it shorter.",
        )
    depth = bangs = 0
    has_from = False
    for kind, word in _tokens(query):
        bangs = bangs + 1 if kind == "bang" else 0
        depth += (kind == "open") - (kind == "close")
        if depth + bangs > max_depth:
            raise BadRequest(
                f"De vraag is dieper genest dan {max_depth} haken. Maak hem vlakker.",
                f"The query is nested deeper than {max_depth} brackets. Make it flatter.",
            )
        if kind == "word" and "SERVICE" in word:
            raise BadRequest(
                "SERVICE kan hier niet: deze dienst haalt niets op bij andere adressen.",
                "SERVICE is not possible here: this service fetches nothing from other addresses.",
            )
        has_from = has_from or (kind == "word" and "FROM" in word)
    return has_from


def is_stable(query: str) -> bool:
    """Whether a query gives the same answer each time on the same snapshot: it names no function that changes."""
    changing = ("RAND", "NOW", "UUID", "BNODE")
    return not any(kind == "word" and any(name in word for name in changing) for kind, word in _tokens(query))


def service_description(endpoint: str) -> bytes:
    """The description of the service in Turtle (SPARQL 1.1 Service Description); `endpoint` is its absolute address."""
    graph = Graph()
    graph.bind("sd", SD)
    service, dataset, default = URIRef(endpoint), BNode("dataset"), BNode("default")
    graph.add((service, RDF.type, SD.Service))
    graph.add((service, SD.endpoint, service))
    graph.add((service, SD.supportedLanguage, SD.SPARQL11Query))
    graph.add((service, SD.feature, SD.UnionDefaultGraph))
    for name in _FORMAT_NAMES.values():
        graph.add((service, SD.resultFormat, FORMATS[name]))
    graph.add((service, SD.defaultDataset, dataset))
    graph.add((dataset, RDF.type, SD.Dataset))
    graph.add((dataset, SD.defaultGraph, default))
    graph.add((default, RDF.type, SD.Graph))
    return graph.serialize(format="turtle", encoding="utf-8")


def _tokens(query: str) -> Iterator[tuple[str, str]]:
    """The tokens that matter, as (kind, text in capitals).

    The parser of the store asks for no space around a keyword (`FROM:g`, `ASKFROM<g>`, `true.SERVICE<s>`). So a keyword
    counts anywhere within a word, and a name counts as a word where nothing declares its prefix.
    """
    declared: set[str] = set()
    previous = ""
    for token in _TOKENS.finditer(query):
        kind, text = token.lastgroup, token.group().upper()
        if kind is None:  # a comment parts no two tokens
            continue
        if kind == "name":
            if previous == "PREFIX":
                declared.add(token["word"])
            kind = "name" if token["word"] in declared else "word"
        previous = text
        yield kind, text
