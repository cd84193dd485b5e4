"""The gates on language: each trips on its own fault, and on the real texts none does."""

from pathlib import Path

import pytest

from kbs_graph import files, texts
from kbs_graph.errors import NotRunnable
from kbs_graph.store import LocalStore
from kbs_graph.terms import ID

STEP = "aspect/geldzorgen-signaleren#stap-1"


def store_of(root: Path) -> LocalStore:
    return texts.store_of(files.read(root))


@pytest.fixture
def broken(tiny_root: Path):
    """A store of the tiny root in which the text of one step is replaced."""

    def make(dutch: str, english: str) -> LocalStore:
        path = tiny_root / "data" / "aspects" / "inkomen.ttl"
        subject = f"<{ID}{STEP}> <https://schema.org/text>"
        kept = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith(subject)]
        kept += [f'{subject} "{dutch}"@nl .', *([f'{subject} "{english}"@en .'] if english else [])]
        path.write_text("\n".join(kept) + "\n", encoding="utf-8")
        return store_of(tiny_root)

    return make


def rules_at_step(store: LocalStore) -> set[str]:
    return {f.rule for f in texts.measure(store).findings if f.thing == ID + STEP}


def test_a_plain_text_trips_nothing(broken) -> None:
    assert rules_at_step(broken("Open samen de post.", "Open the mail together.")) == set()


@pytest.mark.parametrize(
    ("dutch", "english", "rule"),
    [
        ("Dit is " + "heel " * 20 + "lang.", "This is " + "very " * 20 + "long.", "text-sentence-long"),
        ("Vraag de Wsnp aan bij de rechter.", "Ask the court for the Wsnp.", "text-abbreviation"),
        ("Open samen de post van deze week.", "", "text-english-missing"),
        ("Open samen met de inwoner alle post van de afgelopen weken.", "Open it.", "text-english-short"),
    ],
)
def test_a_fault_trips_its_own_gate(broken, dutch: str, english: str, rule: str) -> None:
    assert rules_at_step(broken(dutch, english)) == {rule}


def test_the_real_texts_pass_every_gate(root: Path) -> None:
    measured = texts.measure(store_of(root))
    assert measured.findings == []
    assert measured.sentences > 4000
    assert measured.average <= texts.AVERAGE


def test_every_aspect_has_every_kind_of_text_in_both_languages(root: Path) -> None:
    counts = texts.measure(store_of(root)).counts
    for name in ("definition", "comment", "example"):
        assert counts[f"KnowledgeAspect.{name}"] == {"nl": 143, "en": 143}
    assert counts["TargetGroupRemark.text"]["nl"] >= 250
    assert all(found.get("nl") == found.get("en") for found in counts.values())


def test_a_file_that_cannot_be_read_stops_the_gates_and_is_named(tiny_root: Path) -> None:
    with (tiny_root / "data" / "notions.ttl").open("a", encoding="utf-8") as file:
        file.write("<broken> .\n")
    with pytest.raises(NotRunnable, match=r"data/notions\.ttl:\d+"):
        store_of(tiny_root)
