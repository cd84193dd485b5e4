"""`kbs scan` as people meet it: the report of F1 from any form of file, documents, a template, and clear refusals."""

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner, Result

from kbs_graph.cli import main
from kbs_graph.config import Settings
from kbs_graph.snapshots import Snapshot
from kbs_graph.store import LocalStore
from kbs_graph.teamscan import scanfile, topics
from kbs_graph.teamscan.sheet import as_csv, as_workbook
from webui.app import create_app

Kbs = Callable[..., "subprocess.CompletedProcess[str]"]
Run = Callable[..., Result]
SCAN = {
    "format": "kennisbouwstenen-teamscan",
    "version": 1,
    "name": "Team Noord",
    "size": 6,
    "topics": {
        "aspect/geldzorgen-signaleren": {"need": {"kind": "everyone", "level": 1}, "weight": 3, "counts": [4, 1, 0]},
        "aspect/financieel-misbruik": {"need": {"kind": "some", "level": 2, "number": 2}, "counts": [3, 0, 0]},
    },
}


@pytest.fixture
def run(tiny_snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command over the tiny snapshot, in this process: fast."""
    monkeypatch.setenv("KBS_VAR", str(tiny_snapshot.path.parents[1]))
    return lambda *arguments: CliRunner().invoke(main, ["scan", *map(str, arguments)])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "team.json"
    path.write_text(json.dumps(SCAN), encoding="utf-8")
    return path


def test_the_report_stands_in_the_terminal_the_most_pressing_first(run: Run, file: Path) -> None:
    result = run(file)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[:6] == [
        "Team: Team Noord  Aantal collega's: 6",
        "Open: 2 van 2 onderwerpen.",
        "",
        "Open",
        "  Financieel misbruik: ontbreekt, 0 van 2, hoog",
        "  Geldzorgen signaleren: deels, 4 van 6, midden",
    ]


def test_json_sheet_and_csv_give_the_same_report(run: Run, file: Path, tmp_path: Path, tiny_store: LocalStore) -> None:
    known = topics.read(tiny_store)
    scan = scanfile.loads(file.read_bytes(), known, {}).scan
    (tmp_path / "team.xlsx").write_bytes(as_workbook.make(scan, known, "nl"))
    (tmp_path / "team.csv").write_bytes(as_csv.make(scan, known, "nl"))
    outcomes = {run(tmp_path / name).stdout for name in ("team.json", "team.xlsx", "team.csv")}
    assert len(outcomes) == 1


def test_all_documents_are_written_without_a_server_and_the_scan_can_be_kept_as_a_sheet(
    run: Run, file: Path, tmp_path: Path
) -> None:
    targets = {name: tmp_path / name for name in ("r.docx", "p.xlsx", "d.docx", "s.xlsx")}
    options = ("--report", "--plan", "--delimitation", "--save")
    given = [part for option, path in zip(options, targets.values(), strict=True) for part in (option, path)]
    result = run(file, *given, "--lang", "en")
    assert result.exit_code == 0 and "There is no plan in the file yet." in result.stderr
    assert docx.Document(str(targets["r.docx"])).core_properties.language == "en-GB"
    plan = openpyxl.load_workbook(targets["p.xlsx"]).worksheets[1]
    assert [row[0] for row in plan.iter_rows(values_only=True)][1:] == ["Financial abuse", "Spotting money worries"]
    assert run(targets["s.xlsx"]).stdout == run(file).stdout


def test_wrong_rows_are_told_with_their_file_and_the_exit_code_is_one(
    run: Run, tmp_path: Path, file: Path, tiny_store: LocalStore
) -> None:
    known = topics.read(tiny_store)
    scan = scanfile.loads(file.read_bytes(), known, {}).scan
    book = openpyxl.load_workbook(BytesIO(as_workbook.make(scan, known, "nl")))
    book["Invullen"]["I2"].value = 7
    book.save(tmp_path / "team.xlsx")
    result = run(tmp_path / "team.xlsx")
    assert result.exit_code == 1
    assert result.stderr == "team.xlsx: Rij 2: 7 collega's kan niet, het team telt er 6.\n"
    assert "Financieel misbruik: ontbreekt" in result.stdout


def test_an_empty_sheet_is_made_for_areas_and_only_the_general(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "leeg.xlsx"
    assert run("--template", target, "--domain", "inkomen", "--general").exit_code == 0
    rows = list(openpyxl.load_workbook(target)["Invullen"].iter_rows(min_row=2, values_only=True))
    assert [row[2] for row in rows if row[2]] == ["Geldzorgen signaleren"]


def test_teams_side_by_side_and_two_moments(run: Run, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "zuid.json"
    later = json.dumps({**SCAN, "name": "Team Zuid"}).replace("[3, 0, 0]", "[3, 2, 0]")
    other.write_text(later, encoding="utf-8")
    region = run(file, other, "--region", "--report", tmp_path / "regio.docx")
    assert region.exit_code == 0 and "Teams: Team Noord, Team Zuid" in region.stdout
    assert "Geldzorgen signaleren: 2 van 2 teams" in region.stdout
    assert (tmp_path / "regio.docx").read_bytes().startswith(b"PK")
    assert run(file, file, "--region", "--plan", tmp_path / "plan.csv").exit_code == 0
    plan = (tmp_path / "plan.csv").read_text(encoding="utf-8")
    assert "Financieel misbruik" in plan and "training" in plan
    compared = run(file, other, "--compare")
    assert "Beter (1)\n  Financieel misbruik: ontbreekt → op orde" in compared.stdout


def test_what_it_cannot_do_it_says_with_what_to_do(run: Run, file: Path, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.4")
    for arguments, words in (
        ((tmp_path / "x.pdf",), ("x.pdf: Dit is een PDF.", "This is a PDF.")),
        ((tmp_path / "weg.json",), ("weg.json", "could not be done")),
        ((file, "--report", tmp_path / "r.odt"), ("Kies uit: docx, xlsx, csv, json.", "Choose: docx")),
        ((file, file), ("twee of meer met --region", "two or more with --region")),
        ((), ("Geef één bestand.", "Give one file.")),
        ((file, file, "--region", "--save", tmp_path / "s.json"), ("alleen --report en --plan", "only --report and")),
        (("--template", tmp_path / "t.xlsx", "--domain", "nee"), ("Kies uit: inkomen, veiligheid.", "Choose")),
    ):
        result = run(*arguments)
        assert result.exit_code == 2 and "Traceback" not in result.output
        assert all(word in result.stderr for word in words), result.stderr


def test_without_a_snapshot_it_says_to_build_one(kbs: Kbs, tmp_path: Path) -> None:
    result = kbs("scan", tmp_path / "team.json", KBS_VAR=tmp_path / "leeg")
    assert result.returncode == 2 and "kbs build" in result.stderr and "Traceback" not in result.stderr


@pytest.mark.slow
def test_f1_by_file_by_sheet_by_command_and_by_form_is_the_same_report(
    real_snapshot: Snapshot, real_store: LocalStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    var = real_snapshot.path.parents[1]
    monkeypatch.setenv("KBS_VAR", str(var))
    known = topics.read(real_store)
    f1 = replace(scanfile.loads(scanfile.example(), known, topics.retired(real_store)).scan, day="2026-11-22")
    bodies = {
        "json": scanfile.dumps(f1).encode(),
        "xlsx": as_workbook.make(f1, known, "nl"),
        "csv": as_csv.make(f1, known, "en"),
    }
    reports = []
    for ending, body in bodies.items():
        (tmp_path / f"f1.{ending}").write_bytes(body)
        target = tmp_path / f"{ending}.json"
        result = CliRunner().invoke(main, ["scan", str(tmp_path / f"f1.{ending}"), "--report", str(target)])
        assert result.exit_code == 0, result.output
        reports.append(json.loads(target.read_bytes()))
    client = create_app(Settings(var=var)).test_client()
    form = {"stand": scanfile.dumps(f1), "wat": "rapport"}
    reports.append(json.loads(client.post("/nl/teamscan/bestand.json", data=form).data))
    assert all(report == reports[0] for report in reports)
    found = [(row["Uitkomst"], row["Aantal nu"], row["Voorrang"]) for row in reports[0]["tables"][0]["rows"]]
    assert found == [
        ("ontbreekt", 0, "hoog"),
        ("kwetsbaar", 1, "midden"),
        ("deels", 4, "midden"),
        ("op orde", 3, ""),
        ("contact ontbreekt", "", ""),
    ]
