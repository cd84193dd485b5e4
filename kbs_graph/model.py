"""The things pages show: plain frozen dataclasses, free of RDF and of the language of the reader.

A `Texts` maps a language tag to a text; a page picks its language, then Dutch, then any, and says which it took.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from kbs_graph.link_states import NOTHING_KNOWN, Health

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Ref:
    """Another thing, as a link: its IRI, and for our own things the (type, slug) of its page."""

    iri: str
    label: Texts
    segment: str | None = None
    slug: str | None = None
    order: int = 0


@dataclass(frozen=True)
class Tagged:
    """One text in one language."""

    text: str
    language: str


@dataclass(frozen=True)
class Review:
    """An expert's reading: who (as they wish to be named), the day, and whether the whole thing was confirmed."""

    reader: str
    day: str
    whole: bool


@dataclass(frozen=True)
class Record:
    """Who wrote a thing, when, what its wording rests on, and whether an expert confirmed it. Dates are ISO 8601."""

    status: Ref | None
    author: Ref | None
    formulation: Ref | None
    created: str | None
    modified: str | None
    review_before: str | None
    reviews: tuple[Review, ...] = ()


@dataclass(frozen=True)
class Thing:
    """What every page has. `explanation` is the plain text (uitleg), `definition` the exact one."""

    iri: str
    segment: str
    slug: str
    label: Texts
    definition: Texts
    explanation: Texts
    notes: Texts
    alternatives: tuple[Tagged, ...]
    old_words: tuple[Tagged, ...]
    schemes: tuple[Ref, ...]
    mappings: tuple[tuple[str, Ref], ...]
    record: Record


@dataclass(frozen=True)
class SourceRef:
    """A source in a list: its page, its address at the publisher (None when withheld), kind, makers, time and cost."""

    ref: Ref
    address: str | None
    kind: Ref | None
    publishers: tuple[Ref, ...]
    year: str | None
    language: str
    health: Health = NOTHING_KNOWN
    minutes: int | None = None
    free: bool | None = None


@dataclass(frozen=True)
class AspectRef:
    """An aspect in a list: its home domain, whether it is specific knowledge, and the remark or wording with it."""

    ref: Ref
    domain: Ref | None
    specific: bool
    note: Texts | None = None


@dataclass(frozen=True)
class PartText:
    """A numbered text of a thing, with what it belongs to (the sign of a signal) and the sources it rests on."""

    text: Texts
    link: Ref | None = None
    sources: tuple[Ref, ...] = ()


@dataclass(frozen=True)
class Referral:
    """When which specialist: trigger, role, how soon, the registration the law asks for, and what it rests on."""

    wording: Texts
    trigger: Texts
    specialist: Ref | None
    urgency: Ref | None
    registration: Ref | None
    sources: tuple[Ref, ...] = ()


@dataclass(frozen=True)
class Domain(Thing):
    """`ring` holds all domains, this one too, in the order of the wheel."""

    order: int
    illustrations: tuple[PartText, ...]
    general: tuple[AspectRef, ...]
    specific: tuple[AspectRef, ...]
    elsewhere: tuple[AspectRef, ...]
    sources: tuple[SourceRef, ...]
    ring: tuple[Ref, ...]


@dataclass(frozen=True)
class Aspect(Thing):
    domain: Ref | None
    also_in: tuple[Ref, ...]
    specific: bool
    knowledge_type: Ref | None
    example: Texts
    signals: tuple[PartText, ...]
    questions: tuple[PartText, ...]
    steps: tuple[PartText, ...]
    referrals: tuple[Referral, ...]
    remarks: tuple[PartText, ...]
    target_groups: tuple[Ref, ...]
    competencies: tuple[Ref, ...]
    related: tuple[Ref, ...]
    cases: tuple[Ref, ...]
    lead_source: Ref | None
    evidence: tuple[Ref, ...]
    sources: tuple[SourceRef, ...]


@dataclass(frozen=True)
class Competency(Thing):
    order: int
    behaviours: tuple[PartText, ...]
    discussion: tuple[PartText, ...]
    aspects: tuple[AspectRef, ...]
    evidence: tuple[Ref, ...]


@dataclass(frozen=True)
class TargetGroup(Thing):
    """`advice` holds texts with the topic each is about, in the order of reading."""

    order: int
    advice: tuple[PartText, ...]
    aspects: tuple[AspectRef, ...]
    sources: tuple[SourceRef, ...]
    evidence: tuple[Ref, ...]


@dataclass(frozen=True)
class Said:
    """What an organisation handed in about a source itself: the concepts it links it to, and the other properties it
    stated (compact, such as `dcterms:issued`)."""

    organisation: Ref
    about: tuple[Ref, ...]
    properties: tuple[str, ...]


@dataclass(frozen=True)
class Source(Thing):
    """`title_language` is the language of the document's title. Unknown facts are None or empty, never guessed."""

    title_language: str
    address: str | None
    publishers: tuple[Ref, ...]
    commissioned_by: tuple[Ref, ...]
    kind: Ref | None
    languages: tuple[str, ...]
    year: str | None
    why: Texts
    audiences: tuple[Ref, ...]
    minutes: int | None
    free: bool | None
    evidence: Texts
    time_bound: bool
    replaced_by: Ref | None
    domains: tuple[Ref, ...]
    aspects: tuple[Ref, ...]
    target_groups: tuple[Ref, ...]
    health: Health = NOTHING_KNOWN
    said: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Organisation(Thing):
    """`contributed` is the moment (ISO 8601) of what it last handed in itself, if it did."""

    homepage: str | None
    kind: Ref | None
    sources: tuple[SourceRef, ...]
    commissioned: tuple[SourceRef, ...]
    contributed: str | None = None


@dataclass(frozen=True)
class Case(Thing):
    story: Texts
    exceeds_team: bool
    first_looks: tuple[PartText, ...]
    aspects: tuple[AspectRef, ...]
    domains: tuple[Ref, ...]
    target_groups: tuple[Ref, ...]
    signs: tuple[Ref, ...]
    referrals: tuple[Referral, ...]


@dataclass(frozen=True)
class Sign(Thing):
    safety: bool
    aspects: tuple[AspectRef, ...]


@dataclass(frozen=True)
class Specialist(Thing):
    """A role beside the team: for whom, how it is reached in general, and whether one calls it in danger."""

    for_whom: Texts
    how_to_reach: Texts
    safety: bool
    aspects: tuple[AspectRef, ...]
    cases: tuple[AspectRef, ...]


@dataclass(frozen=True)
class Notion(Thing):
    paragraphs: tuple[PartText, ...]


@dataclass(frozen=True)
class Scheme(Thing):
    members: tuple[Ref, ...]


@dataclass(frozen=True)
class Spoke:
    """A thing on the wheel: the short text in its segment (its label where it has none), and what it means."""

    ref: Ref
    short: Texts
    description: Texts


@dataclass(frozen=True)
class Wheel:
    """The karrewiel: who meet in the middle (resident, professional), and the rings in their fixed order."""

    middle: tuple[Spoke, ...]
    domains: tuple[Spoke, ...]
    competencies: tuple[Spoke, ...]
    target_groups: tuple[Spoke, ...]


@dataclass(frozen=True)
class Home:
    domains: tuple[Ref, ...]
    competencies: tuple[Ref, ...]
    target_groups: tuple[Ref, ...]
    wheel: Wheel = Wheel((), (), (), ())


@dataclass(frozen=True)
class Tombstone:
    """What stays of a retired thing: why and when it went, and what took its place."""

    iri: str
    label: Texts
    reason: Texts
    date: str | None
    successor: Ref | None
