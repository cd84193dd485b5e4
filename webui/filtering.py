"""The filters of a request: what its address asks to narrow a list or a search down by, and what of that is unknown."""

from collections.abc import Collection, Mapping

from werkzeug.datastructures import MultiDict

from kbs_graph import rows
from kbs_graph.filters import FACETS, Filters
from kbs_graph.terms import KINDS
from webui.serving import opened

ALWAYS = ("lang", "lijst")
"""Parameters that any page may carry."""
_MOST, _LONGEST = 5, 60


def known() -> Mapping[str, frozenset[str]]:
    """The values of every facet, by the snapshot of this request."""
    values = {facet: frozenset(ref.slug or "" for ref in refs) for facet, refs in rows.values(opened().store).items()}
    return {**values, "soort": frozenset(KINDS)}


def read(
    args: MultiDict[str, str], facets: Collection[str] = FACETS, others: Collection[str] = ("q",)
) -> tuple[Filters, list[str]]:
    """The filters in the parameters of an address, and the unknown ones among them as a reader may see them.

    Unknown are a value that its facet does not have, and a parameter that is neither one of `facets` nor of `others`.
    At most five are named, each cut to sixty characters. An empty value means nothing chosen.
    """
    values = known()
    chosen: list[tuple[str, str]] = []
    unknown: dict[str, None] = {}
    for name, value in args.items(multi=True):
        if name in facets and value in values[name]:
            chosen.append((name, value))
        elif (name in facets and value) or name not in (*facets, *others, *ALWAYS):
            unknown[f"{name}={value}"[:_LONGEST]] = None
    return Filters.of(chosen), list(unknown)[:_MOST]
