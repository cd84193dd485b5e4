"""The description of the dataset for machines (DCAT-AP-NL, VoID): by its IRI, by negotiation, and where VoID looks."""

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as Answer

from kbs_graph import serialize
from kbs_graph.dataset import description
from kbs_graph.errors import NotAcceptable
from kbs_graph.serialize import GRAPH_FORMATS, Format
from kbs_graph.terms import DATASET, ID
from webui import editions, machine_urls, negotiation, urls
from webui.caching import respond
from webui.i18n import LANGUAGES
from webui.serving import opened

blueprint = Blueprint("dataset", __name__)

_PATH = DATASET.removeprefix(ID)


@blueprint.get(f"/id/{_PATH}")
def identifier() -> Answer:
    """303 to the page about the data or to the description, by Accept and Accept-Language; 406 when nothing fits."""
    form = negotiation.page_or_graph(negotiation.ranges(request.accept_mimetypes))
    if form is None:
        raise _not_acceptable(negotiation.HTML)
    path = machine_urls.dataset(form.ending) if isinstance(form, Format) else urls.downloads()
    response = redirect(urls.absolute(path), 303)
    response.vary.update(("Accept", "Accept-Language"))
    return response


@blueprint.get("/.well-known/void")
def well_known() -> Answer:
    """To the description (VoID, section 7.2, which advises 302)."""
    return redirect(urls.absolute(machine_urls.dataset()), 302)


@blueprint.get(f"/data/{_PATH}.<ending:ending>")
def document(ending: str) -> Response:
    """The description in one format."""
    return _answer(GRAPH_FORMATS[ending])


@blueprint.get(f"/data/{_PATH}")
def negotiated() -> Response:
    """The description in the format the reader likes best; Turtle when all are equal."""
    form = negotiation.graph_format(negotiation.ranges(request.accept_mimetypes))
    if form is None:
        raise _not_acceptable()
    response = _answer(form)
    response.content_location = machine_urls.dataset(form.ending)
    response.vary.add("Accept")
    return response


def _answer(form: Format) -> Response:
    def make() -> Response:
        triples = description.describe(opened().store, editions.site(), editions.current(), editions.released())
        return Response(serialize.write(triples, form, opened().snapshot.context), content_type=form.content_type)

    response = respond(f"{form.media_type};{editions.state()}", make)
    for link in _links(form):
        response.headers.add("Link", link)
    return response


def _links(form: Format) -> list[str]:
    """Link header fields (RFC 8288): what this describes, its other forms, and the licence."""
    others = [other for other in GRAPH_FORMATS.values() if other is not form]
    pages = {tongue: urls.absolute(urls.downloads(tongue)) for tongue in LANGUAGES}
    return [
        f'<{DATASET}>; rel="describes"',
        *(
            f'<{urls.absolute(machine_urls.dataset(other.ending))}>; rel="alternate"; type="{other.media_type}"'
            for other in others
        ),
        *(f'<{page}>; rel="alternate"; type="text/html"; hreflang="{tongue}"' for tongue, page in pages.items()),
        f'<{urls.LICENCE}>; rel="license"',
    ]


def _not_acceptable(*more: str) -> NotAcceptable:
    there = ", ".join([*more, *(form.media_type for form in GRAPH_FORMATS.values())])
    return NotAcceptable(
        f"De beschrijving van de dataset is er niet in de gevraagde vorm. Wel als: {there}.",
        f"The description of the dataset is not here in the form asked for. It is here as: {there}.",
    )
