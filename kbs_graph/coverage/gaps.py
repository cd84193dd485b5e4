"""What is missing, one gap at a time: of which kind, at which thing, and what can be done about it.

A gap is a fact about the graph, no judgement of a text: nothing is guessed, and what is not known counts as missing.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kbs_graph.coverage import gap_kinds as kinds
from kbs_graph.coverage.facts import CONFIRMED, FACTS, Fact, Gathered, home, year
from kbs_graph.coverage.gap_kinds import Kind
from kbs_graph.errors import Words
from kbs_graph.filters import Facets
from kbs_graph.model import Ref
from kbs_graph.rows import Row, text_in
from kbs_graph.tables import Cell, Table

FILTERED_BY = ("domein", "doelgroep", "soort")
"""What a list of gaps can be narrowed down by."""


@dataclass(frozen=True)
class Gap:
    """Something that is missing at a thing; `beside` is the target group or kind of source it is missing for."""

    kind: Kind
    ref: Ref
    facets: Facets
    domains: tuple[Ref, ...] = ()
    beside: Ref | None = None
    detail: Words | None = None


@dataclass(frozen=True)
class Found:
    """All gaps of one kind, and how many there could have been."""

    kind: Kind
    total: int
    gaps: tuple[Gap, ...]


def find(known: Gathered, day: date) -> tuple[Found, ...]:
    """All gaps on a day, by kind, in the order of kinds.KINDS; a kind without gaps is there too."""
    squares = len(known.domains) * len(known.groups)
    relevant = sum(len(aspect.target_groups) for aspect in known.aspects)
    aspects, sources, topics = len(known.aspects), len(known.sources), len(known.standings)
    found = (
        Found(kinds.DOMAIN_REMARK, squares, tuple(_without_remark(known))),
        Found(kinds.DOMAIN_SOURCE, squares, tuple(_without_source(known))),
        Found(kinds.DOMAIN_KIND, len(known.domains) * len(known.source_kinds), tuple(_without_kind(known))),
        Found(kinds.REMARK, relevant, tuple(_to_be_remarked(known))),
        Found(kinds.FEW_SOURCES, aspects, tuple(_aspects(known, kinds.FEW_SOURCES, _few))),
        Found(kinds.AUTHORITY, aspects, tuple(_aspects(known, kinds.AUTHORITY, _no_authority))),
        Found(
            kinds.OLD, aspects, tuple(_aspects(known, kinds.OLD, lambda known, aspect: _old(known, aspect, day.year)))
        ),
        Found(kinds.UNDATED, aspects, tuple(_aspects(known, kinds.UNDATED, _undated))),
        Found(kinds.OLD_SOURCES, sources, tuple(_old_sources(known, day.year))),
        *(Found(kinds.UNKNOWN[fact.slug], sources, tuple(_unknown(known, fact))) for fact in FACTS),
        Found(
            kinds.UNCONFIRMED,
            topics,
            tuple(_of(kinds.UNCONFIRMED, s.row) for s in known.standings if s.status != CONFIRMED),
        ),
        Found(kinds.DUE, topics, tuple(_due(known, day))),
        Found(kinds.ENGLISH, len(known.wordings), tuple(_english(known))),
    )
    assert tuple(each.kind for each in found) == kinds.KINDS
    return found


def table(title: str, gaps: Iterable[Gap], language: str) -> Table:
    """Gaps as a table, one a row, in one language."""
    headings = (
        Words("wat mist er", "what is missing"),
        Words("adres", "address"),
        Words("naam", "name"),
        Words("gebieden", "areas"),
        Words("waarvoor", "for what"),
        Words("bijzonderheden", "details"),
        Words("wat kun je doen", "what you can do"),
    )

    def row(gap: Gap) -> tuple[Cell, ...]:
        return (
            gap.kind.title.in_language(language),
            gap.ref.iri,
            text_in(gap.ref.label, language),
            "; ".join(text_in(domain.label, language) for domain in gap.domains),
            text_in(gap.beside.label, language) if gap.beside else "",
            gap.detail.in_language(language) if gap.detail else "",
            gap.kind.todo.in_language(language),
        )

    return Table(title, language, tuple(h.in_language(language) for h in headings), tuple(map(row, gaps)), None)


def _facets(domain: str = "", group: str = "", segment: str = "") -> Facets:
    given = {"domein": domain, "doelgroep": group, "soort": segment}
    return {name: frozenset([value] if value else []) for name, value in given.items()}


def _without_remark(known: Gathered) -> Iterator[Gap]:
    there = {(home(aspect), group) for aspect in known.aspects for iri, group in known.remarks if iri == aspect.ref.iri}
    return _squares(known, kinds.DOMAIN_REMARK, there)


def _without_source(known: Gathered) -> Iterator[Gap]:
    there = {(str(d.slug), g.iri) for source in known.sources for d in source.domains for g in source.target_groups}
    return _squares(known, kinds.DOMAIN_SOURCE, there)


def _squares(known: Gathered, kind: Kind, there: set[tuple[str, str]]) -> Iterator[Gap]:
    for domain in (spoke.ref for spoke in known.domains):
        for group in (spoke.ref for spoke in known.groups):
            if (str(domain.slug), group.iri) not in there:
                yield Gap(kind, domain, _facets(domain.slug or "", group.slug or "", "domein"), (domain,), group)


def _without_kind(known: Gathered) -> Iterator[Gap]:
    there = {(d.iri, source.kind.iri) for source in known.sources if source.kind for d in source.domains}
    for domain in (spoke.ref for spoke in known.domains):
        for source_kind in known.source_kinds:
            if (domain.iri, source_kind.iri) not in there:
                yield Gap(
                    kinds.DOMAIN_KIND, domain, _facets(domain.slug or "", segment="domein"), (domain,), source_kind
                )


def _to_be_remarked(known: Gathered) -> Iterator[Gap]:
    for aspect in known.aspects:
        for group in aspect.target_groups:
            if (aspect.ref.iri, group.iri) not in known.remarks:
                facets = _facets(home(aspect), group.slug or "", "aspect")
                yield Gap(kinds.REMARK, aspect.ref, facets, aspect.domains[:1], group)


def _aspects(known: Gathered, kind: Kind, says: Callable[[Gathered, Row], Words | None]) -> Iterator[Gap]:
    """The aspects of which there is something to say."""
    for aspect in known.aspects:
        detail = says(known, aspect)
        if detail:
            yield _of(kind, aspect, detail)


def _few(known: Gathered, aspect: Row) -> Words | None:
    number = len(known.sources_of(aspect))
    if number >= kinds.FEWEST_SOURCES:
        return None
    return Words("één bron", "one source") if number else Words("geen bron", "no source")


def _no_authority(known: Gathered, aspect: Row) -> Words | None:
    sources = known.sources_of(aspect)
    if any(source.ref.iri in known.authoritative for source in sources):
        return None
    return Words(f"bronnen: {len(sources)}", f"sources: {len(sources)}")


def _old(known: Gathered, aspect: Row, now: int) -> Words | None:
    newest = max(filter(None, map(year, known.sources_of(aspect))), default=now)
    return Words(f"nieuwste: {newest}", f"newest: {newest}") if newest < now - kinds.OLD_KNOWLEDGE else None


def _undated(known: Gathered, aspect: Row) -> Words | None:
    if any(map(year, known.sources_of(aspect))):
        return None
    number = len(known.sources_of(aspect))
    return Words(f"bronnen: {number}", f"sources: {number}")


def _old_sources(known: Gathered, now: int) -> Iterator[Gap]:
    for source in known.sources:
        issued = year(source)
        if issued and issued < now - kinds.OLD_SOURCE:
            yield _of(kinds.OLD_SOURCES, source, Words(f"uit {issued}", f"from {issued}"))


def _unknown(known: Gathered, fact: Fact) -> Iterator[Gap]:
    for source in known.sources:
        if fact.property not in known.known.get(source.ref.iri, ()):
            yield _of(kinds.UNKNOWN[fact.slug], source)


def _due(known: Gathered, day: date) -> Iterator[Gap]:
    for standing in sorted(known.standings, key=lambda standing: standing.before or ""):
        if standing.before and standing.before < day.isoformat():
            yield _of(kinds.DUE, standing.row, Words(f"vóór {standing.before}", f"before {standing.before}"))


def _english(known: Gathered) -> Iterator[Gap]:
    for wording in known.wordings:
        if wording.lacking:
            detail = Words(f"teksten: {wording.lacking}", f"texts: {wording.lacking}")
            yield _of(kinds.ENGLISH, wording.row, detail)


def _of(kind: Kind, row: Row, detail: Words | None = None) -> Gap:
    """A gap at a thing of a list. An aspect belongs to its home domain only."""
    if row.ref.segment == "aspect":
        facets = {**row.facets, "domein": frozenset([home(row)])}
        return Gap(kind, row.ref, facets, row.domains[:1], None, detail)
    return Gap(kind, row.ref, row.facets, row.domains, None, detail)
