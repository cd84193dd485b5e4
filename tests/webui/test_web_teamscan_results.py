"""The results of a scan as pages: F1 exactly, the same numbers in wheel and table, and what a plan still lacks."""

import re
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from scan_pages import AREAS, K1, K2, K3, K4, K5, TOPICS, Pages, section, words

from kbs_graph.teamscan import scanfile, topics
from kbs_graph.teamscan.model import Boundary, Line, Mode, Need, NeedKind, OwnTopic, PlanRow, Scan, Who

NASTY = "=1+1<script>alert('x')</script>{{7*7}}"


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """The topics of F1, in place of those of the small site."""
    monkeypatch.setattr(topics, "read", lambda store: TOPICS)


@pytest.fixture
def f1() -> Scan:
    return scanfile.loads(scanfile.example(), TOPICS, {}).scan


@pytest.fixture
def pages(client: FlaskClient) -> Pages:
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    return Pages(client)


def test_f1_leads_with_what_is_missing_then_what_one_knows_then_what_goes_well(pages: Pages, f1: Scan) -> None:
    text = pages.send("rapport", f1)
    assert pages.status == 200
    assert "Dit mist ons team (1)" in words(text)
    assert "Veilig Thuis 6 Veiligheid · 0 van 2 · minstens 2 collega's op niveau 2 · voorrang hoog" in section(
        text, "ontbreekt"
    )
    assert "Hier weet maar één collega van (1)" in words(text)
    assert "Schuldhulpverlening 3 Inkomen · 1 van 2" in section(text, "kwetsbaar")
    assert "voorrang midden" in section(text, "kwetsbaar")
    assert "4 van 6 · iedereen op niveau 1 · voorrang midden" in section(text, "deels")
    assert "Het contact is nog niet ingevuld. (1)" in words(text)
    assert "Verplichte zorg" in section(text, "contact")
    assert "Dagbesteding 4 Participatie · 3 van 2" in section(text, "op-orde")
    blocks = [
        text.index(f'<section id="{name}"')
        for name in ("ontbreekt", "kwetsbaar", "deels", "contact", "op-orde", "wiel", "tabel")
    ]
    assert blocks == sorted(blocks)
    assert "Het is geen toets en geen beoordeling." in text


def test_the_report_shows_the_examples_of_the_team_and_whom_it_calls(pages: Pages, f1: Scan) -> None:
    called = Boundary(Who.SPECIALIST, contact="Crisisdienst", phone="0800-1234")
    lines = dict(f1.lines)
    lines[K2] = replace(lines[K2], practice="Samen bellen hielp")
    lines[K4] = replace(lines[K4], boundary=called)
    text = pages.send("rapport", replace(f1, lines=lines))
    assert "Een voorbeeld uit de praktijk: Samen bellen hielp" in words(section(text, "kwetsbaar"))
    assert "Contact: Crisisdienst · 0800-1234" in words(section(text, "specialist"))


def test_no_number_with_a_decimal_reaches_a_reader(pages: Pages, f1: Scan) -> None:
    for page in ("rapport", "plan", "afbakening"):
        shown = re.sub(r"<svg.*?</svg>|value=\"[^\"]*\"", "", pages.send(page, f1), flags=re.S).split("<main")[1]
        assert not re.search(r"\d[.,]\d", words(shown.split("</main>")[0]))


def test_the_table_under_the_wheel_counts_what_the_wheel_says(pages: Pages, f1: Scan) -> None:
    text = pages.send("rapport", f1)
    heads = re.findall(r"<th scope=\"col\">(.*?)</th>", text.split('id="telling"')[1].split("</thead>")[0], flags=re.S)
    statuses = [words(head).strip() for head in heads][1:-1]
    for order, area in enumerate(AREAS, 1):
        for part, name in (
            ("", f"{order} {area}"),
            ("-general", f"{order} {area}, algemeen"),
            ("-specific", f"{order} {area}, specifiek"),
        ):
            row = text.split(f'id="telling-gebied-{order}{part}"')[1].split("</tr>")[0]
            numbers = [int(number) for number in re.findall(r"<td[^>]*>(\d+)</td>", row)][:-1]
            told = ", ".join(
                f"{n} {status.removeprefix('? ')}" for n, status in zip(numbers, statuses, strict=True) if n
            )
            assert f'aria-label="{name}: {told or "niets bekeken"}. Naar de tabel."' in text


def test_every_link_of_the_wheel_leads_to_a_place_on_the_page(pages: Pages, f1: Scan) -> None:
    text = pages.send("rapport", f1)
    wheel = text.split('<svg class="wheel team"')[1].split("</svg>")[0]
    places = re.findall(r'href="#([^"]+)" class', wheel)
    assert len(places) == 7 * 3 + 1
    assert places[6:9] == ["gebied-3", "gebied-3-general", "gebied-3-specific"]
    for place in places:
        assert text.count(f'id="{place}"') == 1, place


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("priority", ["Veilig Thuis", "Schuldhulpverlening", "Geldzorgen signaleren"]),
        ("domain", ["Geldzorgen signaleren", "Schuldhulpverlening", "Veilig Thuis"]),
        ("status", ["Veilig Thuis", "Schuldhulpverlening", "Geldzorgen signaleren"]),
        ("nonsense", ["Geldzorgen signaleren", "Schuldhulpverlening", "Veilig Thuis"]),
    ],
)
def test_the_table_sorts_by_its_heads(pages: Pages, f1: Scan, order: str, expected: list[str]) -> None:
    text = pages.send("rapport", f1, volgorde=order)
    assert pages.order(*expected) == expected
    direction = "descending" if order == "priority" else "ascending"
    assert text.count("aria-sort=") == 1
    shown = order if order != "nonsense" else "domain"
    assert re.search(rf'aria-sort="{direction}"><button class="sort" name="volgorde" value="{shown}"', text)


def test_what_if_one_leaves_stands_beside_the_report_and_changes_nothing(pages: Pages, f1: Scan) -> None:
    text = pages.send("rapport", f1, weg=[K1, K2, K5])
    told = section(text, "wat-als")
    assert "Zonder deze collega zijn jullie met 5. Bij 1 onderwerp verandert de status." in told
    rows = [
        words(row).split("?")[0].strip()
        for row in text.split('id="wat-als"')[1].split("<tbody>")[1].split("</tr>")[:-1]
    ]
    assert rows == [
        "Schuldhulpverlening kwetsbaar 1 van 2 ontbreekt 0 van 2 (verandert) hoog",
        "Veilig Thuis ontbreekt 0 van 2 ontbreekt 0 van 2 hoog",
        "Geldzorgen signaleren deels 4 van 6 deels 3 van 5 midden",
        "Dagbesteding op orde 3 van 2 op orde 2 van 2",
    ]
    assert pages.scan == f1


def test_put_in_the_plan_makes_two_rows_with_five_sources_at_most_and_says_what_to_choose(
    pages: Pages, f1: Scan
) -> None:
    text = pages.send("plan", f1, plan__bij=[K3, K2])
    assert [row.topic for row in pages.scan.plan] == [K3, K2]
    assert words(text).count("Kies nog: eigenaar, datum") == 4  # in the table and at the fields of each row
    assert text.count('name="plan-bronnen:1"') == 1 + 5
    assert text.count('name="plan-bronnen:0"') == 1 + 2
    again = pages.send("plan", pages.scan, plan__bij=K3, came_from="plan")
    assert [row.topic for row in pages.scan.plan] == [K3, K2]
    assert "heel belangrijk" in words(again)
    for name in (
        "lezen",
        "e-learning",
        "training",
        "meelopen",
        "intervisie",
        "casus bespreken",
        "kennisdrager aanwijzen",
        "consult regelen",
        "gastles",
        "nieuwe collega",
    ):
        assert f">{name}</option>" in again


def plan_of(f1: Scan) -> Scan:
    return replace(f1, plan=(PlanRow(K3, "Weten wie je belt"), PlanRow(K2)))


def test_the_fields_of_a_row_reach_the_scan_whatever_page_comes_next(pages: Pages, f1: Scan) -> None:
    fields: dict[str, Any] = {
        "plan-doel:0": "Anders", "plan-actie:0": "other", "plan-eigen:0": "Op bezoek", "plan-wie:0": "teamleider",
        "plan-dag:0": "2027-03-31", "plan-merken:0": "Meer meldingen", "plan-stand:0": "busy",
        "plan-bronnen:0": ["", "veilig-thuis-1"],
    }  # fmt: skip
    pages.send("rapport", plan_of(f1), came_from="plan", **fields)
    row = pages.scan.plan[0]
    assert (row.goal, row.action, row.action_text, row.owner) == ("Anders", "other", "Op bezoek", "teamleider")
    assert (row.day, row.notice, row.state, row.sources) == (
        "2027-03-31",
        "Meer meldingen",
        "busy",
        ("veilig-thuis-1",),
    )
    assert pages.scan.plan[1] == PlanRow(K2)


def test_a_day_that_is_no_date_comes_back_with_what_was_typed(pages: Pages, f1: Scan) -> None:
    text = pages.send("rapport", plan_of(f1), came_from="plan", **{"plan-dag:0": "volgende week", "plan-wie:0": "Noor"})
    assert pages.status == 422
    assert "geen datum" in words(text)
    assert 'value="volgende week"' in text
    assert pages.scan.plan[0].owner == "Noor"


def test_a_row_is_taken_out(pages: Pages, f1: Scan) -> None:
    pages.send("plan", plan_of(f1), came_from="plan", plan__weg="0")
    assert [row.topic for row in pages.scan.plan] == [K2]


def test_an_unfinished_plan_is_refused_as_final_with_the_list(pages: Pages, f1: Scan) -> None:
    text = pages.send("plan", plan_of(f1), came_from="plan", wat="plan", versie="klaar")
    assert pages.status == 422
    assert (
        "Dit plan is nog niet klaar. Kies nog: 1. Veilig Thuis (actie, eigenaar, datum); 2. Schuldhulpverlening"
        in words(text)
    )
    pages.send("plan", plan_of(f1), came_from="plan", wat="plan", versie="concept")
    assert pages.status == 200


def test_the_delimitation_has_three_columns_and_lists_k4_without_a_contact(pages: Pages, f1: Scan) -> None:
    fields: dict[str, Any] = {
        f"grens-wie:{K5}": "we",
        f"grens-wie:{K3}": "together",
        f"grens-contact:{K3}": "Veilig Thuis",
        f"grens-op:{K3}": "Bel 112",
    }
    text = pages.send("afbakening", f1, came_from="afbakening", **fields)
    assert "Dagbesteding" in section(text, "we-h")
    assert "Contact Veilig Thuis Opschalen Bel 112" in section(text, "together-h")
    assert "Verplichte zorg" in section(text, "specialist-h")
    assert "Verplichte zorg: Crisisdienst ggz" in section(text, "contact-h")
    assert "Geldzorgen signaleren" in section(text, "open-h")
    assert pages.scan.lines[K4].boundary is None
    pages.send(
        "afbakening", pages.scan, came_from="afbakening", **{f"grens-wie:{K5}": "", f"grens-wie:{K4}": "specialist"}
    )
    assert pages.scan.lines[K4].boundary is None  # its need says so already
    assert pages.scan.lines[K5].boundary is None


def test_a_choice_can_be_taken_back_without_losing_what_was_typed(pages: Pages, f1: Scan) -> None:
    fields: dict[str, Any] = {
        f"grens-wie:{K3}": "together",
        f"grens-reden:{K3}": "Samen sterk",
        f"grens-registratie:{K3}": "nee",
    }
    pages.send("plan", f1, came_from="afbakening", **fields)
    boundary = pages.scan.lines[K3].boundary
    assert boundary and (boundary.who, boundary.reason, boundary.registration) == ("together", "Samen sterk", False)
    pages.send(
        "plan", pages.scan, came_from="afbakening", **{f"grens-wie:{K3}": "", f"grens-reden:{K3}": "Samen sterk"}
    )
    after = pages.scan.lines[K3].boundary
    assert after and after.reason == "Samen sterk"


def test_the_picture_of_one_professional_lists_three_groups(pages: Pages) -> None:
    lines = {
        K1: Line(Need(NeedKind.EVERYONE, 1), counts=(1, 0, 0)),
        K2: Line(Need(NeedKind.SOME), counts=(1, 1, 1)),
        K3: Line(Need(NeedKind.SOME), counts=(0, 0, 0), learn=1),
        K5: Line(Need(NeedKind.SOME)),
    }
    text = pages.send("beeld", Scan(Mode.OWN, lines=lines), came_from="invullen")
    assert "Geldzorgen" in section(text, "breed")
    assert "Schuldhulpverlening 3 Inkomen · Ik help collega's" in section(text, "diep")
    assert "Veilig Thuis" in section(text, "leren")
    assert "Dagbesteding" in section(text, "onbekend")
    assert "je herkent 2 van de 3 onderwerpen, in 1 van de 7 gebieden" in words(text)
    assert "Put in" not in words(text)
    pages.send("plan", pages.scan, came_from="beeld", plan__bij=K3)
    assert [(row.topic, row.goal) for row in pages.scan.plan] == [(K3, "Ik kan ermee werken.")]


def test_what_is_typed_is_shown_as_text(pages: Pages, f1: Scan) -> None:
    line = replace(f1.lines[K3], note=NASTY, keeper=NASTY, partner=NASTY)
    scan = replace(
        f1,
        name=NASTY,
        lines={**f1.lines, K3: line, "eigen/1": line},
        own_topics=(OwnTopic("eigen/1", NASTY, "gebied-3"),),
        plan=(PlanRow("eigen/1", NASTY, owner=NASTY, action_text=NASTY),),
    )
    for page in ("rapport", "afbakening", "plan", "beeld"):
        text = pages.send(page, scan)
        assert pages.status == 200
        assert "<script>alert" not in text
        assert "{{7*7}}" in text
        assert "49" not in words(text)
        assert pages.scan == scan


@pytest.mark.parametrize("page", ["rapport", "afbakening", "plan", "beeld"])
def test_an_empty_scan_and_one_of_unknown_topics_have_their_pages(pages: Pages, page: str) -> None:
    assert pages.send(page, Scan())
    assert pages.status == 200
    unknown = Scan(size=4, lines={"aspect/van-later": Line(Need(NeedKind.SOME), counts=(1, 0, 0))})
    pages.send(page, unknown, "en")
    assert pages.status == 200
    assert pages.scan == unknown
    if page == "rapport":
        assert "aspect/van-later" not in pages.text.split('name="stand"')[0]


def test_a_huge_team_with_a_hundred_topics_of_its_own(pages: Pages) -> None:
    own = tuple(OwnTopic(f"eigen/{n}", f"Eigen {n}", "gebied-3") for n in range(1, 101))
    lines = {one.key: Line(Need(NeedKind.EVERYONE, 1), counts=(n, 0, 0)) for n, one in enumerate(own)}
    text = pages.send("rapport", Scan(size=999, own_topics=own, lines=lines))
    assert pages.status == 200
    assert "Laat de andere" in text
    wheel = text.split('<svg class="wheel team"')[1].split("</svg>")[0]
    assert len(re.findall(r'class="tw-(?:partly|missing|fragile)"', wheel)) == 15  # seven topics to a cell


def test_english_has_the_same_report(pages: Pages, f1: Scan) -> None:
    text = words(pages.send("rapport", f1, "en"))
    assert "What our team is missing (1)" in text
    assert "Only one colleague knows this (1)" in text
    assert "0 of 2 · at least 2 colleagues at level 2 · priority high" in text


def test_coming_without_a_scan_is_answered_with_a_page(client: FlaskClient) -> None:
    for page in ("rapport", "afbakening", "plan", "beeld", "regio", "vergelijk"):
        assert client.get(f"/nl/teamscan/{page}").status_code == 200
