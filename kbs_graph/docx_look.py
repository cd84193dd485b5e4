"""How our Word documents look: styles in the typeface of the site, running heads, title and language.

The typeface travels along (embedded, ISO/IEC 29500-1 section 17.8.1), so that it shows on a machine without it.
"""

import re
import uuid
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from kbs_graph import docx_parts
from kbs_graph.docx_parts import LANGUAGES
from kbs_graph.drawing import typeface
from kbs_graph.terms import NAME

_INK, _GREY, _LINK, _LINE = "1A1A1A", "4A545D", "12467A", "9AA3AB"
_BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the package: the earliest a ZIP can say, so that equal documents are equal bytes."""
_FONT_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_STYLES: tuple[tuple[str, str, float, bool, str, float, float], ...] = (
    ("Normal", "", 10.5, False, _INK, 0, 6),
    ("Title", "Normal", 34, True, _INK, 12, 12),
    ("Subtitle", "Normal", 13, True, _GREY, 0, 0),
    ("Heading 1", "Normal", 26, True, _INK, 0, 12),
    ("Heading 2", "Normal", 17, True, _INK, 22, 6),
    ("Heading 3", "Normal", 14, True, _INK, 22, 2),
    ("Heading 4", "Normal", 11, True, _INK, 12, 4),
    ("Subheading 2", "Heading 2", 15, True, _INK, 18, 4),
    ("Subheading 3", "Heading 3", 11, True, _INK, 12, 4),
    ("TOC Heading", "Normal", 26, True, _INK, 0, 12),
    ("toc 1", "Normal", 11, True, _INK, 10, 2),
    ("toc 2", "Normal", 10.5, False, _INK, 6, 2),
    ("toc 3", "Normal", 10.5, False, _INK, 0, 2),
    ("Header", "Normal", 8.5, False, _GREY, 0, 0),
    ("Footer", "Normal", 8.5, False, _GREY, 0, 0),
    ("List Bullet", "Normal", 10.5, False, _INK, 0, 3),
    ("List Number", "Normal", 10.5, False, _INK, 0, 3),
    ("Lead", "Normal", 12, False, _INK, 4, 6),
    ("Label", "Normal", 11, True, _INK, 10, 4),
    ("Small", "Normal", 9, False, _GREY, 0, 4),
    ("Notice", "Normal", 10.5, True, _INK, 8, 8),
    ("Example", "Normal", 10.5, False, _INK, 6, 8),
    ("Source", "Normal", 9.5, False, _INK, 0, 6),
)
"""Each style: its name, what it is based on, size in points, bold, colour, points of space above and below."""
_WITH_NEXT = (
    "Heading 1",
    "Heading 2",
    "Heading 3",
    "Heading 4",
    "Subheading 2",
    "Subheading 3",
    "Label",
    "TOC Heading",
)


@dataclass(frozen=True)
class Facts:
    """What a document tells of itself: its title, language, a sentence, its day (ISO 8601) and version."""

    title: str
    language: str
    subject: str
    day: str
    version: str = ""


def blank(facts: Facts, running: str) -> Document:
    """A book without text: A4 for both sides of the paper, with styles, running heads, title and language."""
    document = _begun(facts)
    settings = document.settings.element
    settings.insert(2, OxmlElement("w:mirrorMargins"))
    document.settings.odd_and_even_pages_header_footer = True
    _lay_out(document, running)
    return document


def plain(facts: Facts, foot: str, page: str, landscape: bool = False) -> Document:
    """A report without text: A4, one side of the paper, each chapter where the last ends. At the foot of every page a
    sentence and `page`, with {number} and {count} in it."""
    document = _begun(facts)
    document.styles["Heading 1"].paragraph_format.page_break_before = False
    for name, size, above in (("Title", 24, 0), ("Heading 1", 16, 16), ("Heading 2", 13, 12)):
        style: Any = document.styles[name]
        style.font.size, style.paragraph_format.space_before = Pt(size), Pt(above)
    section = document.sections[0]
    sides = (Cm(29.7), Cm(21)) if landscape else (Cm(21), Cm(29.7))
    section.page_width, section.page_height = sides
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin, section.bottom_margin = Cm(1.6), Cm(1.8)
    paragraph = section.footer.paragraphs[0]
    paragraph.add_run(f"{foot}  ·  ")
    for piece in re.split(r"(\{\w+\})", page):
        if piece in _FIELDS:
            docx_parts.field(paragraph, _FIELDS[piece], "1")
        else:
            paragraph.add_run(piece)
    return document


_FIELDS = {"{number}": "PAGE", "{count}": "NUMPAGES"}


def _begun(facts: Facts) -> Document:
    document = docx.Document()
    _describe(document, facts)
    _style(document)
    _embed_typeface(document)
    settings = document.settings.element
    settings.insert(1, OxmlElement("w:embedTrueTypeFonts"))
    for item in settings.iter(qn("w:compatSetting")):
        if item.get(qn("w:name")) == "compatibilityMode":
            item.set(qn("w:val"), "15")
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), LANGUAGES[facts.language])
    settings.find(qn("w:zoom")).set(qn("w:percent"), "100")
    return document


def _describe(document: Document, facts: Facts) -> None:
    told = document.core_properties
    told.title = facts.title
    told.author = told.last_modified_by = NAME
    told.subject, told.keywords, told.comments = facts.subject, "kennisbouwstenen, wijkteam", ""
    told.language, told.version = LANGUAGES[facts.language], facts.version
    told.created = told.modified = datetime.fromisoformat(facts.day)
    told.revision = 1


def _style(document: Document) -> None:
    styles = document.styles
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    defaults.remove(defaults.find(qn("w:rFonts")))
    defaults.find(qn("w:lang")).set(qn("w:val"), document.core_properties.language)
    known = {style.name for style in styles}
    for name, based_on, size, bold, colour, above, below in _STYLES:
        style: Any = styles[name] if name in known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        if based_on:
            style.base_style = styles[based_on]
        style.quick_style, style.hidden = True, False
        properties = style.element.get_or_add_rPr()
        for child in list(properties):
            properties.remove(child)
        style.font.name = typeface.FAMILY
        style.font.size, style.font.bold = Pt(size), bold
        style.font.color.rgb = RGBColor.from_string(colour)
        _clear_borders(style)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(above), Pt(below)
        style.paragraph_format.line_spacing = 1.0 if size > 13 else 1.2
        style.paragraph_format.keep_with_next = name in _WITH_NEXT
        style.paragraph_format.widow_control = True
    styles["Heading 1"].paragraph_format.page_break_before = True
    styles["TOC Heading"].paragraph_format.page_break_before = True
    for name, indent in (("toc 2", 0.4), ("toc 3", 0.8), ("Example", 0.3), ("Notice", 0.3)):
        styles[name].paragraph_format.left_indent = Cm(indent)
    for name in ("Source", "Lead", "Example", "Notice", "List Bullet", "List Number"):
        styles[name].paragraph_format.keep_together = True
    for name in ("Example", "Notice"):
        _bar(styles[name])
    _line_above(styles["Heading 3"])
    hyperlink = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    hyperlink.font.color.rgb, hyperlink.font.underline = RGBColor.from_string(_LINK), True


def _clear_borders(style: Any) -> None:
    properties = style.element.get_or_add_pPr()
    for name in ("w:pBdr", "w:contextualSpacing"):
        found = properties.find(qn(name))
        if found is not None:
            properties.remove(found)


def _bar(style: Any) -> None:
    """A bar before a text that stands out; it shows in grey too."""
    bar = f'<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="24" w:space="8" w:color="{_GREY}"/></w:pBdr>'
    style.element.get_or_add_pPr().insert_element_before(parse_xml(bar), *_AFTER_BORDERS)


def _line_above(style: Any) -> None:
    line = f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="8" w:space="6" w:color="{_LINE}"/></w:pBdr>'
    style.element.get_or_add_pPr().insert_element_before(parse_xml(line), *_AFTER_BORDERS)


_AFTER_BORDERS = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl")
"""What comes after the borders in the properties of a paragraph (section 17.3.1.26 fixes the order)."""


def _lay_out(document: Document, running: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.5), Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.2)
    section.different_first_page_header_footer = True
    left, right = section.even_page_header.paragraphs[0], section.header.paragraphs[0]
    left.add_run(NAME)
    docx_parts.field(right, "STYLEREF 1", running)
    right.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for footer, alignment in (
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
    ):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = alignment
        docx_parts.field(paragraph, "PAGE", "2")


def _embed_typeface(document: Document) -> None:
    """Both faces, each with its first 32 bytes mixed with a key of its own, as the standard wants it."""
    fonts = next(rel.target_part for rel in document.part.rels.values() if rel.reltype == RELATIONSHIP_TYPE.FONT_TABLE)
    embedded = ""
    for bold, element in ((False, "embedRegular"), (True, "embedBold")):
        content = typeface.file(bold).read_bytes()
        key = uuid.uuid5(uuid.NAMESPACE_URL, typeface.file(bold).name)
        mixed = bytes(sign ^ key.bytes[::-1][place % 16] for place, sign in enumerate(content[:32])) + content[32:]
        name = PackURI(f"/word/fonts/font{int(bold) + 1}.odttf")
        relation = fonts.relate_to(Part(name, _FONT_TYPE, mixed, document.part.package), RELATIONSHIP_TYPE.FONT)
        embedded += f'<w:{element} r:id="{relation}" w:fontKey="{{{str(key).upper()}}}"/>'
    font = f'<w:font w:name="{typeface.FAMILY}"><w:altName w:val="Verdana"/>{embedded}</w:font>'
    fonts._blob = fonts.blob.replace(b"</w:fonts>", font.encode() + b"</w:fonts>")


def packed(document: Document) -> bytes:
    """The document as a file, without the time it was made."""
    written, target = BytesIO(), BytesIO()
    document.save(written)
    with ZipFile(written) as source, ZipFile(target, "w", ZIP_DEFLATED) as package:
        for name in source.namelist():
            info = ZipInfo(name, _BEGINNING)
            info.compress_type = ZIP_DEFLATED
            package.writestr(info, source.read(name))
    return target.getvalue()
