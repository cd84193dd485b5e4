"""What the site tells of itself to programs: this description, the file of a team scan, the site as an app."""

from kbs_graph.errors import Words
from webui.openapi.parts import LANGUAGE, Json, get, in_query

TAG = ("about", Words("Over de site", "About the site"))
_ANY: Json = {"type": "object"}
_LANG = in_query("lang", LANGUAGE, Words("Taal van de teksten.", "Language of the texts."), "nl")
PATHS = {
    "/openapi.json": get(
        "openapi", TAG[0], Words("Deze beschrijving (OpenAPI 3.1).", "This description (OpenAPI 3.1)."), _ANY, [_LANG]
    ),
    "/manifest.webmanifest": get(
        "manifest",
        TAG[0],
        Words("De site als app op een apparaat.", "The site as an app on a device."),
        _ANY,
        [_LANG],
        media_type="application/manifest+json",
    ),
    "/voorbeelden/f1.json": get(
        "scanExample", TAG[0], Words("Een ingevulde teamscan.", "A team scan that is filled in."), _ANY
    ),
    "/voorbeelden/teamscan.schema.json": get(
        "scanSchema",
        TAG[0],
        Words("Wat er in het bestand van een teamscan mag staan.", "What the file of a team scan may hold."),
        _ANY,
        media_type="application/schema+json",
    ),
}
SCHEMAS: dict[str, Json] = {}
