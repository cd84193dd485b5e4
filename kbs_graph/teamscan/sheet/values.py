"""What people write in a cell, as a value: numbers, words of a list, yes or no, days. What is none is told."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from typing import TypeVar

from kbs_graph.errors import Words
from kbs_graph.folding import fold
from kbs_graph.teamscan import words
from kbs_graph.teamscan.sheet.columns import NO, YES
from kbs_graph.teamscan.sheet.tables import Found

_NUMBER = re.compile(r"[+-]?\d{1,6}(?:[.,]0+)?")
_DAY = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_TRUE = {fold(YES.nl), fold(YES.en), "x", "1", "waar", "true", "v"}
_FALSE = {fold(NO.nl), fold(NO.en), "0", "onwaar", "false"}
Chosen = TypeVar("Chosen", bound=Enum)
Tell = Callable[[Words], None]


class Values:
    """The values of one row. What cannot be read is told through `tell`, and is then as if it were not there."""

    def __init__(self, row: Found, tell: Tell):
        self.row = row
        self._tell = tell

    def text(self, name: str) -> str:
        if name in self.row.uncalculated:
            self._say(
                name,
                "hier staat een formule zonder uitkomst. Open het bestand in je rekenprogramma en bewaar het, of typ "
                "de waarde zelf",
                "here is a formula without an outcome. Open the file in your spreadsheet program and save it, or type "
                "the value yourself",
            )
        return self.row[name]

    def number(self, name: str) -> int | None:
        """A whole number; None when nothing stands there."""
        text = self.text(name)
        if not text:
            return None
        if not _NUMBER.fullmatch(text):
            self._say(name, f"‘{_short(text)}’ is geen heel getal", f"‘{_short(text)}’ is not a whole number")
            return None
        return int(re.split("[.,]", text)[0])

    def level(self, name: str, lowest: int, default: int) -> int:
        """A level or weight up to 3, as a number or in the words that go with it."""
        text = self.text(name)
        said = {fold(text): number for number, texts in words.LEVEL.items() for text in (texts.nl, texts.en)}
        found = said.get(fold(text)) if text else default
        if found is None and text[:1].isdigit() and not text[1:2].isdigit():
            found = int(text[0])
        if found is None or not lowest <= found <= 3:
            self._say(
                name,
                f"‘{_short(text)}’ kan niet. Kies een getal van {lowest} tot en met 3",
                f"‘{_short(text)}’ is not possible. Choose a number from {lowest} to 3",
            )
            return default
        return found

    def flag(self, name: str) -> bool | None:
        """Yes or no; None when nothing stands there."""
        text = fold(self.text(name))
        if text in _TRUE or text in _FALSE:
            return text in _TRUE
        if text:
            self._say(
                name,
                f"‘{_short(self.row[name])}’ kan niet. Vul ja of nee in",
                f"‘{_short(self.row[name])}’ is not possible. Enter yes or no",
            )
        return None

    def choice(self, name: str, texts: Mapping[Chosen, Words]) -> Chosen | None:
        """One of the words of a list, in either language; None when nothing stands there."""
        text = self.text(name)
        known = {fold(said): one for one, both in texts.items() for said in (both.nl, both.en, str(one.value))}
        if text and fold(text) not in known:
            options = [", ".join(both.in_language(language) for both in texts.values()) for language in ("nl", "en")]
            self._say(
                name,
                f"‘{_short(text)}’ kan niet. Kies uit: {options[0]}",
                f"‘{_short(text)}’ is not possible. Choose: {options[1]}",
            )
        return known.get(fold(text))

    def day(self, name: str) -> str:
        """A day as ISO 8601; empty when nothing stands there."""
        text = self.text(name)
        numbers = _DAY.fullmatch(text)
        try:
            parts = (int(n) for n in numbers.group(3, 2, 1)) if numbers else ()
            return (date(*parts) if numbers else date.fromisoformat(text)).isoformat() if text else ""
        except ValueError:
            self._say(
                name,
                f"‘{_short(text)}’ is geen datum. Schrijf dag, maand en jaar, zoals 31-03-2027",
                f"‘{_short(text)}’ is not a date. Write day, month and year, such as 31-03-2027",
            )
            return ""

    def listed(self, name: str) -> tuple[str, ...]:
        """The parts of a cell, between semicolons, commas or white space."""
        return tuple(part for part in re.split(r"[;,\s]+", self.text(name)) if part)

    def tell(self, nl: str, en: str) -> None:
        """Tell something of this row."""
        self._tell(self.row.tell(Words(nl, en)))

    def _say(self, name: str, nl: str, en: str) -> None:
        self.tell(f"bij ‘{self.row.heading(name, 'nl')}’: {nl}.", f"at ‘{self.row.heading(name, 'en')}’: {en}.")


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
