"""The list of every kind: as a page, narrowed down and ordered by its address, and as a sheet of just what it shows."""

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as Answer

from kbs_graph import lists, rows, tables
from kbs_graph.errors import BadRequest
from kbs_graph.filters import Filters
from webui import filtering, labels, urls
from webui.caching import respond
from webui.i18n import language
from webui.negotiation import HTML
from webui.serving import opened, service

blueprint = Blueprint("lists", __name__)

ORDER = "volgorde"
_SHEETS = {"csv": tables.CSV_TYPE, "xlsx": tables.XLSX_TYPE}


@blueprint.get("/<lang:lang>/<segment:segment>")
def kind(lang: str, segment: str) -> Response:
    """The page of a list; what its address asks for and we do not know is said on it."""
    response = respond(HTML, lambda: _page(segment))
    pairs = _pairs(segment)
    for ending, media_type in _SHEETS.items():
        address = urls.absolute(urls.listed(segment, pairs, ending))
        plain = media_type.partition(";")[0]
        response.headers.add("Link", f'<{address}>; rel="alternate"; type="{plain}"')
    return response


@blueprint.get("/<lang:lang>/<segment:segment>/")
def kind_with_slash(lang: str, segment: str) -> Answer:
    """One address a page: the one without the slash."""
    asked = request.query_string.decode("latin-1")
    return redirect(urls.kind(segment) + (f"?{asked}" if asked else ""), 308)


@blueprint.get("/<lang:lang>/<segment:segment>.<any(csv, xlsx):ending>")
def sheet(lang: str, segment: str, ending: str) -> Response:
    """The rows of the page with the same filters, in the same order. A sheet can say no notice: unknown is a 400."""
    response = respond(_SHEETS[ending], lambda: _sheet(segment, ending))
    page = urls.absolute(urls.listed(segment, _pairs(segment)))
    response.headers.add("Link", f'<{page}>; rel="alternate"; type="{HTML}"')
    response.headers.add("Link", f'<{urls.LICENCE}>; rel="license"')
    return response


def _asked(segment: str) -> tuple[Filters, str, list[str]]:
    """What the address asks of this list: the filters, the order, and what of it is unknown here."""
    ordered = segment == "aspect"
    filters, unknown = filtering.read(
        request.args, lists.FACETS_OF.get(segment, ()), others=(ORDER,) if ordered else ()
    )
    order = request.args.get(ORDER, "") if ordered else ""
    if order not in ("", lists.BY_LETTER):
        order, unknown = "", [*unknown, f"{ORDER}={order}"[:60]]
    return filters, order, unknown


def _pairs(segment: str) -> list[tuple[str, str]]:
    """What of the address is known here, in a fixed order."""
    filters, order, _ = _asked(segment)
    return [*filters.pairs(), *([(ORDER, order)] if order else [])]


def _sections(segment: str, filters: Filters, order: str) -> tuple[lists.Section, ...]:
    found = lists.admitted(rows.rows(opened().store, segment), filters)
    return lists.arranged(segment, found, language(), order, filters.chosen.get("domein", ()))


def _page(segment: str) -> str:
    filters, order, unknown = _asked(segment)
    sections = _sections(segment, filters, order)
    return render_template(
        "list.html",
        segment=segment,
        sections=sections,
        shown=lists.flat(sections),
        total=len(rows.rows(opened().store, segment)),
        choices=lists.choices(opened().store, segment, filters),
        filters=filters,
        order=order,
        unknown=unknown,
        pairs=_pairs(segment),
        order_pairs=[(ORDER, order)] if order else [],
        by_letter=[(ORDER, lists.BY_LETTER)],
    )


def _sheet(segment: str, ending: str) -> Response:
    filters, order, unknown = _asked(segment)
    if unknown:
        asked = ", ".join(unknown)
        raise BadRequest(
            f"Dit kennen we bij deze lijst niet: {asked}. Haal het uit het adres.",
            f"This is not known for this list: {asked}. Take it out of the address.",
        )
    found = lists.flat(_sections(segment, filters, order))
    table = tables.table(labels.many(segment), segment, found, language())
    if ending == "csv":
        body = tables.as_csv(table)
    else:
        body = service().sandbox.run("kbs_graph.table_sheet", {}, tables.as_json(table))
    name = f"kennisbouwstenen-{segment}-{language()}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, content_type=_SHEETS[ending], headers=headers)
