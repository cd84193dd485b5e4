"""Connections to the real server: refusals in words, clients that never hang up, and one that takes all it can get."""

import contextlib
import http.client
import json
import socket
from collections.abc import Iterator

import pytest
from small_site import Server, started

from kbs_graph.config import Settings
from webui.connections import FOR_OTHERS

THREADS = FOR_OTHERS + 4
HALF_A_REQUEST = b"GET /sparql?query=A"
LAST_REQUEST = b"GET /sparql?query=ASK{} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
Address = tuple[str, int]


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    """The real server, with few threads in each of its two processes."""
    with started(settings, **{"webui.server.THREADS": THREADS}) as found:
        yield found


@contextlib.contextmanager
def many(place: Address, number: int, sent: bytes) -> Iterator[list[socket.socket]]:
    """Connections of one client, on each of which it sent this and now does nothing more."""
    with contextlib.ExitStack() as stack:
        opened = [stack.enter_context(socket.create_connection(place, timeout=120)) for _ in range(number)]
        for each in opened:
            each.sendall(sent)
        yield opened


def others_are_answered(place: Address) -> bool:
    """Whether clients at another address are, by both processes."""
    for _ in range(6):
        other = http.client.HTTPConnection(*place, timeout=60, source_address=("127.0.0.2", 0))
        other.request("GET", "/nl/")
        assert other.getresponse().status == 200
        other.close()
    return True


def everything(connection: socket.socket) -> bytes:
    return b"".join(iter(lambda: connection.recv(65536), b""))


@pytest.mark.parametrize(
    ("sent", "status", "told"),
    [
        (b"GET /sparql?query=" + b"x" * 9000 + b" HTTP/1.1\r\n\r\n", 414, "Send a long query by POST."),
        (b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 200 + b"\r\n", 431, "Send less."),
        (b"SELECT ?secret\r\n\r\n", 400, "not valid HTTP"),
    ],
    ids=["a long address", "many headers", "no HTTP"],
)
def test_what_is_no_request_is_refused_in_words_and_logged_nowhere(
    server: Server, sent: bytes, status: int, told: str
) -> None:
    with many(server.place, 1, sent) as (connection,):
        head, _, body = everything(connection).partition(b"\r\n\r\n")
    problem = json.loads(body)
    assert head.startswith(b"HTTP/1.1 %d " % status)
    assert b"application/problem+json" in head and b"Access-Control-Allow-Origin: *" in head
    assert problem["status"] == status and told in problem["detail"]
    assert server.ended() == ""


@pytest.mark.slow
def test_who_never_hangs_up_holds_up_nobody(server: Server) -> None:
    """Waited for by the loop that accepts connections, they would cost the others two seconds each."""
    with many(server.place, 2 * FOR_OTHERS, LAST_REQUEST):
        assert others_are_answered(server.place)


@pytest.mark.slow
def test_one_client_leaves_threads_to_the_others(server: Server) -> None:
    with many(server.place, 4 * THREADS, HALF_A_REQUEST) as opened:
        assert others_are_answered(server.place)
        refused = next(answer for answer in map(_at_once, opened) if answer)
        assert refused.startswith(b"HTTP/1.1 429 ") and b"Retry-After: 5\r\n" in refused


def _at_once(connection: socket.socket) -> bytes:
    """What was answered until now."""
    connection.setblocking(False)
    with contextlib.suppress(BlockingIOError):
        return connection.recv(65536)
    return b""
