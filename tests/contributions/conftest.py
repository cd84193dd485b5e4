"""A small graph in use, to contribute to: copied for every test, and no downloads made in the background."""

import shutil
from pathlib import Path

import pytest

from kbs_graph import build
from kbs_graph.config import Settings
from kbs_graph.files import NamedGraph
from kbs_graph.terms import ID
from tests.conftest import write_root


@pytest.fixture(scope="session")
def built(tiny: dict[str, NamedGraph], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny root, built; to copy from."""
    target = write_root(tiny, tmp_path_factory.mktemp("contributions") / "root")
    add_organisation(target, "vng")
    outcome, snapshot = build.build(target, target / "var", keep=3)
    assert snapshot, outcome.findings
    return target


def add_organisation(root: Path, slug: str) -> None:
    """Another organisation beside Nibud, so that there are two to contribute."""
    file = root / "data" / "organisations.ttl"
    lines = [
        line for line in file.read_text(encoding="utf-8").splitlines() if line.startswith(f"<{ID}organisatie/nibud>")
    ]
    others = [
        line.replace("organisatie/nibud", f"organisatie/{slug}").replace("nibud.nl", f"{slug}.nl") for line in lines
    ]
    with file.open("a", encoding="utf-8") as handle:
        handle.writelines(line.replace('"Nibud"', f'"{slug.upper()}"') + "\n" for line in others)


@pytest.fixture
def place(built: Path, tmp_path: Path) -> Settings:
    """A root of one's own with a graph in use. Nothing is made in the background."""
    shutil.copytree(built, tmp_path / "root")
    return Settings(root=tmp_path / "root", var=tmp_path / "root" / "var", quiet_seconds=0)
