"""What a query finds: stars, signs that mean nothing, languages, conditions, the label it was found by, the order."""

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbs_graph.folding import fold
from kbs_graph.skosmos import pattern
from kbs_graph.skosmos.pattern import normalised
from kbs_graph.skosmos.refusal import Refused
from kbs_graph.skosmos.table import key

ID = "https://w3id.org/kennisbouwstenen/id/"
LETTERS = "aAeEßéÉĳŒœ½ﬁİıς-. ’'()12\u0301\u0308\u0345\u200d\u00b4"
K = "https://w3id.org/kennisbouwstenen/def#"


def found(document: dict[str, Any]) -> list[tuple[str, str]]:
    """Each hit: the end of its address, and the label it was found by."""
    return [
        (
            hit["uri"].rpartition("/")[2],
            next(hit[n] for n in ("matchedPrefLabel", "altLabel", "hiddenLabel", "prefLabel") if n in hit),
        )
        for hit in document["results"]
    ]


def fits(wanted: pattern.Pattern, label: str) -> bool:
    """Whether a label does all that a pattern asks."""
    text = key(label)
    begins = fold(text).startswith(fold(wanted.begin))
    return begins and wanted.part in text and wanted.fits(text)


@pytest.mark.parametrize(
    ("query", "fitting", "other"),
    [
        ("schuld", ("schuld", "SCHULD", "Schuld"), ("schulden", "een schuld", "")),
        ("schuld*", ("schuld", "Schulden"), ("een schuld", "schul")),
        ("*schuld", ("schuld", "een Schuld"), ("schulden",)),
        ("*schuld*", ("schuld", "onschuldig"), ("schul d",)),
        ("s*d", ("schuld", "sd"), ("s", "d", "schulden")),
        ("a*a", ("aa", "aba"), ("a", "ab")),
        ("a*b*c", ("abc", "a-b-c", "abbc"), ("acb", "ac", "abcd")),
        ("**a***", ("a", "xax"), ("b",)),
        ("a.c", ("a.c", "A.C"), ("abc",)),
        ("a.*", ("a.c",), ("abc",)),
        ("[a-z]+", ("[a-z]+",), ("abc",)),
        ("(x|y)*", ("(x|y) z",), ("x", "y")),
        ("\\d", ("\\d",), ("7",)),
        ("^a$", ("^a$",), ("a",)),
        ("  elan  ", ("Elan",), ("élan",)),
        ("e\u0301lan", ("Élan", "E\u0301lan"), ("elan",)),
        ("STRASSE", ("Straße",), ("Strass",)),
    ],
)
def test_a_star_stands_for_anything_and_no_other_sign_has_a_meaning(
    query: str, fitting: tuple[str, ...], other: tuple[str, ...]
) -> None:
    wanted = pattern.of(normalised(query))
    assert all(fits(wanted, text) for text in fitting)
    assert not any(fits(wanted, text) for text in other)


@given(st.lists(st.text("ab", max_size=3), min_size=1, max_size=5), st.text("abc", max_size=3))
def test_what_a_pattern_is_made_of_fits_it(parts: list[str], between: str) -> None:
    assert fits(pattern.of(normalised("*".join(parts))), between.join(parts))


@given(st.text(LETTERS, max_size=8), st.integers(0, 8))
def test_labels_that_begin_so_stand_where_the_order_of_lists_has_what_they_begin_with(text: str, cut: int) -> None:
    """What `Table.beginning` rests on."""
    assert fold(text).startswith(fold(key(text)[:cut]))


def test_a_pattern_that_would_keep_a_regular_expression_busy_for_ever_is_answered() -> None:
    wanted = pattern.of("*a" * 2000 + "*b")
    assert not wanted.fits("a" * 200_000)
    assert fits(wanted, "a" * 200_000 + "b")


@pytest.mark.parametrize(
    ("asked", "hits"),
    [
        ({"query": "top*"}, [("top", "Top")]),
        ({"query": "summit"}, [("top", "Summit")]),
        ({"query": "summit", "lang": "nl"}, []),
        ({"query": "summit", "lang": "en"}, [("top", "Summit")]),
        ({"query": "SUMMIT", "lang": "en-GB"}, []),
        ({"query": "élan"}, [("only-dutch", "Élan")]),
        ({"query": unicodedata.normalize("NFD", " élan ")}, [("only-dutch", "Élan")]),
        ({"query": "elan"}, [("only-dutch", "elan")]),
        ({"query": "a*c"}, [("signs", "abc"), ("signs", "aXc")]),
        ({"query": "a*c", "unique": "1"}, [("signs", "abc")]),
        ({"query": "a.c*"}, [("signs", "a.c (x|y) [z] \\d 'q' \"r\"")]),
        ({"query": "*va*"}, [("only-dutch", "vaart")]),
        (
            {"query": "*a*", "parent": f"{ID}aspect/only-dutch", "unique": "on"},
            [("signs", "a.c (x|y) [z] \\d 'q' \"r\"")],
        ),
        ({"query": "*", "parent": f"{ID}aspect/only-dutch"}, [("signs", "a.c (x|y) [z] \\d 'q' \"r\"")]),
        ({"query": "", "parent": f"{ID}aspect/only-dutch", "lang": "en"}, [("signs", "Ebb")]),
        ({"query": "top", "parent": ""}, [("top", "Top")]),
        ({"query": "top", "parent": f"{ID}aspect/unknown"}, []),
        ({"query": "top", "group": f"{ID}verzameling/buiten"}, [("top", "Top")]),
        ({"query": "twee", "group": f"{ID}verzameling/buiten"}, []),
        ({"query": "top", "type": ""}, [("top", "Top")]),
        ({"query": "top", "type": "skos:Concept"}, [("top", "Top")]),
        ({"query": "top", "type": f"{K}Sign k:KnowledgeAspect"}, [("top", "Top")]),
        ({"query": "top", "type": f"{K}Sign+{K}KnowledgeAspect"}, [("top", "Top")]),
        ({"query": "top", "type": "k:Sign"}, []),
        ({"query": "top", "scheme": f"x {ID}kader/aspecten"}, [("top", "Top")]),
        ({"query": "top", "scheme": f"{ID}kader/foreign"}, []),
        ({"query": "*"}, []),
        ({"query": "***"}, []),
        ({"query": "top", "language": "fr,de", "unknown": "x"}, [("top", "Top")]),
    ],
)
def test_a_query_finds_labels_under_conditions(odd: Any, asked: dict[str, str], hits: list[tuple[str, str]]) -> None:
    assert found(odd("aspecten/search", **asked)) == hits


def test_a_hit_says_by_which_label_it_was_found_and_in_which_language(odd: Any) -> None:
    base = {"uri": f"{ID}aspect/top", "type": ["skos:Concept", f"{K}KnowledgeAspect"], "localname": "aspect/top"}
    rest = {"notation": "T1", "vocab": "aspecten"}
    assert odd("aspecten/search", query="summit")["results"] == [
        {**base, "prefLabel": "Top", "lang": "en", "matchedPrefLabel": "Summit", **rest}
    ]
    assert odd("search", query="summit")["results"] == [{**base, "prefLabel": "Summit", "lang": "en", **rest}]
    assert odd("search", query="top", lang="nl", labellang="en", vocab="aspecten")["results"] == [
        {**base, "prefLabel": "Summit", "lang": "nl", "matchedPrefLabel": "Top", **rest}
    ]
    (hidden,) = odd("search", query="vaart", labellang="en")["results"]
    assert (hidden["prefLabel"], hidden["hiddenLabel"], hidden["lang"]) == ("Élan", "vaart", "nl")
    (nowhere,) = odd("aspecten/search", query="3d*", labellang="xx")["results"]
    assert (nowhere["prefLabel"], nowhere["altLabel"], nowhere["lang"]) == ("Élan", "3D-printen", "nl")


def test_without_unique_a_concept_appears_once_a_label_else_by_its_best_one(odd: Any) -> None:
    every = odd("aspecten/search", query="*a*", lang="nl")
    assert found(every) == [
        ("signs", "a.c (x|y) [z] \\d 'q' \"r\""),
        ("signs", "abc"),
        ("signs", "aXc"),
        ("only-dutch", "Élan"),
        ("only-dutch", "‘s avonds"),
        ("only-dutch", "vaart"),
    ]
    once = odd("aspecten/search", query="*a*", lang="nl", unique="True")
    assert found(once) == [("signs", "a.c (x|y) [z] \\d 'q' \"r\""), ("only-dutch", "Élan")]
    for no in ("False", "0", "off", "NO", "maybe", ""):
        assert odd("aspecten/search", query="*a*", lang="nl", unique=no) == every


def test_hits_can_be_leafed_through_and_an_offset_alone_does_nothing(odd: Any) -> None:
    every = odd("aspecten/search", query="*a*")["results"]
    assert len(every) == 7
    assert odd("aspecten/search", query="*a*", maxhits="2", offset="1")["results"] == every[1:3]
    assert odd("aspecten/search", query="*a*", maxhits="100", offset="6")["results"] == every[6:]
    assert odd("aspecten/search", query="*a*", offset="4")["results"] == every


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({}, "query parameter missing"),
        ({"query": "  "}, "query parameter missing"),
        ({"query": "", "parent": "", "group": ""}, "query parameter missing"),
        *[
            ({"query": "a", "maxhits": bad}, "maxhits parameter is invalid")
            for bad in ("0", "-1", "x", "1.5", "9" * 40)
        ],
        *[({"query": "a", "offset": bad}, "offset parameter is invalid") for bad in ("-1", "x", "1e3")],
    ],
)
def test_a_bad_value_is_refused_in_the_words_of_skosmos(odd: Any, asked: dict[str, str], told: str) -> None:
    with pytest.raises(Refused, match=f"^400 Bad Request : {told}$"):
        odd("search", **asked)


def test_several_vocabularies_may_be_asked_and_an_unknown_one_is_told(odd: Any) -> None:
    both = odd("search", query="top", lang="nl", vocab="foreign aspecten")["results"]
    assert [(hit["uri"], hit["vocab"]) for hit in both] == [
        ("http://other.example/a", "foreign"),
        (f"{ID}aspect/top", "aspecten"),
    ]
    with pytest.raises(Refused, match=r"^404 Not Found : Vocabulary id 'x' not found\.$"):
        odd("search", query="top", vocab="aspecten x")


def test_extra_fields_come_with_a_hit(odd: Any) -> None:
    asked = "broader related prefLabel definition nonsense http://x"
    (hit,) = odd("aspecten/search", query="a.c*", fields=asked)["results"]
    assert hit["broader"] == [{"uri": f"{ID}aspect/only-dutch", "prefLabel": "Élan"}]
    assert hit["related"] == [{"uri": f"{ID}aspect/gone"}, {"uri": f"{ID}aspect/top", "prefLabel": "Top"}]
    assert hit["prefLabels"] == {"en": "Ebb", "nl": "a.c (x|y) [z] \\d 'q' \"r\""}
    assert "definition" not in hit
    context = odd("aspecten/search", query="a.c*", fields=asked)["@context"]
    assert context["broader"] == "skos:broader"
    assert context["prefLabels"] == {"@id": "skos:prefLabel", "@container": "@language"}
    assert "nonsense" not in context
    (other,) = odd("aspecten/search", query="vaart", fields="definition")["results"]
    assert other["definition"] == ["Vaart in iets zetten."]
    (every,) = odd("search", query="vaart", fields="definition")["results"]
    assert sorted(every["definition"]) == ["Vaart in iets zetten.", "Verve."]


@pytest.mark.parametrize(
    ("asked", "found_by"),
    [
        ({"label": "Top"}, {"prefLabel": "Top", "lang": "nl"}),
        ({"label": "tOP"}, {"prefLabel": "Top", "lang": "nl"}),
        ({"label": "Summit"}, {"prefLabel": "Summit", "lang": "en"}),
        ({"label": "summit", "lang": "en"}, {"prefLabel": "Summit", "lang": "en"}),
        ({"label": "ABC"}, {"altLabel": "abc", "lang": "nl"}),
        ({"label": "elan"}, {"altLabel": "elan", "lang": "en"}),
    ],
)
def test_lookup_finds_a_whole_label(odd: Any, asked: dict[str, str], found_by: dict[str, str]) -> None:
    (hit,) = odd("aspecten/lookup", **asked)["result"]
    assert found_by.items() <= hit.items()
    assert "matchedPrefLabel" not in hit


@pytest.mark.parametrize(
    "asked", [{"label": "To"}, {"label": "vaart"}, {"label": "t*"}, {"label": "Summit", "lang": "nl"}]
)
def test_lookup_says_what_it_could_not_find(odd: Any, asked: dict[str, str]) -> None:
    with pytest.raises(Refused) as refused:
        odd("aspecten/lookup", **asked)
    assert str(refused.value) == f"404 Not Found : Could not find label '{asked['label']}'"


def test_lookup_wants_a_label(odd: Any) -> None:
    with pytest.raises(Refused, match=r"^400 Bad Request : label parameter missing$"):
        odd("aspecten/lookup")
