"""The lists of the site: rows narrowed down by filters, in the sections and the order a reader looks in."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from kbs_graph.filters import Filters
from kbs_graph.folding import fold, sort_key
from kbs_graph.model import Ref
from kbs_graph.rows import Row, rows, text_in, values
from kbs_graph.store import Store

FACETS_OF = {
    "aspect": ("domein", "niveau", "doelgroep"),
    "bron": ("domein", "bronsoort", "doelgroep", "vindplaats"),
    "organisatie": ("organisatiesoort",),
    "casus": ("domein", "doelgroep"),
    "signaal": ("domein",),
    "specialist": ("domein",),
}
"""What the list of a kind can be narrowed down by, the most asked for first; other lists are short."""

IN_ORDER = ("domein", "competentie", "doelgroep")
"""Kinds with a fixed order of their own: that of the wheel."""

BY_LETTER = "az"
"""The other order of the aspects: by letter, not by area."""

LONG = 30
"""Rows from which a list by letter gets a heading for every letter."""


@dataclass(frozen=True)
class Section:
    """Rows under one heading: a letter, a thing (an area, a type of knowledge), or what `anchor` says; or no heading.

    A section has rows, or sections of its own.
    """

    anchor: str
    rows: tuple[Row, ...] = ()
    letter: str = ""
    heading: Ref | None = None
    sections: tuple["Section", ...] = ()


@dataclass(frozen=True)
class Choice:
    """A value that a list can be narrowed down by: how many rows it would leave, and whether it is chosen."""

    facet: str
    value: str
    ref: Ref
    number: int
    chosen: bool


def admitted(found: Iterable[Row], filters: Filters) -> tuple[Row, ...]:
    """The rows that pass the filters."""
    return tuple(row for row in found if filters.admits(row.facets))


def choices(store: Store, segment: str, filters: Filters) -> dict[str, tuple[Choice, ...]]:
    """What the list of a kind can be narrowed down by, by facet. A number counts what the other facets leave.

    Values that would leave nothing are left out, unless chosen.
    """
    everything = rows(store, segment)
    found = {}
    for facet in FACETS_OF.get(segment, ()):
        others = Filters({name: chosen for name, chosen in filters.chosen.items() if name != facet})
        left = admitted(everything, others)
        chosen = filters.chosen.get(facet, frozenset())
        offered = (
            Choice(facet, ref.slug, ref, sum(ref.slug in row.facets.get(facet, ()) for row in left), ref.slug in chosen)
            for ref in values(store)[facet]
            if ref.slug
        )
        found[facet] = tuple(choice for choice in offered if choice.number or choice.chosen)
    return found


def arranged(
    segment: str, found: Sequence[Row], language: str, order: str = "", first: Collection[str] = ()
) -> tuple[Section, ...]:
    """The rows of a kind in their sections, as a reader of that language looks for them; no rows, no sections.

    `first` are the areas (slugs) the reader asked for: their aspects come before those that only touch them.
    """
    if segment in IN_ORDER:
        return (Section("alles", tuple(sorted(found, key=lambda row: row.ref.order))),) if found else ()
    by_letter = sorted(found, key=lambda row: (*sort_key(text_in(row.ref.label, language)), row.ref.iri))
    if segment == "aspect" and order != BY_LETTER:
        return _by_area(by_letter, first)
    if segment == "signaal":
        urgent, others = ([row for row in by_letter if row.safety is safety] for safety in (True, False))
        return _grouped((("veiligheid", urgent), ("overig", others)))
    if len(by_letter) < LONG:
        return _grouped((("alles", by_letter),))
    letters = groupby(by_letter, key=lambda row: letter_of(text_in(row.ref.label, language)))
    return tuple(Section(f"letter-{letter.lower()}", tuple(group), letter) for letter, group in letters)


def flat(sections: Iterable[Section]) -> list[Row]:
    """All rows of sections, in the order in which they are read."""
    return [row for section in sections for row in (*section.rows, *flat(section.sections))]


def letter_of(text: str) -> str:
    """The letter under which a text stands in a list: its first, as a capital; `0-9` for all but letters."""
    first = fold(text)[:1].upper()
    return first if "A" <= first <= "Z" else "0-9"


def _grouped(groups: Iterable[tuple[str, Sequence[Row]]]) -> tuple[Section, ...]:
    return tuple(Section(anchor, tuple(group)) for anchor, group in groups if group)


def _by_area(found: Sequence[Row], first: Collection[str]) -> tuple[Section, ...]:
    """Aspects under their home area in the order of the wheel, what everyone needs before what some need."""

    def place(row: Row) -> tuple[bool, int, bool]:
        home = row.domains[0] if row.domains else None
        return not (home and home.slug in first), home.order if home else 0, row.specific

    in_turn = sorted(found, key=place)
    sections = []
    for area, group in groupby(in_turn, key=lambda row: row.domains[0] if row.domains else None):
        name = area.slug if area and area.slug else "overig"
        levels = tuple(
            Section(f"{name}-{kind.slug if kind else 'overig'}", tuple(rows_of), heading=kind)
            for kind, rows_of in groupby(group, key=lambda row: row.kind)
        )
        sections.append(Section(name, heading=area, sections=levels))
    return tuple(sections)
