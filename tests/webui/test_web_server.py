"""The app under its real server: ready line, streaming, a cut connection, a client that leaves, a port in use."""

import http.client
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlencode, urlsplit
from urllib.request import urlopen

import pytest
from small_site import PROJECT, running, start

from kbs_graph.config import Settings

LARGE = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f }"
FOR_LATER = ("docx", "openpyxl", "pyshacl", "rdflib.plugins.sparql", "reportlab", "typst")
"""Large libraries that no page needs: those that lay out, write sheets or judge."""
LOADED = """
import importlib, sys
from webui.app import create_app
create_app()
print(*(name for name in sys.argv[1:] if name in sys.modules))
for name in sys.argv[1:]:
    importlib.import_module(name)
"""


@pytest.fixture(scope="module")
def address(settings: Settings) -> Iterator[str]:
    with running(replace(settings, query_output_mb=8, query_workers=1)) as found:
        yield found


def connect(address: str) -> http.client.HTTPConnection:
    parts = urlsplit(address)
    assert parts.hostname
    return http.client.HTTPConnection(parts.hostname, parts.port, timeout=120)


def test_it_serves_pages(address: str) -> None:
    with urlopen(address + "/nl/aspect/geldzorgen-signaleren") as answer:
        assert answer.status == 200


def test_an_answer_that_fails_half_way_never_looks_whole(address: str) -> None:
    connection = connect(address)
    connection.request("GET", "/sparql?" + urlencode({"query": LARGE}), headers={"Accept": "text/csv"})
    answer = connection.getresponse()
    assert answer.status == 200
    with pytest.raises((http.client.IncompleteRead, ConnectionResetError)):
        while answer.read(1 << 16):
            pass
    connection.close()


def test_a_client_that_leaves_costs_no_worker(address: str) -> None:
    for _ in range(4):
        connection = connect(address)
        connection.request("GET", "/sparql?" + urlencode({"query": LARGE}), headers={"Accept": "text/csv"})
        connection.getresponse().read(10)
        connection.close()
    for _ in range(4):
        with urlopen(address + "/sparql?" + urlencode({"query": "ASK {}"}), timeout=30) as answer:
            assert b"true" in answer.read()


def test_a_body_without_a_length_is_bounded_too(address: str) -> None:
    connection = connect(address)
    pieces = (b" " * 65536 for _ in range(40))
    headers = {"Content-Type": "application/sparql-query", "Transfer-Encoding": "chunked"}
    connection.request("POST", "/sparql", body=pieces, headers=headers, encode_chunked=True)
    assert connection.getresponse().status == 413
    connection.close()


def test_a_port_in_use_is_told_in_both_languages(settings: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = start(settings, taken.getsockname()[1])
        _, errors = process.communicate(timeout=120)
    assert process.returncode != 0
    assert "Port" in errors and "in use" in errors


def test_the_same_snapshot_gives_the_same_bytes_after_a_restart(settings: Settings) -> None:
    program = (
        "import hashlib, sys; from webui.app import create_app; from kbs_graph.config import Settings; "
        "from pathlib import Path; root = Path(sys.argv[1]); "
        "client = create_app(Settings(root=root, var=root / 'var')).test_client(); "
        "[print(path, client.get(path).headers['ETag'], hashlib.sha256(client.get(path).data).hexdigest()) "
        "for path in sys.argv[2:]]"
    )
    thing = "/data/aspect/geldzorgen-signaleren"
    paths = [f"{thing}.{ending}" for ending in ("ttl", "jsonld", "rdf", "nt")] + ["/nl/aspect/geldzorgen-signaleren"]
    said = {
        subprocess.run(
            [sys.executable, "-c", program, str(settings.root), *paths],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(PROJECT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1, said


def test_the_web_process_loads_no_library_that_no_page_needs() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED, *FOR_LATER], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
