"""What is downloaded of a snapshot: the whole graph in every format with gzip beside it, tables, and checksums.

Made after the flip, once a snapshot, with the numbers of the dataset. The lines are sorted, so the same content gives
the same bytes. The lines are held in memory meanwhile, some 0.4 kB each.
"""

import gzip
import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox

from kbs_graph import download
from kbs_graph.dataset import statistics, table_files
from kbs_graph.disk import PATIENCE, Turn, is_disk_full, whole
from kbs_graph.errors import NotRunnable
from kbs_graph.serialize import DUMP_FORMATS, N_QUADS, N_TRIPLES, PREFIXES, TRIG, Format
from kbs_graph.snapshots import Snapshot
from kbs_graph.store import LocalStore

_CHUNK = 1 << 20


def make(snapshot: Snapshot) -> Path:
    """Write all dumps of a snapshot (if they are not there yet) and return their folder.

    They come into being together and durable. Raises NotRunnable when the disk is full or refuses.
    """
    target = snapshot.dumps
    if target.is_dir():
        return target
    try:
        with Turn(snapshot.path.parents[1] / "dumps.lock", PATIENCE):
            if not target.is_dir():  # it may be made by another while this one waited
                with whole(target) as work:
                    _write(snapshot.store, work)
    except OSError as error:
        raise _disk_trouble(error) from error
    return target


def _write(path: Path, folder: Path) -> None:
    _write_graph(path, folder)
    store = LocalStore.open(path)
    table_files.write(store, folder)
    checksums = {
        item.name: {"bytes": item.stat().st_size, "sha256": _sha256(item)} for item in sorted(folder.iterdir())
    }
    (folder / download.CHECKSUMS).write_text(json.dumps(checksums, indent=2), encoding="utf-8")
    statistics.write(statistics.of(store), folder)


def _write_graph(store: Path, folder: Path) -> None:
    """The graph in every format. Those without named graphs hold every triple once, however many graphs state it.

    The sorted lines are what all is made of, read back one by one.
    """
    lines = sorted(f"{quad} .\n" for quad in ox.Store.read_only(str(store)))
    by_line = folder / download.name(N_QUADS.ending)
    _write_lines(lines, by_line)
    lines.sort(key=_graph_of)
    by_graph = folder / "by-graph.nq"
    _write_lines(lines, by_graph)
    del lines
    for form in DUMP_FORMATS:
        path = folder / download.name(form.ending)
        if form is TRIG:
            _serialise(_read(by_graph), form, path)
        elif form is not N_QUADS:
            _serialise(_triples(_read(by_line)), form, path)
        _pack(path, path.with_name(f"{path.name}.gz"))
    by_graph.unlink()


def _graph_of(line: str) -> str:
    """The graph of a line of N-Quads: the last term of it."""
    return line[line.rindex(" <") :]


def _write_lines(lines: list[str], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as target:
        target.writelines(lines)


def _read(path: Path) -> Iterator[ox.Quad]:
    yield from ox.parse(path=path, format=ox.RdfFormat.N_QUADS)


def _triples(quads: Iterable[ox.Quad]) -> Iterator[ox.Triple]:
    """Every triple once: in the order of lines those of several graphs follow each other."""
    return (triple for triple, _ in groupby(quad.triple for quad in quads))


def _serialise(statements: Iterable[ox.Quad] | Iterable[ox.Triple], form: Format, path: Path) -> None:
    prefixes = None if form is N_TRIPLES else PREFIXES
    with path.open("wb") as target:
        ox.serialize(statements, target, format=ox.RdfFormat.from_media_type(form.media_type), prefixes=prefixes)


def _pack(path: Path, target: Path) -> None:
    """With gzip (RFC 1952), without name and time, so that the same content gives the same bytes."""
    with path.open("rb") as plain, target.open("wb") as raw, gzip.GzipFile("", "wb", mtime=0, fileobj=raw) as packed:
        shutil.copyfileobj(plain, packed, _CHUNK)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _disk_trouble(error: OSError) -> NotRunnable:
    if is_disk_full(error):
        return NotRunnable(
            "De schijf is vol: de downloads zijn niet gemaakt, maar de graaf is in gebruik. Maak ruimte en bouw weer.",
            "The disk is full: the downloads were not made, but the graph is in use. Make room and build again.",
        )
    return NotRunnable(
        f"De downloads zijn niet gemaakt ({error}). De graaf is wel in gebruik; bouw opnieuw.",
        f"The downloads were not made ({error}). The graph is in use; build again.",
    )
