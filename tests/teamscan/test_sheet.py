"""A scan as a workbook: all of it comes back, the outcome is computed while people type, and it can be made anew."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbs_graph.teamscan.model import Line, Mode, PlanRow, Scan, Topic
from kbs_graph.teamscan.sheet import as_csv, as_workbook, reading

Topics = tuple[Topic, ...]
AnyScan = Callable[..., st.SearchStrategy[Scan]]


def read(body: bytes, topics: Topics) -> reading.Read:
    return reading.read(body, topics, {})


def opened(body: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(body))


def as_cells_hold(scan: Scan) -> Scan:
    """The scan as a workbook can hold it: no white space around a text, no row in which nothing was filled in."""

    def clean(value: object) -> dict[str, str]:
        return {name: text.strip() for name, text in vars(value).items() if isinstance(text, str) and type(text) is str}

    def line(found: Line) -> Line:
        boundary = found.boundary and replace(found.boundary, **clean(found.boundary))  # type: ignore[arg-type]
        return replace(found, boundary=boundary, **clean(found))  # type: ignore[arg-type]

    return replace(
        scan,
        name=scan.name.strip(),
        lines={key: line(found) for key, found in scan.lines.items()},
        own_topics=tuple(replace(own, **clean(own)) for own in scan.own_topics if own.label.strip()),  # type: ignore[arg-type]
        contacts=tuple(replace(one, **clean(one)) for one in scan.contacts),  # type: ignore[arg-type]
        plan=tuple(replace(row, **clean(row)) for row in scan.plan),  # type: ignore[arg-type]
    )


@settings(max_examples=12)
@given(data=st.data(), language=st.sampled_from(("nl", "en")), mode=st.sampled_from(Mode))
def test_a_scan_comes_back_whole_from_its_workbook(
    any_scan: AnyScan, topics: Topics, data: st.DataObject, language: str, mode: Mode
) -> None:
    scan = as_cells_hold(data.draw(any_scan(mode)))
    contacts = {one.role: one for one in scan.contacts if one.organisation or one.phone or one.reaction or one.note}
    scan = replace(scan, contacts=tuple(contacts[role] for role in sorted(contacts)))
    found = read(as_workbook.make(scan, topics, language), topics).scan
    assert replace(found, contacts=tuple(sorted(found.contacts, key=lambda one: one.role))) == scan


def test_f1_comes_back_from_workbook_and_csv_in_both_languages_without_a_word(f1: Scan, topics: Topics) -> None:
    for language in ("nl", "en"):
        for body in (as_workbook.make(f1, topics, language), as_csv.make(f1, topics, language)):
            assert read(body, topics) == reading.Read(f1)


def test_what_people_see_first_is_what_this_is_and_that_nothing_is_kept(f1: Scan, topics: Topics) -> None:
    book = opened(as_workbook.make(f1, topics, "nl"))
    names = [s.title for s in book.worksheets if s.sheet_state == "visible"]
    assert names == ["Uitleg", "Team", "Invullen", "Afbakening", "Contacten", "Plan", "Eigen onderwerpen"]
    texts = [cell for row in book["Uitleg"].iter_rows(values_only=True) for cell in row if cell]
    assert "Je telt handen, geen namen. Wij bewaren niets van wat je hier invult." in texts
    assert "Ik doe lastige situaties en collega's vragen mij om raad" in texts
    assert book.properties.language == "nl-NL" and book.properties.title


def test_headings_stay_in_sight_are_printed_on_every_page_and_the_fixed_cells_are_guarded(
    f1: Scan, topics: Topics
) -> None:
    filling = opened(as_workbook.make(f1, topics, "nl"))["Invullen"]
    assert filling.freeze_panes == "D2" and filling.print_title_rows == "$1:$1"
    assert filling.protection.sheet and not filling.protection.password
    heads = [cell.value for cell in filling[1]]
    locked = {heads[place] for place, cell in enumerate(filling[2]) if cell.protection.locked}
    assert locked == {
        *("Gebied", "Soort", "Onderwerp", "Aantal nu", "Aantal nodig", "Uitkomst", "Kenmerk (niet wijzigen)")
    }
    rules = {str(rule.sqref): rule for rule in filling.data_validations.dataValidation}
    assert rules["E2:E11"].type == "list" and rules["I2:L11"].type == "whole"
    assert rules["I2:L11"].error and "aantal collega's" in rules["I2:L11"].error


def test_a_text_never_becomes_a_formula(f1: Scan, topics: Topics, k: dict[str, str]) -> None:
    hostile = '=1+1"&HYPERLINK("http://x","y")'
    scan = replace(f1, name="=1+1", lines={**f1.lines, k["k1"]: replace(f1.lines[k["k1"]], note=hostile)})
    body = as_workbook.make(scan, topics, "nl")
    book = opened(body)
    kinds = {
        cell.data_type
        for s in book.worksheets
        for row in s.iter_rows()
        for cell in row
        if cell.value in ("=1+1", hostile)
    }
    assert kinds == {"s"} or kinds == {"inlineStr"}
    assert read(body, topics).scan == scan
    again = as_csv.make(scan, topics, "nl")
    assert b"\n=1+1" not in again and b",=1+1" not in again
    assert read(again, topics).scan == scan


def test_the_sheet_of_a_scope_asks_only_that_and_begins_with_the_profile(topics: Topics) -> None:
    general = as_workbook.chosen(topics, ["veiligheid", "inkomen"], general=True)
    assert [topic.key for topic in general] == ["aspect/geldzorgen-signaleren", "aspect/meldcode"]
    assert as_workbook.chosen(topics) == topics
    begun = as_workbook.beginning(general, "jeugd", graph="1.2.0")
    found = read(as_workbook.make(begun, topics, "nl"), topics)
    assert {key: (line.need, line.weight) for key, line in found.scan.lines.items()} == {
        key: (line.need, line.weight) for key, line in begun.lines.items()
    }
    assert found.scan.graph == "1.2.0" and found.scan.profile == "jeugd"
    assert ["hoe groot het team is" in problem.nl for problem in found.problems] == [True]


def test_the_sheet_of_one_professional_has_levels_in_words_and_no_counts(topics: Topics, k: dict[str, str]) -> None:
    begun = as_workbook.beginning(topics, mode=Mode.OWN)
    filling = opened(as_workbook.make(begun, topics, "nl"))["Invullen"]
    heads = [cell.value for cell in filling[1]]
    assert "Mijn niveau" in heads and "Herkent het" not in heads
    assert "Aantal collega's" not in heads
    scan = replace(begun, lines={**begun.lines, k["k1"]: replace(begun.lines[k["k1"]], counts=(1, 1, 0), learn=1)})
    book = opened(as_workbook.make(scan, topics, "nl"))
    row = next(row for row in book["Invullen"].iter_rows(values_only=True) if row[-1] == k["k1"])
    assert "2 Ik kan ermee werken" in row
    assert read(as_workbook.make(scan, topics, "nl"), topics) == reading.Read(scan)


def test_the_same_scan_gives_the_same_bytes(f1: Scan, topics: Topics) -> None:
    assert as_workbook.make(f1, topics, "nl") == as_workbook.make(f1, topics, "nl")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_topic_that_this_graph_does_not_know_travels_along(f1: Scan, topics: Topics, language: str) -> None:
    scan = replace(
        f1,
        lines={**f1.lines, "aspect/later": f1.lines["aspect/veilig-thuis"]},
        plan=(PlanRow("aspect/later", goal="Leren", sources=("bron-a",), day="2027-03-31"),),
    )
    found = read(as_workbook.make(scan, topics, language), topics)
    assert found.scan == scan
    assert any("aspect/later" in note.nl for note in found.notes) and not found.problems
