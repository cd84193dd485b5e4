"""The piece of JSON-LD that an organisation puts in its own page, so that programs see what the page is about."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kbs_graph.terms import iri_of

CONTEXT = "https://schema.org"
SCHEME = iri_of("kader", "kennisbouwstenen")
TYPES = {
    "website": "WebPage",
    "e-learning": "Course",
    "video": "VideoObject",
    "onderzoek": "Report",
    "handreiking": "Guide",
    "methode": "HowTo",
}
"""The class of schema.org by the kind of source; any other is a CreativeWork."""


@dataclass(frozen=True)
class About:
    """What a page says of itself, as far as it is known; `concepts` are (IRI, name) pairs."""

    title: str = ""
    address: str = ""
    kind: str = ""
    language: str = "nl"
    publisher: str = ""
    concepts: tuple[tuple[str, str], ...] = ()
    others: Mapping[str, object] | None = None


def document(page: About) -> dict[str, object]:
    """The piece as JSON; what is not known is left out."""
    found: dict[str, object] = {
        "@context": CONTEXT,
        "@type": TYPES.get(page.kind, "CreativeWork"),
        **(page.others or {}),
        "name": page.title,
        "url": page.address,
        "inLanguage": page.language,
        "publisher": {"@type": "Organization", "name": page.publisher} if page.publisher else "",
        "about": [_concept(iri, name) for iri, name in page.concepts],
    }
    return {name: value for name, value in found.items() if value}


def script(page: About) -> str:
    """The piece as it goes in the head of a page. No text in it can end the script."""
    text = json.dumps(document(page), ensure_ascii=False, indent=2).replace("</", "<\\/").replace("<!--", "<\\u0021--")
    return f'<script type="application/ld+json">\n{text}\n</script>'


def _concept(iri: str, name: str) -> Mapping[str, object]:
    return {"@type": "DefinedTerm", "@id": iri, "name": name, "inDefinedTermSet": SCHEME}


def concepts(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Concepts each once, in the order given."""
    return tuple(dict(pairs).items())
