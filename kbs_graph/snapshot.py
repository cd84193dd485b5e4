"""One snapshot: a folder that never changes once it has its number, but for the downloads that are made later."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kbs_graph.terms import Iri

FORMAT = 3
"""Of what a snapshot holds (the search index too); one of another format is never added to but built anew."""
DOWNLOADS = ("dumps", "booklets")
"""The folders that are made once a snapshot is in use; until then those of an earlier one stand in `EARLIER`."""
EARLIER = "earlier"
RULES, CONTRIBUTION_RULES = "rules.nt", "contribution-rules.nt"
"""The rules that the graph was checked by, and those for contributions, kept beside every store."""
Manifest = dict[str, Any]


@dataclass(frozen=True)
class Snapshot:
    """One published state: a folder with the store, the search index, dumps and a manifest."""

    number: int
    path: Path
    manifest: Manifest

    @property
    def store(self) -> Path:
        return self.path / "store"

    @property
    def held(self) -> Path:
        """What a reader holds so that it stays: the store, or the folder when the store stands elsewhere alone."""
        return self.store if self.store.is_dir() else self.path

    @property
    def search(self) -> Path:
        return self.path / "search.sqlite"

    @property
    def dumps(self) -> Path:
        return self.path / "dumps"

    @property
    def context(self) -> dict[str, Any]:
        """The JSON-LD context of what is served from this snapshot."""
        found: dict[str, Any] = self.manifest["context"]
        return found

    @property
    def triples(self) -> int:
        """The number of triples, each counted in every graph it stands in."""
        return sum(int(graph["triples"]) for graph in self.manifest["graphs"].values())

    def offered(self, name: str) -> "Offered":
        """Where one of DOWNLOADS is to be had: of this snapshot, or of an earlier one while its own are not made."""
        earlier = self.manifest.get(EARLIER, {}).get(name)
        if earlier is None or (self.path / name).is_dir():
            return Offered(self.path / name, self.number, str(self.manifest["created"]), True)
        return Offered(self.path / EARLIER / name, int(earlier["number"]), str(earlier["created"]), False)

    @property
    def content_hash(self) -> str:
        return str(self.manifest["contentHash"])


@dataclass(frozen=True)
class Offered:
    """A folder with downloads (it may not be there), and the snapshot they are of: its number and moment (ISO 8601).

    `current` tells whether they are of the snapshot that was asked.
    """

    path: Path
    number: int
    created: str
    current: bool


def content_hash(digests: Mapping[Iri, str]) -> str:
    """SHA-256 over the sorted (graph IRI, hash of its sorted N-Quads) pairs."""
    joined = "".join(f"{iri} {digest}\n" for iri, digest in sorted(digests.items()))
    return hashlib.sha256(joined.encode()).hexdigest()


def new_manifest(number: int, graphs: Mapping[Iri, Manifest]) -> Manifest:
    """What a manifest begins with: number, moment, and the hash and size of every graph."""
    return {
        "number": number,
        "format": FORMAT,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "contentHash": content_hash({iri: entry["sha256"] for iri, entry in graphs.items()}),
        "graphs": dict(graphs),
    }
