"""A3 and A4: statuses, flags, priorities, their order, and what if a colleague leaves."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbs_graph.errors import BadRequest
from kbs_graph.model import Ref
from kbs_graph.teamscan import rules, words
from kbs_graph.teamscan.model import (
    Boundary,
    Contact,
    Judged,
    Kind,
    Line,
    Mode,
    Need,
    NeedKind,
    OwnTopic,
    Scan,
    Status,
    Topic,
    Who,
)

AnyScan = Callable[..., st.SearchStrategy[Scan]]
EVERYONE, SOME = NeedKind.EVERYONE, NeedKind.SOME
RANK = {status: number for number, status in enumerate(rules.COUNTED)}
Decreasing = st.integers(2, 9).flatmap(
    lambda size: st.tuples(
        st.just(size), st.lists(st.integers(0, size), min_size=3, max_size=3).map(lambda c: sorted(c, reverse=True))
    )
)


def one(
    need: Need, counts: tuple[int, int, int] | None, size: int = 6, weight: int = 2, contact: bool = False
) -> Judged:
    topic = Topic("aspect/x", {"nl": "x"}, Kind.SPECIFIC, None)
    return rules.judge(topic, Line(need, weight, counts), size, contact)


def by_name(scan: Scan, topics: tuple[Topic, ...], k: dict[str, str]) -> dict[str, Judged]:
    names = {key: name for name, key in k.items()}
    return {names[found.topic.key]: found for found in rules.judged(scan, topics)}


def order(scan: Scan, topics: tuple[Topic, ...], k: dict[str, str]) -> list[str]:
    names = {key: name for name, key in k.items()}
    found = rules.in_order(rules.judged(scan, topics))
    return [names[judged.topic.key] for judged in found if judged.status in rules.GAPS]


def test_f1_is_as_a4_says(f1: Scan, topics: tuple[Topic, ...], k: dict[str, str]) -> None:
    found = by_name(f1, topics, k)
    assert {
        name: (judged.status, judged.have, judged.need, judged.one_person, judged.priority, judged.urgency)
        for name, judged in found.items()
    } == {
        "k1": (Status.PARTLY, 4, 6, False, Fraction(1), "middle"),
        "k2": (Status.FRAGILE, 1, 2, True, Fraction(3, 2), "middle"),
        "k3": (Status.MISSING, 0, 2, False, Fraction(3), "high"),
        "k4": (Status.NO_CONTACT, 0, 0, False, Fraction(0), "low"),
        "k5": (Status.IN_PLACE, 3, 2, False, Fraction(0), "low"),
    }
    assert order(f1, topics, k) == ["k3", "k2", "k1"]


def test_f1_after_one_colleague_has_left(f1: Scan, topics: tuple[Topic, ...], k: dict[str, str]) -> None:
    after = rules.without_one(f1, {k["k1"], k["k2"], k["k5"]})
    assert after.size == 5
    assert [after.lines[k[name]].counts for name in ("k1", "k2", "k3", "k5")] == [
        (3, 0, 0), (1, 0, 0), (3, 0, 0), (2, 2, 0),
    ]  # fmt: skip
    found = by_name(after, topics, k)
    assert (found["k2"].status, found["k2"].priority) == (Status.MISSING, Fraction(3))
    assert (found["k5"].status, found["k5"].have, found["k5"].need) == (Status.IN_PLACE, 2, 2)
    assert (found["k1"].have, found["k1"].need, found["k1"].priority) == (3, 5, Fraction(6, 5))
    assert order(after, topics, k) == ["k2", "k3", "k1"]


@pytest.mark.parametrize(
    ("need", "counts", "status"),
    [
        (Need(SOME, 2, 2), (3, 0, 0), Status.MISSING),
        (Need(SOME, 2, 2), (3, 1, 0), Status.FRAGILE),
        (Need(SOME, 2, 3), (3, 2, 0), Status.PARTLY),
        (Need(SOME, 2, 1), (1, 1, 0), Status.IN_PLACE),
        (Need(SOME, 3, 1), (6, 6, 0), Status.MISSING),
        (Need(EVERYONE, 1), (6, 0, 0), Status.IN_PLACE),
        (Need(EVERYONE, 2), (6, 5, 0), Status.PARTLY),
        (Need(SOME, 2, 2), None, Status.UNFILLED),
        (Need(EVERYONE, 1), (0, 0, 0), Status.MISSING),
        (Need(NeedKind.SPECIALIST), (6, 6, 6), Status.NO_CONTACT),
        (Need(NeedKind.NONE), None, Status.NOT_NEEDED),
    ],
)
def test_status(need: Need, counts: tuple[int, int, int] | None, status: Status) -> None:
    assert one(need, counts).status is status


def test_one_person_is_flagged_also_when_one_is_enough() -> None:
    found = one(Need(SOME, 2, 1), (2, 1, 0))
    assert (found.status, found.one_person) == (Status.IN_PLACE, True)
    assert words.have(found).nl == "1 van 1"


@pytest.mark.parametrize("counts", [(7, 0, 0), (4, 5, 0), (4, 1, 2), (-1, -1, -1)])
def test_what_cannot_be_right_is_not_judged(counts: tuple[int, int, int]) -> None:
    assert one(Need(SOME, 1, 2), counts).status is Status.UNFILLED


def test_a_specialist_has_a_contact_by_role_or_with_the_topic(
    topics: tuple[Topic, ...], f1: Scan, k: dict[str, str]
) -> None:
    topic = next(topic for topic in topics if topic.key == k["k4"])
    assert not rules.has_contact(f1, topic)
    assert not rules.has_contact(replace(f1, contacts=(Contact("crisisdienst-ggz", reaction="een uur"),)), topic)
    assert not rules.has_contact(replace(f1, contacts=(Contact("huisarts", phone="030"),)), topic)
    assert rules.has_contact(replace(f1, contacts=(Contact("crisisdienst-ggz", phone="030"),)), topic)
    line = replace(f1.lines[k["k4"]], boundary=Boundary(Who.SPECIALIST, contact="crisisdienst"))
    with_boundary = replace(f1, lines={**f1.lines, k["k4"]: line})
    assert rules.has_contact(with_boundary, topic)
    assert by_name(with_boundary, topics, k)["k4"].status is Status.SPECIALIST


def test_for_one_professional_one_is_enough_and_nothing_rests_on_one_person(
    topics: tuple[Topic, ...], k: dict[str, str]
) -> None:
    scan = Scan(Mode.OWN, lines={k["k2"]: Line(Need(SOME, 2, 2), counts=(1, 1, 0))})
    found = by_name(scan, topics, k)["k2"]
    assert (found.status, found.need, found.one_person, found.line.need.number) == (Status.IN_PLACE, 1, False, 2)


def test_equals_go_by_area_then_label_whatever_the_kind() -> None:
    area = [Ref("", {"nl": f"{n}"}, "domein", f"{n}", n) for n in (1, 2)]
    shown = [
        Topic("aspect/a", {"nl": "Zorg"}, Kind.GENERAL, area[0]),
        Topic("aspect/b", {"nl": "éen"}, Kind.SPECIFIC, area[0]),
        Topic("aspect/c", {"nl": "Aa"}, Kind.GENERAL, area[1]),
        Topic("competentie/d", {"nl": "Aa"}, Kind.COMPETENCY, None),
    ]
    found = [Judged(topic, Line(Need(SOME)), Status.MISSING, priority=Fraction(2)) for topic in reversed(shown)]
    keys = [judged.topic.key for judged in rules.in_order(found)]
    assert keys == ["aspect/b", "aspect/a", "aspect/c", "competentie/d"]


def test_a_team_of_one_cannot_lose_anyone(f1: Scan) -> None:
    with pytest.raises(BadRequest):
        rules.without_one(replace(f1, size=1), ())


def test_own_topics_are_judged_in_their_area(topics: tuple[Topic, ...]) -> None:
    scan = Scan(
        size=4,
        lines={
            "eigen/1": Line(Need(SOME, 2, 2), counts=(1, 1, 1)),
            "aspect/meldcode": Line(Need(SOME), counts=(4, 4, 4)),
        },
        own_topics=(OwnTopic("eigen/1", "Huisjesmelkers", "inkomen"),),
    )
    found = rules.judged(scan, topics)
    assert [(one.topic.key, one.status) for one in found] == [
        ("eigen/1", Status.FRAGILE),
        ("aspect/meldcode", Status.IN_PLACE),
    ]


@given(Decreasing, st.integers(1, 3), st.integers(1, 9), st.sampled_from((EVERYONE, SOME)), st.integers(1, 3))
def test_a_status_says_exactly_what_a3_says(
    sized: tuple[int, list[int]], level: int, number: int, kind: NeedKind, weight: int
) -> None:
    size, (first, second, third) = sized
    found = one(Need(kind, level, number), (first, second, third), size, weight)
    have, need = found.have, found.need
    meanings = {
        Status.MISSING: have == 0 and need >= 1,
        Status.FRAGILE: have == 1 and need >= 2,
        Status.PARTLY: 1 < have < need,
        Status.IN_PLACE: have >= need,
    }
    assert [status for status, holds in meanings.items() if holds] == [found.status]
    assert found.one_person is (have == 1)
    assert found.priority == (Fraction(weight * (need - have), need) if have < need else 0)
    assert (found.urgency == "high") is (found.priority >= 2) and (found.urgency == "low") is (found.priority < 1)


@given(Decreasing, st.integers(0, 2), st.integers(1, 3), st.integers(1, 9), st.sampled_from((EVERYONE, SOME)))
def test_one_more_able_colleague_never_makes_it_worse(
    sized: tuple[int, list[int]], at: int, level: int, number: int, kind: NeedKind
) -> None:
    size, counts = sized
    more = [min(count + (index <= at), size) for index, count in enumerate(counts)]
    less, better = (one(Need(kind, level, number), (c[0], c[1], c[2]), size) for c in (counts, more))
    assert RANK[better.status] >= RANK[less.status]
    assert better.priority <= less.priority


@given(st.data())
def test_the_order_does_not_depend_on_the_order_it_came_in(
    any_scan: AnyScan, topics: tuple[Topic, ...], data: st.DataObject
) -> None:
    found = list(rules.judged(data.draw(any_scan()), topics))
    expected = rules.in_order(found)
    assert sorted(expected, key=lambda judged: -judged.priority) == list(expected)
    assert rules.in_order(data.draw(st.permutations(found))) == expected
    assert len(expected) == len(found)


@given(st.data())
def test_who_leaves_never_makes_what_they_covered_better(
    any_scan: AnyScan, topics: tuple[Topic, ...], data: st.DataObject
) -> None:
    scan = data.draw(any_scan(least=2))
    keys = set(data.draw(st.lists(st.sampled_from([topic.key for topic in topics]))))
    after = rules.without_one(scan, keys)
    before = {judged.topic.key: judged for judged in rules.judged(scan, topics)}
    for judged in rules.judged(after, topics):
        key = judged.topic.key
        if judged.status not in rules.COUNTED:
            assert judged.status is before[key].status
        elif key in keys or judged.line.need.kind is SOME:
            assert judged.priority >= before[key].priority
            assert RANK[judged.status] <= RANK[before[key].status]
        else:  # everyone must know it: the one who left was one who did not, unless all did
            assert judged.have == min(before[key].have, after.size)
    assert scan.size == after.size + 1
