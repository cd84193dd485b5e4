"""All contributions joined to what the editors' files state, for a build; what no longer fits is set aside and told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rdflib.namespace import FOAF

from kbs_graph import queries
from kbs_graph.contributions import held, journal, provenance, standing
from kbs_graph.contributions.journal import Version
from kbs_graph.contributions.lines import address, by_thing, quads, renamed
from kbs_graph.contributions.model import Contribution
from kbs_graph.contributions.nearby import Nearby, classes
from kbs_graph.errors import KbsError, Words
from kbs_graph.facts import EDITORS
from kbs_graph.files import NamedGraph
from kbs_graph.findings import VIOLATION, WARNING, Finding
from kbs_graph.folding import address_key
from kbs_graph.snapshot import Manifest
from kbs_graph.store import LocalStore
from kbs_graph.terms import CONTRIBUTED_GRAPH, PROVENANCE_GRAPH, Iri, K, graph_iri, iri_of
from kbs_graph.validation import RuleBook


@dataclass(frozen=True)
class Joined:
    """Every graph of the next snapshot, `herkomst` too; what is to be told; what to keep in and beside its manifest.

    `sources` is how many sources only organisations describe.
    """

    graphs: dict[Iri, NamedGraph]
    findings: list[Finding] = field(default_factory=list)
    facts: Manifest = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    sources: int = 0


def join(graphs: Mapping[Iri, NamedGraph], store: LocalStore, book: RuleBook, var: Path | None) -> Joined:
    """Join what stands in the journal under `var` to the graphs of the files; `store` holds these."""
    nearby = Nearby(store, ())
    versions, said, found = _read(var, graphs, nearby)
    known = {
        address_key(str(row["address"])): Iri(str(row["source"]))
        for row in (store.select(queries.fill("contributions/addresses")) if said else ())
    }
    fits, facts = {}, {}
    for slug, contribution in said.items():
        names = other_names(contribution, known, nearby)
        whole = Contribution(slug, renamed(contribution.lines, names))
        fits[slug], aside = standing.fitted(book, nearby, whole)
        facts[slug] = {
            **standing.facts(versions[slug], contribution, names),
            "setAside": [standing.noted(finding) for finding in aside],
        }
        found += [warning(slug, finding) for finding in aside]
    all_of_it = standing.worked_out(nearby, fits, var)
    joined = dict(graphs)
    parts = {**all_of_it.graphs, Iri(CONTRIBUTED_GRAPH): all_of_it.derived}
    for iri, by in parts.items():
        if by:
            joined[iri] = NamedGraph(iri, tuple(sorted(quads((line for own in by.values() for line in own), iri))))
    sizes = {iri: {"sha256": graph.digest, "triples": len(graph.lines)} for iri, graph in joined.items()}
    called = {slug: name(nearby, slug) for slug, contribution in said.items() if contribution.lines}
    joined[Iri(PROVENANCE_GRAPH)] = provenance.graph(sizes, {slug: versions[slug] for slug in called}, called)
    files = {held.NAME: held.written(all_of_it.held)} if said else {}
    return Joined(joined, found, {"contributions": facts}, files, new_sources(all_of_it.graphs))


def other_names(contribution: Contribution, known: dict[str, Iri], nearby: Nearby) -> dict[Iri, Iri]:
    """The sources whose address another's source has: they are that one. `known`, by key, gets the other addresses."""
    names, own = {}, {}
    things = by_thing(contribution.lines)
    editors = by_thing(line for lines in nearby.editors(things).values() for line in lines)
    for thing, lines in sorted(things.items()):
        for page in sorted(page for line in lines if (page := address(line))):
            owner = known.get(address_key(page))
            if owner is None:
                own[address_key(page)] = thing
            elif owner != thing and thing not in editors:
                names[thing] = owner
    known |= own
    return names


def new_sources(graphs: Mapping[Iri, Mapping[Iri, Iterable[str]]]) -> int:
    """How many sources only organisations call a source: those that the editors do not have."""
    return sum(str(K.KnowledgeSource) in classes(own) for by in graphs.values() for own in by.values())


def name(nearby: Nearby, organisation: str) -> str:
    """What an organisation is called; its slug when it has no name."""
    iri = iri_of("organisatie", organisation)
    lines = (line for own in nearby.editors([iri]).values() for line in own)
    found = sorted(line.split('"')[1] for line in lines if f"> <{FOAF.name}> " in line and line.count('"') == 2)
    return found[0] if found else organisation


def warning(organisation: str, finding: Finding) -> Finding:
    """What was set aside of a contribution, for whoever builds: it stops nothing."""
    words = Words(
        f"Niet overgenomen uit de bijdrage van {organisation}: {finding.message.nl}",
        f"Not taken over from the contribution of {organisation}: {finding.message.en}",
    )
    file = f"var/{journal.FOLDER}/{organisation}"
    return Finding(finding.rule, WARNING, words, file, None, finding.thing, finding.path, finding.value)


def refusal(organisation: str, nearby: Nearby, taken: Iterable[str]) -> Finding | None:
    """Why nobody can contribute under a name: no organisation has it, or the editors have a graph of that name."""
    known = classes(line for own in nearby.editors([iri_of("organisatie", organisation)]).values() for line in own)
    if str(K.Organisation) not in known or organisation == EDITORS or graph_iri(organisation) in taken:
        message = Words(
            "Deze organisatie staat niet (meer) in de graaf, of kan er geen eigen graaf hebben. Vraag het de redactie.",
            "This organisation is not (or no longer) in the graph, or cannot have one of its own. Ask the editors.",
        )
        return Finding("contribution-owner", VIOLATION, message, value=organisation)
    return None


def _read(
    var: Path | None, graphs: Mapping[Iri, NamedGraph], nearby: Nearby
) -> tuple[dict[str, Version], dict[str, Contribution], list[Finding]]:
    """The latest version of every contribution that can be read, and a warning for every other."""
    versions: dict[str, Version] = {}
    said: dict[str, Contribution] = {}
    found: list[Finding] = []
    if var is None:
        return versions, said, found
    for slug in journal.organisations(var):
        try:
            latest = journal.versions(var, slug)[-1]
            contribution = journal.read(var, slug, latest.number)
            if (refused := refusal(slug, nearby, graphs)) and contribution.lines:
                found.append(warning(slug, refused))
                contribution = Contribution(slug, frozenset())
            versions[slug], said[slug] = latest, contribution
        except KbsError as error:
            found.append(warning(slug, Finding("contribution-file", VIOLATION, error.words)))
    return versions, said, found
