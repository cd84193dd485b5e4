"""What a graph is called in a store elsewhere: its own name with a short signature of what it holds, and back again.

A store is not atomic across graphs, so nothing that is read there ever changes: a graph with other content has another
name. Statements mention graphs too (who made a graph, how large it is); they are renamed with it, and so the signature
of a graph covers the graphs that it mentions, and those that these mention.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping

from kbs_graph.terms import BASE, GRAPHS, Iri

PUBLISHED = BASE + "published/"
"""Where the two graphs stand that only a store elsewhere has: the manifest, and the union."""
MANIFEST = Iri(PUBLISHED + "manifest")
UNION = Iri(PUBLISHED + "union")
NOTHING = Iri(PUBLISHED + "nothing")
"""A graph that never holds anything: a query that names graphs we do not have reads this one."""
_LENGTH = 24
_VERSIONED = re.compile(rf"({re.escape(GRAPHS)}[A-Za-z0-9/_.-]+)#v[0-9a-f]{{{_LENGTH}}}")
_OURS = re.compile(rf"(?:{re.escape(GRAPHS)}[A-Za-z0-9/_.-]+|{re.escape(UNION)})#v[0-9a-f]{{{_LENGTH}}}")


def names(digests: Mapping[Iri, str], mentions: Mapping[Iri, Iterable[Iri]]) -> dict[Iri, Iri]:
    """The published name of every graph, from the hash of its content and the graphs that it mentions."""
    return {graph: versioned(graph, _signature(graph, digests, mentions)) for graph in digests}


def union_name(published: Iterable[Iri]) -> Iri:
    """The name of the graph that holds the statements of all these graphs together."""
    return versioned(UNION, hashlib.sha256("\n".join(sorted(published)).encode()).hexdigest())


def versioned(graph: Iri, digest: str) -> Iri:
    """A name for one content of a graph. The sign `#` keeps names in the order that they have without it."""
    return Iri(f"{graph}#v{digest[:_LENGTH]}")


def is_ours(name: str) -> bool:
    """Whether a graph in a store is one that a publication made: nothing else is ever removed."""
    return _OURS.fullmatch(name) is not None


def unversioned(text: str) -> str:
    """A text with every published name in it replaced by the name of the graph."""
    return _VERSIONED.sub(r"\1", text) if "#v" in text else text


def _signature(graph: Iri, digests: Mapping[Iri, str], mentions: Mapping[Iri, Iterable[Iri]]) -> str:
    found, ahead = {graph}, [graph]
    while ahead:
        fresh = set(mentions.get(ahead.pop(), ())) & digests.keys() - found
        found |= fresh
        ahead += fresh
    lines = [graph, *(f"{other} {digests[other]}" for other in sorted(found))]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
