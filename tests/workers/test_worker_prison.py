"""What a worker has given up before it sees a query: the network, programs, writing, memory."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kbs_graph.errors import BadRequest
from kbs_graph.sparql import Question, ask
from tests.workers.pools import RESULTS, Start, alive, answer, values, workers_on


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.3)
        yield listening


def was_called(listener: socket.socket) -> bool:
    try:
        listener.accept()[0].close()
    except TimeoutError:
        return False
    return True


CALL = "SELECT * { SERVICE %s <http://127.0.0.1:%d/sparql> { ?s ?p ?o } }"


def test_without_the_prison_service_does_call_out(listener: socket.socket) -> None:
    """That the other tests can fail."""
    query = CALL % ("", listener.getsockname()[1])
    code = "import sys, pyoxigraph; list(pyoxigraph.Store().query(sys.argv[1]))"
    with subprocess.Popen([sys.executable, "-c", code, query], stderr=subprocess.DEVNULL) as outside:
        listener.settimeout(60)
        assert was_called(listener)
        outside.kill()


def test_service_to_loopback_is_refused_and_no_connection_arrives(
    start: Start, store: Path, listener: socket.socket
) -> None:
    pool = start()
    with pytest.raises(BadRequest, match="could not be answered"):
        answer(pool, store, CALL % ("", listener.getsockname()[1]))
    assert not was_called(listener)
    assert alive(pool, store)


def test_silent_service_gets_nothing_and_no_connection_arrives(
    start: Start, store: Path, listener: socket.socket
) -> None:
    rows = values(answer(start(), store, CALL % ("SILENT", listener.getsockname()[1])))
    assert rows == [{}]
    assert not was_called(listener)


def test_service_by_a_variable_or_a_name_makes_no_connection(
    start: Start, store: Path, listener: socket.socket
) -> None:
    pool = start()
    port = listener.getsockname()[1]
    for host in ("127.0.0.1", "localhost"):
        with pytest.raises(BadRequest):
            answer(pool, store, f"SELECT * {{ VALUES ?e {{ <http://{host}:{port}/> }} SERVICE ?e {{ ?s ?p ?o }} }}")
    assert not was_called(listener)


def test_from_an_address_fetches_nothing(start: Start, store: Path, listener: socket.socket) -> None:
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/graph"
    question = Question(f"SELECT * FROM <{address}> {{ ?s ?p ?o }}", RESULTS, "")
    assert values(b"".join(ask(start(), store, question, 65536, 200).chunks)) == []
    question = Question("SELECT * { ?s ?p ?o }", RESULTS, "", default_graphs=(address,))
    assert values(b"".join(ask(start(), store, question, 65536, 200).chunks)) == []
    assert not was_called(listener)


def test_every_thread_of_a_real_worker_is_in_the_prison(start: Start, store: Path) -> None:
    assert alive(start(), store)
    (process,) = workers_on(store)
    states = [path.read_text() for path in Path(f"/proc/{process}/task").glob("*/status")]
    assert len(states) > 1
    assert all("\nSeccomp:\t2\n" in state and "\nNoNewPrivs:\t1\n" in state for state in states)
    limits = Path(f"/proc/{process}/limits").read_text()
    assert "Max file size             0 " in limits
    assert "Max core file size        0 " in limits


PRISONER = """
import errno, json, os, socket, subprocess, sys, threading
from kbs_graph import confinement

ready, go, outcome = threading.Event(), threading.Event(), {}

def attempt(name, action):
    try:
        action()
        outcome[name] = "done"
    except OSError as error:
        outcome[name] = errno.errorcode[error.errno]
    except MemoryError:
        outcome[name] = "MemoryError"

def earlier():
    ready.set()
    go.wait()
    attempt("socket in an earlier thread", socket.socket)

thread = threading.Thread(target=earlier)
thread.start()
ready.wait()
open_socket = socket.socket()
port, existing, fresh = int(sys.argv[1]), sys.argv[2], sys.argv[3]
confinement.limit(64)
confinement.refuse_network_and_programs()
go.set()
thread.join()
attempt("socket", socket.socket)
attempt("unix socket", lambda: socket.socket(socket.AF_UNIX))
attempt("socketpair", socket.socketpair)
attempt("connect", lambda: open_socket.connect(("127.0.0.1", port)))
attempt("bind", lambda: open_socket.bind(("127.0.0.1", 0)))
attempt("run", lambda: subprocess.run(["/bin/true"]))
attempt("system", lambda: os.execv("/bin/true", ["true"]))
attempt("memory", lambda: bytearray(128 << 20))
attempt("write into a file", lambda: os.write(os.open(existing, os.O_WRONLY), b"x"))
attempt("append to a file", lambda: os.write(os.open(existing, os.O_WRONLY | os.O_APPEND), b"x"))
attempt("write a new file", lambda: os.write(os.open(fresh, os.O_WRONLY | os.O_CREAT), b"x"))
attempt("read", lambda: os.read(os.open(existing, os.O_RDONLY), 10))
os.write(1, json.dumps(outcome).encode())
"""


def test_a_prisoner_can_read_but_not_write_call_out_start_programs_or_take_memory(
    tmp_path: Path, listener: socket.socket
) -> None:
    existing, fresh = tmp_path / "existing", tmp_path / "fresh"
    existing.write_text("content")
    code = [sys.executable, "-c", PRISONER, str(listener.getsockname()[1]), str(existing), str(fresh)]
    done = subprocess.run(code, capture_output=True, check=True, timeout=120)
    assert json.loads(done.stdout) == {
        "socket in an earlier thread": "EPERM",
        "socket": "EPERM",
        "unix socket": "EPERM",
        "socketpair": "EPERM",
        "connect": "EPERM",
        "bind": "EPERM",
        "run": "EPERM",
        "system": "EPERM",
        "memory": "MemoryError",
        "write into a file": "EFBIG",
        "append to a file": "EFBIG",
        "write a new file": "EFBIG",
        "read": "done",
    }
    assert existing.read_text() == "content"
    assert not was_called(listener)


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="only this machine has a second name for each call")
def test_the_second_name_of_a_system_call_is_refused_too() -> None:
    code = """
import ctypes
from kbs_graph import confinement
confinement.refuse_network_and_programs()
libc = ctypes.CDLL(None, use_errno=True)
print(libc.syscall(0x40000000 + 41, 2, 1, 0), ctypes.get_errno())
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=120)
    assert done.stdout.split() == [b"-1", b"1"]
