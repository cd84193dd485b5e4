"""What goes round in contributions: the statements of one organisation, what reading found, and what came of it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kbs_graph.findings import Finding, has_violation
from kbs_graph.terms import Iri, graph_iri

Status = Literal["created", "replaced", "unchanged", "emptied", "checked", "refused"]
How = Literal["put", "post", "delete", "rollback"]


@dataclass(frozen=True)
class Contribution:
    """All that one organisation says about sources: its slug, and canonical N-Triples lines, each ending in ` .`.

    No line breaks, no blank nodes; every source has its IRI (`bron/<slug>`) already. No lines: it says nothing (more).
    """

    organisation: str
    lines: frozenset[str]

    @property
    def graph(self) -> Iri:
        """The named graph of the organisation."""
        return graph_iri(self.organisation)

    @property
    def etag(self) -> str:
        """A hash of the statements, as the validator of the graph (RFC 9110, section 8.8.3); empty without any."""
        return hashlib.sha256(self.text.encode()).hexdigest() if self.lines else ""

    @property
    def text(self) -> str:
        """The statements as an N-Triples document, sorted, so that equal statements are equal bytes."""
        return "".join(line + "\n" for line in sorted(self.lines))


@dataclass(frozen=True)
class Draft:
    """What was read from a file or request: the contribution as far as it is usable, and what is wrong with it.

    `left_out` tells of what is not in the contribution (a row without an address, for example); `known` and `new`
    count the sources that were in the graph already and that were not.
    """

    contribution: Contribution
    findings: tuple[Finding, ...] = ()
    left_out: tuple[Finding, ...] = ()
    known: int = 0
    new: int = 0

    @property
    def ok(self) -> bool:
        return not has_violation(self.findings)


@dataclass(frozen=True)
class Outcome:
    """What came of handing in. `version` is that of the journal: the one that holds now, 0 when there is none.

    `checked` and `refused` changed nothing. `counts` has `sources`, `triples`, `known`, `new`, `added`, `removed` and
    `heldBack` (statements that another graph makes already, or that the owner of a source has said otherwise).
    `etag` is the validator of the organisation's graph as it stands now, without quotes. `snapshot` is the number of
    the snapshot that holds it.
    """

    status: Status
    version: int
    findings: tuple[Finding, ...] = ()
    left_out: tuple[Finding, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    etag: str = ""
    snapshot: int = 0

    @property
    def ok(self) -> bool:
        """Whether it was (or, when only checked, would be) accepted."""
        return self.status != "refused"
