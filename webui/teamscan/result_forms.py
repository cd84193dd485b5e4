"""What the forms of the results change in a scan: the delimitation and the plan. Pure: a scan and a form make a scan.

A field that is not in the form leaves what it is about as it was; so these may be read on every way through the scan.
"""

from dataclasses import replace
from enum import StrEnum
from typing import Any, TypeVar

from kbs_graph.errors import BadRequest, Words
from kbs_graph.teamscan import plan, problems, rules
from kbs_graph.teamscan.model import Action, Boundary, Line, NeedKind, PlanRow, Scan, State, Who
from webui.i18n import language
from webui.teamscan.fields import Fault, Form, Read, keys, said, text
from webui.teamscan.form import Topics

MOST_ROWS = 60
"""Rows a plan may have; two or three is the advice."""
BOUNDARY = {
    "reason": "grens-reden",
    "contact": "grens-contact",
    "phone": "grens-telefoon",
    "reaction": "grens-reactie",
    "step_up": "grens-op",
    "step_down": "grens-af",
}
"""The fields of an agreement by what they fill in, each followed by `:` and the key of its topic."""
CHOICE, REGISTRATION = "grens-wie", "grens-registratie"
ROW = {"goal": "plan-doel", "action_text": "plan-eigen", "owner": "plan-wie", "notice": "plan-merken"}
"""The fields of words of a row of the plan, each followed by `:` and its place."""
ACTION, STATE, DAY, SOURCES = "plan-actie", "plan-stand", "plan-dag", "plan-bronnen"
ADD, REMOVE = "plan-bij", "plan-weg"
"""Buttons: put this topic in the plan, take this row out."""
VERSION = "versie"
"""Whether a file of the plan is a draft (`concept`) or final (`klaar`)."""
_REGISTERED = {"ja": True, "nee": False, "": None}
_Choice = TypeVar("_Choice", bound=StrEnum)


def changed(scan: Scan, form: Form, topics: Topics) -> Read:
    """The scan with all that the delimitation and the plan in this form say."""
    drawn = _drawn(scan, form)
    rows, faults = [], []
    for place, row in enumerate(drawn.plan):
        after, found = _row(row, place, form)
        rows.append(after)
        faults += found
    faults += _unfinished(replace(drawn, plan=tuple(rows)), form, topics)
    kept = [row for place, row in enumerate(rows) if str(place) not in form.getlist(REMOVE)]
    return Read(_with_more(replace(drawn, plan=tuple(kept)), form, topics), tuple(faults))


def _drawn(scan: Scan, form: Form) -> Scan:
    lines = dict(scan.lines)
    touched = [key for what in (CHOICE, REGISTRATION, *BOUNDARY.values()) for key in keys(form, what)]
    for key in dict.fromkeys(touched):
        if key in lines:
            lines[key] = replace(lines[key], boundary=_boundary(lines[key], key, form))
    return replace(scan, lines=lines)


def _boundary(line: Line, key: str, form: Form) -> Boundary | None:
    """The agreement of a topic; None as long as nothing was typed, or chosen but what the need says by itself."""
    by_need = Who.SPECIALIST if line.need.kind is NeedKind.SPECIALIST else None
    before = line.boundary or Boundary(by_need or Who.WE)
    typed: dict[str, Any] = {
        name: text(form, f"{field}:{key}", getattr(before, name)) for name, field in BOUNDARY.items()
    }
    registration = _REGISTERED.get(form.get(f"{REGISTRATION}:{key}", "as it was"), before.registration)
    chosen = form.get(f"{CHOICE}:{key}")
    after = replace(before, who=_one_of(Who, chosen, before.who), registration=registration, **typed)
    if line.boundary is None and chosen in (None, "", by_need) and not any(typed.values()) and registration is None:
        return None
    return None if chosen == "" and not any(typed.values()) else after


def _one_of(kinds: type[_Choice], typed: str | None, before: _Choice) -> _Choice:
    return kinds(typed) if typed in list(kinds) else before


def _row(row: PlanRow, place: int, form: Form) -> tuple[PlanRow, list[Fault]]:
    def at(name: str) -> str:
        return f"{name}:{place}"

    action = form.get(at(ACTION))
    day = form.get(at(DAY), row.day).strip()
    faults = [] if not day or problems.is_day(day) else [Fault(at(DAY), _no_date(day))]
    typed: dict[str, Any] = {name: text(form, at(field), getattr(row, name)) for name, field in ROW.items()}
    after = replace(
        row,
        **typed,
        action=None if action == "" else Action(action) if action in list(Action) else row.action,
        state=_one_of(State, form.get(at(STATE)), row.state),
        day=row.day if faults else day,
    )
    if at(SOURCES) in form:  # an empty field goes with the boxes: none ticked is a choice too
        after = replace(after, sources=tuple(dict.fromkeys(slug for slug in form.getlist(at(SOURCES)) if slug)))
    return after, faults


def _no_date(typed: str) -> Words:
    return Words(
        f"“{said(typed)}” is geen datum. Schrijf jaar, maand en dag, zoals 2027-03-31.",
        f"“{said(typed)}” is not a date. Write year, month and day, such as 2027-03-31.",
    )


def _unfinished(scan: Scan, form: Form, topics: Topics) -> list[Fault]:
    """Why a file of the plan cannot be called final, when that was asked."""
    if form.get("wat") != "plan" or form.get(VERSION) != "klaar":
        return []
    try:
        plan.refuse_unfinished(scan, tuple(topics.values()))
    except BadRequest as error:
        return [Fault(VERSION, error.words)]
    return []


def _with_more(scan: Scan, form: Form, topics: Topics) -> Scan:
    """The plan with a first row for each topic that a button asked for and that is not in it yet."""
    asked = dict.fromkeys(form.getlist(ADD))
    have = {row.topic for row in scan.plan}
    judged = {found.topic.key: found for found in rules.judged(scan, tuple(topics.values()))} if asked else {}
    rows = [plan.proposal(judged[key], scan.mode, language()) for key in asked if key in judged and key not in have]
    return replace(scan, plan=(*scan.plan, *rows)[: max(MOST_ROWS, len(scan.plan))])
