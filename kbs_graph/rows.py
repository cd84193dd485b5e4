"""A row for every thing of a kind, as lists, sheets and a reader's short list show it, with what it is filtered by.

Rows are read once a store (a snapshot never changes) and kept as long as that store is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from rdflib.namespace import DCTERMS, FOAF, RDFS, SKOS

from kbs_graph import queries, sources
from kbs_graph.errors import NotFound
from kbs_graph.facts import SCHEMA, Facts, in_order
from kbs_graph.filters import Facets
from kbs_graph.model import Ref, Texts
from kbs_graph.readability import sentences
from kbs_graph.store import Store
from kbs_graph.terms import KINDS, Iri, K, Literal, iri_of, parts_of

_FACET_OF = {
    "domein": "domein",
    "doelgroep": "doelgroep",
    "kennistype": "niveau",
    "bronsoort": "bronsoort",
    "organisatiesoort": "organisatiesoort",
    "vindplaats": "vindplaats",
}
"""The facet whose values are the things of a kind."""


@dataclass(frozen=True)
class Row:
    """A thing in a list. What a kind does not have stays empty; `sentence` is the first of what there is to say.

    `about` holds the aspects of a source or case, `number` the sources of an organisation, `domains` the home area of
    an aspect first, `link_state` what is known of the address of a source (kbs_graph.link_states). Dates are ISO 8601,
    languages the codes of the EU's authority list.
    """

    ref: Ref
    facets: Facets
    sentence: Texts
    definition: Texts
    explanation: Texts
    story: Texts
    why: Texts
    for_whom: Texts
    how_to_reach: Texts
    kind: Ref | None
    domains: tuple[Ref, ...]
    target_groups: tuple[Ref, ...]
    about: tuple[Ref, ...]
    publishers: tuple[Ref, ...]
    audiences: tuple[Ref, ...]
    minutes: int | None
    free: bool | None
    evidence: Texts
    lead_source: Ref | None
    address: str | None
    year: str | None
    languages: tuple[str, ...]
    number: int
    link_state: str
    specific: bool
    exceeds_team: bool
    safety: bool
    modified: str | None

    @property
    def key(self) -> str:
        """The path of the thing, as short lists name it: `<segment>/<slug>`."""
        return f"{self.ref.segment}/{self.ref.slug}"


@dataclass(frozen=True)
class Dated:
    """The path of a thing, and the day it was last changed (ISO 8601), when known."""

    segment: str
    slug: str
    modified: str | None


_KEPT: WeakKeyDictionary[Store, dict[str, tuple[Row, ...]]] = WeakKeyDictionary()
_VALUES: WeakKeyDictionary[Store, Mapping[str, tuple[Ref, ...]]] = WeakKeyDictionary()


def rows(store: Store, segment: str) -> tuple[Row, ...]:
    """A row for every thing of a kind, by its own order and Dutch label. Raises NotFound for an unknown kind."""
    if segment not in KINDS:
        raise NotFound(f"De soort {segment} bestaat niet.", f"There is no kind {segment}.")
    kept = _KEPT.setdefault(store, {})
    if segment not in kept:
        kept[segment] = _read(store, segment)
    return kept[segment]


def pick(store: Store, keys: Iterable[str]) -> dict[str, Row]:
    """The rows with these keys (`<segment>/<slug>`), in their order; a key that is nobody's is left out."""
    found = {}
    for key in keys:
        segment = key.partition("/")[0]
        if segment in KINDS:
            found.update({row.key: row for row in rows(store, segment) if row.key == key})
    return found


def values(store: Store) -> Mapping[str, tuple[Ref, ...]]:
    """The known values of every facet but `soort`, in their order. The values of `soort` are the kinds themselves."""
    if store not in _VALUES:
        facts = Facts(store.construct(queries.fill("lists/facets")))
        found = {
            facet: in_order(facts.ref(iri) for iri in facts.of_type(KINDS[segment].class_iri))
            for segment, facet in _FACET_OF.items()
        }
        _VALUES[store] = found
    return _VALUES[store]


def text_in(texts: Texts, language: str) -> str:
    """The text in a language, else in Dutch, else in any."""
    return next((texts[tag] for tag in (language, "nl", *texts) if texts.get(tag)), "")


def dated(store: Store) -> list[Dated]:
    """Every thing that has a page, by IRI, with the day it was last changed."""
    found = []
    for row in store.select(queries.fill("lists/modified")):
        parts, modified = parts_of(str(row["thing"])), row.get("modified")
        if parts and "#" not in str(row["thing"]):
            found.append(Dated(*parts, modified.value if isinstance(modified, Literal) else None))
    return found


def first_sentences(*candidates: Texts) -> Texts:
    """The first sentence, in every language, of the first of the texts that says anything."""
    texts: Texts = next((texts for texts in candidates if texts), {})
    return {language: sentences(text)[0] for language, text in texts.items() if text.strip()}


def _read(store: Store, segment: str) -> tuple[Row, ...]:
    cls = KINDS[segment].class_iri
    triples = store.construct(queries.fill("lists/rows", cls=Iri(cls)))
    if segment in ("signaal", "specialist"):
        triples += store.construct(queries.fill("lists/involved"))
    if segment == "organisatie":
        triples += store.construct(queries.fill("lists/publishers"))
    facts = Facts(triples)
    order = in_order(facts.ref(iri) for iri in facts.of_type(cls))
    return tuple(_row(facts, ref) for ref in order)


def _row(facts: Facts, ref: Ref) -> Row:
    iri = ref.iri
    subjects = facts.many(iri, DCTERMS.subject)
    home = facts.one(iri, K.homeDomain)
    domains = (*([home] if home else []), *facts.many(iri, K.alsoIn), *(s for s in subjects if s.segment == "domein"))
    groups = (*facts.many(iri, K.relevantFor), *(s for s in subjects if s.segment == "doelgroep"))
    kind = facts.one(iri, K.knowledgeType) or facts.one(iri, DCTERMS.type) or facts.one(iri, K.organisationKind)
    definition, explanation = facts.texts(iri, SKOS.definition), facts.texts(iri, RDFS.comment)
    story, why = facts.texts(iri, SCHEMA.text), facts.texts(iri, K.why)
    return Row(
        ref=ref,
        facets={
            "soort": frozenset({ref.segment or ""}),
            "domein": _slugs(domains),
            "doelgroep": _slugs(groups),
            **({"vindplaats": frozenset({state})} if (state := facts.link_state(iri)) else {}),
            **({_FACET_OF[kind.segment]: _slugs([kind])} if kind and kind.segment in _FACET_OF else {}),
        },
        sentence=first_sentences(definition, explanation, story, why),
        definition=definition,
        explanation=explanation,
        story=story,
        why=why,
        for_whom=facts.texts(iri, K.forWhom),
        how_to_reach=facts.texts(iri, K.howToReach),
        kind=kind,
        domains=domains,
        target_groups=groups,
        about=tuple(s for s in subjects if s.segment == "aspect"),
        publishers=facts.many(iri, DCTERMS.publisher),
        audiences=facts.many(iri, DCTERMS.audience),
        minutes=sources.time_needed(facts, iri),
        free=sources.is_free(facts, iri),
        evidence=facts.texts(iri, K.evidence),
        lead_source=facts.first_source(iri),
        address=facts.address(iri) or facts.iri(iri, FOAF.homepage),
        year=facts.value(iri, DCTERMS.issued),
        languages=tuple(language.rsplit("/", 1)[-1] for language in facts.iris(iri, DCTERMS.language)),
        number=len(facts.subjects(DCTERMS.publisher, iri)),
        link_state=facts.link_state(iri),
        specific=facts.iri(iri, K.knowledgeType) == iri_of("kennistype", "specifiek"),
        exceeds_team=facts.flag(iri, K.exceedsTeam),
        safety=facts.flag(iri, K.safety),
        modified=facts.value(iri, DCTERMS.modified),
    )


def _slugs(refs: Iterable[Ref]) -> frozenset[str]:
    return frozenset(ref.slug for ref in refs if ref.slug)
