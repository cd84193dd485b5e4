"""What a booklet holds: the whole model or one domain, in one language, ready to be laid out by a writer.

A text says its language, so that one that is not there in the language of the booklet is still read aloud rightly. A
text that is not there is empty.
"""

from dataclasses import dataclass

from kbs_graph.model import Tagged, Wheel

LANGUAGES = ("nl", "en")
"""The languages that booklets are made in."""


@dataclass(frozen=True)
class Line:
    """A text with the sources it rests on."""

    text: Tagged
    sources: tuple[Tagged, ...] = ()


@dataclass(frozen=True)
class About:
    """A text under what it is about: a target group, a topic, a notion."""

    head: Tagged
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Call:
    """When whom: `wording` says more than the name of the specialist or is empty; `soon` means today or at once."""

    trigger: Tagged
    specialist: Tagged
    wording: Tagged
    urgency: Tagged
    soon: bool
    registration: Tagged
    sources: tuple[Tagged, ...]


@dataclass(frozen=True)
class Work:
    """A source as printed: title, what is known of it in one line, its address (empty when we vouch for none)."""

    iri: str
    title: Tagged
    facts: str
    address: str
    first: bool


@dataclass(frozen=True)
class Entry:
    """An aspect."""

    iri: str
    label: Tagged
    specific: bool
    confirmed: bool
    explanation: Tagged
    definition: Tagged
    example: Tagged
    signs: tuple[Line, ...]
    questions: tuple[Line, ...]
    steps: tuple[Line, ...]
    calls: tuple[Call, ...]
    remarks: tuple[About, ...]
    groups: tuple[Tagged, ...]
    """Target groups it also plays with, without a remark."""
    areas: tuple[Tagged, ...]
    works: tuple[Work, ...]
    team: tuple[About, ...] = ()
    """What a team added for itself: whom it calls, its notes and examples."""


@dataclass(frozen=True)
class Chapter:
    """A domain, with its number on the wheel."""

    iri: str
    slug: str
    number: int
    label: Tagged
    definition: Tagged
    explanation: Tagged
    think_of: tuple[Line, ...]
    general: tuple[Entry, ...]
    specific: tuple[Entry, ...]
    works: tuple[Work, ...]
    """Sources of the whole domain that none of its aspects names."""
    team: tuple[About, ...] = ()
    """Topics that a team added for itself."""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All its aspects, in the order of the booklet."""
        return self.general + self.specific


@dataclass(frozen=True)
class Skill:
    """A competency."""

    iri: str
    number: int
    label: Tagged
    definition: Tagged
    explanation: Tagged
    behaviours: tuple[Line, ...]
    discussion: tuple[Line, ...]


@dataclass(frozen=True)
class Group:
    """A target group, with advice by topic."""

    iri: str
    label: Tagged
    definition: Tagged
    explanation: Tagged
    advice: tuple[About, ...]
    works: tuple[Work, ...]


@dataclass(frozen=True)
class Edition:
    """Of which version of the knowledge: its number, and the day it was published (ISO 8601)."""

    version: str
    day: str


@dataclass(frozen=True)
class Booklet:
    """A whole booklet. `slug` is that of its domain, empty when it holds all of them with skills and groups."""

    language: str
    slug: str
    title: Tagged
    lead: str
    edition: Edition
    day: str
    """The day in words."""
    wheel: Wheel
    wheel_in_words: str
    rings: tuple[str, ...]
    notions: tuple[About, ...]
    chapters: tuple[Chapter, ...]
    skills: tuple[Skill, ...]
    groups: tuple[Group, ...]
    checked: str
    citation: str
    address: str
    team: str = ""
    """A sentence that says whose additions are in it; empty when there are none."""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All aspects, in the order of the booklet."""
        return tuple(entry for chapter in self.chapters for entry in chapter.entries)
