"""What checking found, kept in `var/links/`: one file of N-Triples for each source, replaced as a whole.

A crash leaves every file as it was or as it should be. A file that cannot be understood is left out and named in a
warning: what an operator's machine holds never stops the editors.
"""

import contextlib
import fcntl
import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyoxigraph as ox
from rdflib.namespace import DCTERMS, RDF

from kbs_graph import queries
from kbs_graph.disk import sync
from kbs_graph.errors import NotRunnable, Words
from kbs_graph.files import Folder, computed_graph
from kbs_graph.findings import WARNING, Finding
from kbs_graph.link_states import FAILURES, FOUND, MOVED, LinkCheck
from kbs_graph.store import LocalStore
from kbs_graph.terms import LINKS_GRAPH, Iri, K, Literal, Triple, iri_of, parts_of

NAME = "var/links"
"""What findings call the folder, wherever it is."""
PART = "#vindplaats"
_ENDING = ".nt"
_ADDRESS = re.compile(r"https?://[^/\s@?#]+([/?#]\S*)?")
_XSD = "http://www.w3.org/2001/XMLSchema#"
_DATE, _INTEGER = _XSD + "date", _XSD + "integer"
_ADMS_STATUS = Iri("http://www.w3.org/ns/adms#status")
_TYPE = Iri(RDF.type)


def read(var: Path) -> tuple[dict[str, LinkCheck], list[Finding]]:
    """The latest check of every source that has one, by slug, and a warning for every file that is none."""
    checks: dict[str, LinkCheck] = {}
    found: list[Finding] = []
    folder = var / "links"
    try:
        paths = sorted(folder.iterdir()) if folder.exists() else []
    except OSError as error:
        return {}, [_unreadable("", str(error.strerror))]
    for path in paths:
        if path.name.startswith("."):
            continue
        try:
            if path.suffix != _ENDING:
                raise ValueError(f"*{_ENDING}")
            checks[path.stem] = _parsed(path.stem, path.read_text(encoding="utf-8"))
        except (OSError, ValueError, SyntaxError) as error:
            found.append(_unreadable(path.name, str(error)))
    return checks, found


def check_of(var: Path, slug: str, address: str) -> LinkCheck | None:
    """The latest check of one source, if there is one of this address that can be read."""
    with contextlib.suppress(OSError, ValueError, SyntaxError):
        found = _parsed(slug, (var / "links" / f"{slug}{_ENDING}").read_text(encoding="utf-8"))
        return found if found.address == address else None
    return None


def write(var: Path, check: LinkCheck) -> None:
    """Keep a check in place of the last one of that source, durably."""
    folder = var / "links"
    folder.mkdir(parents=True, exist_ok=True)
    target, fresh = folder / f"{check.slug}{_ENDING}", folder / f".{check.slug}.new"
    graph = computed_graph(Iri(LINKS_GRAPH), triples(check))
    with fresh.open("w", encoding="utf-8") as handle:
        handle.writelines(line.replace(f" <{LINKS_GRAPH}> .", " .\n") for line in graph.lines)
        handle.flush()
        os.fsync(handle.fileno())
    fresh.replace(target)
    sync(folder)


@contextlib.contextmanager
def alone(var: Path) -> Iterator[None]:
    """One checker at a time: two would ask a host twice as often. A second one is refused with NotRunnable."""
    (var / "links").mkdir(parents=True, exist_ok=True)
    with (var / "links" / ".lock").open("a+") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NotRunnable(
                "Er worden al adressen nagekeken. Wacht tot dat klaar is.",
                "Addresses are being checked already. Wait until that is done.",
            ) from None
        yield


def addresses(store: LocalStore) -> dict[str, str]:
    """The addresses to check, by the slug of their source."""
    found: dict[str, str] = {}
    for row in store.select(queries.fill("checks/links")):
        parts = parts_of(str(row["source"]))
        if parts and parts[0] == "bron" and "#" not in str(row["source"]):
            found.setdefault(parts[1], str(row["address"]))
    return found


def join(folder: Folder, var: Path) -> None:
    """Add what checking found to what was read from the files, as a graph of its own; no checks, no graph.

    A check of a source that is no longer there, or that has another address now, is left out.
    """
    checks, found = read(var)
    folder.findings += found
    if not checks:
        return
    nquads = b"".join(graph.nquads for graph in folder.graphs.values())
    current = addresses(LocalStore.in_memory(nquads))
    holding = [check for check in checks.values() if current.get(check.slug) == check.address]
    if holding:
        statements = [*_description(), *(triple for check in holding for triple in triples(check))]
        folder.files[NAME] = computed_graph(Iri(LINKS_GRAPH), statements)


def triples(check: LinkCheck) -> list[Triple]:
    """A check as statements."""
    source = iri_of("bron", check.slug)
    this = Iri(source + PART)
    found: list[Triple] = [
        (this, _TYPE, Iri(K.LinkCheck)),
        (this, Iri(K.checkOf), source),
        (this, Iri(K.checkedAddress), Iri(check.address)),
        (this, Iri(K.locationState), iri_of("vindplaats", check.state)),
        (this, Iri(DCTERMS.date), _day(check.day)),
    ]
    if check.moved_to:
        found.append((this, Iri(K.movedTo), Iri(check.moved_to)))
    if check.failure:
        found.append((this, Iri(K.failureKind), Literal(check.failure)))
    for day, name in ((check.last_worked, K.lastWorked), (check.failing_since, K.failingSince)):
        if day:
            found.append((this, Iri(name), _day(day)))
    for number, name in ((check.status, K.httpStatus), (check.failures, K.failures)):
        if number:
            found.append((this, Iri(name), Literal(str(number), datatype=_INTEGER)))
    return found


def _day(day: date) -> Literal:
    return Literal(day.isoformat(), datatype=_DATE)


def _description() -> list[Triple]:
    graph = Iri(LINKS_GRAPH)
    return [
        (graph, _TYPE, Iri(K.Graph)),
        (graph, Iri(DCTERMS.title), Literal("Nagekeken adressen van bronnen", "nl")),
        (graph, Iri(DCTERMS.title), Literal("Checked addresses of sources", "en")),
        (graph, Iri(DCTERMS.creator), iri_of("organisatie", "redactie")),
        (graph, _ADMS_STATUS, iri_of("status", "voorstel")),
    ]


def _parsed(slug: str, text: str) -> LinkCheck:
    """The check a file holds; SyntaxError or ValueError when it is anything but exactly one check of that source."""
    values: dict[str, str] = {}
    for triple in ox.parse(input=text, format=ox.RdfFormat.N_TRIPLES):
        name = triple.predicate.value
        if name in values:
            raise ValueError(name)
        values[name] = str(getattr(triple.object, "value", triple.object))

    def value(name: str) -> str | None:
        return values.get(str(name))

    def needed(name: str) -> str:
        return values[str(name)]

    try:
        state = parts_of(needed(K.locationState))
        check = LinkCheck(
            slug=slug,
            address=needed(K.checkedAddress),
            day=date.fromisoformat(needed(DCTERMS.date)),
            state=state[1] if state else "",
            status=int(value(K.httpStatus) or 0) or None,
            failure=value(K.failureKind) or "",
            moved_to=value(K.movedTo),
            last_worked=date.fromisoformat(worked) if (worked := value(K.lastWorked)) else None,
            failing_since=date.fromisoformat(since) if (since := value(K.failingSince)) else None,
            failures=int(value(K.failures) or 0),
        )
    except KeyError as error:
        raise ValueError(f"{error.args[0]} ?") from None
    # written anew it must be the very same statements: so nothing is added, left out or of another type
    if _lines(text) != set(computed_graph(Iri(LINKS_GRAPH), triples(check)).lines):
        raise ValueError("k:LinkCheck ?")
    if not _is_sound(check):
        raise ValueError(f"{check.state} {check.failure} {check.day}".strip())
    return check


def _is_sound(check: LinkCheck) -> bool:
    """Whether the rules of shapes/link-check.ttl hold, so that a file here never stops a build."""
    days = [day for day in (check.last_worked, check.failing_since) if day]
    return (
        check.state in FOUND
        and check.failure in ("", *FAILURES)
        and check.failures >= 0
        and (check.status is None or 100 <= check.status <= 999)
        and all(_ADDRESS.fullmatch(address) for address in (check.address, check.moved_to) if address is not None)
        and (check.moved_to is not None) == (check.state == MOVED)
        and all(day <= check.day for day in days)
        and all(2000 <= day.year < 2100 for day in (check.day, *days))
    )


def _lines(text: str) -> set[str]:
    graph = ox.NamedNode(LINKS_GRAPH)
    read_again = ox.parse(input=text, format=ox.RdfFormat.N_TRIPLES)
    return {f"{ox.Quad(t.subject, t.predicate, t.object, graph)} ." for t in read_again}


def _unreadable(name: str, reason: str) -> Finding:
    message = Words(
        "Dit is geen uitkomst van kbs links check en doet niet mee. Verwijder het bestand; het komt vanzelf terug.",
        "This is no outcome of kbs links check and is left out. Remove the file; it comes back by itself.",
    )
    return Finding("link-file", WARNING, message, f"{NAME}/{name}" if name else NAME, value=reason.partition("\n")[0])
