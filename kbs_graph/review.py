"""Confirming texts: a sheet out to an expert, the marked sheet in, and what is due to be read again.

An expert confirms texts; a thing is confirmed when all its texts are. What was confirmed is added to `data/reviews.ttl`
and to the thing's own file; what must change becomes a list for the editors. Nothing is changed by halves.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from kbs_graph import files, queries, texts
from kbs_graph.errors import NotFound, NotRunnable, Words
from kbs_graph.files import DATA, Folder
from kbs_graph.findings import VIOLATION, Finding
from kbs_graph.review_sheet import CHANGE, GOOD, Sheet, SheetRow
from kbs_graph.store import LocalStore
from kbs_graph.terms import ID, Literal, iri_of

AGAIN_AFTER = timedelta(days=365)
"""How long a confirmed text stands before it is read again."""
REVIEWS = "reviews.ttl"
_KINDS = {
    "definition": "definitie",
    "comment": "uitleg",
    "example": "voorbeeld",
    "Signal.text": "herken je aan",
    "Question.text": "vraag door",
    "Step.text": "wat kun je doen",
    "Referral.text": "rol bij verwijzing",
    "Referral.trigger": "wanneer een specialist",
    "TargetGroupRemark.text": "let op bij",
    "Illustration.text": "denk aan",
}


@dataclass(frozen=True)
class Due:
    """A thing whose time to be read again has come; `before` is an ISO 8601 date."""

    iri: str
    label: str
    before: str
    status: str


@dataclass(frozen=True)
class Recorded:
    """What a marked sheet led to: things wholly and partly confirmed, remarks for the editors, faults in the sheet."""

    confirmed: list[str]
    partly: list[str]
    remarks: list[SheetRow]
    findings: list[Finding]


def rows(root: Path, domain: str) -> list[SheetRow]:
    """The texts of a domain and its aspects, for a sheet. Raises NotFound for an unknown domain."""
    store = texts.store_of(files.read(root))
    labels, home = _labels(store)
    iri = iri_of("domein", domain)
    if iri not in labels:
        known = ", ".join(i.rsplit("/", 1)[1] for i in sorted(labels) if i.startswith(ID + "domein/"))
        raise NotFound(f"Er is geen domein {domain!r}. Kies uit: {known}.", f"No domain {domain!r}. Choose: {known}.")
    wanted = {iri, *(thing for thing, at in home.items() if at == iri)}
    found = []
    by_key: dict[str, dict[str, texts.Text]] = defaultdict(dict)
    for text in texts.read(store):
        if text.owner in wanted:
            by_key[_key(text)][text.language] = text
    for key, languages in by_key.items():
        dutch, english = languages.get("nl"), languages.get("en")
        shown = dutch or english
        assert shown is not None
        kind = _KINDS.get(shown.field) or _KINDS.get(shown.name, shown.name)
        found.append(
            SheetRow(key, labels[shown.owner], kind, dutch.text if dutch else "", english.text if english else "")
        )
    return sorted(found, key=lambda row: (not row.key.startswith("domein/"), row.label, _natural(row.key)))


def record(root: Path, sheet: Sheet) -> Recorded:
    """Record a marked sheet in `data/`. With a fault in the sheet nothing is written and the faults are returned."""
    folder = files.read(root)
    store = texts.store_of(folder)
    current: dict[str, str] = {_key(t): t.text for t in texts.read(store) if t.language == "nl"}
    faults = _faults(sheet, current)
    marked = [row for row in sheet.rows if row.verdict]
    if faults or not marked:
        return Recorded([], [], [], faults)
    assert sheet.day is not None
    good: dict[str, set[str]] = defaultdict(set)
    for row in marked:
        if row.verdict == GOOD:
            good[_owner(row.key)].add(row.key)
    whole = {thing: {key for key in current if _owner(key) == thing} for thing in good}
    confirmed = [thing for thing in good if good[thing] >= whole[thing]]
    changes = {thing: _confirm(folder, thing, sheet.day) for thing in confirmed}
    _write(root, folder, changes, _reviews(root, sheet, good, whole))
    remarks = [row for row in marked if row.verdict == CHANGE or row.remark]
    return Recorded(sorted(confirmed), sorted(good.keys() - set(confirmed)), remarks, [])


def due(root: Path, day: date) -> list[Due]:
    """What must have been read again before `day`, the longest overdue first."""
    term = Literal(day.isoformat(), datatype="http://www.w3.org/2001/XMLSchema#date")
    found = texts.store_of(files.read(root)).select(queries.fill("checks/reviews-due", day=term))
    plain = [{k: v.value if isinstance(v, Literal) else str(v) for k, v in row.items()} for row in found]
    return [Due(row["thing"], row["label"], row["before"], row["status"].rsplit("/", 1)[1]) for row in plain]


def _labels(store: LocalStore) -> tuple[dict[str, str], dict[str, str]]:
    labels, home = {}, {}
    for row in store.select(queries.fill("checks/labels")):
        thing, label = str(row["thing"]), row["label"]
        assert isinstance(label, Literal)
        labels[thing] = label.value
        if "domain" in row:
            home[thing] = str(row["domain"])
    return labels, home


def _key(text: texts.Text) -> str:
    return f"{text.thing.removeprefix(ID)} {text.name}"


def _owner(key: str) -> str:
    return key.partition(" ")[0].partition("#")[0]


def _natural(key: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", key)]


def _faults(sheet: Sheet, current: dict[str, str]) -> list[Finding]:
    found = []

    def fault(rule: str, nl: str, en: str, row: int | None = None, value: str | None = None) -> None:
        found.append(Finding(rule, VIOLATION, Words(nl, en), line=row, value=value))

    if not sheet.reader:
        fault("review-reader", "Vul in B3 in wie dit las.", "Fill in at B3 who read this.")
    if sheet.day is None:
        fault("review-day", "Vul in B4 een dag in, zoals 22-11-2026.", "Fill in a day at B4, like 22-11-2026.")
    for row in sheet.rows:
        n = row.place
        if row.verdict not in ("", GOOD, CHANGE):
            nl = f"Rij {n}: kies bij oordeel {GOOD} of {CHANGE}, of laat het leeg."
            fault("review-verdict", nl, f"Row {n}: choose {GOOD} or {CHANGE}, or leave it empty.", n, row.verdict)
        if row.verdict == CHANGE and not row.remark:
            nl = f"Rij {n}: schrijf bij opmerking wat er anders moet."
            fault("review-remark", nl, f"Row {n}: write in the remark what should change.", n)
        if row.key not in current:
            nl = f"Rij {n}: dit kenmerk bestaat niet (meer)."
            fault("review-key", nl, f"Row {n}: this key does not exist (any more).", n, row.key)
        elif row.verdict and current[row.key] != row.dutch:
            nl = f"Rij {n}: de tekst is veranderd na het maken van dit bestand. Laat hem opnieuw lezen."
            fault("review-text-changed", nl, f"Row {n}: the text changed after this file was made.", n, row.dutch)
    return found


def _confirm(folder: Folder, thing: str, day: date) -> tuple[Path, str, str]:
    """The file of a thing, and its block before and after it is marked as confirmed."""
    again = (day + AGAIN_AFTER).isoformat()
    for name in folder.files:
        path = folder.root / name
        match = re.search(rf"^<{re.escape(thing)}> a .*?(?:^|\s)\.\n", path.read_text(encoding="utf-8"), re.M | re.S)
        if match is None:
            continue
        block = match.group()
        after = block.replace("adms:status <status/voorstel>", "adms:status <status/bevestigd>", 1)
        date_line = f'k:reviewBefore "{again}"^^xsd:date'
        after, count = re.subn(r'k:reviewBefore "[^"]*"\^\^xsd:date', date_line, after)
        if not count:
            after = re.sub(r"\s\.\n\Z", f" ;\n    {date_line} .\n", after)
        if "<status/bevestigd>" in after:
            return path, block, after
    raise NotRunnable(
        f"De status van {thing} is niet vanzelf aan te passen. Pas hem met de hand aan in data/.",
        f"The status of {thing} cannot be changed by itself. Change it by hand in data/.",
    )


def _reviews(root: Path, sheet: Sheet, good: dict[str, set[str]], whole: dict[str, set[str]]) -> str:
    """The new content of `data/reviews.ttl`."""
    path = root / DATA / REVIEWS
    content = path.read_text(encoding="utf-8")
    assert sheet.day is not None
    for thing, keys in sorted(good.items()):
        number = content.count(f"<{thing}#beoordeling-") + 1
        parts = {key.partition(" ")[0] for key in keys}
        confirms = sorted(p for p in parts if {k for k in whole[thing] if k.partition(" ")[0] == p} <= keys)
        if not confirms:
            continue
        reader = " ".join(sheet.reader.split()).replace("\\", "\\\\").replace('"', '\\"')
        content += (
            f"\n<{thing}#beoordeling-{number}> a k:Review ;\n    k:reviewOf <{thing}> ;\n"
            f'    k:reviewer "{reader}" ;\n    dcterms:date "{sheet.day.isoformat()}"^^xsd:date ;\n'
            f"    k:confirms {', '.join(f'<{part}>' for part in confirms)} .\n"
        )
    return content


def _write(root: Path, folder: Folder, changes: dict[str, tuple[Path, str, str]], reviews: str) -> None:
    """Write all files anew, each at once; they are read back before the first is replaced."""
    content = {root / DATA / REVIEWS: reviews}
    for path, block, after in changes.values():
        content[path] = content.get(path, path.read_text(encoding="utf-8")).replace(block, after, 1)
    fresh = {path: path.with_suffix(".new") for path in content}
    try:
        for path, text in content.items():
            fresh[path].write_text(text, encoding="utf-8")
            probe = Folder(folder.root)
            list(files.parse(probe, fresh[path]))
            if probe.findings:
                raise NotRunnable(
                    f"{path.name} zou geen geldige Turtle meer zijn; er is niets gewijzigd.",
                    f"{path.name} would no longer be valid Turtle; nothing was changed.",
                )
        for path, temporary in fresh.items():
            temporary.replace(path)
    finally:
        for temporary in fresh.values():
            temporary.unlink(missing_ok=True)
