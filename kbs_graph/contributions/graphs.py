"""Reading a named graph: what an organisation said in full, or what a file of the editors states."""

from collections.abc import Iterable

import pyoxigraph as ox

from kbs_graph.config import Settings
from kbs_graph.contributions import publishing
from kbs_graph.errors import NotFound
from kbs_graph.store import Store
from kbs_graph.terms import GRAPHS, Iri, Literal, Term, Triple, graph_iri


def triples(settings: Settings, store: Store, name: str) -> list[Triple]:
    """What stands in a graph. Raises NotFound when there is nothing.

    Of an organisation it is all that it says, also what the store leaves to another graph that says the same.
    """
    lines = publishing.said(settings, name).lines or store.graph(graph_iri(name))
    if not lines:
        raise NotFound(
            f"Er is geen graaf met de naam {name}, of er staat niets in. Kijk de naam na: het adres is {GRAPHS}<naam>.",
            f"There is no graph with the name {name}, or nothing stands in it. Check the name: its address is "
            f"{GRAPHS}<name>.",
        )
    return parsed(lines)


def parsed(lines: Iterable[str]) -> list[Triple]:
    """Lines that we wrote ourselves, as triples."""
    found = ox.parse(input="\n".join(lines), format=ox.RdfFormat.N_TRIPLES)
    return [(_term(t.subject), Iri(t.predicate.value), _term(t.object)) for t in found]


def _term(term: object) -> Term:
    if isinstance(term, ox.Literal):
        return Literal(term.value, term.language, term.datatype.value)
    assert isinstance(term, ox.NamedNode)
    return Iri(term.value)
