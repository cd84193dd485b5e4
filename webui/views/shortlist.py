"""A reader's own list (Mijn lijstje): all that is in it stands in its address. Nothing is kept, anyone can share it."""

from collections.abc import Iterable
from itertools import groupby

from flask import Blueprint, Response, render_template, request

from kbs_graph import rows
from kbs_graph.rows import Row
from kbs_graph.search import results
from kbs_graph.terms import KINDS
from webui import own_list
from webui.caching import respond
from webui.i18n import language
from webui.negotiation import HTML
from webui.serving import opened

blueprint = Blueprint("shortlist", __name__)

_MOST_MATCHES = 10
_LONGEST = 200
_LONGEST_ENTRY = 60


@blueprint.get("/<lang:lang>/lijstje")
def shown(lang: str) -> Response:
    """The chosen things by kind, and what a search for more of them finds."""
    return respond(HTML, _page, keep=False)


def _page() -> str:
    store = opened().store
    words = request.args.get("q", "").strip()[:_LONGEST]
    asked, others = own_list.entries([*request.args.getlist("p"), *request.args.get("lijst", "").split(",")])
    picked = rows.pick(store, asked)
    chosen = list(picked)[: own_list.MOST]
    unknown = [*others, *(key for key in asked if key not in picked)]
    return render_template(
        "shortlist.html",
        groups=_by_kind(picked[key] for key in chosen),
        chosen=chosen,
        left_off=len(picked) - len(chosen),
        unknown=[entry[:_LONGEST_ENTRY] for entry in unknown[:5]],
        words=words,
        matches=_matches(words),
    )


def _by_kind(found: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    """The rows by kind, in the order of the kinds; within a kind as they were chosen."""
    kinds = list(KINDS)
    in_turn = sorted(found, key=lambda row: kinds.index(row.ref.segment or ""))
    return [(segment or "", list(group)) for segment, group in groupby(in_turn, key=lambda row: row.ref.segment)]


def _matches(words: str) -> list[Row]:
    """What the search of the site finds first, as rows to choose from."""
    if not words:
        return []
    now = opened()
    hits = results.find(now.index, words, language(), count=_MOST_MATCHES).hits
    return list(rows.pick(now.store, (f"{hit.ref.segment}/{hit.ref.slug}" for hit in hits)).values())
