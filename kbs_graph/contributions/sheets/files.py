"""The sheet to fill in, empty or as far as it is filled in, as XLSX (with lists to choose from) and as CSV.

XLSX by openpyxl, written in memory: where this runs no file can be written. Texts never become formulas.
"""

import csv
from collections.abc import Sequence
from io import StringIO

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from kbs_graph.contributions.sheets.columns import COLUMNS, EXAMPLE, PASSED_OVER
from kbs_graph.contributions.sheets.desk import Laid
from kbs_graph.contributions.sheets.judging import KNOWN, NEW, UNUSABLE
from kbs_graph.contributions.sheets.names import Names
from kbs_graph.errors import Words
from kbs_graph.tables import harmless
from kbs_graph.workbooks import blank, packed, protect, put

_TITLE = Words("Bronnen voor Kennisbouwstenen", "Resources for Kennisbouwstenen")
_LAST_ROW = 1_000
"""The last row that offers lists to choose from."""
_WIDTHS = {"titel": 44, "webadres": 44, "waarover": 36, "uitgever": 24, "waarom": 44, "why": 44, "onderbouwing": 36}
_NARROW = 16
_STATES = {NEW: Words("nieuw", "new"), KNOWN: Words("bekend", "known"), UNUSABLE: Words("niet bruikbaar", "not usable")}
_SHEET, _HELP, _LISTS = Words("bronnen", "sources"), Words("uitleg", "explanation"), Words("lijsten", "lists")
_NEEDED, _OPTIONAL = PatternFill("solid", fgColor="FFE9A8"), PatternFill("solid", fgColor="F3EFE6")
_TEXT = Alignment(wrap_text=True, vertical="top")
_LINE = Border(bottom=Side(style="thin", color="5A6570"))
_CHOICES = {
    "soort": ("bronsoort",),
    "waarover": ("domein", "aspect", "competentie"),
    "doelgroep": ("doelgroep",),
    "publiek": ("publiek",),
}
"""The columns with a list, and the kinds of thing in it."""
_LANGUAGES = Words(
    "Nederlands;Engels;Duits;Frans;Arabisch;Turks;Pools;Oekraïens",
    "Dutch;English;German;French;Arabic;Turkish;Polish;Ukrainian",
)
_YES_NO = Words("ja;nee", "yes;no")
_STEPS = (
    Words("Zo vul je dit blad in", "How to fill in this sheet"),
    Words(
        "1. Zet elke bron in een eigen rij van ‘bronnen’. Gele kolommen zijn nodig, grijze mag je leeg laten.",
        "1. Put every resource in a row of ‘sources’. Yellow columns are needed, grey ones may stay empty.",
    ),
    Words(
        "2. Weet je niet waar een bron over gaat? Laat ‘waarover’ leeg. Op de site doen we een voorstel, en jij kiest.",
        "2. Not sure what a resource is about? Leave ‘about’ empty. The site makes a proposal, and you choose.",
    ),
    Words(
        "3. Past er meer dan één antwoord in een cel? Zet er een puntkomma (;) tussen.",
        "3. More than one answer in a cell? Put a semicolon (;) between them.",
    ),
    Words(
        "4. Bewaar het bestand, en kies het op de pagina ‘Bronnen aanleveren’. Daar zie je per rij of alles klopt.",
        "4. Save the file, and choose it on the page ‘Hand in resources’. There you see, row by row, if all is well.",
    ),
    Words("Kolommen", "Columns"),
)


def template_csv(language: str) -> bytes:
    """The empty sheet as CSV, as spreadsheets in the Netherlands like it: semicolons, UTF-8 with a mark."""
    return _csv([_headings(language), _standards(), _example(language)])


def template_xlsx(names: Names, language: str) -> bytes:
    """The empty sheet as XLSX: with an example, lists to choose from and an explanation."""
    return _xlsx(names, language, _headings(language), [_example(language)], example=True)


def result_csv(rows: Sequence[Laid], language: str) -> bytes:
    """The sheet as far as it is filled in, with our findings and proposals in columns of their own, as CSV."""
    return _csv([_result_headings(language), *_result_rows(rows, language)])


def result_xlsx(rows: Sequence[Laid], names: Names, language: str) -> bytes:
    """The same as XLSX, to complete and send again: nothing is read from the columns of ours."""
    return _xlsx(names, language, _result_headings(language), _result_rows(rows, language))


def _headings(language: str) -> list[str]:
    return [column.heading.in_language(language) for column in COLUMNS]


def _standards() -> list[str]:
    return [" ".join(column.standards) for column in COLUMNS]


def _example(language: str) -> list[str]:
    return [EXAMPLE[column.key].in_language(language) if column.key in EXAMPLE else "" for column in COLUMNS]


def _result_headings(language: str) -> list[str]:
    return [*_headings(language), *(words.in_language(language) for words in PASSED_OVER)]


def _result_rows(rows: Sequence[Laid], language: str) -> list[list[str]]:
    return [
        [
            *(laid.judged.row.cells.get(column.key, "") for column in COLUMNS),
            str(laid.judged.row.place),
            _STATES[laid.judged.status].in_language(language),
            " ".join(told.finding.message.in_language(language) for told in laid.judged.told),
            "; ".join(f"{p.text} ({p.score}: {p.words})" for p in laid.proposals),
        ]
        for laid in rows
    ]


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    target = StringIO(newline="")
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return target.getvalue().encode("utf-8-sig")


def _xlsx(names: Names, language: str, headings: list[str], rows: list[list[str]], example: bool = False) -> bytes:
    book = blank(_TITLE.in_language(language), language)
    sheet = book.create_sheet(_SHEET.in_language(language))
    _fill(sheet, headings, rows, example)
    _explain(book.create_sheet(_HELP.in_language(language)), language)
    _offer(sheet, book.create_sheet(_LISTS.in_language(language)), names, language)
    return packed(book)


def _fill(sheet: Worksheet, headings: list[str], rows: list[list[str]], example: bool) -> None:
    for number, row in enumerate([headings, _standards(), *rows], 1):
        for column, text in enumerate(row, 1):
            cell = put(sheet, number, column, text, bold=number == 1)
            if not text:
                cell.value = None
            if number == 1:
                needed = column <= len(COLUMNS) and COLUMNS[column - 1].required
                cell.fill = _NEEDED if needed else _OPTIONAL
            elif number == 2:
                cell.font, cell.border = Font(size=8, color="4B5057"), _LINE
            elif example:
                cell.font = Font(italic=True, color="4B5057")
    for place, _ in enumerate(headings, 1):
        key = COLUMNS[place - 1].key if place <= len(COLUMNS) else ""
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(key, _NARROW if key else 24)
    sheet.freeze_panes = "A3"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0


def _explain(sheet: Worksheet, language: str) -> None:
    lines = [(words.in_language(language), "") for words in _STEPS]
    lines += [(column.heading.in_language(language), column.hint.in_language(language)) for column in COLUMNS]
    for number, (left, right) in enumerate(lines, 1):
        is_title = number in (1, len(_STEPS))
        sheet.cell(number, 1, left).font = Font(bold=is_title or number > len(_STEPS), size=14 if is_title else 11)
        sheet.cell(number, 2, right)
        if 1 < number < len(_STEPS):
            sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=2)
            sheet.row_dimensions[number].height = 32
        for column in (1, 2):
            sheet.cell(number, column).alignment = _TEXT
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, 70
    protect(sheet)


def _offer(sheet: Worksheet, lists: Worksheet, names: Names, language: str) -> None:
    """A sheet of lists that cannot be changed by accident, and the cells that offer them. Other answers are allowed."""
    offered = {
        key: [thing.name(language) for s in kinds for thing in names.every(s, language)]
        for key, kinds in _CHOICES.items()
    }
    offered |= {"taal": _LANGUAGES.in_language(language).split(";"), "gratis": _YES_NO.in_language(language).split(";")}
    for place, (key, values) in enumerate(offered.items(), 1):
        column = next(column for column in COLUMNS if column.key == key)
        lists.cell(1, place, column.heading.in_language(language)).font = Font(bold=True)
        for number, value in enumerate(values, 2):
            lists.cell(number, place, value)
        letter = get_column_letter(place)
        lists.column_dimensions[letter].width = 40
        choice = DataValidation("list", f"'{lists.title}'!${letter}$2:${letter}${len(values) + 1}", allow_blank=True)
        choice.showErrorMessage = not column.several
        choice.errorTitle, choice.error = key, column.hint.in_language(language)
        sheet.add_data_validation(choice)
        target = get_column_letter(COLUMNS.index(column) + 1)
        choice.add(f"{target}3:{target}{_LAST_ROW}")
    protect(lists)
