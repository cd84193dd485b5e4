"""The pieces of a Word document that python-docx does not make by itself (ISO/IEC 29500-1, section 17).

Fields, the contents, links, pictures with words, tables whose headings come back, lists that begin at one, the language
of a text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from kbs_graph.model import Tagged

LANGUAGES = {"nl": "nl-NL", "en": "en-GB"}
"""The languages of a document as Word names them."""


@dataclass(frozen=True)
class Mark:
    """A heading that the contents list: its level, its text, and the name of its bookmark."""

    level: int
    text: Tagged
    name: str


def field(paragraph: Paragraph, instruction: str, shown: str, dirty: bool = False) -> None:
    """A field that Word computes (section 17.16), with what it shows until then."""
    for kind, text in (("begin", ""), ("", instruction), ("separate", ""), ("shown", shown), ("end", "")):
        run = paragraph.add_run(text if kind == "shown" else "")
        if not kind:
            _instruct(run, text)
        elif kind != "shown":
            _sign(run, kind, dirty and kind == "begin")


def _sign(run: Run, kind: str, dirty: bool = False) -> None:
    sign = OxmlElement("w:fldChar")
    sign.set(qn("w:fldCharType"), kind)
    if dirty:
        sign.set(qn("w:dirty"), "true")
    run._r.append(sign)


def _instruct(run: Run, instruction: str) -> None:
    element = OxmlElement("w:instrText")
    element.set(qn("xml:space"), "preserve")
    element.text = f" {instruction} "
    run._r.append(element)


def mark(paragraph: Paragraph, level: int, text: Tagged, number: int) -> Mark:
    """Give a heading its bookmark, so that the contents can point at it."""
    found = Mark(level, text, f"_Toc{number:06}")
    for kind, place in (("w:bookmarkStart", 0), ("w:bookmarkEnd", None)):
        element = OxmlElement(kind)
        element.set(qn("w:id"), str(number))
        if place is not None:
            element.set(qn("w:name"), found.name)
            paragraph._p.insert_element_before(element, "w:r")
        else:
            paragraph._p.append(element)
    return found


def contents(place: Paragraph, marks: Sequence[Mark], deepest: int, language: str) -> None:
    """Fill the paragraph of the contents: a field over the headings, filled with links until Word adds the pages."""
    begin = place.insert_paragraph_before(style="toc 1")
    _sign(begin.add_run(), "begin", dirty=True)
    _instruct(begin.add_run(), f'TOC \\o "1-{deepest}" \\h \\z \\u')
    _sign(begin.add_run(), "separate")
    for number, item in enumerate(marks):
        paragraph = place.insert_paragraph_before(style=f"toc {item.level}") if number else begin
        anchor = OxmlElement("w:hyperlink")
        anchor.set(qn("w:anchor"), item.name)
        anchor.set(qn("w:history"), "1")
        run = paragraph.add_run(item.text.text)
        if item.text.language not in ("", language):
            spoken(run, item.text.language)
        anchor.append(run._r)
        paragraph._p.append(anchor)
    _sign(place.add_run(), "end")


def link(paragraph: Paragraph, address: str) -> None:
    """An address as a link that is printed too."""
    relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), relation)
    run = paragraph.add_run(address)
    run._r.style = "Hyperlink"
    element.append(run._r)
    paragraph._p.append(element)


def picture(paragraph: Paragraph, image: bytes, width: Length, description: str) -> None:
    """A picture in the middle of the page, with the words for who does not see it."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    shape = paragraph.add_run().add_picture(BytesIO(image), width=width)
    shape._inline.docPr.set("descr", description)


def table(document: Document, headings: Sequence[str], widths: Sequence[float]) -> Table:
    """A table with a row of headings that comes back on every page, and columns of these widths in centimetres."""
    made: Table = document.add_table(1, len(headings), style="Table Grid")
    made.autofit = False
    properties = made.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    properties.append(OxmlElement("w:tblHeader"))
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Cm(width)
    for cell, heading, width in zip(made.rows[0].cells, headings, widths, strict=True):
        cell.width = Cm(width)
        paragraph = cell.paragraphs[0]
        paragraph.add_run(heading).bold = True
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_after = Pt(2)
    return made


def row(table: Table) -> tuple[_Cell, ...]:
    """The cells of a new row, which stays whole on its page."""
    made: Any = table.add_row()  # type: ignore[no-untyped-call]
    made._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    cells = tuple(made.cells)
    for cell, head in zip(cells, table.rows[0].cells, strict=True):
        cell.width = head.width
        cell.paragraphs[0].paragraph_format.space_after = Pt(2)
    return cells


def numbering(document: Document) -> int:
    """A new numbered list, which begins at one."""
    style: Any = document.styles["List Number"]
    numbers = document.part.numbering_part.element
    own = style.element.pPr.numPr.numId.val
    abstract = numbers.num_having_numId(own).abstractNumId.val
    made = numbers.add_num(abstract)
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(made.numId)


def number(paragraph: Paragraph, list_number: int) -> None:
    """Put a paragraph in a numbered list."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = list_number


def spoken(run: Run, language: str) -> None:
    """Say in which language a text is."""
    element = OxmlElement("w:lang")
    element.set(qn("w:val"), LANGUAGES.get(language, language))
    run._r.get_or_add_rPr().append(element)


def coloured(run: Run, colour: str) -> None:
    run.font.color.rgb = RGBColor.from_string(colour)
