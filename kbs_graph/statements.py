"""Making statements: a subject with what is told of it, as triples. What is not known makes none."""

from collections.abc import Iterable, Iterator

from kbs_graph.errors import Words
from kbs_graph.model import Texts
from kbs_graph.terms import Iri, Literal, Term, Triple

_XSD = "http://www.w3.org/2001/XMLSchema#"


def say(subject: str, *told: tuple[str, Iterable[Term]]) -> Iterator[Triple]:
    """Every (property, values) told of a subject."""
    yield from ((Iri(subject), Iri(predicate), value) for predicate, values in told for value in values)


def iris(*values: str) -> list[Term]:
    """The addresses that there are; an empty one is none."""
    return [Iri(value) for value in values if value]


def words(said: Words) -> list[Term]:
    """A sentence in both languages."""
    return [Literal(said.nl, "nl"), Literal(said.en, "en")]


def texts(said: Texts) -> list[Term]:
    """A text in every language it has."""
    return [Literal(text, tag or None) for tag, text in said.items()]


def plain(value: str) -> list[Term]:
    """A text in no language; none when empty."""
    return [Literal(value)] if value else []


def day(value: str) -> list[Term]:
    """The day of a moment (ISO 8601) as xsd:date; none when empty."""
    return [Literal(value[:10], datatype=_XSD + "date")] if value else []


def number(value: int, datatype: str = "integer") -> list[Term]:
    """A whole number as a datatype of XML Schema."""
    return [Literal(str(value), datatype=_XSD + datatype)]


def hexadecimal(value: str) -> list[Term]:
    """Bytes as xsd:hexBinary."""
    return [Literal(value, datatype=_XSD + "hexBinary")]
