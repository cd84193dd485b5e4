"""Downloading everything: the page about the data, and the dump files of the current snapshot."""

import json
from dataclasses import dataclass

from flask import Blueprint, Response, render_template, send_from_directory
from werkzeug.exceptions import NotFound

from kbs_graph import dumps
from kbs_graph.serialize import DUMP_FORMATS
from kbs_graph.terms import KINDS
from webui.caching import respond
from webui.negotiation import HTML
from webui.serving import opened

blueprint = Blueprint("downloads", __name__)

_TYPES = {form.ending: form.content_type for form in DUMP_FORMATS} | {"gz": "application/gzip"}


@dataclass(frozen=True)
class Download:
    """A dump file: its name, size in bytes and SHA-256 in hex."""

    name: str
    bytes: int
    sha256: str


@blueprint.get("/<lang:lang>/data")
def data(lang: str) -> Response:
    # The dumps are made after a snapshot became current, so they are part of the tag of this page.
    files = _files()
    return respond(f"{HTML};dumps={len(files)}", lambda: Response(_page(files), mimetype=HTML))


@blueprint.get("/dumps/<name>")
def dump(name: str) -> Response:
    """A dump file, whole or in parts (Range), with its checksum as ETag."""
    found = next((item for item in _files() if item.name == name), None)
    if found is None:
        raise NotFound
    response = send_from_directory(
        opened().snapshot.dumps,
        name,
        mimetype=_TYPES[name.rsplit(".", 1)[-1]],
        as_attachment=True,
        etag=found.sha256,
    )
    response.cache_control.no_cache = True
    return response


def _files() -> list[Download]:
    """The dump files of the snapshot; none while they are still being made."""
    try:
        checksums = json.loads((opened().snapshot.dumps / dumps.CHECKSUMS).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    return [Download(name, facts["bytes"], facts["sha256"]) for name, facts in checksums.items()]


def _page(files: list[Download]) -> str:
    snapshot = opened().snapshot
    counts = snapshot.manifest.get("counts")
    assert isinstance(counts, dict)
    return render_template(
        "data.html",
        files=files,
        counts=[(segment, counts[segment]) for segment in KINDS if counts.get(segment)],
        snapshot=snapshot,
    )
