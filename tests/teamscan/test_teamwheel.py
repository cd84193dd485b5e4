"""The team wheel: its cells and words say what the rules say, in the places of sketch B."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbs_graph.teamscan import report, rules, team_shape, teamwheel, tshape
from kbs_graph.teamscan.model import Kind, Line, Need, NeedKind, OwnTopic, Scan, Status, Topic
from kbs_graph.teamscan.teamwheel import MOST_CELLS, SHOWN, TeamWheel


def made(scan: Scan, topics: tuple[Topic, ...], language: str = "nl") -> TeamWheel:
    return teamwheel.make(scan, rules.judged(scan, topics), topics, language)


def many(topics: tuple[Topic, ...], number: int) -> tuple[Topic, ...]:
    """So many specific topics in the area of the first one."""
    return tuple(replace(topics[1], key=f"aspect/t{n}", label={"nl": f"T{n}"}) for n in range(number))


def test_f1_stands_in_the_wheel_as_a4_says(topics: tuple[Topic, ...], f1: Scan) -> None:
    wheel = made(replace(f1, day="2026-11-22"), topics)
    assert [line.text for line in wheel.hub] == ["6 collega's", "5 punten bekeken", "22 nov 2026"]
    by_area = {area.ref.order: area for area in wheel.areas}
    assert list(by_area) == [1, 2, 3, 4, 5, 6, 7]
    assert by_area[3].said == "3 Inkomen: 1 deels, 1 kwetsbaar. Naar de tabel."
    assert [label.text for label in by_area[3].labels] == ["3 Inkomen", "2 van 2 open"]
    general, specific = by_area[3].bands
    assert general.said == "3 Inkomen, algemeen: 1 deels. Naar de tabel."
    assert [cell.status for cell in specific.cells] == [Status.FRAGILE]
    assert by_area[6].bands[1].tally == ((Status.MISSING, 1),)
    assert by_area[7].bands[1].tally == ((Status.NO_CONTACT, 1),)
    assert [label.text for label in by_area[1].labels] == ["1 Lichamelijke gezondheid"]
    assert by_area[1].said == "1 Lichamelijke gezondheid: niets bekeken. Naar de tabel."


def test_the_wheel_speaks_english(topics: tuple[Topic, ...], f1: Scan) -> None:
    wheel = made(f1, topics, "en")
    assert [line.text for line in wheel.hub][:2] == ["6 colleagues", "5 topics looked at"]
    assert wheel.areas[2].bands[0].said == "3 Inkomen (en), general: 1 partly. To the table."


@pytest.mark.parametrize(("number", "cells"), [(1, 1), (16, 16), (17, 9), (32, 16), (33, 11), (400, 16)])
def test_a_band_has_at_most_sixteen_cells_and_they_count_every_topic(
    topics: tuple[Topic, ...], number: int, cells: int
) -> None:
    crowd = many(topics, number)
    scan = Scan(size=6, lines={topic.key: Line(Need(NeedKind.SOME), counts=(3, 0, 0)) for topic in crowd})
    band = made(scan, (*topics, *crowd)).areas[0].bands[1]
    assert len(band.cells) == cells <= MOST_CELLS
    assert sum(cell.topics for cell in band.cells) == number == dict(band.tally)[Status.MISSING]


def test_cells_lie_side_by_side_within_their_band(topics: tuple[Topic, ...]) -> None:
    crowd = many(topics, 12)
    scan = Scan(size=6, lines={t.key: Line(Need(NeedKind.SOME), counts=(n % 7, 0, 0)) for n, t in enumerate(crowd)})
    band = made(scan, (*topics, *crowd)).areas[0].bands[1]
    edges = [(cell.sector.start, cell.sector.end) for cell in band.cells]
    assert all(left[1] == pytest.approx(right[0]) for left, right in pairwise(edges))
    assert band.sector.start < edges[0][0] < edges[-1][1] < band.sector.end
    assert {(cell.sector.inner, cell.sector.outer) for cell in band.cells} == {(306, 416)}


def test_what_is_not_needed_is_nowhere_and_what_is_not_filled_in_is_in_no_total(
    topics: tuple[Topic, ...], k: dict[str, str]
) -> None:
    lines = {k["k1"]: Line(Need(NeedKind.NONE), counts=(4, 1, 0)), k["k2"]: Line(Need(NeedKind.SOME))}
    wheel = made(Scan(size=6, lines=lines), topics)
    assert wheel.areas[2].tally == ((Status.UNFILLED, 1),)
    assert wheel.hub[1].text == "0 punten bekeken"
    assert [label.text for label in wheel.areas[2].labels] == ["3 Inkomen"]
    assert wheel.legend == (Status.UNFILLED,)


def test_a_sign_stands_only_in_a_cell_with_room_for_it(topics: tuple[Topic, ...]) -> None:
    crowd = many(topics, 400)
    scan = Scan(size=6, lines={topic.key: Line(Need(NeedKind.SPECIALIST)) for topic in crowd})
    assert {cell.letter for cell in made(scan, (*topics, *crowd)).areas[0].bands[1].cells} == {"?"}
    slim = teamwheel.Cell(replace(teamwheel.BANDS[Kind.GENERAL].sector(0, 7), start=0, end=1), Status.SPECIALIST, 1)
    assert slim.letter == ""
    assert not replace(slim, status=Status.FRAGILE).ring


def test_every_outline_is_a_path_that_a_drawing_program_reads(topics: tuple[Topic, ...], f1: Scan) -> None:
    for area in made(f1, topics).areas:
        for cell in (cell for band in area.bands for cell in band.cells):
            drawing = ElementTree.fromstring(f'<path d="{cell.path} {cell.filled}"/>')
            assert drawing.get("d", "").count("Z") == 2


def test_competencies_have_their_ring_and_own_topics_without_an_area_stand_in_the_table_alone(
    topics: tuple[Topic, ...], f1: Scan
) -> None:
    lines = {
        **f1.lines,
        "competentie/contact-en-relatie": Line(Need(NeedKind.EVERYONE, 2), counts=(6, 6, 1)),
        "eigen/1": Line(Need(NeedKind.SOME), counts=(1, 1, 0)),
    }
    scan = replace(f1, lines=lines, own_topics=(OwnTopic("eigen/1", "Haven", "geen-gebied"),))
    wheel = made(scan, topics)
    assert [(one.letter, one.cell and one.cell.status) for one in wheel.competencies] == [("A", Status.IN_PLACE)]
    assert wheel.competencies_said == "Competenties: 1 op orde. Naar de tabel."
    assert wheel.loose == ((Status.FRAGILE, 1),)


@given(data=st.data())
def test_the_wheel_counts_what_the_report_counts(
    topics: tuple[Topic, ...], any_scan: Callable[..., st.SearchStrategy[Scan]], data: st.DataObject
) -> None:
    scan = data.draw(any_scan())
    found = report.make(scan, topics)
    wheel = teamwheel.make(scan, found.table, topics, "nl")
    for area, counted in zip(wheel.areas, found.areas, strict=False):
        assert dict(area.tally) == {s: n for s, n in counted.whole.by_status.items() if n and s in SHOWN}
        assert sum(cell.topics for band in area.bands for cell in band.cells) == sum(n for _, n in area.tally)
    all_of_it = sum(n for area in wheel.areas for _, n in area.tally)
    all_of_it += sum(n for tally in (wheel.competencies_tally, wheel.loose) for _, n in tally)
    assert all_of_it == len(found.table) - len(found.not_needed)


def test_the_t_of_the_team_has_a_bar_for_breadth_and_legs_for_depth(topics: tuple[Topic, ...], f1: Scan) -> None:
    shape = report.make(f1, topics).shape
    parts = team_shape.parts(shape)
    assert parts[3] == tshape.Part(4, asked=0, broad=0, deep=1, deepest=1)
    assert parts[2] == tshape.Part(3, asked=1, broad=0, deep=0, deepest=0)
    drawing = tshape.draw(parts)
    assert [len(column.blocks) for column in drawing.columns] == [0, 0, 0, 1, 0, 0, 0]
    assert drawing.columns[2].filled.height == 0
    assert "Participatie" in team_shape.in_words(shape).nl


def test_a_long_leg_stays_within_the_drawing() -> None:
    drawing = tshape.draw([tshape.Part(1, 4, 2, 90, 3)])
    column = drawing.columns[0]
    assert column.filled.height == tshape.BAR / 2
    assert max(box.y + box.height for box in column.blocks) <= drawing.height < 400
