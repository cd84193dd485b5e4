"""Following the manifest of a store elsewhere: looked at now and then, by one thread at a time."""

import time
from threading import Lock

from kbs_graph.remote import trouble
from kbs_graph.remote.publication import Publication
from kbs_graph.remote.remote_store import Remote, logged
from kbs_graph.remote.trouble import Trouble

LOOK = 3.0
"""Seconds between two looks."""
STALE = 30.0
"""Seconds that what was last seen is followed while the store does not answer; less than `publishing.STAY`."""


class Following:
    """What is published, as last seen. Safe to use from several threads."""

    def __init__(self, remote: Remote):
        self._remote = remote
        self._turn = Lock()
        self._known: Publication | None = None
        self._failed: Trouble | None = None
        self._seen = self._looked = float("-inf")

    def now(self) -> Publication:
        """What readers are to read: the same object for as long as it is. Raises Trouble when it is not to be known."""
        if time.monotonic() - self._looked >= LOOK and self._turn.acquire(blocking=self._usable() is None):
            try:
                if time.monotonic() - self._looked >= LOOK:
                    self._look()
            finally:
                self._turn.release()
        usable = self._usable()
        if usable is None:
            raise self._failed or trouble.away(self._remote.wire.place.address, "since a moment ago")
        return usable

    def _usable(self) -> Publication | None:
        return self._known if time.monotonic() - self._seen < STALE else None

    def _look(self) -> None:
        try:
            found = self._remote.publication()
            if found is None:  # also for a moment when a store replaces the manifest in two steps
                raise trouble.nothing_there(self._remote.wire.place.address)
            self._known, self._failed = (self._known if found == self._known else found), None
            self._seen = time.monotonic()
        except Trouble as error:
            self._failed = logged(error)
        self._looked = time.monotonic()
