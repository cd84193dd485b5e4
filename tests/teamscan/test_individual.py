"""Mijn beeld: the three groups of one professional, and the T in words."""

from dataclasses import replace

from kbs_graph.teamscan import individual
from kbs_graph.teamscan.model import Line, Mode, Need, NeedKind, Scan, Topic

LEVELS = {None: None, 0: (0, 0, 0), 1: (1, 0, 0), 2: (1, 1, 0), 3: (1, 1, 1)}


def own(topics: tuple[Topic, ...], levels: list[int | None], learn: int = -1) -> Scan:
    """An own scan of the first topics at these levels; the one at place `learn` is what I want to learn."""
    lines = {
        topic.key: Line(Need(NeedKind.SOME), counts=LEVELS[level], learn=int(place == learn))
        for place, (topic, level) in enumerate(zip(topics, levels, strict=False))
    }
    return Scan(Mode.OWN, lines=lines)


def test_every_topic_stands_in_one_group(topics: tuple[Topic, ...]) -> None:
    picture = individual.make(own(topics, [3, 2, 1, 0, None, 1], learn=3), topics)
    assert [(one.topic.key, one.level) for one in picture.deep] == [(topics[0].key, 3), (topics[1].key, 2)]
    assert [one.topic.key for one in picture.broad] == [topics[2].key, topics[5].key]
    assert [one.topic.key for one in picture.new] == [topics[3].key]
    assert [one.topic.key for one in picture.unknown] == [topics[4].key]
    assert [one.topic.key for one in picture.learn] == [topics[3].key]
    assert picture.filled == 5


def test_the_t_has_a_part_for_every_area_in_the_order_of_the_wheel(topics: tuple[Topic, ...]) -> None:
    picture = individual.make(own(topics, [3, 2, 1, 0, None, 1]), topics)
    assert [part.number for part in picture.parts] == [1, 2, 3, 4, 5, 6, 7]
    first, second, third = picture.parts[:3]
    assert (first.asked, first.broad, first.deep, first.deepest) == (2, 2, 2, 1)
    assert (second.broad, second.deep) == (1, 0)
    assert (third.asked, third.broad) == (1, 0)  # what I cannot say is not counted


def test_the_t_in_words(topics: tuple[Topic, ...]) -> None:
    said = individual.in_words(individual.make(own(topics, [3, 2, 1, 0, None, 1]), topics))
    assert said.nl == (
        "Breed: je herkent 4 van de 5 onderwerpen, in 3 van de 7 gebieden. "
        "Diep: je kunt werken met 2 onderwerpen, het meest in Lichamelijke gezondheid."
    )
    assert said.en.startswith("Broad: you recognise 4 of the 5 topics, in 3 of the 7 areas.")


def test_nothing_filled_in_and_nothing_deep(topics: tuple[Topic, ...]) -> None:
    empty = individual.make(Scan(Mode.OWN), topics)
    assert individual.in_words(empty).nl == "Je hebt nog niets ingevuld."
    shallow = individual.in_words(individual.make(own(topics, [1]), topics))
    assert shallow.nl.endswith("Diep: nog geen onderwerp.")


def test_depth_in_a_competency_alone_names_no_area(topics: tuple[Topic, ...]) -> None:
    key = "competentie/contact-en-relatie"
    picture = individual.make(Scan(Mode.OWN, lines={key: Line(Need(NeedKind.EVERYONE), counts=(1, 1, 1))}), topics)
    assert individual.in_words(picture).nl.endswith("Diep: je kunt werken met 1 onderwerp.")
    assert sum(part.deep for part in picture.parts) == 0


def test_what_was_taken_out_of_the_scan_is_not_in_the_picture(topics: tuple[Topic, ...]) -> None:
    scan = own(topics, [3])
    out = replace(scan, lines={key: replace(line, asked=False) for key, line in scan.lines.items()})
    assert individual.make(out, topics).deep == ()
