"""The report of a scan: what is missing, what rests on one person, what goes well, by area and as the team's T.

Every topic that is asked stands in exactly one block by its status. `one_person` is a view across the blocks.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from kbs_graph.errors import BadRequest
from kbs_graph.model import Ref
from kbs_graph.teamscan.model import Judged, Kind, Scan, Status, Topic
from kbs_graph.teamscan.problems import Problem, problems
from kbs_graph.teamscan.rules import COUNTED, GAPS, in_order, judged
from kbs_graph.teamscan.topics import areas_of, by_key, with_own

LEFT_OUT = (Status.NOT_NEEDED, Status.UNFILLED)
"""The statuses that are in no total (A3, 6 and 7)."""


@dataclass(frozen=True)
class Tally:
    """Topics with how many have each status; a status that does not occur is there with 0."""

    topics: tuple[Judged, ...]
    by_status: Mapping[Status, int]

    @property
    def total(self) -> int:
        """How many count: all but what is not needed or not filled in."""
        return sum(number for status, number in self.by_status.items() if status not in LEFT_OUT)

    @property
    def gaps(self) -> int:
        """Of how many the team has too few colleagues: missing, fragile or partly."""
        return sum(self.by_status[status] for status in GAPS)


@dataclass(frozen=True)
class Area:
    """One of the seven areas (or the competencies, without a domain) with a tally of its whole and of each band.

    An area has a band for general and one for specific knowledge, empty when nothing of it was asked.
    """

    domain: Ref | None
    whole: Tally
    bands: Mapping[Kind, Tally]


@dataclass(frozen=True)
class Reach:
    """How far the team reaches in one area, of the topics that were filled in there.

    The bar of the T: `broad` of `broad_of` general topics are in place. Its stem: `deep` of `deep_of` specific topics
    are in place, and with `deepest` of those at least one colleague helps the others (level 3).
    """

    domain: Ref
    broad: int
    broad_of: int
    deep: int
    deep_of: int
    deepest: int


@dataclass(frozen=True)
class Shape:
    """The T of the team: its reach in each area.

    The team is *broad* in an area when at least half of its general topics are in place, and *deep* when a specific
    topic is in place there with a colleague at level 3. A need through a specialist is no reach of the team itself.
    """

    reaches: tuple[Reach, ...]

    @property
    def broad(self) -> tuple[Ref, ...]:
        return tuple(reach.domain for reach in self.reaches if reach.broad_of and 2 * reach.broad >= reach.broad_of)

    @property
    def deep(self) -> tuple[Ref, ...]:
        return tuple(reach.domain for reach in self.reaches if reach.deepest)


@dataclass(frozen=True)
class Report:
    """What a scan shows. The blocks stand by priority, `table` in the order of the topics.

    `unknown` are keys of the file that this graph does not know, `problems` what cannot be right: neither is counted.
    """

    scan: Scan
    table: tuple[Judged, ...]
    missing: tuple[Judged, ...]
    fragile: tuple[Judged, ...]
    partly: tuple[Judged, ...]
    in_place: tuple[Judged, ...]
    one_person: tuple[Judged, ...]
    specialist: tuple[Judged, ...]
    no_contact: tuple[Judged, ...]
    unfilled: tuple[Judged, ...]
    not_needed: tuple[Judged, ...]
    unknown: tuple[str, ...]
    problems: tuple[Problem, ...]
    whole: Tally
    areas: tuple[Area, ...]
    shape: Shape

    @property
    def gaps(self) -> tuple[Judged, ...]:
        """What is missing, fragile or partly there, the highest priority first: what a plan is made from."""
        return in_order((*self.missing, *self.fragile, *self.partly))


def make(scan: Scan, topics: tuple[Topic, ...]) -> Report:
    """The report of a scan; the team's own topics count in their areas."""
    everything = with_own(topics, scan)
    table = judged(scan, everything)
    block = {status: in_order(one for one in table if one.status is status) for status in Status}
    known = by_key(everything)
    areas = _areas(table, everything)
    return Report(
        scan=scan,
        table=table,
        missing=block[Status.MISSING],
        fragile=block[Status.FRAGILE],
        partly=block[Status.PARTLY],
        in_place=block[Status.IN_PLACE],
        one_person=in_order(one for one in table if one.one_person),
        specialist=block[Status.SPECIALIST],
        no_contact=block[Status.NO_CONTACT],
        unfilled=block[Status.UNFILLED],
        not_needed=block[Status.NOT_NEEDED],
        unknown=tuple(key for key in scan.lines if key not in known),
        problems=problems(scan),
        whole=_tally(table),
        areas=areas,
        shape=Shape(tuple(_reach(area.domain, area) for area in areas if area.domain)),
    )


def sorted_by(report: Report, order: str) -> tuple[Judged, ...]:
    """The table by `domain` (the order of the wheel), `status` (the order of the blocks) or `priority`.

    Raises BadRequest for another order.
    """
    statuses = list(Status)
    orders: dict[str, Callable[[], Iterable[Judged]]] = {
        "domain": lambda: report.table,
        "status": lambda: sorted(in_order(report.table), key=lambda one: statuses.index(one.status)),
        "priority": lambda: in_order(report.table),
    }
    if order not in orders:
        raise BadRequest(
            f"Sorteren op ‘{order}’ kan niet. Kies domain, status of priority.",
            f"Sorting by ‘{order}’ is not possible. Choose domain, status or priority.",
        )
    return tuple(orders[order]())


def _tally(found: Iterable[Judged]) -> Tally:
    topics = tuple(found)
    counted = Counter(one.status for one in topics)
    return Tally(topics, {status: counted[status] for status in Status})


def _areas(table: tuple[Judged, ...], topics: tuple[Topic, ...]) -> tuple[Area, ...]:
    """The areas in the order of the wheel, then what has none (the competencies)."""
    return tuple(
        _area(domain, [one for one in table if one.topic.domain == domain]) for domain in (*areas_of(topics), None)
    )


def _area(domain: Ref | None, found: list[Judged]) -> Area:
    kinds = dict.fromkeys(((Kind.GENERAL, Kind.SPECIFIC) if domain else ()) + tuple(one.topic.kind for one in found))
    bands = {kind: _tally(one for one in found if one.topic.kind is kind) for kind in kinds}
    return Area(domain, _tally(found), bands)


def _reach(domain: Ref, area: Area) -> Reach:
    general, specific = (
        [one for one in area.bands[kind].topics if one.status in COUNTED] for kind in (Kind.GENERAL, Kind.SPECIFIC)
    )
    in_place = [one for one in specific if one.status is Status.IN_PLACE]
    return Reach(
        domain,
        sum(one.status is Status.IN_PLACE for one in general),
        len(general),
        len(in_place),
        len(specific),
        sum(bool(one.line.counts and one.line.counts[2]) for one in in_place),
    )
