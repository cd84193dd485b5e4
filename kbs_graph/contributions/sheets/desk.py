"""The sheet that a person works on in the browser: it travels in the page, and the answers to our questions change it.

Saying yes to a proposal writes the name of the concept in the column `waarover`; saying no is remembered with the row.
So the sheet itself is the state, and what is downloaded is what was decided. Nothing is kept by us.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kbs_graph.contributions.sheets.asking import MOST_ROWS
from kbs_graph.contributions.sheets.columns import BY_KEY
from kbs_graph.contributions.sheets.judging import UNUSABLE, Judge, Judged
from kbs_graph.contributions.sheets.names import SUBJECTS, Names
from kbs_graph.contributions.sheets.proposals import Proposal, Proposer
from kbs_graph.contributions.sheets.table import Row, Sheet
from kbs_graph.errors import BadRequest, TooLarge, Words
from kbs_graph.terms import iri_of, parts_of

LONGEST = 5_000
_VERSION = 1


@dataclass(frozen=True)
class Item:
    """A row being worked on: what was typed, and the concepts (`aspect/slug`) that were refused for it.

    `decided`: a person chose what it is about; `reopened`: a person wants to see it again.
    """

    row: Row
    refused: frozenset[str] = frozenset()
    decided: bool = False
    reopened: bool = False


@dataclass(frozen=True)
class Desk:
    """All rows, for which organisation (its slug or nothing), and what there was to say about the file."""

    items: tuple[Item, ...]
    organisation: str = ""
    notes: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Answers:
    """What a person filled in: cells by row and column, yes or no by row and concept, other names by row.

    `take` names cells (row, column) whose meaning (*Bedoel je …?*) is taken over, `take_all` all of them; `drop` and
    `reopen` name rows.
    """

    cells: Mapping[tuple[int, str], str] = field(default_factory=dict)
    decided: Mapping[tuple[int, str], bool] = field(default_factory=dict)
    others: Mapping[int, str] = field(default_factory=dict)
    take: tuple[int, str] | None = None
    take_all: bool = False
    drop: int = 0
    reopen: int = 0


@dataclass(frozen=True)
class Laid:
    """A row as it is shown: judged, with what may be proposed. `ready` says that nothing is asked about it any more."""

    judged: Judged
    proposals: tuple[Proposal, ...]
    ready: bool


def begin(sheet: Sheet, organisation: str = "") -> Desk:
    """A sheet that was just read. Raises TooLarge beyond what a page takes."""
    if len(sheet.rows) > MOST_ROWS:
        raise TooLarge(
            f"Dit zijn {len(sheet.rows)} rijen. Op deze pagina passen er {MOST_ROWS} tegelijk: verdeel ze over meer "
            "bestanden. Een programma kan er tot 5.000 tegelijk aanleveren; zie stap 4.",
            f"These are {len(sheet.rows)} rows. This page takes {MOST_ROWS} at a time: divide them over more files. "
            "A program can hand in up to 5,000 at a time; see step 4.",
        )
    return Desk(tuple(Item(row) for row in sheet.rows), organisation, sheet.notes)


def dumps(desk: Desk) -> str:
    """The sheet as it travels in the page."""
    rows = [
        {
            "place": item.row.place,
            "cells": dict(item.row.cells),
            **({"no": sorted(item.refused)} if item.refused else {}),
            **({"decided": True} if item.decided else {}),
            **({"open": True} if item.reopened else {}),
        }
        for item in desk.items
    ]
    notes = [[note.nl, note.en] for note in desk.notes]
    document = {"version": _VERSION, "organisation": desk.organisation, "rows": rows, "notes": notes}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def loads(text: str) -> Desk:
    """The sheet that came back. Raises BadRequest when it is not one that `dumps` wrote."""
    try:
        document = json.loads(text)
        if document["version"] != _VERSION or len(document["rows"]) > MOST_ROWS:
            raise ValueError("version or size")
        items = tuple(_item(row) for row in document["rows"])
        if len({item.row.place for item in items}) != len(items):
            raise ValueError("places")
        notes = tuple(Words(_text(nl), _text(en)) for nl, en in document["notes"][:10])
        return Desk(items, _text(document["organisation"]), notes)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise BadRequest(
            "Deze pagina is niet heel aangekomen. Ga terug in je browser en probeer het opnieuw.",
            "This page did not arrive whole. Go back in your browser and try again.",
        ) from None


def _item(row: Mapping[str, Any]) -> Item:
    place = row["place"]
    if type(place) is not int or place < 1:
        raise ValueError("place")
    cells = {key: _text(value) for key, value in row["cells"].items() if key in BY_KEY}
    refused = frozenset(_text(key) for key in row.get("no", ())[:100])
    return Item(Row(place, cells), refused, row.get("decided") is True, row.get("open") is True)


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > LONGEST:
        raise ValueError("text")
    return value


def answered(desk: Desk, answers: Answers, names: Names, judge: Judge, language: str) -> Desk:
    """The sheet after what a person filled in: first the cells as typed, then what was meant, then the rest."""
    typed = {item.row.place: _typed(item, answers) for item in desk.items}
    meant = _meant(typed, answers, judge) if answers.take or answers.take_all else typed
    items = []
    for item in desk.items:
        place = item.row.place
        if place == answers.drop:
            continue
        own = {concept: yes for (row, concept), yes in answers.decided.items() if row == place}
        added = [_name(concept, names, language) for concept, yes in own.items() if yes]
        added += [part.strip() for part in answers.others.get(place, "").split(";") if part.strip()]
        cells = {**meant[place], "waarover": _joined(meant[place].get("waarover", ""), added)}
        kept = {column: text for column, text in cells.items() if text}
        refused = item.refused | {concept for concept, yes in own.items() if not yes}
        reopened = place == answers.reopen or (item.reopened and not any(row == place for row, _ in answers.cells))
        items.append(Item(Row(place, kept), refused, item.decided or any(added), reopened))
    return replace(desk, items=tuple(items))


def _typed(item: Item, answers: Answers) -> dict[str, str]:
    """The cells of a row after what was typed in them."""
    own = {column: text for (row, column), text in answers.cells.items() if row == item.row.place and column in BY_KEY}
    return {**item.row.cells, **own}


def _meant(typed: Mapping[int, dict[str, str]], answers: Answers, judge: Judge) -> dict[int, dict[str, str]]:
    """The cells of all rows with what may be meant in place of what was typed: in one of them, or in all."""
    judged = judge.judge([Row(place, cells) for place, cells in typed.items()])
    found = {place: dict(cells) for place, cells in typed.items()}
    for told in (told for one in judged for told in one.told if told.meant):
        if answers.take_all or answers.take == (told.place, told.column):
            cells = found[told.place]
            before = cells.get(told.column, "")
            cells[told.column] = before.replace(told.value, told.meant) if told.value else told.meant
    return found


def _name(concept: str, names: Names, language: str) -> str:
    segment, _, slug = concept.partition("/")
    thing = names.thing(iri_of(segment, slug)) if segment in SUBJECTS else None
    return names.key(thing, SUBJECTS, language) if thing else ""


def _joined(cell: str, added: Sequence[str]) -> str:
    parts = [part.strip() for part in cell.split(";")] + list(added)
    return "; ".join(dict.fromkeys(part for part in parts if part))


def laid(judged: Iterable[Judged], desk: Desk, proposer: Proposer, language: str) -> tuple[Laid, ...]:
    """The rows as they are shown. A row is ready when it is complete and a person decided, or nothing is proposed."""
    items = {item.row.place: item for item in desk.items}
    return tuple(_laid(one, items[one.row.place], proposer, language) for one in judged)


def _laid(judged: Judged, item: Item, proposer: Proposer, language: str) -> Laid:
    if judged.status == UNUSABLE:
        return Laid(judged, (), ready=False)
    chosen = {thing.iri for thing in judged.subjects}
    refused = {iri_of(*key.split("/", 1)) for key in item.refused if "/" in key}
    if judged.complete and item.decided and not item.reopened:
        return Laid(judged, (), ready=True)
    words = " ".join((judged.title, *(told.value for told in judged.told if told.column == "waarover")))
    proposals = proposer.propose(words, language, chosen | refused)
    return Laid(judged, proposals, ready=judged.complete and not proposals and not item.reopened)


def key_of(iri: str) -> str:
    """A concept as answers name it: `aspect/slug`."""
    return "/".join(parts_of(iri) or ("", ""))
