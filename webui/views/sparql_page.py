"""The query page for people, at the address of the endpoint."""

from collections.abc import Generator

from flask import Response, render_template

from kbs_graph import examples
from kbs_graph.errors import KbsError, TooLarge
from kbs_graph.serialize import JSON, TURTLE
from webui import errors, negotiation, querying, results
from webui.caching import respond
from webui.serving import settings

LARGEST_PAGE = 2 << 20
"""Bytes of an answer beyond which it is not shown as a page."""


def page() -> Response:
    """The query form, with the answer as a table or text, or with what is wrong, in the reader's language."""
    query, table, text, problem, status, headers = "", None, "", "", 200, {}
    try:
        asked = querying.asked()
        if asked.query is None:
            return respond(negotiation.HTML, _form)
        query = asked.query
        media_type, chunks = querying.ask(asked, JSON.media_type, TURTLE.media_type)
        body = _whole(chunks)
        if media_type == JSON.media_type:
            table = results.table(body)
        else:
            text = body.decode("utf-8")
    except KbsError as error:
        problem, status, headers = errors.words_of(error), error.status, errors.retry_after(error)
    page = render_template(
        "sparql.html", query=query, table=table, text=text, problem=problem, limits=settings(), most=results.MOST_ROWS
    )
    response = Response(page, status=status, mimetype=negotiation.HTML, headers=headers)
    response.cache_control.no_store = True
    return response


def _form() -> str:
    return render_template("sparql.html", query="", limits=settings(), examples=examples.examples())


def _whole(chunks: Generator[bytes, None, None]) -> bytes:
    body = bytearray()
    try:
        for chunk in chunks:
            body += chunk
            if len(body) > LARGEST_PAGE:
                raise TooLarge(
                    "Dit antwoord is te groot om hier te tonen. Vraag minder, bijvoorbeeld met LIMIT 100.",
                    "This answer is too large to show here. Ask for less, for example with LIMIT 100.",
                )
    finally:
        chunks.close()
    return bytes(body)
