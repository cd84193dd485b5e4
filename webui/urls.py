"""Every address of the site is built here, and here alone (architecture: one address rule)."""

from urllib.parse import quote, urlencode, urlsplit

from flask import Flask, request
from werkzeug.routing import BaseConverter

from kbs_graph.model import Ref
from kbs_graph.serialize import GRAPH_FORMATS
from kbs_graph.terms import KINDS
from webui.i18n import LANGUAGES, language
from webui.serving import settings

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


class LanguageConverter(BaseConverter):
    regex = "(?:" + "|".join(LANGUAGES) + ")"
    part_isolating = True


class SegmentConverter(BaseConverter):
    regex = "(?:" + "|".join(KINDS) + ")"
    part_isolating = True


class SlugConverter(BaseConverter):
    """The second part of the path of a thing: anything else cannot be one of ours and is a 404 at once."""

    regex = "[a-z0-9][a-z0-9-]{0,199}"
    part_isolating = True


class EndingConverter(BaseConverter):
    regex = "(?:" + "|".join(GRAPH_FORMATS) + ")"
    part_isolating = True


def init(app: Flask) -> None:
    """Teach the app the parts of our addresses, and the templates this module's functions."""
    app.url_map.converters.update(
        lang=LanguageConverter, segment=SegmentConverter, slug=SlugConverter, ending=EndingConverter
    )
    builders = (home, kind, page, thing, data, downloads, dump, definition, context, sparql, search, static)
    others = (absolute, external, switch, address_of)
    app.jinja_env.globals.update(
        urls={function.__name__: function for function in (*builders, *others)},
        graph_formats=GRAPH_FORMATS,
        licence=LICENCE,
    )


def absolute(path: str) -> str:
    """A path as a public address: under the configured base, else under the host that was asked."""
    base = settings().base_url or request.host_url
    return base.rstrip("/") + path


def home(tongue: str | None = None) -> str:
    return f"/{tongue or language()}/"


def kind(segment: str) -> str:
    """The list of all things of a kind."""
    return f"/{language()}/{segment}"


def page(segment: str, slug: str, tongue: str | None = None) -> str:
    """The page of a thing."""
    return f"/{tongue or language()}/{segment}/{quote(slug, safe='')}"


def thing(segment: str, slug: str) -> str:
    """The address of the thing itself on this host, which answers 303."""
    return f"/id/{segment}/{quote(slug, safe='')}"


def data(segment: str, slug: str, ending: str = "") -> str:
    """The data of a thing in one format, or (without an ending) by negotiation."""
    return f"/data/{segment}/{quote(slug, safe='')}" + (f".{ending}" if ending else "")


def downloads() -> str:
    return f"/{language()}/data"


def dump(name: str) -> str:
    return f"/dumps/{quote(name)}"


def definition(tongue: str | None = None, ending: str = "") -> str:
    """The terms of the model: the page, or RDF in one format."""
    return f"/def.{ending}" if ending else f"/def?lang={tongue or language()}"


def context() -> str:
    return "/def/context.jsonld"


def sparql(query: str = "", tongue: str | None = None) -> str:
    """The query page, filled in with a query when one is given."""
    return "/sparql?" + urlencode({"lang": tongue or language(), **({"query": query} if query else {})})


def search(words: str = "") -> str:
    return f"/{language()}/zoeken" + (f"?{urlencode({'q': words})}" if words else "")


def static(name: str) -> str:
    return f"/static/{quote(name)}"


def external(address: str | None) -> str | None:
    """An address of others if it is one a page may link to (http or https), else None."""
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.netloc else None


def address_of(ref: Ref) -> str | None:
    """Where a link to a thing leads: our page of it, else its own web address, else nowhere."""
    return page(ref.segment, ref.slug) if ref.segment and ref.slug else external(ref.iri)


def switch(tongue: str) -> str:
    """The page being read, in another language."""
    parts = request.path.split("/")
    if parts[1] in LANGUAGES:
        path = "/".join(["", tongue, *(quote(part, safe="") for part in parts[2:])])
        asked = request.query_string.decode("latin-1")
        return path + (f"?{asked}" if asked else "")
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    return "/" + quote(request.path.lstrip("/")) + "?" + urlencode([("lang", tongue), *kept])
