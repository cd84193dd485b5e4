"""The command line `kbs`: a thin coat over the library. Each command stands in a module of its own subject."""

from importlib import import_module

import click

from kbs_graph import __version__
from kbs_graph.cli.options import NOT_RUN
from kbs_graph.errors import KbsError

COMMANDS = {
    "booklet": "booklet.booklet_command",
    "build": "build.build_command",
    "check": "build.check_command",
    "contribute": "contributions.contribute_command",
    "contributions": "contributions.contributions_group",
    "gaps": "gaps.gaps_command",
    "links": "links.links_group",
    "network-of-terms": "interop.network_of_terms_command",
    "pictures": "editing.pictures_command",
    "publish": "publish.publish_command",
    "release": "release.release_command",
    "review": "editing.review_group",
    "scan": "scan.scan_command",
    "search-check": "search.search_check_command",
    "serve": "serve.serve_command",
    "snapshots": "build.snapshots_group",
    "suggestions": "suggestions.suggestions_group",
    "texts": "editing.texts_command",
    "token": "tokens.token_group",
    "w3id": "interop.w3id_command",
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
        command: click.Command = getattr(import_module(f"kbs_graph.cli.{module}"), name)
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
