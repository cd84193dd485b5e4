"""Telling the editors something: the form, what happens when it is sent, and the page that says what became of it."""

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, redirect, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as Answer

from kbs_graph import catalog, form_ids, ratelimit, suggestions
from kbs_graph.errors import KbsError, Unavailable, Words
from kbs_graph.ratelimit import Limit
from kbs_graph.suggestions import Draft, Fault
from kbs_graph.terms import parts_of
from webui import errors, urls
from webui.i18n import LANGUAGES, N_, gettext, language
from webui.negotiation import HTML
from webui.protocol import UnsupportedMediaType
from webui.serving import opened, settings
from webui.wording import plain

blueprint = Blueprint("suggestions", __name__)

QUICKEST = 3.0
"""Seconds a person needs at least between seeing the form and sending it."""
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_KINDS = {
    "fout": N_("There is a mistake"),
    "mist": N_("Something is missing"),
    "onduidelijk": N_("Something is unclear"),
    "dode-link": N_("A link does not work"),
    "ander-woord": N_("I use another word for it"),
}
_STATES = {
    suggestions.RECEIVED: N_("received"),
    suggestions.AT_WORK: N_("being looked at"),
    suggestions.DONE: N_("done"),
    suggestions.DECLINED: N_("not adopted"),
}


@blueprint.get("/<lang:lang>/suggestie")
def form(lang: str) -> Answer:
    """The form, filled in with what the address says (`over`, `soort`, `tekst`); with `nummer`: to that suggestion."""
    number = request.args.get("nummer", "").strip()
    if number:
        return redirect(urls.suggestion_state(suggestions.find(settings().var, number).shown), 302)
    draft, found = _draft(request.args)
    text = draft.text[: suggestions.LONGEST]
    kind_known = draft.kind in ("", *suggestions.KINDS)
    shown = [fault for fault in found if fault.field == "page" or (fault.field == "kind" and not kind_known)]
    fresh = form_ids.issue(_key(), time.time())
    return _page(Draft(draft.kind, draft.page, text, draft.language), fresh, shown)


@blueprint.post("/<lang:lang>/suggestie")
def send(lang: str) -> Answer:
    """Keep what was sent and go to its page; or the form again with all that was typed, and what is the matter."""
    if request.mimetype not in _FORMS:
        there = ", ".join(_FORMS)
        raise UnsupportedMediaType(
            f"Een suggestie komt van het formulier op deze pagina, als {there}.",
            f"A suggestion comes from the form on this page, as {there}.",
        )
    draft, found = _draft(request.form)
    posted = request.form.get("formulier", "")
    try:
        return _receive(draft, found, posted, time.time())
    except KbsError as error:
        return _page(draft, posted, (), errors.words_of(error), error.status, errors.retry_after(error))


def _receive(draft: Draft, found: list[Fault], posted: str, now: float) -> Answer:
    secret, var = _key(), settings().var
    shown = form_ids.read(secret, posted, now)
    current = shown.id if shown else form_ids.issue(secret, now)
    if found:
        return _page(draft, current, found, status=422)
    if shown is None:
        return _page(draft, current, (), gettext("This form was open for too long. Press Send once more."), 422)
    if request.form.get("extra") or shown.age < QUICKEST:
        notice = gettext("That went so quickly that it looked like a machine. Wait a moment and press Send once more.")
        return _page(draft, current, (), notice, 422)
    kept = suggestions.sent(var, secret, current)
    if kept is None:
        ratelimit.enforce(var, "suggestions", request.remote_addr, _limits())
        kept = suggestions.submit(var, secret, current, draft, datetime.fromtimestamp(now, UTC))
    if not kept.says(draft):
        notice = gettext("You already sent suggestion %(number)s with this form. Press Send to send this one as well.")
        return _page(draft, form_ids.issue(secret, now), (), notice % {"number": kept.shown}, 409)
    return redirect(urls.suggestion_state(kept.shown), 303)


@blueprint.get("/<lang:lang>/suggestie/<number>")
def state(lang: str, number: str) -> Answer:
    """What became of a suggestion; its text is for the editors only. 404 for a number we do not know."""
    found = suggestions.find(settings().var, number)
    if number != found.shown:
        return redirect(urls.suggestion_state(found.shown), 301)
    body = render_template("suggestion_state.html", suggestion=found, kinds=_KINDS, states=_STATES)
    return _private(Response(body, mimetype=HTML))


def _draft(given: Mapping[str, str]) -> tuple[Draft, list[Fault]]:
    """What was filled in, and all that is wrong with it."""
    asked = given.get("over", "").strip()
    path = _path_of(asked)
    kind = suggestions.cleaned(given.get("soort", "")).replace(" ", "-")
    draft = Draft(kind, path or "", suggestions.cleaned(given.get("tekst", "")), language())
    found = list(suggestions.faults(draft))
    if path is None:
        draft = Draft(kind, suggestions.cleaned(asked)[: suggestions.LONGEST_PAGE], draft.text, draft.language)
        words = Words(
            "Dit is geen adres van een van onze pagina's. Laat het leeg, of begin met /nl/ of /en/.",
            "This is not the address of a page of ours. Leave it empty, or begin with /nl/ or /en/.",
        )
        found.append(Fault("page", words))
    return draft, found


def _path_of(asked: str) -> str | None:
    """The path of one of our pages from a path, our own web address or an IRI of ours; None when it is neither."""
    try:
        parts = urlsplit(asked)
    except ValueError:
        return None
    named = parts_of(asked)
    if named or not asked:
        return urls.page(*named) if named else ""
    home = urlsplit(urls.absolute("/"))
    if (parts.scheme or parts.netloc) and (parts.scheme, parts.netloc) != (home.scheme, home.netloc):
        return None
    path = asked[len(f"{parts.scheme}://{parts.netloc}") :] if parts.netloc else asked
    return path if path.startswith("/") and _is_ours(parts.path) and "\\" not in path else None


def _is_ours(path: str) -> bool:
    """Whether a path can be of a page here: below a language (also one that is not there: say so), or a known one."""
    first, _, rest = path[1:].partition("/")
    if first in LANGUAGES and not rest.startswith("/"):
        return True
    try:
        current_app.url_map.bind("localhost").match(path)
    except HTTPException:
        return False
    return True


def _page(
    draft: Draft,
    form_id: str,
    found: list[Fault] | tuple[Fault, ...],
    notice: str = "",
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    body = render_template(
        "suggestion.html",
        draft=draft,
        form_id=form_id,
        faults=[(fault.field, fault.words.in_language(language())) for fault in found],
        notice=notice,
        kinds=_KINDS,
        longest=suggestions.LONGEST,
        about=_name_of(draft.page) if not any(fault.field == "page" for fault in found) else "",
    )
    return _private(Response(body, status=status, mimetype=HTML, headers=dict(headers or {})))


def _name_of(path: str) -> str:
    """What a page is called, for the link to it: the thing it is about, else its path."""
    segment, slug = [*path.partition("?")[0].split("/")[2:4], "", ""][:2]
    try:
        return plain(catalog.thing(opened().store, segment, slug).label) if slug else path
    except KbsError:
        return path


def _private(response: Response) -> Response:
    """Not kept by anyone between us and the reader, and not found by search engines."""
    response.cache_control.no_store = True
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _limits() -> tuple[Limit, ...]:
    now = settings()
    return Limit(now.suggestions_burst, 600), Limit(now.suggestions_per_day, 86400)


def _key() -> bytes:
    """What the ids of forms are signed with. Raises Unavailable when it can be neither read nor made."""
    path: Path = settings().var / "form-key"
    try:
        return form_ids.key(path)
    except OSError as error:
        current_app.logger.error("the key of the forms cannot be read or made: %s", error)
        raise Unavailable(
            "Suggesties doen kan nu even niet. Probeer het over een paar minuten nog eens.",
            "Making suggestions does not work right now. Try again in a few minutes.",
        ) from error
