"""The karrewiel as a drawing on the cover of a booklet (SVG), with all areas in colour or just one."""

from xml.sax.saxutils import escape

from kbs_graph.booklet import words
from kbs_graph.drawing import typeface, wheel
from kbs_graph.drawing.wheel import CENTRE, GREY, HUES, INK, TINTS, Disc, Ring, Segment
from kbs_graph.model import Spoke, Texts, Wheel

_PALE, _EDGE = "#ffffff", "#5a6570"


def draw(found: Wheel, language: str, area: str = "") -> bytes:
    """The wheel as SVG in a language. With an area (its IRI) only that one has colour; all words stay."""
    pieces = [_middle(found.middle, language)]
    pieces += _areas(found.domains, language, area)
    pieces += _ring(found.competencies, wheel.COMPETENCIES, language, GREY, "")
    pieces += _ring(found.target_groups, wheel.TARGET_GROUPS, language, _PALE, _EDGE)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 1000 1000" '
        f'width="1000" height="1000" font-family="{typeface.FAMILY}">{"".join(pieces)}</svg>'
    ).encode()


def _areas(spokes: tuple[Spoke, ...], language: str, area: str) -> list[str]:
    pieces, count = [], len(spokes)
    for index, spoke in enumerate(spokes):
        shown = area in ("", spoke.ref.iri)
        hue = index % len(HUES)
        rim = wheel.segment(wheel.RIM, index, count, wheel.numbered(index + 1, _text(spoke.short, language)))
        pieces.append(_piece(rim, f"d{index}", HUES[hue] if shown else GREY, "" if shown else _EDGE, light=shown))
        for ring, said in ((wheel.GENERAL, words.GENERAL), (wheel.SPECIFIC, words.SPECIFIC)):
            band = wheel.segment(ring, index, count, said.in_language(language))
            edge = HUES[hue] if shown else _EDGE
            pieces.append(_piece(band, f"d{index}-{int(ring.inner)}", TINTS[hue] if shown else _PALE, edge))
    return pieces


def _ring(spokes: tuple[Spoke, ...], ring: Ring, language: str, fill: str, edge: str) -> list[str]:
    return [
        _piece(
            wheel.segment(ring, index, len(spokes), _text(spoke.short, language)),
            f"r{int(ring.inner)}-{index}",
            fill,
            edge,
        )
        for index, spoke in enumerate(spokes)
    ]


def _middle(spokes: tuple[Spoke, ...], language: str) -> str:
    texts = [_text(spoke.short, language) for spoke in spokes]
    fills = ((wheel.RESIDENT, 1.0), (wheel.PROFESSIONAL, 0.85))
    return "".join(_disc(disc, *fill) for disc, fill in zip(wheel.discs(texts), fills, strict=False))


def _disc(disc: Disc, fill: str, opacity: float) -> str:
    return (
        f'<circle cx="{disc.x}" cy="{CENTRE}" r="{disc.radius}" fill="{fill}" fill-opacity="{opacity}" '
        f'stroke="{_EDGE}"/>{_words(disc.line.text, disc.line.x, disc.line.y, wheel.TEXT, INK)}'
    )


def _piece(segment: Segment, name: str, fill: str, edge: str, light: bool = False) -> str:
    stroke = f' stroke="{edge}" stroke-width="1.5"' if edge else ""
    shape = f'<path d="{segment.sector.path()}" fill="{fill}"{stroke}/>'
    ink = _PALE if light else INK
    if segment.arc is None:
        lines = (_words(line.text, line.x, line.y, segment.size, ink, segment.bold) for line in segment.lines)
        return shape + "".join(lines)
    path = f'<path id="{name}" fill="none" d="{segment.arc.path}"/>'
    text = f'<textPath xlink:href="#{name}" startOffset="50%">{_safe(segment.text)}</textPath>'
    return f"{shape}{path}<text {_look(segment.size, ink, segment.bold)}>{text}</text>"


def _words(text: str, x: float, y: float, size: float, ink: str, bold: bool = False) -> str:
    return f'<text x="{x}" y="{y}" {_look(size, ink, bold)}>{_safe(text)}</text>'


def _look(size: float, ink: str, bold: bool) -> str:
    return f'font-size="{size}" fill="{ink}" text-anchor="middle"' + (' font-weight="700"' if bold else "")


def _safe(text: str) -> str:
    """A text as XML, without the control characters that XML 1.0 (section 2.2) cannot hold."""
    return escape("".join(sign for sign in text if sign.isprintable()))


def _text(texts: Texts, language: str) -> str:
    return next((texts[tag] for tag in (language, "nl", *texts) if texts.get(tag)), "")
