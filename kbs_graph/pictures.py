"""The small pictures of the site, drawn from the wheel: icons for browsers and phones, and what a shared link shows.

`kbs pictures webui/static` writes them; they are kept in the repository, for a page must not wait for a drawing.
"""

from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from kbs_graph.drawing import typeface
from kbs_graph.drawing.sectors import Sector
from kbs_graph.drawing.wheel import (
    CENTRE,
    COMPETENCIES,
    GENERAL,
    GREY,
    HUES,
    INK,
    PROFESSIONAL,
    RESIDENT,
    RIM,
    SPECIFIC,
    TARGET_GROUPS,
    TINTS,
    Ring,
)
from kbs_graph.errors import Words

PAPER, EDGE = "#fcfaf5", "#5a6570"
NAME = "Kennisbouwstenen"
LEAD = Words("Wat een wijkteam samen weet", "What a neighbourhood team knows together")
_LIGHT = ("#f7aca1", "#ecc076", "#a9d891", "#7fd3ce", "#a3cbf3", "#c8b8f5", "#f3a9d0")
"""The colours of the domains on a dark ground."""
_FINER = 4
"""Drawn so many times larger and made smaller again, for smooth edges."""
_COLOURS = 64
_HALF = 40.0
"""Half the square in which the icon is drawn."""
_CARD = (1200, 630)


def write(folder: Path) -> list[Path]:
    """Draw all of them into a folder; the files written."""
    made: dict[str, Callable[[], bytes]] = {
        "icon.svg": lambda: icon_svg().encode(),
        "icon-192.png": partial(icon, 192),
        "icon-512.png": partial(icon, 512),
        "icon-maskable-512.png": partial(icon, 512, ground=PAPER, share=0.76),
        "apple-touch-icon.png": partial(icon, 180, ground=PAPER, share=0.86),
        "card-nl.png": partial(card, "nl"),
        "card-en.png": partial(card, "en"),
    }
    for name, make in made.items():
        (folder / name).write_bytes(make())
    return [folder / name for name in made]


def icon_svg() -> str:
    """Seven sectors and a sun, bold enough for 16 pixels; lighter where the browser is dark."""
    sectors = [
        f'<path class="d{n}" fill="{HUES[n]}" d="{s.path()}"/>' for n, s in enumerate(_sectors(_HALF, 18, _HALF))
    ]
    dark = "".join(f".d{n}{{fill:{colour}}}" for n, colour in enumerate(_LIGHT))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 80">'
        f"<style>@media(prefers-color-scheme:dark){{{dark}}}</style>{''.join(sectors)}"
        f'<circle cx="40" cy="40" r="13.5" fill="{RESIDENT}" stroke="{INK}" stroke-width="3"/></svg>\n'
    )


def icon(size: int, ground: str = "", share: float = 1.0) -> bytes:
    """The icon as PNG, `size` pixels square: on nothing, or on a ground with the wheel as a share of it."""
    large = size * _FINER
    image = Image.new("RGBA", (large, large), ground or (255, 255, 255, 0))
    draw = ImageDraw.Draw(image)
    scale = large * share / (2 * _HALF)
    for hue, sector in zip(HUES, _sectors(_HALF, 18, _HALF), strict=True):
        draw.polygon([_at(point, scale, large / 2) for point in _outline(sector)], fill=hue)
    draw.circle((large / 2, large / 2), 15 * scale, fill=INK)
    draw.circle((large / 2, large / 2), 12 * scale, fill=RESIDENT)
    return _png(image.resize((size, size), Image.Resampling.LANCZOS))


def card(language: str) -> bytes:
    """What a shared link shows (Open Graph, 1,200 by 630 pixels): the wheel and the name."""
    width, height = (side * _FINER // 2 for side in _CARD)
    image = Image.new("RGB", (width, height), PAPER)
    draw = ImageDraw.Draw(image)
    scale = height * 0.94 / (2 * CENTRE)
    middle = height // 2
    for sector, fill, edge in _rings():
        points = [(middle + (x - CENTRE) * scale, middle + (y - CENTRE) * scale) for x, y in _outline(sector)]
        draw.polygon(points, fill=fill, outline=edge or None, width=4)
    for x, fill in ((462.0, RESIDENT), (540.0, PROFESSIONAL)):
        draw.circle((middle + (x - CENTRE) * scale, middle), 62 * scale, fill=fill)
    for number, sector in enumerate(_sectors(CENTRE, RIM.inner, RIM.outer), 1):
        x, y = sector.at(460, sector.middle)
        place = (middle + (x - CENTRE) * scale, middle + (y - CENTRE) * scale)
        draw.text(place, str(number), "#ffffff", _font(round(52 * scale), True), anchor="mm")
    left, room = height + 40, width - height - 120
    size = int(min(180.0, room / typeface.width(NAME, 1, bold=True)))
    draw.text((left, middle - size * 0.25), NAME, INK, _font(size, True), anchor="ls")
    for number, line in enumerate(_broken(LEAD.in_language(language), size * 0.52, room)):
        draw.text((left, middle + size * (0.6 + 0.68 * number)), line, INK, _font(int(size * 0.52)), anchor="ls")
    return _png(image.resize(_CARD, Image.Resampling.LANCZOS))


def _rings() -> Iterator[tuple[Sector, str, str]]:
    def ring(of: Ring, fills: tuple[str, ...], edge: str = "") -> Iterator[tuple[Sector, str, str]]:
        return ((of.sector(n, len(fills)), fill, edge) for n, fill in enumerate(fills))

    yield from ring(RIM, HUES)
    yield from ring(SPECIFIC, TINTS)
    yield from ring(GENERAL, TINTS)
    yield from ring(COMPETENCIES, (GREY,) * 7)
    yield from ring(TARGET_GROUPS, ("#ffffff",) * 8, EDGE)


def _sectors(middle: float, inner: float, outer: float) -> list[Sector]:
    step = 360 / len(HUES)
    return [Sector(middle, middle, inner, outer, (n - 0.5) * step, (n + 0.5) * step) for n in range(len(HUES))]


def _outline(sector: Sector) -> list[tuple[float, float]]:
    points = []
    for radius, forth in ((sector.outer, True), (sector.inner, False)):
        start, end = sector.edges(radius)
        angles = [start + (end - start) * n / 60 for n in range(61)]
        points += [sector.at(radius, angle) for angle in (angles if forth else reversed(angles))]
    return points


def _at(point: tuple[float, float], scale: float, middle: float) -> tuple[float, float]:
    return middle + (point[0] - _HALF) * scale, middle + (point[1] - _HALF) * scale


def _broken(text: str, size: float, room: float) -> list[str]:
    found: list[str] = []
    for word in text.split():
        if found and typeface.width(f"{found[-1]} {word}", size) <= room:
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found


def _font(size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(typeface.file(bold), size)


def _png(image: Image.Image) -> bytes:
    target = BytesIO()
    image.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
        target, "PNG", optimize=True
    )
    return target.getvalue()
