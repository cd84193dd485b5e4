"""Every path of the API over HTTP: its parameters, the keys of its answer, and what it says of what is not there."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from kbs_graph.skosmos import methods

ID = "https://w3id.org/kennisbouwstenen/id/"
CONCEPT = f"{ID}aspect/meldcode"
DOMAIN = f"{ID}domein/veiligheid"
NOWHERE = f"{ID}aspect/nowhere"
VOCABULARY = "kennisbouwstenen"
NO_CONCEPT = f"404 Not Found : Could not find concept <{NOWHERE}>"
NO_DATA = "404 Bad Request : no concept found with given uri"
NO_URI = "400 Bad Request : uri parameter missing"

ANSWERS: list[tuple[str, dict[str, str], set[str]]] = [
    ("vocabularies", {"lang": "nl"}, {"uri", "vocabularies"}),
    ("search", {"query": "meld*"}, {"uri", "results"}),
    ("label", {"uri": CONCEPT, "lang": "nl"}, {"uri", "prefLabel", "altLabel", "hiddenLabel"}),
    ("label", {"uri": CONCEPT}, {"uri", "prefLabel", "altLabel", "hiddenLabel"}),
    ("types", {"lang": "en"}, {"uri", "types"}),
    ("{v}/", {}, {"uri", "id", "marcSource", "title", "defaultLanguage", "languages", "conceptschemes"}),
    ("{v}/types", {}, {"uri", "types"}),
    ("{v}/topConcepts", {}, {"uri", "topconcepts"}),
    ("{v}/search", {"query": "meld*"}, {"uri", "results"}),
    ("{v}/label", {"uri": CONCEPT}, {"uri", "prefLabel", "altLabel", "hiddenLabel"}),
    ("{v}/lookup", {"label": "Veiligheid"}, {"result"}),
    ("{v}/broader", {"uri": CONCEPT}, {"uri", "broader"}),
    ("{v}/narrower", {"uri": DOMAIN}, {"uri", "narrower"}),
    ("{v}/related", {"uri": CONCEPT}, {"uri", "related"}),
    ("{v}/broaderTransitive", {"uri": CONCEPT, "limit": "9"}, {"uri", "broaderTransitive"}),
    ("{v}/narrowerTransitive", {"uri": DOMAIN, "limit": "9"}, {"uri", "narrowerTransitive"}),
    ("{v}/hierarchy", {"uri": CONCEPT}, {"uri", "broaderTransitive"}),
    ("{v}/children", {"uri": DOMAIN}, {"uri", "narrower"}),
    ("{v}/groups", {}, {"uri", "groups"}),
    ("{v}/index", {}, {"uri", "indexLetters"}),
    ("{v}/index/A", {"limit": "3", "offset": "1"}, {"uri", "indexConcepts"}),
    ("{v}/vocabularyStatistics", {}, {"uri", "id", "title", "concepts", "subTypes"}),
    ("{v}/labelStatistics", {}, {"uri", "id", "title", "languages"}),
    ("{v}/new", {"limit": "3"}, {"changeList"}),
    ("{v}/modified", {"limit": "3"}, {"changeList"}),
    ("{v}/mappings", {"uri": CONCEPT}, {"mappings", "graph"}),
]
REFUSALS: list[tuple[str, dict[str, str], str]] = [
    ("", {}, "404 Not Found"),
    ("vocabularies", {}, "400 Bad Request : lang parameter missing"),
    ("types", {}, "400 Bad Request : lang parameter missing"),
    ("search", {}, "400 Bad Request : query parameter missing"),
    ("search", {"query": "x", "maxhits": "0"}, "400 Bad Request : maxhits parameter is invalid"),
    ("search", {"query": "x", "offset": "x"}, "400 Bad Request : offset parameter is invalid"),
    ("search", {"query": "x", "vocab": "x"}, "404 Not Found : Vocabulary id 'x' not found."),
    ("label", {}, NO_URI),
    ("label", {"uri": NOWHERE}, NO_CONCEPT),
    ("data", {}, NO_URI),
    ("data", {"uri": NOWHERE}, NO_DATA),
    ("data", {"uri": "no iri> at all"}, NO_DATA),
    ("x/", {}, "404 Not Found : Vocabulary id 'x' not found."),
    ("x/search", {"query": "x"}, "404 Not Found : Vocabulary id 'x' not found."),
    ("{v}/nothing", {}, "404 Not Found"),
    ("{v}/search/more", {}, "404 Not Found"),
    ("{v}/label", {"uri": f"{ID}signaal/schulden"}, f"404 Not Found : Could not find concept <{ID}signaal/schulden>"),
    ("{v}/data", {"uri": NOWHERE}, NO_DATA),
    ("aspecten/data", {"uri": DOMAIN}, NO_DATA),
    ("aspecten/data", {}, "404 Not Found : No download source URL known for vocabulary aspecten"),
    ("{v}/lookup", {"label": "geen label"}, "404 Not Found : Could not find label 'geen label'"),
    ("{v}/lookup", {}, "400 Bad Request : label parameter missing"),
    *[
        ("{v}/" + name, {"uri": NOWHERE}, NO_CONCEPT)
        for name in (
            *("label", "broader", "narrower", "related", "broaderTransitive", "narrowerTransitive"),
            *("hierarchy", "children"),
        )
    ],
    *[
        ("{v}/" + name, {}, NO_URI)
        for name in ("label", "broader", "hierarchy", "children", "groupMembers", "mappings")
    ],
    ("{v}/broaderTransitive", {"uri": CONCEPT, "limit": "-1"}, "400 Bad Request : Invalid limit parameter"),
    ("{v}/groupMembers", {"uri": NOWHERE}, f"404 Not Found : Could not find group <{NOWHERE}>"),
    ("{v}/mappings", {"uri": NOWHERE}, NO_DATA),
    (
        "vocabularies",
        {"lang": "nl", "callback": "a;alert(1)"},
        "400 Bad Request : callback must be a name in JavaScript,",
    ),
    (
        "data",
        {"uri": CONCEPT, "format": "text/html"},
        "406 Not Acceptable : Unsupported format. Supported MIME types are: "
        "application/rdf+xml text/turtle application/ld+json application/json",
    ),
]


def path(template: str) -> str:
    return f"/rest/v1/{template.format(v=VOCABULARY)}"


@pytest.mark.parametrize("slash", ["", "/"])
@pytest.mark.parametrize(("template", "asked", "keys"), ANSWERS)
def test_a_path_answers_with_and_without_a_slash(
    client: FlaskClient, template: str, asked: dict[str, str], keys: set[str], slash: str
) -> None:
    address = path(template).rstrip("/") + (slash if template != "{v}/" else "/")
    answer = client.get(address, query_string=asked)
    assert answer.status_code == 200
    assert answer.content_type == "application/json; charset=utf-8"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    document: Any = answer.json
    assert document.keys() == keys | {"@context"}
    assert {"uri": "@id"}.items() <= document["@context"].items()
    asked_first = client.head(address, query_string=asked)
    assert (asked_first.status_code, asked_first.data) == (200, b"")


@pytest.mark.parametrize(("template", "asked", "text"), REFUSALS)
def test_a_refusal_is_plain_text_that_every_site_may_read(
    client: FlaskClient, template: str, asked: dict[str, str], text: str
) -> None:
    answer = client.get(
        path(template), query_string=asked, headers={"Accept": "application/json", "Accept-Language": "nl"}
    )
    assert answer.text.startswith(text)
    assert answer.status_code == int(text[:3])
    assert answer.content_type == "text/plain; charset=utf-8"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_every_method_stands_in_a_row() -> None:
    rows = {template.replace("{v}/", "").partition("/")[0] for template, *_ in (*ANSWERS, *REFUSALS)}
    assert methods.OF_VOCABULARY.keys() | methods.GLOBAL.keys() <= rows


@pytest.mark.parametrize("relation", ["broader", "narrower", "related"])
def test_a_concept_with_nothing_around_it_is_no_error(client: FlaskClient, relation: str) -> None:
    lonely = f"{ID}urgentie/nu"
    assert client.get(f"/rest/v1/urgenties/{relation}", query_string={"uri": lonely}).json[relation] == []
