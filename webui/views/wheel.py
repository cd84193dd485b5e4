"""The karrewiel to take along: a drawing (SVG) and a poster on A3 (PDF), both made from the graph."""

from datetime import date

from babel.dates import format_date
from flask import Blueprint, Response, render_template, request

from kbs_graph import catalog, poster
from kbs_graph.errors import NotFound
from kbs_graph.model import Home, Texts
from webui import urls, wheels
from webui.caching import respond
from webui.i18n import LOCALES, gettext, language
from webui.serving import opened
from webui.wording import choose

SVG, PDF = "image/svg+xml", "application/pdf"
T_SHAPE = "t-shaped-professional"

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
    made = poster.make(_contents(wheels.draw(_home().wheel), request.args.get("grijs") == "1"))
    response = Response(made, mimetype=PDF)
    name = f"karrewiel-{language()}{'-grijs' if request.args.get('grijs') == '1' else ''}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _contents(found: wheels.Drawing, grey: bool) -> poster.Poster:
    spots = [spot for area in found.areas for spot in (area.rim, *(band for _, band in area.bands))]
    spots += [item.spot for ring in (found.competencies, found.target_groups) for item in ring]
    address = urls.absolute(urls.home())
    facts = opened().snapshot.manifest
    made = date.fromisoformat(str(facts["created"])[:10])
    day = format_date(made, "long", locale=LOCALES[language()])
    return poster.Poster(
        language=language(),
        title="Kennisbouwstenen",
        lead=gettext("An overview for everyone in a neighbourhood team: seven areas, with explanations and sources."),
        wheel_in_words=gettext(wheels.IN_WORDS),
        pieces=tuple((spot.place, spot.paint) for spot in spots),
        middle=tuple((spot.disc, spot.paint) for spot in found.middle),
        areas=tuple(
            poster.Named(area.number, _plain(area.label), _plain(area.description), area.rim.paint)
            for area in found.areas
        ),
        shape=(gettext("Broad and deep: the T-shape"), _t_shape()),
        address=address,
        colophon=(
            address.removeprefix("https://").removeprefix("http://").rstrip("/"),
            gettext("Data of %(date)s, version %(version)s") % {"date": day, "version": facts["version"]},
            gettext("Free to copy and share: CC BY 4.0"),
        ),
        grey=grey,
    )


def _t_shape() -> str:
    """The explanation of the notion; empty while the graph has none."""
    try:
        return _plain(catalog.thing(opened().store, "begrip", T_SHAPE).explanation)
    except NotFound:
        return ""


def _plain(texts: Texts) -> str:
    return choose(texts).text
