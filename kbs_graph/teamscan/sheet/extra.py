"""What a later version of the scan file said beside what we know, carried along in a workbook: JSON by its place."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from kbs_graph.errors import KbsError
from kbs_graph.teamscan.jsonfields import parse
from kbs_graph.teamscan.model import Extra, Scan

_LONGEST = 30_000
"""Characters that still fit in a cell."""


def told(scan: Scan) -> Iterator[tuple[str, str]]:
    """The places of a scan that hold something unknown, with it as JSON."""
    found: dict[str, Extra] = {"scan": scan.extra}
    for key, line in scan.lines.items():
        found |= {f"topics {key}": line.extra, f"need {key}": line.need.extra}
        found |= {f"boundary {key}": line.boundary.extra} if line.boundary else {}
    found |= {f"contacts {contact.role}": contact.extra for contact in scan.contacts}
    found |= {f"own {own.key}": own.extra for own in scan.own_topics}
    found |= {f"plan {number}": row.extra for number, row in enumerate(scan.plan)}
    for place, extra in found.items():
        data = json.dumps(extra, ensure_ascii=False)
        if extra and len(data) < _LONGEST:
            yield place, data


def restored(scan: Scan, pairs: Iterable[tuple[str, str]]) -> Scan:
    """The scan with what was told of it, as far as it can be read and its place is still there."""
    found = {place: extra for place, data in pairs if (extra := _read(data))}
    if not found:
        return scan
    lines = {}
    for key, line in scan.lines.items():
        need = replace(line.need, extra=found.get(f"need {key}", {}))
        boundary = line.boundary and replace(line.boundary, extra=found.get(f"boundary {key}", {}))
        lines[key] = replace(line, extra=found.get(f"topics {key}", {}), need=need, boundary=boundary)
    return replace(
        scan,
        extra=found.get("scan", {}),
        lines=lines,
        contacts=tuple(replace(c, extra=found.get(f"contacts {c.role}", {})) for c in scan.contacts),
        own_topics=tuple(replace(own, extra=found.get(f"own {own.key}", {})) for own in scan.own_topics),
        plan=tuple(replace(row, extra=found.get(f"plan {n}", {})) for n, row in enumerate(scan.plan)),
    )


def _read(data: str) -> Mapping[str, Any]:
    try:
        found = parse(data)
    except KbsError:
        return {}
    return found if isinstance(found, dict) else {}
