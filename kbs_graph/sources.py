"""What is known of a source: its facts as pages show them, and the order in which a reader should meet sources."""

import re
from collections.abc import Iterable

from rdflib.namespace import DCTERMS, RDF

from kbs_graph import model
from kbs_graph.facts import SCHEMA, Facts, dutch
from kbs_graph.link_states import DEAD
from kbs_graph.serialize import compact
from kbs_graph.terms import GRAPHS, K, iri_of

GUIDELINE = "richtlijn"
AUTHORITY = (
    ("overheid", "uitvoeringsorganisatie"),
    ("kennisinstituut",),
    ("beroepsvereniging",),
    ("clientorganisatie",),
    ("onderwijs", "samenwerkingsverband", "stichting", "gemeente", "redactie"),
)
"""Kinds of makers (slugs), those with the most authority first; a guideline goes before all, other makers come last."""
_TYPE = str(RDF.type)
_DURATION = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?")


def minutes(duration: str | None) -> int | None:
    """A duration of hours and minutes (xsd:duration, such as PT1H30M) in minutes; None when there is none."""
    found = _DURATION.fullmatch(duration or "")
    return int(found[1] or 0) * 60 + int(found[2] or 0) if found else None


def is_free(facts: Facts, iri: str) -> bool | None:
    """Whether a source costs nothing; None when that is not known."""
    return None if facts.value(iri, SCHEMA.isAccessibleForFree) is None else facts.flag(iri, SCHEMA.isAccessibleForFree)


def time_needed(facts: Facts, iri: str) -> int | None:
    """The minutes that reading, watching or doing a source takes; None when that is not known."""
    return minutes(facts.value(iri, SCHEMA.timeRequired))


def listed(facts: Facts, iri: str, predicate: str = DCTERMS.subject) -> tuple[model.SourceRef, ...]:
    """The sources of a thing: the one to read first, then by authority, free before paid, the newest first.

    Those that are no longer there come last.
    """
    return _ordered(facts, iri, facts.subjects(predicate, iri))


def rested_on(facts: Facts, iri: str) -> tuple[model.SourceRef, ...]:
    """The sources that a thing itself says it rests on, in the same order."""
    return _ordered(facts, iri, facts.iris(iri, DCTERMS.source))


def said(facts: Facts) -> tuple[model.Said, ...]:
    """What organisations handed in about a source themselves, by name: the page's facts have it under their graphs."""
    subject = str(DCTERMS.subject)
    found = (
        model.Said(
            facts.ref(iri_of("organisatie", graph.removeprefix(GRAPHS))),
            facts.many(graph, subject),
            tuple(compact(name) for name in properties if name not in (subject, _TYPE)),
        )
        for graph, properties in facts.subjects_under(GRAPHS).items()
    )
    return tuple(sorted(found, key=lambda each: dutch(each.organisation.label).casefold()))


def _ordered(facts: Facts, iri: str, found: Iterable[str]) -> tuple[model.SourceRef, ...]:
    kind = set(facts.of_type(str(K.KnowledgeSource)))
    lead = facts.iri(iri, K.leadSource)

    def place(source: model.SourceRef) -> tuple[bool, bool, int, bool, int, str, str]:
        return source.health.state in DEAD, source.ref.iri != lead, *_place(facts, source)

    return tuple(sorted((_ref(facts, source) for source in found if source in kind), key=place))


def _ref(facts: Facts, source: str) -> model.SourceRef:
    return model.SourceRef(
        facts.ref(source),
        facts.address(source),
        facts.one(source, DCTERMS.type),
        facts.many(source, DCTERMS.publisher),
        facts.value(source, DCTERMS.issued),
        next(iter(facts.texts(source, DCTERMS.title)), ""),
        facts.health(source),
        time_needed(facts, source),
        is_free(facts, source),
    )


def _place(facts: Facts, source: model.SourceRef) -> tuple[int, bool, int, str, str]:
    year = int(source.year) if source.year and source.year.isdigit() else 0
    label = dutch(source.ref.label).casefold()
    return _distance(facts, source), source.free is not True, -year, label, source.ref.iri


def _distance(facts: Facts, source: model.SourceRef) -> int:
    """How far a source is from the most authority, which is 0."""
    if source.kind and source.kind.slug == GUIDELINE:
        return 0
    return min((_rank(facts, publisher.iri) for publisher in source.publishers), default=len(AUTHORITY) + 1)


def _rank(facts: Facts, publisher: str) -> int:
    kinds: Iterable[str] = (kind.rsplit("/", 1)[-1] for kind in facts.iris(publisher, K.organisationKind))
    slug = next(iter(kinds), "")
    return next((rank for rank, slugs in enumerate(AUTHORITY, 1) if slug in slugs), len(AUTHORITY) + 1)
