"""How our concepts meet those of other schemes: every mapping with what it rests on, by scheme, and what has none.

Mappings are read once a store (a snapshot never changes) and kept as long as that store is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from weakref import WeakKeyDictionary

from rdflib.namespace import DCTERMS, OWL, PROV, RDFS, SKOS, VANN, Namespace

from kbs_graph import queries
from kbs_graph.errors import Words
from kbs_graph.facts import ADMS, MAPPINGS, Facts, dutch
from kbs_graph.folding import sort_key
from kbs_graph.model import Ref, Texts
from kbs_graph.rows import rows, text_in
from kbs_graph.store import Store
from kbs_graph.tables import Table
from kbs_graph.terms import K, iri_of

SSSOM = Namespace("https://w3id.org/sssom/")
CONFIRMED = iri_of("status", "bevestigd")
NAMES_ONLY = frozenset({str(SKOS.prefLabel), str(SKOS.altLabel)})
"""What was read of a concept whose definition was not available."""

RELATIONS = {
    "gelijk": "exactMatch",
    "bijna": "closeMatch",
    "ruimer": "broadMatch",
    "enger": "narrowMatch",
    "verwant": "relatedMatch",
}
"""The relations of SKOS, in the order of closeness, by their name in addresses, which says what theirs is to ours."""
IN_WORDS = {
    "exactMatch": Words("hetzelfde", "the same"),
    "closeMatch": Words("bijna hetzelfde", "nearly the same"),
    "broadMatch": Words("ruimer", "wider"),
    "narrowMatch": Words("enger", "narrower"),
    "relatedMatch": Words("verwant", "related"),
}
KINDS_MAPPED = ("domein", "aspect", "competentie", "doelgroep", "specialist")
"""The kinds of thing that other schemes may have a concept for."""


@dataclass(frozen=True)
class Scheme:
    """A scheme of others: what it is, and the prefix and start of its addresses, as SSSOM needs them."""

    ref: Ref
    about: Texts
    prefix: str
    namespace: str


@dataclass(frozen=True)
class Mapping:
    """One mapping. `relation` is a name of SKOS; `why` its reason; `read` the properties of theirs it rests on (IRIs).

    `day` is when it was proposed (ISO 8601), when known.
    """

    ours: Ref
    relation: str
    theirs: Ref
    notation: str | None
    scheme: Scheme
    why: Texts
    read: tuple[str, ...]
    author: Ref | None
    status: Ref | None
    day: str | None

    @property
    def by_name_only(self) -> bool:
        """Whether it rests on names alone, because their definition was not available."""
        return set(self.read) <= NAMES_ONLY

    @property
    def confirmed(self) -> bool:
        return self.status is not None and self.status.iri == CONFIRMED


@dataclass(frozen=True)
class Narrowing:
    """What a reader chose: prefixes of schemes and names of relations (`RELATIONS`); an empty set lets all through."""

    schemes: frozenset[str] = frozenset()
    relations: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.schemes or self.relations)

    def admits(self, mapping: Mapping) -> bool:
        wanted = {RELATIONS[name] for name in self.relations}
        return (not self.schemes or mapping.scheme.prefix in self.schemes) and (
            not wanted or mapping.relation in wanted
        )

    def pairs(self) -> list[tuple[str, str]]:
        """The (parameter, value) pairs in a fixed order, for an address."""
        relations = [name for name in RELATIONS if name in self.relations]
        return [*(("kader", prefix) for prefix in sorted(self.schemes)), *(("relatie", name) for name in relations)]

    def with_scheme(self, prefix: str) -> "Narrowing":
        """The same with one scheme added, or taken away when it was chosen."""
        return replace(self, schemes=self.schemes ^ {prefix})

    def with_relation(self, name: str) -> "Narrowing":
        """The same with one relation added, or taken away when it was chosen."""
        return replace(self, relations=self.relations ^ {name})


@dataclass(frozen=True)
class Group:
    """The mappings to one scheme, those an expert confirmed apart from the proposals."""

    scheme: Scheme
    confirmed: tuple[Mapping, ...]
    proposed: tuple[Mapping, ...]

    @property
    def numbers(self) -> dict[str, int]:
        """How many there are of each relation that occurs, in the order of closeness."""
        return numbers((*self.confirmed, *self.proposed))


_KEPT: WeakKeyDictionary[Store, tuple[Mapping, ...]] = WeakKeyDictionary()


def mappings(store: Store) -> tuple[Mapping, ...]:
    """Every mapping, by scheme (Dutch title), relation and our Dutch label."""
    if store not in _KEPT:
        _KEPT[store] = _read(store)
    return _KEPT[store]


def of_thing(store: Store, iri: str) -> tuple[Mapping, ...]:
    """The mappings of one thing of ours."""
    return tuple(mapping for mapping in mappings(store) if mapping.ours.iri == iri)


def schemes(found: Iterable[Mapping]) -> tuple[Scheme, ...]:
    """The schemes of mappings, in their order, each once."""
    return tuple({mapping.scheme.ref.iri: mapping.scheme for mapping in found}.values())


def grouped(found: Sequence[Mapping]) -> tuple[Group, ...]:
    """Mappings by scheme, in the order they come in."""
    groups = []
    for _, same in groupby(found, key=lambda mapping: mapping.scheme.ref.iri):
        held = tuple(same)
        confirmed = tuple(mapping for mapping in held if mapping.confirmed)
        proposed = tuple(mapping for mapping in held if not mapping.confirmed)
        groups.append(Group(held[0].scheme, confirmed, proposed))
    return tuple(groups)


def numbers(found: Iterable[Mapping]) -> dict[str, int]:
    """How many mappings there are of each relation that occurs, by its name in SKOS, in the order of closeness."""
    relations = [mapping.relation for mapping in found]
    return {name: relations.count(name) for name in RELATIONS.values() if name in relations}


def unmapped(store: Store) -> dict[str, tuple[Ref, ...]]:
    """The things of each kind that have no mapping to any scheme, in their own order."""
    mapped = {mapping.ours.iri for mapping in mappings(store)}
    return {
        segment: tuple(row.ref for row in rows(store, segment) if row.ref.iri not in mapped) for segment in KINDS_MAPPED
    }


def table(title: str, found: Iterable[Mapping], language: str) -> Table:
    """Mappings as a table, in the order given."""
    held = tuple(found)
    return Table(
        title,
        language,
        tuple(heading.in_language(language) for heading in _HEADINGS),
        tuple(_cells(mapping, language) for mapping in held),
        max((mapping.day for mapping in held if mapping.day), default=None),
    )


_HEADINGS = (
    Words("adres", "address"),
    Words("naam", "name"),
    Words("hun begrip is", "their concept is"),
    Words("relatie", "relation"),
    Words("hun adres", "their address"),
    Words("hun naam", "their name"),
    Words("code", "code"),
    Words("kader", "scheme"),
    Words("waarom", "why"),
    Words("rust op", "rests on"),
    Words("status", "status"),
    Words("voorgesteld door", "proposed by"),
    Words("op", "on"),
)
BASIS = {
    True: Words("alleen de naam", "its name only"),
    False: Words("naam en omschrijving", "name and description"),
}
"""What a mapping rests on, by whether that is names alone."""


def _cells(mapping: Mapping, language: str) -> tuple[str, ...]:
    return (
        mapping.ours.iri,
        text_in(mapping.ours.label, language),
        IN_WORDS[mapping.relation].in_language(language),
        f"skos:{mapping.relation}",
        mapping.theirs.iri,
        text_in(mapping.theirs.label, language),
        mapping.notation or "",
        text_in(mapping.scheme.ref.label, language),
        text_in(mapping.why, language),
        BASIS[mapping.by_name_only].in_language(language),
        text_in(mapping.status.label, language) if mapping.status else "",
        text_in(mapping.author.label, language) if mapping.author else "",
        mapping.day or "",
    )


def _read(store: Store) -> tuple[Mapping, ...]:
    facts = Facts(store.construct(queries.fill("lists/mappings")))
    found = (_mapping(facts, record) for record in facts.of_type(str(K.Mapping)))
    return tuple(sorted(found, key=_place))


def _place(mapping: Mapping) -> tuple[object, ...]:
    return (
        sort_key(dutch(mapping.scheme.ref.label)),
        mapping.scheme.ref.iri,
        MAPPINGS.index(mapping.relation),
        sort_key(dutch(mapping.ours.label)),
        sort_key(dutch(mapping.theirs.label)),
        mapping.theirs.iri,
    )


def _mapping(facts: Facts, record: str) -> Mapping:
    theirs = facts.iri(record, OWL.annotatedTarget) or ""
    scheme = facts.iri(theirs, SKOS.inScheme) or ""
    return Mapping(
        ours=facts.ref(facts.iri(record, OWL.annotatedSource) or ""),
        relation=(facts.iri(record, OWL.annotatedProperty) or "").rpartition("#")[2],
        theirs=facts.ref(theirs),
        notation=facts.value(theirs, SKOS.notation),
        scheme=Scheme(
            facts.ref(scheme),
            facts.texts(scheme, RDFS.comment),
            facts.value(scheme, VANN.preferredNamespacePrefix) or "",
            facts.value(scheme, VANN.preferredNamespaceUri) or "",
        ),
        why=facts.texts(record, RDFS.comment),
        read=tuple(sorted(facts.iris(record, str(SSSOM.object_match_field)))),
        author=facts.one(record, PROV.wasAttributedTo),
        status=facts.one(record, ADMS.status),
        day=facts.value(record, DCTERMS.created),
    )
