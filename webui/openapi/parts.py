"""The pieces every part of the description is made of: schemas (JSON Schema 2020-12), parameters, operations.

Sentences are `Words`: the document takes one language of them when it is served.
"""

from collections.abc import Collection, Mapping
from typing import Any

from kbs_graph.errors import Words
from kbs_graph.terms import KINDS

Json = dict[str, Any]
JSON, PROBLEM, HTML = "application/json", "application/problem+json", "text/html"
FORM = "application/x-www-form-urlencoded"
VERSION = "API-Version"
"""The header that every answer has."""

TEXT: Json = {"type": "string"}
IRI: Json = {"type": "string", "format": "iri"}
DAY: Json = {"type": "string", "format": "date"}
YES_NO: Json = {"type": "boolean"}
COUNT: Json = {"type": "integer", "minimum": 0}
NUMBER: Json = {"type": "number"}
SLUG: Json = {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,199}$"}
LANGUAGE: Json = {"type": "string", "enum": ["nl", "en"]}

ERRORS = {
    400: Words(
        "Er is iets niet goed aan de vraag; detail zegt wat.", "Something in the request is wrong; detail says what."
    ),
    401: Words("Er is geen geldig token.", "There is no valid token."),
    403: Words("Dit mag niet.", "This is not allowed."),
    404: Words("Dit is er niet.", "This is not here."),
    406: Words("Dit is er niet in de gevraagde vorm.", "This is not here in the form asked for."),
    410: Words("Dit is ingetrokken.", "This has been withdrawn."),
    412: Words("Dit is intussen veranderd.", "This has changed in the meantime."),
    413: Words("Dit is te groot.", "This is too large."),
    415: Words("Deze vorm lezen we niet.", "We do not read this form."),
    429: Words("Dit is meer dan we tegelijk aankunnen.", "This is more than we can take at once."),
    503: Words("Dit werkt nu even niet.", "This does not work right now."),
}


def ref(name: str) -> Json:
    """A schema by its name among the components."""
    return {"$ref": f"#/components/schemas/{name}"}


def many(schema: Json) -> Json:
    return {"type": "array", "items": schema}


def or_null(schema: Json) -> Json:
    return {"anyOf": [schema, {"type": "null"}]}


def table(schema: Json) -> Json:
    """An object with keys of any name."""
    return {"type": "object", "additionalProperties": schema}


def record(optional: Collection[str] = (), /, **fields: Json) -> Json:
    """An object with these fields and no other; those named in `optional` may be left out."""
    return {
        "type": "object",
        "properties": dict(fields),
        "required": [name for name in fields if name not in optional],
        "additionalProperties": False,
    }


def told(schema: Json, nl: str, en: str) -> Json:
    """A schema with a sentence."""
    return {**schema, "description": Words(nl, en)}


def in_path(name: str, schema: Json, words: Words, example: object) -> Json:
    return {"name": name, "in": "path", "required": True, "schema": schema, "description": words, "example": example}


def in_query(name: str, schema: Json, words: Words, example: object = None, required: bool = False) -> Json:
    given = {} if example is None else {"example": example}
    return {"name": name, "in": "query", "required": required, "schema": schema, "description": words, **given}


CALLBACK = in_query(
    "callback",
    {"type": "string", "pattern": r"^[A-Za-z_$][A-Za-z0-9_$]*$", "maxLength": 100},
    Words("Antwoord als aanroep van deze functie (JSONP).", "Answer as a call of this function (JSONP)."),
)
LANG = in_path("lang", LANGUAGE, Words("Taal van het antwoord.", "Language of the answer."), "nl")
TYPE = in_path("type", {"type": "string", "enum": sorted(KINDS)}, Words("Soort ding.", "Kind of thing."), "aspect")
NAME = in_path(
    "slug",
    SLUG,
    Words(
        "Naam van het ding, zoals in het adres van zijn pagina.", "Name of the thing, as in the address of its page."
    ),
    "meldcode",
)


def answer(words: Words, forms: Mapping[str, Json]) -> Json:
    """A response: in which media types, and what it then looks like."""
    return {"description": words, "content": {name: {"schema": schema} for name, schema in forms.items()}}


def versioned(given: Json) -> Json:
    """A response with the header that every one has (NL API Design Rules, /core/version-header)."""
    return {**given, "headers": {**given.get("headers", {}), VERSION: {"$ref": f"#/components/headers/{VERSION}"}}}


def operation(
    name: str,
    tag: str,
    summary: Words,
    answers: Mapping[int, Json],
    parameters: Collection[Json] = (),
    errors: Collection[int] = (),
    **more: Any,
) -> Json:
    """An operation with its answers, and those in which it fails.

    Any can find that there is no graph (503), and any with a name in its path that there is no such thing (404).
    """
    named = {404} if any(parameter["in"] == "path" for parameter in parameters) else set()
    failed = {
        str(status): {"$ref": f"#/components/responses/{status}"}
        for status in sorted({*errors, *named, 503})
        if status not in answers
    }
    return {
        "operationId": name,
        "tags": [tag],
        "summary": summary,
        **({"parameters": list(parameters)} if parameters else {}),
        **more,
        "responses": {**{str(status): versioned(given) for status, given in answers.items()}, **failed},
    }


def get(
    name: str,
    tag: str,
    summary: Words,
    schema: Json,
    parameters: Collection[Json] = (),
    errors: Collection[int] = (),
    media_type: str = JSON,
) -> Json:
    """A path that only gives, in one media type."""
    given = answer(summary, {media_type: schema})
    return {"get": operation(name, tag, summary, {200: given}, parameters, errors)}
