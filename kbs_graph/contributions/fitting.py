"""Whether what an organisation says fits the graph as it is: the closed shapes, and the rules from its sources on.

The rules are those of `shapes/`, asked of the part of the graph around the sources. A finding says what no longer fits;
what is set aside for it is as small as can be: one link, or else the whole source.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from rdflib.namespace import RDF

from kbs_graph import files, validation
from kbs_graph.contributions.lines import address, by_thing, linked, thing_of
from kbs_graph.contributions.model import Contribution
from kbs_graph.contributions.nearby import Nearby, classes, opened, stated
from kbs_graph.errors import Words
from kbs_graph.findings import VIOLATION, Finding, in_order
from kbs_graph.folding import address_key
from kbs_graph.terms import PROVENANCE_GRAPH, Iri, K, parts_of
from kbs_graph.validation import RuleBook

SHARED_OUT = "triple-in-two-graphs"
"""The rule that sharing (kbs_graph.contributions.sharing) sees to."""


def rules_of(root: Path) -> RuleBook:
    """The rules in `shapes/` under a root; read again when a file changed."""
    times = tuple(sorted((str(p), p.stat().st_mtime_ns) for p in (root / files.SHAPES).rglob("*.*")))
    return _read(root, times)


@lru_cache(maxsize=4)
def _read(root: Path, times: tuple[tuple[str, int], ...]) -> RuleBook:
    folder = files.read_rules(root)
    book = validation.read_rules(folder)
    files.whole(folder)
    return book


def closed(book: RuleBook, lines: Iterable[str]) -> list[Finding]:
    """The findings of the closed shapes on what is sent in, alone."""
    return validation.by_shapes(book.closed, validation.graph_of(lines))


def misfits(book: RuleBook, nearby: Nearby, contribution: Contribution) -> list[Finding]:
    """What the integrity rules find wrong with a contribution where it would stand, whoever else contributes."""
    things = by_thing(contribution.lines)
    if not things:
        return []
    graphs = stated(nearby.around(things, contribution.lines))
    graphs[contribution.graph] = set(contribution.lines)
    graphs[Iri(PROVENANCE_GRAPH)] = {f"<{contribution.graph}> <{RDF.type}> <{K.Graph}> ."}
    store = opened(graphs)
    found = [
        finding
        for rule in book.integrity
        if rule.name != SHARED_OUT
        for finding in validation.break_rule(rule, store)
        if finding.file == contribution.graph
    ]
    said = nearby.editors(things)
    for thing, lines in things.items():
        about = {line for own in stated(said).values() for line in own if thing_of(line) == thing}
        found += _of_another(thing, lines, about)
    return [replace(finding, file=None) for finding in in_order(dict.fromkeys(found))]


def without(contribution: Contribution, found: Iterable[Finding], book: RuleBook) -> Contribution:
    """What is left of a contribution when what is wrong is set aside: a link, or a source that does not do without."""
    wrong = [finding for finding in found if finding.severity == VIOLATION]
    links = {(finding.thing, finding.path, finding.value) for finding in wrong}
    whole = {f.thing for f in wrong if not (f.path and f.value and f.value.startswith("http"))}
    left = {
        line
        for line in contribution.lines
        if thing_of(line) not in whole and (thing_of(line), line.split(" ", 2)[1][1:-1], linked(line)) not in links
    }
    touched = {finding.thing for finding in wrong}
    rest = [line for line in left if thing_of(line) in touched]
    broken = {finding.thing for finding in closed(book, rest)} if rest else set()
    return replace(contribution, lines=frozenset(line for line in left if thing_of(line) not in broken))


def _of_another(thing: Iri, lines: Iterable[str], editors: Iterable[str]) -> list[Finding]:
    """A source that the editors retired, or that has another address with them: then it is not the same document."""
    if str(K.Tombstone) in classes(editors):
        message = Words(
            "Deze bron is door de redactie ingetrokken. Laat haar weg, of noem de bron die ervoor in de plaats kwam.",
            "The editors have withdrawn this source. Leave it out, or name the source that replaces it.",
        )
        return [Finding("contribution-retired", VIOLATION, message, thing=thing)]
    theirs = {page for line in editors if (page := address(line))}
    ours = {page for line in lines if (page := address(line))}
    if parts_of(thing) and theirs and not {*map(address_key, theirs)} & {*map(address_key, ours)}:
        message = Words(
            "Deze bron heeft bij de redactie een ander webadres. Noem dat, of lever dit adres aan als nieuwe bron.",
            "With the editors this source has another web address. Name that, or hand this one in as a new source.",
        )
        return [Finding("contribution-address", VIOLATION, message, thing=thing, value=min(theirs))]
    return []
