"""From a contribution to the graph that is served: judged, journalled, in the snapshot, and only then answered."""

import logging
from collections.abc import Callable

from kbs_graph.config import Settings
from kbs_graph.contributions import afterwards, door, journal, standing
from kbs_graph.contributions.bringing import Bringing, said_in
from kbs_graph.contributions.lines import are_sound, by_thing
from kbs_graph.contributions.model import Contribution, How, Outcome
from kbs_graph.errors import BadRequest, KbsError, NoSnapshot
from kbs_graph.findings import Finding
from kbs_graph.remote import keeping, restoring
from kbs_graph.snapshots import FORMAT, SnapshotStore

WAIT = 45.0
"""Seconds that a writer waits for the others."""
Progress = Callable[[str], None]
_LOG = logging.getLogger(__name__)


def accept(
    settings: Settings,
    contribution: Contribution,
    how: How,
    by: str,
    if_match: str | None = None,
    check: bool = False,
    partial: bool = False,
    if_none_match: bool = False,
    note: str = "",
    progress: Progress = lambda step: None,
) -> Outcome:
    """Take in what an organisation says from now on, in place of all it said before.

    `contribution` is always the WHOLE set that is to hold (with `how` `post`: what is added to what holds), `by` the
    name of the token, or `cli`. Refused (status `refused`, with findings) when a rule is broken; `partial` leaves out
    the sources that break one. `check` changes nothing. When this returns with another status the contribution is
    durable and in the current snapshot. `progress` hears the steps of SnapshotStore, after `journal`.

    Raises PreconditionFailed (`if_match` is neither the present etag nor `*` where there is something, or
    `if_none_match` and there is something), BadRequest (lines not as we write them), Forbidden (no such organisation,
    or the editors), Unavailable (others kept writing), NotRunnable (the disk is full), NoSnapshot.
    """
    if not are_sound(contribution.lines):
        raise BadRequest(
            "De bijdrage staat niet in de vorm van N-Triples die we bewaren.",
            "The contribution is not in the form of N-Triples that we keep.",
        )
    snapshots = SnapshotStore(settings.var)
    wanted = door.Condition(if_match, if_none_match)
    if check:
        return door.judged(_open(settings, snapshots), contribution, how, partial, wanted)[0]
    with snapshots.lock(WAIT):
        _recover(settings, snapshots)
        bringing = _open(settings, snapshots)
        outcome, chosen = door.judged(bringing, contribution, how, partial, wanted)
        if outcome.status != "checked":
            return outcome
        keeping.note(settings)
        done = _write(settings, bringing, outcome, chosen, how, by, note, progress)
    afterwards.start(settings)
    keeping.start(settings)
    return done


def said(settings: Settings, organisation: str) -> Contribution:
    """All that an organisation says, in full, as it holds in the current snapshot; no lines when it says nothing."""
    return said_in(settings.var, SnapshotStore(settings.var).current(), organisation)


def etag(settings: Settings, organisation: str) -> str:
    """The validator of what an organisation says now (a hash of its statements); empty when it says nothing."""
    return said(settings, organisation).etag


def set_aside(settings: Settings, organisation: str) -> tuple[Finding, ...]:
    """What of a contribution does not fit the graph as it is, and why; it stands in the journal and comes back."""
    try:
        manifest = SnapshotStore(settings.var).current().manifest
    except NoSnapshot:
        return ()
    noted = manifest.get("contributions", {}).get(organisation, {}).get("setAside", [])
    return tuple(standing.read_note(item) for item in noted)


def recover(settings: Settings, progress: Progress = lambda step: None) -> tuple[str, ...]:
    """Bring in what was journalled and is not in the current snapshot; returns the organisations that it brought in.

    Does nothing before the first build, or when another version made the snapshot: then a build does it.
    """
    snapshots = SnapshotStore(settings.var)
    if not _pending(settings, snapshots):
        return ()
    with snapshots.lock(WAIT):
        keeping.note(settings)
        return _recover(settings, snapshots, progress)


def _recover(settings: Settings, snapshots: SnapshotStore, progress: Progress = lambda step: None) -> tuple[str, ...]:
    """As `recover`, within the lock. What cannot be read is left to a build, which sets it aside and says so."""
    done = []
    for slug, number in _pending(settings, snapshots).items():
        try:
            version = journal.version(settings.var, slug, number)
            contribution = journal.read(settings.var, slug, number)
        except KbsError as error:
            _LOG.error("not brought in: %s", error)
            continue
        _open(settings, snapshots).bring_in(contribution, version, progress)
        done.append(slug)
    return tuple(done)


def _pending(settings: Settings, snapshots: SnapshotStore) -> dict[str, int]:
    """The organisations of whose last version the current snapshot does not know, with its number."""
    try:
        current = snapshots.current()
    except NoSnapshot:
        return {}
    if current.manifest.get("format") != FORMAT:
        return {}
    known = current.manifest.get("contributions", {})
    last = {slug: journal.last(settings.var, slug) for slug in journal.organisations(settings.var)}
    return {slug: number for slug, number in last.items() if known.get(slug, {}).get("version") != number}


def _open(settings: Settings, snapshots: SnapshotStore) -> Bringing:
    current = snapshots.current()
    if current.manifest.get("format") != FORMAT:
        raise NoSnapshot(
            "De graaf is door een andere versie gemaakt. Draai eerst: kbs build",
            "The graph was made by another version. First run: kbs build",
        )
    restoring.at_hand(current, settings)
    return Bringing(settings, snapshots, current)


def _write(
    settings: Settings,
    bringing: Bringing,
    outcome: Outcome,
    chosen: Contribution,
    how: How,
    by: str,
    note: str,
    progress: Progress,
) -> Outcome:
    """Journal and publish; what fails before it is in the snapshot leaves nothing in the journal."""
    before = bringing.said(chosen.organisation)
    size = {"sources": len(by_thing(chosen.lines)), "triples": len(chosen.lines)}
    progress("journal")
    version = journal.write(settings.var, chosen, how, by, size, note)
    try:
        snapshot, held = bringing.bring_in(chosen, version, progress, judged=True)
    except BaseException:
        if SnapshotStore(settings.var).current_number() == bringing.current.number:
            journal.withdraw(settings.var, version)
        raise
    status = "emptied" if not chosen.lines else "replaced" if before.lines else "created"
    counts = {**outcome.counts, "heldBack": held}
    return Outcome(
        status,  # type: ignore[arg-type]
        version.number,
        outcome.findings,
        outcome.left_out,
        counts,
        chosen.etag,
        snapshot.number,
    )
