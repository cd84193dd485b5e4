"""Search by label: what was found, of which kind, and through which other word."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from kbs_graph import catalog
from kbs_graph import search as index
from webui.caching import respond
from webui.negotiation import HTML
from webui.serving import opened

MOST_HITS = 50
LONGEST = 200
"""Characters of the asked words that count; the rest is left off."""

blueprint = Blueprint("search", __name__)


@blueprint.get("/<lang:lang>/zoeken")
def search(lang: str) -> Response:
    return respond(HTML, _page)


def _page() -> str:
    words = request.args.get("q", "").strip()[:LONGEST]
    now = opened()
    return render_template(
        "search.html",
        words=words,
        hits=index.find(now.snapshot.search, words, MOST_HITS),
        most=MOST_HITS,
        home=catalog.home(now.store),
    )
