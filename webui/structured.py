"""What a page says of itself in schema.org (JSON-LD): the page, the way to it, and the thing it is about.

A thing goes by its own IRI and has its labels in every language, as in its Turtle.
"""

import json
from collections.abc import Iterable
from typing import Any

from babel.core import get_global
from flask import Flask
from markupsafe import Markup

from kbs_graph import model
from kbs_graph.dataset.codes import FILES
from kbs_graph.dataset.description import CATALOGUE, About
from kbs_graph.dataset.model import Edition, Offer, Site
from kbs_graph.model import Ref, Tagged, Texts
from webui import labels, urls
from webui.i18n import LANGUAGES, gettext, language
from webui.wording import plain

Node = dict[str, Any]

_CONTEXT = "https://schema.org"
_SOURCE_TYPES = {
    "e-learning": "Course",
    "factsheet": "Article",
    "handreiking": "DigitalDocument",
    "onderzoek": "Report",
    "richtlijn": "DigitalDocument",
    "video": "VideoObject",
    "website": "WebPage",
    "wegwijzer": "WebPage",
}
"""The type of a source by the slug of its kind; another kind is a CreativeWork."""
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def init(app: Flask) -> None:
    app.jinja_env.filters.update(json_ld=written)
    app.jinja_env.globals.update(structured={"thing": of_thing, "home": of_home, "list": of_list})


def written(document: Node) -> Markup:
    """A document as JSON that can stand inside a script element: nothing in it can end that element."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return Markup("".join(_ESCAPES.get(sign, sign) for sign in text))  # noqa: S704 - just escaped


def of_home() -> Node:
    """The front page: the site, and how to search it."""
    search = urls.absolute(urls.search()) + "?q={search_term_string}"
    action = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": search},
        "query-input": "required name=search_term_string",
    }
    return {"@context": _CONTEXT, **_site(), "inLanguage": language(), "potentialAction": action}


def of_list(segment: str, number: int) -> Node:
    """The list of a kind with so many things."""
    page = _page(labels.many(segment), [])
    items = {"@type": "ItemList", "name": labels.many(segment), "numberOfItems": number}
    return {"@context": _CONTEXT, "@graph": [{**page, "@type": "CollectionPage", "mainEntity": items}]}


def of_thing(thing: model.Thing) -> Node:
    """The page of a thing and the thing itself."""
    way = [(labels.many(thing.segment), urls.kind(thing.segment))]
    page = _page(plain(thing.label), way)
    facts = thing.record
    page |= {"mainEntity": {"@id": thing.iri}, "license": urls.LICENCE}
    page |= _known({"dateCreated": facts.created, "dateModified": facts.modified})
    if facts.author:
        page["author"] = _named("Organization", facts.author)
    return {"@context": _CONTEXT, "@graph": [page, _node(thing)]}


def of_dataset(about: About, edition: Edition, site: Site) -> Node:
    """The page about the data and the dataset itself, with the files that hold all of it and the SPARQL endpoint."""
    page = _page(gettext("Data"), [])
    maker = [_named("Organization", Ref(iri, name)) for iri, name in about.makers]
    files = [_file(offer, edition) for offer in edition.offers if offer.file.is_whole]
    words = gettext("Ask the data a question (SPARQL)")
    asked = {"@type": "DataDownload", "name": words, "description": words, "license": urls.LICENCE}
    asked |= {"encodingFormat": "application/sparql-query", "contentUrl": site.endpoint}
    catalogue = {"@type": "DataCatalog", "@id": CATALOGUE, "name": gettext("Catalogue of Kennisbouwstenen")}
    dataset = {
        "@type": "Dataset",
        "@id": edition.iri,
        "identifier": edition.iri,
        "url": page["url"],
        "name": _texts(about.title),
        "description": _texts(about.text),
        "keywords": _tagged(Tagged(text, tag) for text, tag in about.keywords),
        "license": urls.LICENCE,
        "isAccessibleForFree": True,
        "creator": maker,
        "publisher": maker[:1],
        "inLanguage": list(LANGUAGES),
        "version": edition.version,
        "datePublished": edition.issued,
        "dateModified": edition.modified[:10],
        "spatialCoverage": {"@type": "Country", "name": gettext("Netherlands")},
        "includedInDataCatalog": {**catalogue, "publisher": maker[:1], "dataset": {"@id": edition.iri}},
        "distribution": [*files, asked],
    }
    return {"@context": _CONTEXT, "@graph": [{**page, "mainEntity": {"@id": edition.iri}}, _known(dataset)]}


def _file(offer: Offer, edition: Edition) -> Node:
    """A file for downloading; a packed one has the type of what is in it too."""
    file = offer.file
    packed = [file.sent_as] if file.sent_as != file.media_type else []
    return _known(
        {
            "@type": "DataDownload",
            "name": file.name,
            "description": FILES[file.ending].in_language(language()),
            "contentUrl": offer.address,
            "encodingFormat": [file.media_type, *packed],
            "contentSize": f"{file.bytes} B",
            "sha256": file.sha256,
            "inLanguage": file.language,
            "dateModified": edition.modified[:10],
            "license": urls.LICENCE,
        }
    )


def _site() -> Node:
    return {
        "@type": "WebSite",
        "@id": urls.absolute("/") + "#site",
        "name": "Kennisbouwstenen",
        "url": urls.absolute(urls.home()),
    }


def _page(name: str, way: list[tuple[str, str]]) -> Node:
    """A page of the site with the way to it: (name, path) of the pages between the front page and this one."""
    address = urls.absolute(urls.canonical())
    steps = [(gettext("Overview"), urls.home()), *way, (name, urls.canonical())]
    return {
        "@type": "WebPage",
        "@id": address,
        "url": address,
        "name": name,
        "inLanguage": language(),
        "isPartOf": _site(),
        "breadcrumb": {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": position, "name": words, "item": urls.absolute(path)}
                for position, (words, path) in enumerate(steps, 1)
            ],
        },
    }


def _node(thing: model.Thing) -> Node:
    """The thing itself, as the nearest type of schema.org."""
    common = _known(
        {
            "@id": thing.iri,
            "name": _texts(thing.label),
            "alternateName": _tagged(thing.alternatives),
            "description": _texts(thing.definition or thing.explanation),
            "sameAs": [ref.iri for name, ref in thing.mappings if name == "exactMatch"],
        }
    )
    match thing:
        case model.Source():
            return common | _known(
                {
                    "@type": _SOURCE_TYPES.get((thing.kind.slug if thing.kind else None) or "", "CreativeWork"),
                    "url": urls.external(thing.address),
                    "about": _linked((*thing.aspects, *thing.domains, *thing.target_groups)),
                    "publisher": [_named("Organization", ref) for ref in thing.publishers],
                    "datePublished": thing.year,
                    "audience": [{"@type": "Audience", "audienceType": _texts(ref.label)} for ref in thing.audiences],
                    "timeRequired": f"PT{thing.minutes}M" if thing.minutes else None,
                    "isAccessibleForFree": thing.free,
                    "inLanguage": [short_language(code) for code in thing.languages],
                }
            )
        case model.Organisation():
            return common | _known({"@type": "Organization", "url": urls.external(thing.homepage)})
        case model.Case():
            return common | _known(
                {
                    "@type": "LearningResource",
                    "learningResourceType": labels.one("casus"),
                    "text": _texts(thing.story),
                    "about": _linked([aspect.ref for aspect in thing.aspects]),
                    "inLanguage": sorted(thing.story),
                    "license": urls.LICENCE,
                }
            )
        case model.Scheme():
            return common | _known({"@type": "DefinedTermSet", "hasDefinedTerm": _linked(thing.members)})
    return common | _known(
        {
            "@type": "DefinedTerm",
            "termCode": thing.slug,
            "inDefinedTermSet": [_named("DefinedTermSet", scheme) for scheme in thing.schemes],
        }
    )


def _known(node: Node) -> Node:
    """A node without what is not known."""
    return {key: value for key, value in node.items() if value or value is False}


def _named(kind: str, ref: Ref) -> Node:
    return {"@type": kind, "@id": ref.iri, "name": _texts(ref.label)}


def _linked(refs: Iterable[Ref]) -> list[Node]:
    return [{"@id": ref.iri} for ref in refs]


def _texts(texts: Texts) -> list[Node]:
    return _tagged(Tagged(text, tag) for tag, text in sorted(texts.items()))


def _tagged(items: Iterable[Tagged]) -> list[Node]:
    return [_known({"@value": item.text, "@language": item.language}) for item in items]


def short_language(code: str) -> str:
    """A language as BCP 47 writes it, from its code of three letters."""
    key = code.lower()
    return str(get_global("language_aliases").get(key, key))
