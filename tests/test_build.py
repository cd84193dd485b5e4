"""The one-way street on a tiny root: what a check says of what was broken, and what a build leaves behind."""

import json
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import RDF, SH

from kbs_graph import build
from kbs_graph.build import Checked
from kbs_graph.errors import NotRunnable
from kbs_graph.findings import VIOLATION, Finding
from kbs_graph.snapshots import Snapshot, SnapshotStore
from kbs_graph.store import LocalStore
from kbs_graph.terms import DERIVED_GRAPH, GRAPHS, ID, ONTOLOGY_GRAPH, PROVENANCE_GRAPH, Iri, Literal

ROOT = Path(__file__).resolve().parent.parent
ASPECT = "data/aspects/inkomen.ttl"
SKOS = "http://www.w3.org/2004/02/skos/core#"
OWN = "https://w3id.org/kennisbouwstenen/def#"


def replace(root: Path, name: str, old: str, new: str, count: int = -1) -> None:
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{name} has no {old!r}"
    path.write_text(text.replace(old, new, count), encoding="utf-8")


def append(root: Path, name: str, text: str) -> None:
    path = root / name
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def violations(outcome: Checked) -> list[Finding]:
    return [finding for finding in outcome.findings if finding.severity == VIOLATION]


def told(root: Path) -> set[tuple[str, str | None]]:
    return {(finding.rule, finding.file) for finding in violations(build.check(root))}


def make(root: Path) -> Snapshot:
    outcome, snapshot = build.build(root, root / "var", keep=5)
    assert snapshot, outcome.findings
    return snapshot


def statements(outcome: Checked, graph: str) -> set[tuple[str, str, str]]:
    quads = ox.parse(input=outcome.graphs[Iri(graph)].nquads, format=ox.RdfFormat.N_QUADS)
    return {(str(q.subject)[1:-1], q.predicate.value, q.object.value) for q in quads}  # type: ignore[union-attr]


def test_a_valid_root_is_clean_and_the_facts_say_what_was_looked_at(tiny_root: Path) -> None:
    outcome = build.check(tiny_root)
    assert outcome.ok
    assert outcome.findings == []
    assert outcome.facts["violations"] == outcome.facts["warnings"] == outcome.facts["infos"] == 0
    counts = outcome.facts["counts"]
    assert isinstance(counts, dict)
    assert (counts["domein"], counts["competentie"], counts["kader"], counts["casus"]) == (2, 1, 18, 1)
    assert int(str(outcome.facts["focusNodes"])) > 50
    assert outcome.facts["triples"] == sum(len(graph.lines) for graph in outcome.graphs.values())
    assert outcome.facts["graphs"] == len(outcome.graphs)


def test_the_number_of_rules_is_that_of_the_cases_in_tests_rules(tiny_root: Path) -> None:
    assert build.check(tiny_root).facts["rules"] == len(list((ROOT / "tests" / "rules").glob("*.ru")))


def test_a_check_writes_nothing(tiny_root: Path) -> None:
    before = sorted((str(p), p.stat().st_mtime_ns) for p in tiny_root.rglob("*"))
    build.check(tiny_root)
    assert sorted((str(p), p.stat().st_mtime_ns) for p in tiny_root.rglob("*")) == before


def test_progress_is_told_before_each_step(tiny_root: Path) -> None:
    steps: list[str] = []
    build.check(tiny_root, steps.append)
    assert steps == ["read", "derive", "validate"]
    build.build(tiny_root, tiny_root / "var", 5, steps.append)
    assert steps[3:] == [
        "read", "derive", "validate", "copy", "write", "flush", "fsync", "rename", "flip", "dumps",
    ]  # fmt: skip


# --- what the build adds


def test_inverses_names_and_top_concepts_are_derived(tiny_root: Path) -> None:
    derived = statements(build.check(tiny_root), DERIVED_GRAPH)
    aspect, domain = ID + "aspect/geldzorgen-signaleren", ID + "domein/inkomen"
    assert (aspect, SKOS + "broader", domain) in derived
    assert (domain, SKOS + "narrower", aspect) in derived
    assert (domain, SKOS + "topConceptOf", ID + "kader/domeinen") in derived
    assert (ID + "kader/domeinen", SKOS + "hasTopConcept", domain) in derived
    assert (aspect + "#signaal-1", OWN + "partOf", aspect) in derived
    assert (domain, str(rdflib.RDFS.label), "Inkomen") in derived
    assert (domain, str(rdflib.RDFS.label), "Income") in derived
    assert not [s for s in derived if s[1] == SKOS + "topConceptOf" and "/aspect/" in s[0]]


def test_related_is_derived_in_the_other_direction_once(tiny_root: Path) -> None:
    append(tiny_root, "data/notions.ttl", f"<begrip/karrewiel> <{SKOS}related> <begrip/inwoner> .\n")
    outcome = build.check(tiny_root)
    assert outcome.ok
    assert (ID + "begrip/inwoner", SKOS + "related", ID + "begrip/karrewiel") in statements(outcome, DERIVED_GRAPH)
    assert (ID + "begrip/karrewiel", SKOS + "related", ID + "begrip/inwoner") not in statements(outcome, DERIVED_GRAPH)


def test_a_concept_with_something_above_it_is_no_top_concept(tiny_root: Path) -> None:
    append(tiny_root, "data/notions.ttl", f"<begrip/karrewiel> <{SKOS}broader> <begrip/inwoner> .\n")
    tops = {s for s, p, _ in statements(build.check(tiny_root), DERIVED_GRAPH) if p == SKOS + "topConceptOf"}
    assert ID + "begrip/inwoner" in tops
    assert ID + "begrip/karrewiel" not in tops


def test_herkomst_holds_the_size_and_hash_of_every_other_graph(tiny_root: Path) -> None:
    outcome = build.check(tiny_root)
    facts = statements(outcome, PROVENANCE_GRAPH)
    for iri, graph in outcome.graphs.items():
        if iri != PROVENANCE_GRAPH:
            assert (iri, "http://rdfs.org/ns/void#triples", str(len(graph.lines))) in facts
            assert (iri, "https://schema.org/sha256", graph.digest) in facts
    assert len(facts) == 2 * (len(outcome.graphs) - 1)


# --- where a finding stands


def test_a_finding_about_something_missing_names_the_file_of_the_thing_not_one_that_links_from_it(
    tiny_root: Path,
) -> None:
    """The target group has a mapping in a file that is read before its own."""
    append(
        tiny_root,
        "data/mappings/eurovoc-voorstel.ttl",
        f"<{ID}doelgroep/lvb> <{SKOS}closeMatch> <http://eurovoc.europa.eu/742> .\n",
    )
    replace(
        tiny_root,
        "data/target-groups.ttl",
        f"<{ID}doelgroep/lvb> <{OWN}order>",
        f"<{ID}doelgroep/ouderen> <{OWN}order>",
    )
    missing = [f for f in violations(build.check(tiny_root)) if f.rule == "order" and f.thing == ID + "doelgroep/lvb"]
    assert [f.file for f in missing] == ["data/target-groups.ttl"]


def test_a_finding_about_a_statement_names_the_file_of_that_statement(tiny_root: Path) -> None:
    """The aspect has another skos:related in its own file."""
    link = f"<{ID}aspect/geldzorgen-signaleren> <{SKOS}related> <{ID}bron/geldzorgen-herkennen> .\n"
    append(tiny_root, "data/notions.ttl", link)
    found = {f.file for f in violations(build.check(tiny_root)) if f.rule == "aspect-related"}
    assert found == {"data/notions.ttl"}


@pytest.mark.parametrize("name", ["ontology/kbs.ttl", "ontology/borrowed.ttl"])
def test_a_finding_about_the_ontology_names_which_of_its_two_files(tiny_root: Path, name: str) -> None:
    append(tiny_root, name, "\n<https://w3id.org/kennisbouwstenen/def#part> <http://purl.org/dc/terms/source> [] .\n")
    assert told(tiny_root) == {("blank-node", name)}


def test_every_finding_on_a_blank_node_names_its_file(tiny_root: Path) -> None:
    append(tiny_root, ASPECT, f"<aspect/geldzorgen-signaleren> <{OWN}part> [ a <{OWN}Signal> ] .\n")
    found = violations(build.check(tiny_root))
    assert "blank-node" in {f.rule for f in found}
    assert {f.file for f in found} == {ASPECT}


def test_faults_in_reading_come_before_what_may_follow_from_them(tiny_root: Path) -> None:
    replace(tiny_root, "data/schemes.ttl", "<http", '"open <http', 1)
    rules = [finding.rule for finding in build.check(tiny_root).findings]
    assert rules[0] == "turtle-syntax"
    assert len(rules) > 5


def test_every_problem_of_a_run_is_told_not_the_first_only(tiny_root: Path) -> None:
    append(tiny_root, "data/notions.ttl", "dit is geen Turtle .\n")
    (tiny_root / "data" / "foo.txt").write_text("")
    append(tiny_root, ASPECT, f"<aspect/geldzorgen-signaleren> <{SKOS}prefLable> 'x'@nl .\n")
    replace(tiny_root, "data/target-groups.ttl", "Ouderen", "<b>Ouderen</b>")
    append(tiny_root, "shapes/integrity/orphan.rq", "\n}")
    assert told(tiny_root) >= {
        ("turtle-syntax", "data/notions.ttl"),
        ("file-misplaced", "data/foo.txt"),
        ("unknown-term", ASPECT),
        ("html-in-text", "data/target-groups.ttl"),
        ("rule-syntax", "shapes/integrity/orphan.rq"),
    }


# --- a graph in which nothing was looked at has failed


def test_a_graph_without_statements_fails(tiny_root: Path) -> None:
    names = {path.relative_to(tiny_root).as_posix() for path in (tiny_root / "data").rglob("*.ttl")}
    for name in names:
        (tiny_root / name).write_text("# nog niets\n")
    found = told(tiny_root)
    assert found >= {("file-empty", name) for name in names}
    assert ("nothing-validated", "data/") in found


def test_a_class_misspelt_everywhere_fails(tiny_root: Path) -> None:
    replace(tiny_root, ASPECT, "#KnowledgeAspect>", "#KnowledgeAspekt>")
    for path in (tiny_root / "data").rglob("*.ttl"):
        path.write_text(path.read_text().replace("#KnowledgeAspect>", "#KnowledgeAspekt>"))
    found = violations(build.check(tiny_root))
    assert ("nothing-validated", OWN + "KnowledgeAspect") in {(f.rule, f.thing) for f in found}
    assert ("unknown-term", OWN + "KnowledgeAspekt") in {(f.rule, f.value) for f in found}


def test_a_rule_book_that_targets_nothing_fails(tiny_root: Path) -> None:
    for path in (tiny_root / "shapes").glob("*.ttl"):
        path.write_text(path.read_text(encoding="utf-8").replace("sh:targetClass", "sh:description"), encoding="utf-8")
    outcome = build.check(tiny_root)
    assert not outcome.ok
    assert outcome.facts["focusNodes"] == 0
    assert "nothing-validated" in {finding.rule for finding in outcome.findings}


# --- faults in the rule book itself


@pytest.mark.parametrize(
    ("old", "new", "value"),
    [
        ("sh:targetClass k:KnowledgeAspect", "sh:targetClass k:KnowledgeAspekt", OWN + "KnowledgeAspekt"),
        ("sh:path k:alsoIn ; sh:node", "sh:path k:ookIn ; sh:node", OWN + "ookIn"),
        ("sh:path k:leadSource ; sh:maxCount 1", "sh:path k:leadSource ; sh:maxCout 1", str(SH) + "maxCout"),
        ("sh:node ks:an-aspect", "sh:node ks:een-aspect", "https://w3id.org/kennisbouwstenen/shapes#een-aspect"),
    ],
)
def test_a_rule_with_a_misspelt_word_is_named_with_its_file(tiny_root: Path, old: str, new: str, value: str) -> None:
    replace(tiny_root, "shapes/aspect.ttl", old, new, 1)
    found = violations(build.check(tiny_root))
    assert ("shape-unknown-term", "shapes/aspect.ttl", value) in {(f.rule, f.file, f.value) for f in found}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("sh:path k:leadSource ;", ""),
        ("sh:path k:leadSource ;", "sh:path k:leadSource, k:part ;"),
        ("sh:path k:leadSource ; sh:maxCount 1", 'sh:path k:leadSource ; sh:maxCount "een"'),
        ("sh:path k:leadSource ; sh:maxCount 1", 'sh:path k:leadSource ; sh:pattern "["'),
        ("ks:aspect-trigger .", "ks:aspect-trigger, ks:nergens ."),
    ],
)
def test_shapes_that_cannot_be_used_are_a_finding_not_a_crash(tiny_root: Path, old: str, new: str) -> None:
    replace(tiny_root, "shapes/aspect.ttl", old, new, 1)
    found = [f for f in violations(build.check(tiny_root)) if f.rule == "shapes-unusable"]
    assert len(found) == 1
    assert "(" in found[0].message.nl


def test_a_rule_over_the_whole_with_a_syntax_error_is_named_with_its_line(tiny_root: Path) -> None:
    replace(tiny_root, "shapes/integrity/self-link.rq", "GRAPH ?graph", "GRAF ?graph")
    (found,) = violations(build.check(tiny_root))
    text = (tiny_root / "shapes/integrity/self-link.rq").read_text().splitlines()
    assert (found.rule, found.file) == ("rule-syntax", "shapes/integrity/self-link.rq")
    assert found.line is not None
    assert "GRAF" in text[found.line - 1]


@pytest.mark.parametrize("query", ["ASK { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }", "SELECT ?x { ?x ?p ?o }", ""])
def test_a_rule_over_the_whole_that_asks_for_no_things_is_a_finding(tiny_root: Path, query: str) -> None:
    (tiny_root / "shapes/integrity/self-link.rq").write_text(query)
    assert told(tiny_root) == {("rule-syntax", "shapes/integrity/self-link.rq")}


def test_a_rule_over_the_whole_in_another_encoding_is_a_finding(tiny_root: Path) -> None:
    (tiny_root / "shapes/integrity/self-link.rq").write_bytes("# één\nSELECT ?this {}".encode("latin-1"))
    assert told(tiny_root) == {("file-encoding", "shapes/integrity/self-link.rq")}


def test_a_query_without_a_description_and_a_description_without_a_query_are_findings(tiny_root: Path) -> None:
    (tiny_root / "shapes/integrity/self-link.rq").rename(tiny_root / "shapes/integrity/zelf.rq")
    assert told(tiny_root) == {
        ("rule-unpaired", "shapes/integrity/zelf.rq"),
        ("rule-unpaired", "shapes/integrity/self-link.rq"),
    }


def test_a_syntax_error_in_the_rules_for_contributions_is_found_though_they_judge_nothing_here(
    tiny_root: Path,
) -> None:
    append(tiny_root, "shapes/contribution.ttl", "\nks:x ks:y .\n")
    assert told(tiny_root) == {("turtle-syntax", "shapes/contribution.ttl")}


# --- what a build leaves behind


def test_a_build_publishes_what_was_checked_with_dumps_and_report(tiny_root: Path) -> None:
    outcome, snapshot = build.build(tiny_root, tiny_root / "var", keep=5)
    assert snapshot
    assert SnapshotStore(tiny_root / "var").current() == snapshot
    rows = LocalStore.open(snapshot.store).select("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")
    assert rows == [{"n": Literal(str(outcome.facts["triples"]), None, str(rdflib.XSD.integer))}]
    assert {p.name for p in snapshot.dumps.iterdir()} >= {"kennisbouwstenen.nq", "kennisbouwstenen.ttl.gz"}
    report = rdflib.Graph().parse(snapshot.path / "report.ttl")
    assert (None, RDF.type, SH.ValidationReport) in report
    assert json.loads((snapshot.path / "report.json").read_text())["violations"] == 0
    assert snapshot.manifest["counts"] == outcome.facts["counts"]
    assert snapshot.context["id"] == "@id"


def test_a_broken_build_leaves_the_old_snapshot_current_and_as_it_was(tiny_root: Path) -> None:
    before = make(tiny_root)
    content = sorted((p.name, p.stat().st_mtime_ns) for p in before.path.rglob("*"))
    append(tiny_root, "data/notions.ttl", f"<begrip/karrewiel> <{SKOS}related> <begrip/niets> .\n")
    outcome, snapshot = build.build(tiny_root, tiny_root / "var", keep=5)
    assert snapshot is None
    assert not outcome.ok
    assert SnapshotStore(tiny_root / "var").current() == before
    assert sorted((p.name, p.stat().st_mtime_ns) for p in before.path.rglob("*")) == content


def test_a_warning_does_not_stop_a_build_and_stands_in_its_report(tiny_root: Path) -> None:
    path = tiny_root / "data" / "catalogue.ttl"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "dcat#theme" not in line), encoding="utf-8")
    report = json.loads((make(tiny_root).path / "report.json").read_text())
    assert report["violations"] == 0
    assert {f["rule"] for f in report["findings"]} == {"dataset-theme"}


def test_building_the_same_again_keeps_the_snapshot_and_its_number(tiny_root: Path) -> None:
    first = make(tiny_root)
    assert make(tiny_root) == first
    assert [s.number for s in SnapshotStore(tiny_root / "var").list()] == [1]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("data/notions.ttl", '"karrewiel"@nl', '"kar met een wiel"@nl'),
        ("ontology/context.jsonld", '"page"', '"pagina"'),
    ],
)
def test_a_change_of_content_or_context_makes_the_next_snapshot(tiny_root: Path, name: str, old: str, new: str) -> None:
    first = make(tiny_root)
    replace(tiny_root, name, old, new)
    assert make(tiny_root).number == first.number + 1


def test_a_change_of_layout_and_comments_only_keeps_the_snapshot(tiny_root: Path) -> None:
    first = make(tiny_root)
    append(tiny_root, "data/notions.ttl", "\n\n# een opmerking\n")
    assert make(tiny_root) == first


def test_a_store_that_was_deleted_is_made_again(tiny_root: Path) -> None:
    shutil.rmtree(make(tiny_root).store)
    assert LocalStore.open(make(tiny_root).store).ask("ASK { ?s ?p ?o }")


def test_lost_dumps_are_made_again(tiny_root: Path) -> None:
    first = make(tiny_root)
    shutil.rmtree(first.dumps)
    assert (make(tiny_root).dumps / "kennisbouwstenen.nq.gz").is_file()


def test_a_removed_file_takes_its_graph_out_of_the_next_snapshot(tiny_root: Path) -> None:
    make(tiny_root)
    (tiny_root / "data" / "mappings" / "eurovoc-voorstel.ttl").unlink()
    store = LocalStore.open(make(tiny_root).store)
    assert not store.ask(f"ASK {{ GRAPH <{GRAPHS}mappings-eurovoc-voorstel> {{ ?s ?p ?o }} }}")
    assert store.ask(f"ASK {{ GRAPH <{ONTOLOGY_GRAPH}> {{ ?s ?p ?o }} }}")


def test_a_second_builder_is_refused_and_disturbs_nothing(tiny_root: Path) -> None:
    first = make(tiny_root)
    with SnapshotStore(tiny_root / "var").lock(), pytest.raises(NotRunnable, match="Another build"):
        build.build(tiny_root, tiny_root / "var", keep=5)
    assert make(tiny_root) == first


@pytest.mark.slow
def test_two_builds_of_two_copies_give_the_same_bytes(root: Path, tmp_path: Path) -> None:
    """N-Quads dump, content hash and report of the whole real graph; the copies are listed in another order."""
    found = []
    for name in ("one", "two"):
        target = tmp_path / name
        for part in ("shapes", "data", "ontology") if name == "one" else ("ontology", "data", "shapes"):
            shutil.copytree(root / part, target / part)
        outcome, snapshot = build.build(target, target / "var", keep=1)
        assert snapshot, violations(outcome)
        reports = [(snapshot.path / f"report.{ending}").read_bytes() for ending in ("json", "ttl")]
        found.append([snapshot.content_hash, (snapshot.dumps / "kennisbouwstenen.nq").read_bytes(), *reports])
    assert found[0] == found[1]
