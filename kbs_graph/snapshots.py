"""Snapshots: numbered, immutable folders under `var/snapshots/`, one of them current.

A writer copies the current store (hard links), changes the copy, makes it durable, gives it its number and then flips
one pointer. A crash at any moment leaves the old snapshot current; a reader sees only whole snapshots.
"""

import contextlib
import errno
import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox

from kbs_graph.errors import NoSnapshot, NotRunnable
from kbs_graph.files import NamedGraph
from kbs_graph.terms import Iri

FORMAT = 1
STEPS = ("copy", "write", "flush", "fsync", "rename", "flip")
Manifest = dict[str, object]
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
        """The number the pointer names. Raises NoSnapshot when nothing was ever published."""
        try:
            return int(self._pointer.read_text())
        except FileNotFoundError:
            raise NoSnapshot(
                "Er is nog geen gebouwde graaf. Draai eerst: kbs build", "No graph was built yet. First run: kbs build"
            ) from None

    def get(self, number: int) -> Snapshot:
        """A snapshot by its number; NoSnapshot when it is not there."""
        path = self._folder / str(number)
        try:
            return Snapshot(number, path, json.loads((path / "manifest.json").read_text(encoding="utf-8")))
        except FileNotFoundError:
            raise NoSnapshot(f"Momentopname {number} bestaat niet.", f"There is no snapshot {number}.") from None

    def list(self) -> list[Snapshot]:
        """All whole snapshots, oldest first."""
        if not self._folder.is_dir():
            return []
        numbers = sorted(int(p.name) for p in self._folder.iterdir() if p.name.isdigit())
        return [self.get(number) for number in numbers]

    def roll_back(self, number: int) -> Snapshot:
        """Make an earlier (or later) snapshot current; nothing is copied or lost."""
        with self.lock():
            snapshot = self.get(number)
            self._flip(number)
            return snapshot

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """One writer at a time over the whole `var/`. A second one is refused with NotRunnable."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._var / "lock").open("a+") as handle:
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
        self._sweep()
        number = max((s.number for s in self.list()), default=0) + 1
        work = self._folder / f"work-{number}"
        try:
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
            manifest: Manifest = {
                "number": number,
                "format": FORMAT,
                "created": datetime.now(UTC).isoformat(timespec="seconds"),
                "contentHash": content_hash(digests),
                "graphs": {i: {"sha256": digests[i], "triples": len(g.lines)} for i, g in sorted(graphs.items())},
                **facts,
            }
            (work / "manifest.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False), encoding="utf-8")
            progress("fsync")
            _sync_tree(work)
            progress("rename")
            work.rename(self._folder / str(number))
            _sync(self._folder)
            progress("flip")
            self._flip(number)
        except OSError as error:
            shutil.rmtree(work, ignore_errors=True)
            raise _disk_trouble(error) from error
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
        ox.Store.read_only(str(current.store)).backup(str(target))
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
        _sync(self._folder)

    def _sweep(self) -> None:
        """Clear away what a crashed writer left behind."""
        for leftover in self._folder.glob("work-*"):
            shutil.rmtree(leftover)

    def _prune(self, keep: int) -> None:
        """Drop the oldest snapshots beyond `keep`, never the current one."""
        current = self.current().number
        for snapshot in self.list()[:-keep]:
            if snapshot.number != current:
                shutil.rmtree(snapshot.path)


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


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_tree(root: Path) -> None:
    """Make every file and folder under `root` durable, contents before the folders that name them."""
    for folder, _, names in os.walk(root, topdown=False):
        for name in names:
            _sync(Path(folder) / name)
        _sync(Path(folder))


def _disk_trouble(error: OSError) -> NotRunnable:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) or "No space left" in str(error)
    if full:
        return NotRunnable(
            "De schijf is vol. Maak ruimte en bouw opnieuw; de vorige graaf blijft in gebruik.",
            "The disk is full. Make room and build again; the previous graph stays in use.",
        )
    return NotRunnable(
        f"Het schrijven is mislukt ({error}). De vorige graaf blijft in gebruik.",
        f"Writing failed ({error}). The previous graph stays in use.",
    )
