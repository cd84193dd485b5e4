"""What is there and what is missing: the map with its tables, the lists of gaps, the same as JSON and as CSV."""

import json
from collections.abc import Callable
from datetime import date
from itertools import groupby

from flask import Blueprint, Response, render_template, request

from kbs_graph import tables
from kbs_graph.coverage import gaps, overview
from kbs_graph.coverage.cells import LEVELS, Grid, Head, Line, Way
from kbs_graph.coverage.gaps import Found, Gap
from kbs_graph.coverage.overview import Coverage
from kbs_graph.errors import BadRequest, NotAcceptable, Words
from kbs_graph.filters import Filters
from kbs_graph.model import Ref, Tagged, Texts
from webui import filtering, negotiation, urls
from webui.caching import respond
from webui.i18n import language
from webui.negotiation import HTML
from webui.serving import opened
from webui.wording import choose, plain

JSON = "application/json"
SHEET = "tabel"
"""The parameter that says which table or list a CSV is of."""

blueprint = Blueprint("coverage", __name__)


@blueprint.get("/<lang:lang>/dekking")
def page(lang: str) -> Response:
    """The map for a browser, the same as JSON for a program that asks for it."""
    return _negotiated(_page, _json)


@blueprint.get("/<lang:lang>/dekking.json")
def data(lang: str) -> Response:
    return _kept(JSON, _json)


@blueprint.get("/<lang:lang>/dekking.csv")
def sheet(lang: str) -> Response:
    """One table, or a list of gaps with the same filters as its page. Unknown names and filters are a 400."""
    return _kept(tables.CSV_TYPE, _sheet)


@blueprint.get("/<lang:lang>/dekking/<slug:slug>")
def missing(lang: str, slug: str) -> Response:
    """The gaps of a kind, for a browser or a program; 404 for a kind there is not."""
    return _negotiated(lambda: _missing(slug), lambda: _missing_json(slug))


@blueprint.get("/<lang:lang>/dekking/<slug:slug>.json")
def missing_data(lang: str, slug: str) -> Response:
    return _kept(JSON, lambda: _missing_json(slug))


def _negotiated(make_page: Callable[[], str], make_data: Callable[[], str]) -> Response:
    wanted = negotiation.best(negotiation.ranges(request.accept_mimetypes), (HTML, JSON))
    if wanted is None:
        raise NotAcceptable(f"Dit is er als {HTML} en als {JSON}.", f"This is here as {HTML} and as {JSON}.")
    response = _kept(wanted, make_page if wanted == HTML else make_data)
    response.vary.add("Accept")
    return response


def _kept(media_type: str, make: Callable[[], Response | str]) -> Response:
    """An answer that holds for one snapshot; ages are counted from the day it was made, so that is part of its tag."""

    def made() -> Response:
        body = make()
        return body if isinstance(body, Response) else Response(body, mimetype=media_type)

    return respond(f"{media_type};day={_day()}", made)


def _day() -> date:
    return date.fromisoformat(str(opened().snapshot.manifest["created"])[:10])


def _coverage() -> Coverage:
    return overview.of(opened().store, _day())


def _asked() -> tuple[Filters, list[str]]:
    return filtering.read(request.args, gaps.FILTERED_BY, others=(SHEET,))


def _page() -> str:
    covered = _coverage()
    return render_template(
        "coverage.html",
        coverage=covered,
        levels=LEVELS,
        in_words=in_words,
        way=_address,
        groups=_groups,
        inside=_inside,
    )


def in_words(words: Words) -> str:
    """Words of the library in the reader's language."""
    return words.in_language(language())


def _address(way: Way | None) -> str:
    """Where a count leads, or nowhere."""
    if way is None:
        return ""
    return urls.coverage(way.gaps, way.pairs) if way.gaps else urls.listed(way.segment, way.pairs)


def _inside(texts: Texts) -> Tagged:
    """A name as it stands within a sentence: without the capital it begins with, unless that is an abbreviation."""
    name = choose(texts)
    word = name.text.partition(" ")[0]
    return Tagged(name.text[:1].lower() + name.text[1:], name.language) if word[1:].islower() else name


def _groups(grid: Grid) -> list[tuple[Ref | None, list[Line]]]:
    """The lines of a table by the area they stand under, in the order they come in."""
    return [(area, list(lines)) for area, lines in groupby(grid.lines, key=lambda line: line.group)]


def _missing(slug: str) -> str:
    found = _coverage().gaps(slug)
    filters, unknown = _asked()
    listed = overview.narrowed(found.gaps, filters)
    return render_template(
        "gaps.html",
        found=found,
        listed=listed,
        filters=filters,
        unknown=unknown,
        areas=_areas(found, filters),
        sheet=urls.coverage_sheet(slug, filters.pairs()),
        in_words=in_words,
        report=_report,
    )


def _areas(found: Found, filters: Filters) -> list[tuple[Ref, int, bool, str]]:
    """The areas that have gaps of this kind: the area, how many, whether it is chosen, and where choosing it leads."""
    others = Filters({name: chosen for name, chosen in filters.chosen.items() if name != "domein"})
    left = overview.narrowed(found.gaps, others)
    chosen = filters.chosen.get("domein", frozenset())
    areas = {domain.iri: domain for gap in found.gaps for domain in gap.domains}
    offered = []
    for area in sorted(areas.values(), key=lambda ref: ref.order):
        slug = area.slug or ""
        number = sum(slug in gap.facets.get("domein", ()) for gap in left)
        address = urls.coverage(found.kind.slug, filters.toggled("domein", slug).pairs())
        if number or slug in chosen:
            offered.append((area, number, slug in chosen, address))
    return offered


def _report(gap: Gap) -> str:
    """The form to tell the editors, about the page of what lacks something and beginning with what it lacks."""
    beside = f" ({plain(gap.beside.label)})" if gap.beside else ""
    text = f"{in_words(gap.kind.title)}: {plain(gap.ref.label)}{beside}.\n"
    return urls.suggestion(about=urls.address_of(gap.ref) or "", kind="mist", text=text)


def _json() -> str:
    covered = _coverage()
    document = {
        "lang": language(),
        "day": covered.day.isoformat(),
        "tables": [_grid(grid) for grid in covered.grids],
        "gaps": [
            {
                **_kind(found),
                "number": len(found.gaps),
                "href": urls.absolute(urls.coverage(found.kind.slug)),
                "json": urls.absolute(urls.coverage(found.kind.slug, ending="json")),
                "csv": urls.absolute(urls.coverage_sheet(found.kind.slug)),
            }
            for found in covered.found
        ],
    }
    return json.dumps(document, ensure_ascii=False)


def _grid(grid: Grid) -> dict[str, object]:
    lines = [
        {
            **_head(line.head),
            **({"area": plain(line.group.label)} if line.group else {}),
            "cells": [
                {
                    "number": cell.number,
                    **({"of": cell.of} if cell.of is not None else {}),
                    **({"level": cell.level, "word": in_words(LEVELS[cell.level])} if cell.level else {}),
                    **({"href": urls.absolute(_address(cell.way))} if cell.way else {}),
                }
                for cell in line.cells
            ],
        }
        for line in grid.lines
    ]
    return {
        "key": grid.key,
        "title": in_words(grid.title),
        "about": in_words(grid.about),
        "words": in_words(grid.scale),
        "csv": urls.absolute(urls.coverage_sheet(grid.key)),
        "columns": [_head(column) for column in grid.columns],
        "rows": lines,
    }


def _head(head: Head) -> dict[str, object]:
    return {"label": plain(head.label), **({"iri": head.ref.iri} if head.ref else {})}


def _kind(found: Found) -> dict[str, object]:
    kind = found.kind
    return {"kind": kind.slug, "title": in_words(kind.title), "todo": in_words(kind.todo), "of": found.total}


def _missing_json(slug: str) -> str:
    found = _coverage().gaps(slug)
    listed = overview.narrowed(found.gaps, _only_known())
    document = {"lang": language(), **_kind(found), "number": len(listed), "gaps": [_gap(gap) for gap in listed]}
    return json.dumps(document, ensure_ascii=False)


def _gap(gap: Gap) -> dict[str, object]:
    return {
        "iri": gap.ref.iri,
        "label": plain(gap.ref.label),
        "domains": [domain.iri for domain in gap.domains],
        **({"for": {"iri": gap.beside.iri, "label": plain(gap.beside.label)}} if gap.beside else {}),
        **({"detail": in_words(gap.detail)} if gap.detail else {}),
        "suggest": urls.absolute(_report(gap)),
    }


def _sheet() -> Response:
    name = request.args.get(SHEET, "")
    content = overview.sheet(_coverage(), name, _only_known(), language())
    headers = {"Content-Disposition": f'attachment; filename="kennisbouwstenen-{name}-{language()}.csv"'}
    return Response(tables.as_csv(content), content_type=tables.CSV_TYPE, headers=headers)


def _only_known() -> Filters:
    """The filters of an address for programs, which cannot be told a notice: what is unknown is a BadRequest."""
    filters, unknown = _asked()
    if unknown:
        asked = ", ".join(unknown)
        raise BadRequest(
            f"Dit kennen we bij deze lijst niet: {asked}. Haal het uit het adres.",
            f"This is not known for this list: {asked}. Take it out of the address.",
        )
    return filters
