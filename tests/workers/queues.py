"""Turns to take, and threads that wait for them one after the other."""

import time
from concurrent.futures import Future, ThreadPoolExecutor

from kbs_graph.engine.turns import Bounds, Turn, Turns
from tests.workers.pools import wait_until

LONG = 60.0


def turns(places: int = 2, waiting: int = 10, per_client: int = 10) -> Turns:
    return Turns(Bounds(places, waiting, per_client))


def take(those: Turns, client: str, seconds: float = LONG) -> Turn:
    return those.take(client, time.monotonic() + seconds)


class Queue:
    """Takes turns in threads of their own, one after the other, and notes in which order they get a place."""

    def __init__(self, those: Turns, threads: ThreadPoolExecutor):
        self._turns, self._threads = those, threads
        self.served: list[str] = []

    def join(self, client: str, seconds: float = LONG) -> "Future[Turn]":
        before = self.length()
        asked = self._threads.submit(self.take, client, seconds)
        assert wait_until(lambda: self.length() > before or asked.done())
        return asked

    def length(self) -> int:
        return len(self._turns._waiting)

    def take(self, client: str, seconds: float = LONG) -> Turn:
        turn = take(self._turns, client, seconds)
        self.served.append(client)
        return turn
