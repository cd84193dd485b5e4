"""The plan: rows from what is open, sources worth opening, and when it may be called final."""

from dataclasses import replace

import pytest

from kbs_graph.errors import BadRequest
from kbs_graph.link_states import Health
from kbs_graph.model import Ref, SourceRef
from kbs_graph.teamscan import plan, report
from kbs_graph.teamscan.documents import tables
from kbs_graph.teamscan.model import Action, Line, Mode, Need, NeedKind, PlanRow, Scan, State, Topic
from kbs_graph.teamscan.plan import Lack

ID = "https://w3id.org/kennisbouwstenen/id/"


def source(
    slug: str, kind: str, free: bool | None = True, state: str = "", address: str = "https://x.nl/"
) -> SourceRef:
    ref = Ref(f"{ID}bron/{slug}", {"nl": slug}, "bron", slug)
    sort = Ref(f"{ID}bronsoort/{kind}", {"nl": kind}, "bronsoort", kind)
    return SourceRef(ref, address or None, sort, (), None, "nl", Health(state), free=free)


def slugs(found: tuple[SourceRef, ...]) -> list[str]:
    return [str(one.ref.slug) for one in found]


def test_rows_for_k3_and_k2_of_f1_lack_an_owner_and_a_day(
    topics: tuple[Topic, ...], f1: Scan, k: dict[str, str]
) -> None:
    gaps = report.make(f1, topics).gaps
    rows = tuple(plan.proposal(one) for one in gaps[:2])
    assert [row.topic for row in rows] == [k["k3"], k["k2"]]
    assert [row.action for row in rows] == [Action.TRAINING, Action.SHADOWING]
    assert {row.goal for row in rows} == {"Minstens 2 collega's kunnen ermee werken."}
    assert [plan.lacking(row) for row in rows] == [(Lack.OWNER, Lack.DAY)] * 2
    found = plan.items(replace(f1, plan=rows), topics, gaps)
    assert [item.judged and item.judged.line.weight for item in found] == [3, 3]
    assert [item.lacks for item in found] == [(Lack.OWNER, Lack.DAY)] * 2


def test_a_plan_is_final_when_no_row_lacks_anything(topics: tuple[Topic, ...], f1: Scan, k: dict[str, str]) -> None:
    full = PlanRow(k["k3"], action=Action.TRAINING, owner="teamleider", day="2027-03-31")
    assert not plan.is_final(f1)
    assert plan.is_final(replace(f1, plan=(full,)))
    half = replace(f1, plan=(full, PlanRow(k["k2"], action=Action.OTHER, owner=" ")))
    with pytest.raises(BadRequest) as refused:
        plan.refuse_unfinished(half, topics)
    assert "2. Schuldhulpverlening (actie, eigenaar, datum)" in refused.value.words.nl
    assert "Veilig Thuis" not in refused.value.words.nl
    assert "owner, date" in refused.value.words.en
    with pytest.raises(BadRequest, match="nothing in this plan"):
        plan.refuse_unfinished(f1, topics)
    plan.refuse_unfinished(replace(f1, plan=(full,)), topics)


def test_in_a_plan_of_my_own_only_the_day_is_to_be_chosen(topics: tuple[Topic, ...], k: dict[str, str]) -> None:
    scan = Scan(Mode.OWN, lines={k["k3"]: Line(Need(NeedKind.SOME), counts=(0, 0, 0))})
    (judged,) = report.make(scan, topics).table
    row = plan.proposal(judged, Mode.OWN, "en")
    assert (row.goal, row.action, row.owner) == ("I can work with this.", Action.READ, "me")
    assert plan.lacking(row) == (Lack.DAY,)


def test_an_action_in_own_words_wants_words(k: dict[str, str]) -> None:
    row = PlanRow(k["k3"], action=Action.OTHER, owner="x", day="2027-01-01", state=State.DONE)
    assert plan.lacking(row) == (Lack.ACTION,)
    assert plan.lacking(replace(row, action_text="op bezoek bij de voedselbank")) == ()


def test_at_most_five_sources_free_first_and_none_that_cannot_be_opened(topics: tuple[Topic, ...]) -> None:
    topic = replace(
        topics[0],
        sources=(
            source("betaald", "e-learning", free=False),
            source("onbekend", "e-learning", free=None),
            source("weg", "e-learning", state="tijdelijk-weg"),
            source("dood", "e-learning", state="verdwenen"),
            source("zonder-adres", "e-learning", address=""),
            source("site", "website"),
            source("leren", "e-learning"),
            source("gids", "richtlijn"),
            source("werkt", "onderzoek", state="werkt"),
            source("kaart", "factsheet"),
        ),
    )
    found = slugs(plan.sources_for(topic, Action.E_LEARNING, 1))
    assert found == ["werkt", "leren", "kaart", "site", "gids"]
    assert slugs(plan.sources_for(replace(topic, sources=topic.sources[:5]), Action.E_LEARNING)) == [
        "onbekend",
        "betaald",
    ]


def test_the_kind_of_source_follows_the_level_and_the_action(topics: tuple[Topic, ...]) -> None:
    kinds = ("onderzoek", "richtlijn", "handreiking", "factsheet", "wegwijzer", "e-learning")
    topic = replace(topics[0], sources=tuple(source(kind, kind) for kind in kinds))
    assert slugs(plan.sources_for(topic, None, 1))[0] == "factsheet"
    assert slugs(plan.sources_for(topic, None, 2))[0] == "handreiking"
    assert slugs(plan.sources_for(topic, None, 3))[0] == "richtlijn"
    assert slugs(plan.sources_for(topic, Action.CONSULT, 3))[:2] == ["wegwijzer", "richtlijn"]


@pytest.mark.parametrize(
    ("need", "mode", "nl", "en"),
    [
        (Need(NeedKind.EVERYONE, 1), Mode.TEAM, "Alle collega's herkennen dit.", "All colleagues recognise this."),
        (
            Need(NeedKind.SOME, 2, 1),
            Mode.TEAM,
            "Minstens 1 collega kan ermee werken.",
            "At least 1 colleague can work with this.",
        ),
        (Need(NeedKind.SPECIALIST), Mode.OWN, plan.CALLING.nl, plan.CALLING.en),
        (Need(NeedKind.SOME, 2, 2), Mode.OWN, "Ik kan ermee werken.", "I can work with this."),
    ],
)  # fmt: skip
def test_a_goal_says_when_the_need_is_met(topics: tuple[Topic, ...], need: Need, mode: Mode, nl: str, en: str) -> None:
    scan = Scan(mode, size=1 if mode is Mode.OWN else 6, lines={topics[0].key: Line(need, counts=(0, 0, 0))})
    (judged,) = report.make(scan, topics).table
    assert (plan.goal(judged, mode).nl, plan.goal(judged, mode).en) == (nl, en)


def test_a_row_about_what_this_graph_does_not_know_is_kept(topics: tuple[Topic, ...], f1: Scan) -> None:
    (item,) = plan.items(replace(f1, plan=(PlanRow("aspect/weg", goal="x"),)), topics, ())
    assert item.topic is None
    assert item.suggested == ()
    assert plan.label(item.row, {}, "nl") == "aspect/weg"


def test_what_was_ticked_stays_to_be_ticked_when_it_is_no_suggestion_any_more(
    topics: tuple[Topic, ...], f1: Scan
) -> None:
    topic = replace(topics[0], sources=(source("a", "website"), source("oud", "website", state="verdwenen")))
    scan = replace(f1, plan=(PlanRow(topic.key, sources=("oud", "nooit-geweest")),))
    (item,) = plan.items(scan, (topic,), ())
    assert slugs(item.offered) == ["a", "oud"]
    assert slugs(item.chosen) == ["oud"]


def test_a_draft_on_paper_names_sources_to_choose_from_until_one_is_chosen(topics: tuple[Topic, ...], f1: Scan) -> None:
    topic = replace(topics[0], sources=tuple(source(slug, "website") for slug in "abcd"))

    def told(*chosen: str) -> list[str]:
        (item,) = plan.items(replace(f1, plan=(PlanRow(topic.key, sources=chosen),)), (topic,), ())
        return tables.sources(item, tables.Teller("nl"), lambda found: str(found.ref.slug))

    assert told() == ["Om uit te kiezen:", "a", "b", "c"]
    assert told("d") == ["d"]
