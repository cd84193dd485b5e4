"""The one place where an exception becomes an answer: a page for browsers, RFC 9457 problem details for others."""

import json
import re
import traceback
from dataclasses import dataclass, field

from flask import Flask, Response, current_app, redirect, render_template, request
from werkzeug.exceptions import ClientDisconnected, HTTPException, RequestEntityTooLarge
from werkzeug.wrappers import Response as Answer

from kbs_graph import catalog
from kbs_graph.engine.syntax_errors import NotSparql
from kbs_graph.errors import Gone, KbsError, Moved, NoSnapshot, TooLarge, TooMany, Unauthorised, Unavailable
from kbs_graph.model import Ref, Tombstone
from webui import i18n, negotiation, urls
from webui.i18n import N_, gettext
from webui.protocol import FORM, QUERY, UnsupportedMediaType
from webui.serving import opened

_TITLES = {
    400: N_("This request is not right"),
    401: N_("This needs a token"),
    403: N_("This is not allowed"),
    404: N_("This page is not here (any more)"),
    405: N_("This address does not work that way"),
    406: N_("We do not have it in that form"),
    408: N_("This request stopped half-way"),
    410: N_("This has been withdrawn"),
    412: N_("This has changed in the meantime"),
    413: N_("This is too large"),
    415: N_("We cannot read that form"),
    429: N_("This is more than we can take at once"),
    500: N_("Something went wrong on our side"),
    503: N_("This does not work right now"),
}
_ADVICE = {
    400: N_("The server could not understand what was asked. Check the address."),
    404: N_("Check the address, search, or begin with one of the areas."),
    405: N_("Use one of the methods in the Allow header."),
    408: N_("Not all of it arrived in time. Send it again."),
    500: N_("The fault has been logged. Try again later."),
}
_RETRY_SECONDS = {NoSnapshot: 60, Unavailable: 5}
"""After how many seconds to try again what passes by itself."""


@dataclass(frozen=True)
class Problem:
    """An error as a reader sees it, in the reader's language; for a query that is no SPARQL with the place where."""

    status: int
    title: str
    detail: str
    place: dict[str, int] = field(default_factory=dict)


def init(app: Flask) -> None:
    app.register_error_handler(Exception, answer)


def answer(error: Exception) -> Answer:
    """The answer to an exception. What nobody foresaw is logged, and told without any detail."""
    headers: dict[str, str] = {}
    if isinstance(error, RequestEntityTooLarge):
        error = _too_large()
    if isinstance(error, Moved):
        return _moved(error)
    if isinstance(error, HTTPException):
        problem = _problem(408 if isinstance(error, ClientDisconnected) else error.code or 500)
        given = error.get_response().headers
        headers = {name: given[name] for name in ("Allow",) if name in given}
    elif isinstance(error, KbsError) and error.status != 500:
        problem = _problem(error.status, words_of(error), **_place(error))
        headers = retry_after(error) | _challenge(error) | _accepted(error)
    else:
        _log(error)
        problem = _problem(500)
    response = _page(problem, error) if _is_browser() else _details(problem)
    response.headers.update(headers)
    response.headers["Content-Language"] = i18n.language()
    response.vary.update(("Accept", "Accept-Language"))
    return response


def _log(error: Exception) -> None:
    """Write down what nobody foresaw. Of a form only the kind and the places: the text of an error may hold what was
    typed, and what is filled in is written down nowhere."""
    if request.method == "POST":
        places = "".join(traceback.format_tb(error.__traceback__))
        current_app.logger.error("unexpected %s at %s\n%s", type(error).__name__, request.path, places)
    else:
        current_app.logger.exception("unexpected error at %s", request.path)


def words_of(error: KbsError) -> str:
    """What an error of the library tells, in the reader's language."""
    return error.words.in_language(i18n.language())


def retry_after(error: KbsError) -> dict[str, str]:
    """The Retry-After header of an error, where trying again makes sense."""
    known = (seconds for kind, seconds in _RETRY_SECONDS.items() if isinstance(error, kind))
    seconds = error.seconds if isinstance(error, TooMany) else next(known, None)
    return {"Retry-After": str(seconds)} if seconds else {}


def _challenge(error: KbsError) -> dict[str, str]:
    """How to come back with a token (RFC 6750, section 3)."""
    if not isinstance(error, Unauthorised):
        return {}
    fault = f', error="{error.fault}"' if error.fault else ""
    return {"WWW-Authenticate": f'Bearer realm="Kennisbouwstenen"{fault}'}


def _accepted(error: KbsError) -> dict[str, str]:
    """How a query may be sent (RFC 9110, section 15.5.16)."""
    return {"Accept": f"{FORM}, {QUERY}"} if isinstance(error, UnsupportedMediaType) else {}


def _place(error: KbsError) -> dict[str, int]:
    return {"line": error.line, "column": error.column} if isinstance(error, NotSparql) else {}


def _problem(status: int, detail: str = "", **place: int) -> Problem:
    general = 500 if status >= 500 else 400
    title = _TITLES.get(status, _TITLES[general])
    return Problem(status, gettext(title), detail or gettext(_ADVICE.get(status, _ADVICE[general])), place)


def _too_large() -> TooLarge:
    most = (request.max_content_length or 0) >> 10
    return TooLarge(
        f"Er kan hier {most} KiB in een keer worden gestuurd. Stuur minder.",
        f"At most {most} KiB can be sent here at a time. Send less.",
    )


def _is_browser() -> bool:
    return negotiation.prefers_page(negotiation.ranges(request.accept_mimetypes))


def _moved(error: Moved) -> Answer:
    """To the page of the successor, in the language of the address that was asked, with what was asked of it."""
    asked = request.query_string.decode("latin-1")
    response = redirect(urls.page(error.segment, error.slug) + (f"?{asked}" if asked else ""), 301)
    # Without this a browser may keep the redirect for ever, also when the address comes back to life.
    response.cache_control.no_cache = True
    return response


def _page(problem: Problem, error: Exception) -> Response:
    tombstone = error.tombstone if isinstance(error, Gone) and isinstance(error.tombstone, Tombstone) else None
    lost = problem.status in (404, 410)
    body = render_template(
        "error.html",
        problem=problem,
        tombstone=tombstone,
        lost=lost,
        words=_words_of_the_address() if lost else "",
        domains=_domains() if lost else (),
    )
    return Response(body, status=problem.status, mimetype=negotiation.HTML)


def _words_of_the_address() -> str:
    """What the reader was probably looking for, to search with: the words of the last part of the path."""
    words = re.findall(r"[^\W\d_]{2,}", request.path.rstrip("/").rsplit("/", 1)[-1].partition(".")[0])
    return " ".join(words)[:80].strip()


def _domains() -> tuple[Ref, ...]:
    """The ways on for who is lost; none when there is no graph to take them from."""
    try:
        return catalog.home(opened().store).domains
    except KbsError:
        return ()


def _details(problem: Problem) -> Response:
    document = {
        "type": "about:blank",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        **problem.place,
    }
    body = json.dumps(document, ensure_ascii=False)
    return Response(body, status=problem.status, mimetype=negotiation.PROBLEM)
