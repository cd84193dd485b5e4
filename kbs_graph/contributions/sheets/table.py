"""A list of sources as people keep it, read to rows: with headings, or as web addresses alone, perhaps with titles.

No cell is judged here (kbs_graph.contributions.sheets.judging does that): what was typed is kept as it was typed.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kbs_graph.contributions.sheets import columns, grid, web_addresses
from kbs_graph.contributions.sheets.grid import Grid, Line
from kbs_graph.errors import BadRequest, Words

_HEADING_WITHIN = 15
"""Rows from the top among which a heading is looked for: some sheets begin with a title and an explanation."""
_PARTS = re.compile(r"[\s,;|]+")


@dataclass(frozen=True)
class Row:
    """A row: its place as a person counts, from 1, and what was typed, by the key of the column."""

    place: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """The rows of a list, and what there is to say about the list as a whole."""

    rows: tuple[Row, ...]
    notes: tuple[Words, ...] = ()


def read(body: bytes, pasted: bool = False) -> Sheet:
    """The rows of a file or of pasted text. Raises BadRequest and TooLarge, with what to do. In the sandbox only."""
    return of_grid(grid.read(body, pasted))


def of_grid(found: Grid) -> Sheet:
    """The rows of a list, by its headings; without headings every row with a web address counts."""
    for number, line in enumerate(found.lines[:_HEADING_WITHIN]):
        if heading := columns.heading(line.cells):
            return _with_heading(found, heading, found.lines[number + 1 :])
    return _bare(found)


def _with_heading(found: Grid, heading: columns.Heading, lines: Sequence[Line]) -> Sheet:
    if lines and columns.is_of_standards(lines[0].cells):
        lines = lines[1:]
    notes = list(found.notes)
    if heading.unknown:
        names = ", ".join(heading.unknown[:8])
        notes.append(
            Words(
                f"Deze kolommen kennen we niet en lazen we niet: {names}.",
                f"We do not know these columns and did not read them: {names}.",
            )
        )
    if "webadres" not in heading.keys:
        raise BadRequest(
            "Er is geen kolom met de kop ‘webadres’. Zet die kop boven de kolom met adressen.",
            "There is no column with the heading ‘web address’. Put that heading above the column of addresses.",
        )
    rows = []
    for line in lines:
        pairs = zip(heading.keys, line.cells, strict=False)
        cells = {key: _one_line(text) for key, text in pairs if key and _one_line(text)}
        if cells and cells.get("webadres") != columns.EXAMPLE_ADDRESS:
            rows.append(Row(line.place, cells))
    if not rows:
        raise BadRequest(
            "Onder de koppen staat niets. Vul minstens één rij in.",
            "There is nothing under the headings. Fill in a row.",
        )
    return Sheet(tuple(rows), tuple(notes))


def _bare(found: Grid) -> Sheet:
    """Rows without headings: of each the web address and, in front of or behind it, a title."""
    rows: list[Row] = []
    for line in found.lines:
        filled = [_one_line(cell) for cell in line.cells if cell]
        pieces = [piece for cell in filled for piece in _PARTS.split(cell) if piece]
        addresses = [piece for piece in pieces if web_addresses.looks_like_one(piece)]
        if len(addresses) > 1 and len(addresses) == len(pieces):
            rows += [Row(len(rows) + 1, {"webadres": address}) for address in addresses]
        else:
            rows.append(_row(line.place, filled, addresses))
    if not any(web_addresses.looks_like_one(row.cells["webadres"]) for row in rows):
        raise BadRequest(
            "We vinden geen koppen en geen webadressen. Zet boven elke kolom een kop, zoals titel en webadres.",
            "We find no headings and no web addresses. Put a heading above each column, such as title and web address.",
        )
    if len({row.place for row in rows}) < len(rows):
        rows = [Row(number, row.cells) for number, row in enumerate(rows, 1)]
    return Sheet(tuple(rows), found.notes)


def _row(place: int, filled: list[str], addresses: list[str]) -> Row:
    cell = next((cell for cell in filled if web_addresses.looks_like_one(cell)), None)
    title = next((text for text in filled if text != cell), "")
    if cell is None and addresses and addresses[0] in (text := next(c for c in filled if addresses[0] in c)):
        cell, title = addresses[0], text.replace(addresses[0], "").strip(" -–—:|\t")
    if cell is None:
        cell, title = " ".join(filled), ""
    return Row(place, {"webadres": cell, **({"titel": title} if title else {})})


def _one_line(text: str) -> str:
    """The text on one line, without signs that cannot be seen."""
    seen = "".join(c if c.isprintable() else " " if c.isspace() or c < " " else "" for c in text)
    return " ".join(seen.split())
