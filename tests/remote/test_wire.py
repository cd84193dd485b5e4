"""One request to a store that misbehaves: told for what it is, in time, and no password goes where it should not."""

import logging
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from kbs_graph.config import Settings, settings
from kbs_graph.errors import NotRunnable, Unavailable
from kbs_graph.remote import wire
from kbs_graph.remote.entry import Place
from kbs_graph.remote.remote_store import Remote
from kbs_graph.remote.trouble import Refused, Slow, TooBig, Trouble
from kbs_graph.remote.wire import JSON, N_TRIPLES, Wire
from tests.remote.misbehaving import (
    Behaviour,
    answer,
    dies_halfway,
    drips,
    has_no_length,
    says_nothing,
    serving,
)

SECRET = "geheim-woord-8471"
busy = partial(answer, status=503)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "PAUSE", 0.01)


def ask(place: Place, accept: str = JSON, seconds: float = 5, most: int = 1000) -> bytes:
    return Wire(place).query("ASK {}", accept, seconds, most).body


@pytest.mark.parametrize(
    ("behaviour", "words", "tries"),
    [
        (partial(answer, kind="text/html", body=b"<p>hello"), "text/html instead of", 1),
        (partial(answer, kind="", body=b""), "nothing instead of", 1),
        (partial(answer, status=302, Location="http://other.example/x"), "redirects to other.example", 1),
        (partial(answer, status=308, Location="/elsewhere"), "redirects to elsewhere", 1),
        (partial(answer, status=401), "does not let us in (401)", 1),
        (partial(answer, status=403), "does not let us in (403)", 1),
        (partial(answer, status=500, body=b"Stack overflow\x07\nmore"), "answered 500: Stack overflow", 1),
        (partial(answer, body=b"x" * 2000), "larger than", 1),
        (partial(answer, X_SQL_State="S1TAT"), "did not answer within", 1),
        (has_no_length, "Content-Length", 1),
        (dies_halfway, "broke off", 3),
        (busy, "cannot answer now (503)", 3),
    ],
)
def test_a_wrong_answer_is_told_for_what_it_is(behaviour: Behaviour, words: str, tries: int) -> None:
    with serving(behaviour) as store, pytest.raises(Trouble) as error:
        ask(Place(store.address))
    assert words in error.value.told.en
    assert store.address in error.value.told.nl
    assert "http" not in error.value.words.nl + error.value.words.en
    assert isinstance(error.value, Unavailable)
    assert len(store.requests) == tries


@pytest.mark.parametrize("behaviour", [says_nothing, drips])
def test_a_slow_store_is_left_in_time_and_is_not_asked_again(behaviour: Behaviour) -> None:
    began = time.monotonic()
    with serving(behaviour) as store:
        client = Wire(Place(store.address))
        with pytest.raises(Slow):
            client.query("ASK {}", JSON, 0.5, 1 << 30)
        assert time.monotonic() - began < 2.5
        with pytest.raises(Trouble):
            client.query("ASK {}", JSON, 0.5, 1 << 30)
        assert len(store.requests) == 1


def test_a_store_that_was_away_for_a_moment_is_asked_again() -> None:
    with serving(busy, dies_halfway, answer) as store:
        assert b"true" in ask(Place(store.address))
    assert [request["method"] for request in store.requests] == ["POST"] * 3


def test_a_store_that_is_away_is_told_at_once_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(busy, busy, busy, answer) as store:
        client = Wire(Place(store.address))
        for _ in range(3):
            with pytest.raises(Trouble):
                client.query("ASK {}", JSON, 5, 1000)
        assert len(store.requests) == 3
        monkeypatch.setattr(client, "_gone_until", 0)
        assert client.query("ASK {}", JSON, 5, 1000).body


def test_no_store_at_all_is_away() -> None:
    with pytest.raises(Trouble) as error:
        ask(Place("http://127.0.0.1:9/sparql"))
    assert error.value.passes
    assert "cannot be reached" in error.value.told.en


@pytest.mark.parametrize(
    ("read", "body"),
    [
        ("solutions", b"{"),
        ("solutions", b"[]"),
        ("solutions", b'{"results":{"bindings":[{"a":{"type":"odd","value":"x"}}]},"head":{"vars":["a"]}}'),
        ("solutions", b"[" * 100_000),
        ("solutions", b"\xff\xfe"),
        ("triples", b"<a> <b> nonsense"),
        ("triples", b'<http://a> <http://b> "\xff" .'),
    ],
)
def test_an_answer_that_is_not_what_its_type_says_is_unreadable(read: str, body: bytes, tmp_path: Path) -> None:
    kind = JSON if read == "solutions" else N_TRIPLES
    with serving(partial(answer, kind=kind, body=body)) as store, pytest.raises(Trouble) as error:
        getattr(Remote(Settings(var=tmp_path, store=store.address)), read)("ASK {}")
    assert "cannot be read" in error.value.told.en


def test_rows_that_a_store_leaves_out_are_missed(tmp_path: Path) -> None:
    row = b'{"a":{"type":"uri","value":"x:y"}}'
    body = b'{"head":{"vars":["a"]},"results":{"bindings":[' + b",".join([row] * 3) + b"]}}"
    for most, fails in ((3, True), (4, False)):
        with serving(partial(answer, body=body, X_SPARQL_MaxRows=str(most))) as store:
            remote = Remote(Settings(var=tmp_path, store=store.address))
            if fails:
                with pytest.raises(Trouble, match="moment"):
                    remote.solutions("SELECT")
            else:
                assert len(remote.solutions("SELECT").rows) == 3


challenged = partial(answer, status=401, WWW_Authenticate='Basic realm="x"')


def test_a_password_goes_along_once_the_store_asks_for_it_and_only_to_that_store() -> None:
    with serving(challenged, answer) as store:
        ask(Place(store.address, "reader", SECRET))
    assert ["Authorization" in request for request in store.requests] == [False, True]
    with serving(answer) as other:
        away = partial(answer, status=307, Location=other.address)
        with serving(challenged, away) as store, pytest.raises(Trouble, match="moment"):
            ask(Place(store.address, "reader", SECRET))
        assert other.requests == []


def test_a_token_is_a_password_without_a_name() -> None:
    with serving(answer) as store:
        ask(Place(store.address, "", SECRET))
    assert store.requests[0]["Authorization"] == f"Bearer {SECRET}"


def test_a_wrong_password_is_tried_once() -> None:
    with serving(challenged) as store, pytest.raises(Trouble, match="moment") as error:
        ask(Place(store.address, "reader", SECRET))
    assert len(store.requests) == 2
    assert "KBS_STORE_PASSWORD" in error.value.told.en


@pytest.mark.parametrize("place", [Place("http://store.example/sparql", "", SECRET)])
def test_a_password_never_goes_over_http_to_another_machine(place: Place) -> None:
    with pytest.raises(Trouble) as error:
        ask(place)
    assert "only over https" in error.value.told.en


@pytest.mark.parametrize("status", [403, 404, 405, 501])
def test_a_store_that_cannot_be_written_to_says_which_setting(status: int) -> None:
    def put(client: Wire) -> None:
        client.put("urn:g", b"", 5)

    with serving(partial(answer, status=status)) as store, pytest.raises(Trouble) as error:
        put(Wire(Place(store.address)))
    assert "KBS_STORE_WRITE" in error.value.told.nl


def test_what_is_gone_already_is_removed() -> None:
    with serving(partial(answer, status=404)) as store:
        Wire(Place(store.address)).remove("urn:g", 5)
    assert store.requests[0]["path"].endswith("?graph=urn%3Ag")


@pytest.mark.parametrize("wrong", ["ftp://x/y", "store", "https://", "http://u:geheim-woord-8471@x/", "http://x/#y"])
def test_an_address_that_is_none_is_refused_without_showing_it(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setenv("KBS_STORE", wrong)
    with pytest.raises(NotRunnable) as error:
        settings()
    assert "KBS_STORE" in str(error.value)
    assert SECRET not in error.value.words.nl + error.value.words.en


def _everything(store: str, tmp_path: Path) -> list[str]:
    config = Settings(var=tmp_path, store=store, store_user="reader", store_password=SECRET)
    shown = [repr(config), str(config), repr(Place(store, "reader", SECRET))]
    with pytest.raises(Trouble) as error:
        Remote(config).publication()
    return [*shown, repr(error.value), error.value.told.en, error.value.told.nl, error.value.words.nl]


@pytest.mark.parametrize("behaviour", [challenged, busy, partial(answer, status=500, body=b"x")])
def test_a_password_is_never_shown_or_logged(
    behaviour: Callable[..., None], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with serving(behaviour) as store:
        shown = _everything(store.address, tmp_path)
    assert not [text for text in (*shown, caplog.text) if SECRET in text]


def test_a_refusal_carries_the_first_line_of_what_the_store_says() -> None:
    wrong = partial(answer, status=400, body=b"Parse error at 3\nSELECT ...")
    with serving(wrong) as store, pytest.raises(Refused) as error:
        ask(Place(store.address))
    assert error.value.reason == "Parse error at 3"


def test_an_answer_that_is_larger_than_wanted_is_too_big() -> None:
    with serving(answer) as store, pytest.raises(TooBig):
        ask(Place(store.address), most=3)
