"""The journal: every version of every contribution in full, `var/contributions/<organisation>/<n>.nt` and `<n>.json`.

A version is durable before anything is done with it and never written again. The `.json` comes last: a version counts
from the moment it stands there, so a crash leaves a whole version or none.
"""

import contextlib
import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from kbs_graph.contributions.model import Contribution, How
from kbs_graph.disk import is_disk_full, sync
from kbs_graph.errors import NotFound, NotRunnable

FOLDER = "contributions"
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NOTE = re.compile(r"([1-9][0-9]*)\.json")


@dataclass(frozen=True)
class Version:
    """One version: its number, when it was accepted (UTC, ISO 8601), by which token (or `cli`) and how.

    `sha256` is of the `.nt` file, in hex; `counts` has `sources` and `triples`; `note` is a word of who did it.
    """

    organisation: str
    number: int
    when: str
    by: str
    how: How
    sha256: str
    counts: Mapping[str, int] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True)
class Diff:
    """The lines that one version has and the other has not."""

    added: tuple[str, ...]
    removed: tuple[str, ...]


def organisations(var: Path) -> tuple[str, ...]:
    """The slugs of all organisations that ever contributed, sorted."""
    folder = var / FOLDER
    if not folder.is_dir():
        return ()
    return tuple(sorted(p.name for p in folder.iterdir() if _SLUG.fullmatch(p.name) and _numbers(p)))


def versions(var: Path, organisation: str) -> tuple[Version, ...]:
    """All versions of an organisation, oldest first; none when it never contributed."""
    folder = _folder(var, organisation)
    return tuple(_note(folder, number) for number in _numbers(folder))


def latest(var: Path, organisation: str) -> Version | None:
    """The version that holds; None when the organisation never contributed."""
    folder = _folder(var, organisation)
    numbers = _numbers(folder)
    return _note(folder, numbers[-1]) if numbers else None


def last(var: Path, organisation: str) -> int:
    """The number of the last version; 0 when there is none. Reads no file, so a damaged one is no hindrance."""
    return max(_numbers(_folder(var, organisation)), default=0)


def read(var: Path, organisation: str, number: int) -> Contribution:
    """What an organisation said in a version. Raises NotFound, or NotRunnable when its file is damaged."""
    folder = _folder(var, organisation)
    note = _note(folder, number)
    data = b""
    with contextlib.suppress(FileNotFoundError):
        data = (folder / f"{number}.nt").read_bytes()
    if hashlib.sha256(data).hexdigest() != note.sha256:
        raise _damaged(folder / f"{number}.nt")
    return Contribution(organisation, frozenset(data.decode().splitlines()))


def current(var: Path, organisation: str) -> Contribution:
    """What an organisation says now, in full; nothing when it never contributed."""
    version = latest(var, organisation)
    return read(var, organisation, version.number) if version else Contribution(organisation, frozenset())


def diff(before: Contribution, after: Contribution) -> Diff:
    """What changed between two versions, sorted."""
    return Diff(tuple(sorted(after.lines - before.lines)), tuple(sorted(before.lines - after.lines)))


def write(
    var: Path, contribution: Contribution, how: How, by: str, counts: Mapping[str, int], note: str = ""
) -> Version:
    """Add the next version, durably. Must be called within the lock of SnapshotStore. NotRunnable on a full disk."""
    folder = _folder(var, contribution.organisation)
    data = contribution.text.encode()
    when = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        _make(folder)
        number = max(_numbers(folder), default=0) + 1
        digest = hashlib.sha256(data).hexdigest()
        version = Version(contribution.organisation, number, when, by, how, digest, dict(counts), note)
        _write(folder / f"{number}.nt", data)
        _write(folder / f"{number}.json", json.dumps(asdict(version), ensure_ascii=False, indent=2).encode())
    except OSError as error:
        raise _disk_trouble(error) from error
    return version


def version(var: Path, organisation: str, number: int) -> Version:
    """What is known of one version. Raises NotFound."""
    return _note(_folder(var, organisation), number)


def withdraw(var: Path, version: Version) -> None:
    """Take back the last version, which nobody was told of yet: it could not be brought in."""
    folder = _folder(var, version.organisation)
    (folder / f"{version.number}.json").unlink(missing_ok=True)
    sync(folder)
    (folder / f"{version.number}.nt").unlink(missing_ok=True)


def _folder(var: Path, organisation: str) -> Path:
    if not _SLUG.fullmatch(organisation):
        raise NotFound("Zo heet geen organisatie.", "No organisation has such a name.")
    return var / FOLDER / organisation


def _numbers(folder: Path) -> list[int]:
    if not folder.is_dir():
        return []
    return sorted(int(match[1]) for path in folder.iterdir() if (match := _NOTE.fullmatch(path.name)))


def _note(folder: Path, number: int) -> Version:
    path = folder / f"{number}.json"
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return Version(**{**found, "number": int(found["number"]), "how": cast(How, found["how"])})
    except FileNotFoundError:
        raise NotFound(
            f"Versie {number} van {folder.name} is er niet.", f"There is no version {number} of {folder.name}."
        ) from None
    except (ValueError, TypeError, LookupError):
        raise _damaged(path) from None


def _make(folder: Path) -> None:
    """Make the folder of an organisation, and its name durable."""
    for path in (folder.parent, folder):
        if not path.is_dir():
            path.mkdir(parents=True, exist_ok=True)
            sync(path.parent)


def _write(target: Path, data: bytes) -> None:
    """Write a file whole or not at all, and durably."""
    fresh = target.with_name(f".{target.name}.new")
    with fresh.open("wb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())
    fresh.replace(target)
    sync(target.parent)


def _damaged(path: Path) -> NotRunnable:
    name = f"{FOLDER}/{path.parent.name}/{path.name}"
    return NotRunnable(
        f"{name} is beschadigd. Zet het bestand terug uit een reservekopie.",
        f"{name} is damaged. Put the file back from a backup.",
    )


def _disk_trouble(error: OSError) -> NotRunnable:
    if is_disk_full(error):
        return NotRunnable(
            "De schijf is vol: de bijdrage is niet aangenomen en er is niets veranderd. Probeer het later opnieuw.",
            "The disk is full: the contribution was not accepted and nothing changed. Try again later.",
        )
    return NotRunnable(
        f"De bijdrage is niet aangenomen: het schrijven mislukte ({error}). Er is niets veranderd.",
        f"The contribution was not accepted: writing failed ({error}). Nothing changed.",
    )
