"""What is handed in is in the graph when that is told, under its owner, and a build comes to the same."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from kbs_graph import build
from kbs_graph.config import Settings
from kbs_graph.contributions import journal, publishing
from kbs_graph.contributions.model import Contribution, Outcome
from kbs_graph.errors import BadRequest, Forbidden, PreconditionFailed, Unavailable
from kbs_graph.search import indexing, results
from kbs_graph.search.label_index import Index
from kbs_graph.snapshot import CONTRIBUTION_RULES, RULES
from kbs_graph.snapshots import Snapshot, SnapshotStore
from kbs_graph.terms import CONTRIBUTED_GRAPH, DERIVED_GRAPH, ID, K, graph_iri
from tests.contributions.sources import (
    ASPECT,
    DCTERMS,
    KNOWN,
    KNOWN_PAGE,
    OTHER_ASPECT,
    contribution,
    many,
    source,
)
from tests.test_kill_points import hash_in_store

WHY = str(K.why)
ATTRIBUTED = "http://www.w3.org/ns/prov#wasAttributedTo"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


def current(place: Settings) -> Snapshot:
    return SnapshotStore(place.var).current()


def quads(place: Settings) -> set[str]:
    return {str(quad) for quad in ox.Store.read_only(str(current(place).store))}


def triples(place: Settings) -> list[str]:
    return sorted({str(quad.triple) for quad in ox.Store.read_only(str(current(place).store))})


def in_graph(place: Settings, graph: str) -> set[str]:
    store = ox.Store.read_only(str(current(place).store))
    return {f"{quad.triple} ." for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(graph))}


def accept(place: Settings, given: Contribution, how: str = "put", **wishes: object) -> Outcome:
    return publishing.accept(place, given, how, "proef", **wishes)  # type: ignore[arg-type]


def found(place: Settings, words: str) -> list[str]:
    hits = results.find(Index(current(place).search), words).hits
    return [hit.ref.iri.removeprefix(ID) for hit in hits]


def as_built(place: Settings) -> tuple[set[str], dict[str, object]]:
    """The quads and the manifest after a build with the same journal."""
    outcome, snapshot = build.build(place.root, place.var, 3)
    assert snapshot, outcome.findings
    return quads(place), snapshot.manifest


def test_a_new_source_is_in_the_graph_of_its_owner_and_in_the_search(place: Settings) -> None:
    given = contribution("nibud", source("bron/nibud-kassabon", "Kassabonnen lezen"))
    outcome = accept(place, given)
    assert (outcome.status, outcome.version, outcome.ok) == ("created", 1, True)
    assert outcome.snapshot == current(place).number
    assert in_graph(place, graph_iri("nibud")) == given.lines
    derived = in_graph(place, CONTRIBUTED_GRAPH)
    this = f"<{ID}bron/nibud-kassabon>"
    assert derived == {
        f'{this} <{LABEL}> "Kassabonnen lezen"@nl .',
        f"{this} <{ATTRIBUTED}> <{ID}organisatie/nibud> .",
    }
    assert found(place, "kassabonnen") == ["bron/nibud-kassabon"]
    assert current(place).manifest["counts"]["bron"] == 4


def test_what_is_said_and_what_stands_are_hashed_counted_and_described(place: Settings) -> None:
    accept(place, contribution("nibud", many("nibud", 3)))
    accept(place, contribution("vng", many("vng", 2)))
    snapshot = current(place)
    assert hash_in_store(snapshot) == snapshot.content_hash
    assert {iri: entry["triples"] for iri, entry in snapshot.manifest["graphs"].items()} == {
        iri: len(in_graph(place, iri)) for iri in snapshot.manifest["graphs"]
    }
    described = in_graph(place, "https://w3id.org/kennisbouwstenen/graphs/herkomst")
    own = {line for line in described if line.startswith(f"<{graph_iri('vng')}>")}
    assert any(f'"{snapshot.manifest["graphs"][graph_iri("vng")]["sha256"]}"' in line for line in own)
    assert any("creator> <" + ID + "organisatie/vng>" in line for line in own)


def test_a_build_with_the_same_contributions_comes_to_the_same(place: Settings) -> None:
    accept(place, contribution("vng", many("vng", 3), source(KNOWN, "Andere titel", KNOWN_PAGE, [OTHER_ASPECT])))
    accept(place, contribution("nibud", many("nibud", 3), source("bron/vng-1", "Zelfde bron", about=[OTHER_ASPECT])))
    accept(place, contribution("nibud", many("nibud", 2, "Nieuw"), source("bron/vng-1", "Zelfde bron")))
    accept(place, contribution("vng", many("vng", 1)))
    before, manifest = quads(place), current(place).manifest
    built, rebuilt = as_built(place)
    assert built == before
    for name in ("contentHash", "counts", "contributions", "graphs"):
        assert rebuilt[name] == manifest[name], name


def test_a_known_address_adds_links_and_leaves_the_words_of_the_editors(place: Settings) -> None:
    given = contribution(
        "vng", source(KNOWN, "Mijn titel", KNOWN_PAGE, [ASPECT, OTHER_ASPECT], extra=[(WHY, '"Zo"@nl')])
    )
    outcome = accept(place, given)
    assert outcome.counts["known"] == 1
    assert outcome.counts["new"] == 0
    assert in_graph(place, graph_iri("vng")) == {f"<{ID}{KNOWN}> <{DCTERMS}subject> <{ID}{OTHER_ASPECT}> ."}
    assert publishing.said(place, "vng") == given, "what it said in full is not lost"
    assert not [line for line in in_graph(place, DERIVED_GRAPH) if "Mijn titel" in line]


def test_who_says_the_same_gets_it_back_when_another_withdraws(place: Settings) -> None:
    shared = source("bron/nibud-1", "Zwaluwnest", "https://www.voorbeeld.nl/samen")
    accept(place, contribution("nibud", shared))
    accept(place, contribution("vng", shared, many("vng", 1)))
    assert not [line for line in in_graph(place, graph_iri("vng")) if "nibud-1" in line]
    assert accept(place, contribution("nibud"), "delete").status == "emptied"
    assert set(shared) <= in_graph(place, graph_iri("vng"))
    assert found(place, "zwaluwnest") == ["bron/nibud-1"]
    accept(place, contribution("nibud", shared))
    assert set(shared) == in_graph(place, graph_iri("nibud")), "whose source it is has it again"
    assert as_built(place)[0] == quads(place)


def test_an_address_that_another_brought_in_meanwhile_is_that_source(place: Settings) -> None:
    accept(place, contribution("nibud", source("bron/nibud-a", "Een", "https://www.voorbeeld.nl/x")))
    accept(place, contribution("vng", source("bron/vng-b", "Twee", "http://voorbeeld.nl/x/", [OTHER_ASPECT])))
    assert {line.split()[0] for line in publishing.said(place, "vng").lines} == {f"<{ID}bron/nibud-a>"}


def test_getting_and_putting_back_changes_nothing(place: Settings) -> None:
    accept(place, contribution("nibud", many("nibud", 2), source(KNOWN, "Titel", KNOWN_PAGE)))
    before = current(place)
    outcome = accept(place, publishing.said(place, "nibud"))
    assert (outcome.status, outcome.version) == ("unchanged", 1)
    assert current(place) == before


def test_post_adds_to_what_holds(place: Settings) -> None:
    accept(place, contribution("nibud", many("nibud", 1)))
    accept(place, contribution("nibud", source("bron/nibud-erbij")), "post")
    assert {line.split()[0] for line in publishing.said(place, "nibud").lines} == {
        f"<{ID}bron/nibud-0>",
        f"<{ID}bron/nibud-erbij>",
    }


def test_what_is_added_corrects_a_fact_of_which_there_is_one_and_leaves_the_rest(place: Settings) -> None:
    accept(place, contribution("nibud", source("bron/nibud-0", "Fuot"), source("bron/nibud-1")))
    anew = source("bron/nibud-0", "Goed", about=[OTHER_ASPECT])
    outcome = accept(place, contribution("nibud", anew), "post")
    assert outcome.status == "replaced", outcome.findings
    said = publishing.said(place, "nibud").lines
    assert said == {*source("bron/nibud-0", "Goed", about=[ASPECT, OTHER_ASPECT]), *source("bron/nibud-1")}


def test_deleting_the_only_contributed_source_of_an_aspect_leaves_no_trace(place: Settings) -> None:
    before, counts = quads(place), current(place).manifest["counts"]
    accept(place, contribution("nibud", source("bron/nibud-weg", "Kwartelei")))
    accept(place, contribution("nibud"), "delete")
    assert quads(place) == before
    assert found(place, "kwartelei") == []
    assert current(place).manifest["counts"] == counts
    assert publishing.etag(place, "nibud") == ""


def test_a_check_changes_nothing(place: Settings) -> None:
    before = current(place)
    outcome = accept(place, contribution("nibud", many("nibud", 1)), check=True)
    assert (outcome.status, outcome.version, outcome.counts["new"]) == ("checked", 0, 1)
    assert current(place) == before
    assert journal.versions(place.var, "nibud") == ()


REFUSED = {
    "dangling-link": source("bron/nibud-1", about=["aspect/bestaat-niet"]),
    "live-link-to-retired": source("bron/nibud-1", about=["aspect/rondkomen"]),
    "contribution-page": source("bron/nibud-1", page="javascript:alert(1)"),
    "contribution-closed": source("bron/nibud-1", extra=[(DCTERMS + "rights", '"x"')]),
    "contribution-class": ['<https://w3id.org/kennisbouwstenen/id/aspect/x> <http://purl.org/dc/terms/title> "x"@nl .'],
    "contribution-name": source("bron/anderman-1"),
    "contribution-address": source(KNOWN, page="https://www.voorbeeld.nl/anders"),
    "mirror-address": source("bron/nibud-1", page="https://docplayer.nl/1"),
    "duplicate-address": source("bron/nibud-1", page="https://a.nl/x") + source("bron/nibud-2", page="http://a.nl/x/"),
}


@pytest.mark.parametrize("rule", REFUSED)
def test_what_breaks_a_rule_is_refused_and_nothing_changes(place: Settings, rule: str) -> None:
    before = current(place)
    outcome = accept(place, contribution("nibud", REFUSED[rule]))
    assert outcome.status == "refused"
    assert rule in {finding.rule for finding in outcome.findings}
    assert all(finding.message.nl and finding.message.en for finding in outcome.findings)
    assert current(place) == before
    assert journal.versions(place.var, "nibud") == ()


def test_a_second_source_with_an_address_of_ones_own_is_refused(place: Settings) -> None:
    accept(place, contribution("nibud", source("bron/nibud-1", page="https://a.nl/x")))
    outcome = accept(place, contribution("nibud", source("bron/nibud-2", page="http://www.a.nl/x/")), "post")
    assert [finding.rule for finding in outcome.findings] == ["duplicate-address"]


def test_partly_means_without_the_sources_that_break_a_rule(place: Settings) -> None:
    wrong = source("bron/nibud-fout", about=["aspect/bestaat-niet"])
    outcome = accept(place, contribution("nibud", many("nibud", 2), wrong), partial=True)
    assert outcome.status == "created"
    assert {finding.thing for finding in outcome.left_out} == {ID + "bron/nibud-fout"}
    assert outcome.counts["sources"] == 2


@pytest.mark.parametrize("slug", ["onbekend", "redactie", "signs"])
def test_only_a_known_organisation_has_a_graph(place: Settings, slug: str) -> None:
    with pytest.raises(Forbidden):
        accept(place, contribution(slug, many(slug, 1)))


def test_of_two_who_change_the_same_version_one_hears_that_it_changed(place: Settings) -> None:
    first = accept(place, contribution("nibud", many("nibud", 1)), if_none_match=True)
    second = accept(place, contribution("nibud", many("nibud", 2)), if_match=first.etag)
    assert second.etag == publishing.etag(place, "nibud") != first.etag
    for wishes in ({"if_match": first.etag}, {"if_none_match": True}):
        with pytest.raises(PreconditionFailed):
            accept(place, contribution("nibud", many("nibud", 3)), **wishes)
    assert publishing.etag(place, "nibud") == second.etag


def test_rolling_back_is_a_new_version_with_old_content(place: Settings) -> None:
    accept(place, contribution("nibud", many("nibud", 1, "Oud")))
    accept(place, contribution("nibud", many("nibud", 1, "Nieuw")))
    outcome = accept(place, journal.read(place.var, "nibud", 1), "rollback")
    assert (outcome.status, outcome.version) == ("replaced", 3)
    assert publishing.said(place, "nibud") == journal.read(place.var, "nibud", 1)
    assert [version.how for version in journal.versions(place.var, "nibud")] == ["put", "put", "rollback"]
    assert found(place, "oud 0")[:1] == ["bron/nibud-0"]


def test_going_back_to_an_older_snapshot_does_not_lose_what_was_accepted(place: Settings) -> None:
    first = current(place).number
    accept(place, contribution("nibud", many("nibud", 2)))
    SnapshotStore(place.var).roll_back(first)
    assert publishing.said(place, "nibud").lines == frozenset()
    assert publishing.recover(place) == ("nibud",)
    assert len(publishing.said(place, "nibud").lines) == 12
    assert publishing.recover(place) == ()


def test_the_search_index_finds_the_same_as_one_made_anew(place: Settings, tmp_path: Path) -> None:
    accept(place, contribution("nibud", many("nibud", 30, "Schuldhulp voor jongeren")))
    accept(place, contribution("vng", many("vng", 5, "Schuldenlab")))
    accept(place, contribution("nibud", many("nibud", 4, "Schuldhulpmaatje")))
    indexing.build(current(place).store, tmp_path / "anew.sqlite")
    changed, anew = Index(current(place).search), Index(tmp_path / "anew.sqlite")
    for words in (
        "schuldhulp",
        "schulden",
        "maatje",
        "jongeren",
        "schuldhlp",
        "geldzorgen",
        "bron",
        "lab",
        "schuldhulpmaatje 3",
    ):
        ones, others = (results.find(index, words) for index in (changed, anew))
        assert (ones.total, ones.counts) == (others.total, others.counts), words
        assert ones.hits == others.hits
        assert results.near(changed, words) == results.near(anew, words)
    assert changed.size == anew.size
    assert changed.vocabulary == anew.vocabulary


def test_a_damaged_version_of_one_holds_nobody_else_up(place: Settings) -> None:
    accept(place, contribution("vng", many("vng", 1)))
    folder = place.var / "contributions" / "vng"
    for name in ("2.nt", "2.json"):
        (folder / name).write_text("kapot", encoding="utf-8")
    assert accept(place, contribution("nibud", many("nibud", 1))).status == "created"
    assert in_graph(place, graph_iri("vng"))


def test_another_writer_is_waited_for_and_not_for_ever(place: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "WAIT", 0.1)
    with SnapshotStore(place.var).lock(), pytest.raises(Unavailable):
        accept(place, contribution("nibud", many("nibud", 1)))
    assert journal.versions(place.var, "nibud") == ()


def test_what_is_not_in_our_form_is_no_contribution(place: Settings) -> None:
    for line in ("<a> <b> <c>", '_:b <http://a.nl/p> "x" .', '<http://a.nl/s> <http://a.nl/p> "x\ny" .'):
        with pytest.raises(BadRequest):
            accept(place, Contribution("nibud", frozenset([line])))


def test_the_rules_go_along_to_the_snapshot_that_a_contribution_makes(place: Settings) -> None:
    before = current(place)
    assert accept(place, contribution("nibud", many("nibud", 1))).status == "created"
    assert current(place).number > before.number
    for name in (RULES, CONTRIBUTION_RULES):
        assert (current(place).path / name).read_bytes() == (before.path / name).read_bytes()
