"""A scan of an older graph in the graph of today: retired topics go on as their successor, all else is kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from babel.dates import format_date

from kbs_graph.errors import Words
from kbs_graph.facts import dutch
from kbs_graph.teamscan.model import PlanRow, Scan, Topic
from kbs_graph.teamscan.problems import is_day
from kbs_graph.teamscan.topics import by_key, with_own

MOST_NAMED = 20


@dataclass(frozen=True)
class Renewed:
    """The scan by the keys of today, and what to tell: `moved` is by old key, `changed` and `unknown` are keys."""

    scan: Scan
    notes: tuple[Words, ...] = ()
    moved: Mapping[str, str] = field(default_factory=dict)
    changed: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def renew(scan: Scan, topics: tuple[Topic, ...], retired: Mapping[str, str]) -> Renewed:
    """What became of a scan. `retired` is by key: the key a thing lives on as, or an empty text (topics.retired).

    Where a successor was filled in already, its own line stands, and the retired topic stays beside it as unknown.
    """
    moved = _moved(scan, retired)
    lines = {moved.get(key, key): line for key, line in scan.lines.items()}
    found = replace(
        scan,
        lines=lines,
        plan=tuple(_row(row, moved, retired) for row in scan.plan),
        contacts=tuple(replace(c, role=_slug("specialist", c.role, retired)) for c in scan.contacts),
    )
    known = by_key(with_own(topics, scan))
    unknown = tuple(key for key in lines if key not in known)
    changed = tuple(
        key
        for key, line in lines.items()
        if key in known and line.asked and scan.day and (known[key].modified or "") > scan.day
    )
    notes = (
        *_of_moved(moved, known),
        *_of_unknown(unknown, retired),
        *_of_changed(changed, known, scan.day),
    )
    return Renewed(found, notes, moved, changed, unknown)


def _moved(scan: Scan, retired: Mapping[str, str]) -> dict[str, str]:
    moved: dict[str, str] = {}
    taken = set(scan.lines)
    for key in scan.lines:
        successor = retired.get(key)
        if successor and successor not in taken:
            moved[key] = successor
            taken.add(successor)
    return moved


def _row(row: PlanRow, moved: Mapping[str, str], retired: Mapping[str, str]) -> PlanRow:
    topic = moved.get(row.topic) or retired.get(row.topic) or row.topic
    return replace(row, topic=topic, sources=tuple(_slug("bron", slug, retired) for slug in row.sources))


def _slug(segment: str, slug: str, retired: Mapping[str, str]) -> str:
    """The slug a thing of this kind has today. What became a thing of another kind keeps its old one."""
    successor = retired.get(f"{segment}/{slug}", "")
    return successor.removeprefix(f"{segment}/") if successor.startswith(f"{segment}/") else slug


def _of_moved(moved: Mapping[str, str], known: Mapping[str, Topic]) -> Iterable[Words]:
    for old, new in moved.items():
        nl, en = _label(known, new, "nl"), _label(known, new, "en")
        yield Words(
            f"‘{old}’ heet nu ‘{nl}’. Wat je invulde, staat daar.",
            f"‘{old}’ is now ‘{en}’. What you entered is there.",
        )


def _of_unknown(unknown: tuple[str, ...], retired: Mapping[str, str]) -> Iterable[Words]:
    gone = [key for key in unknown if key in retired]
    strange = [key for key in unknown if key not in retired]
    if gone:
        yield Words(
            f"Ingetrokken, en niet meer meegeteld: {_listed(gone)[0]}. Wat je invulde, blijft in je bestand.",
            f"Withdrawn, and no longer counted: {_listed(gone)[1]}. What you entered stays in your file.",
        )
    if strange:
        yield Words(
            f"Hier niet bekend, en dus niet meegeteld: {_listed(strange)[0]}. Wat je invulde, blijft in je bestand.",
            f"Not known here, and so not counted: {_listed(strange)[1]}. What you entered stays in your file.",
        )


def _of_changed(changed: tuple[str, ...], known: Mapping[str, Topic], day: str) -> Iterable[Words]:
    if changed:
        nl = _listed([_label(known, key, "nl") for key in changed])[0]
        en = _listed([_label(known, key, "en") for key in changed])[1]
        yield Words(
            f"Sinds {_in_words(day, 'nl_NL')} is de tekst veranderd van: {nl}. Kijk of jullie antwoord nog klopt.",
            f"Since {_in_words(day, 'en_GB')} the text has changed of: {en}. Check whether your answer still holds.",
        )


def _in_words(day: str, locale: str) -> str:
    """A day as people write it; as it stands when it is no day."""
    return str(format_date(date.fromisoformat(day), "d MMMM yyyy", locale=locale)) if is_day(day) else day


def _listed(names: list[str]) -> tuple[str, str]:
    """Names after each other, in Dutch and in English; of very many only the first."""
    shown, more = ", ".join(names[:MOST_NAMED]), len(names) - MOST_NAMED
    return (f"{shown} en nog {more}", f"{shown} and {more} more") if more > 0 else (shown, shown)


def _label(known: Mapping[str, Topic], key: str, language: str) -> str:
    return (known[key].label.get(language) or dutch(known[key].label)) if key in known else key
