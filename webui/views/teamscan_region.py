"""Scans beside each other: those of several teams (a region), and two moments of one team. Files in, a page out."""

from dataclasses import replace

from flask import Blueprint, Response, render_template, request

from kbs_graph.errors import KbsError, Words
from kbs_graph.teamscan import compare, region, region_plan, topics
from kbs_graph.teamscan.model import Mode, Scan, Status
from webui import errors
from webui.i18n import gettext
from webui.negotiation import HTML
from webui.serving import opened
from webui.teamscan import region_state, state, upload
from webui.teamscan.upload import Handed

blueprint = Blueprint("teamscan_region", __name__)

_TOO_MANY = Words(
    f"Naast elkaar passen {region_state.MOST} teams. Kies er minder.",
    f"There is room for {region_state.MOST} teams side by side. Choose fewer.",
)
_ALONE = Words(
    "Dit is een scan van één professional. Een regio telt alleen scans van teams.",
    "This is a scan of one professional. A region only counts scans of teams.",
)
COLUMNS = (Status.MISSING, Status.FRAGILE, Status.PARTLY, Status.IN_PLACE, Status.SPECIALIST, Status.NO_CONTACT)
"""The statuses that a region counts, in the order of its table."""


@blueprint.route("/<lang:lang>/teamscan/regio", methods=["GET", "POST"])
def merged(lang: str) -> Response:
    """What several teams miss, what rests on one person, who can help, and what they could learn together."""
    carried = _carried()
    handed = _of_teams(_handed(region_state.MOST - len(carried), "bestanden"))
    found = (*carried, *handed.scans)
    if not found:
        return _answer("teamscan/region.html", handed, (), made=None)
    try:
        made = region.merge(found, topics.read(opened().store))
    except KbsError as error:
        return _answer("teamscan/region.html", handed, found, 400, made=None, problem=errors.words_of(error))
    joint = region_plan.joint(made, gettext("Region"))
    return _answer(
        "teamscan/region.html",
        handed,
        found,
        made=made,
        fragile=sorted((one for one in made.standings if one.one_person > 1), key=lambda one: -one.one_person),
        columns=COLUMNS,
        stand=state.text_of(joint),
    )


@blueprint.route("/<lang:lang>/teamscan/vergelijk", methods=["GET", "POST"])
def compared(lang: str) -> Response:
    """What got better and what less between two moments of one team."""
    handed = _handed(2, "eerder", "later")
    found = handed.scans or _carried()
    if len(found) != 2:
        missing = request.method == "POST" and not handed.refused
        problem = gettext("Choose two files: an earlier one and a later one.") if missing else ""
        return _answer("teamscan/compare.html", handed, (), 400 if problem else 200, made=None, problem=problem)
    before, after = sorted(found, key=lambda scan: scan.day) if all(scan.day for scan in found) else found
    try:
        made = compare.compare(before, after, topics.read(opened().store))
    except KbsError as error:
        return _answer("teamscan/compare.html", handed, (), 400, made=None, problem=errors.words_of(error))
    return _answer("teamscan/compare.html", handed, (before, after), made=made, directions=tuple(compare.Direction))


def _handed(room: int, *fields: str) -> Handed:
    """The files of these fields as far as there is room for them; the others are told. An empty field is no file."""
    files = [file for field in fields for file in request.files.getlist(field) if file.filename]
    read = upload.read_all(files[:room]) if files[:room] else Handed()
    return replace(read, refused=(*read.refused, *((str(file.filename), _TOO_MANY) for file in files[room:])))


def _of_teams(handed: Handed) -> Handed:
    """The same without scans of one professional: those are nobody else's business, and count in no region."""
    alone = tuple((name, _ALONE) for name, scan in handed.named if scan.mode is Mode.OWN)
    teams = tuple((name, scan) for name, scan in handed.named if scan.mode is not Mode.OWN)
    return replace(handed, named=teams, refused=(*handed.refused, *alone))


def _carried() -> tuple[Scan, ...]:
    return region_state.scans() if request.method == "POST" else ()


def _answer(template: str, handed: Handed, found: tuple[Scan, ...], status: int = 200, **more: object) -> Response:
    given = {"problem": "", "stand": "", **more}
    body = render_template(
        template,
        handed=handed,
        standen=region_state.text_of(found) if found else "",
        most=region_state.MOST,
        step="",
        **given,
    )
    response = Response(body, 400 if handed.refused and not found else status, mimetype=HTML)
    response.cache_control.private = True
    return response
