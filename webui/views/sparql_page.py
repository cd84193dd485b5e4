"""The query page for people, at the address of the endpoint."""

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field

from flask import Response, render_template, request

from kbs_graph import examples, prefixes
from kbs_graph.engine.syntax_errors import NotSparql
from kbs_graph.errors import KbsError, NotFound, TooLarge
from kbs_graph.prefixes import Undeclared
from kbs_graph.serialize import GRAPH_FORMATS, JSON, RESULT_FORMATS, TURTLE, Format
from webui import assets, errors, negotiation, querying, results
from webui.caching import respond
from webui.protocol import Asked
from webui.serving import opened, settings

LARGEST_PAGE = 2_000_000
"""Bytes of an answer beyond which it is not shown as a page."""
LONGEST_LINK = 4000
"""Signs of a query beyond which no address holds it: many servers and programs cut longer ones off."""
FILE_NAMES = {"json": "JSON", "xml": "XML", "csv": "CSV", "tsv": "TSV"}
FILE_NAMES |= {"ttl": "Turtle", "jsonld": "JSON-LD", "rdf": "RDF/XML", "nt": "N-Triples"}
"""What people call each kind of file."""
EDITOR = ("editor/yasqe.min.js", "editor/yasqe.min.css")
"""The editor with colours, where it was installed (Makefile); the page works without."""


@dataclass(frozen=True)
class _Problem:
    """What is wrong with a question: in words, the place (line and column, from 1) where it is no SPARQL, the text of
    that line, and prefixes that may explain it."""

    words: str
    line: int = 0
    column: int = 0
    excerpt: str = ""
    undeclared: Undeclared = field(default_factory=Undeclared)


@dataclass(frozen=True)
class _Shown:
    """What the page shows: a question, its answer with the files it comes as, or what is wrong with it."""

    asked: Asked
    files: Mapping[str, Format] = field(default_factory=dict)
    answer: results.Table | bool | str | None = None
    problem: _Problem | None = None


def page() -> Response:
    """The query form, with the answer as a table or text, or with what is wrong, in the reader's language."""
    asked, files = Asked(None, (), ()), {}
    status, headers = 200, {}
    try:
        asked = querying.asked()
        if asked.query is None:
            example = Asked(_example(request.args.get("voorbeeld")), (), ())
            return respond(negotiation.HTML, lambda: _render(_Shown(example)))
        media_type, chunks = querying.ask(asked, JSON.media_type, TURTLE.media_type)
        files = RESULT_FORMATS if media_type == JSON.media_type else GRAPH_FORMATS
        shown = _Shown(asked, files, results.read(media_type, _whole(chunks)))
    except KbsError as error:
        shown = _Shown(asked, files, problem=_problem(error, asked.query or ""))
        status, headers = error.status, errors.retry_after(error)
    response = Response(_render(shown), status=status, mimetype=negotiation.HTML, headers=headers)
    response.cache_control.no_store = True
    return response


def _problem(error: KbsError, query: str) -> _Problem:
    words = errors.words_of(error)
    if not isinstance(error, NotSparql):
        return _Problem(words)
    lines = query.split("\n")
    excerpt = lines[error.line - 1].rstrip() if error.line <= len(lines) else ""
    return _Problem(words, error.line, error.column, excerpt, prefixes.undeclared(query))


def _render(shown: _Shown) -> str:
    snapshot = opened().snapshot
    return render_template(
        "sparql.html",
        shown=shown,
        file_names=FILE_NAMES,
        groups=examples.groups(),
        prefixes=prefixes.WELL_KNOWN,
        editor=EDITOR if all(assets.has(name) for name in EDITOR) else None,
        limits=settings(),
        most=results.MOST_ROWS,
        largest=LARGEST_PAGE,
        longest=LONGEST_LINK,
        snapshot=snapshot,
    )


def _example(name: str | None) -> str | None:
    """The text of an example by its name; None when none is asked for."""
    if name is None:
        return None
    found = {example.name: example.text for group in examples.groups() for example in group.examples}
    if name not in found:
        raise NotFound("Dit voorbeeld is er niet (meer).", "This example is not here (any more).")
    return found[name]


def _whole(chunks: Generator[bytes, None, None]) -> bytes:
    body = bytearray()
    try:
        for chunk in chunks:
            body += chunk
            if len(body) > LARGEST_PAGE:
                raise TooLarge(
                    "Dit antwoord is te groot om hier te tonen. Bewaar het als bestand, of vraag minder met LIMIT 100.",
                    "This answer is too large to show here. Save it as a file, or ask for less with LIMIT 100.",
                )
    finally:
        chunks.close()
    return bytes(body)
