"""A booklet as a Word document (DOCX, ISO/IEC 29500): to print, to cut from and to write in for a team's own meeting.

Headings, lists, tables and the contents are real ones, so that assistive technology and Word itself know them. The same
booklet gives the same bytes. How the pages look is in `docx_look`, their pieces in `docx_parts`.
"""

from collections.abc import Iterable, Sequence

from docx.document import Document
from docx.shared import Cm
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from kbs_graph import docx_look as look
from kbs_graph import docx_parts as parts
from kbs_graph.booklet import words
from kbs_graph.booklet.model import About, Booklet, Chapter, Entry, Group, Line, Skill, Work
from kbs_graph.drawing.wheel import HUES
from kbs_graph.model import Tagged
from kbs_graph.terms import NAME

_INK = "1A1A1A"
_DEEPEST = 3
"""The deepest level of headings in the contents: that of an aspect."""


def make(booklet: Booklet, wheel: bytes) -> bytes:
    """The booklet as DOCX, with the drawing of the wheel (PNG) on its cover."""
    title = f"{NAME}: {booklet.title.text}" if booklet.slug else booklet.title.text
    edition = booklet.edition
    facts = look.Facts(title, booklet.language, booklet.lead, edition.day, edition.version)
    document = look.blank(facts, booklet.title.text if booklet.slug else NAME)
    writer = _Writer(document, booklet)
    writer.cover(wheel)
    writer.about()
    writer.contents()
    for chapter in booklet.chapters:
        writer.chapter(chapter)
    writer.skills(booklet.skills)
    writer.groups(booklet.groups)
    writer.colophon()
    writer.fill_contents()
    return look.packed(document)


class _Writer:
    """Writes a booklet into a document from its first page to its last; keeps which headings the contents point at."""

    def __init__(self, document: Document, booklet: Booklet):
        self.document = document
        self.booklet = booklet
        self._listed: list[parts.Mark] = []
        self._contents: Paragraph | None = None
        self._styles = {str(style.name): style.style_id for style in document.styles}

    def say(self, name: str) -> str:
        """One of the fixed words, in the language of the booklet."""
        return words.SAID[name].in_language(self.booklet.language)

    def cover(self, wheel: bytes) -> None:
        booklet = self.booklet
        self.paragraph(f"Kennisbouwstenen · {self.say('cover')}" if booklet.slug else self.say("cover"), "Subtitle")
        number = f"{booklet.chapters[0].number} " if booklet.slug else ""
        title = self.paragraph("", "Title")
        self.run(title, Tagged(number + booklet.title.text, booklet.title.language))
        self.paragraph(booklet.lead, "Lead")
        parts.picture(self.paragraph(""), wheel, Cm(15), booklet.wheel_in_words)
        if booklet.team:
            self.paragraph(booklet.team, "Notice")
        said = f"{self.say('version')} {booklet.edition.version} · {self.say('date')} {booklet.day} · CC BY 4.0"
        self.paragraph(said)
        parts.link(self.paragraph(""), booklet.address)

    def about(self) -> None:
        self.heading(1, self.say("about"))
        self.heading(2, self.say("what"), listed=False)
        for said in words.WHAT:
            self.paragraph(said.in_language(self.booklet.language))
        self.paragraph(self.say("danger"), "Notice")
        self.heading(2, self.say("reading"), listed=False)
        for said in words.READING:
            self.paragraph(said.in_language(self.booklet.language), "List Bullet")
        self.heading(2, self.say("wheel"), listed=False)
        for ring in self.booklet.rings:
            self.paragraph(ring, "List Bullet")
        for notion in self.booklet.notions:
            self.headed(notion)

    def contents(self) -> None:
        """The place of the contents, filled when all headings are known."""
        self.paragraph(self.say("contents"), "TOC Heading")
        self._contents = self.paragraph("")

    def fill_contents(self) -> None:
        assert self._contents is not None
        parts.contents(self._contents, self._listed, _DEEPEST, self.booklet.language)

    def chapter(self, chapter: Chapter) -> None:
        colour = HUES[(chapter.number - 1) % len(HUES)][1:]
        name = Tagged(f"{chapter.number} {chapter.label.text}", chapter.label.language)
        self.heading(1, name, colour)
        self.opening(chapter.explanation, chapter.definition)
        if chapter.think_of:
            self.paragraph(self.say("think_of"), "Label")
            self.lines(chapter.think_of)
        self.paragraph(self.say("danger"), "Notice")
        for level, entries in (("general", chapter.general), ("specific", chapter.specific)):
            if entries:
                self.heading(2, self.say(level), colour)
                self.paragraph(self.say(f"{level}_for"), "Small")
                for entry in entries:
                    self.entry(entry, colour)
        if chapter.team:
            self.heading(2, self.say("team_topics"), colour)
            self.ours(chapter.team)
        self.works(2, self.say("area_sources"), chapter.works, colour)

    def entry(self, entry: Entry, colour: str) -> None:
        self.heading(3, entry.label, _INK)
        level = self.say("specific_level" if entry.specific else "general_level")
        self.paragraph(level + (f" · {self.say('confirmed')}" if entry.confirmed else ""), "Small")
        self.opening(entry.explanation, entry.definition)
        if entry.example.text:
            self.labelled(self.say("example"), entry.example, "Example")
        for name, lines in (("signs", entry.signs), ("questions", entry.questions)):
            if lines:
                self.heading(4, self.say(name), colour)
                self.lines(lines)
        if entry.steps:
            self.heading(4, self.say("steps"), colour)
            self.lines(entry.steps, numbered=True)
        if entry.calls:
            self.heading(4, self.say("calls"), colour)
            self.calls(entry)
        if entry.team:
            self.heading(4, self.say("team"), colour)
            self.ours(entry.team)
        if entry.remarks or entry.groups:
            self.heading(4, self.say("mind"), colour)
            for remark in entry.remarks:
                self.headed(remark, "List Bullet")
            self.named(self.say("also_with"), entry.groups)
        self.named(self.say("also_in"), entry.areas)
        self.works(4, self.say("sources"), entry.works, colour)

    def ours(self, added: Iterable[About]) -> None:
        """What the team added, marked by a bar beside it."""
        for about in added:
            self.headed(about, "Example")

    def calls(self, entry: Entry) -> None:
        """Whom to ask when, as a table whose headings stand on every page it reaches."""
        table = parts.table(self.document, [self.say(name) for name in ("when", "who", "how_soon")], (6.2, 6.8, 3.2))
        for call in entry.calls:
            when, who, soon = (cell.paragraphs[0] for cell in parts.row(table))
            self.run(when, call.trigger)
            self.resting(when, call.sources)
            self.run(who, call.specialist, bold=True)
            if call.wording.text:
                who.add_run(": " if call.specialist.text else "")
                self.run(who, call.wording)
            if call.registration.text:
                who.add_run(" (")
                self.run(who, call.registration)
                who.add_run(f" {self.say('needs')})")
            self.run(soon, call.urgency, bold=call.soon)
        self.paragraph("", "Small")

    def works(self, level: int, title: str, works: Iterable[Work], colour: str = _INK) -> None:
        found = list(works)
        if found:
            self.heading(level, title, colour, listed=level == 2)
        for work in found:
            paragraph = self.paragraph("", "Source")
            if work.first:
                paragraph.add_run(f"{self.say('first')}: ").bold = True
            self.run(paragraph, work.title)
            paragraph.add_run().add_break()
            paragraph.add_run(work.facts)
            paragraph.add_run().add_break()
            if work.address:
                parts.link(paragraph, work.address)
            else:
                paragraph.add_run(self.say("no_address"))

    def skills(self, skills: Sequence[Skill]) -> None:
        if skills:
            self.heading(1, self.say("competencies"))
        for skill in skills:
            self.heading(2, skill.label)
            self.opening(skill.explanation, skill.definition)
            for name, lines in (("behaviours", skill.behaviours), ("discussion", skill.discussion)):
                if lines:
                    self.heading(3, self.say(name), listed=False)
                    self.lines(lines)

    def groups(self, groups: Sequence[Group]) -> None:
        if groups:
            self.heading(1, self.say("groups"))
            self.paragraph(self.say("each_differs"), "Notice")
        for group in groups:
            self.heading(2, group.label)
            self.opening(group.explanation, group.definition)
            for topic in group.advice:
                self.heading(3, Tagged(topic.head.text.capitalize(), topic.head.language), listed=False)
                self.lines(topic.lines)
            self.works(3, self.say("sources"), group.works)

    def colophon(self) -> None:
        booklet = self.booklet
        self.heading(1, self.say("colophon"))
        for name, text in (
            ("made_by", self.say("editors")),
            ("version", f"{booklet.edition.version}, {booklet.day}"),
            ("licence", self.say("licence_text")),
            ("checked", booklet.checked),
            ("cite", booklet.citation),
        ):
            self.labelled(self.say(name), Tagged(text, booklet.language))
        for address in ("https://creativecommons.org/licenses/by/4.0/", booklet.address):
            parts.link(self.paragraph(""), address)
        self.paragraph(self.say("independent"))
        self.paragraph(self.say("suggest"))

    def heading(self, level: int, label: Tagged | str, colour: str = _INK, listed: bool = True) -> None:
        """A heading. The contents list it to the level of an aspect, unless it just says what kind of text follows."""
        text = Tagged(label, self.booklet.language) if isinstance(label, str) else label
        listed = listed and level <= _DEEPEST
        style = f"Heading {level}" if listed or level > _DEEPEST else f"Subheading {level}"
        paragraph = self.paragraph("", style)
        parts.coloured(self.run(paragraph, text), colour)
        if listed:
            self._listed.append(parts.mark(paragraph, level, text, len(self._listed) + 1))

    def opening(self, explanation: Tagged, definition: Tagged) -> None:
        if explanation.text:
            self.run(self.paragraph("", "Lead"), explanation)
        if definition.text:
            self.labelled(self.say("description"), definition)

    def labelled(self, label: str, text: Tagged, style: str = "Normal") -> None:
        paragraph = self.paragraph("", style)
        paragraph.add_run(f"{label}: ").bold = True
        self.run(paragraph, text)

    def headed(self, about: About, style: str = "Normal") -> None:
        """A text under what it is about, in one paragraph."""
        paragraph = self.paragraph("", style)
        head = about.head.text[:1].upper() + about.head.text[1:]
        if head:
            self.run(paragraph, Tagged(head, about.head.language), bold=True)
            paragraph.add_run(": ")
        for number, line in enumerate(about.lines):
            paragraph.add_run(" " if number else "")
            self.run(paragraph, line.text)
            self.resting(paragraph, line.sources)

    def named(self, label: str, names: Sequence[Tagged]) -> None:
        if names:
            paragraph = self.paragraph(f"{label}: ")
            self.listing(paragraph, names, ", ")

    def lines(self, lines: Iterable[Line], numbered: bool = False) -> None:
        number = parts.numbering(self.document) if numbered else None
        for line in lines:
            paragraph = self.paragraph("", "List Number" if numbered else "List Bullet")
            if number is not None:
                parts.number(paragraph, number)
            self.run(paragraph, line.text)
            self.resting(paragraph, line.sources)

    def resting(self, paragraph: Paragraph, sources: Sequence[Tagged]) -> None:
        """What a text rests on, behind it."""
        if sources:
            paragraph.add_run(f" ({self.say('source')}: ")
            self.listing(paragraph, sources, "; ")
            paragraph.add_run(")")

    def listing(self, paragraph: Paragraph, names: Sequence[Tagged], between: str) -> None:
        for number, name in enumerate(names):
            paragraph.add_run(between if number else "")
            self.run(paragraph, name)

    def paragraph(self, text: str, style: str = "Normal") -> Paragraph:
        # By its id: python-docx reads all styles at every paragraph that asks for one by name.
        made = self.document.add_paragraph(text)
        if style != "Normal":
            made._p.style = self._styles[style]
        return made

    def run(self, paragraph: Paragraph, text: Tagged, bold: bool = False) -> Run:
        made = paragraph.add_run(text.text)
        made.bold = True if bold else None
        if text.language not in ("", self.booklet.language):
            parts.spoken(made, text.language)
        return made
