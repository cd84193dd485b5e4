"""What the commands share: their exit codes and the options that several take."""

from pathlib import Path

import click

CLEAN, FOUND, NOT_RUN = 0, 1, 2
root_option = click.option(
    "--root", type=click.Path(path_type=Path), help="Folder with ontology/, shapes/ and data/ (default: this project)."
)
lang_option = click.option("--lang", type=click.Choice(["nl", "en"]), default="nl", help="Language of the messages.")
