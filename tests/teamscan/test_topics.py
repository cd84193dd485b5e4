"""What can be scanned, read from the graph, and the ready profiles that fill in a start."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbs_graph.store import LocalStore
from kbs_graph.teamscan import profiles, scanfile, words
from kbs_graph.teamscan import topics as topics_of
from kbs_graph.teamscan.model import Kind, Line, Need, NeedKind, OwnTopic, Scan, Topic

Topics = tuple[Topic, ...]
AnyScan = Callable[..., st.SearchStrategy[Scan]]


def test_the_real_graph_has_143_aspects_and_7_competencies_in_the_order_of_the_wheel(real_store: LocalStore) -> None:
    found = topics_of.read(real_store)
    assert Counter(topic.key.split("/")[0] for topic in found) == {"aspect": 143, "competentie": 7}
    assert [topic.kind for topic in found[-7:]] == [Kind.COMPETENCY] * 7
    places = [(topic.domain.order, topic.kind is Kind.SPECIFIC) for topic in found if topic.domain]
    assert places == sorted(places) and len(places) == 143 and places[0][0] == 1 and places[-1][0] == 7
    assert all(topic.label.keys() >= {"nl", "en"} and topic.explanation and topic.modified for topic in found)
    assert all(topic.sources for topic in found)
    assert all(topic.specialists for topic in found if topic.key.startswith("aspect/"))
    assert topics_of.read(real_store) is found


def test_a_topic_is_as_its_page_says(real_store: LocalStore) -> None:
    topic = topics_of.by_key(topics_of.read(real_store))["aspect/verplichte-zorg"]
    assert topic.domain and topic.domain.slug == "psychische-gezondheid"
    assert topic.registered and topic.label["nl"] == "Crisis en verplichte zorg (Wvggz)"
    assert all(role.segment == "specialist" and role.label["nl"] for role in topic.specialists)
    assert len({role.slug for role in topic.specialists}) == len(topic.specialists)
    assert all(source.ref.segment == "bron" and source.kind and source.publishers for source in topic.sources)


def test_f1_names_topics_of_the_real_graph(real_store: LocalStore) -> None:
    loaded = scanfile.loads(scanfile.example(), topics_of.read(real_store), topics_of.retired(real_store))
    assert loaded.notes == ()
    kinds = {key: topics_of.by_key(topics_of.read(real_store))[key].kind.value for key in loaded.scan.lines}
    assert list(kinds.values()) == ["general", "specific", "specific", "specific", "specific"]


def test_what_was_retired_leads_to_where_it_lives_on(tiny_store: LocalStore) -> None:
    retired = topics_of.retired(tiny_store)
    assert retired
    known = set(topics_of.by_key(topics_of.read(tiny_store)))
    for key, successor in retired.items():
        assert key not in known and (successor == "" or successor not in retired)


def test_own_topics_stand_in_their_area_and_are_added_once(topics: Topics) -> None:
    own = (
        OwnTopic("eigen/1", "Ander woonbeleid", "inkomen"),
        OwnTopic("eigen/2", "Zomaar", "ergens"),
        OwnTopic("eigen/3", "Aanbellen", "inkomen", Kind.GENERAL),
    )
    found = topics_of.with_own(topics, Scan(own_topics=own))
    keys = [topic.key for topic in found]
    assert keys[3:7] == ["eigen/3", "aspect/geldzorgen-signaleren", "eigen/1", "aspect/schuldhulpverlening"]
    assert keys[-2:] == ["eigen/2", "competentie/contact-en-relatie"]
    assert topics_of.with_own(found, Scan(own_topics=own)) == found


@given(st.data())
def test_adding_own_topics_keeps_the_order_of_the_others(
    any_scan: AnyScan, topics: Topics, data: st.DataObject
) -> None:
    found = topics_of.with_own(topics, data.draw(any_scan()))
    assert [topic for topic in found if topic in topics] == list(topics)


@pytest.mark.parametrize(
    ("profile", "kind", "need", "weight"),
    [
        ("breed", Kind.GENERAL, "iedereen op niveau 1", 2),
        ("breed", Kind.SPECIFIC, "minstens 2 collega's op niveau 2", 2),
        ("breed", Kind.COMPETENCY, "iedereen op niveau 2", 2),
        ("", Kind.SPECIFIC, "minstens 2 collega's op niveau 2", 2),
        ("van-later", Kind.GENERAL, "iedereen op niveau 1", 2),
        ("complex", Kind.SPECIFIC, "minstens 2 collega's op niveau 3", 3),
        ("jeugd", Kind.SPECIFIC, "minstens 1 collega op niveau 2", 1),
        ("voorpost", Kind.SPECIFIC, "via een specialist buiten het team", 2),
        ("voorpost", Kind.GENERAL, "iedereen op niveau 1", 3),
    ],
)
def test_start_values(topics: Topics, profile: str, kind: Kind, need: str, weight: int) -> None:
    topic = next(topic for topic in topics if topic.kind is kind)
    began, weighs = profiles.start(topic, profile)
    assert (words.need(began).nl, weighs) == (need, weight)


def test_youth_and_families_weigh_their_own_area_most(topics: Topics) -> None:
    home, other = (topics_of.by_key(topics)[key] for key in ("aspect/opvoedvragen", "aspect/meldcode"))
    assert home.domain
    beside = replace(other, also_in=(home.domain,))
    assert [profiles.start(topic, "jeugd")[1] for topic in (home, beside, other)] == [3, 3, 2]


def test_a_profile_is_adapted_only_by_what_counts(topics: Topics) -> None:
    key = "aspect/schuldhulpverlening"
    begun = Scan(profile="breed", lines={key: Line(Need(NeedKind.SOME, 2, 2))})
    assert not profiles.is_adapted(begun, topics)
    for need in (Need(NeedKind.SOME, 3, 2), Need(NeedKind.SOME, 2, 3), Need(NeedKind.NONE)):
        assert profiles.is_adapted(replace(begun, lines={key: Line(need)}), topics)
    assert profiles.is_adapted(replace(begun, lines={key: replace(begun.lines[key], weight=1)}), topics)
    assert not profiles.is_adapted(replace(begun, profile=""), topics)
    general = Scan(profile="breed", lines={"aspect/meldcode": Line(Need(NeedKind.EVERYONE, 1, 7))})
    assert not profiles.is_adapted(general, topics)


def test_every_value_of_the_model_has_words_in_both_languages() -> None:
    tables = (words.NEED, words.STATUS, words.KIND, words.MODE, words.WHO, words.ACTION, words.STATE)
    for table in tables:
        assert set(table) == set(type(next(iter(table))))
        assert all(one.nl and one.en for one in table.values())
    assert set(words.LEVEL) == set(words.ANCHOR) == {None, 0, 1, 2, 3}
    assert len(words.ACTION) == 11
