"""Matching: what a text of a person may mean, how sure that is, and why; on a small index of words made for it."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kbs_graph.errors import NoSnapshot
from kbs_graph.search import matching
from kbs_graph.search.label_index import Index, Thing, Word
from kbs_graph.search.label_writer import write
from kbs_graph.search.matching import Match
from kbs_graph.search.word_forms import content_words, joined, sound, stem, trunk, words_of

THINGS: dict[str, list[tuple[str, str, str]]] = {
    "debt": [
        ("label", "nl", "Schulden"),
        ("label", "en", "Debts"),
        ("alternative", "nl", "financiële problemen"),
        ("hidden", "nl", "blut"),
    ],
    "debt-help": [
        ("label", "nl", "Schuldhulpverlening"),
        ("definition", "nl", "Hulp van de gemeente aan wie een deurwaarder aan de deur krijgt."),
    ],
    "debt-and-death": [("label", "nl", "Schulden en suïcidale gedachten"), ("alternative", "nl", "geen uitweg")],
    "early": [("label", "nl", "Vroegsignalering van schulden"), ("question", "nl", "Is er een brief met schulden?")],
    "lonely": [
        ("label", "nl", "Eenzaamheid bij ouderen"),
        ("signal", "nl", "krijgt nooit bezoek"),
        ("label", "en", "Loneliness in older people"),
    ],
    "violence": [("label", "nl", "Huiselijk geweld"), ("signal", "nl", "een boze buurman belt aan")],
    "care": [("label", "nl", "Mantelzorgers"), ("alternative", "nl", "e-health voor naasten")],
    "problem": [("label", "nl", "Leven met een probleem"), ("alternative", "nl", "LVB")],
    "reading": [("hidden", "nl", "kan niet lezen"), ("label", "nl", "Laaggeletterdheid")],
    "child": [("label", "nl", "Kind in de knel"), ("example", "nl", "De deurwaarder nam de fiets mee.")],
    "parenting": [("label", "nl", "Opvoeden"), ("alternative", "nl", "ondersteuning van ouders")],
}


def written(target: Path) -> Path:
    things = [Thing(f"x:{name}", {}, {}) for name in THINGS]
    words = [Word(n, role, tag, text) for n, found in enumerate(THINGS.values()) for role, tag, text in found]
    write(target, things, words)
    return target


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return Index(written(tmp_path_factory.mktemp("index") / "words.sqlite"))


def names(found: list[Match]) -> list[str]:
    return [match.iri.removeprefix("x:") for match in found]


def best(index: Index, text: str) -> Match:
    return matching.matches(index, text, texts=True)[0]


@pytest.mark.parametrize(
    ("text", "thing", "role", "how"),
    [
        ("schulden", "debt", "label", "exact"),
        ("SCHULDEN!", "debt", "label", "exact"),
        ("blut", "debt", "hidden", "exact"),
        ("financiele problemen", "debt", "alternative", "exact"),
        ("schuld", "debt", "label", "form"),
        ("schuldhulp", "debt-help", "label", "prefix"),
        ("hulpverlening", "debt-help", "label", "infix"),
        ("eenzame", "lonely", "label", "form"),
        ("kinderen", "child", "label", "form"),
        ("agressieve mantelzorger", "care", "label", "form"),
        ("gedachten schulden", "debt-and-death", "label", "word"),
        ("huiselik geweld", "violence", "label", "typo"),
        ("mantelzrogers", "care", "label", "typo"),
        ("eenzaamhijt", "lonely", "label", "typo"),
        ("l.v.b.", "problem", "alternative", "exact"),
        ("ehealth", "care", "alternative", "form"),
        ("ik kan niet lezen", "reading", "hidden", "word"),
        ("deurwaarder", "debt-help", "definition", "text"),
        ("bezoek", "lonely", "signal", "text"),
        ("older people", "lonely", "label", "word"),
    ],
)
def test_a_text_finds_a_thing_and_says_by_which_words_and_how(
    index: Index, text: str, thing: str, role: str, how: str
) -> None:
    match = best(index, text)
    assert (names([match])[0], match.role, match.how) == (thing, role, how)
    assert 0 < match.score <= 100


def test_the_very_words_count_for_everything_and_a_piece_of_a_text_for_little(index: Index) -> None:
    def score(text: str, thing: str) -> float:
        found = matching.matches(index, text, texts=True)
        return next(match.score for match in found if match.iri == f"x:{thing}")

    order = [
        score("schulden", "debt"),
        score("schuld", "debt"),
        score("blut", "debt"),
        score("schulden", "debt-and-death"),
        score("schulden", "early"),
        score("hulpverlening", "debt-help"),
        score("deurwaarder", "debt-help"),
        score("deurwaarder", "child"),
    ]
    assert order == sorted(order, reverse=True)
    assert len(set(order)) == len(order)
    assert (order[0], order[2]) == (100, 91)


def test_a_compound_that_nobody_wrote_is_taken_apart_in_known_words(index: Index) -> None:
    assert names(matching.matches(index, "schuldenprobleem"))[0] in ("debt", "problem")
    assert "parenting" in names(matching.matches(index, "opvoedondersteuning"))
    assert "violence" in names(matching.matches(index, "geweldprobleempje"))


def test_a_word_with_one_known_piece_finds_by_that_piece(index: Index) -> None:
    assert names(matching.matches(index, "qqkind")) == ["child"]


def test_a_known_word_is_not_corrected(index: Index) -> None:
    assert all(match.how != "typo" for match in matching.matches(index, "schulden", texts=True))
    assert all(match.how != "typo" for match in matching.matches(index, "kind"))


def test_more_and_rarer_words_count_when_not_all_are_there(index: Index) -> None:
    found = matching.matches(index, "boze xyzzy buurman schulden", texts=True)
    assert names(found)[0] == "violence"
    assert found[0].words == ("boze", "buurman")


def test_words_may_stand_in_the_name_and_in_a_text(index: Index) -> None:
    match = best(index, "eenzaamheid bezoek")
    assert names([match]) == ["lonely"]
    assert set(match.words) == {"eenzaamheid", "bezoek"}


def test_without_texts_only_names_and_other_words_match(index: Index) -> None:
    assert matching.matches(index, "deurwaarder") == []


def test_the_language_of_the_reader_decides_between_equals(index: Index) -> None:
    for language in ("nl", "en"):
        assert matching.matches(index, "schulden", language=language)[0].iri == "x:debt"


@pytest.mark.parametrize(
    "text",
    [
        *("", "   ", '"', "*", "geld*", 'geld" OR "x', "NEAR(a b)", "folded:b", "-x", "^geld", "(", "\x00", "'", "NOT"),
        *(
            "; DROP TABLE thing",
            "AND OR",
            "x" * 100_000,
            "a " * 50_000,
            "\ud800",
            "😀",
            "שלום",
            "ﷺ",
            "de het een",
            "%_",
        ),
    ],
)
def test_whatever_is_typed_gives_matches_or_nothing_never_an_error(index: Index, text: str) -> None:
    assert isinstance(matching.matches(index, text, texts=True), list)


def test_only_stop_words_are_searched_for_as_they_are(index: Index) -> None:
    assert names(matching.matches(index, "met een"))[0] == "problem"


def test_the_same_words_make_the_same_bytes(tmp_path: Path) -> None:
    assert written(tmp_path / "a").read_bytes() == written(tmp_path / "b").read_bytes()


def test_threads_share_an_index(index: Index) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: names(matching.matches(index, ("schulden", "geweld")[n % 2])), range(64)))
    assert {tuple(f) for f in found} == {tuple(found[0]), tuple(found[1])}
    assert found[0][0] == "debt" and found[1][0] == "violence"


def test_an_index_of_another_version_or_none_at_all_is_said(tmp_path: Path) -> None:
    (tmp_path / "old.sqlite").write_bytes(b"")
    for name in ("old.sqlite", "none.sqlite"):
        with pytest.raises(NoSnapshot, match="kbs build"):
            matching.matches(Index(tmp_path / name), "schulden")


# --- the forms of words


@pytest.mark.parametrize(
    "forms",
    [
        *("schuld schulden", "puber pubers", "kind kinderen", "eenzaam eenzame eenzaamheid", "brief brieven"),
        *("huis huizen", "drink drinken drinkt", "probleem problemen", "opvoeden opvoeding", "boos boze", "les lessen"),
        *("verwaarloosd verwaarlozing", "mishandelen mishandeld mishandeling", "baby babys babies", "child children"),
        *("agressie agressief agressieve", "debt debts", "lonely loneliness", "gezin gezinnen", "gemeente gemeenten"),
    ],
)
def test_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(("one", "other"), [("huis", "huid"), ("recht", "rek"), ("dienst", "dier"), ("taal", "talent")])
def test_other_words_have_other_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("word", "shorter"),
    [
        ("mantelzorgers", "mantelzorg"),
        ("schulden", "schuld"),
        ("eenzaamheid", "eenzaam"),
        ("huis", "huis"),
        ("als", "als"),
    ],
)
def test_a_trunk_is_how_other_forms_begin(word: str, shorter: str) -> None:
    assert trunk(word) == shorter


def test_words_that_sound_alike_have_one_sound() -> None:
    for pair in ("schulden sgulden", "eenzaamheid eenzaamhijt", "verstandelijk verstandeleik", "psygose psychose"):
        assert len({sound(word) for word in pair.split()}) == 1, pair


def test_words_of_a_question() -> None:
    assert words_of("Één L.V.B., één café") == ["een", "lvb", "een", "cafe"]
    assert content_words("hoe help ik iemand met schulden") == ["help", "schulden"]
    assert content_words("van de") == ["van", "de"]
    assert joined("e-learning over niet-westers werk") == ["elearning", "nietwesters"]
