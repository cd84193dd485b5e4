"""The commands for tokens: who may hand in through the web."""

from datetime import UTC, datetime

import click

from kbs_graph import catalog
from kbs_graph.cli.options import lang_option
from kbs_graph.config import settings
from kbs_graph.contributions import tokens
from kbs_graph.contributions.tokens import SCOPES, Scope, Token
from kbs_graph.errors import Words
from kbs_graph.service import Service


@click.group("token")
def token_group() -> None:
    """Give, list and revoke the tokens with which organisations hand in."""


@token_group.command("issue")
@lang_option
@click.option("--org", required=True, help="The organisation it is for, by its slug (such as nji).")
@click.option(
    "--days", type=click.IntRange(1, 3650), default=tokens.DAYS, show_default=True, help="How long it is good."
)
@click.option("--name", default="", help="What or who uses it; it stands in the journal.")
@click.option("--scope", type=click.Choice(SCOPES), default="write", show_default=True, help="What it is good for.")
def issue_command(lang: str, org: str, days: int, name: str, scope: Scope) -> None:
    """A new token. It is shown once: hand it over safely, for it cannot be read again."""
    config = settings()
    catalog.thing(Service(config).current().store, "organisatie", org)
    token, text = tokens.issue(config.var, org, days, name, scope)
    click.echo(text)
    words = Words(
        f"Dit is de enige keer dat het token te zien is. {token.id} geldt voor {org} tot {token.expires[:10]}; "
        f"intrekken: kbs token revoke {token.id}",
        f"This is the only time that the token can be seen. {token.id} is good for {org} until {token.expires[:10]}; "
        f"to revoke it: kbs token revoke {token.id}",
    )
    click.echo(words.in_language(lang), err=True)


@token_group.command("list")
@lang_option
@click.option("--org", help="Only those of this organisation.")
def list_command(lang: str, org: str | None) -> None:
    """One line a token: its id, organisation, scope, until when it is good, and its name."""
    found = [token for token in tokens.every(settings().var) if org in (None, token.organisation)]
    for token in found:
        state = _state(token).in_language(lang)
        click.echo(
            f"{token.id}  {token.organisation:20}  {token.scope:5}  {token.expires[:10]}  {state:10}  {token.name}"
        )
    if not found:
        click.echo(Words("Er zijn geen tokens.", "There are no tokens.").in_language(lang))


@token_group.command("revoke")
@lang_option
@click.argument("number", metavar="ID")
def revoke_command(lang: str, number: str) -> None:
    """Revoke the token with this ID, at once and for good."""
    token = tokens.revoke(settings().var, number)
    words = Words(
        f"Token {token.id} van {token.organisation} is ingetrokken.",
        f"Token {token.id} of {token.organisation} is revoked.",
    )
    click.echo(words.in_language(lang))


def _state(token: Token) -> Words:
    if token.revoked:
        return Words("ingetrokken", "revoked")
    return Words("geldig", "good") if token.is_good(datetime.now(UTC)) else Words("verlopen", "expired")
