"""Tokens: shown once, kept as a hash, good for one organisation, gone at once when revoked, and silent in the log."""

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kbs_graph.contributions import tokens
from kbs_graph.errors import Forbidden, KbsError, NotFound, NotRunnable, TooMany, Unauthorised

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def bearer(text: str) -> str:
    return f"Bearer {text}"


def test_a_token_opens_the_door_of_its_organisation_with_256_bits(tmp_path: Path) -> None:
    token, text = tokens.issue(tmp_path, "nji", name="website")
    assert tokens.check(tmp_path, bearer(text), "nji", "write") == token
    assert tokens.check(tmp_path, f"bearer  {text} ", "nji", "check") == token
    assert len(text.split("_", 2)[2]) == 43


def test_the_secret_is_nowhere_on_disk_and_only_the_owner_reads_the_file(tmp_path: Path) -> None:
    _, text = tokens.issue(tmp_path, "nji")
    secret = text.split("_", 2)[2]
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files and not any(secret in path.read_text() for path in files)
    assert all(path.stat().st_mode & 0o077 == 0 for path in files)
    assert (tmp_path / "tokens").stat().st_mode & 0o077 == 0


def test_no_two_tokens_are_the_same(tmp_path: Path) -> None:
    assert len({tokens.issue(tmp_path, "nji")[1] for _ in range(20)}) == 20


def test_the_editors_get_no_token(tmp_path: Path) -> None:
    with pytest.raises(Forbidden):
        tokens.issue(tmp_path, "redactie")
    assert tokens.every(tmp_path) == ()


def broken(change: Callable[[str], str]) -> Callable[[str], str | None]:
    return lambda text: bearer(change(text))


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        (lambda text: None, ""),
        (lambda text: "", ""),
        (lambda text: text, "invalid_token"),
        (lambda text: f"Basic {text}", "invalid_token"),
        (broken(lambda text: ""), "invalid_token"),
        (broken(lambda text: text[:-1]), "invalid_token"),
        (broken(lambda text: text[:-2] + ("A" if text[-2] != "A" else "B") + text[-1]), "invalid_token"),
        (broken(lambda text: "kbs_000000000000_" + text.split("_", 2)[2]), "invalid_token"),
        (broken(lambda text: "kbs_../../form-key_" + "A" * 43), "invalid_token"),
        (broken(lambda text: text + "\n" + text), "invalid_token"),
    ],
    ids=["none", "empty", "bare", "basic", "nothing", "cut", "other", "another id", "a path", "two"],
)
def test_what_is_no_token_of_ours_is_refused(tmp_path: Path, given: Callable[[str], str | None], fault: str) -> None:
    _, text = tokens.issue(tmp_path, "nji")
    with pytest.raises(Unauthorised) as caught:
        tokens.check(tmp_path, given(text), "nji", "write")
    assert caught.value.fault == fault


def test_a_revoked_or_expired_token_is_refused_from_that_moment(tmp_path: Path) -> None:
    token, text = tokens.issue(tmp_path, "nji", days=2, now=NOW)
    tokens.check(tmp_path, bearer(text), "nji", "write", now=NOW + timedelta(days=1, hours=23))
    with pytest.raises(Unauthorised):
        tokens.check(tmp_path, bearer(text), "nji", "write", now=NOW + timedelta(days=2))
    revoked = tokens.revoke(tmp_path, token.id, NOW)
    assert revoked.revoked and tokens.revoke(tmp_path, token.id) == revoked, "the moment stays that of the first time"
    with pytest.raises(Unauthorised):
        tokens.check(tmp_path, bearer(text), "nji", "write", now=NOW)


def test_a_token_of_another_or_for_checking_only_is_forbidden(tmp_path: Path) -> None:
    _, others = tokens.issue(tmp_path, "vilans")
    _, checking = tokens.issue(tmp_path, "nji", scope="check")
    with pytest.raises(Forbidden, match="belongs to vilans"):
        tokens.check(tmp_path, bearer(others), "nji", "check")
    tokens.check(tmp_path, bearer(checking), "nji", "check")
    with pytest.raises(Forbidden, match="checked"):
        tokens.check(tmp_path, bearer(checking), "nji", "write")


def test_who_tries_too_often_must_wait_and_a_good_token_gets_through(tmp_path: Path) -> None:
    _, text = tokens.issue(tmp_path, "nji")
    kinds: list[type[KbsError]] = []
    for _ in range(tokens.FAILURES[0].number + 2):
        with pytest.raises(KbsError) as caught:
            tokens.check(tmp_path, bearer("guess"), "nji", "write", "192.0.2.1")
        kinds.append(caught.type)
    assert kinds == [Unauthorised] * tokens.FAILURES[0].number + [TooMany] * 2
    tokens.check(tmp_path, bearer(text), "nji", "write", "192.0.2.1")
    with pytest.raises(Unauthorised):
        tokens.check(tmp_path, bearer("guess"), "nji", "write", "192.0.2.2")


def test_the_log_tells_of_a_refusal_without_the_token_or_who_tried(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    token, text = tokens.issue(tmp_path, "vilans")
    caplog.set_level(logging.DEBUG)
    for given in (text, text[:-1], "kbs_000000000000_" + "A" * 43, "geheim"):
        with pytest.raises(KbsError):
            tokens.check(tmp_path, bearer(given), "nji", "write", "192.0.2.1")
    assert caplog.text.count("was refused") == 4 and token.id in caplog.text
    assert text.split("_", 2)[2][:20] not in caplog.text
    assert not any(word in caplog.text for word in ("geheim", "000000000000", "192.0.2.1", "Bearer"))


def test_all_tokens_are_listed_and_an_unknown_one_is_not_found(tmp_path: Path) -> None:
    first, _ = tokens.issue(tmp_path, "vilans", name="a", now=NOW)
    second, _ = tokens.issue(tmp_path, "nji", name="b", now=NOW)
    assert tokens.every(tmp_path) == (second, first)
    for number in ("000000000000", "../lock", ""):
        with pytest.raises(NotFound):
            tokens.revoke(tmp_path, number)


def test_a_damaged_file_opens_nothing_and_is_told(tmp_path: Path) -> None:
    token, text = tokens.issue(tmp_path, "nji")
    path = tmp_path / "tokens" / f"{token.id}.json"
    for content in ("{", json.dumps({"id": token.id}), json.dumps({**json.loads(path.read_text()), "scope": "all"})):
        path.write_text(content)
        with pytest.raises(NotRunnable, match=r"damaged"):
            tokens.check(tmp_path, bearer(text), "nji", "write")
