"""How words are compared and sorted: without capitals, diacritics and punctuation; and addresses."""

import re
import unicodedata

_ADDRESS = re.compile(r"https?://([^/?#]*)(.*)", re.IGNORECASE | re.DOTALL)


def fold(text: str) -> str:
    """Lower case without diacritics, other signs as spaces: the form in which words are compared."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c)).split())


def sort_key(text: str) -> tuple[str, str]:
    """The place of a text in a Dutch or English list: letters first, marks and capitals only between equals.

    Both languages sort by the root collation of CLDR (the Dutch *ij* is an i and a j); folding gives its first level.
    """
    return fold(text), text


def address_key(address: str) -> str:
    """What the web addresses of one document have in common, to compare them by.

    http or https, `www.`, the case and the closing dot of the host, the usual ports and closing slashes make no
    difference; the rest does.
    """
    parts = _ADDRESS.fullmatch(address)
    if not parts:
        return address
    host = re.sub(r":(80|443)?$", "", parts[1].lower()).rstrip(".").removeprefix("www.")
    return host + parts[2].rstrip("/")
