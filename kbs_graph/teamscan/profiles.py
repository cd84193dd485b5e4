"""Ready profiles: start values for need and weight (A2). They are only a start; the team decides itself."""

from dataclasses import dataclass

from kbs_graph.errors import Words
from kbs_graph.teamscan.model import Kind, Need, NeedKind, Scan, Topic
from kbs_graph.teamscan.topics import with_own

YOUTH = "opvoeden-en-opgroeien"
"""The area that a team for youth and families is about."""


@dataclass(frozen=True)
class Profile:
    """A kind of team, by the slug that a file keeps, and one sentence about what it fills in."""

    slug: str
    label: Words
    sentence: Words


PROFILES = (
    Profile(
        "breed",
        Words("Breed team", "Broad team"),
        Words(
            "Iedereen herkent het algemene, en van elk specifiek onderwerp weten minstens twee collega's meer.",
            "Everyone recognises the general topics, and at least two colleagues know more of each specific one.",
        ),
    ),
    Profile(
        "complex",
        Words("Alleen complexe vragen", "Only complex questions"),
        Words(
            "Iedereen kan met het algemene werken, en twee collega's helpen anderen bij elk specifiek onderwerp.",
            "Everyone can work with the general topics, and two colleagues help others with each specific one.",
        ),
    ),
    Profile(
        "jeugd",
        Words("Jeugd en gezin", "Youth and families"),
        Words(
            "Opvoeden en opgroeien weegt het zwaarst en vraagt meer collega's; wat daar ver van af staat, telt minder.",
            "Parenting and growing up weighs most and takes more colleagues; what is far from it weighs less.",
        ),
    ),
    Profile(
        "voorpost",
        Words("Voorpost", "Outpost"),
        Words(
            "Een klein team dat ziet wat er speelt en verwijst: het specifieke gaat via een specialist.",
            "A small team that sees what is going on and refers: the specific goes through a specialist.",
        ),
    ),
)
ONLY_A_START = Words(
    "Dit is alleen een begin. Jullie bepalen zelf wat je team nodig heeft.",
    "This is only a start. You decide yourselves what your team needs.",
)


def find(slug: str) -> Profile | None:
    """The profile with this slug; None when there is none, or not any more."""
    return next((profile for profile in PROFILES if profile.slug == slug), None)


def start(topic: Topic, profile: str) -> tuple[Need, int]:
    """The need and weight a profile begins with; without a known profile those of a broad team (A2)."""
    return {"complex": _complex, "jeugd": _youth, "voorpost": _outpost}.get(profile, _broad)(topic)


def is_adapted(scan: Scan, topics: tuple[Topic, ...]) -> bool:
    """Whether the team changed what its profile began with, in any topic of the scan. Never without a profile."""
    if not find(scan.profile):
        return False
    return any(
        not same(line.need, (began := start(topic, scan.profile))[0]) or line.weight != began[1]
        for topic in with_own(topics, scan)
        if (line := scan.lines.get(topic.key)) and line.asked
    )


def same(one: Need, other: Need) -> bool:
    """Whether two needs ask the same; a level or number that does not count makes no difference."""
    return _counting(one) == _counting(other)


def _counting(need: Need) -> tuple[NeedKind, int, int]:
    counted = need.kind in (NeedKind.EVERYONE, NeedKind.SOME)
    return need.kind, need.level if counted else 0, need.number if need.kind is NeedKind.SOME else 0


def _broad(topic: Topic) -> tuple[Need, int]:
    if topic.kind is Kind.SPECIFIC:
        return Need(NeedKind.SOME, 2, 2), 2
    return Need(NeedKind.EVERYONE, 1 if topic.kind is Kind.GENERAL else 2), 2


def _complex(topic: Topic) -> tuple[Need, int]:
    if topic.kind is Kind.SPECIFIC:
        return Need(NeedKind.SOME, 3, 2), 3
    return Need(NeedKind.EVERYONE, 2), 2


def _youth(topic: Topic) -> tuple[Need, int]:
    if topic.kind is Kind.COMPETENCY:
        return _broad(topic)
    specific = topic.kind is Kind.SPECIFIC
    if topic.domain and topic.domain.slug == YOUTH:
        return (Need(NeedKind.SOME, 2, 3) if specific else Need(NeedKind.EVERYONE, 2)), 3
    if any(domain.slug == YOUTH for domain in topic.also_in):
        return _broad(topic)[0], 3
    return (Need(NeedKind.SOME, 2, 1), 1) if specific else _broad(topic)


def _outpost(topic: Topic) -> tuple[Need, int]:
    if topic.kind is Kind.SPECIFIC:
        return Need(NeedKind.SPECIALIST), 2
    return _broad(topic)[0], 3 if topic.kind is Kind.GENERAL else 2
