"""What cannot be right in a team scan, and what the server must never keep: a plain message, and nothing typed lost."""

import json
import logging
import tempfile
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from scan_walk import Walk

from kbs_graph.config import Settings
from kbs_graph.teamscan.problems import MOST_COLLEAGUES
from webui.teamscan import areas

MONEY, ABUSE = "aspect/geldzorgen-signaleren", "aspect/financieel-misbruik"
MARK = "zqmerkteken"
WORDS = (
    "naam", "drager", "partner", "notitie", "praktijk", "organisatie", "telefoon", "reactie", "bij", "eigen-naam",
    "eigen-uitleg", "plan-doel", "plan-eigen", "plan-wie", "plan-merken",
)  # fmt: skip
"""The fields of every step that take words."""


def begun(client: FlaskClient) -> Walk:
    walk = Walk(client).press("team", "wijze", "team").put({"omvang": "6"}).press("onderwerpen")
    return walk.press("onderwerpen", "doe", "alles").press("invullen")


def counts(*typed: str) -> dict[str, str]:
    return {f"{field}:{MONEY}": value for field, value in zip(("een", "twee", "drie"), typed, strict=True)}


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (("vier", "", ""), "“vier” kan niet. Vul een aantal in cijfers in"),
        (("99999999999", "", ""), "“99999999999” kan niet."),
        (("-1", "", ""), "“-1” kan niet."),
        (("4.5", "", ""), "“4.5” kan niet."),
        (("9" * 5000, "", ""), "999… kan niet.".replace("… kan", "…” kan")),
        (("7", "0", "0"), "7 collega&#39;s kan niet, het team telt er 6."),
        (("4", "5", "0"), "4, 5, 0 kan niet"),
        (("", "2", ""), "Vul ook hier een aantal in, minstens 2"),
    ],
)
def test_wrong_counts_come_back_at_their_field_with_all_that_was_typed(
    client: FlaskClient, typed: tuple[str, str, str], message: str
) -> None:
    walk = begun(client).put({**counts(*typed), f"een:{ABUSE}": "2", f"notitie:{MONEY}": "blijft"}).press("rapport")
    assert walk.answer.status_code == 422
    assert message in walk.text and 'aria-invalid="true"' in walk.text
    shown = tuple(walk.value(name) for name in counts(*typed))
    assert shown == typed or shown == tuple(word or "0" for word in typed)
    assert walk.value(f"een:{ABUSE}") == "2" and walk.value(f"notitie:{MONEY}") == "blijft"
    field = next(name for name in counts(*typed) if f'href="#{walk.form.ids[name]}"' in walk.text)
    assert f'id="{walk.form.ids[field]}-fout"' in walk.text


def test_counts_that_do_not_fit_travel_to_the_step_where_they_can_be_put_right(client: FlaskClient) -> None:
    """The team turns out to be larger than its first step said."""
    walk = begun(client).put(counts("7", "0", "0")).press("team")
    assert walk.answer.status_code == 200
    walk.put({"omvang": "8"}).press("invullen")
    assert walk.answer.status_code == 200 and walk.scan["topics"][MONEY]["counts"] == [7, 0, 0]


def test_counts_without_a_field_to_change_them_in_hold_nobody_up(client: FlaskClient) -> None:
    """Of a topic that goes through a specialist by now, or that this snapshot does not know."""
    walk = begun(client).put(counts("7", "0", "0")).press("nodig").put({f"wie:{MONEY}": "specialist"}).press("eigen")
    assert walk.press("rapport").answer.status_code == 200
    scan = walk.scan
    scan["topics"]["aspect/zomaar"] = {**scan["topics"][ABUSE], "counts": [9, 9, 9]}
    answer = client.post("/nl/teamscan/rapport", data={"stand": json.dumps(scan), "van": "invullen"})
    assert answer.status_code == 200


def test_counts_that_cannot_be_right_can_be_saved_and_what_cannot_be_read_cannot(client: FlaskClient) -> None:
    walk = begun(client).put(counts("7", "0", "0")).press("bestand.json", "wat", "scan")
    assert json.loads(walk.answer.text)["topics"][MONEY]["counts"] == [7, 0, 0]
    walk = begun(client).put(counts("vier", "0", "0")).press("bestand.json", "wat", "scan")
    assert walk.answer.status_code == 422 and walk.value(f"een:{MONEY}") == "vier"


@pytest.mark.parametrize("size", ["zes", "0", "1000", "", "6,5"])
def test_a_team_of_another_size_than_a_number_is_asked_again(client: FlaskClient, size: str) -> None:
    walk = Walk(client).press("team", "wijze", "team").put({"omvang": size, "naam": "Team Noord"}).press("onderwerpen")
    assert walk.answer.status_code == 422 and "van 1 tot en met 999, in cijfers" in walk.text
    assert walk.value("omvang") == size and walk.value("naam") == "Team Noord"


def test_the_form_takes_the_largest_team_that_the_rules_know(client: FlaskClient) -> None:
    walk = Walk(client).press("team", "wijze", "team").put({"omvang": "999"}).press("onderwerpen")
    assert walk.answer.status_code == 200 and walk.scan["size"] == MOST_COLLEAGUES == 999


def test_an_empty_size_is_no_fault_for_who_goes_back_or_takes_the_other_language(client: FlaskClient) -> None:
    walk = Walk(client).press("team", "wijze", "team")
    assert walk.press("team", tongue="en").answer.status_code == 200 and "Your team" in walk.text
    assert Walk(client).press("team", "wijze", "team").press("").answer.status_code == 200


@pytest.mark.parametrize("stand", ["", "[]", '{"format": "iets"}', "{", "null", '{"a":' * 3000, "\x00"])
def test_a_tampered_scan_gets_a_plain_page(browser: FlaskClient, stand: str) -> None:
    answer = browser.post("/nl/teamscan/nodig", data={"stand": stand, "van": "team"})
    assert answer.status_code == 400 and "<h1>" in answer.text and "Traceback" not in answer.text


def test_a_scan_of_a_later_version_is_read_or_refused_in_plain_words(browser: FlaskClient) -> None:
    walk = begun(browser)
    later = {**walk.scan, "version": 9, "weather": "sunny"}
    data = {"stand": json.dumps(later), "van": "invullen"}
    assert "weather" in browser.post("/nl/teamscan/nodig", data=data).text
    data["stand"] = json.dumps({**later, "readableFrom": 9})
    answer = browser.post("/nl/teamscan/nodig", data=data)
    assert answer.status_code == 400 and "nieuwere versie" in answer.text


def test_a_form_left_open_while_a_topic_was_renamed_or_went_just_works(client: FlaskClient) -> None:
    """The page still names the topic as it was called: aspect/geldproblemen became geldzorgen-signaleren."""
    walk = begun(client)
    old = json.loads(json.dumps(walk.scan).replace(MONEY, "aspect/geldproblemen"))
    old["topics"]["aspect/zomaar"] = {**old["topics"][ABUSE], "counts": [1, 1, 1]}
    data = {"stand": json.dumps(old), "van": "invullen", "een:aspect/geldproblemen": "3", "een:aspect/zomaar": "2"}
    walk.answer = client.post("/nl/teamscan/onderwerpen", data=data)
    walk._read()
    assert walk.answer.status_code == 200
    assert walk.scan["topics"][MONEY]["counts"] == [3, 0, 0]
    assert walk.scan["topics"]["aspect/zomaar"]["counts"] == [2, 0, 0]
    assert "‘aspect/geldproblemen’ heet nu" in walk.text
    assert "Hier niet (meer) bekend, en bewaard in je bestand: aspect/zomaar." in walk.text


def test_what_is_too_large_gets_a_plain_page(browser: FlaskClient) -> None:
    file = (BytesIO(b"x" * (9 << 20)), "groot.json")
    answer = browser.post("/nl/teamscan", data={"bestand": file}, content_type="multipart/form-data")
    assert answer.status_code == 413 and "<h1>Dit is te groot</h1>" in answer.text
    assert "Dit bestand is te groot: een scan is hooguit 2 MB." in answer.text and "wat je typte" in answer.text


def hand_in(client: FlaskClient, body: bytes, name: str, **more: str) -> Walk:
    walk = Walk(client)
    data = {"bestand": (BytesIO(body), name), **more}
    walk.answer = client.post("/nl/teamscan", data=data, content_type="multipart/form-data")
    walk._read()
    return walk


def test_a_file_goes_on_where_it_was_left_and_another_kind_of_file_is_refused(client: FlaskClient) -> None:
    """TEAM-5. One that is refused leaves the scan that was there."""
    walk = begun(client).put(counts("4", "1", "0")).press("bestand.json", "wat", "scan")
    again = hand_in(client, walk.answer.data, "team.json")
    assert again.answer.status_code == 200 and "1 van " in again.text
    again.press("invullen")
    assert again.value(f"een:{MONEY}") == "4"
    refused = hand_in(client, b"\x89PNG\r\n\x1a\n....", "foto.json", stand=again.value("stand"))
    assert refused.answer.status_code == 400 and "Dit bestand konden we niet lezen" in refused.text
    assert refused.scan["topics"][MONEY]["counts"] == [4, 1, 0]


def test_no_part_of_a_form_is_written_to_disk(app: Flask) -> None:
    data = {"bestand": (BytesIO(b"x" * 900_000), "a.json")}
    with app.test_request_context("/nl/teamscan", method="POST", data=data):
        assert isinstance(request.files["bestand"].stream, BytesIO)


def test_nothing_that_was_typed_stays_behind(
    client: FlaskClient, settings: Settings, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """TEAM-1: a mark in every field of every step, then the state, the logs and the temporary folders searched."""
    caplog.set_level(logging.DEBUG)
    before = set(files(settings))
    walk = begun(client)
    for step in ("team", "invullen", "eigen", "plan"):
        walk.press(step) if step != "plan" else walk.press("rapport").press("plan")
        words = (name for name, _ in walk.form.fields if name.partition(":")[0] in WORDS)
        walk.put({name: f"{MARK} {name}" for name in words})
    walk.press("bestand.json", "wat", "scan")
    assert walk.answer.text.count(MARK) > 12
    hand_in(client, walk.answer.data, f"{MARK}.json")
    begun(client).put(counts(MARK, "", "")).press("rapport")
    assert MARK not in caplog.text and MARK not in "".join(capfd.readouterr())
    for path in files(settings):
        assert MARK not in path.name
        if path not in before or path.is_relative_to(settings.var):
            assert MARK.encode() not in path.read_bytes(), path


def files(settings: Settings) -> list[Path]:
    folders = (settings.var, Path(tempfile.gettempdir()))
    found = [path for path in settings.var.rglob("*") if path.is_file()]
    return found + [path for path in folders[1].iterdir() if path.is_file()]


def test_a_fault_of_ours_is_logged_without_what_was_typed(
    app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = begun(client)

    def broken(*given: object, **more: object) -> None:
        raise ValueError(f"cannot do {MARK}")

    monkeypatch.setattr(areas, "areas", broken)
    walk.put({f"notitie:{MONEY}": MARK}).press("eigen")
    assert walk.answer.status_code == 500
    assert "unexpected ValueError at /nl/teamscan/eigen" in caplog.text and "areas.areas(" in caplog.text
    assert MARK not in caplog.text and MARK not in walk.answer.text
