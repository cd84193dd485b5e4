"""`kbs publish`: the snapshot to a store elsewhere, so that readers see the old graph or the new one, and none between.

Graphs first, each under a name of its own content, then the manifest that names them: readers follow that alone. What
is there already is not sent again; what was interrupted goes on. Only graphs that a publication made are ever removed.
"""

import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kbs_graph.config import Settings
from kbs_graph.disk import Hold, Turn, sync
from kbs_graph.errors import NotRunnable, Words
from kbs_graph.published_names import MANIFEST, is_ours
from kbs_graph.remote.entry import Place
from kbs_graph.remote.outgoing import PART, Outgoing
from kbs_graph.remote.publication import Publication, Stored
from kbs_graph.remote.remote_store import Remote
from kbs_graph.remote.wire import Wire
from kbs_graph.serialize import native
from kbs_graph.snapshot import Snapshot
from kbs_graph.snapshots import SnapshotStore
from kbs_graph.terms import Iri, Literal

NOTE, LOCK = "published.json", "publish.lock"
PATIENCE = 600.0
"""Seconds for one write: removing a million statements takes a store a while."""
STAY = timedelta(seconds=90)
"""How long a graph stays after it is not needed any more, for requests that began before."""
_VALUE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"


@dataclass(frozen=True)
class Step:
    """How far it is: what is done (`send`, `point`, `remove`), with which graph, and how much of how much."""

    kind: str
    graph: str
    done: int
    of: int


Progress = Callable[[Step], None]


@dataclass(frozen=True)
class _Note:
    """What this folder remembers of publishing: who it is, and for every address that it wrote to the graphs that it
    began to send there and did not remove."""

    path: Path
    publisher: str
    sent: Mapping[str, list[str]] = field(default_factory=dict)

    def keep(self, address: str, graphs: Iterable[str]) -> "_Note":
        """The same with other graphs at an address, durable."""
        return replace(self, sent={**self.sent, address: sorted(graphs)}).saved()

    def saved(self) -> "_Note":
        """Itself, durable."""
        fresh = self.path.with_suffix(".new")
        fresh.write_text(json.dumps({"publisher": self.publisher, "sent": self.sent}), encoding="utf-8")
        sync(fresh)
        fresh.replace(self.path)
        sync(self.path.parent)
        return self


def publish(
    settings: Settings, force: bool = False, progress: Progress = lambda step: None, wait: float = 0
) -> Publication:
    """Make the store hold the current snapshot. Returns what is published there then.

    Raises NotRunnable (no addresses, another publication under way after `wait` seconds, the store is of another
    folder and not `force`), NoSnapshot, and Trouble.
    """
    if not (settings.store and settings.store_write):
        raise NotRunnable(
            "Geef met KBS_STORE en KBS_STORE_WRITE de adressen van de store om naar te publiceren.",
            "Give the addresses of the store to publish to with KBS_STORE and KBS_STORE_WRITE.",
        )
    try:
        turn = Turn(settings.var / LOCK, wait)
    except BlockingIOError:
        raise NotRunnable(
            "Er wordt al gepubliceerd vanuit deze map. Wacht tot dat klaar is.",
            "This folder is being published already. Wait until that is done.",
        ) from None
    with turn:
        current = SnapshotStore(settings.var).current()
        with Hold(current.held):
            return _Publishing(settings, current, progress).run(force)


class _Publishing:
    """One go at it, with the turn."""

    def __init__(self, settings: Settings, snapshot: Snapshot, progress: Progress):
        self._remote = Remote(settings)
        self._write = Wire(
            Place(settings.store_write, settings.store_write_user, settings.store_write_password), patient=True
        )
        self._note = _noted(settings.var / NOTE)
        self._snapshot, self._progress = snapshot, progress

    @property
    def _address(self) -> str:
        return self._write.place.address

    @property
    def _sent(self) -> list[str]:
        return self._note.sent.get(self._address, [])

    def run(self, force: bool) -> Publication:
        before = self._remote.publication()
        if before and before.publisher != self._note.publisher and not force:
            raise _of_another(before)
        outgoing = Outgoing(self._snapshot)
        now = self._planned(outgoing, before)
        self._send(outgoing, now)
        if before and (before.graphs, before.union, before.publisher) == (now.graphs, now.union, now.publisher):
            now = before
        else:
            self._progress(Step("point", MANIFEST, 1, 1))
            self._write.put(MANIFEST, _statement(now), PATIENCE)
        self._remove(now, before)
        return now

    def _planned(self, outgoing: Outgoing, before: Publication | None) -> Publication:
        moment = datetime.now(UTC).isoformat(timespec="seconds")
        made = Publication(
            before.number + 1 if before else 1,
            self._note.publisher,
            self._snapshot.content_hash,
            self._snapshot.number,
            moment,
            outgoing.graphs,
            outgoing.union,
            outgoing.united,
        )
        earlier = {**before.earlier, **dict.fromkeys(before.all_names, moment)} if before else {}
        return replace(made, earlier={name: earlier[name] for name in _staying(earlier) - {*made.all_names}})

    def _send(self, outgoing: Outgoing, now: Publication) -> None:
        """Send what is not there, wholly or in part; what is there is known by its number of statements."""
        found = {stored: self._remote.count(stored.name) for stored in (*now.graphs.values(), now.union)}
        wanted = [stored for stored, number in found.items() if number != stored.triples]
        if not wanted:
            return
        self._note = self._note.keep(self._address, {*self._sent, *(stored.name for stored in wanted)})
        total, done = sum(stored.triples for stored in wanted), 0
        for stored in wanted:
            self._fill(outgoing, stored, found[stored], done, total)
            done += stored.triples
        self._remote.must_give_all(now.union.name)

    def _fill(self, outgoing: Outgoing, stored: Stored, found: int, done: int, total: int) -> None:
        """Send what a graph lacks: on from whole parts, or all of it when what is there is not what we sent."""
        begin = found // PART * PART if found < stored.triples else 0
        if found and not begin:
            self._write.remove(stored.name, PATIENCE)
        at = begin
        for size, lines in outgoing.parts(stored, begin):
            self._progress(Step("send", stored.name, done + at, total))
            self._write.add(stored.name, lines, PATIENCE)
            at += size
        held = self._remote.count(stored.name)
        if held != stored.triples and begin:
            self._write.remove(stored.name, PATIENCE)
            self._fill(outgoing, stored, 0, done, total)
        elif held != stored.triples:
            raise _not_there(stored, held)

    def _remove(self, now: Publication, before: Publication | None) -> None:
        """Remove what nobody needs any more; what stays a while is left to the next publication."""
        staying = _staying(now.earlier)
        known = {*self._sent, *(before.all_names if before else ()), *(before.earlier if before else ())}
        doomed = sorted(name for name in known - {*now.all_names, *staying} if is_ours(name))
        for number, name in enumerate(doomed):
            self._progress(Step("remove", name, number, len(doomed)))
            self._write.remove(name, PATIENCE)
        self._note = self._note.keep(self._address, {*now.all_names, *staying})


def _staying(earlier: Mapping[Iri, str]) -> set[Iri]:
    """The graphs that may still be read by who began before."""
    until = (datetime.now(UTC) - STAY).isoformat(timespec="seconds")
    return {name for name, since in earlier.items() if since > until}


def _not_there(stored: Stored, found: int) -> NotRunnable:
    return NotRunnable(
        f"In <{stored.name}> staan {found} uitspraken in plaats van {stored.triples}. Wijzen KBS_STORE en "
        "KBS_STORE_WRITE naar dezelfde store? De vorige publicatie blijft in gebruik.",
        f"In <{stored.name}> there are {found} statements instead of {stored.triples}. Do KBS_STORE and "
        "KBS_STORE_WRITE lead to the same store? The previous publication stays in use.",
    )


def _noted(path: Path) -> _Note:
    """What this folder remembers; at first a fresh identity."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return _Note(path, str(found["publisher"]), dict(found["sent"]))
    except FileNotFoundError:
        return _Note(path, secrets.token_hex(8)).saved()
    except (ValueError, KeyError, TypeError):
        raise NotRunnable(
            f"{path} is beschadigd. Haal het weg en publiceer met kbs publish --force.",
            f"{path} is damaged. Remove it and publish with kbs publish --force.",
        ) from None


def _statement(now: Publication) -> bytes:
    return f"<{MANIFEST}> <{_VALUE}> {native(Literal(now.as_text()))} .\n".encode()


def _of_another(before: Publication) -> NotRunnable:
    words = Words(
        f"In deze store staat publicatie {before.number} van een andere map, van {before.created}. Moet die wijken, "
        "publiceer dan met --force.",
        f"This store holds publication {before.number} of another folder, of {before.created}. If that has to give "
        "way, publish with --force.",
    )
    return NotRunnable(words.nl, words.en)
