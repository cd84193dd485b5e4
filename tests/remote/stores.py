"""Real stores for the tests, started on this machine: Oxigraph and Virtuoso 7, each in a folder of its own."""

import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import urllib3

KINDS = ("oxigraph", "virtuoso")
PATIENCE = 120.0
"""Seconds for a store to come up on a busy machine."""
_VIRTUOSO = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
MaxClientConnections = 10
CaseMode = 2
DirsAllowed = .
NumberOfBuffers = {buffers}
ThreadsPerQuery = 2
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 10
Charset = UTF-8
[SPARQL]
ResultSetMaxRows = {rows}
MaxQueryExecutionTime = 60
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Store:
    """A store that can be killed and started again on the same folder and port."""

    kind: str
    folder: Path
    port: int = field(default_factory=free_port)
    rows: int = 1_000_000
    buffers: int = 20_000
    _process: "subprocess.Popen[bytes] | None" = None

    @property
    def read(self) -> str:
        return f"http://127.0.0.1:{self.port}/{'query' if self.kind == 'oxigraph' else 'sparql'}"

    @property
    def write(self) -> str:
        return f"http://127.0.0.1:{self.port}/{'store' if self.kind == 'oxigraph' else 'sparql-graph-crud-auth'}"

    @property
    def settings(self) -> dict[str, Any]:
        """The settings of a site that publishes to this store and reads from it."""
        entry = {"store_write_user": "dba", "store_write_password": "dba"} if self.kind == "virtuoso" else {}
        return {"store": self.read, "store_write": self.write, "store_seconds": 60.0, **entry}

    @property
    def environment(self) -> dict[str, str]:
        return {f"KBS_{name.upper()}": str(value) for name, value in self.settings.items()}

    def start(self) -> "Store":
        """Start it, and wait until it answers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._process = subprocess.Popen(
            self._command(), cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            assert self._process.poll() is None, f"{self.kind} ended: {self._log()}"
            with suppress(urllib3.exceptions.HTTPError):
                if urllib3.request("GET", f"{self.read}?query=ASK%7B%7D", timeout=10, retries=False).status == 200:
                    return self
            time.sleep(0.1)
        raise TimeoutError(self._log())

    def kill(self) -> None:
        """End it as a crash does."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None
            (self.folder / "virtuoso.lck").unlink(missing_ok=True)

    def _command(self) -> list[str]:
        if self.kind == "oxigraph":
            program = str(Path(sys.executable).with_name("oxigraph"))
            return [program, "serve", "--location", str(self.folder / "db"), "--bind", f"127.0.0.1:{self.port}"]
        text = _VIRTUOSO.format(sql=free_port(), http=self.port, rows=self.rows, buffers=self.buffers)
        (self.folder / "virtuoso.ini").write_text(text)
        return ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"]

    def _log(self) -> str:
        log = self.folder / "virtuoso.log"
        return log.read_text(errors="replace")[-2000:] if log.exists() else "no log"


def must_be_installed(kind: str) -> None:
    """Skip, loudly, where a store is missing; with CI=true that is a failure."""
    if kind == "virtuoso" and not shutil.which("virtuoso-t"):
        reason = "NOT TESTED: Virtuoso. Install it: apt-get install virtuoso-opensource-7"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
