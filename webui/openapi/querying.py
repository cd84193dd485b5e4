"""The SPARQL endpoint (SPARQL 1.1 Protocol)."""

from kbs_graph import examples
from kbs_graph.errors import Words
from kbs_graph.serialize import JSON as RESULTS
from kbs_graph.serialize import JSON_LD, QUERY_GRAPH_FORMATS, RESULT_FORMATS
from webui.openapi.parts import (
    FORM,
    HTML,
    IRI,
    TEXT,
    YES_NO,
    Json,
    answer,
    in_query,
    many,
    operation,
    record,
    ref,
    table,
)
from webui.protocol import QUERY

TAG = ("sparql", Words("Zelf vragen stellen", "Asking questions of your own"))
_EXAMPLE = examples.groups()[0].examples[0].text
SCHEMAS = {
    "Results": record(
        ("results", "boolean"),
        head=record(("vars", "link"), vars=many(TEXT), link=many(TEXT)),
        results=record(bindings=many(table({"type": "object", "required": ["type", "value"]}))),
        boolean=YES_NO,
    ),
}
_WORDS = Words(
    "Het antwoord op een vraag in SPARQL 1.1; zonder vraag een beschrijving van de dienst.",
    "The answer to a question in SPARQL 1.1; without one a description of the service.",
)
_GRAPHS = [
    in_query(name, many(IRI), Words("Graaf om in te zoeken; wint van FROM.", "Graph to look in; wins over FROM."))
    for name in ("default-graph-uri", "named-graph-uri")
]
_FORMATS: Json = {"type": "string", "enum": [*RESULT_FORMATS, *QUERY_GRAPH_FORMATS]}
_FORMAT = in_query(
    "format", _FORMATS, Words("Vorm van het antwoord; wint van Accept.", "Form of the answer; wins over Accept.")
)
_ERRORS = (400, 403, 406, 413, 415, 429)
_TYPES = {
    **{form.media_type: TEXT for form in (*RESULT_FORMATS.values(), *QUERY_GRAPH_FORMATS.values())},
    RESULTS.media_type: ref("Results"),
    JSON_LD.media_type: {"type": ["object", "array"]},
    HTML: TEXT,
}
_GIVEN = {200: answer(_WORDS, _TYPES)}
_BODY: Json = {
    "required": True,
    "content": {
        FORM: {"schema": record(("format",), query=TEXT, format=_FORMATS), "example": {"query": _EXAMPLE}},
        QUERY: {"schema": TEXT, "example": _EXAMPLE},
    },
}
_QUERY = in_query("query", TEXT, Words("De vraag.", "The query."), _EXAMPLE)
PATHS = {
    "/sparql": {
        "get": operation(
            "sparql",
            TAG[0],
            _WORDS,
            _GIVEN,
            [_QUERY, _FORMAT, *_GRAPHS],
            _ERRORS,
        ),
        "post": operation("sparqlPost", TAG[0], _WORDS, _GIVEN, _GRAPHS, _ERRORS, requestBody=_BODY),
    },
}
