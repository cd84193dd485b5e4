"""The properties of things: their values, to extend a table with, and whether a value that a client gave holds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from kbs_graph.errors import Words
from kbs_graph.folding import address_key, fold
from kbs_graph.model import Ref, Texts
from kbs_graph.reconcile.known import Known
from kbs_graph.reconcile.types import TYPES
from kbs_graph.rows import Row
from kbs_graph.terms import ID

Value = Ref | Texts | str | int | bool | date
"""A thing, a text in several languages, a text without language, a number, yes or no, a day."""
Values = Iterable[Value]

_KNOWLEDGE = ("aspect", "domein", "doelgroep", "competentie")
_EVERY = tuple(each.segment for each in TYPES)
ADDRESS = "webadres"
"""The property that identifies a source or organisation by itself."""
WORDS = "andere-woorden"
"""The property with a value for each word of each language."""


@dataclass(frozen=True)
class Property:
    """A property: its id, what it is called, the kinds of thing (segments) that have it, and its values of a thing."""

    id: str
    name: Words
    about: Words
    segments: tuple[str, ...]
    values: Callable[[Known, Row], Values]
    target: str = ""
    """The segment of the things that are its values, if they are of one kind with a type."""


def _texts(pick: Callable[[Row], Texts]) -> Callable[[Known, Row], Values]:
    return lambda _, row: [pick(row)] if pick(row) else []


def _some(pick: Callable[[Row], Value | None]) -> Callable[[Known, Row], Values]:
    return lambda _, row: [value] if (value := pick(row)) is not None and value != "" else []


def areas(known: Known, row: Row) -> list[Ref]:
    """The areas of a thing; of a source also the home areas of the knowledge it is about."""
    homes = (known.things[ref.iri].domains[:1] for ref in row.about if ref.iri in known.things)
    return list({ref.iri: ref for ref in (*row.domains, *(ref for home in homes for ref in home))}.values())


def _year(row: Row) -> int | None:
    return int(row.year) if row.year and row.year.isdecimal() else None


def _modified(row: Row) -> date | None:
    try:
        return date.fromisoformat((row.modified or "")[:10])
    except ValueError:
        return None


PROPERTIES = (
    Property(
        "naam",
        Words("Naam", "Name"),
        Words("De voorkeursnaam, in de gevraagde taal.", "The preferred name, in the language asked for."),
        _EVERY,
        _texts(lambda row: row.ref.label),
    ),
    Property(
        "definitie",
        Words("Omschrijving", "Definition"),
        Words("Wat het precies is.", "What it is exactly."),
        (*_KNOWLEDGE, "specialist", "signaal"),
        _texts(lambda row: row.definition),
    ),
    Property(
        "uitleg",
        Words("Uitleg", "Explanation"),
        Words(
            "Hetzelfde in gewone woorden; bij een bron waarom die helpt.",
            "The same in plain words; for a source why it helps.",
        ),
        (*_KNOWLEDGE, "bron"),
        _texts(lambda row: row.explanation or row.why),
    ),
    Property(
        WORDS,
        Words("Andere woorden", "Other words"),
        Words("Andere namen, in de gevraagde taal.", "Other names, in the language asked for."),
        (*_KNOWLEDGE, "specialist", "signaal"),
        lambda known, row: [{word.language: word.text} for word in known.words.get(row.ref.iri, ())],
    ),
    Property(
        "domein",
        Words("Domein", "Area"),
        Words("Het gebied van het wiel waar het bij hoort.", "The area of the wheel it belongs to."),
        ("aspect", "bron", "signaal", "specialist"),
        areas,
        "domein",
    ),
    Property(
        "doelgroep",
        Words("Doelgroep", "Target group"),
        Words("Voor welke inwoners het van belang is.", "For which residents it matters."),
        ("aspect", "bron"),
        lambda _, row: row.target_groups,
        "doelgroep",
    ),
    Property(
        "kennis",
        Words("Kennisaspecten", "Knowledge aspects"),
        Words("Waar een bron over gaat.", "What a source is about."),
        ("bron",),
        lambda _, row: row.about,
        "aspect",
    ),
    Property(
        "soort",
        Words("Soort", "Kind"),
        Words(
            "Soort bron of organisatie; van een kennisaspect: algemeen of specifiek.",
            "Kind of source or organisation; of a knowledge aspect: general or specific.",
        ),
        ("aspect", "bron", "organisatie"),
        _some(lambda row: row.kind),
    ),
    Property(
        "uitgever",
        Words("Uitgever", "Publisher"),
        Words("De organisatie die een bron uitgeeft.", "The organisation that publishes a source."),
        ("bron",),
        lambda _, row: row.publishers,
        "organisatie",
    ),
    Property(
        ADDRESS,
        Words("Webadres", "Web address"),
        Words(
            "Waar een bron bij de uitgever staat; de site van een organisatie.",
            "Where a source is at its publisher; the site of an organisation.",
        ),
        ("bron", "organisatie"),
        _some(lambda row: row.address),
    ),
    Property(
        "jaar",
        Words("Jaar", "Year"),
        Words("Het jaar waarin een bron uitkwam.", "The year in which a source appeared."),
        ("bron",),
        _some(_year),
    ),
    Property(
        "gratis",
        Words("Gratis", "Free"),
        Words("Of een bron gratis is, voor zover bekend.", "Whether a source is free, as far as known."),
        ("bron",),
        _some(lambda row: row.free),
    ),
    Property(
        "aantal-bronnen",
        Words("Aantal bronnen", "Number of sources"),
        Words(
            "Hoeveel bronnen erover gaan; van een organisatie hoeveel zij er uitgeeft.",
            "How many sources are about it; of an organisation how many it publishes.",
        ),
        ("aspect", "domein", "doelgroep", "organisatie"),
        lambda known, row: [known.sources.get(row.ref.iri, 0)],
    ),
    Property(
        "gewijzigd",
        Words("Gewijzigd", "Modified"),
        Words("De dag waarop het voor het laatst veranderde.", "The day on which it last changed."),
        _EVERY,
        _some(_modified),
    ),
    Property(
        "iri",
        Words("Adres (IRI)", "Address (IRI)"),
        Words("Het blijvende adres van het ding zelf.", "The permanent address of the thing itself."),
        _EVERY,
        _some(lambda row: row.ref.iri),
    ),
)
BY_ID = {each.id: each for each in PROPERTIES}


def of_types(segments: Iterable[str]) -> tuple[Property, ...]:
    """The properties that things of any of these kinds can have."""
    asked = frozenset(segments)
    return tuple(each for each in PROPERTIES if asked.intersection(each.segments))


def holds(known: Known, row: Row, name: str, asked: Iterable[str]) -> bool | None:
    """Whether a property of a thing has any of the values asked for; None when it has none, or is not known here."""
    found = BY_ID.get(name)
    values = list(found.values(known, row)) if found else []
    if not values:
        return None
    if name == ADDRESS:
        return not {address_key(text) for text in asked}.isdisjoint(address_key(str(value)) for value in values)
    wanted = {fold(text.removeprefix(ID)) for text in asked}
    return any(not wanted.isdisjoint(_readings(value)) for value in values)


def _readings(value: Value) -> set[str]:
    """All that a client may write for a value, folded."""
    match value:
        case Ref():
            named = {fold(label) for label in value.label.values()}
            return named | {fold(value.slug or value.iri), fold(f"{value.segment}/{value.slug}")}
        case bool():
            return {"true", "ja", "yes"} if value else {"false", "nee", "no"}
        case str() | int() | date():
            return {fold(str(value))}
    return {fold(text) for text in value.values()}
