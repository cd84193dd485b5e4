"""Older versions of the ontology: found in what releases keep, plain or packed, and told apart from the present one."""

import gzip
from pathlib import Path

import pytest

from kbs_graph.documentation import versions
from kbs_graph.documentation.versions import Kept
from kbs_graph.errors import NotFound
from kbs_graph.terms import GRAPHS, ONTOLOGY

INFO = "http://www.w3.org/2002/07/owl#versionInfo"


def release(var: Path, version: str, ontology: str, packed: bool = False) -> None:
    """The downloads of a release with this version of the ontology, and a statement of another graph."""
    folder = var / "releases" / version
    folder.mkdir(parents=True)
    text = (
        f'<{ONTOLOGY}#part> <{INFO}> "9.9.9" <{GRAPHS}ontology> .\n'
        f'<{ONTOLOGY}> <{INFO}> "{ontology}" <{GRAPHS}ontology> .\n'
        f'<{ONTOLOGY}> <{INFO}> "8.8.8" <{GRAPHS}aspects> .\n'
    )
    if packed:
        (folder / "kennisbouwstenen.nq.gz").write_bytes(gzip.compress(text.encode()))
    else:
        (folder / "kennisbouwstenen.nq").write_text(text, encoding="utf-8")


def test_versions_are_told_newest_first_with_the_release_they_came_with(tmp_path: Path) -> None:
    release(tmp_path, "0.9.0", "0.1.0")
    release(tmp_path, "0.10.0", "0.2.0", packed=True)
    release(tmp_path, "0.11.0", "0.2.0")
    release(tmp_path, "1.0.0", "0.3.0")
    assert versions.kept(tmp_path, "0.3.0") == (Kept("0.2.0", "0.10.0"), Kept("0.1.0", "0.9.0"))


def test_the_text_of_a_version_holds_the_ontology_alone(tmp_path: Path) -> None:
    release(tmp_path, "0.9.0", "0.1.0", packed=True)
    found = versions.find(tmp_path, "0.1.0")
    assert versions.text(tmp_path, found) == (
        f'<{ONTOLOGY}#part> <{INFO}> "9.9.9" .\n<{ONTOLOGY}> <{INFO}> "0.1.0" .\n'
    )


def test_what_is_not_kept_is_told(tmp_path: Path) -> None:
    (tmp_path / "releases" / "0.1.0").mkdir(parents=True)
    assert versions.kept(tmp_path, "0.3.0") == ()
    with pytest.raises(NotFound, match=r"0\.1\.0"):
        versions.find(tmp_path, "0.1.0")
