"""What a list or a search is narrowed down to: chosen values per facet, as they stand in the address.

Values of one facet widen (either will do), facets narrow (all must hold). A value is the slug of a thing of the graph,
or of `soort` the path segment of a kind.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

FACETS = ("soort", "domein", "doelgroep", "niveau", "bronsoort", "organisatiesoort", "vindplaats")
"""The facets, by the name of their parameter: kind, domain, target group, level, kind of source, of maker, address."""

Facets = Mapping[str, frozenset[str]]
"""The values a thing has in each facet; a facet it has no value in may be left out."""


@dataclass(frozen=True)
class Filters:
    """The chosen values of each facet; a facet without any is not filtered on."""

    chosen: Facets = field(default_factory=dict)

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> "Filters":
        """The filters of (facet, value) pairs; other names and empty values are passed over."""
        chosen: dict[str, set[str]] = {}
        for facet, value in pairs:
            if facet in FACETS and value:
                chosen.setdefault(facet, set()).add(value)
        return cls({facet: frozenset(values) for facet, values in chosen.items()})

    def __bool__(self) -> bool:
        return any(self.chosen.values())

    def admits(self, facets: Facets) -> bool:
        """Whether a thing with these values passes."""
        return all(values & facets.get(facet, frozenset()) for facet, values in self.chosen.items() if values)

    def pairs(self) -> list[tuple[str, str]]:
        """The (facet, value) pairs in a fixed order, for an address."""
        return [(facet, value) for facet in FACETS for value in sorted(self.chosen.get(facet, ()))]

    def toggled(self, facet: str, value: str) -> "Filters":
        """The same filters with one value added, or taken away when it was chosen."""
        return Filters({**self.chosen, facet: self.chosen.get(facet, frozenset()) ^ {value}})
