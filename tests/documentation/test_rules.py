"""The rules as documented: all of them, as the files have them, in words of two languages, kept with a snapshot."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import SH

from kbs_graph import build, files, serialize, validation
from kbs_graph.documentation import rules
from kbs_graph.documentation.notation import notation
from kbs_graph.documentation.rules import RuleBookDoc
from kbs_graph.errors import NotFound
from kbs_graph.findings import SEVERITIES
from kbs_graph.serialize import GRAPH_FORMATS
from kbs_graph.snapshot import RULES
from kbs_graph.snapshots import Snapshot
from kbs_graph.terms import SHAPES
from tests.contributions.sources import source

LANGUAGES = {"nl", "en"}


@pytest.fixture(scope="module")
def book(tiny_snapshot: Snapshot) -> RuleBookDoc:
    return rules.book(tiny_snapshot)


def test_the_rules_kept_are_those_of_the_files(tiny_snapshot: Snapshot, root: Path) -> None:
    lines = []
    for path in (root / "shapes").glob("*.ttl"):
        if path.name != "contribution.ttl":
            lines += rdflib.Graph().parse(path, publicID=files.ID).serialize(format="nt").splitlines()
    kept = [line for line in (tiny_snapshot.path / RULES).read_text().splitlines() if f"<{SH.select}>" not in line]
    assert serialize.canonical(kept) == serialize.canonical(lines)


def test_every_rule_is_told_in_two_languages_with_how_serious_it_is(tiny_snapshot: Snapshot, root: Path) -> None:
    written = validation.read_rules(files.read_rules(root))
    for part, count in (("", 240), ("contribution", 15)):
        found = rules.book(tiny_snapshot, part)
        assert len(found.rules) >= count
        for rule in found.rules.values():
            assert set(rule.title) == set(rule.message) == set(rule.group) == LANGUAGES, rule.name
            assert rule.severity in SEVERITIES and (rule.path or rule.demands or rule.query), rule.name
    assert set(rules.book(tiny_snapshot).rules) == {name.removeprefix(SHAPES) for name in written.names}


def test_every_shape_has_a_name_and_no_rule_is_left_out(book: RuleBookDoc) -> None:
    for shape in (*book.shapes, *book.values):
        assert set(shape.label) == LANGUAGES, shape.name
    told = {rule.name for shape in book.shapes for rule in (*book.own(shape), *book.common(shape))}
    told |= {rule.name for _, group in book.whole for rule in group}
    assert told == set(book.rules)
    assert {rule.name for rule in book.shared} == {rule.name for s in book.shapes for rule in book.common(s)}


def test_a_rule_over_the_whole_has_the_query_of_its_file(tiny_snapshot: Snapshot, root: Path) -> None:
    there = {path.stem: path.read_text(encoding="utf-8") for path in (root / "shapes" / "integrity").glob("*.rq")}
    whole = {rule.name: rule.query for _, group in rules.book(tiny_snapshot).whole for rule in group}
    assert whole == there
    assert rules.query(tiny_snapshot, "orphan") == there["orphan"]
    for name in ("no-such-rule", "aspect-source"):
        with pytest.raises(NotFound):
            rules.query(tiny_snapshot, name)


@pytest.mark.parametrize(
    ("name", "path", "count", "demands"),
    [
        ("aspect-home-domain", "k:homeDomain", "1", ()),
        ("aspect-competencies", "k:competency", "1..3", ()),
        ("aspect-source", "^dcterms:subject", "1..*", ("sh:qualifiedValueShape [ sh:class k:KnowledgeSource ]",)),
        ("aspect-also-in-other", "k:alsoIn", "", ("sh:disjoint k:homeDomain",)),
        (
            "source-location-state",
            "k:locationState",
            "0..1",
            ("sh:in ( <vindplaats/onbekend> <vindplaats/ingetrokken> )",),
        ),
    ],
)
def test_what_a_rule_demands_is_written_as_people_write_it(
    book: RuleBookDoc, name: str, path: str, count: str, demands: tuple[str, ...]
) -> None:
    rule = book.rules[name]
    assert (rule.path, rule.count, rule.demands) == (path, count, demands)


PATHS = """@prefix : <http://x.nl/> . @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix k: <http://x.nl/k#> .
:inverse sh:path [ sh:inversePath :a ] .
:either sh:path [ sh:alternativePath ( :a [ sh:inversePath :b ] ) ] .
:after sh:path ( :a :b ) .
:any sh:path [ sh:zeroOrMorePath :a ] .
:some sh:path [ sh:oneOrMorePath :a ] .
:maybe sh:path [ sh:zeroOrOnePath :a ] .
"""


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("inverse", "^<http://x.nl/a>"),
        ("either", "<http://x.nl/a>|^<http://x.nl/b>"),
        ("after", "<http://x.nl/a>/<http://x.nl/b>"),
        ("any", "<http://x.nl/a>*"),
        ("some", "<http://x.nl/a>+"),
        ("maybe", "<http://x.nl/a>?"),
    ],
)
def test_every_path_of_shacl_is_written_as_sparql_does(name: str, written: str) -> None:
    graph = rdflib.Graph().parse(data=PATHS)
    path = graph.value(rdflib.URIRef(f"http://x.nl/{name}"), SH.path)
    assert path is not None
    assert notation(graph, path, as_path=True) == written


@pytest.mark.parametrize("part", rules.FILES)
def test_every_format_says_the_same(tiny_snapshot: Snapshot, part: str) -> None:
    whole = serialize.canonical(rules.graph(tiny_snapshot, part).serialize(format="nt").splitlines())
    for ending, form in GRAPH_FORMATS.items():
        body = rules.write(tiny_snapshot, part, form)
        name = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml", "nt": "nt"}[ending]
        read = rdflib.Graph().parse(data=body, format=name)
        assert serialize.canonical(read.serialize(format="nt").splitlines()) == whole, ending


WRITTEN = """
import hashlib, sys
from pathlib import Path
from kbs_graph.documentation import rules
from kbs_graph.serialize import GRAPH_FORMATS
from kbs_graph.snapshot import Snapshot
snapshot = Snapshot(1, Path(sys.argv[1]), {})
for part in rules.FILES:
    for form in GRAPH_FORMATS.values():
        print(hashlib.sha256(rules.write(snapshot, part, form)).hexdigest())
"""


def test_every_process_writes_the_same_bytes(tiny_snapshot: Snapshot) -> None:
    there = subprocess.run(
        [sys.executable, "-c", WRITTEN, tiny_snapshot.path], capture_output=True, text=True, check=True
    )
    forms = GRAPH_FORMATS.values()
    here = [hashlib.sha256(rules.write(tiny_snapshot, part, form)) for part in rules.FILES for form in forms]
    assert there.stdout.split() == [digest.hexdigest() for digest in here]


def test_the_rules_served_judge_as_those_of_the_files(tiny_snapshot: Snapshot) -> None:
    shapes = rdflib.Graph().parse(data=rules.write(tiny_snapshot, "contribution", GRAPH_FORMATS["ttl"]))
    good = rdflib.Graph().parse(data="\n".join(source("bron/nibud-1")), format="nt")
    bad = rdflib.Graph().parse(data="\n".join(source("bron/nibud-1", kind="status/voorstel")), format="nt")
    assert validation.by_shapes(shapes, good) == []
    assert {finding.rule for finding in validation.by_shapes(shapes, bad)} == {"contribution-kind"}


@pytest.mark.slow
def test_another_text_of_a_rule_alone_makes_another_snapshot(tiny_root: Path) -> None:
    first = build.build(tiny_root, tiny_root / "var", keep=2)[1]
    assert first and build.build(tiny_root, tiny_root / "var", keep=2)[1] == first
    file = tiny_root / "shapes" / "aspect.ttl"
    file.write_text(file.read_text(encoding="utf-8").replace('"eigen domein"@nl', '"thuis"@nl'), encoding="utf-8")
    second = build.build(tiny_root, tiny_root / "var", keep=2)[1]
    assert second and second.number > first.number
    assert rules.book(second).rules["aspect-home-domain"].title["nl"] == "thuis"
    assert rules.book(first).rules["aspect-home-domain"].title["nl"] == "eigen domein"


def test_a_snapshot_of_before_the_rules_were_kept_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotFound) as told:
        rules.book(Snapshot(1, tmp_path, {}))
    assert "kbs build" in str(told.value)
