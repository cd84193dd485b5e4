"""The model documented: its terms and the rules as pages and as RDF, a drawing of both, and the JSON-LD context."""

import json

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as Answer

from kbs_graph import serialize
from kbs_graph.documentation import diagram as drawings
from kbs_graph.documentation import links, rules, terms, versions
from kbs_graph.documentation.terms import Model
from kbs_graph.errors import NotAcceptable
from kbs_graph.serialize import GRAPH_FORMATS, JSON_LD, Format
from webui import i18n, model_urls, negotiation, urls
from webui.caching import respond
from webui.serving import opened, settings

blueprint = Blueprint("definition", __name__)

SVG = "image/svg+xml"


@blueprint.get("/def")
def definition() -> Response:
    """The page or the ontology, by Accept: what a term's IRI leads to (hash IRIs, Cool URIs section 4.1)."""
    form = _wanted()
    if isinstance(form, Format):
        response = _ontology(form)
        response.content_location = urls.definition(ending=form.ending)
    else:
        response = respond(negotiation.HTML, lambda: _terms("model/terms.html"))
    return _by_accept(response)


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


@blueprint.get("/def/borrowed")
def borrowed() -> Response:
    """The terms of other vocabularies: what each is called here, how it is used, and how often."""
    return respond(negotiation.HTML, lambda: _terms("model/borrowed.html"))


@blueprint.get("/shapes")
def by_iri() -> Answer:
    """What the IRI of a rule leads to; the fragment goes along."""
    return redirect(model_urls.rules().partition("?")[0], 303)


@blueprint.get("/def/shapes", defaults={"part": ""})
@blueprint.get(f"/def/shapes/<any({model_urls.CONTRIBUTION}):part>")
def shapes(part: str) -> Response:
    """The rules as a page or as RDF, by Accept."""
    form = _wanted()
    if isinstance(form, Format):
        response = _shapes(part, form)
        response.content_location = model_urls.rules(part, form.ending)
    else:
        response = respond(negotiation.HTML, lambda: _rules(part))
    return _by_accept(response)


@blueprint.get("/def/shapes.<ending:ending>", defaults={"part": ""})
@blueprint.get(f"/def/shapes/<any({model_urls.CONTRIBUTION}):part>.<ending:ending>")
def shapes_document(part: str, ending: str) -> Response:
    return _shapes(part, GRAPH_FORMATS[ending])


@blueprint.get("/def/shapes/<slug:name>.rq")
def rule_query(name: str) -> Response:
    """The query of a rule over the whole: what it answers breaks the rule."""

    def make() -> Response:
        return Response(rules.query(opened().snapshot, name), content_type="application/sparql-query; charset=utf-8")

    return respond("application/sparql-query", make)


@blueprint.get("/def/diagram")
def diagram() -> Response:
    """The drawing of the model, and the same as a table."""
    return respond(negotiation.HTML, lambda: _drawn("model/diagram.html"))


@blueprint.get("/def/diagram.svg")
def picture() -> Response:
    """The drawing as a file that stands alone."""
    return respond(SVG, lambda: _drawn("model/diagram.svg"))


@blueprint.get("/def/<version:version>")
def version(version: str) -> Answer:
    """What a version IRI of the ontology leads to: the present one, or what was released with an older one."""
    if version == _model().version.number:
        return redirect("/def", 303)
    return redirect(model_urls.ontology_version(versions.find(settings().var, version).number, "nt"), 303)


@blueprint.get("/def/<version:version>.nt")
def version_document(version: str) -> Response:
    """An older version of the ontology, as it was released."""

    def make() -> Response:
        found = versions.find(settings().var, version)
        return Response(versions.text(settings().var, found), content_type=serialize.N_TRIPLES.content_type)

    return respond(serialize.N_TRIPLES.media_type, make)


def _wanted() -> Format | str:
    """What Accept asks: HTML or an RDF format. Raises NotAcceptable."""
    form = negotiation.page_or_graph(negotiation.ranges(request.accept_mimetypes))
    if form is None:
        there = ", ".join([negotiation.HTML, *(form.media_type for form in GRAPH_FORMATS.values())])
        raise NotAcceptable(
            f"Het model is er niet in de gevraagde vorm. Wel als: {there}.",
            f"The model is not here in the form asked for. It is here as: {there}.",
        )
    return form


def _by_accept(response: Response) -> Response:
    response.vary.update(("Accept",) if i18n.is_asked() else ("Accept", "Accept-Language"))
    return response


def _ontology(form: Format) -> Response:
    def make() -> Response:
        triples = terms.ontology(opened().store)
        return Response(serialize.write(triples, form, opened().snapshot.context), content_type=form.content_type)

    return respond(form.media_type, make)


def _shapes(part: str, form: Format) -> Response:
    def make() -> Response:
        body = rules.write(opened().snapshot, part, form)
        return Response(body, content_type=form.content_type)

    return respond(form.media_type, make)


def _model() -> Model:
    return terms.model(opened().store)


def _known() -> dict[str, str]:
    """Where each term is documented, by its compact IRI."""
    place = {False: model_urls.own_term, True: model_urls.borrowed_term}
    return {term.name: place[term.borrowed](term.name) for term in _model().every}


def _terms(template: str) -> str:
    older = versions.kept(settings().var, _model().version.number)
    return render_template(template, model=_model(), known=_known(), book=rules.book(opened().snapshot), older=older)


def _rules(part: str) -> str:
    book = rules.book(opened().snapshot, part)
    return render_template("model/rules.html", book=book, part=part, known=_known())


def _drawn(template: str) -> str:
    found = links.links(opened().snapshot, _model())
    drawing = drawings.draw(found, _model(), i18n.language())
    labels = {term.iri: term for term in _model().every}
    return render_template(template, links=found, drawing=drawing, terms=labels, known=_known())
