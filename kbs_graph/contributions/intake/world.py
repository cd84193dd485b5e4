"""What a snapshot knows of the things that a contribution names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rdflib.namespace import DCTERMS, FOAF, RDF

from kbs_graph import queries
from kbs_graph.contributions import addresses
from kbs_graph.contributions.sheets.names import Names
from kbs_graph.remote.restoring import at_hand
from kbs_graph.search.label_index import Index
from kbs_graph.snapshot import Snapshot
from kbs_graph.store import LocalStore
from kbs_graph.terms import Iri, K, Term

NEEDED = (Iri(DCTERMS.title), Iri(DCTERMS.type), Iri(DCTERMS.language))
"""What a source must say besides its web address and what it is about."""


@dataclass(frozen=True)
class Known:
    """A thing of the graph: its classes, what follows it; its web addresses and needs, by the graph that gives each."""

    classes: frozenset[str]
    pages: tuple[tuple[Iri, str], ...] = ()
    successor: Iri | None = None
    needs: tuple[tuple[Iri, Term, str], ...] = ()

    @property
    def is_retired(self) -> bool:
        return str(K.Tombstone) in self.classes

    def page(self, besides: str) -> Iri | None:
        """The web address that another graph than `besides` gives."""
        return next((page for page, graph in self.pages if graph != besides), None)

    def needed(self, besides: str) -> list[tuple[Iri, Term]]:
        """What a source cannot do without (title, kind, language), as other graphs than `besides` state it."""
        return [(predicate, value) for predicate, value, graph in self.needs if graph != besides]


class World:
    """A snapshot, asked about one thing at a time, so that the cost follows the size of the contribution."""

    def __init__(self, snapshot: Snapshot):
        self._snapshot = snapshot
        self._store = LocalStore.open(at_hand(snapshot))
        self._seen: dict[str, Known | None] = {}

    @property
    def path(self) -> Path:
        """The folder of the snapshot."""
        return self._snapshot.path

    @cached_property
    def names(self) -> Names:
        """What its things are called."""
        return Names(Index(self._snapshot.search))

    def thing(self, iri: str) -> Known | None:
        """What is known of a thing of ours; None when nothing is said of it."""
        if iri not in self._seen:
            self._seen[iri] = self._ask(Iri(iri))
        return self._seen[iri]

    def by_address(self, pages: Iterable[str]) -> dict[str, str]:
        """The IRIs of the sources that have these web addresses, by address as given."""
        return addresses.known(self._snapshot.path, pages)

    def find(self, text: str, segments: Sequence[str]) -> str | None:
        """The thing of one of these kinds that a name, or an address here, names without doubt."""
        found = self.names.find(text, segments)
        return found.iri if found else None

    def heir(self, iri: str) -> Iri | None:
        """What a retired thing goes on as, followed to its end; None when nothing follows it, or only itself."""
        met, at = {iri}, self.thing(iri)
        last: Iri | None = None
        while at and at.is_retired and at.successor and at.successor not in met:
            last = at.successor
            met.add(last)
            at = self.thing(last)
        return last

    def _ask(self, iri: Iri) -> Known | None:
        said: dict[str, list[tuple[Iri, str]]] = {}
        needs: list[tuple[Iri, Term, str]] = []
        for row in self._store.select(queries.fill("contributions/thing", iri=iri)):
            value, graph = row["value"], str(row["graph"])
            if row["property"] in NEEDED:
                needs.append((Iri(str(row["property"])), value, graph))
            elif isinstance(value, Iri):
                said.setdefault(str(row["property"]), []).append((value, graph))
        if not said:
            return None
        follows = said.get(str(K.continuedAs), []) + said.get(str(DCTERMS.isReplacedBy), [])
        return Known(
            frozenset(value for value, _ in said.get(str(RDF.type), ())),
            tuple(said.get(str(FOAF.page), ())),
            follows[0][0] if follows else None,
            tuple(needs),
        )
