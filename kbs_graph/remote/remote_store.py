"""The three questions, asked of a store elsewhere about one publication."""

import logging
from collections.abc import Iterable, Iterator
from itertools import pairwise

from kbs_graph import queries
from kbs_graph.config import Settings
from kbs_graph.published_names import MANIFEST
from kbs_graph.remote import answers, publication, trouble
from kbs_graph.remote.answers import Solutions, Unreadable
from kbs_graph.remote.dialect import prepare
from kbs_graph.remote.entry import Place
from kbs_graph.remote.publication import Publication
from kbs_graph.remote.trouble import Trouble
from kbs_graph.remote.wire import JSON, N_TRIPLES, Wire
from kbs_graph.store import Row
from kbs_graph.terms import Iri, Literal, Term, Triple

LARGEST = 256 << 20
"""Bytes of an answer to a question of our own."""
PART = 25_000
"""Statements of a graph read at a time, about: a store may refuse a million, or take too long over them."""
_LOG = logging.getLogger(__name__)


class Remote:
    """A store elsewhere. Make one a process, after fork."""

    def __init__(self, settings: Settings):
        self.seconds = settings.store_seconds
        self.wire = Wire(Place(settings.store, settings.store_user, settings.store_password))

    def publication(self) -> Publication | None:
        """What is published there now; None for nothing. Raises Trouble."""
        found = self.solutions(queries.fill("remote/manifest", graph=MANIFEST)).rows
        texts = [row["text"].value for row in found if isinstance(row.get("text"), Literal)]  # type: ignore[union-attr]
        try:
            return max(map(publication.read, texts), key=lambda each: each.number, default=None)
        except ValueError as error:
            raise trouble.unreadable(self.wire.place.address, f"<{MANIFEST}>: {error}") from error

    def count(self, graph: Iri) -> int:
        """How many statements stand in a graph of the store."""
        (row,) = self.solutions(queries.fill("remote/count", graph=graph)).rows
        number = row["number"]
        return int(number.value) if isinstance(number, Literal) else 0

    def must_give_all(self, graph: Iri) -> None:
        """Raise Trouble when the store cuts long answers off. Virtuoso says so of SELECT, and not of CONSTRUCT."""
        self.solutions(queries.fill("remote/rows", graph=graph))

    def content(self, graph: Iri) -> Iterator[Triple]:
        """All that stands in a graph of the store, each statement once: as a whole, or in parts where it is large.

        The parts overlap nowhere and need no order: a property each, and of much used ones a range of hashes. A blank
        node has no hash, so that a graph that is not ours may lack some; whoever has to know counts.
        """
        if self.count(graph) <= PART:
            yield from self.triples(queries.fill("remote/graph", graph=graph))
            return
        for row in self.solutions(queries.fill("remote/predicates", graph=graph)).rows:
            number = row["number"]
            assert isinstance(number, Literal)
            for low, high in pairwise(map(Literal, _bounds(int(number.value)))):
                yield from self.triples(self._part(graph, row["predicate"], low, high))

    def solutions(self, query: str) -> Solutions:
        answer = self.wire.query(query, JSON, self.seconds, LARGEST)
        try:
            found = answers.solutions(answer.body)
        except Unreadable as error:
            raise trouble.unreadable(self.wire.place.address, str(error)) from error
        self._whole(len(found.rows), answer.most_rows)
        return found

    def triples(self, query: str) -> list[Triple]:
        answer = self.wire.query(query, N_TRIPLES, self.seconds, LARGEST)
        try:
            found = answers.triples(answer.body)
        except Unreadable as error:
            raise trouble.unreadable(self.wire.place.address, str(error)) from error
        self._whole(len(found), answer.most_rows)
        return found

    def _part(self, graph: Iri, predicate: Term, low: Literal, high: Literal) -> str:
        try:
            return queries.fill("remote/part", graph=graph, predicate=predicate, low=low, high=high)
        except ValueError as error:
            raise trouble.unreadable(self.wire.place.address, str(error)) from error

    def _whole(self, size: int, most: int) -> None:
        if 0 < most <= size:
            raise trouble.cut_short(self.wire.place.address, most)


class RemoteStore:
    """One publication in a store elsewhere, asked as a store of our own is (`store.Store`). It never changes.

    When the store does not answer, every question raises Unavailable; what is wrong is logged, without credentials.
    """

    def __init__(self, remote: Remote, published: Publication, left_out: frozenset[Iri] = frozenset()):
        self.published = published
        self._remote, self._left_out = remote, left_out
        self._dataset = published.dataset(left_out)

    def select(self, query: str) -> list[Row]:
        return self._solutions(query).rows

    def ask(self, query: str) -> bool:
        return bool(self._solutions(query).rows)

    def construct(self, query: str) -> list[Triple]:
        try:
            return self._remote.triples(prepare(query, self._dataset))
        except Trouble as error:
            raise logged(error) from error

    def without(self, graphs: Iterable[str]) -> "RemoteStore":
        """The same without some graphs; itself when there are none to leave out."""
        more = frozenset(map(Iri, graphs)) - self._left_out
        return RemoteStore(self._remote, self.published, self._left_out | more) if more else self

    def graph(self, iri: str) -> frozenset[str]:
        """All that stands in one graph, as N-Triples lines."""
        stored = self.published.graphs.get(Iri(iri))
        if stored is None:
            return frozenset()
        try:
            return frozenset(map(answers.line, self._remote.content(stored.name)))
        except Trouble as error:
            raise logged(error) from error

    def _solutions(self, query: str) -> Solutions:
        try:
            return self._remote.solutions(prepare(query, self._dataset))
        except Trouble as error:
            raise logged(error) from error


def _bounds(number: int) -> list[str]:
    """Where to cut hashes (in hex) so that of so many statements about PART lie between one bound and the next."""
    parts = -(-number // PART)
    return ["", *(f"{part * 16**8 // parts:08x}" for part in range(1, parts)), "g"]


def logged(error: Trouble) -> Trouble:
    """The error itself, after what it tells an operator is in the log."""
    _LOG.error("%s", error.told.en)
    return error
