"""Contributions to a site over a store elsewhere: accepted and journalled here, then published; never lost."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kbs_graph import build, catalog
from kbs_graph.config import Settings
from kbs_graph.contributions import graphs, journal, publishing
from kbs_graph.files import NamedGraph
from kbs_graph.remote import checking, keeping
from kbs_graph.remote.publishing import publish
from kbs_graph.remote.trouble import Trouble
from kbs_graph.service import Service
from kbs_graph.snapshots import SnapshotStore
from tests.conftest import write_root
from tests.contributions.sources import contribution, source
from tests.remote.sites import forget_own_store, settings_of
from tests.remote.stores import Store

pytestmark = pytest.mark.slow
ORGANISATION, KEY = "nibud", "bron/nibud-nieuw"


@pytest.fixture(scope="module")
def built(tiny: dict[str, NamedGraph], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny root, built; to copy from."""
    target = write_root(tiny, tmp_path_factory.mktemp("remote") / "root")
    outcome, snapshot = build.build(target, target / "var", keep=3)
    assert snapshot, outcome.findings
    return target


@pytest.fixture
def place(built: Path, tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A published site with no store of its own. What is to be published is published by hand, in the tests."""
    shutil.copytree(built, tmp_path / "root")
    config = settings_of(store, tmp_path / "root" / "var", root=tmp_path / "root")
    publish(config, force=True)
    forget_own_store(config.var)
    monkeypatch.setattr(keeping, "start", lambda config: None)
    return config


def hand_in(config: Settings, title: str = "Omgaan met geld") -> str:
    return publishing.accept(config, contribution(ORGANISATION, source(KEY, title)), "put", "test").status


def titles(config: Settings) -> list[str]:
    """What a fresh reader is told that the organisation says."""
    service = Service(config)
    try:
        here = service.current()
        found = catalog.thing(here.store, "bron", KEY.partition("/")[2])
        assert graphs.triples(config, here.store, ORGANISATION)
        return [*found.label.values(), *(each.organisation.slug or "" for each in found.said)]  # type: ignore[attr-defined]
    finally:
        service.close()


def test_a_contribution_is_taken_in_without_a_store_of_our_own_and_read_once_published(place: Settings) -> None:
    assert hand_in(place) == "created"
    assert (place.var / keeping.NOTE).exists()
    keeping.run(place)
    assert not (place.var / keeping.NOTE).exists()
    forget_own_store(place.var)
    assert titles(place) == ["Omgaan met geld", ORGANISATION]
    assert all(each.same for each in checking.check(place))
    assert hand_in(place, "Rondkomen") == "replaced"
    keeping.run(place)
    assert titles(place) == ["Rondkomen", ORGANISATION]


def test_a_contribution_sends_only_what_it_touches(place: Settings) -> None:
    hand_in(place)
    sent: set[str] = set()
    before = publish(place).union
    hand_in(place, "Rondkomen")
    now = publish(place, progress=lambda step: sent.add(step.graph.partition("#")[0].rpartition("/")[2]))
    assert now.union == before
    assert sent - {"manifest", ""} <= {ORGANISATION, "herkomst", "derived-contributions"}


def test_a_store_that_is_away_delays_publication_and_loses_nothing(
    place: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(place)
    away = Settings(**{**vars(place), "store": "http://127.0.0.1:9/query", "store_write": "http://127.0.0.1:9/store"})
    with pytest.raises(Trouble):
        publish(away)
    assert Service(away).at_hand().snapshot == SnapshotStore(place.var).current()
    assert hand_in(away, "Rondkomen") == "replaced"
    assert len(list(journal.versions(place.var, ORGANISATION))) == 2
    waited: list[float] = []

    def back(seconds: float) -> None:
        waited.append(seconds)
        for name in ("store", "store_write"):
            object.__setattr__(away, name, getattr(place, name))

    monkeypatch.setattr("kbs_graph.remote.keeping.time.sleep", back)
    keeping.run(away)
    assert waited
    assert titles(place) == ["Rondkomen", ORGANISATION]


def test_the_process_that_publishes_ends_when_all_is_published(place: Settings, store: Store) -> None:
    hand_in(place)
    command = [sys.executable, "-m", "kbs_graph.remote.keeping", str(place.root), str(place.var)]
    done = subprocess.run(
        command, env={**os.environ, **store.environment}, check=False, timeout=300, capture_output=True
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert not (place.var / keeping.NOTE).exists()
    assert titles(place) == ["Omgaan met geld", ORGANISATION]


def test_without_a_store_elsewhere_nothing_is_noted(built: Path, tmp_path: Path) -> None:
    shutil.copytree(built, tmp_path / "local")
    config = Settings(root=tmp_path / "local", var=tmp_path / "local" / "var", quiet_seconds=0)
    assert hand_in(config) == "created"
    assert not (config.var / keeping.NOTE).exists()
    assert SnapshotStore(config.var).current().store.is_dir()


def test_what_comes_back_from_the_store_is_what_was_published(place: Settings, store: Store) -> None:
    """Taking in brings the store of our own back; another snapshot's is not taken for it."""
    current = SnapshotStore(place.var).current()
    hand_in(place)
    assert current.store.is_dir()
    assert (
        Service(Settings(**{**vars(place), "store": "", "store_write": ""}))
        .current()
        .store.select("SELECT * WHERE { ?s ?p ?o } LIMIT 1")
    )
