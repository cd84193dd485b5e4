"""The label search: forgiving in how a word is written, best first, and unmoved by whatever is typed."""

import sqlite3
from pathlib import Path

import pyoxigraph as ox
import pytest

from kbs_graph import search
from kbs_graph.model import Hit
from kbs_graph.snapshots import Snapshot
from kbs_graph.terms import GRAPHS, ID, KINDS, ONTOLOGY

OWN = "https://w3id.org/kennisbouwstenen/def#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"


def slugs(hits: list[Hit]) -> list[str | None]:
    return [hit.ref.slug for hit in hits]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Één café", "een cafe"),
        ("  veel   spaties\t", "veel spaties"),
        ("LHBTIQ+", "lhbtiq"),
        ("Straße", "strasse"),
        ("e-learning", "e learning"),
        ("ﬁets", "fiets"),
        ("'; DROP TABLE thing; --", "drop table thing"),
        ("😀", ""),
        ("", ""),
    ],
)
def test_words_are_compared_without_case_accents_and_signs(text: str, folded: str) -> None:
    assert search.fold(text) == folded


@pytest.mark.parametrize(
    "text", ["Geldzorgen signaleren", "geldzorgen", "GELDZ", "signaleren geldzorgen", "geld  sign"]
)
def test_a_thing_is_found_by_the_beginnings_of_its_words_in_any_order(tiny_snapshot: Snapshot, text: str) -> None:
    assert "geldzorgen-signaleren" in slugs(search.find(tiny_snapshot.search, text))


@pytest.mark.parametrize(
    ("text", "role", "matched", "language"),
    [
        ("geldzorgen signaleren", "label", "Geldzorgen signaleren", "nl"),
        ("spotting", "label", "Spotting money worries", "en"),
        ("geldproblemen", "alternative", "geldproblemen", "nl"),
        ("blut", "hidden", "blut", "nl"),
    ],
)
def test_a_hit_says_which_word_matched_how_and_in_which_language(
    tiny_snapshot: Snapshot, text: str, role: str, matched: str, language: str
) -> None:
    (hit,) = [h for h in search.find(tiny_snapshot.search, text) if h.ref.slug == "geldzorgen-signaleren"]
    assert (hit.role, hit.matched, hit.language) == (role, matched, language)
    assert hit.ref.label == {"nl": "Geldzorgen signaleren", "en": "Spotting money worries"}
    assert (hit.ref.segment, hit.ref.iri.rsplit("/", 1)[-1]) == ("aspect", hit.ref.slug)


def test_a_thing_is_listed_once_however_many_of_its_words_match(tiny_snapshot: Snapshot) -> None:
    found = slugs(search.find(tiny_snapshot.search, "geld"))
    assert len(found) == len(set(found)) >= 3


def test_an_exact_match_comes_first_and_a_name_before_another_word(tiny_snapshot: Snapshot) -> None:
    """`geld` is an alternative word of a domain, and the beginning of the names of others."""
    hits = search.find(tiny_snapshot.search, "geld")
    assert (hits[0].ref.slug, hits[0].role) == ("inkomen", "alternative")
    assert [h.role for h in hits[1:]] == sorted((h.role for h in hits[1:]), key=list(search.ROLES).index)


def test_every_kind_of_thing_can_be_found_but_graphs_parts_and_tombstones(tiny_snapshot: Snapshot) -> None:
    with sqlite3.connect(tiny_snapshot.search) as connection:
        iris = [row[0] for row in connection.execute("SELECT iri FROM thing")]
    kinds = {iri.split("/id/")[-1].split("/")[0] for iri in iris}
    assert kinds == set(KINDS)
    assert not [iri for iri in iris if "#" in iri or iri.endswith(("aspect/schulden", "aspect/rondkomen"))]


@pytest.mark.parametrize(
    "text",
    [
        *("", "   ", '"', "*", "geld*", 'geld" OR "x', "NEAR(a b)", "a:b", "-x", "^geld", "(", "\x00", "'", "{", "NOT"),
        *("; DROP TABLE label", "AND OR", "x" * 100_000, "a " * 50_000, "\ud800"),
    ],
)
def test_whatever_is_typed_gives_hits_or_nothing_never_an_error(tiny_snapshot: Snapshot, text: str) -> None:
    assert isinstance(search.find(tiny_snapshot.search, text), list)


def test_the_number_of_hits_is_limited(real_snapshot: Snapshot) -> None:
    assert len(search.find(real_snapshot.search, "e", limit=7)) == 7


def test_a_name_in_another_language_is_shown_when_there_is_no_other(tmp_path: Path) -> None:
    store = ox.Store(str(tmp_path / "store"))
    text = (
        f"PREFIX k: <{OWN}> PREFIX rdfs: <{RDFS}> BASE <{ID}> "
        f"<bron/x> rdfs:label 'Armut'@de ; a k:KnowledgeSource . k:KnowledgeSource rdfs:isDefinedBy <{ONTOLOGY}> ."
    )
    store.load(input=text, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(GRAPHS + "a"))
    store.flush()
    del store
    search.build(tmp_path / "store", tmp_path / "index.sqlite")
    (hit,) = search.find(tmp_path / "index.sqlite", "armut")
    assert hit.ref.label == {"de": "Armut"}


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("schulden", "aspect/schulden-basis"),
        ("leefgebied", "begrip/kennisdomein"),
        ("karrenwiel", "begrip/karrewiel"),
        ("movisie", "organisatie/movisie"),
        ("huisarts", "specialist/huisarts"),
    ],
)
def test_the_words_people_use_find_the_real_things(real_snapshot: Snapshot, text: str, path: str) -> None:
    found = [f"{hit.ref.segment}/{hit.ref.slug}" for hit in search.find(real_snapshot.search, text)]
    assert path in found


def test_every_label_of_the_real_graph_finds_its_thing(real_snapshot: Snapshot) -> None:
    with sqlite3.connect(real_snapshot.search) as connection:
        words = connection.execute(
            "SELECT thing.iri, word.text FROM word JOIN thing ON thing.id = word.thing"
        ).fetchall()
    assert len(words) > 1000
    lost = [
        (iri, text)
        for iri, text in words[::7]
        if iri not in {hit.ref.iri for hit in search.find(real_snapshot.search, text)}
    ]
    assert lost == []
