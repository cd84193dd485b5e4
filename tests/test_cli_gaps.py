"""`kbs gaps` as people meet it: what is missing, narrowed down, as a sheet, and clear refusals."""

import csv
import subprocess
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from kbs_graph.snapshots import Snapshot

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(kbs: Run, tiny_snapshot: Snapshot) -> Run:
    """The command over the tiny snapshot."""
    return lambda *arguments: kbs("gaps", *arguments, KBS_VAR=tiny_snapshot.path.parents[1])


def test_it_lists_every_kind_with_its_number_what_to_do_and_each_gap(run: Run) -> None:
    result = run()
    assert result.returncode == 0 and result.stderr == ""
    assert "Gebieden zonder aandachtspunt bij een doelgroep: 3 van 4  [gebied-zonder-aandachtspunt]" in result.stdout
    assert "  → Ken je er een? Geef het door.\n" in result.stdout
    assert "  aspect/geldzorgen-signaleren  Geldzorgen signaleren (Ouderen)\n" in result.stdout
    assert "Kennis met minder dan twee bronnen: 0 van 2  [kennis-met-weinig-bronnen]" in result.stdout
    assert result.stdout.splitlines()[-1].startswith("In totaal: ")


def test_it_is_narrowed_down_by_area_and_kind_and_speaks_english(run: Run) -> None:
    result = run(
        "--lang", "en", "--domain", "veiligheid", "--kind", "kennis-zonder-jaar", "--kind", "bron-zonder-adres"
    )
    assert result.returncode == 0
    assert result.stdout.splitlines() == [
        "Knowledge of which no source has a known year: 1  [kennis-zonder-jaar]",
        "  → The editors look for this. Do you know? Tell us.",
        "  aspect/financieel-misbruik  Financial abuse (sources: 2)",
        "Sources of which we do not know: their address at the publisher: 0  [bron-zonder-adres]",
        "In all: 1",
    ]


def test_the_same_as_a_sheet(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "gaps.csv"
    result = run("--csv", target, "--kind", "kennis-zonder-aandachtspunt")
    assert (result.returncode, result.stdout) == (0, f"{target}: 2\n")
    heading, *lines = csv.reader(StringIO(target.read_text(encoding="utf-8")))
    assert heading[:3] == ["wat mist er", "adres", "naam"]
    assert [line[1].rsplit("/", 1)[1] for line in lines] == ["geldzorgen-signaleren", "financieel-misbruik"]


def test_what_it_does_not_know_it_refuses_with_what_there_is(run: Run, tmp_path: Path) -> None:
    for arguments, words in (
        (
            ("--domain", "nee"),
            ("Er is geen domein 'nee'. Kies uit: inkomen, veiligheid.", "Choose: inkomen, veiligheid."),
        ),
        (("--kind", "nee"), ("'nee'", "kennis-zonder-jaar")),
        (("--csv", tmp_path / "nergens" / "x.csv"), ("Dat ging niet", "That could not be done")),
    ):
        result = run(*arguments)
        assert result.returncode == 2 and result.stdout == "" and "Traceback" not in result.stderr
        for word in words:
            assert word in result.stderr


def test_without_a_snapshot_it_says_so(kbs: Run, tmp_path: Path) -> None:
    result = kbs("gaps", KBS_VAR=tmp_path / "leeg")
    assert result.returncode == 2 and "kbs build" in result.stderr and "Traceback" not in result.stderr
