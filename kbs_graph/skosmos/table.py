"""The tables that every answer is read from: vocabularies, concepts, and all labels in the order of lists."""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kbs_graph.folding import fold
from kbs_graph.model import Texts

PREFERRED, ALTERNATIVE, HIDDEN = ROLES = ("prefLabel", "altLabel", "hiddenLabel")
"""What a label is to its concept, by its name in SKOS."""
_LAST_SIGN = "\U0010ffff"


class Label(NamedTuple):
    """A text in a language."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept, with its labels (`names` are the preferred ones, one a language) and what it is linked to by IRI; the
    days are ISO 8601, or empty."""

    iri: str
    types: tuple[str, ...]
    schemes: tuple[str, ...]
    top_of: tuple[str, ...]
    names: tuple[Label, ...]
    alternative: tuple[Label, ...]
    hidden: tuple[Label, ...]
    notation: str
    broader: tuple[str, ...]
    narrower: tuple[str, ...]
    related: tuple[str, ...]
    created: str
    modified: str

    @property
    def labels(self) -> dict[str, tuple[Label, ...]]:
        """The labels by role."""
        return {PREFERRED: self.names, ALTERNATIVE: self.alternative, HIDDEN: self.hidden}


@dataclass(frozen=True)
class Retired:
    """What stays of a concept: its name, its class, the day it was retired, and what it went on as, if anything."""

    iri: str
    names: tuple[Label, ...]
    type: str
    schemes: tuple[str, ...]
    day: str
    successor: str


@dataclass(frozen=True)
class Group:
    """A skos:Collection: its members are concepts and other groups, by IRI."""

    iri: str
    names: tuple[Label, ...]
    notation: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Type:
    """A kind of concept: what it is called, and the class it is a kind of."""

    labels: Texts
    superclass: str


@dataclass(frozen=True)
class Vocabulary:
    """A concept scheme under a short id. `schemes` are those of which all concepts stand in it, itself first; `space`
    is how the addresses of its concepts begin; `languages` are those of the names in it, the default one first."""

    id: str
    iri: str
    titles: Texts
    space: str
    schemes: tuple[str, ...]
    languages: tuple[str, ...]

    def holds(self, thing: Concept | Retired) -> bool:
        return self.iri in thing.schemes

    def local_name(self, iri: str) -> str:
        """The address of a concept without what all of them begin with."""
        return iri.removeprefix(self.space)


class Entry(NamedTuple):
    """A label of a concept, and what it is to it (see ROLES)."""

    concept: Concept
    role: str
    label: Label


@dataclass(frozen=True, eq=False)
class Table:
    """All of it. `entries` are in the order of lists (kbs_graph.folding.sort_key), `keys` their labels by `key`."""

    vocabularies: Mapping[str, Vocabulary]
    concepts: Mapping[str, Concept]
    retired: Mapping[str, Retired]
    groups: Mapping[str, Group]
    types: Mapping[str, Type]
    entries: Sequence[Entry]
    keys: Sequence[str]

    def within(self, vocabulary: Vocabulary | None) -> Iterator[Concept]:
        """The concepts of a vocabulary, or of all."""
        return (each for each in self.concepts.values() if vocabulary is None or vocabulary.holds(each))

    def retired_from(self, vocabulary: Vocabulary) -> list[Retired]:
        return [each for each in self.retired.values() if vocabulary.holds(each)]

    def beginning(self, text: str) -> slice:
        """The entries among which those are whose label begins so, marks and signs aside: in that order they stand
        together. All of them for a text of signs only."""
        begin = fold(text)
        if not begin:
            return slice(None)
        ends = (bisect_left(self.entries, each, key=_folded) for each in (begin, begin + _LAST_SIGN))
        return slice(*ends)

    def homes(self, iri: str) -> list[Vocabulary]:
        """The vocabularies where a concept or a retired one stands, or that are this scheme themselves; the widest
        first, which is the one to name where none was asked for. None for any other IRI."""
        thing = self.concepts.get(iri) or self.retired.get(iri)
        return [each for each in self.vocabularies.values() if each.iri == iri or (thing and each.holds(thing))]


def _folded(entry: Entry) -> str:
    return fold(entry.label.text)


def key(text: str) -> str:
    """A label as it is compared: in composed form (NFC), without capitals."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
