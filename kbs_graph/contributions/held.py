"""Of which sources an organisation says more than stands in its graph, kept beside every snapshot as `held.json`.

What it says of those has to be looked at again when another's word about them changes.
"""

import json
from collections.abc import Mapping

from kbs_graph.snapshot import Snapshot
from kbs_graph.terms import ID, Iri

NAME = "held.json"
Held = Mapping[Iri, tuple[str, ...]]
"""Organisations (their slugs) by source."""


def read(snapshot: Snapshot) -> dict[Iri, tuple[str, ...]]:
    """Those of a snapshot; none when it was made without contributions."""
    try:
        found = json.loads((snapshot.path / NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return {Iri(ID + key): tuple(slugs) for key, slugs in found.items()}


def written(held: Held) -> str:
    """As text: the same content is the same bytes."""
    return json.dumps({thing.removeprefix(ID): held[thing] for thing in sorted(held)}, ensure_ascii=False)
