"""The program that reads files of a team scan for the site and makes them, in the sandbox: it can write nothing.

`{"do": "read", "snapshot": path}` makes of any file JSON: `{"scan": …, "notes": [[nl, en]…], "problems": [[nl, en]…]}`;
`{"do": "read-all", "snapshot": path, "sizes": […]}` does so for files one after another in the body: a list of these,
with `{"refused": [nl, en]}` for a file that cannot be read.
`{"do": "make", "snapshot": path, "subject": …, "ending": …, "language": …, "base": …}` makes of a scan as JSON (of a
region: of a list of them) one of `documents.kinds`.
`{"do": "template", "snapshot": path, "language": …, "domains": […], "general": bool, "keys": […], "profile": …,
"mode": …}` makes the empty sheet.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kbs_graph import sandbox
from kbs_graph.errors import KbsError
from kbs_graph.remote.restoring import opened
from kbs_graph.teamscan import scanfile, topics
from kbs_graph.teamscan.documents import making
from kbs_graph.teamscan.documents.kinds import Subject, Wanted
from kbs_graph.teamscan.jsonfields import parse
from kbs_graph.teamscan.model import Mode, Topic
from kbs_graph.teamscan.sheet import as_workbook, reading


@dataclass(frozen=True)
class Prepared:
    """What a job needs of the graph, read before the limits are set."""

    arguments: Mapping[str, Any]
    topics: tuple[Topic, ...]
    retired: Mapping[str, str]


def prepare(arguments: Mapping[str, Any]) -> Prepared:
    """Read the topics of a snapshot (the path of its folder)."""
    store = opened(Path(arguments["snapshot"]))
    return Prepared(arguments, topics.read(store), topics.retired(store))


def job(prepared: Prepared, body: bytes) -> bytes:
    """The answer to one job."""
    return {"read": _read, "read-all": _read_all, "make": _make, "template": _template}[prepared.arguments["do"]](
        prepared, body
    )


def _read(prepared: Prepared, body: bytes) -> bytes:
    read = reading.read(body, prepared.topics, prepared.retired)
    notes, problems = ([[words.nl, words.en] for words in said] for said in (read.notes, read.problems))
    answer = {"scan": json.loads(scanfile.dumps(read.scan)), "notes": notes, "problems": problems}
    return json.dumps(answer, ensure_ascii=False).encode()


def _read_all(prepared: Prepared, body: bytes) -> bytes:
    answers, start = [], 0
    for size in prepared.arguments["sizes"]:
        try:
            answers.append(json.loads(_read(prepared, body[start : start + size])))
        except KbsError as error:
            answers.append({"refused": [error.words.nl, error.words.en]})
        start += size
    return json.dumps(answers, ensure_ascii=False).encode()


def _make(prepared: Prepared, body: bytes) -> bytes:
    asked = prepared.arguments
    found = parse(body.decode())
    texts = [json.dumps(one, ensure_ascii=False) for one in (found if isinstance(found, list) else [found])]
    scans = [scanfile.loads(text, prepared.topics, prepared.retired).scan for text in texts]
    subject = Subject(asked["subject"])
    wanted = Wanted(subject, asked["ending"], asked["language"], asked.get("base", ""))
    return making.make(wanted, scans, prepared.topics)


def _template(prepared: Prepared, body: bytes) -> bytes:
    asked = prepared.arguments
    keys = set(asked.get("keys", ()))
    chosen = as_workbook.chosen(prepared.topics, asked.get("domains", ()), bool(asked.get("general")))
    wanted = [topic for topic in (prepared.topics if keys else chosen) if not keys or topic.key in keys]
    scan = as_workbook.beginning(
        wanted, asked.get("profile", ""), Mode(asked.get("mode", Mode.TEAM)), asked.get("graph", "")
    )
    return as_workbook.make(scan, prepared.topics, asked["language"])


if __name__ == "__main__":
    sandbox.serve(job, prepare)
