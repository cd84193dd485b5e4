"""The team scan in the browser, step by step. Each page is the answer to a form that brings the whole scan along."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request
from werkzeug.datastructures import FileStorage

from kbs_graph.errors import KbsError, Words
from kbs_graph.model import Ref
from kbs_graph.teamscan import beginnings, delimitation, profiles, topics
from kbs_graph.teamscan.model import Kind, NeedKind, Scan, Topic
from kbs_graph.teamscan.problems import MOST_COLLEAGUES
from webui import errors
from webui.caching import respond
from webui.negotiation import HTML
from webui.serving import opened
from webui.teamscan import areas as scan_areas
from webui.teamscan import form, state, upload
from webui.teamscan.state import all_topics, page, taken

blueprint = Blueprint("teamscan", __name__)

MOST_IN_A_LIST = 30
"""Colleagues up to which a count is chosen from a list; above that it is typed."""


@dataclass(frozen=True)
class Role:
    """A specialist role that topics of the scan name, and those that go through a specialist only."""

    ref: Ref
    topics: tuple[Topic, ...]
    needed: bool


@blueprint.get("/<lang:lang>/teamscan")
def start(lang: str) -> Response:
    """The way in: together, alone, or on with a file; with the topics or area that the address names chosen already."""
    known = topics.by_key(topics.read(opened().store))
    asked = [key for key in request.args.getlist("onderwerp") if key in known]
    areas = {topic.domain.slug: topic.domain for topic in known.values() if topic.domain}
    area = areas.get(request.args.get("gebied", ""))
    return respond(HTML, lambda: _start(asked, area), keep=not request.query_string)


@blueprint.post("/<lang:lang>/teamscan")
def overview(lang: str) -> Response:
    """The scan at a glance: that of the form, or that of the file which was handed in."""
    file = request.files.get("bestand")
    if file is None:
        return _overview(taken().scan, taken().notes) if state.FIELD in request.form else _start((), None)
    try:
        found, notes = _read(file)
    except KbsError as error:
        return _refused(errors.words_of(error), error.status)
    return _overview(found, notes)


def _start(asked: Iterable[str], area: Ref | None, problem: str = "", status: int = 200) -> Response:
    known = topics.by_key(topics.read(opened().store))
    body = render_template(
        "teamscan/start.html", asked=[known[key] for key in asked], area=area, problem=problem, step=""
    )
    return Response(body, status, mimetype=HTML)


def _refused(problem: str, status: int) -> Response:
    """The page the file was handed in from, saying why it was not taken; a scan that was there is still there."""
    if state.FIELD in request.form:
        return _overview(taken().scan, (), problem, status)
    return _start((), None, problem, status)


def _overview(found: Scan, notes: tuple[Words, ...], problem: str = "", status: int = 200) -> Response:
    groups = scan_areas.areas(topics.with_own(topics.read(opened().store), found), found, only_asked=True)
    return page(
        "teamscan/overview.html",
        "",
        status,
        scan=found,
        stand=state.text_of(found),
        notes=notes,
        problem=problem,
        areas=groups,
        profile=profiles.find(found.profile),
        adapted=profiles.is_adapted(found, all_topics()),
        reachable=delimitation.reachable(found, topics.read(opened().store)),
    )


def _read(file: FileStorage) -> tuple[Scan, tuple[Words, ...]]:
    """The scan in a file, with what the start asked for, and what there is to tell of it."""
    found, told = upload.read(file)
    begun = form.start(found, request.form, topics.by_key(topics.read(opened().store)))
    return begun.scan, told


@blueprint.post("/<lang:lang>/teamscan/team")
def team(lang: str) -> Response:
    """How many the team is, what it calls itself, and its profile."""
    scan = taken().scan
    return page(
        "teamscan/team.html",
        "team",
        profiles=profiles.PROFILES,
        adapted=profiles.is_adapted(scan, all_topics()),
        most=MOST_COLLEAGUES,
    )


@blueprint.post("/<lang:lang>/teamscan/onderwerpen")
def chosen(lang: str) -> Response:
    """What to scan."""
    scan, known = taken().scan, all_topics()
    return page(
        "teamscan/topics.html",
        "onderwerpen",
        areas=scan_areas.areas(known, scan),
        count=sum(scan_areas.is_asked(scan, topic) for topic in known),
        all=len(known),
        general=sum(topic.kind is Kind.GENERAL for topic in known),
        first=len(beginnings.first(known, scan.profile)),
        profile=profiles.find(scan.profile),
        advice=beginnings.MOST_AT_FIRST,
        opened=taken().form.get("doe", "").partition(":")[2],
        unknown=taken().unknown,
    )


@blueprint.post("/<lang:lang>/teamscan/nodig")
def needed(lang: str) -> Response:
    """Who must know what, and how much it matters."""
    scan, known = taken().scan, all_topics()
    return page(
        "teamscan/needs.html",
        "nodig",
        areas=scan_areas.areas(known, scan, only_asked=True),
        profile=profiles.find(scan.profile),
        adapted=profiles.is_adapted(scan, known),
        start=profiles.ONLY_A_START,
        most=MOST_COLLEAGUES,
    )


@blueprint.post("/<lang:lang>/teamscan/invullen")
def filled(lang: str) -> Response:
    """How many can work with each topic, or at which level one is; with what cannot be right at its field."""
    scan = taken().scan
    groups = scan_areas.areas(all_topics(), scan, only_asked=True)
    unread = {fault.field.partition(":")[2] for fault in taken().faults}
    wrong = [fault for fault in state.wrong_counts(scan) if fault.field.partition(":")[2] not in unread]
    return page(
        "teamscan/fill.html",
        "invullen",
        422 if wrong else 200,
        areas=groups,
        faults=(*taken().faults, *wrong),
        todo=sum(area.todo for area in groups),
        done=sum(area.done for area in groups),
        is_counted=scan_areas.is_counted,
        listed=scan.size <= MOST_IN_A_LIST,
    )


@blueprint.post("/<lang:lang>/teamscan/eigen")
def own(lang: str) -> Response:
    """What only this team knows: whom it calls, its notes and examples, and topics of its own."""
    scan, known = taken().scan, all_topics()
    asked = [topic for topic in known if scan_areas.is_asked(scan, topic)]
    return page(
        "teamscan/own.html",
        "eigen",
        areas=scan_areas.areas(known, scan, only_asked=True),
        domains=[area.ref for area in scan_areas.areas(known, scan) if area.ref],
        roles=_roles(asked, scan),
        contacts={contact.role: contact for contact in scan.contacts},
    )


def _roles(asked: Iterable[Topic], scan: Scan) -> tuple[Role, ...]:
    """The roles that asked topics name, those of topics that go through a specialist first."""
    found: dict[str, tuple[Ref, list[Topic]]] = {}
    for topic in asked:
        for ref in topic.specialists:
            found.setdefault(str(ref.slug), (ref, []))[1].append(topic)
    roles = (
        Role(ref, tuple(named), any(scan.lines[t.key].need.kind is NeedKind.SPECIALIST for t in named))
        for ref, named in found.values()
    )
    return tuple(sorted(roles, key=lambda role: (not role.needed, -len(role.topics))))


@blueprint.get("/<lang:lang>/teamscan/<any(team,onderwerpen,nodig,invullen,eigen,rapport,afbakening,plan,beeld):step>")
def lost(lang: str, step: str) -> Response:
    """For who comes by a bookmark or a reload: the scan was in the form alone, so begin, or go on with a file."""
    response = Response(render_template("teamscan/lost.html", step=""), mimetype=HTML)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
