"""The SPARQL endpoint over HTTP, and the query page for people at the same address."""

from collections.abc import Generator
from itertools import chain
from typing import cast

from flask import Blueprint, Response, render_template, request

from kbs_graph import documentation
from kbs_graph import sparql as engine
from kbs_graph.errors import KbsError, NotAcceptable, TooLarge
from kbs_graph.serialize import GRAPH_FORMATS, JSON, RESULT_FORMATS, TURTLE
from webui import errors, i18n, negotiation, protocol, results, urls
from webui.caching import respond
from webui.serving import opened, service, settings

blueprint = Blueprint("sparql", __name__)

LARGEST_PAGE = 2 << 20
"""Bytes of an answer beyond which it is not shown as a page."""
_CONTENT_TYPES = {f.media_type: f.content_type for f in (*RESULT_FORMATS.values(), *GRAPH_FORMATS.values())}


@blueprint.route("/sparql", methods=["GET", "POST"])
def sparql() -> Response:
    """A query's answer; without a query the form for a browser and the service description for everyone else."""
    wanted = negotiation.ranges(request.accept_mimetypes)
    if negotiation.prefers_page(wanted):
        response = _page()
        response.vary.update(("Accept",) if i18n.is_asked() else ("Accept", "Accept-Language"))
        return response
    asked = _read()
    response = _description(wanted) if asked.query is None else _answer(asked, wanted)
    response.vary.add("Accept")
    return response


def _read() -> protocol.Asked:
    charset = request.mimetype_params.get("charset", "")
    return protocol.read(request.method, request.query_string, request.mimetype, charset, request.get_data())


def _description(wanted: list[negotiation.Range]) -> Response:
    if not negotiation.weight(wanted, TURTLE.media_type):
        raise NotAcceptable(
            f"Zonder vraag staat hier een beschrijving van de dienst, als {TURTLE.media_type}.",
            f"Without a query there is a description of the service here, as {TURTLE.media_type}.",
        )
    return respond(
        TURTLE.media_type,
        lambda: Response(engine.service_description(urls.absolute("/sparql")), content_type=TURTLE.content_type),
    )


def _answer(asked: protocol.Asked, wanted: list[negotiation.Range]) -> Response:
    result, graph = negotiation.result_format(wanted), negotiation.graph_format(wanted)
    if result is None and graph is None:
        there = ", ".join(_CONTENT_TYPES)
        raise NotAcceptable(f"Antwoorden zijn er als: {there}.", f"Answers come as: {there}.")
    types = (result.media_type if result else "", graph.media_type if graph else "")
    if request.method != "POST" and engine.is_stable(asked.query or ""):
        return respond(" ".join(types), lambda: _stream(_ask(asked, *types)))
    response = _stream(_ask(asked, *types))
    response.cache_control.no_store = True
    return response


def _ask(asked: protocol.Asked, result_type: str, graph_type: str) -> tuple[str, Generator[bytes, None, None]]:
    """Have a query answered: the media type and the bytes, which must be read or closed."""
    limits = settings()
    question = engine.Question(asked.query or "", result_type, graph_type, asked.default_graphs, asked.named_graphs)
    store = opened().snapshot.store
    answer = engine.ask(service().pool, store, question, limits.query_bytes, limits.query_depth)
    return answer.media_type, cast(Generator[bytes, None, None], answer.chunks)


def _stream(answer: tuple[str, Generator[bytes, None, None]]) -> Response:
    """Pass the bytes on as they come. An error on the way raises, so that the server cuts the connection.

    The first piece is taken at once: a generator that was never begun would not give its worker back when closed.
    """
    media_type, chunks = answer
    response = Response(chain([next(chunks, b"")], chunks), content_type=_CONTENT_TYPES[media_type])
    response.call_on_close(chunks.close)
    return response


def _page() -> Response:
    """The query form, with the answer as a table or text, or with what is wrong, in the reader's language."""
    query, table, text, problem, status, headers = "", None, "", "", 200, {}
    try:
        asked = _read()
        if asked.query is None:
            return respond(negotiation.HTML, _form)
        query = asked.query
        media_type, chunks = _ask(asked, JSON.media_type, TURTLE.media_type)
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
    return render_template("sparql.html", query="", limits=settings(), examples=documentation.examples())


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
