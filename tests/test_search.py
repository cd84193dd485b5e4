"""The search of the site: forgiving in how a word is written, narrowed down and counted, best first."""

import sqlite3
from pathlib import Path

import pyoxigraph as ox
import pytest

from kbs_graph import folding
from kbs_graph.filters import Filters
from kbs_graph.search import indexing, results
from kbs_graph.search.label_index import Index
from kbs_graph.search.results import Found, Hit
from kbs_graph.snapshots import Snapshot
from kbs_graph.store import LocalStore
from kbs_graph.terms import GRAPHS, ID, KINDS, ONTOLOGY

OWN = "https://w3id.org/kennisbouwstenen/def#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"


@pytest.fixture(scope="session")
def small(tiny_snapshot: Snapshot) -> Index:
    return Index(tiny_snapshot.search)


@pytest.fixture(scope="session")
def whole(real_snapshot: Snapshot) -> Index:
    return Index(real_snapshot.search)


def paths(found: Found) -> list[str]:
    return [f"{hit.ref.segment}/{hit.ref.slug}" for hit in found.hits]


def slugs(found: Found) -> list[str | None]:
    return [hit.ref.slug for hit in found.hits]


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
    assert folding.fold(text) == folded


@pytest.mark.parametrize(
    "text", ["Geldzorgen signaleren", "geldzorgen", "GELDZ", "signaleren geldzorgen", "geld  sign"]
)
def test_a_thing_is_found_by_the_beginnings_of_its_words_in_any_order(small: Index, text: str) -> None:
    assert "geldzorgen-signaleren" in slugs(results.find(small, text))


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
    small: Index, text: str, role: str, matched: str, language: str
) -> None:
    (hit,) = [h for h in results.find(small, text).hits if h.ref.slug == "geldzorgen-signaleren"]
    assert (hit.role, hit.matched, hit.language) == (role, matched, language)
    assert hit.ref.label == {"nl": "Geldzorgen signaleren", "en": "Spotting money worries"}
    assert (hit.ref.segment, hit.ref.iri.rsplit("/", 1)[-1]) == ("aspect", hit.ref.slug)
    assert hit.domain and hit.domain.slug == "inkomen" and hit.domain.order == 1
    assert set(hit.sentence) == {"nl", "en"}


def test_a_thing_is_listed_once_however_many_of_its_words_match(small: Index) -> None:
    found = slugs(results.find(small, "geld"))
    assert len(found) == len(set(found)) >= 3


def test_an_exact_match_comes_first(small: Index) -> None:
    """`geld` is an alternative word of a domain, and the beginning of the names of others."""
    hits = results.find(small, "geld").hits
    assert (hits[0].ref.slug, hits[0].role, hits[0].how) == ("inkomen", "alternative", "exact")
    assert len(hits) > 1


def test_every_kind_of_thing_can_be_found_but_graphs_parts_and_tombstones(small: Index) -> None:
    assert {iri.split("/id/")[-1].split("/")[0] for iri in small.iris()} == set(KINDS)
    assert not [iri for iri in small.iris() if "#" in iri or iri.endswith(("aspect/schulden", "aspect/rondkomen"))]


@pytest.mark.parametrize(
    "text",
    [
        *("", "   ", '"', "*", "geld*", 'geld" OR "x', "NEAR(a b)", "a:b", "-x", "^geld", "(", "\x00", "'", "{", "NOT"),
        *("; DROP TABLE label", "AND OR", "x" * 100_000, "a " * 50_000, "\ud800", "'; --", "\u202eneduhcs", "שלום"),
    ],
)
def test_whatever_is_typed_gives_hits_or_nothing_never_an_error(small: Index, text: str) -> None:
    assert isinstance(results.find(small, text), Found)
    assert isinstance(results.suggest(small, text), tuple)


def test_pages_of_hits_follow_each_other(whole: Index) -> None:
    everything = results.find(whole, "zorg", count=1000)
    assert everything.total == len(everything.hits) > 50
    pieces = [results.find(whole, "zorg", start=start, count=20).hits for start in range(0, everything.total, 20)]
    assert [hit for piece in pieces for hit in piece] == list(everything.hits)


def test_filters_narrow_down_and_the_counts_tell_what_each_would_leave(whole: Index) -> None:
    free = results.find(whole, "schulden", count=1000)
    for facet, value in (("soort", "bron"), ("domein", "veiligheid"), ("niveau", "algemeen"), ("doelgroep", "lvb")):
        narrowed = results.find(whole, "schulden", filters=Filters.of([(facet, value)]), count=1000)
        assert 0 < narrowed.total == free.counts[facet][value] < free.total
        assert set(paths(narrowed)) < set(paths(free))
        assert narrowed.counts[facet] == free.counts[facet], "a facet is counted as if it were not chosen"
    assert {path.split("/")[0] for path in paths(narrowed)} <= set(KINDS)
    kinds = Filters.of([("soort", "bron"), ("soort", "casus"), ("domein", "inkomen")])
    found = results.find(whole, "schulden", filters=kinds, count=1000)
    assert {path.split("/")[0] for path in paths(found)} == {"bron", "casus"}


def test_a_source_is_filtered_by_the_areas_of_the_aspects_it_is_about(tmp_path: Path) -> None:
    store = LocalStore.in_memory(
        _nquads("""
        <aspect/a> a k:KnowledgeAspect ; rdfs:label 'A'@nl ; k:homeDomain <domein/d> .
        <domein/d> a k:KnowledgeDomain ; rdfs:label 'D'@nl ; k:order 1 .
        <bron/b> a k:KnowledgeSource ; rdfs:label 'Boek'@nl ; dcterms:subject <aspect/a> .""")
    )
    indexing.fill(store, tmp_path / "index.sqlite")
    found = results.find(Index(tmp_path / "index.sqlite"), "boek", filters=Filters.of([("domein", "d")]))
    assert paths(found) == ["bron/b"]


def test_a_name_in_another_language_is_shown_when_there_is_no_other(tmp_path: Path) -> None:
    indexing.fill(
        LocalStore.in_memory(_nquads("<bron/x> rdfs:label 'Armut'@de ; a k:KnowledgeSource .")), tmp_path / "i"
    )
    (hit,) = results.find(Index(tmp_path / "i"), "armut").hits
    assert hit.ref.label == {"de": "Armut"}


def test_the_same_store_makes_the_same_index(tiny_snapshot: Snapshot, tmp_path: Path) -> None:
    indexing.build(tiny_snapshot.store, tmp_path / "again")
    assert (tmp_path / "again").read_bytes() == tiny_snapshot.search.read_bytes()


def test_a_misspelled_question_says_how_it_was_read(whole: Index) -> None:
    found = results.find(whole, "huiselik geweld")
    assert found.read_as == "huiselijk geweld"
    assert found.hits[0].how == "typo"
    assert results.find(whole, "huiselijk geweld").read_as == ""


def test_nothing_found_gives_known_words_near_it(whole: Index) -> None:
    assert results.find(whole, "qwxyz") == Found(0, (), ("qwxyz",))
    found = results.find(whole, "dmntie")
    assert "dementie" in (found.near or found.read_as)
    assert results.near(whole, "schxldxn")


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("Kort en goed.", ["kort"], "Kort en goed."),
        ("Een lange zin " * 20 + "over schulden" + " met nog meer" * 20, ["schuld"], "over schulden"),
        ("x" * 400, ["y"], "x"),
    ],
)
def test_a_snippet_is_the_piece_of_a_text_around_the_word(text: str, words: list[str], shown: str) -> None:
    found = results.snippet(text, words)
    assert shown in found
    assert len(found) <= 190
    assert found.strip("… ") in text


def test_suggestions_go_on_from_what_was_typed_and_are_names_only(whole: Index) -> None:
    hits = results.suggest(whole, "schu")
    assert 0 < len(hits) <= 8
    assert all(hit.role in ("label", "alternative", "hidden") for hit in hits)
    assert any(hit.ref.slug == "schulden-basis" for hit in hits)
    assert results.suggest(whole, "qwxyz") == ()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("deurwaarder", {"aspect/schulden-basis"}),
        ("schulden", {"aspect/schulden-basis"}),
        ("schuldhulp", {"aspect/schuldhulpverlening"}),
        ("LVB", {"doelgroep/lvb"}),
        ("zwakbegaafd", {"doelgroep/lvb", "aspect/lvb-herkennen"}),
        ("kan niet lezen", {"aspect/laaggeletterdheid-herkennen", "doelgroep/laaggeletterd"}),
        ("laaggeletterd", {"aspect/laaggeletterdheid-herkennen", "doelgroep/laaggeletterd"}),
        ("NAH", {"doelgroep/nah"}),
        ("na een beroerte", {"doelgroep/nah", "aspect/hersenletsel-herkennen"}),
        ("verwarde buurman", {"aspect/onbegrepen-gedrag"}),
        ("eenzaam", {"aspect/eenzaamheid-signaleren"}),
        ("huiselijk geweld", {"aspect/huiselijk-geweld"}),
        ("huiselik geweld", {"aspect/huiselijk-geweld"}),
        (
            "mantelzorger op",
            {"aspect/mantelzorg-herkennen", "aspect/mantelzorg-ondersteunen", "signaal/naaste-overbelast"},
        ),
        ("uit huis gezet", {"aspect/dakloosheid"}),
        ("pubers", {"doelgroep/kinderen-en-jongeren", "aspect/ontwikkeling-van-kinderen"}),
        ("niet-westers", {"doelgroep/migratieachtergrond"}),
        ("leefgebied", {"begrip/kennisdomein"}),
        ("movisie", {"organisatie/movisie"}),
        ("huisarts", {"specialist/huisarts"}),
    ],
)
def test_the_words_people_use_find_the_real_things_in_the_top_three(whole: Index, text: str, wanted: set[str]) -> None:
    assert set(paths(results.find(whole, text, count=3))) & wanted


def test_the_page_of_a_language_puts_its_own_words_first(whole: Index) -> None:
    for language, text in (("nl", "schulden"), ("en", "debts")):
        hit: Hit = results.find(whole, text, language).hits[0]
        assert (hit.ref.slug, hit.language) == ("schulden-basis", language)


def test_every_label_of_the_real_graph_finds_its_thing(whole: Index, real_snapshot: Snapshot) -> None:
    with sqlite3.connect(real_snapshot.search) as connection:
        words = connection.execute(
            "SELECT thing.iri, entry.text FROM entry JOIN thing ON thing.id = entry.thing WHERE entry.role < 3"
        ).fetchall()
    connection.close()
    assert len(words) > 1000
    lost = [
        (iri, text)
        for iri, text in words[::7]
        if iri not in {hit.ref.iri for hit in results.find(whole, text, count=1000).hits}
    ]
    assert lost == []


def _nquads(turtle: str) -> bytes:
    classes = "".join(
        f"k:{c} rdfs:isDefinedBy <{ONTOLOGY}> . " for c in ("KnowledgeSource", "KnowledgeAspect", "KnowledgeDomain")
    )
    prefixes = f"PREFIX k: <{OWN}> PREFIX rdfs: <{RDFS}> PREFIX dcterms: <http://purl.org/dc/terms/> BASE <{ID}> "
    text = prefixes + classes + turtle
    graph = ox.NamedNode(GRAPHS + "a")
    quads = (ox.Quad(t.subject, t.predicate, t.object, graph) for t in ox.parse(input=text, format=ox.RdfFormat.TURTLE))
    return "".join(f"{quad} .\n" for quad in quads).encode()
