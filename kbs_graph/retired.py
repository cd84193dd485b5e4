"""What a page answers for a retired thing: where it went on (renamed, merged), or why it is gone (withdrawn)."""

from rdflib.namespace import DCTERMS, PROV, RDFS

from kbs_graph import queries
from kbs_graph.errors import Gone, Moved
from kbs_graph.facts import Facts
from kbs_graph.model import Ref, Tombstone
from kbs_graph.store import Store
from kbs_graph.terms import Iri, K


def answer(store: Store, iri: Iri) -> Gone | Moved:
    """The error that tells what became of a retired thing: Moved to the end of its renamings, else Gone."""
    facts = Facts(store.construct(queries.fill("pages/tombstone", iri=iri)))
    end = _end(facts, iri)
    return Moved(end.segment, end.slug) if end.segment and end.slug else Gone(_stone(facts, iri))


def _end(facts: Facts, iri: str) -> Ref:
    """Where following k:continuedAs ends. A circle, which the rules forbid, leads nowhere: then the thing is gone."""
    passed = {iri}
    at = iri
    while following := facts.iri(at, K.continuedAs):
        if following in passed:
            return Ref(iri, {})
        passed.add(following)
        at = following
    return facts.ref(at) if at != iri else Ref(iri, {})


def _stone(facts: Facts, iri: str) -> Tombstone:
    return Tombstone(
        iri,
        facts.texts(iri, RDFS.label),
        facts.texts(iri, K.retirementReason),
        facts.value(iri, PROV.invalidatedAtTime),
        facts.one(iri, DCTERMS.isReplacedBy),
    )
