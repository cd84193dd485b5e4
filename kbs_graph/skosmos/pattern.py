"""Which labels a query with `*` means: without one the whole label, `x*` its beginning, `*x` its end, else anything in
between. No other sign has a meaning, capitals make no difference, and the time taken is linear in the labels."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from kbs_graph.skosmos.table import key


@dataclass(frozen=True)
class Pattern:
    """What keys of labels (`table.key`) must be to fit: begin with a text, hold another, and then fit."""

    begin: str
    part: str
    fits: Callable[[str], bool]


def composed(text: str) -> str:
    """What a client sent, without the spaces around it and in composed form (NFC)."""
    return unicodedata.normalize("NFC", text.strip())


def normalised(query: str) -> str:
    """A query as it is compared (see `table.key`), without useless stars."""
    return re.sub(r"\*+", "*", key(composed(query)))


def exactly(text: str) -> Pattern:
    """The pattern of one label, whole; a star in it is a star."""
    whole = key(text)
    return Pattern(whole, whole, lambda label: label == whole)


def of(query: str) -> Pattern:
    """The pattern of a normalised query."""
    first, *rest = query.split("*")
    if not rest:
        return exactly(query)
    *middle, last = rest

    def fits(text: str) -> bool:
        if not (text.startswith(first) and text.endswith(last)):
            return False
        at, end = len(first), len(text) - len(last)
        for part in middle:
            found = text.find(part, at, max(end, 0))
            if found < 0:
                return False
            at = found + len(part)
        return at <= end

    return Pattern(first, max((first, *rest), key=len), fits)
