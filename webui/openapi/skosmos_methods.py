"""The methods of the REST API v1 of Skosmos: what each is for, what it takes, and what it answers."""

from dataclasses import dataclass, replace

from kbs_graph.errors import Words
from webui.openapi.parts import (
    COUNT,
    IRI,
    TEXT,
    YES_NO,
    Json,
    in_path,
    in_query,
    many,
    or_null,
    record,
    ref,
    table,
)

_EXAMPLE = "https://w3id.org/kennisbouwstenen/id/domein/inkomen"


def _document(**fields: Json) -> Json:
    """An answer: a JSON-LD context and these fields, of which any that is not `uri` may be left out."""
    return record(**{"@context": {"type": "object"}}, **fields)


_NAMED = record(uri=IRI, prefLabel=TEXT)
_BELOW = record(
    ("notation", "label", "prefLabel"), uri=IRI, label=TEXT, prefLabel=TEXT, hasChildren=YES_NO, notation=TEXT
)
_WALKED = record(("broader", "narrower"), uri=IRI, prefLabel=TEXT, broader=many(IRI), narrower=many(IRI))
_PLACED = record(
    ("top", "tops", "notation", "broader", "narrower", "hasChildren"),
    uri=IRI,
    top=IRI,
    tops=many(IRI),
    prefLabel=TEXT,
    notation=TEXT,
    broader=many(IRI),
    narrower=many(_BELOW),
    hasChildren=YES_NO,
)
_CHANGES = _document(
    changeList=many(
        record(
            ("replacedBy", "replacingLabel"), uri=IRI, prefLabel=TEXT, date=TEXT, replacedBy=IRI, replacingLabel=TEXT
        )
    )
)
_COUNTED: dict[str, Json] = {"label": TEXT, "count": COUNT, "deprecatedCount": COUNT}
SCHEMAS = {
    "SkosmosHit": {
        "type": "object",
        "properties": {
            "uri": IRI,
            "type": many(TEXT),
            "localname": TEXT,
            "prefLabel": TEXT,
            "lang": TEXT,
            "notation": TEXT,
            "altLabel": TEXT,
            "hiddenLabel": TEXT,
            "matchedPrefLabel": TEXT,
            "vocab": TEXT,
        },
        "required": ["uri", "type", "prefLabel", "lang", "vocab"],
        "description": Words("Een treffer, met wat fields erbij vraagt.", "A hit, with what fields asks for as well."),
    },
    "SkosmosMapping": {
        "type": "object",
        "required": ["uri", "type", "from", "to", "fromScheme", "toScheme"],
        "description": Words("Een koppeling in JSKOS.", "A mapping in JSKOS."),
    },
}


@dataclass(frozen=True)
class Method:
    """A method: what it is for, the answer, its parameters, and whether it belongs to one vocabulary."""

    words: Words
    schema: Json
    parameters: tuple[Json, ...] = ()


def _number(name: str, least: int, nl: str, en: str) -> Json:
    return in_query(name, {"type": "integer", "minimum": least, "maximum": 999_999_999}, Words(nl, en))


LANG = in_query("lang", TEXT, Words("Taal van de namen.", "Language of the names."), "nl")
_LANG_NEEDED = {**LANG, "required": True}
URI = in_query("uri", IRI, Words("IRI van het begrip.", "IRI of the concept."), _EXAMPLE, required=True)
_OFFSET = in_query("offset", COUNT, Words("Zoveel overslaan.", "Pass over so many."))
_LIMIT = in_query("limit", COUNT, Words("Hoogstens zoveel.", "At most so many."))
_FAR = _number("limit", 1, "Hoogstens zoveel begrippen.", "At most so many concepts.")
_SEARCH = Method(
    Words(
        "Begrippen met een naam die past; * staat voor alles.", "Concepts with a name that fits; * stands for anything."
    ),
    _document(uri=TEXT, results=many(ref("SkosmosHit"))),
    (
        in_query("query", TEXT, Words("De naam, of een deel met *.", "The name, or part of it with *."), "schuld*"),
        LANG,
        in_query("labellang", TEXT, Words("Taal om te tonen.", "Language to show.")),
        in_query("type", TEXT, Words("Alleen deze soort.", "Only this kind.")),
        in_query("parent", IRI, Words("Alleen hieronder.", "Only below this.")),
        in_query("group", IRI, Words("Alleen in deze groep.", "Only in this group.")),
        in_query("scheme", IRI, Words("Alleen in dit kader.", "Only in this scheme.")),
        in_query("fields", TEXT, Words("Wat erbij moet, met spaties.", "What to add, with spaces.")),
        in_query("unique", YES_NO, Words("Elk begrip een keer.", "Every concept once.")),
        _number("maxhits", 1, "Hoogstens zoveel.", "At most so many."),
        _number("offset", 0, "Zoveel overslaan.", "Pass over so many."),
    ),
)
_LABEL = Method(
    Words("De namen van een begrip.", "The names of a concept."),
    record(
        ("prefLabel", "altLabel", "hiddenLabel"),
        **{"@context": {"type": "object"}},
        uri=IRI,
        prefLabel=TEXT,
        altLabel=many(TEXT),
        hiddenLabel=many(TEXT),
    ),
    (URI, LANG),
)
_TYPES = Method(
    Words("De soorten begrip.", "The kinds of concept."),
    _document(uri=TEXT, types=many(record(("label", "superclass"), uri=IRI, label=TEXT, superclass=IRI))),
    (LANG,),
)
GLOBAL = {
    "vocabularies": Method(
        Words("Alle vocabulaires.", "All vocabularies."),
        _document(uri=TEXT, vocabularies=many(record(uri=TEXT, id=TEXT, title=TEXT))),
        (_LANG_NEEDED,),
    ),
    "search": replace(
        _SEARCH, parameters=(*_SEARCH.parameters, in_query("vocab", TEXT, Words("Alleen hierin.", "Only in this.")))
    ),
    "label": _LABEL,
    "types": replace(_TYPES, parameters=(_LANG_NEEDED,)),
}
"""The methods without a vocabulary, by their path."""
OF_VOCABULARY = {
    "": Method(
        Words("Wat een vocabulaire is.", "What a vocabulary is."),
        _document(
            uri=TEXT,
            id=TEXT,
            marcSource=or_null(TEXT),
            title=TEXT,
            defaultLanguage=TEXT,
            languages=many(TEXT),
            conceptschemes=many(record(label=TEXT, prefLabel=TEXT, title=TEXT, uri=IRI, type=TEXT)),
        ),
        (LANG,),
    ),
    "types": _TYPES,
    "topConcepts": Method(
        Words("De bovenste begrippen.", "The top concepts."),
        _document(
            uri=TEXT,
            topconcepts=many(
                record(("notation",), uri=IRI, topConceptOf=IRI, label=TEXT, hasChildren=YES_NO, notation=TEXT)
            ),
        ),
        (LANG, in_query("scheme", IRI, Words("Van dit kader.", "Of this scheme."))),
    ),
    "mappings": Method(
        Words("De koppelingen van een begrip.", "The mappings of a concept."),
        _document(mappings=many(ref("SkosmosMapping")), graph=TEXT),
        (
            URI,
            LANG,
            in_query("clang", TEXT, Words("Taal van de namen van anderen.", "Language of the names of others.")),
            in_query("external", YES_NO, Words("Met de namen van anderen.", "With the names of others.")),
        ),
    ),
    "search": _SEARCH,
    "label": _LABEL,
    "lookup": Method(
        Words("Begrippen met precies deze naam.", "Concepts with exactly this name."),
        _document(result=many(ref("SkosmosHit"))),
        (in_query("label", TEXT, Words("De naam.", "The name."), "Inkomen", required=True), LANG),
    ),
    "index": Method(
        Words("De letters waarmee namen beginnen.", "The letters that names begin with."),
        _document(uri=TEXT, indexLetters=many(TEXT)),
        (LANG,),
    ),
    "index/{letter}": Method(
        Words("De namen onder een letter.", "The names under a letter."),
        _document(
            uri=TEXT,
            indexConcepts=many(
                record(("altLabel",), uri=IRI, localname=TEXT, prefLabel=TEXT, altLabel=TEXT, lang=TEXT)
            ),
        ),
        (
            in_path("letter", {"type": "string", "pattern": "^[A-Z]$|^0-9$"}, Words("De letter.", "The letter."), "A"),
            LANG,
            _OFFSET,
            _LIMIT,
        ),
    ),
    **{
        name: Method(Words(nl, en), _document(uri=IRI, **{name: many(_NAMED)}), (URI, LANG))
        for name, nl, en in (
            ("broader", "Wat erboven staat.", "What stands above it."),
            ("narrower", "Wat eronder staat.", "What stands below it."),
            ("related", "Wat erbij hoort.", "What goes with it."),
        )
    },
    **{
        name: Method(Words(nl, en), _document(uri=IRI, **{name: table(_WALKED)}), (URI, LANG, _FAR))
        for name, nl, en in (
            ("broaderTransitive", "Alles wat erboven staat.", "All that stands above it."),
            ("narrowerTransitive", "Alles wat eronder staat.", "All that stands below it."),
        )
    },
    "hierarchy": Method(
        Words("De plaats van een begrip in de boom.", "The place of a concept in the tree."),
        _document(uri=IRI, broaderTransitive=table(_PLACED)),
        (URI, LANG),
    ),
    "children": Method(
        Words("Wat er direct onder staat.", "What stands right below it."),
        _document(uri=IRI, narrower=many(_BELOW)),
        (URI, LANG),
    ),
    "vocabularyStatistics": Method(
        Words("Hoeveel begrippen van elke soort.", "How many concepts of each kind."),
        record(
            ("conceptGroups",),
            **{"@context": {"type": "object"}},
            uri=TEXT,
            id=TEXT,
            title=TEXT,
            concepts=record(("count", "deprecatedCount"), **{"class": IRI}, **_COUNTED),
            subTypes=many(record(("label",), type=IRI, **_COUNTED)),
            conceptGroups=record(**{"class": IRI}, **_COUNTED),
        ),
        (LANG,),
    ),
    "labelStatistics": Method(
        Words("Hoeveel namen in elke taal.", "How many names in each language."),
        _document(
            uri=TEXT,
            id=TEXT,
            title=TEXT,
            languages=many(record(language=TEXT, literal=TEXT, properties=many(record(property=TEXT, labels=COUNT)))),
        ),
        (LANG,),
    ),
    "groups": Method(
        Words("De groepen.", "The groups."),
        _document(
            uri=TEXT,
            groups=many(
                record(
                    ("childGroups", "notation"),
                    uri=IRI,
                    prefLabel=TEXT,
                    childGroups=many(IRI),
                    hasMembers=YES_NO,
                    notation=TEXT,
                )
            ),
        ),
        (LANG,),
    ),
    "groupMembers": Method(
        Words("Wat er in een groep staat.", "What stands in a group."),
        _document(
            uri=IRI,
            members=many(
                record(
                    ("notation",),
                    uri=IRI,
                    prefLabel=TEXT,
                    type=many(TEXT),
                    isSuper=YES_NO,
                    hasMembers=YES_NO,
                    notation=TEXT,
                )
            ),
        ),
        (URI, LANG),
    ),
    "new": Method(Words("Wat er nieuw is.", "What is new."), _CHANGES, (LANG, _OFFSET, _LIMIT)),
    "modified": Method(Words("Wat er veranderd is.", "What was changed."), _CHANGES, (LANG, _OFFSET, _LIMIT)),
}
"""The methods of one vocabulary, by their path within it."""
