"""The reconciliation API 0.2 over HTTP (OpenRefine and others): manifest, queries, suggestions, preview, values.

Everything answers at `/reconcile`, in the language of `?lang=` or Accept-Language, and at `/nl/reconcile` and
`/en/reconcile`, so that a client that only keeps an address keeps its language. GET and form POST; CORS, and JSONP for
clients that still use it.
"""

import json
from collections.abc import Callable

from flask import Blueprint, Response, render_template, request
from markupsafe import Markup

import kbs_graph
from kbs_graph.errors import BadRequest, NotFound
from kbs_graph.reconcile import asked, candidates, extend, known, properties, types
from kbs_graph.terms import ID
from webui import i18n, institute_urls, jsonp, urls
from webui.caching import respond
from webui.i18n import gettext, language
from webui.negotiation import HTML
from webui.serving import opened

JSON = "application/json"
PREVIEW_SIZE = (430, 300)
"""Width and height of a preview, in pixels."""
_LAST = 10_000
"""The highest number of suggestions to pass over."""

blueprint = Blueprint("reconcile", __name__)


def _route(path: str) -> Callable[[Callable[..., Response]], Callable[..., Response]]:
    """Both addresses of a part of the service, with and without a closing slash; and what a browser asks beforehand."""

    def add(view: Callable[..., Response]) -> Callable[..., Response]:
        def answer(lang: str = "", **parts: str) -> Response:
            response = Response(status=204) if request.method == "OPTIONS" else view(**parts)
            if not i18n.is_asked():
                response.vary.add("Accept-Language")
            return response

        methods = ["GET", "OPTIONS"] if path else ["GET", "POST", "OPTIONS"]
        for begin in ("", "/<lang:lang>"):
            blueprint.add_url_rule(
                f"{begin}/reconcile{path}",
                view.__name__,
                answer,
                methods=methods,
                strict_slashes=False,
                provide_automatic_options=False,
            )
        return view

    return add


@_route("")
def service() -> Response:
    """The manifest, the candidates for `queries`, or the values that `extend` asks for."""
    given = {**request.args.to_dict(), **request.form.to_dict()}
    if "queries" in given:
        return _answer(lambda: _results(given["queries"]))
    if "extend" in given:
        return _answer(lambda: extend.answer(_known(), asked.extension(given["extend"]), language()))
    if request.method == "POST" or "query" in given:
        raise BadRequest(
            'Stuur een formulierveld queries (of extend) met JSON: queries={"q0":{"query":"schulden"}}.',
            'Send a form field queries (or extend) with JSON: queries={"q0":{"query":"schulden"}}.',
        )
    return _answer(_manifest)


@_route("/suggest/entity")
def suggest_entity() -> Response:
    """Things whose name or id goes on from `prefix`, of `type` when that is given."""
    return _answer(_entities)


@_route("/suggest/type")
def suggest_type() -> Response:
    return _answer(lambda: {"result": _begun(types.documents(language()))})


@_route("/suggest/property")
def suggest_property() -> Response:
    return _answer(lambda: {"result": _begun(extend.proposed(types.BY_SEGMENT, language()))})


@_route("/flyout/<any(entity,type,property):kind>")
def flyout(kind: str) -> Response:
    """A few words about a suggestion, for clients that show these instead of a preview."""
    return _answer(lambda: _flyout(kind, request.args.get("id", "")))


@_route("/properties")
def propose() -> Response:
    """The properties that things of `type` have, at most `limit`."""
    return _answer(_proposed)


@_route("/preview")
def preview() -> Response:
    """A small page about the thing with this `id`, for a frame of PREVIEW_SIZE in the page of a client."""
    return respond(HTML, _preview)


def _answer(make: Callable[[], dict[str, object]]) -> Response:
    """A document as JSON, or as a call of the function that `callback` names."""
    callback = jsonp.callback()

    def written() -> Response:
        if callback:
            return Response(f"/**/{callback}({json.dumps(make())});", mimetype=jsonp.JAVASCRIPT)
        return Response(json.dumps(make(), ensure_ascii=False), mimetype=JSON)

    if request.method == "POST":
        response = written()
        response.cache_control.no_store = True
        return response
    return respond(jsonp.JAVASCRIPT if callback else JSON, written, keep=False)


def _known() -> known.Known:
    return known.of(opened().store)


def _manifest() -> dict[str, object]:
    here = institute_urls.reconcile()
    width, height = PREVIEW_SIZE
    return {
        "versions": ["0.2"],
        "name": gettext("Kennisbouwstenen: what neighbourhood teams need to know"),
        "identifierSpace": ID,
        "schemaSpace": types.SCHEMA_SPACE,
        "documentation": urls.absolute(urls.part(urls.downloads(), "reconcile")),
        "serviceVersion": kbs_graph.__version__,
        "logo": urls.absolute(urls.static("icon-192.png")),
        "defaultTypes": types.documents(language()),
        "view": {"url": institute_urls.entity_template()},
        "preview": {"url": f"{here}/preview?id={{{{id}}}}", "width": width, "height": height},
        "suggest": {
            name: {
                "service_url": here,
                "service_path": f"/suggest/{name}",
                "flyout_service_path": f"/flyout/{name}?id=${{id}}",
            }
            for name in ("entity", "property", "type")
        },
        "extend": {
            "propose_properties": {"service_url": here, "service_path": "/properties"},
            "property_settings": _settings(),
        },
        "batchSize": asked.BATCH,
    }


def _settings() -> list[dict[str, object]]:
    return [
        {
            "name": "lang",
            "label": gettext("Language"),
            "type": "select",
            "default": language(),
            "help_text": gettext("The language of names and texts; what is not there in it comes in Dutch."),
            "choices": [{"value": "nl", "name": "Nederlands"}, {"value": "en", "name": "English"}],
        },
        {
            "name": "limit",
            "label": gettext("Most values"),
            "type": "number",
            "default": 0,
            "help_text": gettext("At most this many values of each thing; 0 for all."),
        },
    ]


def _results(text: str) -> dict[str, object]:
    index, tongue = opened().index, language()
    return {
        key: {"result": [candidates.result(c, tongue) for c in candidates.answer(_known(), index, query, tongue)]}
        for key, query in asked.queries(text).items()
    }


def _entities() -> dict[str, object]:
    given, tongue = request.args, language()
    prefix = given.get("prefix", "")[: asked.LONGEST]
    found = candidates.suggest(_known(), opened().index, prefix, given.getlist("type"), tongue, _number("cursor", 0))
    return {"result": [candidates.suggestion(row, tongue) for row in found]}


def _begun(documents: list[dict[str, object]]) -> list[dict[str, object]]:
    """Those with a name, or an id, in which a word goes on from `prefix`; all of them without one."""
    prefix = request.args.get("prefix", "")[: asked.LONGEST].casefold().strip()
    named = ((each, f" {each['name']} {each['id']}".casefold()) for each in documents)
    return [each for each, text in named if f" {prefix}" in text][_number("cursor", 0) :]


def _flyout(kind: str, name: str) -> dict[str, object]:
    if kind == "entity":
        row = _known().thing(name)
        found = [candidates.suggestion(row, language())] if row else []
    else:
        all_of_it = types.documents(language()) if kind == "type" else extend.proposed(types.BY_SEGMENT, language())
        found = [each for each in all_of_it if each["id"] == name]
    if not found:
        raise _nobody()
    about = found[0].get("description", "")
    text = Markup("<p><strong>{}</strong></p>").format(found[0]["name"])
    return {"id": name, "html": text + Markup("<p>{}</p>").format(about) if about else text}


def _nobody() -> NotFound:
    return NotFound("Er is niets met dit id.", "There is nothing with this id.")


def _proposed() -> dict[str, object]:
    kind, most = request.args.get("type", ""), _number("limit", 0)
    segments = types.segments([kind])[0] if kind else frozenset(types.BY_SEGMENT)
    return {
        **({"type": kind} if kind else {}),
        **({"limit": most} if most else {}),
        "properties": extend.proposed(segments, language(), most or None),
    }


def _preview() -> str:
    name = request.args.get("id", "")
    row = _known().thing(name)
    if row is None:
        raise _nobody()
    words = [word for word in _known().words.get(row.ref.iri, ()) if word.language == language()]
    domains = properties.areas(_known(), row)
    count = _known().sources.get(row.ref.iri, 0)
    return render_template("reconcile_preview.html", row=row, words=words, domains=domains, count=count)


def _number(name: str, default: int) -> int:
    """A whole number, zero or more, from the address. Raises BadRequest for anything else."""
    given = request.args.get(name) or str(default)
    if not (given.isascii() and given.isdecimal() and len(given) < 7 and int(given) <= _LAST):
        raise BadRequest(
            f"{name} moet een heel getal van 0 tot en met {_LAST} zijn.",
            f"{name} must be a whole number from 0 to {_LAST}.",
        )
    return int(given)
