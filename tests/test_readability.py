"""Measures of Dutch text, on sentences a person can count."""

import pytest

from kbs_graph import readability


def test_sentences_end_at_full_stops_and_not_at_numbers_or_abbreviations_inside() -> None:
    assert readability.sentences("Bel 112. Blijf erbij! Wie is er? Schrijf het op") == [
        "Bel 112.",
        "Blijf erbij!",
        "Wie is er?",
        "Schrijf het op",
    ]
    assert readability.sentences("Bel 0800-2000 of 1.5 keer") == ["Bel 0800-2000 of 1.5 keer"]


def test_a_hyphenated_word_is_one_word() -> None:
    assert readability.words("De Wmo-consulent belt u's avonds.") == 5


@pytest.mark.parametrize(
    ("sentence", "passive"),
    [
        ("De brief wordt door de gemeente gestuurd.", True),
        ("Hij werd vorige week ontslagen.", True),
        ("Je zoon wordt achttien.", False),
        ("De gemeente stuurt een brief.", False),
        ("Het wordt druk op straat.", False),
    ],
)
def test_passive_voice_is_worden_with_a_participle(sentence: str, passive: bool) -> None:
    assert readability.is_passive(sentence) is passive


def test_abbreviations_are_found_once_each() -> None:
    assert readability.abbreviations("De GGZ en de Wlz; de GGZ weer. DigiD niet, Anna niet.") == ["GGZ", "Wlz"]


@pytest.mark.parametrize(
    ("text", "explained"),
    [
        ("De Wet langdurige zorg (Wlz) geldt.", True),
        ("De Wlz (Wet langdurige zorg) geldt.", True),
        ("Wlz staat voor Wet langdurige zorg.", True),
        ("De Wlz geldt (soms).", False),
        ("De Wlz geldt.", False),
    ],
)
def test_an_abbreviation_is_explained_beside_itself(text: str, explained: bool) -> None:
    assert readability.explains(text, "Wlz") is explained


def test_the_same_text_with_another_topic_is_a_near_duplicate() -> None:
    texts = [
        ("a", "Vraag de inwoner hoe het gaat met zijn schulden en schrijf het antwoord op."),
        ("b", "Vraag de inwoner hoe het gaat met zijn slaap en schrijf het antwoord op."),
        ("c", "Bel eerst de huisarts en spreek af wie vanavond langsgaat."),
    ]
    assert readability.near_duplicates(texts) == [(0, 1)]


def test_openings_count_the_first_words() -> None:
    assert readability.openings(["Wat heeft u nodig?", "Wat heeft u gedaan?", "Wie helpt u?"]) == {
        "wat heeft u": 2,
        "wie helpt u": 1,
    }
