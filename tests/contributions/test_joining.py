"""What no longer fits is set aside by a build, with a reason, and comes back when it fits; nothing stops a build."""

from datetime import date
from pathlib import Path

import pytest

from kbs_graph import build, validation
from kbs_graph.config import Settings
from kbs_graph.contributions import fitting, journal, publishing
from kbs_graph.contributions.model import Contribution
from kbs_graph.contributions.nearby import Nearby, opened
from kbs_graph.coverage import facts
from kbs_graph.findings import WARNING, Finding
from kbs_graph.link_states import LinkCheck
from kbs_graph.links import checking, records
from kbs_graph.snapshots import SnapshotStore
from kbs_graph.store import LocalStore
from kbs_graph.terms import CONTRIBUTED_GRAPH, ID, PROVENANCE_GRAPH, Iri, K, graph_iri
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
from tests.contributions.test_publishing import accept, in_graph, quads

SUBJECT = DCTERMS + "subject"
RETIRED, GONE = "aspect/rondkomen", "doelgroep/bestaat-niet"


def journalled(place: Settings, given: Contribution) -> None:
    """As if it was accepted before the editors changed the graph."""
    with SnapshotStore(place.var).lock():
        journal.write(place.var, given, "put", "proef", {"sources": 1})


def built(place: Settings) -> list[Finding]:
    """The findings about contributions of a build, which succeeds."""
    outcome, snapshot = build.build(place.root, place.var, 3)
    assert snapshot, outcome.findings
    return [finding for finding in outcome.findings if (finding.file or "").startswith("var/contributions/")]


def set_aside(place: Settings, slug: str) -> list[tuple[str, str, str]]:
    noted = SnapshotStore(place.var).current().manifest["contributions"][slug]["setAside"]
    return [(item["rule"], item["thing"].removeprefix(ID), (item["value"] or "").removeprefix(ID)) for item in noted]


def test_a_link_to_what_the_editors_retired_is_set_aside_and_the_source_stays(place: Settings) -> None:
    journalled(place, contribution("nibud", source("bron/nibud-1", about=[ASPECT, RETIRED]), many("nibud", 1)))
    (told,) = built(place)
    assert (told.rule, told.severity, told.file) == ("live-link-to-retired", WARNING, "var/contributions/nibud")
    assert "nibud" in told.message.nl and "nibud" in told.message.en
    standing = in_graph(place, graph_iri("nibud"))
    assert f"<{ID}bron/nibud-1> <{SUBJECT}> <{ID}{ASPECT}> ." in standing
    assert not [line for line in standing if RETIRED in line]
    assert set_aside(place, "nibud") == [("live-link-to-retired", "bron/nibud-1", RETIRED)]
    (noted,) = publishing.set_aside(place, "nibud")
    assert (noted.rule, noted.severity, noted.value) == ("live-link-to-retired", WARNING, ID + RETIRED)


def test_a_source_that_cannot_do_without_what_was_set_aside_is_set_aside_whole(place: Settings) -> None:
    journalled(place, contribution("nibud", source("bron/nibud-1", about=[GONE]), many("nibud", 1)))
    built(place)
    assert {line.split()[0] for line in in_graph(place, graph_iri("nibud"))} == {f"<{ID}bron/nibud-0>"}


def test_what_fits_again_comes_back(place: Settings) -> None:
    whole = contribution("nibud", source("bron/nibud-1", about=[ASPECT, "doelgroep/nieuw"]))
    journalled(place, whole)
    assert [finding.rule for finding in built(place)] == ["dangling-link"]
    file = place.root / "data" / "target-groups.ttl"
    text = file.read_text(encoding="utf-8")
    file.write_text(text + copied(text, "doelgroep/lvb", "doelgroep/nieuw"), encoding="utf-8")
    outcome = build.check(place.root, var=place.var)
    assert not [finding for finding in outcome.findings if "contributions" in (finding.file or "")]
    lines = {line.removesuffix(f"<{graph_iri('nibud')}> .") + "." for line in outcome.graphs[graph_iri("nibud")].lines}
    assert lines == whole.lines


def copied(text: str, key: str, other: str) -> str:
    lines = [line.replace(key, other) for line in text.splitlines() if line.startswith(f"<{ID}{key}")]
    return "\n".join(lines) + "\n"


def test_what_was_set_aside_is_not_lost_when_another_contributes(place: Settings) -> None:
    journalled(place, contribution("nibud", source("bron/nibud-1", about=[ASPECT, RETIRED])))
    built(place)
    accept(place, contribution("vng", source("bron/nibud-1", about=[OTHER_ASPECT])))
    assert set_aside(place, "nibud") == [("live-link-to-retired", "bron/nibud-1", RETIRED)]
    before = quads(place)
    built(place)
    assert quads(place) == before


def test_an_organisation_that_is_gone_and_a_damaged_file_stop_nothing(place: Settings) -> None:
    journalled(place, contribution("nibud", many("nibud", 1)))
    journalled(place, contribution("weg", many("weg", 1)))
    journalled(place, contribution("vng", many("vng", 1)))
    (place.var / "contributions" / "vng" / "1.nt").write_text("kapot", encoding="utf-8")
    assert sorted(finding.rule for finding in built(place)) == ["contribution-file", "contribution-owner"]
    assert in_graph(place, graph_iri("nibud"))
    assert not in_graph(place, graph_iri("weg"))


def test_an_address_that_the_editors_take_up_is_theirs(place: Settings) -> None:
    """The organisation sent it under a name of its own; now it is the editors' source."""
    journalled(place, contribution("nibud", source("bron/nibud-1", "Mijn titel", KNOWN_PAGE, [ASPECT, OTHER_ASPECT])))
    assert built(place) == []
    assert in_graph(place, graph_iri("nibud")) == {f"<{ID}{KNOWN}> <{SUBJECT}> <{ID}{OTHER_ASPECT}> ."}


def test_coverage_counts_the_sources_of_the_editors_alone(place: Settings) -> None:
    def counted() -> tuple[int, int]:
        known = facts.gather(LocalStore.open(SnapshotStore(place.var).current().store))
        return len(known.sources), sum(len(rows) for rows in known.about.values())

    before = counted()
    accept(place, contribution("nibud", many("nibud", 4), source(KNOWN, "x", KNOWN_PAGE, [OTHER_ASPECT])))
    assert counted() == before


CASES = {
    "right": source("bron/nibud-1"),
    "dangling": source("bron/nibud-1", about=[ASPECT, GONE]),
    "retired": source("bron/nibud-1", about=[RETIRED]),
    "mirror": source("bron/nibud-1", page="https://docplayer.nl/1"),
    "twice": source("bron/nibud-1", page="https://a.nl/x") + source("bron/nibud-2", page="https://www.a.nl/x/"),
    "form": source("bron/Nibud_1"),
    "main subject": source("bron/nibud-1", extra=[(str(K.mainSubject), f"<{ID}{OTHER_ASPECT}>")]),
    "unknown term": source("bron/nibud-1", extra=[("https://voorbeeld.nl/x", '"x"@nl')]),
    "unknown class": [f"<{ID}bron/nibud-1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://a.nl/b> ."],
    "markup": source("bron/nibud-1", title="Geld <b>nu</b>"),
    "space": source("bron/nibud-1", title=" Geld  nu "),
    "control": source("bron/nibud-1", title="Geld\\u0007nu"),
    "domain": source("bron/nibud-1", extra=[(str(K.homeDomain), f"<{ID}domein/inkomen>")]),
    "class of value": source("bron/nibud-1", kind=KNOWN),
    "many": [line for lines in (many("nibud", 25), source("bron/nibud-x", about=[GONE, RETIRED])) for line in lines],
}


@pytest.mark.parametrize("name", CASES)
def test_asked_from_its_sources_the_rules_say_the_same_as_over_the_whole(built: Path, name: str) -> None:
    """The whole: every rule over the graph with the contribution in it, as a build would without sharing out."""
    given = contribution("nibud", CASES[name])
    outcome = build.check(built)
    editors = {iri: graph.lines for iri, graph in outcome.graphs.items() if iri != PROVENANCE_GRAPH}
    store = LocalStore.in_memory("\n".join(line for lines in editors.values() for line in lines).encode())
    book = fitting.rules_of(built)
    near = fitting.misfits(book, Nearby(store, ()), given)
    with_it = opened(
        {
            **{iri: {line.removesuffix(f"<{iri}> .") + "." for line in lines} for iri, lines in editors.items()},
            given.graph: given.lines,
            Iri(PROVENANCE_GRAPH): {f"<{given.graph}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{K.Graph}> ."},
        }
    )
    whole = [found for rule in book.integrity for found in validation.break_rule(rule, with_it)]
    expected = {
        (f.rule, f.thing, f.path, f.value) for f in whole if f.file == given.graph and f.rule != fitting.SHARED_OUT
    }
    assert {(f.rule, f.thing, f.path, f.value) for f in near} == expected
    assert bool(expected) == (name not in ("right", "class of value")), expected


def test_recovery_sets_aside_as_a_build_does(place: Settings) -> None:
    given = contribution("nibud", source("bron/nibud-a", about=[ASPECT, RETIRED]), many("nibud", 2))
    journalled(place, given)
    publishing.recover(place)
    recovered = quads(place)
    assert set_aside(place, "nibud") == [("live-link-to-retired", "bron/nibud-a", RETIRED)]
    built(place)
    assert quads(place) == recovered


def test_what_checking_found_of_a_contributed_address_shows_until_it_is_withdrawn(place: Settings) -> None:
    page = "https://www.voorbeeld.nl/nibud-1"
    records.write(place.var, LinkCheck("nibud-1", page, date(2026, 11, 1), "werkt", 200))
    accept(place, contribution("nibud", source("bron/nibud-1", page=page), source("bron/nibud-2")))
    state = f"<{ID}bron/nibud-1> <{K.linkState}> <{ID}vindplaats/werkt> ."
    assert state in in_graph(place, CONTRIBUTED_GRAPH)
    before = quads(place)
    built(place)
    assert quads(place) == before
    accept(place, contribution("nibud", source("bron/nibud-2")))
    assert not [line for line in in_graph(place, CONTRIBUTED_GRAPH) if "nibud-1" in line]


def test_the_addresses_of_contributed_sources_are_checked_too(place: Settings) -> None:
    before = checking.targets(place.root, var=place.var)
    accept(place, contribution("nibud", source("bron/nibud-1"), source(KNOWN, "x", KNOWN_PAGE, [OTHER_ASPECT])))
    added = [target for target in checking.targets(place.root, var=place.var) if target not in before]
    assert [(target.slug, target.address) for target in added] == [("nibud-1", "https://www.voorbeeld.nl/nibud-1")]
