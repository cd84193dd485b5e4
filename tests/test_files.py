"""Reading the folders people edit: every fault is named with its file, and with its line where a line is at fault."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from kbs_graph import files
from kbs_graph.errors import NotRunnable
from kbs_graph.files import MOST_ERRORS, Folder
from kbs_graph.findings import VIOLATION, Finding
from kbs_graph.terms import ONTOLOGY_GRAPH, Iri, Literal, graph_iri

GOOD = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n<a/b> skos:prefLabel 'ding'@nl .\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The smallest root that can be read without a word."""
    for name, text in {
        "ontology/kbs.ttl": GOOD,
        "ontology/context.jsonld": '{"@context": {"id": "@id"}}',
        "shapes/thing.ttl": GOOD,
        "data/things.ttl": GOOD,
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def read(root: Path) -> list[Finding]:
    """What reading everything says: the folders, and the rules in them."""
    folder = files.read(root)
    for path in folder.shapes:
        list(files.parse(folder, path))
    assert all(finding.severity == VIOLATION for finding in folder.findings)
    return folder.findings


def told(root: Path) -> list[tuple[str, str | None, int | None]]:
    return [(finding.rule, finding.file, finding.line) for finding in read(root)]


def test_a_good_folder_gives_no_finding_and_one_graph_a_file(place: Path) -> None:
    folder = files.read(place)
    assert folder.findings == []
    assert set(folder.graphs) == {graph_iri("things"), Iri(ONTOLOGY_GRAPH)}
    assert folder.files["data/things.ttl"].iri == graph_iri("things")
    assert folder.context == {"id": "@id"}


def test_relative_addresses_in_a_file_are_things_of_ours(place: Path) -> None:
    (line,) = files.read(place).files["data/things.ttl"].lines
    assert line.startswith("<https://w3id.org/kennisbouwstenen/id/a/b> ")
    assert line.endswith(" <https://w3id.org/kennisbouwstenen/graphs/things> .")


def test_a_file_in_a_folder_is_named_after_both(place: Path) -> None:
    (place / "data" / "aspects").mkdir()
    (place / "data" / "aspects" / "inkomen.ttl").write_text(GOOD)
    assert graph_iri("aspects-inkomen") in files.read(place).graphs


def test_the_files_of_the_ontology_are_one_graph(place: Path) -> None:
    (place / "ontology" / "borrowed.ttl").write_text(GOOD.replace("ding", "iets"))
    assert len(files.read(place).graphs[Iri(ONTOLOGY_GRAPH)].lines) == 2


def test_the_content_hash_of_a_graph_knows_no_order_and_no_repetition(place: Path) -> None:
    path = place / "data" / "things.ttl"
    path.write_text(GOOD + "<a/c> skos:prefLabel 'x'@nl, 'y'@en .\n")
    first = files.read(place).files["data/things.ttl"]
    path.write_text(GOOD + "<a/c> skos:prefLabel 'y'@en .\n\n<a/c> skos:prefLabel 'x'@nl, 'x'@nl .\n")
    assert files.read(place).files["data/things.ttl"].digest == first.digest
    path.write_text(GOOD)
    assert files.read(place).files["data/things.ttl"].digest != first.digest


@pytest.mark.parametrize("missing", ["ontology", "shapes", "data"])
def test_a_missing_folder_cannot_be_checked_at_all(place: Path, missing: str) -> None:
    shutil.rmtree(place / missing)
    with pytest.raises(NotRunnable) as refusal:
        files.read(place)
    for text in (refusal.value.words.nl, refusal.value.words.en):
        assert f"{missing}/" in text
        assert str(place) in text


@pytest.mark.parametrize("name", ["ontology/kbs.ttl", "shapes/thing.ttl", "data/things.ttl"])
def test_a_file_in_another_encoding_is_named_with_the_line(place: Path, name: str) -> None:
    (place / name).write_bytes(GOOD.encode() + "\n<a/b> skos:altLabel 'één'@nl .".encode("latin-1"))
    assert told(place) == [("file-encoding", name, 4)]


def test_utf_16_is_another_encoding_too(place: Path) -> None:
    (place / "data" / "things.ttl").write_bytes(GOOD.encode("utf-16"))
    assert told(place) == [("file-encoding", "data/things.ttl", 1)]


def test_the_context_in_another_encoding_is_named_with_the_line(place: Path) -> None:
    (place / "ontology" / "context.jsonld").write_bytes('{\n"@context": {"é": "x"}}'.encode("latin-1"))
    assert told(place) == [("file-encoding", "ontology/context.jsonld", 2)]


@pytest.mark.parametrize("name", ["ontology/kbs.ttl", "shapes/thing.ttl", "data/things.ttl"])
def test_every_syntax_error_is_named_with_its_line_and_the_rest_is_read(place: Path, name: str) -> None:
    lines = [
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .",
        "<a/a> skos:prefLabel 'een'@nl .",
        "<a/b> skos:prefLabel zonder-aanhalingstekens .",
        "<a/c> skos:prefLabel 'drie'@nl .",
        "",
        "<a/d> unknown:prefix 'vier'@nl .",
        "<a b> skos:prefLabel 'vijf'@nl .",
        "<a/f> skos:prefLabel 'zes'@nl .",
    ]
    (place / name).write_text("\n".join(lines), encoding="utf-8")
    assert told(place) == [("turtle-syntax", name, line) for line in (3, 6, 7)]
    if name.startswith("data"):
        assert len(files.read(place).files[name].lines) == 3


@pytest.mark.parametrize(
    ("rest", "line"), [("<a/c> skos:prefLabel 'niet af'@nl", 4), ("<a/c> skos:prefLabel 'open", 3), ("<a/c> <p> [ ", 4)]
)
def test_a_file_that_breaks_off_is_named_with_its_end_or_with_the_line_of_the_open_quote(
    place: Path, rest: str, line: int
) -> None:
    (place / "data" / "things.ttl").write_text(GOOD + rest + "\n", encoding="utf-8")
    assert told(place) == [("turtle-syntax", "data/things.ttl", line)]


def test_a_file_that_is_no_turtle_at_all_gives_a_handful_of_findings_not_thousands(place: Path) -> None:
    (place / "data" / "things.ttl").write_bytes(bytes(range(1, 32)) * 300)
    found = read(place)
    assert 1 <= len(found) <= MOST_ERRORS + 1
    assert {f.file for f in found} == {"data/things.ttl"}
    assert "Turtle at all" in found[-1].message.en


def test_a_byte_order_mark_does_no_harm(place: Path) -> None:
    (place / "data" / "things.ttl").write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert told(place) == []


@pytest.mark.parametrize("text", ["", "\n\n", "# alleen een opmerking\n", "@prefix k: <http://k/> .\n"])
def test_a_file_without_a_statement_is_a_finding(place: Path, text: str) -> None:
    (place / "data" / "things.ttl").write_text(text)
    assert told(place) == [("file-empty", "data/things.ttl", None)]


@pytest.mark.parametrize("part", ["ontology", "shapes", "data"])
def test_an_empty_folder_is_a_finding(place: Path, part: str) -> None:
    for path in (place / part).iterdir():
        path.unlink()
    (place / part / "README.md").write_text("leeg")
    assert ("folder-empty", f"{part}/", None) in told(place)


@pytest.mark.parametrize(
    "name",
    ["data/foo.txt", "shapes/x.csv", "ontology/kbs.ttl~", "data/things.TTL", "data/.things.ttl", "data/x.jsonld",
     "data/deep/er/x.rq", "ontology/other.jsonld"],
)  # fmt: skip
def test_a_file_in_the_wrong_place_is_a_finding_and_is_not_read(place: Path, name: str) -> None:
    (place / name).parent.mkdir(parents=True, exist_ok=True)
    (place / name).write_text("dit is niets")
    assert told(place) == [("file-misplaced", name, None)]


def test_the_notes_of_the_editors_are_no_data_and_not_misplaced(place: Path) -> None:
    (place / "data" / "notes").mkdir()
    (place / "data" / "notes" / "sources.csv").write_text("slug,verdict\n", encoding="utf-8")
    assert told(place) == []
    (place / "data" / "notes" / "sources.txt").write_text("?", encoding="utf-8")
    assert told(place) == [("file-misplaced", "data/notes/sources.txt", None)]


def test_a_readme_may_stand_anywhere(place: Path) -> None:
    (place / "data" / "aspects").mkdir()
    for folder in ("ontology", "shapes", "data", "data/aspects"):
        (place / folder / "README.md").write_text("uitleg")
    assert told(place) == []


def test_two_files_with_one_graph_name_are_a_finding_that_names_both(place: Path) -> None:
    (place / "data" / "a").mkdir()
    (place / "data" / "a-b.ttl").write_text(GOOD)
    (place / "data" / "a" / "b.ttl").write_text(GOOD)
    (found,) = read(place)
    assert (found.rule, found.value) == ("file-name-taken", graph_iri("a-b"))
    assert found.file == "data/a-b.ttl"
    assert "data/a/b.ttl" in found.message.nl and "data/a/b.ttl" in found.message.en


@pytest.mark.parametrize("name", ["derived", "herkomst", "ontology"])
def test_a_file_cannot_take_the_name_of_a_graph_the_build_makes(place: Path, name: str) -> None:
    (place / "data" / f"{name}.ttl").write_text(GOOD)
    assert told(place) == [("file-name-taken", f"data/{name}.ttl", None)]


@pytest.mark.parametrize(
    "name", ["Mijn bestand", "Hoofdletters", "onder_streep", "é", "a--b", "-a", "x<y>", 'x"y', "a.b"]
)
def test_a_file_whose_name_cannot_be_that_of_a_graph_is_a_finding(place: Path, name: str) -> None:
    (place / "data" / f"{name}.ttl").write_text(GOOD)
    assert told(place) == [("file-name", f"data/{name}.ttl", None)]


@pytest.mark.parametrize(
    ("text", "line"), [('{"@context": {\n"id": "@id",\n}}', 3), ("{}", None), ("[]", None), ('{"@context": []}', None)]
)
def test_a_context_that_is_none_is_a_finding(place: Path, text: str, line: int | None) -> None:
    (place / "ontology" / "context.jsonld").write_text(text)
    assert told(place) == [("context-syntax", "ontology/context.jsonld", line)]


def test_a_missing_context_is_a_finding(place: Path) -> None:
    (place / "ontology" / "context.jsonld").unlink()
    assert told(place) == [("file-unreadable", "ontology/context.jsonld", None)]


def test_a_file_that_may_not_be_read_is_a_finding(place: Path) -> None:
    """Root may read everything, so as root this is tried as nobody, in a folder that nobody may enter."""
    with tempfile.TemporaryDirectory() as name:
        open_place = Path(name) / "root"
        shutil.copytree(place, open_place)
        for path in (Path(name), open_place, *(open_place / part for part in ("ontology", "shapes", "data"))):
            path.chmod(0o755)
        (open_place / "data" / "things.ttl").chmod(0)
        user = os.geteuid()
        if user == 0:
            os.seteuid(65534)
        try:
            found = told(open_place)
        finally:
            os.seteuid(user)
    assert found == [("file-unreadable", "data/things.ttl", None)]


def test_a_link_to_nothing_is_a_finding(place: Path) -> None:
    (place / "data" / "gone.ttl").symlink_to(place / "nowhere.ttl")
    assert told(place) == [("file-unreadable", "data/gone.ttl", None)]


def test_every_message_is_there_in_both_languages(place: Path) -> None:
    (place / "data" / "x.txt").write_text("")
    (place / "data" / "empty.ttl").write_text("")
    (place / "data" / "A.ttl").write_text(GOOD)
    (place / "data" / "derived.ttl").write_text(GOOD)
    (place / "ontology" / "context.jsonld").write_text("")
    (place / "data" / "things.ttl").write_text("fout")
    found = read(place)
    assert len({finding.rule for finding in found}) == 6
    assert all(f.message.nl and f.message.en and f.message.nl != f.message.en for f in found)


def test_a_computed_graph_is_written_as_a_file_of_the_same_statements_is(place: Path) -> None:
    """Terms of every form: an IRI, a blank node, texts with and without a language, a number."""
    text = '<a/b> <p:p> "x\\n\\"y\\""@nl, "plain", 5, <a/c>, _:b .'
    (place / "data" / "things.ttl").write_text(text)
    subject, predicate = Iri("https://w3id.org/kennisbouwstenen/id/a/b"), Iri("p:p")
    values = (
        Literal('x\n"y"', language="nl"),
        Literal("plain"),
        Literal("5", datatype="http://www.w3.org/2001/XMLSchema#integer"),
        Iri("https://w3id.org/kennisbouwstenen/id/a/c"),
        Iri("_:b"),
    )
    computed = files.computed_graph(graph_iri("things"), [(subject, predicate, value) for value in values])
    assert computed == files.read(place).files["data/things.ttl"]


def test_a_folder_without_anything_has_no_graphs(tmp_path: Path) -> None:
    assert Folder(tmp_path).graphs == {}
