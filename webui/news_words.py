"""How the site says what is new and changed: kinds of change, what of a thing changed, numbers of changes."""

from collections.abc import Iterable, Mapping
from itertools import groupby

from flask import Flask

from kbs_graph.history import Change, Moment
from webui.i18n import N_, gettext

TAG = "tag:w3id.org,2026:kennisbouwstenen"
"""What the ids in our feeds begin with, for good (RFC 4151: an authority and a year it was ours)."""
_HEADINGS = {
    "added": N_("Added"),
    "changed": N_("Changed"),
    "renamed": N_("Renamed"),
    "retired": N_("Withdrawn"),
}
_COUNTED = {
    "added": N_("%(number)s added"),
    "changed": N_("%(number)s changed"),
    "renamed": N_("%(number)s renamed"),
    "retired": N_("%(number)s withdrawn"),
}
_IN_A_RELEASE = {
    "added": N_("Added in %(version)s"),
    "changed": N_("Changed in %(version)s"),
    "renamed": N_("Renamed in %(version)s"),
    "retired": N_("Withdrawn in %(version)s"),
}
_NOT_RELEASED = {
    "added": N_("Added after the last release"),
    "changed": N_("Changed after the last release"),
    "renamed": N_("Renamed after the last release"),
    "retired": N_("Withdrawn after the last release"),
}
_FIELDS = {
    "name": N_("name"),
    "definition": N_("description"),
    "explanation": N_("explanation"),
    "parts": N_("texts"),
    "sources": N_("sources"),
    "mappings": N_("words of other models"),
    "review": N_("confirmation"),
    "links": N_("links"),
    "facts": N_("facts"),
}


def heading(kind: str) -> str:
    """The name of a kind of change, above a list of them."""
    return gettext(_HEADINGS[kind])


def counted(counts: Mapping[str, int]) -> str:
    """How many changes of each kind: "3 added, 2 changed"; empty when there are none."""
    return ", ".join(gettext(_COUNTED[kind]) % {"number": number} for kind, number in counts.items())


def moment(found: Moment) -> str:
    """What happened to a thing and when."""
    words = _IN_A_RELEASE if found.version else _NOT_RELEASED
    return gettext(words[found.change.kind]) % {"version": found.version}


def fields(change: Change) -> str:
    """What of a thing changed; empty for any other kind of change."""
    return ", ".join(gettext(_FIELDS[name]) for name in change.fields)


def by_change(changes: Iterable[Change]) -> list[tuple[str, list[tuple[str | None, list[Change]]]]]:
    """Changes by their kind, and within it by the kind of thing, in the order they come in."""
    return [
        (kind, [(segment, list(same)) for segment, same in groupby(group, key=lambda change: change.ref.segment)])
        for kind, group in groupby(changes, key=lambda change: change.kind)
    ]


def init(app: Flask) -> None:
    app.jinja_env.globals.update(
        news={"heading": heading, "counted": counted, "moment": moment, "fields": fields, "by_change": by_change}
    )
