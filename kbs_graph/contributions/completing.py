"""What follows from what organisations say of sources: their names and states, and who brought in which.

It stands in a graph of its own (`…/graphs/derived-contributions`), beside what is derived from the editors' files, so
that a contribution leaves that one as it is. What checking found of the addresses of new sources stands there too.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from rdflib.namespace import PROV

from kbs_graph import files, queries
from kbs_graph.contributions.lines import address, by_thing, thing_of
from kbs_graph.contributions.nearby import Graphs, Nearby, classes, opened, stated
from kbs_graph.files import NamedGraph
from kbs_graph.links import records
from kbs_graph.terms import CONTRIBUTED_GRAPH, GRAPHS, Iri, K, iri_of, parts_of

DERIVE = "derive/"


def derived(
    nearby: Nearby, standing: Mapping[Iri, Iterable[str]], var: Path | None = None
) -> dict[Iri, frozenset[str]]:
    """What follows for each source from what stands of it in the graphs of organisations (`standing`, by graph).

    `var` is where to look for what checking its address found.
    """
    said = [line for lines in standing.values() for line in lines]
    things = by_thing(said)
    if not things:
        return {}
    graphs: Graphs = nearby.around(things, said)
    there = {line for lines in graphs.values() for line in lines}
    basis = stated(graphs)
    for graph, lines in standing.items():
        basis.setdefault(graph, set()).update(lines)
    checks = _checks(said, var) if var else set()
    basis.setdefault(Iri(CONTRIBUTED_GRAPH), set()).update(checks)
    store = opened(basis)
    rules = (queries.fill(name) for name in queries.names() if name.startswith(DERIVE))
    triples = [triple for rule in rules for triple in store.construct(rule)]
    triples += [
        (thing, Iri(PROV.wasAttributedTo), iri_of("organisatie", graph.removeprefix(GRAPHS)))
        for graph, lines in standing.items()
        for thing, own in by_thing(lines).items()
        if str(K.KnowledgeSource) in classes(own)
    ]
    made = files.computed_graph(Iri(CONTRIBUTED_GRAPH), (t for t in triples if t[0] in things))
    found = _lines(made)
    follows = {line for line in found - there - set(said) if thing_of(line) in things}
    return by_thing(follows | checks)


def _checks(said: Iterable[str], var: Path) -> set[str]:
    """What checking found of the addresses of these sources, as lines."""
    pages = ((thing_of(line), page) for line in said if (page := address(line)))
    checks = (records.check_of(var, (parts_of(thing) or ("", ""))[1], page) for thing, page in pages)
    triples = [triple for check in checks if check for triple in records.triples(check)]
    return _lines(files.computed_graph(Iri(CONTRIBUTED_GRAPH), triples))


def _lines(graph: NamedGraph) -> set[str]:
    return {line.removesuffix(f"<{graph.iri}> .") + "." for line in graph.lines}
