"""The addresses of handing in resources: the pages, the sheets to fill in, and the piece for one's own site."""

from collections.abc import Iterable
from urllib.parse import quote, urlencode

from flask import Flask

from webui.i18n import language


def init(app: Flask) -> None:
    """Give the templates these functions beside those of `webui.urls`."""
    builders = app.jinja_env.globals["urls"]
    assert isinstance(builders, dict)
    builders.update({f.__name__: f for f in (deliver, deliver_template, deliver_file, snippet_maker)})


def deliver(step: str = "", tongue: str | None = None) -> str:
    """Where organisations hand in: the start, or a step (`controle`, `inleveren`, `pagina`, `leverancier`)."""
    return f"/{tongue or language()}/aanleveren" + (f"/{quote(step)}" if step else "")


def deliver_template(ending: str) -> str:
    """The empty sheet, as `xlsx` or `csv`."""
    return f"{deliver()}/sjabloon.{ending}"


def deliver_file(ending: str) -> str:
    """Where the sheet in the page is made a file: `xlsx`, `csv`, `ttl` or `jsonld`."""
    return f"{deliver()}/bestand.{ending}"


def snippet_maker(keys: Iterable[str] = (), title: str = "", address: str = "", tongue: str | None = None) -> str:
    """The page that makes the piece for one's own site, with the choices made in it."""
    pairs = [*(("begrip", key) for key in keys), ("titel", title), ("webadres", address)]
    asked = urlencode([(name, value) for name, value in pairs if value], safe="/")
    return deliver("stukje", tongue) + (f"?{asked}" if asked else "")
