"""A scan as plain JSON values and back: the fields of the model by their camelCase names, and all that is unknown."""

import re
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any

from kbs_graph.teamscan.jsonfields import Fields, wrong
from kbs_graph.teamscan.model import (
    Action,
    Boundary,
    Contact,
    Kind,
    Line,
    Mode,
    Need,
    NeedKind,
    OwnTopic,
    PlanRow,
    Scan,
    State,
    Who,
)
from kbs_graph.teamscan.problems import is_day

_OWN_KEY = re.compile(r"eigen/[1-9][0-9]{0,3}")
_NAMES = {"lines": "topics", "own_topics": "ownTopics"}
"""The names in the file that are not those of the model."""


def plain(value: object) -> Any:
    """A value of the model as JSON: what is empty is left out, what a later version said stands last."""
    if is_dataclass(value):
        known = {
            _name(field): plain(getattr(value, field.name))
            for field in fields(value)
            if field.name != "extra" and not _empty(field, getattr(value, field.name))
        }
        names = {_name(field) for field in fields(value)}
        extra: Mapping[str, object] = getattr(value, "extra", {})
        return {**known, **{name: other for name, other in extra.items() if name not in names}}
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    return value


def _name(field: "Field[Any]") -> str:
    first, *others = _NAMES.get(field.name, field.name).split("_")
    return first + "".join(word.capitalize() for word in others)


def _empty(field: "Field[Any]", value: object) -> bool:
    """Whether reading gives this value when nothing stands there, and nobody would miss it. Counts of 0 are no such."""
    if value is None or isinstance(value, bool):
        return value is field.default
    return not value and (field.default is MISSING or value == field.default)


def scan_of(found: Fields) -> Scan:
    """The scan that the fields of a file hold. Raises BadRequest, naming the field that holds something else."""
    day = found.text("day")
    if day and not is_day(day):
        raise wrong(found.path("day"), "een datum zoals 2027-03-31", "a date such as 2027-03-31", day)
    return Scan(
        mode=found.choice("mode", Mode, Mode.TEAM),
        name=found.text("name"),
        day=day,
        size=found.whole("size", 1),
        profile=found.text("profile"),
        graph=found.text("graph"),
        lines={key: _line(line) for key, line in found.group("topics").each()},
        own_topics=_own_topics(found),
        contacts=tuple(_contact(contact) for contact in found.groups("contacts")),
        plan=tuple(_row(row) for row in found.groups("plan")),
        extra=found.rest(),
    )


def _line(found: Fields) -> Line:
    return Line(
        need=_need(found.group("need")),
        weight=found.whole("weight", 2, 1, 3),
        counts=found.counts("counts"),
        asked=found.flag("asked", True),
        learn=found.whole("learn", 0),
        keeper=found.text("keeper"),
        partner=found.text("partner"),
        share=found.flag("share", False),
        note=found.text("note"),
        practice=found.text("practice"),
        boundary=_boundary(found.group("boundary")) if "boundary" in found else None,
        extra=found.rest(),
    )


def _need(found: Fields) -> Need:
    return Need(
        kind=found.choice("kind", NeedKind),
        level=found.whole("level", 2, 1, 3),
        number=found.whole("number", 2),
        extra=found.rest(),
    )


def _boundary(found: Fields) -> Boundary:
    return Boundary(
        who=found.choice("who", Who),
        reason=found.text("reason"),
        contact=found.text("contact"),
        phone=found.text("phone"),
        reaction=found.text("reaction"),
        step_up=found.text("stepUp"),
        step_down=found.text("stepDown"),
        registration=found.maybe_flag("registration"),
        extra=found.rest(),
    )


def _own_topics(found: Fields) -> tuple[OwnTopic, ...]:
    topics: dict[str, OwnTopic] = {}
    for one in found.groups("ownTopics"):
        key = one.text("key")
        if not _OWN_KEY.fullmatch(key) or key in topics:
            raise wrong(one.path("key"), "een eigen kenmerk zoals eigen/1", "a key of its own such as eigen/1", key)
        topics[key] = OwnTopic(
            key=key,
            label=one.text("label"),
            domain=one.text("domain"),
            kind=one.choice("kind", Kind, Kind.SPECIFIC),
            explanation=one.text("explanation"),
            extra=one.rest(),
        )
    return tuple(topics.values())


def _contact(found: Fields) -> Contact:
    return Contact(
        role=found.text("role"),
        organisation=found.text("organisation"),
        phone=found.text("phone"),
        reaction=found.text("reaction"),
        note=found.text("note"),
        extra=found.rest(),
    )


def _row(found: Fields) -> PlanRow:
    return PlanRow(
        topic=found.text("topic"),
        goal=found.text("goal"),
        action=found.maybe_choice("action", Action),
        action_text=found.text("actionText"),
        sources=found.texts("sources"),
        owner=found.text("owner"),
        day=found.text("day"),
        notice=found.text("notice"),
        state=found.choice("state", State, State.IDEA),
        extra=found.rest(),
    )
