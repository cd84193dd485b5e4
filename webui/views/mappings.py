"""How our concepts meet other schemes: the page, narrowed down by its address, and the same as CSV, JSON and SSSOM."""

import json
from collections.abc import Callable

from flask import Blueprint, Response, render_template, request

from kbs_graph import mappings, sssom, tables
from kbs_graph.errors import BadRequest
from kbs_graph.mappings import RELATIONS, Mapping, Narrowing
from webui import urls
from webui.caching import respond
from webui.i18n import gettext, language
from webui.mapping_words import basis, relation
from webui.negotiation import HTML
from webui.serving import opened
from webui.wording import plain

JSON = "application/json"
SCHEME, RELATION = "kader", "relatie"
_MOST, _LONGEST = 5, 60
"""How many unknown things are named on the page, and at what length."""

blueprint = Blueprint("mappings", __name__)


@blueprint.get("/<lang:lang>/koppelingen")
def page(lang: str) -> Response:
    """The page; what its address asks for and we do not know is said on it."""
    return respond(HTML, _page)


@blueprint.get("/<lang:lang>/koppelingen.<any(csv, json, tsv):ending>")
def data(lang: str, ending: str) -> Response:
    """The mappings that the page shows, for programs. What is unknown in the address is a 400."""
    media_type, make = _FORMS[ending]
    response = respond(media_type.partition(";")[0], lambda: _answer(ending, media_type, make))
    response.headers.add("Link", f'<{urls.absolute(urls.mappings())}>; rel="alternate"; type="{HTML}"')
    response.headers.add("Link", f'<{urls.LICENCE}>; rel="license"')
    return response


def _asked() -> tuple[Narrowing, list[str]]:
    """What the address narrows down to, and what in it is unknown, as a reader may see it."""
    known = {
        SCHEME: frozenset(scheme.prefix for scheme in mappings.schemes(_all())),
        RELATION: frozenset(RELATIONS),
    }
    chosen: dict[str, set[str]] = {name: set() for name in known}
    unknown: dict[str, None] = {}
    for name, value in request.args.items(multi=True):
        if name in known and value in known[name]:
            chosen[name].add(value)
        elif (value and name in known) or name not in (*known, "lang", "lijst"):
            unknown[f"{name}={value}"[:_LONGEST]] = None
    return Narrowing(frozenset(chosen[SCHEME]), frozenset(chosen[RELATION])), list(unknown)[:_MOST]


def _all() -> tuple[Mapping, ...]:
    return mappings.mappings(opened().store)


def _admitted(narrowing: Narrowing) -> tuple[Mapping, ...]:
    return tuple(mapping for mapping in _all() if narrowing.admits(mapping))


def _page() -> str:
    narrowing, unknown = _asked()
    everything = _all()
    shown = _admitted(narrowing)
    return render_template(
        "mappings.html",
        groups=mappings.grouped(shown),
        shown=shown,
        total=len(everything),
        confirmed=sum(mapping.confirmed for mapping in everything),
        narrowing=narrowing,
        unknown=unknown,
        schemes=_schemes(narrowing),
        relations=_relations(narrowing),
        unmapped=mappings.unmapped(opened().store),
    )


def _schemes(narrowing: Narrowing) -> list[tuple[mappings.Scheme, int, bool]]:
    """The schemes to choose from: how many mappings each would leave, and whether it is chosen."""
    left = [mapping for mapping in _all() if Narrowing(relations=narrowing.relations).admits(mapping)]
    counted = [
        (scheme, sum(mapping.scheme == scheme for mapping in left), scheme.prefix in narrowing.schemes)
        for scheme in mappings.schemes(_all())
    ]
    return [choice for choice in counted if choice[1] or choice[2]]


def _relations(narrowing: Narrowing) -> list[tuple[str, str, int, bool]]:
    """The relations to choose from: name, words, how many mappings each would leave, and whether it is chosen."""
    left = [mapping for mapping in _all() if Narrowing(schemes=narrowing.schemes).admits(mapping)]
    counted = [
        (name, relation(skos), sum(mapping.relation == skos for mapping in left), name in narrowing.relations)
        for name, skos in RELATIONS.items()
    ]
    return [choice for choice in counted if choice[2] or choice[3]]


def _answer(ending: str, media_type: str, make: Callable[[Narrowing], bytes]) -> Response:
    narrowing, unknown = _asked()
    if unknown:
        asked = ", ".join(unknown)
        raise BadRequest(
            f"Dit kennen we bij de koppelingen niet: {asked}. Haal het uit het adres.",
            f"This is not known for the mappings: {asked}. Take it out of the address.",
        )
    file_ending = "sssom.tsv" if ending == "tsv" else ending
    name = f"kennisbouwstenen-koppelingen-{language()}.{file_ending}"
    headers = {} if ending == "json" else {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(make(narrowing), content_type=media_type, headers=headers)


def _csv(narrowing: Narrowing) -> bytes:
    return tables.as_csv(mappings.table(gettext("Mappings"), _admitted(narrowing), language()))


def _tsv(narrowing: Narrowing) -> bytes:
    return sssom.as_tsv(
        _admitted(narrowing),
        language(),
        urls.absolute(urls.mappings(narrowing.pairs(), "tsv")),
        f"Kennisbouwstenen: {gettext('Mappings')}",
        gettext("What our concepts are called in other schemes, and what has not been mapped yet."),
    )


def _json(narrowing: Narrowing) -> bytes:
    found = _admitted(narrowing)
    document = {
        "lang": language(),
        "number": len(found),
        "schemes": [
            {
                "iri": group.scheme.ref.iri,
                "prefix": group.scheme.prefix,
                "label": plain(group.scheme.ref.label),
                "about": plain(group.scheme.about),
                "numbers": group.numbers,
                "mappings": [_one(mapping) for mapping in (*group.confirmed, *group.proposed)],
            }
            for group in mappings.grouped(found)
        ],
        "unmapped": {segment: [ref.iri for ref in refs] for segment, refs in mappings.unmapped(opened().store).items()},
    }
    return json.dumps(document, ensure_ascii=False).encode()


def _one(mapping: Mapping) -> dict[str, object]:
    return {
        "subject": {"iri": mapping.ours.iri, "label": plain(mapping.ours.label)},
        "relation": f"skos:{mapping.relation}",
        "words": relation(mapping.relation),
        "object": {
            "iri": mapping.theirs.iri,
            "label": plain(mapping.theirs.label),
            **({"notation": mapping.notation} if mapping.notation else {}),
        },
        "why": plain(mapping.why),
        "restsOn": basis(mapping),
        **({"status": mapping.status.iri} if mapping.status else {}),
        **({"author": mapping.author.iri} if mapping.author else {}),
        **({"date": mapping.day} if mapping.day else {}),
    }


_FORMS: dict[str, tuple[str, Callable[[Narrowing], bytes]]] = {
    "csv": (tables.CSV_TYPE, _csv),
    "json": (JSON, _json),
    "tsv": (sssom.TSV_TYPE, _tsv),
}
