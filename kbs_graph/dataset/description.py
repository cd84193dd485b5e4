"""The description of the dataset, as RDF: DCAT 3 by the profile DCAT-AP-NL 3.0, with VoID (`void`) beside it.

What the editors say of the dataset stands in the graph (data/catalogue.ttl); what there is to download and to ask, and
at which addresses, is given by whoever serves it. Everything described goes by an IRI of ours, with a `#part` of the
dataset for what has no page; so there are no blank nodes, and a harvest of today and of tomorrow name the same things.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rdflib.namespace import DCTERMS, FOAF, RDF, RDFS, VOID, Namespace

from kbs_graph import queries
from kbs_graph.dataset import codes, void
from kbs_graph.dataset.model import Edition, Offer, Service, Site
from kbs_graph.download import GZIP, ZIP, Download, name
from kbs_graph.facts import Facts
from kbs_graph.history import DCAT
from kbs_graph.model import Texts
from kbs_graph.serialize import TURTLE
from kbs_graph.statements import day, hexadecimal, iris, number, plain, say, texts, words
from kbs_graph.store import Store
from kbs_graph.terms import DATASET, KINDS, Iri, Literal, Triple

VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
CATALOGUE = f"{DATASET}#catalogus"
CONTACT = f"{DATASET}#contact"
_SHARED = (
    DCTERMS.description,
    DCTERMS.creator,
    DCTERMS.license,
    DCTERMS.language,
    DCTERMS.accessRights,
    DCTERMS.spatial,
    DCTERMS.conformsTo,
    DCAT.theme,
    DCAT.keyword,
)
"""What the editors say of the dataset that holds for every release of it too."""
_OWN = (DCTERMS.title, DCTERMS.accrualPeriodicity)


@dataclass(frozen=True)
class About:
    """What the editors say of the dataset, for a page; the makers are the names of those who made it, by IRI."""

    title: Texts
    text: Texts
    keywords: tuple[tuple[str, str], ...]
    makers: tuple[tuple[str, Texts], ...]


def about(store: Store) -> About:
    """What the editors say of the dataset."""
    facts = _facts(store)
    return About(
        facts.texts(DATASET, DCTERMS.title),
        facts.texts(DATASET, DCTERMS.description),
        tuple((item.text, item.language) for item in facts.tagged(DATASET, DCAT.keyword)),
        tuple((iri, facts.texts(iri, FOAF.name)) for iri in facts.iris(DATASET, DCTERMS.creator)),
    )


def describe(store: Store, site: Site, current: Edition, released: Sequence[Edition]) -> list[Triple]:
    """The whole description; `released` are the releases whose files are still to be had, newest first."""
    facts = _facts(store)
    said = [
        *_document(site),
        *_catalogue(facts, site, current, released),
        *_contact(facts, site),
        *(triple for edition in (current, *released) for triple in _edition(facts, site, edition)),
        *(triple for service in site.services for triple in _service(facts, service)),
        *_current(facts, site, current, released),
        *void.describe(store, facts, current.numbers, site.endpoint, _dump(current)),
    ]
    return list(dict.fromkeys([*said, *codes.explained(said)]))


def _facts(store: Store) -> Facts:
    return Facts(store.construct(queries.fill("dataset/about")))


def _shared(facts: Facts, iri: str, *names: str) -> Iterator[Triple]:
    """The texts and addresses that the editors tell of the dataset by some properties, told of another thing."""
    for predicate in names:
        said = [Literal(item.text, item.language or None) for item in facts.tagged(DATASET, predicate)]
        yield from say(iri, (predicate, [*said, *iris(*facts.iris(DATASET, predicate))]))


def _makers(facts: Facts) -> list[Iri]:
    return [Iri(iri) for iri in facts.iris(DATASET, DCTERMS.creator)]


def _document(site: Site) -> Iterator[Triple]:
    yield from say(
        site.description,
        (RDF.type, iris(VOID.DatasetDescription)),
        (DCTERMS.title, words(codes.DESCRIPTION)),
        (FOAF.primaryTopic, iris(DATASET)),
    )


def _catalogue(facts: Facts, site: Site, current: Edition, released: Sequence[Edition]) -> Iterator[Triple]:
    yield from say(
        CATALOGUE,
        (RDF.type, iris(DCAT.Catalog)),
        (DCTERMS.title, words(codes.CATALOGUE)),
        (DCTERMS.description, words(codes.ABOUT_CATALOGUE)),
        (DCTERMS.identifier, plain(CATALOGUE)),
        (DCTERMS.publisher, _makers(facts)[:1]),
        (DCTERMS.issued, day(released[-1].issued if released else "")),
        (DCTERMS.modified, day(current.modified)),
        (DCAT.contactPoint, iris(CONTACT)),
        (DCAT.dataset, iris(current.iri, *(edition.iri for edition in released))),
        (DCAT.service, iris(*(_part(service.name) for service in site.services))),
        (DCAT.themeTaxonomy, iris(codes.THEMES)),
        (FOAF.homepage, iris(site.home)),
    )
    yield from _shared(facts, CATALOGUE, DCTERMS.creator, DCTERMS.license, DCTERMS.language, DCTERMS.spatial)


def _contact(facts: Facts, site: Site) -> Iterator[Triple]:
    """Whom to ask: by the page for suggestions, as there is no mail address."""
    names = [name for maker in _makers(facts) for name in texts(facts.texts(maker, FOAF.name))]
    yield from say(CONTACT, (RDF.type, iris(VCARD.Kind)), (VCARD.fn, names), (VCARD.hasURL, iris(*site.contact)))
    for maker in _makers(facts):
        yield from say(maker, (RDF.type, iris(FOAF.Agent, FOAF.Organization)))
        yield from say(maker, (FOAF.name, texts(facts.texts(maker, FOAF.name))))


def _edition(facts: Facts, site: Site, edition: Edition) -> Iterator[Triple]:
    """What is told of the dataset and of every release alike, with the files there are of it."""
    yield from _shared(facts, edition.iri, *_SHARED)
    yield from say(
        edition.iri,
        (RDF.type, iris(DCAT.Dataset)),
        (DCTERMS.identifier, plain(edition.iri)),
        (DCTERMS.publisher, _makers(facts)[:1]),
        (DCTERMS.issued, day(edition.issued)),
        (DCTERMS.modified, day(edition.modified)),
        (DCAT.version, plain(edition.version)),
        (VOID.triples, number(edition.numbers.triples) if edition.numbers else []),
        (DCAT.contactPoint, iris(CONTACT)),
        (DCAT.landingPage, iris(*edition.pages)),
        (FOAF.page, iris(*site.documentation)),
        (DCAT.distribution, iris(*(_file_iri(edition, offer.file) for offer in edition.offers))),
    )
    if edition.iri != DATASET:
        titles = {tag: f"{text}, {edition.version}" for tag, text in facts.texts(DATASET, DCTERMS.title).items()}
        yield from say(edition.iri, (DCTERMS.title, texts(titles)), (DCAT.isVersionOf, iris(DATASET)))
        yield from say(edition.iri, (DCAT.previousVersion, iris(edition.previous)))
    for offer in edition.offers:
        yield from _file(facts, edition, offer)


def _current(facts: Facts, site: Site, current: Edition, released: Sequence[Edition]) -> Iterator[Triple]:
    """What is told of the dataset itself alone: its releases, and that it can be asked too."""
    asked = _part("sparql-antwoorden")
    yield from _shared(facts, current.iri, *_OWN)
    yield from say(
        current.iri,
        (DCTERMS.created, day(facts.value(DATASET, DCTERMS.created) or "")),
        (DCAT.hasVersion, iris(*(edition.iri for edition in released))),
        (DCAT.distribution, iris(asked)),
    )
    yield from say(
        asked,
        (RDF.type, iris(DCAT.Distribution)),
        (DCTERMS.title, words(codes.ANSWERS)),
        (DCAT.accessURL, iris(site.endpoint)),
        (DCAT.accessService, iris(_part(site.services[0].name))),
        (DCTERMS["format"], iris(codes.FILE_TYPES["sparql"])),
        (DCAT.mediaType, iris(codes.media_type("application/sparql-query"))),
    )
    yield from _shared(facts, asked, DCTERMS.license, DCTERMS.language)


def _file(facts: Facts, edition: Edition, offer: Offer) -> Iterator[Triple]:
    """One file as a distribution, with its size and SHA-256."""
    file, iri = offer.file, _file_iri(edition, offer.file)
    checksum = f"{iri}-sha256"
    languages = [codes.LANGUAGES[file.language]] if file.language else facts.iris(DATASET, DCTERMS.language)
    yield from say(
        iri,
        (RDF.type, iris(DCAT.Distribution)),
        (DCTERMS.title, texts(_title(facts, file))),
        (DCTERMS.language, iris(*languages)),
        (DCTERMS.modified, day(edition.modified)),
        (DCTERMS["format"], iris(codes.FILE_TYPES[file.ending])),
        (DCAT.accessURL, iris(offer.address)),
        (DCAT.downloadURL, iris(offer.address)),
        (DCAT.mediaType, iris(codes.media_type(file.media_type))),
        (DCAT.compressFormat, iris(codes.media_type(GZIP) if file.is_packed else "")),
        (DCAT.packageFormat, iris(codes.media_type(ZIP) if file.sent_as == ZIP else "")),
        (DCAT.byteSize, number(file.bytes, "nonNegativeInteger")),
        (codes.SPDX.checksum, iris(checksum)),
    )
    yield from _shared(facts, iri, DCTERMS.license, *([] if file.language else [DCTERMS.conformsTo]))
    yield from say(iri, (DCTERMS.conformsTo, iris(codes.STANDARDS.get(file.ending, ""))))
    yield from say(
        checksum,
        (RDF.type, iris(codes.SPDX.Checksum)),
        (codes.SPDX.algorithm, iris(codes.SPDX.checksumAlgorithm_sha256)),
        (codes.SPDX.checksumValue, hexadecimal(file.sha256)),
    )


def _title(facts: Facts, file: Download) -> Texts:
    """What a file is called, such as "kennisaspect: tabel (CSV), met Nederlandse koppen"."""
    said = {}
    for tag in ("nl", "en"):
        what = codes.FILES[file.ending].in_language(tag)
        kind = facts.texts(KINDS[file.segment].class_iri, RDFS.label).get(tag, "") if file.segment else ""
        headings = codes.HEADINGS[file.language].in_language(tag) if file.language else ""
        packed = "gzip" if file.is_packed else ""
        said[tag] = (f"{kind}: " if kind else "") + ", ".join(part for part in (what, headings, packed) if part)
    return said


def _service(facts: Facts, service: Service) -> Iterator[Triple]:
    iri = _part(service.name)
    yield from say(
        iri,
        (RDF.type, iris(DCAT.DataService)),
        (DCTERMS.identifier, plain(iri)),
        (DCTERMS.title, words(service.title)),
        (DCTERMS.description, words(service.about)),
        (DCTERMS.publisher, _makers(facts)[:1]),
        (DCTERMS.conformsTo, iris(service.standard)),
        (DCAT.contactPoint, iris(CONTACT)),
        (DCAT.endpointURL, iris(service.endpoint)),
        (DCAT.endpointDescription, iris(service.description)),
        (DCAT.servesDataset, iris(DATASET)),
    )
    yield from _shared(
        facts, iri, DCTERMS.creator, DCTERMS.license, DCTERMS.accessRights, DCTERMS.language, DCAT.theme, DCAT.keyword
    )


def _dump(edition: Edition) -> str:
    """The address of the Turtle. Only one: several dumps are the parts of a dataset (VoID, section 3.3)."""
    return next((offer.address for offer in edition.offers if offer.file.name == name(TURTLE.ending)), "")


def _part(fragment: str) -> str:
    return f"{DATASET}#{fragment}"


def _file_iri(edition: Edition, file: Download) -> str:
    return f"{edition.iri}#{file.name}"
