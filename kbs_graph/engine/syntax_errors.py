"""Where a query breaks the grammar of SPARQL, worked out from what the parser of the store says.

That parser compares whole keywords at once and tells the furthest sign it looked at, so its place may lie a keyword too
far, and its list of what it expected is of little use to people. The same query with the gaps round that place made
wider tells which word it stumbled over.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from kbs_graph.errors import BadRequest

_REACH = 16
"""Signs; no keyword of SPARQL is longer."""
_SHOWN = 40
"""Signs of the query that a message repeats."""
_MESSAGE = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_KEYWORDS = re.compile(r"[A-Za-z]\w+(?:, [A-Za-z]\w+)*+")
_TOKEN = re.compile(
    r"""(?P<gap> (?: [ \t\r\n] | \#[^\n\r]*+ )++ ) | <[^<>"{}|^`\\\x00-\x20]*+>
      | \"\"\"(?:[^"\\]|\\.|"(?!""))*+(?:\"\"\"|\Z) | '''(?:[^'\\]|\\.|'(?!''))*+(?:'''|\Z)
      | "(?:[^"\\\n\r]|\\.)*+"? | '(?:[^'\\\n\r]|\\.)*+'? | (?: [^ \t\r\n"'<\#\\] | \\. )++ | .""",
    re.VERBOSE | re.DOTALL,
)
_LAST_WORD = re.compile(r"(?:<[^<>]*+>|\S++)\Z")
_OF_A_WORD = {
    "Prefix not found": (
        "dit voorvoegsel is niet bekend; noem het bovenaan met PREFIX",
        "this prefix is not known; declare it at the top with PREFIX",
    ),
    "IRI parsing failed": ("dit is geen geldige IRI", "this is not a valid IRI"),
    "language tag parsing failed": ("dit is geen geldige taalcode", "this is not a valid language tag"),
}
"""What the parser says of the word it has just read, in words for people."""
_OF_A_PART = {
    "Duplicated variable name in SELECT": ("SELECT noemt een variabele twee keer", "SELECT names a variable twice"),
    "The SELECT contains a variable that is unbound": (
        "SELECT noemt een variabele die niet in GROUP BY staat en niet wordt samengevat",
        "SELECT names a variable that is neither in GROUP BY nor aggregated",
    ),
    "The SELECT contains an expression with a variable that is unbound": (
        "SELECT rekent met een variabele die niet in GROUP BY staat en niet wordt samengevat",
        "SELECT computes with a variable that is neither in GROUP BY nor aggregated",
    ),
    "The SELECT overrides an existing variable using an expression": (
        "AS geeft een waarde aan een variabele die er al een heeft",
        "AS gives a value to a variable that has one already",
    ),
    "SELECT * is not authorized with GROUP BY": (
        "SELECT * kan niet samen met GROUP BY; noem de variabelen",
        "SELECT * does not go with GROUP BY; name the variables",
    ),
}
"""What it says of a larger part, which ends at the place it names."""


class NotSparql(BadRequest):
    """A query that breaks the grammar, with the place where: line and column from 1, the column in signs."""

    def __init__(self, nl: str, en: str, line: int, column: int):
        super().__init__(nl, en)
        self.line, self.column = line, column


@dataclass(frozen=True)
class Fault:
    """Where a query breaks the grammar (line and column from 1), the word that stands there (empty at the end), and
    the parser's own reason where we have words for it."""

    line: int
    column: int
    word: str
    reason: str


def locate(query: str, message: str, parse: Callable[[str], str]) -> Fault | None:
    """Where it goes wrong in `query`, of which the parser said `message`; None when that names no place.

    `parse` gives the parser's message about another text, empty when it finds nothing wrong.
    """
    told = _read(message, query)
    if told is None:
        return None
    at, expected = told
    wide, moved = _widened(query, at)
    again = _read(parse(wide), wide)
    if again is not None:
        at, expected = again
        if _KEYWORDS.fullmatch(expected):  # they were compared from where they begin up to here
            at -= min(map(len, expected.split(", ")))
        there, here = max((pair for pair in moved if pair[0] <= at), default=(0, 0))
        at = min(here + at - there, len(query))
    reason = next((known for known in (*_OF_A_WORD, *_OF_A_PART) if known in expected), "")
    if reason in _OF_A_WORD:
        last = _LAST_WORD.search(query, max(0, at - 2 * _SHOWN), at)
        at = last.start() if last else at
    elif not reason:
        at += len(query[at:]) - len(query[at:].lstrip())
    word = "" if reason in _OF_A_PART else next(iter(query[at : at + _SHOWN].split(maxsplit=1)), "")
    return Fault(query.count("\n", 0, at) + 1, at - query.rfind("\n", 0, at), word, reason)


def refusal(told: dict[str, Any] | None) -> BadRequest:
    """A fault (as a dict, as it travels between processes) as an error that a person can read."""
    if told is None:
        return BadRequest("De vraag is geen geldige SPARQL.", "The query is not valid SPARQL.")
    fault = Fault(**told)
    nl, en = (_OF_A_WORD | _OF_A_PART).get(
        fault.reason,
        ("dit kan hier niet staan", "this cannot stand here")
        if fault.word
        else ("de vraag houdt hier te vroeg op", "the query ends too early here"),
    )
    quoted = f": \u201c{fault.word}\u201d" if fault.word else ""
    return NotSparql(
        f"De vraag is geen geldige SPARQL: regel {fault.line}, kolom {fault.column}{quoted}: {nl}.",
        f"The query is not valid SPARQL: line {fault.line}, column {fault.column}{quoted}: {en}.",
        fault.line,
        fault.column,
    )


def _read(message: str, query: str) -> tuple[int, str] | None:
    """The place a message names, as an offset in signs, and what the parser expected there."""
    found = _MESSAGE.match(message)
    if not found:
        return None
    lines = query.split("\n")[: int(found[1]) - 1]
    return sum(len(line) + 1 for line in lines) + int(found[2]) - 1, found[3]


def _widened(query: str, at: int) -> tuple[str, list[tuple[int, int]]]:
    """The query with the gaps round a place, and its end, made wider than any keyword; and where each of those gaps
    ends, in that text and in the query itself."""
    ends = [token.end() for token in _TOKEN.finditer(query) if token["gap"] and abs(token.end() - at) <= 2 * _REACH]
    pieces = [query[begin:end] for begin, end in pairwise([0, *ends, len(query)])]
    moved = [(end + _REACH * number, end) for number, end in enumerate(ends, 1)]
    return "".join(piece + " " * _REACH for piece in pieces), moved
