"""Hostile and broken requests to a real server: nothing changes, the answer is plain, and everyone else is served."""

import http.client
import io
import json
import socket
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from small_site import publish, running

from kbs_graph.config import Settings
from kbs_graph.contributions import journal, tokens

pytestmark = pytest.mark.slow

TURTLE, XLSX = "text/turtle", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAD = """@base <https://w3id.org/kennisbouwstenen/id/> .
@prefix k: <https://w3id.org/kennisbouwstenen/def#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
"""
XML = """<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "{0}">{1}]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="&i;"/></rdf:RDF>"""
ENTITIES = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))


def source(number: int) -> str:
    return f"""[] a k:KnowledgeSource ; dct:title "Bron {number}"@nl ; foaf:page <https://www.nibud.nl/{number}> ;
  dct:type <bronsoort/handreiking> ; dct:language "nl" ; dct:subject <aspect/geldzorgen-signaleren> .
"""


class Site:
    """A real server over a small site, and a token of its one institute."""

    def __init__(self, address: str, settings: Settings, token: str):
        self.host, self.port = urlsplit(address).hostname or "", urlsplit(address).port or 0
        self.settings, self._token = settings, token

    def ask(self, method: str, body: bytes | None = None, kind: str = TURTLE, **headers: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=120)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(
                method, "/graphs/nibud", body, {"Authorization": f"Bearer {self._token}", "Content-Type": kind, **given}
            )
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def raw(self, head: str) -> socket.socket:
        """A connection on which a PUT was begun; what comes after the head is for the caller."""
        line = f"PUT /graphs/nibud HTTP/1.1\r\nHost: {self.host}\r\nAuthorization: Bearer {self._token}\r\n"
        made = socket.create_connection((self.host, self.port), timeout=120)
        made.sendall(f"{line}Content-Type: {TURTLE}\r\n{head}\r\n".encode())
        return made

    def version(self) -> int:
        last = journal.latest(self.settings.var, "nibud")
        return last.number if last else 0


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    settings = replace(publish(tmp_path_factory.mktemp("bombs")), quiet_seconds=0)
    with running(settings) as address:
        yield Site(address, settings, tokens.issue(settings.var, "nibud")[1])


def zip_bomb() -> bytes:
    """A small workbook with a sheet that unpacks to a gigabyte."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/workbook.xml", "<workbook/>")
        with packed.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(1024):
                sheet.write(bytes(1 << 20))
    return made.getvalue()


BOMBS: dict[str, tuple[str | bytes, str, set[int]]] = {
    "entities": (XML.format("lol" * 5, ENTITIES), "application/rdf+xml", {422}),
    "nested lists": ("[" * 300_000, "application/ld+json", {422}),
    "nested objects": ('{"a":' * 100_000, "application/ld+json", {422}),
    "nested things": (HEAD + "<a> <b> " + "[ <c> " * 200_000, TURTLE, {400, 422}),
    "nested lists in Turtle": (HEAD + "<a> <b> " + "( " * 200_000, TURTLE, {400, 422}),
    "blank nodes": (
        "".join(f"_:a{n} <https://x.nl/> _:b{n} .\n" for n in range(60_000)),
        "application/n-triples",
        {422},
    ),
    "statements": ("<https://x.nl/> <https://x.nl/> <https://x.nl/> .\n" * 110_000, "application/n-triples", {422}),
    "long literal": (HEAD + f'<a> <b> "{"x" * (9 << 20)}" .', TURTLE, {422}),
    "damaged workbook": (b"PK\x03\x04" + bytes(50_000), XLSX, {400}),
    "zip bomb": (zip_bomb(), XLSX, {400, 413}),
    "half a file": (HEAD + source(1) + source(2)[:-60], TURTLE, {400}),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_a_plain_refusal_that_changes_nothing_and_the_site_answers_on(site: Site, name: str) -> None:
    body, kind, statuses = BOMBS[name]
    before = site.version()
    status, answer = site.ask("PUT", body if isinstance(body, bytes) else body.encode(), kind)
    assert status in statuses
    assert json.loads(answer)["detail"]
    assert site.version() == before
    assert site.ask("GET")[0] in (200, 404)


def test_ten_thousand_rows_are_refused_in_words(site: Site) -> None:
    rows = "".join(f"Bron {n};https://www.nibud.nl/{n};handreiking;Geldzorgen signaleren\n" for n in range(9_999))
    status, answer = site.ask("PUT", ("titel;webadres;soort;waarover\n" + rows).encode(), "text/csv")
    assert status == 422 and "9999" in json.loads(answer)["detail"]


def test_a_body_of_100_mb_is_refused_before_it_is_read(site: Site) -> None:
    with site.raw(f"Content-Length: {100 << 20}\r\n") as connection:
        connection.sendall(b" " * 1000)
        assert connection.recv(1000).startswith(b"HTTP/1.1 413 ")


def test_a_body_of_unknown_length_is_read_up_to_the_limit(site: Site) -> None:
    with site.raw("Transfer-Encoding: chunked\r\n") as connection:
        piece = b"10000\r\n" + b" " * 65536 + b"\r\n"
        for _ in range(161):
            connection.sendall(piece)
        assert connection.recv(1000).startswith(b"HTTP/1.1 413 ")


def test_who_asks_whether_to_go_on_is_told(site: Site) -> None:
    with site.raw("Content-Length: 10\r\nExpect: 100-continue\r\n") as connection:
        assert connection.recv(100).startswith(b"HTTP/1.1 100 ")


@pytest.mark.parametrize("chunked", [False, True])
def test_a_connection_lost_halfway_changes_nothing(site: Site, chunked: bool) -> None:
    body = (HEAD + source(1)).encode()
    before = site.version()
    head = "Transfer-Encoding: chunked\r\n" if chunked else f"Content-Length: {len(body) + len(source(2))}\r\n"
    with site.raw(head) as connection:
        connection.sendall(f"{len(body):x}\r\n".encode() + body + b"\r\n" if chunked else body)
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(1000).startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 408 "))
    assert site.version() == before


def test_writers_at_once_lose_nothing_and_of_those_who_build_on_one_state_one_wins(site: Site, tmp_path: Path) -> None:
    site.ask("PUT", (HEAD + source(0)).encode())
    statuses: list[int] = []

    def write(method: str, number: int, **headers: str) -> None:
        statuses.append(site.ask(method, (HEAD + source(number)).encode(), **headers)[0])

    def at_once(*writers: threading.Thread) -> list[int]:
        statuses.clear()
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        return sorted(statuses)

    assert at_once(*(threading.Thread(target=write, args=("POST", n)) for n in range(1, 7))) == [200] * 6
    held = journal.current(site.settings.var, "nibud")
    assert {f"nibud-bron-{n}" for n in range(7)} == {line.partition("> ")[0].rpartition("/")[2] for line in held.lines}
    same = {"If_Match": f'"{held.etag}"'}
    assert at_once(*(threading.Thread(target=write, args=("PUT", n), kwargs=same) for n in range(3))) == [200, 412, 412]
