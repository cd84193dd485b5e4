"""The karrewiel: what it draws fits, stands right way up, and says so at build time when it does not."""

import base64
import re
import zlib
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

from kbs_graph import build, catalog, pictures
from kbs_graph.drawing import focuswheel, poster, typeface, wheel
from kbs_graph.drawing.sectors import GAP, Arc, Sector, arc_for, room_for_line, room_on_arc
from kbs_graph.findings import VIOLATION
from kbs_graph.model import Spoke, Wheel
from kbs_graph.store import LocalStore

STATIC = Path(__file__).resolve().parent.parent / "webui" / "static"
LONG = "Verantwoordelijkheidsgevoelig"
"""A word of 28 letters and one more."""


@pytest.fixture(scope="module")
def found(real_store: LocalStore) -> Wheel:
    return catalog.home(real_store).wheel


def renamed(spoke: Spoke, name: str) -> Spoke:
    return replace(spoke, short={"nl": name, "en": "Short"})


def test_every_label_of_the_graph_fits_in_both_languages(found: Wheel) -> None:
    assert [len(ring) for ring in (found.middle, found.domains, found.competencies, found.target_groups)] == [
        2,
        7,
        7,
        8,
    ]
    assert all({"nl", "en"} <= set(s.short) for s in (*found.domains, *found.competencies, *found.target_groups))
    assert list(wheel.misfits(found)) == []


def test_only_competencies_and_target_groups_have_a_name_of_their_own_on_the_wheel(found: Wheel) -> None:
    assert all(spoke.short == spoke.ref.label for spoke in (*found.domains, *found.middle))
    assert found.target_groups[3].short["nl"] == "LVB"
    assert found.target_groups[3].description["nl"]


@pytest.mark.parametrize("ring", ["competencies", "target_groups"])
@pytest.mark.parametrize("place", [0, 3, 6])
def test_w6_a_word_of_28_letters_is_a_finding_wherever_it_stands(found: Wheel, ring: str, place: int) -> None:
    spokes = list(getattr(found, ring))
    spokes[place] = renamed(spokes[place], LONG)
    (finding,) = wheel.misfits(replace(found, **{ring: tuple(spokes)}))
    assert (finding.rule, finding.severity, finding.value) == (wheel.RULE, VIOLATION, LONG)
    assert finding.thing == spokes[place].ref.iri
    assert re.search(r"past niet in het wiel \(\d+ van \d+\)", finding.message.nl)
    assert re.search(r"does not fit the wheel \(\d+ of \d+\)", finding.message.en)


def test_w6_a_domain_too_long_for_the_rim_is_a_finding(found: Wheel) -> None:
    domains = (renamed(found.domains[0], "Lichamelijke en geestelijke gezondheid"), *found.domains[1:])
    (finding,) = wheel.misfits(replace(found, domains=domains))
    assert finding.path and finding.path.endswith("prefLabel")


def test_w6_the_check_names_the_file_and_the_thing_and_fails(tiny_root: Path) -> None:
    path = tiny_root / "data" / "target-groups.ttl"
    text = path.read_text(encoding="utf-8")
    assert '"LVB"@nl' in text
    path.write_text(text.replace('"LVB"@nl', f'"{LONG}{LONG}"@nl'), encoding="utf-8")
    outcome = build.check(tiny_root)
    (finding,) = outcome.findings
    assert not outcome.ok
    assert (finding.rule, finding.file) == (wheel.RULE, "data/target-groups.ttl")
    assert finding.thing and finding.thing.endswith("/doelgroep/lvb")


def test_a_place_that_is_no_number_is_a_finding_and_stops_nothing(tiny_root: Path) -> None:
    path = tiny_root / "data" / "target-groups.ttl"
    text = path.read_text(encoding="utf-8")
    changed = re.sub(r'(def#order> )"2"\^\^<[^>]*>', r'\1"drie"', text)
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    rules = {finding.rule for finding in build.check(tiny_root).findings}
    assert "order" in rules and wheel.RULE not in rules


def test_text_on_the_lower_half_runs_the_other_way() -> None:
    for index in range(7):
        sector = wheel.RIM.sector(index, 7)
        arc = arc_for(sector, wheel.NAME, typeface.CAP_HEIGHT)
        assert arc.reversed is (95 <= sector.middle <= 265)
        assert arc.radius == pytest.approx(468 if arc.reversed else 452, abs=0.1)
    assert [wheel.RIM.sector(n, 7).middle for n in (0, 2)] == [0, pytest.approx(102.86, abs=0.01)]


def test_competencies_are_turned_half_a_sector_and_pair_with_no_domain() -> None:
    assert wheel.COMPETENCIES.sector(0, 7).start == 0
    domains = {round(wheel.RIM.sector(n, 7).middle, 3) for n in range(7)}
    assert not domains & {round(wheel.COMPETENCIES.sector(n, 7).middle, 3) for n in range(7)}


def test_the_white_between_two_segments_is_as_wide_within_as_without() -> None:
    one, other = wheel.RIM.sector(0, 7), wheel.RIM.sector(1, 7)
    for radius in (one.inner, one.outer):
        (x1, y1), (x2, y2) = one.at(radius, one.edges(radius)[1]), other.at(radius, other.edges(radius)[0])
        assert ((x1 - x2) ** 2 + (y1 - y2) ** 2) ** 0.5 == pytest.approx(GAP, abs=0.01)


@pytest.mark.parametrize("count", [1, 2, 3, 7, 12])
def test_any_number_of_segments_makes_a_ring(count: int) -> None:
    sectors = [wheel.RIM.sector(n, count) for n in range(count)]
    assert sum(s.span for s in sectors) == pytest.approx(360)
    assert all(a.end == pytest.approx(b.start) for a, b in pairwise(sectors))
    assert all(re.fullmatch(r"M[-\d. ]+A[-\d. ]+L[-\d. ]+A[-\d. ]+Z", s.path()) for s in sectors)
    assert (" 1 1 " in sectors[0].path()) is (sectors[0].span > 180)


def test_a_level_label_stays_inside_its_segment(found: Wheel) -> None:
    count = len(found.target_groups)
    for index, spoke in enumerate(found.target_groups):
        placed = wheel.segment(wheel.TARGET_GROUPS, index, count, spoke.short["nl"])
        for line in placed.lines:
            half, cap = typeface.width(line.text, wheel.TEXT) / 2, wheel.TEXT * typeface.CAP_HEIGHT
            for x in (line.x - half, line.x + half):
                for y in (line.y, line.y - cap):
                    assert 104 < ((x - 500) ** 2 + (y - 500) ** 2) ** 0.5 < 200, line
    assert [line.text for line in wheel.segment(wheel.TARGET_GROUPS, 4, 8, "Lezen en schrijven").lines] == [
        "Lezen en",
        "schrijven",
    ]


def test_room_grows_with_the_segment() -> None:
    small, large = Sector(0, 0, 100, 200, -20, 20), Sector(0, 0, 100, 200, -40, 40)
    assert room_on_arc(small, 10) < room_on_arc(large, 10)
    assert room_for_line(small, (0, -150), -156, -144, 4) < room_for_line(large, (0, -150), -156, -144, 4)
    assert room_for_line(small, (0, -300), -306, -294, 4) == 0


def test_the_words_of_an_arc_begin_and_end_at_the_edges_of_its_segment() -> None:
    sector = Sector(0, 0, 90, 110, -45, 45)
    assert Arc(sector, 100, False).path.startswith("M-69.3")
    assert Arc(sector, 100, True).path.startswith("M69.3")


@pytest.mark.parametrize(("general", "specific", "lines"), [(3, 4, 7), (10, 11, 2), (0, 5, 5), (12, 0, 1), (0, 0, 0)])
def test_the_fan_runs_to_each_row_or_to_the_headings(general: int, specific: int, lines: int) -> None:
    made = focuswheel.fan(7, 3, general, specific)
    assert len(made.lines) == len(made.ends) == lines
    assert all(0 < y < made.height for _, y in made.ends)
    assert [other.place for other in made.others] == [4, 5, 6, 7, 1, 2]
    assert made.chosen.sector.span + sum(other.sector.span for other in made.others) == pytest.approx(360)


def test_the_badge_lifts_the_chosen_sector_by_6() -> None:
    lifted = [n.place for n in focuswheel.badge(7, 5) if (n.sector.x, n.sector.y) != (48, 48)]
    assert lifted == [5]


# --- the poster


def sheet(found: Wheel, language: str, grey: bool = False) -> poster.Poster:
    domains = [spoke.short[language] for spoke in found.domains]
    paint = wheel.Paint("rim d1", wheel.HUES[0], "#ffffff")
    return poster.Poster(
        language=language,
        title="Kennisbouwstenen",
        lead="Zeven gebieden.",
        wheel_in_words="Een wiel (met haken) en een ë.",
        pieces=tuple((wheel.segment(wheel.RIM, n, 7, f"{n + 1} {name}"), paint) for n, name in enumerate(domains)),
        middle=tuple((disc, paint) for disc in wheel.discs(["inwoner", "professional"])),
        areas=tuple(
            poster.Named(n + 1, spoke.short[language], spoke.description[language], paint)
            for n, spoke in enumerate(found.domains)
        ),
        shape=("Breed en diep", "De liggende streep van de T staat voor breed, de staande voor diep."),
        address="https://example.org/nl/",
        colophon=("example.org/nl", "Gegevens van 22 november 2026", "CC BY 4.0"),
        grey=grey,
    )


def content(pdf: bytes) -> str:
    """The drawing of the one page."""
    streams = re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    opened = []
    for stream in streams:
        try:
            opened.append(
                zlib.decompress(
                    base64.a85decode(stream.strip(), adobe=False)
                    if b"~>" not in stream
                    else (base64.a85decode(b"<~" + stream.strip(), adobe=True))
                ).decode("latin-1")
            )
        except (ValueError, zlib.error):
            continue
    (page,) = [text for text in opened if " BDC" in text]
    return page


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_poster_is_one_page_of_a3_in_its_language_with_its_typeface(found: Wheel, language: str) -> None:
    pdf = poster.make(sheet(found, language))
    assert pdf.startswith(b"%PDF-1.") and pdf.rstrip().endswith(b"%%EOF")
    assert re.search(rb"/Count 1\b", pdf)
    assert re.search(rb"/MediaBox \[ 0 0 1190\.55 841\.89 \]", pdf)
    assert f"/Lang ({language})".encode() in pdf
    assert pdf.count(b"/FontFile2") == 2
    assert b"Helvetica" not in pdf


def test_the_poster_is_the_same_to_the_byte_and_differs_in_grey(found: Wheel) -> None:
    assert poster.make(sheet(found, "nl")) == poster.make(sheet(found, "nl"))
    assert poster.make(sheet(found, "nl")) != poster.make(sheet(found, "nl", grey=True))


def test_everything_on_the_poster_is_tagged_and_nothing_is_smaller_than_12_points(found: Wheel) -> None:
    pdf = poster.make(sheet(found, "nl"))
    assert b"/StructTreeRoot" in pdf and b"/Marked true" in pdf and b"/StructParents 0" in pdf
    assert pdf.count(b"/S /H2") == 8 and pdf.count(b"/S /Figure") == 1
    page = content(pdf)
    depth = 0
    for word in re.findall(r"\b(?:BDC|BMC|EMC|BT)\b", page):
        depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(word, 0)
        assert depth == 1 or word != "BT", "text outside any tag"
    assert depth == 0
    sizes = [float(size) for size in re.findall(r"/F\d\S* ([\d.]+) Tf", page)]
    assert sizes and min(sizes) >= poster.SMALLEST
    assert wheel.TEXT * poster.SCALE >= poster.SMALLEST


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_column_of_the_poster_has_room_for_its_words(found: Wheel, language: str) -> None:
    made = sheet(found, language)
    heights = [poster._height(text) + 4 for text in (*(a.sentence for a in made.areas), made.shape[1] * 2)]
    assert sum(heights) < poster.HEIGHT - 2 * poster.MARGIN - poster._CODE - 110


# --- the small pictures


def test_the_pictures_in_the_repository_are_those_that_are_drawn_and_are_small(tmp_path: Path) -> None:
    for path in pictures.write(tmp_path):
        kept = STATIC / path.name
        limit = 60_000 if "card" in path.name else 10_000
        assert kept.stat().st_size < limit, path.name
        if path.suffix == ".svg":
            assert kept.read_text(encoding="utf-8") == path.read_text(encoding="utf-8")
        else:
            with Image.open(path) as drawn, Image.open(kept) as there:
                assert drawn.size == there.size
                small = [image.convert("RGBA").resize((24, 24)).tobytes() for image in (drawn, there)]
                # Versions of the imaging library round a shade differently.
                assert max(abs(a - b) for a, b in zip(*small, strict=True)) < 16, path.name
