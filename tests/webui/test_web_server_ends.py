"""Nothing is left behind: whichever process of the real server ends, and however, those that worked for it end too."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from small_site import Server, started

from kbs_graph.config import Settings
from tests.workers.pools import children, is_running, wait_until

pytestmark = pytest.mark.slow
QUERY = quote("ASK { ?s ?p ?o }")


@pytest.fixture
def asked(settings: Settings) -> Iterator[Server]:
    """A server of which each web process has a fork server and a worker."""
    with started(settings) as server:
        assert wait_until(lambda: all_are_asked(server))
        yield server


def all_are_asked(server: Server) -> bool:
    """Ask once more, and tell whether each of the two web processes has a worker."""
    urlopen(f"{server.address}/sparql?query={QUERY}%23{os.urandom(8).hex()}").close()
    found = [[*map(children, children(web))] for web in children(server.process.pid)]
    return len(found) == 2 and all(any(workers) for workers in found)


def family(process: int) -> set[int]:
    return {process}.union(*map(family, children(process)))


def are_gone(processes: set[int]) -> bool:
    return not any(is_running(process) for process in processes if Path(f"/proc/{process}").exists())


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_when_the_server_ends_nothing_is_left(asked: Server, how: signal.Signals) -> None:
    process = asked.process
    below = family(process.pid) - {process.pid}
    process.send_signal(how)
    assert process.wait(120) is not None
    assert wait_until(lambda: are_gone(below))


def test_when_a_web_process_is_killed_its_own_end_and_another_takes_its_place(asked: Server) -> None:
    killed, other = children(asked.process.pid)
    below = family(killed)
    os.kill(killed, signal.SIGKILL)
    assert wait_until(lambda: are_gone(below))
    assert wait_until(lambda: all_are_asked(asked))
    assert not are_gone({other})
