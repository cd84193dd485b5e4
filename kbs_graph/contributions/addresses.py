"""An address identifies a source: which source has an address already."""

from collections.abc import Iterable
from pathlib import Path

from kbs_graph.folding import address_key as key
from kbs_graph.search.label_index import Index

__all__ = ["key", "known"]


def known(snapshot: Path, addresses: Iterable[str]) -> dict[str, str]:
    """The IRIs of the sources that have these addresses, by address as asked; `snapshot` is a snapshot's folder."""
    keys = {address: key(address) for address in addresses}
    found = Index(snapshot / "search.sqlite").by_address(keys.values())
    return {address: found[it] for address, it in keys.items() if it in found}
