"""The documents of a scan: real headings and tables, days in Dutch, texts that stay texts; LibreOffice opens them."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from csv import DictReader
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from kbs_graph.errors import BadRequest
from kbs_graph.teamscan import report, rules, teamwheel
from kbs_graph.teamscan.documents import kinds, making, wheel_picture
from kbs_graph.teamscan.documents.kinds import Subject, Wanted
from kbs_graph.teamscan.model import Boundary, Contact, Mode, PlanRow, Scan, Topic, Who
from kbs_graph.teamscan.sheet import as_workbook

Topics = tuple[Topic, ...]
PROMISE = "Je telt handen, geen namen. Wij bewaren niets van wat je hier invult."


@pytest.fixture(scope="session")
def full(f1: Scan, k: dict[str, str]) -> Scan:
    """F1 with agreements, a contact, a plan, and a note that looks like a formula."""
    lines = dict(f1.lines)
    lines[k["k1"]] = replace(lines[k["k1"]], note="=1+1", boundary=Boundary(Who.WE, "Wij zien het eerst"))
    lines[k["k3"]] = replace(
        lines[k["k3"]], boundary=Boundary(Who.TOGETHER, "", "wijkagent", "0900-8844", "zelfde dag", "bij gevaar 112")
    )
    rows = (
        PlanRow(k["k3"], "Minstens 2 collega's kunnen ermee werken", None, "", (), "", "", ""),
        PlanRow(k["k2"], "=1+1", None, "", (), "kwartiermaker", "2027-03-31", "We bellen minder"),
    )
    contacts = (Contact("crisisdienst-ggz", "Crisisdienst", "0800-1234", "binnen 2 uur"),)
    return replace(f1, name="Team Noord", day="2026-11-22", lines=lines, plan=rows, contacts=contacts)


def made(subject: Subject, ending: str, scan: Scan, topics: Topics, language: str = "nl") -> bytes:
    scans = [scan, replace(scan, name="Team Zuid")] if subject is Subject.REGION else [scan]
    return making.make(Wanted(subject, ending, language, "https://kbs.example"), scans, topics)


def word(subject: Subject, scan: Scan, topics: Topics, language: str = "nl") -> Document:
    return docx.Document(BytesIO(made(subject, "docx", scan, topics, language)))


def styled(document: Document, style: str) -> list[str]:
    return [p.text for p in document.paragraphs if p.style is not None and p.style.name == style]


def test_the_report_leads_with_what_is_missing_then_one_person_then_what_goes_well(full: Scan, topics: Topics) -> None:
    document = word(Subject.REPORT, full, topics)
    assert styled(document, "Title") == ["Rapport van de teamscan – Team Noord"]
    assert styled(document, "Lead") == ["Team Noord · 22 november 2026 · 6 collega's"]
    assert styled(document, "Heading 1")[:4] == [
        "Dit mist ons team (1)",
        "Hier weet maar één collega van (1)",
        "Dit is er deels, maar nog niet genoeg (1)",
        "Dit gaat goed (1)",
    ]
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[1] == ["Veilig Thuis", "Veiligheid", "minstens 2 collega's op niveau 2", "0 van 2", "hoog"]


def test_a_document_says_its_title_language_day_and_promise_and_its_picture_in_words(
    full: Scan, topics: Topics
) -> None:
    for language, tag in (("nl", "nl-NL"), ("en", "en-GB")):
        document = word(Subject.REPORT, full, topics, language)
        facts = document.core_properties
        assert "Team Noord" in facts.title and facts.language == tag
        assert facts.created.date().isoformat() == "2026-11-22"
        (shape,) = document.inline_shapes
        assert "Inkomen" in shape._inline.docPr.get("descr")
        footer = document.sections[0].footer
        assert (PROMISE if language == "nl" else "You count hands") in footer.paragraphs[0].text
        assert {"PAGE", "NUMPAGES"} <= set(footer._element.xml.split())


@pytest.mark.parametrize("subject", [Subject.REPORT, Subject.DELIMITATION, Subject.PLAN, Subject.REGION])
def test_every_table_says_which_row_are_its_headings(subject: Subject, full: Scan, topics: Topics) -> None:
    document = word(subject, full, topics)
    assert document.tables
    for table in document.tables:
        head: Any = table.rows[0]._tr
        assert head.trPr.find(qn("w:tblHeader")) is not None
        assert all(cell.text for cell in table.rows[0].cells)


def test_the_delimitation_has_three_columns_and_names_whom_to_call(full: Scan, topics: Topics) -> None:
    document = word(Subject.DELIMITATION, full, topics)
    (table,) = document.tables
    heads, cells = ([cell.text for cell in row.cells] for row in table.rows)
    assert heads == ["Dit doen wij", "Dit doen wij samen met", "Dit doet een specialist"]
    assert cells[0] == "Geldzorgen signaleren\nWij zien het eerst"
    assert "wijkagent · 0900-8844 · zelfde dag\nOpschalen: bij gevaar 112" in cells[1]
    assert "Verplichte zorg\nCrisisdienst · 0800-1234 · binnen 2 uur" in cells[2]
    section = document.sections[0]
    assert section.page_width is not None and section.page_height is not None
    assert section.page_width > section.page_height


def test_the_plan_says_what_is_still_to_choose_and_days_in_words(full: Scan, topics: Topics) -> None:
    document = word(Subject.PLAN, full, topics)
    assert styled(document, "Title") == ["Leerplan (concept) – Team Noord"]
    head, *rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    told = [dict(zip(head, row, strict=True)) for row in rows]
    assert [row["Wie trekt dit (rol)"] for row in told] == ["kies nog", "kwartiermaker"]
    assert [row["Wanneer"] for row in told] == ["kies nog", "31 maart 2027"]
    assert told[1]["Doel"] == "=1+1"


def test_in_a_workbook_a_text_stays_a_text_and_a_day_is_a_day(full: Scan, topics: Topics) -> None:
    book = openpyxl.load_workbook(BytesIO(made(Subject.REPORT, "xlsx", full, topics)))
    whole = book["Alle onderwerpen"]
    assert whole.print_title_rows == "$1:$1" and whole.freeze_panes == "B2"
    note = next(cell for row in whole.iter_rows() for cell in row if cell.value == "=1+1")
    assert note.data_type == "s"
    assert book.worksheets[0]._images
    plan = openpyxl.load_workbook(BytesIO(made(Subject.PLAN, "xlsx", full, topics))).worksheets[1]
    day = next(cell for row in plan.iter_rows() for cell in row if cell.is_date)
    assert day.value.date().isoformat() == "2027-03-31" and day.number_format == "dd-mm-yyyy"


def test_the_report_in_word_holds_the_layer_of_the_team_itself(full: Scan, topics: Topics, k: dict[str, str]) -> None:
    lines = dict(full.lines)
    lines[k["k2"]] = replace(
        lines[k["k2"]], keeper="schuldhulpcoach", partner="Humanitas", practice="Samen bellen hielp"
    )
    document = word(Subject.REPORT, replace(full, lines=lines), topics)
    assert "Wat alleen ons team weet" in styled(document, "Heading 1")
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert ["Geldzorgen signaleren", "=1+1"] in rows
    written = "Kennisdrager: schuldhulpcoach\nPartner: Humanitas\nVoorbeeld uit de praktijk: Samen bellen hielp"
    assert ["Schuldhulpverlening", written] in rows
    assert ["Verplichte zorg", "Crisisdienst", "0800-1234", "binnen 2 uur"] in rows


def test_every_sheet_has_a_whole_name_of_its_own_that_spreadsheets_take(full: Scan, topics: Topics) -> None:
    for subject in (Subject.REPORT, Subject.DELIMITATION, Subject.PLAN, Subject.REGION):
        for language in ("nl", "en"):
            names = openpyxl.load_workbook(BytesIO(made(subject, "xlsx", full, topics, language))).sheetnames
            assert all(len(name) <= 31 for name in names) and len({name.lower() for name in names}) == len(names)
            assert not [name for name in names if name.endswith((" s", "(", ","))]


def test_a_note_that_is_not_printed_makes_no_row_higher(full: Scan, topics: Topics, k: dict[str, str]) -> None:
    lines = {**full.lines, k["k1"]: replace(full.lines[k["k1"]], note="Een lang verhaal. " * 60)}
    book = openpyxl.load_workbook(BytesIO(made(Subject.REPORT, "xlsx", replace(full, lines=lines), topics)))
    heights = [dimension.height or 15 for row, dimension in book["Alle onderwerpen"].row_dimensions.items() if row > 1]
    assert max(heights, default=15) <= 45


def test_the_sheet_of_who_does_what_tells_where_a_contact_is_missing(f1: Scan, topics: Topics) -> None:
    rows = list(DictReader(StringIO(made(Subject.DELIMITATION, "csv", f1, topics).decode())))
    assert {row["Onderwerp"]: row["Contact"] for row in rows if row["Contact"]} == {
        "Verplichte zorg": "Contact ontbreekt"
    }


def test_csv_and_json_hold_the_same_rows_in_the_order_of_what_is_open(full: Scan, topics: Topics) -> None:
    rows = list(DictReader(StringIO(made(Subject.REPORT, "csv", full, topics).decode())))
    assert [row["Uitkomst"] for row in rows] == ["ontbreekt", "kwetsbaar", "deels", "op orde", "via specialist"]
    assert rows[2]["Notitie"] == "'=1+1"
    content = json.loads(made(Subject.REPORT, "json", full, topics))
    assert [row["Onderwerp"] for row in content["tables"][0]["rows"]] == [row["Onderwerp"] for row in rows]


def test_the_wheel_is_drawn_with_a_pattern_for_every_status_and_its_legend(full: Scan, topics: Topics) -> None:
    drawing = wheel_picture.draw(teamwheel.make(full, rules.judged(full, topics), topics, "nl"), "nl")
    for word_of in (
        "op orde",
        "deels",
        "kwetsbaar",
        "ontbreekt",
        "via specialist",
        "contact ontbreekt",
        "niet ingevuld",
    ):
        assert f">{word_of}</text>" in drawing
    assert "url(#fragile)" in drawing and 'stroke-dasharray="9 6"' in drawing
    hostile = replace(full, name='<script>&"')
    assert "<script>" not in wheel_picture.draw(teamwheel.make(hostile, rules.judged(full, topics), topics, "nl"), "nl")


def test_the_report_of_one_professional_is_their_picture(topics: Topics, k: dict[str, str]) -> None:
    begun = as_workbook.beginning(topics, mode=Mode.OWN)
    scan = replace(begun, lines={**begun.lines, k["k2"]: replace(begun.lines[k["k2"]], counts=(1, 1, 1), learn=1)})
    document = word(Subject.REPORT, scan, topics)
    assert styled(document, "Title") == ["Mijn beeld"]
    assert "Hier ga ik diep (1)" in styled(document, "Heading 1")
    assert "Dit wil ik leren (1)" in styled(document, "Heading 1")


def test_the_name_of_a_file_holds_nothing_that_was_typed() -> None:
    told = [kinds.name(Wanted(Subject.PLAN, *form), "2026-11-22") for form in (("docx", "nl"), ("ics", "en"))]
    assert told == ["teamscan-leerplan-2026-11-22.docx", "team-scan-learning-plan-2026-11-22.ics"]


def test_the_same_scan_gives_the_same_bytes(full: Scan, topics: Topics) -> None:
    for ending in ("docx", "xlsx"):
        assert made(Subject.REPORT, ending, full, topics) == made(Subject.REPORT, ending, full, topics)


def test_a_region_needs_two_teams(full: Scan, topics: Topics) -> None:
    with pytest.raises(BadRequest):
        making.make(Wanted(Subject.REGION, "docx", "nl"), [full], topics)


@pytest.fixture(scope="session")
def soffice() -> str:
    """LibreOffice; without it the test skips, and fails where CI=true."""
    program = shutil.which("soffice")
    if program is None:
        reason = "there is no soffice here (apt install libreoffice-writer-nogui libreoffice-calc-nogui)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return program


Convert = Callable[[bytes, str], list[str]]


@pytest.fixture
def pages(soffice: str, tmp_path: Path) -> Convert:
    """The texts of the pages that LibreOffice makes of a file."""

    def convert(body: bytes, ending: str) -> list[str]:
        source = tmp_path / f"scan.{ending}"
        source.write_bytes(body)
        command = [soffice, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"]
        command += ["--convert-to", "pdf", "--outdir", str(tmp_path), str(source)]
        ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
        assert ended.returncode == 0 and (tmp_path / "scan.pdf").exists(), ended.stderr
        return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(tmp_path / "scan.pdf").pages]

    return convert


@pytest.mark.slow
def test_libreoffice_repeats_the_headings_of_a_table_on_the_next_page(
    pages: Convert, full: Scan, topics: Topics
) -> None:
    many = replace(full, plan=full.plan * 40)
    for ending in ("docx", "xlsx"):
        found = [page for page in pages(made(Subject.PLAN, ending, many, topics), ending) if "Veilig Thuis" in page]
        assert len(found) > 1
        assert all("Waaraan merken we dat het helpt" in page for page in found)
        assert any("=1+1" in page for page in found)


@pytest.mark.slow
def test_libreoffice_prints_the_delimitation_on_one_sheet(pages: Convert, full: Scan, topics: Topics) -> None:
    assert len(pages(made(Subject.DELIMITATION, "docx", full, topics), "docx")) == 1


@pytest.mark.slow
def test_libreoffice_computes_the_outcome_of_the_sheet_as_the_rules_do(
    pages: Convert, f1: Scan, topics: Topics
) -> None:
    (filling,) = [page for page in pages(as_workbook.make(f1, topics, "nl"), "xlsx") if "Minstens hoeveel" in page]
    found = {one.topic.label["nl"]: one.status for one in report.make(f1, topics).table}
    outcomes = ("deels", "kwetsbaar", "op orde", "ontbreekt", "contact ontbreekt")
    assert len(found) == len(outcomes) and all(outcome in filling for outcome in outcomes)
