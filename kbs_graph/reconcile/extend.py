"""The values of properties of things, to extend a table with (reconciliation API 0.2, section 5)."""

from collections.abc import Iterable
from datetime import date

from kbs_graph.errors import BadRequest, Words
from kbs_graph.model import Ref
from kbs_graph.reconcile import properties, types
from kbs_graph.reconcile.asked import Extension, Wanted
from kbs_graph.reconcile.known import Known
from kbs_graph.reconcile.properties import Property, Value
from kbs_graph.rows import Row, text_in
from kbs_graph.terms import parts_of

_YES_NO = {True: Words("ja", "yes"), False: Words("nee", "no")}


def answer(known: Known, asked: Extension, language: str) -> dict[str, object]:
    """The properties asked for and their values by id; an id we do not have has none. Raises BadRequest.

    A property in another language than `language` says so in its settings.
    """
    found = [(_property(wanted.property), wanted) for wanted in asked.wanted]
    return {
        "meta": [_meta(each, language) for each, _ in found],
        "rows": {
            name: {each.id: _values(known, known.thing(name), each, wanted, language) for each, wanted in found}
            for name in asked.ids
        },
    }


def proposed(segments: Iterable[str], language: str, most: int | None = None) -> list[dict[str, object]]:
    """The properties to choose from for things of these kinds."""
    return [described(each, language) for each in properties.of_types(segments)[:most]]


def described(found: Property, language: str) -> dict[str, object]:
    """A property as the API writes it when it is proposed or suggested."""
    return {
        "id": found.id,
        "name": found.name.in_language(language),
        "description": found.about.in_language(language),
    }


def _property(name: str) -> Property:
    found = properties.BY_ID.get(name)
    if found is None:
        there = ", ".join(properties.BY_ID)
        raise BadRequest(
            f"De eigenschap {name[:40]!r} is er niet. Wel: {there}.",
            f"There is no property {name[:40]!r}. There are: {there}.",
        )
    return found


def _meta(found: Property, language: str) -> dict[str, object]:
    target = {"type": types.document(found.target, language)} if found.target else {}
    return {"id": found.id, "name": found.name.in_language(language), **target}


def _values(known: Known, row: Row | None, found: Property, wanted: Wanted, language: str) -> list[dict[str, object]]:
    if row is None:
        return []
    spoken = wanted.language or language
    written = (_written(value, spoken, found) for value in found.values(known, row))
    once = {str(value): value for value in written if value}
    return list(once.values())[: wanted.limit or None]


def _written(value: Value, language: str, found: Property) -> dict[str, object]:
    """A value as the API writes it; nothing for a text that is not there in the language, when there are several."""
    match value:
        case Ref():
            parts = parts_of(value.iri)
            name = text_in(value.label, language)
            return {"id": "/".join(parts), "name": name} if parts and parts[0] in types.BY_SEGMENT else {"str": name}
        case bool():
            return {"str": _YES_NO[value].in_language(language)}
        case int():
            return {"int": value}
        case date():
            return {"date": f"{value.isoformat()}T00:00:00Z"}
        case str():
            return {"str": value}
    if found.id == properties.WORDS:
        return {"str": value[language]} if language in value else {}
    return {"str": text_in(value, language)}
