"""The wheels as pages draw them: the geometry of the library joined with words, addresses and colours."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Flask

from kbs_graph.drawing import focuswheel, wheel
from kbs_graph.drawing.focuswheel import Fan, Numbered
from kbs_graph.drawing.wheel import Paint
from kbs_graph.folding import fold
from kbs_graph.model import Domain, Ref, Spoke, Tagged, Texts, Wheel
from webui import urls
from webui.i18n import N_, gettext, language
from webui.wording import choose

GENERAL, SPECIFIC = "algemeen", "specifiek"
"""Anchors on the page of a domain."""
IN_WORDS = N_(
    "Resident and professional in the middle, round them the target groups and the competencies, and on the outside "
    "the seven areas with general and specific knowledge."
)
"""The whole drawing for who does not see it."""
_LEVELS = {GENERAL: N_("General"), SPECIFIC: N_("Specific")}


@dataclass(frozen=True)
class Spot:
    """A link on the wheel: where to, its accessible name (`language` when not the page's), its ring and angle."""

    href: str
    name: str
    language: str
    ring: str
    angle: int
    place: wheel.Segment
    paint: Paint


@dataclass(frozen=True)
class Meeting:
    """One of the two in the middle."""

    href: str
    name: str
    language: str
    disc: wheel.Disc
    paint: Paint


@dataclass(frozen=True)
class Area:
    """A domain: its number, its rim with the two bands inside it, and what the list beside the wheel says."""

    number: int
    label: Texts
    description: Texts
    rim: Spot
    bands: tuple[tuple[str, Spot], ...]


@dataclass(frozen=True)
class Named:
    """A competency or target group, with its full name for the list."""

    label: Texts
    spot: Spot


@dataclass(frozen=True)
class Drawing:
    """The whole wheel in the reader's language, and its seven sectors in small."""

    middle: tuple[Meeting, ...]
    areas: tuple[Area, ...]
    competencies: tuple[Named, ...]
    target_groups: tuple[Named, ...]
    small: tuple[Numbered, ...]


@dataclass(frozen=True)
class Focus:
    """The wheel of one domain: the fan to its list, the badge, and all areas by their number."""

    number: int
    fan: Fan
    badge: tuple[Numbered, ...]
    areas: tuple[Ref, ...]


def init(app: Flask) -> None:
    app.jinja_env.globals.update(draw_wheel=draw, draw_focus=focus, wheel_in_words=lambda: gettext(IN_WORDS))


def draw(found: Wheel) -> Drawing:
    """The karrewiel (sketch A)."""
    count = len(found.domains)
    return Drawing(
        tuple(_middle(found.middle)),
        tuple(_area(spoke, index, count) for index, spoke in enumerate(found.domains)),
        _ring("competency", found.competencies, wheel.COMPETENCIES, Paint("competency", wheel.GREY)),
        _ring("group", found.target_groups, wheel.TARGET_GROUPS, Paint("group", "#ffffff", edge="#5a6570")),
        focuswheel.small(count) if count else (),
    )


def focus(domain: Domain) -> Focus:
    """The wheel of a domain (sketch C)."""
    number = 1 + next(n for n, ref in enumerate(domain.ring) if ref.iri == domain.iri)
    count = len(domain.ring)
    return Focus(
        number,
        focuswheel.fan(count, number, len(domain.general), len(domain.specific)),
        focuswheel.badge(count, number),
        domain.ring,
    )


def _middle(spokes: Iterable[Spoke]) -> Iterable[Meeting]:
    """Resident and professional; the page about the wheel tells of one that the graph does not describe."""
    paints = (Paint("resident", wheel.RESIDENT), Paint("professional", wheel.PROFESSIONAL))
    found = list(spokes)
    names = [choose(spoke.short) for spoke in found]
    for spoke, name, disc, paint in zip(found, names, wheel.discs([n.text for n in names]), paints, strict=False):
        yield Meeting(urls.address_of(spoke.ref) or "", name.text, _marked(name), disc, paint)


def _area(spoke: Spoke, index: int, count: int) -> Area:
    name, number, hue = choose(spoke.short), index + 1, index % len(wheel.HUES)
    dark = Paint(f"rim d{hue + 1}", wheel.HUES[hue], "#ffffff")
    light = Paint(f"band d{hue + 1}", wheel.TINTS[hue])
    href = urls.address_of(spoke.ref) or ""
    numbered = Tagged(wheel.numbered(number, name.text), name.language)
    bands = []
    for level, ring in ((GENERAL, wheel.GENERAL), (SPECIFIC, wheel.SPECIFIC)):
        word = gettext(_LEVELS[level])
        told = Tagged(f"{word}: {numbered.text}", name.language)
        place = wheel.segment(ring, index, count, word)
        bands.append((word, _spot(urls.part(href, level), told, level, place, light)))
    place = wheel.segment(wheel.RIM, index, count, numbered.text)
    return Area(number, spoke.ref.label, spoke.description, _spot(href, numbered, "rim", place, dark), tuple(bands))


def _ring(name: str, spokes: tuple[Spoke, ...], ring: wheel.Ring, paint: Paint) -> tuple[Named, ...]:
    return tuple(
        Named(
            spoke.ref.label,
            _spot(
                urls.address_of(spoke.ref) or "",
                _told(spoke),
                name,
                wheel.segment(ring, index, len(spokes), choose(spoke.short).text),
                paint,
            ),
        )
        for index, spoke in enumerate(spokes)
    )


def _spot(href: str, told: Tagged, ring: str, place: wheel.Segment, paint: Paint) -> Spot:
    return Spot(href, told.text, _marked(told), ring, round(place.sector.middle), place, paint)


def _told(spoke: Spoke) -> Tagged:
    """The accessible name: the visible text first (WCAG 2.5.3), then the full name where that says more."""
    short, full = choose(spoke.short), choose(spoke.ref.label)
    if short.language != full.language:
        return short
    if fold(full.text).startswith(fold(short.text)):
        return full
    rest = full.text if full.text[1:2].isupper() else full.text[:1].lower() + full.text[1:]
    return Tagged(f"{short.text}, {rest}", short.language)


def _marked(text: Tagged) -> str:
    return "" if text.language == language() else text.language
