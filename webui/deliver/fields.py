"""The form of the page where a sheet is worked on: its fields, read to what the sandboxed program understands.

A field is named by what it holds and the row it is of: `c-4-titel` a cell, `b-4-aspect/meldcode` yes or no to a
proposal, `a-4` other names. What the sheet itself holds is read by that program alone.
"""

import json
import re

from flask import request
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge

from kbs_graph.errors import BadRequest, TooLarge

STATE = "stand"
"""The hidden field with the whole sheet, as text."""
LARGEST = 8 << 20
"""Bytes of a form or an upload beyond which it is refused unread."""
_FIELD = re.compile(r"([cba])-([1-9][0-9]{0,6})(?:-([a-z0-9/-]{1,250}))?", re.ASCII)
_CELL = re.compile(r"([1-9][0-9]{0,6}) ([a-z]{1,20})", re.ASCII)
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,199}", re.ASCII)


def posted() -> MultiDict[str, str]:
    """The fields of this request. Raises TooLarge."""
    request.max_content_length = request.max_form_memory_size = LARGEST
    try:
        return request.form
    except RequestEntityTooLarge:
        raise TooLarge(
            f"Dit is groter dan {LARGEST >> 20} MB. Verdeel je lijst over meer bestanden.",
            f"This is larger than {LARGEST >> 20} MB. Divide your list over more files.",
        ) from None


def organisation() -> str:
    """The slug of the organisation that was chosen; empty when none was."""
    found = posted().get("organisatie", "").strip()
    return found if _SLUG.fullmatch(found) else ""


def upload() -> tuple[str, bytes]:
    """What was sent to be looked at: how (`file` or `paste`) and its bytes. Raises BadRequest when there is nothing."""
    text = posted().get("lijst", "")
    chosen: FileStorage | None = request.files.get("bestand")
    body = chosen.read() if chosen else b""
    if body:
        return "file", body
    if text.strip():
        return "paste", text.encode("utf-8", errors="replace")
    raise BadRequest(
        "Er kwam niets mee. Plak webadressen in het vak, of kies een bestand.",
        "Nothing came along. Paste web addresses in the box, or choose a file.",
    )


def work() -> bytes:
    """The sheet and the answers, for the sandboxed program."""
    form = posted()
    return json.dumps({"state": form.get(STATE, ""), "answers": _answers(form)}, ensure_ascii=False).encode()


def _answers(form: MultiDict[str, str]) -> dict[str, object]:
    cells: list[tuple[int, str, str]] = []
    decided: list[tuple[int, str, bool]] = []
    others: list[tuple[int, str]] = []
    for name, value in form.items():
        match = _FIELD.fullmatch(name)
        if match is None:
            continue
        place, rest = int(match[2]), match[3] or ""
        if match[1] == "c" and rest:
            cells.append((place, rest, value.strip()))
        elif match[1] == "b" and rest and value in ("ja", "nee"):
            decided.append((place, rest, value == "ja"))
        elif match[1] == "a" and value.strip():
            others.append((place, value.strip()))
    take = form.get("neem", "")
    cell = _CELL.fullmatch(take)
    return {
        **({"organisation": organisation()} if "organisatie" in form else {}),
        "cells": cells,
        "decided": decided,
        "others": others,
        "take": [int(cell[1]), cell[2]] if cell else None,
        "takeAll": take == "alles",
        "drop": _number(form.get("weg", "")),
        "reopen": _number(form.get("wijzig", "")),
    }


def _number(text: str) -> int:
    return int(text) if re.fullmatch(r"[1-9][0-9]{0,6}", text, re.ASCII) else 0
