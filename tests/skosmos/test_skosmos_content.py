"""The answers over the real graph say what SPARQL says: names, hierarchy, labels, counts, mappings."""

from collections import Counter
from typing import Any

import pytest

from kbs_graph.store import LocalStore
from kbs_graph.terms import Literal

ID = "https://w3id.org/kennisbouwstenen/id/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SCHEME = f"{ID}kader/kennisbouwstenen"
PREFIXES = """
BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX k: <https://w3id.org/kennisbouwstenen/def#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
"""
FOUND_BY = ("matchedPrefLabel", "altLabel", "hiddenLabel", "prefLabel")
CONCEPTS = ("aspect/meldcode", "domein/inkomen", "doelgroep/lvb", "competentie/contact-en-relatie")


@pytest.fixture
def rows(real_store: LocalStore) -> Any:
    """Every solution of a query as a tuple of texts, sorted."""

    def ask(query: str) -> list[tuple[str, ...]]:
        found = real_store.select(PREFIXES + query)
        return sorted(tuple(v.value if isinstance(v, Literal) else str(v) for v in row.values()) for row in found)

    return ask


def pairs(listed: list[dict[str, Any]], name: str = "prefLabel") -> list[tuple[str, ...]]:
    return sorted((row["uri"], row[name]) for row in listed)


def test_the_vocabularies_are_our_schemes(told: Any, rows: Any) -> None:
    expected = rows('SELECT ?s ?t { ?s a k:Scheme ; dcterms:title ?t FILTER(LANG(?t) = "en") }')
    listed = told("vocabularies", lang="en")["vocabularies"]
    assert sorted((f"{ID}kader/{each['id']}", each["title"]) for each in listed) == expected
    assert [each["id"] for each in listed] == sorted(each["id"] for each in listed)
    assert all(each["uri"] == each["id"] for each in listed)


def test_a_vocabulary_tells_of_the_schemes_that_stand_in_it_whole(told: Any) -> None:
    whole = told("kennisbouwstenen/", lang="en")
    parts = [each["uri"].rpartition("/")[2] for each in whole["conceptschemes"]]
    assert parts == ["kennisbouwstenen", "aspecten", "competenties", "doelgroepen", "domeinen"]
    assert whole["title"] == "Knowledge building blocks"
    assert (whole["defaultLanguage"], whole["languages"], whole["marcSource"]) == ("nl", ["nl", "en"], None)
    (own,) = told("aspecten/")["conceptschemes"]
    name = "Kennisaspecten"
    assert own == {
        **dict.fromkeys(("label", "prefLabel", "title"), name),
        "uri": f"{ID}kader/aspecten",
        "type": "skos:ConceptScheme",
    }


@pytest.mark.parametrize("vocabulary", ["kennisbouwstenen", "signalen", "upl", "aspecten"])
def test_top_concepts(told: Any, rows: Any, vocabulary: str) -> None:
    expected = rows(
        f'SELECT ?c ?l {{ <kader/{vocabulary}> skos:hasTopConcept ?c . ?c skos:prefLabel ?l FILTER(LANG(?l) = "nl") }}'
    )
    found = told(f"{vocabulary}/topConcepts")
    assert pairs(found["topconcepts"], "label") == expected
    above = {
        row[0] for row in rows(f"SELECT DISTINCT ?c {{ ?c skos:narrower ?n . ?n skos:inScheme <kader/{vocabulary}> }}")
    }
    assert {each["uri"] for each in found["topconcepts"] if each["hasChildren"]} == {row[0] for row in expected} & above
    assert found["uri"] == f"{ID}kader/{vocabulary}"


def test_all_that_an_answer_of_a_vocabulary_names_can_be_asked_for_there(told: Any, rows: Any) -> None:
    """Our domains stand above aspects, which are a vocabulary of their own: a client that walks gets no 404."""
    walked = 0
    for vocabulary in ("kennisbouwstenen", "domeinen", "aspecten"):
        for (iri,) in rows(f"SELECT ?c {{ ?c skos:inScheme <kader/{vocabulary}> ; a skos:Concept }}"):
            above, beside = told(f"{vocabulary}/broader", uri=iri), told(f"{vocabulary}/related", uri=iri)
            children = told(f"{vocabulary}/children", uri=iri)["narrower"]
            for each in (*above["broader"], *beside["related"], *children):
                assert told(f"{vocabulary}/label", uri=each["uri"])["prefLabel"]
                walked += 1
    assert walked > 100
    assert told("domeinen/children", uri=f"{ID}domein/inkomen")["narrower"] == []
    assert not any(each["hasChildren"] for each in told("domeinen/topConcepts")["topconcepts"])


def test_top_concepts_of_a_scheme_inside(told: Any) -> None:
    found = told("kennisbouwstenen/topConcepts", scheme=f"{ID}kader/domeinen")
    assert len(found["topconcepts"]) == 7
    assert {each["topConceptOf"] for each in found["topconcepts"]} == {f"{ID}kader/domeinen"}
    assert told("kennisbouwstenen/topConcepts", scheme=f"{ID}kader/signalen")["topconcepts"] == []


@pytest.mark.parametrize("concept", CONCEPTS)
@pytest.mark.parametrize("relation", ["broader", "narrower", "related"])
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_what_stands_around_a_concept(told: Any, rows: Any, concept: str, relation: str, lang: str) -> None:
    expected = rows(
        f'SELECT ?c ?l {{ <{concept}> skos:{relation} ?c . ?c skos:prefLabel ?l FILTER(LANG(?l) = "{lang}") }}'
    )
    assert pairs(told(f"kennisbouwstenen/{relation}", uri=ID + concept, lang=lang)[relation]) == expected
    if relation == "narrower":
        assert pairs(told("kennisbouwstenen/children", uri=ID + concept, lang=lang)["narrower"]) == expected
    if relation != "related":
        path = f"skos:{relation}*"
        reached = rows(f'SELECT ?c ?l {{ <{concept}> {path} ?c . ?c skos:prefLabel ?l FILTER(LANG(?l) = "{lang}") }}')
        found = told(f"kennisbouwstenen/{relation}Transitive", uri=ID + concept, lang=lang)[f"{relation}Transitive"]
        assert pairs(list(found.values())) == reached
        assert all(iri == each["uri"] for iri, each in found.items())


@pytest.mark.parametrize("concept", CONCEPTS)
def test_labels(told: Any, rows: Any, concept: str) -> None:
    found = told("label", uri=ID + concept, lang="nl")
    for role in ("altLabel", "hiddenLabel"):
        expected = rows(f'SELECT ?l {{ <{concept}> skos:{role} ?l FILTER(LANG(?l) = "nl") }}')
        assert sorted((label,) for label in found.get(role, [])) == expected
    assert rows(f'SELECT ?l {{ <{concept}> skos:prefLabel ?l FILTER(LANG(?l) = "nl") }}') == [(found["prefLabel"],)]


@pytest.mark.parametrize(("query", "condition"), [
    ("schuld*", 'STRSTARTS(LCASE(?l), "schuld")'),
    ("*hulp", 'STRENDS(LCASE(?l), "hulp")'),
    ("*zorg*", 'CONTAINS(LCASE(?l), "zorg")'),
    ("inkomen", 'LCASE(STR(?l)) = "inkomen"'),
])  # fmt: skip
@pytest.mark.parametrize("vocabulary", ["", "kennisbouwstenen"])
def test_a_search_finds_every_label_that_sparql_finds(
    told: Any, rows: Any, query: str, condition: str, vocabulary: str
) -> None:
    where = "skos:inScheme <kader/kennisbouwstenen>" if vocabulary else "skos:inScheme/a k:Scheme"
    expected = rows(
        f"""SELECT DISTINCT ?c ?l ?g {{ ?c {where} ; skos:prefLabel|skos:altLabel|skos:hiddenLabel ?l
        BIND(LANG(?l) AS ?g) FILTER({condition}) }}"""
    )
    results = told(f"{vocabulary}/search" if vocabulary else "search", query=query)["results"]
    matched = [(hit["uri"], next(hit[name] for name in FOUND_BY if name in hit), hit["lang"]) for hit in results]
    assert sorted(set(matched)) == expected
    assert expected
    assert {hit["vocab"] for hit in results} >= {"kennisbouwstenen"}
    unique = told("search", query=query, unique="true")["results"]
    assert len({hit["uri"] for hit in unique}) == len(unique)


@pytest.mark.parametrize("vocabulary", ["kennisbouwstenen", "specialisten"])
def test_statistics_count_what_sparql_counts(told: Any, rows: Any, vocabulary: str) -> None:
    counts = told(f"{vocabulary}/vocabularyStatistics", lang="en")
    listed = {each["type"]: each["count"] for each in counts["subTypes"]} | {
        counts["concepts"]["class"]: counts["concepts"]["count"]
    }
    types = rows(f"SELECT ?c ?t {{ ?c skos:inScheme <kader/{vocabulary}> ; a ?t }}")
    assert listed == Counter(kind for _, kind in types)
    assert counts["concepts"]["deprecatedCount"] == 0
    languages = {
        (language["language"], each["property"].removeprefix("skos:")): each["labels"]
        for language in told(f"{vocabulary}/labelStatistics")["languages"]
        for each in language["properties"]
    }
    for role in ("prefLabel", "altLabel", "hiddenLabel"):
        tags = rows(
            f"SELECT ?c ?l ?g {{ ?c skos:inScheme <kader/{vocabulary}> ; skos:{role} ?l BIND(LANG(?l) AS ?g) }}"
        )
        for language, number in Counter(tag for *_, tag in tags).items():
            assert languages[language, role] == number


def test_languages_are_named_in_the_language_asked(told: Any) -> None:
    named = [each["literal"] for each in told("kennisbouwstenen/labelStatistics", lang="nl")["languages"]]
    assert named == ["Engels", "Nederlands"]


def test_the_list_of_all_letters_holds_every_preferred_and_alternative_label(told: Any, rows: Any) -> None:
    expected = rows(
        """SELECT ?c ?l { ?c skos:inScheme <kader/kennisbouwstenen> ; skos:prefLabel|skos:altLabel ?l
        FILTER(LANG(?l) = "nl") }"""
    )
    listed = [
        (row["uri"], row.get("altLabel", row["prefLabel"])) for row in told("kennisbouwstenen/index/*")["indexConcepts"]
    ]
    assert sorted(listed) == expected
    letters = told("kennisbouwstenen/index/")["indexLetters"]
    by_letter = [
        (row["uri"], row.get("altLabel", row["prefLabel"]))
        for letter in {*letters, *"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0-9", "!*"}
        for row in told(f"kennisbouwstenen/index/{letter}")["indexConcepts"]
    ]
    assert sorted(by_letter) == expected


def test_kinds_of_concept_are_told_with_what_they_are_called(told: Any, rows: Any) -> None:
    everywhere = {row[0] for row in rows("SELECT DISTINCT ?t { ?c skos:inScheme/a k:Scheme ; a ?t }")}
    assert {each["uri"] for each in told("types", lang="nl")["types"]} == everywhere
    within = told("domeinen/types", lang="en")["types"]
    assert [each["uri"].rpartition("#")[2] for each in within] == ["Concept", "KnowledgeDomain"]
    assert within[1]["superclass"] == within[0]["uri"]
    assert within[1]["label"] == "knowledge domain"


@pytest.mark.parametrize(("path", "property_"), [("new", "created"), ("modified", "modified")])
def test_changes_are_the_days_in_the_graph(told: Any, rows: Any, path: str, property_: str) -> None:
    days = rows(f"SELECT ?c ?d {{ ?c skos:inScheme <kader/kennisbouwstenen> ; dcterms:{property_} ?d }}")
    listed = told(f"kennisbouwstenen/{path}", limit="9999")["changeList"]
    assert sorted((row["uri"], row["date"]) for row in listed) == [(iri, f"{day}T00:00:00+0000") for iri, day in days]


def test_mappings_are_those_of_the_graph(told: Any, rows: Any) -> None:
    expected = rows(
        """SELECT ?r ?o ?s { <aspect/meldcode> ?r ?o . ?o skos:inScheme ?s
        FILTER(?r IN (skos:exactMatch, skos:closeMatch, skos:broadMatch, skos:narrowMatch, skos:relatedMatch)) }"""
    )
    found = told("kennisbouwstenen/mappings", uri=f"{ID}aspect/meldcode", lang="en")["mappings"]
    assert (
        sorted(
            (
                each["type"][0].replace("skos:", SKOS),
                each["to"]["memberSet"][0]["uri"],
                each["toScheme"]["uri"],
            )
            for each in found
        )
        == expected
    )
    assert expected
    for each in found:
        assert each["from"]["memberSet"] == [{"uri": each["uri"]}] and each["fromScheme"] == {"uri": SCHEME}
        assert each["to"]["memberSet"][0]["prefLabel"] == {each["lang"]: each["prefLabel"]}
    alone = told("kennisbouwstenen/mappings", uri=f"{ID}aspect/meldcode", external="false")["mappings"]
    assert all("prefLabel" not in each["to"]["memberSet"][0] for each in alone)
