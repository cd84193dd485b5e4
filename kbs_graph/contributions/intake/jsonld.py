"""JSON-LD made safe to parse: contexts are local copies or refused, depth has a limit, addresses are looked at.

A parser of JSON-LD drops an address that cannot be one in silence, with all that is said of it; so we look first.
"""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from kbs_graph.errors import Words
from kbs_graph.serialize import Context
from kbs_graph.terms import BASE

MOST_DEPTH = 40
OWN_CONTEXT = BASE + "def/context.jsonld"
SCHEMA_ORG: Context = {
    "@vocab": "https://schema.org/",
    "schema": "https://schema.org/",
    "id": "@id",
    "type": "@type",
    "additionalType": {"@type": "@id"},
    "inDefinedTermSet": {"@type": "@id"},
    "mainEntityOfPage": {"@type": "@id"},
    "sameAs": {"@type": "@id"},
}
"""What stands for the context of schema.org here: its vocabulary, and the terms that must be addresses."""
_SCHEMA_ORG_NAMES = {
    f"{scheme}://{host}schema.org{rest}"
    for scheme in ("http", "https")
    for host in ("", "www.")
    for rest in ("", "/", "/docs/jsonldcontext.json", "/docs/jsonldcontext.jsonld")
}
_NEVER_IN_AN_ADDRESS = re.compile(r"[\x00-\x20<>\"{}|^`\\]")


class Refused(Exception):
    """JSON-LD that we do not read: by which rule, why and what to do, where, and what it is about."""

    def __init__(self, rule: str, nl: str, en: str, line: int | None = None, value: str | None = None):
        super().__init__(en)
        self.rule, self.words, self.line, self.value = rule, Words(nl, en), line, value


@dataclass
class Document:
    """A document that stands on its own, and the addresses in it that cannot be one."""

    text: str = ""
    bad: list[str] = field(default_factory=list)


def local(text: str, contexts: dict[str, Context]) -> Document:
    """The same document without the names of contexts: their content instead. Raises Refused.

    `contexts` are the contexts we have besides schema.org's, by address.
    """
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise Refused(
            "contribution-syntax",
            f"Dit is geen geldige JSON ({error.msg}). Verbeter deze regel, of stuur het juiste Content-Type mee.",
            f"This is not valid JSON ({error.msg}). Correct this line, or send the right Content-Type.",
            error.lineno,
        ) from None
    except RecursionError:
        raise _too_deep() from None
    if not isinstance(document, dict | list):
        raise Refused(
            "contribution-syntax",
            "JSON-LD begint met een accolade of een blokhaak; dit niet. Stuur het hele bestand.",
            "JSON-LD begins with a brace or a bracket; this does not. Send the whole file.",
        )
    _check_depth(document)
    found = _Localised(contexts)
    whole = found.value(document)
    return Document(json.dumps(whole), found.bad_addresses(document))


def _check_depth(document: Any) -> None:
    level = [document]
    for _ in range(MOST_DEPTH):
        inner = [item for value in level for item in (value.values() if isinstance(value, dict) else value)]
        level = [item for item in inner if isinstance(item, dict | list)]
        if not level:
            return
    raise _too_deep()


def _too_deep() -> Refused:
    return Refused(
        "contribution-depth",
        f"Dit is te diep genest: meer dan {MOST_DEPTH} lagen van accolades en haken. Schrijf de bronnen onder elkaar, "
        "in @graph.",
        f"This is nested too deep: more than {MOST_DEPTH} layers of braces and brackets. Write the sources one after "
        "another, in @graph.",
    )


class _Localised:
    """A walk through a document: fills in contexts, and learns which terms hold an address."""

    def __init__(self, contexts: dict[str, Context]):
        self._contexts = contexts
        self._identifying = {"@id"}

    def value(self, given: Any) -> Any:
        if isinstance(given, list):
            return [self.value(item) for item in given]
        if not isinstance(given, dict):
            return given
        if isinstance(given.get("@import"), str):
            raise _remote(given["@import"])
        return {key: self._context(item) if key == "@context" else self.value(item) for key, item in given.items()}

    def _context(self, given: Any) -> Any:
        if isinstance(given, list):
            return [self._context(item) for item in given]
        if isinstance(given, str):
            ours = SCHEMA_ORG if given in _SCHEMA_ORG_NAMES else self._contexts.get(given)
            if ours is None:
                raise _remote(given)
            given = ours
        if isinstance(given, dict):
            self._identifying |= {term for term, meaning in given.items() if _is_address(meaning)}
        return self.value(given)

    def bad_addresses(self, document: Any) -> list[str]:
        """The values of terms that hold an address and that cannot be one, in order, each once."""
        found: dict[str, None] = {}
        rest = [document]
        while rest:
            value = rest.pop()
            for key, item in value.items() if isinstance(value, dict) else enumerate(value):
                if key in self._identifying:
                    texts = (text for text in (item if isinstance(item, list) else [item]) if isinstance(text, str))
                    found.update(dict.fromkeys(text for text in texts if _NEVER_IN_AN_ADDRESS.search(text)))
                if isinstance(item, dict | list) and key != "@context":
                    rest.append(item)
        return list(found)


def _is_address(meaning: Any) -> bool:
    if isinstance(meaning, dict):
        return meaning.get("@type") == "@id" or meaning.get("@id") == "@id"
    return bool(meaning == "@id")


def _remote(address: str) -> Refused:
    return Refused(
        "contribution-remote-context",
        "We halen geen context op bij een ander, ook deze niet. Zet de inhoud ervan in het bestand, of gebruik "
        f"https://schema.org of {OWN_CONTEXT}.",
        "We fetch no context from others, not this one either. Put its content in the file, or use "
        f"https://schema.org or {OWN_CONTEXT}.",
        value=address,
    )
