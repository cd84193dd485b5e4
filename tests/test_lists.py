"""Rows and lists: what a list says of a thing, how it is narrowed down, in what order and sections it is read."""

import dataclasses

import pytest

from kbs_graph import lists, queries, rows
from kbs_graph.errors import NotFound
from kbs_graph.filters import FACETS, Filters
from kbs_graph.lists import arranged, choices, flat
from kbs_graph.model import Ref, Texts
from kbs_graph.rows import Row
from kbs_graph.store import LocalStore
from kbs_graph.terms import KINDS, Iri


def slugs(found: tuple[Row, ...] | list[Row]) -> list[str]:
    return [row.ref.slug or "" for row in found]


def named(store: LocalStore, *labels: Texts, segment: str = "bron") -> list[Row]:
    """Rows that are alike but for their labels."""
    like = rows.rows(store, segment)[0]
    return [
        dataclasses.replace(like, ref=Ref(f"https://x/{n}", label, segment, f"x{n}")) for n, label in enumerate(labels)
    ]


# --- what a row says


def test_an_aspect_has_its_sentence_level_areas_and_groups(tiny_store: LocalStore) -> None:
    row = rows.pick(tiny_store, ["aspect/geldzorgen-signaleren"])["aspect/geldzorgen-signaleren"]
    assert row.sentence["nl"] == "Tekenen van geldzorgen zien en ernaar durven vragen."
    assert [ref.slug for ref in row.domains] == ["inkomen", "veiligheid"], "the home area comes first"
    assert row.kind and row.kind.label["en"] == "general"
    assert row.facets == {
        "soort": {"aspect"},
        "domein": {"inkomen", "veiligheid"},
        "doelgroep": {"lvb", "ouderen"},
        "niveau": {"algemeen"},
    }
    assert row.lead_source and row.lead_source.label == {"nl": "Geldzorgen herkennen"}
    assert row.modified == "2025-03-31"


def test_a_source_has_its_facts(tiny_store: LocalStore) -> None:
    row = rows.pick(tiny_store, ["bron/geldzorgen-herkennen"])["bron/geldzorgen-herkennen"]
    assert row.address == "https://www.nibud.nl/geldzorgen-herkennen/"
    assert [ref.label["nl"] for ref in row.publishers] == ["Nibud"]
    assert (row.year, row.languages) == ("2024", ("NLD",))
    assert [ref.slug for ref in row.about] == ["geldzorgen-signaleren"]
    assert row.facets["bronsoort"] == {"handreiking"} and row.facets["doelgroep"] == {"lvb"}
    assert row.sentence["en"] == "Short list to take along."
    assert (row.minutes, row.free, [ref.slug for ref in row.audiences]) == (10, True, ["professional"])
    assert row.evidence["nl"] == "Getoetst met vijftig inwoners (volgens de maker)"
    old = rows.pick(tiny_store, ["bron/misbruik-oud"])["bron/misbruik-oud"]
    assert (old.minutes, old.free, old.audiences, old.evidence) == (None, None, (), {})


def test_an_organisation_counts_its_sources(tiny_store: LocalStore) -> None:
    assert {row.ref.slug: row.number for row in rows.rows(tiny_store, "organisatie")} == {"nibud": 2, "redactie": 0}


def test_a_specialist_and_a_sign_belong_to_the_areas_of_the_aspects_that_name_them(tiny_store: LocalStore) -> None:
    found = rows.pick(tiny_store, ["specialist/schuldhulpverlener", "signaal/geld-verdwijnt"])
    assert found["specialist/schuldhulpverlener"].facets["domein"] == {"inkomen"}
    assert found["signaal/geld-verdwijnt"].facets["domein"] == {"inkomen", "veiligheid"}
    assert [ref.label["en"] for ref in found["signaal/geld-verdwijnt"].domains] == ["Income", "Safety"]
    assert found["signaal/geld-verdwijnt"].safety


def test_a_case_says_its_story_in_one_sentence(real_store: LocalStore) -> None:
    row = rows.pick(real_store, ["casus/huurachterstand-na-hersenbloeding"])["casus/huurachterstand-na-hersenbloeding"]
    assert row.sentence["nl"] == "Een man van 52 belt omdat zijn huur drie maanden achterstaat."
    assert row.exceeds_team


def test_the_first_sentence_is_that_of_the_first_text_there_is() -> None:
    assert rows.first_sentences({}, {"nl": "Een. Twee.", "en": "One. Two."}, {"nl": "Drie."}) == {
        "nl": "Een.",
        "en": "One.",
    }
    assert rows.first_sentences({}, {"nl": " "}) == rows.first_sentences() == {}


def test_an_unknown_kind_has_no_rows(tiny_store: LocalStore) -> None:
    with pytest.raises(NotFound):
        rows.rows(tiny_store, "onzin")


def test_picking_keeps_the_order_and_leaves_out_what_is_nobodys(tiny_store: LocalStore) -> None:
    keys = ["domein/veiligheid", "onzin/x", "aspect/geldzorgen", "aspect/financieel-misbruik", "domein", ""]
    assert list(rows.pick(tiny_store, keys)) == ["domein/veiligheid", "aspect/financieel-misbruik"]


def test_rows_are_read_once_a_store(tiny_store: LocalStore) -> None:
    assert rows.rows(tiny_store, "aspect") is rows.rows(tiny_store, "aspect")
    assert rows.values(tiny_store) is rows.values(tiny_store)


@pytest.mark.parametrize("segment", KINDS)
def test_a_list_holds_every_thing_of_its_kind_once(real_store: LocalStore, segment: str) -> None:
    counted = real_store.select(queries.fill("lists/counts"))
    number = next(row["number"] for row in counted if row["class"] == Iri(KINDS[segment].class_iri))
    for language in ("nl", "en"):
        found = flat(arranged(segment, rows.rows(real_store, segment), language))
        assert len(found) == len({row.key for row in found}) == int(number.value)  # type: ignore[union-attr]


def test_every_thing_with_a_page_is_dated_but_tombstones_are_not_there(tiny_store: LocalStore) -> None:
    found = {(d.segment, d.slug): d.modified for d in rows.dated(tiny_store)}
    assert found["aspect", "geldzorgen-signaleren"] == "2025-03-31"
    assert found["kader", "domeinen"] is None
    assert ("aspect", "schulden") not in found
    assert {segment for segment, _ in found} == set(KINDS)


# --- the order


def test_letters_come_before_marks_and_capitals_and_a_title_stands_under_its_first_letter(
    tiny_store: LocalStore,
) -> None:
    labels = ["Zorg", "één gezin", "Ijs", "IJs", "‘Echt’ doen", "eenzaam", "2020 in beeld", "ijzer"]
    found = named(tiny_store, *({"nl": label} for label in labels))
    in_turn = [row.ref.label["nl"] for row in flat(arranged("bron", found, "nl"))]
    assert in_turn == ["2020 in beeld", "‘Echt’ doen", "één gezin", "eenzaam", "IJs", "Ijs", "ijzer", "Zorg"]
    assert [lists.letter_of(text) for text in ("Éclair", "‘x", "2020", "?", "Ω")] == ["E", "X", "0-9", "0-9", "0-9"]


def test_a_long_list_has_a_heading_for_every_letter_and_a_short_one_has_none(tiny_store: LocalStore) -> None:
    many = named(tiny_store, *({"nl": f"{letter}{n}"} for letter in "ba" for n in range(lists.LONG // 2)))
    assert [(s.anchor, s.letter, len(s.rows)) for s in arranged("bron", many, "nl")] == [
        ("letter-a", "A", 15),
        ("letter-b", "B", 15),
    ]
    (only,) = arranged("bron", many[1:], "nl")
    assert only.letter == "" and len(only.rows) == 29


def test_a_list_is_in_the_order_of_the_language_it_is_read_in(tiny_store: LocalStore) -> None:
    found = named(tiny_store, {"nl": "aap", "en": "monkey"}, {"nl": "beer", "en": "bear"})
    assert slugs(flat(arranged("bron", found, "nl"))) == ["x0", "x1"]
    assert slugs(flat(arranged("bron", found, "en"))) == ["x1", "x0"]


def test_aspects_stand_under_their_area_in_the_order_of_the_wheel_general_before_specific(
    real_store: LocalStore,
) -> None:
    sections = arranged("aspect", rows.rows(real_store, "aspect"), "nl")
    assert [s.heading.order for s in sections if s.heading] == [1, 2, 3, 4, 5, 6, 7]
    for section in sections:
        levels = [
            (level.heading.slug, {row.specific for row in level.rows}) for level in section.sections if level.heading
        ]
        assert levels == [("algemeen", {False}), ("specifiek", {True})]
        assert all(row.domains[0] == section.heading for row in flat([section]))
    by_letter = arranged("aspect", rows.rows(real_store, "aspect"), "nl", lists.BY_LETTER)
    letters = [s.letter for s in by_letter]
    assert letters == sorted(letters) and len(letters) > 15


def test_the_area_one_asked_for_comes_before_those_that_only_touch_it(real_store: LocalStore) -> None:
    filters = Filters.of([("domein", "veiligheid")])
    found = lists.admitted(rows.rows(real_store, "aspect"), filters)
    anchors = [s.anchor for s in arranged("aspect", found, "nl", "", filters.chosen["domein"])]
    assert anchors[0] == "veiligheid" and len(anchors) > 1


def test_signs_about_safety_come_first(real_store: LocalStore) -> None:
    urgent, others = arranged("signaal", rows.rows(real_store, "signaal"), "nl")
    assert (urgent.anchor, others.anchor) == ("veiligheid", "overig")
    assert all(row.safety for row in urgent.rows) and not any(row.safety for row in others.rows)


@pytest.mark.parametrize("segment", lists.IN_ORDER)
def test_what_has_a_place_on_the_wheel_keeps_it(real_store: LocalStore, segment: str) -> None:
    (only,) = arranged(segment, rows.rows(real_store, segment), "en")
    assert [row.ref.order for row in only.rows] == list(range(1, len(only.rows) + 1))


@pytest.mark.parametrize("segment", KINDS)
def test_no_rows_make_no_sections(segment: str) -> None:
    assert arranged(segment, (), "nl") == ()


# --- the filters


def test_the_values_of_the_facets_are_the_things_of_the_graph(real_store: LocalStore) -> None:
    values = rows.values(real_store)
    assert {"soort", *values} == set(FACETS)
    assert [ref.order for ref in values["domein"]] == [1, 2, 3, 4, 5, 6, 7]
    assert {facet: len(refs) for facet, refs in values.items() if facet != "domein"} == {
        "doelgroep": 8,
        "niveau": 2,
        "bronsoort": 10,
        "organisatiesoort": 11,
        "vindplaats": 8,
    }
    assert {facet for facets in lists.FACETS_OF.values() for facet in facets} <= set(values)


@pytest.mark.parametrize(("segment", "facet"), [(s, f) for s, facets in lists.FACETS_OF.items() for f in facets])
def test_a_number_with_a_choice_is_what_choosing_it_leaves(real_store: LocalStore, segment: str, facet: str) -> None:
    chosen = Filters.of([("domein", "inkomen")] if "domein" in lists.FACETS_OF[segment] else [])
    for choice in choices(real_store, segment, chosen)[facet]:
        alone = Filters({**chosen.chosen, facet: frozenset({choice.value})})
        assert len(lists.admitted(rows.rows(real_store, segment), alone)) == choice.number
        assert choice.number > 0
        assert choice.chosen == (facet == "domein" and choice.value == "inkomen")


def test_a_chosen_value_that_leaves_nothing_can_still_be_undone(tiny_store: LocalStore) -> None:
    filters = Filters.of([("domein", "veiligheid"), ("doelgroep", "lvb"), ("niveau", "specifiek")])
    assert lists.admitted(rows.rows(tiny_store, "aspect"), filters) == ()
    offered = choices(tiny_store, "aspect", filters)
    assert {(c.facet, c.value, c.number) for group in offered.values() for c in group if c.chosen} == {
        ("domein", "veiligheid", 0),
        ("doelgroep", "lvb", 0),
        ("niveau", "specifiek", 0),
    }


def test_lists_without_filters_offer_no_choices(tiny_store: LocalStore) -> None:
    assert choices(tiny_store, "begrip", Filters()) == {}
