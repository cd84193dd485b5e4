"""The SPARQL endpoint over HTTP, and the query page for people at the same address."""

from collections.abc import Generator
from itertools import chain

from flask import Blueprint, Response, request

from kbs_graph import sparql as engine
from kbs_graph.errors import NotAcceptable
from kbs_graph.serialize import GRAPH_FORMATS, RESULT_FORMATS, TURTLE
from webui import i18n, negotiation, protocol, querying, urls
from webui.caching import respond
from webui.views import sparql_page

blueprint = Blueprint("sparql", __name__)

_CONTENT_TYPES = {f.media_type: f.content_type for f in (*RESULT_FORMATS.values(), *GRAPH_FORMATS.values())}


@blueprint.route("/sparql", methods=["GET", "POST"])
def sparql() -> Response:
    """A query's answer; without a query the form for a browser and the service description for everyone else."""
    wanted = negotiation.ranges(request.accept_mimetypes)
    if negotiation.prefers_page(wanted):
        response = sparql_page.page()
        response.vary.update(("Accept",) if i18n.is_asked() else ("Accept", "Accept-Language"))
        return response
    asked = querying.asked()
    response = _description(wanted) if asked.query is None else _answer(asked, wanted)
    response.vary.add("Accept")
    return response


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
        return respond(" ".join(types), lambda: _stream(querying.ask(asked, *types)))
    response = _stream(querying.ask(asked, *types))
    response.cache_control.no_store = True
    return response


def _stream(answer: tuple[str, Generator[bytes, None, None]]) -> Response:
    """Pass the bytes on as they come. An error on the way raises, so that the server cuts the connection.

    The first piece is taken at once: a generator that was never begun would not give its worker back when closed.
    """
    media_type, chunks = answer
    response = Response(chain([next(chunks, b"")], chunks), content_type=_CONTENT_TYPES[media_type])
    response.call_on_close(chunks.close)
    return response
