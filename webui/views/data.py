"""Things as data: `/id/…` sends on to page or data (Cool URIs, 303), `/data/…` is the data."""

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as Answer

from kbs_graph import catalog, serialize
from kbs_graph.errors import NotAcceptable
from kbs_graph.serialize import GRAPH_FORMATS, Format
from kbs_graph.terms import iri_of
from webui import negotiation, urls
from webui.caching import respond
from webui.i18n import LANGUAGES
from webui.serving import opened

blueprint = Blueprint("data", __name__)


@blueprint.get("/id/<segment:segment>/<slug:slug>")
def identifier(segment: str, slug: str) -> Answer:
    """303 to the page or the data of a thing, by Accept and Accept-Language; 406 when nothing fits."""
    catalog.description(opened().store, iri_of(segment, slug))
    form = negotiation.page_or_graph(negotiation.ranges(request.accept_mimetypes))
    if form is None:
        raise _not_acceptable(segment, slug, pages=True)
    path = urls.data(segment, slug, form.ending) if isinstance(form, Format) else urls.page(segment, slug)
    response = redirect(urls.absolute(path), 303)
    response.vary.update(("Accept", "Accept-Language"))
    return response


@blueprint.get("/data/<segment:segment>/<slug:slug>.<ending:ending>")
def document(segment: str, slug: str, ending: str) -> Response:
    """The description of a thing in one format. A tombstone's data stays."""
    return _answer(segment, slug, GRAPH_FORMATS[ending])


@blueprint.get("/data/<segment:segment>/<slug:slug>")
def negotiated(segment: str, slug: str) -> Response:
    """The description of a thing in the format the reader likes best; Turtle when all are equal."""
    form = negotiation.graph_format(negotiation.ranges(request.accept_mimetypes))
    if form is None:
        raise _not_acceptable(segment, slug, pages=False)
    response = _answer(segment, slug, form)
    response.content_location = urls.data(segment, slug, form.ending)
    response.vary.add("Accept")
    return response


def _answer(segment: str, slug: str, form: Format) -> Response:
    def make() -> Response:
        triples = catalog.description(opened().store, iri_of(segment, slug))
        return Response(serialize.write(triples, form, opened().snapshot.context), content_type=form.content_type)

    response = respond(form.media_type, make)
    for link in _links(segment, slug, form):
        response.headers.add("Link", link)
    return response


def _links(segment: str, slug: str, form: Format) -> list[str]:
    """Link header fields (RFC 8288): what this describes, its other forms, and the licence."""
    others = [other for other in GRAPH_FORMATS.values() if other is not form]
    return [
        f'<{iri_of(segment, slug)}>; rel="describes"',
        *(
            f'<{urls.absolute(urls.data(segment, slug, other.ending))}>; rel="alternate"; type="{other.media_type}"'
            for other in others
        ),
        *(
            f'<{urls.absolute(urls.page(segment, slug, tongue))}>; rel="alternate"; type="text/html"; '
            f'hreflang="{tongue}"'
            for tongue in LANGUAGES
        ),
        f'<{urls.LICENCE}>; rel="license"',
    ]


def _not_acceptable(segment: str, slug: str, pages: bool) -> NotAcceptable:
    types = [*([negotiation.HTML] if pages else []), *(form.media_type for form in GRAPH_FORMATS.values())]
    there = ", ".join(types)
    return NotAcceptable(
        f"Dit is er niet in de gevraagde vorm. Wel als: {there} (zie {urls.data(segment, slug)}).",
        f"This is not here in the form asked for. It is here as: {there} (see {urls.data(segment, slug)}).",
    )
