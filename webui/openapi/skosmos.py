"""The REST API v1 of Skosmos, as kbs_graph.skosmos answers it: the paths of its methods."""

from collections.abc import Iterable

from kbs_graph.errors import Words
from kbs_graph.serialize import JSON_LD, RDF_XML, TURTLE
from webui import jsonp
from webui.openapi.parts import (
    CALLBACK,
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
    record,
    ref,
)
from webui.openapi.skosmos_methods import GLOBAL, LANG, OF_VOCABULARY, SCHEMAS, URI, Method

__all__ = ["PATHS", "SCHEMAS", "TAG"]

TAG = ("skosmos", Words("Zoals Skosmos, REST versie 1", "Like Skosmos, REST version 1"))
_VOCABULARY = in_path("vocabulary", SLUG, Words("Id van het vocabulaire.", "Id of the vocabulary."), "kennisbouwstenen")
_REFUSED = {
    status: answer(words, {"text/plain": TEXT, PROBLEM: ref("Problem")})
    for status, words in {
        400: Words("Een parameter ontbreekt of klopt niet.", "A parameter is missing or not right."),
        404: Words("Dit is er niet.", "This is not here."),
        503: Words("Dit werkt nu even niet.", "This does not work right now."),
    }.items()
}
_ELSEWHERE = {"description": Words("Naar het bestand met alles.", "To the file with everything.")}


def _path(path: str, parameters: Iterable[Json], words: Words, given: dict[int, Json]) -> Json:
    pieces = path.replace("{vocabulary}/", "of/").replace("{letter}", "letter").split("/")
    name = "skosmos" + "".join(piece[:1].upper() + piece[1:] for piece in pieces)
    return {"get": operation(name, TAG[0], words, {**_REFUSED, **given}, list(parameters))}


def _method(path: str, method: Method, before: tuple[Json, ...] = ()) -> Json:
    given = answer(method.words, {JSON: method.schema, JSON_LD.media_type: method.schema, jsonp.JAVASCRIPT: TEXT})
    return _path(path, (*before, *method.parameters, CALLBACK), method.words, {200: given})


def _data(path: str, before: tuple[Json, ...], needed: bool) -> Json:
    words = Words("Wat er van een begrip gezegd wordt, als RDF.", "What is said of a concept, as RDF.")
    types = [RDF_XML.media_type, TURTLE.media_type, JSON_LD.media_type, JSON]
    form = in_query("format", {"type": "string", "enum": types}, Words("Vorm.", "Form."), JSON)
    graph = record(**{"@context": {"type": "object"}}, graph=many({"type": "object"}))
    forms = answer(words, {name: graph if name in (JSON, JSON_LD.media_type) else TEXT for name in types})
    refused = answer(Words("Deze vorm is er niet.", "There is no such form."), {"text/plain": TEXT})
    given = {200: forms, 406: refused, **({} if needed else {302: _ELSEWHERE})}
    return _path(path, (*before, {**URI, "required": needed}, LANG, form), words, given)


_ENTITY = Words(
    "Van een IRI naar pagina of data, zoals bij Skosmos.", "From an IRI to a page or data, as with Skosmos."
)
_THERE = {"description": _ENTITY, "headers": {"Location": {"required": True, "schema": TEXT}}}
PATHS = {
    "/entity": {"get": operation("skosmosEntity", TAG[0], _ENTITY, {303: _THERE}, [URI], (404,))},
    "/rest/v1/data": _data("data", (), needed=True),
    "/rest/v1/{vocabulary}/data": _data("{vocabulary}/data", (_VOCABULARY,), needed=False),
    **{f"/rest/v1/{name}": _method(name, method) for name, method in GLOBAL.items()},
    **{
        f"/rest/v1/{{vocabulary}}/{name}": _method(f"{{vocabulary}}/{name}", method, (_VOCABULARY,))
        for name, method in OF_VOCABULARY.items()
    },
}
