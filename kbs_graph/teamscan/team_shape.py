"""The T of a team as parts to draw and in words: what its report counts, area by area."""

from kbs_graph.errors import Words
from kbs_graph.teamscan.plan import in_language
from kbs_graph.teamscan.report import Shape
from kbs_graph.teamscan.tshape import Part


def parts(shape: Shape) -> tuple[Part, ...]:
    """The pieces of the T of a team, in the order of the wheel."""
    return tuple(Part(r.domain.order, r.broad_of, r.broad, r.deep, r.deepest) for r in shape.reaches)


def in_words(shape: Shape) -> Words:
    """How broad and how deep a team is, and where it is deep."""
    areas = len(shape.reaches)
    told = {language: ", ".join(in_language(ref.label, language) for ref in shape.deep) for language in ("nl", "en")}
    where = {language: f": {names}" if names else "" for language, names in told.items()}
    deep = {"nl": "1 gebied", "en": "1 area"} if len(shape.deep) == 1 else {}
    nl, en = deep.get("nl", f"{len(shape.deep)} gebieden"), deep.get("en", f"{len(shape.deep)} areas")
    return Words(
        f"Breed: in {len(shape.broad)} van de {areas} gebieden is de algemene kennis voor de helft of meer op orde. "
        f"Diep: in {nl} kan een collega anderen helpen met iets specifieks{where['nl']}.",
        f"Broad: in {len(shape.broad)} of the {areas} areas half of the general knowledge or more is in place. "
        f"Deep: in {en} a colleague can help others with something specific{where['en']}.",
    )
