"""What a client asks: a vocabulary, or none, and parameters, read as Skosmos reads them. Unknown ones are ignored."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from kbs_graph.skosmos import refusal
from kbs_graph.skosmos.naming import DEFAULT
from kbs_graph.skosmos.table import Concept, Table, Vocabulary
from kbs_graph.store import Store

Document = dict[str, object]
"""A JSON document."""
CONTEXT: Document = {"skos": "http://www.w3.org/2004/02/skos/core#", "uri": "@id", "type": "@type"}
"""What the context of most answers begins with."""
RDFS = {"rdfs": "http://www.w3.org/2000/01/rdf-schema#"}
ONKI = {"onki": "http://schema.onki.fi/onki#"}
_LONGEST_NUMBER = 9
_BOOLEANS = {"1": True, "true": True, "on": True, "yes": True, "0": False, "false": False, "off": False, "no": False}


@dataclass(frozen=True)
class Question:
    """A store with its tables, the vocabulary asked (None: all), the parameters, and the address of the API."""

    store: Store
    table: Table
    vocabulary: Vocabulary | None
    given: Mapping[str, str]
    base: str

    @property
    def within(self) -> Vocabulary:
        """The vocabulary, where a method has one."""
        assert self.vocabulary
        return self.vocabulary

    @property
    def here(self) -> str:
        """The address that relative ones in the answer start from."""
        return f"{self.base}{self.vocabulary.id}/" if self.vocabulary else self.base

    @property
    def lang(self) -> str:
        """The language asked for; without it the default of the vocabulary, or none at all."""
        return self.get("lang") or (DEFAULT if self.vocabulary else "")

    def get(self, name: str) -> str:
        return self.given.get(name, "")

    def required(self, name: str) -> str:
        """A parameter that must be there. Raises Refused (400)."""
        if not self.get(name):
            raise refusal.missing(name)
        return self.get(name)

    def boolean(self, name: str, default: bool) -> bool:
        """A yes or no as PHP's filter_var reads it; anything else is the default."""
        return _BOOLEANS.get(self.get(name).strip().lower(), default)

    def number(self, name: str, least: int) -> int | None:
        """A whole number from `least` on; None when there is none. Raises Refused (400) for anything else."""
        given = self.get(name)
        if given and not (_is_number(given) and int(given) >= least):
            raise refusal.invalid(name)
        return int(given) if given else None

    def limit(self, default: int) -> int:
        """How many concepts a walk may reach. Raises Refused (400)."""
        given = self.get("limit") or str(default)
        if not _is_number(given) or not int(given):
            raise refusal.Refused(HTTPStatus.BAD_REQUEST, "Invalid limit parameter")
        return int(given)

    def lenient_number(self, name: str, default: int) -> int:
        """A whole number, zero or more; anything else is the default."""
        return int(self.get(name)) if _is_number(self.get(name)) else default

    def concept(self) -> Concept:
        """The concept that `uri` names, in the vocabulary asked. Raises Refused (400, 404)."""
        iri = self.required("uri")
        found = self.table.concepts.get(iri)
        if found is None or (self.vocabulary and not self.vocabulary.holds(found)):
            raise refusal.no_concept(iri)
        return found


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER
