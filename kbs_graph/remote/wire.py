"""One request to a store elsewhere, within limits. The door to SPARQLWrapper and urllib3.

Every answer has a limit on time and size and is of the type that was asked for, whole, from the address that was given:
no redirect is followed. What changes nothing when it is done twice is tried again, a few times, when the store is away.
"""

import random
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import urllib3
from SPARQLWrapper import POST, SPARQLWrapper
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, SSLError, TimeoutError

from kbs_graph import __version__
from kbs_graph.engine.foreign_answers import Received
from kbs_graph.remote import trouble
from kbs_graph.remote.entry import Entry, Place
from kbs_graph.remote.trouble import Refused, Trouble

TRIES = 3
PAUSE = 0.3
"""Seconds before the second try, doubled before each next one, and then anything from half to all of that."""
GONE_FOR = 2.0
"""Seconds after a store turned out to be away in which it is not asked again: no reader waits for nothing."""
CONNECT = 5.0
"""Seconds for a connection, at most."""
JSON, N_TRIPLES = "application/sparql-results+json", "application/n-triples"
_SAME = {JSON: (JSON, "application/json"), N_TRIPLES: (N_TRIPLES, "text/plain")}
"""By which types an answer may come."""
_PIECE = 1 << 16
_BUSY = (429, 502, 503, 504)
_CLOSED = (403, 404, 405, 501)
"""What a store that cannot be written to answers."""
_REASON = 200
"""Signs of what a store says is wrong that are passed on."""


@dataclass(frozen=True)
class _Request:
    """What is sent. `accept` is the one type that will do for an answer; empty when something is written."""

    method: str
    address: str
    body: bytes = b""
    content_type: str = ""
    accept: str = ""


class _Question(SPARQLWrapper):
    """A query as SPARQLWrapper puts it on the wire: a form, which every store reads (Virtuoso hangs on the text)."""

    def __init__(self, place: Place, query: str, seconds: float):
        super().__init__(place.address)
        self.setMethod(POST)
        self.setOnlyConneg(True)
        self.addParameter("timeout", str(max(1000, int(seconds * 1000))))
        self.queryString = query  # not setQuery, which reads the query by patterns that take long on odd ones

    def request(self, accept: str) -> _Request:
        made: urllib.request.Request = self._createRequest()
        assert isinstance(made.data, bytes)
        return _Request("POST", made.full_url, made.data, made.get_header("Content-type") or "", accept)


class Wire:
    """The connections of a process with one address. Safe to use from several threads; make it after fork."""

    def __init__(self, place: Place, patient: bool = False):
        """`patient`: ask again at once where the last question went wrong, as strangers' questions may."""
        self.place = place
        self._gone_for = 0.0 if patient else GONE_FOR
        self._http = urllib3.PoolManager(
            maxsize=16, retries=False, headers={"User-Agent": f"kennisbouwstenen/{__version__}"}
        )
        self._entry = Entry(place)
        self._gone_until = 0.0

    def query(self, query: str, accept: str, seconds: float, most_bytes: int) -> Received:
        """The answer to a query as JSON or N_TRIPLES. Raises Trouble."""
        return self._tried(_Question(self.place, query, seconds).request(accept), seconds, most_bytes)

    def put(self, graph: str, lines: bytes, seconds: float) -> None:
        """Make a graph hold these N-Triples and nothing else (SPARQL 1.1 Graph Store HTTP Protocol, 5.3)."""
        self._tried(_Request("PUT", self._of(graph), lines, N_TRIPLES), seconds, _PIECE)

    def add(self, graph: str, lines: bytes, seconds: float) -> None:
        """Add N-Triples to a graph (5.5); doing it twice changes nothing."""
        self._tried(_Request("POST", self._of(graph), lines, N_TRIPLES), seconds, _PIECE)

    def remove(self, graph: str, seconds: float) -> None:
        """Remove a graph (5.4), if it is there."""
        self._tried(_Request("DELETE", self._of(graph)), seconds, _PIECE)

    def _of(self, graph: str) -> str:
        return f"{self.place.address}{'&' if '?' in self.place.address else '?'}graph={quote(graph, safe='')}"

    def _tried(self, request: _Request, seconds: float, most: int) -> Received:
        if time.monotonic() < self._gone_until:
            raise trouble.away(self.place.address, "since a moment ago")
        deadline = time.monotonic() + seconds
        for turn in range(1, TRIES + 1):
            try:
                return self._once(request, deadline, most)
            except TimeoutError:
                self._gone_until = time.monotonic() + self._gone_for
                raise trouble.slow(self.place.address, seconds) from None
            except Trouble as error:
                pause = PAUSE * 2 ** (turn - 1) * random.uniform(0.5, 1)  # noqa: S311
                if not error.passes:
                    raise
                if turn == TRIES or time.monotonic() + pause >= deadline:
                    self._gone_until = time.monotonic() + self._gone_for
                    raise
            time.sleep(pause)
        raise AssertionError("the last try either answers or raises")

    def _once(self, request: _Request, deadline: float, most: int) -> Received:
        """One try. Raises Trouble, and TimeoutError at the deadline."""
        place = self.place.address
        try:
            response = self._send(request, deadline)
            if response.status == 401 and self._entry.take(response.headers.get("WWW-Authenticate", "")):
                response.close()
                response = self._send(request, deadline)
            try:
                _judge(response, request, place)
                body = b"".join(_pieces(response, most, deadline))
            except BaseException:
                response.close()
                raise
            response.release_conn()
        except OverflowError:
            raise trouble.too_large(place, most) from None
        except (ConnectTimeoutError, NewConnectionError, SSLError) as error:  # before TimeoutError, which some are
            raise trouble.away(place, str(error).rpartition(": ")[2][:_REASON]) from error
        except TimeoutError:
            raise
        except HTTPError as error:
            raise trouble.broken_off(place) from error
        return Received(body, int(response.headers.get("X-SPARQL-MaxRows") or 0))

    def _send(self, request: _Request, deadline: float) -> urllib3.BaseHTTPResponse:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        kinds = {"Content-Type": request.content_type, "Accept": request.accept}
        headers = {name: value for name, value in kinds.items() if value}
        return self._http.request(
            request.method,
            request.address,
            body=request.body,
            headers={**self._http.headers, **headers, **self._entry.headers(request.method, request.address)},
            timeout=urllib3.Timeout(connect=min(left, CONNECT), read=left),
            preload_content=False,
            redirect=False,
        )


def _judge(response: urllib3.BaseHTTPResponse, request: _Request, place: str) -> None:
    """Raise Trouble for anything but a whole, good answer of the type that was asked for."""
    status, headers = response.status, response.headers
    if request.method == "DELETE" and status == 404:
        return
    if not request.accept and status in _CLOSED:
        raise trouble.read_only(place, status)
    if status in (401, 403):
        raise trouble.no_entry(place, status, writing=not request.accept)
    if 300 <= status < 400:
        raise trouble.redirected(place, urlsplit(headers.get("Location", "")).netloc)
    if status in _BUSY:
        raise trouble.busy(place, status)
    if status >= 300:
        raise Refused(place, status, _reason(response))
    if not request.accept:
        return
    found = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if found not in _SAME[request.accept]:
        raise trouble.other_type(place, found, request.accept)
    if headers.get("X-SQL-State"):  # Virtuoso gives what it had when its time was over
        raise TimeoutError
    if "Content-Length" not in headers and "chunked" not in headers.get("Transfer-Encoding", ""):
        raise trouble.unreadable(place, "Content-Length?")


def _pieces(response: urllib3.BaseHTTPResponse, most: int, deadline: float) -> Iterator[bytes]:
    """The body as it comes. Raises OverflowError beyond `most` bytes, TimeoutError at the deadline."""
    size = 0
    while piece := response.read1(_PIECE):
        size += len(piece)
        if size > most:
            raise OverflowError
        if time.monotonic() > deadline:
            raise TimeoutError
        yield piece


def _reason(response: urllib3.BaseHTTPResponse) -> str:
    """The first line of what a store says is wrong, without signs that no text has."""
    line = response.read1(_PIECE).decode("utf-8", "replace").strip().partition("\n")[0]
    return "".join(sign if sign.isprintable() else " " for sign in line)[:_REASON]
