"""The editors' word list: read with clear errors, tried on the search, and reported with a bar of 95 %."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kbs_graph import files
from kbs_graph.errors import NotRunnable
from kbs_graph.search import expectations
from kbs_graph.search.label_index import Index
from kbs_graph.snapshots import Snapshot
from kbs_graph.terms import ID

Run = Callable[..., "subprocess.CompletedProcess[str]"]
HEAD = "query,category,wanted\n"
GOOD = "query,category,wanted\nblut,everyday,aspect/geldzorgen-signaleren\n"


def read(tmp_path: Path, text: str | bytes, index: Index) -> list[expectations.Query]:
    path = tmp_path / "words.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return expectations.read(path, (iri.removeprefix(ID) for iri in index.iris()))


@pytest.fixture(scope="module")
def index(tiny_snapshot: Snapshot) -> Index:
    return Index(tiny_snapshot.search)


def test_a_row_is_a_query_with_what_is_wanted_in_one_cell_or_more(tmp_path: Path, index: Index) -> None:
    wanted = "aspect/geldzorgen-signaleren domein/inkomen,bron/geldzorgen-herkennen"
    text = f"\ufeffQuery,Category,Wanted,wanted 2\n blut ,everyday,{wanted}\n\n"
    (query,) = read(tmp_path, text, index)
    assert (query.line, query.text, query.category) == (2, "blut", "everyday")
    assert query.wanted == ("aspect/geldzorgen-signaleren", "domein/inkomen", "bron/geldzorgen-herkennen")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "row 1 must begin with the columns query, category, wanted"),
        ("vraag,soort,gezocht\n", "row 1 must begin with"),
        ("query,category,wanted\n", "it holds no query"),
        (GOOD + "x,typo,aspect/none\n", "row 3, column wanted: there is no aspect/none"),
        (GOOD + "x,,domein/inkomen\n", "row 3, column category: empty"),
        (GOOD + "x,typo\n", "row 3, column wanted: empty"),
        (GOOD + ",typo,domein/inkomen\n", "row 3, column query: empty"),
        (GOOD + "Blut,everyday,domein/inkomen\n", "row 3: stands in row 2 too"),
        (b"query,category,wanted\n\xff", "cannot be read"),
    ],
)
def test_a_fault_in_the_list_is_named_with_its_row_and_column(
    tmp_path: Path, index: Index, text: str | bytes, told: str
) -> None:
    with pytest.raises(NotRunnable) as caught:
        read(tmp_path, text, index)
    assert told in caught.value.words.en
    assert caught.value.words.nl != caught.value.words.en


def test_all_faults_are_told_at_once(tmp_path: Path, index: Index) -> None:
    with pytest.raises(NotRunnable) as caught:
        read(tmp_path, GOOD + "x,,aspect/none\ny,typo,aspect/nobody\n", index)
    assert len(caught.value.words.en.splitlines()) == 3


def test_a_query_passes_when_one_wanted_thing_is_in_the_top_three(tmp_path: Path, index: Index) -> None:
    rows = (
        "blut,everyday,domein/veiligheid aspect/geldzorgen-signaleren\n"
        "qwxyz,typo,domein/inkomen\n"
        "spotting,english,aspect/geldzorgen-signaleren\n"
    )
    checked = expectations.run(index, read(tmp_path, HEAD + rows, index))
    assert [outcome.passed for outcome in checked.outcomes] == [True, False, True]
    assert checked.by_category() == {"everyday": (1, 1), "typo": (0, 1), "english": (1, 1)}
    assert (round(checked.share, 3), checked.ok) == (0.667, False)
    assert all(len(outcome.found) <= 3 and outcome.milliseconds > 0 for outcome in checked.outcomes)
    middle, slowest = checked.times()
    assert 0 < middle <= slowest


def test_the_command_reports_and_exits_by_the_bar(tiny_root: Path, kbs: Run) -> None:
    path = tiny_root / files.SEARCH_WORDS
    path.write_text(GOOD + "spotting,english,aspect/geldzorgen-signaleren\n", encoding="utf-8")
    done = kbs("search-check", "--root", tiny_root, "--fresh", "--lang", "en", "--verbose")
    assert done.returncode == 0, done.stderr
    assert "100.0% of 2 queries find what is wanted in the first 3" in done.stdout
    assert "good     2 blut [everyday] → aspect/geldzorgen-signaleren" in done.stdout
    path.write_text(GOOD + "qwxyz,typo,domein/inkomen\n", encoding="utf-8")
    done = kbs("search-check", "--root", tiny_root, "--fresh")
    assert done.returncode == 1
    assert "fout     3 qwxyz [typo] → - (gezocht: domein/inkomen)" in done.stdout
    assert "everyday            1/1" in done.stdout


def test_without_a_snapshot_or_a_list_the_command_says_what_to_do(tiny_root: Path, kbs: Run) -> None:
    done = kbs("search-check", "--root", tiny_root)
    assert (done.returncode, "kbs build" in done.stderr) == (2, True)
    done = kbs("search-check", "--root", tiny_root, "--fresh")
    assert (done.returncode, "search-words.csv" in done.stderr) == (2, True)


def test_the_list_is_no_stray_file_among_the_data(tiny_root: Path) -> None:
    (tiny_root / files.SEARCH_WORDS).write_text(GOOD, encoding="utf-8")
    (tiny_root / "data" / "others.csv").write_text(GOOD, encoding="utf-8")
    assert [finding.file for finding in files.read(tiny_root).findings] == ["data/others.csv"]
