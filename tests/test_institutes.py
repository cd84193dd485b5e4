"""What an institute gets back: places, blank spots, states of links, news, and who said what, equal to the graph."""

import pytest
from rdflib.namespace import DCTERMS

from kbs_graph import catalog, history, institutes, model, rows
from kbs_graph.snapshots import Snapshot
from kbs_graph.store import LocalStore
from kbs_graph.terms import GRAPHS, ID, Literal, iri_of

NIBUD = iri_of("organisatie", "nibud")
CHECK, TERMS = f"<{ID}bron/misbruik-nieuw#vindplaats>", "https://w3id.org/kennisbouwstenen/def#"
MORE = f"""
<{ID}bron/geldzorgen-herkennen> <{DCTERMS.subject}> <{ID}aspect/financieel-misbruik> <{GRAPHS}nibud> .
<{ID}bron/geldzorgen-herkennen> <https://schema.org/timeRequired> "PT20M" <{GRAPHS}nibud> .
<{GRAPHS}nibud> <{DCTERMS.creator}> <{NIBUD}> <{GRAPHS}herkomst> .
<{GRAPHS}nibud> <{DCTERMS.modified}> "2026-10-02" <{GRAPHS}herkomst> .
{CHECK} <{TERMS}checkOf> <{ID}bron/misbruik-nieuw> <{GRAPHS}links> .
{CHECK} <{DCTERMS.date}> "2025-04-20" <{GRAPHS}links> .
{CHECK} <{TERMS}failingSince> "2025-04-09" <{GRAPHS}links> .
{CHECK} <{TERMS}movedTo> <https://www.nibud.nl/nieuw> <{GRAPHS}links> .
<{ID}bron/misbruik-nieuw> <{TERMS}linkState> <{ID}vindplaats/verhuisd> <{GRAPHS}derived> .
"""


@pytest.fixture(scope="module")
def plain(tiny_snapshot: Snapshot) -> LocalStore:
    return LocalStore.open(tiny_snapshot.store)


@pytest.fixture(scope="module")
def fuller(tiny_snapshot: Snapshot) -> LocalStore:
    """The tiny graph after a round of checking addresses, and after Nibud handed in what it says of a source."""
    dump = (tiny_snapshot.dumps / "kennisbouwstenen.nq").read_bytes()
    return LocalStore.in_memory(dump + MORE.encode())


def number(value: object) -> int:
    assert isinstance(value, Literal)
    return int(value.value)


@pytest.mark.parametrize("which", ["plain", "fuller", "real_store"])
def test_every_number_is_what_the_graph_counts(which: str, request: pytest.FixtureRequest) -> None:
    store: LocalStore = request.getfixturevalue(which)
    told = 0
    for row in rows.rows(store, "organisatie"):
        overview = institutes.of(store, row.ref.iri)
        if overview is None:
            assert row.number == 0
            continue
        every, areas, states = (store.select(query) for query in institutes.counts(row.ref.iri))
        assert number(next(iter(every))["sources"]) == overview.number == row.number
        counted = {str(found["area"]): (number(found["sources"]), number(found["aspects"])) for found in areas}
        assert counted == {p.domain.iri: (p.sources, p.covered) for p in overview.places if p.sources}
        by_state = {str(found.get("state", "")): number(found["sources"]) for found in states}
        assert by_state == {state.iri if state else "": many for state, many in overview.states}
        told += 1
    assert told


def test_blank_spots_lie_in_its_areas_and_no_source_of_its_own_is_about_them(real_store: LocalStore) -> None:
    overview = institutes.of(real_store, iri_of("organisatie", "movisie"))
    assert overview
    own = {ref.iri for row in institutes._sources(real_store, iri_of("organisatie", "movisie")) for ref in row.about}
    areas = {place.domain.iri for place in overview.places if place.sources}
    assert overview.blanks and all(
        blank.domain.iri in areas and blank.aspect.iri not in own for blank in overview.blanks
    )
    assert [blank.others for blank in overview.blanks] == sorted(blank.others for blank in overview.blanks)
    covered, every = (sum(getattr(place, name) for place in overview.places) for name in ("covered", "aspects"))
    assert covered + len(overview.blanks) == every, "an institute with sources in every area"


def test_links_tell_state_since_when_and_a_better_address(fuller: LocalStore, plain: LocalStore) -> None:
    found = {link.source.ref.slug: link for link in institutes.links(fuller, NIBUD)}
    moved = found["misbruik-nieuw"]
    assert moved.state and moved.state.slug == "verhuisd"
    assert (moved.since, moved.proposal) == ("2025-04-09", "https://www.nibud.nl/nieuw")
    assert found["geldzorgen-herkennen"].state is None
    assert {link.state for link in institutes.links(plain, NIBUD)} == {None}


def test_news_is_of_the_concepts_it_links_to_only(plain: LocalStore, tiny_snapshot: Snapshot) -> None:
    told = institutes.news(plain, tiny_snapshot.manifest, NIBUD)
    assert [(item.version, item.change.ref.slug, item.change.kind) for item in told if item.version] == [
        ("0.2.0", "financieel-misbruik", "changed"),
        ("0.2.0", "krap-zitten", "renamed"),
    ]
    everything = history.of(plain, tiny_snapshot.manifest).releases[0].changes
    assert len(everything) > 2, "there were other changes, of other things"


def test_an_organisation_without_sources_is_told_nothing(plain: LocalStore) -> None:
    assert institutes.of(plain, iri_of("organisatie", "redactie")) is None


def test_what_an_organisation_says_itself_goes_by_its_name(fuller: LocalStore, plain: LocalStore) -> None:
    source = catalog.thing(fuller, "bron", "geldzorgen-herkennen")
    assert isinstance(source, model.Source)
    (said,) = source.said
    assert said.organisation.label == {"nl": "Nibud"} and said.properties == ("schema:timeRequired",)
    assert [ref.slug for ref in said.about] == ["financieel-misbruik"]
    assert {ref.slug for ref in source.aspects} == {"geldzorgen-signaleren", "financieel-misbruik"}
    before = catalog.thing(plain, "bron", "geldzorgen-herkennen")
    assert isinstance(before, model.Source) and before.said == ()


def test_the_day_of_handing_in_comes_from_the_provenance_of_its_graph(fuller: LocalStore, plain: LocalStore) -> None:
    for store, day in ((fuller, "2026-10-02"), (plain, None)):
        organisation = catalog.thing(store, "organisatie", "nibud")
        assert isinstance(organisation, model.Organisation) and organisation.contributed == day
