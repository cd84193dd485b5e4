"""What a client of the reconciliation API sends: JSON in a form field, read into queries, or refused with the place.

Reading is strict where the standard is (no other keys in a query), and mild where clients are: an empty text is a query
without candidates, since one empty cell must not cost a batch its other answers.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from kbs_graph.errors import BadRequest, TooLarge

BATCH = 50
"""Queries in a batch, at most; said in the manifest."""
MOST_IDS, MOST_PROPERTIES = 500, 30
"""Entities, and properties, in one request for values."""
DEFAULT_LIMIT, MOST_CANDIDATES = 5, 100
"""Candidates a query gets when it does not say how many, and at most."""
LONGEST = 500
"""Characters of a text or value that count."""
ANY, SHOULD, ALL = "any", "should", "all"
_LARGE = 1 << 31
"""What no count comes near."""
_QUERY_KEYS = ("query", "type", "limit", "properties", "type_strict")


@dataclass(frozen=True)
class Condition:
    """A property and the values a thing should have for it, any of them; a thing as value is given by its id."""

    property: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Query:
    """What to look for (section 4.1): a text, the types it may have, how many candidates, and what should hold."""

    text: str = ""
    types: tuple[str, ...] = ()
    strict: str = ANY
    limit: int = DEFAULT_LIMIT
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """A property whose values are asked for, in a language, at most so many of each thing (0: all)."""

    property: str
    language: str = ""
    limit: int = 0


@dataclass(frozen=True)
class Extension:
    """The things whose values are asked for (section 5.2), and the properties."""

    ids: tuple[str, ...]
    wanted: tuple[Wanted, ...] = field(default_factory=tuple)


def queries(text: str) -> dict[str, Query]:
    """The queries of a batch by key. Raises BadRequest for what is not one, TooLarge for more than BATCH."""
    document = _object(_json(text, "queries"), "queries")
    if len(document) > BATCH:
        raise TooLarge(
            f"Dit zijn {len(document)} vragen; stuur er hoogstens {BATCH} tegelijk.",
            f"These are {len(document)} queries; send at most {BATCH} at a time.",
        )
    return {key: _query(value, f"queries.{_short(key)}") for key, value in document.items()}


def extension(text: str) -> Extension:
    """What values are asked for. Raises BadRequest, or TooLarge for more than MOST_IDS or MOST_PROPERTIES."""
    document = _object(_json(text, "extend"), "extend")
    ids = [_string(each, "extend.ids") for each in _list(document, "ids")]
    wanted = [_wanted(each, f"extend.properties[{n}]") for n, each in enumerate(_list(document, "properties"))]
    if len(ids) > MOST_IDS or len(wanted) > MOST_PROPERTIES:
        raise TooLarge(
            f"Vraag hoogstens {MOST_IDS} ids en {MOST_PROPERTIES} eigenschappen tegelijk.",
            f"Ask for at most {MOST_IDS} ids and {MOST_PROPERTIES} properties at a time.",
        )
    return Extension(tuple(ids), tuple(wanted))


def _json(text: str, name: str) -> Any:
    """A JSON text of a stranger (RFC 8259). No NaN, no number or nesting without end, no half of a sign."""
    try:
        found = json.loads(text, parse_constant=_no_number)
        json.dumps(found, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise BadRequest(
            f"In {name} staat een half teken (een losse surrogaat). Stuur geldige Unicode.",
            f"There is half a character (a lone surrogate) in {name}. Send valid Unicode.",
        ) from None
    except json.JSONDecodeError as error:
        raise BadRequest(
            f"{name} is geen geldige JSON: regel {error.lineno}, teken {error.colno}.",
            f"{name} is not valid JSON: line {error.lineno}, character {error.colno}.",
        ) from None
    except (ValueError, RecursionError):
        raise BadRequest(
            f"{name} is geen JSON die wij lezen: een getal is te lang of is geen getal, of de haken gaan te diep.",
            f"{name} is no JSON that we read: a number is too long or is none, or brackets go too deep.",
        ) from None
    return found


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _query(value: object, where: str) -> Query:
    given = _object(value, where)
    for key in given:
        if key not in _QUERY_KEYS:
            known = ", ".join(_QUERY_KEYS)
            raise BadRequest(
                f"{where}.{_short(key)} bestaat niet. Een vraag kan hebben: {known}.",
                f"{where}.{_short(key)} does not exist. A query can have: {known}.",
            )
    conditions = tuple(_condition(c, f"{where}.properties[{n}]") for n, c in enumerate(_list(given, "properties", [])))
    if "query" not in given and not conditions:
        raise BadRequest(
            f"{where} vraagt niets: geef query, of properties, of beide.",
            f"{where} asks for nothing: give query, or properties, or both.",
        )
    strict = _string(given.get("type_strict", ANY), f"{where}.type_strict")
    if strict not in (ANY, SHOULD, ALL):
        raise BadRequest(
            f"{where}.type_strict moet any, should of all zijn.", f"{where}.type_strict must be any, should or all."
        )
    types = given.get("type", [])
    return Query(
        _string(given.get("query", ""), f"{where}.query")[:LONGEST].strip(),
        tuple(_string(t, f"{where}.type") for t in (types if isinstance(types, list) else [types])),
        strict,
        min(_count(given.get("limit", DEFAULT_LIMIT), f"{where}.limit"), MOST_CANDIDATES),
        conditions,
    )


def _condition(value: object, where: str) -> Condition:
    given = _object(value, where)
    if "v" not in given:
        raise BadRequest(f"{where}.v ontbreekt.", f"{where}.v is missing.")
    values = given["v"] if isinstance(given["v"], list) else [given["v"]]
    return Condition(_string(given.get("pid"), f"{where}.pid"), tuple(_value(v, f"{where}.v") for v in values))


def _value(value: object, where: str) -> str:
    if isinstance(value, dict):
        value = value.get("id")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if isinstance(value, int | float) else _string(value, where)[:LONGEST]


def _wanted(value: object, where: str) -> Wanted:
    given = _object(value, where)
    settings = _object(given.get("settings") or {}, f"{where}.settings")
    language, limit = settings.get("lang") or "", settings.get("limit") or 0
    if isinstance(limit, str) and limit.isascii() and limit.isdecimal() and len(limit) < 7:
        limit = int(limit)  # OpenRefine sends what was typed in its dialogue
    number = _count(limit, f"{where}.settings.limit") if limit else 0
    return Wanted(_string(given.get("id"), f"{where}.id"), _string(language, f"{where}.settings.lang"), number)


def _object(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise BadRequest(f"{where} moet een JSON-object zijn: {{…}}.", f"{where} must be a JSON object: {{…}}.")
    return value


def _list(given: Mapping[str, Any], name: str, default: list[Any] | None = None) -> list[Any]:
    value = given.get(name, default)
    if not isinstance(value, list):
        raise BadRequest(f"{name} moet een JSON-lijst zijn: […].", f"{name} must be a JSON list: […].")
    return value


def _string(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise BadRequest(f"{where} moet een tekst zijn.", f"{where} must be a string.")
    return value


def _count(value: object, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 1 <= value < _LARGE or value % 1:
        raise BadRequest(f"{where} moet een heel getal boven nul zijn.", f"{where} must be a whole number above zero.")
    return int(value)


def _short(key: str) -> str:
    """A key of a stranger, as a message may repeat it."""
    return "".join(c for c in key[:40] if c.isprintable())
