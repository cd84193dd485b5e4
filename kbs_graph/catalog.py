"""The questions of the site: one function a kind of thing, one query a page, an object of the model as the answer."""

from collections.abc import Callable, Iterable

from rdflib.namespace import DCTERMS, FOAF, SKOS

from kbs_graph import model, queries, retired, sources
from kbs_graph.errors import NotFound
from kbs_graph.facts import SCHEMA, Facts, dutch, in_order
from kbs_graph.store import Store
from kbs_graph.terms import KINDS, Iri, K, Triple, graph_iri, iri_of

SPECIFIC = iri_of("kennistype", "specifiek")


def thing(store: Store, segment: str, slug: str) -> model.Thing:
    """The thing at a path, as its own class of the model. Raises NotFound, Moved or Gone."""
    kind = KINDS.get(segment)
    if kind is None:
        raise _not_found(segment, slug)
    iri = iri_of(segment, slug)
    try:
        facts = Facts(store.construct(queries.fill(f"pages/{kind.name}", iri=iri)))
    except ValueError:
        raise _not_found(segment, slug) from None
    if iri in facts.of_type(str(K.Tombstone)):
        raise retired.answer(store, iri)
    if iri not in facts.of_type(kind.class_iri):
        raise _not_found(segment, slug)
    return _MAKERS[kind.name](facts, iri)


def home(store: Store) -> model.Home:
    """The three lists of the front page in the order of the wheel, and the wheel with who meet in its middle."""
    facts = Facts(store.construct(queries.fill("pages/home")))
    classes = (K.Notion, K.KnowledgeDomain, K.Competency, K.TargetGroup)
    lists = [in_order(facts.ref(iri) for iri in facts.of_type(str(cls))) for cls in classes]
    wheel = model.Wheel(*(tuple(facts.spoke(ref.iri) for ref in refs) for refs in lists))
    return model.Home(lists[1], lists[2], lists[3], wheel)


def aspects(store: Store, domain: str) -> dict[str, model.Aspect]:
    """All aspects at home in a domain (its IRI) by IRI, by one question, whole but for their reviews and cases."""
    facts = Facts(store.construct(queries.fill("pages/aspects", iri=Iri(domain))))
    return {iri: _aspect(facts, iri) for iri in facts.subjects(K.homeDomain, domain)}


def description(store: Store, iri: Iri) -> list[Triple]:
    """The triples that describe a thing and its parts, with the labels of what it links to. NotFound when none."""
    try:
        triples = store.construct(queries.fill("pages/description", iri=iri))
    except ValueError:
        triples = []
    if not triples:
        raise NotFound("Dit adres is hier niet bekend.", "This address is not known here.")
    return triples


def _not_found(segment: str, slug: str) -> NotFound:
    return NotFound(
        f"Er is hier niets met het adres {segment}/{slug}. Kijk het adres na, of zoek op een woord.",
        f"There is nothing here with the address {segment}/{slug}. Check the address, or search for a word.",
    )


def _domain(facts: Facts, iri: str) -> model.Domain:
    at_home = _aspects(facts, facts.subjects(K.homeDomain, iri))
    return model.Domain(
        **facts.thing(iri),  # type: ignore[arg-type]
        order=facts.ref(iri).order,
        illustrations=_parts(facts, iri, str(K.Illustration)),
        general=tuple(a for a in at_home if not a.specific),
        specific=tuple(a for a in at_home if a.specific),
        elsewhere=_aspects(facts, facts.subjects(K.alsoIn, iri)),
        sources=sources.listed(facts, iri),
        ring=in_order(facts.ref(other) for other in facts.of_type(str(K.KnowledgeDomain))),
    )


def _aspect(facts: Facts, iri: str) -> model.Aspect:
    return model.Aspect(
        **facts.thing(iri),  # type: ignore[arg-type]
        domain=facts.one(iri, K.homeDomain),
        also_in=facts.many(iri, K.alsoIn),
        specific=facts.iri(iri, K.knowledgeType) == SPECIFIC,
        knowledge_type=facts.one(iri, K.knowledgeType),
        example=facts.texts(iri, SKOS.example),
        signals=_parts(facts, iri, str(K.Signal), str(K.sign)),
        questions=_parts(facts, iri, str(K.Question)),
        steps=_parts(facts, iri, str(K.Step)),
        referrals=_referrals(facts, iri),
        remarks=_parts(facts, iri, str(K.TargetGroupRemark), str(K.targetGroup)),
        target_groups=facts.many(iri, K.relevantFor),
        competencies=facts.many(iri, K.competency),
        related=facts.many(iri, SKOS.related),
        cases=in_order(facts.ref(s) for s in facts.subjects(DCTERMS.subject, iri) if s in facts.of_type(str(K.Case))),
        lead_source=facts.first_source(iri),
        evidence=facts.many(iri, DCTERMS.source),
        sources=sources.listed(facts, iri),
    )


def _competency(facts: Facts, iri: str) -> model.Competency:
    return model.Competency(
        **facts.thing(iri),  # type: ignore[arg-type]
        order=facts.ref(iri).order,
        behaviours=_parts(facts, iri, str(K.Behaviour)),
        discussion=_parts(facts, iri, str(K.DiscussionQuestion)),
        aspects=_aspects(facts, facts.subjects(K.competency, iri)),
        evidence=facts.many(iri, DCTERMS.source),
    )


def _target_group(facts: Facts, iri: str) -> model.TargetGroup:
    remarks = {
        owner: facts.texts(part, SCHEMA.text)
        for part in facts.subjects(K.targetGroup, iri)
        for owner in facts.subjects(K.part, part)
    }
    return model.TargetGroup(
        **facts.thing(iri),  # type: ignore[arg-type]
        order=facts.ref(iri).order,
        advice=_parts(facts, iri, str(K.Advice), str(K.adviceTopic)),
        aspects=_aspects(facts, {*facts.subjects(K.relevantFor, iri), *remarks}, remarks),
        sources=sources.listed(facts, iri),
        evidence=facts.many(iri, DCTERMS.source),
    )


def _source(facts: Facts, iri: str) -> model.Source:
    subjects = facts.many(iri, DCTERMS.subject)
    return model.Source(
        **facts.thing(iri),  # type: ignore[arg-type]
        title_language=next(iter(facts.texts(iri, DCTERMS.title)), ""),
        address=facts.address(iri),
        publishers=facts.many(iri, DCTERMS.publisher),
        commissioned_by=facts.many(iri, K.commissionedBy),
        kind=facts.one(iri, DCTERMS.type),
        languages=tuple(language.rsplit("/", 1)[-1] for language in facts.iris(iri, DCTERMS.language)),
        year=facts.value(iri, DCTERMS.issued),
        why=facts.texts(iri, K.why),
        audiences=facts.many(iri, DCTERMS.audience),
        minutes=sources.time_needed(facts, iri),
        free=sources.is_free(facts, iri),
        evidence=facts.texts(iri, K.evidence),
        time_bound=facts.flag(iri, K.timeBound),
        replaced_by=facts.one(iri, DCTERMS.isReplacedBy),
        domains=tuple(s for s in subjects if s.segment == "domein"),
        aspects=tuple(s for s in subjects if s.segment == "aspect"),
        target_groups=tuple(s for s in subjects if s.segment == "doelgroep"),
        health=facts.health(iri),
        said=sources.said(facts),
    )


def _organisation(facts: Facts, iri: str) -> model.Organisation:
    return model.Organisation(
        **facts.thing(iri),  # type: ignore[arg-type]
        homepage=facts.iri(iri, FOAF.homepage),
        kind=facts.one(iri, K.organisationKind),
        sources=sources.listed(facts, iri, DCTERMS.publisher),
        commissioned=sources.listed(facts, iri, K.commissionedBy),
        contributed=facts.value(graph_iri(iri.rpartition("/")[2]), DCTERMS.modified),
    )


def _case(facts: Facts, iri: str) -> model.Case:
    subjects = facts.many(iri, DCTERMS.subject)
    return model.Case(
        **facts.thing(iri),  # type: ignore[arg-type]
        story=facts.texts(iri, SCHEMA.text),
        exceeds_team=facts.flag(iri, K.exceedsTeam),
        first_looks=_parts(facts, iri, str(K.FirstLook)),
        aspects=_aspects(facts, (s.iri for s in subjects if s.segment == "aspect")),
        domains=tuple(s for s in subjects if s.segment == "domein"),
        target_groups=facts.many(iri, K.relevantFor),
        signs=facts.many(iri, K.sign),
        referrals=_referrals(facts, iri),
    )


def _sign(facts: Facts, iri: str) -> model.Sign:
    notes = _owners(facts, iri, K.sign)
    return model.Sign(
        **facts.thing(iri),  # type: ignore[arg-type]
        safety=facts.flag(iri, K.safety),
        aspects=_aspects(facts, notes, notes),
    )


def _specialist(facts: Facts, iri: str) -> model.Specialist:
    notes = _owners(facts, iri, K.specialist)
    found = _aspects(facts, notes, notes)
    return model.Specialist(
        **facts.thing(iri),  # type: ignore[arg-type]
        for_whom=facts.texts(iri, K.forWhom),
        how_to_reach=facts.texts(iri, K.howToReach),
        safety=facts.flag(iri, K.safety),
        aspects=tuple(a for a in found if a.ref.segment == "aspect"),
        cases=tuple(a for a in found if a.ref.segment == "casus"),
    )


def _notion(facts: Facts, iri: str) -> model.Notion:
    return model.Notion(**facts.thing(iri), paragraphs=_parts(facts, iri, str(K.Paragraph)))  # type: ignore[arg-type]


def _scheme(facts: Facts, iri: str) -> model.Scheme:
    members = in_order(facts.ref(s) for s in facts.subjects(SKOS.inScheme, iri))
    return model.Scheme(**facts.thing(iri), members=members)  # type: ignore[arg-type]


def _concept(facts: Facts, iri: str) -> model.Thing:
    return model.Thing(**facts.thing(iri))  # type: ignore[arg-type]


_MAKERS: dict[str, Callable[[Facts, str], model.Thing]] = {
    "domain": _domain,
    "aspect": _aspect,
    "competency": _competency,
    "target_group": _target_group,
    "source": _source,
    "organisation": _organisation,
    "case": _case,
    "sign": _sign,
    "specialist": _specialist,
    "notion": _notion,
    "scheme": _scheme,
    "concept": _concept,
}


def _owners(facts: Facts, iri: str, predicate: str) -> dict[str, model.Texts]:
    """The owners of the parts that point at a thing, with the wording of that part."""
    return {
        owner: facts.texts(part, SCHEMA.text)
        for part in facts.subjects(predicate, iri)
        for owner in facts.subjects(K.part, part)
    }


def _aspects(
    facts: Facts, iris: Iterable[str], notes: dict[str, model.Texts] | None = None
) -> tuple[model.AspectRef, ...]:
    found = (
        model.AspectRef(
            facts.ref(iri),
            facts.one(iri, K.homeDomain),
            facts.iri(iri, K.knowledgeType) == SPECIFIC,
            (notes or {}).get(iri),
        )
        for iri in iris
    )
    return tuple(
        sorted(found, key=lambda a: (a.domain.order if a.domain else 0, a.specific, dutch(a.ref.label).casefold()))
    )


def _parts(facts: Facts, owner: str, cls: str, link: str = "") -> tuple[model.PartText, ...]:
    return tuple(
        model.PartText(
            facts.texts(part, SCHEMA.text), facts.one(part, link) if link else None, facts.many(part, DCTERMS.source)
        )
        for part in facts.by_position(owner, cls)
    )


def _referrals(facts: Facts, owner: str) -> tuple[model.Referral, ...]:
    return tuple(
        model.Referral(
            facts.texts(part, SCHEMA.text),
            facts.texts(part, K.trigger),
            facts.one(part, K.specialist),
            facts.one(part, K.urgency),
            facts.one(part, K.registration),
            facts.many(part, DCTERMS.source),
        )
        for part in facts.by_position(owner, str(K.Referral))
    )
