"""Answers are made once a snapshot, kept within bounds, packed for who can unpack, and never mixed up."""

import gzip

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from webui import caching
from webui.kept import Kept

PAGE = "/nl/aspect/geldzorgen-signaleren"


@pytest.fixture
def made(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths a page was made for, from here on, with nothing kept from before."""
    monkeypatch.setitem(app.extensions, "kbs_cache", caching._Cache("test"))
    paths: list[str] = []
    whole = caching._answer

    def counted(tag: str, media_type: str, make, keep: bool):  # type: ignore[no-untyped-def]
        def count() -> Response | str:
            paths.append(media_type)
            result: Response | str = make()
            return result

        return whole(tag, media_type, count, keep)

    monkeypatch.setattr(caching, "_answer", counted)
    return paths


def test_a_page_is_made_once(client: FlaskClient, made: list[str]) -> None:
    first, second = client.get(PAGE), client.get(PAGE)
    assert first.data == second.data
    assert first.headers["ETag"] == second.headers["ETag"]
    assert len(made) == 1


def test_a_page_comes_packed_and_is_the_same_unpacked(client: FlaskClient, made: list[str]) -> None:
    plain = client.get(PAGE)
    packed = client.get(PAGE, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert len(packed.data) < len(plain.data) / 2
    assert len(made) == 1
    assert "Accept-Encoding" in plain.vary


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_a_reader_who_has_the_page_gets_304(client: FlaskClient, made: list[str], coding: str) -> None:
    tag = client.get(PAGE, headers={"Accept-Encoding": coding}).headers["ETag"]
    again = client.get(PAGE, headers={"Accept-Encoding": coding, "If-None-Match": tag})
    assert again.status_code == 304
    assert again.data == b""
    assert again.headers["ETag"] == tag


def test_a_page_for_one_host_is_not_given_at_another(client: FlaskClient, made: list[str]) -> None:
    here = client.get(PAGE, headers={"Host": "een.example"})
    there = client.get(PAGE, headers={"Host": "twee.example"})
    assert b"een.example" in here.data
    assert b"een.example" not in there.data
    assert len(made) == 2


def test_languages_queries_and_errors_are_kept_apart(client: FlaskClient, made: list[str]) -> None:
    assert client.get(PAGE).data != client.get(PAGE.replace("nl", "en", 1)).data
    assert client.get("/nl/aspect/bestaat-niet").status_code == 404
    assert client.get("/nl/aspect/bestaat-niet").status_code == 404
    assert len(made) == 4


def test_words_that_were_typed_are_not_kept(client: FlaskClient, made: list[str]) -> None:
    for _ in range(2):
        assert client.get("/nl/zoeken?q=geldzorgen").status_code == 200
    assert len(made) == 2


def test_a_page_that_is_no_answer_by_snapshot_is_packed_too(client: FlaskClient) -> None:
    for path in ("/nl/suggestie", "/nl/aspect/bestaat-niet"):
        plain = client.get(path, headers={"Accept": "text/html"})
        packed = client.get(path, headers={"Accept": "text/html", "Accept-Encoding": "gzip"})
        assert packed.headers["Content-Encoding"] == "gzip"
        assert len(gzip.decompress(packed.data)) == len(plain.data)


def test_what_is_kept_stays_within_bounds() -> None:
    kept: Kept[str, str] = Kept(most=100, most_one=60)
    for name in "abcd":
        kept.keep(name, name, 40)
        kept.find("a")
    assert [name for name in "abcd" if kept.find(name)] == ["a", "d"]
    kept.keep("a", "a", 60)
    assert kept.size == 100
    kept.keep("large", "large", 61)
    assert kept.find("large") is None
    assert kept.size == 100


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_the_style_sheet_may_be_kept_for_good_under_its_hash(client: FlaskClient, coding: str) -> None:
    page = client.get("/nl/").text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    answer = client.get(address, headers={"Accept-Encoding": coding})
    assert answer.mimetype == "text/css"
    assert "immutable" in answer.headers["Cache-Control"]
    assert (answer.headers.get("Content-Encoding") == "gzip") == (coding == "gzip")
    without = client.get(address.split("?")[0])
    assert "immutable" not in without.headers["Cache-Control"]
    assert client.get("/static/../app.py").status_code == 404


def test_the_typeface_is_our_own_to_give(client: FlaskClient) -> None:
    answer = client.get("/static/AtkinsonHyperlegible-Regular.ttf")
    assert answer.mimetype == "font/ttf"
    assert answer.data[:4] == b"\x00\x01\x00\x00"


def test_what_is_not_kept_says_too_that_it_may_come_packed(client: FlaskClient) -> None:
    for packing in ({}, {"Accept-Encoding": "gzip"}):
        answer = client.get("/nl/nowhere", headers={"Accept": "text/html", **packing})
        assert (answer.status_code, answer.vary.as_set()) == (404, {"accept", "accept-language", "accept-encoding"})
        assert answer.headers.get("Content-Encoding") == packing.get("Accept-Encoding")
