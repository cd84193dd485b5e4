"""Several teams side by side, and two moments of one: counted by hand here, read from files that may be refused."""

import json
import re
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from scan_pages import K1, K2, K3, K5, TOPICS, Pages, section, words

from kbs_graph.errors import BadRequest
from kbs_graph.teamscan import scanfile, topics
from kbs_graph.teamscan.model import Line, Mode, Need, NeedKind, Scan
from webui.teamscan import upload as scan_upload


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """The topics of F1, in place of those of the small site."""
    monkeypatch.setattr(topics, "read", lambda store: TOPICS)


@pytest.fixture
def f1() -> Scan:
    return scanfile.loads(scanfile.example(), TOPICS, {}).scan


@pytest.fixture
def pages(client: FlaskClient) -> Pages:
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    return Pages(client)


@pytest.fixture
def region() -> list[Scan]:
    """Twelve teams. K1: teams 0-3 have nobody of 6, 4-5 one, 6-8 four, 9-11 all. K3: 0-4 none of 2, 5-11 two, shared by
    10 and 11. K2: asked by 0-2 alone, one colleague each.
    """
    found = []
    for number in range(12):
        k1 = 0 if number < 4 else 1 if number < 6 else 4 if number < 9 else 6
        k3 = 0 if number < 5 else 2
        lines = {
            K1: Line(Need(NeedKind.EVERYONE, 1), 3, (k1, 0, 0)),
            K3: Line(Need(NeedKind.SOME), 3, (3, k3, 0), share=number > 9),
        }
        if number < 3:
            lines[K2] = Line(Need(NeedKind.SOME), 2, (2, 1, 0), note="blijft bij het team")
        found.append(Scan(name=f"Team {chr(65 + number)}", day="2026-11-01", size=6, lines=lines))
    return found


def standen(scans: list[Scan]) -> str:
    return json.dumps([json.loads(scanfile.dumps(scan)) for scan in scans])


def row_of(text: str, label: str) -> list[int]:
    table = text.split('id="regiotabel-h"')[1]
    row = next(part for part in table.split("<tr>") if label in part)
    return [int(number) for number in re.findall(r"<td(?: class=\"zero\")?>(\d+)</td>", row)]


def test_twelve_teams_are_counted_topic_by_topic(client: FlaskClient, region: list[Scan]) -> None:
    answer = client.post("/nl/teamscan/regio", data={"standen": standen(region)})
    text = answer.get_data(as_text=True)
    # missing, fragile, partly, in place, through a specialist, contact missing; rests on one person; not scanned
    assert row_of(text, "Geldzorgen signaleren") == [4, 2, 3, 3, 0, 0, 2, 0]
    assert row_of(text, "Veilig Thuis") == [5, 0, 0, 7, 0, 0, 0, 0]
    assert row_of(text, "Schuldhulpverlening") == [0, 3, 0, 0, 0, 0, 3, 9]
    told = words(text)
    assert "Team K heeft hier 2 collega's voor en wil helpen." in told
    assert "Team J heeft hier" not in told
    assert "blijft bij het team" not in text


def test_a_region_makes_a_plan_together(client: FlaskClient, pages: Pages, region: list[Scan]) -> None:
    text = client.post("/nl/teamscan/regio", data={"standen": standen(region)}).get_data(as_text=True)
    pages.text = text
    joint = pages.scan
    chosen = re.findall(r'name="plan-bij" value="([^"]+)"[^>]* checked', text)
    assert chosen == [K1, K3, K2]
    pages.send("plan", joint, came_from="regio", plan__bij=chosen)
    assert [(row.topic, row.action) for row in pages.scan.plan] == [(key, "training") for key in chosen]


def test_one_team_is_no_region_and_another_thing_is_no_list_of_scans(client: FlaskClient, region: list[Scan]) -> None:
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    one = client.post("/nl/teamscan/regio", data={"standen": standen(region[:1])})
    assert one.status_code == 400
    assert "twee of meer bestanden" in one.get_data(as_text=True)
    for nonsense in ("{}", "[1]", "niets", "[" * 5000, json.dumps([{}] * 31)):
        assert client.post("/nl/teamscan/regio", data={"standen": nonsense}).status_code == 400


def test_two_moments_of_one_team(client: FlaskClient, f1: Scan) -> None:
    march = replace(f1, day="2026-03-01")
    better = replace(f1.lines[K3], counts=(3, 2, 0))
    less = replace(f1.lines[K5], counts=(1, 1, 0))
    september = replace(f1, day="2026-09-01", lines={**f1.lines, K3: better, K5: less})
    text = client.post("/nl/teamscan/vergelijk", data={"standen": standen([september, march])}).get_data(as_text=True)
    assert "ontbreekt 0 van 2 op orde 2 van 2" in section(text, "better")
    assert "Dagbesteding" in section(text, "less")
    assert "Schuldhulpverlening" in section(text, "same")
    assert words(text).index("1 maart 2026") < words(text).index("1 september 2026")
    one = client.post("/nl/teamscan/vergelijk", data={"standen": standen([march])})
    assert one.status_code == 400


def upload(client: FlaskClient, page: str, **files: list[tuple[bytes, str]]) -> Any:
    data = {name: [(BytesIO(body), title) for body, title in found] for name, found in files.items()}
    return client.post(f"/nl/teamscan/{page}", data=data, content_type="multipart/form-data")


def test_files_are_read_and_one_that_is_no_scan_is_named_with_the_reason(client: FlaskClient, f1: Scan) -> None:
    north, south = (scanfile.dumps(replace(f1, name=name)).encode() for name in ("Team Noord", "Team Zuid"))
    files = [(north, "noord.json"), (b"Beste collega,", "brief<b>.txt"), (south, "zuid.json")]
    answer = upload(client, "regio", bestanden=files)
    assert answer.status_code == 200
    text = answer.get_data(as_text=True)
    assert "Team Noord · 6 collega" in words(text)
    assert "Team Zuid · 6 collega" in words(text)
    assert re.search(r"<strong>brief&lt;b&gt;.txt</strong>: \w+", text)
    only = upload(client, "regio", bestanden=files[1:2])
    assert only.status_code == 400
    assert "brief" in only.get_data(as_text=True)


def test_a_file_that_breaks_the_reading_of_all_leaves_the_others(
    client: FlaskClient, f1: Scan, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(arguments: dict[str, object], body: bytes) -> Any:
        if arguments["do"] == "read-all" or body == b"bom":
            raise BadRequest("te veel geheugen", "too much memory")
        return {"scan": json.loads(body)}

    monkeypatch.setattr(scan_upload, "_asked", asked)
    good = scanfile.dumps(f1).encode()
    text = upload(client, "regio", bestanden=[(good, "a.json"), (b"bom", "b.xlsx"), (good, "c.json")]).get_data(
        as_text=True
    )
    assert "De teams (2)" in words(text)
    assert "b.xlsx : te veel geheugen" in words(text)


def test_more_teams_are_added_to_those_on_the_page(
    client: FlaskClient, f1: Scan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan_upload, "_asked", lambda arguments, body: [{"scan": json.loads(body)}])
    data = {"standen": standen([f1]), "bestanden": (BytesIO(scanfile.dumps(f1).encode()), "b.json")}
    answer = client.post("/en/teamscan/regio", data=data, content_type="multipart/form-data")
    assert "The teams (2)" in words(answer.get_data(as_text=True))


def test_what_does_not_fit_is_told(client: FlaskClient, f1: Scan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan_upload, "_asked", lambda arguments, body: [{"scan": json.loads(body)}])
    files = [(scanfile.dumps(f1).encode(), f"{n}.json") for n in (30, 31)]
    data = {"standen": standen([f1] * 29), "bestanden": [(BytesIO(body), name) for body, name in files]}
    answer = client.post("/nl/teamscan/regio", data=data, content_type="multipart/form-data")
    text = words(answer.get_data(as_text=True))
    assert "De teams (30)" in text
    assert "31.json : Naast elkaar passen 30 teams." in text


def test_a_scan_of_one_professional_is_left_out_of_a_region(
    client: FlaskClient, f1: Scan, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = scanfile.dumps(replace(f1, mode=Mode.OWN, size=1)).encode()
    monkeypatch.setattr(scan_upload, "_asked", lambda arguments, body: [{"scan": json.loads(body)}])
    data = {"standen": standen([f1] * 2), "bestanden": (BytesIO(alone), "ik.json")}
    answer = client.post("/nl/teamscan/regio", data=data, content_type="multipart/form-data")
    text = words(answer.get_data(as_text=True))
    assert answer.status_code == 200
    assert "De teams (2)" in text
    assert "ik.json : Dit is een scan van één professional." in text
