"""The program in the sandbox: any file becomes a scan, a scan becomes any file, and nothing is left anywhere."""

import json
import resource
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kbs_graph.errors import BadRequest
from kbs_graph.sandbox import Limits, Sandbox
from kbs_graph.snapshots import Snapshot
from kbs_graph.store import LocalStore
from kbs_graph.teamscan import jobs, scanfile, topics
from kbs_graph.teamscan.documents.kinds import ENDINGS, Subject
from kbs_graph.teamscan.model import Line, Need, NeedKind, Scan
from kbs_graph.teamscan.sheet import as_csv, as_workbook

Ask = Callable[..., bytes]
MARK = "merkteken-dat-nergens-blijft"
SIGNS = {"docx": b"PK", "xlsx": b"PK", "json": b"{", "ics": b"BEGIN:VCALENDAR", "csv": b""}


def computed() -> float:
    """The seconds that jobs that have ended computed."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.fixture
def ask(tiny_snapshot: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Run a job in the sandbox, with an empty folder for temporary files and memory as the site allows."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))

    def run(do: str, body: bytes = b"", **more: Any) -> bytes:
        arguments = {"do": do, "snapshot": str(tiny_snapshot.path), **more}
        return Sandbox(Limits(seconds=300, memory_mb=200)).run("kbs_graph.teamscan.jobs", arguments, body)

    return run


@pytest.fixture
def scan(tiny_store: LocalStore) -> Scan:
    keys = [topic.key for topic in topics.read(tiny_store)]
    lines = {key: Line(Need(NeedKind.SOME), counts=(2, 1, 0), note=MARK) for key in keys}
    return Scan(name=MARK, size=4, day="2027-03-31", lines=lines)


def test_the_same_scan_as_json_sheet_and_csv_is_read_alike_by_its_bytes(
    ask: Ask, scan: Scan, tiny_store: LocalStore
) -> None:
    known = topics.read(tiny_store)
    bodies = (
        scanfile.dumps(scan).encode(),
        as_workbook.make(scan, known, "nl"),
        as_csv.make(scan, known, "en"),
    )
    sizes = [len(body) for body in bodies]
    answers = json.loads(ask("read-all", b"".join(bodies), sizes=sizes))
    found = [scanfile.loads(json.dumps(answer["scan"]), known, {}).scan for answer in answers]
    assert found == [scan, scan, scan]
    assert all(answer["notes"] == answer["problems"] == [] for answer in answers)


def test_problems_and_refusals_come_back_in_both_languages(ask: Ask, scan: Scan, tiny_store: LocalStore) -> None:
    wrong = scanfile.dumps(scan).replace("[2, 1, 0]", "[9, 1, 0]").encode()
    answer = json.loads(ask("read", wrong))
    nl, en = answer["problems"][0]
    assert nl.endswith(": 9 collega's kan niet, het team telt er 4.") and not nl.startswith(":")
    assert en.endswith(": 9 colleagues is not possible, the team has 4.")
    with pytest.raises(BadRequest, match="This is a PDF"):
        ask("read", b"%PDF-1.4")


@pytest.mark.slow
def test_every_file_is_made_within_the_limits_and_nothing_stays(
    ask: Ask, scan: Scan, tmp_path: Path, slower: float
) -> None:
    """The limit on time in seconds that a job computes, whatever else the machine does."""
    one = scanfile.dumps(scan)
    for subject, endings in ENDINGS.items():
        for ending in endings:
            body = f"[{one}, {one}]" if subject is Subject.REGION else one
            before = computed()
            made = ask("make", body.encode(), subject=subject, ending=ending, language="nl", base="https://kbs.example")
            assert computed() - before < Limits().seconds * slower
            assert made.startswith(SIGNS[ending]) and len(made) > 100, (subject, ending)
    assert ask("template", language="en", domains=["inkomen"]).startswith(b"PK")
    assert not list((tmp_path / "tmp").rglob("*"))


def test_a_form_that_a_document_cannot_have_is_refused(ask: Ask, scan: Scan) -> None:
    with pytest.raises(BadRequest, match="Choose: docx, xlsx, csv, json"):
        ask("make", scanfile.dumps(scan).encode(), subject="rapport", ending="ics", language="nl")


def test_what_a_job_needs_of_the_graph_is_read_before_its_limits(tiny_snapshot: Snapshot) -> None:
    prepared = jobs.prepare({"snapshot": str(tiny_snapshot.path)})
    assert prepared.topics and isinstance(prepared.retired, dict)
