"""Several teams side by side, and one team at two moments."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbs_graph.errors import BadRequest
from kbs_graph.teamscan import region
from kbs_graph.teamscan.compare import Direction, compare
from kbs_graph.teamscan.model import Contact, Line, Mode, Need, NeedKind, OwnTopic, Scan, Status, Topic
from kbs_graph.teamscan.rules import without_one
from kbs_graph.teamscan.topics import with_own

Topics = tuple[Topic, ...]
AnyScan = Callable[..., st.SearchStrategy[Scan]]
EVERYONE, SOME = Need(NeedKind.EVERYONE, 1), Need(NeedKind.SOME, 2, 2)


def named(scan: Scan, name: str, **lines: Line) -> Scan:
    return replace(scan, name=name, lines={f"aspect/{key.replace('_', '-')}": line for key, line in lines.items()})


@pytest.fixture
def three() -> list[Scan]:
    """Three teams of other sizes and other scopes."""
    return [
        named(
            Scan(size=8),
            "Noord",
            veilig_thuis=Line(SOME, 2, (5, 3, 1), share=True),
            meldcode=Line(EVERYONE, 3, (4, 0, 0)),
        ),
        named(
            Scan(size=3), "Zuid", veilig_thuis=Line(SOME, 2, (1, 0, 0), learn=1), dagbesteding=Line(SOME, 1, (1, 1, 1))
        ),
        named(
            Scan(size=5),
            "",
            veilig_thuis=Line(SOME, 3, (2, 1, 0), learn=2),
            meldcode=Line(EVERYONE, 2, (5, 0, 0)),
            dagbesteding=Line(Need(NeedKind.SOME, 2, 1), 2, (1, 1, 0)),
        ),
    ]


def test_f1_three_times(f1: Scan, topics: Topics, k: dict[str, str]) -> None:
    found = region.merge([f1, f1, f1], topics)
    status = {
        "k1": Status.PARTLY,
        "k2": Status.FRAGILE,
        "k3": Status.MISSING,
        "k4": Status.NO_CONTACT,
        "k5": Status.IN_PLACE,
    }
    rows = {one.topic.key: one for one in found.standings}
    assert {k[name]: 3 for name in status} == {k[name]: rows[k[name]].by_status[status[name]] for name in status}
    assert all(sum(one.by_status.values()) == 3 and one.not_scanned == 0 for one in found.standings)
    assert [one.topic.key for one in found.shared] == [k["k3"], k["k2"], k["k1"]]
    assert [one.topic.key for one in found.training] == [k["k3"], k["k2"]]
    assert [team.name for team in found.teams] == ["Voorbeeldteam", "Voorbeeldteam (2)", "Voorbeeldteam (3)"]
    assert "precies gelijk" in found.notes[0].nl
    assert found.offers == ()


def test_teams_of_other_sizes_and_scopes(three: list[Scan], topics: Topics) -> None:
    found = region.merge(three, topics)
    assert [(team.name, team.size, team.filled) for team in found.teams] == [
        ("Noord", 8, 2),
        ("Zuid", 3, 2),
        ("Team 1", 5, 3),
    ]
    rows = {one.topic.key: one for one in found.standings}
    safe = rows["aspect/veilig-thuis"]
    assert {status: number for status, number in safe.by_status.items() if number} == {
        Status.IN_PLACE: 1,
        Status.MISSING: 1,
        Status.FRAGILE: 1,
    }
    assert (safe.gaps, safe.one_person, safe.lacking, safe.learners, safe.not_scanned) == (2, 1, 2, 3, 0)
    assert rows["aspect/meldcode"].not_scanned == 1
    assert [one.topic.key for one in found.shared] == ["aspect/veilig-thuis"]
    assert [(one.topic.key, one.teams, one.learners) for one in found.training] == [
        ("aspect/veilig-thuis", 2, 3),
        ("aspect/dagbesteding", 2, 0),
    ]
    assert "aspect/opvoedvragen" not in rows


def test_what_more_teams_lack_comes_before_what_fewer_lack_more(topics: Topics) -> None:
    safe, code = Line(SOME, 3, (0, 0, 0)), Line(EVERYONE, 1, (2, 0, 0))
    teams = [named(Scan(size=4), name, veilig_thuis=safe, meldcode=code) for name in ("Noord", "Zuid")]
    teams.append(named(Scan(size=4), "Oost", veilig_thuis=Line(SOME, 3, (4, 4, 4)), meldcode=code))
    assert [(one.topic.key, one.gaps) for one in region.merge(teams, topics).shared] == [
        ("aspect/meldcode", 3),
        ("aspect/veilig-thuis", 2),
    ]


def test_a_team_offers_only_what_it_ticked_and_has_enough_of(three: list[Scan], topics: Topics) -> None:
    offers = region.merge(three, topics).offers
    assert [(offer.topic.key, offer.team, offer.have, offer.level) for offer in offers] == [
        ("aspect/veilig-thuis", "Noord", 3, 2)
    ]
    unticked = [
        replace(scan, lines={key: replace(line, share=False) for key, line in scan.lines.items()}) for scan in three
    ]
    assert region.merge(unticked, topics).offers == ()
    all_ticked = [
        replace(scan, lines={key: replace(line, share=True) for key, line in scan.lines.items()}) for scan in three
    ]
    assert {(o.topic.key, o.team) for o in region.merge(all_ticked, topics).offers} == {
        ("aspect/veilig-thuis", "Noord"),
        ("aspect/meldcode", "Team 1"),
        ("aspect/dagbesteding", "Team 1"),
    }


def test_only_an_offer_names_a_team_with_a_topic(three: list[Scan], topics: Topics) -> None:
    found = region.merge(three, topics)
    told = repr((found.standings, found.shared, found.training))
    assert "Noord" not in told and "Zuid" not in told and "Team 1" not in told


def test_topics_of_a_team_itself_stay_out(three: list[Scan], topics: Topics) -> None:
    own = replace(
        three[0], own_topics=(OwnTopic("eigen/1", "Iets", "inkomen"),), lines={"eigen/1": Line(SOME, 2, (0, 0, 0))}
    )
    for known in (topics, with_own(topics, own)):
        found = region.merge([own, replace(own, name="Oost")], known)
        assert (found.standings, found.shared, found.training) == ((), (), ())


def test_the_same_file_twice_is_told_whatever_the_order_of_its_topics(f1: Scan, topics: Topics) -> None:
    turned = replace(f1, lines=dict(reversed(f1.lines.items())))
    assert "precies gelijk" in region.merge([f1, turned], topics).notes[0].nl
    assert region.merge([f1, replace(f1, size=7)], topics).notes == ()


def test_what_cannot_be_right_is_told_and_not_counted(three: list[Scan], topics: Topics) -> None:
    wrong = named(Scan(size=3), "West", meldcode=Line(EVERYONE, 2, (7, 0, 0)))
    found = region.merge([three[0], wrong], topics)
    assert [note.nl for note in found.notes] == ["West: 1 keer staat er iets dat niet kan. Dat telt niet mee."]
    assert next(one for one in found.standings if one.topic.key == "aspect/meldcode").not_scanned == 1


def test_twelve_teams_counted_by_hand(topics: Topics) -> None:
    """Teams of 3 to 14: at Veilig Thuis n % 4 can, the meldcode all know in even teams, four ask for dagbesteding."""
    lines = [
        {
            "veilig_thuis": Line(SOME, 3, (3, n % 4, 0), share=n == 3),
            "meldcode": Line(EVERYONE, 2, (n if n % 2 == 0 else 1, 0, 0)),
            **({"dagbesteding": Line(Need(NeedKind.SPECIALIST))} if n < 7 else {}),
        }
        for n in range(3, 15)
    ]
    teams = [named(Scan(size=n), f"Team {chr(62 + n)}", **some) for n, some in zip(range(3, 15), lines, strict=True)]
    rows = {one.topic.key: one for one in region.merge(teams, topics).standings}
    safe, code, day = (rows[f"aspect/{slug}"] for slug in ("veilig-thuis", "meldcode", "dagbesteding"))
    # n % 4 for 3..14 is 3 0 1 2 3 0 1 2 3 0 1 2: three times 0 (missing), 1 (fragile), 2 and 3 (in place)
    assert [safe.by_status[status] for status in (Status.MISSING, Status.FRAGILE, Status.PARTLY, Status.IN_PLACE)] == [
        3, 3, 0, 6,
    ]  # fmt: skip
    assert (safe.gaps, safe.one_person, safe.lacking, safe.pressing) == (6, 3, 6, Fraction(27, 2))  # 3 x 3 + 3 x 3/2
    # even: 4 6 8 10 12 14, all know it; odd: 3 5 7 9 11 13, one does
    assert [code.by_status[status] for status in (Status.FRAGILE, Status.IN_PLACE)] == [6, 6]
    assert (code.one_person, code.not_scanned) == (6, 0)
    assert (day.by_status[Status.NO_CONTACT], day.not_scanned, day.gaps) == (4, 8, 0)
    assert [(o.team, o.have) for o in region.merge(teams, topics).offers] == [("Team A", 3)]


def test_a_team_called_as_a_nameless_one_keeps_its_name(topics: Topics) -> None:
    found = region.merge([Scan(name="Team 1"), Scan(), Scan(size=2)], topics)
    assert [team.name for team in found.teams] == ["Team 1", "Team 2", "Team 3"]


@pytest.mark.parametrize("scans", [[], [Scan()], [Scan(), Scan(mode=Mode.OWN)]])
def test_no_region_of_one_team_or_of_one_professional(scans: list[Scan]) -> None:
    with pytest.raises(BadRequest):
        region.merge(scans, ())


@settings(max_examples=20)
@given(st.data())
def test_a_region_does_not_depend_on_the_order_of_the_files(
    any_scan: AnyScan, topics: Topics, data: st.DataObject
) -> None:
    scans = data.draw(st.lists(any_scan(), min_size=2, max_size=4))
    found = region.merge(scans, topics)
    assert region.merge(data.draw(st.permutations(scans)), topics) == found
    for one in found.standings:
        assert sum(one.by_status.values()) + one.not_scanned == len(scans)


def directions(before: Scan, after: Scan, topics: Topics) -> dict[str, str]:
    return {change.topic.key.split("/")[1]: change.direction.value for change in compare(before, after, topics).changes}


def test_f1_before_and_after_a_colleague_left(f1: Scan, topics: Topics, k: dict[str, str]) -> None:
    after = without_one(f1, {k["k1"], k["k2"], k["k5"]})
    assert directions(f1, after, topics) == {
        "geldzorgen-signaleren": "less",
        "schuldhulpverlening": "less",
        "veilig-thuis": "same",
        "verplichte-zorg": "same",
        "dagbesteding": "less",
    }
    assert directions(after, f1, topics)["dagbesteding"] == "better"


def test_a_need_that_was_raised_loses_no_knowledge(topics: Topics) -> None:
    before = named(Scan(size=6), "", dagbesteding=Line(SOME, 2, (3, 2, 0)))
    after = named(Scan(size=6), "", dagbesteding=Line(Need(NeedKind.SOME, 2, 4), 3, (4, 3, 0)))
    change = compare(before, after, topics).changes[0]
    assert (change.direction, change.need_changed) == (Direction.BETTER, True)
    assert change.before and change.after and (change.before.have, change.before.need, change.after.have) == (2, 4, 3)


def test_new_gone_and_contacts(topics: Topics, f1: Scan, k: dict[str, str]) -> None:
    before = replace(f1, lines={key: f1.lines[key] for key in (k["k1"], k["k4"])})
    lines = {k["k1"]: replace(f1.lines[k["k1"]], counts=None), k["k4"]: f1.lines[k["k4"]], k["k3"]: f1.lines[k["k3"]]}
    after = replace(f1, lines=lines, contacts=(Contact("crisisdienst-ggz", phone="030"),))
    found = compare(before, after, topics)
    assert directions(before, after, topics) == {
        "geldzorgen-signaleren": "gone",
        "veilig-thuis": "new",
        "verplichte-zorg": "better",
    }
    assert [change.topic.key for change in found.of(Direction.NEW)] == [k["k3"]]


def test_everyone_still_knows_it_in_a_smaller_team(topics: Topics) -> None:
    before, after = (named(Scan(size=n), "", meldcode=Line(EVERYONE, 2, (n, 1, 0))) for n in (6, 5))
    assert directions(before, after, topics) == {"meldcode": "same"}


def test_a_team_is_not_compared_with_one_professional(f1: Scan, topics: Topics) -> None:
    with pytest.raises(BadRequest):
        compare(f1, replace(f1, mode=Mode.OWN), topics)


@given(st.data())
def test_nothing_changed_is_the_same_everywhere_and_back_is_the_other_way(
    any_scan: AnyScan, topics: Topics, data: st.DataObject
) -> None:
    scan = data.draw(any_scan(least=2))
    assert {change.direction for change in compare(scan, scan, topics).changes} <= {Direction.SAME, Direction.NEW}
    after = without_one(scan, set(scan.lines))
    opposite = {"better": "less", "less": "better", "same": "same", "new": "gone", "gone": "new"}
    there, back = directions(scan, after, topics), directions(after, scan, topics)
    assert {key: opposite[direction] for key, direction in there.items()} == back
