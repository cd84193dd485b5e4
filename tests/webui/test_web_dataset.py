"""The description of the dataset over HTTP: DCAT-AP-NL and VoID, schema.org in the page, and that it is true."""

import hashlib
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pyshacl
import pytest
import rdflib
from flask.testing import FlaskClient
from rdflib import URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF, SH, SKOS, VOID, Namespace

from kbs_graph.config import Settings
from kbs_graph.snapshots import Snapshot
from kbs_graph.terms import DATASET
from tests.conftest import STANDARDS
from webui.app import create_app

DCAT, SPDX = Namespace("http://www.w3.org/ns/dcat#"), Namespace("http://spdx.org/rdf/terms#")
SCHEMA = Namespace("https://schema.org/")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
PATH, THIS = "/data/dataset/kennisbouwstenen", URIRef(DATASET)
FORMATS = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml", "nt": "nt"}
OURS = Path(__file__).with_name("dataset_shapes.ttl")
PROFILES = {
    "DCAT-AP-NL": [f"dcat-ap-nl/{name}.ttl" for name in ("dcat-ap-SHACL", "dcat-ap-nl-SHACL")],
    "DCAT-AP-NL, ranges": ["dcat-ap-nl/dcat-ap-nl-SHACL-klassebereik.ttl"],
    "DCAT-AP-NL, code lists": ["dcat-ap-nl/dcat-ap-nl-SHACL-klassebereik-codelijsten.ttl"],
    "NDE": ["nde/shacl.ttl"],
}
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
needs_profiles = pytest.mark.skipif(
    not STANDARDS.is_dir(), reason=f"{STANDARDS} is not here (KBS_STANDARDS): DCAT-AP-NL and NDE were NOT checked"
)


@pytest.fixture(scope="module")
def description(app: Any) -> rdflib.Graph:
    return rdflib.Graph().parse(data=app.test_client().get(f"{PATH}.ttl").data, format="turtle")


def violations(data: rdflib.Graph, *files: Path) -> list[tuple[object, ...]]:
    """(focus node, path, message) of every violation. A shape that names parts nobody defined loses those.

    The copy of DCAT-AP 3.0 that DCAT-AP-NL offers names two such parts, at dcat:DataService.
    """
    shapes = rdflib.Graph()
    for file in files:
        shapes.parse(file)
    for shape, part in [pair for pair in shapes.subject_objects(SH.property) if (pair[1], SH.path, None) not in shapes]:
        shapes.remove((shape, SH.property, part))
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, advanced=True)
    assert isinstance(report, rdflib.Graph)
    return [
        tuple(report.value(result, name) for name in (SH.focusNode, SH.resultPath, SH.resultMessage))
        for result in report.subjects(SH.resultSeverity, SH.Violation)
    ]


def without(data: rdflib.Graph, subject: URIRef, predicate: URIRef) -> rdflib.Graph:
    poorer = rdflib.Graph() + data
    poorer.remove((subject, predicate, None))
    return poorer


def in_page(page: str) -> rdflib.Graph:
    """What a page says of itself, with the addresses that the context of schema.org makes of some values."""
    addresses: dict[str, Any] = {name: {"@type": "@id"} for name in ("contentUrl", "license", "url")}
    days = {name: {"@type": str(SCHEMA.Date)} for name in ("datePublished", "dateModified")}
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    document = {**json.loads(block), "@context": {"@vocab": str(SCHEMA), **addresses, **days}}
    return rdflib.Graph().parse(data=json.dumps(document), format="json-ld")


# --- the rules


def test_the_description_holds_what_catalogues_ask_for(description: rdflib.Graph) -> None:
    classes = (DCAT.Catalog, DCAT.Dataset, DCAT.Distribution, DCAT.DataService, SPDX.Checksum, VOID.Linkset, VCARD.Kind)
    for cls in classes:
        assert (None, RDF.type, cls) in description, f"nothing of {cls} to look at"
    assert violations(description, OURS) == []


LACKING = {
    "no licence": (THIS, DCTERMS.license),
    "no publisher": (THIS, DCTERMS.publisher),
    "no contact": (THIS, DCAT.contactPoint),
    "no identifier": (THIS, DCTERMS.identifier),
    "no theme": (THIS, DCAT.theme),
    "no access rights": (THIS, DCTERMS.accessRights),
    "catalogue of nothing": (URIRef(f"{DATASET}#catalogus"), DCAT.dataset),
    "service without address": (URIRef(f"{DATASET}#sparql"), DCAT.endpointURL),
    "service without description": (URIRef(f"{DATASET}#sparql"), DCAT.endpointDescription),
    "file without licence": (URIRef(f"{DATASET}#kennisbouwstenen.ttl"), DCTERMS.license),
    "file without address": (URIRef(f"{DATASET}#kennisbouwstenen.ttl"), DCAT.accessURL),
}


@pytest.mark.parametrize(("subject", "predicate"), LACKING.values(), ids=LACKING)
def test_what_is_lacking_is_noticed(description: rdflib.Graph, subject: URIRef, predicate: URIRef) -> None:
    found = violations(without(description, subject, predicate), OURS)
    assert {(focus, path) for focus, path, _ in found} == {(subject, predicate)}


@needs_profiles
@pytest.mark.parametrize(("subject", "predicate"), LACKING.values(), ids=LACKING)
def test_the_profiles_ask_for_it_too(description: rdflib.Graph, subject: URIRef, predicate: URIRef) -> None:
    """So our rules are no stricter than they need be, and the profiles are really looked at."""
    files = (STANDARDS / name for name in (*PROFILES["DCAT-AP-NL"], *PROFILES["NDE"]))
    found = violations(without(description, subject, predicate), *files)
    assert (subject, predicate) in {(focus, path) for focus, path, _ in found}


@needs_profiles
@pytest.mark.parametrize("profile", PROFILES)
def test_the_description_conforms_to_the_profiles(description: rdflib.Graph, profile: str) -> None:
    assert violations(description, *(STANDARDS / name for name in PROFILES[profile])) == []


@pytest.mark.slow
@needs_profiles
def test_the_description_of_the_real_dataset_conforms_to_all_profiles(real_snapshot: Snapshot) -> None:
    client = create_app(Settings(var=real_snapshot.path.parents[1])).test_client()
    real = rdflib.Graph().parse(data=client.get(f"{PATH}.ttl").data, format="turtle")
    assert len(set(real.subjects(RDF.type, DCAT.Distribution))) > 40
    assert violations(real, OURS) == []
    for names in PROFILES.values():
        assert violations(real, *(STANDARDS / name for name in names)) == []
    assert violations(in_page(client.get("/nl/data").text), STANDARDS / "nde" / "shacl.ttl") == []


# --- it is true


def test_every_file_is_there_with_the_size_and_checksum_that_are_told(
    description: rdflib.Graph, client: FlaskClient
) -> None:
    files = list(description.subject_objects(DCAT.downloadURL))
    assert len(files) > 30
    for distribution, address in files:
        answer = client.get(str(address).removeprefix("http://localhost"))
        assert answer.status_code == 200
        assert len(answer.data) == int(str(description.value(distribution, DCAT.byteSize)))
        checksum = description.value(distribution, SPDX.checksum)
        assert hashlib.sha256(answer.data).hexdigest() == str(description.value(checksum, SPDX.checksumValue))
        told = description.value(distribution, DCAT.compressFormat) or description.value(
            distribution, DCAT.packageFormat
        )
        told = told or description.value(distribution, DCAT.mediaType)
        assert str(told).removeprefix("https://www.iana.org/assignments/media-types/") == answer.mimetype


def test_the_turtle_loaded_elsewhere_has_the_number_of_triples_that_is_told(
    description: rdflib.Graph, client: FlaskClient
) -> None:
    """RES-4, in the description and on the page."""
    loaded = rdflib.Graph().parse(data=client.get("/dumps/kennisbouwstenen.ttl").data, format="turtle")
    assert int(str(description.value(THIS, VOID.triples))) == len(loaded)
    page = client.get("/en/data").text
    assert f"<dt>Statements (RDF triples)</dt><dd>{len(loaded):,}</dd>" in page


def test_the_linksets_are_the_links_there_are(description: rdflib.Graph, client: FlaskClient) -> None:
    loaded = rdflib.Graph().parse(data=client.get("/dumps/kennisbouwstenen.ttl").data, format="turtle")
    there = Counter(
        (relation, loaded.value(theirs, SKOS.inScheme))
        for relation in (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
        for theirs in loaded.objects(None, relation)
    )
    told = {
        (
            description.value(linkset, VOID.linkPredicate),
            description.value(description.value(linkset, VOID.objectsTarget), VOID.rootResource),
        ): int(str(description.value(linkset, VOID.triples)))
        for linkset in description.subjects(RDF.type, VOID.Linkset)
    }
    assert told == there
    assert told


ASKED = {"sparql": "", "reconcile": "", "skosmos": "vocabularies?lang=nl", "graphs": "/organisations"}


@pytest.mark.parametrize("name", ASKED)
def test_a_service_answers_where_it_is_said_to_be(description: rdflib.Graph, client: FlaskClient, name: str) -> None:
    service = URIRef(f"{DATASET}#{name}")
    addresses = [str(description.value(service, each)) for each in (DCAT.endpointURL, DCAT.endpointDescription)]
    for address in (addresses[0] + ASKED[name], addresses[1]):
        assert client.get(address.removeprefix("http://localhost")).status_code == 200, address


def test_every_page_that_is_named_is_there(description: rdflib.Graph, client: FlaskClient) -> None:
    pages = {page for name in (DCAT.landingPage, FOAF.page, VCARD.hasURL) for page in description.objects(None, name)}
    assert len(pages) > 6
    for page in pages:
        address = str(page).removeprefix("http://localhost").partition("#")[0]
        assert client.get(address, headers={"Accept": "text/html"}).status_code == 200, address


def test_no_mail_address_and_no_doi_is_made_up(description: rdflib.Graph) -> None:
    text = description.serialize(format="nt")
    assert "mailto:" not in text
    assert "doi.org" not in text


# --- the addresses


@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_says_the_same(client: FlaskClient, description: rdflib.Graph, ending: str) -> None:
    answer = client.get(f"{PATH}.{ending}")
    assert set(rdflib.Graph().parse(data=answer.data, format=FORMATS[ending])) == set(description)
    negotiated = client.get(PATH, headers={"Accept": answer.mimetype})
    assert negotiated.data == answer.data
    assert negotiated.headers["Content-Location"] == f"{PATH}.{ending}"
    assert "Accept" in negotiated.vary
    assert f'<{DATASET}>; rel="describes"' in answer.headers.getlist("Link")


@pytest.mark.parametrize(
    ("accept", "leads_to"),
    [
        ("text/html", "/nl/data"),
        ("*/*", "/nl/data"),
        ("text/turtle", f"{PATH}.ttl"),
        ("application/ld+json", f"{PATH}.jsonld"),
    ],
)
def test_the_dataset_leads_to_its_page_or_its_description(client: FlaskClient, accept: str, leads_to: str) -> None:
    answer = client.get("/id/dataset/kennisbouwstenen", headers={"Accept": accept})
    assert (answer.status_code, answer.location) == (303, f"http://localhost{leads_to}")
    assert {"Accept", "Accept-Language"} <= set(answer.vary)


@pytest.mark.parametrize("path", ["/id/dataset/kennisbouwstenen", PATH])
def test_what_it_is_not_is_told(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "text/turtle" in answer.get_json(force=True)["detail"]


def test_where_void_looks_the_description_is_found(client: FlaskClient) -> None:
    answer = client.get("/.well-known/void")
    assert (answer.status_code, answer.location) == (302, f"http://localhost{PATH}")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert client.post("/.well-known/void").status_code == 405
    followed = client.get("/.well-known/void", headers={"Accept": "application/rdf+xml"}, follow_redirects=True)
    assert followed.mimetype == "application/rdf+xml"


def test_a_reader_that_has_it_is_told_so(client: FlaskClient) -> None:
    first = client.get(f"{PATH}.ttl")
    again = client.get(f"{PATH}.ttl", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.head(f"{PATH}.ttl").headers["ETag"] == first.headers["ETag"]


# --- the page


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_says_in_schema_org_what_the_description_says(
    client: FlaskClient, description: rdflib.Graph, language: str
) -> None:
    told = in_page(client.get(f"/{language}/data").text)
    assert (THIS, RDF.type, SCHEMA.Dataset) in told
    assert set(told.objects(THIS, SCHEMA.name)) == set(description.objects(THIS, DCTERMS.title))
    assert set(told.objects(THIS, SCHEMA.keywords)) == set(description.objects(THIS, DCAT.keyword))
    assert told.value(THIS, SCHEMA.license) == description.value(THIS, DCTERMS.license)
    assert str(told.value(THIS, SCHEMA.version)) == str(description.value(THIS, DCAT.version))
    files = {str(address) for address in told.objects(None, SCHEMA.contentUrl)}
    described = {str(address) for address in description.objects(None, DCAT.downloadURL)}
    assert files - described == {"http://localhost/sparql"}
    assert {f"http://localhost/dumps/kennisbouwstenen.{ending}" for ending in FORMATS} <= files


@needs_profiles
def test_the_page_conforms_to_nde(client: FlaskClient) -> None:
    told = in_page(client.get("/nl/data").text)
    assert violations(told, STANDARDS / "nde" / "shacl.ttl") == []
    assert violations(without(told, THIS, SCHEMA.name), STANDARDS / "nde" / "shacl.ttl")


def test_the_page_and_the_files_lead_to_the_description(client: FlaskClient) -> None:
    link = f'<http://localhost{PATH}>; rel="describedby"'
    for path in ("/nl/data", "/dumps/kennisbouwstenen.ttl.gz"):
        assert link in client.get(path).headers.getlist("Link")
    page = client.get("/nl/data").text
    assert f'<link rel="describedby" type="text/turtle" href="http://localhost{PATH}.ttl">' in page
    for ending in FORMATS:
        assert f'href="{PATH}.{ending}"' in page
    for words in ("Download alles", "Zo verwijs je naar deze data", 'href="/nl/programmeren"'):
        assert words in page
