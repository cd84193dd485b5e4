"""The SPARQL texts: each runs as it is on the real graph and finds something; nothing can be injected into one."""

import time
from pathlib import Path

import pytest

from kbs_graph import queries
from kbs_graph.store import LocalStore
from kbs_graph.terms import ID, Iri, K, Literal, graph_iri

ROOT = Path(__file__).resolve().parent.parent
RULES = sorted((ROOT / "shapes" / "integrity").glob("*.rq"))
NAMED = {name: queries.parameters(name) for name in queries.names()}
HOSTILE = (
    "https://w3id.org/x> } ; DROP ALL ; { <y",
    "https://w3id.org/x>",
    "<x",
    "a b",
    'x"y',
    "x\ny",
    "x\\u003ey",
    "x{y}",
    "x|y",
    "x^y",
    "x`y",
    "https://w3id.org/\x00",
    "https://w3id.org/x\n",
    "aspect/relative",
    "",
)
TEXTS = ('"} . ?s ?p ?o { "', "'''", '"""', "\n", "\r", "\\", '\\"', "\\u0022 }", "\t\b\f", "$iri", "?s", "# x", "é😀")


REAL = {
    "domain": "domein/inkomen",
    "aspect": "aspect/schulden-basis",
    "aspects": "domein/inkomen",
    "competency": "competentie/signaleren-en-agenderen",
    "target_group": "doelgroep/lvb",
    "organisation": "organisatie/nji",
    "institute-areas": "organisatie/nji",
    "institute-links": "organisatie/nji",
    "institute-sources": "organisatie/nji",
    "institute-states": "organisatie/nji",
    "source": "bron/kb-introductie",
    "thing": "bron/kb-introductie",
    "case": "casus/kind-regelt-de-post",
    "scheme": "kader/kennisbouwstenen",
    "concept": "status/voorstel",
    "notion": "begrip/inwoner",
    "sign": "signaal/ongeopende-post",
    "specialist": "specialist/huisarts",
    "description": "aspect/schulden-basis",
    "tombstone": "aspect/schulden-basis",
    "release": "uitgave/0-1-0",
}
"""For every page a thing that is in the graph."""
NEVER_HERE = {"lists/contributed", "remote/manifest"}
"""What the editors' own graphs never answer; tests/contributions/ and tests/remote/ see it answer."""


def filled(name: str) -> str:
    """A query with real terms in the place of its parameters."""
    day = Literal("2030-01-01", datatype="http://www.w3.org/2001/XMLSchema#date")
    thing = Iri(ID + REAL.get(name.partition("/")[2], ""))
    terms = {"iri": thing, "cls": Iri(K.KnowledgeDomain), "property": Iri(K.order), "day": day}
    terms |= {"graph": graph_iri("domains"), "predicate": Iri(K.order), "low": Literal(""), "high": Literal("g")}
    return queries.fill(name, **{parameter: terms[parameter] for parameter in NAMED[name]})


def test_every_file_in_the_folder_is_a_query_with_a_name() -> None:
    on_disk = {
        path.relative_to(ROOT / "kbs_graph" / "queries").with_suffix("").as_posix()
        for path in (ROOT / "kbs_graph" / "queries").rglob("*.rq")
    }
    assert set(queries.names()) == on_disk
    assert len(on_disk) >= 25


@pytest.mark.parametrize("name", sorted(NAMED))
def test_a_query_says_in_its_first_line_what_it_is_for_and_names_its_parameters(name: str) -> None:
    head = [line for line in queries.text(name).splitlines() if line.startswith("#")]
    assert queries.text(name).startswith("# ")
    for parameter in NAMED[name]:
        assert any(f"${parameter}" in line for line in head), f"${parameter} is not explained"


@pytest.mark.parametrize("name", sorted(n for n in NAMED if not n.startswith(("derive/", "examples/"))))
def test_a_query_finds_something_in_the_real_graph(real_store: LocalStore, name: str) -> None:
    text = filled(name)
    found = real_store.select(text) if "\nSELECT" in text else real_store.construct(text)
    assert bool(found) == (name not in NEVER_HERE)


@pytest.mark.parametrize("name", sorted(n for n in NAMED if n.startswith("derive/")))
def test_a_rule_of_derivation_completes_something(real_store: LocalStore, tiny_store: LocalStore, name: str) -> None:
    """On the graph that is complete already: a rule that guards against repeating itself finds nothing then.

    Nothing in the real graph was renamed yet.
    """
    text = queries.text(name)
    assert "CONSTRUCT" in text
    found = (tiny_store if name == "derive/replaced-by" else real_store).construct(text)
    assert found or name in ("derive/labels", "derive/related")


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_an_integrity_rule_answers_within_two_seconds_and_finds_no_violation_in_the_real_graph(
    real_store: LocalStore, path: Path, slower: float
) -> None:
    start = time.process_time()
    rows = real_store.select(path.read_text(encoding="utf-8"))
    seconds = time.process_time() - start
    assert rows == []
    assert seconds < 2 * slower


def test_a_query_with_a_missing_or_surplus_term_is_refused() -> None:
    with pytest.raises(ValueError, match="iri"):
        queries.fill("pages/aspect")
    with pytest.raises(ValueError, match="iri"):
        queries.fill("pages/aspect", iri=Iri(ID), other=Iri(ID))
    with pytest.raises(ValueError, match="iri"):
        queries.fill("pages/home", iri=Iri(ID))


@pytest.mark.parametrize("text", HOSTILE)
def test_an_iri_that_is_none_never_reaches_a_query(text: str) -> None:
    with pytest.raises(ValueError, match="IRI"):
        queries.fill("pages/aspect", iri=Iri(text))
    with pytest.raises(ValueError, match="IRI"):
        queries.serialise(Literal("x", datatype=text))


@pytest.mark.parametrize("tag", ["en } DROP ALL", "nl .", "", "nl\n", "nl-", "n l", '"', "@nl"])
def test_a_language_tag_that_is_none_never_reaches_a_query(tag: str) -> None:
    if tag:
        with pytest.raises(ValueError, match="language"):
            queries.serialise(Literal("x", language=tag))
    else:
        assert queries.serialise(Literal("x", language=tag)) == '"x"^^<http://www.w3.org/2001/XMLSchema#string>'


@pytest.mark.parametrize("text", TEXTS)
def test_any_text_stays_one_literal_with_the_same_signs(real_store: LocalStore, text: str) -> None:
    for literal in (Literal(text), Literal(text, language="nl")):
        rows = real_store.select(f"SELECT ?x WHERE {{ BIND({queries.serialise(literal)} AS ?x) }}")
        assert [row["x"] for row in rows] == [literal._replace(datatype=rows[0]["x"].datatype)]  # type: ignore[union-attr]
        assert rows[0]["x"].value == text  # type: ignore[union-attr]


def test_a_filled_in_term_is_not_filled_in_again() -> None:
    assert queries.serialise(Literal("$iri")) == '"$iri"^^<http://www.w3.org/2001/XMLSchema#string>'
    filled_in = queries.fill("lists/rows", cls=Iri("http://example.org/$cls"))
    assert "<http://example.org/$cls>" in filled_in
