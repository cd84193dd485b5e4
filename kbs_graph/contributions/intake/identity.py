"""Which source is meant: an address identifies a source. A known one is that source, a new one gets an IRI."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rdflib.namespace import DCTERMS, FOAF

from kbs_graph.contributions.intake.schema_org import Nodes, Said
from kbs_graph.contributions.intake.world import Known, World
from kbs_graph.errors import Words
from kbs_graph.findings import VIOLATION, Finding
from kbs_graph.folding import address_key as key
from kbs_graph.folding import fold
from kbs_graph.terms import BASE, Iri, Literal, graph_iri, iri_of, parts_of

PAGE = Iri(FOAF.page)
_LONGEST_SLUG = 80


@dataclass
class Source:
    """A source: as the sender named it, our IRI for it, what is said of it, and whether it was in the graph already."""

    node: Iri
    iri: Iri
    said: Said
    known: bool = False
    faults: list[Finding] = field(default_factory=list)

    @property
    def page(self) -> Iri | None:
        return next(iter(_pages(self.said)), None)

    @property
    def title(self) -> str:
        """The first of its titles; empty without one."""
        return min((v.value for p, v in self.said if p == Iri(DCTERMS.title) and isinstance(v, Literal)), default="")

    @property
    def shown(self) -> str:
        """The name by which the sender will know it: its own, else its web address."""
        return self.page or self.iri if self.node.startswith("_:") else self.node

    def fault(self, rule: str, nl: str, en: str, path: str | None = None, value: str | None = None) -> None:
        self.faults.append(Finding(rule, VIOLATION, Words(nl, en), path=path, value=value))


def identified(nodes: Nodes, world: World, organisation: str) -> list[Source]:
    """The sources in `nodes` with their IRIs; what speaks against one is among its faults."""
    graph = graph_iri(organisation)
    found = [Source(node, node, _with_page(node, said)) for node, said in nodes.items()]
    found.sort(key=lambda source: (key(source.page or ""), source.node))
    by_address = world.by_address({page for source in found for page in _pages(source.said)})
    new: dict[str, Source] = {}
    taken: set[Iri] = set()
    for source in found:
        there = world.thing(source.node) if (parts_of(source.node) or ("",))[0] == "bron" else None
        having = sorted({by_address[page] for page in _pages(source.said) if page in by_address})
        if there:
            source.known = True
            _by_iri(source, there, having, world, graph)
        elif having:
            source.iri, source.known = Iri(having[0]), True
            there = world.thing(source.iri)
        else:
            first = new.setdefault(key(source.page or source.node), source)
            if first is source:
                source.iri = next(
                    iri for iri in _names(source, organisation) if iri not in taken and not world.thing(iri)
                )
                taken.add(source.iri)
            else:
                _same_as(source, first)
        if there and not source.faults:
            _same_page(source, there, graph)
            _completed(source, there, graph)
    return found


def _pages(said: Said) -> list[Iri]:
    return [value for predicate, value in said if predicate == PAGE and isinstance(value, Iri)]


def _with_page(node: Iri, said: Said) -> Said:
    """What is said, with the address of the thing itself as its web address when it has no other."""
    named = any(predicate == PAGE for predicate, _ in said)
    if named or not node.startswith(("http://", "https://")) or node.startswith(BASE):
        return said
    return [*said, (PAGE, Iri(node.partition("#")[0]))]


def _by_iri(source: Source, there: Known, having: Iterable[str], world: World, graph: Iri) -> None:
    """A source that the sender named by our IRI: it may not be gone, nor be given the address of another."""
    if there.is_retired:
        heir = world.heir(source.iri)
        source.fault(
            "live-link-to-retired",
            "Deze bron is ingetrokken. " + (f"Gebruik in plaats daarvan {heir}." if heir else "Laat haar weg."),
            "This source was withdrawn. " + (f"Use {heir} instead." if heir else "Leave it out."),
        )
        return
    other = next((iri for iri in having if iri != source.iri), None)
    ours = there.page(besides=graph)
    if other:
        source.fault(
            "contribution-address",
            f"Dit webadres is van een andere bron: {other}. Noem die bron, of laat het adres weg.",
            f"This web address belongs to another source: {other}. Name that source, or leave the address out.",
            path=PAGE,
            value=source.page,
        )
    elif ours and any(key(page) != key(ours) for page in _pages(source.said)):
        source.fault(
            "contribution-address",
            f"Deze bron heeft hier een ander webadres: {ours}. Klopt dat niet meer, meld het dan aan de redactie. Is "
            "het een ander document, geef dat dan als eigen bron op, zonder ons adres ervoor.",
            f"This source has another web address here: {ours}. If that is no longer right, tell the editors. If it "
            "is another document, hand that in as a source of its own, without our address for it.",
            path=PAGE,
            value=source.page,
        )


def _same_page(source: Source, there: Known, graph: Iri) -> None:
    """Write the address as the graph has it, so that one source keeps one address."""
    ours = there.page(besides=graph) or (None if _pages(source.said) else next((p for p, _ in there.pages), None))
    if ours:
        source.said = [(p, v) for p, v in source.said if p != PAGE] + [(PAGE, ours)]


def _completed(source: Source, there: Known, graph: Iri) -> None:
    """Fill in what must be said and others say of it already: to link to a known source its address is enough."""
    told = {predicate for predicate, _ in source.said}
    source.said = [*source.said, *((p, v) for p, v in dict.fromkeys(there.needed(besides=graph)) if p not in told)]


def _same_as(source: Source, first: Source) -> None:
    """A new source that is in the file twice: one name, and one way to write its address."""
    source.iri = first.iri
    source.said = [(p, first.page if p == PAGE and first.page else v) for p, v in source.said]


def _names(source: Source, organisation: str) -> Iterator[Iri]:
    """IRIs for a new source: from its title, and then from its address, so that they are the same each time."""
    slug = organisation
    for word in re.findall(r"[a-z0-9]+", fold(source.title).encode("ascii", "ignore").decode()):
        if len(slug) + len(word) < _LONGEST_SLUG:
            slug += f"-{word}"
    if slug != organisation:
        yield iri_of("bron", slug)
    mark = hashlib.sha256(key(source.page or source.node).encode()).hexdigest()
    yield from (iri_of("bron", f"{slug}-{mark[:length]}") for length in (8, 16, 64))
