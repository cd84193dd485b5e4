"""What a request to the SPARQL endpoint asks (SPARQL 1.1 Protocol, section 2.1), read strictly."""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from kbs_graph.errors import BadRequest, Forbidden, KbsError

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
_MOST_FIELDS = 1000


class UnsupportedMediaType(KbsError):
    status = 415


@dataclass(frozen=True)
class Asked:
    """The one query of a request, if it has one, with the dataset named beside it."""

    query: str | None
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]


def read(method: str, query_string: bytes, content_type: str, charset: str, body: bytes) -> Asked:
    """Read a request from its raw parts.

    Raises BadRequest (more than one query, no query in a POST, not UTF-8), Forbidden (an update) and
    UnsupportedMediaType.
    """
    fields = _fields(query_string)
    queries = [value for name, value in fields if name == "query"]
    if method == "POST":
        if content_type == UPDATE:
            raise _no_updates()
        if content_type not in (FORM, QUERY):
            raise UnsupportedMediaType(
                f"Stuur de vraag als {FORM} of als {QUERY}.", f"Send the query as {FORM} or as {QUERY}."
            )
        if charset.lower() not in ("", "utf-8", "utf8"):
            raise _not_utf8()
        if content_type == FORM:
            posted = _fields(body)
            fields = [*fields, *posted]
            queries += [value for name, value in posted if name == "query"]
        else:
            queries.append(_text(body))
    if any(name == "update" for name, _ in fields):
        raise _no_updates()
    if len(queries) > 1 or (method == "POST" and not queries):
        raise BadRequest(
            f"Stuur precies een vraag mee; dit zijn er {len(queries)}.",
            f"Send exactly one query; these are {len(queries)}.",
        )
    return Asked(
        next(iter(queries), None),
        tuple(value for name, value in fields if name == "default-graph-uri"),
        tuple(value for name, value in fields if name == "named-graph-uri"),
    )


def _fields(raw: bytes) -> list[tuple[str, str]]:
    text = _text(raw)
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


def _no_updates() -> Forbidden:
    return Forbidden(
        "Deze dienst is alleen om te lezen; wijzigen kan hier niet.",
        "This service is for reading only; updates are not possible here.",
    )
