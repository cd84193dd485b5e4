"""Snapshots: numbered, immutable folders under `var/snapshots/`, one of them current.

A writer copies the current store (hard links), changes the copy, makes it durable, gives it its number and then flips
one pointer. A crash at any moment leaves the old snapshot current; a reader sees only whole snapshots, and a `Hold`
on the one it reads keeps that from being pruned.
"""

import builtins
import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kbs_graph.disk import Hold, is_disk_full, sync, sync_tree
from kbs_graph.errors import NoSnapshot, NotRunnable
from kbs_graph.files import NamedGraph
from kbs_graph.terms import Iri

FORMAT = 2
"""Of what a snapshot holds (the search index too); one of another format is never added to but built anew."""
WORK = "work-"
STEPS = ("copy", "write", "flush", "fsync", "rename", "flip")
Manifest = dict[str, Any]
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Snapshot:
    """One published state: a folder with the store, the search index, dumps and a manifest."""

    number: int
    path: Path
    manifest: Manifest

    @property
    def store(self) -> Path:
        return self.path / "store"

    @property
    def search(self) -> Path:
        return self.path / "search.sqlite"

    @property
    def dumps(self) -> Path:
        return self.path / "dumps"

    @property
    def context(self) -> dict[str, Any]:
        """The JSON-LD context of what is served from this snapshot."""
        found: dict[str, Any] = self.manifest["context"]
        return found

    @property
    def triples(self) -> int:
        """The number of triples, each counted in every graph it stands in."""
        return sum(int(graph["triples"]) for graph in self.manifest["graphs"].values())

    @property
    def content_hash(self) -> str:
        return str(self.manifest["contentHash"])


def content_hash(digests: Mapping[Iri, str]) -> str:
    """SHA-256 over the sorted (graph IRI, hash of its sorted N-Quads) pairs."""
    joined = "".join(f"{iri} {digest}\n" for iri, digest in sorted(digests.items()))
    return hashlib.sha256(joined.encode()).hexdigest()


class SnapshotStore:
    """All snapshots under one `var/` folder."""

    def __init__(self, var: Path):
        self._var = var
        self._folder = var / "snapshots"
        self._pointer = self._folder / "current"

    def current(self) -> Snapshot:
        """The snapshot to serve. Raises NoSnapshot when nothing was ever published."""
        return self.get(self.current_number())

    def current_number(self) -> int:
        """The number the pointer names. Raises NoSnapshot when nothing was ever published or the pointer is damaged."""
        try:
            return int(self._pointer.read_bytes())
        except (FileNotFoundError, NotADirectoryError):
            raise NoSnapshot(
                "Er is nog geen gebouwde graaf. Draai eerst: kbs build", "No graph was built yet. First run: kbs build"
            ) from None
        except ValueError:
            raise NoSnapshot(
                f"{self._pointer} is beschadigd. Kies een momentopname met kbs snapshots use, of draai kbs build.",
                f"{self._pointer} is damaged. Choose a snapshot with kbs snapshots use, or run kbs build.",
            ) from None

    def get(self, number: int) -> Snapshot:
        """A snapshot by its number; NoSnapshot when it is not there or not whole."""
        path = self._folder / str(number)
        try:
            manifest = json.loads((path / "manifest.json").read_text(encoding="utf-8"))
        except (FileNotFoundError, NotADirectoryError):
            raise NoSnapshot(f"Momentopname {number} bestaat niet.", f"There is no snapshot {number}.") from None
        except ValueError:
            manifest = None
        if not isinstance(manifest, dict) or not manifest.keys() >= {"contentHash", "graphs"}:
            raise NoSnapshot(
                f"Momentopname {number} is beschadigd. Draai kbs build of kies een andere.",
                f"Snapshot {number} is damaged. Run kbs build or choose another.",
            )
        return Snapshot(number, path, manifest)

    def list(self) -> list[Snapshot]:
        """All whole snapshots, oldest first."""
        found = []
        for number in self._numbers():
            with contextlib.suppress(NoSnapshot):
                found.append(self.get(number))
        return found

    def _numbers(self) -> builtins.list[int]:
        """The numbers in use, of folders that are not whole too."""
        return sorted(int(path.name) for path in self._folder.glob("[0-9]*") if path.name.isdecimal())

    def roll_back(self, number: int) -> Snapshot:
        """Make an earlier (or later) snapshot current; nothing is copied or lost."""
        with self.lock():
            snapshot = self.get(number)
            self._flip(number)
            return snapshot

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """One writer at a time over the whole `var/`. A second one is refused with NotRunnable."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            handle = (self._var / "lock").open("a+")
        except OSError as error:
            raise _disk_trouble(error) from error
        with handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise NotRunnable(
                    "Er is al een bouw bezig op deze map. Wacht tot die klaar is en probeer het opnieuw.",
                    "Another build is at work in this folder. Wait until it is done and try again.",
                ) from None
            yield

    def publish(
        self,
        graphs: Mapping[Iri, NamedGraph],
        facts: Manifest,
        index: Callable[[Path, Path], None],
        progress: Progress = lambda step: None,
        keep: int = 5,
    ) -> Snapshot:
        """Publish `graphs` as the next snapshot and make it current.

        Only graphs that differ from the current snapshot are written. `index(store, target)` makes the search index;
        `progress` hears each of STEPS just before it happens. Must be called within `lock()`. Raises NotRunnable when
        the disk is full or refuses; the current snapshot then stays what it was.
        """
        number = max(self._numbers(), default=0) + 1
        work = self._folder / f"{WORK}{number}"
        try:
            self._sweep()
            work.mkdir()
            progress("copy")
            before = self._copy_current(work / "store")
            progress("write")
            digests = {iri: graph.digest for iri, graph in graphs.items()}
            store = ox.Store(str(work / "store"))
            _replace(store, graphs, digests, before)
            progress("flush")
            store.flush()
            del store
            index(work / "store", work / "search.sqlite")
            manifest = {**_manifest(number, graphs, digests), **facts}
            (work / "manifest.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False), encoding="utf-8")
            progress("fsync")
            sync_tree(work)
            progress("rename")
            work.rename(self._folder / str(number))
            sync(self._folder)
            progress("flip")
            self._flip(number)
        except (OSError, sqlite3.OperationalError) as error:
            raise _disk_trouble(error) from error
        finally:
            shutil.rmtree(work, ignore_errors=True)
        self._prune(keep)
        return self.get(number)

    def _copy_current(self, target: Path) -> dict[str, str]:
        """Copy the current store by hard links. Returns its graphs' hashes; none when starting afresh."""
        try:
            current = self.current()
        except NoSnapshot:
            return {}
        if current.manifest.get("format") != FORMAT:
            return {}
        try:
            store = ox.Store.read_only(str(current.store))
        except (OSError, RuntimeError):  # damaged: everything is in the files, so begin anew
            return {}
        store.backup(str(target))
        graphs = current.manifest["graphs"]
        assert isinstance(graphs, dict)
        return {iri: entry["sha256"] for iri, entry in graphs.items()}

    def _flip(self, number: int) -> None:
        fresh = self._pointer.with_suffix(".new")
        with fresh.open("w") as handle:
            handle.write(f"{number}\n")
            handle.flush()
            os.fsync(handle.fileno())
        fresh.replace(self._pointer)
        sync(self._folder)

    def _sweep(self) -> None:
        """Clear away what a crashed writer left behind."""
        for leftover in self._folder.glob(f"{WORK}*"):
            shutil.rmtree(leftover)

    def _prune(self, keep: int) -> None:
        """Drop the oldest snapshots beyond `keep`, never the current one or one that is read.

        A snapshot loses its name before its content, so that a crash here leaves no half snapshot. What cannot be
        dropped now is left to the next time.
        """
        current = self.current_number()
        for snapshot in self.list()[:-keep]:
            if snapshot.number == current:
                continue
            doomed = self._folder / f"{WORK}old-{snapshot.number}"
            with contextlib.suppress(OSError):
                with Hold(snapshot.store, alone=True):
                    snapshot.path.rename(doomed)
                shutil.rmtree(doomed)


def _manifest(number: int, graphs: Mapping[Iri, NamedGraph], digests: Mapping[Iri, str]) -> Manifest:
    return {
        "number": number,
        "format": FORMAT,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "contentHash": content_hash(digests),
        "graphs": {i: {"sha256": digests[i], "triples": len(g.lines)} for i, g in sorted(graphs.items())},
    }


def _replace(
    store: ox.Store, graphs: Mapping[Iri, NamedGraph], digests: Mapping[Iri, str], before: Mapping[str, str]
) -> None:
    for iri in before.keys() - graphs.keys():
        store.remove_graph(ox.NamedNode(iri))
    for iri, graph in graphs.items():
        if before.get(iri) == digests[iri]:
            continue
        if iri in before:
            store.remove_graph(ox.NamedNode(iri))
        store.bulk_load(input=graph.nquads, format=ox.RdfFormat.N_QUADS)


def _disk_trouble(error: Exception) -> NotRunnable:
    if is_disk_full(error):
        return NotRunnable(
            "De schijf is vol. Maak ruimte en bouw opnieuw; de vorige graaf blijft in gebruik.",
            "The disk is full. Make room and build again; the previous graph stays in use.",
        )
    return NotRunnable(
        f"Het schrijven is mislukt ({error}). De vorige graaf blijft in gebruik.",
        f"Writing failed ({error}). The previous graph stays in use.",
    )
