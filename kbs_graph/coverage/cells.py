"""What tables of coverage are made of: counts with a word, the names beside them, and where each count leads.

Two scales. Of things to have: none, few, enough. Of a whole: none, some, most, all.
"""

from dataclasses import dataclass

from kbs_graph.errors import Words
from kbs_graph.model import Ref, Spoke, Texts

ENOUGH = 3
"""Things from which there is enough of something in an area."""
LEVELS = {
    "none": Words("geen", "none"),
    "few": Words("weinig", "few"),
    "enough": Words("genoeg", "enough"),
    "some": Words("een deel", "some"),
    "most": Words("de meeste", "most"),
    "all": Words("alle", "all"),
}
"""The word for each level of a count."""
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Way:
    """Where a count leads: the list of the gaps of a kind, or the list of a kind of thing, narrowed down by pairs."""

    gaps: str = ""
    segment: str = ""
    pairs: Pairs = ()


@dataclass(frozen=True)
class Cell:
    """A count, of how many (when it is part of a whole), its level (a key of LEVELS, or empty), and where it leads."""

    number: int
    level: str = ""
    way: Way | None = None
    of: int | None = None


@dataclass(frozen=True)
class Head:
    """The name of a line or column: a thing, a kind of thing (`segment`), or words."""

    label: Texts
    ref: Ref | None = None
    segment: str = ""


@dataclass(frozen=True)
class Line:
    """One line of a table; `group` is the area it stands under, in a table that has areas."""

    head: Head
    cells: tuple[Cell, ...]
    group: Ref | None = None


@dataclass(frozen=True)
class Grid:
    """A table: its name in addresses, title, what is counted, what the words mean, and what its lines are."""

    key: str
    title: Words
    about: Words
    scale: Words
    corner: Words
    columns: tuple[Head, ...]
    lines: tuple[Line, ...]


def counted(number: int, enough: int = ENOUGH) -> str:
    """The level of a count of things to have."""
    return "enough" if number >= enough else "few" if number else "none"


def shared(number: int, total: int) -> str:
    """The level of a count that is part of a whole; of nothing there is no level."""
    if not total:
        return ""
    return "none" if not number else "all" if number == total else "most" if 2 * number >= total else "some"


SCALE = Words(
    f"Geen is 0, weinig is 1 tot {ENOUGH - 1}, genoeg is {ENOUGH} of meer.",
    f"None is 0, few is 1 to {ENOUGH - 1}, enough is {ENOUGH} or more.",
)
SHARE = Words(
    "Alle is alles, de meeste is de helft of meer, een deel is minder dan de helft.",
    "All is everything, most is half or more, some is less than half.",
)
AREA = Words("Gebied", "Area")
KIND = Words("Soort", "Kind")


def named(words: Words) -> Head:
    """A name that is just words."""
    return Head({"nl": words.nl, "en": words.en})


def spoke_head(spoke: Spoke) -> Head:
    """A thing by its short name on the wheel, for narrow columns."""
    return Head(spoke.short, spoke.ref)


def thing(ref: Ref) -> Head:
    """A thing by its own name."""
    return Head(ref.label, ref)


def pairs_of(**values: str | None) -> Pairs:
    """The (parameter, value) pairs of an address, without what has no value."""
    return tuple((name, value) for name, value in values.items() if value)


def part(number: int, total: int, way: Way | None = None) -> Cell:
    """A count that is part of a whole; it leads somewhere when there is anything to see."""
    return Cell(number, shared(number, total), way if number else None, total)
