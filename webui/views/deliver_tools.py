"""Beside handing in: reading the schema.org of one's own page, the piece to put in it, and the letter to a supplier."""

import json
from typing import Any

from flask import Blueprint, Response, render_template, request

from kbs_graph import rows
from kbs_graph.contributions import snippets
from kbs_graph.contributions.sheets import asking, web_addresses
from kbs_graph.contributions.snippets import About
from kbs_graph.errors import KbsError
from webui import errors
from webui.caching import respond
from webui.deliver import fields
from webui.i18n import language
from webui.negotiation import HTML
from webui.serving import opened, service
from webui.wording import plain

blueprint = Blueprint("deliver_tools", __name__)

MOST_CONCEPTS = 12
_SEGMENTS = ("aspect", "domein", "competentie", "doelgroep")


@blueprint.get("/<lang:lang>/aanleveren/leverancier")
def letter(lang: str) -> Response:
    """What to ask of the supplier of a site, on one A4."""
    return respond(HTML, lambda: render_template(f"deliver/letter.{lang}.html"))


@blueprint.get("/<lang:lang>/aanleveren/pagina")
def page_form(lang: str) -> Response:
    """The box to paste a page in."""
    return respond(HTML, lambda: render_template("deliver/page.html", found=None))


@blueprint.post("/<lang:lang>/aanleveren/pagina")
def page(lang: str) -> Response:
    """What a pasted page says of itself, what is missing, and the piece to put in it. Nothing is fetched or kept."""
    status, problem, found = 200, "", None
    try:
        _, body = fields.upload()
        found = _read(body)
    except KbsError as error:
        status, problem = error.status, errors.words_of(error)
    text = render_template("deliver/page.html", found=found, problem=problem, text=fields.posted().get("lijst", ""))
    response = Response(text, status, mimetype=HTML)
    response.cache_control.private = True
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@blueprint.get("/<lang:lang>/aanleveren/stukje")
def snippet(lang: str) -> Response:
    """The piece for one's own page, with the concepts and words of the address; kept nowhere."""
    response = Response(_snippet(), mimetype=HTML)
    response.cache_control.private = True
    return response


def _read(body: bytes) -> dict[str, Any]:
    answer = asking.ask(service().sandbox, opened().snapshot, "page", language(), body)
    found: dict[str, Any] = json.loads(answer)
    return found


def _snippet() -> str:
    store = opened().store
    every = [row for segment in _SEGMENTS for row in rows.rows(store, segment)]
    by_name = {name: row for row in every for name in (row.key, plain(row.ref.label))}
    asked = [*request.args.getlist("begrip"), request.args.get("erbij", "")]
    chosen = list({row.key: row for name in asked[: MOST_CONCEPTS + 1] if (row := by_name.get(name.strip()))}.values())
    address = web_addresses.read(request.args.get("webadres", "")) if request.args.get("webadres") else None
    kind = request.args.get("soort", "")
    about = About(
        title=request.args.get("titel", "").strip()[:300],
        address=address.text if address else "",
        kind=kind,
        language="en" if request.args.get("taal") == "en" else "nl",
        publisher=request.args.get("uitgever", "").strip()[:200],
        concepts=tuple((row.ref.iri, plain(row.ref.label)) for row in chosen),
    )
    return render_template(
        "deliver/snippet.html",
        about=about,
        chosen=chosen,
        every=every,
        address=address,
        typed=request.args.get("webadres", ""),
        unknown=[name for name in asked if name.strip() and name.strip() not in by_name][:3],
        kinds=rows.rows(store, "bronsoort"),
        piece=snippets.script(about) if chosen else "",
    )
