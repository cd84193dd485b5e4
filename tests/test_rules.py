"""The rule book: the valid graph trips nothing, every rule has a case, and each case trips exactly its rule.

A case is `rules/<rule>.ru`: an update that breaks `rules/valid.trig`. The outcome is that of the product's own path,
`build.examine`, from derivation to the file each finding names.
"""

from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import RDF, SH

from kbs_graph import build, files, validation
from kbs_graph.files import Folder, NamedGraph
from kbs_graph.findings import Finding
from kbs_graph.store import LocalStore
from kbs_graph.terms import KINDS, SHAPES, Iri, K
from kbs_graph.validation import RuleBook

ROOT = Path(__file__).resolve().parent.parent
CASES = Path(__file__).parent / "rules"
CASE_NAMES = sorted(path.stem for path in CASES.glob("*.ru"))
CONTRIBUTION_NAMES = sorted(path.stem for path in (CASES / "contribution").glob("*.ru"))
LANGUAGES = {"nl", "en"}


@pytest.fixture(scope="module")
def folder() -> Folder:
    """The repository as read from disk."""
    return files.read(ROOT)


@pytest.fixture(scope="module")
def book(folder: Folder) -> RuleBook:
    return validation.read_rules(folder)


@pytest.fixture(scope="module")
def contribution_shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(ROOT / "shapes" / "contribution.ttl")


def changed(source: Path, update: Path | None) -> ox.Store:
    store = ox.Store()
    store.bulk_load(path=source, format=ox.RdfFormat.TRIG)
    if update:
        before = len(store)
        content = {str(quad) for quad in store}
        store.update(update.read_text(encoding="utf-8"))
        assert (len(store), {str(quad) for quad in store}) != (before, content), f"{update.name} changes nothing"
    return store


def findings_of(store: ox.Store, folder: Folder, book: RuleBook, tiny: dict[str, NamedGraph]) -> list[Finding]:
    """What the check says of the graphs in a store, each in its file."""
    names = {graph.iri: name for name, graph in tiny.items()}
    stated = {name: graph for name, graph in folder.files.items() if name.startswith("ontology/")}
    for graph in store.named_graphs():
        iri = Iri(graph.value)
        triples = [quad.triple for quad in store.quads_for_pattern(None, None, None, graph)]
        stated[names.get(iri, f"data/{iri.rsplit('/', 1)[-1]}.ttl")] = files.named_graph(iri, triples)
    return build.examine(Folder(ROOT, stated), book).findings


def contribution_findings(store: ox.Store, shapes: rdflib.Graph) -> list[Finding]:
    data = validation.graph_of(f"{quad.triple} ." for quad in store)
    return validation.by_shapes(shapes, data)


def rules_in(shapes: rdflib.Graph) -> set[str]:
    return {str(iri).removeprefix(SHAPES) for iri in shapes.subjects(SH.message) if isinstance(iri, rdflib.URIRef)}


def test_reading_the_rule_book_finds_no_fault_in_it(folder: Folder, book: RuleBook) -> None:
    assert folder.findings == []
    assert len(book.integrity) == len(list((ROOT / "shapes" / "integrity").glob("*.rq")))


def test_the_valid_graph_trips_no_rule_not_even_a_warning(
    folder: Folder, book: RuleBook, tiny: dict[str, NamedGraph]
) -> None:
    assert findings_of(changed(CASES / "valid.trig", None), folder, book, tiny) == []


def test_the_valid_graph_holds_every_kind_of_thing_and_of_part(tiny: dict[str, NamedGraph]) -> None:
    store = LocalStore.in_memory(b"".join(graph.nquads for graph in tiny.values()))
    parts = {str(K[name]) for name in ("Signal", "Question", "Step", "Referral", "TargetGroupRemark", "Tombstone")}
    for cls in parts | {kind.class_iri for kind in KINDS.values()}:
        assert store.ask(f"ASK {{ ?s a <{cls}> }}"), cls


def test_every_rule_has_a_case_and_every_case_a_rule(book: RuleBook) -> None:
    assert set(CASE_NAMES) == rules_in(book.shapes)


def test_every_rule_for_contributions_has_a_case(contribution_shapes: rdflib.Graph) -> None:
    assert set(CONTRIBUTION_NAMES) == rules_in(contribution_shapes)


def test_every_shape_that_can_be_broken_is_a_rule_with_a_name_and_message(book: RuleBook) -> None:
    """A named shape either carries a message, or only gathers rules, or says what a value may be (values-allowed)."""
    quiet = {
        str(iri).removeprefix(SHAPES)
        for kind in (SH.NodeShape, SH.PropertyShape)
        for iri in book.shapes.subjects(RDF.type, kind)
        if isinstance(iri, rdflib.URIRef) and (iri, SH.message, None) not in book.shapes
    }
    own_constraints = set(book.shapes.predicates(None, None)) - {
        RDF.type,
        rdflib.RDFS.label,
        rdflib.RDFS.comment,
        SH.targetClass,
        SH.property,
    }
    allowed = {name for name in quiet if book.files[SHAPES + name] == "shapes/values-allowed.ttl"}
    for name in quiet - allowed:
        shape = rdflib.URIRef(SHAPES + name)
        assert not own_constraints & set(book.shapes.predicates(shape)), name
    used = {str(iri).removeprefix(SHAPES) for p in (SH.node, None) for iri in book.shapes.objects(None, p)}
    lists = {str(iri).removeprefix(SHAPES) for iri in book.shapes.objects(None, RDF.first)}
    assert allowed <= used | lists


@pytest.mark.parametrize("name", sorted(set(CASE_NAMES) | set(CONTRIBUTION_NAMES)))
def test_a_rule_says_in_dutch_and_english_what_it_is_and_what_to_do(
    book: RuleBook, contribution_shapes: rdflib.Graph, name: str
) -> None:
    shapes = contribution_shapes if name in CONTRIBUTION_NAMES else book.shapes
    iri = rdflib.URIRef(SHAPES + name)
    for predicate in (SH.name, SH.message):
        texts = list(shapes.objects(iri, predicate))
        assert sorted(text.language for text in texts) == ["en", "nl"], predicate
        assert len({str(text) for text in texts}) == 2 or predicate == SH.name, "the English is the Dutch"
    assert shapes.value(iri, SH.severity) in (SH.Violation, SH.Warning, SH.Info)
    assert int(str(shapes.value(iri, SH.order))) >= 1
    group = shapes.value(iri, SH.group)
    assert (group, RDF.type, SH.PropertyGroup) in shapes


@pytest.mark.parametrize("name", CASE_NAMES)
def test_a_case_trips_exactly_its_rule(folder: Folder, book: RuleBook, tiny: dict[str, NamedGraph], name: str) -> None:
    found = findings_of(changed(CASES / "valid.trig", CASES / f"{name}.ru"), folder, book, tiny)
    assert {finding.rule for finding in found} == {name}
    assert all(finding.file and finding.file.startswith("data/") for finding in found), "a finding names its file"
    assert all(finding.thing for finding in found), "a finding names its thing"
    assert not any("{?" in text for f in found for text in (f.message.nl, f.message.en)), "a message with a gap"


def test_the_valid_contribution_trips_no_rule(contribution_shapes: rdflib.Graph) -> None:
    assert contribution_findings(changed(CASES / "contribution" / "valid.trig", None), contribution_shapes) == []


@pytest.mark.parametrize("name", CONTRIBUTION_NAMES)
def test_a_case_of_a_contribution_trips_exactly_its_rule(contribution_shapes: rdflib.Graph, name: str) -> None:
    store = changed(CASES / "contribution" / "valid.trig", CASES / "contribution" / f"{name}.ru")
    assert {finding.rule for finding in contribution_findings(store, contribution_shapes)} == {name}
