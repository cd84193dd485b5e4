"""A small site to test with: the valid graph of tests/rules/valid.trig, built by the real build, and a real server."""

import contextlib
import os
import select
import shutil
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kbs_graph import build
from kbs_graph.config import Settings

PROJECT = Path(__file__).resolve().parents[2]
_SERVE = "import sys; from webui.server import serve; from kbs_graph.config import settings; "
_SERVE += "serve(settings(), '127.0.0.1', int(sys.argv[1]))"


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
    return Settings(root=root, var=root / "var", query_seconds=5.0)


def start(settings: Settings, port: int = 0) -> subprocess.Popen[str]:
    """Start a server of our own; port 0 takes a free one. End it by its own process id."""
    given = {f"KBS_{name.upper()}": str(value) for name, value in asdict(settings).items()}
    environment = {**os.environ, **given, "PYTHONPATH": str(PROJECT)}
    return subprocess.Popen(
        [sys.executable, "-c", _SERVE, str(port)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextlib.contextmanager
def running(settings: Settings) -> Iterator[str]:
    """A running server: its address, without the last slash."""
    process = start(settings)
    try:
        assert process.stdout
        ready, _, _ = select.select([process.stdout], [], [], 30)
        assert ready, "the server did not start within 30 seconds"
        line = process.stdout.readline()
        assert line.startswith("Kennisbouwstenen: http://127.0.0.1:"), line
        yield line.split()[1].rstrip("/")
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
