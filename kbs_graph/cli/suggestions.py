"""The commands for the editors' inbox: what came in, what is done with it, and all of it as a sheet."""

from datetime import UTC, datetime
from pathlib import Path

import click

from kbs_graph import suggestions, tables
from kbs_graph.cli.options import lang_option
from kbs_graph.config import settings
from kbs_graph.errors import Words
from kbs_graph.suggestions import STATES, Suggestion

state_choice = click.Choice(STATES, case_sensitive=False)


@click.group("suggestions")
def suggestions_group() -> None:
    """Read and handle what readers of the site passed on."""


@suggestions_group.command("list")
@lang_option
@click.option("--state", type=state_choice, help="Only those in this state.")
def list_command(lang: str, state: str | None) -> None:
    """One line a suggestion, the longest waiting first."""
    found = suggestions.every(settings().var, state)
    for item in found:
        beginning = " ".join(item.text.split())
        short = beginning if len(beginning) <= 60 else beginning[:59] + "…"
        click.echo(f"{item.shown}  {item.received[:10]}  {item.state:16}  {item.kind:11}  {item.page or '-'}  {short}")
    if not found:
        click.echo(Words("Er zijn geen suggesties.", "There are no suggestions.").in_language(lang))


@suggestions_group.command("show")
@click.argument("number")
def show_command(number: str) -> None:
    """Everything about suggestion NUMBER (such as 4821-9036)."""
    _show(suggestions.find(settings().var, number))


@suggestions_group.command("handle")
@click.argument("number")
@click.option("--state", type=state_choice, required=True, help="What became of it.")
@click.option("--answer-nl", help="The answer in Dutch; anyone with the number can read it.")
@click.option("--answer-en", help="The answer in English; needed when there is a Dutch one.")
def handle_command(number: str, state: str, answer_nl: str | None, answer_en: str | None) -> None:
    """Give suggestion NUMBER another state and, if you wish, an answer."""
    answer = {tag: text for tag, text in (("nl", answer_nl), ("en", answer_en)) if text is not None}
    _show(suggestions.handle(settings().var, number, state, answer, datetime.now(UTC)))


@suggestions_group.command("erase")
@click.argument("number")
def erase_command(number: str) -> None:
    """Empty the text of suggestion NUMBER, when its sender asks for that. The number stays."""
    _show(suggestions.erase(settings().var, number, datetime.now(UTC)))


@suggestions_group.command("export")
@lang_option
@click.option("--state", type=state_choice, help="Only those in this state.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The CSV file to write.")
def export_command(lang: str, state: str | None, output: Path) -> None:
    """Write all suggestions to a sheet (CSV). A text that a spreadsheet would calculate is made plain text."""
    found = suggestions.every(settings().var, state)
    rows = tuple(
        (s.shown, s.received, s.kind, s.page, s.text, s.language, s.state, s.changed, *map(s.answer.get, ("nl", "en")))
        for s in found
    )
    headings = _HEADINGS[lang]
    content = tables.Table("", lang, headings, tuple(tuple(cell or "" for cell in row) for row in rows), None)
    output.write_bytes(tables.as_csv(content))
    click.echo(f"{output}: {len(found)}")


_HEADINGS = {
    "nl": ("nummer", "ontvangen", "soort", "pagina", "tekst", "taal", "staat", "veranderd", "antwoord", "Engels"),
    "en": ("number", "received", "kind", "page", "text", "language", "state", "changed", "Dutch", "answer"),
}


def _show(item: Suggestion) -> None:
    click.echo(f"{item.shown}  {item.kind}  {item.state} ({item.changed})")
    click.echo(f"{item.received}  {item.language}  {item.page or '-'}")
    click.echo(f"\n{item.text}")
    for language, text in sorted(item.answer.items()):
        click.echo(f"\n[{language}] {text}")
