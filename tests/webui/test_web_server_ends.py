"""Nothing is left behind: whichever process of the real server ends, and however, those that worked for it end too."""

import os
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from small_site import start

from kbs_graph.config import Settings
from tests.workers.pools import children, is_running, wait_until

pytestmark = pytest.mark.slow
QUERY = quote("ASK { ?s ?p ?o }")


@pytest.fixture
def asked(settings: Settings) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server of which each web process has a fork server and a worker, and its address."""
    server = start(replace(settings, query_seconds=30))
    try:
        assert server.stdout
        address = server.stdout.readline().split()[1]
        assert wait_until(lambda: all_are_asked(server.pid, address), 30)
        yield server, address
    finally:
        server.kill()
        server.communicate()


def all_are_asked(server: int, address: str) -> bool:
    """Ask once more, and tell whether each of the two web processes has a worker."""
    urlopen(f"{address}sparql?query={QUERY}%23{os.urandom(8).hex()}").close()
    found = [[*map(children, children(web))] for web in children(server)]
    return len(found) == 2 and all(any(workers) for workers in found)


def family(process: int) -> set[int]:
    return {process}.union(*map(family, children(process)))


def are_gone(processes: set[int]) -> bool:
    return not any(is_running(process) for process in processes if Path(f"/proc/{process}").exists())


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_when_the_server_ends_nothing_is_left(asked: tuple[subprocess.Popen[str], str], how: signal.Signals) -> None:
    server, _ = asked
    below = family(server.pid) - {server.pid}
    server.send_signal(how)
    assert server.wait(30) is not None
    assert wait_until(lambda: are_gone(below), 30)


def test_when_a_web_process_is_killed_its_own_end_and_another_takes_its_place(
    asked: tuple[subprocess.Popen[str], str],
) -> None:
    server, address = asked
    killed, other = children(server.pid)
    below = family(killed)
    os.kill(killed, signal.SIGKILL)
    assert wait_until(lambda: are_gone(below), 30)
    assert wait_until(lambda: all_are_asked(server.pid, address), 30)
    assert not are_gone({other})
