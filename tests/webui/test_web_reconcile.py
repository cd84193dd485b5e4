"""Reconciling over HTTP: as OpenRefine does it, valid by the official schemas of version 0.2, and what goes wrong."""

import json
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import STANDARDS

STANDARD = STANDARDS / "reconciliation" / "0.2"
Valid = Callable[[str, Any], Any]
EXAMPLES = sorted(path for path in (STANDARD / "examples").glob("*/*/*.json"))
ASPECT = "aspect/geldzorgen-signaleren"
FIRST = {"entity": ASPECT, "type": "TargetGroup", "property": "domein"}


@pytest.fixture(scope="module")
def checkers() -> dict[str, Any]:
    """A checker for every official schema by name. Two carry a wrong $id, so all go by their file name too."""
    if not STANDARD.is_dir():
        pytest.skip(f"{STANDARD} is not here (KBS_STANDARDS): the answers were NOT checked by the official schemas")
    from jsonschema import Draft7Validator
    from referencing import Registry, Resource
    from referencing.jsonschema import DRAFT7

    schemas = {path.stem: json.loads(path.read_text()) for path in (STANDARD / "schemas").glob("*.json")}
    registry: Any = Registry()
    for name, schema in schemas.items():
        resource = Resource.from_contents(schema, default_specification=DRAFT7)
        for address in (
            f"{name}.json",
            f"/{name}.json",
            schema["$id"],
            schema["$id"].rsplit("/", 1)[0] + f"/{name}.json",
        ):
            registry = registry.with_resource(address, resource)
    return {name: Draft7Validator(schema, registry=registry) for name, schema in schemas.items()}


@pytest.fixture
def valid(checkers: dict[str, Any]) -> Valid:
    """Gives a document back when a schema has nothing against it."""

    def check(name: str, document: Any) -> Any:
        assert [error.message for error in checkers[name].iter_errors(document)] == []
        return document

    return check


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parents[1].name}-{path.stem}")
def test_the_schemas_tell_right_from_wrong(checkers: dict[str, Any], path: Path) -> None:
    """The examples that come with the standard: a checker that passes everything would show here."""
    name = path.parents[1].name
    if name in checkers:
        found = list(checkers[name].iter_errors(json.loads(path.read_text())))
        assert bool(found) is (path.parent.name == "invalid")


def ask(client: FlaskClient, queries: dict[str, Any], path: str = "/reconcile", **headers: str) -> Any:
    """A batch as OpenRefine sends it: a form, by POST."""
    answer = client.post(path, data={"queries": json.dumps(queries)}, headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/json" and answer.headers["Access-Control-Allow-Origin"] == "*"
    return json.loads(answer.data)


def get(client: FlaskClient, address: str, **asked: Any) -> TestResponse:
    """An address of the manifest, on the server of the test."""
    parts = urlsplit(address)
    return client.get(parts.path, query_string={**dict(parse_qsl(parts.query)), **asked})


@pytest.mark.parametrize("address", ["/reconcile", "/reconcile/", "/nl/reconcile", "/en/reconcile/"])
def test_the_manifest_is_valid_at_every_form_of_the_address(client: FlaskClient, valid: Valid, address: str) -> None:
    answer = client.get(address)
    manifest = valid("manifest", answer.json)
    assert answer.status_code == 200 and answer.headers["Access-Control-Allow-Origin"] == "*"
    assert manifest["versions"] == ["0.2"] and manifest["identifierSpace"] == "https://w3id.org/kennisbouwstenen/id/"
    names = {each["id"] for each in manifest["defaultTypes"]}
    assert {"KnowledgeDomain", "KnowledgeAspect", "Competency", "TargetGroup", "KnowledgeSource"} < names
    assert manifest["preview"]["width"] == 430 and manifest["batchSize"] == 50
    assert get(client, manifest["logo"]).mimetype == "image/png"


def test_a_browser_gets_the_manifest_too(browser: FlaskClient) -> None:
    assert browser.get("/reconcile").mimetype == "application/json"


def test_as_openrefine_does_it(client: FlaskClient, valid: Valid, checkers: dict[str, Any]) -> None:
    manifest = valid("manifest", client.get("/reconcile").json)
    column = [
        "Geldzorgen signaleren",
        "financieel misbruik",
        "geldproblemen",
        "Financieel misbruik ",
        "geldzorgen",
        "qwxyz",
    ]

    guess = {f"q{n}": {"query": text, "limit": 3} for n, text in enumerate(column)}
    valid("reconciliation-query-batch", guess)
    guessed = valid("reconciliation-result-batch", ask(client, guess))
    assert guessed.keys() == guess.keys()
    counted: dict[str, int] = {}
    for row in guessed.values():
        for place, candidate in enumerate(row["result"]):
            for kind in candidate["type"]:
                counted[kind["id"]] = counted.get(kind["id"], 0) + 3 - place
    chosen = max(counted, key=lambda kind: counted[kind])
    assert chosen == "KnowledgeAspect" and chosen in {each["id"] for each in manifest["defaultTypes"]}

    batch = {f"q{n}": {"query": t, "type": chosen, "type_strict": "should"} for n, t in enumerate(column)}
    found = valid("reconciliation-result-batch", ask(client, valid("reconciliation-query-batch", batch)))
    first = [row["result"][0] if row["result"] else None for row in found.values()]
    assert [each["id"] if each else None for each in first] == [
        ASPECT, "aspect/financieel-misbruik", ASPECT, "aspect/financieel-misbruik", ASPECT, None,
    ]  # fmt: skip
    assert [each["match"] for each in first if each] == [True, True, True, True, False]
    assert all({kind["id"] for kind in c["type"]} == {chosen} for row in found.values() for c in row["result"])

    for name in ("entity", "type", "property"):
        service = manifest["suggest"][name]
        answer = get(
            client, service["service_url"] + service["service_path"], prefix="geld" if name == "entity" else "d"
        )
        kinds = {"entity": "entities", "type": "types", "property": "properties"}
        assert valid(f"suggest-{kinds[name]}-response", answer.json)["result"], name

        card = get(client, service["service_url"] + service["flyout_service_path"].replace("${id}", FIRST[name])).json
        assert card["id"] == FIRST[name] and card["html"].startswith("<p><strong>")

    shown = get(client, manifest["preview"]["url"].replace("{{id}}", quote(ASPECT, safe="")))
    assert shown.status_code == 200 and "Geldzorgen signaleren" in shown.text
    view = get(client, manifest["view"]["url"].replace("{{id}}", quote(ASPECT, safe="")))
    assert view.status_code == 303 and view.headers["Location"].endswith(f"/nl/{ASPECT}")

    propose = manifest["extend"]["propose_properties"]
    offered = get(client, propose["service_url"] + propose["service_path"], type=chosen, limit=3).json
    assert len(valid("data-extension-property-proposal", offered)["properties"]) == 3
    everything = get(client, propose["service_url"] + propose["service_path"]).json["properties"]
    wanted = {
        "ids": [ASPECT, "bron/geldzorgen-herkennen", "nobody/here"],
        "properties": [{"id": each["id"], "settings": {"lang": "nl", "limit": "5"}} for each in everything],
    }
    sent = client.post("/reconcile", data={"extend": json.dumps(valid("data-extension-query", wanted))})
    values = valid("data-extension-response", sent.json)
    assert [each["id"] for each in values["meta"]] == [each["id"] for each in everything]
    assert values["rows"]["bron/geldzorgen-herkennen"]["jaar"] == [{"int": 2024}]
    assert values["rows"][ASPECT]["domein"][0] == {"id": "domein/inkomen", "name": "Inkomen"}
    assert values["rows"]["nobody/here"].keys() == {each["id"] for each in everything}


def test_the_language_of_the_address_goes_before_that_of_the_reader(client: FlaskClient) -> None:
    def name(path: str, **headers: str) -> str:
        found = ask(client, {"q": {"query": "geldproblemen"}}, path, **headers)["q"]["result"][0]
        return f"{found['name']} ({found['type'][0]['name']})"

    dutch, english = "Geldzorgen signaleren (Kennisaspect)", "Spotting money worries (Knowledge aspect)"
    assert name("/reconcile") == name("/nl/reconcile", **{"Accept-Language": "en"}) == dutch
    assert (
        name("/en/reconcile")
        == name("/reconcile?lang=en")
        == name("/reconcile", **{"Accept-Language": "en"})
        == english
    )
    manifest = client.get("/reconcile?lang=en").json
    assert manifest["suggest"]["entity"]["service_url"].endswith("/en/reconcile")
    assert manifest["preview"]["url"].endswith("/en/reconcile/preview?id={{id}}")
    assert client.get("/reconcile").json["name"] != manifest["name"]
    assert "Accept-Language" in client.get("/reconcile").headers["Vary"]
    assert "Accept-Language" not in client.get("/en/reconcile").headers["Vary"]


def test_a_batch_comes_by_get_as_well(client: FlaskClient, valid: Valid) -> None:
    answer = client.get("/reconcile", query_string={"queries": '{"q0":{"query":"Nibud"}}'})
    assert valid("reconciliation-result-batch", answer.json)["q0"]["result"][0]["id"] == "organisatie/nibud"
    again = client.get(
        "/reconcile",
        query_string={"queries": '{"q0":{"query":"Nibud"}}'},
        headers={"If-None-Match": answer.headers["ETag"]},
    )
    assert again.status_code == 304


def test_features_tell_what_holds(client: FlaskClient, valid: Valid) -> None:
    query = {"query": "geldzorgen", "type": "KnowledgeSource", "properties": [{"pid": "jaar", "v": 1999}]}
    found = valid("reconciliation-result-batch", ask(client, valid("reconciliation-query-batch", {"q": query})))
    assert found["q"]["result"][0]["features"] == [{"id": "jaar", "value": False}]


BAD = {
    "malformed": {"queries": "{"},
    "no object": {"queries": "[]"},
    "unknown key": {"queries": '{"q": {"query": "x", "lang": "nl"}}'},
    "asks nothing": {"queries": '{"q": {}}'},
    "empty field": {"queries": ""},
    "deep": {"queries": "[" * 50_000},
    "no field": {"x": "y"},
    "single query of version 0.1": {"query": "x"},
    "no extension": {"extend": "{}"},
    "unknown property": {"extend": '{"ids": ["a"], "properties": [{"id": "x"}]}'},
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_said_as_json_that_other_sites_may_read(client: FlaskClient, name: str) -> None:
    for language in ("nl", "en"):
        answer = client.post(f"/{language}/reconcile", data=BAD[name])
        assert answer.status_code == 400 and answer.mimetype == "application/problem+json"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert len(json.loads(answer.data)["detail"]) > 20


def test_one_empty_cell_does_not_cost_a_batch_its_answers(client: FlaskClient) -> None:
    found = ask(client, {"q0": {"query": ""}, "q1": {"query": "Nibud"}, "q2": {"query": "   "}})
    assert [len(found[key]["result"]) for key in ("q0", "q1", "q2")] == [0, 1, 0]


def test_too_many_queries_and_too_many_bytes_are_413(client: FlaskClient) -> None:
    many = {f"q{n}": {"query": "x"} for n in range(51)}
    for body in (json.dumps(many), json.dumps({"q": {"query": "x" * (1 << 20)}})):
        answer = client.post("/reconcile", data={"queries": body})
        assert answer.status_code == 413 and answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize(
    "path", ["/reconcile", "/reconcile/", "/en/reconcile", "/reconcile/suggest/entity", "/reconcile/preview"]
)
def test_a_browser_may_ask_beforehand(client: FlaskClient, path: str) -> None:
    answer = client.options(path, headers={"Origin": "https://example.org", "Access-Control-Request-Method": "POST"})
    assert answer.status_code == 204 and answer.data == b""
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "GET" in answer.headers["Access-Control-Allow-Methods"]


@pytest.mark.parametrize(
    "path", ["/reconcile", "/reconcile/suggest/type", "/reconcile/nothing-here", "/reconcile/preview"]
)
def test_other_sites_may_read_every_answer(client: FlaskClient, path: str) -> None:
    assert client.get(path).headers["Access-Control-Allow-Origin"] == "*"


def test_an_old_client_is_answered_by_a_call(client: FlaskClient) -> None:
    for path in (
        "/reconcile?",
        "/reconcile?queries=%7B%22q%22:%7B%22query%22:%22geld%22%7D%7D&",
        "/reconcile/suggest/type?",
    ):
        answer = client.get(f"{path}callback=jQuery123.cb_4")
        assert answer.mimetype == "application/javascript"
        assert answer.text.startswith("/**/jQuery123.cb_4({") and answer.text.endswith("});")
        assert json.loads(answer.text[len("/**/jQuery123.cb_4(") : -2])
    for callback in ("alert(1)//", "a b", "<script>", "1a", "a..b", "é", "x" * 101):
        refused = client.get("/reconcile", query_string={"callback": callback})
        assert refused.status_code == 400 and refused.mimetype == "application/problem+json"


def test_a_preview_may_stand_in_a_frame_of_others_and_nothing_else_may(client: FlaskClient) -> None:
    framed = client.get(f"/reconcile/preview?id={ASPECT}")
    assert "frame-ancestors" not in framed.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed.headers
    assert "default-src 'self'" in framed.headers["Content-Security-Policy"]
    for path in ("/reconcile", "/nl/", f"/nl/{ASPECT}"):
        other = client.get(path)
        assert "frame-ancestors 'none'" in other.headers["Content-Security-Policy"]
        assert other.headers["X-Frame-Options"] == "DENY"


class Links(HTMLParser):
    """Gathers how links open, and whether there is a script."""

    targets: list[str | None]
    scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.targets = [*getattr(self, "targets", []), dict(attrs).get("target")]
        self.scripts += tag in ("script", "form", "iframe")


@pytest.mark.parametrize(
    "name", [ASPECT, "domein/inkomen", "bron/misbruik-oud", "organisatie/nibud", "signaal/geld-verdwijnt"]
)
def test_a_preview_is_small_and_its_link_leaves_the_frame(client: FlaskClient, name: str) -> None:
    answer = client.get("/en/reconcile/preview", query_string={"id": name})
    read = Links()
    read.feed(answer.text)
    assert answer.status_code == 200 and read.targets == ["_blank"] and not read.scripts
    assert len(answer.data) < 3000 and name in answer.text


def test_a_preview_of_nobody_is_not_found(client: FlaskClient) -> None:
    for name in ("", "aspect/bestaat-niet", "<script>", "https://example.org/"):
        assert client.get("/reconcile/preview", query_string={"id": name}).status_code == 404


@pytest.mark.parametrize("kind", ["entity", "type", "property"])
def test_a_flyout_of_nobody_is_not_found(client: FlaskClient, kind: str) -> None:
    assert client.get(f"/reconcile/flyout/{kind}?id=<b>nobody</b>").status_code == 404


def test_suggestions_can_be_paged_and_narrowed_to_a_type(client: FlaskClient, valid: Valid) -> None:
    def found(**asked: Any) -> list[str]:
        answer = client.get("/reconcile/suggest/entity", query_string=asked)
        return [each["id"] for each in valid("suggest-entities-response", answer.json)["result"]]

    everything = found(prefix="geldzorgen")
    assert len(everything) == 2 and found(prefix="geldzorgen", cursor=1) == everything[1:]
    assert found(prefix="geldzorgen", type="KnowledgeSource") == ["bron/geldzorgen-herkennen"]
    assert found(prefix="Geldzorgen signaleren")[0] == found(prefix=ASPECT)[0] == ASPECT
    assert client.get("/reconcile/suggest/entity?prefix=x&cursor=-1").status_code == 400
    types = client.get("/reconcile/suggest/type?prefix=").json["result"]
    assert len(valid("suggest-types-response", {"result": types})["result"]) == 9
    assert [t["id"] for t in client.get("/en/reconcile/suggest/type?prefix=target").json["result"]] == ["TargetGroup"]
