"""What was contributed shows on the pages, with its owner, and no page breaks while downloads are being made."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kbs_graph import download
from kbs_graph.booklet import shelf
from kbs_graph.config import Settings
from kbs_graph.contributions import afterwards
from kbs_graph.dataset import dumps
from kbs_graph.disk import Turn
from kbs_graph.snapshots import SnapshotStore
from tests.contributions.sources import ASPECT, KNOWN, KNOWN_PAGE, OTHER_ASPECT, contribution, many, source
from tests.contributions.test_publishing import accept
from webui.app import create_app


@pytest.fixture
def site(place: Settings) -> FlaskClient:
    return create_app(place).test_client()


def text(site: FlaskClient, path: str) -> str:
    answer = site.get(path)
    assert answer.status_code == 200, (path, answer.status_code, answer.get_data(as_text=True)[:300])
    return answer.get_data(as_text=True)


def test_a_contributed_source_shows_at_once_with_its_owner(place: Settings, site: FlaskClient) -> None:
    assert "Kwartelei" not in text(site, f"/nl/{ASPECT}")
    accept(place, contribution("vng", source("bron/vng-kwartelei", "Kwartelei")))
    page = text(site, "/nl/bron/vng-kwartelei")
    assert "Kwartelei" in page
    assert "VNG" in page
    for path in (f"/nl/{ASPECT}", "/nl/zoeken?q=kwartelei", "/nl/bron", "/data/bron/vng-kwartelei.ttl"):
        assert "Kwartelei" in text(site, path), path
    for path in ("/en/bron/vng-kwartelei", "/nl/organisatie/vng", "/nl/dekking", "/nl/data", "/nl/boekje"):
        text(site, path)


def test_a_link_to_a_known_source_leaves_its_page_the_editors(place: Settings, site: FlaskClient) -> None:
    accept(place, contribution("vng", source(KNOWN, "Een andere titel", KNOWN_PAGE, [OTHER_ASPECT])))
    page = text(site, f"/nl/{KNOWN}")
    assert "<h1>Een andere titel" not in page
    assert "Geldzorgen herkennen" in page
    assert "Geldzorgen herkennen" in text(site, f"/nl/{OTHER_ASPECT}")


def test_after_a_contribution_the_earlier_downloads_are_there_and_say_so(place: Settings, site: FlaskClient) -> None:
    first = SnapshotStore(place.var).current()
    stand_in(first.path)
    for number in (1, 2):
        accept(place, contribution("vng", many("vng", number)))
        current = SnapshotStore(place.var).current()
        assert not current.dumps.exists()
        assert f"van momentopname {first.number}," in text(site, "/nl/data")
        assert f"van momentopname {first.number}," in text(site, "/nl/boekje")
        assert site.get("/dumps/kennisbouwstenen.nq").status_code == 200
        assert site.get("/nl/boekje/kennisbouwstenen.pdf").data == b"boekje"
    dumps.make(current)
    assert "van momentopname" not in text(site, "/nl/data")
    assert "vng-1" in text(site, "/dumps/kennisbouwstenen.nq")


def stand_in(snapshot: Path) -> None:
    """Booklets that cost nothing to make."""
    folder = snapshot / "booklets"
    folder.mkdir()
    (folder / "kennisbouwstenen-nl.pdf").write_bytes(b"boekje")
    (folder / "kennisbouwstenen-nl.docx").write_bytes(b"boekje")
    facts = '{"name": "kennisbouwstenen-nl.%s", "slug": "kennisbouwstenen", "language": "nl", "ending": "%s",'
    facts += ' "aspects": 1, "pages": 1, "bytes": 6, "sha256": "ab"}'
    (folder / "booklets.json").write_text(f"[{facts % ('pdf', 'pdf')}, {facts % ('docx', 'docx')}]", encoding="utf-8")


def test_downloads_are_made_afterwards_for_the_last_of_several_contributions(
    place: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    monkeypatch.setattr(shelf, "make", lambda snapshot: made.append(snapshot.number))
    accept(place, contribution("vng", many("vng", 1)))
    quiet = Settings(root=place.root, var=place.var, quiet_seconds=1)
    naps = iter([lambda: accept(place, contribution("vng", many("vng", 2)))])
    monkeypatch.setattr("time.sleep", lambda seconds: next(naps, lambda: None)())
    last = afterwards.run(quiet)
    current = SnapshotStore(place.var).current()
    assert made == [last] == [current.number]
    assert (current.dumps / download.CHECKSUMS).exists()


def test_a_contribution_starts_the_making_of_downloads_once(place: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr("subprocess.Popen", lambda command, **named: started.append(command))
    quiet = Settings(root=place.root, var=place.var, quiet_seconds=7)
    accept(quiet, contribution("vng", many("vng", 1)))
    with Turn(place.var / afterwards.LOCK):
        accept(quiet, contribution("vng", many("vng", 2)))
    assert [command[-3:] for command in started] == [[str(place.root), str(place.var), "7"]]
