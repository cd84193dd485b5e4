"""The scans of several teams that one page is about: like the scan of one team, in one field of its form."""

import json
from collections.abc import Iterable
from dataclasses import replace

from flask import request

from kbs_graph.errors import BadRequest
from kbs_graph.teamscan import scanfile, topics
from kbs_graph.teamscan.model import Scan
from webui.serving import opened

FIELD = "standen"
MOST = 30
"""Files that are read at once."""


def scans() -> tuple[Scan, ...]:
    """The scans that the form of this request brought along. Raises BadRequest for anything else than such a list."""
    typed = request.form.get(FIELD, "")
    if not typed:
        return ()
    try:
        found = json.loads(typed) if len(typed) <= scanfile.MOST_BYTES * 2 else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list) or len(found) > MOST:
        raise BadRequest(
            "Deze pagina is niet goed aangekomen. Kies de bestanden opnieuw.",
            "This page did not arrive well. Choose the files again.",
        )
    known, gone = topics.read(opened().store), topics.retired(opened().store)
    return tuple(scanfile.loads(json.dumps(one), known, gone).scan for one in found)


def text_of(found: Iterable[Scan]) -> str:
    """The scans as the field holds them: what a region or a comparison counts, without notes, contacts and plans."""
    return json.dumps([json.loads(scanfile.dumps(_bare(scan))) for scan in found], ensure_ascii=False)


def _bare(scan: Scan) -> Scan:
    lines = {
        key: replace(line, keeper="", partner="", note="", practice="", boundary=None, extra={})
        for key, line in scan.lines.items()
    }
    return replace(scan, lines=lines, contacts=(), plan=(), extra={})
