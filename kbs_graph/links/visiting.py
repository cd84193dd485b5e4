"""A visit to an address, redirects and all, as an observation: what the page's state is and why. Door to protego.

At most one request to a host in so many seconds, whatever page it is for; robots.txt (RFC 9309) is read first, and a
host that asks for rest (Retry-After, RFC 9110 section 10.2.3) gets it.
"""

import re
import threading
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

from protego import Protego

from kbs_graph.link_states import (
    ADDRESS,
    AWAY,
    BOT_WALL,
    LOOP,
    MOVED,
    PRIVATE,
    REDIRECTS,
    ROBOTS,
    SOFT_404,
    STATUS,
    TIME_OUT,
    UNCHECKED,
    WORKS,
    Observation,
)
from kbs_graph.links import fetching
from kbs_graph.links.fetching import PRODUCT, Answer, Manners, Unanswered

Get = Callable[[str, Manners, int | None], Answer]
_FOLLOWED, _FOR_GOOD = (301, 302, 303, 307, 308), (301, 308)
_PASSING = (404, 408, 410, 425)
"""Client errors that say something of the page; all others say that we may not, or cannot, look."""
_MOST_DELAY = 60.0
"""Seconds between requests that a robots.txt may ask of us (Crawl-delay)."""
_ROBOTS_REDIRECTS = 5
_FRONT = re.compile(r"/?((nl|en|home|index|default)(-[a-z]{2})?(\.(html?|php|aspx?))?)?/?", re.IGNORECASE)
_NOT_FOUND = re.compile(r"(^|[/_-])(404|not-?found|(pagina-)?niet-gevonden)([/._-]|$)", re.IGNORECASE)
_WALLS = (
    b"/cdn-cgi/challenge-platform", b"_Incapsula_Resource", b"captcha-delivery.com", b"<title>Just a moment...",
    b"px-captcha", b"/.well-known/sgcaptcha",
)  # fmt: skip
"""What pages hold that keep programs out and answer as if they were the page."""


class Later(Exception):
    """The host asked for more rest than this run has; the address is left to the next one."""


class Pacer:
    """Gives each host its turns. Safe to use from several threads; `clock` and `rest` are in seconds."""

    def __init__(
        self,
        interval: float,
        longest_wait: float,
        clock: Callable[[], float] = time.monotonic,
        rest: Callable[[float], None] = time.sleep,
    ):
        self._interval, self._longest_wait, self._clock, self._rest = interval, longest_wait, clock, rest
        self._next: dict[str, float] = {}
        self._intervals: dict[str, float] = {}
        self._guard = threading.Lock()

    def turn(self, host: str) -> None:
        """Wait until the host may be asked. Raises Later when that takes too long."""
        with self._guard:
            now = self._clock()
            at = max(now, self._next.get(host, now))
            if at - now > self._longest_wait:
                raise Later(host)
            self._next[host] = at + self._intervals.get(host, self._interval)
        if at > now:
            self._rest(at - now)

    def slow_down(self, host: str, interval: float) -> None:
        """Ask the host less often from now on."""
        with self._guard:
            self._intervals[host] = max(self._interval, min(interval, _MOST_DELAY))
            self._next[host] = max(self._next.get(host, 0.0), self._clock() + self._intervals[host])

    def hold(self, host: str, seconds: float) -> None:
        """Do not ask the host for so long."""
        with self._guard:
            self._next[host] = max(self._next.get(host, 0.0), self._clock() + seconds)


class Visitor:
    """Looks at addresses with one pace and one memory of robots.txt files; safe to use from several threads."""

    def __init__(self, manners: Manners, pacer: Pacer | None = None, get: Get = fetching.get):
        self._manners, self._get = manners, get
        self._pacer = pacer or Pacer(manners.interval, manners.longest_wait)
        self._robots: dict[str, Protego | str] = {}
        self._guards: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()

    def look(self, address: str) -> Observation:
        """What is at an address now. Raises Later when its host asked for rest."""
        here, lasting, seen = address, address, set[str]()
        try:
            for _ in range(self._manners.most_redirects + 1):
                if here in seen:
                    return Observation(AWAY, failure=LOOP)
                seen.add(here)
                if refusal := self._refused(here):
                    return refusal
                answer = self._ask(here)
                if answer.status not in _FOLLOWED or "location" not in answer.headers:
                    return judged(address, here, lasting, answer)
                to = _target(here, answer.headers["location"])
                # an address stays right as long as the site does not say otherwise for good (RFC 9110, section 15.4)
                lasting = to if lasting == here and answer.status in _FOR_GOOD else lasting
                here = to
        except Unanswered as error:
            return _unanswered(error.kind)
        return Observation(AWAY, failure=REDIRECTS)

    def _ask(self, address: str, most_bytes: int | None = None) -> Answer:
        host = fetching.split(address).host or ""
        self._pacer.turn(host)
        answer = self._get(address, self._manners, most_bytes)
        asked = answer.headers.get("retry-after", "")
        if answer.status == 429 or (answer.status == 503 and asked):
            self._pacer.hold(host, _rest_asked(asked))
        return answer

    def _refused(self, address: str) -> Observation | None:
        """What to report when robots.txt keeps us out, or cannot be had; None when we may look."""
        parts = fetching.split(address)
        origin = f"{parts.scheme}://{parts.netloc}"
        with self._guard:
            guard = self._guards.setdefault(origin, threading.Lock())
        with guard:
            if origin not in self._robots:
                self._robots[origin] = self._read_robots(origin)
                if isinstance(rules := self._robots[origin], Protego) and (delay := rules.crawl_delay(PRODUCT)):
                    self._pacer.slow_down(parts.host or "", float(delay))
        rules = self._robots[origin]
        if isinstance(rules, str):
            return _unanswered(rules)
        return None if rules.can_fetch(address, PRODUCT) else Observation(UNCHECKED, failure=ROBOTS)

    def _read_robots(self, origin: str) -> Protego | str:
        """The rules of a host, or the kind of failure that stands in the way (RFC 9309, section 2.3.1)."""
        here = origin + "/robots.txt"
        try:
            for _ in range(_ROBOTS_REDIRECTS + 1):
                answer = self._ask(here, self._manners.most_robots_bytes)
                if answer.status in _FOLLOWED and "location" in answer.headers:
                    here = _target(here, answer.headers["location"])
                    continue
                if answer.status >= 500 or answer.status == 429:
                    return ROBOTS
                text = answer.beginning.decode("utf-8", "replace") if answer.status < 300 else ""
                return Protego.parse(text)
        except Unanswered as error:
            # a host that gives no answer at all is asked no second time; one that is slow may still show its pages
            return ROBOTS if error.kind == TIME_OUT else error.kind
        return Protego.parse("")


def judged(asked: str, here: str, lasting: str, answer: Answer) -> Observation:
    """What an answer that leads no further says of the address that was asked.

    `here` is where redirects ended, `lasting` where those for good led to. Pure, so that every case can be tested.
    """
    status = answer.status
    if 200 <= status < 300:
        if answer.headers.get("cf-mitigated") or any(mark in answer.beginning for mark in _WALLS):
            return Observation(UNCHECKED, status, BOT_WALL)
        if _is_elsewhere(asked, here):
            return Observation(AWAY, status, SOFT_404)
        if same_page(asked, lasting):
            return Observation(WORKS, status)
        return Observation(MOVED, status, moved_to=lasting)
    if status >= 500 and status < 600 and not answer.headers.get("cf-mitigated"):
        return Observation(AWAY, status, STATUS)
    return Observation(AWAY if status in _PASSING else UNCHECKED, status, STATUS)


def same_page(one: str, other: str) -> bool:
    """Whether two addresses differ only in what does not matter: http or https, www., the last slash, the fragment."""
    return _plain(one) == _plain(other)


def _plain(address: str) -> tuple[str, str, str]:
    parts = urlsplit(fetching.split(address).url)
    port = {("http", 80): "", ("https", 443): ""}.get((parts.scheme, parts.port or 0), str(parts.port or ""))
    return (parts.hostname or "").removeprefix("www.") + port, parts.path.rstrip("/"), parts.query


def _is_elsewhere(asked: str, here: str) -> bool:
    """Whether a page gave way to a front page or a page that says it was not found: a soft 404."""
    was, now = urlsplit(asked), urlsplit(here)
    if same_page(asked, here) or (_FRONT.fullmatch(was.path) and not was.query):
        return False
    return bool(_FRONT.fullmatch(now.path) and not now.query) or (
        bool(_NOT_FOUND.search(now.path)) and not _NOT_FOUND.search(was.path)
    )


def _target(here: str, location: str) -> str:
    """Where a redirect leads, without a fragment. Raises Unanswered for an address we do not visit."""
    try:
        # headers are read as Latin-1 (RFC 9110, section 5.5); addresses in them are UTF-8 when they are not ASCII
        to = urljoin(here, location.encode("latin-1").decode("utf-8", "replace").strip())
    except ValueError:
        raise Unanswered(ADDRESS) from None
    return fetching.split(to)._replace(fragment=None).url


def _unanswered(kind: str) -> Observation:
    """No answer from the page: gone for now, or not for us to look at."""
    return Observation(UNCHECKED if kind in (ADDRESS, PRIVATE, ROBOTS) else AWAY, failure=kind)


def _rest_asked(header: str) -> float:
    """The seconds a Retry-After asks for: a number, or a date (RFC 9110, section 10.2.3). Nothing said: a minute."""
    try:
        return max(0.0, float(int(header)))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - time.time())
    except (TypeError, ValueError):
        return 60.0
