"""What is new and what was changed, the newest month first; and what was retired, with what came in its place."""

import re
from collections.abc import Iterator

from kbs_graph.folding import sort_key
from kbs_graph.skosmos.naming import shown
from kbs_graph.skosmos.question import CONTEXT, Document, Question

_MOST = 200
"""How many are told when no limit is asked."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def new(question: Question) -> Document:
    """The concepts by the day they were made."""
    return _listed(question, ((each.iri, each.created) for each in question.table.within(question.vocabulary)))


def modified(question: Question) -> Document:
    """The concepts by the day they were last changed."""
    return _listed(question, ((each.iri, each.modified) for each in question.table.within(question.vocabulary)))


def _listed(question: Question, dated: Iterator[tuple[str, str]]) -> Document:
    """Things with their days (those without a whole one are left out), and the retired ones by the day of that."""
    table, lang = question.table, question.lang
    rows = [
        {"uri": iri, "prefLabel": shown(table.concepts[iri].names, lang, iri), "date": _moment(day)}
        for iri, day in dated
        if _DAY.match(day)
    ]
    for each in table.retired_from(question.within):
        if not _DAY.match(each.day):
            continue
        row = {"uri": each.iri, "prefLabel": shown(each.names, lang, each.iri), "date": _moment(each.day)}
        after = table.concepts.get(each.successor)
        if each.successor:
            row["replacedBy"] = each.successor
        if after:
            row["replacingLabel"] = shown(after.names, lang, after.iri)
        rows.append(row)
    rows.sort(key=lambda row: (sort_key(row["prefLabel"]), row["uri"]))
    rows.sort(key=lambda row: row["date"][:7], reverse=True)
    offset, limit = question.lenient_number("offset", 0), question.lenient_number("limit", 0) or _MOST
    return {
        "@context": {
            **CONTEXT,
            "@language": lang,
            "prefLabel": "skos:prefLabel",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
            "date": {"@id": "http://purl.org/dc/terms/date", "@type": "http://www.w3.org/2001/XMLSchema#dateTime"},
        },
        "changeList": rows[offset : offset + limit],
    }


def _moment(day: str) -> str:
    """A day as the moment it began; the graph knows no hours."""
    return f"{day[:10]}T00:00:00+0000"
