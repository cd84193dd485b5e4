"""The SPARQL endpoint over HTTP, and the query page for people at the same address."""

import contextlib
import zlib
from collections.abc import Iterable, Iterator
from itertools import chain

from flask import Blueprint, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from kbs_graph import service_description
from kbs_graph import sparql as engine
from kbs_graph.errors import KbsError, NotAcceptable
from kbs_graph.serialize import JSON, QUERY_GRAPH_FORMATS, RESULT_FORMATS, TURTLE
from webui import i18n, machine_urls, negotiation, protocol, querying, urls
from webui.caching import respond
from webui.serving import opened, settings
from webui.views import sparql_page

blueprint = Blueprint("sparql", __name__)

_FORMATS = {form.media_type: form for form in (*RESULT_FORMATS.values(), *QUERY_GRAPH_FORMATS.values())}


@blueprint.route("/sparql", methods=["GET", "POST"], strict_slashes=False)
def sparql() -> Response:
    """A query's answer; without a query the form for a browser and the service description for everyone else."""
    _check_body()
    wanted = negotiation.read(request.headers.get("Accept", ""))
    try:
        asked = querying.asked()
    except KbsError:
        if negotiation.prefers_page(wanted):  # the page tells what is wrong
            return _page()
        raise
    if asked.form:
        wanted = _with_form(asked.form, wanted)
    if negotiation.prefers_page(wanted):
        return _page()
    response = _description(wanted) if asked.query is None else _answer(asked, wanted)
    if asked.form and response.mimetype in _FORMATS:
        file = f"kennisbouwstenen.{_FORMATS[response.mimetype].ending}"
        response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    response.vary.add("Accept")
    return response


def _check_body() -> None:
    """Refuse what cannot be a query unread: packed, or longer than any request may be."""
    if request.content_encoding not in (None, "identity"):
        raise protocol.UnsupportedMediaType(
            "Stuur de vraag onverpakt, zonder Content-Encoding.", "Send the query unpacked, without Content-Encoding."
        )
    with contextlib.suppress(RequestEntityTooLarge):
        if len(request.get_data()) != request.max_content_length:  # where one that does not say its length is cut off
            return
    raise engine.too_long(settings().query_bytes)


def _with_form(name: str, wanted: list[negotiation.Range]) -> list[negotiation.Range]:
    try:
        return negotiation.with_form(name, wanted)
    except KeyError:
        there = ", ".join(dict.fromkeys(form.ending for form in _FORMATS.values()))
        raise NotAcceptable(
            f"De parameter format noemt een vorm die er niet is. Kies uit: {there}.",
            f"The parameter format names a form that is not there. Choose from: {there}.",
        ) from None


def _page() -> Response:
    """The page for people; of a HEAD request for an answer on it nothing but what can be said beforehand."""
    if request.method == "HEAD" and "query" in request.args:
        querying.ask(querying.asked(), JSON.media_type, TURTLE.media_type)[1].close()
        response = Response(mimetype=negotiation.HTML)
        response.cache_control.no_store = True
    else:
        response = sparql_page.page()
    response.vary.update(("Accept",) if i18n.is_asked() else ("Accept", "Accept-Language"))
    return response


def _description(wanted: list[negotiation.Range]) -> Response:
    form = negotiation.graph_format(wanted, QUERY_GRAPH_FORMATS)
    if form is None:
        there = ", ".join(form.media_type for form in QUERY_GRAPH_FORMATS.values())
        raise NotAcceptable(
            f"Zonder vraag (de parameter query) staat hier een beschrijving van de dienst, als {there}.",
            f"Without a query (the parameter query) there is a description of the service here, as {there}.",
        )
    graphs = {iri: int(told["triples"]) for iri, told in opened().snapshot.manifest["graphs"].items()}
    endpoint, about = urls.absolute("/sparql"), urls.absolute(machine_urls.void())

    def make() -> Response:
        return Response(service_description.write(endpoint, about, graphs, form), content_type=form.content_type)

    return respond(form.media_type, make)


def _answer(asked: protocol.Asked, wanted: list[negotiation.Range]) -> Response:
    result, graph = negotiation.result_format(wanted), negotiation.graph_format(wanted, QUERY_GRAPH_FORMATS)
    if result is None and graph is None:
        there = ", ".join(_FORMATS)
        raise NotAcceptable(f"Antwoorden zijn er als: {there}.", f"Answers come as: {there}.")
    types = (result.media_type if result else "", graph.media_type if graph else "")
    if request.method != "POST" and engine.is_stable(asked.query or ""):
        return _packed(respond(" ".join(types), lambda: _made(asked, *types)))
    response = _made(asked, *types)
    response.cache_control.no_store = True
    return _packed(response)


def _made(asked: protocol.Asked, result_type: str, graph_type: str) -> Response:
    """A short answer as a whole, a long one piece by piece as it comes; of a HEAD request nothing but its headers.

    An error on the way raises, so that the server cuts the connection. The first piece is taken at once: a generator
    that was never begun would not give its worker back when closed.
    """
    media_type, chunks = querying.ask(asked, result_type, graph_type)
    content_type = _FORMATS[media_type].content_type
    first = next(chunks, b"")
    if request.method != "HEAD" and len(first) < engine.WHOLE:
        return Response(first + b"".join(chunks), content_type=content_type)
    response = Response(chain([first], chunks), content_type=content_type)
    response.call_on_close(chunks.close)
    return response


def _packed(response: Response) -> Response:
    """A long answer packed while it streams, for who can unpack; `caching` packs the others.

    Quickly rather than small: a worker waits for its reader.
    """
    if response.is_streamed:
        response.vary.add("Accept-Encoding")
        if request.accept_encodings["gzip"] and request.method == "HEAD":
            response.headers.pop("ETag", None)  # the size, not known yet, decides which of two it is
        elif request.accept_encodings["gzip"]:
            response.response = _gzip(response.iter_encoded())
            response.content_encoding = "gzip"
            tag, _ = response.get_etag()
            if tag:
                response.set_etag(f"{tag}-gzip")
    return response


def _gzip(chunks: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(level=1, wbits=zlib.MAX_WBITS | 16)
    for chunk in chunks:
        yield packer.compress(chunk)
    yield packer.flush()
