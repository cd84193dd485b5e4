"""The states of a source's address, and how one check leads from the last known state to the next. Pure functions.

A page counts as disappeared only when a person says so, after it was not there on three different days or more, over at
least a week. What counts as not there: 404 and 410, a front page or a "not found" page instead of the page, and a host
whose name is no longer known. A failing server, a slow network or a refusal neither adds to that series nor ends it.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

WORKS, MOVED, AWAY = "werkt", "verhuisd", "tijdelijk-weg"
UNCHECKED, GONE = "niet-te-controleren", "verdwenen"
REPLACED, WITHDRAWN = "vervangen", "ingetrokken"
FOUND = (WORKS, MOVED, AWAY, UNCHECKED, GONE)
"""What checking can find; the slugs of the values of k:LocationState."""
DEAD = frozenset((GONE, REPLACED, WITHDRAWN))
"""Where a reader should not be sent any more: last in lists, and in no suggestion."""
POOR = frozenset((AWAY, *DEAD))
"""What a list of sources warns of."""

LEAST_FAILURES = 3
LEAST_SPAN = timedelta(days=7)

STATUS, SOFT_404, DNS, TLS, TIME_OUT, CONNECTION = "status", "soft-404", "dns", "tls", "time-out", "connection"
LOOP, REDIRECTS, ROBOTS, PRIVATE, ADDRESS, BOT_WALL = "loop", "redirects", "robots", "private", "address", "bot-wall"
FAILURES = (
    STATUS, SOFT_404, DNS, TLS, TIME_OUT, CONNECTION, LOOP, REDIRECTS, ROBOTS, PRIVATE, ADDRESS, BOT_WALL,
)  # fmt: skip
"""The kinds of failure, the values of k:failureKind. STATUS: the HTTP status says it."""
NETWORK = frozenset((DNS, TLS, TIME_OUT, CONNECTION))
"""Failures without any answer; when everything fails so, it is our own network that is down."""

_COPIED_ON = re.compile(r"/web/(\d{4})(\d\d)(\d\d)\d*[a-z_]*/")


@dataclass(frozen=True)
class Observation:
    """What one visit to an address found: a state of FOUND (never GONE), and why.

    `status` is the HTTP status of the last answer, None without one; `failure` one of FAILURES or empty.
    """

    state: str
    status: int | None = None
    failure: str = ""
    moved_to: str | None = None

    @property
    def not_there(self) -> bool:
        """Whether this says that the page is not there, not just that it could not be seen."""
        return self.state == AWAY and (self.failure in (SOFT_404, DNS) or self.status in (404, 410))


@dataclass(frozen=True)
class LinkCheck:
    """The latest check of a source's address. `failing_since` and `failures` tell of the days it was not there."""

    slug: str
    address: str
    day: date
    state: str
    status: int | None = None
    failure: str = ""
    moved_to: str | None = None
    last_worked: date | None = None
    failing_since: date | None = None
    failures: int = 0

    @property
    def may_be_confirmed(self) -> bool:
        """Whether it was not there often and long enough for a person to call it disappeared."""
        since = self.failing_since
        enough = self.failures >= LEAST_FAILURES and since is not None and self.day - since >= LEAST_SPAN
        return enough and self.state in (AWAY, UNCHECKED)


@dataclass(frozen=True)
class Health:
    """What a reader is told of a source's address: its state (empty when nothing is known) and dates (ISO 8601)."""

    state: str = ""
    checked: str | None = None
    last_worked: str | None = None
    moved_to: str | None = None
    archived: str | None = None

    @property
    def dead(self) -> bool:
        return self.state in DEAD

    @property
    def archived_on(self) -> str | None:
        """The day of the archived copy (ISO 8601), where its address tells it as the Wayback Machine does."""
        found = _COPIED_ON.search(self.archived or "")
        return "-".join(found.groups()) if found else None


NOTHING_KNOWN = Health()


def after(before: LinkCheck | None, slug: str, address: str, seen: Observation, day: date) -> LinkCheck:
    """The check that follows from the last one (of the same address; another address begins anew) and a visit."""
    if before is None or before.address != address:
        before = LinkCheck(slug, address, day, seen.state)
    day = max(day, before.day)  # a clock that was put back
    now = replace(before, day=day, state=seen.state, status=seen.status, failure=seen.failure, moved_to=seen.moved_to)
    if seen.state in (WORKS, MOVED):
        return replace(now, last_worked=day, failing_since=None, failures=0)
    if seen.not_there:
        first = before.failing_since or day
        again = before.failures == 0 or before.day < day or not _failed(before)
        now = replace(now, failing_since=first, failures=before.failures + again)
    # what a person confirmed stands until the page is back
    return replace(now, state=GONE) if before.state == GONE else now


def confirmed(check: LinkCheck) -> LinkCheck:
    """The same check with the word of a person that the page has disappeared."""
    return replace(check, state=GONE)


def _failed(check: LinkCheck) -> bool:
    return Observation(AWAY, check.status, check.failure).not_there
