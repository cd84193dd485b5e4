"""Booklets on the site: the page that lists them, the files, and what it says while they are not made yet."""

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from small_site import Reader

from kbs_graph.booklet import shelf
from kbs_graph.booklet.shelf import FORMATS, BookletFile
from kbs_graph.config import Settings
from kbs_graph.snapshots import SnapshotStore
from webui import serving
from webui.app import create_app


@pytest.fixture(scope="module")
def var(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site with its booklets made."""
    target = tmp_path_factory.mktemp("booklets") / "var"
    shutil.copytree(settings.var, target)
    with SnapshotStore(target).lock():
        shelf.make(SnapshotStore(target).current())
    return target


@pytest.fixture(scope="module")
def files(var: Path) -> tuple[BookletFile, ...]:
    return shelf.found(SnapshotStore(var).current())


@pytest.fixture(scope="module")
def reader(settings: Settings, var: Path) -> Iterator[FlaskClient]:
    app = create_app(replace(settings, var=var))
    app.test_client_class = Reader
    yield app.test_client()
    with app.app_context():
        serving.service().close()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_lists_every_booklet_with_size_content_and_checksum(
    reader: FlaskClient, files: tuple[BookletFile, ...], language: str
) -> None:
    answer = reader.get(f"/{language}/boekje")
    assert answer.status_code == 200 and answer.mimetype == "text/html"
    for item in files:
        here = item.language == language
        assert (item.sha256 in answer.text) == here
        if here:
            assert f'href="/{language}/boekje/{item.slug}.{item.ending}"' in answer.text
            assert item.name in answer.text
    assert ("bladzijden" if language == "nl" else "pages") in answer.text


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("ending", FORMATS)
def test_a_booklet_is_handed_out_as_it_was_made(
    reader: FlaskClient, files: tuple[BookletFile, ...], language: str, ending: str
) -> None:
    for item in files:
        if (item.language, item.ending) == (language, ending):
            answer = reader.get(f"/{language}/boekje/{item.slug}.{ending}")
            assert answer.status_code == 200
            assert answer.mimetype == FORMATS[ending]
            assert hashlib.sha256(answer.data).hexdigest() == item.sha256
            way = "inline" if ending == "pdf" else "attachment"
            assert answer.headers["Content-Disposition"] == f"{way}; filename={item.name}"
            assert answer.headers["ETag"] == f'"{item.sha256}"'


def test_a_booklet_is_not_sent_again_and_can_be_had_in_parts(reader: FlaskClient) -> None:
    first = reader.get("/nl/boekje/inkomen.pdf")
    assert reader.get("/nl/boekje/inkomen.pdf", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    part = reader.get("/nl/boekje/inkomen.pdf", headers={"Range": "bytes=0-4"})
    assert (part.status_code, part.data) == (206, b"%PDF-")


@pytest.mark.parametrize(
    "path", ["/nl/boekje/kelder.pdf", "/nl/boekje/inkomen.odt", "/nl/boekje/..%2f..%2fmanifest.pdf"]
)
def test_what_is_no_booklet_is_not_found(reader: FlaskClient, path: str) -> None:
    assert reader.get(path).status_code == 404


def test_while_they_are_being_made_the_site_says_so(client: FlaskClient, browser: FlaskClient) -> None:
    assert "De bestanden van deze versie zijn nog niet gemaakt." in browser.get("/nl/boekje").text
    page = browser.get("/nl/boekje/inkomen.pdf")
    assert page.status_code == 503
    assert "De boekjes van deze versie zijn nog niet gemaakt." in page.text
    assert client.get("/en/boekje/kennisbouwstenen.docx").status_code == 503
    assert client.get("/nl/boekje/kelder.pdf").status_code == 404


def test_the_page_is_new_when_they_are_made(reader: FlaskClient, client: FlaskClient) -> None:
    assert reader.get("/nl/boekje").headers["ETag"] != client.get("/nl/boekje").headers["ETag"]


def test_every_area_the_data_page_and_the_front_page_lead_to_them(browser: FlaskClient) -> None:
    area = browser.get("/nl/domein/inkomen").text
    for address in ("/nl/boekje/inkomen.pdf", "/nl/boekje/inkomen.docx", "/nl/boekje"):
        assert f'href="{address}"' in area
    for path in ("/nl/", "/nl/data"):
        assert 'href="/nl/boekje"' in browser.get(path).text
