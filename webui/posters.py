"""The poster of the karrewiel in the words of a language, as PDF. Load it when asked: what writes PDF is large."""

from datetime import date

from babel.dates import format_date

from kbs_graph import catalog
from kbs_graph.drawing import poster
from kbs_graph.errors import NotFound
from kbs_graph.model import Texts
from webui import urls, wheels
from webui.i18n import LOCALES, gettext, language
from webui.serving import opened
from webui.wording import choose

_T_SHAPE = "t-shaped-professional"


def pdf(found: wheels.Drawing, grey: bool) -> bytes:
    """The poster; `grey` for a printer without colours."""
    return poster.make(_contents(found, grey))


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
        return _plain(catalog.thing(opened().store, "begrip", _T_SHAPE).explanation)
    except NotFound:
        return ""


def _plain(texts: Texts) -> str:
    return choose(texts).text
