"""The words: the ontology, the closed vocabulary in Python, the address rule and the JSON-LD context agree."""

import json
import re
from pathlib import Path

import pytest
import rdflib
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS

from kbs_graph import catalog, rows, serialize
from kbs_graph.snapshots import Snapshot
from kbs_graph.store import LocalStore
from kbs_graph.terms import BASE, ID, KINDS, ONTOLOGY, Iri, K, graph_iri, iri_of, parts_of

ROOT = Path(__file__).resolve().parent.parent
STATUS = rdflib.URIRef("http://www.w3.org/2003/06/sw-vocab-status/ns#term_status")
OWN = BASE + "def#"
TERM_KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)


@pytest.fixture(scope="module")
def kbs_ttl() -> rdflib.Graph:
    return rdflib.Graph().parse(ROOT / "ontology" / "kbs.ttl")


@pytest.fixture(scope="module")
def ontology(kbs_ttl: rdflib.Graph) -> rdflib.Graph:
    return kbs_ttl + rdflib.Graph().parse(ROOT / "ontology" / "borrowed.ttl")


def own_terms(graph: rdflib.Graph) -> set[str]:
    return {str(s).removeprefix(OWN) for s in graph.subjects(RDFS.isDefinedBy, rdflib.URIRef(ONTOLOGY))}


def languages(graph: rdflib.Graph, subject: rdflib.term.Node, predicate: rdflib.URIRef) -> list[str | None]:
    return sorted(str(o.language) for o in graph.objects(subject, predicate) if isinstance(o, rdflib.Literal))


def test_the_python_vocabulary_is_that_of_the_ontology(kbs_ttl: rdflib.Graph) -> None:
    in_python = {name for name in K.__annotations__ if not name.startswith("_")}
    assert in_python == own_terms(kbs_ttl)


def test_a_misspelt_term_is_an_error_in_python() -> None:
    with pytest.raises(AttributeError):
        K.KnowledgeAspekt  # noqa: B018


def test_every_subject_in_our_namespace_is_a_defined_term(kbs_ttl: rdflib.Graph) -> None:
    subjects = {str(s).removeprefix(OWN) for s in kbs_ttl.subjects() if str(s).startswith(OWN)}
    assert subjects == own_terms(kbs_ttl)


def test_every_own_term_has_label_definition_and_example_in_both_languages_and_a_status(kbs_ttl: rdflib.Graph) -> None:
    assert len(own_terms(kbs_ttl)) > 50
    for name in own_terms(kbs_ttl):
        term = rdflib.URIRef(OWN + name)
        for predicate in (RDFS.label, SKOS.definition, SKOS.example):
            assert languages(kbs_ttl, term, predicate) == ["en", "nl"], (name, predicate)
        assert str(kbs_ttl.value(term, STATUS)) in ("stable", "testing"), name
        assert any((term, RDF.type, kind) in kbs_ttl for kind in TERM_KINDS), name


def test_every_borrowed_term_has_a_name_and_a_note_in_both_languages(
    kbs_ttl: rdflib.Graph, ontology: rdflib.Graph
) -> None:
    borrowed = set(ontology.subjects(RDFS.isDefinedBy)) - set(kbs_ttl.subjects(RDFS.isDefinedBy))
    assert len(borrowed) > 50
    for term in borrowed:
        assert not str(term).startswith(BASE), term
        for predicate in (RDFS.label, SKOS.scopeNote):
            assert languages(ontology, term, predicate) == ["en", "nl"], (term, predicate)


def test_every_property_of_ours_says_where_it_stands_and_what_it_points_at(kbs_ttl: rdflib.Graph) -> None:
    schema = rdflib.Namespace("https://schema.org/")
    for kind in TERM_KINDS[1:]:
        for term in kbs_ttl.subjects(RDF.type, kind):
            assert any((term, p, None) in kbs_ttl for p in (RDFS.domain, schema.domainIncludes)), term
            assert any((term, p, None) in kbs_ttl for p in (RDFS.range, schema.rangeIncludes)), term


def test_what_the_ontology_names_is_defined_or_borrowed(kbs_ttl: rdflib.Graph, ontology: rdflib.Graph) -> None:
    """Predicates, classes and what alignments point at, seeAlso apart: that leads to anything."""
    links = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.inverseOf, RDF.type)
    named = set(kbs_ttl.predicates()) | {o for p in links for o in kbs_ttl.objects(None, p)}
    datatypes = {t for t in named if str(t).startswith(str(rdflib.XSD))}
    assert {str(t) for t in named - datatypes - set(ontology.subjects(RDF.type))} == set()


def test_the_ontology_names_its_version_in_step(kbs_ttl: rdflib.Graph) -> None:
    head = rdflib.URIRef(ONTOLOGY)
    version = str(kbs_ttl.value(head, OWL.versionInfo))
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    assert str(kbs_ttl.value(head, OWL.versionIRI)) == f"{ONTOLOGY}/{version}"
    assert kbs_ttl.value(head, DCTERMS.license)


def test_there_is_no_blank_node_in_the_ontology(ontology: rdflib.Graph) -> None:
    assert not [t for t in ontology if any(isinstance(node, rdflib.BNode) for node in t)]


def test_every_kind_of_thing_has_a_class_a_query_and_a_segment_that_fits_an_address(kbs_ttl: rdflib.Graph) -> None:
    for segment, kind in KINDS.items():
        assert (rdflib.URIRef(kind.class_iri), RDF.type, OWL.Class) in kbs_ttl
        assert re.fullmatch(r"[a-z]+", segment)
        assert (ROOT / "kbs_graph" / "queries" / "pages" / f"{kind.name}.rq").is_file()
    assert len({kind.cls for kind in KINDS.values()}) == len(KINDS)


def test_an_iri_and_the_parts_of_its_path_lead_to_each_other() -> None:
    for segment in KINDS:
        assert parts_of(iri_of(segment, "een-naam")) == (segment, "een-naam")
    assert iri_of("aspect", "meldcode") == "https://w3id.org/kennisbouwstenen/id/aspect/meldcode"
    assert graph_iri("aspects-inkomen") == "https://w3id.org/kennisbouwstenen/graphs/aspects-inkomen"


def test_a_part_has_the_page_of_its_owner() -> None:
    assert parts_of(ID + "aspect/meldcode#stap-1") == ("aspect", "meldcode")


@pytest.mark.parametrize(
    "iri", ["", "aspect/x", ID, ID + "aspect", ID + "aspect/", ID + "aspect/a/b", ID + "onzin/x", BASE + "def#part"]
)
def test_any_other_iri_has_no_page(iri: str) -> None:
    assert parts_of(iri) is None


def test_every_thing_in_the_graph_has_a_page_at_its_own_address(real_store: LocalStore) -> None:
    for segment in KINDS:
        for ref in (row.ref for row in rows.rows(real_store, segment)):
            assert (ref.segment, ref.slug) == (segment, ref.iri.rsplit("/", 1)[-1])


def keys_of(snapshot: Snapshot) -> dict[str, str]:
    """The absolute IRI of every key of the context that is a term."""
    context = snapshot.context
    found = {}
    for key, value in context.items():
        name = value["@id"] if isinstance(value, dict) else value
        if isinstance(name, str) and ":" in name and not name.endswith(("#", "/")):
            prefix, _, rest = name.partition(":")
            found[key] = context[prefix] + rest
    return found


def test_the_context_covers_every_own_term_and_every_property_the_data_uses(
    real_store: LocalStore, real_snapshot: Snapshot, kbs_ttl: rdflib.Graph
) -> None:
    known = set(keys_of(real_snapshot).values())
    assert {OWN + name for name in own_terms(kbs_ttl)} <= known
    used = {str(row["p"]) for row in real_store.select("SELECT DISTINCT ?p WHERE { GRAPH ?g { ?s ?p ?o } }")}
    assert used - known - {str(RDF.type)} == set()


def test_a_term_of_ours_has_its_own_name_as_its_key(real_snapshot: Snapshot) -> None:
    own = {key: iri for key, iri in keys_of(real_snapshot).items() if iri.startswith(OWN)}
    assert own == {iri.removeprefix(OWN): iri for iri in own.values()}


def test_no_two_keys_of_the_context_mean_the_same(real_snapshot: Snapshot) -> None:
    meanings = list(keys_of(real_snapshot).values())
    assert sorted(meanings) == sorted(set(meanings))


@pytest.mark.parametrize("segment", KINDS)
def test_json_ld_turtle_and_the_other_forms_say_the_same_of_a_thing(
    real_store: LocalStore, real_snapshot: Snapshot, segment: str
) -> None:
    """For the thing of each kind that says most."""
    refs = [row.ref for row in rows.rows(real_store, segment)]
    triples = max((catalog.description(real_store, Iri(ref.iri)) for ref in refs[:40]), key=len)
    graphs = {
        form.ending: rdflib.Graph().parse(
            data=serialize.write(triples, form, real_snapshot.context),
            format={"jsonld": "json-ld", "rdf": "xml", "nt": "nt", "ttl": "turtle"}[form.ending],
        )
        for form in serialize.GRAPH_FORMATS.values()
    }
    assert len(graphs["nt"]) == len(set(triples)) > 5
    for ending, graph in graphs.items():
        assert isomorphic(graph, graphs["nt"]), ending


@pytest.mark.parametrize("segment", ["aspect", "bron", "casus"])
def test_json_ld_uses_our_short_keys_only(real_store: LocalStore, real_snapshot: Snapshot, segment: str) -> None:
    ref = rows.rows(real_store, segment)[0].ref
    triples = catalog.description(real_store, Iri(ref.iri))
    document = json.loads(serialize.write(triples, serialize.JSON_LD, real_snapshot.context))
    assert document["@context"] == real_snapshot.context
    nodes = document.get("@graph", [document])
    keys = {key for node in nodes for key in node} - {"@context", "id", "type", "@graph"}
    assert keys
    assert keys <= set(keys_of(real_snapshot)), "a key that is not in the context"
