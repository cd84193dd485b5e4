"""The typeface of the site, Atkinson Hyperlegible: its files and the widths of its texts. The door to its package."""

from functools import cache
from pathlib import Path
from typing import Any

import fontpkg_atkinson_hyperlegible as package

FAMILY = str(package.FAMILY)
CAP_HEIGHT = 0.668
"""Height of a capital as a share of the size of the text, from the typeface's own tables."""


def file(bold: bool = False) -> Path:
    """The TrueType file of the regular or the bold face."""
    folder: Path = package.ROOT / "files"
    return folder / f"AtkinsonHyperlegible-{'Bold' if bold else 'Regular'}.ttf"


def width(text: str, size: float, bold: bool = False) -> float:
    """The width of a text on one line, in the unit of `size`; kerning is left out, so it is never too small."""
    return float(face(bold).stringWidth(text, size))


@cache
def face(bold: bool = False) -> Any:
    """The face as reportlab reads it, ready to be embedded in a PDF."""
    # Read at first use: a page that draws no wheel needs no typeface.
    from reportlab.pdfbase.ttfonts import TTFont

    return TTFont(f"AtkinsonHyperlegible-{'Bold' if bold else 'Regular'}", str(file(bold)))
