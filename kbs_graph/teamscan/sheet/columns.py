"""The sheets and columns of a scan as a workbook: written by `as_workbook`, known again by `reading`.

A column is known by its heading in either language, wherever it stands; a sheet by its columns, whatever its name.
"""

from dataclasses import dataclass
from enum import StrEnum

from kbs_graph.errors import Words
from kbs_graph.folding import fold
from kbs_graph.teamscan import words


class Part(StrEnum):
    """The sheets that hold something of a scan; TEAM has its headings in the first column."""

    TEAM = "team"
    LINES = "lines"
    BOUNDARIES = "boundaries"
    CONTACTS = "contacts"
    PLAN = "plan"
    OWN = "own"
    EXTRA = "extra"


@dataclass(frozen=True)
class Column:
    """A column: the name of what it holds, its heading, its width in characters, and whether people fill it in."""

    name: str
    heading: Words
    width: int = 12
    filled_in: bool = True


def _fixed(name: str, nl: str, en: str, width: int) -> Column:
    return Column(name, Words(nl, en), width, filled_in=False)


def _open(name: str, nl: str, en: str, width: int) -> Column:
    return Column(name, Words(nl, en), width)


_KEY = _fixed("key", "Kenmerk (niet wijzigen)", "Key (do not change)", 38)
_BEFORE = (
    _fixed("domain", "Gebied", "Area", 20),
    _fixed("kind", "Soort", "Kind", 12),
    _fixed("topic", "Onderwerp", "Topic", 42),
    _open("asked", "Doet mee", "Taking part", 8),
    _open("need", "Wie moet dit weten", "Who must know this", 21),
    _open("level", "Op niveau", "At level", 8),
    _open("number", "Minstens hoeveel", "At least how many", 10),
    _open("weight", "Belang", "Weight", 8),
)
_COUNTED = (
    *(Column(f"count{level}", said, 11) for level, said in words.COUNTED.items()),
    _open("learn", "Willen dit leren", "Want to learn this", 10),
)
_JUDGED = (
    _fixed("have", "Aantal nu", "Number now", 8),
    _fixed("needed", "Aantal nodig", "Number needed", 8),
    _fixed("status", "Uitkomst", "Outcome", 18),
)
_ALONE = (
    _open("own", "Mijn niveau", "My level", 26),
    Column("learn", words.LEARN, 10),
)
_AFTER = (
    _open("keeper", "Kennisdrager (rol)", "Keeper of the knowledge (role)", 22),
    _open("partner", "Partner die dit brengt", "Partner who brings this", 22),
    _open("share", "Mag gedeeld", "May be shared", 9),
    _open("note", "Notitie", "Note", 36),
    _open("practice", "Voorbeeld uit de praktijk", "Example from practice", 36),
    _KEY,
)
TEAM_LINES = (*_BEFORE, *_COUNTED, *_JUDGED, *_AFTER)
OWN_LINES = (*_BEFORE, *_ALONE, *_JUDGED[2:], *_AFTER)
"""The columns of the sheet to fill in, for a team and for one professional."""
COLUMNS = {
    Part.TEAM: (
        _open("name", "Naam van het team", "Name of the team", 34),
        _open("size", "Aantal collega's", "Number of colleagues", 34),
        _open("day", "Datum", "Date", 34),
        _fixed("mode", "Manier", "Way", 34),
        _fixed("profile", "Startwaarden (profiel)", "Start values (profile)", 34),
        _fixed("graph", "Versie van de kennis", "Version of the knowledge", 34),
    ),
    Part.LINES: (*TEAM_LINES, *_ALONE),
    Part.BOUNDARIES: (
        _fixed("topic", "Onderwerp", "Topic", 42),
        _open("who", "Wie doet dit", "Who does this", 18),
        _open("reason", "Waarom", "Why", 30),
        _open("contact", "Contact (rol)", "Contact (role)", 26),
        _open("phone", "Telefoon", "Telephone", 16),
        _open("reaction", "Reactietijd", "Reaction time", 16),
        _open("step_up", "Zo schalen we op", "How we step up", 30),
        _open("step_down", "Zo schalen we af", "How we step down", 30),
        _open("registration", "Registratie nodig", "Registration needed", 11),
        _KEY,
    ),
    Part.CONTACTS: (
        _fixed("specialist", "Specialist", "Specialist", 34),
        _open("organisation", "Organisatie of loket", "Organisation or desk", 34),
        _open("phone", "Telefoon", "Telephone", 16),
        _open("reaction", "Reactietijd", "Reaction time", 16),
        _open("note", "Opmerking", "Remark", 40),
        _KEY,
    ),
    Part.PLAN: (
        _open("topic", "Onderwerp", "Topic", 42),
        _open("goal", "Doel", "Goal", 34),
        _open("action", "Actie", "Action", 22),
        _open("action_text", "Actie in eigen woorden", "Action in your own words", 26),
        _open("sources", "Bronnen", "Sources", 26),
        _open("owner", "Wie trekt dit (rol)", "Who leads this (role)", 20),
        _open("day", "Wanneer", "When", 13),
        _open("notice", "Waaraan merken we dat het helpt", "How we will notice it helps", 34),
        _open("state", "Stand", "State", 13),
    ),
    Part.OWN: (
        _open("label", "Eigen onderwerp", "Own topic", 34),
        _open("domain", "Gebied", "Area", 24),
        _open("kind", "Soort", "Kind", 14),
        _open("explanation", "Uitleg", "Explanation", 60),
        _KEY,
    ),
    Part.EXTRA: (_fixed("key", "Kenmerk", "Key", 30), _fixed("data", "Gegevens", "Data", 60)),
}
"""What each sheet holds, in the order it is written."""
TITLES = {
    Part.TEAM: Words("Team", "Team"),
    Part.LINES: Words("Invullen", "Fill in"),
    Part.BOUNDARIES: Words("Afbakening", "Delimitation"),
    Part.CONTACTS: Words("Contacten", "Contacts"),
    Part.PLAN: Words("Plan", "Plan"),
    Part.OWN: Words("Eigen onderwerpen", "Own topics"),
    Part.EXTRA: Words("Extra", "Extra"),
}
EXPLANATION, CHOICES = Words("Uitleg", "Explanation"), Words("Keuzes", "Choices")
YES, NO = Words("ja", "yes"), Words("nee", "no")
FEWEST = dict.fromkeys(Part, 3) | {Part.EXTRA: 2}
"""How many of its headings a sheet must have to be known."""


def heading_names(part: Part) -> dict[str, str]:
    """The names of the columns of a sheet by their headings, folded, in both languages."""
    return {fold(text): c.name for c in COLUMNS[part] for text in (c.heading.nl, c.heading.en)}
