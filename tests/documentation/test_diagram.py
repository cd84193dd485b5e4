"""The drawing: what it draws follows from rules and terms, and nothing in it covers anything else."""

from itertools import combinations

import pytest

from kbs_graph.documentation import diagram, layered, links, terms
from kbs_graph.documentation.diagram import Drawing
from kbs_graph.documentation.layered import Layout, Spot
from kbs_graph.documentation.links import Link
from kbs_graph.documentation.terms import Model
from kbs_graph.snapshots import Snapshot
from kbs_graph.store import LocalStore
from kbs_graph.terms import K

SUBJECT = "http://purl.org/dc/terms/subject"


@pytest.fixture(scope="module")
def model(tiny_store: LocalStore) -> Model:
    return terms.model(tiny_store)


@pytest.fixture(scope="module")
def found(tiny_snapshot: Snapshot, model: Model) -> tuple[Link, ...]:
    return links.links(tiny_snapshot, model)


@pytest.fixture(scope="module", params=["nl", "en"])
def drawing(found: tuple[Link, ...], model: Model, request: pytest.FixtureRequest) -> Drawing:
    return diagram.draw(found, model, request.param)


@pytest.mark.parametrize(
    ("source", "name", "target", "count"),
    [
        (K.KnowledgeAspect, K.homeDomain, K.KnowledgeDomain, "1"),
        (K.KnowledgeAspect, K.part, K.Signal, "3..6"),
        (K.KnowledgeAspect, K.competency, K.Competency, "1..3"),
        (K.KnowledgeSource, SUBJECT, K.TargetGroup, ""),
        (K.Referral, K.specialist, K.SpecialistRole, "1"),
    ],
)
def test_links_follow_from_the_rules(found: tuple[Link, ...], source: str, name: str, target: str, count: str) -> None:
    assert Link(str(source), str(name), str(target), count) in found


def test_what_every_thing_has_is_no_link_of_any_kind(found: tuple[Link, ...]) -> None:
    aspect = {link.property for link in found if link.source == str(K.KnowledgeAspect)}
    assert str(K.formulation) not in aspect and str(K.leadSource) in aspect


def test_every_class_with_a_link_is_a_box_and_every_link_an_arrow(
    drawing: Drawing, found: tuple[Link, ...], model: Model
) -> None:
    ends = {end for link in found for end in (link.source, link.target)}
    assert {box.name for box in drawing.boxes} == {term.name for term in model.own if term.iri in ends}
    pairs = {(link.source, link.target) for link in found if link.source != link.target}
    assert len(drawing.arrows) == len(pairs) > 40
    written = [line.text.split(" ")[0] for arrow in drawing.arrows for line in arrow.lines]
    assert len(written) == sum(link.source != link.target for link in found)


def test_nothing_covers_anything(drawing: Drawing) -> None:
    for one, other in combinations([box.spot for box in drawing.boxes], 2):
        assert not _touch(one, other)
    for box in drawing.boxes:
        assert box.spot.x > 0 and box.spot.x + box.spot.width < drawing.width
        assert box.spot.y > 0 and box.spot.y + box.spot.height < drawing.height


def test_the_order_of_what_is_given_plays_no_part(found: tuple[Link, ...], model: Model) -> None:
    assert set(diagram.draw(found[::-1], model, "nl").boxes) == set(diagram.draw(found, model, "nl").boxes)


BOX, LABEL = (60.0, 30.0), (40.0, 16.0)
SHAPES = {
    "a line": [("a", "b"), ("b", "c")],
    "there and back": [("a", "b"), ("b", "a")],
    "a ring": [("a", "b"), ("b", "c"), ("c", "a")],
    "a long way round": [("a", "b"), ("b", "c"), ("c", "d"), ("a", "d")],
    "a star": [("a", name) for name in "bcdefg"],
    "everything with everything": [(x, y) for x in "abcde" for y in "abcde" if x != y],
}


@pytest.mark.parametrize("arrows", SHAPES.values(), ids=SHAPES)
def test_arrows_go_from_box_to_box_beside_labels_that_stand_free(arrows: list[tuple[str, str]]) -> None:
    boxes = {name: BOX for pair in arrows for name in pair}
    layout = layered.lay_out(boxes, dict.fromkeys(arrows, LABEL))
    free = [*layout.boxes.values(), *(way.label for way in layout.ways.values())]
    assert not [pair for pair in combinations(free, 2) if _touch(*pair)]
    for (tail, head), way in layout.ways.items():
        assert _on_a_side(way.points[0], layout.boxes[tail]) and _on_a_side(way.points[-1], layout.boxes[head])
        assert {way.label.x, way.label.x + way.label.width} <= {x for x, _ in way.points}
    assert _is_within(layout)


def test_a_box_without_arrows_stands_free_too() -> None:
    layout = layered.lay_out({"a": BOX, "b": BOX, "alone": BOX}, {("a", "b"): LABEL})
    assert not [pair for pair in combinations(layout.boxes.values(), 2) if _touch(*pair)]


def _touch(one: Spot, other: Spot) -> bool:
    beside = one.x + one.width <= other.x or other.x + other.width <= one.x
    above = one.y + one.height <= other.y or other.y + other.height <= one.y
    return not (beside or above)


def _on_a_side(point: tuple[float, float], box: Spot) -> bool:
    return point[0] in (box.x, box.x + box.width) and point[1] == box.middle


def _is_within(layout: Layout) -> bool:
    spots = layout.boxes.values()
    return all(s.x >= 0 and s.y >= 0 and s.x + s.width <= layout.width for s in spots)
