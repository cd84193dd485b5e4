"""The plan that follows from a scan: a first row for what is open, sources that fit it, and what a row still lacks.

The plan of a professional, of a team and of a region are the same thing: rows in a scan.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kbs_graph.errors import BadRequest, Words
from kbs_graph.link_states import MOVED, POOR, WORKS
from kbs_graph.model import SourceRef, Texts
from kbs_graph.teamscan.model import Action, Judged, Kind, Mode, NeedKind, PlanRow, Scan, Status, Topic
from kbs_graph.teamscan.topics import by_key, with_own

MOST_SOURCES = 5
ADVISED = (2, 3)
"""How many things a team had better choose for three months."""

_BRIEF = ("factsheet", "wegwijzer", "website", "video", "e-learning")
_WORKING = ("handreiking", "methode", "instrument", "e-learning", "video", "factsheet")
_DEEP = ("richtlijn", "methode", "onderzoek", "handreiking", "instrument", "e-learning")
_BY_LEVEL = {1: _BRIEF, 2: _WORKING, 3: _DEEP}
"""Kinds of source (slugs) that fit a level, the most fitting first: short to recognise, worked out to help others."""
_BY_ACTION: Mapping[Action, tuple[str, ...]] = {
    Action.E_LEARNING: ("e-learning", "video"),
    Action.TRAINING: ("e-learning", "methode", "richtlijn"),
    Action.INTERVISION: ("instrument", "methode", "handreiking"),
    Action.CASE_DISCUSSION: ("handreiking", "methode", "instrument"),
    Action.KEEPER: ("richtlijn", "onderzoek", "methode"),
    Action.CONSULT: ("wegwijzer", "website"),
    Action.GUEST_LESSON: ("wegwijzer", "factsheet", "handreiking"),
    Action.NEW_COLLEAGUE: ("website", "wegwijzer", "factsheet"),
}
"""Kinds that fit an action before those of the level; the other actions take the level alone."""
_VERBS = {
    1: (("herken dit", "herkent dit", "herkennen dit"), ("recognise this", "recognises this", "recognise this")),
    2: (
        ("kan ermee werken", "kan ermee werken", "kunnen ermee werken"),
        ("can work with this", "can work with this", "can work with this"),
    ),
    3: (
        ("help collega's hiermee", "helpt collega's hiermee", "helpen collega's hiermee"),
        ("help colleagues with this", "helps colleagues with this", "help colleagues with this"),
    ),
}
"""What one can do at a level, after *I*, after one colleague and after more, in Dutch and in English."""

_MYSELF = Words("ik", "me")
CALLING = Words("We weten wie we bellen en wat we afspreken.", "We know whom to call and what we agree on.")
"""The goal of what a specialist does."""


class Lack(StrEnum):
    """What a row of the plan still needs before it is an agreement."""

    ACTION = "action"
    OWNER = "owner"
    DAY = "day"


LACKS = {
    Lack.ACTION: Words("actie", "action"),
    Lack.OWNER: Words("eigenaar", "owner"),
    Lack.DAY: Words("datum", "date"),
}


@dataclass(frozen=True)
class Item:
    """A row of the plan with its place (from 0), its topic (None when unknown here), what the rules say and advice."""

    place: int
    row: PlanRow
    topic: Topic | None
    judged: Judged | None
    lacks: tuple[Lack, ...]
    chosen: tuple[SourceRef, ...]
    suggested: tuple[SourceRef, ...]

    @property
    def offered(self) -> tuple[SourceRef, ...]:
        """What there is to tick: the suggestions, and what was ticked before and is none of them any more."""
        known = {source.ref.slug for source in self.suggested}
        return (*self.suggested, *(source for source in self.chosen if source.ref.slug not in known))


def proposal(judged: Judged, mode: Mode = Mode.TEAM, language: str = "nl") -> PlanRow:
    """A first row for a topic: its goal from the need, an action to begin with; owner and day are left to the team.

    In the plan of one professional the owner is known: `ik`.
    """
    told = goal(judged, mode).in_language(language)
    if mode is Mode.OWN:
        return PlanRow(judged.topic.key, told, Action.READ, owner=_MYSELF.in_language(language))
    return PlanRow(judged.topic.key, told, _action(judged))


def goal(judged: Judged, mode: Mode = Mode.TEAM) -> Words:
    """What is reached when the need is met, in one sentence."""
    need = judged.line.need
    if need.kind in (NeedKind.SPECIALIST, NeedKind.NONE):
        return CALLING
    nl, en = _VERBS.get(need.level, _VERBS[2])
    if mode is Mode.OWN:
        return Words(f"Ik {nl[0]}.", f"I {en[0]}.")
    if need.kind is NeedKind.EVERYONE:
        return Words(f"Alle collega's {nl[2]}.", f"All colleagues {en[2]}.")
    if need.number == 1:
        return Words(f"Minstens 1 collega {nl[1]}.", f"At least 1 colleague {en[1]}.")
    return Words(f"Minstens {need.number} collega's {nl[2]}.", f"At least {need.number} colleagues {en[2]}.")


def _action(judged: Judged) -> Action:
    """Whom one colleague can show it walks along; what nobody knows comes from outside; the rest is talked over."""
    if judged.status is Status.FRAGILE:
        return Action.SHADOWING
    if judged.status is Status.MISSING:
        return Action.E_LEARNING if judged.topic.kind is Kind.GENERAL else Action.TRAINING
    if judged.status is Status.UNFILLED:
        return Action.TRAINING
    if judged.status in (Status.NO_CONTACT, Status.SPECIALIST):
        return Action.CONSULT
    return Action.CASE_DISCUSSION


def lacking(row: PlanRow) -> tuple[Lack, ...]:
    """What is still to be chosen, in the order of a row. An action in own words wants those words."""
    action = row.action is not None and (row.action is not Action.OTHER or bool(row.action_text.strip()))
    filled = {Lack.ACTION: action, Lack.OWNER: bool(row.owner.strip()), Lack.DAY: bool(row.day)}
    return tuple(lack for lack, is_filled in filled.items() if not is_filled)


def is_final(scan: Scan) -> bool:
    """Whether the plan may be called final (klaar): it has a row, and no row lacks anything."""
    return bool(scan.plan) and not any(lacking(row) for row in scan.plan)


def refuse_unfinished(scan: Scan, topics: tuple[Topic, ...]) -> None:
    """Raises BadRequest that names, row by row, what is missing for a final plan."""
    if not scan.plan:
        raise BadRequest(
            "Er staat nog niets in dit plan. Zet er eerst iets in.",
            "There is nothing in this plan yet. Put something in it first.",
        )
    if not is_final(scan):
        known = by_key(with_own(topics, scan))
        raise BadRequest(
            f"Dit plan is nog niet klaar. Kies nog: {_shortage(scan, known, 'nl')}. Of bewaar het als concept.",
            f"This plan is not final yet. Still to choose: {_shortage(scan, known, 'en')}. Or save it as a draft.",
        )


def _shortage(scan: Scan, topics: Mapping[str, Topic], language: str) -> str:
    told = []
    for number, row in enumerate(scan.plan, 1):
        lacks = ", ".join(LACKS[lack].in_language(language) for lack in lacking(row))
        if lacks:
            told.append(f"{number}. {label(row, topics, language)} ({lacks})")
    return "; ".join(told)


def label(row: PlanRow, topics: Mapping[str, Topic], language: str) -> str:
    """What a row is about, in a language; its key when this graph does not know the topic."""
    topic = topics.get(row.topic)
    return in_language(topic.label, language) if topic else row.topic


def in_language(texts: Texts, language: str) -> str:
    """The text in a language, else in Dutch, else in any."""
    return texts.get(language) or texts.get("nl") or next(iter(texts.values()), "")


def items(scan: Scan, topics: tuple[Topic, ...], judged: Sequence[Judged]) -> tuple[Item, ...]:
    """The rows of the plan in the order the team gave them."""
    known, said = by_key(with_own(topics, scan)), {found.topic.key: found for found in judged}
    return tuple(_item(place, row, known.get(row.topic), said.get(row.topic)) for place, row in enumerate(scan.plan))


def _item(place: int, row: PlanRow, topic: Topic | None, judged: Judged | None) -> Item:
    sources = {source.ref.slug: source for source in topic.sources} if topic else {}
    level = judged.line.need.level if judged else 2
    return Item(
        place,
        row,
        topic,
        judged,
        lacking(row),
        tuple(sources[slug] for slug in row.sources if slug in sources),
        sources_for(topic, row.action, level) if topic else (),
    )


def sources_for(topic: Topic, action: Action | None = None, level: int = 2) -> tuple[SourceRef, ...]:
    """At most five sources for a topic that may be opened: free first, then known to work, then the kind that fits.

    A source whose address is missing or known not to work is never among them; within equals the order of the page of
    the topic stands (what to read first, then authority).
    """
    kinds = list(dict.fromkeys((*_BY_ACTION.get(action or Action.READ, ()), *_BY_LEVEL.get(level, _WORKING))))

    def place(source: SourceRef) -> tuple[int, bool, int]:
        price = {True: 0, None: 1, False: 2}[source.free]
        slug = source.kind.slug if source.kind else None
        fit = kinds.index(slug) if slug in kinds else len(kinds)
        return price, source.health.state not in (WORKS, MOVED), fit

    usable = [source for source in topic.sources if source.address and source.health.state not in POOR]
    return tuple(sorted(usable, key=place)[:MOST_SOURCES])
