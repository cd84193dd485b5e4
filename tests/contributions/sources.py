"""Sources as an organisation would hand them in, as the lines that a contribution holds."""

from collections.abc import Iterable

from kbs_graph.contributions.model import Contribution
from kbs_graph.terms import ID, K

DCTERMS = "http://purl.org/dc/terms/"
NLD = "<http://publications.europa.eu/resource/authority/language/NLD>"
KNOWN = "bron/geldzorgen-herkennen"
KNOWN_PAGE = "https://www.nibud.nl/geldzorgen-herkennen/"
ASPECT, OTHER_ASPECT = "aspect/geldzorgen-signaleren", "aspect/financieel-misbruik"


def source(
    key: str,
    title: str = "Omgaan met geld",
    page: str = "",
    about: Iterable[str] = (ASPECT,),
    kind: str = "bronsoort/handreiking",
    extra: Iterable[tuple[str, str]] = (),
) -> list[str]:
    """The lines of a source with this key (`bron/<slug>`); its page follows from the key unless given."""
    this = f"<{ID}{key}>"
    page = page or f"https://www.voorbeeld.nl/{key.rpartition('/')[2]}"
    said = [
        ("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", f"<{K.KnowledgeSource}>"),
        (DCTERMS + "title", f'"{title}"@nl'),
        ("http://xmlns.com/foaf/0.1/page", f"<{page}>"),
        (DCTERMS + "type", f"<{ID}{kind}>"),
        (DCTERMS + "language", NLD),
        *((DCTERMS + "subject", f"<{ID}{subject}>") for subject in about),
        *extra,
    ]
    return [f"{this} <{predicate}> {value} ." for predicate, value in said]


def many(organisation: str, count: int, title: str = "Bron") -> list[str]:
    """The lines of so many new sources of an organisation."""
    return [line for i in range(count) for line in source(f"bron/{organisation}-{i}", f"{title} {i}")]


def contribution(organisation: str, *sources: Iterable[str]) -> Contribution:
    """A contribution of these sources."""
    return Contribution(organisation, frozenset(line for lines in sources for line in lines))
