"""What clients do at will fills no log with stack traces: they stall, leave, or ask for more than an answer may be."""

import http.client
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import quote

import pytest
from gunicorn.config import Config
from small_site import Server, started

from kbs_graph.config import Settings
from kbs_graph.engine.refusals import too_slow
from kbs_graph.errors import Unavailable
from webui.server import _Log

LARGE = quote("SELECT * { ?a ?b ?c . ?d ?e ?f }")
HALF_A_HEAD = b"GET /sparql HTTP/1.1\r\nHost: x\r\nAcc"
HALF_A_BODY = (
    b"POST /sparql?lang=en HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    b"Content-Length: 100\r\n\r\nASK"
)


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    """The real server, which waits a second for who sends nothing, and gives answers of 8 MiB at most."""
    with started(replace(settings, query_output_mb=8), **{"webui.server.STALL_SECONDS": 1}) as found:
        yield found


def test_clients_that_stall_leave_or_ask_too_much_leave_the_log_empty(server: Server) -> None:
    large = http.client.HTTPConnection(*server.place, timeout=120)
    large.request("GET", f"/sparql?query={LARGE}", headers={"Accept": "text/csv"})
    with pytest.raises((http.client.IncompleteRead, ConnectionResetError)):
        large.getresponse().read()
    for sent, got in ((HALF_A_HEAD, b""), (HALF_A_BODY, b"HTTP/1.1 408 ")):
        with socket.create_connection(server.place, timeout=120) as stalled:
            stalled.sendall(sent)
            assert stalled.recv(13) == got
        with socket.create_connection(server.place, timeout=120) as left:
            left.sendall(sent)
    assert server.ended() == ""


def by_a_slow_reader() -> None:
    here, _there = socket.socketpair()
    here.settimeout(0.01)
    here.sendall(b" " * (1 << 24))


def by_a_limit() -> None:
    raise too_slow(10)


def by_a_mistake() -> None:
    raise ValueError("nobody foresaw this")


@pytest.mark.parametrize(("by", "expected"), [(by_a_slow_reader, TimeoutError), (by_a_limit, Unavailable)])
def test_what_is_expected_is_one_line_for_who_asks_for_it(
    by: Callable[[], None], expected: type[Exception], caplog: pytest.LogCaptureFixture
) -> None:
    told(by, expected, caplog)
    (record,) = caplog.records
    assert record.levelname == "INFO"
    assert record.exc_info is None


def test_what_is_not_is_logged_with_all_that_is_known(caplog: pytest.LogCaptureFixture) -> None:
    told(by_a_mistake, ValueError, caplog)
    (record,) = caplog.records
    assert record.levelname == "ERROR"
    assert record.exc_info


def told(by: Callable[[], None], expected: type[Exception], caplog: pytest.LogCaptureFixture) -> None:
    log = _Log(Config())
    log.error_log.propagate = True
    with caplog.at_level("INFO", log.error_log.name):
        try:
            by()
        except expected:
            log.exception("Error handling request")
