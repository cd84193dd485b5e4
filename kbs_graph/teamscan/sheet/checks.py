"""What a scan as a workbook checks and computes itself: lists to choose from, limits of numbers, the outcome of A3."""

from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from kbs_graph import workbooks
from kbs_graph.errors import Words
from kbs_graph.teamscan import words
from kbs_graph.teamscan.model import NeedKind, Status
from kbs_graph.teamscan.sheet import sentences as said
from kbs_graph.teamscan.sheet.columns import CHOICES, NO

_SHADES = (
    (Status.MISSING, "3A3A3A", "FFFFFF"),
    (Status.FRAGILE, "BFBFBF", "000000"),
    (Status.PARTLY, "E0E0E0", "000000"),
)
"""Greys for what is open; the words say the same."""


class Choices:
    """The lists to choose from, on a sheet of their own that nobody needs to see."""

    def __init__(self, book: Workbook, language: str):
        self._language = language
        self._sheet = workbooks.add_sheet(book, CHOICES.in_language(language))
        self._sheet.sheet_state = "hidden"
        self._ranges: dict[str, str] = {}

    def add(self, name: str, options: Sequence[str]) -> None:
        """Keep a list under a name."""
        column = len(self._ranges) + 1
        for row, option in enumerate([name, *options], 1):
            workbooks.put(self._sheet, row, column, option)
        letter = get_column_letter(column)
        self._ranges[name] = f"'{self._sheet.title}'!${letter}$2:${letter}${max(2, len(options) + 1)}"

    def limit(self, sheet: Worksheet, name: str, cells: str) -> None:
        """Allow only what is in a list in these cells, or nothing."""
        rule = DataValidation("list", formula1=self._ranges[name], allow_blank=True)
        rule.errorTitle, rule.error = (words.in_language(self._language) for words in (said.CHOOSE_TITLE, said.CHOOSE))
        sheet.add_data_validation(rule)
        rule.add(cells)


def whole_number(sheet: Worksheet, cells: str, limit: Words, language: str, highest: str, lowest: int = 0) -> None:
    """Allow only whole numbers in these cells; `highest` is a number or a formula."""
    rule = DataValidation("whole", operator="between", formula1=str(lowest), formula2=highest, allow_blank=True)
    rule.errorTitle, rule.error = said.COUNT_TITLE.in_language(language), limit.in_language(language)
    sheet.add_data_validation(rule)
    rule.add(cells)


def team_outcome(cell: Mapping[str, str], size: str, contact: str, language: str) -> dict[str, str]:
    """The formulas of a row for a team: how many there are, how many are needed, and the status.

    `cell` is the address of each column in this row, `size` that of the size of the team; `contact` an expression that
    is an empty text while no contact is filled in.
    """
    counts = f"{cell['count1']}:{cell['count3']}"
    every, some = (_is(cell["need"], words.NEED[kind], language) for kind in (NeedKind.EVERYONE, NeedKind.SOME))
    have, need = cell["have"], cell["needed"]
    grows = f"{cell['count2']}>{cell['count1']},{cell['count3']}>{cell['count2']}"
    wrong = f"OR(MAX({counts})>{size},MIN({counts})<0,{grows})"
    in_place, alone = (_quoted(text, language) for text in (words.STATUS[Status.IN_PLACE], words.ONE_PERSON))
    filled = _choose(
        (f"N({size})<1", _quoted(said.NO_SIZE, language)),
        (wrong, _quoted(said.WRONG, language)),
        (f"{have}=0", _status(Status.MISSING, language)),
        (f"{have}>={need}", f'IF({have}=1,{in_place}&", "&{alone},{in_place})'),
        (f"{have}=1", _status(Status.FRAGILE, language)),
        otherwise=_status(Status.PARTLY, language),
    )
    return {
        "have": f'=IF(AND(OR({every},{some}),COUNT({counts})=3),INDEX({counts},1,{cell["level"]}),"")',
        "needed": f'=IF({every},IF(N({size})<1,"",{size}),IF({some},{cell["number"]},""))',
        "status": "=" + _outside(cell, contact, language, f"COUNT({counts})<3", filled),
    }


def own_outcome(cell: Mapping[str, str], contact: str, language: str) -> dict[str, str]:
    """The formula of a row for one professional: the status."""
    level = f"VALUE(LEFT({cell['own']},1))"
    filled = f"IF({level}>={cell['level']},{_status(Status.IN_PLACE, language)},{_status(Status.MISSING, language)})"
    return {"status": "=" + _outside(cell, contact, language, f"ISERROR({level})", filled)}


def shade(sheet: Worksheet, cells: str, language: str) -> None:
    """Show in greys what is open."""
    for status, ground, ink in _SHADES:
        look = DifferentialStyle(font=Font(color=ink, bold=True), fill=PatternFill("solid", bgColor=ground))
        rule = Rule("cellIs", dxf=look, operator="equal", formula=[_status(status, language)])
        sheet.conditional_formatting.add(cells, rule)


def _outside(cell: Mapping[str, str], contact: str, language: str, empty: str, filled: str) -> str:
    """What comes before counting: left out, not needed, a specialist, or not filled in."""
    need = cell["need"]
    called = f"IF(LEN({contact})>0,{_status(Status.SPECIALIST, language)},{_status(Status.NO_CONTACT, language)})"
    return _choose(
        (f'OR({cell["topic"]}="",{_is(cell["asked"], NO, language)})', '""'),
        (_is(need, words.NEED[NeedKind.NONE], language), _status(Status.NOT_NEEDED, language)),
        (_is(need, words.NEED[NeedKind.SPECIALIST], language), called),
        (empty, _status(Status.UNFILLED, language)),
        otherwise=filled,
    )


def _choose(*cases: tuple[str, str], otherwise: str) -> str:
    return "".join(f"IF({test},{outcome}," for test, outcome in cases) + otherwise + ")" * len(cases)


def _is(cell: str, text: Words, language: str) -> str:
    return f"{cell}={_quoted(text, language)}"


def _status(status: Status, language: str) -> str:
    return _quoted(words.STATUS[status], language)


def _quoted(text: Words, language: str) -> str:
    return '"' + text.in_language(language).replace('"', '""') + '"'
