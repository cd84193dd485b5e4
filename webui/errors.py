"""The one place where an exception becomes an answer: a page for browsers, RFC 9457 problem details for others."""

import json
from dataclasses import dataclass

from flask import Flask, Response, current_app, render_template, request
from werkzeug.exceptions import HTTPException

from kbs_graph.errors import Gone, KbsError, NoSnapshot, Unavailable
from kbs_graph.model import Tombstone
from webui import i18n, negotiation
from webui.i18n import N_, gettext

_TITLES = {
    400: N_("This request is not right"),
    403: N_("This is not allowed"),
    404: N_("This page is not here (any more)"),
    405: N_("This address does not work that way"),
    406: N_("We do not have it in that form"),
    410: N_("This has been withdrawn"),
    413: N_("This is too large"),
    415: N_("We cannot read that form"),
    500: N_("Something went wrong on our side"),
    503: N_("This does not work right now"),
}
_ADVICE = {
    400: N_("The server could not understand what was asked. Check the address."),
    404: N_("Check the address, search, or begin with one of the areas."),
    405: N_("Use one of the methods in the Allow header."),
    413: N_("Send less at a time."),
    500: N_("The fault has been logged. Try again later."),
}
_RETRY_SECONDS = {NoSnapshot: 60, Unavailable: 5}
"""After how many seconds to try again what passes by itself."""


@dataclass(frozen=True)
class Problem:
    """An error as a reader sees it, in the reader's language."""

    status: int
    title: str
    detail: str


def init(app: Flask) -> None:
    app.register_error_handler(Exception, answer)


def answer(error: Exception) -> Response:
    """The answer to an exception. What nobody foresaw is logged, and told without any detail."""
    headers: dict[str, str] = {}
    if isinstance(error, HTTPException):
        problem = _problem(error.code or 500)
        given = error.get_response().headers
        headers = {name: given[name] for name in ("Allow",) if name in given}
    elif isinstance(error, KbsError) and error.status != 500:
        problem = _problem(error.status, words_of(error))
        headers = retry_after(error)
    else:
        current_app.logger.exception("unexpected error at %s", request.path)
        problem = _problem(500)
    response = _page(problem, error) if _is_browser() else _details(problem)
    response.headers.update(headers)
    response.headers["Content-Language"] = i18n.language()
    response.vary.update(("Accept", "Accept-Language"))
    return response


def words_of(error: KbsError) -> str:
    """What an error of the library tells, in the reader's language."""
    return error.words.in_language(i18n.language())


def retry_after(error: KbsError) -> dict[str, str]:
    """The Retry-After header of an error, where trying again makes sense."""
    seconds = _RETRY_SECONDS.get(type(error))
    return {"Retry-After": str(seconds)} if seconds else {}


def _problem(status: int, detail: str = "") -> Problem:
    general = 500 if status >= 500 else 400
    title = _TITLES.get(status, _TITLES[general])
    return Problem(status, gettext(title), detail or gettext(_ADVICE.get(status, _ADVICE[general])))


def _is_browser() -> bool:
    return negotiation.prefers_page(negotiation.ranges(request.accept_mimetypes))


def _page(problem: Problem, error: Exception) -> Response:
    tombstone = error.tombstone if isinstance(error, Gone) and isinstance(error.tombstone, Tombstone) else None
    body = render_template("error.html", problem=problem, tombstone=tombstone)
    return Response(body, status=problem.status, mimetype=negotiation.HTML)


def _details(problem: Problem) -> Response:
    document = {
        "type": "about:blank",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
    }
    body = json.dumps(document, ensure_ascii=False)
    return Response(body, status=problem.status, mimetype=negotiation.PROBLEM)
