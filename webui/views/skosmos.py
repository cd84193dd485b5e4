"""The REST API v1 of Skosmos over HTTP, for the clients of that vocabulary server, and the addresses they make of it.

JSON by `Accept` as `application/json` or `application/ld+json`, or JSONP; errors in plain English text, as these
clients show or expect them. Beside Skosmos: ETags, and 304 for what a client has already.
"""

import json
from collections.abc import Callable, Sequence
from http import HTTPStatus

from flask import Blueprint, Response, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Answer

from kbs_graph import download, serialize
from kbs_graph.dataset import archive
from kbs_graph.errors import KbsError
from kbs_graph.serialize import QUERY_GRAPH_FORMATS, RDF_XML, TURTLE
from kbs_graph.skosmos import description, gathering, methods
from kbs_graph.skosmos.question import Question
from kbs_graph.skosmos.refusal import Refused
from kbs_graph.skosmos.table import Table, Vocabulary
from kbs_graph.terms import parts_of
from webui import editions, errors, jsonp, machine_urls, negotiation, urls
from webui.caching import respond
from webui.serving import opened

JSON, JSON_LD = "application/json", "application/ld+json"
_FORMS = (RDF_XML.media_type, TURTLE.media_type, JSON_LD, JSON)
_DUMPS = (TURTLE, *QUERY_GRAPH_FORMATS.values())

blueprint = Blueprint("skosmos", __name__)


@blueprint.get("/rest/v1/", defaults={"path": ""})
@blueprint.get("/rest/v1/<path:path>")
def rest(path: str) -> Answer:
    """Every method of the API, by its path (kbs_graph.skosmos.methods)."""
    try:
        return _answer(path)
    except Refused as refused:
        return _text(str(refused), refused.status)
    except KbsError as error:
        status = HTTPStatus(error.status)
        response = _text(f"{status.value} {status.phrase} : {error.words.en}", status)
        response.headers.update(errors.retry_after(error))
        return response


@blueprint.get("/entity")
def entity() -> Answer:
    """303 to the page of what `uri` names, or to its data, by Accept; 404 for what is no concept or scheme of ours."""
    iri = request.args.get("uri", "")
    homes = _table().homes(iri)
    if not homes:
        raise NotFound
    form = negotiation.best(negotiation.ranges(request.accept_mimetypes), (negotiation.HTML, *_FORMS))
    page = form in (negotiation.HTML, None)
    there = _page_of(homes[0], iri) if page else machine_urls.skosmos_data(homes[0].id, iri, str(form))
    response = redirect(there, HTTPStatus.SEE_OTHER)
    response.vary.update(("Accept", "Accept-Language"))
    return response


@blueprint.get("/<vocabulary:vocid>/", strict_slashes=False)
@blueprint.get("/<vocabulary:vocid>/<lang:lang>/", strict_slashes=False)
def home(vocid: str, lang: str | None = None) -> Answer:
    """To our page of a scheme: where Skosmos has the front page of a vocabulary."""
    vocabulary = _known(vocid)
    return _moved(vocabulary, vocabulary.iri, lang)


@blueprint.get("/<vocabulary:vocid>/<lang:lang>/page/", strict_slashes=False)
@blueprint.get("/<vocabulary:vocid>/<lang:lang>/page/<path:local>")
def page(vocid: str, lang: str, local: str = "") -> Answer:
    """To our page of a concept, where Skosmos has it: by what its address ends with, or by `uri`."""
    vocabulary = _known(vocid)
    iri = request.args.get("uri") or vocabulary.space + local
    if vocabulary not in _table().homes(iri):
        raise NotFound
    return _moved(vocabulary, iri, lang)


def _answer(path: str) -> Answer:
    table = _table()
    vocabulary = methods.vocabulary_of(table, path)
    if vocabulary and path == vocabulary.id:
        asked = request.query_string.decode("latin-1")
        return redirect(f"{machine_urls.skosmos()}{path}/" + (f"?{asked}" if asked else ""))
    method = methods.method_of(path, vocabulary)
    question = Question(opened().store, table, vocabulary, request.args.to_dict(), machine_urls.skosmos())
    if method is None:
        return _data(question)
    return _json(lambda: method(question), keep=method not in methods.QUERIES)


def _json(make: Callable[[], dict[str, object]], keep: bool) -> Response:
    """A document as JSON in the type asked for, or as a call of the function that `callback` names."""
    name = jsonp.callback()
    if name:
        return respond(
            jsonp.JAVASCRIPT,
            lambda: Response(f"{name}({json.dumps(make())});", content_type=f"{jsonp.JAVASCRIPT}; charset=utf-8"),
            keep,
        )
    form = negotiation.best(negotiation.ranges(request.accept_mimetypes), (JSON, JSON_LD)) or JSON
    response = respond(
        form, lambda: Response(json.dumps(make(), ensure_ascii=False), content_type=f"{form}; charset=utf-8"), keep
    )
    response.vary.add("Accept")
    return response


def _data(question: Question) -> Answer:
    """The description of the thing that `uri` names, or without it the download of all."""
    if not question.get("uri") and question.vocabulary:
        return _download(question.vocabulary)
    iri, form = question.required("uri"), _form(_FORMS)

    def make() -> Response:
        triples = description.asked(question)
        if form in (JSON, JSON_LD):
            body = json.dumps(description.compacted(triples, iri), ensure_ascii=False).encode()
        else:
            known = next(each for each in (RDF_XML, TURTLE) if each.media_type == form)
            body = serialize.write(triples, known, opened().snapshot.context)
        return Response(body, content_type=f"{form}; charset=utf-8")

    response = respond(form, make)
    response.vary.add("Accept")
    return response


def _download(vocabulary: Vocabulary) -> Answer:
    """302 to the download of the whole graph, which goes by the name of the widest vocabulary. Raises Refused."""
    whole = [each for each in archive.files(editions.offered().path) if each.is_whole and not each.is_packed]
    files = {each.media_type: each.name for each in whole}
    there = [name for name in dict.fromkeys(form.media_type for form in _DUMPS) if name in files]
    if vocabulary.id != download.STEM or not there:
        raise Refused(HTTPStatus.NOT_FOUND, f"No download source URL known for vocabulary {vocabulary.id}")
    response = redirect(urls.absolute(urls.dump(files[_form(there)])), HTTPStatus.FOUND)
    response.vary.add("Accept")
    return response


def _form(offered: Sequence[str]) -> str:
    """The media type that `format` names, else the most welcome one. Raises Refused (406)."""
    given = request.args.get("format", "")
    form = given or negotiation.best(negotiation.ranges(request.accept_mimetypes), offered)
    if form is None or form not in offered:
        there = " ".join(offered)
        raise Refused(HTTPStatus.NOT_ACCEPTABLE, f"Unsupported format. Supported MIME types are: {there}")
    return form


def _text(body: str, status: HTTPStatus) -> Response:
    return Response(body, status=status, content_type="text/plain; charset=utf-8")


def _table() -> Table:
    return gathering.of(opened().store)


def _known(vocid: str) -> Vocabulary:
    found = _table().vocabularies.get(vocid)
    if found is None:
        raise NotFound
    return found


def _page_of(vocabulary: Vocabulary, iri: str, lang: str | None = None) -> str:
    """Our page of a concept; a concept of others has none, and is told of on that of its scheme."""
    segment, slug = parts_of(iri) or parts_of(vocabulary.iri) or ("", "")
    return urls.absolute(urls.page(segment, slug, lang))


def _moved(vocabulary: Vocabulary, iri: str, lang: str | None) -> Answer:
    response = redirect(_page_of(vocabulary, iri, lang), HTTPStatus.SEE_OTHER)
    if lang is None:
        response.vary.add("Accept-Language")
    return response
