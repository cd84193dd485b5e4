"""Reading JSON of others field by field: each value is checked, and what is wrong is told with the path to it.

Strict where JSON leaves room (RFC 8259, section 4 and 6; RFC 7493, I-JSON): a key occurs once, numbers are finite and
fit a double, texts are whole Unicode, and nothing nests deeper than any file of ours could.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from kbs_graph.errors import BadRequest

DEEPEST = 20
LONGEST_NAME = 200
LONGEST_NUMBER = 15
"""Digits of a whole number; every number of 15 digits is exact in any reader of JSON."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
Choice = TypeVar("Choice", bound=StrEnum)


def parse(text: str) -> Any:
    """The value of a JSON text. Raises BadRequest for text that is no JSON, or none that every reader reads alike."""
    try:
        found = json.loads(
            text, object_pairs_hook=_once, parse_int=_whole, parse_float=_finite, parse_constant=_no_number
        )
        if _depth(found) <= DEEPEST:
            json.dumps(found, ensure_ascii=False).encode()
            return found
    except RecursionError:
        pass
    except UnicodeEncodeError:
        raise BadRequest(
            "In het bestand staat een half teken. Het is beschadigd: neem een eerder bewaard bestand.",
            "The file holds half a character. It is damaged: take a file you saved before.",
        ) from None
    except json.JSONDecodeError as error:
        raise BadRequest(
            f"Dit is geen bestand van de teamscan, of het is beschadigd (regel {error.lineno}, teken {error.colno}). "
            "Kies het bestand dat je hier bewaarde.",
            f"This is not a file of the team scan, or it is damaged (line {error.lineno}, character {error.colno}). "
            "Choose the file you saved here.",
        ) from None
    raise BadRequest(
        f"Het bestand is dieper genest dan {DEEPEST} lagen. Een bestand van de teamscan is dat nooit.",
        f"The file is nested deeper than {DEEPEST} levels. A file of the team scan never is.",
    )


def tidy(text: str) -> str:
    """A text as every export can hold it: without control characters, each end of a line as one newline."""
    return _CONTROL.sub("", _LINE_END.sub("\n", text))


class Fields:
    """The fields of one JSON object. What was asked for is known; `rest` is everything else, to be kept as it is."""

    def __init__(self, value: object, path: tuple[str, ...] = ()):
        if not isinstance(value, dict):
            raise wrong(path, "een groep velden", "a group of fields", value)
        self._values: dict[str, Any] = value
        self._path = path
        self._known: set[str] = set()

    def __contains__(self, name: str) -> bool:
        """Whether a field is there and not null; from here on it is a field we know."""
        return self._take(name, None) is not None

    def path(self, name: str) -> tuple[str, ...]:
        return (*self._path, name)

    def text(self, name: str, default: str = "") -> str:
        value = self._take(name, default)
        if not isinstance(value, str):
            raise wrong(self.path(name), "een tekst", "a text", value)
        return tidy(value)

    def whole(self, name: str, default: int, low: int | None = None, high: int | None = None) -> int:
        """A whole number, of a closed range when one is given; true and 1.0 are none."""
        value = self._take(name, default)
        if type(value) is not int or (low is not None and value < low) or (high is not None and value > high):
            if low is None:
                raise wrong(self.path(name), "een heel getal", "a whole number", value)
            raise wrong(
                self.path(name),
                f"een heel getal van {low} tot en met {high}",
                f"a whole number from {low} to {high}",
                value,
            )
        return value

    def flag(self, name: str, default: bool) -> bool:
        value = self._take(name, default)
        if not isinstance(value, bool):
            raise wrong(self.path(name), "ja of nee (true of false)", "yes or no (true or false)", value)
        return value

    def maybe_flag(self, name: str) -> bool | None:
        return self.flag(name, False) if name in self else None

    def choice(self, name: str, kind: type[Choice], default: Choice | None = None) -> Choice:
        """One of the values of an enumeration; it must be there when there is no default."""
        found = self.maybe_choice(name, kind) or default
        if found is None:
            raise self._no_choice(name, kind, None)
        return found

    def maybe_choice(self, name: str, kind: type[Choice]) -> Choice | None:
        value = self._take(name, None)
        if value is None:
            return None
        if not isinstance(value, str) or value not in list(kind):
            raise self._no_choice(name, kind, value)
        return kind(value)

    def counts(self, name: str) -> tuple[int, int, int] | None:
        """Three whole numbers, or nothing at all."""
        value = self._take(name, None)
        if value is None:
            return None
        if not isinstance(value, list) or len(value) != 3 or any(type(count) is not int for count in value):
            raise wrong(self.path(name), "drie hele getallen", "three whole numbers", value)
        first, second, third = value
        return first, second, third

    def texts(self, name: str) -> tuple[str, ...]:
        value = self._take(name, [])
        if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
            raise wrong(self.path(name), "een lijst van teksten", "a list of texts", value)
        return tuple(tidy(text) for text in value)

    def group(self, name: str) -> "Fields":
        return Fields(self._take(name, {}), self.path(name))

    def groups(self, name: str) -> "Iterator[Fields]":
        """The objects of a list; people count them from 1."""
        value = self._take(name, [])
        if not isinstance(value, list):
            raise wrong(self.path(name), "een lijst", "a list", value)
        return (Fields(one, (*self.path(name), str(number))) for number, one in enumerate(value, 1))

    def each(self) -> "Iterator[tuple[str, Fields]]":
        """Every field of this object, as an object of its own. A name is a short text of one line."""
        for name, value in self._values.items():
            if not 0 < len(name) <= LONGEST_NAME or tidy(name) != name or "\n" in name:
                raise wrong(
                    self._path,
                    f"een kenmerk van 1 tot en met {LONGEST_NAME} gewone tekens",
                    f"a key of 1 to {LONGEST_NAME} ordinary characters",
                    name,
                )
            yield name, Fields(value, self.path(name))

    def rest(self) -> Mapping[str, object]:
        """The fields nobody asked for."""
        return {name: value for name, value in self._values.items() if name not in self._known}

    def _take(self, name: str, default: object) -> Any:
        self._known.add(name)
        value = self._values.get(name)
        return default if value is None else value

    def _no_choice(self, name: str, kind: type[Choice], value: object) -> BadRequest:
        words = ", ".join(kind)
        return wrong(self.path(name), f"een van deze woorden: {words}", f"one of these words: {words}", value)


def wrong(path: tuple[str, ...], nl: str, en: str, value: object) -> BadRequest:
    """The error that a field holds something else than it should: where, what belongs there, and what stands there."""
    place = " › ".join(path)
    nl_place, en_place = (f"bij ‘{place}’", f"at ‘{place}’") if path else ("aan het begin", "at the start")
    shown = json.dumps(value, ensure_ascii=False)
    shown = shown if len(shown) <= 60 else shown[:59] + "…"
    return BadRequest(
        f"In het bestand klopt iets niet {nl_place}: hier hoort {nl}, er staat {shown}. "
        "Verbeter dat veld, of neem een eerder bewaard bestand.",
        f"Something is wrong in the file {en_place}: it should be {en}, it is {shown}. "
        "Correct that field, or take a file you saved before.",
    )


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            shown = name[:60].encode(errors="replace").decode()
            raise BadRequest(
                f"In het bestand staat het veld ‘{shown}’ twee keer op één plek. Haal er een weg.",
                f"The file has the field ‘{shown}’ twice in one place. Remove one.",
            )
        found[name] = value
    return found


def _whole(text: str) -> int:
    if len(text.lstrip("-")) > LONGEST_NUMBER:
        raise _number(text)
    return int(text)


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise _number(text)
    return value


def _no_number(text: str) -> object:
    raise _number(text)


def _number(text: str) -> BadRequest:
    shown = text if len(text) <= 20 else text[:19] + "…"
    return BadRequest(
        f"In het bestand staat {shown}; dat is geen getal dat hier kan staan. Verbeter het.",
        f"The file holds {shown}; that is not a number that can stand here. Correct it.",
    )


def _depth(value: object) -> int:
    """How deep a value nests, counted no further than just past DEEPEST."""
    level: list[object] = [value]
    depth = 0
    while level and depth <= DEEPEST:
        depth += 1
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
    return depth
