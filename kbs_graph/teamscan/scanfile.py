"""The file of a team scan: JSON, made and read by the site, the sheet and the command line alike.

    {"format": "kennisbouwstenen-teamscan", "version": 1, "readableFrom": 1,
     "mode": "team", "name": "Team Noord", "day": "2027-03-31", "size": 6, "profile": "breed", "graph": "0.1.0",
     "topics": {"aspect/veilig-thuis":
                    {"need": {"kind": "some", "level": 2, "number": 2}, "weight": 3, "counts": [3, 0, 0]}},
     "ownTopics": [], "contacts": [], "plan": []}

The names and values are those of `model`, in camelCase; `scan.schema.json` says all of it (JSON Schema 2020-12). What
is empty may be left out, but counts left out are *not filled in*, which is never [0, 0, 0].

A later version of the format may add fields: they are kept at every level (`extra`) and written back, also by a version
that does not know them. It says in `readableFrom` since which version it can be read; an older reader refuses it then.
Topics this graph does not know are kept and told; retired ones go on as their successor.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from importlib.resources import files
from typing import Any

from kbs_graph.errors import BadRequest, TooLarge, Words
from kbs_graph.teamscan.jsonfields import Fields, parse, tidy
from kbs_graph.teamscan.model import Scan, Topic
from kbs_graph.teamscan.problems import Problem, problems
from kbs_graph.teamscan.renewal import Renewed as Loaded
from kbs_graph.teamscan.renewal import renew
from kbs_graph.teamscan.scancodec import plain, scan_of

__all__ = ["FORMAT", "MOST_BYTES", "Loaded", "Problem", "dumps", "example", "loads", "problems", "schema", "tidy"]
FORMAT = "kennisbouwstenen-teamscan"
VERSION = 1
MOST_BYTES = 2_000_000
"""The largest file that is read; a scan of everything with long notes takes a quarter of it."""
_LARGEST_VERSION = 10**6


def dumps(scan: Scan, indent: int | None = None) -> str:
    """The scan as the text of a file. What is empty is left out; what a later version said is written back."""
    head = {"format": FORMAT, "version": VERSION, "readableFrom": VERSION}
    return json.dumps({**head, **plain(scan), **head}, ensure_ascii=False, indent=indent)


def loads(text: str | bytes, topics: tuple[Topic, ...], retired: Mapping[str, str]) -> Loaded:
    """The scan in a file, by the keys of today, with what there is to tell of it (`renewal.Renewed`).

    Texts come back tidy. Numbers that cannot be right are no reason to refuse a file: see `problems`. Raises TooLarge,
    and BadRequest (another kind of file, a version we cannot read, a field that holds something else than it should).
    """
    if len(text) > MOST_BYTES:
        raise TooLarge(
            f"Dit bestand is groter dan {MOST_BYTES // 10**6} MB. Een bestand van de teamscan is veel kleiner.",
            f"This file is larger than {MOST_BYTES // 10**6} MB. A file of the team scan is much smaller.",
        )
    found = Fields(_ours(parse(_decoded(text) if isinstance(text, bytes) else text.removeprefix("\ufeff"))))
    note = _version(found)
    renewed = renew(scan_of(found), topics, retired)
    return replace(renewed, notes=(*note, *renewed.notes))


def schema() -> str:
    """The JSON Schema (2020-12) of the file."""
    return _packaged("scan.schema.json")


def example() -> str:
    """The file of fixture F1: a team of six and five topics, one of each outcome."""
    return _packaged("f1.json")


def _packaged(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _decoded(body: bytes) -> str:
    """The text of a file: UTF-8, with or without its mark, or UTF-16 with one."""
    if body.startswith(b"PK\x03\x04"):
        raise BadRequest(
            "Dit lijkt een Excel- of Word-bestand. Kies het JSON-bestand van je scan, of open dit als sjabloon.",
            "This looks like an Excel or Word file. Choose the JSON file of your scan, or open this as the sheet.",
        )
    try:
        return body.decode("utf-16" if body[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        raise BadRequest(
            "Dit bestand is niet te lezen als tekst (UTF-8). Kies het bestand dat je hier bewaarde.",
            "This file cannot be read as text (UTF-8). Choose the file you saved here.",
        ) from None


def _ours(value: object) -> dict[str, Any]:
    if isinstance(value, dict) and value.get("format") == FORMAT:
        return value
    raise BadRequest(
        f"Dit is geen bestand van de teamscan: het veld ‘format’ is niet ‘{FORMAT}’. "
        "Kies het bestand dat je hier bewaarde.",
        f"This is not a file of the team scan: the field ‘format’ is not ‘{FORMAT}’. Choose the file you saved here.",
    )


def _version(found: Fields) -> tuple[Words, ...]:
    found.text("format")
    version = found.whole("version", 0, 1, _LARGEST_VERSION)
    oldest = found.whole("readableFrom", version, 1, _LARGEST_VERSION)
    if oldest > VERSION:
        raise BadRequest(
            f"Dit bestand is van een nieuwere versie ({version}) dan deze site kent ({VERSION}). "
            "Open het waar je het bewaarde; je bestand blijft goed.",
            f"This file is of a newer version ({version}) than this site knows ({VERSION}). "
            "Open it where you saved it; your file stays intact.",
        )
    if version > VERSION:
        return (
            Words(
                f"Dit bestand is van een nieuwere versie ({version}). Wat deze site niet kent, blijft in je bestand, "
                "maar telt hier niet mee.",
                f"This file is of a newer version ({version}). What this site does not know stays in your file, "
                "but does not count here.",
            ),
        )
    return ()
