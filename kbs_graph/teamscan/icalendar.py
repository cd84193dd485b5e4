"""The dates of a plan as a calendar file (RFC 5545): an all-day event a row, with nothing in it but what was typed."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

from kbs_graph.errors import Words
from kbs_graph.teamscan import plan
from kbs_graph.teamscan.model import PlanRow, Scan, State, Topic
from kbs_graph.teamscan.topics import by_key, with_own

_LONGEST = 75
"""Octets of a content line without its end (section 3.1)."""
_NAME = Words("Leerplan", "Learning plan")
_OWNER = Words("Wie trekt dit", "Who leads this")
_NOTICE = Words("Waaraan merken we dat het helpt", "How will we notice it helps")
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def make(scan: Scan, topics: tuple[Topic, ...], language: str, base: str, now: datetime | None = None) -> str:
    """The plan as an iCalendar object, lines ended by CRLF; rows without a day are left out.

    `base` is the public address of the site, for links to the topics. `now` is the time of making (DTSTAMP, in UTC).
    """
    known = by_key(with_own(topics, scan))
    stamp = (now or datetime.now(UTC)).astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kennisbouwstenen//Teamscan//NL", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{_text(_title(scan, language))}"]
    seen: dict[str, int] = {}
    for row in scan.plan:
        day = _day(row)
        if day:
            again = seen[row.topic] = seen.get(row.topic, 0) + 1
            lines += _event(row, day, _uid(scan, row, again), known, language, base, stamp)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(
    row: PlanRow, day: date, uid: str, topics: Mapping[str, Topic], language: str, base: str, stamp: str
) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"  # the day after: the end is not part of the event
    yield f"SUMMARY:{_text(plan.label(row, topics, language))}"
    told = _description(row, language)
    if told:
        yield f"DESCRIPTION:{_text(told)}"
    if base and row.topic in topics and not row.topic.startswith("eigen/"):
        yield f"URL:{base.rstrip('/')}/{language}/{row.topic}"
    yield f"STATUS:{'TENTATIVE' if row.state is State.IDEA else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _title(scan: Scan, language: str) -> str:
    return ": ".join(part for part in (_NAME.in_language(language), scan.name) if part)


def _description(row: PlanRow, language: str) -> str:
    """What was agreed, a line each; only what the team itself typed."""
    told = [row.goal, row.action_text]
    told += [
        f"{word.in_language(language)}: {said}" for word, said in ((_OWNER, row.owner), (_NOTICE, row.notice)) if said
    ]
    return "\n".join(part for part in told if part)


def _uid(scan: Scan, row: PlanRow, again: int) -> str:
    """The same at every export of a row, so that a calendar replaces it, and another for another team.

    A digest of the name of the team and of the topic: nothing typed can be read from it.
    """
    digest = hashlib.sha256(f"{scan.mode} {scan.name} {row.topic} {again}".encode()).hexdigest()[:32]
    return f"{digest}@kennisbouwstenen"


def _day(row: PlanRow) -> date | None:
    try:
        return date.fromisoformat(row.day)
    except ValueError:
        return None


def _text(value: str) -> str:
    """A value of type TEXT (section 3.3.11): escaped, without other control characters."""
    plain = value.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in plain if sign == "\n" or sign.isprintable() or sign == "\u00ad").translate(_ESCAPES)


def _folded(line: str) -> str:
    """A content line in pieces of at most 75 octets, never inside a character; each next piece begins with a space."""
    pieces, piece, size = [], "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > _LONGEST:
            pieces.append(piece)
            piece, size = "", 1  # the space that marks it as a continuation
        piece, size = piece + sign, size + octets
    return "\r\n ".join([*pieces, piece])
