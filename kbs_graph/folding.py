"""How words are compared and sorted: without capitals, diacritics and punctuation, as a Dutch reader looks them up."""

import unicodedata


def fold(text: str) -> str:
    """Lower case without diacritics, other signs as spaces: the form in which words are compared."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c)).split())


def sort_key(text: str) -> tuple[str, str]:
    """The place of a text in a Dutch or English list: letters first, marks and capitals only between equals.

    Both languages sort by the root collation of CLDR (the Dutch *ij* is an i and a j); folding gives its first level.
    """
    return fold(text), text
