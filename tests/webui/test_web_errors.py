"""Exceptions as answers: pages for browsers, problem details for others, in the reader's language."""

import logging
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kbs_graph import catalog
from kbs_graph.config import Settings
from webui.app import create_app

BAD_SLUGS = ["<x>", "..", "%2e%2e", "a" * 2000, "%00", "%ff", "x%0d%0aSet-Cookie:a", "ASPECT", "a%20b", "%3C%3E", "a.b"]


@pytest.mark.parametrize("slug", BAD_SLUGS)
@pytest.mark.parametrize("folder", ["/nl/aspect/", "/id/aspect/", "/data/aspect/"])
def test_a_bad_slug_is_404(client: FlaskClient, folder: str, slug: str) -> None:
    assert client.get(folder + slug).status_code == 404


@pytest.mark.parametrize(
    "path", ["/nl/geen", "/nl/geen/iets", "/fr/", "/fr/aspect", "/id/geen/iets", "/x", "/nl/aspect/x/y"]
)
def test_an_unknown_address_is_404(browser: FlaskClient, path: str) -> None:
    page = browser.get(path)
    assert page.status_code == 404
    assert "Deze pagina is er niet (meer)" in page.text


def test_the_path_decides_the_language_of_an_error_then_the_reader(browser: FlaskClient) -> None:
    assert "This page is not here" in browser.get("/en/aspect/none").text
    assert "This page is not here" in browser.get("/none", headers={"Accept-Language": "en"}).text
    assert "Deze pagina is er niet" in browser.get("/none", headers={"Accept-Language": "de"}).text


def test_others_than_browsers_get_problem_details(client: FlaskClient) -> None:
    answer = client.get("/en/aspect/none")
    problem = answer.get_json(force=True)
    assert answer.mimetype == "application/problem+json"
    assert (problem["status"], problem["type"]) == (404, "about:blank")
    assert problem["title"] and problem["detail"]
    assert answer.headers["Content-Language"] == "en"


def test_a_wrong_method_is_405_and_names_the_right_ones(client: FlaskClient) -> None:
    answer = client.post("/nl/aspect/geldzorgen-signaleren")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_without_a_snapshot_it_says_what_to_do(tmp_path: Path) -> None:
    app = create_app(Settings(var=tmp_path))
    answer = app.test_client().get("/nl/", headers={"Accept": "text/html"})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    assert "kbs build" in answer.text


def test_what_nobody_foresaw_is_logged_and_not_told(
    app: Flask, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(catalog, "thing", broken)
    with caplog.at_level(logging.ERROR):
        page = browser.get("/nl/aspect/geldzorgen-signaleren?not=kept")
    assert page.status_code == 500
    assert "Er ging bij ons iets mis" in page.text
    assert "secret" not in page.text
    assert "Traceback" not in page.text
    assert "secret detail" in caplog.text


@pytest.mark.parametrize(
    "accept", ["", ",", "text", "*", "/", "text/", "text/html;q=2", "a/b" * 3000, "\xff", "text/html;"]
)
def test_no_accept_header_breaks_a_page(client: FlaskClient, accept: str) -> None:
    assert client.get("/nl/aspect/geldzorgen-signaleren", headers={"Accept": accept}).status_code == 200
    assert client.get("/nl/none", headers={"Accept": accept}).status_code == 404
    assert client.get("/def", headers={"Accept": accept}).status_code in (200, 406)


def test_a_request_that_is_too_large_is_told_the_limit(client: FlaskClient) -> None:
    for language, told in (("nl", "1024 KiB"), ("en", "At most 1024 KiB")):
        answer = client.post(f"/{language}/suggestie", data={"text": "x" * (2 << 20)})
        assert answer.status_code == 413
        assert told in answer.get_json(force=True)["detail"]
