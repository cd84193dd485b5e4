"""Downloading everything: the page about the data, and the dump files of the current snapshot."""

from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, render_template, send_from_directory
from werkzeug.exceptions import NotFound

from kbs_graph import archive, history
from kbs_graph.archive import Download
from kbs_graph.history import Release
from kbs_graph.serialize import DUMP_FORMATS
from kbs_graph.snapshot import Offered
from kbs_graph.terms import DATASET, KINDS
from webui.caching import respond
from webui.negotiation import HTML
from webui.serving import opened, settings

blueprint = Blueprint("downloads", __name__)

_TYPES = {form.ending: form.content_type for form in DUMP_FORMATS} | {"gz": "application/gzip"}


@dataclass(frozen=True)
class Kept:
    """A released version whose dump files are still here."""

    release: Release
    files: tuple[Download, ...]


@blueprint.get("/<lang:lang>/data")
def data(lang: str) -> Response:
    # The dumps are made after a snapshot became current, so they are part of the tag of this page.
    files, kept = _files(), _kept()
    there = [str(len(files)), str(_offered().number), *(item.release.version for item in kept)]
    return respond(f"{HTML};dumps={','.join(there)}", lambda: Response(_page(files, kept), mimetype=HTML))


@blueprint.get("/dumps/<name>")
def dump(name: str) -> Response:
    """A dump file, whole or in parts (Range), with its checksum as ETag."""
    return _sent(_offered().path, name)


@blueprint.get("/dumps/<version>/<name>")
def released(version: str, name: str) -> Response:
    """A dump file of a version that was released, as `dump`."""
    if version not in {release.version for release in _history().releases}:
        raise NotFound
    return _sent(archive.folder(settings().var, version), name)


def _sent(folder: Path, name: str) -> Response:
    found = next((item for item in archive.files(folder) if item.name == name), None)
    if found is None:
        raise NotFound
    response = send_from_directory(
        folder.resolve(),
        name,
        mimetype=_TYPES[name.rsplit(".", 1)[-1]],
        as_attachment=True,
        etag=found.sha256,
    )
    response.cache_control.no_cache = True
    return response


def _files() -> tuple[Download, ...]:
    """The dump files that are offered; none while the first ones are still being made."""
    return archive.files(_offered().path)


def _offered() -> Offered:
    """Those of this snapshot, or of an earlier one while its own are being made."""
    return opened().snapshot.offered("dumps")


def _kept() -> list[Kept]:
    """The released versions whose files are here, newest first."""
    releases = _history().releases
    found = (Kept(release, archive.files(archive.folder(settings().var, release.version))) for release in releases)
    return [item for item in found if item.files]


def _history() -> history.History:
    return history.of(opened().store, opened().snapshot.manifest)


def _page(files: tuple[Download, ...], kept: list[Kept]) -> str:
    snapshot = opened().snapshot
    counts = snapshot.manifest.get("counts")
    assert isinstance(counts, dict)
    return render_template(
        "data.html",
        files=files,
        offered=_offered(),
        kept=kept,
        history=_history(),
        dataset=DATASET,
        counts=[(segment, counts[segment]) for segment in KINDS if counts.get(segment)],
        snapshot=snapshot,
    )
