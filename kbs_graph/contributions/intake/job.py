"""The program in the sandbox that makes of the bytes of an institute a Draft. It keeps nothing.

Read → translated (schema.org) → one way to say a thing → which source is meant → judged by shapes/contribution.ttl. A
finding names the thing as its sender did, and the line where it stands.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import rdflib
from rdflib.namespace import RDFS

from kbs_graph import sandbox, validation
from kbs_graph.contributions.intake import checks, identity, jsonld, normalising, reading, rows_in, schema_org
from kbs_graph.contributions.intake.identity import Source
from kbs_graph.contributions.intake.reading import Read, line_of
from kbs_graph.contributions.intake.schema_org import SOURCE, TYPE, Nodes
from kbs_graph.contributions.intake.world import World
from kbs_graph.contributions.model import Contribution, Draft
from kbs_graph.errors import Words
from kbs_graph.files import CONTRIBUTION
from kbs_graph.findings import VIOLATION, Finding, has_violation, in_order
from kbs_graph.serialize import Context, native
from kbs_graph.snapshots import SnapshotStore
from kbs_graph.terms import ID, Iri, Triple, graph_iri

MOST_SOURCES = 5_000
_PORTION = 200
_NO_CLASS = Iri(RDFS.Resource)


@dataclass
class Prepared:
    """What the program needs of our own before it sees the first byte."""

    arguments: Mapping[str, Any]
    world: World
    shapes: rdflib.Graph
    contexts: dict[str, Context]


def prepare(arguments: Mapping[str, Any]) -> Prepared:
    """Open the snapshot and the rules."""
    path = Path(arguments["snapshot"])
    snapshot = SnapshotStore(path.parent.parent).get(int(path.name))
    shapes = rdflib.Graph().parse(Path(arguments["root"]) / CONTRIBUTION)
    return Prepared(arguments, World(snapshot), shapes, {jsonld.OWN_CONTEXT: snapshot.context})


def job(prepared: Prepared, body: bytes) -> bytes:
    """The draft as JSON."""
    arguments = prepared.arguments
    form = reading.MEDIA_TYPES.get(arguments["media_type"])
    if form:
        found = reading.read(body, form, prepared.contexts)
    else:
        found = rows_in.read(body, prepared.world, arguments["organisation"], MOST_SOURCES)
    draft = drafted(found, prepared.world, prepared.shapes, arguments["organisation"], arguments["partial"])
    answer = {
        "lines": sorted(draft.contribution.lines),
        "findings": [asdict(finding) for finding in draft.findings],
        "left_out": [asdict(finding) for finding in draft.left_out],
        "known": draft.known,
        "new": draft.new,
    }
    return json.dumps(answer, ensure_ascii=False).encode()


def drafted(found: Read, world: World, shapes: rdflib.Graph, organisation: str, partial: bool) -> Draft:
    """What was read as a draft; with `partial` without the sources that break a rule.

    What could not be read whole is judged no further: most of what would be said of it follows from that.
    """
    general = list(dict.fromkeys(found.findings))
    if has_violation(general):
        return Draft(Contribution(organisation, frozenset()), tuple(in_order(general)))
    nodes, passed = schema_org.translated(_nodes(found, organisation, general), world.find)
    general += passed
    sources = {node: normalising.normalised(said) for node, said in nodes.items() if (TYPE, SOURCE) in said}
    others = _others({node: said for node, said in nodes.items() if node not in sources}, sources)
    if len(sources) > MOST_SOURCES:
        general.append(reading.too_many(len(sources), MOST_SOURCES))
    elif not sources and not others and not found.left and not has_violation(general):
        general.append(_nothing())
    elif sources or others:
        identities = identity.identified(sources, world, organisation)
        lines, faults = _judged(identities, others, found, world, shapes)
        good = [source for source in identities if source.iri in lines and source.iri not in faults]
        told = [*found.left, *(finding for own in faults.values() for finding in own)]
        contribution = Contribution(organisation, frozenset(line for source in good for line in lines[source.iri]))
        known = {source.iri: source.known for source in (good if partial else identities)}
        numbers = sum(known.values()), len(known) - sum(known.values())
        if partial and good:
            return Draft(contribution, tuple(in_order(general)), tuple(in_order(told)), *numbers)
        return Draft(contribution, tuple(in_order(general + told)), (), *numbers)
    return Draft(Contribution(organisation, frozenset()), tuple(in_order(general + found.left)))


def _nodes(found: Read, organisation: str, general: list[Finding]) -> Nodes:
    """What is said, by subject; what is said in another's graph is a finding and goes no further."""
    nodes: Nodes = {}
    strange: dict[Iri, None] = {}
    for statement in found.statements:
        if statement.graph in (None, graph_iri(organisation)):
            nodes.setdefault(statement.subject, []).append((statement.predicate, statement.value))
        else:
            strange[statement.graph or Iri("")] = None
    message = Words(
        f"Dit staat in de graaf van iemand anders. Schrijf alleen in je eigen graaf ({graph_iri(organisation)}), of "
        "laat de naam van de graaf weg.",
        f"This stands in the graph of someone else. Write in your own graph only ({graph_iri(organisation)}), or "
        "leave the name of the graph out.",
    )
    general += [Finding("contribution-graph", VIOLATION, message, value=graph) for graph in strange]
    return nodes


def _others(nodes: Nodes, sources: Nodes) -> Nodes:
    """What is described and is no source, but for things in brackets: the rule about their place tells of those."""
    pointed = {value for said in sources.values() for _, value in said if isinstance(value, Iri)}
    return {node: said for node, said in nodes.items() if not (node.startswith("_:") and node in pointed)}


def _judged(
    sources: list[Source], others: Nodes, found: Read, world: World, shapes: rdflib.Graph
) -> tuple[dict[str, set[str]], dict[str, list[Finding]]]:
    """The lines about each thing, and what is wrong with it, by our IRI; findings name it as the sender does."""
    by_iri: dict[str, list[Source]] = {}
    lines: dict[str, set[str]] = {}
    for source in sources:
        by_iri.setdefault(source.iri, []).append(source)
        lines.setdefault(source.iri, set()).update(_line((source.iri, p, v)) for p, v in source.said)
    for node, said in others.items():
        # A thing without a class is as little a source as one with another class.
        extra = [] if any(p == TYPE for p, _ in said) else [(TYPE, _NO_CLASS)]
        lines.setdefault(node, set()).update(_line((node, p, v)) for p, v in [*said, *extra])
    judged = [finding for some in _in_portions(lines) for finding in validation.by_shapes(shapes, some)]
    without_page = {finding.thing for finding in judged if finding.path == identity.PAGE}
    for source in sources:
        checks.links(source, world)
        checks.texts(source)
        if source.iri not in without_page:
            checks.page(source)
    brackets = {
        value for source in sources for _, value in source.said if isinstance(value, Iri) and value.startswith("_:")
    }
    faults: dict[str, dict[Finding, None]] = {}
    told = [(finding.thing or "", finding) for finding in judged]
    for thing, finding in [*((source.iri, fault) for source in sources for fault in source.faults), *told]:
        if finding.value == _NO_CLASS:
            finding = replace(finding, path=None, value=None)
        if f"_:{finding.value}" in brackets:  # a name that the parser made up
            finding = replace(finding, value=None)
        shown, place = _shown(thing, by_iri, found)
        faults.setdefault(thing, {})[replace(finding, thing=shown, line=place)] = None
    return lines, {thing: list(own) for thing, own in faults.items()}


def _in_portions(lines: dict[str, set[str]]) -> Iterator[rdflib.Graph]:
    """What is said of the things, so many at a time: pySHACL takes longer a thing, the more there are."""
    things = list(lines)
    for start in range(0, len(things), _PORTION):
        chosen = things[start : start + _PORTION]
        yield validation.graph_of(line for thing in chosen for line in lines[thing])


def _shown(thing: str, by_iri: dict[str, list[Source]], found: Read) -> tuple[str, int | None]:
    """How the sender knows a thing, and the line or row where it stands."""
    meant = by_iri.get(thing)
    if meant is None:
        return thing, _place(found, thing)
    names = (meant[0].page or "", meant[0].node, meant[0].title)
    return meant[0].shown, found.rows.get(meant[0].node) or _place(found, *names)


def _place(found: Read, *names: str) -> int | None:
    """The first line where one of these names stands, in full or as it is written with our base."""
    written = (form for name in names if name for form in (name, f"<{name.removeprefix(ID)}>"))
    return next((line for form in written if (line := line_of(found.text, form))), None)


def _line(triple: Triple) -> str:
    subject, predicate, value = map(native, triple)
    return f"{subject} {predicate} {value} ."


def _nothing() -> Finding:
    message = Words(
        "Hier staat geen bron in. Geef elke bron de klasse k:KnowledgeSource, of noem in schema.org bij about het "
        "adres van een begrip van Kennisbouwstenen. Alles intrekken doe je met DELETE.",
        "There is no source in this. Give every source the class k:KnowledgeSource, or name in schema.org with about "
        "the address of a concept of Kennisbouwstenen. To withdraw everything use DELETE.",
    )
    return Finding("contribution-nothing", VIOLATION, message)


if __name__ == "__main__":
    sandbox.serve(job, prepare)
