"""The JSON-LD that an institute can put on its own page of a source, so that programs see what that page is about."""

from kbs_graph.contributions import snippets
from kbs_graph.rows import Row, text_in
from webui.structured import short_language

LANGUAGE = "nl"
"""The language of names in a snippet: that of the pages it is for, whatever the reader's."""


def of(row: Row) -> str:
    """The script element for the page of a source, with what is known of it and the concepts it is about."""
    about = (*row.about, *row.domains, *row.target_groups)
    known = {
        "datePublished": row.year,
        "timeRequired": f"PT{row.minutes}M" if row.minutes else None,
        "isAccessibleForFree": row.free,
    }
    page = snippets.About(
        title=text_in(row.ref.label, LANGUAGE),
        address=row.address or "",
        kind=(row.kind.slug if row.kind else None) or "",
        language=short_language(row.languages[0]) if row.languages else LANGUAGE,
        publisher=", ".join(text_in(ref.label, LANGUAGE) for ref in row.publishers),
        concepts=snippets.concepts((ref.iri, text_in(ref.label, LANGUAGE)) for ref in about),
        others={name: value for name, value in known.items() if value is not None},
    )
    return snippets.script(page)
