"""What a snapshot holds, gathered for counting: knowledge and its remarks, sources and their facts, statuses, texts.

An aspect counts once, in its home domain; a source counts in every domain and target group it is about.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rdflib.namespace import DCTERMS, FOAF

from kbs_graph import catalog, queries, rows
from kbs_graph.errors import Words
from kbs_graph.facts import SCHEMA, Facts
from kbs_graph.model import Ref, Spoke, Texts
from kbs_graph.rows import Row
from kbs_graph.store import Store
from kbs_graph.terms import KINDS, Iri, K, Literal, Term, parts_of

CONFIRMED = "bevestigd"
AUTHORITATIVE_KINDS = ("richtlijn",)
"""Kinds of source with authority whoever made them."""
WITHOUT_AUTHORITY = ("bedrijf", "media", "zorgaanbieder")
"""Kinds of organisation whose sources have no authority by themselves, as in the rule on leading sources."""
WITH_WORDS = ("domein", "aspect", "competentie", "doelgroep", "casus", "signaal", "specialist", "begrip")
"""Kinds whose texts an expert can confirm."""


@dataclass(frozen=True)
class Fact:
    """Something to know of sources: the property that says it, and how to call it after 'we do not know …'."""

    slug: str
    property: str
    name: Words


FACTS = (
    Fact("adres", str(FOAF.page), Words("het adres bij de maker", "their address at the publisher")),
    Fact("maker", str(DCTERMS.publisher), Words("de maker", "their publisher")),
    Fact("jaar", str(DCTERMS.issued), Words("het jaar", "their year")),
    Fact("taal", str(DCTERMS.language), Words("de taal", "their language")),
    Fact("uitleg", str(K.why), Words("waarom ze helpen", "why they help")),
    Fact("publiek", str(DCTERMS.audience), Words("voor welke lezers ze zijn", "for which readers they are")),
    Fact("tijd", str(SCHEMA.timeRequired), Words("hoeveel tijd ze kosten", "how much time they take")),
    Fact("prijs", str(SCHEMA.isAccessibleForFree), Words("of ze gratis zijn", "whether they are free")),
    Fact("onderbouwing", str(K.evidence), Words("hoe goed ze onderbouwd zijn", "how good their evidence is")),
)
"""What a reader wants to know of every source; to count another one, add it here."""


@dataclass(frozen=True)
class Standing:
    """How far a thing is: the slug of its status, and the day before which it is to be read again (ISO 8601)."""

    row: Row
    status: str
    before: str | None


@dataclass(frozen=True)
class Wording:
    """The Dutch texts of a thing and its parts: how many there are, and how many of them are not there in English."""

    row: Row
    dutch: int
    lacking: int


@dataclass(frozen=True)
class Matched:
    """A concept of another scheme that a thing of ours was compared with."""

    thing: str
    relation: str
    scheme: str
    status: str


@dataclass(frozen=True)
class Gathered:
    """Everything that is counted, in the order of reading. Remarks are (aspect, target group), both as IRIs."""

    domains: tuple[Spoke, ...]
    groups: tuple[Spoke, ...]
    types: tuple[Ref, ...]
    source_kinds: tuple[Ref, ...]
    aspects: tuple[Row, ...]
    sources: tuple[Row, ...]
    about: Mapping[str, tuple[Row, ...]]
    remarks: frozenset[tuple[str, str]]
    known: Mapping[str, frozenset[str]]
    authoritative: frozenset[str]
    standings: tuple[Standing, ...]
    wordings: tuple[Wording, ...]
    mappings: tuple[Matched, ...]
    schemes: Mapping[str, Texts]
    names: Mapping[str, Texts]

    def at_home(self, domain: Ref) -> tuple[Row, ...]:
        """The aspects whose home is a domain."""
        return tuple(aspect for aspect in self.aspects if home(aspect) == domain.slug)

    def sources_of(self, aspect: Row) -> tuple[Row, ...]:
        return self.about.get(aspect.ref.iri, ())


def gather(store: Store) -> Gathered:
    """Read all that is counted from a store: what the editors' files state, and nothing that others contributed."""
    store = store.without(str(row["graph"]) for row in store.select(queries.fill("lists/contributed")))
    wheel = catalog.home(store).wheel
    values = rows.values(store)
    sources = rows.rows(store, "bron")
    about: dict[str, list[Row]] = defaultdict(list)
    for source in sources:
        for aspect in source.about:
            about[aspect.iri].append(source)
    known: dict[str, set[str]] = defaultdict(set)
    for found in _plain(store, "lists/coverage-sources"):
        known[found["source"]].add(found["property"])
    mappings, schemes = _mappings(store)
    everything = {row.ref.iri: row for segment in KINDS for row in rows.rows(store, segment)}
    return Gathered(
        domains=wheel.domains,
        groups=wheel.target_groups,
        types=values["niveau"],
        source_kinds=values["bronsoort"],
        aspects=tuple(sorted(rows.rows(store, "aspect"), key=_place)),
        sources=sources,
        about={aspect: tuple(found) for aspect, found in about.items()},
        remarks=frozenset((found["aspect"], found["group"]) for found in _plain(store, "lists/coverage-remarks")),
        known={source: frozenset(properties) for source, properties in known.items()},
        authoritative=_authoritative(store, sources),
        standings=tuple(_standings(store, everything)),
        wordings=tuple(_wordings(store, everything)),
        mappings=mappings,
        schemes=schemes,
        names=_names(store),
    )


def home(aspect: Row) -> str:
    """The slug of the home domain of an aspect."""
    return str(aspect.domains[0].slug) if aspect.domains else ""


def year(source: Row) -> int | None:
    """The year a source appeared in, when known."""
    digits = (source.year or "")[:4]
    return int(digits) if digits.isdigit() else None


def _place(aspect: Row) -> tuple[int, bool]:
    """The order of the wheel, what everyone needs before what some need; then as the rows came, by label."""
    return aspect.domains[0].order if aspect.domains else 0, aspect.specific


def _authoritative(store: Store, sources: tuple[Row, ...]) -> frozenset[str]:
    makers = {
        row.ref.iri for row in rows.rows(store, "organisatie") if row.kind and row.kind.slug not in WITHOUT_AUTHORITY
    }
    return frozenset(
        source.ref.iri
        for source in sources
        if (source.kind and source.kind.slug in AUTHORITATIVE_KINDS) or any(p.iri in makers for p in source.publishers)
    )


def _standings(store: Store, everything: Mapping[str, Row]) -> Iterator[Standing]:
    found = {row["thing"]: row for row in _plain(store, "lists/coverage-status")}
    for iri, row in everything.items():
        if iri in found and row.ref.segment in WITH_WORDS:
            yield Standing(row, (parts_of(found[iri]["status"]) or ("", ""))[1], found[iri].get("before"))


def _wordings(store: Store, everything: Mapping[str, Row]) -> Iterator[Wording]:
    dutch: dict[str, int] = defaultdict(int)
    lacking: dict[str, int] = defaultdict(int)
    for found in _plain(store, "lists/coverage-texts"):
        owner = found["place"].partition("#")[0]
        dutch[owner] += 1
        lacking[owner] += found["english"] not in ("true", "1")
    for iri, row in everything.items():
        if dutch[iri]:
            yield Wording(row, dutch[iri], lacking[iri])


def _mappings(store: Store) -> tuple[tuple[Matched, ...], Mapping[str, Texts]]:
    schemes: dict[str, dict[str, str]] = defaultdict(dict)
    found: dict[Matched, None] = {}
    for row in store.select(queries.fill("lists/coverage-mappings")):
        title = row["title"]
        assert isinstance(title, Literal)
        scheme, status = str(row["scheme"]), (parts_of(str(row["status"])) or ("", ""))[1]
        schemes[scheme][title.language or ""] = title.value
        relation = str(row["relation"]).rpartition("#")[2]
        found[Matched(f"{row['thing']} {row['concept']}", relation, scheme, status)] = None
    return tuple(found), dict(schemes)


def _names(store: Store) -> dict[str, Texts]:
    """What every kind of thing is called in the ontology, by segment."""
    facts = Facts(store.construct(queries.fill("lists/terms")))
    return {segment: facts.ref(Iri(kind.class_iri)).label for segment, kind in KINDS.items()}


def _plain(store: Store, name: str) -> list[dict[str, str]]:
    """The rows of a query without parameters, as plain text."""
    return [{key: _text(term) for key, term in row.items()} for row in store.select(queries.fill(name))]


def _text(term: Term) -> str:
    return term.value if isinstance(term, Literal) else str(term)
