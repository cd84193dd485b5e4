"""The case finder: from what a professional sees to the knowledge that may be involved. A pure function of the table.

The ranking. An aspect scores for every chosen sign that its signals name: the weight of the sign (the fewer aspects it
is part of, the more it says) times 0.5 to 1.5, by how many of the aspect's signals it takes; the sum grows by half for
every further sign, so what is pointed at twice comes first. A chosen target group raises that by a quarter when the
aspect is relevant for it, and by a bit more when the aspect has a remark for it; an aspect about other groups only
counts half. Aspects are taken one by one, the best first: a sign counts less for each aspect that already explains it
(x 0.85), a domain for each aspect already taken from it (x 0.97), so that the list covers what was chosen. Equals keep
the order of the table: wheel order, general before specific. With groups and no signs, aspects about the group alone or
with a remark for it come first, then those about few other groups.

When it exceeds the team: a chosen safety sign leads to an aspect with a referral for now or today; or specific
knowledge with such a referral is asked for in three domains at once, each pointed at by two or more of the chosen
signs. The editors' own judgement of the twelve cases (k:exceedsTeam) agrees with this rule; a test compares them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from kbs_graph.casetable import URGENT, Candidate, CaseTable, SignChoice, Specialist, urgency_rank
from kbs_graph.model import Ref, Texts

MOST_ASPECTS = 12
LEAST_DOMAINS = 3
MOST_QUESTIONS = 3
MOST_HELPERS = 3
"""Specialists to call for one safety sign; one less for each when more were chosen."""
URGENT_DOMAINS = 3
SEVERAL_SIGNS = 2
EXCEEDS = ("safety", "domains")
"""Why a question goes beyond the team: a safety sign with an urgent referral, or urgent knowledge from many domains."""
_NAMED, _FURTHER, _EXPLAINED, _TAKEN = 0.5, 0.5, 0.85, 0.97
_RELEVANT, _REMARK, _OTHERS = 0.25, 0.3, 0.5


@dataclass(frozen=True)
class Chosen:
    """What was chosen, in the order of reading: groups by slug and signs; `unknown` are values that are neither."""

    groups: tuple[Ref, ...]
    signs: tuple[SignChoice, ...]
    unknown: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.groups or self.signs)


@dataclass(frozen=True)
class Reason:
    """Why an aspect is in the list: a chosen sign with the aspect's own wordings of it, or a chosen target group."""

    choice: Ref
    wordings: tuple[Texts, ...] = ()


@dataclass(frozen=True)
class Remark:
    """What an aspect asks to keep in mind with a chosen target group; the text may be missing."""

    group: Ref
    text: Texts


@dataclass(frozen=True)
class Found:
    """An aspect that may be involved, and what to do with it."""

    aspect: Candidate
    reasons: tuple[Reason, ...]
    remarks: tuple[Remark, ...]
    urgent: bool

    @property
    def questions(self) -> tuple[Texts, ...]:
        """The questions to begin with."""
        return self.aspect.questions[:MOST_QUESTIONS]


@dataclass(frozen=True)
class Helper:
    """A specialist to call at once, with the safety signs that ask for it."""

    specialist: Specialist
    signs: tuple[Ref, ...]


@dataclass(frozen=True)
class Outcome:
    """The answer. `exceeds` says why this goes beyond the team, in the words of EXCEEDS; empty when it does not."""

    chosen: Chosen
    aspects: tuple[Found, ...]
    safety: tuple[SignChoice, ...]
    helpers: tuple[Helper, ...]
    exceeds: tuple[str, ...]

    def by_domain(self) -> list[tuple[Ref, list[Found]]]:
        """The aspects in groups by home domain, in the order of the wheel; in each the best first."""
        placed = sorted(self.aspects, key=lambda found: found.aspect.domain.order)
        groups = ((list(group)) for _, group in groupby(placed, key=lambda found: found.aspect.domain.iri))
        return [(group[0].aspect.domain, group) for group in groups]


def choose(table: CaseTable, groups: Iterable[str], signs: Iterable[str]) -> Chosen:
    """The choices with these slugs; slugs that are no choice are kept apart."""
    known_groups = {str(group.slug): group for group in table.groups}
    known_signs = table.signs()
    asked_groups, asked_signs = list(dict.fromkeys(groups)), list(dict.fromkeys(signs))
    return Chosen(
        tuple(group for slug, group in known_groups.items() if slug in asked_groups),
        tuple(sign for slug, sign in known_signs.items() if slug in asked_signs),
        tuple(
            dict.fromkeys(
                [slug for slug in asked_groups if slug not in known_groups]
                + [slug for slug in asked_signs if slug not in known_signs]
            )
        ),
    )


def find(table: CaseTable, chosen: Chosen) -> Outcome:
    """At most twelve aspects that may be involved, from at least three domains when the choices lead to three."""
    picked = _spread(table.candidates, chosen, _pick(table.candidates, chosen))
    safety = tuple(sign for sign in chosen.signs if sign.safety)
    found = tuple(_found(aspect, chosen) for aspect in picked)
    return Outcome(chosen, found, safety, _helpers(table, chosen), _exceeds(found, chosen))


def _pick(candidates: Iterable[Candidate], chosen: Chosen) -> list[Candidate]:
    """The best aspects, one by one, each weighed against those before it."""
    left = [aspect for aspect in candidates if _score(aspect, chosen, {}, 0) > 0]
    picked: list[Candidate] = []
    explained: dict[str, int] = {}
    taken: dict[str, int] = {}
    while left and len(picked) < MOST_ASPECTS:
        best = max(left, key=lambda aspect: _score(aspect, chosen, explained, taken.get(aspect.domain.iri, 0)))
        left.remove(best)
        picked.append(best)
        taken[best.domain.iri] = taken.get(best.domain.iri, 0) + 1
        for sign in best.wordings:
            explained[sign] = explained.get(sign, 0) + 1
    return picked


def _score(aspect: Candidate, chosen: Chosen, explained: Mapping[str, int], taken: int) -> float:
    if not chosen.signs:
        own = len(aspect.groups) == 1
        tiers = (2 if own or slug in aspect.remarks else 1 for slug in _common(aspect, chosen))
        return sum(tier + 1 / len(aspect.groups) for tier in tiers) * _TAKEN**taken
    hits = [
        sign.weight * (_NAMED + aspect.share(slug)) * _EXPLAINED ** explained.get(slug, 0)
        for sign in chosen.signs
        if (slug := str(sign.ref.slug)) in aspect.wordings
    ]
    return sum(hits) * (1 + _FURTHER * (len(hits) - 1)) * _fit(aspect, chosen) * _TAKEN**taken


def _fit(aspect: Candidate, chosen: Chosen) -> float:
    """How well an aspect fits the chosen groups: 1 when none was chosen, less when it is about other groups only."""
    common = _common(aspect, chosen)
    if chosen.groups and not common:
        return _OTHERS
    return 1 + sum(_REMARK if slug in aspect.remarks else _RELEVANT for slug in common)


def _common(aspect: Candidate, chosen: Chosen) -> list[str]:
    """The chosen groups that an aspect is relevant for."""
    return [str(group.slug) for group in chosen.groups if group.slug in aspect.groups]


def _spread(candidates: Iterable[Candidate], chosen: Chosen, picked: list[Candidate]) -> list[Candidate]:
    """The same list with the last of the most crowded domain replaced, while a further domain can come in."""
    others = [aspect for aspect in candidates if aspect not in picked and _score(aspect, chosen, {}, 0) > 0]
    others.sort(key=lambda aspect: -_score(aspect, chosen, {}, 0))
    while len({aspect.domain.iri for aspect in picked}) < LEAST_DOMAINS:
        there = [aspect.domain.iri for aspect in picked]
        new = next((aspect for aspect in others if aspect.domain.iri not in there), None)
        if new is None:
            break
        crowded = max(there, key=there.count)
        last = len(there) - 1 - there[::-1].index(crowded)
        picked = [*picked[:last], *picked[last + 1 :], new]
    return picked


def _found(aspect: Candidate, chosen: Chosen) -> Found:
    hits = tuple(sign for sign in chosen.signs if sign.ref.slug in aspect.wordings)
    groups = tuple(group for group in chosen.groups if group.slug in aspect.groups)
    reasons = (
        tuple(Reason(sign.ref, aspect.wordings[str(sign.ref.slug)]) for sign in hits)
        if chosen.signs
        else tuple(Reason(group) for group in groups)
    )
    return Found(
        aspect,
        reasons,
        tuple(Remark(group, aspect.remarks.get(str(group.slug), {})) for group in groups),
        urgent=any(sign.safety for sign in hits) and bool(aspect.urgent_referrals()),
    )


def _exceeds(found: Iterable[Found], chosen: Chosen) -> tuple[str, ...]:
    several = {
        item.aspect.domain.iri
        for item in found
        if item.aspect.specific
        and item.aspect.urgent_referrals()
        and chosen.signs
        and len(item.reasons) >= SEVERAL_SIGNS
    }
    holds = (any(item.urgent for item in found), len(several) >= URGENT_DOMAINS)
    return tuple(reason for reason, true in zip(EXCEEDS, holds, strict=True) if true)


def _helpers(table: CaseTable, chosen: Chosen) -> tuple[Helper, ...]:
    """Whom to call for each chosen safety sign, each once, with the signs that ask for them."""
    called: dict[str, list[Ref]] = {}
    safety = [sign for sign in chosen.signs if sign.safety]
    most = MOST_HELPERS if len(safety) == 1 else MOST_HELPERS - 1
    for sign in safety:
        for iri in _most_urgent(table, chosen, str(sign.ref.slug))[:most]:
            called.setdefault(iri, []).append(sign.ref)
    return tuple(Helper(table.specialists[iri], tuple(signs)) for iri, signs in called.items())


def _most_urgent(table: CaseTable, chosen: Chosen, sign: str) -> list[str]:
    """The specialists that the aspects of a sign urgently refer to, the most urgent first.

    Each urgent referral counts by the share of the sign in its aspect and the fit of the aspect, twice for now as for
    today, and twice for those whom one calls in danger.
    """
    weights: defaultdict[str, float] = defaultdict(float)
    for aspect in table.candidates:
        for referral in aspect.urgent_referrals() if sign in aspect.wordings else ():
            if referral.specialist and referral.specialist.iri in table.specialists:
                soon = len(URGENT) - urgency_rank(referral.urgency)
                known = 1 + table.specialists[referral.specialist.iri].safety
                weights[referral.specialist.iri] += aspect.share(sign) * _fit(aspect, chosen) * soon * known
    return [iri for iri, _ in sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))]
