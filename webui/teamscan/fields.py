"""Fields of the team scan's forms: how they are named, and what stands in them as numbers and words.

The name of a field is what it holds and the key of what it is about: `een:aspect/meldcode`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask
from werkzeug.datastructures import MultiDict

from kbs_graph.errors import Words
from kbs_graph.suggestions import cleaned
from kbs_graph.teamscan.model import Scan

Form = MultiDict[str, str]
_NUMBER = re.compile(r"[0-9]{1,4}", re.ASCII)
_KEY = re.compile(r"(?:aspect|competentie|eigen)/[a-z0-9][a-z0-9-]{0,199}", re.ASCII)
ECHO = 30
"""Characters of what was typed that a message says back."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a field (its name), and what to do."""

    field: str
    words: Words


@dataclass(frozen=True)
class Read:
    """A scan with what a form changed in it, and the fields that could not be read: those it left as they were."""

    scan: Scan
    faults: tuple[Fault, ...] = ()


def init(app: Flask) -> None:
    app.jinja_env.filters["field_id"] = field_id


def field_id(name: str) -> str:
    """The id on the page of the field with a name, fit for an address: `een-aspect-meldcode`."""
    return re.sub(r"[^a-z0-9-]+", "-", name)


def is_key(text: str) -> bool:
    """Whether a text can be the key of a topic, of this snapshot or of another."""
    return bool(_KEY.fullmatch(text))


def keys(form: Form, what: str) -> Iterator[str]:
    """The topics that a form holds a field `what` for, in the order of the form."""
    for name in form:
        found, _, key = name.partition(":")
        if found == what and is_key(key):
            yield key


def text(form: Form, name: str, before: str = "") -> str:
    """The words in a field without signs that cannot be seen; `before` when the form has no such field."""
    return cleaned(form[name]) if name in form else before


def number(typed: str) -> int | None:
    """A whole number of at most four digits, or None."""
    return int(typed) if _NUMBER.fullmatch(typed.strip()) else None


def said(typed: str) -> str:
    """What was typed, short enough to say back."""
    short = " ".join(typed.split())
    return short[:ECHO] + ("…" if len(short) > ECHO else "")


def between(form: Form, name: str, least: int, most: int, what: Words) -> tuple[int | None, tuple[Fault, ...]]:
    """The number in a field; None with a fault when there is another thing. `what` names it: `het aantal …`."""
    typed = form.get(name, "")
    found = number(typed)
    if found is not None and least <= found <= most:
        return found, ()
    short = said(typed)
    begin = Words(f"“{short}” kan niet. ", f"“{short}” is not possible. ") if short else Words("", "")
    words = Words(
        f"{begin.nl}Vul bij {what.nl} een getal in van {least} tot en met {most}, in cijfers.",
        f"{begin.en}Fill in a number from {least} to {most} for {what.en}, in digits.",
    )
    return None, (Fault(name, words),)
