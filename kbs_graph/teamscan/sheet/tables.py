"""Finding the sheets of a scan in whatever a workbook became: other names, moved columns, extra rows and sheets."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kbs_graph.errors import Words
from kbs_graph.folding import fold
from kbs_graph.teamscan.sheet.columns import COLUMNS, FEWEST, Part, heading_names
from kbs_graph.teamscan.sheet.grids import Grid

_HEADINGS = {part: heading_names(part) for part in Part}


@dataclass(frozen=True)
class Found:
    """A row of a sheet: what stands in it by the name of its column; `uncalculated` are formulas without an outcome.

    `sheet` is empty for the sheet to fill in, which people know without its name.
    """

    part: Part
    sheet: str
    number: int
    values: Mapping[str, str]
    uncalculated: frozenset[str] = frozenset()

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    def filled(self, *but: str) -> bool:
        """Whether anything stands in it, but for these columns."""
        return any(value for name, value in self.values.items() if name not in but)

    def heading(self, name: str, language: str) -> str:
        """What stands over a column in the sheets we make."""
        return next(c.heading for c in COLUMNS[self.part] if c.name == name).in_language(language)

    def tell(self, words: Words) -> Words:
        """The words with where it is: "Rij 4: …", or with the name of the sheet before it."""
        where = Words(f"Rij {self.number}", f"Row {self.number}")
        if self.sheet:
            where = Words(f"Blad {self.sheet}, rij {self.number}", f"Sheet {self.sheet}, row {self.number}")
        return Words(f"{where.nl}: {words.nl}", f"{where.en}: {words.en}")


def rows(grids: tuple[Grid, ...]) -> tuple[Found, ...]:
    """Every row that stands under headings we know, in the order of the file, and each fact of the team.

    A row of headings is a row without values, so that a sheet in which nothing was filled in is known too.
    """
    return tuple(row for grid in grids for row in _rows(grid))


def _rows(grid: Grid) -> Iterator[Found]:
    part, columns = None, dict[int, str]()
    for number, cells in enumerate(grid.rows, 1):
        known = _heading_row(cells)
        if known:
            part, columns = known
            yield Found(part, "", number, {})
        elif part is None:
            yield from _fact(grid, number, cells)
        elif any(cells):
            values = {name: cells[place] for place, name in columns.items()}
            open_ones = frozenset(n for p, n in columns.items() if (number, p + 1) in grid.uncalculated)
            yield Found(part, "" if part is Part.LINES else grid.title, number, values, open_ones)


def _heading_row(cells: tuple[str, ...]) -> tuple[Part, dict[int, str]] | None:
    """The sheet these headings are of, with the names of their columns by place; None when they are no headings."""
    folded = [fold(cell) for cell in cells]
    best: tuple[Part, dict[int, str]] | None = None
    for part in Part:
        names = _HEADINGS[part]
        columns: dict[int, str] = {}
        for place, text in enumerate(folded):
            name = names.get(text)
            if name and name not in columns.values():
                columns[place] = name
        if part is not Part.TEAM and len(columns) >= FEWEST[part] and (not best or len(columns) > len(best[1])):
            best = part, columns
    return best


def _fact(grid: Grid, number: int, cells: tuple[str, ...]) -> Iterator[Found]:
    """A fact of the team: what it is in one cell, and the fact in the next that holds anything."""
    filled = [place for place, cell in enumerate(cells) if cell or (number, place + 1) in grid.uncalculated]
    name = _HEADINGS[Part.TEAM].get(fold(cells[filled[0]])) if filled else None
    if name:
        place = filled[1] if len(filled) > 1 else filled[0] + 1
        value = cells[place] if place < len(cells) else ""
        open_ones = frozenset({name}) if (number, place + 1) in grid.uncalculated else frozenset()
        yield Found(Part.TEAM, grid.title, number, {name: value}, open_ones)
