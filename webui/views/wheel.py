"""The karrewiel to take along: a drawing (SVG) and a poster on A3 (PDF), both made from the graph."""

from flask import Blueprint, Response, render_template, request

from kbs_graph import catalog
from kbs_graph.model import Home
from webui import wheels
from webui.caching import respond
from webui.i18n import language
from webui.serving import opened

SVG, PDF = "image/svg+xml", "application/pdf"

blueprint = Blueprint("wheel", __name__)


@blueprint.get("/<lang:lang>/karrewiel.svg")
def drawing(lang: str) -> Response:
    return respond(SVG, lambda: render_template("karrewiel.svg", drawing=wheels.draw(_home().wheel)))


@blueprint.get("/<lang:lang>/karrewiel.pdf")
def print_ready(lang: str) -> Response:
    """The poster; `?grijs=1` for a printer without colours."""
    return respond(PDF, _poster)


def _home() -> Home:
    return catalog.home(opened().store)


def _poster() -> Response:
    # Loaded at first use: what writes PDF is large, and few ask for the poster.
    from webui import posters

    grey = request.args.get("grijs") == "1"
    response = Response(posters.pdf(wheels.draw(_home().wheel), grey), mimetype=PDF)
    name = f"karrewiel-{language()}{'-grijs' if grey else ''}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
