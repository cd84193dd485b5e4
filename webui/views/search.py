"""Searching: the page with what was found and why, the same as JSON, and suggestions while typing."""

import json

from flask import Blueprint, Response, render_template, request

from kbs_graph import catalog, rows
from kbs_graph.errors import BadRequest
from kbs_graph.filters import Filters
from kbs_graph.model import Tagged
from kbs_graph.search import results as engine
from kbs_graph.search.results import Hit
from kbs_graph.terms import KINDS
from webui import filtering, labels, negotiation, urls
from webui.caching import respond
from webui.i18n import language
from webui.negotiation import HTML
from webui.serving import opened
from webui.wording import choose

JSON = "application/json"
FACETS = ("soort", "domein", "doelgroep", "niveau", "bronsoort")
"""What a search can be narrowed down by, in the order of the page."""
LONGEST = 200
"""Characters of a question that count."""
A_PAGE, MOST_A_PAGE, LAST_PAGE = 20, 100, 10_000
"""Results on a page; the most a program may ask for at once; the highest number a page may have."""

blueprint = Blueprint("search", __name__)


@blueprint.get("/<lang:lang>/zoeken")
def search(lang: str) -> Response:
    """The page for a browser, the same as JSON for a program that asks for it."""
    wanted = negotiation.best(negotiation.ranges(request.accept_mimetypes), (HTML, JSON))
    response = respond(JSON, _json, keep=False) if wanted == JSON else respond(HTML, _page, keep=False)
    response.vary.add("Accept")
    return response


@blueprint.get("/<lang:lang>/zoeken.json")
def data(lang: str) -> Response:
    return respond(JSON, _json, keep=False)


@blueprint.get("/<lang:lang>/zoeken/suggesties")
def suggestions(lang: str) -> Response:
    """What the words typed so far may become: label, kind in the reader's language, and page."""
    return respond(JSON, _suggestions, keep=False)


def _question() -> tuple[str, bool]:
    """The words as they may be shown, and whether they were cut. What cannot be seen becomes a space."""
    text = "".join(c if c.isprintable() else " " for c in request.args.get("q", ""))
    words = " ".join(text.split())
    return words[:LONGEST].strip(), len(words) > LONGEST


def _number(name: str, default: int, most: int) -> int:
    """A whole number above zero from the address. Raises BadRequest for anything else."""
    given = request.args.get(name) or str(default)
    if not (given.isascii() and given.isdecimal() and len(given) < 7 and 1 <= int(given) <= most):
        raise BadRequest(
            f"{name} moet een heel getal van 1 tot en met {most} zijn.",
            f"{name} must be a whole number from 1 to {most}.",
        )
    return int(given)


def _find(words: str, filters: Filters, page: int, size: int) -> engine.Found:
    return engine.find(opened().index, words, language(), filters, (page - 1) * size, size)


def _page() -> str:
    words, cut = _question()
    filters, unknown = filtering.read(request.args, FACETS, others=("q", "pagina", "limit"))
    page = _number("pagina", 1, LAST_PAGE)
    found = _find(words, filters, page, A_PAGE)
    pages = max(1, -(-found.total // A_PAGE))
    if page > pages:
        page = pages
        found = _find(words, filters, page, A_PAGE)
    return render_template(
        "search.html",
        words=words,
        cut=cut,
        longest=LONGEST,
        found=found,
        texts=engine.IN_TEXTS,
        filters=filters,
        unknown=unknown,
        choices=_choices(found, filters),
        page=page,
        pages=pages,
        home=catalog.home(opened().store),
    )


def _choices(found: engine.Found, filters: Filters) -> list[tuple[str, list[tuple[str, Tagged, int, bool]]]]:
    """By facet the values to choose from: slug, name, how many results it would leave, and whether it is chosen."""
    values = rows.values(opened().store)
    named = {facet: [(ref.slug or "", choose(ref.label)) for ref in refs] for facet, refs in values.items()}
    named["soort"] = [(segment, Tagged(labels.many(segment), "")) for segment in KINDS]
    result = []
    for facet in FACETS:
        counts, chosen = found.counts.get(facet, {}), filters.chosen.get(facet, frozenset())
        offered = [(slug, name, counts.get(slug, 0), slug in chosen) for slug, name in named[facet]]
        offered = [choice for choice in offered if choice[2] or choice[3]]
        if len(offered) > 1 or chosen:
            result.append((facet, offered))
    return result


def _json() -> str:
    words, cut = _question()
    filters, unknown = filtering.read(request.args, FACETS, others=("q", "pagina", "limit"))
    found = _find(words, filters, _number("pagina", 1, LAST_PAGE), _number("limit", A_PAGE, MOST_A_PAGE))
    document = {
        "query": words,
        "total": found.total,
        "results": [_result(hit) for hit in found.hits],
        **({"readAs": found.read_as} if found.read_as else {}),
        **({"near": list(found.near)} if found.near else {}),
        **({"unknown": unknown} if unknown else {}),
        **({"cutAt": LONGEST} if cut else {}),
    }
    return json.dumps(document, ensure_ascii=False)


def _result(hit: Hit) -> dict[str, object]:
    label = choose(hit.ref.label)
    in_text = hit.role in engine.IN_TEXTS
    return {
        "iri": hit.ref.iri,
        "type": hit.ref.segment,
        "label": label.text,
        "lang": label.language,
        "matched": " ".join(hit.words) if in_text else hit.matched,
        "snippet": hit.matched if in_text else "",
        "href": urls.absolute(urls.address_of(hit.ref) or ""),
        "role": hit.role,
        "how": hit.how,
        "score": hit.score,
    }


def _suggestions() -> str:
    words, _ = _question()
    hits = engine.suggest(opened().index, words, language()) if words else ()
    return json.dumps({"query": words, "suggestions": [_suggestion(hit) for hit in hits]}, ensure_ascii=False)


def _suggestion(hit: Hit) -> dict[str, object]:
    label = choose(hit.ref.label)
    return {
        "label": label.text,
        "lang": label.language,
        "type": labels.one(hit.ref.segment or ""),
        "href": urls.address_of(hit.ref),
    }
