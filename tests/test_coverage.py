"""What is there and what is missing: exact on the tiny graph, and against independent counts on the real one."""

import csv
import datetime
from io import StringIO

import pytest

from kbs_graph import tables
from kbs_graph.coverage import gap_kinds, overview
from kbs_graph.coverage.cells import ENOUGH, LEVELS, Grid, Line, counted, shared
from kbs_graph.coverage.facts import FACTS, WITHOUT_AUTHORITY
from kbs_graph.coverage.gaps import FILTERED_BY
from kbs_graph.coverage.overview import Coverage
from kbs_graph.errors import BadRequest, NotFound
from kbs_graph.filters import Filters
from kbs_graph.store import LocalStore
from kbs_graph.terms import ID, KINDS

DAY = datetime.date(2026, 1, 1)
PREFIXES = """
PREFIX k: <https://w3id.org/kennisbouwstenen/def#>
PREFIX adms: <http://www.w3.org/ns/adms#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
NOTHING = Filters()


@pytest.fixture(scope="module")
def tiny_coverage(tiny_store: LocalStore) -> Coverage:
    return overview.of(tiny_store, DAY)


@pytest.fixture(scope="module")
def whole(real_store: LocalStore) -> Coverage:
    return overview.of(real_store, DAY)


def grid(found: Coverage, key: str) -> Grid:
    return next(grid for grid in found.grids if grid.key == key)


def name(line: Line) -> str:
    return str(line.head.ref.slug if line.head.ref else line.head.segment or line.head.label["nl"])


def numbers(found: Coverage, key: str) -> dict[str, tuple[int, ...]]:
    """The counts of a table, by line."""
    return {name(line): tuple(cell.number for cell in line.cells) for line in grid(found, key).lines}


def squares(found: Coverage, key: str) -> dict[tuple[str, str], int]:
    """The counts above zero of a table of things by things, by the slugs of both."""
    table = grid(found, key)
    columns = [str(column.ref.slug) if column.ref else "" for column in table.columns]
    pairs = {
        (name(line), column): cell.number
        for line in table.lines
        for column, cell in zip(columns, line.cells, strict=True)
    }
    return {pair: number for pair, number in pairs.items() if number}


def gaps(found: Coverage, slug: str) -> list[tuple[str, str]]:
    """The gaps of a kind: where, and for what or how."""
    return [
        (str(gap.ref.slug), str(gap.beside.slug) if gap.beside else gap.detail.nl if gap.detail else "")
        for gap in found.gaps(slug).gaps
    ]


def count(store: LocalStore, query: str, *keys: str) -> dict[tuple[str, ...], int]:
    """What a query counts as ?n, by the slugs of its other variables; groups without any are left out."""
    rows = store.select(PREFIXES + query)
    found = {tuple(str(row[key]).rsplit("/", 1)[1] for key in keys): int(row["n"].value) for row in rows}  # type: ignore[union-attr]
    return {key: number for key, number in found.items() if number}


def one(store: LocalStore, query: str) -> int:
    return count(store, query).get((), 0)


# --- scales


@pytest.mark.parametrize(("number", "level"), [(0, "none"), (1, "few"), (ENOUGH - 1, "few"), (ENOUGH, "enough")])
def test_a_count_of_things_to_have_has_a_word(number: int, level: str) -> None:
    assert counted(number) == level and level in LEVELS


@pytest.mark.parametrize(
    ("number", "total", "level"),
    [(0, 4, "none"), (1, 4, "some"), (2, 4, "most"), (3, 4, "most"), (4, 4, "all"), (1, 1, "all"), (0, 0, "")],
)
def test_a_count_of_a_whole_has_a_word(number: int, total: int, level: str) -> None:
    assert shared(number, total) == level and level in (*LEVELS, "")


# --- the tiny graph, to the letter


def test_the_tables_count_each_aspect_in_its_home_area(tiny_coverage: Coverage) -> None:
    assert squares(tiny_coverage, "kennis-per-doelgroep") == {
        ("inkomen", "lvb"): 1,
        ("inkomen", "ouderen"): 1,
        ("veiligheid", "ouderen"): 1,
    }
    assert squares(tiny_coverage, "aandachtspunten-per-doelgroep") == {("inkomen", "lvb"): 1}
    assert squares(tiny_coverage, "bronnen-per-doelgroep") == {("inkomen", "lvb"): 1}
    assert [name(line) for line in grid(tiny_coverage, "kennis-per-doelgroep").lines] == ["inkomen", "veiligheid"]


def test_the_tables_count_types_and_kinds_of_source(tiny_coverage: Coverage) -> None:
    assert numbers(tiny_coverage, "kennis-per-type") == {"inkomen": (1, 0, 2, 0), "veiligheid": (0, 1, 0, 2)}
    assert numbers(tiny_coverage, "bronsoorten-per-gebied") == {"inkomen": (1,), "veiligheid": (0,)}
    by_aspect = numbers(tiny_coverage, "bronsoorten-per-aspect")
    assert by_aspect == {"geldzorgen-signaleren": (2, 2, 2), "financieel-misbruik": (2, 1, 2)}
    assert [line.group.slug for line in grid(tiny_coverage, "bronsoorten-per-aspect").lines if line.group] == [
        "inkomen",
        "veiligheid",
    ]


def test_age_is_counted_from_the_day(tiny_store: LocalStore, tiny_coverage: Coverage) -> None:
    assert numbers(tiny_coverage, "leeftijd-van-bronnen")["alle bronnen"] == (1, 0, 0, 0, 2)
    for later, expected in ((2027, (0, 1, 0, 0, 2)), (2034, (0, 0, 1, 0, 2)), (2035, (0, 0, 0, 1, 2))):
        found = overview.of(tiny_store, datetime.date(later, 1, 1))
        assert numbers(found, "leeftijd-van-bronnen")["alle bronnen"] == expected
        assert numbers(found, "leeftijd-van-bronnen")["inkomen"] == (*expected[:4], 0)
        assert gaps(found, "bron-oud") == ([("geldzorgen-herkennen", "uit 2024")] if later == 2035 else [])
        old = [("geldzorgen-signaleren", "nieuwste: 2024")] if later > 2029 else []
        assert gaps(found, "kennis-met-oude-bronnen") == old


def test_statuses_are_counted_by_kind(tiny_store: LocalStore, tiny_coverage: Coverage) -> None:
    found = numbers(tiny_coverage, "status")
    assert found["casus"] == (1, 0, 0) and found["aspect"] == (0, 2, 0)
    assert ("pinpas-bij-kennis", "") not in gaps(tiny_coverage, "niet-bevestigd")
    assert ("financieel-misbruik", "") in gaps(tiny_coverage, "niet-bevestigd")
    assert gaps(tiny_coverage, "aan-de-beurt") == []
    on_the_day = overview.of(tiny_store, datetime.date(2027, 1, 1))
    assert gaps(on_the_day, "aan-de-beurt") == []
    later = overview.of(tiny_store, datetime.date(2027, 4, 2))
    assert gaps(later, "aan-de-beurt") == [
        ("geldzorgen-signaleren", "vóór 2027-01-01"),
        ("pinpas-bij-kennis", "vóór 2027-04-01"),
    ]
    assert numbers(later, "status")["aspect"] == (0, 2, 1)


def test_what_is_missing_is_named(tiny_coverage: Coverage) -> None:
    assert sorted(gaps(tiny_coverage, "gebied-zonder-aandachtspunt")) == [
        ("inkomen", "ouderen"),
        ("veiligheid", "lvb"),
        ("veiligheid", "ouderen"),
    ]
    assert gaps(tiny_coverage, "gebied-zonder-bronsoort") == [("veiligheid", "handreiking")]
    assert gaps(tiny_coverage, "kennis-zonder-aandachtspunt") == [
        ("geldzorgen-signaleren", "ouderen"),
        ("financieel-misbruik", "ouderen"),
    ]
    assert gaps(tiny_coverage, "kennis-zonder-jaar") == [("financieel-misbruik", "bronnen: 2")]
    assert gaps(tiny_coverage, "bron-zonder-adres") == [("misbruik-oud", "")]
    assert gaps(tiny_coverage, "bron-zonder-maker") == [("misbruik-oud", "")]
    assert sorted(gaps(tiny_coverage, "bron-zonder-jaar")) == [("misbruik-nieuw", ""), ("misbruik-oud", "")]
    assert gaps(tiny_coverage, "kennis-met-weinig-bronnen") == gaps(tiny_coverage, "kennis-zonder-gezag") == []


def test_a_source_less_and_a_year_more_make_other_gaps(tiny_snapshot_lines: list[str]) -> None:
    """One source for an aspect, none for the other, by a company; and a text that is not in English."""
    source, maker = "bron/misbruik-", "organisatie/nibud> <https://w3id.org/kennisbouwstenen/def#organisationKind>"
    kept = [
        line.replace("organisatiesoort/kennisinstituut> <", "organisatiesoort/bedrijf> <") if maker in line else line
        for line in tiny_snapshot_lines
        if source not in line and '"Spotting money worries"@en' not in line
    ]
    found = overview.of(LocalStore.in_memory("\n".join(kept).encode()), DAY)
    assert gaps(found, "kennis-met-weinig-bronnen") == [
        ("geldzorgen-signaleren", "één bron"),
        ("financieel-misbruik", "geen bron"),
    ]
    assert [slug for slug, _ in gaps(found, "kennis-zonder-gezag")] == ["geldzorgen-signaleren", "financieel-misbruik"]
    assert gaps(found, "zonder-engels") == [("geldzorgen-signaleren", "teksten: 1")]
    dutch, lacking = numbers(found, "engels")["aspect"]
    assert lacking == 1 and dutch > 20


@pytest.fixture
def tiny_snapshot_lines(tiny_store: LocalStore) -> list[str]:
    """The tiny graph as N-Quads."""
    rows = tiny_store._store
    return [f"{quad} ." for quad in rows]


def test_mappings_are_counted_by_scheme(tiny_coverage: Coverage) -> None:
    assert {
        line.head.label["nl"]: [c.number for c in line.cells] for line in grid(tiny_coverage, "koppelingen").lines
    } == {"EuroVoc": [1, 0, 0, 0, 1, 0]}


def test_it_is_made_once_a_store_and_day(tiny_store: LocalStore) -> None:
    assert overview.of(tiny_store, DAY) is overview.of(tiny_store, DAY)
    assert overview.of(tiny_store, DAY) is not overview.of(tiny_store, datetime.date(2026, 1, 2))


# --- as sheets


def test_every_table_and_every_kind_of_gap_is_a_sheet(tiny_coverage: Coverage) -> None:
    assert (
        len(set(tiny_coverage.names)) == len(tiny_coverage.names) == len(tiny_coverage.grids) + len(gap_kinds.KINDS) + 1
    )
    for language in ("nl", "en"):
        for sheet_name in tiny_coverage.names:
            written = tables.as_csv(overview.sheet(tiny_coverage, sheet_name, NOTHING, language)).decode()
            heading, *lines = csv.reader(StringIO(written))
            assert all(heading) and all(len(line) == len(heading) for line in lines)


def test_a_sheet_of_gaps_takes_the_filters(tiny_coverage: Coverage) -> None:
    in_safety = overview.sheet(tiny_coverage, overview.EVERYTHING, Filters.of([("domein", "veiligheid")]), "en")
    assert 0 < len(in_safety.rows) < len(overview.sheet(tiny_coverage, overview.EVERYTHING, NOTHING, "en").rows)
    assert not any(row[1] == f"{ID}domein/inkomen" for row in in_safety.rows)


@pytest.mark.parametrize("asked", ["", "nee", "x" * 500])
def test_an_unknown_sheet_is_refused_with_the_names_there_are(tiny_coverage: Coverage, asked: str) -> None:
    with pytest.raises(BadRequest) as refused:
        overview.sheet(tiny_coverage, asked, NOTHING, "nl")
    for words in (refused.value.words.nl, refused.value.words.en):
        assert "kennis-per-doelgroep" in words and overview.EVERYTHING in words and "x" * 61 not in words
    with pytest.raises(NotFound, match="gebied-zonder-bron"):
        tiny_coverage.gaps(asked)


# --- the real graph, against counts of its own


def test_knowledge_remarks_and_sources_by_group_are_what_the_graph_says(
    whole: Coverage, real_store: LocalStore
) -> None:
    aspects = "SELECT ?d ?g (COUNT(DISTINCT ?a) AS ?n) { ?a a k:KnowledgeAspect ; k:homeDomain ?d ; %s } GROUP BY ?d ?g"
    relevant, remarked = "k:relevantFor ?g", "k:part [ a k:TargetGroupRemark ; k:targetGroup ?g ]"
    assert squares(whole, "kennis-per-doelgroep") == count(real_store, aspects % relevant, "d", "g")
    assert squares(whole, "aandachtspunten-per-doelgroep") == count(real_store, aspects % remarked, "d", "g")
    sources = """SELECT ?d ?g (COUNT(DISTINCT ?s) AS ?n) {
        ?s a k:KnowledgeSource ; dct:subject ?d, ?g . ?d a k:KnowledgeDomain . ?g a k:TargetGroup } GROUP BY ?d ?g"""
    assert squares(whole, "bronnen-per-doelgroep") == count(real_store, sources, "d", "g")


def test_types_and_kinds_are_what_the_graph_says(whole: Coverage, real_store: LocalStore) -> None:
    types = """SELECT ?d (COUNT(DISTINCT ?x) AS ?n) {
        ?a k:homeDomain ?d ; k:knowledgeType <%skennistype/%s> . %s } GROUP BY ?d"""
    found = numbers(whole, "kennis-per-type")
    columns = [
        count(real_store, types % (ID, level, of), "d")
        for of in ("BIND(?a AS ?x)", "?x a k:KnowledgeSource ; dct:subject ?a")
        for level in ("algemeen", "specifiek")
    ]
    assert {domain: tuple(column[(domain,)] for column in columns) for domain in found} == found
    kinds = """SELECT ?d ?t (COUNT(DISTINCT ?s) AS ?n) {
        ?s a k:KnowledgeSource ; dct:type ?t ; dct:subject ?d . ?d a k:KnowledgeDomain } GROUP BY ?d ?t"""
    assert squares(whole, "bronsoorten-per-gebied") == count(real_store, kinds, "d", "t")
    of_aspects = """SELECT ?a ?t (COUNT(DISTINCT ?s) AS ?n) {
        ?s a k:KnowledgeSource ; dct:type ?t ; dct:subject ?a . ?a a k:KnowledgeAspect } GROUP BY ?a ?t"""
    by_aspect = {pair: n for pair, n in squares(whole, "bronsoorten-per-aspect").items() if pair[1]}
    assert by_aspect == count(real_store, of_aspects, "a", "t")


def test_sources_of_aspects_are_what_the_graph_says(whole: Coverage, real_store: LocalStore) -> None:
    every = """SELECT ?a (COUNT(DISTINCT ?s) AS ?n) {
        ?s a k:KnowledgeSource ; dct:subject ?a . ?a a k:KnowledgeAspect %s } GROUP BY ?a"""
    kinds = ", ".join(f"<{ID}organisatiesoort/{slug}>" for slug in WITHOUT_AUTHORITY)
    good = f"""FILTER(EXISTS {{ ?s dct:type <{ID}bronsoort/richtlijn> }}
        || EXISTS {{ ?s dct:publisher/k:organisationKind ?o FILTER(?o NOT IN ({kinds})) }})"""
    alle, authoritative = count(real_store, every % "", "a"), count(real_store, every % good, "a")
    found = numbers(whole, "bronsoorten-per-aspect")
    assert {aspect: cells[:2] for aspect, cells in found.items()} == {
        aspect: (alle.get((aspect,), 0), authoritative.get((aspect,), 0)) for aspect in found
    }
    assert len(found) == one(real_store, "SELECT (COUNT(*) AS ?n) { ?a a k:KnowledgeAspect }")
    few = [slug for slug, _ in gaps(whole, "kennis-met-weinig-bronnen")]
    assert few == [aspect for aspect in found if alle.get((aspect,), 0) < 2]
    assert [slug for slug, _ in gaps(whole, "kennis-zonder-gezag")] == [a for a in found if (a,) not in authoritative]


def test_years_and_unknown_facts_are_what_the_graph_says(whole: Coverage, real_store: LocalStore) -> None:
    total = one(real_store, "SELECT (COUNT(*) AS ?n) { ?s a k:KnowledgeSource }")
    years = """SELECT (COUNT(*) AS ?n) { ?s a k:KnowledgeSource ; dct:issued ?y
        BIND(2026 - xsd:integer(SUBSTR(STR(?y), 1, 4)) AS ?age) FILTER(?age %s && ?age %s) }"""
    prefix = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
    bands = (("< 3", "> -5"), ("> 2", "< 6"), ("> 5", "< 11"), ("> 10", "< 99"))
    found = numbers(whole, "leeftijd-van-bronnen")["alle bronnen"]
    assert found[:4] == tuple(one(real_store, prefix + years % band) for band in bands)
    assert sum(found) == total
    known = numbers(whole, "onbekend")
    lacks = "SELECT (COUNT(*) AS ?n) { ?s a k:KnowledgeSource FILTER NOT EXISTS { ?s <%s> ?o } }"
    for fact in FACTS:
        missing = one(real_store, lacks % fact.property)
        assert known[fact.name.nl] == (total - missing, missing), fact.slug
        assert len(whole.gaps(f"bron-zonder-{fact.slug}").gaps) == missing


def test_remarks_to_be_written_and_statuses_are_what_the_graph_says(whole: Coverage, real_store: LocalStore) -> None:
    waiting = """SELECT (COUNT(*) AS ?n) { ?a a k:KnowledgeAspect ; k:relevantFor ?g
        FILTER NOT EXISTS { ?a k:part [ a k:TargetGroupRemark ; k:targetGroup ?g ] } }"""
    assert len(whole.gaps("kennis-zonder-aandachtspunt").gaps) == one(real_store, waiting)
    status = f"""SELECT (COUNT(*) AS ?n) {{ ?t a k:%s ; adms:status ?s FILTER(?s %s <{ID}status/bevestigd>) }}"""
    for segment, (confirmed, not_confirmed, _) in numbers(whole, "status").items():
        cls = KINDS[segment].cls
        assert (confirmed, not_confirmed) == tuple(one(real_store, status % (cls, sign)) for sign in ("=", "!=")), cls


def test_dutch_and_english_definitions_are_counted(whole: Coverage, real_store: LocalStore) -> None:
    """Of the specialists with what belongs to them every property that counts, in one question of its own."""
    texts = f"""SELECT (COUNT(*) AS ?n) {{ ?t ?p ?o
        FILTER(STRSTARTS(STR(?t), "{ID}specialist/") && LANG(?o) = "%s"
        && ?p IN (skos:prefLabel, skos:definition, rdfs:comment, k:forWhom, k:howToReach)) }}"""
    there, lacking = numbers(whole, "engels")["specialist"]
    assert there == one(real_store, texts % "en") and there + lacking == one(real_store, texts % "nl")


def test_every_count_leads_to_what_is_behind_it(whole: Coverage) -> None:
    """A blank or thin cell of things to have always leads on; a link to gaps never leads to an empty list."""
    for table in whole.grids:
        assert table.lines, table.key
        for line in table.lines:
            for cell in line.cells:
                if cell.level == "few":
                    assert cell.way, (table.key, name(line))
                if cell.way and cell.way.gaps:
                    filters = Filters.of(cell.way.pairs)
                    assert set(filters.chosen) <= set(FILTERED_BY)
                    assert overview.narrowed(whole.gaps(cell.way.gaps).gaps, filters), (table.key, name(line), cell)


def test_blank_cells_and_gaps_by_group_say_the_same(whole: Coverage) -> None:
    for key, slug in (
        ("aandachtspunten-per-doelgroep", "gebied-zonder-aandachtspunt"),
        ("bronnen-per-doelgroep", "gebied-zonder-bron"),
        ("bronsoorten-per-gebied", "gebied-zonder-bronsoort"),
    ):
        table = grid(whole, key)
        everything = {(name(line), str(c.ref.slug)) for line in table.lines for c in table.columns if c.ref}
        assert set(gaps(whole, slug)) == everything - squares(whole, key).keys()
