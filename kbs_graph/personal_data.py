"""Finding what may not be in a text that is kept or shown: a BSN, a mail address, a phone number of a person.

It works on the letters alone and looks nothing up. Numbers everybody may dial or write are let through: years, dates,
postcodes, amounts, articles of law, 112, 113, 14 030, and the service numbers that begin with 0800, 0900, 0906 or 0909.
"""

import re
import unicodedata
from collections.abc import Iterator

from stdnum.nl import bsn

BSN, MAIL, PHONE = "bsn", "mail", "phone"

_GAP = r"[ \t\u00a0.\-–—/()]{0,3}"
"""What people write between the digits of one number."""
_MAIL = re.compile(r"(?<![\w.+%'-])[\w.+%'-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_BETWEEN = re.compile(r"[ \t\u00a0.\-–—]{1,3}")
"""What people write between the groups of a BSN."""
_NATIONAL = re.compile(rf"(?<!\w)\(?0{_GAP}[1-9](?:{_GAP}\d){{8}}(?!\d)")
_ABROAD = re.compile(rf"(?<!\w)(?:\+{_GAP}|00{_GAP})[1-9](?:{_GAP}\d){{7,14}}(?!\d)")
_SERVICE = re.compile(r"(?:0|31|0031)(?:800|900|906|909)")
_THOUSANDS = re.compile(r"\+?\s?\d{1,3}(?:\.\d{3})+")
_MONEY = r"(?:€|EUR\b|euro\b)"
_AMOUNT = re.compile(
    rf"{_MONEY}\s?\d[\d.]*(?:,\d+)?|(?<![\d.])\d[\d.]*(?:,(?:\d+|-))?\s?{_MONEY}",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?<!\d)(?:(?:0?[1-9]|[12]\d|3[01])([-/.])(?:0?[1-9]|1[0-2])\1(?:19|20)\d\d"
    r"|(?:19|20)\d\d([-/.])(?:0?[1-9]|1[0-2])\2(?:0?[1-9]|[12]\d|3[01]))(?!\d)"
)
_BOOK = re.compile(r"\bISBN(?:-1[03])?:?\s*[\dX\- ]{9,17}", re.IGNORECASE)
_WEB_ADDRESS = re.compile(r"\bhttps?://[^\s?#]+", re.IGNORECASE)
"""A web address up to its query: the number of a document in it says nothing of a person."""


def find(text: str) -> frozenset[str]:
    """What is in a text of `BSN`, `MAIL` and `PHONE`.

    A BSN is nine digits, together or in groups, that pass the eleven test (checked by python-stdnum).
    """
    plain = _plain(text)
    found = {MAIL} if _MAIL.search(plain) else set()
    for harmless in (_WEB_ADDRESS, _BOOK, _AMOUNT, _DATE):
        plain = harmless.sub(" \n ", plain)
    if any(bsn.is_valid(nine) for nine in _nines(plain)):
        found.add(BSN)
    if any(_is_phone(match[0]) for pattern in (_NATIONAL, _ABROAD) for match in pattern.finditer(plain)):
        found.add(PHONE)
    return frozenset(found)


def _plain(text: str) -> str:
    """The text with digits and signs of other scripts and widths as the common ones, and without what is not seen."""
    known = unicodedata.normalize("NFKC", text)
    seen = (char for char in known if unicodedata.category(char) != "Cf")
    return "".join(str(unicodedata.digit(char)) if char.isdigit() else char for char in seen)


def _nines(text: str) -> Iterator[str]:
    """Every nine digits that stand together, or in groups of two to four with spaces, points or dashes between."""
    groups = list(re.finditer(r"\d+", text))
    for first, group in enumerate(groups):
        if len(group[0]) == 9:
            yield group[0]
        together = ""
        for before, at in zip((None, *groups[first:]), groups[first:], strict=False):
            apart = before is not None and not _BETWEEN.fullmatch(text, before.end(), at.start())
            if apart or not 2 <= len(at[0]) <= 4 or len(together) >= 9:
                break
            together += at[0]
            if len(together) == 9:
                yield together


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def _is_phone(number: str) -> bool:
    return not _THOUSANDS.fullmatch(number) and not _SERVICE.match(_digits(number))
