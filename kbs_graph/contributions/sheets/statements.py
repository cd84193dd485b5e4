"""A judged row as statements about a source, for the door that judges all contributions; the row is their place.

A source that is new is a blank node here: it gets its own IRI at the door (kbs_graph.contributions.intake.identity).
"""

from collections.abc import Iterator

from rdflib.namespace import DCTERMS, FOAF, RDF, XSD

from kbs_graph.contributions import languages
from kbs_graph.contributions.sheets.judging import KNOWN, Judged
from kbs_graph.facts import SCHEMA
from kbs_graph.terms import Iri, K, Literal, Term, Triple

_LANGUAGE_STRING = str(RDF.langString)


def statements(judged: Judged) -> Iterator[Triple]:
    """What a complete row says of its source, each statement once."""
    subject = Iri(judged.source.iri if judged.source else f"_:rij{judged.row.place}")
    for predicate, value in dict.fromkeys(_said(judged)):
        yield subject, predicate, value


def _said(judged: Judged) -> Iterator[tuple[Iri, Term]]:
    yield Iri(RDF.type), Iri(K.KnowledgeSource)
    yield Iri(FOAF.page), Iri(judged.address)
    yield from ((Iri(DCTERMS.title), title) for title in _titles(judged))
    if judged.kind:
        yield Iri(DCTERMS.type), Iri(judged.kind.iri)
    for predicate, things in (
        (DCTERMS.subject, judged.subjects),
        (DCTERMS.publisher, judged.publishers),
        (DCTERMS.audience, judged.audiences),
    ):
        yield from ((Iri(predicate), Iri(thing.iri)) for thing in things)
    yield from ((Iri(DCTERMS.language), Iri(languages.SCHEME + code)) for code in judged.languages)
    if judged.year:
        yield Iri(DCTERMS.issued), Literal(judged.year, None, str(XSD.gYear))
    if judged.minutes:
        hours, rest = divmod(judged.minutes, 60)
        time = "PT" + (f"{hours}H" if hours else "") + (f"{rest}M" if rest else "")
        yield Iri(SCHEMA.timeRequired), Literal(time, None, str(XSD.duration))
    if judged.free is not None:
        yield Iri(SCHEMA.isAccessibleForFree), Literal(str(judged.free).lower(), None, str(XSD.boolean))
    for column, predicate, tag in (
        ("waarom", K.why, "nl"),
        ("why", K.why, "en"),
        ("onderbouwing", K.evidence, "nl"),
        ("evidence", K.evidence, "en"),
    ):
        if text := judged.row.cells.get(column):
            yield Iri(predicate), _text(text, tag)


def _titles(judged: Judged) -> Iterator[Literal]:
    """The title in the language of the source; of a source we have and that was not named, the titles we have."""
    if judged.status == KNOWN and judged.source and not judged.row.cells.get("titel"):
        yield from (_text(title, tag) for tag, title in judged.source.label.items() if tag)
    else:
        tags = [languages.TAGS[code] for code in judged.languages]
        yield _text(judged.title, "nl" if "nl" in tags or not tags else tags[0])


def _text(text: str, tag: str) -> Literal:
    return Literal(text, tag, _LANGUAGE_STRING)
