"""What a team scan holds: counts a topic, needs, contacts, a plan. Plain frozen dataclasses; no person exists in them.

The rules are those of A1 to A4 of the product's requirements: levels 0 to 3, need and weight set by the team itself,
eight statuses. A scan of one professional is a scan of a team of one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from kbs_graph.model import Ref, SourceRef, Texts

Counts = tuple[int, int, int]
"""How many colleagues are at level 1 or higher, at level 2 or higher, and at level 3."""
Extra = Mapping[str, object]
"""What a file of a later version said beside what this version knows: kept, and written back."""


class Mode(StrEnum):
    """A team in a meeting, or one professional (a team of one)."""

    TEAM = "team"
    OWN = "own"


class NeedKind(StrEnum):
    """Who must know it: everyone, at least some, a specialist outside the team, or nobody."""

    EVERYONE = "everyone"
    SOME = "some"
    SPECIALIST = "specialist"
    NONE = "none"


class Status(StrEnum):
    """A3, in the order of the report."""

    MISSING = "missing"
    FRAGILE = "fragile"
    PARTLY = "partly"
    IN_PLACE = "in-place"
    SPECIALIST = "specialist"
    NO_CONTACT = "no-contact"
    NOT_NEEDED = "not-needed"
    UNFILLED = "unfilled"


class Kind(StrEnum):
    """What a topic is: general or specific knowledge, or a generic competency."""

    GENERAL = "general"
    SPECIFIC = "specific"
    COMPETENCY = "competency"


class Who(StrEnum):
    """The three columns of the delimitation."""

    WE = "we"
    TOGETHER = "together"
    SPECIALIST = "specialist"


class Action(StrEnum):
    """The ten kinds of action of a training plan, and one in the team's own words."""

    READ = "read"
    E_LEARNING = "e-learning"
    TRAINING = "training"
    SHADOWING = "shadowing"
    INTERVISION = "intervision"
    CASE_DISCUSSION = "case-discussion"
    KEEPER = "keeper"
    CONSULT = "consult"
    GUEST_LESSON = "guest-lesson"
    NEW_COLLEAGUE = "new-colleague"
    OTHER = "other"


class State(StrEnum):
    """How far a row of the plan is: idee, afgesproken, bezig, klaar."""

    IDEA = "idea"
    AGREED = "agreed"
    BUSY = "busy"
    DONE = "done"


@dataclass(frozen=True)
class Topic:
    """What can be scanned. `key` is the path of a thing (`aspect/meldcode`), or `eigen/<n>` for one of the team's own.

    A competency has no domain. `specialists` are the roles its referrals name, `registered` tells whether one of them
    asks for a registration; `modified` is the day (ISO 8601) its text last changed; `also_in` are the areas where it
    plays a part beside its own.
    """

    key: str
    label: Texts
    kind: Kind
    domain: Ref | None
    explanation: Texts = field(default_factory=dict)
    specialists: tuple[Ref, ...] = ()
    registered: bool = False
    sources: tuple[SourceRef, ...] = ()
    modified: str | None = None
    also_in: tuple[Ref, ...] = ()


@dataclass(frozen=True)
class Need:
    """Who must know it and at which level (1 to 3); `number` counts for SOME alone."""

    kind: NeedKind
    level: int = 2
    number: int = 2
    extra: Extra = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Boundary:
    """Who does this, why, whom to call (a role) and how, and how the team steps up and down. Texts may be empty."""

    who: Who
    reason: str = ""
    contact: str = ""
    phone: str = ""
    reaction: str = ""
    step_up: str = ""
    step_down: str = ""
    registration: bool | None = None
    extra: Extra = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Line:
    """A topic in a scan. `counts` is None when not filled in, which is never the same as (0, 0, 0).

    `asked` is false for a topic taken out of the scan that still holds what was typed. `learn` is how many want to
    learn this; `keeper` is the role that keeps the knowledge (kennisdrager), `partner` who brings it in a network;
    `share` allows a region to tell other teams what this team can offer.
    """

    need: Need
    weight: int = 2
    counts: Counts | None = None
    asked: bool = True
    learn: int = 0
    keeper: str = ""
    partner: str = ""
    share: bool = False
    note: str = ""
    practice: str = ""
    boundary: Boundary | None = None
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True)
class Contact:
    """Whom this team calls for a specialist role (slug of a `specialist`): an organisation or desk, never a person."""

    role: str
    organisation: str = ""
    phone: str = ""
    reaction: str = ""
    note: str = ""
    extra: Extra = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class OwnTopic:
    """A topic the team added itself: `key` is `eigen/<n>`, `domain` the slug of one of the seven areas."""

    key: str
    label: str
    domain: str
    kind: Kind = Kind.SPECIFIC
    explanation: str = ""
    extra: Extra = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class PlanRow:
    """One thing to do. `sources` are slugs of sources, `owner` is a role, `day` is ISO 8601 or empty (not chosen)."""

    topic: str
    goal: str = ""
    action: Action | None = None
    action_text: str = ""
    sources: tuple[str, ...] = ()
    owner: str = ""
    day: str = ""
    notice: str = ""
    state: State = State.IDEA
    extra: Extra = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Scan:
    """A whole scan, as it stands in a file. `lines` is by key of the topic; `day` is when it was saved (ISO 8601).

    `name` is what a team calls itself (Team Noord), `profile` the slug of the profile its start values came from,
    `graph` the version of the graph it was made with.
    """

    mode: Mode = Mode.TEAM
    name: str = ""
    day: str = ""
    size: int = 1
    profile: str = ""
    graph: str = ""
    lines: Mapping[str, Line] = field(default_factory=dict)
    own_topics: tuple[OwnTopic, ...] = ()
    contacts: tuple[Contact, ...] = ()
    plan: tuple[PlanRow, ...] = ()
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True)
class Judged:
    """A topic with what the rules say of it. `have` and `need` are numbers of colleagues, 0 where nothing is counted.

    `one_person` is the flag "hangt aan een persoon". `priority` orders what is open; people see only its word.
    """

    topic: Topic
    line: Line
    status: Status
    have: int = 0
    need: int = 0
    one_person: bool = False
    priority: Fraction = Fraction(0)

    @property
    def urgency(self) -> str:
        """`high`, `middle` or `low`: 2 or more, 1 or more, less."""
        return "high" if self.priority >= 2 else "middle" if self.priority >= 1 else "low"
