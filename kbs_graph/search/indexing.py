"""The search index of a snapshot: the labels and texts of every thing, with what a result shows and is filtered by."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

from kbs_graph import queries
from kbs_graph.folding import address_key
from kbs_graph.model import Ref
from kbs_graph.rows import Row, rows
from kbs_graph.search.label_index import Thing, Word
from kbs_graph.search.label_writer import change, write
from kbs_graph.store import LocalStore, Store
from kbs_graph.terms import KINDS, Literal


def build(store_path: Path, target: Path) -> None:
    """Write the index of the store at `store_path` to the new file `target`."""
    fill(LocalStore.open(store_path), target)


def fill(store: Store, target: Path) -> None:
    """Write the index of a store to the new file `target`. The same content gives the same bytes."""
    found = {row.ref.iri: row for segment in KINDS for row in rows(store, segment)}
    things = [Thing(iri, _facts(found[iri]), _facets(found[iri], found)) for iri in sorted(found)]
    numbers = {thing.iri: number for number, thing in enumerate(things)}
    write(target, things, _words(store, numbers), _addresses(found, numbers))


def renew(store: Store, iris: Collection[str], before: Path, target: Path) -> None:
    """Write to `target` (and beside it) the index `before`, with what it holds of some things as they are now.

    `store` holds these things whole, and of what they link to at least the labels, kinds and home areas; those of them
    that it does not hold are gone.
    """
    found = {row.ref.iri: row for segment in KINDS for row in rows(store, segment)}
    things = [Thing(iri, _facts(found[iri]), _facets(found[iri], found)) for iri in sorted(found) if iri in iris]
    numbers = {thing.iri: number for number, thing in enumerate(things)}
    change(before, target, iris, things, _words(store, numbers), _addresses(found, numbers))


def _words(store: Store, numbers: dict[str, int]) -> Iterable[Word]:
    for query, key in (("lists/labels", "label"), ("lists/texts", "text")):
        for row in store.select(queries.fill(query)):
            text, role, thing = row[key], row["role"], str(row["thing"])
            assert isinstance(text, Literal) and isinstance(role, Literal)
            if thing in numbers:
                yield Word(numbers[thing], role.value, text.language or "", text.value)


def _addresses(found: Mapping[str, Row], numbers: Mapping[str, int]) -> list[tuple[str, int]]:
    """The key of the web address of every source, with its number."""
    sources = ((row.address, numbers.get(iri)) for iri, row in found.items() if row.ref.segment == "bron")
    return sorted((address_key(address), number) for address, number in sources if address and number is not None)


def _facts(row: Row) -> dict[str, object]:
    """What a result shows of a thing, as JSON; `kbs_graph.search.results` reads it back."""
    own = [row.ref] if row.ref.segment == "domein" else list(row.domains)
    single = own[0] if len(own) == 1 or (own and row.ref.segment == "aspect") else None
    return {
        "label": dict(row.ref.label),
        "sentence": dict(row.sentence),
        "domain": _ref(single) if single else None,
    }


def _facets(row: Row, found: dict[str, Row]) -> dict[str, list[str]]:
    """The facets of a row; a source is also about the home areas of the aspects it is about."""
    through = {
        aspect.domains[0].slug or ""
        for ref in row.about
        if row.ref.segment == "bron" and (aspect := found.get(ref.iri)) and aspect.domains
    }
    values = {**row.facets, "domein": row.facets.get("domein", frozenset()) | through}
    return {facet: sorted(chosen) for facet, chosen in values.items() if chosen}


def _ref(ref: Ref) -> dict[str, object]:
    return {**asdict(ref), "label": dict(ref.label)}
