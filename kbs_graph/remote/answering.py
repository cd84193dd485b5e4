"""The queries of strangers to a store elsewhere: parsed here first, sent with no right to write, within limits.

A worker parses the query on an empty store, so that what is no SPARQL, or too deep, is refused here as always. The
store answers in one of two plain forms, of which the form that was asked for is made.
"""

import io
import shutil
import tempfile
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, BinaryIO, cast

import pyoxigraph as ox

from kbs_graph.config import Settings
from kbs_graph.errors import BadRequest, KbsError, TooLarge, Unavailable
from kbs_graph.remote import answers, trouble
from kbs_graph.remote.dialect import prepare
from kbs_graph.remote.entry import Place
from kbs_graph.remote.naming import unversioned
from kbs_graph.remote.publication import Publication
from kbs_graph.remote.remote_store import logged
from kbs_graph.remote.trouble import Refused, Slow, TooBig, Trouble
from kbs_graph.remote.wire import JSON, N_TRIPLES, Wire
from kbs_graph.remote.wire import Answer as Received
from kbs_graph.sparql import Question, ask
from kbs_graph.workers import Answer, Pool

_PIECE = 1 << 16


class Answering:
    """Asks a store elsewhere what strangers ask. One a process, made after fork; safe to use from several threads."""

    def __init__(self, settings: Settings, pool: Pool):
        self._settings, self._pool = settings, pool
        self._wire = Wire(Place(settings.store, settings.store_user, settings.store_password), patient=True)
        self._places = BoundedSemaphore(settings.query_workers)

    def ask(self, published: Publication, question: Question) -> Answer:
        """Answer a query about one publication, whole. Raises what `sparql.ask` raises."""
        limits = self._settings
        parsed = ask(self._pool, _nothing(limits.var), _only_parsed(question), limits.query_bytes, limits.query_depth)
        b"".join(parsed.chunks)
        if question.head:
            return parsed
        text = prepare(question.query, published.dataset(), question.default_graphs, question.named_graphs)
        if not self._places.acquire(timeout=limits.query_seconds):
            raise Unavailable(
                "Alle plaatsen voor vragen zijn bezet. Probeer het over een paar seconden opnieuw.",
                "All places for queries are taken. Try again in a few seconds.",
            )
        try:
            body = self._answered(text, parsed.media_type, parsed.media_type == question.graph_type)
        finally:
            self._places.release()
        return Answer(parsed.media_type, (body[at : at + _PIECE] for at in range(0, len(body), _PIECE)))

    def _answered(self, text: str, media_type: str, is_graph: bool) -> bytes:
        most = self._settings.query_output_mb << 20
        try:
            received = self._wire.query(text, N_TRIPLES if is_graph else JSON, self._settings.query_seconds, most)
            self._whole(received, is_graph)
            return _written(received.body, media_type, is_graph, most)
        except (SyntaxError, ValueError) as error:
            raise logged(trouble.unreadable(self._wire.place.address, str(error)[:200])) from error
        except OverflowError as error:
            raise _too_large(self._settings) from error
        except Trouble as error:
            raise _refusal(error, self._settings) from error

    def _whole(self, received: Received, is_graph: bool) -> None:
        """Raise Trouble when the store leaves out what is beyond a limit of its own."""
        if received.most_rows:
            found = received.body.count(b"\n") if is_graph else len(answers.solutions(received.body).rows)
            if found >= received.most_rows:
                raise trouble.cut_short(self._wire.place.address, received.most_rows)


class _Limited(io.BytesIO):
    """Bytes in memory. Raises OverflowError beyond `most`."""

    def __init__(self, most: int):
        super().__init__()
        self._most = most

    def write(self, data: Any) -> int:
        if self.tell() + len(data) > self._most:
            raise OverflowError
        return super().write(data)


def _only_parsed(question: Question) -> Question:
    return Question(**{**vars(question), "head": True})


def _written(body: bytes, media_type: str, is_graph: bool, most: int) -> bytes:
    """An answer in the form that was asked for, under the names our graphs have here."""
    text = unversioned(body.decode("utf-8")).encode() if b"#v" in body else body
    out = cast(BinaryIO, _Limited(most))
    if is_graph:
        triples = ox.parse(input=text, format=ox.RdfFormat.N_TRIPLES)
        ox.serialize((quad.triple for quad in triples), out, format=cast(Any, ox.RdfFormat.from_media_type(media_type)))
    else:
        found = ox.parse_query_results(input=answers.plain_json(text), format=ox.QueryResultsFormat.JSON)
        found.serialize(out, format=cast(Any, ox.QueryResultsFormat.from_media_type(media_type)))
    return cast(_Limited, out).getvalue()


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


def _refusal(error: Trouble, limits: Settings) -> KbsError:
    """What a stranger is told: the limits are ours, and what the store says of the query itself may help."""
    if isinstance(error, Slow):
        seconds = limits.query_seconds
        return Unavailable(
            f"De vraag duurde langer dan {seconds:g} seconden. Maak hem kleiner, bijvoorbeeld met LIMIT 100.",
            f"The query took longer than {seconds:g} seconds. Make it smaller, for example with LIMIT 100.",
        )
    if isinstance(error, TooBig):
        return _too_large(limits)
    if isinstance(error, Refused):
        reason = unversioned(error.reason)
        return BadRequest(
            f"De store kan deze vraag niet beantwoorden: {reason}",
            f"The store cannot answer this query: {reason}",
        )
    return logged(error)


def _too_large(limits: Settings) -> TooLarge:
    return TooLarge(
        f"Het antwoord is groter dan {limits.query_output_mb} MiB. Vraag minder, bijvoorbeeld met LIMIT.",
        f"The answer is larger than {limits.query_output_mb} MiB. Ask for less, for example with LIMIT.",
    )
