"""Booklets hold what the graph holds, in its order; as PDF they are tagged, and no text of the graph becomes markup."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from pypdf import PdfReader

from kbs_graph import catalog, model
from kbs_graph.booklet import as_pdf, cover, gathering
from kbs_graph.booklet.model import Booklet, Edition, Entry, Work
from kbs_graph.booklet.words import SAID
from kbs_graph.errors import NotFound
from kbs_graph.model import Tagged
from kbs_graph.snapshots import Snapshot
from kbs_graph.store import LocalStore

EDITION = Edition("9.8.7", "2026-02-03")
LANGUAGES = ("nl", "en")
HOSTILE = '#panic("x") $x^2$ *vet* _schuin_ @bron <label> \\ `code` #read("/etc/passwd") [c] ~ -- // z /* y */ = kop'


@pytest.fixture(scope="session")
def memory(real_snapshot: Snapshot) -> LocalStore:
    """The real graph, quick to ask."""
    return LocalStore.open(real_snapshot.store, in_memory=True)


@pytest.fixture(scope="session")
def areas(memory: LocalStore) -> list[str]:
    return [str(ref.slug) for ref in catalog.home(memory).domains]


@pytest.fixture(scope="session")
def tiny_booklet(tiny_store: LocalStore) -> Booklet:
    return gathering.gather(tiny_store, EDITION, "nl", "inkomen")


@pytest.fixture(scope="session")
def printed(tiny_booklet: Booklet) -> PdfReader:
    return read(as_pdf.make(tiny_booklet))


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def text_of(pdf: PdfReader) -> str:
    """All that is printed, with single spaces."""
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def elements(node: Any) -> Iterator[Any]:
    """The structure tree (ISO 32000-1, section 14.7.2) from the top, in the order of reading."""
    for kid in children(node):
        yield kid
        yield from elements(kid)


def children(node: Any) -> list[Any]:
    kids = node.get("/K", [])
    kids = kids.get_object() if hasattr(kids, "get_object") else kids
    found = [kid.get_object() for kid in (kids if isinstance(kids, list) else [kids]) if hasattr(kid, "get_object")]
    return [kid for kid in found if hasattr(kid, "get") and "/S" in kid]


def texts(parts: tuple[model.PartText, ...], language: str) -> list[str]:
    return [" ".join(part.text[language].split()) for part in parts]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_booklet_of_an_area_holds_every_aspect_in_the_order_of_its_page(
    memory: LocalStore, areas: list[str], language: str
) -> None:
    assert len(areas) == 7
    for slug in areas:
        domain = catalog.thing(memory, "domein", slug)
        assert isinstance(domain, model.Domain)
        found = gathering.gather(memory, EDITION, language, slug)
        assert [entry.iri for entry in found.entries] == [a.ref.iri for a in (*domain.general, *domain.specific)]
        assert [entry.specific for entry in found.entries] == [a.specific for a in (*domain.general, *domain.specific)]
        assert (found.skills, found.groups) == ((), ())
        assert found.title == Tagged(domain.label[language], language)
        works = [work for entry in found.entries for work in entry.works]
        living = {source.ref.iri for source in domain.sources if not source.health.dead}
        (chapter,) = found.chapters
        assert {work.iri for work in chapter.works} == living - {work.iri for work in works}
        assert [line.text.text for line in chapter.think_of] == texts(domain.illustrations, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_entry_says_what_the_page_of_its_aspect_says(memory: LocalStore, language: str) -> None:
    found = gathering.gather(memory, EDITION, language, "veiligheid")
    for entry in found.entries:
        aspect = catalog.thing(memory, "aspect", entry.iri.rsplit("/", 1)[-1])
        assert isinstance(aspect, model.Aspect)
        assert entry.label.text == aspect.label[language]
        assert entry.explanation.text == aspect.explanation[language]
        for lines, parts in (
            (entry.signs, aspect.signals),
            (entry.questions, aspect.questions),
            (entry.steps, aspect.steps),
        ):
            assert [line.text.text for line in lines] == texts(parts, language)
        assert [call.specialist.text for call in entry.calls] == [
            item.specialist.label[language] if item.specialist else "" for item in aspect.referrals
        ]
        assert [call.urgency.text for call in entry.calls] == [
            item.urgency.label[language] if item.urgency else "" for item in aspect.referrals
        ]
        assert sum(len(remark.lines) for remark in entry.remarks) == len(aspect.remarks)
        living = [source for source in aspect.sources if not source.health.dead]
        assert [(work.title.text, work.address) for work in entry.works] == [
            (" ".join((source.ref.label.get(language) or source.ref.label["nl"]).split()), source.address or "")
            for source in living
        ]


def test_all_aspects_of_an_area_at_once_are_those_of_their_pages(memory: LocalStore, areas: list[str]) -> None:
    """One question instead of twenty gives the same, but for what a booklet does not show."""
    number = 0
    for ref in catalog.home(memory).domains:
        for iri, found in catalog.aspects(memory, ref.iri).items():
            alone = catalog.thing(memory, "aspect", iri.rsplit("/", 1)[-1])
            assert isinstance(alone, model.Aspect)
            assert found == replace(alone, cases=(), record=replace(alone.record, reviews=())), iri
            number += 1
    assert number > 100


def test_the_whole_booklet_holds_all_areas_competencies_and_target_groups(memory: LocalStore) -> None:
    found = gathering.gather(memory, EDITION, "en")
    home = catalog.home(memory)
    assert [chapter.iri for chapter in found.chapters] == [ref.iri for ref in home.domains]
    assert [skill.iri for skill in found.skills] == [ref.iri for ref in home.competencies]
    assert [group.iri for group in found.groups] == [ref.iri for ref in home.target_groups]
    assert all(skill.behaviours and skill.discussion for skill in found.skills)
    assert all(group.advice for group in found.groups)
    assert len({entry.iri for entry in found.entries}) == len(found.entries) > 100


def test_an_unknown_area_has_no_booklet(tiny_store: LocalStore) -> None:
    with pytest.raises(NotFound, match="no area kelder"):
        gathering.gather(tiny_store, EDITION, "en", "kelder")


def test_a_text_that_is_not_there_in_the_language_says_which_it_is(tiny_store: LocalStore) -> None:
    say = gathering._Speaker("en")
    assert say.text({"nl": "alleen zo"}) == Tagged("alleen zo", "nl")
    assert say.text({"nl": "zo", "en": "so"}) == Tagged("so", "en")
    assert say.text({}) == Tagged("", "en")


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://example.org/a?b=c", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("https:///weg", False),
        ("https://[", False),
        ("https://example.org/a b", False),
        (None, False),
    ],
)
def test_only_a_web_address_becomes_a_link(address: str | None, kept: bool) -> None:
    assert gathering.web_address(address) == (address if kept else "")


def test_a_control_sign_is_not_printed() -> None:
    assert gathering.clean(" a\x00b\n c\ud800\ufffe ") == "a b c"


def test_the_pdf_says_its_title_language_and_standard(printed: PdfReader, tiny_booklet: Booklet) -> None:
    root: Any = printed.trailer["/Root"]
    assert root["/Lang"] == "nl"
    assert root["/MarkInfo"]["/Marked"] is True or bool(root["/MarkInfo"]["/Marked"])
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])
    assert printed.metadata is not None and printed.metadata.title == f"Kennisbouwstenen: {tiny_booklet.title.text}"
    assert re.search(rb"<pdfuaid:part>1</pdfuaid:part>", root["/Metadata"].get_data())


def test_the_pdf_has_headings_that_skip_no_level_lists_tables_and_a_picture_in_words(
    printed: PdfReader, tiny_booklet: Booklet
) -> None:
    root: Any = printed.trailer["/Root"]
    found = list(elements(root["/StructTreeRoot"]))
    kinds = [str(element["/S"]) for element in found]
    levels = [int(kind[2]) for kind in kinds if re.fullmatch(r"/H[1-6]", kind)]
    assert levels[0] == 1 and levels.count(3) == len(tiny_booklet.entries)
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert {"/L", "/LI", "/Table", "/TH", "/TD", "/Link"} <= set(kinds)
    figures = [element for element in found if element["/S"] == "/Figure"]
    assert [str(figure["/Alt"]) for figure in figures] == [tiny_booklet.wheel_in_words]


def test_every_font_of_the_pdf_travels_with_it(printed: PdfReader) -> None:
    names = set()
    for page in printed.pages:
        fonts: Any = page["/Resources"].get("/Font", {})  # type: ignore[attr-defined]
        for font in fonts.get_object().values():
            for descendant in font.get_object()["/DescendantFonts"]:
                descriptor = descendant.get_object()["/FontDescriptor"]
                assert {"/FontFile2", "/FontFile3"} & set(descriptor)
                names.add(str(descriptor["/FontName"]).partition("+")[2])
    assert {name.partition("-")[0] for name in names} == {"AtkinsonHyperlegible"}


def test_the_pdf_is_a4_with_page_numbers_and_holds_all_texts(printed: PdfReader, tiny_booklet: Booklet) -> None:
    assert 4 <= len(printed.pages) == as_pdf.count_pages(as_pdf.make(tiny_booklet)) < 12
    assert [round(float(side)) for side in printed.pages[0].mediabox[2:]] == [595, 842]
    for number, page in enumerate(printed.pages[1:], 2):
        assert str(number) in page.extract_text().split() or not page.extract_text().strip()
    everything = text_of(printed)
    for entry in tiny_booklet.entries:
        for line in (*entry.signs, *entry.questions, *entry.steps):
            assert line.text.text in everything
        for work in entry.works:
            assert work.title.text in everything
    assert tiny_booklet.citation in everything
    assert SAID["danger"].nl in everything


def test_the_whole_booklet_of_a_small_graph_in_english(tiny_store: LocalStore) -> None:
    whole = gathering.gather(tiny_store, EDITION, "en")
    made = read(as_pdf.make(whole))
    root: Any = made.trailer["/Root"]
    assert root["/Lang"] == "en"
    everything = text_of(made)
    for thing in (*whole.chapters, *whole.skills, *whole.groups):
        assert thing.label.text in everything
    assert "3 February 2026" in everything


def with_text(booklet: Booklet, text: str) -> Booklet:
    """The booklet with one aspect, in which everything is this text."""
    said, (chapter,) = Tagged(text, "nl"), booklet.chapters
    entry: Entry = replace(
        chapter.entries[0],
        label=said,
        explanation=said,
        works=(Work("https://example.org/id", said, text, "https://example.org/x", True),),
    )
    return replace(booklet, title=said, lead=text, chapters=(replace(chapter, general=(entry,), specific=()),))


def test_what_looks_like_markup_is_printed_as_it_is(tiny_booklet: Booklet) -> None:
    made = read(as_pdf.make(with_text(tiny_booklet, HOSTILE)))
    squeezed = re.sub(r"\s", "", text_of(made))
    assert squeezed.count(re.sub(r"\s", "", HOSTILE)) >= 4
    assert "root:" not in squeezed
    assert made.metadata is not None and made.metadata.title == f"Kennisbouwstenen: {HOSTILE}"


@pytest.mark.parametrize("text", ["漢字", "🦊", "مرحبا", "a\u202eb"])
def test_signs_that_no_typeface_has_do_not_stop_a_booklet(tiny_booklet: Booklet, text: str) -> None:
    assert as_pdf.make(with_text(tiny_booklet, text)).startswith(b"%PDF-")


def test_a_sign_that_no_typeface_has_is_a_box() -> None:
    assert as_pdf._displayable("a→é “漢” 🦊") == "a→é “□” □"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sign_of_the_real_texts_can_be_printed(memory: LocalStore, language: str) -> None:
    content = as_pdf._as_json(gathering.gather(memory, EDITION, language))
    assert as_pdf._displayable(content) == content


def test_the_same_booklet_is_the_same_bytes(tiny_booklet: Booklet) -> None:
    assert as_pdf.make(tiny_booklet) == as_pdf.make(tiny_booklet)
    assert as_pdf.wheel_picture(tiny_booklet) == as_pdf.wheel_picture(tiny_booklet)


def test_a_label_cannot_break_out_of_the_drawing(tiny_booklet: Booklet) -> None:
    spoke = replace(tiny_booklet.wheel.domains[0], short={"nl": '"><image href="/etc/passwd"/>&\x00'})
    drawn = cover.draw(replace(tiny_booklet.wheel, domains=(spoke,)), "nl").decode()
    assert "<image" not in drawn and "&lt;image" in drawn and "\x00" not in drawn


def test_on_the_cover_only_the_area_of_the_booklet_has_colour(memory: LocalStore) -> None:
    wheel = catalog.home(memory).wheel
    whole, one = (cover.draw(wheel, "nl", area).decode() for area in ("", wheel.domains[2].ref.iri))
    fills = [set(re.findall(r'fill="(#\w+)"', drawn)) for drawn in (whole, one)]
    assert fills[0] >= set(cover.HUES)
    assert fills[1] & set(cover.HUES) == {cover.HUES[2]}


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_real_booklet_as_pdf(memory: LocalStore, language: str) -> None:
    content = gathering.gather(memory, EDITION, language)
    made = read(as_pdf.make(content))
    assert 150 < len(made.pages) < 400
    everything = re.sub(r"\s", "", text_of(made))
    assert [e.iri for e in content.entries if re.sub(r"\s", "", e.label.text) not in everything] == []
