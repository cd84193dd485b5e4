"""The commands on the addresses of sources: check them, see what came of it, confirm that a page has disappeared."""

import csv
import logging
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

import click

from kbs_graph import build
from kbs_graph.booklet import shelf
from kbs_graph.cli.options import CLEAN, FOUND, lang_option, root_option
from kbs_graph.config import Settings, settings
from kbs_graph.errors import NotRunnable, Words
from kbs_graph.link_states import FOUND as STATES
from kbs_graph.link_states import GONE, LinkCheck
from kbs_graph.links import checking, fetching, records
from kbs_graph.links.fetching import Manners
from kbs_graph.links.visiting import Visitor

STOPPED = 130
"""The exit code of a program that Ctrl-C stopped."""
_HEADINGS = ("slug", "state", "checked", "last_worked", "status", "failure", "moved_to", "failing_since", "failures",
             "confirm", "address")  # fmt: skip


@click.group("links")
def links_group() -> None:
    """Check the addresses of sources. Visitors of the site never cause such a check."""


@links_group.command("check")
@root_option
@lang_option
@click.argument("slugs", metavar="[SLUG]...", nargs=-1)
@click.option(
    "--days", type=click.IntRange(0), default=7, show_default=True, help="Skip what was checked less long ago."
)
@click.option("--all", "everything", is_flag=True, help="Skip nothing.")
@click.option("--requests", is_flag=True, help="Tell of every request, with its time.")
@click.option("--allow-private", is_flag=True, help="Also visit this machine and private networks; for tests only.")
def check_command(
    root: Path | None,
    lang: str,
    slugs: tuple[str, ...],
    days: int,
    everything: bool,
    requests: bool,
    allow_private: bool,
) -> None:
    """Check the addresses of all sources, or of those named, and publish what came of it.

    One request to a host in five seconds, so a round takes as long as the host with the most sources: about five
    minutes. It may be stopped at any moment and goes on where it was.
    """
    config = settings(root=root.resolve() if root else None)
    if not config.base_url:
        raise NotRunnable(
            "Zet KBS_BASE_URL op het adres van de site: wie nagekeken wordt, moet jullie kunnen bereiken.",
            "Set KBS_BASE_URL to the address of the site: those who are checked must be able to reach you.",
        )
    if requests:
        _tell_of_requests()
    with records.alone(config.var):
        outcome = _check(config, lang, slugs, 0 if everything or slugs else days, allow_private)
    published = _publish(config, lang) if outcome.kept else True
    sys.exit(CLEAN if published and not outcome.offline else FOUND)


def _check(config: Settings, lang: str, slugs: tuple[str, ...], days: int, allow_private: bool) -> checking.Round:
    known, broken = records.read(config.var)
    for finding in broken:
        click.echo(f"{finding.file}: {finding.message.in_language(lang)}", err=True)
    found = checking.targets(config.root, slugs, config.var)
    due = checking.due(found, known, _today(), days)
    words = Words(
        f"{len(due)} van {len(found)} adressen na te kijken.", f"{len(due)} of {len(found)} addresses to check."
    )
    click.echo(words.in_language(lang), err=True)
    visitor = Visitor(Manners(fetching.agent(config.base_url), allow_private=allow_private))
    done = 0

    def heard(number: int, of: int, check: LinkCheck) -> None:
        nonlocal done
        done = number
        click.echo(f"{_now()} [{number}/{of}] {check.slug}: {_in_short(check)}", err=True)

    try:
        outcome = checking.go_round(due, known, visitor, lambda c: records.write(config.var, c), heard, _today)
    except KeyboardInterrupt:
        stopped = Words(
            f"Gestopt na {done} van {len(due)}. Dezelfde opdracht gaat daar verder; kbs build neemt mee wat er is.",
            f"Stopped after {done} of {len(due)}. The same command goes on from there; "
            "kbs build takes in what there is.",
        )
        click.echo(f"\n{stopped.in_language(lang)}", err=True)
        sys.exit(STOPPED)
    _tell_what_is_left(outcome, lang)
    return outcome


def _tell_what_is_left(outcome: checking.Round, lang: str) -> None:
    numbers = {state: sum(check.state == state for check in outcome.kept) for state in STATES}
    click.echo(", ".join(f"{state}: {number}" for state, number in numbers.items() if number) or "-")
    if outcome.later:
        slugs = ", ".join(target.slug for target in outcome.later)
        words = Words(
            f"De site vroeg om later terug te komen: {slugs}.", f"The site asked to come back later: {slugs}."
        )
        click.echo(words.in_language(lang), err=True)
    if outcome.offline:
        words = Words(
            f"{len(outcome.offline)} adressen gaven geen antwoord, en andere sites ook niet. Is er wel internet? "
            "Van deze is niets bewaard.",
            f"{len(outcome.offline)} addresses gave no answer, and nor did other sites. Is there a network? "
            "Nothing was recorded of these.",
        )
        click.echo(words.in_language(lang), err=True)


def _publish(config: Settings, lang: str) -> bool:
    """Build and publish; whether that went well."""
    _, snapshot = build.build(config.root, config.var, config.keep_snapshots)
    if snapshot is None:
        words = Words(
            "Bewaard, maar niet gepubliceerd: los eerst de fouten op die kbs check noemt.",
            "Recorded, but not published: first mend the errors that kbs check tells of.",
        )
        click.echo(words.in_language(lang), err=True)
        return False
    shelf.make(snapshot)
    words = Words(f"Momentopname {snapshot.number} is in gebruik.", f"Snapshot {snapshot.number} is in use.")
    click.echo(words.in_language(lang))
    return True


@links_group.command("list")
@lang_option
@click.option("--state", type=click.Choice(STATES, case_sensitive=False), help="Only those in this state.")
@click.option("--csv", "as_csv", is_flag=True, help="As CSV, with everything that is known.")
def list_command(lang: str, state: str | None, as_csv: bool) -> None:
    """One line a source that was checked; ! marks those that wait for kbs links confirm."""
    known, _ = records.read(settings().var)
    chosen = [check for _, check in sorted(known.items()) if state in (None, check.state)]
    if as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(_HEADINGS)
        writer.writerows(map(_cells, chosen))
        return
    for check in chosen:
        mark = "!" if check.may_be_confirmed else " "
        click.echo(f"{mark} {check.day}  {check.slug}: {_in_short(check)}")
    if not chosen:
        click.echo(Words("Er is nog niets nagekeken.", "Nothing was checked yet.").in_language(lang))


@links_group.command("confirm")
@root_option
@lang_option
@click.argument("slugs", metavar="SLUG...", nargs=-1, required=True)
def confirm_command(root: Path | None, lang: str, slugs: tuple[str, ...]) -> None:
    """Confirm that the pages of these sources have disappeared. Look at them yourself first; then run kbs build."""
    config = settings(root=root.resolve() if root else None)
    with records.alone(config.var):
        for slug in slugs:
            click.echo(f"{slug}: {_in_short(checking.confirm(config.root, config.var, slug))}")
    words = Words("Draai nu kbs build om dit te tonen.", "Now run kbs build to show this.")
    click.echo(words.in_language(lang), err=True)


def _in_short(check: LinkCheck) -> str:
    reason = " ".join(str(part) for part in (check.status, check.failure) if part)
    since = f" ({check.failures}x, {check.failing_since})" if check.failures and check.state != GONE else ""
    return f"{check.state} {reason}{since}" + (f" -> {check.moved_to}" if check.moved_to else "")


def _cells(check: LinkCheck) -> tuple[object, ...]:
    dates = (check.day, check.last_worked, check.failing_since)
    day, worked, since = ("" if value is None else value.isoformat() for value in dates)
    ready = "yes" if check.may_be_confirmed else ""
    found = (check.status or "", check.failure, check.moved_to or "")
    return (check.slug, check.state, day, worked, *found, since, check.failures or "", ready, check.address)


def _tell_of_requests() -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    logging.getLogger(fetching.__name__).addHandler(handler)
    logging.getLogger(fetching.__name__).setLevel(logging.INFO)


def _today() -> date:
    return datetime.now(UTC).date()


def _now() -> str:
    return time.strftime("%H:%M:%S")
