"""A page of an organisation's own site, pasted: what its schema.org says, what is missing, and the piece to put in it.

Nothing is fetched: what is pasted is all there is. HTML by html.parser, JSON-LD as plain JSON; in the sandbox only.
"""

import json
import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from typing import Any

from kbs_graph.contributions import snippets
from kbs_graph.contributions.sheets import web_addresses
from kbs_graph.contributions.sheets.grid import decoded
from kbs_graph.contributions.sheets.names import SUBJECTS, Names
from kbs_graph.contributions.sheets.proposals import Proposal, Proposer
from kbs_graph.contributions.snippets import About
from kbs_graph.errors import BadRequest, Words
from kbs_graph.terms import parts_of

_SURE = 85
"""The score from which a proposal stands in the piece at once."""
_MOST_BLOCKS, _MOST_NODES = 50, 2_000
_ASIDE = frozenset(
    ("BreadcrumbList", "ListItem", "Organization", "Person", "ImageObject", "SearchAction", "WebSite", "ReadAction")
)
"""Classes that are seldom what a page is about."""
_READ = {
    "name": Words("titel", "title"),
    "headline": Words("titel", "title"),
    "url": Words("webadres", "web address"),
    "about": Words("waarover", "about"),
    "keywords": Words("trefwoorden", "keywords"),
    "learningResourceType": Words("soort", "kind"),
    "publisher": Words("uitgever", "publisher"),
    "datePublished": Words("datum", "date"),
    "inLanguage": Words("taal", "language"),
    "audience": Words("publiek", "audience"),
    "timeRequired": Words("tijd", "time"),
    "isAccessibleForFree": Words("gratis", "free"),
}
_MISSING = {
    "name": Words("De titel van de pagina.", "The title of the page."),
    "url": Words("Het webadres van de pagina.", "The web address of the page."),
    "about": Words(
        "Waar de pagina over gaat, met het adres van een begrip van Kennisbouwstenen.",
        "What the page is about, with the address of a concept of Kennisbouwstenen.",
    ),
    "inLanguage": Words("De taal van de pagina.", "The language of the page."),
    "publisher": Words("Wie de pagina maakt.", "Who makes the page."),
}
"""What we look for, and say when it is not there."""


class _Page(HTMLParser):
    """What a page says of itself outside and inside its JSON-LD."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self.found: dict[str, str] = {}
        self._inside = ""
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html" and given.get("lang"):
            self.found.setdefault("lang", given["lang"])
        elif tag == "link" and given.get("rel", "").lower() == "canonical":
            self.found.setdefault("url", given.get("href", ""))
        elif tag == "meta" and (name := given.get("property") or given.get("name", "")) in (
            "og:title",
            "og:url",
            "og:site_name",
        ):
            self.found.setdefault(name, given.get("content", ""))
        elif tag in ("title", "h1") or (tag == "script" and given.get("type", "").lower() == "application/ld+json"):
            self._inside, self._text = tag, ""

    def handle_data(self, data: str) -> None:
        if self._inside:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag != self._inside:
            return
        if tag == "script":
            self.blocks.append(self._text)
        else:
            self.found.setdefault(tag, " ".join(self._text.split())[:300])
        self._inside = ""


def answer(body: bytes, names: Names, proposer: Proposer, language: str) -> bytes:
    """What was read of a pasted page, as JSON for the page that tells it. Raises BadRequest for what is no page."""
    text = decoded(body).strip()
    page = _Page()
    if text.startswith(("{", "[")):
        page.blocks.append(text)
    else:
        page.feed(text)
        page.close()
    if not page.blocks and not page.found and "<" not in text:
        raise BadRequest(
            "Dit is geen HTML en geen JSON-LD. Kopieer de hele broncode van je pagina (Ctrl+U in de browser).",
            "This is no HTML and no JSON-LD. Copy the whole source of your page (Ctrl+U in the browser).",
        )
    nodes, broken = _nodes(page.blocks[:_MOST_BLOCKS])
    main = _main(nodes)
    said = _said(main)
    ours = [
        thing
        for value in _all(main.get("about")) + _all(main.get("keywords"))
        if (thing := _ours(value, names, language))
    ]
    title = (
        said.get("name")
        or said.get("headline")
        or page.found.get("og:title")
        or page.found.get("h1")
        or page.found.get("title", "")
    )
    proposals = proposer.propose(
        " ".join([title, *_words(main.get("keywords")), *_words(main.get("about"))]), language, dict(ours)
    )
    sure = [(p.iri, _name(p, names, language)) for p in proposals if p.score >= _SURE]
    about = _about(page, said, title, snippets.concepts(ours or sure), main)
    document = {
        "blocks": len(page.blocks),
        "broken": [words.in_language(language) for words in broken],
        "type": ", ".join(_types(main)),
        "read": [
            {"name": name, "words": words.in_language(language), "value": said[name]}
            for name, words in _READ.items()
            if name in said
        ],
        "ours": [{"iri": iri, "label": label, "key": "/".join(parts_of(iri) or ())} for iri, label in ours],
        "missing": [
            {"name": name, "words": words.in_language(language)}
            for name, words in _MISSING.items()
            if _lacks(name, said, ours)
        ],
        "proposals": [
            {
                "key": "/".join(parts_of(p.iri) or ()),
                "iri": p.iri,
                "label": _name(p, names, language),
                "score": p.score,
                "words": p.words,
            }
            for p in proposals
        ],
        "proposed": bool(sure) and not ours,
        "title": title,
        "address": about.address,
        "snippet": snippets.script(about),
    }
    return json.dumps(document, ensure_ascii=False).encode()


def _about(
    page: _Page, said: dict[str, str], title: str, chosen: Sequence[tuple[str, str]], main: dict[str, Any]
) -> About:
    address = next(
        (
            found
            for given in (said.get("url", ""), page.found.get("url", ""), page.found.get("og:url", ""))
            if (found := web_addresses.read(given).text)
        ),
        "",
    )
    tag = re.split(r"[-_]", said.get("inLanguage") or page.found.get("lang", "") or "nl")[0].lower()
    kinds = _types(main)
    others = {"@type": kinds[0]} if kinds else {}
    others |= {name: said[name] for name in ("datePublished", "learningResourceType", "timeRequired") if name in said}
    publisher = said.get("publisher") or page.found.get("og:site_name", "")
    return About(title, address, "", tag, publisher, tuple(chosen), others)


def _nodes(blocks: Sequence[str]) -> tuple[list[dict[str, Any]], list[Words]]:
    """All things described in the blocks, the outermost first, and what could not be read."""
    found: list[dict[str, Any]] = []
    broken = []
    for number, block in enumerate(blocks, 1):
        try:
            found += list(_inside(json.loads(block)))[:_MOST_NODES]
        except (ValueError, RecursionError) as error:
            line = getattr(error, "lineno", 1)
            broken.append(
                Words(
                    f"Stuk {number} met JSON-LD is niet goed geschreven (regel {line}). Programma's slaan het over.",
                    f"Piece {number} of JSON-LD is not written correctly (line {line}). Programs pass it over.",
                )
            )
    return found, broken


def _inside(document: Any) -> Iterator[dict[str, Any]]:
    level = [document]
    while level:
        inner: list[Any] = []
        for value in level:
            if isinstance(value, dict):
                if "@type" in value:
                    yield value
                inner += (
                    [value["@graph"]] if "@graph" in value else [value.get(name) for name in ("mainEntity", "hasPart")]
                )
            elif isinstance(value, list):
                inner += value
        level = [value for value in inner if isinstance(value, dict | list)]


def _main(nodes: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The thing that the page is: one that says what it is about before one that only has a name."""
    plain = [node for node in nodes if not _ASIDE.issuperset(_types(node))]
    titled = [node for node in plain if node.get("name") or node.get("headline")]
    about = [node for node in titled if node.get("about")]
    return next(iter([*about, *titled, *plain]), {})


def _types(node: dict[str, Any]) -> list[str]:
    return [str(one).rsplit("/", 1)[-1][:60] for one in _all(node.get("@type"))]


def _all(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def _words(value: Any) -> list[str]:
    """The names in a value: texts, and what things are called."""
    texts = (one.get("name", "") if isinstance(one, dict) else one for one in _all(value))
    return [text[:100] for text in texts if isinstance(text, str) and not text.startswith("http")]


def _ours(value: Any, names: Names, language: str) -> tuple[str, str] | None:
    """The concept of ours that a value names by its address."""
    given = [value.get(key) for key in ("@id", "url", "sameAs")] if isinstance(value, dict) else [value]
    for text in given:
        if isinstance(text, str) and "/" in text and (thing := names.find(text, SUBJECTS)):
            return thing.iri, thing.name(language)
    return None


def _said(node: dict[str, Any]) -> dict[str, str]:
    """The values we read, as text; of a thing in brackets its name or address."""
    result = {}
    for name in _READ:
        texts = [
            _as_text(value) for value in _all(node.get(name, node.get("mainEntityOfPage") if name == "url" else None))
        ]
        if text := ", ".join(text for text in texts if text):
            result[name] = text[:500]
    return result


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return str(next((value[key] for key in ("name", "@id", "url", "audienceType", "@value") if value.get(key)), ""))
    return str(value) if isinstance(value, str | int | float) else ""


def _lacks(name: str, said: dict[str, str], ours: Sequence[object]) -> bool:
    if name == "about":
        return not ours
    return name not in said and not (name == "name" and "headline" in said)


def _name(proposal: Proposal, names: Names, language: str) -> str:
    thing = names.thing(proposal.iri)
    return thing.name(language) if thing else proposal.text
