"""The addresses of what documents the model: terms, rules, the drawing, and versions of the ontology."""

from urllib.parse import quote

from flask import Flask
from werkzeug.routing import BaseConverter

from webui import urls
from webui.i18n import language

CONTRIBUTION = "contribution"
"""The part of the rules that judges what organisations send in."""


class VersionConverter(BaseConverter):
    """The number of a version of the ontology (semantic versioning)."""

    regex = r"(?:0|[1-9][0-9]{0,5})(?:\.(?:0|[1-9][0-9]{0,5})){2}"
    part_isolating = True


def init(app: Flask) -> None:
    """Teach the app what a version is, and give the templates these functions beside those of `webui.urls`."""
    app.url_map.converters["version"] = VersionConverter
    builders = app.jinja_env.globals["urls"]
    assert isinstance(builders, dict)
    ours = (borrowed_terms, rules, rule, rule_query, diagram, ontology_version, own_term, borrowed_term)
    builders.update({function.__name__: function for function in ours})


def own_term(name: str) -> str:
    """A term of our own (`k:part`) on the page of the model: the fragment is that of its IRI."""
    return urls.part(urls.definition(), name.removeprefix("k:"))


def borrowed_terms(tongue: str | None = None) -> str:
    """The terms of other vocabularies that we use."""
    return f"/def/borrowed?lang={tongue or language()}"


def borrowed_term(name: str) -> str:
    """A term of another vocabulary, by its compact IRI."""
    return urls.part(borrowed_terms(), name)


def rules(part: str = "", ending: str = "", tongue: str | None = None) -> str:
    """The rules, or those of one part: the page, or RDF in one format."""
    path = "/def/shapes" + (f"/{part}" if part else "")
    return f"{path}.{ending}" if ending else f"{path}?lang={tongue or language()}"


def rule(name: str, part: str = "") -> str:
    """A shape or rule, by the fragment of its IRI."""
    return urls.part(rules(part), name)


def rule_query(name: str) -> str:
    """The query that finds what breaks a rule over the whole."""
    return f"/def/shapes/{quote(name)}.rq"


def diagram(ending: str = "", tongue: str | None = None) -> str:
    """The drawing of the model: the page, or the picture (`svg`)."""
    return "/def/diagram" + (f".{ending}" if ending else "") + f"?lang={tongue or language()}"


def ontology_version(number: str, ending: str = "") -> str:
    """A version of the ontology, as its version IRI says it."""
    return f"/def/{quote(number)}" + (f".{ending}" if ending else "")
