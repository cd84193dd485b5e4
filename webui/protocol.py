"""What a request to the SPARQL endpoint asks (SPARQL 1.1 Protocol, section 2.1), read strictly."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl

from kbs_graph import sparql
from kbs_graph.errors import BadRequest, KbsError

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
_MOST_FIELDS = 1000
_NOT_ENCODED = re.compile(r"%(?![0-9A-Fa-f]{2}).{0,2}", re.DOTALL)


class UnsupportedMediaType(KbsError):
    """A query sent in a way we cannot read."""

    status = 415


@dataclass(frozen=True)
class Asked:
    """The one query of a request, if it has one, with the dataset named beside it, and the `format` asked for."""

    query: str | None
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    form: str = ""


def read(method: str, query_string: bytes, content_type: str, charset: str, body: bytes) -> Asked:
    """Read a request from its raw parts.

    `format` (or `output`) is not of the protocol, but many clients send it; all other fields it does not know are
    passed over. Raises BadRequest (not exactly one query, not UTF-8, not percent-encoded), Forbidden (an update) and
    UnsupportedMediaType.
    """
    fields = _fields(query_string)
    if method == "POST":
        if content_type == UPDATE:
            raise sparql.no_updates()
        if content_type not in (FORM, QUERY):
            raise UnsupportedMediaType(
                f"Stuur de vraag als {FORM} of als {QUERY}.", f"Send the query as {FORM} or as {QUERY}."
            )
        if charset.lower() not in ("", "utf-8", "utf8"):
            raise _not_utf8()
        if content_type == FORM:
            fields += _fields(body)
        else:
            fields.append(("query", _text(body)))
    if any(name.lower() == "update" for name, _ in fields):
        raise sparql.no_updates()
    return Asked(
        _one_query(_values(fields, "query"), method),
        _values(fields, "default-graph-uri"),
        _values(fields, "named-graph-uri"),
        next(iter(_values(fields, "format") + _values(fields, "output")), "").strip().lower(),
    )


def _one_query(queries: tuple[str, ...], method: str) -> str | None:
    if len(queries) > 1 or (method == "POST" and not queries):
        raise BadRequest(
            f"Stuur precies één vraag mee (de parameter query); dit zijn er {len(queries)}.",
            f"Send exactly one query (the parameter query); these are {len(queries)}.",
        )
    if not queries:
        return None
    query = queries[0].removeprefix("\ufeff")
    if not query.strip():
        raise BadRequest("De vraag (de parameter query) is leeg.", "The query (the parameter query) is empty.")
    if "\0" in query:  # as in UTF-16 that nothing says is UTF-16
        raise _not_utf8()
    return query


def _values(fields: list[tuple[str, str]], wanted: str) -> tuple[str, ...]:
    return tuple(value for name, value in fields if name == wanted)


def _fields(raw: bytes) -> list[tuple[str, str]]:
    text = _text(raw)
    wrong = _NOT_ENCODED.search(text)
    if wrong:
        raise BadRequest(
            f"\u201c{wrong.group()}\u201d is geen geldige codering. Schrijf een procentteken als %25.",
            f"\u201c{wrong.group()}\u201d is not a valid encoding. Write a percent sign as %25.",
        )
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError:
        raise _not_utf8() from None
    except ValueError:
        raise BadRequest(
            f"Er zijn meer dan {_MOST_FIELDS} velden meegestuurd.", f"More than {_MOST_FIELDS} fields were sent."
        ) from None


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise _not_utf8() from None


def _not_utf8() -> BadRequest:
    return BadRequest("Stuur de vraag in UTF-8.", "Send the query in UTF-8.")
