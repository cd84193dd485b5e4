"""The Reconciliation Service API 0.2, at each of its addresses."""

from typing import Any

from kbs_graph.errors import Words
from webui import jsonp
from webui.openapi.parts import (
    CALLBACK,
    COUNT,
    FORM,
    JSON,
    LANG,
    LANGUAGE,
    NUMBER,
    TEXT,
    YES_NO,
    Json,
    answer,
    in_path,
    in_query,
    many,
    operation,
    record,
    ref,
    table,
)

TAG = ("reconcile", Words("Woorden naast onze begrippen leggen, voor OpenRefine", "Reconciling, for OpenRefine"))
_NAMED = record(id=TEXT, name=TEXT)
_SERVICE = record(("flyout_service_path",), service_url=TEXT, service_path=TEXT, flyout_service_path=TEXT)
_VALUE = {"type": "object", "additionalProperties": {"type": ["string", "number", "integer"]}}
SCHEMAS = {
    "Kind": record(("broader",), id=TEXT, name=TEXT, broader=many(_NAMED)),
    "Manifest": record(
        versions=many(TEXT),
        name=TEXT,
        identifierSpace=TEXT,
        schemaSpace=TEXT,
        documentation=TEXT,
        serviceVersion=TEXT,
        logo=TEXT,
        defaultTypes=many(ref("Kind")),
        view=record(url=TEXT),
        preview=record(url=TEXT, width=COUNT, height=COUNT),
        suggest=record(entity=_SERVICE, type=_SERVICE, property=_SERVICE),
        extend=record(propose_properties=_SERVICE, property_settings=many({"type": "object"})),
        batchSize=COUNT,
    ),
    "Candidates": table(record(result=many(ref("Candidate")))),
    "Candidate": record(
        ("description", "features"),
        id=TEXT,
        name=TEXT,
        description=TEXT,
        type=many(ref("Kind")),
        score=NUMBER,
        match=YES_NO,
        features=many(record(id=TEXT, value={"type": ["boolean", "number"]})),
    ),
    "Extension": record(
        meta=many(record(("type",), id=TEXT, name=TEXT, type=ref("Kind"))), rows=table(table(many(_VALUE)))
    ),
    "Suggested": record(
        result=many(
            record(
                ("description", "notable", "broader"),
                id=TEXT,
                name=TEXT,
                description=TEXT,
                notable=many(ref("Kind")),
                broader=many(_NAMED),
            )
        )
    ),
    "Properties": record(
        ("type", "limit"), type=TEXT, limit=COUNT, properties=many(record(id=TEXT, name=TEXT, description=TEXT))
    ),
    "Flyout": record(id=TEXT, html=TEXT),
}
_TONGUE = in_query(
    "lang",
    LANGUAGE,
    Words("Taal van het antwoord; anders beslist Accept-Language.", "Language of the answer; else Accept-Language."),
)
_UP_TO: Json = {"type": "integer", "minimum": 0, "maximum": 10_000}
_PREFIX = in_query("prefix", TEXT, Words("Het begin van een woord.", "The beginning of a word."), "schul")
_CURSOR = in_query("cursor", _UP_TO, Words("Zoveel overslaan.", "Pass over so many."))
_ASKED = {"type": "string", "contentMediaType": JSON}
_EXAMPLE = '{"q0":{"query":"schulden"}}'
_WHOLE = Words(
    "Zonder vraag het manifest; met queries de kandidaten; met extend de waarden.",
    "Without a question the manifest; with queries the candidates; with extend the values.",
)
_BODY = {
    "required": True,
    "content": {
        FORM: {
            "schema": record(("queries", "extend"), queries=_ASKED, extend=_ASKED),
            "example": {"queries": _EXAMPLE},
        }
    },
}


def _operation(
    name: str, words: Words, schema: Json, parameters: list[Json], errors: tuple[int, ...], **more: Any
) -> Json:
    given = answer(words, {JSON: schema, jsonp.JAVASCRIPT: TEXT})
    return operation(name, TAG[0], words, {200: given}, [CALLBACK, *parameters], errors, **more)


def _paths(begin: str, suffix: str, language: Json) -> dict[str, Json]:
    """All paths of the service at one of its addresses; `suffix` tells their operations from those of the other."""
    questions = [
        in_query("queries", _ASKED, Words("Vragen, als JSON.", "Queries, as JSON."), _EXAMPLE),
        in_query("extend", _ASKED, Words("Gevraagde waarden, als JSON.", "Values asked for, as JSON.")),
    ]
    answers = [ref("Candidates"), ref("Extension")]
    whole = {
        "get": _operation(
            f"reconcile{suffix}", _WHOLE, {"anyOf": [ref("Manifest"), *answers]}, [language, *questions], (400, 413)
        ),
        "post": _operation(
            f"reconcilePost{suffix}", _WHOLE, {"anyOf": answers}, [language], (400, 413), requestBody=_BODY
        ),
    }
    asking = {
        end: {"get": _operation(name + suffix, words, schema, [language, *parameters], (400, 404))}
        for end, (name, words, schema, parameters) in _ASKING.items()
    }
    return {begin: whole, **{begin + end: path for end, path in asking.items()}}


_ASKING: dict[str, tuple[str, Words, Json, list[Json]]] = {
    "/suggest/entity": (
        "suggestEntity",
        Words("Dingen met een naam die zo begint.", "Things with a name that begins so."),
        ref("Suggested"),
        [_PREFIX, in_query("type", many(TEXT), Words("Alleen van deze soort.", "Only of this kind.")), _CURSOR],
    ),
    "/suggest/type": (
        "suggestType",
        Words("Soorten met een naam die zo begint.", "Kinds with a name that begins so."),
        ref("Suggested"),
        [_PREFIX, _CURSOR],
    ),
    "/suggest/property": (
        "suggestProperty",
        Words("Eigenschappen met een naam die zo begint.", "Properties with a name that begins so."),
        ref("Suggested"),
        [_PREFIX, _CURSOR],
    ),
    "/properties": (
        "proposeProperties",
        Words("De eigenschappen van een soort.", "The properties of a kind."),
        ref("Properties"),
        [
            in_query("type", TEXT, Words("De soort.", "The kind."), "KnowledgeAspect"),
            in_query("limit", _UP_TO, Words("Hoogstens zoveel; 0 voor alle.", "At most so many; 0 for all.")),
        ],
    ),
    "/flyout/{kind}": (
        "flyout",
        Words("Een paar woorden over een suggestie.", "A few words about a suggestion."),
        ref("Flyout"),
        [
            in_path(
                "kind",
                {"type": "string", "enum": ["entity", "type", "property"]},
                Words("Waarover.", "About what."),
                "entity",
            ),
            in_query("id", TEXT, Words("Het id ervan.", "Its id."), "aspect/meldcode"),
        ],
    ),
}
"""What else the service can be asked, below its address."""
PATHS = {**_paths("/reconcile", "", _TONGUE), **_paths("/{lang}/reconcile", "In", LANG)}
