"""Handing in, from bytes to outcome: the one way in for the web and the command line."""

from dataclasses import dataclass, replace

from kbs_graph.config import Settings
from kbs_graph.contributions import journal, publishing
from kbs_graph.contributions.intake import drafts
from kbs_graph.contributions.model import Contribution, Draft, How, Outcome
from kbs_graph.errors import NotFound
from kbs_graph.findings import in_order
from kbs_graph.sandbox import Sandbox
from kbs_graph.snapshot import Snapshot


@dataclass(frozen=True)
class Wish:
    """What a sender asks for besides: see `publishing.accept`. `by` is the name of the token, or `cli`."""

    how: How
    by: str
    check: bool = False
    partial: bool = False
    if_match: str | None = None
    if_none_match: bool = False


def hand_in(
    settings: Settings,
    sandbox: Sandbox,
    snapshot: Snapshot,
    organisation: str,
    media_type: str,
    body: bytes,
    wish: Wish,
    progress: publishing.Progress = lambda step: None,
) -> Outcome:
    """Read, judge and, unless refused or only checked, publish what an organisation sent.

    `media_type` is one of `drafts.MEDIA_TYPES`; `snapshot` is that which is current, and held by the caller. Raises
    what `publishing.accept` and the sandbox raise.
    """
    draft = drafts.read(sandbox, snapshot, settings.root, organisation, media_type, body, wish.partial)
    if not draft.ok:
        return _refused(settings, draft)
    outcome = publishing.accept(
        settings,
        draft.contribution,
        wish.how,
        wish.by,
        if_match=wish.if_match,
        check=wish.check,
        partial=wish.partial,
        if_none_match=wish.if_none_match,
        progress=progress,
    )
    return replace(
        outcome,
        findings=tuple(in_order([*draft.findings, *outcome.findings])),
        left_out=tuple(in_order([*draft.left_out, *outcome.left_out])),
    )


def withdraw(settings: Settings, organisation: str, wish: Wish) -> Outcome:
    """Take back all that an organisation said. Raises NotFound for nothing, and what `publishing.accept` raises."""
    nothing = Contribution(organisation, frozenset())
    outcome = publishing.accept(settings, nothing, wish.how, wish.by, if_match=wish.if_match, check=wish.check)
    if outcome.status == "unchanged":
        raise NotFound("Er stond al niets van deze organisatie.", "There was nothing of this organisation already.")
    return outcome


def _refused(settings: Settings, draft: Draft) -> Outcome:
    organisation = draft.contribution.organisation
    held = journal.latest(settings.var, organisation)
    return Outcome(
        "refused",
        held.number if held else 0,
        draft.findings,
        draft.left_out,
        {"known": draft.known, "new": draft.new},
        publishing.etag(settings, organisation),
    )
