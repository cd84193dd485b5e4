"""Reading sheets as people hand them back: changed, half filled in, of another program. Errors are told row by row."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from kbs_graph.errors import BadRequest
from kbs_graph.teamscan.model import Scan, Topic
from kbs_graph.teamscan.sheet import as_csv, as_workbook, reading

Topics = tuple[Topic, ...]
Change = Callable[[openpyxl.Workbook], None]
Edit = Callable[[Change], reading.Read]


@pytest.fixture
def edit(f1: Scan, topics: Topics) -> Edit:
    """What is read of the sheet of F1 after someone changed it."""

    def run(change: Change) -> reading.Read:
        book = openpyxl.load_workbook(BytesIO(as_workbook.make(f1, topics, "nl")))
        change(book)
        target = BytesIO()
        book.save(target)
        return reading.read(target.getvalue(), topics, {})

    return run


def column(filling: Worksheet, heading: str) -> int:
    return next(cell.column for cell in filling[1] if cell.value == heading)


def put(row: int, heading: str, value: Any) -> Change:
    """Write in the sheet to fill in; row 2 is k1, then k2, k5, k3 and k4."""

    def change(book: openpyxl.Workbook) -> None:
        filling = book["Invullen"]
        filling.cell(row, column(filling, heading)).value = value

    return change


def told(found: reading.Read) -> list[str]:
    return [problem.nl for problem in found.problems]


def test_a_wrong_count_an_unknown_topic_and_an_empty_row_are_told_and_the_rest_is_kept(
    edit: Edit, f1: Scan, k: dict[str, str]
) -> None:
    def change(book: openpyxl.Workbook) -> None:
        put(4, "Herkent het", 7)(book)
        put(8, "Onderwerp", "Van alles wat")(book)
        put(8, "Herkent het", 3)(book)
        book["Invullen"].insert_rows(3)

    found = edit(change)
    assert told(found) == [
        "Rij 9: ‘Van alles wat’ kennen we niet. Neem de naam uit ons blad over. Is het een eigen onderwerp? Kies dan "
        "ook een gebied.",
        "Rij 5: 7 collega's kan niet, het team telt er 6.",
    ]
    assert found.problems[1].en == "Row 5: 7 colleagues is not possible, the team has 6."
    assert found.scan.lines[k["k5"]].counts == (7, 3, 1)
    assert {key: line for key, line in found.scan.lines.items() if key != k["k5"]} == {
        key: line for key, line in f1.lines.items() if key != k["k5"]
    }


@pytest.mark.parametrize(
    ("heading", "value", "said"),
    [
        ("Herkent het", "vier", "Rij 2: bij ‘Herkent het’: ‘vier’ is geen heel getal."),
        ("Herkent het", 4.5, "Rij 2: bij ‘Herkent het’: ‘4.5’ is geen heel getal."),
        ("Herkent het", date(2026, 4, 1), "Rij 2: bij ‘Herkent het’: ‘2026-04-01’ is geen heel getal."),
        ("Herkent het", None, "Rij 2: vul alle drie de aantallen in (0 mag ook), of laat ze alle drie leeg."),
        ("Herkent het", "=3+1", "Rij 2: bij ‘Herkent het’: hier staat een formule zonder uitkomst. Open"),
        ("Herkent het", -1, "Rij 2: -1 kan niet: een aantal is 0 of hoger."),
        ("Kan ermee werken", 5, "Rij 2: 4, 5, 0 kan niet: wie op niveau 3 zit, telt ook mee bij 2 en bij 1."),
        (
            "Wie moet dit weten",
            "misschien",
            "Rij 2: bij ‘Wie moet dit weten’: ‘misschien’ kan niet. Kies uit: iedereen,",
        ),
        ("Op niveau", 4, "Rij 2: bij ‘Op niveau’: ‘4’ kan niet. Kies een getal van 1 tot en met 3."),
        ("Belang", "veel", "Rij 2: bij ‘Belang’: ‘veel’ kan niet. Kies een getal van 1 tot en met 3."),
        ("Doet mee", "soms", "Rij 2: bij ‘Doet mee’: ‘soms’ kan niet. Vul ja of nee in."),
    ],
)
def test_what_a_cell_cannot_hold_is_told_with_its_row_and_column(
    edit: Edit, f1: Scan, k: dict[str, str], heading: str, value: Any, said: str
) -> None:
    found = edit(put(2, heading, value))
    assert any(problem.startswith(said) for problem in told(found)), told(found)
    assert found.scan.lines[k["k2"]] == f1.lines[k["k2"]] and len(found.scan.lines) == 5


def test_numbers_as_texts_capitals_english_words_and_true_are_understood(
    edit: Edit, f1: Scan, k: dict[str, str]
) -> None:
    def change(book: openpyxl.Workbook) -> None:
        for heading, value in (
            ("Herkent het", " 4 "),
            ("Kan ermee werken", "1,0"),
            ("Wie moet dit weten", "EVERYONE"),
            ("Op niveau", "1 Ik herken het"),
            ("Mag gedeeld", True),
        ):
            put(2, heading, value)(book)

    found = edit(change)
    line = found.scan.lines[k["k1"]]
    assert not found.problems and line.counts == (4, 1, 0) and line.share
    assert line.need == f1.lines[k["k1"]].need


def test_moved_columns_extra_rows_columns_and_sheets_and_other_names_change_nothing(edit: Edit, f1: Scan) -> None:
    def change(book: openpyxl.Workbook) -> None:
        filling = book["Invullen"]
        filling.delete_cols(column(filling, "Uitkomst"))
        filling.move_range(f"D1:{openpyxl.utils.get_column_letter(filling.max_column)}{filling.max_row}", cols=3)
        filling["E1"].value, filling["E2"].value = "Onze eigen kolom", "iets"
        filling.insert_rows(1, 4)
        filling["A2"].value = "Ingevuld op de heidag"
        filling.title = "Blad1"
        book["Team"].title = "Wij"
        del book["Uitleg"]
        book.create_sheet("Kladblok", 0)["A1"].value = "=1+1"

    assert edit(change) == reading.Read(f1)


def test_merged_cells_hold_their_value_in_every_row(edit: Edit, k: dict[str, str]) -> None:
    def change(book: openpyxl.Workbook) -> None:
        filling = book["Invullen"]
        place = openpyxl.utils.get_column_letter(column(filling, "Belang"))
        filling[f"{place}2"].value = 3
        filling.merge_cells(f"{place}2:{place}4")

    found = edit(change)
    assert [found.scan.lines[k[name]].weight for name in ("k1", "k2", "k5")] == [3, 3, 3] and not found.problems


def test_counts_merged_into_one_cell_are_told_and_not_guessed(edit: Edit, k: dict[str, str]) -> None:
    def change(book: openpyxl.Workbook) -> None:
        filling = book["Invullen"]
        first = openpyxl.utils.get_column_letter(column(filling, "Herkent het"))
        last = openpyxl.utils.get_column_letter(column(filling, "Helpt collega's"))
        filling.merge_cells(f"{first}5:{last}5")

    found = edit(change)
    assert told(found) == ["Rij 5: vul alle drie de aantallen in (0 mag ook), of laat ze alle drie leeg."]
    assert found.scan.lines[k["k3"]].counts is None


def test_a_row_that_stands_there_twice_is_taken_once(edit: Edit, f1: Scan) -> None:
    def change(book: openpyxl.Workbook) -> None:
        filling = book["Invullen"]
        for cell in filling[2]:
            filling.cell(7, cell.column).value = cell.value

    found = edit(change)
    assert told(found) == ["Rij 7: ‘Geldzorgen signaleren’ staat al in rij 2. We nemen rij 2."]
    assert found.scan == f1


def test_a_topic_of_ones_own_is_added_by_its_name_and_an_area(edit: Edit) -> None:
    def change(book: openpyxl.Workbook) -> None:
        for heading, value in (("Onderwerp", "Wijkbus"), ("Gebied", "participatie"), ("Herkent het", 2)):
            put(7, heading, value)(book)
        put(7, "Kan ermee werken", 1)(book)
        put(7, "Helpt collega's", 0)(book)

    found = edit(change)
    assert not found.problems and [own.label for own in found.scan.own_topics] == ["Wijkbus"]
    assert [note.nl for note in found.notes] == [
        "Rij 7: ‘Wijkbus’ staat niet in het wiel. We nemen het mee als eigen onderwerp."
    ]
    assert found.scan.own_topics[0].domain == "participatie"
    assert found.scan.lines["eigen/1"].counts == (2, 1, 0)


def test_a_key_of_ones_own_that_cannot_be_is_made_anew(edit: Edit) -> None:
    def change(book: openpyxl.Workbook) -> None:
        own = book["Eigen onderwerpen"]
        for place, value in enumerate(("Wijkbus", "Inkomen", "algemeen", "", "eigen/nul"), 1):
            own.cell(2, place).value = value

    assert [(own.key, own.label) for own in edit(change).scan.own_topics] == [("eigen/1", "Wijkbus")]


def test_agreements_contacts_and_the_plan_are_read_with_dates_as_people_write_them(
    edit: Edit, k: dict[str, str]
) -> None:
    def change(book: openpyxl.Workbook) -> None:
        drawn, contacts, plan = book["Afbakening"], book["Contacten"], book["Plan"]
        drawn["B6"].value, drawn["D6"].value = "dit doet een specialist", "crisisdienst"
        drawn["C2"].value = "wij zien het vaak"
        contacts["B2"].value, contacts["C2"].value = "Crisisdienst regio", 612345678
        for row, day in ((2, "31-3-2027"), (3, date(2027, 4, 1)), (4, "volgende week")):
            plan.cell(row, 1).value, plan.cell(row, 7).value = "Veilig Thuis", day

    found = edit(change)
    assert told(found) == [
        "Blad Afbakening, rij 2: er is niet gekozen wie dit doet. We nemen ‘Dit doen wij’.",
        "Blad Plan, rij 4: bij ‘Wanneer’: ‘volgende week’ is geen datum. Schrijf dag, maand en jaar, zoals 31-03-2027.",
    ]
    boundary = found.scan.lines[k["k4"]].boundary
    assert boundary is not None and boundary.who == "specialist" and boundary.contact == "crisisdienst"
    assert [row.day for row in found.scan.plan] == ["2027-03-31", "2027-04-01", ""]
    assert [(one.role, one.phone) for one in found.scan.contacts] == [("crisisdienst-ggz", "612345678")]


def test_without_the_size_of_the_team_it_is_asked_for_and_nothing_is_lost(edit: Edit, f1: Scan) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book["Team"]["B3"].value = None

    found = edit(change)
    assert "hoe groot het team is" in told(found)[0] and found.scan.size == 4
    assert found.scan.lines == f1.lines


def test_a_sheet_of_something_else_is_refused_with_what_to_do(topics: Topics) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Naam", "Bedrag"])
    target = BytesIO()
    book.save(target)
    with pytest.raises(BadRequest, match="do not know our sheet") as caught:
        reading.read(target.getvalue(), topics, {})
    assert "nieuw Excel-blad" in caught.value.words.nl


@pytest.mark.parametrize(
    ("separator", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), (";", "cp1252"), ("\t", "utf-16")]
)
def test_csv_of_any_spreadsheet_program_is_read(f1: Scan, topics: Topics, separator: str, encoding: str) -> None:
    text = as_csv.make(f1, topics, "nl").decode()
    changed = text.replace(",", separator).encode(encoding)
    assert reading.read(changed, topics, {}) == reading.Read(f1)


def test_a_row_too_far_down_is_told_with_what_is_wrong(edit: Edit) -> None:
    def far(book: openpyxl.Workbook) -> None:
        book["Invullen"]["A1200"].value = "k9"

    assert [words.nl.partition(". ")[0] for words in edit(far).problems] == [
        "Blad Invullen: we lezen de eerste 1000 rijen"
    ]
