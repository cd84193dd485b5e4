"""Who gets one of a few places next: bounded, with a deadline for each, and fair between clients.

One client never has all places (unless there is one). Among those who wait a place goes to the client that has the
fewest at that moment, then to the one whose last turn is longest ago, then to who came first. When the queue is full,
whoever has most in it gives way to who has less. So a client that asks a lot waits for itself, not the others for it.

A new client costs nothing but an address. So clients that were answered lately are told apart from strangers: places go
round between these two kinds as they do between clients, and as long as there are known clients strangers never have
the last place. So a crowd of strangers waits for itself too, and so does a crowd of known ones.
"""

import math
import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from kbs_graph.errors import TooMany

KNOWN_SECONDS = 60.0
"""How long a client is known after its last answer."""
MOST_KNOWN = 10_000
"""Clients known at once, at some hundred bytes each; whose last answer is longest ago is forgotten first."""


@dataclass(frozen=True)
class Bounds:
    """Places, how many may wait for one, and how many one client may have here: waiting, at work or reading on."""

    places: int
    waiting: int
    per_client: int


@dataclass(eq=False)
class Turn:
    """Whose it is, until when (`time.monotonic`), since when it has a place (0: not yet), how to stop its work, and
    whether it was sent away for others."""

    client: object
    deadline: float
    since: float = 0.0
    stop: Callable[[], None] = lambda: None
    gave_way: bool = False
    called: threading.Event = field(default_factory=threading.Event)


class Known:
    """Clients that were answered lately. Moments are those of `time.monotonic`."""

    def __init__(self, most: int = MOST_KNOWN):
        self._most = most
        self._answered: OrderedDict[object, float] = OrderedDict()

    def add(self, client: object, now: float) -> None:
        self._answered[client] = now
        self._answered.move_to_end(client)
        if len(self._answered) > self._most:
            self._answered.popitem(last=False)

    def forget(self, client: object) -> None:
        self._answered.pop(client, None)

    def forget_old(self, now: float) -> None:
        while self._answered and next(iter(self._answered.values())) + KNOWN_SECONDS <= now:
            self._answered.popitem(last=False)

    def until(self) -> float:
        """When nobody will be known any more. There must be somebody."""
        return next(reversed(self._answered.values())) + KNOWN_SECONDS

    def __contains__(self, client: object) -> bool:
        return client in self._answered

    def __len__(self) -> int:
        return len(self._answered)


class Turns:
    """Safe to use from several threads."""

    def __init__(self, bounds: Bounds):
        self._bounds = bounds
        self._waiting: list[Turn] = []
        self._working: set[Turn] = set()
        self._reading: set[Turn] = set()
        self._served: dict[object, int] = {}
        self._known = Known()
        self._last_was_known = False
        self._number = 0
        self._guard = threading.Lock()

    def take(self, client: object, deadline: float) -> Turn:
        """A turn with a place. Raises TooMany when there is no room to wait, TimeoutError when it waited in vain."""
        turn = Turn(client, deadline)
        with self._guard:
            self._admit(turn)
        try:
            while not turn.called.is_set():
                with self._guard:
                    next_change = self._next_change(deadline)
                turn.called.wait(max(0, next_change - time.monotonic()))
                with self._guard:
                    self._hand_out()
                if not turn.called.is_set() and time.monotonic() >= deadline:
                    raise TimeoutError
            if turn.gave_way:
                raise _queue_is_full(1)
        except BaseException:
            self.leave(turn)
            raise
        return turn

    def work_is_done(self, turn: Turn) -> None:
        """Give the place back; the turn still counts, until `leave`, as one of its client."""
        with self._guard:
            if turn in self._working:
                self._working.discard(turn)
                self._reading.add(turn)
            self._hand_out()

    def was_answered(self, client: object, now: float | None = None) -> None:
        """From now on this client is known."""
        with self._guard:
            self._known.add(client, time.monotonic() if now is None else now)

    def was_stopped(self, client: object) -> None:
        """From now on this client is a stranger again."""
        with self._guard:
            self._known.forget(client)

    def has_place(self, turn: Turn) -> bool:
        """Whether its place was not taken away for being late."""
        return turn in self._working

    def leave(self, turn: Turn) -> None:
        """The end of a turn. May be done twice."""
        with self._guard:
            self._working.discard(turn)
            self._reading.discard(turn)
            if turn in self._waiting:
                self._waiting.remove(turn)
            self._hand_out()

    def all_working(self) -> list[Turn]:
        with self._guard:
            return list(self._working)

    def number(self) -> int:
        """How many turns there are, waiting, at work or reading on."""
        with self._guard:
            return len(self._waiting) + len(self._working) + len(self._reading)

    def _admit(self, turn: Turn) -> None:
        here = Counter(other.client for group in (self._waiting, self._working, self._reading) for other in group)
        if here[turn.client] >= self._bounds.per_client:
            raise _too_many_of_one(self._bounds.per_client, self._seconds())
        self._waiting.append(turn)
        self._hand_out()
        if len(self._waiting) > self._bounds.waiting:
            self._waiting.remove(turn)
            last = self._who_gives_way(turn)
            self._waiting.remove(last)
            last.gave_way = True
            last.called.set()
            self._waiting.append(turn)

    def _who_gives_way(self, comer: Turn) -> Turn:
        """The last of the client that has most in the queue, or of the kind that has."""
        queued = Counter(other.client for other in self._waiting)
        greedy, most = max(queued.items(), key=lambda item: item[1], default=("", 0))
        if most > queued[comer.client] + 1:
            return next(other for other in reversed(self._waiting) if other.client == greedy)
        of_other_kind = [other for other in self._waiting if self._is_known(other) != self._is_known(comer)]
        if 2 * len(of_other_kind) > len(self._waiting) + 1:
            return of_other_kind[-1]
        raise _queue_is_full(self._seconds())

    def _hand_out(self) -> None:
        """Take the places of those over time, and give every free place to who is next."""
        now = time.monotonic()
        for late in [turn for turn in self._working if turn.deadline <= now]:
            self._working.discard(late)
            self._reading.add(late)
            late.stop()
        self._known.forget_old(now)
        while self._waiting and len(self._working) < self._bounds.places and (chosen := self._next()):
            self._waiting.remove(chosen)
            self._working.add(chosen)
            self._note(chosen.client)
            self._last_was_known = self._is_known(chosen)
            chosen.since = now
            chosen.called.set()

    def _next(self) -> Turn | None:
        """Who gets a free place, if it may go to anyone who waits."""
        busy = Counter(turn.client for turn in self._working)
        kinds = Counter(map(self._is_known, self._working))
        most = max(1, self._bounds.places - 1)
        full_of_strangers = bool(self._known) and self._bounds.places > 1 and kinds[False] >= most

        def may(turn: Turn) -> bool:
            return busy[turn.client] < most and (self._is_known(turn) or not full_of_strangers)

        def rank(turn: Turn) -> tuple[int, bool, int, int]:
            known = self._is_known(turn)
            return kinds[known], known == self._last_was_known, busy[turn.client], self._served.get(turn.client, 0)

        return min(filter(may, self._waiting), key=rank, default=None)

    def _is_known(self, turn: Turn) -> bool:
        return turn.client in self._known

    def _next_change(self, deadline: float) -> float:
        """When one who waits until `deadline` may get a place though nobody gives one back."""
        moments = [deadline, *(other.deadline for other in self._working)]
        return min([*moments, self._known.until()] if self._known else moments)

    def _note(self, client: object) -> None:
        """Remember that this client was served last of all, for as long as it waits for more."""
        self._number += 1
        waiting = {turn.client for turn in self._waiting}
        self._served = {other: number for other, number in self._served.items() if other in waiting}
        self._served[client] = self._number

    def _seconds(self) -> int:
        """Whole seconds until a place comes free for certain."""
        return max(1, math.ceil(min((turn.deadline for turn in self._working), default=0) - time.monotonic()))


def _too_many_of_one(most: int, seconds: int) -> TooMany:
    return TooMany(
        f"Er zijn al {most} vragen van je tegelijk in behandeling. Wacht tot er een klaar is en stel ze na elkaar.",
        f"There are {most} queries of yours under way at once. Wait until one is done, and ask them one after another.",
        seconds,
    )


def _queue_is_full(seconds: int) -> TooMany:
    return TooMany(
        f"De wachtrij voor vragen is vol. Probeer het over {seconds} s opnieuw, en stel vragen na elkaar.",
        f"The queue for queries is full. Try again in {seconds} s, and ask queries one after another.",
        seconds,
    )
