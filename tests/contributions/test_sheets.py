"""A list as people keep it: every common form of file is read to the same rows, every cell is judged with advice."""

import io
import json
import zipfile
from datetime import datetime
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from kbs_graph.contributions.sheets import columns, job, table, values, web_addresses, workbook
from kbs_graph.contributions.sheets.judging import Judge, Judged, tally
from kbs_graph.contributions.sheets.names import Names
from kbs_graph.contributions.sheets.statements import statements
from kbs_graph.errors import BadRequest, TooLarge
from kbs_graph.sandbox import Limits, Sandbox
from kbs_graph.search.label_index import Index
from kbs_graph.snapshot import Snapshot
from kbs_graph.terms import Literal, iri_of

KNOWN = "https://www.nibud.nl/geldzorgen-herkennen/"
ROWS = [
    ["titel", "webadres", "soort", "waarover", "uitgever"],
    ["Geldzorgen bespreken; één stap", "https://example.org/geld", "handreiking", "Inkomen; Ouderen", "Nibud"],
]


def as_csv(delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    lines = [delimiter.join(f'"{cell}"' for cell in row) for row in ROWS]
    return "\r\n".join(lines).encode(encoding)


def as_xlsx(rows: list[list[Any]], title: str = "blad") -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    return saved(book)


def saved(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def judged(snapshot: Snapshot, rows: list[dict[str, str]], organisation: str = "nibud") -> tuple[Judged, ...]:
    judge = Judge(Names(Index(snapshot.search)), snapshot.path, organisation)
    return judge.judge([table.Row(place, cells) for place, cells in enumerate(rows, 2)])


def told(one: Judged) -> dict[str, str]:
    return {item.column: item.finding.message.nl for item in one.told}


# --- files


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_csv_is_read_whatever_its_delimiter_and_encoding(delimiter: str, encoding: str) -> None:
    found = table.read(as_csv(delimiter, encoding))
    assert [dict(row.cells) for row in found.rows] == [dict(zip(ROWS[0], ROWS[1], strict=True))]
    assert found.rows[0].place == 2


def test_headings_come_in_any_order_and_case_in_two_languages_and_a_row_of_standards_is_passed_over() -> None:
    text = "Publisher,URL,Titel bron,MYSTERIE,Kind\nschema:publisher,schema:url,schema:name,,lom:x\nNibud,https://example.org/,A,?,guide\n"
    found = table.read(text.encode())
    assert [(row.place, dict(row.cells)) for row in found.rows] == [
        (3, {"uitgever": "Nibud", "webadres": "https://example.org/", "titel": "A", "soort": "guide"})
    ]
    assert "MYSTERIE" in found.notes[0].nl


def test_quotes_and_line_breaks_in_cells_stay_one_row_and_an_odd_quote_is_told() -> None:
    found = table.read(b'titel;webadres\n"Een ""titel""\nop twee regels; echt";https://example.org/\n')
    assert found.rows[0].cells["titel"] == 'Een "titel" op twee regels; echt'
    odd = table.read(b'titel;webadres\n"Een titel;https://example.org/1\nTwee;https://example.org/2\n')
    assert [row.cells["webadres"][-1] for row in odd.rows] == ["1", "2"] and "aanhalingsteken" in odd.notes[0].nl


def test_a_workbook_gives_dates_numbers_formulas_merged_cells_and_the_sheet_that_is_the_list() -> None:
    book = Workbook()
    sheet, other, hidden = book.active, book.create_sheet("bronnen"), book.create_sheet("geheim")
    assert sheet is not None
    sheet["A1"] = "Lees dit eerst"
    hidden["A1"], hidden.sheet_state = "https://example.org/geheim", "hidden"
    for row in (
        ["titel", "webadres", "jaar", "uitgever", "gratis"],
        ["A", "https://example.org/a", datetime(2024, 3, 1), "Nibud", True],
        ["B", "https://example.org/b", 2021.0, None, "=1+1"],
    ):
        other.append(row)
    other.merge_cells("D2:D3")
    found = table.read(saved(book))
    assert dict(found.rows[0].cells) == {
        "titel": "A",
        "webadres": "https://example.org/a",
        "jaar": "2024-03-01",
        "uitgever": "Nibud",
        "gratis": "ja",
    }
    assert dict(found.rows[1].cells)["jaar"] == "2021" and found.rows[1].cells["uitgever"] == "Nibud"
    said = " ".join(note.nl for note in found.notes)
    assert "blad" in said and "E3" in said and "formule" in said


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "staat niets in"),
        (b"\xef\xbb\xbf \r\n", "staat niets in"),
        (b"%PDF-1.7 ...", "pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), ".xls"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "plaatje"),
        (b"\x00\x01\x02\x03" * 50, "leesbare tekst"),
        (b"PK\x03\x04 half", "beschadigd"),
        (b"naam;telefoon\nA;B\n", "koppen"),
        (b"titel;soort\nA;B\n", "webadres"),
        (b"titel;webadres\n", "Onder de koppen"),
    ],
)
def test_what_is_no_list_is_refused_in_plain_words(body: bytes, words: str) -> None:
    with pytest.raises(BadRequest) as caught:
        table.read(body)
    assert words in caught.value.words.nl and caught.value.words.en


def packed(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


TYPES = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"word/document.xml": b"", **TYPES}, "Word"),
        ({"content.xml": b"", "mimetype": b""}, "LibreOffice"),
        ({"xl/vbaProject.bin": b"x", **TYPES}, "macro"),
        ({"xl/worksheets/sheet1.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", **TYPES}, "DOCTYPE"),
        ({"iets.txt": b""}, "ingepakt"),
        (TYPES, "beschadigd"),
    ],
)
def test_a_package_that_is_no_plain_workbook_is_refused(parts: dict[str, bytes], words: str) -> None:
    with pytest.raises(BadRequest) as caught:
        table.read(packed(parts))
    assert words in caught.value.words.nl


def test_a_workbook_that_unpacks_to_far_too_much_is_refused_before_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workbook, "MOST_UNPACKED", 2 << 20)
    bomb = packed({**TYPES, "xl/worksheets/sheet1.xml": bytes(3 << 20)})
    assert len(bomb) < 1 << 14
    with pytest.raises(TooLarge):
        table.read(bomb)


def test_a_workbook_that_merges_all_its_cells_is_refused_before_they_are_made() -> None:
    merged = b'<worksheet><mergeCells><mergeCell ref="A2:XFD1048576"/></mergeCells></worksheet>'
    with pytest.raises(TooLarge, match="merged"):
        table.read(packed({**TYPES, "xl/worksheets/sheet1.xml": merged}))


def test_a_list_may_have_ten_thousand_rows_and_no_more() -> None:
    rows = "".join(f"T{n};https://example.org/{n}\n" for n in range(10_000))
    assert len(table.read(f"titel;webadres\n{rows}".encode()).rows) == 10_000
    with pytest.raises(TooLarge, match="10,000"):
        table.read(f"titel;webadres\n{rows}{rows}".encode())


def test_pasted_addresses_need_no_headings_and_may_have_a_title_before_or_behind() -> None:
    text = "https://example.org/1\n\nLees dit - https://example.org/2\nwww.example.org/3\tDrie\nzomaar tekst\n"
    found = [(row.place, dict(row.cells)) for row in table.read(text.encode(), pasted=True).rows]
    assert found == [
        (1, {"webadres": "https://example.org/1"}),
        (3, {"webadres": "https://example.org/2", "titel": "Lees dit"}),
        (4, {"webadres": "www.example.org/3", "titel": "Drie"}),
        (5, {"webadres": "zomaar tekst"}),
    ]
    assert len(table.read(b"https://example.org/1 https://example.org/2", pasted=True).rows) == 2


# --- cells


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("www.example.org/a", "https://www.example.org/a"),
        ("htp:/example.org/x", "https://example.org/x"),
        ("http//example.org", "http://example.org"),
        ("https:\\\\example.org\\c", "https://example.org/c"),
        ("https://example,org/d", "https://example.org/d"),
        ("https://example.org/een pagina", "https://example.org/een%20pagina"),
        ("https://https://example.org", "https://example.org"),
        ("https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fa", "https://example.org/a"),
        ("javascript:alert(1)", ""),
        ("jan@example.org", ""),
        ("C:\\stukken\\a.docx", ""),
        ("http://192.168.1.1/a", ""),
        ("https://example.org:8080/", ""),
        ("https://u:p@example.org/", ""),
        ("zomaar tekst", ""),
        ("", ""),
    ],
)
def test_a_badly_written_address_is_not_used_and_what_is_meant_is_offered(typed: str, meant: str) -> None:
    found = web_addresses.read(typed)
    assert found.text == "" and found.fault and found.meant == meant


@pytest.mark.parametrize("typed", ["https://example.org/a", "<https://example.org/a>.", " HTTPS://example.org/a "])
def test_a_good_address_is_used_without_the_signs_around_it(typed: str) -> None:
    assert web_addresses.read(typed).text == "https://example.org/a"


def test_ten_pasted_addresses_are_seven_new_one_known_and_two_not_usable(tiny_snapshot: Snapshot) -> None:
    """INST-1."""
    good = [f"https://example.org/{n}" for n in range(7)]
    pasted = [*good, "htp:/example.org", "https://example,org", KNOWN.rstrip("/").replace("https://www.", "http://")]
    found = judged(tiny_snapshot, [{"webadres": address} for address in pasted])
    assert tally(found) == {"new": 7, "known": 1, "unusable": 2}
    assert found[-1].source and found[-1].source.iri == iri_of("bron", "geldzorgen-herkennen")


def test_the_same_address_twice_counts_once_and_the_second_row_says_where_the_first_is(tiny_snapshot: Snapshot) -> None:
    found = judged(tiny_snapshot, [{"webadres": "https://example.org/a"}, {"webadres": "http://www.example.org/a/"}])
    assert [one.status for one in found] == ["new", "unusable"] and "rij 2" in told(found[1])["webadres"]


def test_every_cell_that_cannot_be_read_is_told_with_its_row_and_what_to_do(tiny_snapshot: Snapshot) -> None:
    cells = {
        "titel": "<b>Geld</b>",
        "webadres": "https://example.org/a",
        "soort": "handrijking",
        "waarover": "Inkomem; Ouderen",
        "uitgever": "Onbekend BV",
        "jaar": "24",
        "taal": "Klingon",
        "tijd": "even",
        "gratis": "soms",
        "waarom": "Bel jan@example.org" + "x" * 500,
        "publiek": "professionals",
    }
    one = judged(tiny_snapshot, [cells])[0]
    said = told(one)
    assert {"titel", "soort", "waarover", "uitgever", "jaar", "taal", "tijd", "gratis", "waarom"} == said.keys()
    assert "Bedoel je handreiking?" in said["soort"] and "Bedoel je Inkomen?" in said["waarover"]
    assert all(item.finding.line == 2 and item.finding.path for item in one.told)
    assert not one.complete and [thing.label["nl"] for thing in one.subjects] == ["Ouderen"]


def test_a_complete_row_says_what_a_source_may_say(tiny_snapshot: Snapshot) -> None:
    cells = {
        "titel": "Geld",
        "webadres": "https://example.org/a",
        "soort": "guide",
        "waarover": "geldproblemen",
        "jaar": "maart 2021",
        "doelgroep": "senioren",
        "taal": "Nederlands; Engels",
        "tijd": "1,5 uur",
        "gratis": "ja",
        "waarom": "Omdat het helpt.",
        "publiek": "professionals",
    }
    one = judged(tiny_snapshot, [cells])[0]
    assert one.complete, told(one)
    said = {
        (
            predicate.rsplit("/")[-1].rsplit("#")[-1],
            value.value if isinstance(value, Literal) else value.rsplit("/")[-1],
        )
        for _, predicate, value in statements(one)
    }
    assert said >= {
        ("page", "a"),
        ("title", "Geld"),
        ("type", "handreiking"),
        ("subject", "geldzorgen-signaleren"),
        ("subject", "ouderen"),
        ("language", "NLD"),
        ("language", "ENG"),
        ("issued", "2021"),
        ("timeRequired", "PT1H30M"),
        ("isAccessibleForFree", "true"),
        ("audience", "professional"),
        ("publisher", "nibud"),
        ("why", "Omdat het helpt."),
    }


def test_a_known_source_needs_no_more_than_its_address_and_what_it_is_about(tiny_snapshot: Snapshot) -> None:
    one = judged(tiny_snapshot, [{"webadres": KNOWN, "waarover": "Veiligheid"}])[0]
    assert one.complete and one.title == "Geldzorgen herkennen" and not one.publishers
    assert {subject for subject, _, _ in statements(one)} == {iri_of("bron", "geldzorgen-herkennen")}


def test_a_source_that_an_organisation_handed_in_before_keeps_it_as_publisher(tiny_snapshot: Snapshot) -> None:
    known = [{"webadres": KNOWN, "waarover": "Inkomen"}]
    assert [len(judged(tiny_snapshot, known, own)[0].publishers) for own in ("nibud", "geldzorgen")] == [0, 0]
    names = Names(Index(tiny_snapshot.search))
    judge = Judge(names, tiny_snapshot.path, "nibud")
    judge._minted = iri_of("bron", "geldzorgen-")
    assert [p.iri for p in judge.judge([table.Row(2, known[0])])[0].publishers] == [iri_of("organisatie", "nibud")]


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("45", 45), ("45 minuten", 45), ("1 uur", 60), ("1,5 uur", 90), ("1:30", 90), ("PT1H30M", 90), ("2 u 15", 135)],
)
def test_a_time_is_read_as_minutes(typed: str, minutes: int) -> None:
    assert values.minutes(typed) == minutes


def test_a_year_that_a_spreadsheet_made_a_date_of_is_that_year_again() -> None:
    assert values.year("1905-07-16") == "2024" and values.year("2024-03-01") == "2024"


# --- the template and the result


def made(snapshot: Snapshot, do: str, body: bytes = b"", language: str = "nl") -> bytes:
    arguments = {"do": do, "snapshot": str(snapshot.path), "organisation": "nibud", "language": language}
    return job.job(job.prepare(arguments), body)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_template_is_recognised_offers_lists_and_its_example_row_does_not_count(
    tiny_snapshot: Snapshot, language: str
) -> None:
    body = made(tiny_snapshot, "template-xlsx", language=language)
    book = load_workbook(io.BytesIO(body))
    first, last = book.worksheets[0], book.worksheets[-1]
    assert columns.heading([str(cell.value or "") for cell in first[1]]) is not None
    assert {choice.formula1.split("!")[0] for choice in first.data_validations.dataValidation} == {f"'{last.title}'"}
    assert last.protection.sheet and not first.protection.sheet
    with pytest.raises(BadRequest):
        table.read(body)
    first.append(["Geld", "https://example.org/a"])
    assert [dict(row.cells) for row in table.read(saved(book)).rows] == [
        {"titel": "Geld", "webadres": "https://example.org/a"}
    ]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_is_downloaded_can_be_sent_again_and_is_the_same_list_and_no_formula(
    tiny_snapshot: Snapshot, ending: str
) -> None:
    csv = b"titel;webadres;soort;waarover\n=1+1;https://example.org/a;handreiking;\n@x;htp:/x;;Inkomen\n"
    state = json.loads(made(tiny_snapshot, "file", csv))["state"]
    body = made(tiny_snapshot, ending, json.dumps({"state": state, "answers": {}}).encode())
    assert [dict(row.cells) for row in table.read(body).rows] == [dict(row.cells) for row in table.read(csv).rows]
    if ending == "csv":
        assert b"\n'=1+1;" in body
    else:
        assert load_workbook(io.BytesIO(body)).worksheets[0]["A3"].data_type == "s"


def test_the_program_reads_a_file_in_the_sandbox(tiny_snapshot: Snapshot) -> None:
    arguments = {"do": "file", "snapshot": str(tiny_snapshot.path), "organisation": "", "language": "nl"}
    answer = json.loads(
        Sandbox(Limits(seconds=300)).run("kbs_graph.contributions.sheets.job", arguments, as_xlsx(ROWS))
    )
    assert answer["counts"] == {"new": 1, "known": 0, "unusable": 0, "complete": 1}


def test_a_page_takes_three_hundred_rows_at_a_time_and_says_so(tiny_snapshot: Snapshot) -> None:
    rows = "".join(f"https://example.org/{n}\n" for n in range(301))
    with pytest.raises(TooLarge, match="300"):
        made(tiny_snapshot, "paste", rows.encode())


@pytest.mark.parametrize(
    "state", ["", "[]", "{}", '{"version":1,"rows":[{"place":-1,"cells":{}}],"notes":[]}', "[" * 5000]
)
def test_a_state_that_was_tampered_with_is_refused(tiny_snapshot: Snapshot, state: str) -> None:
    with pytest.raises(BadRequest, match="arrive whole"):
        made(tiny_snapshot, "desk", json.dumps({"state": state, "answers": {}}).encode())
