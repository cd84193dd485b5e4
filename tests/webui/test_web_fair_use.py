"""Fair use of the endpoint: a bounded queue, room for others, waiting after stopped queries, answers that are kept."""

import http.client
import json
import socket
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from urllib.parse import quote, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from small_site import Reader, running
from werkzeug.test import TestResponse

from kbs_graph.config import Settings
from kbs_graph.engine.pool import Pool
from kbs_graph.engine.strikes import FREE
from tests.workers.pools import wait_until
from webui import serving
from webui.app import create_app

_FORTY = " ".join(map(str, range(40)))
ENDLESS = "SELECT (COUNT(*) AS ?n) {" + " ".join(f"VALUES ?v{n} {{ {_FORTY} }}" for n in range(9)) + "}"
"""Takes all the time there is, and no memory."""
DEADLY = "ASK { FILTER(1" + "+1" * 20000 + " > 2) }"
"""Ends the process that reads it: its stack overflows."""
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture
def crowded(settings: Settings) -> Iterator[Flask]:
    """An app with two places, of which endless queries of two clients have both, and a full queue of two."""
    app = create_app(replace(settings, query_seconds=600, query_workers=2, query_queue=2, query_per_client=2))
    app.test_client_class = Reader
    with ThreadPoolExecutor(4) as threads:
        pool = pool_of(app)
        try:
            for number in range(4):
                threads.submit(post, at(app, f"203.0.113.{number}"), ENDLESS)
                assert wait_until(lambda here=number + 1: pool.under_way() == here)  # type: ignore[misc]
            yield app
        finally:
            pool.close()


@pytest.fixture
def service(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings)
    app.test_client_class = Reader
    yield app
    with app.app_context():
        serving.service().close()


def pool_of(app: Flask) -> Pool:
    with app.app_context():
        return serving.service().pool


def at(app: Flask, address: str) -> FlaskClient:
    """A client at an address of its own."""
    made = app.test_client()
    made.environ_base["REMOTE_ADDR"] = address
    return made


def post(client: FlaskClient, query: str) -> TestResponse:
    return client.post("/sparql?lang=en", data=query, content_type="application/sparql-query")


def test_beyond_the_queue_a_query_is_too_many_and_is_told_when_to_come_back(crowded: Flask) -> None:
    answer = post(at(crowded, "198.51.100.1"), COUNT)
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 600
    assert "queue for queries is full" in answer.get_json(force=True)["detail"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_the_page_for_people_says_so_too(crowded: Flask) -> None:
    answer = at(crowded, "198.51.100.1").post("/sparql?lang=nl", data={"query": COUNT}, headers={"Accept": "text/html"})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) >= 1
    assert "wachtrij voor vragen is vol" in answer.text


def test_pages_are_served_while_every_place_and_the_queue_are_taken(crowded: Flask) -> None:
    assert at(crowded, "198.51.100.1").get("/nl/aspect/geldzorgen-signaleren").status_code == 200


def test_one_client_has_no_more_at_once_than_it_may(settings: Settings) -> None:
    app = create_app(replace(settings, query_seconds=600, query_workers=3, query_per_client=2))
    app.test_client_class = Reader
    with ThreadPoolExecutor(2) as threads:
        pool = pool_of(app)
        try:
            for number in (1, 2):
                threads.submit(post, at(app, "203.0.113.9"), ENDLESS)
                assert wait_until(lambda here=number: pool.under_way() == here)  # type: ignore[misc]
            answer = post(at(app, "203.0.113.9"), COUNT)
            assert (answer.status_code, post(at(app, "198.51.100.9"), COUNT).status_code) == (429, 200)
            assert int(answer.headers["Retry-After"]) >= 1
            assert "2 queries of yours" in answer.get_json(force=True)["detail"]
        finally:
            pool.close()


def test_who_kills_workers_waits_longer_each_time_and_a_neighbour_and_pages_do_not(
    service: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a clock that moves only as the client waits."""
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now)
    hostile, neighbour = at(service, "203.0.113.77"), at(service, "198.51.100.77")
    for _ in range(FREE):
        assert post(hostile, DEADLY).status_code == 503
        assert post(hostile, COUNT + "#").status_code == 200
    waits = []
    for _ in range(2):
        assert post(hostile, DEADLY).status_code == 503
        refused = post(hostile, DEADLY)
        assert refused.status_code == 429
        assert "had to be stopped" in refused.get_json(force=True)["detail"]
        assert post(neighbour, COUNT).status_code == 200
        assert hostile.get("/nl/aspect/geldzorgen-signaleren").status_code == 200
        waits.append(int(refused.headers["Retry-After"]))
        now += waits[-1]
    assert waits == [1, 2]


def test_an_answer_is_kept_and_given_again_in_every_way_of_asking_though_no_place_is_free(settings: Settings) -> None:
    app = create_app(replace(settings, query_seconds=600, query_workers=1, query_queue=1))
    app.test_client_class = Reader
    first = post(at(app, "198.51.100.2"), COUNT)
    with ThreadPoolExecutor(2) as threads:
        pool = pool_of(app)
        try:
            for number in (1, 2):
                threads.submit(post, at(app, f"203.0.113.{number}"), ENDLESS)
                assert wait_until(lambda here=number: pool.under_way() == here)  # type: ignore[misc]
            client = at(app, "198.51.100.3")
            assert post(client, COUNT).data == first.data
            assert client.post("/sparql", data={"query": COUNT}).data == first.data
            assert client.get("/sparql", query_string={"query": COUNT}).data == first.data
            for other in ({"query": COUNT + " LIMIT 7"}, {"query": COUNT, "default-graph-uri": "https://example.org/"}):
                assert client.post("/sparql", data=other).status_code == 429, "another query, another dataset"
            csv = client.post("/sparql", data={"query": COUNT}, headers={"Accept": "text/csv"})
            assert csv.status_code == 429, "another type"
        finally:
            pool.close()


def test_what_changes_each_time_is_not_kept(service: Flask) -> None:
    client = at(service, "198.51.100.4")
    assert post(client, "SELECT (UUID() AS ?u) {}").data != post(client, "SELECT (UUID() AS ?u) {}").data


@pytest.fixture(scope="module")
def address(settings: Settings) -> Iterator[str]:
    """The real server behind one proxy, so that a test can be many clients."""
    with running(replace(settings, query_workers=2, proxies=1)) as found:
        yield found


@pytest.fixture
def hurried(settings: Settings, short: int) -> Iterator[str]:
    """The same, with little time for a query."""
    with running(replace(settings, query_seconds=short, query_workers=2, proxies=1)) as found:
        yield found


def connect(address: str) -> http.client.HTTPConnection:
    parts = urlsplit(address)
    assert parts.hostname
    return http.client.HTTPConnection(parts.hostname, parts.port, timeout=120)


def asked(address: str, path: str, client: str) -> tuple[int, dict[str, str], bytes]:
    with closing(connect(address)) as connection:
        connection.request("GET", path, headers={"X-Forwarded-For": client})
        answer = connection.getresponse()
        return answer.status, dict(answer.headers), answer.read()


@pytest.mark.slow
def test_200_clients_at_once_are_each_answered_or_told_when_to_come_back(address: str) -> None:
    def ask(number: int) -> tuple[int, dict[str, str], bytes]:
        return asked(address, f"/sparql?query={quote(f'{COUNT} # {number}')}", f"192.0.2.{number}")

    with ThreadPoolExecutor(200) as threads:
        found = list(threads.map(ask, range(200)))
    counts = Counter(status for status, _, _ in found)
    assert counts[200] + counts[429] == 200
    assert counts[200] >= 100
    assert all(int(headers["Retry-After"]) >= 1 for status, headers, _ in found if status == 429)
    numbers = {json.loads(body)["results"]["bindings"][0]["n"]["value"] for status, _, body in found if status == 200}
    assert len(numbers) == 1


@pytest.mark.slow
def test_connections_that_say_nothing_keep_nobody_waiting(address: str) -> None:
    parts = urlsplit(address)
    silent = [socket.create_connection((parts.hostname or "", parts.port or 0)) for _ in range(300)]
    try:
        assert asked(address, "/nl/aspect/geldzorgen-signaleren", "198.51.100.5")[0] == 200
    finally:
        for connection in silent:
            connection.close()


@pytest.mark.slow
def test_readers_of_a_byte_a_second_lose_their_place_at_the_limit_and_never_get_an_answer_that_looks_whole(
    hurried: str,
) -> None:
    slow = [connect(hurried) for _ in range(8)]
    path = f"/sparql?query={quote(LARGE)}"
    with ThreadPoolExecutor(8) as threads:
        began: list[Future[http.client.HTTPResponse]] = []
        for number, connection in enumerate(slow):
            fields = {"Accept": "text/csv", "X-Forwarded-For": f"203.0.113.{number}"}
            connection.request("GET", path, headers=fields)
            began.append(threads.submit(connection.getresponse))
        answers = [each.result(120) for each in began]
        assert all(answer.read(1) or answer.status in (429, 503) for answer in answers)
        assert asked(hurried, f"/sparql?query={quote(COUNT + ' # slow')}", "198.51.100.6")[0] == 200
        for answer in answers:
            if answer.status == 200:
                with pytest.raises((http.client.IncompleteRead, ConnectionResetError)):
                    answer.read()
    for connection in slow:
        connection.close()
