"""Handing in without a developer: the list is checked without keeping anything, and handed in with a token."""

import html
import importlib
import io
import json
import logging
import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from kbs_graph.config import Settings
from kbs_graph.contributions import tokens
from kbs_graph.sandbox import Sandbox
from webui.app import create_app
from webui.deliver import fields

KNOWN = "https://www.nibud.nl/geldzorgen-herkennen/"
ROWS = (
    "titel;webadres;soort;waarover\n"
    "Geldproblemen bij ouderen;https://example.org/geld;handreiking;\n"
    "Budget;https://example.org/budget;handrijking;Inkomen\n"
    "Kapot;htp:/example.org/kapot;;\n"
    f";{KNOWN};;Veiligheid\n"
)


@pytest.fixture
def sandboxed() -> None:
    """For a test whose jobs run as they really do."""


@pytest.fixture(autouse=True)
def at_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs run here instead of in a process of their own, which takes most of the time."""
    if "sandboxed" in request.fixturenames:
        return

    def run(self: Sandbox, module: str, arguments: Mapping[str, Any], body: bytes = b"") -> bytes:
        program = importlib.import_module(module)
        answer: bytes = program.job(program.prepare(arguments), body)
        return answer

    monkeypatch.setattr(Sandbox, "run", run)


def text(answer: TestResponse) -> str:
    """The words of a page, without its marks."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.text[answer.text.find("<main") :])))


def state(answer: TestResponse) -> str:
    found = re.search(r'name="stand" value="([^"]*)"', answer.text)
    assert found, answer.text[:500]
    return html.unescape(found[1])


def upload(client: FlaskClient, rows: str = ROWS, tongue: str = "nl", **fields: str) -> TestResponse:
    data = {"bestand": (io.BytesIO(rows.encode()), "lijst.csv"), **fields}
    return client.post(f"/{tongue}/aanleveren/controle", data=data, content_type="multipart/form-data")


@pytest.mark.parametrize("tongue", ["nl", "en"])
@pytest.mark.parametrize("page", ["", "/leverancier", "/pagina", "/stukje"])
def test_every_page_is_there_in_both_languages(browser: FlaskClient, tongue: str, page: str) -> None:
    assert browser.get(f"/{tongue}/aanleveren{page}").status_code == 200


@pytest.mark.parametrize(("tongue", "promise"), [("nl", "binnen 10 werkdagen"), ("en", "within 10 working days")])
def test_the_terms_take_at_most_150_words_and_name_a_term(browser: FlaskClient, tongue: str, promise: str) -> None:
    """INST-5."""
    page = browser.get(f"/{tongue}/aanleveren").text
    terms = text_of(
        page[page.index('class="deliver-terms"') : page.index("</section>", page.index('class="deliver-terms"'))]
    )
    assert 60 < len(terms.split()) <= 150
    assert promise in terms and "CC BY 4.0" in terms


def text_of(markup: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", markup)))


def test_home_and_data_lead_here(browser: FlaskClient) -> None:
    assert 'href="/nl/aanleveren"' in browser.get("/nl/").text
    assert 'href="/nl/aanleveren"' in browser.get("/nl/data").text


def test_a_pasted_list_of_ten_is_told_row_by_row_and_nothing_is_kept(
    browser: FlaskClient, settings: Settings, sandboxed: None
) -> None:
    """INST-1."""
    before = {path for path in settings.var.rglob("*") if path.is_file()}
    lines = [f"https://example.org/{n}" for n in range(7)]
    answer = browser.post(
        "/nl/aanleveren/controle", data={"lijst": "\n".join([*lines, "htp:/example.org", "https://example,org", KNOWN])}
    )
    said = text(answer)
    assert "7 nieuw" in _tiles(answer) and "1 al bekend" in _tiles(answer) and "2 niet bruikbaar" in _tiles(answer)
    assert "Bedoel je https://example.org?" in said and "rij 9" in said
    assert 'href="/nl/bron/geldzorgen-herkennen"' in answer.text
    assert {path for path in settings.var.rglob("*") if path.is_file()} == before
    assert (
        answer.cache_control.private
        and answer.headers["X-Robots-Tag"] == "noindex"
        and "Set-Cookie" not in answer.headers
    )
    sheet = browser.post("/nl/aanleveren/bestand.xlsx", data={"stand": state(answer)})
    rows = list(load_workbook(io.BytesIO(sheet.data)).worksheets[0].iter_rows(min_row=3, values_only=True))
    assert [row[1] for row in rows][:7] == lines and "attachment" in sheet.headers["Content-Disposition"]


def _tiles(answer: TestResponse) -> str:
    tiles = re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", answer.text)
    return " · ".join(f"{number} {words}" for words, number in tiles)


def test_findings_stand_at_their_cell_with_what_is_meant_and_proposals_with_their_word(browser: FlaskClient) -> None:
    """INST-2, INST-3."""
    answer = upload(browser)
    said = text(answer)
    assert "Deze soort staat niet in de lijst. Bedoel je handreiking?" in said
    assert 'aria-describedby="e-3-soort"' in answer.text and 'id="e-3-soort"' in answer.text
    assert "‘ouderen’ is de naam ervan" in said and "100/100" in said
    assert 'name="b-2-doelgroep/ouderen" value="ja"' in answer.text and "checked" not in re.findall(
        r"<input[^>]*b-2-[^>]*>", answer.text
    )
    assert _tiles(answer) == "2 nieuw · 1 al bekend · 1 niet bruikbaar · 1 klaar om in te leveren"


def test_answers_change_the_list_and_it_comes_back_in_the_other_language(browser: FlaskClient) -> None:
    first = state(upload(browser))
    answers = {"stand": first, "b-2-doelgroep/ouderen": "ja", "a-2": "Geldzorgen signaleren", "neem": "3 soort"}
    second = browser.post("/nl/aanleveren/controle", data=answers)
    assert "3 klaar om in te leveren" in _tiles(second)
    english = browser.post("/en/aanleveren/controle", data={"stand": state(second)})
    assert "3 ready to hand in" in _tiles(english) and 'lang="en"' in english.text
    gone = browser.post("/nl/aanleveren/controle", data={"stand": state(second), "weg": "4"})
    assert "0 niet bruikbaar" in _tiles(gone)


@pytest.mark.parametrize("ending", ["csv", "ttl", "jsonld"])
def test_the_result_comes_as_csv_turtle_and_json_ld(browser: FlaskClient, ending: str) -> None:
    answer = browser.post(f"/nl/aanleveren/bestand.{ending}", data={"stand": state(upload(browser))})
    assert answer.status_code == 200
    if ending == "jsonld":
        found = json.loads(answer.data)
        assert "geldzorgen-herkennen" in json.dumps(found)
    else:
        assert "geldzorgen-herkennen" in answer.text


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        (b"", 400, "kwam niets mee"),
        (b"%PDF-1.4", 400, "een pdf"),
        (b"PK\x03\x04kapot", 400, "beschadigd"),
        (b"a;b\n", 400, "koppen"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_on_the_first_page(
    browser: FlaskClient, body: bytes, status: int, words: str
) -> None:
    answer = browser.post(
        "/nl/aanleveren/controle",
        data={"bestand": (io.BytesIO(body), "x"), "lijst": ""},
        content_type="multipart/form-data",
    )
    assert answer.status_code == status and words in text(answer) and 'id="lijst"' in answer.text


def test_what_is_too_large_is_refused_unread(browser: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fields, "LARGEST", 1 << 20)
    answer = browser.post("/nl/aanleveren/controle", data={"lijst": "x" * (2 << 20)})
    assert answer.status_code == 413


def test_a_page_that_only_a_form_brings_leads_back_to_the_start(browser: FlaskClient) -> None:
    answer = browser.get("/nl/aanleveren/controle")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/nl/aanleveren")


def test_text_of_others_is_never_markup(browser: FlaskClient) -> None:
    nasty = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    answer = upload(browser, f"titel;webadres\n{nasty};https://example.org/\n")
    assert "<script>alert" not in answer.text and "<img" not in answer.text
    found = browser.get(
        "/nl/aanleveren/stukje", query_string={"titel": "</script><b>", "begrip": "domein/inkomen"}
    ).text
    assert "</script><b>" not in found and "&lt;\\/script" in found


# --- handing in


@pytest.fixture
def own(settings: Settings, tmp_path: Path) -> Settings:
    """A folder of state of one's own, with the snapshot of all tests in it."""
    shutil.copytree(settings.var, tmp_path / "var")
    return replace(settings, var=tmp_path / "var", quiet_seconds=0)


@pytest.fixture
def site(own: Settings) -> FlaskClient:
    client = create_app(own).test_client()
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    return client


def hand_in(site: FlaskClient, list_: str, token: str, organisation: str = "nibud", how: str = "erbij") -> TestResponse:
    data = {"stand": list_, "token": token, "organisatie": organisation, "hoe": how}
    return site.post("/nl/aanleveren/inleveren", data=data)


def test_with_a_token_the_rows_that_are_ready_stand_on_the_site_at_once(
    site: FlaskClient, own: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    _, token = tokens.issue(own.var, "nibud", name="proef")
    answers = {"stand": state(upload(site)), "b-2-doelgroep/ouderen": "ja", "neem": "3 soort"}
    list_ = state(site.post("/nl/aanleveren/controle", data=answers))
    answer = hand_in(site, list_, token)
    assert answer.status_code == 200, text(answer)
    assert "3 bronnen zijn aangenomen" in text(answer)
    links = re.findall(r'href="(/nl/bron/[^"]+)"', answer.text)
    assert len(links) == 3 and "/nl/bron/geldzorgen-herkennen" in links
    assert [site.get(link).status_code for link in links] == [200] * 3
    assert "Geldproblemen bij ouderen" in site.get("/nl/doelgroep/ouderen").text
    again = hand_in(site, list_, token)
    assert "Er is niets veranderd" in text(again)
    assert token not in caplog.text and token not in answer.text + again.text


def test_rows_that_were_not_ready_are_told_and_the_list_goes_on(site: FlaskClient, own: Settings) -> None:
    _, token = tokens.issue(own.var, "nibud")
    list_ = f"webadres;waarover\n{KNOWN};Geldzorgen signaleren\nhttps://example.org/later;\n"
    answer = hand_in(site, state(upload(site, list_)), token)
    assert "1 rij was nog niet klaar en is niet ingeleverd" in text(answer)
    back = site.post("/nl/aanleveren/controle", data={"stand": state(answer)})
    assert "https://example.org/later" in text(back)


def test_a_token_that_is_missing_wrong_or_of_another_loses_nothing(site: FlaskClient, own: Settings) -> None:
    _, token = tokens.issue(own.var, "nibud")
    list_ = state(upload(site))
    for given, organisation, status, words in (
        ("", "nibud", 401, "Vul het token"),
        ("kbs_fout", "nibud", 401, "geldt niet"),
        (token, "redactie", 403, "niet voor redactie"),
        (token, "", 400, "Kies voor welke organisatie"),
    ):
        answer = hand_in(site, list_, given, organisation)
        assert (answer.status_code, words in text(answer)) == (status, True), text(answer)[:300]
        assert "Geldproblemen bij ouderen" in state(answer) and token not in answer.text


def test_without_a_row_that_is_ready_nothing_is_handed_in(site: FlaskClient, own: Settings) -> None:
    _, token = tokens.issue(own.var, "nibud")
    answer = hand_in(site, state(upload(site, "webadres\nhttps://example.org/1\n")), token)
    assert answer.status_code == 400 and "nog geen rij klaar" in text(answer)


# --- beside it


PAGE = """<!doctype html><html lang="nl"><head><title>Geldproblemen bij ouderen | Site</title>
<link rel="canonical" href="https://example.org/geld">%s</head><body><h1>Geldproblemen bij ouderen</h1></body></html>"""
ABOUT = '{"@context":"https://schema.org","@type":"Article","headline":"Geld","about":{"@id":"https://w3id.org/kennisbouwstenen/id/domein/inkomen"}}'


def script(answer: TestResponse) -> dict[str, Any]:
    """The JSON-LD of the piece that a page gives."""
    code = html.unescape(answer.text[answer.text.index('id="code"') :])
    found = re.search(r"<script[^>]*>\s*(\{.*?\})\s*</script>", code, re.DOTALL)
    assert found
    document: dict[str, Any] = json.loads(found[1])
    return document


def test_a_pasted_page_is_read_and_what_is_missing_and_the_piece_to_put_in_it_are_shown(browser: FlaskClient) -> None:
    """INST-7."""
    answer = browser.post("/nl/aanleveren/pagina", data={"lijst": PAGE % ""})
    assert "Waar de pagina over gaat" in text(answer)
    found = script(answer)
    assert found["url"] == "https://example.org/geld" and found["name"] == "Geldproblemen bij ouderen"
    assert {item["@id"].rsplit("/id/")[-1] for item in found["about"]} >= {
        "doelgroep/ouderen",
        "aspect/geldzorgen-signaleren",
    }


def test_a_page_that_names_our_concepts_keeps_them_and_broken_pieces_are_told(browser: FlaskClient) -> None:
    blocks = f'<script type="application/ld+json">{ABOUT}</script><script type="application/ld+json">{{stuk</script>'
    answer = browser.post("/nl/aanleveren/pagina", data={"lijst": PAGE % blocks})
    assert "Deze pagina noemt begrippen van ons: Inkomen" in text(answer) and "Stuk 2" in text(answer)
    assert [item["name"] for item in script(answer)["about"]] == ["Inkomen"]


@pytest.mark.parametrize("body", ["zomaar wat woorden", "[" * 3000, '{"@type":' * 200, "%PDF-1.4"])
def test_what_is_no_page_is_told_and_breaks_nothing(browser: FlaskClient, body: str) -> None:
    answer = browser.post("/nl/aanleveren/pagina", data={"lijst": body})
    assert answer.status_code in (200, 400) and 'id="lijst"' in answer.text


def test_the_piece_holds_the_chosen_concepts_by_their_own_address(browser: FlaskClient) -> None:
    """INST-8."""
    asked = [
        ("begrip", "aspect/geldzorgen-signaleren"),
        ("erbij", "Ouderen"),
        ("titel", "Mijn pagina"),
        ("webadres", "www.example.org"),
    ]
    answer = browser.get("/nl/aanleveren/stukje", query_string=asked)
    found = script(answer)
    assert [item["@id"].rsplit("/id/")[-1] for item in found["about"]] == [
        "aspect/geldzorgen-signaleren",
        "doelgroep/ouderen",
    ]
    assert "url" not in found and "Bedoel je https://www.example.org?" in text(answer)
    assert "qqq kennen we niet" in text(browser.get("/nl/aanleveren/stukje?erbij=qqq"))


@pytest.mark.parametrize("tongue", ["nl", "en"])
def test_the_sheet_to_fill_in_comes_as_excel_and_csv(browser: FlaskClient, tongue: str) -> None:
    book = load_workbook(io.BytesIO(browser.get(f"/{tongue}/aanleveren/sjabloon.xlsx").data))
    assert len(book.worksheets) == 3
    lines = browser.get(f"/{tongue}/aanleveren/sjabloon.csv").data.decode("utf-8-sig").splitlines()
    assert len(lines) == 3 and lines[0].split(";")[0] in ("titel", "title")
