"""The whole description, put together from its parts, in one language."""

from typing import Any

import kbs_graph
from kbs_graph.errors import Words
from webui.openapi import about, handing_in, knowledge, linked_data, querying, reconciling, searching, skosmos
from webui.openapi.parts import COUNT, ERRORS, HTML, PROBLEM, TEXT, VERSION, Json, answer, record, ref, versioned

_PARTS = (searching, knowledge, linked_data, querying, skosmos, reconciling, handing_in, about)
_TITLE = Words("Kennisbouwstenen voor programma's", "Kennisbouwstenen for programs")
_ABOUT = Words(
    "Alle adressen van Kennisbouwstenen die JSON geven: wat een wijkteam moet weten, als gegevens. Iedereen mag lezen, "
    "zonder sleutel en vanaf elke site. Antwoorden hebben een ETag. Stuur die terug als If-None-Match, dan krijg je "
    "304 als er niets is veranderd. Fouten komen als problem details (RFC 9457), in de taal van Accept-Language.",
    "All addresses of Kennisbouwstenen that give JSON: what a neighbourhood team needs to know, as data. All may read, "
    "without a key and from any site. Answers have an ETag. Send it back as If-None-Match, and you get 304 when "
    "nothing changed. Errors come as problem details (RFC 9457), in the language of Accept-Language.",
)
_EDITORS = Words("Redactie Kennisbouwstenen", "Kennisbouwstenen editors")
_MORE = Words("Uitleg en voorbeelden", "Explanation and examples")
_TOKEN = Words("Een token van de redactie, voor een organisatie.", "A token from the editors, for an organisation.")
_VERSION = Words("De versie van deze beschrijving.", "The version of this description.")
_LICENCE = {"name": "CC-BY-4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}
PATHS: dict[str, Json] = {path: item for part in _PARTS for path, item in part.PATHS.items()}


def document(language: str, site: str, contact: str, explained: str) -> Json:
    """The description (OpenAPI 3.1) for the site at an address, with where to ask and where it is explained."""
    place = {"line": COUNT, "column": COUNT}
    problem = record(place.keys(), type=TEXT, title=TEXT, status=COUNT, detail=TEXT, **place)
    schemas = {"Problem": problem, **{name: schema for part in _PARTS for name, schema in part.SCHEMAS.items()}}
    failures = {
        str(status): versioned(answer(words, {PROBLEM: ref("Problem"), HTML: TEXT})) for status, words in ERRORS.items()
    }
    whole: Json = {
        "openapi": "3.1.0",
        "info": {
            "title": _TITLE,
            "version": kbs_graph.__version__,
            "description": _ABOUT,
            "contact": {"name": _EDITORS, "url": contact},
            "license": _LICENCE,
        },
        "externalDocs": {"url": explained, "description": _MORE},
        "servers": [{"url": site}],
        "tags": [{"name": name, "description": words} for name, words in (part.TAG for part in _PARTS)],
        "paths": PATHS,
        "components": {
            "schemas": schemas,
            "responses": failures,
            "headers": {VERSION: {"required": True, "schema": TEXT, "description": _VERSION}},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": _TOKEN}},
        },
    }
    written: Json = _in_language(whole, language)
    return written


def _in_language(part: Any, language: str) -> Any:
    """The same, with every sentence in one language."""
    match part:
        case Words():
            return part.in_language(language)
        case dict():
            return {name: _in_language(value, language) for name, value in part.items()}
        case list():
            return [_in_language(value, language) for value in part]
        case _:
            return part
