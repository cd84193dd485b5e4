"""Handing in resources without a developer: the start, the check of a list, files to take along, and handing it in.

The list travels in the page; nothing of it is kept before it is handed in with a token. All bytes of a reader are read
in the sandbox.
"""

import json
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as Answer

from kbs_graph import rows, tables
from kbs_graph.contributions import addresses, handing_in, tokens
from kbs_graph.contributions.handing_in import Wish
from kbs_graph.contributions.model import Outcome
from kbs_graph.contributions.sheets import asking
from kbs_graph.errors import BadRequest, KbsError, Unauthorised
from kbs_graph.serialize import CSV, GRAPH_FORMATS, N_TRIPLES
from kbs_graph.terms import parts_of
from webui import errors
from webui.caching import respond
from webui.deliver import fields
from webui.deliver import urls as deliver_urls
from webui.i18n import N_, gettext, language
from webui.negotiation import HTML
from webui.serving import opened, service, settings

blueprint = Blueprint("deliver", __name__)

SHOWN = 25
"""Rows of a part that are asked about at once; the others come when these are done."""
_TYPES = {"csv": CSV.content_type, "xlsx": tables.XLSX_TYPE}
_PARTS = {
    "unusable": N_("To put right first"),
    "unmatched": N_("We found nothing for these: choose yourself"),
    "choose": N_("Choose what it is about"),
}
_KINDS_OF_CONCEPT = ("domein", "aspect", "competentie", "doelgroep")


@blueprint.get("/<lang:lang>/aanleveren")
def start(lang: str) -> Response:
    """The steps, the conditions, the sheets to fill in, and the box to begin with."""
    return respond(HTML, lambda: _start())


@blueprint.get("/<lang:lang>/aanleveren/sjabloon.<any(csv, xlsx):ending>")
def template(lang: str, ending: str) -> Response:
    """The sheet to fill in."""
    return respond(_TYPES[ending], lambda: _attached(_run(f"template-{ending}"), ending, "sjabloon"))


@blueprint.get("/<lang:lang>/aanleveren/<any(controle, inleveren):step>")
def lost(lang: str, step: str) -> Answer:
    """A page that a form alone can bring: back to the start."""
    return redirect(deliver_urls.deliver(), 303)


@blueprint.post("/<lang:lang>/aanleveren/controle")
def check(lang: str) -> Response:
    """What a list says, row by row, and what may be meant; or the same list with what was answered."""
    if request.mimetype not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        raise BadRequest(
            "Gebruik het formulier op de pagina ‘Bronnen aanleveren’.", "Use the form on the page ‘Hand in resources’."
        )
    form = fields.posted()
    if fields.STATE in form:
        return _checked(_run("desk", fields.work()))
    try:
        way, body = fields.upload()
        return _checked(_run(way, body, fields.organisation()))
    except KbsError as error:
        page = _start(errors.words_of(error), form.get("lijst", ""), fields.organisation())
        return _private(Response(page, error.status, mimetype=HTML, headers=errors.retry_after(error)))


@blueprint.post("/<lang:lang>/aanleveren/bestand.<any(csv, xlsx, ttl, jsonld):ending>")
def file(lang: str, ending: str) -> Response:
    """The list as far as it is now, to keep and to go on with."""
    return _private(_attached(_run(ending, fields.work()), ending, "bronnen"))


@blueprint.post("/<lang:lang>/aanleveren/inleveren")
def hand_in(lang: str) -> Response:
    """Hand in the rows that are complete, with a token. What goes wrong is said beside the list, and it stays."""
    form = fields.posted()
    work = fields.work()
    try:
        outcome = _hand_in(form.get("token", ""), fields.organisation(), form.get("hoe", ""), work)
    except KbsError as error:
        shown = _checked(_run("desk", work), errors.words_of(error), error.status)
        shown.headers.update(errors.retry_after(error))
        return shown
    if not outcome.ok:
        return _checked(
            _run("desk", work), gettext("This was not taken in. See below what has to be put right."), 422, outcome
        )
    return _private(Response(_delivered(outcome, fields.organisation(), work), mimetype=HTML))


def _hand_in(token: str, organisation: str, how: str, work: bytes) -> Outcome:
    """What came of handing in. The token is looked at and let go of: no log and no page holds it."""
    if not organisation:
        raise BadRequest("Kies voor welke organisatie je aanlevert.", "Choose which organisation you hand in for.")
    if not token.strip():
        raise Unauthorised(
            "Vul het token van je organisatie in. De redactie geeft het uit.",
            "Fill in the token of your organisation. The editors issue it.",
        )
    found = tokens.check(settings().var, f"Bearer {token.strip()}", organisation, "write", request.remote_addr)
    body = _run(N_TRIPLES.ending, work)
    if not body:
        raise BadRequest(
            "Er is nog geen rij klaar om aan te leveren. Vul eerst aan wat nog ontbreekt.",
            "No row is ready to be handed in. First fill in what is missing.",
        )
    wish = Wish("put" if how == "vervang" else "post", found.name or found.id)
    snapshot = opened().snapshot
    return handing_in.hand_in(settings(), service().sandbox, snapshot, organisation, N_TRIPLES.media_type, body, wish)


def _run(do: str, body: bytes = b"", organisation: str = "") -> bytes:
    return asking.ask(service().sandbox, opened().snapshot, do, language(), body, organisation)


def _start(problem: str = "", text: str = "", organisation: str = "") -> str:
    return render_template(
        f"deliver/start.{language()}.html",
        problem=problem,
        text=text,
        organisation=organisation,
        organisations=rows.rows(opened().store, "organisatie"),
        most=asking.MOST_ROWS,
        days=settings().removal_days,
    )


def _checked(answer: bytes, problem: str = "", status: int = 200, outcome: Outcome | None = None) -> Response:
    sheet: dict[str, Any] = json.loads(answer)
    store = opened().store
    parts = {name: [row for row in sheet["rows"] if _part(row) == name] for name in _PARTS}
    body = render_template(
        "deliver/check.html",
        sheet=sheet,
        sections=[(name, _PARTS[name], found) for name, found in parts.items() if found],
        ready=[row for row in sheet["rows"] if row["ready"]],
        shown=SHOWN,
        problem=problem,
        outcome=outcome,
        organisations=rows.rows(store, "organisatie"),
        concepts=[row.ref for segment in _KINDS_OF_CONCEPT for row in rows.rows(store, segment)],
        kinds=[row.ref for row in rows.rows(store, "bronsoort")],
        corrections=sum(bool(told["meant"]) for row in sheet["rows"] for told in row["told"]),
    )
    return _private(Response(body, status, mimetype=HTML))


def _part(row: Mapping[str, Any]) -> str:
    """In which part of the page a row stands."""
    if row["status"] == "unusable":
        return "unusable"
    if row["ready"]:
        return "ready"
    return "choose" if row["proposals"] or row["subjects"] else "unmatched"


def _delivered(outcome: Outcome, organisation: str, work: bytes) -> str:
    """The page that says what was taken in, from the snapshot that holds it."""
    now = service().current()
    sheet = json.loads(_run("desk", work))
    handed_in = [row for row in sheet["rows"] if row["complete"]]
    found = addresses.known(now.snapshot.path, [row["address"] for row in handed_in])
    sources = [(parts_of(found[row["address"]]), row) for row in handed_in if row["address"] in found]
    return render_template(
        "deliver/delivered.html",
        outcome=outcome,
        sources=sources,
        organisation=organisation,
        state=sheet["state"],
        behind=len(sheet["rows"]) - len(handed_in),
    )


def _attached(body: bytes, ending: str, name: str) -> Response:
    kind = _TYPES.get(ending) or GRAPH_FORMATS[ending].content_type
    headers = {"Content-Disposition": f'attachment; filename="kennisbouwstenen-{name}.{ending}"'}
    return Response(body, content_type=kind, headers=headers)


def _private(response: Response) -> Response:
    """Kept by the browser alone, so that its Back shows what was typed; not found by search engines."""
    response.cache_control.private = True
    response.headers["X-Robots-Tag"] = "noindex"
    return response
