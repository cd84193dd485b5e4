"""The words of the graph: closed vocabulary, kinds of thing, and the one address rule (IRI ↔ path)."""

from dataclasses import dataclass
from typing import NamedTuple

from rdflib import URIRef
from rdflib.namespace import DefinedNamespace, Namespace

NAME = "Kennisbouwstenen"
BASE = "https://w3id.org/kennisbouwstenen/"
ID = BASE + "id/"
GRAPHS = BASE + "graphs/"
DATASET = ID + "dataset/kennisbouwstenen"
ONTOLOGY = BASE + "def"
ONTOLOGY_GRAPH = GRAPHS + "ontology"
DERIVED_GRAPH = GRAPHS + "derived"
PROVENANCE_GRAPH = GRAPHS + "herkomst"
LINKS_GRAPH = GRAPHS + "links"
CONTRIBUTED_GRAPH = GRAPHS + "derived-contributions"
SHAPES = BASE + "shapes#"


class Iri(str):
    """An absolute IRI."""

    __slots__ = ()


class Literal(NamedTuple):
    """An RDF literal: its lexical form, and either a language tag or a datatype IRI."""

    value: str
    language: str | None = None
    datatype: str = "http://www.w3.org/2001/XMLSchema#string"


Term = Iri | Literal
Triple = tuple[Term, Iri, Term]


class K(DefinedNamespace):
    """The terms of ontology/kbs.ttl. Asking for any other name is an error; a test compares both lists."""

    _fail = True
    _NS = Namespace(BASE + "def#")

    # classes
    KnowledgeDomain: URIRef
    KnowledgeAspect: URIRef
    Competency: URIRef
    TargetGroup: URIRef
    KnowledgeSource: URIRef
    Organisation: URIRef
    Case: URIRef
    Sign: URIRef
    SpecialistRole: URIRef
    Notion: URIRef
    Scheme: URIRef
    KnowledgeType: URIRef
    SourceKind: URIRef
    Audience: URIRef
    OrganisationKind: URIRef
    EditorialStatus: URIRef
    Urgency: URIRef
    Registration: URIRef
    LocationState: URIRef
    LinkCheck: URIRef
    Formulation: URIRef
    Part: URIRef
    Signal: URIRef
    Question: URIRef
    Step: URIRef
    Referral: URIRef
    TargetGroupRemark: URIRef
    Illustration: URIRef
    Behaviour: URIRef
    DiscussionQuestion: URIRef
    Advice: URIRef
    AdviceTopic: URIRef
    FirstLook: URIRef
    Paragraph: URIRef
    Graph: URIRef
    Tombstone: URIRef
    IntegrityRule: URIRef
    Review: URIRef
    Mapping: URIRef
    Release: URIRef
    Change: URIRef
    Addition: URIRef
    Alteration: URIRef
    Retirement: URIRef
    Renaming: URIRef

    # properties
    homeDomain: URIRef
    alsoIn: URIRef
    knowledgeType: URIRef
    relevantFor: URIRef
    competency: URIRef
    leadSource: URIRef
    part: URIRef
    partOf: URIRef
    sign: URIRef
    trigger: URIRef
    specialist: URIRef
    urgency: URIRef
    registration: URIRef
    targetGroup: URIRef
    adviceTopic: URIRef
    safety: URIRef
    forWhom: URIRef
    howToReach: URIRef
    mainSubject: URIRef
    why: URIRef
    evidence: URIRef
    locationState: URIRef
    linkState: URIRef
    checkOf: URIRef
    checkedAddress: URIRef
    httpStatus: URIRef
    failureKind: URIRef
    movedTo: URIRef
    lastWorked: URIRef
    failingSince: URIRef
    failures: URIRef
    unknown: URIRef
    exceedsTeam: URIRef
    commissionedBy: URIRef
    organisationKind: URIRef
    timeBound: URIRef
    formulation: URIRef
    reviewBefore: URIRef
    reviewOf: URIRef
    reviewer: URIRef
    confirms: URIRef
    retirementReason: URIRef
    continuedAs: URIRef
    formerType: URIRef
    change: URIRef
    changeOf: URIRef
    changedProperty: URIRef
    order: URIRef
    wheelLabel: URIRef


@dataclass(frozen=True)
class Kind:
    """A kind of thing: its path segment, its class, and the name its rooms share (query, model, view, template)."""

    segment: str
    cls: str
    name: str

    @property
    def class_iri(self) -> str:
        return str(K[self.cls])


KINDS = {
    kind.segment: kind
    for kind in (
        Kind("domein", "KnowledgeDomain", "domain"),
        Kind("aspect", "KnowledgeAspect", "aspect"),
        Kind("competentie", "Competency", "competency"),
        Kind("doelgroep", "TargetGroup", "target_group"),
        Kind("bron", "KnowledgeSource", "source"),
        Kind("organisatie", "Organisation", "organisation"),
        Kind("casus", "Case", "case"),
        Kind("signaal", "Sign", "sign"),
        Kind("specialist", "SpecialistRole", "specialist"),
        Kind("begrip", "Notion", "notion"),
        Kind("kader", "Scheme", "scheme"),
        Kind("kennistype", "KnowledgeType", "concept"),
        Kind("bronsoort", "SourceKind", "concept"),
        Kind("publiek", "Audience", "concept"),
        Kind("organisatiesoort", "OrganisationKind", "concept"),
        Kind("status", "EditorialStatus", "concept"),
        Kind("urgentie", "Urgency", "concept"),
        Kind("adviesonderwerp", "AdviceTopic", "concept"),
        Kind("registratie", "Registration", "concept"),
        Kind("vindplaats", "LocationState", "concept"),
        Kind("formulering", "Formulation", "concept"),
    )
}


def iri_of(segment: str, slug: str) -> Iri:
    """The IRI of a thing from the two parts of its path, as in architecture: `<base>id/<type>/<slug>`."""
    return Iri(f"{ID}{segment}/{slug}")


def parts_of(iri: str) -> tuple[str, str] | None:
    """The (type, slug) of one of our things, or None for any other IRI. A `#part` belongs to its owner."""
    if not iri.startswith(ID):
        return None
    segment, _, slug = iri[len(ID) :].partition("#")[0].partition("/")
    return (segment, slug) if segment in KINDS and slug and "/" not in slug else None


def graph_iri(name: str) -> Iri:
    """The IRI of a named graph from its name (a file of `data/` or an organisation)."""
    return Iri(GRAPHS + name)
