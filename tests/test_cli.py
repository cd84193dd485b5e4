"""The command line `kbs` as people meet it: exit codes, forms, languages, progress, and clear refusals."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import RDF, SH

from kbs_graph import __version__
from kbs_graph.snapshots import SnapshotStore

CLEAN, FOUND, NOT_RUN = 0, 1, 2
Run = Callable[..., "subprocess.CompletedProcess[str]"]
BAD = '<begrip/karrewiel> <http://www.w3.org/2004/02/skos/core#prefLable> "wiel"@nl .\ndit is geen Turtle .\n'


@pytest.fixture
def broken_root(tiny_root: Path) -> Path:
    """Two faults in one file: a misspelt property and a syntax error on its last line."""
    path = tiny_root / "data" / "notions.ttl"
    path.write_text(path.read_text(encoding="utf-8") + BAD, encoding="utf-8")
    return tiny_root


def refused(result: "subprocess.CompletedProcess[str]", *words: str) -> None:
    """The command could not run: code 2, nothing on stdout, a line in each language, no traceback."""
    assert result.returncode == NOT_RUN, result
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    for word in words:
        assert word in result.stderr


# --- check


@pytest.mark.parametrize(("lang", "words"), [("nl", "0 fouten, 0 waarschuwingen"), ("en", "0 errors, 0 warnings")])
def test_check_of_a_clean_root_exits_0_with_one_line(kbs: Run, tiny_root: Path, lang: str, words: str) -> None:
    result = kbs("check", "--root", tiny_root, "--lang", lang)
    assert result.returncode == CLEAN
    assert result.stdout.startswith(words)
    assert len(result.stdout.splitlines()) == 1


def test_check_of_a_broken_root_exits_1_and_names_file_line_rule_and_what_to_do(kbs: Run, broken_root: Path) -> None:
    result = kbs("check", "--root", broken_root, "--lang", "en")
    lines = (broken_root / "data/notions.ttl").read_text(encoding="utf-8").count("\n")
    assert result.returncode == FOUND
    assert f"data/notions.ttl:{lines}: ERROR [turtle-syntax]" in result.stdout
    assert "data/notions.ttl: ERROR [unknown-term] <begrip/karrewiel>" in result.stdout
    assert "value: http://www.w3.org/2004/02/skos/core#prefLable" in result.stdout
    assert "Correct the spelling" in result.stdout
    assert "Traceback" not in result.stderr


def test_check_speaks_dutch_unless_asked_otherwise(kbs: Run, broken_root: Path) -> None:
    result = kbs("check", "--root", broken_root)
    assert "FOUT [unknown-term]" in result.stdout
    assert "Verbeter de spelling" in result.stdout
    assert "Regels controleren" in result.stderr


def test_check_as_json_is_one_document_with_facts_and_findings(kbs: Run, broken_root: Path) -> None:
    result = kbs("check", "--root", broken_root, "--format", "json")
    document = json.loads(result.stdout)
    assert result.returncode == FOUND
    assert document["violations"] == len(document["findings"]) >= 2
    assert document["counts"]["domein"] == 2
    assert {"turtle-syntax", "unknown-term"} <= {finding["rule"] for finding in document["findings"]}


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_check_as_report_is_a_validation_report(kbs: Run, broken_root: Path, lang: str) -> None:
    result = kbs("check", "--root", broken_root, "--format", "report", "--lang", lang)
    graph = rdflib.Graph().parse(data=result.stdout, format="turtle")
    assert result.returncode == FOUND
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert len(list(graph.objects(report, SH.result))) >= 2
    assert str(graph.value(report, SH.conforms)) == "false"


@pytest.mark.parametrize("form", ["json", "report"])
def test_check_of_a_clean_root_exits_0_in_every_form(kbs: Run, tiny_root: Path, form: str) -> None:
    assert kbs("check", "--root", tiny_root, "--format", form).returncode == CLEAN


def test_warnings_alone_exit_0_and_quiet_only_counts_them(kbs: Run, tiny_root: Path) -> None:
    path = tiny_root / "data" / "catalogue.ttl"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(x for x in lines if "dcat#theme" not in x and "accessRights" not in x), encoding="utf-8")
    loud, quiet = (kbs("check", "--root", tiny_root, "--lang", "en", *more) for more in ([], ["--quiet"]))
    assert loud.returncode == quiet.returncode == CLEAN
    assert "warning [dataset-theme]" in loud.stdout
    assert quiet.stdout == loud.stdout.splitlines(keepends=True)[-1]
    assert "2 warnings" in quiet.stdout


def test_progress_goes_to_stderr_one_line_a_step_and_nothing_else_does(kbs: Run, broken_root: Path) -> None:
    path = broken_root / "data" / "sources.ttl"
    path.write_text(path.read_text(encoding="utf-8").replace('"2025-01-15"', '"geen datum"', 1), encoding="utf-8")
    result = kbs("check", "--root", broken_root, "--lang", "en")
    assert result.stderr.splitlines() == ["  Reading files …", "  Completing the graph …", "  Checking the rules …"]
    assert "[created-date]" in result.stdout


def test_check_needs_no_place_to_write(kbs: Run, tiny_root: Path, tmp_path: Path) -> None:
    assert kbs("check", "--root", tiny_root, KBS_VAR="/proc/nowhere").returncode == CLEAN
    assert not (tiny_root / "var").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["root"]


# --- could not run


def test_check_of_a_folder_that_is_no_root_exits_2(kbs: Run, tmp_path: Path) -> None:
    refused(kbs("check", "--root", tmp_path), "ontology/, shapes/, data/", "ontbreekt", "Missing", str(tmp_path))


def test_check_of_nothing_exits_2(kbs: Run, tmp_path: Path) -> None:
    refused(kbs("check", "--root", tmp_path / "nergens"), "nergens")


@pytest.mark.parametrize("arguments", [["check", "--format", "pdf"], ["check", "--lang", "fr"], ["chek"]])
def test_a_wrong_word_on_the_command_line_exits_2_and_says_what_there_is(kbs: Run, arguments: list[str]) -> None:
    result = kbs(*arguments)
    assert result.returncode == NOT_RUN
    assert "Usage: kbs" in result.stderr


@pytest.mark.parametrize("command", [["build"], ["serve"], ["snapshots", "list"]])
def test_a_setting_that_is_no_number_exits_2_and_names_it(kbs: Run, tmp_path: Path, command: list[str]) -> None:
    refused(kbs(*command, KBS_QUERY_SECONDS="snel", KBS_VAR=tmp_path), "KBS_QUERY_SECONDS", "'snel'")


def test_a_place_to_write_that_is_none_exits_2(kbs: Run, tiny_root: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = kbs("build", "--root", tiny_root, KBS_VAR=tmp_path / "file")
    assert result.returncode == NOT_RUN
    assert "Traceback" not in result.stderr
    assert str(tmp_path / "file") in result.stderr


def test_a_refusal_by_the_system_after_the_flip_exits_2_and_keeps_the_new_snapshot(kbs: Run, tiny_root: Path) -> None:
    kbs("build", "--root", tiny_root, "--no-booklets")
    (tiny_root / "var" / "snapshots" / "1" / "report.new").mkdir()
    result = kbs("build", "--root", tiny_root, "--no-booklets")
    assert result.returncode == NOT_RUN
    assert "Traceback" not in result.stderr
    assert "Dat ging niet" in result.stderr and "That could not be done" in result.stderr
    assert SnapshotStore(tiny_root / "var").current_number() == 1


def test_a_graph_with_nothing_in_it_and_a_class_misspelt_everywhere_exit_1(kbs: Run, tiny_root: Path) -> None:
    for path in (tiny_root / "data").rglob("*.ttl"):
        path.write_text(path.read_text(encoding="utf-8").replace("#KnowledgeAspect>", "#KnowledgeAspekt>"), "utf-8")
    misspelt = kbs("check", "--root", tiny_root, "--lang", "en")
    assert misspelt.returncode == FOUND
    assert "[nothing-validated]" in misspelt.stdout
    assert "#KnowledgeAspekt" in misspelt.stdout
    for path in (tiny_root / "data").rglob("*.ttl"):
        path.write_text("# niets\n")
    empty = kbs("check", "--root", tiny_root, "--lang", "en")
    assert empty.returncode == FOUND
    assert "[file-empty]" in empty.stdout and "[nothing-validated]" in empty.stdout


@pytest.mark.parametrize("command", [["serve"], ["snapshots", "list"], ["snapshots", "use", "1"]])
def test_what_needs_a_snapshot_exits_2_when_there_is_none(kbs: Run, tmp_path: Path, command: list[str]) -> None:
    refused(kbs(*command, KBS_VAR=tmp_path / "var"), "snapshot" if "use" in command else "kbs build")


# --- build and snapshots


@pytest.mark.parametrize(("lang", "words"), [("nl", "Momentopname 1 is in gebruik"), ("en", "Snapshot 1 is in use")])
def test_build_publishes_exits_0_and_says_so(kbs: Run, tiny_root: Path, lang: str, words: str) -> None:
    result = kbs("build", "--root", tiny_root, "--lang", lang)
    current = SnapshotStore(tiny_root / "var").current()
    assert result.returncode == CLEAN
    assert f"{words}. {current.content_hash}" in result.stdout
    assert len(result.stderr.splitlines()) == 11


@pytest.mark.parametrize(("lang", "words"), [("nl", "Niet gepubliceerd"), ("en", "Not published")])
def test_build_of_a_broken_root_exits_1_and_keeps_the_old_snapshot(
    kbs: Run, tiny_root: Path, lang: str, words: str
) -> None:
    kbs("build", "--root", tiny_root, "--no-booklets")
    before = SnapshotStore(tiny_root / "var").current()
    path = tiny_root / "data" / "notions.ttl"
    path.write_text(path.read_text(encoding="utf-8") + BAD, encoding="utf-8")
    result = kbs("build", "--root", tiny_root, "--lang", lang)
    assert result.returncode == FOUND
    assert "[unknown-term]" in result.stdout
    assert words in result.stderr
    assert SnapshotStore(tiny_root / "var").current() == before


def test_build_takes_root_and_var_from_the_settings(kbs: Run, tiny_root: Path, tmp_path: Path) -> None:
    assert kbs("build", "--no-booklets", KBS_ROOT=tiny_root, KBS_VAR=tmp_path / "state").returncode == CLEAN
    assert SnapshotStore(tmp_path / "state").current().number == 1
    assert not (tiny_root / "var").exists()


def test_a_second_builder_exits_2_and_changes_nothing(kbs: Run, tiny_root: Path) -> None:
    snapshots = SnapshotStore(tiny_root / "var")
    with snapshots.lock():
        refused(kbs("build", "--root", tiny_root, "--no-booklets"), "Er is al een bouw bezig", "Another build")
    assert snapshots.list() == []


def test_snapshots_are_listed_and_one_can_be_gone_back_to(kbs: Run, tiny_root: Path) -> None:
    var = tiny_root / "var"
    kbs("build", "--root", tiny_root, "--no-booklets")
    path = tiny_root / "data" / "notions.ttl"
    path.write_text(path.read_text(encoding="utf-8").replace('"karrewiel"@nl', '"wiel"@nl'), encoding="utf-8")
    kbs("build", "--root", tiny_root, "--no-booklets")
    first, second = kbs("snapshots", "list", KBS_VAR=var).stdout.splitlines()
    assert (first.split()[0], second.split()[:2]) == ("1", ["*", "2"])
    back = kbs("snapshots", "use", 1, KBS_VAR=var)
    assert back.returncode == CLEAN
    assert back.stdout.startswith("* 1  ")
    assert kbs("snapshots", "list", KBS_VAR=var).stdout.splitlines()[0].split()[:2] == ["*", "1"]
    refused(kbs("snapshots", "use", 7, KBS_VAR=var), "7")
    assert SnapshotStore(var).current_number() == 1


# --- help


def test_help_and_version_answer_at_once(kbs: Run) -> None:
    assert kbs("--version").stdout.split()[-1] == __version__
    text = kbs("-h").stdout
    for command in ("check", "build", "serve", "snapshots"):
        assert command in text
        assert kbs(command, "--help").returncode == CLEAN
