"""`kbs check`, `kbs build` and `kbs snapshots`: from files to the snapshot in use, and back to an earlier one."""

import sys
from pathlib import Path

import click

from kbs_graph import build, findings
from kbs_graph.booklet import shelf
from kbs_graph.cli.options import CLEAN, FOUND, lang_option, root_option
from kbs_graph.config import settings
from kbs_graph.errors import Words
from kbs_graph.snapshots import SnapshotStore

STEP_WORDS = {
    "read": Words("Bestanden lezen", "Reading files"),
    "derive": Words("Graaf aanvullen", "Completing the graph"),
    "validate": Words("Regels controleren", "Checking the rules"),
    "copy": Words("Vorige graaf kopiëren", "Copying the previous graph"),
    "write": Words("Graaf schrijven", "Writing the graph"),
    "flush": Words("Wegschrijven afronden", "Finishing the writing"),
    "fsync": Words("Vastleggen op schijf", "Making it durable"),
    "rename": Words("Momentopname benoemen", "Naming the snapshot"),
    "flip": Words("Momentopname in gebruik nemen", "Putting the snapshot to use"),
    "dumps": Words("Downloads maken", "Making the downloads"),
    "booklets": Words("Boekjes maken", "Making the booklets"),
}


@click.command("check")
@root_option
@lang_option
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "report"]), default="text", help="Form of findings."
)
@click.option("--quiet", is_flag=True, help="Show errors only; warnings are counted.")
def check_command(root: Path | None, lang: str, form: str, quiet: bool) -> None:
    """Check everything. Exit 0: clean, 1: findings, 2: could not run."""
    config = settings(root=root.resolve() if root else None)
    outcome = build.check(config.root.resolve(), _progress(lang), config.var)
    _report(outcome, lang, form, quiet)
    sys.exit(FOUND if not outcome.ok else CLEAN)


@click.command("build")
@root_option
@lang_option
@click.option("--no-booklets", is_flag=True, help="Leave the booklets to the next build (saves half a minute).")
def build_command(root: Path | None, lang: str, no_booklets: bool) -> None:
    """Check everything and publish it as the snapshot to serve. Exit codes as for check."""
    config = settings(root=root.resolve() if root else None)
    outcome, snapshot = build.build(config.root, config.var, config.keep_snapshots, _progress(lang))
    _report(outcome, lang, "text", quiet=True)
    if snapshot is None:
        words = Words(
            "Niet gepubliceerd: los eerst de fouten op. De vorige graaf blijft in gebruik.",
            "Not published: first mend the errors. The previous graph stays in use.",
        )
        click.echo(words.in_language(lang), err=True)
        sys.exit(FOUND)
    if not no_booklets:
        _progress(lang)("booklets")
        shelf.make(snapshot)
    words = Words(f"Momentopname {snapshot.number} is in gebruik.", f"Snapshot {snapshot.number} is in use.")
    click.echo(f"{words.in_language(lang)} {snapshot.content_hash}")


@click.group("snapshots")
def snapshots_group() -> None:
    """List published snapshots, or go back to one."""


@snapshots_group.command("list")
def list_snapshots() -> None:
    """One line a snapshot; the current one is marked with *."""
    store = SnapshotStore(settings().var)
    current = store.current().number
    for snapshot in store.list():
        mark = "*" if snapshot.number == current else " "
        click.echo(f"{mark} {snapshot.number:>4}  {snapshot.manifest['created']}  {snapshot.content_hash}")


@snapshots_group.command("use")
@click.argument("number", type=int)
def use_snapshot(number: int) -> None:
    """Make snapshot NUMBER the current one."""
    snapshot = SnapshotStore(settings().var).roll_back(number)
    click.echo(f"* {snapshot.number}  {snapshot.content_hash}")


def _progress(lang: str) -> build.Progress:
    return lambda step: click.echo(f"  {STEP_WORDS[step].in_language(lang)} …", err=True)


def _report(outcome: build.Checked, lang: str, form: str, quiet: bool) -> None:
    if form == "json":
        click.echo(findings.as_json(outcome.findings, outcome.facts))
    elif form == "report":
        click.echo(findings.as_validation_report(outcome.findings))
    else:
        shown = [f for f in outcome.findings if not quiet or f.severity == findings.VIOLATION]
        if shown:
            click.echo(findings.as_text(shown, lang))
        click.echo(_summary(outcome.facts).in_language(lang))


def _summary(facts: dict[str, object]) -> Words:
    wrong, warned, looked = facts["violations"], facts["warnings"], facts["focusNodes"]
    return Words(
        f"{wrong} fouten, {warned} waarschuwingen; {looked} dingen gecontroleerd in {facts['graphs']} grafen "
        f"({facts['triples']} uitspraken).",
        f"{wrong} errors, {warned} warnings; {looked} things checked in {facts['graphs']} graphs "
        f"({facts['triples']} statements).",
    )
