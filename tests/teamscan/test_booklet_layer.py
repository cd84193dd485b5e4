"""A booklet with the layer of a team: its own words stand with what they are about, marked, and nothing else of it."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

from kbs_graph.booklet import as_docx, as_pdf, gathering
from kbs_graph.booklet.model import Booklet, Edition
from kbs_graph.cli import main
from kbs_graph.snapshots import Snapshot
from kbs_graph.store import LocalStore
from kbs_graph.teamscan import booklet_layer, scanfile, topics
from kbs_graph.teamscan.model import Boundary, Contact, Line, Need, NeedKind, OwnTopic, Scan, Who

MONEY = "aspect/geldzorgen-signaleren"


@pytest.fixture(scope="session")
def plain(tiny_store: LocalStore) -> Booklet:
    return gathering.gather(tiny_store, Edition("1.0.0", "2026-02-03"), "nl", "inkomen")


@pytest.fixture(scope="session")
def scan(tiny_store: LocalStore) -> Scan:
    line = Line(
        Need(NeedKind.EVERYONE, 1),
        counts=(4, 1, 0),
        note="Spreekuur op\ndinsdag",
        practice="Bij de voedselbank",
        keeper="NIET-IN-BOEKJE",
        boundary=Boundary(Who.TOGETHER, contact="Loket geld", phone="14 0123"),
    )
    roles = [ref for topic in topics.read(tiny_store) if topic.key == MONEY for ref in topic.specialists]
    contacts = tuple(Contact(str(ref.slug), "Eigen bureau") for ref in roles)
    return Scan(
        name="Team Noord",
        size=6,
        lines={MONEY: line},
        own_topics=(OwnTopic("eigen/1", "De wijkbus", "inkomen", explanation="Vervoer"),),
        contacts=contacts,
    )


@pytest.fixture(scope="session")
def laid(plain: Booklet, scan: Scan, tiny_store: LocalStore) -> Booklet:
    return booklet_layer.lay(plain, scan, topics.read(tiny_store))


def test_each_text_stands_with_what_it_is_about_and_the_rest_of_the_scan_is_not_in_it(laid: Booklet) -> None:
    entry = next(entry for entry in laid.entries if entry.iri.endswith(MONEY))
    told = {about.head.text: [line.text.text for line in about.lines] for about in entry.team}
    assert told["Notitie"] == ["Spreekuur op dinsdag"]
    assert told["Voorbeeld uit de praktijk"] == ["Bij de voedselbank"]
    assert told["Wie kan ik vragen"][0] == "Loket geld · 14 0123"
    assert [about.head.text for about in laid.chapters[0].team] == ["De wijkbus"]
    assert "Team Noord" in laid.team and "NIET-IN-BOEKJE" not in repr(laid)


def test_without_additions_a_chapter_stays_as_it_was(plain: Booklet, tiny_store: LocalStore) -> None:
    same = booklet_layer.lay(plain, Scan(), topics.read(tiny_store))
    assert replace(same, team="") == plain and "een team" in same.team


def test_word_marks_them_as_the_teams_own(laid: Booklet, plain: Booklet) -> None:
    document = docx.Document(BytesIO(as_docx.make(laid, as_pdf.wheel_picture(plain))))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert "Van ons team" in texts and "Notitie: Spreekuur op dinsdag" in texts
    assert "Eigen onderwerpen van ons team" in texts and laid.team in texts


def test_the_command_writes_a_copy_under_another_name_and_nothing_else(
    scan: Scan, tiny_snapshot: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KBS_VAR", str(tiny_snapshot.path.parents[1]))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "team.json").write_text(scanfile.dumps(scan), encoding="utf-8")
    result = CliRunner().invoke(main, ["booklet", "inkomen", "--team", "team.json"])
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kennisbouwstenen-inkomen-team-nl.pdf", "team.json"]
