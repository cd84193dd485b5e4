"""The team scan without script: every step back and forth, at once and one by one, and nothing of it in an address."""

import json
import re

import pytest
from flask.testing import FlaskClient
from scan_walk import Walk

MONEY, ABUSE = "aspect/geldzorgen-signaleren", "aspect/financieel-misbruik"
STEPS = ("team", "onderwerpen", "nodig", "invullen", "eigen")


@pytest.fixture
def filled(client: FlaskClient) -> Walk:
    """A team of six at the step of filling in, with all topics of the small site asked."""
    walk = Walk(client).press("team", "wijze", "team").type(omvang="6", naam="Team Noord")
    walk.press("onderwerpen").press("onderwerpen", "doe", "alles")
    return walk.press("nodig").press("invullen")


def test_the_start_leads_to_a_team_to_oneself_and_to_a_file(client: FlaskClient) -> None:
    walk = Walk(client)
    assert walk.answer.status_code == 200
    assert "Je telt handen, geen namen. Wij bewaren niets van wat je hier invult." in walk.text
    assert 'enctype="multipart/form-data"' in walk.text and "/nl/karrewiel.pdf" in walk.text
    assert {value for _, name, value in walk.form.buttons if name == "wijze"} == {"team", "own"}


def test_every_step_back_and_forth_keeps_all_that_was_filled_in(filled: Walk) -> None:
    filled.put({f"een:{MONEY}": "4", f"twee:{MONEY}": "1", f"drie:{MONEY}": "0", f"leren:{MONEY}": "2"})
    filled.put({f"notitie:{MONEY}": "Elke week\nspreekuur", f"drager:{MONEY}": "schuldhulpmaatje"}).tick(
        f"deel:{MONEY}"
    )
    for step in (*reversed(STEPS), "", "invullen", *STEPS, "invullen"):
        filled.press(step)
        assert filled.answer.status_code == 200, step
    line = filled.scan["topics"][MONEY]
    assert line["counts"] == [4, 1, 0] and line["learn"] == 2 and line["share"] is True
    assert line["note"] == "Elke week\nspreekuur" and line["keeper"] == "schuldhulpmaatje"
    assert filled.scan["topics"][ABUSE].get("counts") is None
    assert [filled.value(f"{field}:{MONEY}") for field in ("een", "twee", "drie")] == ["4", "1", "0"]
    assert filled.value("notitie:" + MONEY) == "Elke week\nspreekuur"


def test_the_state_is_in_one_field_and_in_no_address(filled: Walk) -> None:
    filled.put({f"notitie:{MONEY}": "merkteken"}).press("eigen")
    addresses = re.findall(r'(?:href|action|formaction|src)="([^"]*)"', filled.text)
    assert addresses and not [address for address in addresses if "merkteken" in address or "stand=" in address]
    assert len(re.findall(r'name="stand"', filled.text)) == 1


def test_the_other_language_keeps_the_step_and_what_was_typed(filled: Walk) -> None:
    filled.put({f"een:{MONEY}": "3"}).press("invullen", tongue="en")
    assert '<html lang="en">' in filled.text and "What does the team know?" in filled.text
    assert filled.value(f"een:{MONEY}") == "3"


def test_nothing_is_kept_by_anyone_between_and_back_shows_the_page_again(filled: Walk) -> None:
    control = filled.answer.headers["Cache-Control"]
    assert "private" in control and "no-store" not in control
    assert filled.answer.headers["X-Robots-Tag"] == "noindex" and "Set-Cookie" not in filled.answer.headers


def test_only_what_is_chosen_is_asked(client: FlaskClient) -> None:
    """TEAM-6: an area, general knowledge only."""
    walk = Walk(client).press("team", "wijze", "team").type(omvang="6").press("onderwerpen")
    walk.press("onderwerpen", "doe", "niets").press("onderwerpen", "doe", "algemeen:inkomen")
    assert "Je koos 1 onderwerp." in walk.text
    walk.press("onderwerpen", "doe", "algemeen:veiligheid")
    assert "Je koos 1 onderwerp." in walk.text  # its one topic is specific
    walk.press("invullen")
    assert [name for name, _ in walk.form.fields if name.startswith("een:")] == [f"een:{MONEY}"]
    assert "0 van 1 ingevuld" in walk.text


def test_a_topic_taken_out_keeps_its_counts_for_when_it_comes_back(filled: Walk) -> None:
    filled.put({f"een:{MONEY}": "4"}).press("onderwerpen").tick("kies", MONEY, yes=False).press("invullen")
    assert f"een:{MONEY}" not in dict(filled.form.fields)
    filled.press("onderwerpen").tick("kies", MONEY).press("invullen")
    assert filled.value(f"een:{MONEY}") == "4"


def test_a_page_of_a_topic_or_area_leads_to_a_scan_with_it_chosen(client: FlaskClient) -> None:
    page = client.get(f"/nl/{ABUSE}").text
    assert f'href="/nl/teamscan?onderwerp={ABUSE}"' in page
    walk = Walk(client, f"/nl/teamscan?onderwerp={ABUSE}")
    assert "Al gekozen: " in walk.text
    walk.press("team", "wijze", "team").type(omvang="4").press("onderwerpen")
    assert walk.form.ticks["kies", ABUSE] and not walk.form.ticks["kies", MONEY]
    assert 'href="/nl/teamscan?gebied=inkomen"' in client.get("/nl/domein/inkomen").text
    walk = Walk(client, "/nl/teamscan?gebied=inkomen").press("team", "wijze", "team").press("onderwerpen")
    assert walk.form.ticks["kies", MONEY] and not walk.form.ticks["kies", ABUSE]


def test_a_profile_fills_in_a_start_and_leaves_what_the_team_changed(client: FlaskClient) -> None:
    """TEAM-7."""
    walk = Walk(client).press("team", "wijze", "team").type(omvang="6").press("onderwerpen")
    walk.press("onderwerpen", "doe", "alles").press("nodig")
    assert walk.value(f"wie:{MONEY}") == "everyone-1" and walk.value(f"wie:{ABUSE}") == "some-2"
    walk.put({f"wie:{MONEY}": "some-3", f"minstens:{MONEY}": "4", f"gewicht:{MONEY}": "3"}).press("team")
    assert "aangepast" in walk.text
    walk.tick("profiel", "voorpost").press("nodig")
    assert walk.value(f"wie:{MONEY}") == "some-3" and walk.value(f"wie:{ABUSE}") == "specialist"
    need = walk.scan["topics"][MONEY]
    assert need["need"] == {"kind": "some", "level": 3, "number": 4} and need["weight"] == 3
    walk.press("nodig", "doe", "begin")
    assert walk.value(f"wie:{MONEY}") == "everyone-1"


@pytest.mark.parametrize(
    ("group", "changed"), [("alle", True), ("general", True), ("specific", False), ("inkomen", True)]
)
def test_needs_can_be_set_for_many_at_once(client: FlaskClient, group: str, changed: bool) -> None:
    walk = Walk(client).press("team", "wijze", "team").type(omvang="6").press("onderwerpen")
    walk.press("onderwerpen", "doe", "alles").press("nodig")
    walk.put({"welke": group, "alle-wie": "some-2", "alle-minstens": "3", "alle-gewicht": "1"})
    walk.press("nodig", "doe", "zet")
    line = walk.scan["topics"][MONEY]
    assert (line["need"].get("number") == 3 and line["weight"] == 1) is changed


def test_one_professional_chooses_a_level_and_what_to_learn(client: FlaskClient) -> None:
    """TEAM-3: no name and no team are asked; a level is the counts of a team of one."""
    walk = Walk(client).press("onderwerpen", "wijze", "own").press("onderwerpen", "doe", "alles").press("invullen")
    assert walk.value(f"niveau:{MONEY}") == ""
    assert "naam" not in dict(walk.form.fields) and "Deel 2 van 3" in walk.text
    walk.tick(f"niveau:{MONEY}", "2").tick(f"wil:{MONEY}").tick(f"niveau:{ABUSE}", "0").press("onderwerpen").press(
        "invullen"
    )
    lines = walk.scan["topics"]
    assert walk.scan["mode"] == "own" and lines[MONEY]["counts"] == [1, 1, 0] and lines[MONEY]["learn"] == 1
    assert lines[ABUSE]["counts"] == [0, 0, 0]
    assert walk.value(f"niveau:{MONEY}") == "2" and walk.value(f"niveau:{ABUSE}") == "0"


def test_contacts_examples_and_own_topics_are_the_teams_own(filled: Walk) -> None:
    filled.press("eigen")
    role = next(name for name, _ in filled.form.fields if name.startswith("organisatie:")).partition(":")[2]
    filled.put({f"organisatie:{role}": "Loket Zuid", f"telefoon:{role}": "030 123", f"praktijk:{MONEY}": "Geldcafé"})
    filled.put({"eigen-naam": "Woonwagens", "eigen-gebied": "veiligheid", "eigen-uitleg": "Twee kampen"}).press("eigen")
    assert filled.scan["contacts"][0]["organisation"] == "Loket Zuid"
    assert filled.scan["topics"][MONEY]["practice"] == "Geldcafé"
    assert filled.scan["ownTopics"][0]["label"] == "Woonwagens"
    filled.press("invullen").put({"een:eigen/1": "2"}).press("eigen")
    assert filled.scan["topics"]["eigen/1"]["counts"] == [2, 0, 0]
    filled.tick("weg:eigen/1").press("invullen")
    assert "Woonwagens" not in filled.text and "eigen/1" not in filled.scan["topics"]


def test_the_file_holds_the_scan_and_no_one_else_keeps_it(filled: Walk) -> None:
    filled.put({f"een:{MONEY}": "4"}).press("bestand.json", "wat", "scan")
    assert filled.answer.headers["Content-Disposition"].startswith("attachment; filename=teamscan")
    assert filled.answer.headers["Cache-Control"] == "no-store"
    kept = json.loads(filled.answer.text)
    assert (
        kept["format"] == "kennisbouwstenen-teamscan" and kept["topics"][MONEY]["counts"] == [4, 0, 0] and kept["day"]
    )


def test_who_comes_without_a_scan_gets_a_way_back_in(client: FlaskClient) -> None:
    for step in (*STEPS, "rapport"):
        answer = client.get(f"/nl/teamscan/{step}")
        assert answer.status_code == 200 and "Verder met een bestand, of opnieuw beginnen" in answer.text
    assert client.post("/nl/teamscan/team").status_code == 200


def test_the_links_out_of_a_scan_open_beside_it(filled: Walk) -> None:
    header = filled.text.partition("<main")[0]
    assert header.count('target="_blank"') == header.count("<a href") and "English</button>" in header
