"""What the team does itself, what it does together, what a specialist does: an agreement to show to partners.

What the team typed comes first; where it typed nothing, the contact of its own layer fills in, then the roles that the
referrals of the graph name.
"""

from dataclasses import dataclass

from kbs_graph.model import Ref
from kbs_graph.teamscan.model import Boundary, Contact, Line, NeedKind, Scan, Topic, Who
from kbs_graph.teamscan.rules import has_contact
from kbs_graph.teamscan.topics import with_own


@dataclass(frozen=True)
class Entry:
    """A topic in its column. `given` tells whether the team chose it; without a choice, the need puts it there.

    `contact` is as typed, else the organisation of the team's own layer; `roles` are those of the graph. `registration`
    tells whether a registered professional (SKJ, BIG) is needed.
    """

    topic: Topic
    who: Who
    given: bool
    boundary: Boundary
    contact: str
    phone: str
    reaction: str
    roles: tuple[Ref, ...]
    registration: bool
    has_contact: bool


@dataclass(frozen=True)
class Delimitation:
    """The three columns in the order of the topics; what lacks a contact to call; what nobody decided yet."""

    we: tuple[Entry, ...]
    together: tuple[Entry, ...]
    specialist: tuple[Entry, ...]
    no_contact: tuple[Entry, ...]
    undecided: tuple[Entry, ...]


def make(scan: Scan, topics: tuple[Topic, ...]) -> Delimitation:
    """The delimitation of a scan. What is needed through a specialist stands in the third column by itself."""
    entries = [
        entry(scan, topic, line)
        for topic in with_own(topics, scan)
        if (line := scan.lines.get(topic.key)) and _counts(line)
    ]
    chosen = {who: tuple(e for e in entries if _decided(scan, e) and e.who is who) for who in Who}
    called = (*chosen[Who.TOGETHER], *chosen[Who.SPECIALIST])
    return Delimitation(
        chosen[Who.WE],
        chosen[Who.TOGETHER],
        chosen[Who.SPECIALIST],
        tuple(e for e in called if not e.has_contact),
        tuple(e for e in entries if not _decided(scan, e)),
    )


def reachable(scan: Scan, topics: tuple[Topic, ...]) -> tuple[Entry, ...]:
    """The topics of a scan for which the team wrote down whom to call, there or for one of their roles (PRO-11)."""
    asked = ((topic, scan.lines.get(topic.key)) for topic in with_own(topics, scan))
    entries = (entry(scan, topic, line) for topic, line in asked if line and line.asked)
    return tuple(found for found in entries if found.contact or found.phone)


def _counts(line: Line) -> bool:
    return line.boundary is not None or (line.asked and line.need.kind is not NeedKind.NONE)


def _decided(scan: Scan, found: Entry) -> bool:
    return found.given or scan.lines[found.topic.key].need.kind is NeedKind.SPECIALIST


def entry(scan: Scan, topic: Topic, line: Line) -> Entry:
    """A topic as the delimitation shows it, filled in from the team's own contacts where nothing was typed."""
    boundary = line.boundary or Boundary(Who.SPECIALIST if line.need.kind is NeedKind.SPECIALIST else Who.WE)
    by_itself = topic.registered and boundary.who is not Who.WE  # the referrals tell it of who is called
    desk = _desk(scan, topic) or Contact("")
    return Entry(
        topic,
        boundary.who,
        line.boundary is not None,
        boundary,
        boundary.contact or desk.organisation,
        boundary.phone or desk.phone,
        boundary.reaction or desk.reaction,
        topic.specialists,
        by_itself if boundary.registration is None else boundary.registration,
        has_contact(scan, topic),
    )


def _desk(scan: Scan, topic: Topic) -> Contact | None:
    """The team's own contact for the first role that the topic names and the team has filled in."""
    by_role = {contact.role: contact for contact in scan.contacts if contact.organisation or contact.phone}
    return next((by_role[ref.slug] for ref in topic.specialists if ref.slug in by_role), None)
