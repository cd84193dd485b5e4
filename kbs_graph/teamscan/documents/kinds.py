"""Which files can be made of a scan: of what, in which forms, how they are called. What makes them is `making`."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kbs_graph.errors import Words


class Subject(StrEnum):
    """What a file is of, by the word in addresses and forms."""

    SCAN = "scan"
    REPORT = "rapport"
    DELIMITATION = "afbakening"
    PLAN = "plan"
    REGION = "regio"


ENDINGS: Mapping[Subject, tuple[str, ...]] = {
    Subject.SCAN: ("json", "xlsx", "csv"),
    Subject.REPORT: ("docx", "xlsx", "csv", "json"),
    Subject.DELIMITATION: ("docx", "xlsx", "csv", "json"),
    Subject.PLAN: ("docx", "xlsx", "csv", "json", "ics"),
    Subject.REGION: ("docx", "xlsx", "csv", "json"),
}
"""In which forms each can be had, the usual one first."""
TYPES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8; header=present",
    "ics": "text/calendar; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""The media type of each ending."""
NAMES = {
    Subject.SCAN: Words("teamscan", "team-scan"),
    Subject.REPORT: Words("teamscan-rapport", "team-scan-report"),
    Subject.DELIMITATION: Words("teamscan-afbakening", "team-scan-delimitation"),
    Subject.PLAN: Words("teamscan-leerplan", "team-scan-learning-plan"),
    Subject.REGION: Words("teamscan-regio", "team-scan-region"),
}


@dataclass(frozen=True)
class Wanted:
    """Which file: of what, its ending, its language, and for a calendar the public address of the site."""

    subject: Subject
    ending: str
    language: str
    base: str = ""


def name(wanted: Wanted, day: str) -> str:
    """The name of a file: what it is and a day (ISO 8601); nothing that a person typed."""
    return f"{NAMES[wanted.subject].in_language(wanted.language)}-{day}.{wanted.ending}"
