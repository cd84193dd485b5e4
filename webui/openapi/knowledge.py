"""What is known, as lists for programs: the case finder, what is there and missing, mappings, and what is new."""

from kbs_graph.errors import Words
from webui.openapi.parts import (
    COUNT,
    DAY,
    IRI,
    LANG,
    LANGUAGE,
    SLUG,
    TEXT,
    YES_NO,
    Json,
    get,
    in_path,
    in_query,
    many,
    or_null,
    record,
    ref,
    table,
)

TAG = ("knowledge", Words("Wat er bekend is", "What is known"))
_GAP = ("kind", "title", "todo", "of", "number")
_ALSO = ("href", "json", "csv")


def _narrowed(name: str, nl: str, en: str) -> Json:
    return in_query(name, many(TEXT), Words(nl, en))


_HELPER = record(("howToReach",), iri=IRI, label=TEXT, howToReach=TEXT)
SCHEMAS = {
    "Thing": record(iri=IRI, label=TEXT),
    "Case": record(
        chosen=record(doelgroep=many(SLUG), signaal=many(SLUG)),
        unknown=many(TEXT),
        lang=LANGUAGE,
        safety=or_null(record(signs=many(ref("Thing")), emergency=TEXT, specialists=many(_HELPER))),
        aspects=many(ref("CaseAspect")),
        exceedsTeam=YES_NO,
        exceedsTeamBecause=many(TEXT),
    ),
    "CaseAspect": record(
        iri=IRI,
        label=TEXT,
        href=IRI,
        domain=TEXT,
        domainIri=IRI,
        specific=YES_NO,
        reasons=many(record(iri=IRI, label=TEXT, wordings=many(TEXT))),
        remarks=many(record(iri=IRI, label=TEXT, text=TEXT)),
        questions=many(TEXT),
        specialists=many(record(iri=or_null(IRI), label=TEXT, trigger=TEXT, urgency=or_null(TEXT))),
        sources=many(ref("Thing")),
        urgent=YES_NO,
    ),
    "Coverage": record(
        lang=LANGUAGE,
        day=DAY,
        tables=many(ref("CoverageTable")),
        gaps=many(record(**dict.fromkeys(_GAP[:3], TEXT), of=COUNT, number=COUNT, **dict.fromkeys(_ALSO, IRI))),
    ),
    "CoverageTable": record(
        key=SLUG,
        title=TEXT,
        about=TEXT,
        words=TEXT,
        csv=IRI,
        columns=many(record(("iri",), label=TEXT, iri=IRI)),
        rows=many(record(("iri", "area"), label=TEXT, iri=IRI, area=TEXT, cells=many(ref("CoverageCell")))),
    ),
    "CoverageCell": record(("of", "level", "word", "href"), number=COUNT, of=COUNT, level=TEXT, word=TEXT, href=IRI),
    "Gaps": record(
        lang=LANGUAGE,
        kind=SLUG,
        title=TEXT,
        todo=TEXT,
        of=COUNT,
        number=COUNT,
        gaps=many(
            record(
                ("for", "detail"),
                iri=IRI,
                label=TEXT,
                domains=many(IRI),
                **{"for": ref("Thing")},
                detail=TEXT,
                suggest=IRI,
            )
        ),
    ),
    "Mappings": record(
        lang=LANGUAGE,
        number=COUNT,
        schemes=many(
            record(iri=IRI, prefix=TEXT, label=TEXT, about=TEXT, numbers=table(COUNT), mappings=many(ref("Mapping")))
        ),
        unmapped=table(many(IRI)),
    ),
    "Mapping": record(
        ("status", "author", "date"),
        subject=ref("Thing"),
        relation={"type": "string", "pattern": "^skos:[a-z]+Match$"},
        words=TEXT,
        object=record(("notation",), iri=IRI, label=TEXT, notation=TEXT),
        why=TEXT,
        restsOn=TEXT,
        status=IRI,
        author=IRI,
        date=DAY,
    ),
    "News": record(unreleased=or_null(many(ref("Change"))), releases=many(ref("Release"))),
    "Release": record(
        version=TEXT,
        id=IRI,
        date=DAY,
        notes=table(TEXT),
        sha256=TEXT,
        numbers=table(COUNT),
        changes=many(ref("Change")),
    ),
    "Change": record(change=TEXT, thing=IRI, label=table(TEXT), properties=many(TEXT), continuedAs=or_null(IRI)),
}
PATHS = {
    "/{lang}/casushulp.json": get(
        "case",
        TAG[0],
        Words(
            "Van doelgroepen en signalen naar kennis, vragen en hulp. Er gaat geen tekst van een casus mee.",
            "From target groups and signs to knowledge, questions and help. No text of a case goes along.",
        ),
        ref("Case"),
        [
            LANG,
            in_query("doelgroep", many(SLUG), Words("Gekozen doelgroepen.", "Target groups chosen."), ["ouderen"]),
            in_query("signaal", many(SLUG), Words("Gekozen signalen.", "Signs chosen."), ["ongeopende-post"]),
        ],
        [400],
    ),
    "/{lang}/dekking.json": get(
        "coverage",
        TAG[0],
        Words("Wat er is en wat er mist, geteld.", "What is there and what is missing, counted."),
        ref("Coverage"),
        [LANG],
    ),
    "/{lang}/dekking/{gap}.json": get(
        "gaps",
        TAG[0],
        Words("Een lijst van wat er mist.", "A list of what is missing."),
        ref("Gaps"),
        [
            LANG,
            in_path(
                "gap",
                SLUG,
                Words("Wat er mist, zoals bij dekking.", "What is missing, as in coverage."),
                "kennis-zonder-aandachtspunt",
            ),
            _narrowed("domein", "Alleen in deze domeinen.", "Only in these domains."),
            _narrowed("doelgroep", "Alleen voor deze doelgroepen.", "Only for these target groups."),
            _narrowed("niveau", "Alleen algemeen of specifiek.", "Only algemeen (general) or specifiek (specific)."),
        ],
        [400, 404],
    ),
    "/{lang}/koppelingen.json": get(
        "mappings",
        TAG[0],
        Words("Hoe onze begrippen bij andere stelsels passen.", "How our concepts meet other schemes."),
        ref("Mappings"),
        [
            LANG,
            _narrowed("kader", "Alleen met deze stelsels, zoals upl.", "Only with these schemes, such as upl."),
            _narrowed("relatie", "Alleen dit soort koppeling.", "Only this kind of mapping."),
        ],
        [400],
    ),
    "/{lang}/nieuw.json": get(
        "news",
        TAG[0],
        Words(
            "Wat er nieuw en veranderd is, de nieuwste uitgave eerst.", "What is new and changed, newest release first."
        ),
        ref("News"),
        [LANG],
    ),
}
