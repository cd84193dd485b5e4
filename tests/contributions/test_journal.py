"""The journal keeps every version as it was, and knows a damaged one."""

from pathlib import Path

import pytest

from kbs_graph.contributions import journal
from kbs_graph.errors import NotFound, NotRunnable
from tests.contributions.sources import contribution, many

FIRST, SECOND = contribution("nibud", many("nibud", 2)), contribution("nibud", many("nibud", 3, "Anders"))


def written(var: Path) -> None:
    for number, each in enumerate((FIRST, SECOND)):
        journal.write(var, each, "put", f"token {number}", {"sources": 2 + number}, "opmerking")


def test_every_version_can_be_read_back_and_compared(tmp_path: Path) -> None:
    written(tmp_path)
    assert journal.organisations(tmp_path) == ("nibud",)
    first, second = journal.versions(tmp_path, "nibud")
    assert (first.number, first.by, first.how, first.note) == (1, "token 0", "put", "opmerking")
    assert first.when.endswith("+00:00")
    assert journal.latest(tmp_path, "nibud") == second == journal.version(tmp_path, "nibud", 2)
    assert [journal.read(tmp_path, "nibud", n) for n in (1, 2)] == [FIRST, SECOND]
    found = journal.diff(FIRST, SECOND)
    assert set(found.added) == SECOND.lines - FIRST.lines
    assert set(found.removed) == FIRST.lines - SECOND.lines


def test_nothing_contributed_is_no_error(tmp_path: Path) -> None:
    assert journal.organisations(tmp_path) == ()
    assert journal.versions(tmp_path, "nibud") == ()
    assert journal.latest(tmp_path, "nibud") is None
    assert journal.current(tmp_path, "nibud").lines == frozenset()


@pytest.mark.parametrize("slug", ["../tokens", "", "A", "a/b", "."])
def test_a_name_that_is_no_slug_leads_nowhere(tmp_path: Path, slug: str) -> None:
    with pytest.raises(NotFound):
        journal.versions(tmp_path, slug)


@pytest.mark.parametrize(("name", "content"), [("1.nt", "kapot"), ("1.json", "{"), ("1.json", "[]"), ("1.json", "{}")])
def test_a_damaged_version_is_named(tmp_path: Path, name: str, content: str) -> None:
    written(tmp_path)
    (tmp_path / "contributions" / "nibud" / name).write_text(content, encoding="utf-8")
    with pytest.raises(NotRunnable, match=name):
        journal.read(tmp_path, "nibud", 1)
    assert journal.read(tmp_path, "nibud", 2) == SECOND


def test_what_is_taken_back_leaves_its_number_free(tmp_path: Path) -> None:
    written(tmp_path)
    journal.withdraw(tmp_path, journal.version(tmp_path, "nibud", 2))
    assert [version.number for version in journal.versions(tmp_path, "nibud")] == [1]
    assert journal.write(tmp_path, SECOND, "put", "cli", {}).number == 2


def test_a_half_written_version_does_not_count(tmp_path: Path) -> None:
    written(tmp_path)
    (tmp_path / "contributions" / "nibud" / "3.nt").write_text("half", encoding="utf-8")
    assert len(journal.versions(tmp_path, "nibud")) == 2
    journal.write(tmp_path, FIRST, "rollback", "cli", {})
    assert journal.read(tmp_path, "nibud", 3) == FIRST
