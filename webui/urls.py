"""Every address of the site is built here, and here alone (architecture: one address rule)."""

from collections.abc import Iterable
from urllib.parse import quote, urlencode, urlsplit

from flask import Flask, request
from werkzeug.routing import BaseConverter

from kbs_graph.model import Ref
from kbs_graph.serialize import GRAPH_FORMATS
from kbs_graph.terms import KINDS
from webui import assets
from webui.i18n import LANGUAGES, language
from webui.serving import settings

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


class LanguageConverter(BaseConverter):
    regex = "(?:" + "|".join(LANGUAGES) + ")"
    part_isolating = True


class SegmentConverter(BaseConverter):
    regex = "(?:" + "|".join(KINDS) + ")"
    part_isolating = True


class VocabularyConverter(BaseConverter):
    """The id of a vocabulary, which begins an address: never a language, as those begin pages."""

    regex = "(?!(?:" + "|".join(LANGUAGES) + ")(?:/|$))[a-z0-9][a-z0-9-]{0,199}"
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
        lang=LanguageConverter,
        segment=SegmentConverter,
        slug=SlugConverter,
        ending=EndingConverter,
        vocabulary=VocabularyConverter,
    )
    builders = (home, kind, page, thing, data, downloads, dump, released, news, definition, context, sparql, search)
    ways = (suggestion, text, casefinder, mappings, booklets, booklet, coverage, coverage_sheet, part, wheel, static)
    lists = (listed, shortlist, carrying, sitemap, manifest, preview, canonical)
    others = (absolute, external, switch, address_of, graph)
    app.jinja_env.globals.update(
        urls={function.__name__: function for function in (*builders, *ways, *lists, *others)},
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


def listed(segment: str, pairs: Iterable[tuple[str, str]] = (), ending: str = "") -> str:
    """The list of a kind narrowed down by (parameter, value) pairs, as a page or as a sheet."""
    asked = urlencode(list(pairs))
    return kind(segment) + (f".{ending}" if ending else "") + (f"?{asked}" if asked else "")


def shortlist(keys: Iterable[str] = (), words: str = "") -> str:
    """A reader's own list: all that is in it stands in its address. A key is the path of a thing, `aspect/meldcode`."""
    pairs = [*(("p", key) for key in keys), *([("q", words)] if words else [])]
    return f"/{language()}/lijstje" + (f"?{urlencode(pairs, safe='/')}" if pairs else "")


def carrying(path: str, keys: Iterable[str]) -> str:
    """The address of a page that takes the reader's own list along."""
    kept = ",".join(keys)
    return f"{path}?lijst={quote(kept, safe='/,')}" if kept else path


def page(segment: str, slug: str, tongue: str | None = None) -> str:
    """The page of a thing."""
    return f"/{tongue or language()}/{segment}/{quote(slug, safe='')}"


def thing(segment: str, slug: str) -> str:
    """The address of the thing itself on this host, which answers 303."""
    return f"/id/{segment}/{quote(slug, safe='')}"


def data(segment: str, slug: str, ending: str = "") -> str:
    """The data of a thing in one format, or (without an ending) by negotiation."""
    return f"/data/{segment}/{quote(slug, safe='')}" + (f".{ending}" if ending else "")


def downloads(tongue: str | None = None) -> str:
    """The page about the data."""
    return f"/{tongue or language()}/data"


def dump(name: str) -> str:
    return f"/dumps/{quote(name)}"


def news(version: str = "", ending: str = "", tongue: str | None = None) -> str:
    """What is new and changed, at the place of one version, or as a feed or sheet (`atom`, `csv`, `json`)."""
    path = f"/{tongue or language()}/nieuw" + (f".{ending}" if ending else "")
    return path + (f"#{version.replace('.', '-')}" if version else "")


def released(version: str, name: str) -> str:
    """A dump file of a version that was released."""
    return f"/dumps/{quote(version)}/{quote(name)}"


def graph(name: str) -> str:
    """A named graph: that of an organisation (its slug), or of a file of the editors."""
    return f"/graphs/{quote(name, safe='')}"


def definition(tongue: str | None = None, ending: str = "") -> str:
    """The terms of the model: the page, or RDF in one format."""
    return f"/def.{ending}" if ending else f"/def?lang={tongue or language()}"


def context() -> str:
    return "/def/context.jsonld"


def sparql(query: str = "", tongue: str | None = None) -> str:
    """The query page, filled in with a query when one is given."""
    return "/sparql?" + urlencode({"lang": tongue or language(), **({"query": query} if query else {})})


def search(words: str = "", pairs: Iterable[tuple[str, str]] = (), number: int = 1) -> str:
    """What was found for words, narrowed down by (facet, value) pairs, from a page of results on."""
    asked = [*([("q", words)] if words else []), *pairs, *([("pagina", str(number))] if number > 1 else [])]
    return f"/{language()}/zoeken" + (f"?{urlencode(asked)}" if asked else "")


def suggestion(about: str = "", kind: str = "", text: str = "", tongue: str | None = None) -> str:
    """The form to tell the editors something: about which page, of what kind, and words to begin with."""
    given = {"over": about, "soort": kind, "tekst": text}
    asked = urlencode({name: value for name, value in given.items() if value})
    return f"/{tongue or language()}/suggestie" + (f"?{asked}" if asked else "")


def suggestion_state(number: str) -> str:
    """What became of a suggestion, by its number."""
    return f"/{language()}/suggestie/{quote(number, safe='')}"


def security() -> str:
    """Where RFC 9116 wants the file that says how to report a hole."""
    return "/.well-known/security.txt"


def text(name: str) -> str:
    """A page of text, such as `hulp` or `privacy`."""
    return f"/{language()}/{quote(name)}"


def casefinder(target_groups: Iterable[str] = (), signs: Iterable[str] = (), ending: str = "") -> str:
    """The case finder, with the choices (slugs) made in it, as a page or (ending `json`) as data."""
    chosen = [*(("doelgroep", slug) for slug in target_groups), *(("signaal", slug) for slug in signs)]
    path = f"/{language()}/casushulp" + (f".{ending}" if ending else "")
    return path + (f"?{urlencode(chosen)}" if chosen else "")


def booklets() -> str:
    """The booklets to print: the whole and every area, with what is in them."""
    return f"/{language()}/boekje"


def booklet(slug: str, ending: str) -> str:
    """A booklet: that of an area (its slug) or `kennisbouwstenen`, as `pdf` or `docx`."""
    return f"{booklets()}/{quote(slug, safe='')}.{ending}"


def coverage(gaps: str = "", pairs: Iterable[tuple[str, str]] = (), ending: str = "") -> str:
    """The map of what is there, or the list of a kind of gap (its slug) narrowed down by pairs; as a page or `json`."""
    path = f"/{language()}/dekking" + (f"/{quote(gaps, safe='')}" if gaps else "") + (f".{ending}" if ending else "")
    asked = urlencode(list(pairs))
    return path + (f"?{asked}" if asked else "")


def coverage_sheet(name: str, pairs: Iterable[tuple[str, str]] = ()) -> str:
    """A table of the map of what is there, or a list of gaps, as CSV."""
    return coverage(pairs=[("tabel", name), *pairs], ending="csv")


def mappings(pairs: Iterable[tuple[str, str]] = (), ending: str = "") -> str:
    """How our concepts meet other schemes, narrowed by (parameter, value) pairs; a page, `csv`, `json` or `tsv`."""
    asked = urlencode(list(pairs))
    return f"/{language()}/koppelingen" + (f".{ending}" if ending else "") + (f"?{asked}" if asked else "")


def part(path: str, anchor: str) -> str:
    """A place on a page, such as the general knowledge of a domain."""
    return f"{path}#{anchor}"


def wheel(ending: str, grey: bool = False, tongue: str | None = None) -> str:
    """The karrewiel as a file to download: `svg`, or a poster on A3 as `pdf`."""
    return f"/{tongue or language()}/karrewiel.{ending}" + ("?grijs=1" if grey else "")


def static(name: str) -> str:
    """A file of the site's own, under its hash."""
    return f"/static/{quote(name)}?v={assets.version(name)}"


def sitemap(name: str = "") -> str:
    """The list of all pages for search engines, or one part of it."""
    return f"/sitemap/{quote(name)}.xml" if name else "/sitemap.xml"


def manifest(tongue: str | None = None) -> str:
    """What a device shows of the site when it is kept among the apps."""
    return f"/manifest.webmanifest?lang={tongue or language()}"


def preview() -> str:
    """The picture that others show beside a link to us; one address for good, as they keep it."""
    return f"/static/card-{language()}.png"


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


def canonical(tongue: str | None = None) -> str:
    """The one address of the page being read, in a language: without filters, searches or the reader's own list."""
    spoken = switch(tongue or language())
    path = spoken.partition("?")[0]
    return path if path.split("/")[1] in LANGUAGES else f"{path}?lang={tongue or language()}"
