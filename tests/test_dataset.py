"""The numbers of the dataset, counted anew by another library from what anyone can download; and how it is cited."""

from collections import Counter
from pathlib import Path

import pytest
import rdflib
import yaml
from rdflib.namespace import DCTERMS, FOAF, RDF

from kbs_graph.dataset import statistics
from kbs_graph.dataset.statistics import Statistics
from kbs_graph.download import name
from kbs_graph.snapshots import Snapshot
from kbs_graph.store import LocalStore
from kbs_graph.terms import DATASET, ID

SHARED = "<http://e/s> <http://e/p> <http://e/o> "


@pytest.fixture(scope="module")
def counted(tiny_snapshot: Snapshot) -> Statistics:
    found = statistics.read(tiny_snapshot.dumps)
    assert found
    return found


@pytest.fixture(scope="module")
def dump(tiny_snapshot: Snapshot) -> rdflib.Graph:
    return rdflib.Graph().parse(tiny_snapshot.dumps / name("ttl"))


def test_the_sizes_are_those_of_the_turtle(counted: Statistics, dump: rdflib.Graph) -> None:
    assert counted.triples == len(dump) > 500
    assert counted.subjects == len(set(dump.subjects()))
    assert counted.objects == len(set(dump.objects()))
    things = {str(subject) for subject in dump.subjects() if str(subject).startswith(ID) and "#" not in str(subject)}
    assert counted.entities == len(things) > 20
    assert counted.day == max(str(day)[:10] for day in dump.objects(None, DCTERMS.modified))


def test_the_partitions_are_those_of_the_turtle(counted: Statistics, dump: rdflib.Graph) -> None:
    classes = Counter(str(cls) for cls in dump.objects(None, RDF.type))
    assert {found.iri: found.entities for found in counted.classes} == classes
    for found in counted.classes:
        assert found.example == min(str(s) for s in dump.subjects(RDF.type, rdflib.URIRef(found.iri)))
    assert {used.iri: used.triples for used in counted.properties} == Counter(str(p) for p in dump.predicates())
    for used in counted.properties:
        pairs = list(dump.subject_objects(rdflib.URIRef(used.iri)))
        assert (used.subjects, used.objects) == (len({s for s, _ in pairs}), len({o for _, o in pairs})), used.iri


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_the_graphs_are_those_of_the_n_quads(counted: Statistics, tiny_snapshot: Snapshot) -> None:
    data = rdflib.Dataset().parse(tiny_snapshot.dumps / name("nq"), format="nquads")
    graphs = {str(graph.identifier): graph for graph in data.graphs() if len(graph)}
    assert {part.iri for part in counted.graphs} == set(graphs)
    for part in counted.graphs:
        graph = graphs[part.iri]
        sizes = (len(graph), *(len(set(each())) for each in (graph.subjects, graph.objects, graph.predicates)))
        assert (part.triples, part.subjects, part.objects, part.properties) == sizes


def test_what_two_graphs_state_counts_once_and_in_each() -> None:
    found = statistics.of(LocalStore.in_memory(f"{SHARED}<http://e/a> .\n{SHARED}<http://e/b> .\n".encode()))
    assert (found.triples, found.subjects, found.objects, found.entities, found.day) == (1, 1, 1, 0, "")
    assert [part.triples for part in found.graphs] == [1, 1]
    assert [part.triples for part in found.properties] == [1]


def test_dumps_of_before_there_were_numbers_have_none(tmp_path: Path) -> None:
    assert statistics.read(tmp_path) is None
    assert statistics.read(tmp_path / "nothing") is None


def test_the_citation_file_says_what_the_catalogue_says(root: Path) -> None:
    """What the Citation File Format 1.2.0 asks for, and the same dataset, version, licence and maker."""
    told = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors", "type"} <= told.keys()
    assert (told["cff-version"], told["type"]) == ("1.2.0", "dataset")
    data = rdflib.Graph().parse(root / "data" / "catalogue.ttl").parse(root / "data" / "organisations.ttl")
    dataset = rdflib.URIRef(DATASET)
    assert told["version"] == str(data.value(dataset, rdflib.URIRef("http://www.w3.org/ns/dcat#version")))
    assert [entry["value"] for entry in told["identifiers"]] == [DATASET]
    assert told["license"] == "CC-BY-4.0"
    assert str(data.value(dataset, DCTERMS.license)) == "https://creativecommons.org/licenses/by/4.0/"
    makers = {str(name) for maker in data.objects(dataset, DCTERMS.creator) for name in data.objects(maker, FOAF.name)}
    assert {author["name"] for author in told["authors"]} <= makers
    assert "doi" not in str(told).lower()
