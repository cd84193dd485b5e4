"""The command that freezes a version."""

import sys
from datetime import date, datetime
from pathlib import Path

import click

from kbs_graph import findings, fingerprints, release
from kbs_graph.booklet import shelf
from kbs_graph.cli.options import FOUND, lang_option, root_option
from kbs_graph.config import settings
from kbs_graph.errors import Words

_COUNTED = {
    fingerprints.ADDED: Words("toegevoegd", "added"),
    fingerprints.CHANGED: Words("gewijzigd", "changed"),
    fingerprints.RENAMED: Words("hernoemd", "renamed"),
    fingerprints.RETIRED: Words("vervallen", "retired"),
}


@click.command("release")
@click.argument("version")
@root_option
@lang_option
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Day of the release (default: today).")
@click.option("--notes-nl", help="What is new in this version, in Dutch, in one or two sentences.")
@click.option("--notes-en", help="The same in English; needed when there is a Dutch one.")
def release_command(
    version: str, root: Path | None, lang: str, day: datetime | None, notes_nl: str | None, notes_en: str | None
) -> None:
    """Freeze the present files as VERSION (three numbers, above the last) with a list of what changed.

    Exit 0: released, 1: the check found errors and nothing was written, 2: could not run.
    """
    config = settings(root=root.resolve() if root else None)
    notes = {tag: text for tag, text in (("nl", notes_nl), ("en", notes_en)) if text is not None}
    on = day.date() if day else date.today()
    outcome, made = release.release(config.root, config.var, version, on, notes, config.keep_snapshots)
    errors = [finding for finding in outcome.findings if finding.severity == findings.VIOLATION]
    if made is None:
        click.echo(findings.as_text(errors, lang))
        words = Words(
            f"Niet uitgegeven: los eerst {len(errors)} fouten op. Er is niets gewijzigd.",
            f"Not released: first mend {len(errors)} errors. Nothing was changed.",
        )
        click.echo(words.in_language(lang), err=True)
        sys.exit(FOUND)
    counted = ", ".join(f"{made.counts[kind]} {words.in_language(lang)}" for kind, words in _COUNTED.items())
    if made.first:
        counted = Words(f"de eerste, met {made.things} dingen", f"the first, of {made.things} things").in_language(lang)
    click.echo(Words(f"Uitgave {version}: {counted}.", f"Release {version}: {counted}.").in_language(lang))
    click.echo(Words("Leg deze bestanden vast in git:", "Commit these files to git:").in_language(lang))
    for name in made.written:
        click.echo(f"  {name}")
    shelf.make(made.snapshot)
