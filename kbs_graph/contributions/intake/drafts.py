"""Bytes that an institute sent, as a Draft: asking for one. The program that makes it is `job`, in the sandbox."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kbs_graph import tables
from kbs_graph.contributions.intake import reading
from kbs_graph.contributions.model import Contribution, Draft
from kbs_graph.errors import Words
from kbs_graph.findings import Finding
from kbs_graph.sandbox import Sandbox
from kbs_graph.serialize import CSV
from kbs_graph.snapshot import Snapshot

MEDIA_TYPES = (*reading.MEDIA_TYPES, CSV.media_type, tables.XLSX_TYPE)
"""What a contribution may come as."""
_PROGRAM = "kbs_graph.contributions.intake.job"


def read(
    sandbox: Sandbox, snapshot: Snapshot, root: Path, organisation: str, media_type: str, body: bytes, partial: bool
) -> Draft:
    """What an organisation sent, read in a process of its own; with `partial` without the sources that break a rule.

    Raises what the sandbox raises, in words for the sender.
    """
    arguments = {
        "organisation": organisation,
        "media_type": media_type,
        "snapshot": str(snapshot.path),
        "root": str(root),
        "partial": partial,
    }
    return draft_of(organisation, json.loads(sandbox.run(_PROGRAM, arguments, body)))


def draft_of(organisation: str, answer: Mapping[str, Any]) -> Draft:
    """What the program answered."""
    return Draft(
        Contribution(organisation, frozenset(answer["lines"])),
        _findings(answer["findings"]),
        _findings(answer["left_out"]),
        answer["known"],
        answer["new"],
    )


def is_unreadable(findings: Iterable[Finding]) -> bool:
    """Whether the file is not what it says it is, so that nothing can be said of what is in it."""
    return any(finding.rule in reading.UNREADABLE for finding in findings)


def _findings(given: list[dict[str, Any]]) -> tuple[Finding, ...]:
    return tuple(Finding(**{**it, "message": Words(**it["message"])}) for it in given)
