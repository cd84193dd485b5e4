"""The map of what is there and what is missing: the tables and the gaps of a snapshot, made once and kept with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from threading import Lock
from weakref import WeakKeyDictionary

from kbs_graph.coverage import gaps, knowledge, quality
from kbs_graph.coverage.cells import Grid
from kbs_graph.coverage.facts import gather
from kbs_graph.coverage.gaps import Found, Gap
from kbs_graph.errors import BadRequest, NotFound
from kbs_graph.filters import Filters
from kbs_graph.rows import text_in
from kbs_graph.store import Store
from kbs_graph.tables import Cell, Table

EVERYTHING = "alles"
"""The name of the sheet with all gaps."""


@dataclass(frozen=True)
class Coverage:
    """What there is of what on a day, and all that is missing, both in the order of reading."""

    day: date
    grids: tuple[Grid, ...]
    found: tuple[Found, ...]

    def gaps(self, slug: str) -> Found:
        """The gaps of a kind. Raises NotFound, naming the kinds there are."""
        for found in self.found:
            if found.kind.slug == slug:
                return found
        raise NotFound(*_unknown(slug, [found.kind.slug for found in self.found]))

    @property
    def names(self) -> list[str]:
        """The names of all sheets: the tables, the kinds of gap, and all gaps together."""
        return [*(grid.key for grid in self.grids), *(found.kind.slug for found in self.found), EVERYTHING]


_KEPT: WeakKeyDictionary[Store, dict[date, Coverage]] = WeakKeyDictionary()
_GUARD = Lock()


def of(store: Store, day: date) -> Coverage:
    """The coverage of a snapshot. The day is what years and dates of review are counted from.

    It is made at first use (some tenths of a second) and kept as long as the store.
    """
    with _GUARD:
        kept = _KEPT.setdefault(store, {})
        if day not in kept:
            known = gather(store)
            grids = (*knowledge.grids(known), *quality.grids(known, day))
            kept[day] = Coverage(day, grids, gaps.find(known, day))
        return kept[day]


def narrowed(found: Iterable[Gap], filters: Filters) -> tuple[Gap, ...]:
    """The gaps that pass the filters."""
    return tuple(gap for gap in found if filters.admits(gap.facets))


def sheet(coverage: Coverage, name: str, filters: Filters, language: str) -> Table:
    """A table, the gaps of a kind, or all gaps (`alles`), to be written as a file. Raises BadRequest for another name.

    Filters narrow down gaps; a table is always whole.
    """
    for grid in coverage.grids:
        if grid.key == name:
            return _table(grid, language)
    if name not in coverage.names:
        raise BadRequest(*_unknown(name, coverage.names))
    asked = (found for found in coverage.found if name in (found.kind.slug, EVERYTHING))
    return gaps.table(name, narrowed((gap for found in asked for gap in found.gaps), filters), language)


def _table(grid: Grid, language: str) -> Table:
    """A table as a sheet: the address and name of every line, the area it stands under if any, and the numbers."""
    in_areas = any(line.group for line in grid.lines)
    area = ("gebied" if language == "nl" else "area",) if in_areas else ()
    headings = (
        "adres" if language == "nl" else "address",
        grid.corner.in_language(language),
        *area,
        *(text_in(column.label, language) for column in grid.columns),
    )

    def cells() -> Iterable[tuple[Cell, ...]]:
        for line in grid.lines:
            group = (text_in(line.group.label, language) if line.group else "",) if in_areas else ()
            address = line.head.ref.iri if line.head.ref else ""
            yield address, text_in(line.head.label, language), *group, *(cell.number for cell in line.cells)

    return Table(grid.title.in_language(language), language, headings, tuple(cells()), None)


def _unknown(name: str, known: Iterable[str]) -> tuple[str, str]:
    """What to say of a name that is not known here, in Dutch and English."""
    there = ", ".join(known)
    if not name:
        return f"Zeg welke lijst je wilt. Kies uit: {there}.", f"Say which list you want. Choose: {there}."
    return f"Er is geen lijst {name[:60]}. Kies uit: {there}.", f"There is no list {name[:60]}. Choose: {there}."
