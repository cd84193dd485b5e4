"""Snapshots: numbered, immutable folders under `var/snapshots/`, one of them current.

A writer copies the current store (hard links), changes the copy, makes it durable, gives it its number and then flips
one pointer. A crash at any moment leaves the old snapshot current; a reader sees only whole snapshots, and a `Hold`
on the one it reads keeps that from being pruned.
"""

import builtins
import contextlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from kbs_graph import store_writing
from kbs_graph.disk import Hold, Turn, is_disk_full, sync, sync_tree
from kbs_graph.errors import KbsError, NoSnapshot, NotRunnable, Unavailable
from kbs_graph.files import NamedGraph
from kbs_graph.snapshot import (
    CONTRIBUTION_RULES,
    DOWNLOADS,
    EARLIER,
    FORMAT,
    RULES,
    Manifest,
    Snapshot,
    content_hash,
    new_manifest,
)
from kbs_graph.store_writing import Change
from kbs_graph.terms import Iri

__all__ = ["FORMAT", "STEPS", "Change", "Progress", "Snapshot", "SnapshotStore", "content_hash"]
WORK = "work-"
STEPS = ("copy", "write", "flush", "fsync", "rename", "flip")
Progress = Callable[[str], None]


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
    def lock(self, wait: float = 0) -> Iterator[None]:
        """One writer at a time over the whole `var/`.

        A second one is refused with NotRunnable, or, when it waited so many seconds in vain, with Unavailable.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            turn = Turn(self._var / "lock", wait)
        except BlockingIOError:
            raise _busy(wait) from None
        except OSError as error:
            raise _disk_trouble(error) from error
        with turn:
            yield

    def publish(
        self,
        graphs: Mapping[Iri, NamedGraph],
        facts: Manifest,
        index: Callable[[Path, Path], None],
        progress: Progress = lambda step: None,
        keep: int = 5,
        files: Mapping[str, str] | None = None,
    ) -> Snapshot:
        """Publish `graphs` as the next snapshot and make it current.

        Only graphs that differ from the current snapshot are written. `index(store, target)` makes the search index;
        `files` are small texts to keep beside it, by name;
        `progress` hears each of STEPS just before it happens. Must be called within `lock()`. Raises NotRunnable when
        the disk is full or refuses; the current snapshot then stays what it was.
        """
        sizes = {iri: {"sha256": graphs[iri].digest, "triples": len(graphs[iri].lines)} for iri in sorted(graphs)}

        def write(work: Path) -> None:
            progress("copy")
            before = self._copy_current(work / "store")
            progress("write")
            store = store_writing.replace(work / "store", graphs, before)
            progress("flush")
            store.flush()

        return self._publish(sizes, facts, write, index, progress, keep, files or {})

    def change(
        self,
        current: Snapshot,
        changes: Mapping[Iri, Change],
        facts: Manifest,
        index: Callable[[Path, Path], None],
        progress: Progress = lambda step: None,
        keep: int = 5,
        files: Mapping[str, str] | None = None,
    ) -> Snapshot:
        """Publish the current snapshot with some graphs changed, as `publish` does; what it costs follows the change.

        Everything else, the facts too, stays as it was. Must be called within `lock()`, with what is current then.
        """
        sizes = {Iri(iri): entry for iri, entry in current.manifest["graphs"].items()}
        sizes |= {iri: {"sha256": change.digest, "triples": change.triples} for iri, change in changes.items()}
        sizes = {iri: sizes[iri] for iri in sorted(sizes) if sizes[iri]["triples"]}

        def write(work: Path) -> None:
            progress("copy")
            store_writing.copy(current.store, work / "store")
            for name in (RULES, CONTRIBUTION_RULES):
                with contextlib.suppress(FileNotFoundError):
                    os.link(current.path / name, work / name)
            progress("write")
            store = store_writing.change(work / "store", changes.values())
            progress("flush")
            store.flush()

        return self._publish(sizes, {**current.manifest, **facts}, write, index, progress, keep, files or {})

    def _publish(
        self,
        graphs: Mapping[Iri, Manifest],
        facts: Manifest,
        write: Callable[[Path], None],
        index: Callable[[Path, Path], None],
        progress: Progress,
        keep: int,
        files: Mapping[str, str],
    ) -> Snapshot:
        """The steps that every snapshot goes through; `write` makes its store in a folder."""
        number = max(self._numbers(), default=0) + 1
        work = self._folder / f"{WORK}{number}"
        try:
            self._sweep()
            work.mkdir()
            write(work)
            index(work / "store", work / "search.sqlite")
            for name, text in files.items():
                (work / name).write_text(text, encoding="utf-8")
            manifest = {**facts, **new_manifest(number, graphs), EARLIER: self._carry(work)}
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
            store_writing.copy(current.store, target)
        except (OSError, RuntimeError) as error:  # damaged: everything is in the files, so begin anew
            if is_disk_full(error):
                raise
            shutil.rmtree(target, ignore_errors=True)
            return {}
        graphs = current.manifest["graphs"]
        assert isinstance(graphs, dict)
        return {iri: entry["sha256"] for iri, entry in graphs.items()}

    def _carry(self, work: Path) -> Manifest:
        """Take the downloads along that are offered now, by hard links. Returns whose they are, by name."""
        try:
            offered = {name: self.current().offered(name) for name in DOWNLOADS}
        except NoSnapshot:
            return {}
        there = {name: item for name, item in offered.items() if item.path.is_dir()}
        for name, item in there.items():
            shutil.copytree(item.path, work / EARLIER / name, copy_function=os.link)
        return {name: {"number": item.number, "created": item.created} for name, item in there.items()}

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
                with Hold(snapshot.held, alone=True):
                    snapshot.path.rename(doomed)
                shutil.rmtree(doomed)


def _busy(waited: float) -> KbsError:
    if waited:
        return Unavailable(
            "De graaf wordt net vernieuwd en dat duurt langer dan anders. Probeer het over een minuut opnieuw.",
            "The graph is being renewed just now and it takes longer than usual. Try again in a minute.",
        )
    return NotRunnable(
        "Er is al een bouw bezig op deze map. Wacht tot die klaar is en probeer het opnieuw.",
        "Another build is at work in this folder. Wait until it is done and try again.",
    )


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
