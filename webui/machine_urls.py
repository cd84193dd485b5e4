"""The addresses that programs ask, and of the page that tells programmers about them."""

from urllib.parse import urlencode

from flask import Flask

from kbs_graph.terms import DATASET, ID
from webui import urls
from webui.i18n import language


def init(app: Flask) -> None:
    """Give the templates these functions beside those of `webui.urls`."""
    builders = app.jinja_env.globals["urls"]
    assert isinstance(builders, dict)
    builders.update({function.__name__: function for function in (programming, openapi, skosmos, void, dataset)})
    builders.update({function.__name__: function for function in (sparql_example,)})


def programming(tongue: str | None = None, tool: str = "") -> str:
    """The page for programmers, with programs for curl or for another tool (`python`, `r`, `javascript`)."""
    return f"/{tongue or language()}/programmeren" + (f"/{tool}" if tool else "")


def openapi() -> str:
    """The OpenAPI 3.1 description of the JSON addresses."""
    return "/openapi.json"


def skosmos() -> str:
    """The base of the Skosmos REST v1 addresses, as its clients want it: with a slash at the end."""
    return urls.absolute("/rest/v1/")


def skosmos_data(vocabulary: str, iri: str, media_type: str) -> str:
    """What is said of a concept, as clients of Skosmos ask it: the vocabulary by its id, the concept by its IRI."""
    return f"{skosmos()}{vocabulary}/data?{urlencode({'uri': iri, 'format': media_type})}"


def void() -> str:
    """Where machines find the description of the dataset (VoID, section 7.2)."""
    return "/.well-known/void"


def dataset(ending: str = "") -> str:
    """The description of the dataset in one format, or (without an ending) by negotiation."""
    segment, _, slug = DATASET.removeprefix(ID).partition("/")
    return urls.data(segment, slug, ending)


def sparql_example(name: str) -> str:
    """The query page with an example in its field, by the name of the example."""
    return f"{urls.sparql()}&{urlencode({'voorbeeld': name})}"
