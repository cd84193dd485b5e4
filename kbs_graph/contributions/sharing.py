"""Who says what when several say something of one source: one triple stands in one graph, and the owner's word holds.

The editors come first, then the organisation that brought the source in (its slug begins that of the source), then the
others by slug. Links add up; of any other fact a source has, only the first to state it is heard, by language. It is
worked out anew from what all say in full, so that it never matters who came when.
"""

from collections.abc import Iterable, Mapping

from kbs_graph.contributions.lines import place
from kbs_graph.terms import Iri, parts_of

Said = Mapping[str, frozenset[str]]
"""What each organisation (its slug) says of one thing."""


def shared(thing: Iri, editors: Iterable[str], said: Said) -> dict[str, frozenset[str]]:
    """What stands in the graph of each organisation, of all that it says of a thing."""
    taken = set(editors)
    filled = {place(line) for line in taken} - {None}
    found = {}
    for organisation in sorted(said, key=lambda slug: _rank(thing, slug)):
        own = {line for line in said[organisation] - taken if place(line) not in filled}
        taken |= own
        filled |= {place(line) for line in own} - {None}
        found[organisation] = frozenset(own)
    return found


def _rank(thing: Iri, organisation: str) -> tuple[bool, str]:
    _, slug = parts_of(thing) or ("", "")
    return not slug.startswith(organisation + "-"), organisation
