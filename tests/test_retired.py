"""What becomes of retired things: renamed and merged ones lead on, through chains and never in a circle."""

import pytest

from kbs_graph import catalog, retired
from kbs_graph.errors import Gone, Moved
from kbs_graph.model import Tombstone
from kbs_graph.store import LocalStore
from kbs_graph.terms import ID, Iri, K

ONE, TWO, THREE = (Iri(f"{ID}aspect/{name}") for name in ("een", "twee", "drie"))


def store(*links: tuple[Iri, str], predicate: str = str(K.continuedAs)) -> LocalStore:
    """Tombstones, each with what it is continued as."""
    triples = "".join(f"<{a}> a <{K.Tombstone}> . <{a}> <{predicate}> <{b}> . " for a, b in links)
    quads = "".join(f"{triple} <http://example.org/g> .\n" for triple in triples.split(" . ") if triple)
    return LocalStore.in_memory(quads.encode().replace(b" a ", b" <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "))


def where(found: Gone | Moved) -> str:
    return f"{found.segment}/{found.slug}" if isinstance(found, Moved) else "gone"


def test_a_renamed_thing_is_at_the_end_of_its_renamings(tiny_store: LocalStore) -> None:
    for slug in ("krap-zitten", "geldproblemen"):
        with pytest.raises(Moved) as moved:
            catalog.thing(tiny_store, "aspect", slug)
        assert where(moved.value) == "aspect/geldzorgen-signaleren"
        assert moved.value.status == 301


def test_a_withdrawn_thing_does_not_lead_on_even_with_something_in_its_place(tiny_store: LocalStore) -> None:
    with pytest.raises(Gone) as gone:
        catalog.thing(tiny_store, "aspect", "schulden")
    assert isinstance(gone.value.tombstone, Tombstone)
    assert gone.value.tombstone.successor and gone.value.tombstone.successor.slug == "geldzorgen-signaleren"


@pytest.mark.parametrize(
    ("links", "leads_to"),
    [
        ([(ONE, TWO)], "aspect/twee"),
        ([(ONE, TWO), (TWO, THREE)], "aspect/drie"),
        ([(ONE, ID + "domein/inkomen")], "domein/inkomen"),
        ([(ONE, ONE)], "gone"),
        ([(ONE, TWO), (TWO, ONE)], "gone"),
        ([(ONE, TWO), (TWO, THREE), (THREE, TWO)], "gone"),
        ([(ONE, "https://example.org/een")], "gone"),
    ],
)
def test_following_always_ends(links: list[tuple[Iri, str]], leads_to: str) -> None:
    """The rules forbid circles and addresses of others; a graph that has them is still answered."""
    assert where(retired.answer(store(*links), ONE)) == leads_to


def test_another_successor_is_no_continuation() -> None:
    assert where(retired.answer(store((ONE, TWO), predicate="http://purl.org/dc/terms/isReplacedBy"), ONE)) == "gone"


def test_the_build_tells_other_readers_what_replaced_a_renamed_thing(tiny_store: LocalStore) -> None:
    triples = catalog.description(tiny_store, Iri(ID + "aspect/krap-zitten"))
    said = {(p, str(o)) for s, p, o in triples if str(s) == ID + "aspect/krap-zitten"}
    successor = ID + "aspect/geldzorgen-signaleren"
    assert {("http://purl.org/dc/terms/isReplacedBy", successor), (str(K.continuedAs), successor)} <= said
