"""The report: one block a topic, totals by area and band, the T of the team, and patterns in words."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbs_graph.errors import BadRequest
from kbs_graph.teamscan import patterns, report
from kbs_graph.teamscan.model import Judged, Kind, Line, Need, NeedKind, OwnTopic, Scan, Status, Topic

Topics = tuple[Topic, ...]
AnyScan = Callable[..., st.SearchStrategy[Scan]]
EVERYONE, SOME = Need(NeedKind.EVERYONE, 1), Need(NeedKind.SOME, 2, 2)


def keys(found: tuple[Judged, ...]) -> list[str]:
    return [one.topic.key for one in found]


def test_the_blocks_of_f1(f1: Scan, topics: Topics, k: dict[str, str]) -> None:
    found = report.make(f1, topics)
    assert keys(found.gaps) == [k["k3"], k["k2"], k["k1"]]
    assert [keys(block) for block in (found.missing, found.one_person, found.fragile, found.partly)] == [
        [k["k3"]], [k["k2"]], [k["k2"]], [k["k1"]],
    ]  # fmt: skip
    assert [keys(block) for block in (found.in_place, found.no_contact, found.specialist)] == [[k["k5"]], [k["k4"]], []]
    assert (found.whole.total, found.whole.gaps, found.unknown, found.problems) == (5, 3, (), ())


def test_the_areas_of_f1(f1: Scan, topics: Topics) -> None:
    found = report.make(f1, topics).areas
    assert [area.domain.order if area.domain else None for area in found] == [1, 2, 3, 4, 5, 6, 7, None]
    income = next(area for area in found if area.domain and area.domain.slug == "inkomen")
    assert (income.whole.total, income.whole.gaps) == (2, 2)
    assert {kind: band.by_status[Status.PARTLY] for kind, band in income.bands.items()} == {
        Kind.GENERAL: 1,
        Kind.SPECIFIC: 0,
    }


def test_sorted_by_priority_f1_gives_k3_k2_k1(f1: Scan, topics: Topics, k: dict[str, str]) -> None:
    found = report.make(f1, topics)
    assert keys(report.sorted_by(found, "priority"))[:3] == [k["k3"], k["k2"], k["k1"]]
    assert keys(report.sorted_by(found, "status")) == [k["k3"], k["k2"], k["k1"], k["k5"], k["k4"]]
    assert keys(report.sorted_by(found, "domain")) == [k["k1"], k["k2"], k["k5"], k["k3"], k["k4"]]
    with pytest.raises(BadRequest):
        report.sorted_by(found, "naam")


def test_not_filled_in_and_not_needed_are_in_no_total(topics: Topics) -> None:
    lines = {"aspect/meldcode": Line(EVERYONE), "aspect/veilig-thuis": Line(Need(NeedKind.NONE), counts=(6, 6, 6))}
    found = report.make(Scan(size=6, lines=lines), topics)
    assert (found.whole.total, len(found.unfilled), len(found.not_needed)) == (0, 1, 1)
    assert found.shape.broad == found.shape.deep == ()


def test_what_is_taken_out_of_the_scan_or_unknown_is_in_no_block(topics: Topics) -> None:
    lines = {
        "aspect/meldcode": Line(EVERYONE, counts=(1, 0, 0), asked=False),
        "aspect/x": Line(EVERYONE, counts=(1, 0, 0)),
    }
    found = report.make(Scan(size=6, lines=lines), topics)
    assert (found.table, found.unknown) == ((), ("aspect/x",))


def test_the_t_of_a_team(topics: Topics) -> None:
    lines = {
        "aspect/geldzorgen-signaleren": Line(EVERYONE, counts=(4, 0, 0)),
        "aspect/schuldhulpverlening": Line(SOME, counts=(4, 2, 0)),
        "aspect/meldcode": Line(EVERYONE, counts=(3, 0, 0)),
        "aspect/veilig-thuis": Line(SOME, counts=(4, 3, 1)),
        "eigen/1": Line(EVERYONE, counts=(0, 0, 0)),
        "aspect/verplichte-zorg": Line(Need(NeedKind.SPECIALIST)),
    }
    own = (OwnTopic("eigen/1", "Wonen", "inkomen", Kind.GENERAL),)
    shape = report.make(Scan(size=4, lines=lines, own_topics=own), topics).shape
    assert [domain.slug for domain in shape.broad] == ["inkomen"]
    assert [domain.slug for domain in shape.deep] == ["veiligheid"]
    income, safety, psyche = (shape.reaches[n] for n in (2, 5, 6))
    assert (income.broad, income.broad_of, income.deep, income.deep_of, income.deepest) == (1, 2, 1, 1, 0)
    assert (safety.broad, safety.broad_of, safety.deep, safety.deepest) == (0, 1, 1, 1)
    assert (psyche.deep, psyche.deep_of) == (0, 0)


@given(st.data())
def test_every_asked_topic_stands_in_one_block_and_every_total_adds_up(
    any_scan: AnyScan, topics: Topics, data: st.DataObject
) -> None:
    scan = data.draw(any_scan())
    found = report.make(scan, topics)
    blocks = (
        found.missing, found.fragile, found.partly, found.in_place,
        found.specialist, found.no_contact, found.unfilled, found.not_needed,
    )  # fmt: skip
    assert sorted(key for block in blocks for key in keys(block)) == sorted(keys(found.table))
    assert {*keys(found.table), *found.unknown} >= {key for key, line in scan.lines.items() if line.asked}
    assert found.whole.total == sum(area.whole.total for area in found.areas)
    for area in found.areas:
        assert area.whole.total == sum(band.total for band in area.bands.values())
    assert set(keys(found.one_person)) <= {key for block in blocks[:4] for key in keys(block)}
    for order in ("domain", "status", "priority"):
        assert sorted(keys(report.sorted_by(found, order))) == sorted(keys(found.table))
    patterns.of_report(found)


def test_patterns_of_f1(f1: Scan, topics: Topics) -> None:
    found = [one.nl for one in patterns.of_report(report.make(f1, topics))]
    assert found == [
        "Inkomen vraagt de meeste aandacht: bij 2 van de 2 onderwerpen weten te weinig collega's het.",
        "Bij 2 onderwerpen herkennen collega's het wel, maar zijn er te weinig op het niveau dat jullie kozen. "
        "Daar ligt een begin.",
    ]


def test_patterns_of_one_person_and_of_what_goes_well(topics: Topics) -> None:
    lines = {
        "aspect/geldzorgen-signaleren": Line(EVERYONE, counts=(1, 0, 0)),
        "aspect/schuldhulpverlening": Line(SOME, counts=(1, 1, 0), learn=2),
        "aspect/meldcode": Line(EVERYONE, counts=(4, 0, 0)),
        "aspect/veilig-thuis": Line(SOME, counts=(4, 3, 1)),
        "aspect/opvoedvragen": Line(EVERYONE),
    }
    found = [one.nl for one in patterns.of_report(report.make(Scan(size=4, lines=lines), topics))]
    assert found == [
        "Inkomen vraagt de meeste aandacht: bij 2 van de 2 onderwerpen weten te weinig collega's het.",
        "Bij Inkomen hangen 2 onderwerpen aan één persoon.",
        "Bij 1 onderwerp waar jullie tekortkomen, wil iemand dit leren.",
        "Bij Veiligheid is alles op orde wat jullie bekeken.",
        "1 onderwerp is niet ingevuld en telt nergens in mee.",
    ]
