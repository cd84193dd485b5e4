"""Several teams side by side: how many miss a topic, what they could learn together, and who offers help.

A region counts teams, topic by topic. Which team has which status is nowhere in it; a team is named with a topic only
where that team allowed it (`Line.share`).
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, count

from kbs_graph.errors import BadRequest, Words
from kbs_graph.folding import sort_key
from kbs_graph.model import SourceRef
from kbs_graph.teamscan.model import Action, Judged, Mode, Scan, Status, Topic
from kbs_graph.teamscan.plan import sources_for
from kbs_graph.teamscan.problems import problems
from kbs_graph.teamscan.rules import GAPS, judged
from kbs_graph.teamscan.scancodec import plain
from kbs_graph.teamscan.topics import place

LEAST_TEAMS = 2
"""What is shared is so in at least two teams."""


@dataclass(frozen=True)
class Team:
    """A team of the region: its name (Team 1 for want of one), its size, its day and how many topics it filled in."""

    name: str
    size: int
    day: str
    filled: int


@dataclass(frozen=True)
class Standing:
    """A topic in the region: how many teams have each status, and in how many it was not filled in or not asked.

    `one_person` are the teams where it rests on one person, whatever its status; `lacking` those and the ones that miss
    it; `level` is the highest that a team with a gap needs, `learners` how many colleagues in all want to learn it,
    `pressing` the sum of the priorities.
    """

    topic: Topic
    by_status: Mapping[Status, int]
    not_scanned: int
    one_person: int
    lacking: int
    level: int
    learners: int
    pressing: Fraction

    @property
    def gaps(self) -> int:
        """In how many teams there are too few colleagues."""
        return sum(self.by_status[status] for status in GAPS)


@dataclass(frozen=True)
class Offer:
    """A team that has enough of what another lacks, and allowed to say so. `have` are its colleagues at `level`."""

    topic: Topic
    team: str
    have: int
    level: int


@dataclass(frozen=True)
class Proposal:
    """What teams could learn together: in how many it is missing or rests on one person, and what fits."""

    topic: Topic
    teams: int
    learners: int
    sources: tuple[SourceRef, ...]


@dataclass(frozen=True)
class Region:
    """`standings` are by topic order, all else the most pressing first. `notes` tell what to mind in the files.

    `shared` are gaps of two teams or more; `training` is what two or more miss or have in one person.
    """

    teams: tuple[Team, ...]
    standings: tuple[Standing, ...]
    shared: tuple[Standing, ...]
    offers: tuple[Offer, ...]
    training: tuple[Proposal, ...]
    notes: tuple[Words, ...]


def merge(scans: Sequence[Scan], topics: tuple[Topic, ...]) -> Region:
    """The region of two or more team scans, the same whatever the order they came in.

    Topics that teams added themselves are their own and stay out. Raises BadRequest for a scan of one professional, and
    for fewer than two scans.
    """
    named = _named(_of_teams(scans))
    tables = {name: {one.topic.key: one for one in judged(scan, topics)} for name, scan in named.items()}
    own = {topic.key for scan in scans for topic in scan.own_topics}
    standings = tuple(
        _standing(topic, found, len(named))
        for topic in topics
        if topic.key not in own and (found := [table[topic.key] for table in tables.values() if topic.key in table])
    )
    pressing = sorted(standings, key=_pressing)
    return Region(
        teams=tuple(_team(name, scan, tables[name].values()) for name, scan in named.items()),
        standings=standings,
        shared=tuple(one for one in pressing if one.gaps >= LEAST_TEAMS),
        offers=tuple(offer for one in pressing for offer in _offers(one.topic, tables)),
        training=tuple(_proposal(one) for one in pressing if one.lacking >= LEAST_TEAMS),
        notes=tuple(_notes(named)),
    )


def _of_teams(scans: Sequence[Scan]) -> Sequence[Scan]:
    alone = sum(scan.mode is Mode.OWN for scan in scans)
    if alone:
        raise BadRequest(
            f"Bij de bestanden is een scan van één professional ({alone}). Een regio telt alleen scans van teams.",
            f"Among the files is a scan of one professional ({alone}). A region only counts scans of teams.",
        )
    if len(scans) < LEAST_TEAMS:
        raise BadRequest(
            "Voor een regio zijn twee of meer bestanden nodig, van elk team één. Kies ze samen.",
            "A region takes two or more files, one of each team. Choose them together.",
        )
    return scans


def _named(scans: Sequence[Scan]) -> dict[str, Scan]:
    """The scans by a name of their own, by alphabet, the nameless last; a name that comes again gets a number."""
    named: dict[str, Scan] = {}
    for scan in sorted(scans, key=lambda one: (not one.name.strip(), sort_key(one.name), _content(one))):
        name = scan.name.strip()
        names = chain([name], (f"{name} ({n})" for n in count(2))) if name else (f"Team {n}" for n in count(1))
        named[next(free for free in names if free not in named)] = scan
    return named


def _content(scan: Scan) -> str:
    """All a scan says, the same whatever the order of its topics."""
    return json.dumps(plain(scan), sort_keys=True)


def _team(name: str, scan: Scan, table: Iterable[Judged]) -> Team:
    return Team(name, scan.size, scan.day, sum(one.status is not Status.UNFILLED for one in table))


def _standing(topic: Topic, found: Sequence[Judged], teams: int) -> Standing:
    by_status = Counter(one.status for one in found)
    return Standing(
        topic=topic,
        by_status={status: by_status[status] for status in Status if status is not Status.UNFILLED},
        not_scanned=teams - len(found) + by_status[Status.UNFILLED],
        one_person=sum(one.one_person for one in found),
        lacking=sum(one.one_person or one.status is Status.MISSING for one in found),
        level=max((one.line.need.level for one in found if one.status in GAPS), default=2),
        learners=sum(max(one.line.learn, 0) for one in found),
        pressing=sum((one.priority for one in found), Fraction(0)),
    )


def _pressing(one: Standing) -> tuple[object, ...]:
    """The most teams with a gap first, then the highest priorities together, then by area and label."""
    return -one.gaps, -one.pressing, -one.lacking, place(one.topic)


def _offers(topic: Topic, tables: Mapping[str, Mapping[str, Judged]]) -> list[Offer]:
    """Who has enough and may say so, when another team has a gap; the most colleagues first."""
    found = {name: table[topic.key] for name, table in tables.items() if topic.key in table}
    if not any(one.status in GAPS for one in found.values()):
        return []
    offers = (
        Offer(topic, name, one.have, one.line.need.level)
        for name, one in found.items()
        if one.line.share and one.status is Status.IN_PLACE
    )
    return sorted(offers, key=lambda offer: (-offer.have, sort_key(offer.team)))


def _proposal(one: Standing) -> Proposal:
    return Proposal(one.topic, one.lacking, one.learners, sources_for(one.topic, Action.TRAINING, one.level))


def _notes(named: Mapping[str, Scan]) -> Iterator[Words]:
    texts: dict[str, list[str]] = {}
    for name, scan in named.items():
        texts.setdefault(_content(scan), []).append(name)
        wrong = len(problems(scan))
        if wrong:
            yield Words(
                f"{name}: {wrong} keer staat er iets dat niet kan. Dat telt niet mee.",
                f"{name}: {wrong} times there is something that cannot be right. That is not counted.",
            )
    for names in texts.values():
        if len(names) > 1:
            yield Words(
                f"Deze bestanden zijn precies gelijk en tellen elk als een team: {', '.join(names)}. "
                "Is het twee keer hetzelfde bestand? Kies het dan één keer.",
                f"These files are exactly the same and each count as a team: {', '.join(names)}. "
                "Is it the same file twice? Then choose it once.",
            )
