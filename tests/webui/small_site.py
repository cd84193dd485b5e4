"""A small site to test with: the valid graph of tests/rules/valid.trig, built by the real build, and a real server."""

import contextlib
import json
import os
import select
import shutil
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyoxigraph as ox
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kbs_graph import build
from kbs_graph.config import Settings

PROJECT = Path(__file__).resolve().parents[2]
_SERVE = """
import json, pkgutil, sys
from kbs_graph.config import settings
from webui.server import serve
for name, value in json.loads(sys.argv[2]).items():
    module, _, constant = name.rpartition(".")
    setattr(pkgutil.resolve_name(module), constant, value)
serve(settings(), "127.0.0.1", int(sys.argv[1]))
"""


class Reader(FlaskClient):
    """A client that reads every answer to its end and closes it, as servers do."""

    def open(self, *args: Any, **options: Any) -> TestResponse:
        return super().open(*args, **{"buffered": True, **options})


def publish(root: Path) -> Settings:
    """A folder with our ontology and rules and one data file a graph of valid.trig, built into a snapshot."""
    for name in ("ontology", "shapes"):
        shutil.copytree(PROJECT / name, root / name)
    graphs = defaultdict(list)
    for quad in ox.parse(path=PROJECT / "tests" / "rules" / "valid.trig"):
        graphs[quad.graph_name.value.rsplit("/", 1)[-1]].append(quad.triple)
    (root / "data").mkdir()
    graphs.pop("links")  # comes from checking, not from a file of the editors
    for name, triples in graphs.items():
        ox.serialize(triples, root / "data" / f"{name}.ttl", format=ox.RdfFormat.TURTLE)
    outcome, snapshot = build.build(root, root / "var", keep=5)
    assert snapshot, [finding.message.en for finding in outcome.findings]
    return Settings(root=root, var=root / "var", query_seconds=60.0, job_seconds=120.0)


@dataclass(frozen=True)
class Server:
    """A running server and its address, without the last slash."""

    process: subprocess.Popen[str]
    address: str

    @property
    def place(self) -> tuple[str, int]:
        parts = urlsplit(self.address)
        return str(parts.hostname), parts.port or 80

    def ended(self) -> str:
        """End it, and tell what it logged."""
        self.process.terminate()
        return self.process.communicate(timeout=120)[1]


def start(settings: Settings, port: int = 0, **constants: int) -> subprocess.Popen[str]:
    """Start a server of our own; port 0 takes a free one. `constants`, by their full names, get another value.

    End it by its own process id.
    """
    given = {f"KBS_{name.upper()}": str(value) for name, value in asdict(settings).items()}
    environment = {**os.environ, **given, "PYTHONPATH": str(PROJECT)}
    return subprocess.Popen(
        [sys.executable, "-c", _SERVE, str(port), json.dumps(constants)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextlib.contextmanager
def started(settings: Settings, **constants: int) -> Iterator[Server]:
    """A server that listens, and is ended with the block."""
    process = start(settings, **constants)
    try:
        assert process.stdout
        ready, _, _ = select.select([process.stdout], [], [], 120)
        assert ready, "the server did not start within two minutes"
        line = process.stdout.readline()
        assert line.startswith("Kennisbouwstenen: http://127.0.0.1:"), line
        yield Server(process, line.split()[1].rstrip("/"))
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


@contextlib.contextmanager
def running(settings: Settings, **constants: int) -> Iterator[str]:
    """The address of a running server, without the last slash."""
    with started(settings, **constants) as server:
        yield server.address
