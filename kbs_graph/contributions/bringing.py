"""Bringing one contribution into the graph: a snapshot from the current one, in which only what it touches changes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from kbs_graph.config import Settings
from kbs_graph.contributions import addresses, fitting, held, joining, journal, provenance, standing
from kbs_graph.contributions.journal import Version
from kbs_graph.contributions.lines import address, by_thing, quads, renamed, thing_of
from kbs_graph.contributions.model import Contribution
from kbs_graph.contributions.nearby import PART, Nearby, opened
from kbs_graph.contributions.standing import Standing
from kbs_graph.disk import Hold
from kbs_graph.files import NamedGraph
from kbs_graph.findings import Finding
from kbs_graph.search import indexing
from kbs_graph.snapshot import Manifest, Snapshot
from kbs_graph.snapshots import SnapshotStore
from kbs_graph.store import LocalStore
from kbs_graph.store_writing import Change
from kbs_graph.terms import CONTRIBUTED_GRAPH, GRAPHS, PROVENANCE_GRAPH, Iri, graph_iri
from kbs_graph.validation import RuleBook

Progress = Callable[[str], None]
_DERIVED, _PROVENANCE = Iri(CONTRIBUTED_GRAPH), Iri(PROVENANCE_GRAPH)


def said_in(var: Path, snapshot: Snapshot, organisation: str) -> Contribution:
    """All that an organisation says, in full, in the version that a snapshot holds."""
    known = snapshot.manifest.get("contributions", {}).get(organisation)
    if not known:
        return Contribution(organisation, frozenset())
    return journal.read(var, organisation, known["version"])


class Bringing:
    """The current snapshot, looked at for a contribution that comes in. Only for as long as that stays current."""

    def __init__(self, settings: Settings, snapshots: SnapshotStore, current: Snapshot):
        self._settings, self._snapshots, self.current = settings, snapshots, current
        self._facts: Mapping[str, Manifest] = current.manifest.get("contributions", {})
        self._hold = Hold(current.store)
        self._store = LocalStore.open(current.store)
        self.nearby = Nearby(self._store, map(graph_iri, self._facts))

    @property
    def book(self) -> RuleBook:
        """The rules, as they stand in the files."""
        return fitting.rules_of(self._settings.root)

    def said(self, organisation: str) -> Contribution:
        """All that an organisation says, in full, as it holds in the snapshot."""
        return said_in(self._settings.var, self.current, organisation)

    def version(self, organisation: str) -> int:
        """The version that the snapshot holds; 0 for none."""
        return int(self._facts.get(organisation, {}).get("version", 0))

    def refusal(self, organisation: str) -> Finding | None:
        """Why nobody can contribute under a name, if so."""
        own = {graph_iri(slug) for slug in self._facts}
        taken = [Iri(iri) for iri in self.current.manifest["graphs"] if iri not in own]
        return joining.refusal(organisation, self.nearby, taken)

    def names(self, contribution: Contribution) -> dict[Iri, Iri]:
        """What its sources are called here when another has their address already."""
        pages = [page for line in contribution.lines if (page := address(line))]
        owners = addresses.known(self.current.path, pages)
        others = {
            addresses.key(page): Iri(owner)
            for page, owner in owners.items()
            if self.nearby.editors([Iri(owner)]) or self.speakers(Iri(owner)) - {contribution.organisation}
        }
        return joining.other_names(contribution, others, self.nearby)

    def speakers(self, thing: Iri) -> set[str]:
        """The organisations that say something of a source."""
        graphs = self.nearby.contributed([thing]).keys() - {_DERIVED}
        return {graph.removeprefix(GRAPHS) for graph in graphs} | set(self._held.get(thing, ()))

    def part(self, organisation: str, things: Iterable[Iri]) -> Contribution:
        """What an organisation says of some sources, under the names they have here."""
        names = {Iri(a): Iri(b) for a, b in self._facts.get(organisation, {}).get("renamed", {}).items()}
        return _about(renamed(self.said(organisation).lines, names), organisation, things)

    def bring_in(
        self,
        contribution: Contribution,
        version: Version,
        progress: Progress = lambda step: None,
        judged: bool = False,
    ) -> tuple[Snapshot, int]:
        """Publish a snapshot with this in place of all its organisation said. Returns it, and how much is held back.

        What does not fit (any more) is set aside; `judged` says that all of it does and has its
        names already. Must be called within the lock.
        """
        slug = contribution.organisation
        refused = self.refusal(slug) if contribution.lines else None
        names = {} if judged else self.names(contribution)
        whole = replace(contribution, lines=frozenset() if refused else renamed(contribution.lines, names))
        was = self.part(slug, {*map(thing_of, self.said(slug).lines), *self._renamed(slug)})
        things = frozenset(map(thing_of, whole.lines ^ was.lines))
        speaking = {other for thing in things for other in self.speakers(thing)} - {slug}
        parts = {other: self.part(other, things) for other in sorted(speaking)}
        parts[slug] = _about(whole.lines, slug, things)
        fits, aside = {}, {}
        for each, part in parts.items():
            sure = judged and each == slug
            fits[each], aside[each] = (part, ()) if sure else standing.fitted(self.book, self.nearby, part)
        now = standing.worked_out(self.nearby, fits, self._settings.var)
        if refused:
            aside[slug] = (refused,)
        facts = {**self._facts, slug: standing.facts(version, contribution, names)}
        for each, findings in aside.items():
            kept = [item for item in self._facts.get(each, {}).get("setAside", []) if item["thing"] not in things]
            facts[each] = {**facts[each], "setAside": [*kept, *map(standing.noted, findings)]}
        old = self.nearby.contributed([*things, *(Iri(thing + PART) for thing in things)])
        changes = self._changes(now, old, parts)
        size = changes[graph_iri(slug)].triples
        changes[_PROVENANCE] = self._provenance(changes, version, bool(whole.lines))
        snapshot = self._snapshots.change(
            self.current,
            {graph: change for graph, change in changes.items() if change.added or change.removed},
            {"contributions": facts, "counts": self._counts(now, old)},
            lambda _, target: indexing.renew(self._around(things, now), things, self.current.search, target),
            progress,
            self._settings.keep_snapshots,
            {held.NAME: held.written({**{t: s for t, s in self._held.items() if t not in things}, **now.held})},
        )
        return snapshot, len(whole.lines) - size

    @cached_property
    def _held(self) -> dict[Iri, tuple[str, ...]]:
        return held.read(self.current)

    def _renamed(self, organisation: str) -> list[Iri]:
        return [Iri(name) for name in self._facts.get(organisation, {}).get("renamed", {}).values()]

    def _changes(self, now: Standing, old: Mapping[Iri, Iterable[str]], parts: Iterable[str]) -> dict[Iri, Change]:
        """What changes in the graphs of organisations, and in what is derived from them."""
        after = {graph_iri(slug): now.graphs.get(graph_iri(slug), {}) for slug in parts}
        after[_DERIVED] = now.derived
        return {
            graph: self._change(graph, set(old.get(graph, ())), {line for own in by.values() for line in own})
            for graph, by in after.items()
        }

    def _change(self, graph: Iri, before: set[str], after: set[str]) -> Change:
        """Some lines of a graph in place of others. Its hash is that of the whole graph."""
        added, removed = after - before, before - after
        lines = self._store.graph(graph) - removed | added
        whole = NamedGraph(graph, tuple(sorted(quads(lines, graph))))
        return Change(quads(added, graph), quads(removed, graph), whole.digest, len(lines))

    def _provenance(self, changes: Mapping[Iri, Change], version: Version, speaks: bool) -> Change:
        """The graph `herkomst` with what it says of the graphs that change."""
        sizes = {graph: {"sha256": change.digest, "triples": change.triples} for graph, change in changes.items()}
        versions = {}
        for graph in changes.keys() - {_DERIVED}:
            slug = graph.removeprefix(GRAPHS)
            if slug != version.organisation:
                versions[slug] = journal.version(self._settings.var, slug, self.version(slug))
            elif speaks:
                versions[slug] = version
        names = {slug: joining.name(self.nearby, slug) for slug in versions}
        told = {
            line.removesuffix(f"<{_PROVENANCE}> .") + "." for line in provenance.graph(sizes, versions, names).lines
        }
        before = {line for line in self._store.graph(_PROVENANCE) if thing_of(line) in changes}
        return self._change(_PROVENANCE, before, told)

    def _counts(self, now: Standing, old: Mapping[Iri, Iterable[str]]) -> dict[str, Any]:
        counts = dict(self.current.manifest.get("counts", {}))
        before = {graph: by_thing(lines) for graph, lines in old.items()}
        counts["bron"] = counts.get("bron", 0) + joining.new_sources(now.graphs) - joining.new_sources(before)
        return counts

    def _around(self, things: Iterable[Iri], now: Standing) -> LocalStore:
        """The sources as they are now, with all that a search shows of them."""
        said = {graph: {line for own in by.values() for line in own} for graph, by in now.graphs.items()}
        graphs = self.nearby.around(things, (line for lines in said.values() for line in lines))
        graphs |= said
        graphs[_DERIVED] = {line for own in now.derived.values() for line in own}
        return opened(graphs)


def _about(lines: Iterable[str], organisation: str, things: Iterable[Iri]) -> Contribution:
    kept = frozenset(things)
    return Contribution(organisation, frozenset(line for line in lines if thing_of(line) in kept))
