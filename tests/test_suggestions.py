"""The editors' inbox: what is refused and what is not, numbers, one file a suggestion, handling, and the commands."""

import csv
import json
import multiprocessing
import re
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kbs_graph import form_ids, personal_data, suggestions
from kbs_graph.errors import NotFound, NotRunnable, Unavailable
from kbs_graph.suggestions import Draft

NOW = datetime(2025, 6, 1, 12, 0, tzinfo=UTC)
DRAFT = Draft("fout", "/nl/aspect/schulden", "Het bedrag klopt niet: het is € 1.250.", "nl")
SECRET = b"s" * 32

REFUSED = {
    personal_data.BSN: [
        "111222333", "1112.22.333", "111 222 333", "111-222-333", "BSN:111222333.", "bsn=111222333", "123456782",
        "1234 56 782", "zie 2023 123456782 ja", "2023 111 222 333", "111.222.333", "111–222–333",
        "111\u00a0222\u00a0333", "11\u200b1222333", "１１１２２２３３３", "١١١٢٢٢٣٣٣", "https://voorbeeld.nl/?q=111222333",
    ],
    personal_data.MAIL: [
        "jan@voorbeeld.nl", "mail jan.de-boer+x@post.voorbeeld.co.uk.", "jan(at)voorbeeld.nl", "jan @ voorbeeld.nl",
        "jan＠voorbeeld.nl", "mailto:jan@x.nl", "<jan@x.nl>", "jan [at] x.nl",
    ],
    personal_data.PHONE: [
        "0612345678", "06-12345678", "06 12 34 56 78", "06 - 12 34 56 78", "(030) 286 00 00", "030-2860000",
        "0343-123456", "+31612345678", "+31 (0)6 12345678", "0031 6 12345678", "+32 470 12 34 56", "+49 30 901820",
        "tel.0612345678", "tel:06.12.34.56.78", "088-1234567", "bel in 2023 06-12345678", "+44 20 7946 0958",
        "0 6 1 2 3 4 5 6 7 8", "(06) 12345678", "00 32 470 12 34 56",
    ],
}  # fmt: skip
LET_THROUGH = [
    "in 2019, 2020 en 2021", "2019 2020 2021 2022", "3511 AB Utrecht", "1234AB", "€ 123.456.782", "€ 1.234,56",
    "123.456.782 euro", "100.000.000", "+ 12.000.000 inwoners", "1,5 miljoen", "artikel 1.1", "artikel 7:658 BW",
    "art. 2.3.5 lid 3", "112", "bel 113 of 0800-0113", "0800 0113", "0900-8844", "0900-1234567", "0800 1234567",
    "14 030", "116 111", "01-02-2023 09:30", "2023-01-02 10:30", "BWBR0034925", "suggestie 4821-9036",
    "ECLI:NL:HR:2013:BZ8360", "Stb. 2014, 442", "ISBN 978-90-1234-567-8", "ISBN 0-19-853453-1", "123456789",
    "https://voorbeeld.nl/doc/123456782", "https://voorbeeld.nl/2021/06/12/0612345678", "https://medium.com/@jan/x",
    "@gemeente", "2021-2022, 35 925", "KvK 41215374", "2 + 3", "65+ 70+", "24/7", "tussen 18 en 23 jaar",
]  # fmt: skip


@pytest.fixture
def var(tmp_path: Path) -> Path:
    return tmp_path


def form(now: float = 1.0) -> str:
    return form_ids.issue(SECRET, now)


def keep(var: Path, text: str = DRAFT.text) -> suggestions.Suggestion:
    return suggestions.submit(var, SECRET, form(), Draft("mist", "", text, "nl"), NOW)


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in REFUSED.items() for text in texts])
def test_data_of_people_is_found_and_named_for_what_it_is(kind: str, text: str) -> None:
    assert personal_data.find(text) == {kind}
    assert len(suggestions.text_faults(f"Kijk: {text}")) == 1


@pytest.mark.parametrize("text", LET_THROUGH)
def test_what_anybody_may_write_is_let_through(text: str) -> None:
    assert personal_data.find(text) == frozenset()


@pytest.mark.parametrize("text", ["a" * 2000, "1 " * 1000, "12 " * 666, "0 " * 1000, "06-" * 660, "a@" * 1000])
def test_no_text_keeps_the_search_busy(text: str) -> None:
    began = time.process_time()
    personal_data.find(text)
    assert time.process_time() - began < 0.5


def test_every_fault_names_its_field_in_both_languages() -> None:
    draft = Draft("anders", "/nl/zoeken?q=jan%40voorbeeld.nl", "Bel 06-12345678, BSN 111222333", "nl")
    found = suggestions.faults(draft)
    assert [fault.field for fault in found] == ["kind", "page", "text", "text"]
    assert all(fault.words.nl and fault.words.en and fault.words.nl != fault.words.en for fault in found)
    assert suggestions.faults(DRAFT) == ()


@pytest.mark.parametrize(("text", "wrong"), [("", True), ("x", False), ("x" * 2000, False), ("x" * 2001, True)])
def test_a_text_is_there_and_not_too_long(text: str, wrong: bool) -> None:
    assert bool(suggestions.text_faults(text)) is wrong


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" a\r\nb\rc ", "a\nb\nc"), ("a\x00\x1b[31mb\x7f", "a[31mb"), ("a\u202eb\u2066c", "abc"), ("a\tb", "a b"),
        ("a\n\n\n\n\nb", "a\n\nb"), ("\u200b \n ", ""), ("\ud800x", "x"), ("👩\u200d👧 مرحبا", "👩\u200d👧 مرحبا"),
        ("e\u0301", "é"), ("<script>", "<script>"),
    ],
)  # fmt: skip
def test_what_cannot_be_seen_is_taken_out_of_a_text(typed: str, kept: str) -> None:
    assert suggestions.cleaned(typed) == kept


def test_a_suggestion_is_one_whole_file_and_found_by_its_number_however_written(var: Path) -> None:
    made = suggestions.submit(var, SECRET, form(), DRAFT, NOW)
    assert re.fullmatch(r"\d{4}-\d{4}", made.shown)
    assert [path.name for path in (var / "suggestions").iterdir()] == [f"{made.number}.json"]
    document = json.loads((var / "suggestions" / f"{made.number}.json").read_text(encoding="utf-8"))
    assert (document["schema"], document["text"], document["state"]) == (1, DRAFT.text, "ontvangen")
    assert (document["received"], document["page"]) == ("2025-06-01T12:00:00Z", DRAFT.page)
    for written in (made.number, made.shown, f" {made.number[:4]} {made.number[4:]} "):
        assert suggestions.find(var, written) == made


@pytest.mark.parametrize("number", ["", "0000-0000", "1", "../../etc", "4821-90361", "abcd-efgh", "٤٨٢١٩٠٣٦"])
def test_an_unknown_number_says_what_a_number_looks_like(var: Path, number: str) -> None:
    keep(var)
    with pytest.raises(NotFound, match="4821-9036"):
        suggestions.find(var, number)


def test_numbers_do_not_follow_each_other_and_differ(var: Path) -> None:
    numbers = [int(keep(var, f"tekst {n}").number) for n in range(50)]
    assert len(set(numbers)) == 50
    assert sorted(numbers) != numbers
    assert max(numbers) - min(numbers) > 10**7


def test_the_same_form_twice_is_one_suggestion_and_the_first_one_stands(var: Path) -> None:
    one = form()
    first = suggestions.submit(var, SECRET, one, DRAFT, NOW)
    other = Draft("mist", "", "Iets heel anders.", "nl")
    assert suggestions.submit(var, SECRET, one, other, NOW) == first == suggestions.sent(var, SECRET, one)
    assert first.says(DRAFT) and not first.says(other)
    assert len(suggestions.every(var)) == 1
    assert suggestions.sent(var, SECRET, form()) is None


def test_a_number_that_is_taken_is_not_given_to_another_form(var: Path) -> None:
    one, other = form(), form()
    first = suggestions.submit(var, SECRET, one, DRAFT, NOW)
    taken = f"{form_ids.draw(SECRET, other, 0, 10**8):08}"
    document = json.loads((var / "suggestions" / f"{first.number}.json").read_text()) | {"number": taken}
    (var / "suggestions" / f"{taken}.json").write_text(json.dumps(document))
    assert suggestions.submit(var, SECRET, other, DRAFT, NOW).number not in (taken, first.number)


def _post(task: tuple[Path, str]) -> str:
    return suggestions.submit(task[0], SECRET, task[1], DRAFT, NOW).number


def test_the_same_form_from_several_processes_at_once_is_one_file(var: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        numbers = pool.map(_post, [(var, form_id) for form_id in (form(), form()) for _ in range(20)], chunksize=1)
    assert len(set(numbers)) == 2
    assert len(list((var / "suggestions").iterdir())) == 2


def test_a_missing_folder_is_told_and_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="keep your suggestion"):
        suggestions.submit(tmp_path / "none", SECRET, form(), DRAFT, NOW)
    assert list(tmp_path.iterdir()) == []


def test_when_nothing_more_can_be_written_it_is_told_and_no_half_file_is_left(var: Path) -> None:
    """In a child whose files may not grow beyond 100 bytes."""
    program = (
        "import resource, signal, sys; from datetime import UTC, datetime; from pathlib import Path; "
        "from kbs_graph import suggestions; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)); "
        "suggestions.submit(Path(sys.argv[1]), b's' * 32, 'f', suggestions.Draft('fout', '', 'x' * 500, 'nl'), "
        "datetime.now(UTC))"
    )
    done = subprocess.run([sys.executable, "-c", program, str(var)], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Unavailable: We cannot keep your suggestion right now" in done.stderr
    assert "File too large" in done.stderr
    assert list((var / "suggestions").iterdir()) == []


def test_a_form_has_an_age_and_only_ours_count() -> None:
    one = form_ids.issue(SECRET, 1000.0)
    found = form_ids.read(SECRET, one, 1004.5)
    assert found and found.age == 4.5
    assert form_ids.read(b"t" * 32, one, 1004.5) is None
    assert form_ids.read(SECRET, one, 1000.0 + form_ids.LIFE + 1) is None
    assert form_ids.read(SECRET, one, 900.0) is None
    for broken in ("", "x", one[:-1], "1" + one, one + "0", one.upper()):
        assert form_ids.read(SECRET, broken, 1004.5) is None


def test_the_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "key"
    assert form_ids.key(path) == form_ids.key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in tmp_path.iterdir()] == ["key"]
    assert form_ids.key(tmp_path / "other") != form_ids.key(path)
    path.write_bytes(b"short")
    with pytest.raises(OSError, match="not a key"):
        form_ids.key(path)


def test_an_editor_gives_a_suggestion_a_state_and_an_answer(var: Path) -> None:
    made = keep(var)
    later = datetime(2025, 6, 2, tzinfo=UTC)
    done = suggestions.handle(var, made.shown, "gedaan", {"nl": "Hersteld.", "en": "Mended."}, later)
    assert suggestions.find(var, made.number) == done
    assert (done.state, done.changed, done.answer["en"]) == ("gedaan", "2025-06-02T00:00:00Z", "Mended.")
    assert (done.received, done.text, done.form) == (made.received, made.text, made.form)
    assert suggestions.every(var, "ontvangen") == []
    again = suggestions.handle(var, made.shown, "in-behandeling", {}, later)
    assert again.answer == done.answer


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"nl": "Ja."}, "in Dutch and in English"),
        ({"nl": "Bel 06-12345678", "en": "Call"}, "phone number"),
        ({"nl": "", "en": "Yes"}, "Write down"),
    ],
)
def test_an_answer_is_for_everyone_to_read_so_it_is_checked(var: Path, answer: dict[str, str], said: str) -> None:
    made = keep(var)
    with pytest.raises(NotRunnable, match=said):
        suggestions.handle(var, made.number, "gedaan", answer, NOW)
    assert suggestions.find(var, made.number) == made


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"schema": 2}', "\xff", '{"schema": 1, "number": "1"}'])
def test_a_file_that_is_no_suggestion_is_named(var: Path, content: str) -> None:
    keep(var)
    (var / "suggestions" / "12345678.json").write_text(content, encoding="latin-1")
    with pytest.raises(NotRunnable, match=r"12345678\.json"):
        suggestions.every(var)


def test_a_text_can_be_erased_and_its_number_stays_taken(
    kbs: Callable[..., "subprocess.CompletedProcess[str]"], var: Path
) -> None:
    made = keep(var, "Dit wil de afzender terug.")
    assert kbs("suggestions", "erase", made.shown, KBS_VAR=var).returncode == 0
    left = suggestions.find(var, made.number)
    assert (left.text, left.page, left.number) == ("", "", made.number)
    assert "afzender" not in "".join(path.read_text() for path in var.rglob("*.json"))


def test_the_commands_list_show_handle_and_export(
    kbs: Callable[..., "subprocess.CompletedProcess[str]"], var: Path, tmp_path: Path
) -> None:
    made = keep(var, "=1+1 telt een spreadsheet op\nen een tweede regel")
    assert "There are no suggestions" in kbs("suggestions", "list", "--lang", "en", KBS_VAR=tmp_path / "x").stdout
    assert f"{made.shown}  2025-06-01  ontvangen" in kbs("suggestions", "list", KBS_VAR=var).stdout
    assert "tweede regel" in kbs("suggestions", "show", made.shown, KBS_VAR=var).stdout
    answer = ("--answer-nl", "Gedaan.", "--answer-en", "Done.")
    handled = kbs("suggestions", "handle", made.number, "--state", "gedaan", *answer, KBS_VAR=var)
    assert handled.returncode == 0 and "[en] Done." in handled.stdout
    assert kbs("suggestions", "list", "--state", "ontvangen", KBS_VAR=var).stdout.strip() == "Er zijn geen suggesties."
    target = tmp_path / "sheet.csv"
    assert kbs("suggestions", "export", "--output", target, KBS_VAR=var).returncode == 0
    with target.open(newline="", encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert (row["nummer"], row["staat"], row["antwoord"]) == (made.shown, "gedaan", "Gedaan.")
    assert row["tekst"].startswith("'=1+1")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "0000-0000"), "We kennen dit nummer niet"),
        (("handle", "0000-0000", "--state", "gedaan"), "We do not know this number"),
        (("handle", "0000-0000", "--state", "klaar"), "'klaar' is not one of"),
        (("list", "--state", "x"), "'x' is not one of"),
    ],
)
def test_a_command_that_cannot_be_done_says_why(
    kbs: Callable[..., "subprocess.CompletedProcess[str]"], var: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = kbs("suggestions", *arguments, KBS_VAR=var)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
