"""The terms of the model: one page for readers, the ontology as RDF, and the JSON-LD context."""

import json

from flask import Blueprint, Response, render_template, request

from kbs_graph import documentation, serialize
from kbs_graph.errors import NotAcceptable
from kbs_graph.serialize import GRAPH_FORMATS, JSON_LD, Format
from webui import i18n, negotiation, urls
from webui.caching import respond
from webui.serving import opened

blueprint = Blueprint("definition", __name__)


@blueprint.get("/def")
def definition() -> Response:
    """The page or the ontology, by Accept: what a term's IRI leads to (hash IRIs, Cool URIs section 4.1)."""
    form = negotiation.page_or_graph(negotiation.ranges(request.accept_mimetypes))
    if form is None:
        there = ", ".join([negotiation.HTML, *(form.media_type for form in GRAPH_FORMATS.values())])
        raise NotAcceptable(
            f"Het model is er niet in de gevraagde vorm. Wel als: {there}.",
            f"The model is not here in the form asked for. It is here as: {there}.",
        )
    if isinstance(form, Format):
        response = _ontology(form)
        response.content_location = urls.definition(ending=form.ending)
    else:
        response = respond(negotiation.HTML, _page)
    response.vary.update(("Accept",) if i18n.is_asked() else ("Accept", "Accept-Language"))
    return response


@blueprint.get("/def.<ending:ending>")
def document(ending: str) -> Response:
    return _ontology(GRAPH_FORMATS[ending])


@blueprint.get("/def/context.jsonld")
def context() -> Response:
    """The JSON-LD context that our JSON-LD carries."""

    def make() -> Response:
        body = json.dumps({"@context": opened().snapshot.context}, ensure_ascii=False, indent=1)
        return Response(body, content_type=JSON_LD.content_type)

    return respond(JSON_LD.media_type, make)


def _ontology(form: Format) -> Response:
    def make() -> Response:
        triples = documentation.ontology(opened().store)
        return Response(serialize.write(triples, form, opened().snapshot.context), content_type=form.content_type)

    return respond(form.media_type, make)


def _page() -> str:
    terms = documentation.terms(opened().store)
    return render_template(
        "definition.html",
        classes=[term for term in terms if term.kind == "class"],
        properties=[term for term in terms if term.kind == "property"],
        known={term.name for term in terms},
    )


@blueprint.app_template_filter("anchor")
def _anchor(name: str) -> str:
    """Where a term stands on the page: our own by the fragment of its IRI, others by their whole name."""
    return name.removeprefix("k:")
