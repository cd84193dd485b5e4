"""Dumps of a snapshot for downloading: N-Quads, TriG, Turtle and N-Triples, gzip beside each, with checksums.

Made after the flip, once a snapshot. The lines are sorted, so the same content gives the same bytes.
"""

import gzip
import hashlib
import json
import shutil
from pathlib import Path

import pyoxigraph as ox

from kbs_graph.serialize import DUMP_FORMATS, N_QUADS, N_TRIPLES, PREFIXES, TRIG, Format
from kbs_graph.snapshots import Snapshot

NAME = "kennisbouwstenen"
CHECKSUMS = "checksums.json"


def make(snapshot: Snapshot) -> Path:
    """Write all dumps of a snapshot (if they are not there yet) and return their folder."""
    target = snapshot.dumps
    if target.is_dir():
        return target
    work = snapshot.path / "dumps.work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    store = ox.Store.read_only(str(snapshot.store))
    quads = sorted(store.quads_for_pattern(None, None, None, None), key=str)
    checksums = {}
    for form in DUMP_FORMATS:
        path = work / f"{NAME}.{form.ending}"
        path.write_bytes(_serialise(quads, form))
        packed = path.with_name(path.name + ".gz")
        with packed.open("wb") as raw, gzip.GzipFile("", "wb", mtime=0, fileobj=raw) as stream:
            stream.write(path.read_bytes())
        for item in (path, packed):
            digest = hashlib.sha256(item.read_bytes()).hexdigest()
            checksums[item.name] = {"bytes": item.stat().st_size, "sha256": digest}
    (work / CHECKSUMS).write_text(json.dumps(checksums, indent=2), encoding="utf-8")
    work.replace(target)
    return target


def _serialise(quads: list[ox.Quad], form: Format) -> bytes:
    """All quads in one format. Formats without named graphs hold every triple once: a triple stands in one graph."""
    syntax = ox.RdfFormat.from_media_type(form.media_type)
    assert syntax is not None
    plain = form in (N_QUADS, N_TRIPLES)
    statements: list[ox.Quad] | list[ox.Triple] = quads if form in (N_QUADS, TRIG) else [q.triple for q in quads]
    if form is TRIG:
        statements = sorted(quads, key=lambda q: (str(q.graph_name), str(q)))
    result = ox.serialize(statements, format=syntax, prefixes=None if plain else PREFIXES)
    assert result is not None
    return result
