"""A booklet for Word: real headings, lists and tables, language and title, links; and LibreOffice reads it as it is."""

import io
import os
import re
import shutil
import subprocess
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from kbs_graph.booklet import as_docx, as_pdf, gathering
from kbs_graph.booklet.model import Booklet, Edition
from kbs_graph.drawing import typeface
from kbs_graph.model import Tagged
from kbs_graph.snapshots import Snapshot
from kbs_graph.store import LocalStore

EDITION = Edition("9.8.7", "2026-02-03")
HOSTILE = '#panic("x") $x$ *vet* _schuin_ @bron <w:t> &amp; \\ ]]> =1+1'


@pytest.fixture(scope="session")
def booklet(tiny_store: LocalStore) -> Booklet:
    return gathering.gather(tiny_store, EDITION, "nl", "inkomen")


@pytest.fixture(scope="session")
def wheel(booklet: Booklet) -> bytes:
    return as_pdf.wheel_picture(booklet)


@pytest.fixture(scope="session")
def body(booklet: Booklet, wheel: bytes) -> bytes:
    return as_docx.make(booklet, wheel)


@pytest.fixture(scope="session")
def document(body: bytes) -> Document:
    return docx.Document(io.BytesIO(body))


def styled(document: Document, style: str) -> list[str]:
    return [p.text for p in document.paragraphs if p.style is not None and p.style.name == style]


def test_title_language_and_date_are_told(document: Document, booklet: Booklet) -> None:
    facts = document.core_properties
    assert facts.title == f"Kennisbouwstenen: {booklet.title.text}"
    assert facts.language == "nl-NL"
    assert facts.created.date().isoformat() == EDITION.day
    styles: Any = document.styles.element
    assert styles.find(qn("w:docDefaults")).find(".//" + qn("w:lang")).get(qn("w:val")) == "nl-NL"


def test_headings_are_headings_and_skip_no_level(document: Document, booklet: Booklet) -> None:
    assert styled(document, "Title") == [f"{booklet.chapters[0].number} {booklet.title.text}"]
    assert styled(document, "Heading 1")[1] == f"{booklet.chapters[0].number} {booklet.title.text}"
    assert styled(document, "Heading 3") == [entry.label.text for entry in booklet.entries]
    levels = [
        int(p.style.name[-1])
        for p in document.paragraphs
        if p.style is not None and re.fullmatch(r"(Heading|Subheading) \d", str(p.style.name))
    ]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_all_texts_are_there_as_lists(document: Document, booklet: Booklet) -> None:
    bullets, steps = styled(document, "List Bullet"), styled(document, "List Number")
    for entry in booklet.entries:
        for line in (*entry.signs, *entry.questions):
            assert any(found.startswith(line.text.text) for found in bullets)
    wanted = [line.text.text for entry in booklet.entries for line in entry.steps]
    assert wanted and [found.partition(" (")[0] for found in steps] == [text.partition(" (")[0] for text in wanted]


def test_every_list_of_steps_begins_at_one(document: Document, booklet: Booklet) -> None:
    numbers: dict[int, int] = {}
    for paragraph in document.paragraphs:
        if paragraph.style is not None and paragraph.style.name == "List Number":
            own: Any = paragraph._p.pPr
            numbers[own.numPr.numId.val] = numbers.get(own.numPr.numId.val, 0) + 1
    assert list(numbers.values()) == [len(entry.steps) for entry in booklet.entries if entry.steps]
    numbering: Any = document.part.numbering_part.element
    for number in numbers:
        (override,) = numbering.num_having_numId(number).lvlOverride_lst
        assert override.find(qn("w:startOverride")).get(qn("w:val")) == "1"


def test_the_table_of_specialists_repeats_its_headings_and_breaks_no_row(document: Document, booklet: Booklet) -> None:
    calls = [entry.calls for entry in booklet.entries if entry.calls]
    assert len(document.tables) == len(calls) > 0
    for table, found in zip(document.tables, calls, strict=True):
        head, *rows = table.rows
        assert [cell.text for cell in head.cells] == ["Wanneer", "Wie", "Hoe snel"]
        assert head._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows)
        assert [row.cells[2].text for row in rows] == [call.urgency.text for call in found]
        assert all(row.cells[0].text.startswith(call.trigger.text) for row, call in zip(rows, found, strict=True))


def test_the_contents_are_a_field_over_bookmarks_that_are_there(document: Document, booklet: Booklet) -> None:
    xml = document.element.xml
    assert 'TOC \\o "1-3" \\h \\z \\u' in xml
    anchors = re.findall(r'<w:hyperlink w:anchor="(_Toc\d+)"', xml)
    marks = re.findall(r'<w:bookmarkStart w:id="\d+" w:name="(_Toc\d+)"', xml)
    assert anchors == marks and len(anchors) == len(set(anchors)) > len(booklet.entries)
    assert xml.count('w:fldCharType="begin"') == xml.count('w:fldCharType="end"') == 1


def test_addresses_are_links_and_are_printed(document: Document, booklet: Booklet) -> None:
    targets = {rel.target_ref for rel in document.part.rels.values() if rel.is_external}
    addresses = {work.address for entry in booklet.entries for work in entry.works if work.address}
    assert addresses and addresses <= targets
    everything = "\n".join(p.text for p in document.paragraphs)
    assert all(address in everything for address in addresses)


def test_the_picture_is_told_in_words(document: Document, booklet: Booklet) -> None:
    (shape,) = document.inline_shapes
    assert shape._inline.docPr.get("descr") == booklet.wheel_in_words


def test_left_and_right_pages_have_their_own_heads_and_numbers(document: Document) -> None:
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    assert section.even_page_header.paragraphs[0].text == "Kennisbouwstenen"
    for footer in (section.footer, section.even_page_footer):
        assert " PAGE " in footer._element.xml
    assert [round(side.cm, 1) for side in (section.page_width, section.page_height) if side] == [21.0, 29.7]


def test_the_typeface_travels_along_and_can_be_read_again(body: bytes) -> None:
    with ZipFile(io.BytesIO(body)) as package:
        table = package.read("word/fontTable.xml").decode()
        assert f'w:name="{typeface.FAMILY}"' in table
        for element, number, bold in (("embedRegular", 1, False), ("embedBold", 2, True)):
            found = re.search(rf'<w:{element} r:id="\w+" w:fontKey="{{([\w-]+)}}"/>', table)
            assert found
            key = bytes.fromhex(found[1].replace("-", ""))[::-1]
            mixed = package.read(f"word/fonts/font{number}.odttf")
            plain = bytes(sign ^ key[place % 16] for place, sign in enumerate(mixed[:32])) + mixed[32:]
            assert plain == typeface.file(bold).read_bytes()


def test_the_same_booklet_is_the_same_bytes_and_holds_no_time(booklet: Booklet, wheel: bytes, body: bytes) -> None:
    assert as_docx.make(booklet, wheel) == body
    with ZipFile(io.BytesIO(body)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_text_of_another_language_says_so(booklet: Booklet, wheel: bytes) -> None:
    (chapter,) = booklet.chapters
    entry = replace(chapter.entries[0], explanation=Tagged("Only here", "en"))
    changed = replace(booklet, chapters=(replace(chapter, general=(entry,), specific=()),))
    xml = docx.Document(io.BytesIO(as_docx.make(changed, wheel))).element.xml
    assert re.search(r'<w:lang w:val="en-GB"/>\s*</w:rPr>\s*<w:t>Only here</w:t>', xml)


def test_what_looks_like_markup_stays_a_text(booklet: Booklet, wheel: bytes) -> None:
    (chapter,) = booklet.chapters
    entry = replace(chapter.entries[0], label=Tagged(HOSTILE, "nl"), explanation=Tagged(HOSTILE, "nl"))
    changed = replace(booklet, chapters=(replace(chapter, general=(entry,), specific=()),))
    found = docx.Document(io.BytesIO(as_docx.make(changed, wheel)))
    assert HOSTILE in styled(found, "Heading 3") and HOSTILE in styled(found, "Lead")


@pytest.fixture(scope="session")
def soffice() -> str:
    """LibreOffice; without it the test skips, and fails where CI=true."""
    program = shutil.which("soffice")
    if program is None:
        reason = "there is no soffice here (apt install libreoffice-writer-nogui): no other program read the DOCX"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return program


@pytest.mark.slow
@pytest.mark.parametrize("slug", ["veiligheid", ""])
def test_libreoffice_reads_it_as_it_is(soffice: str, real_snapshot: Snapshot, tmp_path: Path, slug: str) -> None:
    store = LocalStore.open(real_snapshot.store, in_memory=True)
    content = gathering.gather(store, EDITION, "nl", slug)
    source = tmp_path / "boekje.docx"
    source.write_bytes(as_docx.make(content, as_pdf.wheel_picture(content)))
    command = [soffice, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"]
    command += ["--convert-to", "pdf", "--outdir", str(tmp_path), str(source)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    assert ended.returncode == 0, ended.stderr
    pages = PdfReader(tmp_path / "boekje.pdf").pages
    everything = re.sub(r"\s", "", "".join(page.extract_text() for page in pages))
    assert [e.iri for e in content.entries if re.sub(r"\s", "", e.label.text) not in everything] == []
    assert len(pages) > 2 * len(content.chapters)
