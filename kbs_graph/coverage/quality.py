"""How good what there is is known to be: age and facts of sources, what experts confirmed, English, mappings."""

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from kbs_graph.coverage import gap_kinds as kinds
from kbs_graph.coverage.cells import (
    AREA,
    KIND,
    SHARE,
    Cell,
    Grid,
    Head,
    Line,
    Way,
    named,
    pairs_of,
    part,
    thing,
)
from kbs_graph.coverage.facts import CONFIRMED, FACTS, WITH_WORDS, Fact, Gathered, year
from kbs_graph.errors import Words
from kbs_graph.model import Ref
from kbs_graph.rows import Row
from kbs_graph.terms import KINDS

BANDS = (2, 5, 10)
"""The last year of each band of age, in years before the year of counting; the rest is older."""
_RELATIONS = {
    "exactMatch": Words("hetzelfde", "the same"),
    "closeMatch": Words("bijna hetzelfde", "nearly the same"),
    "broadMatch": Words("breder", "broader"),
    "narrowMatch": Words("smaller", "narrower"),
    "relatedMatch": Words("heeft ermee te maken", "related"),
}


def grids(known: Gathered, day: date) -> Iterator[Grid]:
    """The tables of how good it is known to be on a day, in the order of reading."""
    yield _by_age(known, day.year)
    yield _facts(known)
    yield _statuses(known, day)
    yield _languages(known)
    yield _mappings(known)


def _by_age(known: Gathered, now: int) -> Grid:
    def cells(found: Sequence[Row], domain: str | None) -> tuple[Cell, ...]:
        ages = [now - issued for issued in map(year, found) if issued]
        edges = (-sys.maxsize, *BANDS, sys.maxsize)
        numbers = [sum(low < age <= high for age in ages) for low, high in pairwise(edges)]
        pairs = pairs_of(domein=domain)
        ways = (*(None for _ in BANDS), Way(kinds.OLD_SOURCES.slug, pairs=pairs))
        unknown = Way(kinds.UNKNOWN["jaar"].slug, pairs=pairs)
        counts = (*zip(numbers, ways, strict=True), (len(found) - len(ages), unknown))
        return tuple(part(number, len(found), way) for number, way in counts)

    def line(domain: Ref) -> Line:
        about_it = [source for source in known.sources if domain.iri in (other.iri for other in source.domains)]
        return Line(thing(domain), cells(about_it, domain.slug))

    whole = Line(named(Words("alle bronnen", "all sources")), cells(known.sources, None))
    young, middle, old = BANDS
    columns = (
        Words(f"0 tot {young} jaar", f"0 to {young} years"),
        Words(f"{young + 1} tot {middle} jaar", f"{young + 1} to {middle} years"),
        Words(f"{middle + 1} tot {old} jaar", f"{middle + 1} to {old} years"),
        Words(f"ouder dan {old} jaar", f"older than {old} years"),
        Words("jaar onbekend", "unknown year"),
    )
    about = Words(
        f"Hoe oud de bronnen over een gebied zijn, gerekend vanaf {now}.",
        f"How old the sources about an area are, counted from {now}.",
    )
    title = Words("Hoe oud de bronnen zijn", "How old the sources are")
    lines = (*(line(d.ref) for d in known.domains), whole)
    return Grid("leeftijd-van-bronnen", title, about, SHARE, AREA, tuple(map(named, columns)), lines)


def _facts(known: Gathered) -> Grid:
    def line(fact: Fact) -> Line:
        there = sum(fact.property in known.known.get(source.ref.iri, ()) for source in known.sources)
        total = len(known.sources)
        missing = part(total - there, total, Way(kinds.UNKNOWN[fact.slug].slug))
        return Line(named(fact.name), (part(there, total), missing))

    about = Words(
        "Wat er van een bron te weten valt, en van hoeveel bronnen we dat weten.",
        "What there is to know of a source, and of how many sources we know it.",
    )
    columns = (named(Words("bekend", "known")), named(Words("niet bekend", "not known")))
    title = Words("Wat we van de bronnen weten", "What we know of the sources")
    corner = Words("Dit willen we weten", "What we want to know")
    return Grid("onbekend", title, about, SHARE, corner, columns, tuple(map(line, FACTS)))


def _statuses(known: Gathered, day: date) -> Grid:
    def line(segment: str) -> Line:
        found = [standing for standing in known.standings if standing.row.ref.segment == segment]
        confirmed = sum(standing.status == CONFIRMED for standing in found)
        due = sum(bool(standing.before and standing.before < day.isoformat()) for standing in found)
        pairs = pairs_of(soort=segment)
        return Line(
            _segment(known, segment),
            (
                part(confirmed, len(found)),
                part(len(found) - confirmed, len(found), Way(kinds.UNCONFIRMED.slug, pairs=pairs)),
                part(due, len(found), Way(kinds.DUE.slug, pairs=pairs)),
            ),
        )

    about = Words(
        "Hoeveel onderwerpen een deskundige las en goed vond, en welke opnieuw gelezen moeten worden.",
        "How many topics an expert read and found right, and which are due to be read again.",
    )
    columns = (
        Words("bevestigd", "confirmed"),
        Words("niet bevestigd", "not confirmed"),
        Words("opnieuw te lezen", "to be read again"),
    )
    title = Words("Wat deskundigen bevestigden", "What experts confirmed")
    segments = [s for s in WITH_WORDS if any(standing.row.ref.segment == s for standing in known.standings)]
    return Grid("status", title, about, SHARE, KIND, tuple(map(named, columns)), tuple(map(line, segments)))


def _languages(known: Gathered) -> Grid:
    def line(segment: str) -> Line:
        found = [wording for wording in known.wordings if wording.row.ref.segment == segment]
        total, lacking = sum(w.dutch for w in found), sum(w.lacking for w in found)
        way = Way(kinds.ENGLISH.slug, pairs=pairs_of(soort=segment))
        return Line(_segment(known, segment), (part(total - lacking, total), part(lacking, total, way)))

    about = Words(
        "Hoeveel van onze Nederlandse teksten er ook in het Engels zijn. De titel van een bron telt niet mee.",
        "How many of our Dutch texts are in English too. The title of a source does not count.",
    )
    columns = (Words("ook in het Engels", "in English too"), Words("niet in het Engels", "not in English"))
    title = Words("Wat er in het Engels is", "What is there in English")
    segments = [s for s in KINDS if any(wording.row.ref.segment == s for wording in known.wordings)]
    return Grid("engels", title, about, SHARE, KIND, tuple(map(named, columns)), tuple(map(line, segments)))


def _mappings(known: Gathered) -> Grid:
    def line(scheme: str) -> Line:
        found = [mapping for mapping in known.mappings if mapping.scheme == scheme]
        confirmed = sum(mapping.status == CONFIRMED for mapping in found)
        numbers = [sum(mapping.relation == relation for mapping in found) for relation in _RELATIONS]
        return Line(Head(known.schemes[scheme]), tuple(part(n, len(found)) for n in (*numbers, confirmed)))

    about = Words(
        "Met hoeveel begrippen uit andere kaders we de onze vergeleken, en hoe die zich tot de onze verhouden.",
        "With how many concepts of other schemes we compared ours, and how those relate to ours.",
    )
    columns = (*_RELATIONS.values(), Words("bevestigd", "confirmed"))
    title = Words("Koppelingen met andere kaders", "Mappings to other schemes")
    corner = Words("Kader", "Scheme")
    return Grid("koppelingen", title, about, SHARE, corner, tuple(map(named, columns)), tuple(map(line, known.schemes)))


def _segment(known: Gathered, segment: str) -> Head:
    return Head(known.names[segment], None, segment)
