"""What can be scanned: the aspects and competencies of the graph, and the topics a team added itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from weakref import WeakKeyDictionary

from rdflib.namespace import DCTERMS, RDFS

from kbs_graph import queries, sources
from kbs_graph.facts import Facts, dutch, in_order
from kbs_graph.folding import sort_key
from kbs_graph.model import Ref
from kbs_graph.store import Store
from kbs_graph.teamscan.model import Kind, Scan, Topic
from kbs_graph.terms import K, iri_of, parts_of

SPECIFIC = iri_of("kennistype", "specifiek")
KINDS = (Kind.GENERAL, Kind.SPECIFIC, Kind.COMPETENCY)
"""The order of reading within an area."""
LAST = 1_000_000
"""The place of what has no area: after all areas."""


@dataclass(frozen=True)
class _Known:
    topics: tuple[Topic, ...]
    retired: dict[str, str]


_KNOWN: WeakKeyDictionary[Store, _Known] = WeakKeyDictionary()
_GUARD = Lock()


def read(store: Store) -> tuple[Topic, ...]:
    """Every topic of a snapshot by area, general before specific, by label; competencies last, as on the wheel.

    Read by one query at first use and kept as long as its store.
    """
    return _known(store).topics


def retired(store: Store) -> dict[str, str]:
    """What is no more, by key (`aspect/…`, `bron/…`): the key it lives on as; empty when it was withdrawn."""
    return _known(store).retired


def with_own(topics: tuple[Topic, ...], scan: Scan) -> tuple[Topic, ...]:
    """The topics with those of the team itself in their areas. Adding them twice changes nothing.

    One that names an area we do not know stands after all areas.
    """
    known = by_key(topics)
    domains = {topic.domain.slug: topic.domain for topic in topics if topic.domain}
    own = [
        Topic(
            key=own.key,
            label={"nl": own.label},
            kind=own.kind,
            domain=domains.get(own.domain),
            explanation={"nl": own.explanation} if own.explanation else {},
        )
        for own in scan.own_topics
        if own.key not in known
    ]
    return _sorted((*topics, *own)) if own else topics


def areas_of(topics: Iterable[Topic]) -> tuple[Ref, ...]:
    """The areas of the topics, each once, in the order of the wheel."""
    found = {topic.domain.slug: topic.domain for topic in topics if topic.domain}
    return tuple(sorted(found.values(), key=lambda ref: ref.order))


def by_key(topics: Iterable[Topic]) -> dict[str, Topic]:
    return {topic.key: topic for topic in topics}


def place(topic: Topic) -> tuple[int, tuple[str, str], str]:
    """Where a topic comes among equals (A3): by area, then by label. A competency, or what has no area, comes last."""
    return (topic.domain.order if topic.domain else LAST, sort_key(dutch(topic.label)), topic.key)


def _known(store: Store) -> _Known:
    with _GUARD:
        if store not in _KNOWN:
            facts = Facts(store.construct(queries.fill("lists/scan-topics")))
            _KNOWN[store] = _Known(_topics(facts), _retired(facts))
        return _KNOWN[store]


def _topics(facts: Facts) -> tuple[Topic, ...]:
    aspects = (_topic(facts, facts.ref(iri)) for iri in facts.of_type(str(K.KnowledgeAspect)))
    competencies = in_order(facts.ref(iri) for iri in facts.of_type(str(K.Competency)))
    return (*_sorted(aspects), *(_topic(facts, ref) for ref in competencies))


def _topic(facts: Facts, ref: Ref) -> Topic:
    referrals = facts.by_position(ref.iri, str(K.Referral))
    specific = facts.iri(ref.iri, K.knowledgeType) == SPECIFIC
    aspect = ref.segment == "aspect"
    roles = (role for part in referrals for role in facts.iris(part, K.specialist))
    return Topic(
        key=f"{ref.segment}/{ref.slug}",
        label=ref.label,
        kind=(Kind.SPECIFIC if specific else Kind.GENERAL) if aspect else Kind.COMPETENCY,
        domain=facts.one(ref.iri, K.homeDomain),
        explanation=facts.texts(ref.iri, RDFS.comment),
        specialists=tuple(facts.ref(role) for role in dict.fromkeys(roles)),
        registered=any(facts.iri(part, K.registration) for part in referrals),
        sources=sources.listed(facts, ref.iri) if aspect else sources.rested_on(facts, ref.iri),
        modified=facts.value(ref.iri, DCTERMS.modified),
        also_in=facts.many(ref.iri, K.alsoIn),
    )


def _sorted(topics: Iterable[Topic]) -> tuple[Topic, ...]:
    """By area and kind, then by label; competencies keep the order they came in."""

    def order(topic: Topic) -> tuple[int, int, tuple[int, tuple[str, str], str]]:
        if topic.kind is Kind.COMPETENCY and not topic.domain:
            return LAST, KINDS.index(topic.kind), (0, ("", ""), "")
        return place(topic)[0], KINDS.index(topic.kind), place(topic)

    return tuple(sorted(topics, key=order))


def _retired(facts: Facts) -> dict[str, str]:
    stones = set(facts.of_type(str(K.Tombstone)))
    return {_key(iri): _end(facts, iri, stones) for iri in stones}


def _end(facts: Facts, iri: str, stones: set[str]) -> str:
    """The key at the end of the renamings; empty when that is retired too (or they go round)."""
    passed = {iri}
    while (following := facts.iri(iri, K.continuedAs)) and following not in passed:
        passed.add(following)
        iri = following
    return "" if iri in stones else _key(iri)


def _key(iri: str) -> str:
    return "/".join(parts_of(iri) or ("", ""))
