"""What odd graphs ask of the API: languages that are not there, circles, collections, retired concepts, odd signs."""

from typing import Any

import pytest

from kbs_graph.skosmos.refusal import Refused

ID = "https://w3id.org/kennisbouwstenen/id/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
ASPECT = "https://w3id.org/kennisbouwstenen/def#KnowledgeAspect"


def iris(rows: list[dict[str, Any]]) -> list[str]:
    return [row["uri"].removeprefix(ID) for row in rows]


def test_a_concept_of_a_scheme_that_is_not_ours_is_in_no_vocabulary(odd: Any) -> None:
    assert [each["id"] for each in odd("vocabularies", lang="nl")["vocabularies"]] == ["aspecten", "empty", "foreign"]
    assert iris(odd("search", query="top*", lang="nl")["results"]) == ["http://other.example/a", "aspect/top"]
    with pytest.raises(Refused, match="404 Not Found : Could not find concept"):
        odd("label", uri="http://third.example/b")


def test_a_scheme_without_concepts_is_a_vocabulary_that_stands_in_no_other(odd: Any) -> None:
    assert [each["title"] for each in odd("aspecten/", lang="en")["conceptschemes"]] == ["Aspects"]
    empty = odd("empty/")
    assert [each["uri"] for each in empty["conceptschemes"]] == [f"{ID}kader/empty"]
    assert (empty["title"], empty["languages"]) == ("Leeg", ["nl"])
    assert odd("empty/topConcepts")["topconcepts"] == odd("empty/types")["types"] == []
    assert odd("empty/vocabularyStatistics")["concepts"]["count"] == 0


def test_a_local_name_is_what_stands_after_the_space_of_the_vocabulary(odd: Any) -> None:
    (ours,) = odd("aspecten/search", query="top")["results"]
    (theirs,) = odd("foreign/search", query="top")["results"]
    assert (ours["localname"], ours["vocab"]) == ("aspect/top", "aspecten")
    assert (theirs["localname"], theirs["vocab"]) == ("a", "foreign")


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("nl", ["Élan", f"{ID}aspect/nameless"]),
        ("en", ["Élan (nl)", f"{ID}aspect/nameless"]),
        ("en-GB", ["Élan (nl)", f"{ID}aspect/nameless"]),
        ("xx", ["Élan (nl)", f"{ID}aspect/nameless"]),
    ],
)
def test_a_name_in_another_language_says_so_and_no_concept_is_left_out(odd: Any, lang: str, names: list[str]) -> None:
    rows = odd("aspecten/children", uri=f"{ID}aspect/top", lang=lang)["narrower"]
    assert [row["prefLabel"] for row in rows] == names


def test_the_labels_of_a_concept_are_those_in_the_language_asked_and_what_is_empty_is_left_out(odd: Any) -> None:
    dutch = odd("aspecten/label", uri=f"{ID}aspect/only-dutch")
    assert dutch["prefLabel"] == "Élan"
    assert dutch["altLabel"] == ["3D-printen", "‘s avonds"]
    assert dutch["hiddenLabel"] == ["vaart"]
    english = odd("aspecten/label", uri=f"{ID}aspect/only-dutch", lang="en")
    assert {"prefLabel", "hiddenLabel"}.isdisjoint(english)
    assert english["altLabel"] == ["elan"]


def test_a_circle_of_broader_concepts_ends(odd: Any) -> None:
    first, second = f"{ID}aspect/round-1", f"{ID}aspect/round-2"
    found = odd("aspecten/broaderTransitive", uri=first)["broaderTransitive"]
    assert found == {
        first: {"uri": first, "prefLabel": "Eén", "broader": [second]},
        second: {"uri": second, "prefLabel": "Twee", "broader": [first]},
    }
    assert {first, second} < odd("aspecten/hierarchy", uri=first)["broaderTransitive"].keys()
    assert iris(odd("aspecten/search", query="*", parent=first)["results"]) == ["aspect/round-2"]


def test_a_limit_cuts_off_what_is_furthest(odd: Any) -> None:
    uri = f"{ID}aspect/signs"
    assert list(odd("aspecten/broaderTransitive", uri=uri, limit="2")["broaderTransitive"]) == [
        uri,
        f"{ID}aspect/only-dutch",
    ]
    for limit in ("0", "-1", "x", "1.5", "9" * 30):
        with pytest.raises(Refused, match=r"^400 Bad Request : Invalid limit parameter$"):
            odd("aspecten/broaderTransitive", uri=uri, limit=limit)


def test_a_hierarchy_holds_all_above_with_their_children_and_notations(odd: Any) -> None:
    scheme, top, dutch = f"{ID}kader/aspecten", f"{ID}aspect/top", f"{ID}aspect/only-dutch"
    found = odd("aspecten/hierarchy", uri=f"{ID}aspect/signs", lang="en")["broaderTransitive"]
    assert found[top] == {
        "uri": top,
        "top": scheme,
        "tops": [scheme],
        "prefLabel": "Summit",
        "notation": "T1",
        "narrower": [
            {"uri": dutch, "label": "Élan (nl)", "hasChildren": True},
            {"uri": f"{ID}aspect/nameless", "label": f"{ID}aspect/nameless", "hasChildren": False},
        ],
    }
    assert found[dutch]["broader"] == [top]
    elsewhere = odd("aspecten/hierarchy", uri=f"{ID}aspect/round-1")["broaderTransitive"]
    assert elsewhere[top]["hasChildren"] is True and elsewhere[top]["prefLabel"] == "Top"


def test_groups_are_the_collections_in_which_a_concept_of_the_vocabulary_stands(odd: Any) -> None:
    outer, inner = f"{ID}verzameling/buiten", f"{ID}verzameling/binnen"
    assert odd("aspecten/groups", lang="en")["groups"] == [
        {"uri": outer, "prefLabel": "Buiten (nl)", "childGroups": [inner], "hasMembers": True, "notation": "C"},
        {"uri": inner, "prefLabel": "Inside", "childGroups": [outer], "hasMembers": True},
    ]
    assert odd("foreign/groups")["groups"] == []
    assert odd("aspecten/groupMembers", uri=outer)["members"] == [
        {"uri": inner, "prefLabel": "Binnen", "type": ["skos:Collection"], "isSuper": True, "hasMembers": True},
        {
            "uri": f"{ID}aspect/top",
            "prefLabel": "Top",
            "type": ["skos:Concept"],
            "isSuper": False,
            "hasMembers": False,
            "notation": "T1",
        },
    ]
    with pytest.raises(Refused, match=r"^404 Not Found : Could not find group <"):
        odd("aspecten/groupMembers", uri=f"{ID}verzameling/elders")
    assert iris(odd("search", group=inner)["results"]) == ["aspect/only-dutch", "aspect/top"]
    assert odd("aspecten/vocabularyStatistics")["conceptGroups"]["count"] == 2


def test_retired_concepts_are_counted_and_told_of_with_what_came_in_their_place(odd: Any) -> None:
    assert odd("aspecten/vocabularyStatistics", lang="en")["concepts"] == {
        "class": f"{SKOS}Concept",
        "label": "Concept",
        "count": 9,
        "deprecatedCount": 3,
    }
    assert odd("aspecten/vocabularyStatistics", lang="en")["subTypes"] == [
        {"type": ASPECT, "label": "knowledge aspect", "count": 9, "deprecatedCount": 3}
    ]
    assert odd("foreign/vocabularyStatistics")["concepts"]["deprecatedCount"] == 0
    top = {"replacedBy": f"{ID}aspect/top", "replacingLabel": "Top"}
    assert odd("aspecten/modified")["changeList"] == [
        {"uri": f"{ID}aspect/top", "prefLabel": "Top", "date": "2026-05-01T00:00:00+0000"},
        {"uri": f"{ID}aspect/old", "prefLabel": "Oud", "date": "2026-04-02T00:00:00+0000", **top},
        {"uri": f"{ID}aspect/older", "prefLabel": "Ouder", "date": "2026-04-01T00:00:00+0000", **top},
        {"uri": f"{ID}aspect/gone", "prefLabel": "Weg", "date": "2025-01-01T00:00:00+0000"},
    ]
    assert odd("aspecten/search", query="oud*")["results"] == []
    assert odd("label", uri=f"{ID}aspect/old", lang="en")["prefLabel"] == "Old"


def test_new_concepts_stand_by_month_then_by_name_and_can_be_leafed_through(odd: Any) -> None:
    rows = odd("aspecten/new")["changeList"]
    assert iris(rows) == ["aspect/old", "aspect/older", "aspect/only-dutch", "aspect/top", "aspect/gone"]
    assert odd("aspecten/new", offset="2", limit="2")["changeList"] == rows[2:4]
    assert odd("aspecten/new", offset="x", limit="-1")["changeList"] == rows


def test_letters_stand_without_their_marks_and_signs_and_digits_come_last(odd: Any) -> None:
    assert odd("aspecten/index/")["indexLetters"] == ["A", "E", "T"]
    assert odd("aspecten/index", lang="en")["indexLetters"] == ["E", "S"]
    for letter in ("E", "e", "é", "É"):
        rows = odd(f"aspecten/index/{letter}")["indexConcepts"]
        assert [row["prefLabel"] for row in rows] == ["Eén", "Élan"]
    assert [row["altLabel"] for row in odd("aspecten/index/0-9")["indexConcepts"]] == ["3D-printen"]
    assert odd("aspecten/index/!*")["indexConcepts"] == [
        {
            "uri": f"{ID}aspect/only-dutch",
            "localname": "aspect/only-dutch",
            "prefLabel": "Élan",
            "altLabel": "‘s avonds",
            "lang": "nl",
        }
    ]
    everything = odd("aspecten/index/*")["indexConcepts"]
    assert len(everything) == 9
    assert odd("aspecten/index/*", offset="2", limit="3")["indexConcepts"] == everything[2:5]
    assert odd("aspecten/index/*", offset="x", limit="x")["indexConcepts"] == everything
    assert odd("aspecten/index/Q")["indexConcepts"] == []
