"""The editors' word list: what people type, and the things of which one must then stand in the top three."""

import csv
import io
import statistics
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kbs_graph.errors import NotRunnable
from kbs_graph.search import results
from kbs_graph.search.label_index import Index

COLUMNS = ("query", "category", "wanted")
TOP = 3
"""A query passes when a wanted thing stands among the first so many."""
BAR = 0.95
"""The share of queries that must pass."""
ENGLISH = "english"
"""The category of the queries that are asked on the English pages."""


@dataclass(frozen=True)
class Query:
    """A row of the list: its line in the file, what is typed, its category, and the wanted things (`segment/slug`)."""

    line: int
    text: str
    category: str
    wanted: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """A query, the first things it found instead or as well, and how long that took in milliseconds."""

    query: Query
    found: tuple[str, ...]
    milliseconds: float

    @property
    def passed(self) -> bool:
        return bool(set(self.found) & set(self.query.wanted))


@dataclass(frozen=True)
class Checked:
    """The outcome of a whole list."""

    outcomes: tuple[Outcome, ...]

    @property
    def share(self) -> float:
        """The share of queries that passed, from 0 to 1."""
        return sum(outcome.passed for outcome in self.outcomes) / len(self.outcomes)

    @property
    def ok(self) -> bool:
        return self.share >= BAR

    def by_category(self) -> dict[str, tuple[int, int]]:
        """How many queries passed, and how many there are, by category in the order of the list."""
        counts: dict[str, tuple[int, int]] = {}
        for outcome in self.outcomes:
            passed, total = counts.get(outcome.query.category, (0, 0))
            counts[outcome.query.category] = (passed + outcome.passed, total + 1)
        return counts

    def times(self) -> tuple[float, float]:
        """Milliseconds a query: the median and the 99th percentile."""
        taken = sorted(outcome.milliseconds for outcome in self.outcomes)
        return statistics.median(taken), taken[min(len(taken) - 1, int(len(taken) * 0.99))]


def read(path: Path, known: Iterable[str]) -> list[Query]:
    """The queries of a CSV file (UTF-8) with the columns query, category and wanted; more columns hold more wanted.

    A wanted thing must be one of `known`. Raises NotRunnable, naming every row and column with a fault.
    """
    try:
        content = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise NotRunnable(f"{path} is niet te lezen: {error}", f"{path} cannot be read: {error}") from None
    reader = csv.reader(io.StringIO(content))
    head = [name.strip().lower() for name in next(reader, [])]
    if tuple(head[:3]) != COLUMNS:
        raise NotRunnable(
            f"{path}: rij 1 moet beginnen met de kolommen {', '.join(COLUMNS)}.",
            f"{path}: row 1 must begin with the columns {', '.join(COLUMNS)}.",
        )
    things = set(known)
    faults: list[tuple[str, str]] = []
    queries: list[Query] = []
    lines: dict[tuple[str, str], int] = {}
    for cells in reader:
        line = reader.line_num
        text, category, *rest = (cell.strip() for cell in [*cells, "", "", ""][: max(3, len(cells))])
        if not any((text, category, *rest)):
            continue
        wanted = tuple(" ".join(rest).split())
        for column, value in zip(COLUMNS, (text, category, " ".join(wanted)), strict=True):
            if not value:
                faults.append((f"rij {line}, kolom {column}: leeg.", f"row {line}, column {column}: empty."))
        faults += [
            (f"rij {line}, kolom wanted: {name} bestaat niet.", f"row {line}, column wanted: there is no {name}.")
            for name in wanted
            if name not in things
        ]
        before = lines.setdefault((text.casefold(), category), line)
        if before != line:
            faults.append((f"rij {line}: staat ook in rij {before}.", f"row {line}: stands in row {before} too."))
        queries.append(Query(line, text, category, wanted))
    if not queries and not faults:
        faults.append(("er staat geen vraag in.", "it holds no query."))
    if faults:
        raise NotRunnable(
            "\n".join(f"{path}: {nl}" for nl, _ in faults), "\n".join(f"{path}: {en}" for _, en in faults)
        )
    return queries


def run(index: Index, queries: Sequence[Query]) -> Checked:
    """Ask every query as the site does, on the Dutch pages or (the category `english`) on the English ones."""
    index.near(queries[0].text, 1, 1)  # reads the vocabulary, as the first question that needs it does for all others
    return Checked(tuple(_ask(index, query) for query in queries))


def _ask(index: Index, query: Query) -> Outcome:
    language = "en" if query.category.casefold() == ENGLISH else "nl"
    began = time.perf_counter()
    hits = results.find(index, query.text, language, count=TOP).hits
    taken = (time.perf_counter() - began) * 1e3
    return Outcome(query, tuple(f"{hit.ref.segment}/{hit.ref.slug}" for hit in hits), taken)
