"""Files of a scan from the site: by every way in one result, attachments name nothing typed, nothing is kept."""

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kbs_graph.config import Settings

MARK = "merkteken-van-deze-proef"
SCAN: dict[str, Any] = {
    "format": "kennisbouwstenen-teamscan",
    "version": 1,
    "name": MARK,
    "size": 6,
    "topics": {
        "aspect/geldzorgen-signaleren": {
            **{"need": {"kind": "everyone", "level": 1}, "weight": 3, "counts": [4, 1, 0], "note": MARK},
        },
        "aspect/financieel-misbruik": {"need": {"kind": "some", "level": 2, "number": 2}, "counts": [3, 0, 0]},
    },
    "plan": [{"topic": "aspect/financieel-misbruik", "owner": MARK, "day": "2027-03-31"}],
}


def post(client: FlaskClient, ending: str, language: str = "nl", scan: Any = SCAN, **form: str) -> TestResponse:
    data = {"stand": json.dumps(scan), **form}
    return client.post(f"/{language}/teamscan/bestand.{ending}", data=data)


def outcomes(client: FlaskClient, scan: Any) -> list[tuple[str, str]]:
    """What the report says of each topic."""
    found = json.loads(post(client, "json", scan=scan, wat="rapport").data)["tables"][0]["rows"]
    return [(row["Onderwerp"], row["Uitkomst"]) for row in found]


def handed_in(client: FlaskClient, name: str, body: bytes) -> Any:
    """The scan that stands in the page after this file was handed in."""
    answer = client.post("/nl/teamscan", data={"bestand": (io.BytesIO(body), name)})
    assert answer.status_code == 200, answer.text
    found = re.search(r'name="stand" value="([^"]*)"', answer.text)
    assert found
    return json.loads(found[1].replace("&#34;", '"').replace("&quot;", '"').replace("&amp;", "&").replace("&#39;", "'"))


def test_by_file_by_sheet_by_csv_and_by_form_the_result_is_one(client: FlaskClient) -> None:
    wanted = outcomes(client, SCAN)
    assert wanted == [("Financieel misbruik", "ontbreekt"), ("Geldzorgen signaleren", "deels")]
    for ending in ("json", "xlsx", "csv"):
        body = post(client, ending, wat="scan").data
        assert outcomes(client, handed_in(client, f"verkeerde-naam.{ending}.txt", body)) == wanted


@pytest.mark.parametrize(
    ("subject", "ending", "language", "name"),
    [
        ("rapport", "docx", "nl", "teamscan-rapport"),
        ("rapport", "xlsx", "en", "team-scan-report"),
        ("afbakening", "docx", "nl", "teamscan-afbakening"),
        ("plan", "ics", "nl", "teamscan-leerplan"),
        ("plan", "csv", "en", "team-scan-learning-plan"),
        ("scan", "json", "nl", "teamscan"),
    ],
)
def test_an_attachment_is_named_by_what_it_is_and_its_day_and_kept_by_no_cache(
    client: FlaskClient, subject: str, ending: str, language: str, name: str
) -> None:
    answer = post(client, ending, language, wat=subject)
    assert answer.status_code == 200
    disposition = answer.headers["Content-Disposition"]
    assert re.fullmatch(rf"attachment; filename={name}-\d{{4}}-\d\d-\d\d\.{ending}", disposition)
    assert "no-store" in answer.headers["Cache-Control"] and "Set-Cookie" not in answer.headers
    assert MARK.encode() in answer.data or ending in ("docx", "xlsx")


def test_word_speaks_the_language_that_was_asked(client: FlaskClient) -> None:
    document = docx.Document(io.BytesIO(post(client, "docx", "en", wat="rapport").data))
    assert document.core_properties.language == "en-GB"
    assert document.paragraphs[0].text == f"Report of the team scan – {MARK}"


def test_the_calendar_leads_to_the_pages_of_this_site(client: FlaskClient) -> None:
    body = post(client, "ics", wat="plan").text
    assert "DTSTART;VALUE=DATE:20270331" in body and "URL:http://localhost/nl/aspect/financieel-misbruik" in body


@pytest.mark.parametrize(("ending", "subject"), [("ics", "rapport"), ("docx", "scan"), ("docx", "iets")])
def test_a_file_that_cannot_be_made_is_refused_in_words(client: FlaskClient, ending: str, subject: str) -> None:
    answer = post(client, ending, wat=subject)
    assert answer.status_code == 400 and "Kies uit:" in answer.text


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_empty_sheet_is_of_what_the_address_asks(client: FlaskClient, language: str) -> None:
    answer = client.get(f"/{language}/teamscan/sjabloon.xlsx?gebied=inkomen&algemeen=1&profiel=jeugd")
    assert answer.status_code == 200 and answer.headers["Content-Disposition"].startswith("attachment")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    filling = book["Invullen" if language == "nl" else "Fill in"]
    keys = [row[-1] for row in filling.iter_rows(min_row=2, values_only=True) if row[-1]]
    assert keys == ["aspect/geldzorgen-signaleren"]
    assert client.get(f"/{language}/teamscan/sjabloon.xlsx?gebied=nee").status_code == 400


def test_the_example_and_the_schema_of_the_file_are_there(client: FlaskClient) -> None:
    assert json.loads(client.get("/voorbeelden/f1.json").data)["format"] == "kennisbouwstenen-teamscan"
    assert client.get("/voorbeelden/teamscan.schema.json").mimetype == "application/schema+json"


@pytest.mark.parametrize("name", ["bijeenkomst", "ankers"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_sheets_for_a_meeting_say_the_promise_and_the_way_on(client: FlaskClient, name: str, language: str) -> None:
    answer = client.get(f"/{language}/teamscan/{name}")
    assert answer.status_code == 200
    assert ("Je telt handen, geen namen." if language == "nl" else "You count hands, not names.") in answer.text
    if name == "bijeenkomst":
        for path in ("teamscan", "karrewiel.pdf", "teamscan/ankers", "teamscan/sjabloon.xlsx"):
            assert f'href="/{language}/{path}"' in answer.text


@pytest.fixture
def empty_tmp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for temporary files of this test's jobs alone."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    yield folder


def test_nothing_typed_is_left_in_var_in_the_temporary_folder_or_in_the_log(
    client: FlaskClient, settings: Settings, empty_tmp: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for ending, subject in (("docx", "rapport"), ("xlsx", "scan"), ("ics", "plan"), ("docx", "iets")):
        post(client, ending, wat=subject)
    handed_in(client, "team.xlsx", post(client, "xlsx", wat="scan").data)
    client.post("/nl/teamscan", data={"bestand": (io.BytesIO(f"PK{MARK}".encode()), "team.xlsx")})
    assert not list(empty_tmp.rglob("*"))
    kept = [path for path in settings.var.rglob("*") if path.is_file() and MARK.encode() in path.read_bytes()]
    assert not kept and MARK not in caplog.text


def test_who_opens_a_team_file_sees_whom_to_ask(client: FlaskClient) -> None:
    topic = {
        "need": {"kind": "specialist"},
        "boundary": {"who": "specialist", "contact": "Loket geld", "phone": "14 0123"},
    }
    scan = {**SCAN, "topics": {"aspect/financieel-misbruik": topic}}
    answer = client.post("/nl/teamscan", data={"bestand": (io.BytesIO(json.dumps(scan).encode()), "team.json")})
    assert "Wie kan ik vragen?" in answer.text and "Loket geld · 14 0123" in answer.text
    without = client.post("/nl/teamscan", data={"bestand": (io.BytesIO(json.dumps(SCAN).encode()), "team.json")})
    assert "Wie kan ik vragen?" not in without.text


def test_who_reloads_a_file_is_told_that_the_scan_was_in_the_form_alone(client: FlaskClient) -> None:
    answer = client.get("/nl/teamscan/bestand.docx")
    assert answer.status_code == 200 and 'href="/nl/teamscan"' in answer.text
