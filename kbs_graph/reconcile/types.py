"""The types of entity that a client can reconcile against: the kinds of thing that a table of others may speak of."""

from collections.abc import Iterable
from dataclasses import dataclass

from kbs_graph.errors import Words
from kbs_graph.terms import KINDS, ONTOLOGY

SCHEMA_SPACE = f"{ONTOLOGY}#"
"""What stands before the id of a type to make it the IRI of a class."""
EVERYTHING = "http://www.w3.org/2002/07/owl#Thing"
"""The type that does not narrow anything down."""


@dataclass(frozen=True)
class Type:
    """A kind of thing as a type: its path segment, and what it is called."""

    segment: str
    name: Words

    @property
    def id(self) -> str:
        """The local name of its class; SCHEMA_SPACE goes before it."""
        return KINDS[self.segment].cls


TYPES = (
    Type("aspect", Words("Kennisaspect", "Knowledge aspect")),
    Type("domein", Words("Domein", "Area")),
    Type("doelgroep", Words("Doelgroep", "Target group")),
    Type("competentie", Words("Competentie", "Competency")),
    Type("specialist", Words("Specialist", "Specialist")),
    Type("signaal", Words("Signaal", "Sign")),
    Type("bron", Words("Bron", "Source")),
    Type("organisatie", Words("Organisatie", "Organisation")),
)
"""In the order in which kinds come when they fit equally well: knowledge before who and what tells of it."""
BY_SEGMENT = {each.segment: each for each in TYPES}
EVERYTHING_NAME = Words("Alles", "Everything")


def segments(asked: Iterable[str]) -> list[frozenset[str]]:
    """The path segments that each type asked for stands for: none for a type we do not have.

    A type goes by its id, by the IRI of its class, or by its segment.
    """
    return [_segments(name) for name in asked]


def document(segment: str, language: str) -> dict[str, object]:
    """A type as the API writes it (section 3.3)."""
    kind = BY_SEGMENT[segment]
    return {"id": kind.id, "name": kind.name.in_language(language)}


def documents(language: str) -> list[dict[str, object]]:
    """All types with what they are kinds of, everything first."""
    everything: dict[str, object] = {"id": EVERYTHING, "name": EVERYTHING_NAME.in_language(language)}
    return [everything, *({**document(each.segment, language), "broader": [everything]} for each in TYPES)]


def _segments(name: str) -> frozenset[str]:
    if name in (EVERYTHING, "owl:Thing"):
        return frozenset(BY_SEGMENT)
    local = name.removeprefix(SCHEMA_SPACE)
    return frozenset(each.segment for each in TYPES if local in (each.id, each.segment))
