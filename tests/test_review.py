"""Confirming texts by a sheet: out, marked, in; on a copy of the real data."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kbs_graph import files, review, review_sheet
from kbs_graph.errors import NotFound, NotRunnable
from kbs_graph.review_sheet import CHANGE, GOOD

ASPECT = "aspect/meldcode"
Mark = Callable[[str], tuple[str, str]]


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """A copy of the folders that people edit."""
    for folder in ("ontology", "shapes", "data"):
        shutil.copytree(root / folder, tmp_path / "root" / folder)
    return tmp_path / "root"


def marked(root: Path, target: Path, mark: Mark, reader: str = "Jo, arts", day: object = date(2026, 11, 30)) -> Path:
    """A sheet of domain veiligheid, marked by `mark(key) -> (verdict, remark)`."""
    review_sheet.write(target, "veiligheid", review.rows(root, "veiligheid"))
    book = load_workbook(target)
    sheet = book.worksheets[0]
    sheet[review_sheet.READER], sheet[review_sheet.DAY] = reader, day
    for row in sheet.iter_rows(min_row=8):
        row[5].value, row[6].value = mark(str(row[0].value))
    book.save(target)
    return target


def good_for_aspect(key: str) -> tuple[str, str]:
    return (GOOD, "") if key.partition(" ")[0].partition("#")[0] == ASPECT else ("", "")


def content(root: Path) -> dict[str, str]:
    return {str(p): p.read_text(encoding="utf-8") for p in sorted((root / "data").rglob("*.ttl"))}


def test_a_sheet_holds_every_text_of_a_domain_in_both_languages(copy: Path) -> None:
    rows = review.rows(copy, "veiligheid")
    assert len(rows) > 300
    assert all(row.dutch and row.english and row.label for row in rows)
    assert {row.kind for row in rows} >= {"definitie", "uitleg", "vraag door", "wat kun je doen", "let op bij"}


def test_an_unknown_domain_is_named_with_those_there_are(copy: Path) -> None:
    with pytest.raises(NotFound, match="veiligheid"):
        review.rows(copy, "veilighied")


def test_a_thing_is_confirmed_when_all_its_texts_are(copy: Path, tmp_path: Path) -> None:
    sheet = review_sheet.read(marked(copy, tmp_path / "s.xlsx", good_for_aspect))
    outcome = review.record(copy, sheet)
    assert (outcome.confirmed, outcome.partly, outcome.findings) == ([ASPECT], [], [])
    folder = files.read(copy)
    assert folder.findings == []
    lines = "\n".join(line for graph in folder.graphs.values() for line in graph.lines)
    iri = f"<https://w3id.org/kennisbouwstenen/id/{ASPECT}>"
    assert f"{iri} <http://www.w3.org/ns/adms#status> <https://w3id.org/kennisbouwstenen/id/status/bevestigd>" in lines
    assert f'{iri} <https://w3id.org/kennisbouwstenen/def#reviewBefore> "2027-11-30"' in lines
    assert '#beoordeling-1> <https://w3id.org/kennisbouwstenen/def#reviewer> "Jo, arts"' in lines


def test_confirming_changes_nothing_but_status_and_date_of_that_thing(copy: Path, tmp_path: Path) -> None:
    before = content(copy)
    review.record(copy, review_sheet.read(marked(copy, tmp_path / "s.xlsx", good_for_aspect)))
    after = content(copy)
    changed = {Path(name).name for name in after if before.get(name) != after[name]}
    assert changed == {"veiligheid.ttl", "reviews.ttl"}
    name = next(n for n in before if n.endswith("aspects/veiligheid.ttl"))
    differ = [(a, b) for a, b in zip(before[name].splitlines(), after[name].splitlines(), strict=True) if a != b]
    assert len(differ) == 2


def test_some_texts_good_confirm_those_parts_and_leave_the_status(copy: Path, tmp_path: Path) -> None:
    def mark(key: str) -> tuple[str, str]:
        if key.startswith(f"{ASPECT}#stap-1 "):
            return CHANGE, "Noem ook de aandachtsfunctionaris."
        return good_for_aspect(key)

    outcome = review.record(copy, review_sheet.read(marked(copy, tmp_path / "s.xlsx", mark)))
    assert (outcome.confirmed, outcome.partly) == ([], [ASPECT])
    assert [row.remark for row in outcome.remarks] == ["Noem ook de aandachtsfunctionaris."]
    text = (copy / "data" / "reviews.ttl").read_text(encoding="utf-8")
    assert f"<{ASPECT}#stap-2>" in text and f"<{ASPECT}#stap-1>" not in text
    assert "bevestigd" not in (copy / "data" / "aspects" / "veiligheid.ttl").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("mark", "reader", "day", "rule"),
    [
        (good_for_aspect, "", date(2026, 11, 30), "review-reader"),
        (good_for_aspect, "Jo", "morgen", "review-day"),
        (lambda key: ("prima", ""), "Jo", date(2026, 11, 30), "review-verdict"),
        (lambda key: (CHANGE, ""), "Jo", date(2026, 11, 30), "review-remark"),
    ],
)
def test_a_fault_in_the_sheet_is_named_and_nothing_is_written(
    copy: Path, tmp_path: Path, mark: Mark, reader: str, day: object, rule: str
) -> None:
    before = content(copy)
    outcome = review.record(copy, review_sheet.read(marked(copy, tmp_path / "s.xlsx", mark, reader, day)))
    assert {f.rule for f in outcome.findings} == {rule}
    assert outcome.confirmed == outcome.partly == outcome.remarks == []
    assert content(copy) == before


def test_a_text_that_changed_since_the_export_is_not_confirmed(copy: Path, tmp_path: Path) -> None:
    sheet = review_sheet.read(marked(copy, tmp_path / "s.xlsx", good_for_aspect))
    path = copy / "data" / "aspects" / "veiligheid.ttl"
    old = next(row.dutch for row in sheet.rows if row.key == f"{ASPECT}#vraag-1 text")
    path.write_text(path.read_text(encoding="utf-8").replace(old, "Iets heel anders?"), encoding="utf-8")
    assert {f.rule for f in review.record(copy, sheet).findings} == {"review-text-changed"}


def test_another_file_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "no.xlsx"
    path.write_bytes(b"no sheet")
    with pytest.raises(NotRunnable, match="not a readable Excel file"):
        review_sheet.read(path)


def test_due_lists_what_must_be_read_again_longest_overdue_first(copy: Path) -> None:
    assert review.due(copy, date(2026, 11, 22)) == []
    found = review.due(copy, date(2028, 1, 1))
    assert len(found) == 143
    assert [item.before for item in found] == sorted(item.before for item in found)


def test_nothing_is_confirmed_while_a_file_cannot_be_read(copy: Path, tmp_path: Path) -> None:
    sheet = review_sheet.read(marked(copy, tmp_path / "s.xlsx", good_for_aspect))
    with (copy / "data" / "aspects" / "veiligheid.ttl").open("a", encoding="utf-8") as file:
        file.write("<broken> .\n")
    before = content(copy)
    with pytest.raises(NotRunnable, match="veiligheid"):
        review.record(copy, sheet)
    assert content(copy) == before
