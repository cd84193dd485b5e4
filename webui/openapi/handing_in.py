"""Named graphs: reading who says what, and handing in as an organisation (SPARQL 1.1 Graph Store HTTP Protocol)."""

from typing import Any

from kbs_graph.contributions.intake import drafts
from kbs_graph.errors import Words
from kbs_graph.serialize import GRAPH_FORMATS, TURTLE
from kbs_graph.terms import GRAPHS
from webui.openapi.linked_data import in_forms
from webui.openapi.parts import (
    COUNT,
    HTML,
    IRI,
    JSON,
    PROBLEM,
    SLUG,
    TEXT,
    Json,
    answer,
    in_path,
    in_query,
    many,
    operation,
    or_null,
    record,
    ref,
    table,
)

TAG = ("graphs", Words("Grafen: lezen en aanleveren", "Graphs: reading and handing in"))
_OUTCOME: dict[str, Json] = {
    "outcome": {"type": "string", "enum": ["created", "replaced", "unchanged", "emptied", "checked", "refused"]},
    "version": or_null(COUNT),
    "etag": or_null(TEXT),
    "counts": table(COUNT),
    "findings": many(ref("Finding")),
    "leftOut": many(ref("Finding")),
}
SCHEMAS = {
    "Finding": record(
        ("line", "thing", "path", "value"),
        rule=TEXT,
        severity=TEXT,
        message=TEXT,
        line=COUNT,
        thing=TEXT,
        path=TEXT,
        value=TEXT,
    ),
    "Outcome": record(**_OUTCOME),
    "Refusal": record(**_OUTCOME, type=TEXT, title=TEXT, status=COUNT, detail=TEXT),
}
_NAME = in_path(
    "name",
    SLUG,
    Words("Naam van de graaf, of van je organisatie.", "Name of the graph, or of your organisation."),
    "schemes",
)
_GRAPH = in_query("graph", IRI, Words("IRI van de graaf.", "IRI of the graph."), f"{GRAPHS}schemes", required=True)
_SWITCHES = [
    in_query(
        "check",
        {"type": "string", "enum": ["0", "1"]},
        Words("1: alleen kijken, niets veranderen.", "1: only look, change nothing."),
    ),
    in_query(
        "partial",
        {"type": "string", "enum": ["0", "1"]},
        Words("1: weglaten wat niet klopt.", "1: leave out what is not right."),
    ),
]
_READ = Words("Wat er in een graaf staat.", "What is in a graph.")
_WRITE = {
    "put": Words(
        "Dit is voortaan alles wat je organisatie zegt.", "This is from now on all that your organisation says."
    ),
    "post": Words("Dit komt erbij.", "This is added."),
    "delete": Words("Alles van je organisatie gaat weg.", "All of your organisation goes."),
}
_BODY = {"required": True, "content": {name: {"schema": TEXT} for name in drafts.MEDIA_TYPES}}
_TOLD = dict.fromkeys((HTML, TURTLE.media_type, "text/plain"), TEXT)
_REFUSED = answer(
    Words("Er is iets niet goed; er is niets veranderd.", "Something is not right; nothing changed."),
    {PROBLEM: {"anyOf": [ref("Refusal"), ref("Problem")]}, **_TOLD},
)


def _write(method: str, suffix: str, parameters: list[Json]) -> Json:
    done = answer(Words("Verwerkt, en al te zien.", "Done, and to be seen already."), {JSON: ref("Outcome"), **_TOLD})
    nothing = {
        "description": Words("Er veranderde niets, of er is niets meer.", "Nothing changed, or nothing is left.")
    }
    answers = {200: done, 201: done, 204: nothing, 400: _REFUSED, 422: _REFUSED}
    body: dict[str, Any] = {} if method == "delete" else {"requestBody": _BODY}
    errors = (401, 403, 404, 410, 412, 413, 415, 429)
    name = f"{method}Graph{suffix}"
    more = {**body, "security": [{"token": []}]}
    return operation(name, TAG[0], _WRITE[method], answers, [*parameters, *_SWITCHES], errors, **more)


def _path(suffix: str, parameter: Json) -> Json:
    given = {200: in_forms(_READ, GRAPH_FORMATS.values())}
    reading = operation(f"graph{suffix}", TAG[0], _READ, given, [parameter], (400, 404, 406))
    return {"get": reading, **{method: _write(method, suffix, [parameter]) for method in _WRITE}}


PATHS = {"/graphs/{name}": _path("", _NAME), "/graphs": _path("ByIri", _GRAPH)}
