"""Prefixes of a SPARQL query: which a query uses without declaring them, read as a list of tokens, never parsed."""

import re
from dataclasses import dataclass

from kbs_graph.serialize import PREFIXES

WELL_KNOWN = {
    **PREFIXES,
    "dc": "http://purl.org/dc/elements/1.1/",
    "dct": PREFIXES["dcterms"],
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "sdo": PREFIXES["schema"],
    "sh": "http://www.w3.org/ns/shacl#",
    "sssom": "https://w3id.org/sssom/",
    "vann": "http://purl.org/vocab/vann/",
}
"""What people mean by a prefix: those of our own data first, then other names for them and some they may expect."""

# Possessive, as in sparql.py: the scan stays linear whatever is sent.
_TOKENS = re.compile(
    r"""<[^<>"{}|^`\\\x00-\x20]*+>
      | \"\"\"(?:[^"\\]|\\.|"(?!""))*+ (?:\"\"\"|\Z) | '''(?:[^'\\]|\\.|'(?!''))*+ (?:'''|\Z)
      | "(?:[^"\\\n\r]|\\.)*+"? | '(?:[^'\\\n\r]|\\.)*+'? | \#[^\n\r]*+ | [?$]\w++ | @[\w-]++ | _:[\w.-]*+
      | (?P<word> [^\W\d_][\w.-]*+ ) (?P<name> :(?:[\w:%.-]|\\.)*+ )? | [\w:.-]++""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class Undeclared:
    """Prefixes that a query uses and does not declare: those we know, with what they stand for, and the others."""

    known: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()


def undeclared(query: str) -> Undeclared:
    """The undeclared prefixes of a query, in the order of first use."""
    declared: set[str] = set()
    used: dict[str, None] = {}
    previous = ""
    for token in _TOKENS.finditer(query):
        word = token["word"] or ""
        if token["name"] is not None and previous.upper() == "PREFIX":
            declared.add(word)
        elif token["name"] is not None:
            used.setdefault(word)
        previous = word if token["name"] is None else ""
    missing = [prefix for prefix in used if prefix not in declared]
    return Undeclared(
        tuple((prefix, WELL_KNOWN[prefix]) for prefix in missing if prefix in WELL_KNOWN),
        tuple(prefix for prefix in missing if prefix not in WELL_KNOWN),
    )
