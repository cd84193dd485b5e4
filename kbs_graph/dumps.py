"""Dumps of a snapshot for downloading: N-Quads, TriG, Turtle and N-Triples, gzip beside each, with checksums.

Made after the flip, once a snapshot. The lines are sorted, so the same content gives the same bytes.
"""

import gzip
import hashlib
import json
import shutil
from pathlib import Path

import pyoxigraph as ox

from kbs_graph.disk import PATIENCE, Turn, is_disk_full, sync, sync_tree
from kbs_graph.errors import NotRunnable
from kbs_graph.serialize import DUMP_FORMATS, N_QUADS, N_TRIPLES, PREFIXES, TRIG, Format
from kbs_graph.snapshots import Snapshot

NAME = "kennisbouwstenen"
CHECKSUMS = "checksums.json"


def make(snapshot: Snapshot) -> Path:
    """Write all dumps of a snapshot (if they are not there yet) and return their folder.

    They come into being together and durable. Raises NotRunnable when the disk is full or refuses.
    """
    target, work = snapshot.dumps, snapshot.path / "dumps.work"
    if target.is_dir():
        return target
    try:
        with Turn(snapshot.path.parents[1] / "dumps.lock", PATIENCE):
            _make(snapshot, target, work)
    except OSError as error:
        raise _disk_trouble(error) from error
    return target


def _make(snapshot: Snapshot, target: Path, work: Path) -> None:
    if target.is_dir():  # made by another while this one waited
        return
    try:
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        _write(ox.Store.read_only(str(snapshot.store)), work)
        sync_tree(work)
        work.replace(target)
        sync(snapshot.path)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _write(store: ox.Store, folder: Path) -> None:
    quads = sorted(store.quads_for_pattern(None, None, None, None), key=str)
    checksums = {}
    for form in DUMP_FORMATS:
        path = folder / f"{NAME}.{form.ending}"
        path.write_bytes(_serialise(quads, form))
        packed = path.with_name(path.name + ".gz")
        with packed.open("wb") as raw, gzip.GzipFile("", "wb", mtime=0, fileobj=raw) as stream:
            stream.write(path.read_bytes())
        for item in (path, packed):
            digest = hashlib.sha256(item.read_bytes()).hexdigest()
            checksums[item.name] = {"bytes": item.stat().st_size, "sha256": digest}
    (folder / CHECKSUMS).write_text(json.dumps(checksums, indent=2), encoding="utf-8")


def _serialise(quads: list[ox.Quad], form: Format) -> bytes:
    """All quads in one format. Formats without named graphs hold every triple once, however many graphs state it."""
    syntax = ox.RdfFormat.from_media_type(form.media_type)
    assert syntax is not None
    plain = form in (N_QUADS, N_TRIPLES)
    statements: list[ox.Quad] | list[ox.Triple] = quads if form in (N_QUADS, TRIG) else _triples(quads)
    if form is TRIG:
        statements = sorted(quads, key=lambda q: (str(q.graph_name), str(q)))
    result = ox.serialize(statements, format=syntax, prefixes=None if plain else PREFIXES)
    assert result is not None
    return result


def _triples(quads: list[ox.Quad]) -> list[ox.Triple]:
    return list(dict.fromkeys(quad.triple for quad in quads))


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
