"""Searching, and words to go on with."""

from kbs_graph.errors import Words
from webui.openapi.parts import (
    COUNT,
    IRI,
    LANG,
    LANGUAGE,
    NUMBER,
    TEXT,
    Json,
    get,
    in_query,
    many,
    record,
    ref,
    told,
)
from webui.views import search

TAG = ("search", Words("Zoeken", "Searching"))
_WORDS = in_query("q", TEXT, Words("Wat je zoekt.", "What to look for."), "schulden")


def _facet(name: str, nl: str, en: str) -> Json:
    return in_query(name, many(TEXT), Words(nl, en))


SCHEMAS = {
    "Found": record(
        ("readAs", "near", "unknown", "cutAt"),
        query=TEXT,
        total=COUNT,
        results=many(ref("Result")),
        readAs=told(
            TEXT,
            "De woorden waarmee is gezocht, als jouw woorden niets gaven.",
            "The words that were looked for, when yours gave nothing.",
        ),
        near=told(many(TEXT), "Woorden die erop lijken.", "Words that are like it."),
        unknown=told(many(TEXT), "Wat we in het adres niet kennen.", "What in the address is unknown."),
        cutAt=told(COUNT, "Na zoveel tekens is de vraag afgebroken.", "The question was cut after so many characters."),
    ),
    "Result": record(
        iri=IRI,
        type=told(TEXT, "Soort ding, zoals in het adres.", "Kind of thing, as in the address."),
        label=TEXT,
        lang=LANGUAGE,
        matched=told(TEXT, "Wat er overeenkwam.", "What matched."),
        snippet=told(TEXT, "De zin waarin het staat, of leeg.", "The sentence in which it stands, or empty."),
        href=IRI,
        role=told(
            TEXT,
            "Waar het staat: in de naam, een ander woord, een tekst.",
            "Where it stands: the name, another word, a text.",
        ),
        how=told(TEXT, "Hoe het overeenkwam.", "How it matched."),
        score=NUMBER,
    ),
    "Suggestions": record(query=TEXT, suggestions=many(record(label=TEXT, lang=LANGUAGE, type=TEXT, href=TEXT))),
}
PATHS = {
    "/{lang}/zoeken.json": get(
        "search",
        TAG[0],
        Words("Zoek in alle namen en teksten; het beste eerst.", "Search in all names and texts, best first."),
        ref("Found"),
        [
            LANG,
            _WORDS,
            in_query(
                "limit",
                {"type": "integer", "minimum": 1, "maximum": search.MOST_A_PAGE},
                Words("Hoeveel tegelijk.", "How many at a time."),
                5,
            ),
            in_query(
                "pagina",
                {"type": "integer", "minimum": 1, "maximum": search.LAST_PAGE},
                Words("Welke bladzijde.", "Which page."),
                1,
            ),
            _facet("soort", "Alleen deze soorten ding, zoals aspect.", "Only these kinds of thing, such as aspect."),
            _facet("domein", "Alleen in deze domeinen, zoals inkomen.", "Only in these domains, such as inkomen."),
            _facet(
                "doelgroep", "Alleen voor deze doelgroepen, zoals lvb.", "Only for these target groups, such as lvb."
            ),
            _facet("niveau", "Alleen algemeen of specifiek.", "Only algemeen (general) or specifiek (specific)."),
            _facet("bronsoort", "Alleen bronnen van deze soort.", "Only sources of this kind."),
        ],
        [400],
    ),
    "/{lang}/zoeken/suggesties": get(
        "suggest",
        TAG[0],
        Words("Wat de woorden tot nu toe kunnen worden.", "What the words so far may become."),
        ref("Suggestions"),
        [LANG, _WORDS],
    ),
}
