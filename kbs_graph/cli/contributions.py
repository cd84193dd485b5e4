"""The commands for what organisations say about sources: handing in from here, and what the journal keeps."""

import sys
from dataclasses import replace
from pathlib import Path

import click

from kbs_graph import findings
from kbs_graph.cli.options import CLEAN, FOUND, lang_option
from kbs_graph.config import settings
from kbs_graph.contributions import graphs, handing_in, journal, publishing
from kbs_graph.contributions.handing_in import Wish
from kbs_graph.contributions.journal import Version
from kbs_graph.contributions.model import Contribution, Outcome
from kbs_graph.errors import BadRequest, NotFound, TooLarge, Words
from kbs_graph.findings import Finding
from kbs_graph.serialize import GRAPH_FORMATS, N_QUADS, TRIG, document
from kbs_graph.service import Service
from kbs_graph.terms import ID

LARGEST = 50 << 20
"""Bytes of a file from an operator, who is trusted not to be in the way of others."""
_ENDINGS = {
    **{f".{ending}": form.media_type for ending, form in GRAPH_FORMATS.items()},
    ".json": GRAPH_FORMATS["jsonld"].media_type,
    ".xml": GRAPH_FORMATS["rdf"].media_type,
    ".trig": TRIG.media_type,
    ".nq": N_QUADS.media_type,
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_STATUS = {
    "created": Words("Aangenomen: dit is nieuw.", "Taken in: this is new."),
    "replaced": Words("Aangenomen: dit vervangt wat er stond.", "Taken in: this replaces what was there."),
    "unchanged": Words("Er verandert niets: dit stond er al.", "Nothing changes: this was there already."),
    "emptied": Words("Ingetrokken: er staat niets meer.", "Taken back: nothing is left."),
    "checked": Words("Gecontroleerd: dit kan zo worden aangeleverd.", "Checked: this can be handed in."),
    "refused": Words("Niet aangenomen: los eerst de fouten op.", "Not taken in: first mend the errors."),
}
_STEPS = {
    "journal": Words("Vastleggen in het journaal", "Keeping it in the journal"),
    "copy": Words("Momentopname maken", "Making a snapshot"),
    "flip": Words("Momentopname in gebruik nemen", "Putting the snapshot to use"),
}
_COUNTS = {
    "sources": Words("bronnen", "sources"),
    "triples": Words("uitspraken", "statements"),
    "known": Words("bekend", "known"),
    "new": Words("nieuw", "new"),
    "added": Words("erbij", "added"),
    "removed": Words("eraf", "removed"),
    "heldBack": Words("zegt een ander al", "said by another already"),
}


@click.command("contribute")
@lang_option
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--org", required=True, help="The organisation that says this, by its slug (such as nji).")
@click.option("--check", is_flag=True, help="Only look whether it can be taken in.")
@click.option("--partial", is_flag=True, help="Leave out what breaks a rule, and take in the rest.")
@click.option("--add", is_flag=True, help="Add to what the organisation said before, instead of replacing it.")
def contribute_command(lang: str, file: Path, org: str, check: bool, partial: bool, add: bool) -> None:
    """Hand in FILE (linked data or a sheet) for an organisation. Exit 0: taken in, 1: refused, 2: could not run."""
    media_type = _ENDINGS.get(file.suffix.lower())
    if media_type is None:
        there = ", ".join(_ENDINGS)
        raise BadRequest(f"{file}: we lezen {there}.", f"{file}: we read {there}.")
    if file.stat().st_size > LARGEST:
        raise TooLarge(f"{file} is groter dan {LARGEST >> 20} MiB.", f"{file} is larger than {LARGEST >> 20} MiB.")
    config = settings()
    service = Service(config)
    snapshot = service.at_hand().snapshot
    _tell(Words(f"{file} lezen en controleren …", f"Reading and checking {file} …"), lang)
    wish = Wish("post" if add else "put", "cli", check, partial)
    body = file.read_bytes()
    outcome = handing_in.hand_in(config, service.sandbox, snapshot, org, media_type, body, wish, _progress(lang))
    _report(outcome, lang, str(file))
    sys.exit(CLEAN if outcome.ok else FOUND)


@click.group("contributions")
def contributions_group() -> None:
    """What organisations said about sources, in every version."""


@contributions_group.command("list")
@lang_option
@click.option("--org", help="All versions of this organisation.")
def list_command(lang: str, org: str | None) -> None:
    """One line an organisation (its last version) and what of it is set aside, or, with --org, one line a version."""
    config = settings()
    var = config.var
    if org:
        found = list(journal.versions(var, org))
    else:
        found = [version for name in journal.organisations(var) if (version := journal.latest(var, name))]
    for version in found:
        click.echo(_line(version))
        if aside := [] if org else _placed(publishing.set_aside(config, version.organisation), version.organisation):
            click.echo(findings.as_text(aside, lang))
    if not found:
        click.echo(Words("Er is nog niets aangeleverd.", "Nothing was handed in yet.").in_language(lang))


@contributions_group.command("show")
@click.argument("org")
@click.option("--version", "number", type=int, help="An earlier version (default: the last).")
def show_command(org: str, number: int | None) -> None:
    """What ORG says, as Turtle."""
    var = settings().var
    click.echo(document(graphs.parsed(_contribution(var, org, number).lines), ID), nl=False)


@contributions_group.command("diff")
@click.argument("org")
@click.argument("before", type=int)
@click.argument("after", type=int, required=False)
def diff_command(org: str, before: int, after: int | None) -> None:
    """What changed from version BEFORE to version AFTER (default: the last), line by line."""
    var = settings().var
    changed = journal.diff(journal.read(var, org, before), _contribution(var, org, after))
    for sign, lines in (("-", changed.removed), ("+", changed.added)):
        for line in lines:
            click.echo(f"{sign} {line}")


@contributions_group.command("rollback")
@lang_option
@click.argument("org")
@click.argument("number", type=int)
@click.option("--partial", is_flag=True, help="Leave out what no longer fits.")
def rollback_command(lang: str, org: str, number: int, partial: bool) -> None:
    """Let version NUMBER of ORG hold again, as a new version; nothing is lost."""
    config = settings()
    outcome = publishing.accept(
        config,
        journal.read(config.var, org, number),
        "rollback",
        "cli",
        partial=partial,
        note=f"version {number}",
        progress=_progress(lang),
    )
    _report(outcome, lang)
    sys.exit(CLEAN if outcome.ok else FOUND)


def _contribution(var: Path, org: str, number: int | None) -> Contribution:
    """A version of an organisation, or the last. Raises NotFound when it never said anything."""
    if number is None and journal.latest(var, org) is None:
        raise NotFound(f"{org} heeft nog niets aangeleverd.", f"{org} has handed in nothing yet.")
    return journal.current(var, org) if number is None else journal.read(var, org, number)


def _line(version: Version) -> str:
    counts = f"{version.counts.get('sources', 0):>6} {version.counts.get('triples', 0):>7}"
    head = f"{version.organisation:20} {version.number:>5}  {version.when}  {version.how:8} {counts}"
    return f"{head}  {version.by}  {version.note}".rstrip()


def _report(outcome: Outcome, lang: str, file: str | None = None) -> None:
    if outcome.findings:
        click.echo(findings.as_text(_placed(outcome.findings, file), lang))
    if outcome.left_out:
        click.echo(Words("Weggelaten:", "Left out:").in_language(lang))
        click.echo(findings.as_text(_placed(outcome.left_out, file), lang))
    numbers = (f"{_COUNTS[name].in_language(lang)} {number}" for name, number in outcome.counts.items())
    click.echo(f"{_STATUS[outcome.status].in_language(lang)} {' · '.join(numbers)}".rstrip())
    if outcome.version and outcome.ok and outcome.status != "checked":
        words = Words(
            f"Versie {outcome.version}, momentopname {outcome.snapshot}.",
            f"Version {outcome.version}, snapshot {outcome.snapshot}.",
        )
        click.echo(words.in_language(lang))


def _placed(found: tuple[Finding, ...], file: str | None) -> list[Finding]:
    return findings.in_order(replace(finding, file=file) for finding in found)


def _progress(lang: str) -> publishing.Progress:
    return lambda step: _tell(_STEPS[step], lang) if step in _STEPS else None


def _tell(words: Words, lang: str) -> None:
    click.echo(words.in_language(lang), err=True)
