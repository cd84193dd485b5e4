"""The commands that make what others need to have of us, for the public address of the site."""

from collections.abc import Mapping
from pathlib import Path

import click

from kbs_graph.cli.options import lang_option
from kbs_graph.config import settings
from kbs_graph.errors import Words
from kbs_graph.interop import network_of_terms, w3id

_base = click.option("--base", help="Public address of the site, with https (default: KBS_BASE_URL).")
_out = click.option(
    "--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder to write the files in."
)


@click.command("network-of-terms")
@_base
@_out
@lang_option
def network_of_terms_command(base: str | None, out: Path, lang: str) -> None:
    """Write our entry for the catalogue of the Network of Terms: description, search and lookup query, publisher."""
    _write(network_of_terms.entry(_address(base)), out, lang)


@click.command("w3id")
@_base
@click.option("--maintainer", required=True, help="User name at GitHub of who looks after the redirect.")
@_out
@lang_option
def w3id_command(base: str | None, maintainer: str, out: Path, lang: str) -> None:
    """Write the folder to register at w3id.org, so that the IRIs of the graph lead to the site."""
    _write(w3id.entry(_address(base), maintainer), out, lang)


def _address(base: str | None) -> str:
    return settings(base_url=base).base_url


def _write(texts: Mapping[str, str], out: Path, lang: str) -> None:
    for name, text in texts.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        click.echo(f"{Words('Geschreven', 'Written').in_language(lang)}: {path}")
