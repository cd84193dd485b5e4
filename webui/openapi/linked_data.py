"""Things, terms and graphs as linked data: what our IRIs lead to, and the files to download."""

from collections.abc import Iterable

from kbs_graph.errors import Words
from kbs_graph.serialize import CSV, DUMP_FORMATS, GRAPH_FORMATS, JSON_LD, XLSX, Format
from webui.openapi.parts import (
    HTML,
    NAME,
    SLUG,
    TEXT,
    TYPE,
    Json,
    answer,
    get,
    in_path,
    operation,
    ref,
)

TAG = ("data", Words("Gekoppelde gegevens", "Linked data"))
SCHEMAS = {
    "JsonLd": {"type": "object", "properties": {"@context": {"type": ["object", "string"]}}, "required": ["@context"]},
}
_ENDING = in_path("ending", {"type": "string", "enum": sorted(GRAPH_FORMATS)}, Words("Vorm.", "Form."), "jsonld")
_RELEASE = in_path(
    "slug", SLUG, Words("Nummer van de uitgave, met streepjes.", "Number of the release, with dashes."), "0-1-0"
)
_FILE = in_path("name", TEXT, Words("Naam van het bestand.", "Name of the file."), "kennisbouwstenen.nt")
_THING = Words("Wat de graaf over een ding zegt.", "What the graph says of a thing.")
_TERMS = Words("De termen van het model.", "The terms of the model.")
_DATASET = Words("Beschrijving van de dataset (DCAT, VoID).", "Description of the dataset (DCAT, VoID).")
_RULES = Words("De regels van het model (SHACL).", "The rules of the model (SHACL).")
_CLOSED = Words("De regels voor wie aanlevert (SHACL).", "The rules for who hands in (SHACL).")
_ELSEWHERE = Words(
    "Staat op Location, in de gevraagde vorm en taal.", "Is at Location, in the form and language asked for."
)
_ANOTHER: Json = {"description": _ELSEWHERE, "headers": {"Location": {"required": True, "schema": TEXT}}}


def in_forms(words: Words, forms: Iterable[Format], *others: str) -> Json:
    """An answer as RDF; of JSON-LD the outline is told."""
    types = {form.media_type: ref("JsonLd") if form is JSON_LD else TEXT for form in forms}
    return answer(words, {**types, **dict.fromkeys(others, TEXT)})


def _rdf(name: str, words: Words, parameters: Iterable[Json], *errors: int, others: tuple[str, ...] = ()) -> Json:
    given = {200: in_forms(words, GRAPH_FORMATS.values(), *others)}
    return {"get": operation(name, TAG[0], words, given, list(parameters), errors)}


def _elsewhere(name: str, parameters: list[Json]) -> Json:
    words = Words("Van een IRI naar pagina of data.", "From an IRI to a page or data.")
    return {"get": operation(name, TAG[0], words, {303: _ANOTHER}, parameters, (406, 410))}


def _download(name: str, words: Words, parameters: list[Json]) -> Json:
    media_types = [form.media_type for form in (*DUMP_FORMATS, CSV, XLSX)]
    found = answer(words, dict.fromkeys((*media_types, "application/gzip", "text/plain"), TEXT))
    checksum = Words("SHA-256 van het bestand.", "SHA-256 of the file.")
    found["headers"] = {"ETag": {"required": True, "schema": TEXT, "description": checksum}}
    return {"get": operation(name, TAG[0], words, {200: found}, parameters)}


PATHS = {
    "/id/{type}/{slug}": _elsewhere("thing", [TYPE, NAME]),
    "/id/uitgave/{slug}": _elsewhere("release", [_RELEASE]),
    "/data/{type}/{slug}": _rdf("data", _THING, [TYPE, NAME], 406),
    "/data/{type}/{slug}.{ending}": _rdf("dataFile", _THING, [TYPE, NAME, _ENDING]),
    "/data/uitgave/{slug}.{ending}": _rdf(
        "releaseFile",
        Words("Wat er in een uitgave is veranderd.", "What changed in a release."),
        [_RELEASE, _ENDING],
    ),
    "/id/dataset/kennisbouwstenen": _elsewhere("dataset", []),
    "/data/dataset/kennisbouwstenen": _rdf("datasetData", _DATASET, [], 406),
    "/data/dataset/kennisbouwstenen.{ending}": _rdf("datasetFile", _DATASET, [_ENDING]),
    "/.well-known/void": {"get": operation("wellKnownVoid", TAG[0], _DATASET, {302: _ANOTHER})},
    "/shapes": {"get": operation("rulesByIri", TAG[0], _RULES, {303: _ANOTHER})},
    "/def/shapes": _rdf("rules", _RULES, [], 406, others=(HTML,)),
    "/def/shapes.{ending}": _rdf("rulesFile", _RULES, [_ENDING]),
    "/def/shapes/contribution": _rdf("closedRules", _CLOSED, [], 406, others=(HTML,)),
    "/def/shapes/contribution.{ending}": _rdf("closedRulesFile", _CLOSED, [_ENDING]),
    "/def": _rdf("terms", _TERMS, [], 406, others=(HTML,)),
    "/def.{ending}": _rdf("termsFile", _TERMS, [_ENDING]),
    "/def/context.jsonld": get(
        "context",
        TAG[0],
        Words("De context van onze JSON-LD.", "The context of our JSON-LD."),
        ref("JsonLd"),
        media_type=JSON_LD.media_type,
    ),
    "/dumps/{name}": _download("dump", Words("Alles, als bestand.", "Everything, as a file."), [_FILE]),
    "/dumps/{version}/{name}": _download(
        "releasedDump",
        Words("Alles, zoals het in een uitgave was.", "Everything, as it was in a release."),
        [in_path("version", TEXT, Words("Nummer van de uitgave.", "Number of the release."), "0.1.0"), _FILE],
    ),
}
