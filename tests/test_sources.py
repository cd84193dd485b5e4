"""What is known of a source, and the order in which a reader meets sources."""

import pyoxigraph as ox
import pytest

from kbs_graph import model, sources
from kbs_graph.facts import Facts
from kbs_graph.store import LocalStore
from kbs_graph.terms import ID, Iri

PREFIXES = f"""@base <{ID}> . @prefix k: <https://w3id.org/kennisbouwstenen/def#> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<organisatie/rijk> k:organisationKind <organisatiesoort/overheid> .
<organisatie/blad> k:organisationKind <organisatiesoort/media> .
"""
MAKER = "k:KnowledgeSource ; dcterms:subject <aspect/a> ; dcterms:publisher"


def listed(statements: str) -> tuple[model.SourceRef, ...]:
    """The sources of aspect/a in a small graph."""
    quads = b"".join(f"{triple} .\n".encode() for triple in ox.parse(PREFIXES + statements, ox.RdfFormat.TURTLE))
    triples = LocalStore.in_memory(quads).construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    return sources.listed(Facts(triples), str(Iri(ID + "aspect/a")))


def slugs(statements: str) -> list[str | None]:
    return [source.ref.slug for source in listed(statements)]


@pytest.mark.parametrize(
    ("duration", "expected"),
    [("PT10M", 10), ("PT1H", 60), ("PT1H30M", 90), ("PT2H5M", 125), ("P1D", None), ("", None), (None, None)],
)
def test_a_duration_is_so_many_minutes(duration: str | None, expected: int | None) -> None:
    assert sources.minutes(duration) == expected


def test_the_lead_goes_first_even_before_a_guideline() -> None:
    found = slugs(f"""<aspect/a> k:leadSource <bron/x> . <bron/x> a {MAKER} <organisatie/blad> .
        <bron/y> a {MAKER} <organisatie/blad> ; dcterms:type <bronsoort/richtlijn> .""")
    assert found == ["x", "y"]


def test_who_has_authority_goes_before_who_has_less() -> None:
    found = slugs(f"""<bron/a> a {MAKER} <organisatie/blad> . <bron/b> a {MAKER} <organisatie/rijk> .
        <bron/c> a {MAKER} <organisatie/blad> ; dcterms:type <bronsoort/richtlijn> .
        <bron/d> a {MAKER} <organisatie/blad>, <organisatie/rijk> .
        <bron/e> a k:KnowledgeSource ; dcterms:subject <aspect/a> .""")
    assert found == ["c", "b", "d", "a", "e"]


def test_of_equal_makers_free_goes_first_then_the_newest_then_by_name() -> None:
    same = f"a {MAKER} <organisatie/rijk>"
    found = slugs(f"""<bron/a> {same} ; dcterms:issued "2024"^^xsd:gYear ; schema:isAccessibleForFree false .
        <bron/b> {same} ; dcterms:issued "2014"^^xsd:gYear ; schema:isAccessibleForFree true .
        <bron/c> {same} ; dcterms:issued "2020"^^xsd:gYear ; schema:isAccessibleForFree true .
        <bron/e> {same} ; schema:isAccessibleForFree true . <bron/d> {same} ; schema:isAccessibleForFree true .""")
    assert found == ["c", "b", "d", "e", "a"]


def test_what_is_no_longer_there_comes_last_lead_or_not() -> None:
    found = slugs(f"""<aspect/a> k:leadSource <bron/x> . <bron/y> a {MAKER} <organisatie/blad> .
        <bron/x> a {MAKER} <organisatie/rijk> ; k:linkState <vindplaats/verdwenen> .""")
    assert found == ["y", "x"]


def test_free_paid_and_unknown_are_three_things() -> None:
    found = {
        source.ref.slug: (source.free, source.minutes)
        for source in listed(f"""<bron/a> a {MAKER} <organisatie/rijk> ; schema:isAccessibleForFree true .
        <bron/b> a {MAKER} <organisatie/rijk> ; schema:isAccessibleForFree false ;
          schema:timeRequired "PT1H"^^xsd:duration .
        <bron/c> a {MAKER} <organisatie/rijk> .""")
    }
    assert found == {"a": (True, None), "b": (False, 60), "c": (None, None)}
