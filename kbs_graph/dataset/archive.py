"""The downloads of released versions, kept under `var/releases/<version>/` so that an older version stays available."""

import contextlib
import json
import os
import shutil
from pathlib import Path

from kbs_graph.disk import is_disk_full, whole
from kbs_graph.download import CHECKSUMS, Download
from kbs_graph.errors import NotRunnable
from kbs_graph.snapshots import Snapshot

FOLDER = "releases"
_NOTE = "release.json"


def keep(snapshot: Snapshot, version: str, content: str) -> Path:
    """Keep the dumps of a snapshot as those of a version, by hard links where the disk can. Returns their folder.

    `content` is the hash of what was released: what is kept of that already stays as it is. Raises NotRunnable when it
    fails.
    """
    target = folder(snapshot.path.parents[1], version)
    note = json.dumps({"version": version, "content": content})
    with contextlib.suppress(OSError):
        if (target / _NOTE).read_text(encoding="utf-8") == note:
            return target
    try:
        with whole(target) as work:
            for item in snapshot.dumps.iterdir():
                _link(item, work / item.name)
            (work / _NOTE).write_text(note, encoding="utf-8")
    except OSError as error:
        nl, en = ("de schijf is vol", "the disk is full") if is_disk_full(error) else (error, error)
        raise NotRunnable(
            f"De downloads van uitgave {version} zijn niet bewaard: {nl}. De graaf is wel in gebruik. Los het op en "
            "draai kbs build.",
            f"The downloads of release {version} were not kept: {en}. The graph is in use. Solve it and run kbs build.",
        ) from error
    return target


def folder(var: Path, version: str) -> Path:
    """Where the downloads of a version are, if they were kept."""
    return var / FOLDER / version


def files(place: Path) -> tuple[Download, ...]:
    """The files for downloading in a folder; none when they are not there (yet)."""
    try:
        checksums = json.loads((place / CHECKSUMS).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return ()
    return tuple(Download(name, facts["bytes"], facts["sha256"]) for name, facts in checksums.items())


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
