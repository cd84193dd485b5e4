"""The pool with real worker processes: right answers in every form, to many at once, and within the limits."""

import csv
import io
import json
import time
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox
import pytest

from kbs_graph.engine import worker
from kbs_graph.engine.pool import Job
from kbs_graph.errors import BadRequest, NotAcceptable, TooLarge, Unavailable
from kbs_graph.serialize import GRAPH_FORMATS, RESULT_FORMATS
from kbs_graph.sparql import Question, ask
from tests.workers.pools import (
    ENDLESS,
    G1,
    G2,
    LONG,
    PREFIX,
    RESULTS,
    SKOS,
    SLACK,
    TEN_MB,
    Start,
    alive,
    answer,
    job,
    values,
    wait_until,
    workers_on,
)

QUERY = 'SELECT ?c ?l { ?c skos:notation "77" ; skos:altLabel ?l }'
SHAPE = 'CONSTRUCT { ?c skos:altLabel ?l } { ?c skos:notation "77" ; skos:altLabel ?l }'


def test_select_in_every_result_format(start: Start, store: Path) -> None:
    pool = start()
    body = {}
    for ending, form in RESULT_FORMATS.items():
        given = pool.run(store, job(QUERY, form.media_type))
        assert given.media_type == form.media_type
        body[ending] = b"".join(given.chunks).decode()
    term = json.loads(body["json"])["results"]["bindings"][0]["l"]
    assert term == {"type": "literal", "value": "ander woord 77", "xml:lang": "nl"}
    names = {"s": "http://www.w3.org/2005/sparql-results#"}
    assert [e.text for e in ET.fromstring(body["xml"]).iterfind(".//s:literal", names)] == ["ander woord 77"]
    assert list(csv.reader(io.StringIO(body["csv"]))) == [["c", "l"], ["http://e/c/77", "ander woord 77"]]
    assert body["tsv"].splitlines() == ["?c\t?l", '<http://e/c/77>\t"ander woord 77"@nl']


@pytest.mark.parametrize(("query", "truth"), [("ASK { ?c skos:notation '77' }", True), ("ASK { :x :y :z }", False)])
def test_ask_in_json_and_xml(start: Start, store: Path, query: str, truth: bool) -> None:
    pool = start()
    assert json.loads(answer(pool, store, query))["boolean"] is truth
    body = b"".join(pool.run(store, job(query, RESULT_FORMATS["xml"].media_type)).chunks)
    assert ET.fromstring(body).findtext("{*}boolean") == str(truth).lower()


@pytest.mark.parametrize("query", [SHAPE, "DESCRIBE <http://e/c/77>"])
def test_graphs_in_every_graph_format(start: Start, store: Path, query: str) -> None:
    pool = start()
    found = {}
    for ending, form in GRAPH_FORMATS.items():
        given = pool.run(store, job(query, graph=form.media_type))
        assert given.media_type == form.media_type
        syntax = ox.RdfFormat.from_media_type(form.media_type)
        found[ending] = {str(q.triple) for q in ox.parse(b"".join(given.chunks), format=syntax)}
    assert f'<http://e/c/77> <{SKOS}altLabel> "ander woord 77"@nl' in found["ttl"]
    assert len(found["ttl"]) == (1 if "CONSTRUCT" in query else 8)
    assert found["ttl"] == found["nt"] == found["rdf"] == found["jsonld"]


def test_an_empty_answer_is_an_answer(start: Start, store: Path) -> None:
    pool = start()
    assert values(answer(pool, store, "SELECT ?s { ?s :no :thing }")) == []
    assert answer(pool, store, "CONSTRUCT { ?s :no ?o } { ?s :no ?o }") == b""


@pytest.mark.parametrize("query", ["SELECT", "SELECT * { ?s ?p }", "DELETE WHERE { ?s ?p ?o }", "", "\ud800", "\x00"])
def test_what_is_not_sparql_is_a_bad_request_and_harms_nothing(start: Start, store: Path, query: str) -> None:
    pool = start()
    assert alive(pool, store)
    before = workers_on(store)
    with pytest.raises(BadRequest, match="not valid SPARQL"):
        answer(pool, store, query)
    assert alive(pool, store)
    assert workers_on(store) == before


def test_a_graph_that_is_asked_for_as_results_is_not_acceptable_and_the_other_way_round(
    start: Start, store: Path
) -> None:
    pool = start()
    with pytest.raises(NotAcceptable, match="text/turtle"):
        pool.run(store, job(SHAPE, graph=""))
    with pytest.raises(NotAcceptable, match="sparql-results"):
        pool.run(store, job(QUERY, result=""))
    assert alive(pool, store)


def test_a_dataset_that_is_no_iri_is_a_bad_request(start: Start, store: Path) -> None:
    with pytest.raises(BadRequest):
        start().run(store, Job("ASK {}", RESULTS, "", default_graphs=("no iri",)))


COUNT = "SELECT (COUNT(*) AS ?n) %s { ?s skos:notation ?o }"
GRAPHS = "SELECT DISTINCT ?g %s { GRAPH ?g { ?s ?p ?o } }"


@pytest.mark.parametrize(
    ("clause", "default", "named", "expected"),
    [
        ("", (), (), 2500),
        (f"FROM <{G1}>", (), (), 1250),
        (f"FROM <{G1}> FROM <{G2}>", (), (), 2500),
        ("FROM <http://e/none>", (), (), 0),
        (f"FROM NAMED <{G1}>", (), (), 0),
        ("FROM:g1", (), (), 1250),
        ("", (G1,), (), 1250),
        ("", (G1, G2), (), 2500),
        ("", (), (G1,), 0),
        (f"FROM <{G1}>", (G2, G1), (), 2500),
        (f"FROM <{G1}>", ("http://e/none",), (), 0),
    ],
)
def test_the_default_graph(
    start: Start,
    store: Path,
    clause: str,
    default: tuple[str, ...],
    named: tuple[str, ...],
    expected: int,
) -> None:
    question = Question(PREFIX + COUNT % clause, RESULTS, "", default, named)
    body = b"".join(ask(start(), store, question, 65536, 200).chunks)
    assert values(body) == [{"n": str(expected)}]


@pytest.mark.parametrize(
    ("clause", "default", "named", "expected"),
    [
        ("", (), (), {G1, G2}),
        (f"FROM NAMED <{G1}>", (), (), {G1}),
        (f"FROM <{G1}>", (), (), set()),
        ("", (), (G2,), {G2}),
        ("", (G1,), (), set()),
        ("", (G1,), (G1, G2), {G1, G2}),
        (f"FROM NAMED <{G1}>", (), (G2,), {G2}),
    ],
)
def test_the_named_graphs(
    start: Start,
    store: Path,
    clause: str,
    default: tuple[str, ...],
    named: tuple[str, ...],
    expected: set[str],
) -> None:
    question = Question(PREFIX + GRAPHS % clause, RESULTS, "", default, named)
    body = b"".join(ask(start(), store, question, 65536, 200).chunks)
    assert {row["g"] for row in values(body)} == expected


def test_an_answer_longer_than_is_held_back_streams_in_pieces_and_is_whole(start: Start, store: Path) -> None:
    pieces = list(start().run(store, job(TEN_MB)).chunks)
    assert len(pieces) > 1
    assert all(len(piece) >= worker.HOLD for piece in pieces[:-1])
    assert max(map(len, pieces)) < 2 * worker.HOLD
    assert len(values(b"".join(pieces))) == 80000


def test_too_long_an_answer_is_refused_before_the_first_byte_when_nothing_was_sent_yet(
    start: Start, store: Path
) -> None:
    pool = start(output_mb=1)
    with pytest.raises(TooLarge, match="larger than 1 MiB") as caught:
        pool.run(store, job(TEN_MB))
    assert caught.value.status == 413
    assert alive(pool, store)


def test_too_long_an_answer_breaks_off_with_an_error_when_bytes_were_sent(start: Start, store: Path) -> None:
    pool = start(output_mb=6)
    chunks = pool.run(store, job(TEN_MB)).chunks
    assert len(next(chunks)) >= worker.HOLD
    with pytest.raises(TooLarge, match="larger than 6 MiB"):
        list(chunks)
    assert alive(pool, store)


def test_graphs_are_limited_too(start: Start, store: Path) -> None:
    with pytest.raises(TooLarge):
        start(output_mb=1).run(store, job("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"))


def test_a_query_that_never_ends_is_ended_at_the_limit(start: Start, store: Path, short: int) -> None:
    pool = start(seconds=short)
    began = time.monotonic()
    with pytest.raises(Unavailable, match=f"took longer than {short} seconds") as caught:
        answer(pool, store, ENDLESS)
    assert short <= time.monotonic() - began < short + SLACK
    assert caught.value.status == 503
    assert alive(pool, store)


def test_an_answer_that_never_ends_breaks_off_at_the_limit(start: Start, store: Path, short: int) -> None:
    pool = start(seconds=short, output_mb=1 << 20)
    began = time.monotonic()
    chunks = pool.run(store, job(LONG)).chunks
    with pytest.raises(Unavailable, match=f"took longer than {short} seconds"):
        for _ in chunks:
            pass
    assert short <= time.monotonic() - began < short + SLACK
    assert alive(pool, store)


def test_when_all_places_are_taken_the_others_are_told_so_within_the_limit(
    start: Start, store: Path, short: int
) -> None:
    pool = start(seconds=short)

    def outcome(_: int) -> tuple[str, float]:
        began = time.monotonic()
        with pytest.raises(Unavailable) as caught:
            answer(pool, store, ENDLESS)
        return str(caught.value), time.monotonic() - began

    with ThreadPoolExecutor(6) as threads:
        outcomes = list(threads.map(outcome, range(6)))
    assert sorted(words[:26] for words, _ in outcomes) == ["All places for queries are"] * 5 + [
        "The query took longer than"
    ]
    assert max(seconds for _, seconds in outcomes) < short + SLACK
    assert alive(pool, store)


def test_who_waits_gets_the_place_when_it_is_free(start: Start, store: Path) -> None:
    pool = start()
    chunks = pool.run(store, job(TEN_MB)).chunks
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(alive, pool, store)
        assert wait_until(lambda: pool.under_way() == 2)
        assert not waiting.done()
        list(chunks)
        assert waiting.result(60)
