"""The calendar file of a plan, line by line as RFC 5545 wants it."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from kbs_graph.teamscan import icalendar
from kbs_graph.teamscan.model import Action, OwnTopic, PlanRow, Scan, State, Topic

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
BASE = "https://kennisbouwstenen.example/"


def made(scan: Scan, topics: tuple[Topic, ...], language: str = "nl") -> str:
    return icalendar.make(scan, topics, language, BASE, NOW)


def unfolded(text: str) -> list[str]:
    """The content lines (section 3.1)."""
    assert text.endswith("\r\n")
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def values(text: str, name: str) -> list[str]:
    return [line.partition(":")[2] for line in unfolded(text) if line.partition(":")[0] == name]


def test_a_row_with_a_day_is_an_event_of_that_whole_day(topics: tuple[Topic, ...], f1: Scan, k: dict[str, str]) -> None:
    row = PlanRow(k["k3"], "Weten wie je belt", Action.TRAINING, owner="teamleider", day="2027-02-28", notice="x")
    text = made(replace(f1, plan=(row, PlanRow(k["k2"]), PlanRow(k["k1"], day="volgende week"))), topics)
    assert unfolded(text)[0] == "BEGIN:VCALENDAR"
    assert unfolded(text)[-1] == "END:VCALENDAR"
    assert unfolded(text).count("BEGIN:VEVENT") == 1
    assert values(text, "VERSION") == ["2.0"]
    assert values(text, "DTSTAMP") == ["20261122T093000Z"]
    assert values(text, "DTSTART;VALUE=DATE") == ["20270228"]
    assert values(text, "DTEND;VALUE=DATE") == ["20270301"]
    assert values(text, "SUMMARY") == ["Veilig Thuis"]
    assert values(text, "URL") == ["https://kennisbouwstenen.example/nl/aspect/veilig-thuis"]
    assert values(text, "STATUS") == ["TENTATIVE"]
    assert values(text, "DESCRIPTION") == [
        "Weten wie je belt\\nWie trekt dit: teamleider\\nWaaraan merken we dat het helpt: x"
    ]


def test_the_title_is_in_the_language_asked(topics: tuple[Topic, ...], f1: Scan, k: dict[str, str]) -> None:
    scan = replace(f1, plan=(PlanRow(k["k3"], day="2027-02-28", state=State.AGREED),))
    assert values(made(scan, topics, "en"), "SUMMARY") == ["Veilig Thuis (en)"]
    assert values(made(scan, topics, "en"), "STATUS") == ["CONFIRMED"]


def test_signs_with_a_meaning_are_escaped_and_no_line_can_be_smuggled_in(
    topics: tuple[Topic, ...], f1: Scan, k: dict[str, str]
) -> None:
    nasty = 'a;b,c\\d\r\nEND:VEVENT\x00\x1f"=1+1"'
    text = made(replace(f1, name=nasty, plan=(PlanRow(k["k3"], goal=nasty, day="2027-02-28"),)), topics)
    assert values(text, "DESCRIPTION") == ['a\\;b\\,c\\\\d\\nEND:VEVENT"=1+1"']
    assert unfolded(text).count("END:VEVENT") == 1


def test_the_uid_stays_the_same_and_differs_by_team_and_row(
    topics: tuple[Topic, ...], f1: Scan, k: dict[str, str]
) -> None:
    rows = (PlanRow(k["k3"], day="2027-02-28"), PlanRow(k["k3"], day="2027-03-01"), PlanRow(k["k2"], day="2027-03-01"))
    uids = values(made(replace(f1, plan=rows), topics), "UID")
    assert len(set(uids)) == 3
    moved = (replace(rows[0], day="2027-05-05", owner="iemand", goal="anders"), *rows[1:])
    assert values(made(replace(f1, plan=moved), topics), "UID") == uids
    assert not set(values(made(replace(f1, name="Team Zuid", plan=rows), topics), "UID")) & set(uids)
    assert "Voorbeeldteam" not in "".join(uids)


def test_a_topic_of_the_team_itself_has_no_page(topics: tuple[Topic, ...], f1: Scan) -> None:
    own = OwnTopic("eigen/1", "Haven", "inkomen")
    text = made(replace(f1, own_topics=(own,), plan=(PlanRow("eigen/1", day="2027-02-28"),)), topics)
    assert values(text, "SUMMARY") == ["Haven"]
    assert values(text, "URL") == []


@given(st.text(max_size=200))
def test_lines_are_at_most_75_octets_and_no_character_is_cut(topics: tuple[Topic, ...], f1: Scan, goal: str) -> None:
    text = made(replace(f1, plan=(PlanRow(topics[0].key, goal=goal, day="2027-02-28"),)), topics)
    lines = text.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert "\n" not in text.replace("\r\n", "")
    assert text.encode().decode() == text


def test_a_plan_without_days_is_an_empty_calendar(topics: tuple[Topic, ...], f1: Scan) -> None:
    assert "BEGIN:VEVENT" not in made(f1, topics)
