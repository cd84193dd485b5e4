"""JSONP: an answer as a call of a function of the page that asks, for clients older than CORS."""

import re

from flask import request

from kbs_graph.errors import BadRequest

JAVASCRIPT = "application/javascript"
_NAME = re.compile(r"[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*)*", re.ASCII)
_LONGEST = 100


def callback() -> str:
    """The function that `callback` names; empty for none. Raises BadRequest for what is no name in JavaScript."""
    name = request.args.get("callback", "")
    if len(name) > _LONGEST or (name and not _NAME.fullmatch(name)):
        raise BadRequest(
            "callback moet een naam in JavaScript zijn, zoals cb of mijn.functie.",
            "callback must be a name in JavaScript, such as cb or my.function.",
        )
    return name
