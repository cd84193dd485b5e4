"""Reading a large graph back from real stores in parts: each statement once, and what differs is found in any part."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kbs_graph.config import Settings
from kbs_graph.files import NamedGraph, computed_graph
from kbs_graph.remote import answers, checking, remote_store
from kbs_graph.remote.entry import Place
from kbs_graph.remote.publication import Publication
from kbs_graph.remote.publishing import publish
from kbs_graph.remote.remote_store import Remote, RemoteStore
from kbs_graph.remote.restoring import at_hand
from kbs_graph.remote.wire import Wire
from kbs_graph.store import LocalStore
from kbs_graph.terms import GRAPHS, ID, Iri, K, Literal, Term, Triple
from tests.remote.sites import build, forget_own_store, graph, settings_of
from tests.remote.stores import Store

pytestmark = pytest.mark.slow
PART = 7
SAID = Iri("http://example.org/said")
XSD = "http://www.w3.org/2001/XMLSchema#"
VALUES: tuple[Term, ...] = (
    *(Literal(value, "nl") for value in ("", "é", "☃ 😀", 'a "b"\\\n\t', "é" * 9000)),
    *(Literal(value) for value in ("", "é", "true", "1")),
    *(Literal(value, None, XSD + "boolean") for value in ("true", "false")),
    *(Literal(value, None, XSD + "duration") for value in ("PT50M", "PT1H30M")),
    *(Literal(str(value), None, XSD + "integer") for value in range(2, 14)),
    Literal("2026-11-22", None, XSD + "date"),
    Literal("2020", None, XSD + "gYear"),
    *(Iri(ID + f"aspect/{word}") for word in ("x", "é", "a?b=c&d#e")),
)


def mixed(name: str) -> NamedGraph:
    """A graph of one thing of which everything is said that a store may write in another way, and of many."""
    triples: list[Triple] = [(Iri(ID + "aspect/een"), SAID, value) for value in VALUES]
    triples += [(Iri(f"{ID}aspect/{i}"), Iri(K.evidence), VALUES[i]) for i in range(PART)]
    triples += [(Iri(f"{ID}aspect/{i}"), Iri(K.order), Literal("1", None, XSD + "integer")) for i in range(40)]
    return computed_graph(Iri(GRAPHS + name), triples)


LARGE, SMALL = mixed("large"), graph("small", PART - 1, "parts")


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Small parts; the sizes of those that are read."""
    sizes: list[int] = []
    read: Callable[[Remote, str], list[Triple]] = Remote.triples

    def heard(self: Remote, query: str) -> list[Triple]:
        found = read(self, query)
        sizes.append(len(found))
        return found

    monkeypatch.setattr(remote_store, "PART", PART)
    monkeypatch.setattr(Remote, "triples", heard)
    return sizes


@pytest.fixture
def place(store: Store, tmp_path: Path, parts: list[int]) -> Settings:
    """A published site."""
    config = settings_of(store, tmp_path)
    build(tmp_path, LARGE, SMALL)
    publish(config, force=True)
    parts.clear()
    return config


def published(config: Settings) -> Publication:
    found = Remote(config).publication()
    assert found
    return found


def stored(config: Settings, which: str) -> Iri:
    done = published(config)
    return {"large": done.names[LARGE.iri], "small": done.names[SMALL.iri], "union": done.union.name}[which]


def held(config: Settings, name: Iri) -> list[str]:
    return list(map(answers.line, Remote(config).content(name)))


def hold(config: Settings, name: Iri, lines: list[str]) -> None:
    """Make a graph of the store hold other statements."""
    writer = Wire(Place(config.store_write, config.store_write_user, config.store_write_password))
    writer.put(name, "".join(f"{line}\n" for line in lines).encode(), 60)


def test_a_large_graph_is_read_in_parts_and_each_statement_once(
    place: Settings, parts: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    name = stored(place, "large")
    found = held(place, name)
    assert len(parts) >= len(LARGE.lines) / PART > 10
    assert max(parts) < 3 * PART
    assert sorted(found) == sorted(line.removesuffix(f"<{LARGE.iri}> .") + "." for line in LARGE.lines)
    monkeypatch.setattr(remote_store, "PART", len(LARGE.lines))
    parts.clear()
    assert sorted(held(place, name)) == sorted(found)
    assert parts == [len(found)]


def test_what_is_read_in_parts_is_the_whole_graph_for_readers_and_for_bringing_it_back(
    place: Settings, parts: list[int], tmp_path: Path
) -> None:
    snapshot = build(tmp_path, LARGE, SMALL)
    own = LocalStore.open(snapshot.store).graph(LARGE.iri)
    assert RemoteStore(Remote(place), published(place)).graph(LARGE.iri) == own
    forget_own_store(tmp_path)
    parts.clear()
    assert LocalStore.open(at_hand(snapshot, place)).graph(LARGE.iri) == own
    assert len(parts) > 10


def in_english(lines: list[str]) -> list[str]:
    """One text in another language, and nothing else."""
    at = max(i for i, line in enumerate(lines) if '"@nl' in line)
    return [*lines[:at], lines[at].replace('"@nl', '"@en'), *lines[at + 1 :]]


CHANGES: dict[str, Callable[[list[str]], list[str]]] = {
    "missing": lambda lines: lines[:-1],
    "extra": lambda lines: [*lines, f'<{ID}aspect/een> <{SAID}> "erbij"@nl .'],
    "extra, of another property": lambda lines: [*lines, "<x:s> <x:p> <x:o> ."],
    "extra, about nothing with a name": lambda lines: [*lines, f"_:x <{SAID}> <x:o> ."],
    "changed": lambda lines: [*lines[:-1], lines[-1].replace("/aspect/", "/aspect/anders-", 1)],
    "changed in its language": in_english,
}


@pytest.mark.parametrize("which", ["large", "small", "union"])
@pytest.mark.parametrize("change", CHANGES)
def test_a_check_in_parts_finds_one_statement_that_differs(
    place: Settings, parts: list[int], change: str, which: str
) -> None:
    assert all(each.same for each in checking.check(place))
    assert len(parts) > 20
    name = stored(place, which)
    before = sorted(held(place, name))
    after = CHANGES[change](before)
    assert after != before
    hold(place, name, after)
    union = published(place).union.name
    graph = {"large": LARGE.iri, "small": SMALL.iri, "union": union}[which]
    compared = {each.graph: each for each in checking.check(place)}
    assert graph in {iri for iri, each in compared.items() if not each.same} <= {graph, union}
    assert (compared[graph].found, compared[graph].wanted) == (len(after), len(before))
    hold(place, name, before)
    assert all(each.same for each in checking.check(place))


def test_a_part_that_lacks_something_without_a_word_is_seen(place: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """As of a store that cuts answers off; it still counts all."""
    read = Remote.triples
    monkeypatch.setattr(Remote, "triples", lambda self, query: read(self, query)[: PART - 2])
    compared = checking.check(place)
    assert [each.same for each in compared] == [False, False, False]
    assert [each.found for each in compared] == [len(LARGE.lines), len(SMALL.lines), len(LARGE.lines + SMALL.lines)]
