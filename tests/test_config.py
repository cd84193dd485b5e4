"""Settings: from the environment, checked when read, and told in the README as they are."""

import re
from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from kbs_graph.config import Settings, settings
from kbs_graph.errors import NotRunnable

ROOT = Path(__file__).resolve().parent.parent
NUMBERS = [item.name for item in fields(Settings) if isinstance(item.default, int | float)]


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for item in fields(Settings):
        monkeypatch.delenv(f"KBS_{item.name.upper()}", raising=False)


def test_without_anything_the_root_is_this_project() -> None:
    assert settings() == Settings()
    assert settings().root == ROOT
    assert settings().var == ROOT / "var"


def test_the_environment_overrides_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KBS_QUERY_SECONDS", "2.5")
    monkeypatch.setenv("KBS_QUERY_WORKERS", "7")
    monkeypatch.setenv("KBS_VAR", "/srv/kbs")
    monkeypatch.setenv("KBS_BASE_URL", "https://kennis.example")
    found = settings()
    assert (found.query_seconds, found.query_workers) == (2.5, 7)
    assert (found.var, found.base_url) == (Path("/srv/kbs"), "https://kennis.example")


def test_what_is_given_overrides_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KBS_QUERY_WORKERS", "7")
    assert settings(query_workers=3, root=None).query_workers == 3


def test_state_stands_in_the_root_unless_said_otherwise(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert settings(root=tmp_path).var == tmp_path / "var"
    monkeypatch.setenv("KBS_VAR", "/srv/kbs")
    assert settings(root=tmp_path).var == Path("/srv/kbs")


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KBS_VAR", "")
    monkeypatch.setenv("KBS_QUERY_BYTES", "")
    assert settings() == Settings()


def test_no_proxy_is_a_number_of_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KBS_PROXIES", "0")
    assert settings().proxies == 0
    monkeypatch.setenv("KBS_PROXIES", "2")
    assert settings().proxies == 2


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (name, text)
        for name in NUMBERS
        for text in ("veel", "1e", "-1", "0", "nan", "inf", "1,5", "10 s")
        if (name, text) not in (("proxies", "0"), ("quiet_seconds", "0"))
    ],
)
def test_a_number_that_is_none_or_not_above_zero_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, name: str, text: str
) -> None:
    monkeypatch.setenv(f"KBS_{name.upper()}", text)
    with pytest.raises(NotRunnable) as refusal:
        settings()
    for words in (refusal.value.words.nl, refusal.value.words.en):
        assert f"KBS_{name.upper()}" in words
        assert text in words


def test_settings_do_not_change_after_they_are_read() -> None:
    with pytest.raises(FrozenInstanceError):
        settings().query_workers = 3  # type: ignore[misc]


def test_every_setting_says_what_it_is_for() -> None:
    assert all(item.metadata["help"] for item in fields(Settings))


def test_the_readme_of_the_library_lists_every_setting_with_its_default() -> None:
    text = (ROOT / "kbs_graph" / "README.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(KBS_\w+)` \| ([^|]+) \|", text, re.MULTILINE))
    assert set(rows) == {f"KBS_{item.name.upper()}" for item in fields(Settings)}
    for name in NUMBERS:
        assert float(rows[f"KBS_{name.upper()}"]) == getattr(Settings(), name)
