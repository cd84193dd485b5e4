"""The words of others that the description of the dataset uses: what they are called, and of which class they are.

DCAT-AP asks of every value what it is, and a catalogue that harvests us shows a name with it: both go along.
"""

from collections.abc import Iterable, Iterator

from rdflib.namespace import DCTERMS, FOAF, RDF, SKOS, Namespace

from kbs_graph.errors import Words
from kbs_graph.history import DCAT
from kbs_graph.statements import iris, say, words
from kbs_graph.terms import ONTOLOGY, Iri, Triple

SPDX = Namespace("http://spdx.org/rdf/terms#")
_EU = "http://publications.europa.eu/resource/authority/"
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
THEMES = f"{_EU}data-theme"
LANGUAGES = {"nl": f"{_EU}language/NLD", "en": f"{_EU}language/ENG"}
FILE_TYPES = {
    "ttl": f"{_EU}file-type/RDF_TURTLE",
    "nt": f"{_EU}file-type/RDF_N_TRIPLES",
    "jsonld": f"{_EU}file-type/JSON_LD",
    "rdf": f"{_EU}file-type/RDF_XML",
    "trig": f"{_EU}file-type/RDF_TRIG",
    "nq": f"{_EU}file-type/RDF_N_QUADS",
    "csv": f"{_EU}file-type/CSV",
    "zip": f"{_EU}file-type/CSV",
    "xlsx": f"{_EU}file-type/XLSX",
    "sparql": f"{_EU}file-type/SPARQLQ",
}
"""By the ending of a file, in the European list of file types; what is in a ZIP counts, not the ZIP."""
STANDARDS = {
    "sparql": "http://www.w3.org/TR/sparql11-protocol/",
    "graphs": "http://www.w3.org/TR/sparql11-http-rdf-update/",
    "reconcile": "https://reconciliation-api.github.io/specs/0.2/",
    "csv": "https://www.rfc-editor.org/info/rfc4180",
}

FILES = {
    "ttl": Words("De hele graaf als Turtle", "The whole graph as Turtle"),
    "nt": Words("De hele graaf als N-Triples", "The whole graph as N-Triples"),
    "jsonld": Words("De hele graaf als JSON-LD", "The whole graph as JSON-LD"),
    "rdf": Words("De hele graaf als RDF/XML", "The whole graph as RDF/XML"),
    "trig": Words("De hele graaf met wie wat zegt, als TriG", "The whole graph with who says what, as TriG"),
    "nq": Words("De hele graaf met wie wat zegt, als N-Quads", "The whole graph with who says what, as N-Quads"),
    "csv": Words("tabel (CSV)", "table (CSV)"),
    "zip": Words("Alle tabellen (CSV) in een ZIP", "All tables (CSV) in a ZIP"),
    "xlsx": Words("Alle tabellen in een werkboek (XLSX)", "All tables in a workbook (XLSX)"),
}
"""What a file is called, by its ending."""
HEADINGS = {
    "nl": Words("met Nederlandse koppen", "with Dutch headings"),
    "en": Words("met Engelse koppen", "with English headings"),
}
DESCRIPTION = Words(
    "Beschrijving van de dataset Kennisbouwstenen", "Description of the dataset Kennisbouwstenen (DCAT and VoID)"
)
CATALOGUE = Words("Catalogus van Kennisbouwstenen", "Catalogue of Kennisbouwstenen")
ABOUT_CATALOGUE = Words(
    "De dataset Kennisbouwstenen, de uitgaven ervan die nog te krijgen zijn, en de diensten waarmee je de gegevens "
    "bevraagt. De redactie is te bereiken met het formulier voor suggesties; er is geen mailadres.",
    "The dataset Kennisbouwstenen, those releases of it that are still to be had, and the services to ask the data "
    "with. The editors can be reached with the form for suggestions; there is no mail address.",
)
ANSWERS = Words("Antwoorden op vragen in SPARQL", "Answers to questions in SPARQL")

_CLASS_OF = {
    str(DCTERMS.accessRights): DCTERMS.RightsStatement,
    str(DCTERMS.accrualPeriodicity): DCTERMS.Frequency,
    str(DCTERMS.conformsTo): DCTERMS.Standard,
    str(DCTERMS["format"]): DCTERMS.MediaTypeOrExtent,
    str(DCTERMS.language): DCTERMS.LinguisticSystem,
    str(DCTERMS.license): DCTERMS.LicenseDocument,
    str(DCTERMS.spatial): DCTERMS.Location,
    str(DCAT.compressFormat): DCTERMS.MediaType,
    str(DCAT.landingPage): FOAF.Document,
    str(DCAT.mediaType): DCTERMS.MediaType,
    str(DCAT.packageFormat): DCTERMS.MediaType,
    str(DCAT.theme): SKOS.Concept,
    str(DCAT.themeTaxonomy): SKOS.ConceptScheme,
    str(FOAF.homepage): FOAF.Document,
    str(FOAF.page): FOAF.Document,
    str(SPDX.algorithm): SPDX.ChecksumAlgorithm,
}
"""The class of whatever is the value of a property (DCAT-AP 3.0, ranges)."""
_NAMED = {
    THEMES: Words("Thema's van datasets", "Data themes"),
    ONTOLOGY: Words("Begrippen en termen van Kennisbouwstenen", "Terms of Kennisbouwstenen"),
    "http://www.w3.org/TR/skos-reference": Words("SKOS", "SKOS"),
    "https://docs.geostandaarden.nl/nl-sbb/nl-sbb/": Words(
        "NL-SBB, standaard voor het beschrijven van begrippen", "NL-SBB, the Dutch standard for describing concepts"
    ),
    STANDARDS["sparql"]: Words("SPARQL 1.1 Protocol", "SPARQL 1.1 Protocol"),
    STANDARDS["graphs"]: Words("SPARQL 1.1 Graph Store HTTP Protocol", "SPARQL 1.1 Graph Store HTTP Protocol"),
    STANDARDS["reconcile"]: Words("Reconciliation Service API 0.2", "Reconciliation Service API 0.2"),
    STANDARDS["csv"]: Words("RFC 4180 (CSV)", "RFC 4180 (CSV)"),
}
_CONCEPTS = {
    f"{_EU}data-theme/SOCI": Words("Bevolking en samenleving", "Population and society"),
    f"{_EU}data-theme/HEAL": Words("Gezondheid", "Health"),
    f"{_EU}access-right/PUBLIC": Words("openbaar", "public"),
    LANGUAGES["nl"]: Words("Nederlands", "Dutch"),
    LANGUAGES["en"]: Words("Engels", "English"),
    f"{_EU}country/NLD": Words("Nederland", "Netherlands"),
    f"{_EU}frequency/IRREG": Words("onregelmatig", "irregular"),
}


def media_type(name: str) -> str:
    """The IRI of a media type, in the register of IANA."""
    return _MEDIA_TYPES + name


def explained(said: Iterable[Triple]) -> Iterator[Triple]:
    """What the values in a description are, and what they are called."""
    for predicate, value in {(predicate, value) for _, predicate, value in said if isinstance(value, Iri)}:
        if predicate in _CLASS_OF:
            yield from say(value, (RDF.type, iris(_CLASS_OF[predicate])))
        if value in _NAMED:
            yield from say(value, (DCTERMS.title, words(_NAMED[value])))
        if value in _CONCEPTS:
            yield from say(value, (SKOS.prefLabel, words(_CONCEPTS[value])))
        if value.startswith(f"{THEMES}/"):
            yield from say(value, (SKOS.inScheme, iris(THEMES)))
