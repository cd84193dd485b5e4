"""Values as people type them in a sheet: years, times, yes and no, several in one cell."""

import html
import re
from collections.abc import Callable
from datetime import date

from kbs_graph.errors import Words
from kbs_graph.folding import fold

MARKUP = re.compile(r"</?[A-Za-z!]|&#?[A-Za-z0-9]+;")
"""What shapes/contribution.ttl refuses as HTML."""
_YES = frozenset(("ja", "j", "yes", "y", "true", "waar", "1", "x", "gratis", "free"))
_NO = frozenset(("nee", "n", "no", "false", "onwaar", "0", "betaald", "paid"))
_TIME = re.compile(
    r"(?:pt)?\s*(?:(\d+(?:\.\d+)?)\s*(?:h|u|uur|uren|hours?|hrs?))?\s*(?:en|and)?\s*"
    r"(?:(\d+)\s*(?:m|min|minu+t(?:en)?|minutes?|mins?)?\.?)?"
)
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::00)?")
_DAY_ZERO = date(1899, 12, 30)
"""The day from which a spreadsheet counts days: a year that was formatted as a date comes out near 1905."""


class Unclear(Exception):
    """A value that cannot be read: what to do, and what may be meant."""

    def __init__(self, nl: str, en: str, meant: str = ""):
        super().__init__(en)
        self.words = Words(nl, en)
        self.meant = meant


def parts(cell: str, is_one: Callable[[str], bool]) -> list[str]:
    """The values of a cell: parted by ; and, where a value is none by itself, by commas as well."""
    found = []
    for part in (piece.strip() for piece in re.split(r"[;|\n]", cell)):
        found += [part] if is_one(part) else [piece.strip() for piece in part.split(",")]
    return [part for part in found if part]


def year(typed: str) -> str:
    """The one year a text names, from 1900 to 2100. Raises Unclear."""
    if re.fullmatch(r"190[0-9]-\d\d-\d\d.*", typed):
        try:
            number = (date.fromisoformat(typed[:10]) - _DAY_ZERO).days
        except ValueError:
            number = 0
        if 1950 <= number <= 2100:
            return str(number)
    found = set(re.findall(r"(?<!\d)(?:19\d\d|20\d\d|2100)(?!\d)", typed))
    if len(found) != 1:
        raise Unclear(
            "Schrijf het jaar met vier cijfers, zoals 2024.", "Write the year with four digits, such as 2024."
        )
    return str(found.pop())


def minutes(typed: str) -> int:
    """A time in minutes, from *45*, *45 minuten*, *1 uur*, *1,5 uur*, *1:30* or *PT1H30M*. Raises Unclear."""
    text = typed.casefold().replace(",", ".").strip()
    found = 0
    if match := _CLOCK.fullmatch(text):
        found = int(match[1]) * 60 + int(match[2])
    elif match := _TIME.fullmatch(text):
        found = round(float(match[1] or 0) * 60) + int(match[2] or 0)
    if not 0 < found <= 60 * 1000:
        raise Unclear("Schrijf de tijd in minuten, zoals 45.", "Write the time in minutes, such as 45.")
    return found


def yes_or_no(typed: str) -> bool:
    """Whether a text says yes. Raises Unclear."""
    word = fold(typed)
    if word in _YES or word in _NO:
        return word in _YES
    raise Unclear("Vul ja of nee in.", "Fill in yes or no.")


def without_markup(text: str) -> str:
    """A text without HTML."""
    return " ".join(re.sub(r"[<>]", "", html.unescape(re.sub(r"</?[A-Za-z!][^>]*>?", " ", text))).split())
