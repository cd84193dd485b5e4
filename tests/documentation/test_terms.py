"""The terms: nothing that the data uses goes undocumented, and what is said of each is true of the graph."""

from pathlib import Path

import pytest

from kbs_graph.documentation import terms
from kbs_graph.documentation.terms import Model
from kbs_graph.snapshots import Snapshot
from kbs_graph.store import LocalStore
from kbs_graph.terms import K, Literal

LANGUAGES = {"nl", "en"}


@pytest.fixture(scope="module")
def model(real_store: LocalStore) -> Model:
    return terms.model(real_store)


@pytest.mark.parametrize(
    "asked",
    [
        "SELECT DISTINCT ?term WHERE { ?s ?term ?o }",
        "SELECT DISTINCT ?term WHERE { ?s a ?term }",
        "SELECT DISTINCT ?term WHERE { ?s ?p ?o . BIND(DATATYPE(?o) AS ?term) FILTER(BOUND(?term)) }",
    ],
    ids=["properties", "classes", "datatypes"],
)
def test_nothing_that_is_used_is_undocumented(real_store: LocalStore, model: Model, asked: str) -> None:
    used = {str(row["term"]) for row in real_store.select(asked)}
    assert len(used) > 5
    assert used - {term.iri for term in model.every} == set()


def test_a_term_that_nobody_described_would_be_missed() -> None:
    store = LocalStore.in_memory(b"<http://x.nl/a> <http://x.nl/new> <http://x.nl/b> <http://x.nl/g> .\n")
    assert terms.model(store).every == ()


def test_every_term_has_its_name_and_meaning_in_two_languages(model: Model) -> None:
    for term in model.every:
        assert set(term.label) == set(term.definition) == LANGUAGES, term.name
        assert term.vocabulary and term.kind in ("class", "datatype", "property"), term.name
    assert {term.name.removeprefix("k:") for term in model.own} == {n for n in K.__annotations__ if n[0] != "_"}
    assert all(set(vocabulary.label) == LANGUAGES and vocabulary.terms for vocabulary in model.borrowed)


def test_every_term_of_our_own_has_an_example_a_status_and_for_a_property_what_it_joins(model: Model) -> None:
    for term in model.own:
        assert set(term.example) == LANGUAGES and term.status in ("stable", "testing"), term.name
        assert term.kind == "class" or (term.domain and term.range), term.name


def test_uses_are_counted_over_the_whole_graph(real_store: LocalStore, model: Model) -> None:
    used = {term.name: term.used for term in model.every}
    assert used["k:KnowledgeAspect"] == used["k:homeDomain"] == 143
    for name, iri in (("k:part", K.part), ("skos:prefLabel", "http://www.w3.org/2004/02/skos/core#prefLabel")):
        (row,) = real_store.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ ?s <{iri}> ?o }}")
        assert isinstance(row["n"], Literal)
        assert used[name] == int(row["n"].value), name


def test_every_term_in_use_has_an_example_that_the_graph_states(real_store: LocalStore, model: Model) -> None:
    for term in model.every:
        assert (term.from_graph is not None) == bool(term.used), term.name
        if term.from_graph and not term.from_graph.is_text:
            ends = term.from_graph.subject, term.from_graph.value
            said = f"<{ends[0]}> a <{term.iri}>" if term.kind == "class" else f"<{ends[0]}> <{term.iri}> <{ends[1]}>"
            assert real_store.ask(f"ASK {{ {said} }}"), term.name


def test_the_model_is_read_once_a_store(real_store: LocalStore, tiny_snapshot: Snapshot, model: Model) -> None:
    assert terms.model(real_store) is model
    assert terms.model(LocalStore.open(tiny_snapshot.store)) is not model


def test_the_version_and_what_each_brought_are_told_newest_first(model: Model, root: Path) -> None:
    version = model.version
    assert version.iri.endswith(f"/def/{version.number}") and f'"{version.number}"' in (
        root / "ontology" / "kbs.ttl"
    ).read_text(encoding="utf-8")
    assert version.changes[0][0] == version.number and version.changes[-1][0] == "0.1.0"
    own = {term.name for term in model.own}
    for number, texts in version.changes:
        assert set(texts) == LANGUAGES
        told = {word.strip(".,") for word in texts["nl"].split() if word.startswith("k:")}
        assert told <= own and (told or number == "0.1.0"), number
