"""A Word document of a scan in the making: headings, sentences, lists and tables with real styles, in one language."""

from collections.abc import Iterable, Sequence
from datetime import date

from docx.shared import Cm, Pt
from docx.table import _Cell

from kbs_graph import docx_look, docx_parts
from kbs_graph.teamscan import words
from kbs_graph.teamscan.documents import sentences as said
from kbs_graph.teamscan.documents.tables import Cell, Teller
from kbs_graph.teamscan.model import Scan
from kbs_graph.teamscan.problems import is_day


class Writer:
    """Writes one document; `packed` is the file. `day` (ISO 8601) is what the document says it is of."""

    def __init__(self, title: str, language: str, day: str = "", landscape: bool = False):
        self.say = Teller(language)
        self.language = language
        promise = self.say(words.PROMISE)
        facts = docx_look.Facts(title, language, promise, day if is_day(day) else "1980-01-01")
        self._document = docx_look.plain(facts, promise, self.say(said.PAGE), landscape)
        self._styles = {str(style.name): style.style_id for style in self._document.styles}
        self.paragraph(title, "Title")

    def heading(self, text: str, level: int = 1) -> None:
        self.paragraph(text, f"Heading {level}")

    def paragraph(self, text: str, style: str = "Normal") -> None:
        made = self._document.add_paragraph(text)
        if style != "Normal":
            made._p.style = self._styles[style]

    def bullets(self, texts: Iterable[str]) -> None:
        for text in texts:
            self.paragraph(text, "List Bullet")

    def table(
        self, headings: Sequence[str], widths: Sequence[float], rows: Iterable[Sequence[Cell]], size: float = 9.5
    ) -> None:
        """A table whose headings come back on every page; widths in centimetres. The first column is bold."""
        table = docx_parts.table(self._document, headings, widths)
        for cell in table.rows[0].cells:
            self._small(cell, size)
        for row in rows:
            for place, (cell, value) in enumerate(zip(docx_parts.row(table), row, strict=True)):
                cell.paragraphs[0].add_run(self.say.shown(value)).bold = place == 0 or None
                self._small(cell, size)
        self.paragraph("", "Small")

    def columns(self, headings: Sequence[str], width: float, columns: Sequence[Sequence[Sequence[str]]]) -> None:
        """A table of one row with columns of equal width: in each, entries of lines of which the first is bold."""
        table = docx_parts.table(self._document, headings, [width] * len(headings))
        row = table.add_row()  # type: ignore[no-untyped-call]
        for cell, entries in zip(row.cells, columns, strict=True):
            cell.width = Cm(width)
            for number, lines in enumerate(entries):
                paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
                paragraph._p.style = self._styles["Source"]
                paragraph.paragraph_format.space_after = Pt(4)
                paragraph.paragraph_format.line_spacing = 1.0
                for place, line in enumerate(lines):
                    run = paragraph.add_run(line)
                    run.bold, run.font.size = place == 0 or None, Pt(8.5)
                    if place < len(lines) - 1:
                        run.add_break()
        self.paragraph("", "Small")

    def source(self, title: str, address: str) -> None:
        """A source with its address as a link that is printed too."""
        made = self._document.add_paragraph(f"{title} ")
        made._p.style = self._styles["Source"]
        if address:
            docx_parts.link(made, address)

    def picture(self, png: bytes, width: float, description: str) -> None:
        """A picture in the middle, so many centimetres wide, with the words for who does not see it."""
        docx_parts.picture(self._document.add_paragraph(), png, Cm(width), description)

    def about(self, scan: Scan) -> None:
        """Whose scan it is, of when and of how many, in one line."""
        size = self.say(said.ONE_COLLEAGUE) if scan.size == 1 else self.say(said.COLLEAGUES, n=scan.size)
        day = [self.say.shown(date.fromisoformat(scan.day))] if is_day(scan.day) else []
        self.paragraph(" · ".join([*([scan.name] if scan.name else []), *day, size]), "Lead")

    def packed(self) -> bytes:
        return docx_look.packed(self._document)

    def _small(self, cell: _Cell, size: float) -> None:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.space_after = Pt(1)
            for run in paragraph.runs:
                run.font.size = Pt(size)
