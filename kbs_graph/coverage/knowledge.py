"""How much there is of what: knowledge, remarks and sources, by area, target group, type and kind of source."""

from collections.abc import Callable, Iterable, Iterator

from kbs_graph.coverage import gap_kinds as kinds
from kbs_graph.coverage.cells import (
    AREA,
    SCALE,
    Cell,
    Grid,
    Head,
    Line,
    Pairs,
    Way,
    counted,
    named,
    pairs_of,
    spoke_head,
    thing,
)
from kbs_graph.coverage.facts import Gathered
from kbs_graph.errors import Words
from kbs_graph.model import Ref
from kbs_graph.rows import Row

_KNOWLEDGE = (
    Words("Kennis per gebied en doelgroep", "Knowledge by area and target group"),
    "Hoeveel kennisaspecten van een gebied er voor een doelgroep toe doen. Een aspect telt in zijn eigen gebied.",
    "How many knowledge aspects of an area matter to a target group. An aspect counts in its own area.",
)
_REMARKS = (
    Words("Aandachtspunten per gebied en doelgroep", "Remarks by area and target group"),
    "Bij hoeveel kennisaspecten van een gebied staat waar je bij deze mensen op let.",
    "At how many knowledge aspects of an area it says what to mind with these people.",
)
_SOURCES = (
    Words("Bronnen per gebied en doelgroep", "Sources by area and target group"),
    "Hoeveel bronnen over een gebied en een doelgroep gaan. Een bron kan bij meer dan één tellen.",
    "How many sources are about an area and a target group. A source can count at more than one.",
)


def grids(known: Gathered) -> Iterator[Grid]:
    """The tables of what there is, in the order of reading."""
    yield _by_group(known, "kennis-per-doelgroep", _KNOWLEDGE, _aspects_for)
    yield _by_group(known, "aandachtspunten-per-doelgroep", _REMARKS, _remarks_for)
    yield _by_group(known, "bronnen-per-doelgroep", _SOURCES, _sources_for)
    yield _by_type(known)
    yield _by_kind(known)
    yield _aspects_by_kind(known)


def _by_group(
    known: Gathered, key: str, words: tuple[Words, str, str], cell: Callable[[Gathered, Ref, Ref], Cell]
) -> Grid:
    lines = (Line(thing(d.ref), tuple(cell(known, d.ref, group.ref) for group in known.groups)) for d in known.domains)
    about = Words(words[1], words[2])
    return Grid(key, words[0], about, SCALE, AREA, tuple(map(spoke_head, known.groups)), tuple(lines))


def _square(domain: Ref, group: Ref) -> Pairs:
    return pairs_of(domein=domain.slug, doelgroep=group.slug)


def _aspects_for(known: Gathered, domain: Ref, group: Ref) -> Cell:
    number = sum(_is_among(group, aspect.target_groups) for aspect in known.at_home(domain))
    pairs = _square(domain, group)
    way = Way(segment="aspect", pairs=pairs) if number else Way(kinds.DOMAIN_REMARK.slug, pairs=pairs)
    return Cell(number, counted(number), way)


def _remarks_for(known: Gathered, domain: Ref, group: Ref) -> Cell:
    aspects = known.at_home(domain)
    with_remark = {aspect.ref.iri for aspect in aspects if (aspect.ref.iri, group.iri) in known.remarks}
    waits = any(_is_among(group, a.target_groups) and a.ref.iri not in with_remark for a in aspects)
    pairs = _square(domain, group)
    way = Way(kinds.REMARK.slug, pairs=pairs) if waits else Way(segment="aspect", pairs=pairs)
    if not with_remark:
        way = Way(kinds.DOMAIN_REMARK.slug, pairs=pairs)
    return Cell(len(with_remark), counted(len(with_remark)), way)


def _sources_for(known: Gathered, domain: Ref, group: Ref) -> Cell:
    number = sum(
        _is_among(domain, source.domains) and _is_among(group, source.target_groups) for source in known.sources
    )
    pairs = _square(domain, group)
    way = Way(segment="bron", pairs=pairs) if number else Way(kinds.DOMAIN_SOURCE.slug, pairs=pairs)
    return Cell(number, counted(number), way)


def _by_type(known: Gathered) -> Grid:
    def aspects(domain: Ref, level: Ref) -> list[Row]:
        return [aspect for aspect in known.at_home(domain) if _is_of(aspect, level)]

    def knowledge(domain: Ref, level: Ref) -> Cell:
        number = len(aspects(domain, level))
        pairs = pairs_of(domein=domain.slug, niveau=level.slug)
        return Cell(number, counted(number), Way(segment="aspect", pairs=pairs) if number else None)

    def sources(domain: Ref, level: Ref) -> Cell:
        found = {source.ref.iri for aspect in aspects(domain, level) for source in known.sources_of(aspect)}
        thin = any(len(known.sources_of(aspect)) < kinds.FEWEST_SOURCES for aspect in aspects(domain, level))
        way = Way(kinds.FEW_SOURCES.slug, pairs=pairs_of(domein=domain.slug)) if thin else None
        return Cell(len(found), counted(len(found)), way)

    lines = (
        Line(thing(d.ref), tuple(cell(d.ref, level) for cell in (knowledge, sources) for level in known.types))
        for d in known.domains
    )
    about_them = {"nl": "bronnen over {}", "en": "sources about {}"}
    columns = (
        *map(thing, known.types),
        *(
            Head({tag: about_them.get(tag, "{}").format(text) for tag, text in level.label.items()}, level)
            for level in known.types
        ),
    )
    about = Words(
        "Hoeveel kennisaspecten van een gebied algemeen en specifiek zijn, en hoeveel bronnen over die kennis gaan.",
        "How many knowledge aspects of an area are general and specific, and how many sources are about these.",
    )
    title = Words("Algemene en specifieke kennis", "General and specific knowledge")
    return Grid("kennis-per-type", title, about, SCALE, AREA, columns, tuple(lines))


def _by_kind(known: Gathered) -> Grid:
    def cell(domain: Ref, kind: Ref) -> Cell:
        number = sum(_is_among(domain, source.domains) and _is_of(source, kind) for source in known.sources)
        missing, pairs = pairs_of(domein=domain.slug), pairs_of(domein=domain.slug, bronsoort=kind.slug)
        way = Way(segment="bron", pairs=pairs) if number else Way(kinds.DOMAIN_KIND.slug, pairs=missing)
        return Cell(number, counted(number), way)

    lines = (Line(thing(d.ref), tuple(cell(d.ref, kind) for kind in known.source_kinds)) for d in known.domains)
    about = Words(
        "Hoeveel bronnen van elke soort over een gebied gaan.",
        "How many sources of each kind are about an area.",
    )
    title = Words("Soorten bronnen per gebied", "Kinds of source by area")
    return Grid(
        "bronsoorten-per-gebied", title, about, SCALE, AREA, tuple(map(thing, known.source_kinds)), tuple(lines)
    )


def _aspects_by_kind(known: Gathered) -> Grid:
    def cells(aspect: Row) -> tuple[Cell, ...]:
        found = known.sources_of(aspect)
        pairs = pairs_of(domein=aspect.domains[0].slug if aspect.domains else None)
        by_kind = [sum(_is_of(source, kind) for source in found) for kind in known.source_kinds]
        good = sum(source.ref.iri in known.authoritative for source in found)
        few = Way(kinds.FEW_SOURCES.slug, pairs=pairs) if len(found) < kinds.FEWEST_SOURCES else None
        return (
            Cell(len(found), counted(len(found), kinds.FEWEST_SOURCES), few),
            Cell(good, counted(good, 1), None if good else Way(kinds.AUTHORITY.slug, pairs=pairs)),
            *(Cell(number, "" if number else "none") for number in by_kind),
        )

    lines = (Line(thing(a.ref), cells(a), a.domains[0] if a.domains else None) for a in known.aspects)
    columns = (
        named(Words("alle bronnen", "all sources")),
        named(Words("gezaghebbend", "authoritative")),
        *map(thing, known.source_kinds),
    )
    about = Words(
        "Hoeveel bronnen van elke soort over een kennisaspect gaan.",
        "How many sources of each kind are about a knowledge aspect.",
    )
    scale = Words(
        f"Geen is 0. Van alle bronnen is 1 weinig en {kinds.FEWEST_SOURCES} genoeg, van de gezaghebbende is 1 genoeg.",
        f"None is 0. Of all sources 1 is few and {kinds.FEWEST_SOURCES} are enough, of authoritative ones 1 is enough.",
    )
    title = Words("Soorten bronnen per kennisaspect", "Kinds of source by knowledge aspect")
    corner = Words("Kennisaspect", "Knowledge aspect")
    return Grid("bronsoorten-per-aspect", title, about, scale, corner, columns, tuple(lines))


def _is_among(ref: Ref, others: Iterable[Ref]) -> bool:
    return any(other.iri == ref.iri for other in others)


def _is_of(row: Row, kind: Ref) -> bool:
    return bool(row.kind and row.kind.iri == kind.iri)
