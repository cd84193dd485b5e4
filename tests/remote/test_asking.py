"""Queries of strangers to a store elsewhere, of which they choose what it says: read by a worker, in turns, in time."""

import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from kbs_graph.config import Settings
from kbs_graph.engine.pool import Limits, Pool
from kbs_graph.engine.strikes import FREE, Penalty, Strikes
from kbs_graph.errors import BadRequest, KbsError, TooLarge, TooMany, Unavailable
from kbs_graph.published_names import union_name, versioned
from kbs_graph.remote.answering import Answering
from kbs_graph.remote.publication import Publication, Stored
from kbs_graph.remote.wire import JSON, N_TRIPLES
from kbs_graph.sparql import Question
from kbs_graph.terms import GRAPHS, Iri
from tests.remote.misbehaving import Behaviour, answer, dies_halfway, says_nothing, serving

NJI = Iri(GRAPHS + "nji")
THERE = versioned(NJI, "a" * 64)
WHOLE = union_name([THERE])
PUBLISHED = Publication(1, "me", "hash", 1, "2026-11-22", {NJI: Stored(THERE, 3)}, Stored(WHOLE, 3), (NJI,))
XSD = "http://www.w3.org/2001/XMLSchema#"
SELECT, CONSTRUCT, ASK = "SELECT * { ?a ?b ?c }", "CONSTRUCT WHERE { ?a ?b ?c }", "ASK { ?a ?b ?c }"
Ask = Callable[..., bytes]


def rows(*values: dict[str, str]) -> bytes:
    return json.dumps({"head": {"vars": ["a"]}, "results": {"bindings": [{"a": value} for value in values]}}).encode()


IRI = {"type": "uri", "value": str(THERE)}
TRUE = {"type": "typed-literal", "datatype": XSD + "boolean", "value": "1"}
LASTS = {"type": "typed-literal", "datatype": XSD + "duration", "value": "3000.0"}


@pytest.fixture
def asking(tmp_path: Path) -> Iterator[Callable[..., Ask]]:
    """Makes a way to ask the store that behaves so, from its limits."""
    with ExitStack() as running:

        def made(behaviour: Behaviour, **limits: Any) -> Ask:
            store = running.enter_context(serving(behaviour))
            config = Settings(var=tmp_path, store=store.address, query_output_mb=limits.get("output_mb", 64))
            pool = Pool(Limits(**limits), Strikes(tmp_path, Penalty(60, 600)))
            running.callback(pool.close)
            asked = Answering(config, pool)

            def ask(query: str = SELECT, form: str = JSON, client: str = "", head: bool = False) -> bytes:
                question = Question(query, form, form, client=client, head=head)
                return b"".join(asked.ask(PUBLISHED, question).chunks)

            return ask

        yield made


@pytest.mark.parametrize(
    ("value", "csv"),
    [(IRI, str(NJI)), (TRUE, "true"), (LASTS, "PT50M"), ({"type": "literal", "value": '"1" #v'}, '"""1"" #v"')],
)
def test_rows_come_under_our_names_with_literals_as_we_write_them(
    asking: Callable[..., Ask], value: dict[str, str], csv: str
) -> None:
    ask = asking(partial(answer, body=rows(value)))
    assert ask(form="text/csv").decode().splitlines() == ["a", csv]


def test_triples_come_under_our_names_with_literals_as_we_write_them(asking: Callable[..., Ask]) -> None:
    lines = [f'<{THERE}> <http://x/p> "1"^^<{XSD}boolean> .', f'<{THERE}> <http://x/p> "3000"^^<{XSD}duration> .']
    ask = asking(partial(answer, kind=N_TRIPLES, body="\n".join(lines).encode()))
    assert ask(CONSTRUCT, N_TRIPLES).decode().splitlines() == [
        f'<{NJI}> <http://x/p> "true"^^<{XSD}boolean> .',
        f'<{NJI}> <http://x/p> "PT50M"^^<{XSD}duration> .',
    ]


@pytest.mark.parametrize(
    ("body", "holds"),
    [(rows(TRUE), True), (rows(), False), (b'{"head":{"vars":["a"]},"results":{"bindings":[{}]}}', False)],
)
def test_an_ask_holds_when_a_row_comes(asking: Callable[..., Ask], body: bytes, holds: bool) -> None:
    assert json.loads(asking(partial(answer, body=body))(ASK))["boolean"] == holds


@pytest.mark.parametrize(
    ("query", "body"),
    [
        (SELECT, b"{"),
        (SELECT, b"[]"),
        (SELECT, b'{"head":{},"boolean":true}'),
        (SELECT, rows(IRI) + b"}"),
        (SELECT, rows(IRI)[:-4]),
        (SELECT, b"[" * 1_000_000),
        (SELECT, b'{"head":' * 500_000),
        (SELECT, b"\xff\xfe"),
        (SELECT, rows({"type": "odd", "value": "x"})),
        (ASK, b"<p>hello"),
        (CONSTRUCT, b"<a> <b> nonsense"),
        (CONSTRUCT, b"<http://a> <http://b> " + b"<< " * 500_000),
    ],
)
def test_what_cannot_be_read_is_told_before_the_first_byte_and_harms_nobody(
    asking: Callable[..., Ask], query: str, body: bytes
) -> None:
    kind = N_TRIPLES if query == CONSTRUCT else JSON
    ask = asking(partial(answer, kind=kind, body=body))
    for _ in range(2):
        with pytest.raises(Unavailable):
            ask(query, kind)


def test_nothing_is_parsed_by_the_process_that_asks(
    asking: Callable[..., Ask], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its parsers are taken away; those of the workers, which are processes of their own, are not."""
    for parser in ("parse", "parse_query_results"):
        monkeypatch.setattr(f"pyoxigraph.{parser}", None)
    assert asking(partial(answer, body=rows(IRI)))(form="text/csv")


def test_rows_that_the_store_leaves_out_are_missed(asking: Callable[..., Ask]) -> None:
    ask = asking(partial(answer, body=rows(IRI, IRI), X_SPARQL_MaxRows="2"))
    with pytest.raises(Unavailable, match="moment"):
        ask()
    assert ask(ASK)


@pytest.mark.parametrize("of_store", [True, False])
def test_an_answer_may_be_so_large(asking: Callable[..., Ask], of_store: bool) -> None:
    """What the store sends, and what is made of it: XML is longer than JSON."""
    short = {"type": "bnode", "value": "x"}
    count = 60_000 if of_store else 25_000
    ask = asking(partial(answer, body=rows(*[short] * count)), output_mb=1)
    with pytest.raises(TooLarge, match="1 MiB"):
        ask(form="application/sparql-results+xml")


def test_a_slow_store_counts_against_who_asked_and_one_that_is_away_does_not(asking: Callable[..., Ask]) -> None:
    away, slow = asking(dies_halfway), asking(says_nothing, seconds=1)
    for _ in range(FREE + 1):
        with pytest.raises(Unavailable, match="moment"):
            away(client="greedy")
        with pytest.raises(Unavailable, match="longer than 1 seconds"):
            slow(client="greedy")
    with pytest.raises(TooMany):
        slow(client="greedy")
    with pytest.raises(Unavailable):
        slow(client="modest")


def test_one_client_never_has_all_places(asking: Callable[..., Ask]) -> None:
    """The store answers nobody until the modest client has asked, and that one asks last."""
    asked, modest = threading.Event(), threading.Event()

    def waits(handler: Any) -> None:
        (modest if asked.is_set() else asked).set()
        assert modest.wait(60)
        answer(handler, body=rows(IRI))

    ask = asking(waits, seconds=60, workers=2)
    with ThreadPoolExecutor(5) as threads:
        greedy = [threads.submit(ask, client="greedy") for _ in range(4)]
        assert asked.wait(60)
        assert ask(client="modest")
        assert all(each.result() for each in greedy)


def test_what_the_store_says_of_a_query_is_passed_on_under_our_names(asking: Callable[..., Ask]) -> None:
    with pytest.raises(BadRequest, match=f"cannot answer this query: no <{NJI}>"):
        asking(partial(answer, status=400, body=f"no <{THERE}>".encode()))()


@pytest.mark.parametrize("query", ["SELECT * {", "DROP ALL", "SELECT * { SERVICE <http://x/> { ?a ?b ?c } }"])
def test_what_is_refused_here_never_reaches_the_store(tmp_path: Path, query: str) -> None:
    with serving(answer) as store:
        pool = Pool(Limits())
        with pytest.raises(KbsError):
            Answering(Settings(var=tmp_path, store=store.address), pool).ask(PUBLISHED, Question(query, JSON, ""))
        pool.close()
    assert store.requests == []


def test_a_head_asks_nothing_of_the_store(asking: Callable[..., Ask]) -> None:
    assert asking(partial(answer, status=500))(head=True) == b""
