"""The OpenAPI description: sound, in both languages, and of exactly the addresses that give JSON."""

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import OpenAPIV31SpecValidator, validate
from small_site import Reader
from werkzeug.routing import Rule

from kbs_graph.config import Settings
from kbs_graph.errors import Words
from kbs_graph.skosmos import methods
from kbs_graph.snapshots import Snapshot
from webui import serving
from webui.app import create_app
from webui.openapi import skosmos_methods
from webui.openapi.document import PATHS

FORMS = ("deliver", "deliver_tools", "suggestions", "teamscan", "teamscan_files", "teamscan_region", "teamscan_results")
"""What posts to these is a form of one of our own pages."""
ROOT = Path(__file__).resolve().parents[2]
RELEASE = min(path.stem for path in (ROOT / "data" / "releases").glob("*.ttl"))
EXAMPLES = {
    "lang": "nl",
    "segment": "aspect",
    "slug": "meldcode",
    "name": "schemes",
    "version": RELEASE.replace("-", "."),
    "number": "unknown",
    "step": "plan",
    "vocid": "kennisbouwstenen",
    "local": "domein/inkomen",
}
OF_ITS_OWN = {
    "assets.static": {"name": "site.css"},
    "booklets.file": {"slug": "inkomen"},
    "coverage.missing": {"slug": "kennis-zonder-aandachtspunt"},
    "coverage.missing_data": {"slug": "kennis-zonder-aandachtspunt"},
    "definition.rule_query": {"name": "aspect-lead"},
    "crawl.part": {"name": "nl"},
    "downloads.dump": {"name": "kennisbouwstenen.nt"},
    "downloads.released": {"name": "kennisbouwstenen.nt"},
    "institutes.feed": {"slug": "movisie"},
    "institutes.jsonld": {"slug": "movisie"},
    "institutes.links": {"slug": "movisie"},
    "news.document": {"slug": RELEASE},
    "news.identifier": {"slug": RELEASE},
}
"""Names of things that are there, by endpoint."""
NOT_THERE = {
    "booklets.file",
    "definition.version",
    "definition.version_document",
    "downloads.released",
    "suggestions.state",
}
"""What cannot be there in a test: nobody suggested anything, no booklets were made, nothing was released here."""
NOT_OF_ALL = {"reconcile.flyout", "skosmos.rest"}
"""What has an address for each of several kinds, of which one example can have only some."""
INCOME = "https://w3id.org/kennisbouwstenen/id/domein/inkomen"
QUESTIONS = {
    "coverage.sheet": {"tabel": "status"},
    "graphs.indirect": {"graph": "https://w3id.org/kennisbouwstenen/graphs/schemes"},
    "reconcile.flyout": {"id": "aspect/meldcode"},
    "reconcile.preview": {"id": "aspect/meldcode"},
    "skosmos.entity": {"uri": INCOME},
    "skosmos.page": {"uri": INCOME},
    "skosmos.rest": {"uri": INCOME, "lang": "nl", "label": "Inkomen", "query": "inkomen"},
}
"""What addresses must be asked to answer, by endpoint."""
ACCEPT = "application/json, application/ld+json;q=0.9, application/sparql-results+json;q=0.8"


@pytest.fixture(scope="module")
def app(real_snapshot: Snapshot, root: Any) -> Iterator[Flask]:
    made = create_app(Settings(root=root, var=real_snapshot.path.parents[1], query_seconds=60))
    made.test_client_class = Reader
    yield made
    with made.app_context():
        serving.service().close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def pattern(path: str, operation: dict[str, Any]) -> str:
    """The addresses that an operation holds for, by what it says of the names in its path."""
    named = {p["name"]: p["schema"] for p in operation.get("parameters", ()) if p["in"] == "path"}

    def one(name: str) -> str:
        return "(?:" + "|".join(map(re.escape, named[name].get("enum", ()))) + ")" if "enum" in named[name] else "[^/]+"

    return "".join(one(part[1:-1]) if part[:1] == "{" else re.escape(part) for part in re.split(r"(\{\w+\})", path))


def is_described(address: str, method: str = "get") -> bool:
    """Whether an address, or the JSON beside a page, is in the description."""
    asked = (address, f"{address}.json")
    return any(
        re.fullmatch(pattern(path, item[method]), one)
        for path, item in PATHS.items()
        if method in item
        for one in asked
    )


def addresses(rule: Rule) -> Iterator[str]:
    """The addresses of a rule: every form it names, with names of things that are there."""
    if rule.endpoint == "skosmos.rest":
        known = [*methods.GLOBAL, methods.DATA, *(f"kennisbouwstenen/{name}" for name in methods.OF_VOCABULARY)]
        yield from (f"/rest/v1/{name}" for name in [*known, "kennisbouwstenen/data", "kennisbouwstenen/index/A"])
        return
    parts = re.findall(r"<(?:(\w+)(?:\(([^)]*)\))?:)?(\w+)>", rule.rule)
    own = {**EXAMPLES, **OF_ITS_OWN.get(rule.endpoint, {})}
    choices = []
    for converter, given, name in parts:
        if converter == "any":
            choices.append([choice.strip() for choice in given.split(",")])
        elif converter == "ending":
            choices.append(["ttl", "jsonld", "nt", "rdf"])
        else:
            choices.append([own[name]])
    for values in product(*choices):
        filled = iter(values)
        yield re.sub(r"<[^>]+>", lambda _: next(filled), rule.rule)  # noqa: B023


def example(path: str, item: dict[str, Any]) -> str:
    given = {p["name"]: str(p["example"]) for p in item["get"].get("parameters", ()) if p["in"] == "path"}
    return re.sub(r"\{(\w+)\}", lambda name: given[name[1]], path)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_description_is_openapi_in_the_language_that_is_asked(client: FlaskClient, language: str) -> None:
    answer = client.get("/openapi.json", headers={"Accept-Language": language})
    assert answer.content_type == "application/json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Accept-Language" in answer.headers["Vary"]
    document = answer.get_json()
    validate(document, cls=OpenAPIV31SpecValidator)
    text = answer.get_data(as_text=True)
    for kind, parts in document["components"].items():
        assert kind == "securitySchemes" or [n for n in parts if f'"#/components/{kind}/{n}"' not in text] == []
    assert document["openapi"].startswith("3.1.")
    words = {"nl": "Kennisbouwstenen voor programma's", "en": "Kennisbouwstenen for programs"}
    assert document["info"]["title"] == words[language]
    assert client.get(document["info"]["contact"]["url"]).status_code == 200
    assert client.get(document["externalDocs"]["url"]).status_code == 200
    assert client.get(f"/openapi.json?lang={language}").get_json() == document


def test_every_sentence_is_there_in_both_languages() -> None:
    def sentences(part: Any) -> Iterator[Words]:
        if isinstance(part, Words):
            yield part
        elif isinstance(part, dict | list):
            for each in part.values() if isinstance(part, dict) else part:
                yield from sentences(each)

    found = set(sentences(PATHS))
    assert len(found) > 50
    assert [words for words in found if not words.nl.strip() or not words.en.strip() or words.nl == words.en] == []


def test_operations_have_names_of_their_own() -> None:
    names = [operation["operationId"] for item in PATHS.values() for operation in item.values()]
    assert len(names) == len(set(names)) > 40


@pytest.mark.parametrize("path", PATHS)
def test_no_address_is_invented_and_all_are_open_to_scripts(path: str, app: Flask, client: FlaskClient) -> None:
    item = PATHS[path]
    address = example(path, item)
    adapter = app.url_map.bind("localhost")
    for method in item:
        assert adapter.match(address, method.upper())
    options = client.options(address)
    assert options.headers["Access-Control-Allow-Origin"] == "*"
    allowed = set(re.split(r",\s*", options.headers["Allow"])) if "Allow" in options.headers else None
    assert allowed is None or {method.upper() for method in item} <= allowed


@pytest.mark.slow
def test_no_address_that_gives_json_is_missing(app: Flask, client: FlaskClient) -> None:
    asked, missing, lost = 0, [], []
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()):
            continue
        for address in addresses(rule):
            answer = client.get(
                address, headers={"Accept": ACCEPT}, query_string=QUESTIONS.get(rule.endpoint), follow_redirects=True
            )
            asked += 1
            if answer.status_code != 200 and rule.endpoint not in NOT_THERE | NOT_OF_ALL:
                lost.append((address, answer.status_code))
            if answer.is_json and answer.status_code == 200 and not is_described(address):
                missing.append(address)
    assert missing == []
    assert lost == []
    assert asked > 100


def test_every_method_of_skosmos_is_described_and_no_other() -> None:
    assert skosmos_methods.GLOBAL.keys() == methods.GLOBAL.keys()
    assert skosmos_methods.OF_VOCABULARY.keys() - {"index/{letter}"} == methods.OF_VOCABULARY.keys()


def test_what_writes_is_described_or_a_form_of_a_page(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        for method in {"POST", "PUT", "DELETE", "PATCH"} & set(rule.methods or ()):
            described = all(is_described(address, method.lower()) for address in addresses(rule))
            assert described or rule.endpoint.partition(".")[0] in FORMS, (rule.rule, method)
