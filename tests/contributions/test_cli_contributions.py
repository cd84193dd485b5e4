"""The commands of an operator: handing in, what the journal keeps, and tokens; in this process, over a graph in use."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kbs_graph.cli import main
from kbs_graph.config import Settings
from kbs_graph.contributions import journal, tokens
from kbs_graph.contributions.intake import job
from kbs_graph.sandbox import Sandbox

HEAD = """@base <https://w3id.org/kennisbouwstenen/id/> .
@prefix k: <https://w3id.org/kennisbouwstenen/def#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
"""
Kbs = Callable[..., Result]


def source(number: int, kind: str = "handreiking") -> str:
    return f"""[] a k:KnowledgeSource ; dct:title "Bron {number}"@nl ; foaf:page <https://www.nibud.nl/{number}> ;
  dct:type <bronsoort/{kind}> ; dct:language "nl" ; dct:subject <aspect/geldzorgen-signaleren> .
"""


@pytest.fixture
def kbs(place: Settings, monkeypatch: pytest.MonkeyPatch) -> Kbs:
    """The command line over `place`; the door works in this process (tests/webui/test_web_graphs_bombs.py tries it)."""

    def run(self: Sandbox, module: str, arguments: Any, body: bytes = b"") -> bytes:
        return job.job(job.prepare(arguments), body)

    monkeypatch.setattr(Sandbox, "run", run)
    given = {"KBS_ROOT": str(place.root), "KBS_VAR": str(place.var), "KBS_QUIET_SECONDS": "0"}

    def command(*arguments: object) -> Result:
        return CliRunner(env=given).invoke(main, [str(argument) for argument in arguments])

    return command


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    def write(*sources: str, name: str = "bronnen.ttl") -> Path:
        target = tmp_path / name
        target.write_text(HEAD + "".join(sources), encoding="utf-8")
        return target

    return write


def test_a_file_is_handed_in_looked_back_at_and_taken_back(kbs: Kbs, file: Callable[..., Path]) -> None:
    first = kbs("contribute", file(source(1)), "--org", "nibud")
    assert first.exit_code == 0 and "Versie 1" in first.stdout and "bronnen 1" in first.stdout
    assert "Vastleggen in het journaal" in first.stderr
    added = kbs("contribute", file(source(2)), "--org", "nibud", "--add", "--lang", "en")
    assert added.exit_code == 0 and "sources 2" in added.stdout
    replaced = kbs("contribute", file(source(3)), "--org", "nibud")
    assert replaced.exit_code == 0 and "Versie 3" in replaced.stdout
    assert "bron/nibud-bron-3" in kbs("contributions", "show", "nibud").stdout
    assert "bron/nibud-bron-1" in kbs("contributions", "show", "nibud", "--version", "1").stdout
    changed = kbs("contributions", "diff", "nibud", "1", "2").stdout.splitlines()
    assert len(changed) == 6 and all(line.startswith("+ ") and "nibud-bron-2" in line for line in changed)
    back = kbs("contributions", "rollback", "nibud", "2")
    assert back.exit_code == 0 and "Versie 4" in back.stdout
    assert kbs("contributions", "diff", "nibud", "2").stdout == ""
    assert len(kbs("contributions", "list", "--org", "nibud").stdout.splitlines()) == 4
    assert kbs("contributions", "list").stdout.split()[:2] == ["nibud", "4"]


def test_a_check_changes_nothing_and_what_is_wrong_is_told_with_its_line(
    kbs: Kbs, file: Callable[..., Path], place: Settings
) -> None:
    assert kbs("contribute", file(source(1)), "--org", "nibud", "--check").exit_code == 0
    path = file(source(1), source(2, "nee"))
    refused = kbs("contribute", path, "--org", "nibud")
    assert refused.exit_code == 1 and f"{path}:7: FOUT [dangling-link]" in refused.stdout
    assert journal.organisations(place.var) == ()
    partly = kbs("contribute", path, "--org", "nibud", "--partial", "--lang", "en")
    assert partly.exit_code == 0 and "Left out:" in partly.stdout and "sources 1" in partly.stdout


def test_what_cannot_be_done_is_one_line_in_both_languages(kbs: Kbs, file: Callable[..., Path]) -> None:
    for arguments in (
        ("contribute", file(name="lijst.doc"), "--org", "nibud"),
        ("contribute", file(source(1)), "--org", "nee"),
        ("contributions", "show", "nibud"),
        ("contributions", "rollback", "nibud", "3"),
        ("token", "issue", "--org", "nee"),
        ("token", "issue", "--org", "redactie"),
        ("token", "revoke", "000000000000"),
    ):
        result = kbs(*arguments)
        told = [line for line in result.stderr.splitlines() if not line.endswith("…")]
        assert result.exit_code == 2 and len(told) == 2, arguments
    assert kbs("contributions", "list").stdout.strip() == "Er is nog niets aangeleverd."


def test_a_token_is_shown_once_listed_and_revoked(kbs: Kbs, place: Settings) -> None:
    issued = kbs("token", "issue", "--org", "nibud", "--days", "30", "--name", "website")
    text = issued.stdout.strip()
    token = tokens.check(place.var, f"Bearer {text}", "nibud", "write")
    listed = kbs("token", "list")
    assert text not in listed.output and text.split("_", 2)[2] not in listed.output
    assert listed.stdout.split() == [token.id, "nibud", "write", token.expires[:10], "geldig", "website"]
    assert kbs("token", "list", "--org", "vng").stdout.strip() == "Er zijn geen tokens."
    assert kbs("token", "revoke", token.id).exit_code == 0
    assert "ingetrokken" in kbs("token", "list").stdout
