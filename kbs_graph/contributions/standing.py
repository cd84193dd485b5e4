"""What stands in the graph of all that organisations say, worked out for some sources.

A build and every contribution use this, with all sources or with those that changed, so that they come to the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kbs_graph.contributions import completing, fitting, sharing
from kbs_graph.contributions.journal import Version
from kbs_graph.contributions.lines import by_thing
from kbs_graph.contributions.model import Contribution
from kbs_graph.contributions.nearby import Nearby, stated
from kbs_graph.errors import Words
from kbs_graph.findings import VIOLATION, WARNING, Finding
from kbs_graph.terms import Iri, graph_iri
from kbs_graph.validation import RuleBook

Facts = dict[str, Any]


@dataclass(frozen=True)
class Standing:
    """For some sources: the lines in the graph of each organisation, by graph and source, and what follows from those.

    `held` has the organisations, by source, of whose statements some are not in the graph: others made them.
    """

    graphs: Mapping[Iri, Mapping[Iri, frozenset[str]]]
    derived: Mapping[Iri, frozenset[str]]
    held: Mapping[Iri, tuple[str, ...]]


def fitted(book: RuleBook, nearby: Nearby, contribution: Contribution) -> tuple[Contribution, tuple[Finding, ...]]:
    """What of a contribution fits the graph as it is, and why the rest does not. Its shapes are asked again too."""
    found = [*fitting.closed(book, contribution.lines), *fitting.misfits(book, nearby, contribution)]
    wrong = tuple(dict.fromkeys(finding for finding in found if finding.severity == VIOLATION))
    return (fitting.without(contribution, wrong, book) if wrong else contribution), wrong


def worked_out(nearby: Nearby, fitting_ones: Mapping[str, Contribution], var: Path | None) -> Standing:
    """What stands of what fits. Only the sources in it are looked at; all that say anything of those must be in it.

    `var` is where to look for what checking addresses found.
    """
    said: dict[Iri, dict[str, frozenset[str]]] = {}
    for slug, contribution in fitting_ones.items():
        for thing, lines in by_thing(contribution.lines).items():
            said.setdefault(thing, {})[slug] = lines
    graphs: dict[Iri, dict[Iri, frozenset[str]]] = {graph_iri(slug): {} for slug in fitting_ones}
    held = {}
    editors: dict[Iri, set[str]] = {}
    for stating in stated(nearby.editors(said)).values():
        for thing, about in by_thing(stating).items():
            editors.setdefault(thing, set()).update(about)
    for thing, by_slug in said.items():
        shares = sharing.shared(thing, editors.get(thing, ()), by_slug)
        for slug, own in shares.items():
            if own:
                graphs[graph_iri(slug)][thing] = own
        behind = tuple(sorted(slug for slug, own in shares.items() if own != by_slug[slug]))
        if behind:
            held[thing] = behind
    flat = {graph: [line for own in by.values() for line in own] for graph, by in graphs.items()}
    return Standing(graphs, completing.derived(nearby, flat, var), held)


def facts(version: Version, contribution: Contribution, renamed: Mapping[Iri, Iri]) -> Facts:
    """What the manifest tells of a contribution: its version and size, and what sources of it are called by now."""
    return {
        "version": version.number,
        "sources": len(by_thing(contribution.lines)),
        "statements": len(contribution.lines),
        "setAside": [],
        "renamed": dict(renamed),
    }


def noted(finding: Finding) -> Facts:
    """A finding as JSON."""
    return {
        "rule": finding.rule,
        "thing": finding.thing,
        "path": finding.path,
        "value": finding.value,
        "message": {"nl": finding.message.nl, "en": finding.message.en},
    }


def read_note(note: Facts) -> Finding:
    """The finding that was noted, as a warning: it stops nothing."""
    return Finding(
        note["rule"], WARNING, Words(**note["message"]), None, None, note["thing"], note["path"], note["value"]
    )
