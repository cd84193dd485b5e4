"""Reading a filled-in workbook or CSV back: good rows are kept, and what is wrong is told row by row in plain words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kbs_graph.errors import BadRequest, Words
from kbs_graph.folding import fold
from kbs_graph.teamscan import scanfile, words
from kbs_graph.teamscan.model import (
    Boundary,
    Contact,
    Kind,
    Line,
    Mode,
    Need,
    NeedKind,
    OwnTopic,
    PlanRow,
    Scan,
    State,
    Topic,
    Who,
)
from kbs_graph.teamscan.problems import named
from kbs_graph.teamscan.profiles import PROFILES, start
from kbs_graph.teamscan.sheet import extra
from kbs_graph.teamscan.sheet.columns import Part
from kbs_graph.teamscan.sheet.grids import grids
from kbs_graph.teamscan.sheet.incoming import Form, form_of
from kbs_graph.teamscan.sheet.names import OWN_KEY, Names
from kbs_graph.teamscan.sheet.tables import Found, rows
from kbs_graph.teamscan.sheet.values import Values
from kbs_graph.teamscan.topics import by_key, with_own

_TEXTS = {
    Part.LINES: ("keeper", "partner", "note", "practice"),
    Part.BOUNDARIES: ("reason", "contact", "phone", "reaction", "step_up", "step_down"),
    Part.CONTACTS: ("organisation", "phone", "reaction", "note"),
    Part.PLAN: ("goal", "action_text", "owner", "notice"),
}
"""The columns that hold plain text, by the names of the model."""


@dataclass(frozen=True)
class Read:
    """A scan from a file, what there is to tell of it, and what cannot be right, with its row where it has one."""

    scan: Scan
    notes: tuple[Words, ...] = ()
    problems: tuple[Words, ...] = ()


def read(body: bytes, topics: tuple[Topic, ...], retired: Mapping[str, str]) -> Read:
    """The scan in a file of any form we know: JSON, XLSX or CSV, whatever its name.

    Raises BadRequest or TooLarge, with what it is instead and what to do, when it is no file of a scan.
    """
    form = form_of(body)
    if form is Form.JSON:
        loaded = scanfile.loads(body, topics, retired)
        scan, known = loaded.scan, by_key(with_own(topics, loaded.scan))
        return Read(scan, loaded.notes, tuple(named(problem, known) for problem in scanfile.problems(scan)))
    sheets, unread = grids(body, form)
    found = rows(sheets)
    if not any(row.part is Part.LINES for row in found):
        raise BadRequest(
            "In dit bestand herkennen we ons blad niet: er is geen rij met koppen zoals ‘Onderwerp’, ‘Wie moet dit "
            "weten’ en ‘Herkent het’. Haal hier een nieuw Excel-blad op en kopieer je antwoorden daarin.",
            "We do not know our sheet in this file: there is no row with headings such as ‘Topic’, ‘Who must know "
            "this’ and ‘Recognises it’. Download a new Excel sheet here and copy your answers into it.",
        )
    reader = _Reader(found, topics)
    scan = reader.scan()
    loaded = scanfile.loads(scanfile.dumps(scan), topics, retired)
    problems = (*unread, *reader.problems, *(reader.placed(problem) for problem in scanfile.problems(scan)))
    return Read(loaded.scan, (*reader.notes, *loaded.notes), problems)


class _Reader:
    """Makes a scan of rows; `problems`, and `notes` of what was understood in its own way, grow on the way."""

    def __init__(self, found: tuple[Found, ...], topics: tuple[Topic, ...]):
        self.problems, self.notes = list[Words](), list[Words]()
        self._rows = found
        self._names = Names(topics)
        self._places: dict[str, Found] = {}
        self._facts = {name: row for row in self._of(Part.TEAM) for name in row.values}

    def scan(self) -> Scan:
        """The scan as far as it can be read."""
        facts = {name: Values(row, self.problems.append) for name, row in self._facts.items()}
        texts = {name: facts[name].text(name) if name in facts else "" for name in ("name", "profile", "graph")}
        alone = any("own" in row.values and "count1" not in row.values for row in self._of(Part.LINES))
        mode = (facts["mode"].choice("mode", words.MODE) if "mode" in facts else None) or (
            Mode.OWN if alone else Mode.TEAM
        )
        profile = self._profile(texts["profile"])
        for row in self._of(Part.OWN):
            self._own_topic(row, row["label"])
        lines = self._lines(profile, mode)
        made = Scan(
            mode=mode,
            name=texts["name"],
            day=facts["day"].day("day") if "day" in facts else "",
            size=1 if mode is Mode.OWN else self._size(facts, lines),
            profile=profile,
            graph=texts["graph"],
            lines=self._with_boundaries(lines),
            own_topics=tuple(self._names.own.values()),
            contacts=self._contacts(),
            plan=self._plan(),
        )
        return extra.restored(made, ((row["key"], row["data"]) for row in self._of(Part.EXTRA)))

    def placed(self, problem: scanfile.Problem) -> Words:
        """A problem of the scan with the row it comes from."""
        row = self._facts.get("size") if problem.field == "size" else self._places.get(problem.key)
        return row.tell(problem.words) if row else problem.words

    def _of(self, part: Part) -> Iterable[Found]:
        return (row for row in self._rows if row.part is part)

    def _size(self, facts: Mapping[str, Values], lines: Mapping[str, Line]) -> int:
        size = facts["size"].number("size") if "size" in facts else None
        if size is None:
            self.problems.append(
                Words(
                    "We weten niet hoe groot het team is. Vul op het blad Team het aantal collega's in, of zet "
                    "bovenaan een regel met: Aantal collega's, en daarnaast het aantal.",
                    "We do not know how large the team is. On the sheet Team, enter the number of colleagues, or put a "
                    "line at the top with: Number of colleagues, and the number beside it.",
                )
            )
        return size if size is not None else max((1, *(max(line.counts) for line in lines.values() if line.counts)))

    def _profile(self, text: str) -> str:
        slugs = {fold(name): p.slug for p in PROFILES for name in (p.slug, p.label.nl, p.label.en)}
        return slugs.get(fold(text), text)

    def _lines(self, profile: str, mode: Mode) -> dict[str, Line]:
        lines: dict[str, Line] = {}
        for row in self._of(Part.LINES):
            if not row.filled("asked", "have", "needed", "status"):
                continue
            key = self._topic(row, row["topic"])
            if key in lines:
                first = self._places[key].number
                self._say(
                    row,
                    f"‘{row['topic'] or key}’ staat al in rij {first}. We nemen rij {first}.",
                    f"‘{row['topic'] or key}’ is in row {first} already. We take row {first}.",
                )
            elif key:
                self._places[key] = row
                lines[key] = self._line(row, key, profile, mode)
        return lines

    def _line(self, row: Found, key: str, profile: str, mode: Mode) -> Line:
        values = Values(row, self.problems.append)
        first, weight = start(self._names.topic(key), profile)
        kind = values.choice("need", words.NEED) or first.kind
        wanted = first if kind in (NeedKind.EVERYONE, NeedKind.SOME) else Need(kind)
        number = values.number("number")
        learn = values.flag("learn") if mode is Mode.OWN else values.number("learn")
        asked = values.flag("asked")
        return Line(
            need=Need(
                kind,
                values.level("level", 1, wanted.level),
                number if number is not None else wanted.number if kind is NeedKind.SOME else 2,
            ),
            weight=values.level("weight", 1, weight),
            counts=self._own_level(values) if mode is Mode.OWN else self._counts(values),
            asked=asked is not False,
            learn=int(learn or 0),
            share=bool(values.flag("share")),
            **_texts(values, Part.LINES),
        )

    def _counts(self, values: Values) -> tuple[int, int, int] | None:
        found = [values.number(f"count{level}") for level in (1, 2, 3)]
        first, second, third = found
        if first is not None and second is not None and third is not None:
            return first, second, third
        if any(count is not None for count in found):
            values.tell(
                "vul alle drie de aantallen in (0 mag ook), of laat ze alle drie leeg.",
                "fill in all three numbers (0 is fine), or leave all three empty.",
            )
        return None

    def _own_level(self, values: Values) -> tuple[int, int, int] | None:
        unknown = {fold(text) for text in (words.LEVEL[None].nl, words.LEVEL[None].en)}
        if not values.text("own") or fold(values.row["own"]) in unknown:
            return None
        level = values.level("own", 0, -1)
        return None if level < 0 else (int(level >= 1), int(level >= 2), int(level >= 3))

    def _topic(self, row: Found, name: str) -> str:
        """The key of what a row is about; empty, and told, when it cannot be known."""
        key = self._names.key(row["key"], name)
        if not key and row.part is Part.LINES and name and self._names.area(row["domain"]):
            key = self._own_topic(row, name)
            told = Words(
                f"‘{name[:60]}’ staat niet in het wiel. We nemen het mee als eigen onderwerp.",
                f"‘{name[:60]}’ is not in the wheel. We take it along as a topic of your own.",
            )
            self.notes.append(row.tell(told))
        if not key and not name:
            self._say(
                row,
                "hier staat geen onderwerp. Is er een cel leeggemaakt? Zet de naam van het onderwerp erin.",
                "there is no topic here. Was a cell emptied? Put the name of the topic in it.",
            )
        elif not key:
            self._say(
                row,
                f"‘{name[:60]}’ kennen we niet. Neem de naam uit ons blad over. Is het een eigen onderwerp? Kies dan "
                "ook een gebied.",
                f"we do not know ‘{name[:60]}’. Take the name from our sheet. Is it a topic of your own? Then choose "
                "an area too.",
            )
        return key

    def _own_topic(self, row: Found, label: str) -> str:
        values = Values(row, self.problems.append)
        key = row["key"] if OWN_KEY.fullmatch(row["key"]) else ""
        key = key or self._names.next_own({other["key"] for other in self._rows})
        if label and key not in self._names.own:
            area = self._names.area(row["domain"]) or row["domain"]
            kind = values.choice("kind", words.KIND) or Kind.SPECIFIC
            self._names.own[key] = OwnTopic(key, label, area, kind, values.text("explanation"))
        return key

    def _with_boundaries(self, lines: dict[str, Line]) -> dict[str, Line]:
        for row in self._of(Part.BOUNDARIES):
            if not row.filled("topic", "key"):
                continue
            values = Values(row, self.problems.append)
            key = self._topic(row, row["topic"])
            who = values.choice("who", words.WHO)
            if key not in lines:
                self._unplaced(row, key)
                continue
            if who is None:
                who = Who.SPECIALIST if lines[key].need.kind is NeedKind.SPECIALIST else Who.WE
                nl, en = words.WHO[who].nl, words.WHO[who].en
                values.tell(
                    f"er is niet gekozen wie dit doet. We nemen ‘{nl}’.",
                    f"nobody was chosen to do this. We take ‘{en}’.",
                )
            registration = values.flag("registration")
            boundary = Boundary(who=who, registration=registration, **_texts(values, Part.BOUNDARIES))
            lines[key] = replace(lines[key], boundary=boundary)
        return lines

    def _unplaced(self, row: Found, key: str) -> None:
        if key:
            self._say(
                row,
                f"‘{row['topic'] or key}’ staat niet op het blad Invullen. Zet het daar eerst bij.",
                f"‘{row['topic'] or key}’ is not on the sheet Fill in. Add it there first.",
            )

    def _contacts(self) -> tuple[Contact, ...]:
        found = []
        for row in self._of(Part.CONTACTS):
            if row.filled("specialist", "key"):
                values = Values(row, self.problems.append)
                role = row["key"] or self._names.role(row["specialist"])
                found.append(Contact(role, **_texts(values, Part.CONTACTS)))
        return tuple(found)

    def _plan(self) -> tuple[PlanRow, ...]:
        found = []
        for row in self._of(Part.PLAN):
            key = self._topic(row, row["topic"]) if row.filled("state", "key") else ""
            if key:
                values = Values(row, self.problems.append)
                found.append(
                    PlanRow(
                        key,
                        action=values.choice("action", words.ACTION),
                        sources=values.listed("sources"),
                        day=values.day("day"),
                        state=values.choice("state", words.STATE) or State.IDEA,
                        **_texts(values, Part.PLAN),
                    )
                )
        return tuple(found)

    def _say(self, row: Found, nl: str, en: str) -> None:
        self.problems.append(row.tell(Words(nl, en)))


def _texts(values: Values, part: Part) -> dict[str, Any]:
    """The columns of plain text, by the names of the model."""
    return {name: values.text(name) for name in _TEXTS[part]}
