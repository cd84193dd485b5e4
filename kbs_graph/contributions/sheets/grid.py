"""The bytes of a spreadsheet, or a pasted list, as rows of plain text: CSV in the forms people save it in, and XLSX.

Dates become ISO 8601, whole numbers lose their decimals, a formula is its last value, a merged cell counts in every row
it covers. What cannot be read is refused with the reason and what to do. Meant to run in the sandbox only.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO

from kbs_graph.contributions.sheets import workbook
from kbs_graph.contributions.sheets.workbook import MOST_COLUMNS, MOST_ROWS, too_many, wrong_kind
from kbs_graph.errors import BadRequest, TooLarge, Words

LONGEST_CELL = 5_000
"""Characters of a cell that are kept; no column of ours takes more."""
DELIMITERS = (";", ",", "\t", "|")
_WITH_MARK = re.compile(r"^'(?=[=+\-@])")
"""The mark by which a sheet of ours says that a cell is no formula (kbs_graph.tables.harmless)."""

_KINDS = (
    (b"%PDF", Words("een pdf", "a PDF")),
    (
        b"\xd0\xcf\x11\xe0",
        Words("een oud Excel- of Wordbestand (.xls, .doc)", "an old Excel or Word file (.xls, .doc)"),
    ),
    (b"\x89PNG", Words("een plaatje", "a picture")),
    (b"\xff\xd8\xff", Words("een plaatje", "a picture")),
    (b"GIF8", Words("een plaatje", "a picture")),
    (b"{\\rtf", Words("een tekstdocument (.rtf)", "a text document (.rtf)")),
    (b"\x1f\x8b", Words("een ingepakt bestand", "a packed file")),
)


@dataclass(frozen=True)
class Line:
    """A row as a person counts it, from 1, and its cells as text."""

    place: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """The rows that hold anything, and what there is to say about the file as a whole."""

    lines: tuple[Line, ...]
    notes: tuple[Words, ...] = ()


def read(body: bytes, pasted: bool = False) -> Grid:
    """The rows of a file, or of pasted text. Raises BadRequest (not readable as a sheet) and TooLarge."""
    if not body.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise BadRequest(
            "Er staat niets in. Plak webadressen, of kies een bestand.",
            "There is nothing in it. Paste web addresses, or choose a file.",
        )
    if not pasted and body[:4] == b"PK\x03\x04":
        records, notes = workbook.read(body)
        return Grid(_lines(_limited(records)), notes)
    for beginning, words in _KINDS:
        if body.startswith(beginning):
            raise wrong_kind(words)
    return _text(decoded(body))


# --- text


def decoded(body: bytes) -> str:
    """Text in UTF-8, UTF-16 (with or without mark) or Windows-1252, in that order of likelihood."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if body.startswith(mark):
            return _checked(body.decode(encoding, errors="replace"))
    evens, odds = body[:2000:2].count(0), body[1:2000:2].count(0)
    if evens + odds > len(body[:2000]) // 5:
        return _checked(body.decode("utf-16-le" if odds > evens else "utf-16-be", errors="replace"))
    try:
        return _checked(body.decode("utf-8"))
    except UnicodeDecodeError:
        return _checked(body.decode("cp1252", errors="replace"))


def _checked(text: str) -> str:
    if "\0" in text or sum(c < " " and c not in "\t\r\n\f" for c in text[:4000]) > len(text[:4000]) // 50:
        raise wrong_kind(Words("geen leesbare tekst", "no readable text"))
    return text.lstrip("\ufeff")


def _text(text: str) -> Grid:
    first, _, rest = text.partition("\n")
    delimiter = ""
    if said := re.fullmatch(r"sep=(.)\r?", first):  # how Excel names the delimiter
        delimiter, text = said[1], rest
    records, notes = _records(text, delimiter or _delimiter(text))
    return Grid(_lines(records), notes)


def _delimiter(text: str) -> str:
    """The sign that parts the first full row: the one it holds most of, outside quotes."""
    bare = re.sub(r'"[^"]*"', "", text[:20_000])
    first = next((line for line in bare.splitlines() if line), "")
    best = max(DELIMITERS, key=first.count)
    return best if first.count(best) else ";"


def _records(text: str, delimiter: str) -> tuple[list[list[str]], tuple[Words, ...]]:
    """The records by RFC 4180; with an odd quote somewhere the text is read once more without quotes."""
    csv.field_size_limit(10 * LONGEST_CELL)
    try:
        return _limited(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)), ()
    except csv.Error:
        plain = csv.reader(StringIO(text, newline=""), delimiter=delimiter, quoting=csv.QUOTE_NONE)
        try:
            return _limited(plain), (
                Words(
                    "In dit bestand staat een aanhalingsteken zonder tweede. We lazen elke regel daarom als een rij.",
                    "This file holds a quote without a second one. So we read every line as a row.",
                ),
            )
        except csv.Error:
            raise TooLarge(
                "Een cel in dit bestand is te lang. Maak de tekst korter, of bewaar het bestand opnieuw.",
                "A cell in this file is too long. Shorten the text, or save the file anew.",
            ) from None


def _limited(records: Iterable[Sequence[str]]) -> list[list[str]]:
    found: list[list[str]] = []
    filled = 0
    for record in records:
        cells = [_WITH_MARK.sub("", cell.strip())[:LONGEST_CELL] for cell in record[:MOST_COLUMNS]]
        filled += any(cells)
        if filled > MOST_ROWS + 2:  # the heading, and a second one with names of standards
            raise too_many()
        found.append(cells)
    return found


def _lines(records: Iterable[Sequence[str]]) -> tuple[Line, ...]:
    return tuple(Line(number, tuple(record)) for number, record in enumerate(records, 1) if any(record))
