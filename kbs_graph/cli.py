"""The command line `kbs`: a thin coat over the library. Each command stands in a `cli_` module of its own subject."""

from importlib import import_module

import click

from kbs_graph import __version__
from kbs_graph.cli_options import NOT_RUN
from kbs_graph.errors import KbsError

COMMANDS = {
    "booklet": "cli_booklet.booklet_command",
    "build": "cli_build.build_command",
    "check": "cli_build.check_command",
    "contribute": "cli_contributions.contribute_command",
    "contributions": "cli_contributions.contributions_group",
    "gaps": "cli_gaps.gaps_command",
    "links": "cli_links.links_group",
    "network-of-terms": "cli_interop.network_of_terms_command",
    "pictures": "cli_editing.pictures_command",
    "publish": "cli_publish.publish_command",
    "release": "cli_release.release_command",
    "review": "cli_editing.review_group",
    "scan": "cli_scan.scan_command",
    "search-check": "cli_search.search_check_command",
    "serve": "cli_serve.serve_command",
    "snapshots": "cli_build.snapshots_group",
    "suggestions": "cli_suggestions.suggestions_group",
    "texts": "cli_editing.texts_command",
    "token": "cli_tokens.token_group",
    "w3id": "cli_interop.w3id_command",
}
"""Where each command stands: module and name."""


class Commands(click.Group):
    """Loads what a command needs when it is asked for, and no more: serving is to take little time and memory.

    Every KbsError, and every refusal of the system, becomes one clear line in both languages and exit code 2.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(".")
        command: click.Command = getattr(import_module(f"kbs_graph.{module}"), name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except KbsError as error:
            click.echo(f"{error.words.nl}\n{error.words.en}", err=True)
            ctx.exit(NOT_RUN)
        except BrokenPipeError:
            raise
        except OSError as error:
            click.echo(f"Dat ging niet: {error}\nThat could not be done: {error}", err=True)
            ctx.exit(NOT_RUN)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kbs")
def main() -> None:
    """Kennisbouwstenen: check, build and serve the knowledge graph. Settings: KBS_* in the environment."""
