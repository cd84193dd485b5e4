"""The columns of the sheet that an organisation fills in, and how their headings are recognised.

Headings may be Dutch or English, in any order and case. A second row of headings may name the properties of schema.org
and NL-LOM that a column stands for; it is recognised and passed over.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kbs_graph.errors import Words
from kbs_graph.folding import fold


@dataclass(frozen=True)
class Column:
    """A column: its key, heading, other headings people use for it, the names of standards, and what to fill in."""

    key: str
    heading: Words
    others: tuple[str, ...]
    standards: tuple[str, ...]
    hint: Words
    required: bool = False
    several: bool = False
    """Whether a cell may hold several values, with ; between."""


COLUMNS = (
    Column(
        "titel",
        Words("titel", "title"),
        ("naam", "titel bron", "naam bron", "name"),
        ("schema:name", "lom:general.title"),
        Words("Zoals hij op de pagina staat.", "As it stands on the page."),
        required=True,
    ),
    Column(
        "webadres",
        Words("webadres", "web address"),
        ("url", "link", "adres", "website", "internetadres", "address", "weblink", "hyperlink"),
        ("schema:url", "lom:technical.location"),
        Words("Het hele adres, met https:// ervoor.", "The whole address, with https:// before it."),
        required=True,
    ),
    Column(
        "soort",
        Words("soort", "kind"),
        ("type", "soort bron", "kind of source", "vorm", "materiaaltype"),
        ("schema:learningResourceType", "lom:educational.learningResourceType"),
        Words("Kies uit de lijst.", "Choose from the list."),
        required=True,
    ),
    Column(
        "waarover",
        Words("waarover", "about"),
        (
            "onderwerp",
            "onderwerpen",
            "thema",
            "domein",
            "aspect",
            "kennis",
            "gaat over",
            "subject",
            "subjects",
            "topic",
            "area",
        ),
        ("schema:about", "lom:classification.taxonPath"),
        Words(
            "Een gebied of kennisaspect uit de lijst. Meer dan één: zet ; ertussen.",
            "An area or knowledge aspect from the list. More than one: put ; between them.",
        ),
        required=True,
        several=True,
    ),
    Column(
        "uitgever",
        Words("uitgever", "publisher"),
        ("organisatie", "maker", "afzender", "organisation", "organization"),
        ("schema:publisher", "lom:lifeCycle.contribute"),
        Words("Leeg: jouw eigen organisatie.", "Empty: your own organisation."),
        required=True,
        several=True,
    ),
    Column(
        "doelgroep",
        Words("doelgroep", "target group"),
        ("doelgroepen", "target groups"),
        ("schema:educationalAlignment",),
        Words("Over welke inwoners het gaat. Kies uit de lijst.", "Which residents it is about. Choose from the list."),
        several=True,
    ),
    Column(
        "publiek",
        Words("publiek", "audience"),
        ("lezers", "voor wie", "bestemd voor", "for whom"),
        ("schema:audience", "lom:educational.intendedEndUserRole"),
        Words("Wie het leest of gebruikt. Kies uit de lijst.", "Who reads or uses it. Choose from the list."),
        several=True,
    ),
    Column(
        "jaar",
        Words("jaar", "year"),
        ("datum", "jaar van uitgave", "publicatiejaar", "date", "year of issue"),
        ("schema:datePublished", "lom:lifeCycle.contribute.date"),
        Words("Vier cijfers, zoals 2024.", "Four digits, such as 2024."),
    ),
    Column(
        "taal",
        Words("taal", "language"),
        ("talen", "languages"),
        ("schema:inLanguage", "lom:general.language"),
        Words("Leeg: Nederlands.", "Empty: Dutch."),
        several=True,
    ),
    Column(
        "tijd",
        Words("tijd", "time"),
        ("tijd in minuten", "duur", "minuten", "time in minutes", "duration", "minutes"),
        ("schema:timeRequired", "lom:educational.typicalLearningTime"),
        Words("In minuten, of zo: 1 uur 30.", "In minutes, or like this: 1 hour 30."),
    ),
    Column(
        "gratis",
        Words("gratis", "free"),
        ("kosten", "costs", "free of charge", "gratis ja nee"),
        ("schema:isAccessibleForFree", "lom:rights.cost"),
        Words("ja of nee.", "yes or no."),
    ),
    Column(
        "waarom",
        Words("waarom", "why (Dutch)"),
        ("waarom deze bron", "waarom helpt dit", "beschrijving", "omschrijving", "why dutch"),
        ("schema:description", "lom:general.description"),
        Words("Eén zin: waar helpt dit een wijkteam bij?", "One sentence in Dutch: what does this help a team with?"),
    ),
    Column(
        "why",
        Words("waarom (Engels)", "why"),
        ("waarom engels", "why english", "description"),
        (),
        Words("Dezelfde zin in het Engels, als je die hebt.", "One sentence: what does this help a team with?"),
    ),
    Column(
        "onderbouwing",
        Words("onderbouwing", "evidence (Dutch)"),
        ("bewijs", "erkenning", "evidence dutch"),
        (),
        Words(
            "Wat onderzoek of een register erover zegt, en wie dat zegt.",
            "What research or a register says of it, and who says so (in Dutch).",
        ),
    ),
    Column(
        "evidence",
        Words("onderbouwing (Engels)", "evidence"),
        ("onderbouwing engels", "evidence english"),
        (),
        Words("Hetzelfde in het Engels, als je dat hebt.", "What research or a register says of it, and who says so."),
    ),
)
BY_KEY = {column.key: column for column in COLUMNS}
PASSED_OVER = (Words("rij", "row"), Words("stand", "state"), Words("te doen", "to do"), Words("voorstel", "proposal"))
"""Columns of the result as a sheet that tell something; nothing is read from them."""
EXAMPLE_ADDRESS = "https://www.example.org/voorbeeld"
EXAMPLE = {
    "titel": Words("Voorbeeld: Samen eenzaamheid herkennen", "Example: Spotting loneliness together"),
    "webadres": Words(EXAMPLE_ADDRESS, EXAMPLE_ADDRESS),
    "soort": Words("handreiking", "practice guide"),
    "waarover": Words("Eenzaamheid signaleren", "Spotting loneliness"),
    "jaar": Words("2024", "2024"),
    "taal": Words("Nederlands", "Dutch"),
    "tijd": Words("45", "45"),
    "gratis": Words("ja", "yes"),
    "waarom": Words("Helpt je om over eenzaamheid te beginnen.", "Helpt je om over eenzaamheid te beginnen."),
    "why": Words("Helps you to bring up loneliness.", "Helps you to bring up loneliness."),
}
"""The example row of the template; it is passed over when it comes back, by its address."""

_NAMES = {
    fold(name): column.key
    for column in COLUMNS
    for name in (*column.others, column.heading.en, column.heading.nl, column.key)
}
_TOLD = frozenset(fold(word) for words in PASSED_OVER for word in (words.nl, words.en))
_STANDARDS = {fold(name): column.key for column in COLUMNS for name in column.standards}
_STANDARDS |= {name.partition(" ")[2]: key for name, key in _STANDARDS.items()}


@dataclass(frozen=True)
class Heading:
    """A row of headings: which column (a key) each cell is of, None for one we do not know, and their texts."""

    keys: tuple[str | None, ...]
    unknown: tuple[str, ...]


def heading(cells: Sequence[str]) -> Heading | None:
    """What a row says if it is a row of headings: at least two of ours, or the web address by itself; else None."""
    keys: list[str | None] = []
    unknown = []
    for cell in cells:
        folded = fold(cell)
        bare = fold(cell.partition("(")[0])
        key = _NAMES.get(folded) or _NAMES.get(bare) or _STANDARDS.get(folded)
        key = None if key in keys else key
        keys.append(key)
        if folded and key is None and folded not in _TOLD:
            unknown.append(cell[:60])
    named = [key for key in keys if key]
    filled = sum(bool(cell) for cell in cells)
    is_heading = len(named) >= 2 or (named == ["webadres"] and filled == 1)
    return Heading(tuple(keys), tuple(unknown)) if is_heading else None


def is_of_standards(cells: Sequence[str]) -> bool:
    """Whether a row names properties of standards rather than holding values."""
    filled = [cell for cell in cells if cell]
    return bool(filled) and sum(_names_a_standard(cell) for cell in filled) * 2 >= len(filled)


def _names_a_standard(cell: str) -> bool:
    return any(fold(part) in _STANDARDS for part in cell.replace(",", " ").split())
