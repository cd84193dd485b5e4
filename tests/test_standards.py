"""NL-SBB: the downloaded dump conforms to the standard's own shapes, in shared/standards beside this repository or in
the folder that KBS_STANDARDS names. The description of the dataset: webui/test_web_dataset.py.

NL-SBB counts violations only (its chapter 5): warnings and infos never cost conformance.
"""

import pyshacl
import pytest
import rdflib
from rdflib.namespace import RDF, RDFS, SH, SKOS

from kbs_graph.snapshots import Snapshot
from tests.conftest import STANDARDS

SHAPES = STANDARDS / "nl-sbb" / "skos-ap-nl.ttl"
OURS = "https://w3id.org/kennisbouwstenen/"
MAPPINGS = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)

Pattern = tuple[rdflib.URIRef | None, rdflib.URIRef | None, rdflib.URIRef | None]

pytestmark = pytest.mark.skipif(not SHAPES.is_file(), reason=f"{SHAPES} is not here: NL-SBB was NOT checked")


@pytest.fixture(scope="module")
def dump(real_snapshot: Snapshot) -> rdflib.Graph:
    """What anyone can download, as Turtle."""
    return rdflib.Graph().parse(real_snapshot.dumps / "kennisbouwstenen.ttl")


def results(data: rdflib.Graph) -> list[tuple[rdflib.term.Node | None, rdflib.term.Node | None]]:
    """(severity, focus node) of every result; `advanced` because the shapes use sh:sparql."""
    shapes = rdflib.Graph().parse(SHAPES)
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True, advanced=True)
    assert isinstance(report, rdflib.Graph)
    return [
        (report.value(r, SH.resultSeverity), report.value(r, SH.focusNode)) for r in report.objects(None, SH.result)
    ]


@pytest.mark.slow
def test_the_published_concepts_conform_to_nl_sbb_mappings_included(dump: rdflib.Graph) -> None:
    """About 20 s: the shapes put several SPARQL queries to rdflib for each of some 600 focus nodes."""
    concepts = set(dump.subjects(RDF.type, SKOS.Concept))
    targets = {target for mapping in MAPPINGS for target in dump.objects(None, mapping)}
    assert len({c for c in concepts if str(c).startswith(OURS)}) > 300, "nothing was looked at"
    assert len(targets) > 50
    assert targets <= concepts, "a mapping target that no shape looks at"
    found = results(dump)
    assert [node for severity, node in found if severity == SH.Violation] == []
    advised = {str(node) for severity, node in found if severity == SH.Warning}
    assert [node for node in advised if node.startswith(OURS)] == [], "a warning about a concept of ours"


def test_every_concept_and_scheme_has_what_nl_sbb_asks_for(dump: rdflib.Graph) -> None:
    """The must-haves in a second, so that the fast set notices a breach."""
    schemes = set(dump.subjects(RDF.type, SKOS.ConceptScheme))
    for scheme in schemes:
        assert [t for t in dump.objects(scheme, rdflib.DCTERMS.title) if t.language], scheme  # type: ignore[attr-defined]
    for concept in dump.subjects(RDF.type, SKOS.Concept):
        for predicate in (SKOS.prefLabel, SKOS.definition):
            languages = [text.language for text in dump.objects(concept, predicate)]  # type: ignore[attr-defined]
            assert languages and all(languages), (concept, predicate)
        assert len(set(dump.objects(concept, SKOS.prefLabel))) == len(languages_of(dump, concept)), concept
        assert set(dump.objects(concept, SKOS.inScheme)) & schemes, concept
        assert dump.value(concept, RDFS.label), concept


def languages_of(graph: rdflib.Graph, concept: rdflib.term.Node) -> set[str]:
    return {text.language for text in graph.objects(concept, SKOS.prefLabel)}  # type: ignore[attr-defined]


EUROVOC = rdflib.URIRef("http://eurovoc.europa.eu/742")
"""A mapping target of the tiny graph."""


@pytest.mark.parametrize(
    ("remove", "add"),
    [
        (None, None),
        ((EUROVOC, SKOS.definition, None), None),
        ((EUROVOC, RDF.type, None), None),
        (None, (EUROVOC, RDF.type, SKOS.ConceptScheme)),
        (None, (rdflib.URIRef(OURS + "id/aspect/geldzorgen-signaleren"), SKOS.inScheme, None)),
    ],
    ids=["whole", "no definition", "no type", "concept and scheme", "mapping within one scheme"],
)
def test_the_shapes_look_at_a_mapping_target_and_find_what_is_wrong_with_it(
    tiny_snapshot: Snapshot, remove: Pattern | None, add: Pattern | None
) -> None:
    graph = rdflib.Graph().parse(tiny_snapshot.dumps / "kennisbouwstenen.ttl")
    if remove:
        graph.remove(remove)
    if add:
        subject, predicate, value = add
        assert subject and predicate
        graph.add((subject, predicate, value or next(graph.objects(EUROVOC, SKOS.inScheme))))
    severities = {severity for severity, _ in results(graph)}
    assert (SH.Violation in severities) is bool(remove or add)
