"""The queries of strangers to a store elsewhere: parsed first, sent with no right to write, within limits.

A worker of the pool parses the query on an empty store, so that what is no SPARQL, or too deep, is refused as always.
Then the store is asked, and the same worker writes its answer in the form that was asked for: what a stranger made the
store say is never parsed here. Turns, limits and penalties are those of the pool.
"""

import shutil
import tempfile
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from kbs_graph.config import Settings
from kbs_graph.engine import refusals
from kbs_graph.engine.foreign_answers import GRAPH, Received, Unfit
from kbs_graph.engine.pool import Answer, Pool
from kbs_graph.errors import BadRequest
from kbs_graph.published_names import unversioned
from kbs_graph.remote import trouble
from kbs_graph.remote.dialect import prepare
from kbs_graph.remote.entry import Place
from kbs_graph.remote.publication import Publication
from kbs_graph.remote.remote_store import logged
from kbs_graph.remote.trouble import Refused, Slow, TooBig, Trouble
from kbs_graph.remote.wire import JSON, N_TRIPLES, Wire
from kbs_graph.sparql import Question, ask


class Answering:
    """Asks a store elsewhere what strangers ask. One a process, made after fork; safe to use from several threads."""

    def __init__(self, settings: Settings, pool: Pool):
        self._settings, self._pool = settings, pool
        self._wire = Wire(Place(settings.store, settings.store_user, settings.store_password), patient=True)

    def ask(self, published: Publication, question: Question) -> Answer:
        """Answer a query about one publication. Raises what `sparql.ask` raises."""
        limits, fetch = self._settings, partial(self._fetch, published, question)
        try:
            return ask(self._pool, _nothing(limits.var), question, limits.query_bytes, limits.query_depth, fetch)
        except Unfit as error:
            place = self._wire.place.address
            wrong = trouble.cut_short(place, error.rows) if error.rows else trouble.unreadable(place, error.why)
            raise logged(wrong) from error

    def _fetch(self, published: Publication, question: Question, kind: str, seconds: float) -> Received:
        """What the store answers, as it is. Raises BadRequest, TooLarge, Trouble, and TimeoutError."""
        text = prepare(question.query, published.dataset(), question.default_graphs, question.named_graphs)
        most = self._settings.query_output_mb
        try:
            return self._wire.query(text, N_TRIPLES if kind == GRAPH else JSON, seconds, most << 20)
        except Slow as error:
            raise TimeoutError from error
        except TooBig as error:
            raise refusals.too_large(most) from error
        except Refused as error:
            reason = unversioned(error.reason)
            raise BadRequest(
                f"De store kan deze vraag niet beantwoorden: {reason}",
                f"The store cannot answer this query: {reason}",
            ) from error
        except Trouble as error:
            raise logged(error) from error


def _nothing(var: Path) -> Path:
    """A store with nothing in it, to parse on; made at first need."""
    place = var / "empty-store"
    if not place.is_dir():
        made = Path(tempfile.mkdtemp(prefix="empty-", dir=var))
        ox.Store(str(made)).flush()
        try:
            made.rename(place)
        except OSError:  # another process was first
            shutil.rmtree(made)
    return place
