"""The addresses that programs ask, and of the page that tells programmers about them."""

from flask import Flask

from webui import urls
from webui.i18n import language


def init(app: Flask) -> None:
    """Give the templates these functions beside those of `webui.urls`."""
    builders = app.jinja_env.globals["urls"]
    assert isinstance(builders, dict)
    builders.update({function.__name__: function for function in (programming, openapi, skosmos, void)})


def programming() -> str:
    """The page for programmers."""
    return f"/{language()}/programmeren"


def openapi() -> str:
    """The OpenAPI 3.1 description of the JSON addresses."""
    return "/openapi.json"


def skosmos() -> str:
    """The base of the Skosmos REST v1 addresses, as its clients want it: with a slash at the end."""
    return urls.absolute("/rest/v1/")


def void() -> str:
    """Where machines find the description of the dataset (VoID, section 7.2)."""
    return "/.well-known/void"
