"""The door: what would come of a contribution, judged against the graph as it is; nothing is written here."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kbs_graph.contributions import fitting
from kbs_graph.contributions.addresses import key
from kbs_graph.contributions.bringing import Bringing
from kbs_graph.contributions.lines import address, by_thing, place, renamed, thing_of
from kbs_graph.contributions.model import Contribution, How, Outcome, Status
from kbs_graph.errors import Forbidden, PreconditionFailed, Words
from kbs_graph.findings import VIOLATION, Finding, has_violation
from kbs_graph.terms import ID, Iri


@dataclass(frozen=True)
class Condition:
    """What must hold for a change to be made (RFC 9110, section 13): the etag that is there, or that nothing is."""

    if_match: str | None = None
    if_none_match: bool = False

    def meet(self, before: Contribution) -> None:
        """Raises PreconditionFailed when it does not hold."""
        if self.if_match is not None and not (before.lines and self.if_match in ("*", before.etag)):
            raise PreconditionFailed(
                "Je bijdrage is intussen veranderd. Haal haar opnieuw op, verwerk je wijziging en stuur haar dan weer.",
                "Your contribution has changed in the meantime. Get it again, make your change, and then send it.",
            )
        if self.if_none_match and before.lines:
            raise PreconditionFailed(
                "Er is al een bijdrage van deze organisatie. Haal haar op en stuur haar etag mee (If-Match).",
                "There is a contribution of this organisation already. Get it and send its etag along (If-Match).",
            )


def judged(
    bringing: Bringing, contribution: Contribution, how: How, partial: bool, wanted: Condition
) -> tuple[Outcome, Contribution]:
    """What would come of it (`checked`, `unchanged` or `refused`), and the whole contribution as it would hold.

    Only the sources that change are looked at. Raises PreconditionFailed, or Forbidden when it is nobody's.
    """
    slug = contribution.organisation
    before = bringing.said(slug)
    wanted.meet(before)
    whole = _added(before, contribution) if how == "post" else contribution
    refusal = bringing.refusal(slug)
    if refusal and whole.lines:
        raise Forbidden(refusal.message.nl, refusal.message.en)
    whole = replace(whole, lines=renamed(whole.lines, bringing.names(whole)))
    changed = _with_their_likes({thing_of(line) for line in whole.lines ^ before.lines}, whole)
    touched = replace(whole, lines=frozenset(line for line in whole.lines if thing_of(line) in changed))
    found = fitting.closed(bringing.book, touched.lines)
    found += fitting.misfits(bringing.book, bringing.nearby, touched)
    found += _misnamed(bringing, touched, before)
    left_out: list[Finding] = []
    if partial:
        wrong = {finding.thing for finding in found if finding.severity == VIOLATION}
        rest = frozenset(line for line in whole.lines if thing_of(line) not in wrong)
        if rest:
            left_out = [finding for finding in found if finding.thing in wrong]
            found = [finding for finding in found if finding.thing not in wrong]
            whole = replace(whole, lines=rest)
    same = whole.lines == before.lines
    status: Status = "refused" if has_violation(found) else "unchanged" if same else "checked"
    counts = _counts(bringing, before, whole)
    version, number = bringing.version(slug), bringing.current.number
    return Outcome(status, version, tuple(found), tuple(left_out), counts, before.etag, number), whole


def _added(before: Contribution, contribution: Contribution) -> Contribution:
    """Both, but that a fact of which a source has one (its title in a language, its kind) takes the new value."""
    anew = {(thing_of(line), at) for line in contribution.lines if (at := place(line))}
    kept = {line for line in before.lines if (thing_of(line), place(line)) not in anew}
    return replace(contribution, lines=frozenset(kept | contribution.lines))


def _with_their_likes(changed: set[Iri], whole: Contribution) -> set[Iri]:
    """Sources that change, and those of the same organisation with the same address: that may be one too many."""
    pages = [(thing_of(line), key(page)) for line in whole.lines if (page := address(line))]
    theirs = {it for thing, it in pages if thing in changed}
    return changed | {thing for thing, it in pages if it in theirs}


def _misnamed(bringing: Bringing, contribution: Contribution, before: Contribution) -> list[Finding]:
    """Sources under a name that is neither known nor of this organisation, or that is of another document by now."""
    things, own = by_thing(contribution.lines), by_thing(before.lines)
    known = {thing for lines in bringing.nearby.editors(things).values() for thing in by_thing(lines)}
    unknown = Words(
        "Deze bron kennen we niet onder deze naam. Lever haar webadres aan; dan geven wij haar een naam.",
        "We know no source of this name. Hand in its web address; then we give it a name.",
    )
    moved = Words(
        "Een andere organisatie noemt deze bron met een ander webadres. Lever dit adres aan als nieuwe bron.",
        "Another organisation names this source with another web address. Hand this one in as a new source.",
    )
    found = []
    for thing in sorted(things.keys() - known):
        others = bringing.speakers(thing) - {contribution.organisation}
        if not others and thing not in own and not thing.startswith(f"{ID}bron/{contribution.organisation}-"):
            found.append(Finding("contribution-name", VIOLATION, unknown, thing=thing))
        theirs = {it for other in others for it in _keys(bringing.part(other, [thing]).lines)}
        if theirs and not theirs & _keys(things[thing]):
            found.append(Finding("contribution-address", VIOLATION, moved, thing=thing))
    return found


def _keys(lines: Iterable[str]) -> set[str]:
    return {key(page) for line in lines if (page := address(line))}


def _counts(bringing: Bringing, before: Contribution, after: Contribution) -> dict[str, int]:
    """How large a contribution is, and what it changes."""
    things = by_thing(after.lines)
    known: set[Iri] = {thing for lines in bringing.nearby.editors(things).values() for thing in by_thing(lines)}
    known |= {thing for thing in things if bringing.speakers(thing) - {after.organisation}}
    return {
        "sources": len(things),
        "triples": len(after.lines),
        "known": len(known),
        "new": len(things.keys() - known),
        "added": len(after.lines - before.lines),
        "removed": len(before.lines - after.lines),
    }
