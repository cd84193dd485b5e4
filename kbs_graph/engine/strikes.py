"""Who has queries that must be stopped waits before the next one, longer each time, until a quiet while has passed.

Counted for all web processes together, in the file of the day that `ratelimit` keeps: hashes, never addresses. What
another process counted is known here within `_KNOWN_SECONDS`. When the file cannot be used nobody waits.
"""

import logging
import math
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from kbs_graph import ratelimit

FREE = 3
_KNOWN_SECONDS = 0.25
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Penalty:
    """The first strikes are free: trying out is what an endpoint is for. The next one costs a second, and every one
    after it twice as much, at most `longest`. `forgiven` after the last one all are. Both in seconds.
    """

    longest: float
    forgiven: float

    def seconds(self, strikes: int) -> float:
        return 0.0 if strikes <= FREE else float(min(self.longest, 2.0 ** min(strikes - FREE - 1, 60)))


class Strikes:
    """Safe to use from several threads. Moments are in seconds since 1970."""

    def __init__(self, var: Path, penalty: Penalty):
        self._var, self._penalty = var, penalty
        self._known: dict[bytes, ratelimit.Strike] = {}
        self._salt = b""
        self._read_at = -math.inf
        self._guard = threading.Lock()

    def wait(self, client: str, now: float | None = None) -> int:
        """After how many whole seconds this client may ask again; 0: now."""
        moment = time.time() if now is None else now
        with self._guard:
            if not 0 <= moment - self._read_at < _KNOWN_SECONDS:
                self._read(moment)
            strike = self._known.get(ratelimit.hashed(self._salt, client)) if self._known else None
        if strike is None or moment - strike.at >= self._penalty.forgiven:
            return 0
        return max(0, math.ceil(strike.at + self._penalty.seconds(strike.number) - moment))

    def add(self, client: str, now: float | None = None) -> None:
        """Count one against this client."""
        moment = time.time() if now is None else now
        try:
            ratelimit.strike(self._var, client, self._penalty.forgiven, moment)
        except ratelimit.UNUSABLE as error:
            _log.warning("a stopped query cannot be counted: %s", error)
        with self._guard:
            self._read_at = -math.inf

    def _read(self, moment: float) -> None:
        self._read_at = moment
        try:
            self._salt, self._known = ratelimit.strikes(self._var, FREE, moment)
        except ratelimit.UNUSABLE as error:
            self._known = {}
            _log.warning("stopped queries cannot be read, so nobody waits: %s", error)
