"""The commands for editors: measuring the texts, and having them confirmed."""

import sys
from datetime import date
from pathlib import Path

import click

from kbs_graph import files, findings, review, review_sheet, texts
from kbs_graph.cli.options import CLEAN, FOUND, lang_option, root_option
from kbs_graph.config import settings
from kbs_graph.errors import Words
from kbs_graph.terms import ID


@click.command("texts")
@root_option
@lang_option
@click.option("--report", is_flag=True, help="Show the completeness table and the hardest sentences too.")
def texts_command(root: Path | None, lang: str, report: bool) -> None:
    """Measure what people read: sentences, abbreviations, repetition, English. Exit 0: clean, 1: findings."""
    measured = texts.measure(texts.store_of(files.read(_root(root))))
    if report:
        _show(measured)
    if measured.findings:
        click.echo(findings.as_text(measured.findings, lang))
    words = Words(
        f"{measured.sentences} zinnen, gemiddeld {measured.average:.1f} woorden, {measured.passive:.1%} lijdend; "
        f"{len(measured.findings)} punten.",
        f"{measured.sentences} sentences, {measured.average:.1f} words on average, {measured.passive:.1%} passive; "
        f"{len(measured.findings)} findings.",
    )
    click.echo(words.in_language(lang))
    sys.exit(FOUND if measured.findings else CLEAN)


@click.group("review")
def review_group() -> None:
    """Have texts confirmed by an expert, and see what is due."""


@review_group.command("export")
@click.argument("domain")
@root_option
@click.option("--output", type=click.Path(path_type=Path), help="Where to write (default: <domain>.xlsx here).")
def export_command(domain: str, root: Path | None, output: Path | None) -> None:
    """Write the texts of DOMAIN to a sheet (XLSX) for an expert to mark."""
    rows = review.rows(_root(root), domain)
    target = output or Path(f"{domain}.xlsx")
    review_sheet.write(target, domain, rows)
    click.echo(f"{target}: {len(rows)}")


@review_group.command("import")
@click.argument("sheet", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@root_option
@lang_option
def import_command(sheet: Path, root: Path | None, lang: str) -> None:
    """Record what an expert confirmed in SHEET; list what must change. With a fault in the sheet nothing changes."""
    outcome = review.record(_root(root), review_sheet.read(sheet))
    if outcome.findings:
        click.echo(findings.as_text(outcome.findings, lang))
        sys.exit(FOUND)
    for thing in outcome.confirmed:
        click.echo(Words(f"bevestigd: {thing}", f"confirmed: {thing}").in_language(lang))
    for thing in outcome.partly:
        click.echo(Words(f"deels bevestigd: {thing}", f"partly confirmed: {thing}").in_language(lang))
    for row in outcome.remarks:
        click.echo(f"{row.verdict or '-'}: {row.key}\n    {row.dutch}\n    → {row.remark}")


@review_group.command("due")
@root_option
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="As of this day (default: today).")
def due_command(root: Path | None, day: date | None) -> None:
    """List what must be read again, the longest overdue first."""
    for item in review.due(_root(root), date.today() if day is None else date(day.year, day.month, day.day)):
        click.echo(f"{item.before}  {item.iri.removeprefix(ID)}  {item.label} ({item.status})")


@click.command("pictures")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
def pictures_command(folder: Path) -> None:
    """Draw the icons and the cards for shared links again, into FOLDER (ours: webui/static)."""
    from kbs_graph import pictures  # the imaging library, for this command only

    for path in pictures.write(folder):
        click.echo(f"{path}: {path.stat().st_size}")


def _root(root: Path | None) -> Path:
    return (root or settings().root).resolve()


def _show(measured: texts.Measured) -> None:
    click.echo(f"{'field':34} {'nl':>5} {'en':>5}")
    for field, found in measured.counts.items():
        click.echo(f"{field:34} {found.get('nl', 0):5} {found.get('en', 0):5}")
    click.echo("\nhardest sentences")
    for length, thing, sentence in measured.hardest:
        click.echo(f"{length:3}  {thing.removeprefix(ID)}\n     {sentence}")
