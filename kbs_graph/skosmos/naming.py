"""Names in the language a client asks for, and what stands in for one that is not there."""

from collections.abc import Iterable

from babel import Locale, UnknownLocaleError

from kbs_graph.errors import Words
from kbs_graph.model import Texts
from kbs_graph.skosmos.table import Label

DEFAULT = "nl"
"""The default language of every vocabulary."""
CONCEPT = Words("Begrip", "Concept")
COLLECTION = Words("Verzameling", "Collection")


def matches(tag: str, wanted: str) -> bool:
    """Whether a language tag falls under a range (RFC 4647, section 3.3.1: basic filtering)."""
    return f"{tag.lower()}-".startswith(f"{wanted.lower()}-")


def best(labels: Iterable[Label], wanted: str) -> Label | None:
    """The label in a language; without one there the one in the default language, or else any. None without labels."""
    there = tuple(labels)
    for language in (wanted, DEFAULT):
        for label in there:
            if language and matches(label.language, language):
                return label
    return next(iter(there), None)


def shown(labels: Iterable[Label], wanted: str, iri: str) -> str:
    """The name of a thing in a hierarchy or list: one in another language says so, `Welzijn (nl)`; the address
    stands in for a name that is not there."""
    label = best(labels, wanted)
    if label is None:
        return iri
    known = not label.language or matches(label.language, wanted)
    return label.text if known else f"{label.text} ({label.language})"


def text(texts: Texts, wanted: str) -> str:
    """A text in a language; the default one or any stands in."""
    label = best((Label(value, language) for language, value in texts.items()), wanted)
    return label.text if label else ""


def language_name(tag: str, wanted: str) -> str:
    """What a language is called in another: `nl` is Nederlands in Dutch. The tag stands in for an unknown name."""
    try:
        locale = Locale.parse(wanted, sep="-")
    except (ValueError, UnknownLocaleError):
        locale = Locale(DEFAULT)
    return str(locale.languages.get(tag, tag))
