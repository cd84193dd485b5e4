"""The endpoint under its real server: what goes over the line, clients that leave or dawdle, answers that fail."""

import http.client
import socket
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from small_site import started

from kbs_graph.config import Settings

ASK = "/sparql?" + urlencode({"query": "ASK {}"})
LARGE = "/sparql?" + urlencode({"query": "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f }"})
FORM = "Content-Type: application/x-www-form-urlencoded"
ANSWERED = b"HTTP/1.1 200 OK"


@pytest.fixture(scope="module")
def address(settings: Settings, short: int) -> Iterator[tuple[str, int]]:
    """A server with one query worker in each of its processes, that may be asked for a few seconds."""
    limits = replace(settings, query_seconds=short, query_output_mb=16, query_workers=1, query_forgiven_seconds=0.001)
    with started(limits) as server:
        yield server.place


@pytest.fixture
def connection(address: tuple[str, int]) -> Iterator[http.client.HTTPConnection]:
    made = http.client.HTTPConnection(*address, timeout=120)
    yield made
    made.close()


def line(address: tuple[str, int], *headers: str) -> socket.socket:
    """An open connection on which a request was begun."""
    made = socket.create_connection(address, timeout=120)
    made.sendall("\r\n".join([*headers, "Host: localhost", "", ""]).encode())
    return made


def everything(made: socket.socket) -> bytes:
    with made:
        return b"".join(iter(lambda: made.recv(65536), b""))


def others_are_answered(address: tuple[str, int]) -> bool:
    """Whether both processes, each with its one worker, answer."""
    answers = [everything(line(address, f"GET {ASK} HTTP/1.1", "Connection: close")) for _ in range(4)]
    return all(answer.startswith(ANSWERED) for answer in answers)


@pytest.mark.parametrize(
    ("method", "path"),
    [("HEAD", ASK), ("HEAD", LARGE), ("HEAD", "/sparql"), ("OPTIONS", "/sparql")],
    ids=["HEAD of a query", "HEAD of a long answer", "HEAD without a query", "OPTIONS"],
)
def test_nothing_but_headers_goes_over_the_line(address: tuple[str, int], method: str, path: str) -> None:
    head, _, body = everything(line(address, f"{method} {path} HTTP/1.1", "Connection: close")).partition(b"\r\n\r\n")
    assert head.startswith(ANSWERED if method == "HEAD" else b"HTTP/1.1 204 ")
    assert body == b""
    assert method == "HEAD" or (b"ontent-Length" not in head and b"ransfer-Encoding" not in head)


def test_a_connection_goes_on_after_every_kind_of_answer(connection: http.client.HTTPConnection) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for method, path, body, status in (
        ("HEAD", ASK, None, 200),
        ("OPTIONS", "/sparql", None, 204),
        ("GET", "/sparql?query=nonsense", None, 400),
        ("POST", "/sparql", "update=CLEAR+ALL", 403),
        ("PUT", ASK, "ASK {}", 405),
        ("POST", "/sparql", "query=ASK+{}", 200),
    ):
        connection.request(method, path, body, form if body else {})
        answer = connection.getresponse()
        assert answer.status == status
        answer.read()


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_an_answer_that_hits_a_limit_on_the_way_never_looks_whole(
    connection: http.client.HTTPConnection, coding: str
) -> None:
    connection.request("GET", LARGE, headers={"Accept": "text/csv", "Accept-Encoding": coding})
    answer = connection.getresponse()
    assert answer.status == 200
    assert answer.headers.get("Content-Encoding", "identity") == coding
    with pytest.raises((http.client.IncompleteRead, ConnectionResetError)):
        while answer.read(1 << 16):
            pass


def test_who_reads_nothing_on_holds_no_worker_beyond_the_limit(address: tuple[str, int]) -> None:
    slow = [line(address, f"GET {LARGE} HTTP/1.1") for _ in range(4)]
    for each in slow:
        assert each.recv(1) == b"H"
    assert others_are_answered(address)
    for each in slow:
        each.close()


@pytest.mark.parametrize(
    "begun",
    [
        ["POST /sparql HTTP/1.1", FORM, "Content-Length: 1000"],
        ["POST /sparql HTTP/1.1", FORM, "Transfer-Encoding: chunked"],
        [f"GET {LARGE} HTTP/1.1"],
    ],
    ids=["in a form", "in a chunk", "before the answer"],
)
def test_who_hangs_up_half_way_costs_nothing(address: tuple[str, int], begun: list[str]) -> None:
    for _ in range(4):
        with line(address, *begun) as made:
            made.sendall(b"5\r\nquery" if "chunked" in begun[-1] else b"query=ASK")
    assert others_are_answered(address)


@pytest.mark.parametrize("sent", ["GET /sparql?query=%00 HTTP/1.1", "GET /sparql?query=\x7f HTTP/1.1", "ASK {}"])
def test_raw_nonsense_is_refused(address: tuple[str, int], sent: str) -> None:
    assert everything(line(address, sent, "Connection: close"))[:10] in (b"HTTP/1.1 4", b"HTTP/1.0 4")


def test_a_query_too_long_for_an_address_is_refused_and_fits_in_a_form(
    address: tuple[str, int], connection: http.client.HTTPConnection
) -> None:
    query = urlencode({"query": "ASK {} #" + "x" * 9000})
    assert everything(line(address, f"GET /sparql?{query} HTTP/1.1", "Connection: close")).startswith(b"HTTP/1.1 4")
    connection.request("POST", "/sparql", query, {"Content-Type": "application/x-www-form-urlencoded"})
    assert connection.getresponse().status == 200
