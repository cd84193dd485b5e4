"""Files of scans that a reader hands in: read beside this process, and never kept."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import FileStorage

from kbs_graph.errors import KbsError, Words
from kbs_graph.teamscan import scanfile, topics
from kbs_graph.teamscan.model import Scan
from webui.serving import opened, service

_LONGEST_NAME = 100
_PROGRAM = "kbs_graph.teamscan.jobs"


@dataclass(frozen=True)
class Handed:
    """What was handed in: the scans by the names of their files, what there is to tell, and files refused with why."""

    named: tuple[tuple[str, Scan], ...] = ()
    notes: tuple[Words, ...] = ()
    refused: tuple[tuple[str, Words], ...] = ()

    @property
    def scans(self) -> tuple[Scan, ...]:
        return tuple(scan for _, scan in self.named)


def read(file: FileStorage) -> tuple[Scan, tuple[Words, ...]]:
    """The scan in a file (JSON or a sheet), and what there is to tell of it. Raises what the reading raises."""
    return _scan_of(_asked({"do": "read"}, file.stream.read()))


def read_all(files: Sequence[FileStorage]) -> Handed:
    """The scans in several files; one that cannot be read is named with the reason, and the others go on."""
    names = [(file.filename or "?")[:_LONGEST_NAME] for file in files]
    handed = Handed()
    for name, answer in zip(names, _answers([file.stream.read() for file in files]), strict=True):
        if "refused" in answer:
            handed = Handed(handed.named, handed.notes, (*handed.refused, (name, Words(*answer["refused"]))))
            continue
        scan, told = _scan_of(answer)
        notes = tuple(Words(f"{name}: {words.nl}", f"{name}: {words.en}") for words in told)
        handed = Handed((*handed.named, (name, scan)), (*handed.notes, *notes), handed.refused)
    return handed


def _answers(bodies: Sequence[bytes]) -> list[dict[str, Any]]:
    """What the reading makes of each: in one process, and when one breaks that, each in its own."""
    try:
        found: list[dict[str, Any]] = _asked(
            {"do": "read-all", "sizes": [len(body) for body in bodies]}, b"".join(bodies)
        )
        return found
    except KbsError:
        return [_alone(body) for body in bodies]


def _alone(body: bytes) -> dict[str, Any]:
    try:
        found: dict[str, Any] = _asked({"do": "read"}, body)
        return found
    except KbsError as error:
        return {"refused": (error.words.nl, error.words.en)}


def _asked(arguments: dict[str, object], body: bytes) -> Any:
    where = {"snapshot": str(opened().snapshot.path)}
    return json.loads(service().sandbox.run(_PROGRAM, {**arguments, **where}, body))


def _scan_of(answer: dict[str, Any]) -> tuple[Scan, tuple[Words, ...]]:
    known, gone = topics.read(opened().store), topics.retired(opened().store)
    told = [*answer.get("notes", ()), *answer.get("problems", ())]
    return scanfile.loads(json.dumps(answer["scan"]), known, gone).scan, tuple(Words(nl, en) for nl, en in told)
