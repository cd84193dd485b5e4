"""Patterns in a report, in words: where the gaps gather, what is recognised but not done, what wants to be learnt.

A pattern says what the counts show and no more; it is a start for talking, no judgement.
"""

from collections.abc import Iterator

from kbs_graph.errors import Words
from kbs_graph.facts import dutch
from kbs_graph.teamscan.model import Judged, Status
from kbs_graph.teamscan.report import Area, Report

LEAST = 2
"""A pattern is something that occurs at least twice."""


def of_report(report: Report) -> tuple[Words, ...]:
    """The patterns of a report, the most pressing first."""
    return (
        *_gathered(report),
        *_leaning(report),
        *_recognised(report),
        *_general_and_specific(report),
        *_wanted(report),
        *_clear(report),
        *_unfilled(report),
    )


def _gathered(report: Report) -> Iterator[Words]:
    """The one area with the most gaps, if there is one."""
    ranked = sorted(report.areas, key=lambda area: -area.whole.gaps)
    most, next_most = ranked[0], ranked[1] if len(ranked) > 1 else None
    if most.whole.gaps >= LEAST and most.domain and (not next_most or next_most.whole.gaps < most.whole.gaps):
        nl, en = _name(most)
        gaps, total = most.whole.gaps, most.whole.total
        yield Words(
            f"{nl} vraagt de meeste aandacht: bij {gaps} van de {total} onderwerpen weten te weinig collega's het.",
            f"{en} needs the most attention: for {gaps} of its {total} topics too few colleagues know it.",
        )


def _leaning(report: Report) -> Iterator[Words]:
    """Every area where several topics rest on one person."""
    for area in report.areas:
        number = sum(one.one_person for one in area.whole.topics)
        if number >= LEAST:
            nl, en = _name(area)
            yield Words(
                f"Bij {nl} hangen {number} onderwerpen aan één persoon.",
                f"In {en}, {number} topics rest on one person.",
            )


def _recognised(report: Report) -> Iterator[Words]:
    """What several colleagues recognise while too few can work with it."""
    found = [one for one in report.gaps if one.line.need.level > 1 and _at_least(one, 1) >= max(LEAST, one.have + 1)]
    if found:
        number = len(found)
        nl, en = ("1 onderwerp", "1 topic") if number == 1 else (f"{number} onderwerpen", f"{number} topics")
        yield Words(
            f"Bij {nl} herkennen collega's het wel, maar zijn er te weinig op het niveau dat jullie kozen. "
            "Daar ligt een begin.",
            f"For {en}, colleagues recognise it, but too few are at the level you chose. That is a place to begin.",
        )


def _general_and_specific(report: Report) -> Iterator[Words]:
    """Where bar and stem of the T differ most: all the general in place and none of the specific, or the reverse."""
    for reach in report.shape.reaches:
        if reach.broad_of < LEAST or reach.deep_of < LEAST:
            continue
        nl, en = dutch(reach.domain.label), reach.domain.label.get("en") or dutch(reach.domain.label)
        if reach.broad == reach.broad_of and not reach.deep:
            yield Words(
                f"Bij {nl} is het algemene op orde, en nog niets van het specifieke.",
                f"In {en} the general knowledge is in place, and none of the specific yet.",
            )
        if reach.deep == reach.deep_of and not reach.broad:
            yield Words(
                f"Bij {nl} is het specifieke op orde, en nog niets van het algemene.",
                f"In {en} the specific knowledge is in place, and none of the general yet.",
            )


def _wanted(report: Report) -> Iterator[Words]:
    """Gaps that somebody wants to learn about."""
    number = sum(one.line.learn > 0 for one in report.gaps)
    if number:
        nl, en = ("1 onderwerp", "1 topic") if number == 1 else (f"{number} onderwerpen", f"{number} topics")
        yield Words(
            f"Bij {nl} waar jullie tekortkomen, wil iemand dit leren.",
            f"For {en} where you fall short, somebody wants to learn this.",
        )


def _clear(report: Report) -> Iterator[Words]:
    """Every area where all that was filled in is in place."""
    for area in report.areas:
        if area.domain and area.whole.total >= LEAST and area.whole.by_status[Status.IN_PLACE] == area.whole.total:
            nl, en = _name(area)
            yield Words(
                f"Bij {nl} is alles op orde wat jullie bekeken.", f"In {en} everything you looked at is in place."
            )


def _unfilled(report: Report) -> Iterator[Words]:
    number = len(report.unfilled)
    if number:
        nl = (
            "1 onderwerp is niet ingevuld en telt"
            if number == 1
            else f"{number} onderwerpen zijn niet ingevuld en tellen"
        )
        en = "1 topic was not filled in and is" if number == 1 else f"{number} topics were not filled in and are"
        yield Words(f"{nl} nergens in mee.", f"{en} in no total.")


def _at_least(one: Judged, level: int) -> int:
    return one.line.counts[level - 1] if one.line.counts else 0


def _name(area: Area) -> tuple[str, str]:
    if area.domain is None:
        return "de competenties", "the competencies"
    return dutch(area.domain.label), area.domain.label.get("en") or dutch(area.domain.label)
