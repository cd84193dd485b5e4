"""What an institute gets back: where its sources stand on the wheel, what is blank near them, how their addresses do.

Its sources are those it publishes. A source is about an area by its own subjects, and by the home of the knowledge it
is about. Every number of `of` can be asked of the graph too, with the queries of `counts`.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rdflib.namespace import DCTERMS

from kbs_graph import history, queries, rows
from kbs_graph.facts import Facts, dutch
from kbs_graph.folding import sort_key
from kbs_graph.history import Change
from kbs_graph.model import Ref
from kbs_graph.rows import Row
from kbs_graph.store import Store
from kbs_graph.terms import Iri, K

COUNTS = ("lists/institute-sources", "lists/institute-areas", "lists/institute-states")
"""The queries that count what the page of an institute tells."""


@dataclass(frozen=True)
class Place:
    """An area: how many sources of the institute are about it, how many of its aspects these cover, and of how many."""

    domain: Ref
    sources: int
    covered: int
    aspects: int


@dataclass(frozen=True)
class Blank:
    """Knowledge in an area of the institute without a source of its own, and how many sources there are of others."""

    aspect: Ref
    domain: Ref
    others: int


@dataclass(frozen=True)
class Overview:
    """What is told of an institute: the areas in the order of the wheel, the thinnest blank spots first, and how many
    of its sources are in each state of address that occurs (None: not checked yet)."""

    number: int
    places: tuple[Place, ...]
    blanks: tuple[Blank, ...]
    states: tuple[tuple[Ref | None, int], ...]


@dataclass(frozen=True)
class Link:
    """The address of a source and what is known of it: its state (None: nothing), since when (ISO 8601), a better."""

    source: Row
    address: str
    state: Ref | None
    since: str
    proposal: str


@dataclass(frozen=True)
class News:
    """A change to a concept that the institute links to, with the version and day; both empty when not released yet."""

    version: str
    day: str
    change: Change


def of(store: Store, iri: str) -> Overview | None:
    """What is told of an organisation; None when it publishes nothing here."""
    own = _sources(store, iri)
    if not own:
        return None
    aspects = rows.rows(store, "aspect")
    home = {aspect.ref.iri: aspect.domains[0] for aspect in aspects if aspect.domains}
    by_area: dict[str, set[str]] = defaultdict(set)
    for source in own:
        for domain in (*source.domains, *(home[ref.iri] for ref in source.about if ref.iri in home)):
            by_area[domain.iri].add(source.ref.iri)
    covered = {ref.iri for source in own for ref in source.about}
    everyone = Counter(ref.iri for source in rows.rows(store, "bron") for ref in source.about)
    blanks = (
        Blank(aspect.ref, home[aspect.ref.iri], everyone[aspect.ref.iri])
        for aspect in aspects
        if aspect.ref.iri not in covered and by_area.get(home[aspect.ref.iri].iri)
    )
    return Overview(
        len(own),
        tuple(_place(row.ref, len(by_area[row.ref.iri]), home, covered) for row in rows.rows(store, "domein")),
        tuple(sorted(blanks, key=lambda b: (b.others, -len(by_area[b.domain.iri]), sort_key(dutch(b.aspect.label))))),
        _states(store, own),
    )


def counts(iri: str) -> tuple[str, ...]:
    """The queries that count the sources of an organisation: all, by area, and by the state of their address.

    They come without their first line, which tells editors of queries what they are for.
    """
    return tuple(queries.fill(name, iri=Iri(iri)).partition("\n")[2] for name in COUNTS)


def links(store: Store, iri: str) -> tuple[Link, ...]:
    """What is known of the addresses of its sources, by title; without those whose address we do not know."""
    facts = Facts(store.construct(queries.fill("lists/institute-links", iri=Iri(iri))))
    states = {ref.slug: ref for ref in rows.values(store)["vindplaats"]}
    found = []
    for source in _sources(store, iri):
        address = facts.address(source.ref.iri)
        if address:
            health = facts.health(source.ref.iri)
            check = next(iter(facts.subjects(K.checkOf, source.ref.iri)), "")
            newer = facts.iri(source.ref.iri, DCTERMS.isReplacedBy)
            proposal = health.moved_to or (facts.address(newer) if newer else None)
            since = facts.value(check, K.failingSince) or health.checked
            found.append(Link(source, address, states.get(source.link_state), since or "", proposal or ""))
    return tuple(found)


def news(store: Store, manifest: Mapping[str, Any], iri: str) -> tuple[News, ...]:
    """What changed of the concepts that its sources are about, newest first; what is not released yet before all."""
    about = {
        ref.iri for source in _sources(store, iri) for ref in (*source.about, *source.domains, *source.target_groups)
    }
    told = history.of(store, manifest)
    steps = [("", "", told.unreleased or ()), *((r.version, r.day, r.changes) for r in told.releases)]
    return tuple(
        News(version, day, change)
        for version, day, changes in steps
        for change in changes
        if change.ref.iri in about or (change.successor and change.successor.iri in about)
    )


def _sources(store: Store, iri: str) -> tuple[Row, ...]:
    return tuple(row for row in rows.rows(store, "bron") if any(ref.iri == iri for ref in row.publishers))


def _place(domain: Ref, number: int, home: Mapping[str, Ref], covered: set[str]) -> Place:
    here = {aspect for aspect, at in home.items() if at.iri == domain.iri}
    return Place(domain, number, len(here & covered), len(here))


def _states(store: Store, own: tuple[Row, ...]) -> tuple[tuple[Ref | None, int], ...]:
    counted = Counter(source.link_state for source in own)
    known = [(ref, counted[ref.slug or ""]) for ref in rows.values(store)["vindplaats"]]
    return tuple((ref, number) for ref, number in [*known, (None, counted[""])] if number)
