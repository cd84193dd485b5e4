"""What a snapshot tells of the things that can be reconciled against, gathered once and kept as long as its store."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from kbs_graph import queries, rows
from kbs_graph.folding import address_key
from kbs_graph.model import Tagged
from kbs_graph.reconcile.types import TYPES
from kbs_graph.rows import Row
from kbs_graph.store import Store
from kbs_graph.terms import ID, Literal


@dataclass(frozen=True)
class Known:
    """The things by IRI, in the order of lists, and by IRIs they had before; their other words; how many sources are
    about each; and sources and organisations by what identifies their web address (kbs_graph.folding.address_key)."""

    things: Mapping[str, Row]
    formerly: Mapping[str, Row]
    words: Mapping[str, tuple[Tagged, ...]]
    sources: Mapping[str, int]
    addressed: Mapping[str, tuple[Row, ...]]

    def thing(self, text: str) -> Row | None:
        """The thing that a text names by its id (`aspect/meldcode`) or its IRI, or one it had; None for other texts."""
        iri = text if text.startswith(ID) else ID + text
        return self.things.get(iri) or self.formerly.get(iri)

    def at(self, address: str) -> tuple[Row, ...]:
        """The sources and organisations whose web address is this one."""
        return self.addressed.get(address_key(address.strip()), ())


_KEPT: WeakKeyDictionary[Store, Known] = WeakKeyDictionary()


def of(store: Store) -> Known:
    """What is known, read from the store at first use."""
    if store not in _KEPT:
        _KEPT[store] = _gather(store)
    return _KEPT[store]


def _gather(store: Store) -> Known:
    things = {row.ref.iri: row for each in TYPES for row in rows.rows(store, each.segment)}
    words: dict[str, list[Tagged]] = defaultdict(list)
    formerly = {}
    for found in store.select(queries.fill("lists/other-names")):
        thing, name = str(found["thing"]), found["name"]
        if isinstance(name, Literal):
            words[thing].append(Tagged(name.value, name.language or ""))
        elif thing in things:
            formerly[str(name)] = things[thing]
    counts: dict[str, int] = defaultdict(int)
    for row in rows.rows(store, "bron"):
        for ref in (*row.about, *row.domains, *row.target_groups):
            counts[ref.iri] += 1
    counts.update({row.ref.iri: row.number for row in rows.rows(store, "organisatie")})
    addressed: dict[str, list[Row]] = defaultdict(list)
    for row in things.values():
        if row.address:
            addressed[address_key(row.address)].append(row)
    return Known(
        things,
        formerly,
        {iri: tuple(found) for iri, found in words.items()},
        dict(counts),
        {key: tuple(found) for key, found in addressed.items()},
    )
