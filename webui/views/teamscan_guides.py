"""What a meeting needs on paper, one A4 each: the programme of an hour, and what the levels mean."""

from flask import Blueprint, Response, render_template

from kbs_graph.teamscan import workshop
from webui.caching import respond
from webui.negotiation import HTML

blueprint = Blueprint("teamscan_guides", __name__)


@blueprint.get("/<lang:lang>/teamscan/bijeenkomst")
def programme(lang: str) -> Response:
    """The programme of a meeting."""
    return respond(HTML, lambda: render_template("teamscan/workshop.html", workshop=workshop))


@blueprint.get("/<lang:lang>/teamscan/ankers")
def anchors(lang: str) -> Response:
    """The levels, to hand out."""
    return respond(HTML, lambda: render_template("teamscan/anchors.html", counted=(1, 2, 3)))
