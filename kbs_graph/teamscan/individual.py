"""Mijn beeld: where one professional is broad, where deep, and what there is to learn. No score, and no name (TEAM-24).

A scan of one is a team of one: the level of a topic is how many of its three counts are 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kbs_graph.errors import Words
from kbs_graph.model import Ref
from kbs_graph.teamscan import tshape
from kbs_graph.teamscan.model import Line, Scan, Topic
from kbs_graph.teamscan.plan import in_language
from kbs_graph.teamscan.topics import areas_of, with_own

DEEP, BROAD = 2, 1
"""From which level on a topic is a leg of the T, and which level makes its bar."""
_MOST_NAMED = 3


@dataclass(frozen=True)
class Known:
    """A topic with its level (0 to 3; None: I cannot say), and whether I want to learn it."""

    topic: Topic
    level: int | None
    learn: bool


@dataclass(frozen=True)
class Picture:
    """All that was filled in, in the order of the topics; each topic stands in one of the first four.

    `deep` are levels 2 and 3, `broad` level 1, `new` level 0, `unknown` what was not filled in. `parts` is the T.
    """

    deep: tuple[Known, ...]
    broad: tuple[Known, ...]
    new: tuple[Known, ...]
    unknown: tuple[Known, ...]
    learn: tuple[Known, ...]
    areas: tuple[Ref, ...]
    parts: tuple[tshape.Part, ...]

    @property
    def filled(self) -> int:
        return len(self.deep) + len(self.broad) + len(self.new)


def level(line: Line) -> int | None:
    """The level of one professional; None when not filled in."""
    return None if line.counts is None else sum(1 for count in line.counts if count > 0)


def make(scan: Scan, topics: tuple[Topic, ...]) -> Picture:
    """The picture of an own scan: what is asked in it, by how well it is known."""
    known = tuple(
        Known(topic, level(line), line.learn > 0)
        for topic in with_own(topics, scan)
        if (line := scan.lines.get(topic.key)) and line.asked
    )
    areas = areas_of(topics)
    return Picture(
        tuple(k for k in known if k.level is not None and k.level >= DEEP),
        tuple(k for k in known if k.level == BROAD),
        tuple(k for k in known if k.level == 0),
        tuple(k for k in known if k.level is None),
        tuple(k for k in known if k.learn),
        areas,
        tuple(_part(area, [k for k in known if k.topic.domain and k.topic.domain.slug == area.slug]) for area in areas),
    )


def _part(area: Ref, known: Sequence[Known]) -> tshape.Part:
    levels = [k.level for k in known if k.level is not None]
    return tshape.Part(
        area.order,
        len(levels),
        sum(level >= BROAD for level in levels),
        sum(level >= DEEP for level in levels),
        sum(level > DEEP for level in levels),
    )


def in_words(picture: Picture) -> Words:
    """The T in words: how broad, how deep, and in which areas the legs are longest."""
    if not picture.filled:
        return Words("Je hebt nog niets ingevuld.", "You have not filled in anything yet.")
    known = len(picture.deep) + len(picture.broad)
    over, areas = sum(part.broad > 0 for part in picture.parts), len(picture.parts)
    broad = Words(
        f"Breed: je herkent {known} van de {picture.filled} onderwerpen, in {over} van de {areas} gebieden.",
        f"Broad: you recognise {known} of the {picture.filled} topics, in {over} of the {areas} areas.",
    )
    deep = _depth(picture)
    return Words(f"{broad.nl} {deep.nl}", f"{broad.en} {deep.en}")


def _depth(picture: Picture) -> Words:
    number = len(picture.deep)
    if not number:
        return Words("Diep: nog geen onderwerp.", "Deep: no topic yet.")
    legs = sorted((p for p in picture.parts if p.deep), key=lambda p: (-p.deep, -p.deepest, p.number))[:_MOST_NAMED]
    refs = {area.order: area for area in picture.areas}
    where = {tag: ", ".join(in_language(refs[p.number].label, tag) for p in legs) for tag in ("nl", "en")}
    nl, en = ("onderwerp", "topic") if number == 1 else ("onderwerpen", "topics")
    if not legs:  # competencies alone: they have no area
        return Words(f"Diep: je kunt werken met {number} {nl}.", f"Deep: you can work with {number} {en}.")
    return Words(
        f"Diep: je kunt werken met {number} {nl}, het meest in {where['nl']}.",
        f"Deep: you can work with {number} {en}, most of all in {where['en']}.",
    )
