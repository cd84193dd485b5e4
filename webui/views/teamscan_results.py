"""What a scan gives, as pages: the report with its wheel, the delimitation, the plan, the picture of one professional.

Each is the answer to a form that brings the whole scan along (`state`); nothing of it is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import Blueprint, Response, request

from kbs_graph.teamscan import delimitation, individual, patterns, plan, rules, team_shape, teamwheel, tshape
from kbs_graph.teamscan import report as reports
from kbs_graph.teamscan import words as scan_words
from kbs_graph.teamscan.model import Action, Judged, Scan, State, Who
from webui.i18n import N_, gettext, language
from webui.labels import many
from webui.teamscan.state import all_topics, page, scan
from webui.wording import plain

blueprint = Blueprint("teamscan_results", __name__)

ORDERS = ("domain", "status", "priority")
_LOOSE = N_("No area")


@dataclass(frozen=True)
class Group:
    """An area with its topics by band, for the list that a piece of the wheel leads to."""

    slug: str
    number: int
    label: str
    tally: teamwheel.Tally
    said: str
    bands: tuple["Band", ...]


@dataclass(frozen=True)
class Band:
    kind: str
    label: str
    topics: tuple[Judged, ...]


@blueprint.post("/<lang:lang>/teamscan/rapport")
def report(lang: str) -> Response:
    """What is missing, what rests on one person, what goes well; the wheel, the table, what if a colleague leaves."""
    found, topics = scan(), all_topics()
    made = reports.make(found, topics)
    order = request.form.get("volgorde", "domain")
    order = order if order in ORDERS else "domain"
    leaving = tuple(key for key in request.form.getlist("weg") if key in found.lines)
    after = reports.make(rules.without_one(found, leaving), topics) if leaving and found.size > 1 else None
    wheel = teamwheel.make(replace(found, day=_day(found)), made.table, topics, language())
    beside = _beside(made, after, leaving) if after else ()
    return page(
        "teamscan/report.html",
        "rapport",
        report=made,
        paper_day=_day(found),
        order=order,
        table=reports.sorted_by(made, order),
        wheel=wheel,
        groups=_groups(wheel, made.table),
        open_of=teamwheel.open_of,
        open_statuses=teamwheel.OPEN,
        patterns=patterns.of_report(made),
        areas=tuple(reach.domain for reach in made.shape.reaches),
        shape=tshape.draw(team_shape.parts(made.shape)),
        shape_words=team_shape.in_words(made.shape),
        planned={row.topic for row in found.plan},
        calls={one.topic.key: one for one in delimitation.reachable(found, topics)},
        covered=[one for one in made.table if one.line.counts and one.line.counts[0] > 0],
        leaving=leaving,
        after=after,
        beside=beside,
        changes=[pair for pair in beside if pair[0].status is not pair[1].status],
    )


def _day(found: Scan) -> str:
    """The day on the paper: when the scan was saved, else today (ISO 8601)."""
    return found.day or date.today().isoformat()


def _beside(now: reports.Report, after: reports.Report, leaving: Sequence[str]) -> tuple[tuple[Judged, Judged], ...]:
    """Now and then, side by side: what is open then, the most pressing first, and what else that colleague covers."""
    before = {one.topic.key: one for one in now.table}
    rest = tuple(one for one in after.table if one.topic.key in leaving and one not in after.gaps)
    return tuple((before[one.topic.key], one) for one in (*after.gaps, *rest))


def _groups(wheel: teamwheel.TeamWheel, table: Sequence[Judged]) -> tuple[Group, ...]:
    """The topics by area and band, as the wheel has them; what has no area last."""
    found = [_of_area(area, table) for area in wheel.areas]
    ring = tuple(one for one in table if teamwheel.is_competency(one.topic))
    loose = tuple(one for one in table if not one.topic.domain and one not in ring)
    for slug, label, tally, rest in (
        ("competenties", many("competentie"), wheel.competencies_tally, ring),
        ("eigen", gettext(_LOOSE), wheel.loose, loose),
    ):
        said = teamwheel.in_words(tally, language())
        found.append(Group(slug, 0, label, tally, said, (Band("alle", label, rest),)))
    return tuple(group for group in found if any(band.topics for band in group.bands))


def _of_area(area: teamwheel.Area, table: Sequence[Judged]) -> Group:
    own = [one for one in table if one.topic.domain and one.topic.domain.iri == area.ref.iri]
    bands = (
        Band(
            band.kind.value,
            scan_words.KIND[band.kind].in_language(language()),
            tuple(one for one in own if teamwheel.band_of(one.topic) is band.kind),
        )
        for band in area.bands
    )
    return Group(
        str(area.ref.slug),
        area.ref.order,
        plain(area.ref.label),
        area.tally,
        teamwheel.in_words(area.tally, language()),
        tuple(band for band in bands if band.topics),
    )


@blueprint.post("/<lang:lang>/teamscan/afbakening")
def bounded(lang: str) -> Response:
    """What the team does, does together, and leaves to a specialist: for partners, on one sheet."""
    found = delimitation.make(scan(), all_topics())
    return page(
        "teamscan/delimitation.html",
        "afbakening",
        found=found,
        paper_day=_day(scan()),
        columns=_columns(found),
        who=tuple(Who),
    )


def _columns(found: delimitation.Delimitation) -> tuple[tuple[Who, tuple[delimitation.Entry, ...]], ...]:
    return (Who.WE, found.we), (Who.TOGETHER, found.together), (Who.SPECIALIST, found.specialist)


@blueprint.post("/<lang:lang>/teamscan/plan")
def planned(lang: str) -> Response:
    """The plan: its rows with what they still lack, sources that fit, and what is open and not in it yet."""
    found, topics = scan(), all_topics()
    made = reports.make(found, topics)
    chosen = {row.topic for row in found.plan}
    return page(
        "teamscan/plan.html",
        "plan",
        paper_day=_day(found),
        items=plan.items(found, topics, made.table),
        lacks=plan.LACKS,
        is_final=plan.is_final(found),
        advised=plan.ADVISED,
        waiting=[one for one in (*made.gaps, *made.no_contact) if one.topic.key not in chosen],
        planned=chosen,
        actions=tuple(Action),
        states=tuple(State),
    )


@blueprint.post("/<lang:lang>/teamscan/beeld")
def picture(lang: str) -> Response:
    """Mijn beeld: where one professional is broad, where deep, and what there is to learn."""
    found = scan()
    made = individual.make(found, all_topics())
    return page(
        "teamscan/picture.html",
        "beeld",
        picture=made,
        shape=tshape.draw(made.parts),
        shape_words=individual.in_words(made),
        planned={row.topic for row in found.plan},
    )
