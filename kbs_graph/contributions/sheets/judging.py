"""What a row says about a source, cell by cell, and what is wrong with it: with what to do, and what may be meant.

A row is `unusable` when its web address is, `known` when a source of ours has the address, `new` otherwise. It is
complete, so may be handed in, when no finding is a violation.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from kbs_graph import personal_data
from kbs_graph.contributions import addresses, languages
from kbs_graph.contributions.sheets import values, web_addresses
from kbs_graph.contributions.sheets.columns import BY_KEY
from kbs_graph.contributions.sheets.names import SUBJECTS, Named, Names
from kbs_graph.contributions.sheets.table import Row
from kbs_graph.contributions.sheets.values import Unclear
from kbs_graph.errors import Words
from kbs_graph.findings import VIOLATION, WARNING, Finding
from kbs_graph.terms import iri_of

KNOWN, NEW, UNUSABLE = "known", "new", "unusable"
RULE = "sheet-"
_LONGEST = {"titel": 300, "waarom": 500, "why": 500, "onderbouwing": 500, "evidence": 500}
_TEXTS = tuple(_LONGEST)
_ORDER = {key: number for number, key in enumerate(BY_KEY)}
T = TypeVar("T")


@dataclass(frozen=True)
class Told:
    """What is wrong with a cell: the row, the column (its key), what was typed, what to do, and what may be meant."""

    place: int
    column: str
    value: str
    message: Words
    severity: str = VIOLATION
    meant: str = ""

    @property
    def finding(self) -> Finding:
        """The same as a finding: the row as line, the heading as path."""
        words = self.message
        if self.meant:
            words = Words(f"{words.nl} Bedoel je {self.meant}?", f"{words.en} Do you mean {self.meant}?")
        heading = BY_KEY[self.column].heading.nl
        return Finding(RULE + self.column, self.severity, words, line=self.place, path=heading, value=self.value)


@dataclass(frozen=True)
class Judged:
    """A row and what it comes to. `source` is the source of ours with its address; `facts` holds the values read."""

    row: Row
    status: str
    address: str
    source: Named | None = None
    title: str = ""
    kind: Named | None = None
    subjects: tuple[Named, ...] = ()
    publishers: tuple[Named, ...] = ()
    audiences: tuple[Named, ...] = ()
    languages: tuple[str, ...] = ()
    year: str = ""
    minutes: int = 0
    free: bool | None = None
    told: tuple[Told, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether it may be handed in."""
        return self.status != UNUSABLE and not any(told.severity == VIOLATION for told in self.told)


@dataclass
class _Reading:
    """A row being judged: what was said of it so far."""

    row: Row
    told: list[Told] = field(default_factory=list)

    def typed(self, column: str) -> str:
        return self.row.cells.get(column, "")

    def say(
        self, column: str, message: Words, severity: str = VIOLATION, meant: str = "", value: str | None = None
    ) -> None:
        text = self.typed(column) if value is None else value
        self.told.append(Told(self.row.place, column, text, message, severity, meant))


class Judge:
    """Judges rows against one snapshot, for one organisation (its slug, or none when that is not known yet)."""

    def __init__(self, names: Names, snapshot: Path, organisation: str = "", language: str = "nl"):
        self._names = names
        self._snapshot = snapshot
        self._own = names.find(f"organisatie/{organisation}", ("organisatie",)) if organisation else None
        self._minted = iri_of("bron", f"{organisation}-")
        self._language = language

    def judge(self, rows: Sequence[Row]) -> tuple[Judged, ...]:
        """Every row, in the order given. An address that stands in two rows counts in the first."""
        read = {row.place: web_addresses.read(row.cells.get("webadres", "")) for row in rows}
        known = addresses.known(self._snapshot, {found.text for found in read.values() if found.text})
        first: dict[str, int] = {}
        found = []
        for row in rows:
            address = read[row.place]
            reading = _Reading(row)
            if address.fault:
                reading.say("webadres", address.fault, meant=address.meant)
                found.append(Judged(row, UNUSABLE, "", told=tuple(reading.told)))
                continue
            earlier = first.setdefault(addresses.key(address.text), row.place)
            if earlier != row.place:
                reading.say("webadres", _twice(earlier))
                found.append(Judged(row, UNUSABLE, "", told=tuple(reading.told)))
                continue
            source = self._names.thing(known[address.text]) if address.text in known else None
            found.append(self._judged(reading, address.text, source))
        return tuple(found)

    def _judged(self, reading: _Reading, address: str, source: Named | None) -> Judged:
        kind = self._kind(reading, source)
        judged = Judged(
            reading.row,
            KNOWN if source else NEW,
            address,
            source,
            title=_title(reading, source, self._language),
            kind=kind,
            subjects=self._subjects(reading),
            publishers=self._publishers(reading, source),
            audiences=self._listed(reading, "publiek", ("publiek",)),
            languages=_languages(reading),
            year=_value(reading, "jaar", values.year) or "",
            minutes=_value(reading, "tijd", values.minutes) or 0,
            free=_value(reading, "gratis", values.yes_or_no),
        )
        for column in _TEXTS:
            _judge_text(reading, column)
        return replace(judged, told=tuple(sorted(reading.told, key=lambda told: _ORDER[told.column])))

    def _kind(self, reading: _Reading, source: Named | None) -> Named | None:
        typed = reading.typed("soort")
        if not typed:
            kind = self._names.kind_of(source.iri) if source else None
            if kind is None:
                reading.say("soort", Words("Kies wat voor soort bron dit is.", "Choose what kind of source this is."))
            return self._names.thing(kind) if kind else None
        found = self._names.find(typed, ("bronsoort",))
        if found is None:
            near = self._names.near(typed, ("bronsoort",), self._language, 1)
            if near:
                words = Words("Deze soort staat niet in de lijst.", "This kind is not in the list.")
                reading.say("soort", words, meant=near[0].name(self._language))
            else:
                reading.say("soort", self._kinds())
        return found

    def _kinds(self) -> Words:
        """That a kind is none of those there are, and which there are."""
        nl, en = (", ".join(kind.name(tag) for kind in self._names.every("bronsoort", tag)) for tag in ("nl", "en"))
        return Words(
            f"Deze soort staat niet in de lijst. Kies uit: {nl}.", f"This kind is not in the list. Choose from: {en}."
        )

    def _subjects(self, reading: _Reading) -> tuple[Named, ...]:
        found = {thing.iri: thing for thing in self._listed(reading, "waarover", SUBJECTS)}
        found |= {thing.iri: thing for thing in self._listed(reading, "doelgroep", ("doelgroep",))}
        if not found:
            reading.say(
                "waarover",
                Words("Kies waar deze bron over gaat.", "Choose what this source is about."),
            )
        return tuple(found.values())

    def _publishers(self, reading: _Reading, source: Named | None) -> tuple[Named, ...]:
        """Those named; else the organisation itself, for what is new or was new when it handed it in before."""
        if reading.typed("uitgever"):
            return self._listed(reading, "uitgever", ("organisatie",))
        is_own = source is None or source.iri.startswith(self._minted)
        return (self._own,) if self._own and is_own else ()

    def _listed(self, reading: _Reading, column: str, segments: Sequence[str]) -> tuple[Named, ...]:
        """The things a cell names. What is not known is left out, and said."""
        found: dict[str, Named] = {}
        for part in values.parts(reading.typed(column), lambda text: self._names.find(text, segments) is not None):
            thing = self._names.find(part, segments)
            if thing:
                found[thing.iri] = thing
                continue
            near = self._names.near(part, segments, self._language, 1)
            meant = self._names.key(near[0], segments, self._language) if near else ""
            reading.say(column, _unknown(column, part), WARNING, meant, part)
        return tuple(found.values())


def _twice(earlier: int) -> Words:
    return Words(
        f"Dit webadres staat ook in rij {earlier}. Haal een van de twee rijen weg.",
        f"This address also stands in row {earlier}. Remove one of the two rows.",
    )


def _unknown(column: str, part: str) -> Words:
    if column == "uitgever":
        return Words(
            f"De uitgever ‘{part}’ kennen we nog niet; we nemen hem niet over. Vraag hem aan bij de redactie.",
            f"We do not know the publisher ‘{part}’ yet and leave it out. Ask the editors to add it.",
        )
    return Words(
        f"‘{part}’ staat niet in onze lijst; we nemen het niet over.", f"‘{part}’ is not in our list and is left out."
    )


def _title(reading: _Reading, source: Named | None, language: str) -> str:
    typed = reading.typed("titel")
    if not typed and source:
        return source.name(language)
    if not typed:
        reading.say("titel", Words("Vul de titel van de pagina in.", "Fill in the title of the page."))
    elif web_addresses.looks_like_one(typed):
        reading.say(
            "titel",
            Words(
                "Dit is een webadres. Vul de titel van de pagina in.",
                "This is a web address. Fill in the title of the page.",
            ),
        )
    return typed


def _languages(reading: _Reading) -> tuple[str, ...]:
    found = []
    for part in values.parts(reading.typed("taal"), lambda text: bool(languages.code(text))):
        code = languages.code(part)
        if code:
            found.append(code)
        else:
            reading.say("taal", Words("Deze taal kennen we niet.", "We do not know this language."), value=part)
    return tuple(dict.fromkeys(found)) or (languages.DUTCH,)


def _value(reading: _Reading, column: str, read: Callable[[str], T]) -> T | None:
    typed = reading.typed(column)
    if not typed:
        return None
    try:
        return read(typed)
    except Unclear as unclear:
        reading.say(column, unclear.words, meant=unclear.meant)
        return None


def _judge_text(reading: _Reading, column: str) -> None:
    typed = reading.typed(column)
    if len(typed) > _LONGEST[column]:
        most = _LONGEST[column]
        reading.say(
            column,
            Words(
                f"Dit zijn {len(typed)} tekens. Er passen er {most}; maak de tekst korter.",
                f"These are {len(typed)} characters. There is room for {most}; shorten the text.",
            ),
        )
    if values.MARKUP.search(typed):
        plain = values.without_markup(typed)
        words = Words("Schrijf gewone tekst, zonder HTML.", "Write plain text, without HTML.")
        reading.say(column, words, meant=plain)
    if personal_data.find(typed):
        reading.say(
            column,
            Words(
                "Hier staat een mailadres, telefoonnummer of BSN. Haal dat weg.",
                "This holds a mail address, phone number or BSN. Take it out.",
            ),
        )


def findings(judged: Iterable[Judged]) -> list[Finding]:
    """All that is wrong, as findings, row by row."""
    return [told.finding for one in judged for told in one.told]


def tally(judged: Iterable[Judged]) -> Mapping[str, int]:
    """How many rows are known, new and unusable."""
    counts = {NEW: 0, KNOWN: 0, UNUSABLE: 0}
    for one in judged:
        counts[one.status] += 1
    return counts
