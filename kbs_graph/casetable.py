"""What the case finder weighs: its choices and the candidate aspects, read from the graph in one query a snapshot.

Signs, groups and aspects go by the slug of their address, as a reader chooses them.
"""

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from weakref import WeakKeyDictionary

from rdflib.namespace import DCTERMS, SKOS

from kbs_graph import queries
from kbs_graph.facts import SCHEMA, Facts, dutch, in_order
from kbs_graph.link_states import DEAD
from kbs_graph.model import Ref, Referral, Tagged, Texts
from kbs_graph.store import Store
from kbs_graph.terms import K, iri_of, parts_of

SPECIFIC = iri_of("kennistype", "specifiek")
URGENT = ("nu", "vandaag")
"""The urgencies that cannot wait until tomorrow, the most urgent first (data/values.ttl)."""
MOST_SOURCES = 3


@dataclass(frozen=True)
class SignChoice:
    """A sign to choose, with the other words people have for it.

    `weight` is its inverse document frequency: ln(1 + aspects in all / aspects it is part of).
    """

    ref: Ref
    definition: Texts
    words: tuple[Tagged, ...]
    safety: bool
    weight: float


@dataclass(frozen=True)
class SignGroup:
    """Signs that are read together: those of the safety list (no domain), or those at home in one domain."""

    domain: Ref | None
    signs: tuple[SignChoice, ...]


@dataclass(frozen=True)
class Specialist:
    """A role beside the team: how it is reached in general, and whether one calls it in danger."""

    ref: Ref
    how_to_reach: Texts
    safety: bool


@dataclass(frozen=True)
class Candidate:
    """An aspect that may be involved. `wordings` are its own words for a sign; `remarks` what to mind with a group."""

    ref: Ref
    definition: Texts
    domain: Ref
    specific: bool
    groups: frozenset[str]
    remarks: Mapping[str, Texts]
    wordings: Mapping[str, tuple[Texts, ...]]
    questions: tuple[Texts, ...]
    referrals: tuple[Referral, ...]
    sources: tuple[Ref, ...]

    def share(self, sign: str) -> float:
        """The part of this aspect's signals that express a sign, from 0 to 1."""
        return len(self.wordings.get(sign, ())) / sum(map(len, self.wordings.values()))

    def urgent_referrals(self) -> tuple[Referral, ...]:
        return tuple(r for r in self.referrals if r.urgency and r.urgency.slug in URGENT)


@dataclass(frozen=True)
class CaseChoice:
    """An example case with the choices that open it."""

    ref: Ref
    groups: tuple[str, ...]
    signs: tuple[str, ...]


@dataclass(frozen=True)
class CaseTable:
    """Everything one snapshot holds for the case finder, in the order of reading."""

    groups: tuple[Ref, ...]
    sign_groups: tuple[SignGroup, ...]
    candidates: tuple[Candidate, ...]
    specialists: Mapping[str, Specialist]
    cases: tuple[CaseChoice, ...]

    def signs(self) -> dict[str, SignChoice]:
        """The signs by slug."""
        return {str(sign.ref.slug): sign for group in self.sign_groups for sign in group.signs}


_TABLES: WeakKeyDictionary[Store, CaseTable] = WeakKeyDictionary()
_GUARD = Lock()


def table(store: Store) -> CaseTable:
    """The table of a snapshot; made at first use (some tenths of a second) and kept as long as its store."""
    with _GUARD:
        if store not in _TABLES:
            _TABLES[store] = _read(Facts(store.construct(queries.fill("pages/casefinder"))))
        return _TABLES[store]


def _read(facts: Facts) -> CaseTable:
    candidates = _candidates(facts)
    return CaseTable(
        groups=in_order(facts.ref(iri) for iri in facts.of_type(str(K.TargetGroup))),
        sign_groups=_sign_groups(facts, candidates),
        candidates=candidates,
        specialists={
            iri: Specialist(facts.ref(iri), facts.texts(iri, K.howToReach), facts.flag(iri, K.safety))
            for iri in facts.of_type(str(K.SpecialistRole))
        },
        cases=_cases(facts),
    )


def _candidates(facts: Facts) -> tuple[Candidate, ...]:
    """The aspects in wheel order, general before specific, then by label: the order of equals in every answer."""
    sources = {
        source: frozenset(facts.iris(source, DCTERMS.subject)) for source in facts.of_type(str(K.KnowledgeSource))
    }
    found = [
        Candidate(
            ref=facts.ref(iri),
            definition=facts.texts(iri, SKOS.definition),
            domain=domain,
            specific=facts.iri(iri, K.knowledgeType) == SPECIFIC,
            groups=frozenset(map(_slug, facts.iris(iri, K.relevantFor))),
            remarks={
                _slug(group): facts.texts(part, SCHEMA.text)
                for part in facts.by_position(iri, str(K.TargetGroupRemark))
                for group in facts.iris(part, K.targetGroup)
            },
            wordings=_wordings(facts, iri),
            questions=tuple(facts.texts(part, SCHEMA.text) for part in facts.by_position(iri, str(K.Question))),
            referrals=_referrals(facts, iri),
            sources=_best_sources(facts, iri, sources),
        )
        for iri in facts.of_type(str(K.KnowledgeAspect))
        if (domain := facts.one(iri, K.homeDomain))
    ]
    return tuple(sorted(found, key=lambda a: (a.domain.order, a.specific, dutch(a.ref.label).casefold(), a.ref.iri)))


def _wordings(facts: Facts, aspect: str) -> dict[str, tuple[Texts, ...]]:
    found: dict[str, tuple[Texts, ...]] = {}
    for part in facts.by_position(aspect, str(K.Signal)):
        for sign in facts.iris(part, K.sign):
            found[_slug(sign)] = (*found.get(_slug(sign), ()), facts.texts(part, SCHEMA.text))
    return found


def _referrals(facts: Facts, aspect: str) -> tuple[Referral, ...]:
    """The referrals of an aspect, the most urgent first."""
    found = (
        Referral(
            facts.texts(part, SCHEMA.text),
            facts.texts(part, K.trigger),
            facts.one(part, K.specialist),
            facts.one(part, K.urgency),
            None,
        )
        for part in facts.by_position(aspect, str(K.Referral))
    )
    return tuple(sorted(found, key=lambda r: urgency_rank(r.urgency)))


def urgency_rank(urgency: Ref | None) -> int:
    """How soon: 0 right now, 1 today, 2 anything later or unsaid."""
    return URGENT.index(urgency.slug) if urgency and urgency.slug in URGENT else len(URGENT)


def _best_sources(facts: Facts, aspect: str, sources: Mapping[str, frozenset[str]]) -> tuple[Ref, ...]:
    """The lead source, what the aspect is based on, then what is mainly or only about it, the newest first.

    What is no longer there is left out.
    """
    lead, evidence = facts.iris(aspect, K.leadSource), facts.iris(aspect, DCTERMS.source)
    about = {source for source, subjects in sources.items() if aspect in subjects} | {*lead, *evidence}
    about -= {source for source in about if facts.link_state(source) in DEAD}

    def place(source: str) -> tuple[bool, bool, bool, int, int, str]:
        year = facts.value(source, DCTERMS.issued) or "0"
        return (
            source not in lead,
            source not in evidence,
            aspect not in facts.iris(source, K.mainSubject),
            len(sources.get(source, ())),
            -int(year[:4]),
            source,
        )

    return tuple(facts.ref(source) for source in sorted(about, key=place)[:MOST_SOURCES])


def _sign_groups(facts: Facts, candidates: tuple[Candidate, ...]) -> tuple[SignGroup, ...]:
    """The signs for reading: safety first, the others in the domain of most of their aspects, the most used first."""
    groups: dict[str, list[tuple[int, SignChoice]]] = defaultdict(list)
    domains = {aspect.domain.iri: aspect.domain for aspect in candidates}
    for iri in facts.of_type(str(K.Sign)):
        slug, safety = _slug(iri), facts.flag(iri, K.safety)
        hit = [aspect for aspect in candidates if slug in aspect.wordings]
        shares = {domain: [a.share(slug) for a in hit if a.domain.iri == domain] for domain in domains}
        home = max(shares, key=lambda d: (len(shares[d]), sum(shares[d]), -domains[d].order), default="")
        if hit or safety:
            weight = math.log(1 + len(candidates) / max(len(hit), 1))
            words = facts.tagged(iri, SKOS.altLabel)
            choice = SignChoice(facts.ref(iri), facts.texts(iri, SKOS.definition), words, safety, weight)
            groups["" if safety else home].append((-len(hit), choice))
    ranked = {
        domain: tuple(choice for _, choice in sorted(found, key=lambda pair: (pair[0], dutch(pair[1].ref.label))))
        for domain, found in groups.items()
    }
    order = sorted(ranked, key=lambda domain: domains[domain].order if domain else -1)
    return tuple(SignGroup(domains.get(domain), ranked[domain]) for domain in order)


def _cases(facts: Facts) -> tuple[CaseChoice, ...]:
    """The example cases that name signs, in the order of their numbers."""
    found = sorted(facts.of_type(str(K.Case)), key=lambda iri: facts.value(iri, DCTERMS.identifier) or iri)
    return tuple(
        CaseChoice(
            facts.ref(iri),
            tuple(sorted(map(_slug, facts.iris(iri, K.relevantFor)))),
            tuple(sorted(map(_slug, facts.iris(iri, K.sign)))),
        )
        for iri in found
    )


def _slug(iri: str) -> str:
    return (parts_of(iri) or ("", ""))[1]
