"""The booklets of a snapshot: all of them or none, durable, noted with size and checksum; and the command for one."""

import hashlib
import io
import shutil
from pathlib import Path
from typing import Any

import docx
import pytest
from pypdf import PdfReader

from kbs_graph import catalog
from kbs_graph.booklet import shelf
from kbs_graph.booklet.shelf import FORMATS, WHOLE
from kbs_graph.errors import NotRunnable
from kbs_graph.snapshots import Snapshot, SnapshotStore
from kbs_graph.store import LocalStore


@pytest.fixture(scope="module")
def made(tiny_snapshot: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """A copy of the tiny snapshot with its booklets, to read from only."""
    snapshot = copied(tiny_snapshot, tmp_path_factory.mktemp("made") / "var")
    shelf.make(snapshot)
    return snapshot


@pytest.fixture
def fresh(tiny_snapshot: Snapshot, tmp_path: Path) -> Snapshot:
    return copied(tiny_snapshot, tmp_path / "var")


def copied(snapshot: Snapshot, var: Path) -> Snapshot:
    shutil.copytree(snapshot.path.parents[1], var)
    return SnapshotStore(var).current()


def test_every_area_and_the_whole_are_there_in_both_forms_and_languages_and_nothing_else(made: Snapshot) -> None:
    areas = [str(ref.slug) for ref in catalog.home(LocalStore.open(made.store)).domains]
    wanted = {(slug, language, ending) for slug in (WHOLE, *areas) for language in ("nl", "en") for ending in FORMATS}
    found = shelf.found(made)
    assert {(item.slug, item.language, item.ending) for item in found} == wanted
    assert len(found) == len(wanted)
    assert {path.name for path in shelf.folder(made).iterdir()} == {
        *(item.name for item in found),
        "booklets.json",
    }


def test_what_is_noted_of_a_file_is_so(made: Snapshot) -> None:
    for item in shelf.found(made):
        body = (shelf.folder(made) / item.name).read_bytes()
        assert (item.bytes, item.sha256) == (len(body), hashlib.sha256(body).hexdigest())
        if item.ending == "pdf":
            assert item.pages == len(PdfReader(io.BytesIO(body)).pages)
        else:
            assert item.pages == 0 and docx.Document(io.BytesIO(body)).paragraphs
    whole = next(item for item in shelf.found(made) if item.slug == WHOLE)
    assert whole.aspects == made.manifest["counts"]["aspect"] > 1


def test_they_are_made_once(made: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*given: Any) -> None:
        raise AssertionError("made again")

    monkeypatch.setattr(shelf, "_make_all", refuse)
    assert shelf.make(made) == shelf.found(made) != ()


def test_before_they_are_made_there_are_none(fresh: Snapshot) -> None:
    assert shelf.found(fresh) == ()


def test_what_cannot_be_laid_out_leaves_nothing_and_the_next_try_works(
    fresh: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = fresh.path / "booklets.work"
    left.mkdir()
    (left / "half.pdf").write_text("half")

    def full(*given: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(shelf, "_make_all", full)
        with pytest.raises(NotRunnable) as refused:
            shelf.make(fresh)
    assert "De schijf is vol: de boekjes zijn niet gemaakt" in refused.value.words.nl
    assert not left.exists() and not shelf.folder(fresh).exists()
    assert shelf.make(fresh)
    assert not left.exists()


def test_what_goes_wrong_in_a_process_is_told_in_both_languages(fresh: Snapshot) -> None:
    (fresh.path / "manifest.json").write_text("{}", encoding="utf-8")
    with pytest.raises(NotRunnable) as refused:
        shelf.make(fresh)
    assert "Momentopname 1 is beschadigd" in refused.value.words.nl
    assert "Snapshot 1 is damaged" in refused.value.words.en
    assert not (fresh.path / "booklets.work").exists()


def test_a_process_that_is_ended_is_a_clear_error(
    fresh: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python runs a module of this name first of all, in every process that begins."""
    (tmp_path / "sitecustomize.py").write_text("import os\nos._exit(9)\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(NotRunnable, match="a process was ended"):
        shelf.make(fresh)
    assert not shelf.folder(fresh).exists()


def test_a_snapshot_without_a_folder_is_a_clear_error(fresh: Snapshot) -> None:
    shutil.rmtree(fresh.path)
    with pytest.raises(NotRunnable, match="booklets were not made"):
        shelf.make(fresh)


def test_one_booklet_on_the_command_line(kbs: Any, fresh: Snapshot, tmp_path: Path) -> None:
    var = fresh.path.parents[1]
    done = kbs("booklet", "inkomen", "--lang", "en", "--format", "docx", "--output", tmp_path / "x.docx", KBS_VAR=var)
    assert done.returncode == 0, done.stderr
    assert docx.Document(str(tmp_path / "x.docx")).core_properties.language == "en-GB"
    assert kbs("booklet", KBS_VAR=var).returncode == 0
    assert PdfReader(tmp_path / "kennisbouwstenen-nl.pdf").pages
    unknown = kbs("booklet", "kelder", KBS_VAR=var)
    assert unknown.returncode == 2
    assert "Er is geen gebied kelder." in unknown.stderr and "There is no area kelder." in unknown.stderr
    assert "Traceback" not in unknown.stderr


def test_the_build_command_makes_them_when_the_graph_is_in_use(kbs: Any, tiny_root: Path) -> None:
    done = kbs("build", "--root", tiny_root, "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert "Making the booklets" in done.stderr
    assert shelf.found(SnapshotStore(tiny_root / "var").current())


def test_a_build_without_them_leaves_them_to_the_next(kbs: Any, tiny_root: Path) -> None:
    assert kbs("build", "--root", tiny_root, "--no-booklets").returncode == 0
    assert shelf.found(SnapshotStore(tiny_root / "var").current()) == ()
    assert kbs("build", "--root", tiny_root).returncode == 0
    snapshot = SnapshotStore(tiny_root / "var").current()
    assert snapshot.number == 1 and shelf.found(snapshot)
