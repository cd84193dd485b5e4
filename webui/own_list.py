"""A reader's own list: a few things, named in an address and nowhere else.

Its page holds a thing per parameter (`?p=aspect/meldcode&p=…`); pages that were reached from it carry it along in one
parameter (`?lijst=aspect/meldcode,…`), so that one can go on choosing.
"""

from collections.abc import Iterable

from flask import Flask, request

from kbs_graph.terms import ID, parts_of

MOST = 50
"""Things in one list; what comes after is left off, and said."""


def init(app: Flask) -> None:
    app.jinja_env.globals.update(carried_list=carried, most_in_list=MOST)


def entries(values: Iterable[str]) -> tuple[list[str], list[str]]:
    """The keys among the values, each once, in their order; and the values that cannot be the key of a thing."""
    found: dict[str, None] = {}
    others: dict[str, None] = {}
    for value in values:
        if value:
            (found if parts_of(ID + value) and "#" not in value else others)[value] = None
    return list(found), list(others)


def carried() -> list[str]:
    """The list that the address of this page carries along."""
    return entries(request.args.get("lijst", "").split(","))[0][:MOST]
