"""The addresses of what institutes use: the reconciliation service, and what we give them back about their sources."""

from urllib.parse import quote

from flask import Flask

from webui import urls
from webui.i18n import is_asked, language


def init(app: Flask) -> None:
    """Give the templates these functions beside those of `webui.urls`."""
    builders = app.jinja_env.globals["urls"]
    assert isinstance(builders, dict)
    builders.update({function.__name__: function for function in (reconcile, organisation_file, snippets)})


def reconcile() -> str:
    """The reconciliation service; of one language when the address asked for says so."""
    return urls.absolute(f"/{language()}/reconcile" if is_asked() else "/reconcile")


def entity_template() -> str:
    """The address of a thing on this host, with {{id}} for its path."""
    return urls.absolute("/id/{{id}}" + (f"?lang={language()}" if is_asked() else ""))


def organisation_file(slug: str, name: str) -> str:
    """What an institute can take along: `links.csv` or `nieuw.atom`."""
    return f"{urls.page('organisatie', slug)}/{quote(name)}"


def snippets(slug: str) -> str:
    """The page with the JSON-LD that an institute can put on its own pages."""
    return f"{urls.page('organisatie', slug)}/jsonld"
