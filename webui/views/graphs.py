"""Named graphs over HTTP (SPARQL 1.1 Graph Store HTTP Protocol): anyone reads, an organisation writes its own.

`PUT` replaces all that an organisation says, `POST` adds, `DELETE` takes it back; `?check=1` only looks, `?partial=1`
leaves out what breaks a rule. What was accepted is durable and served before the answer is given.
"""

import hmac

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import RequestEntityTooLarge

from kbs_graph import catalog, serialize
from kbs_graph.contributions import graphs, handing_in, publishing, tokens
from kbs_graph.contributions.handing_in import Wish
from kbs_graph.contributions.intake import drafts
from kbs_graph.contributions.model import How, Outcome
from kbs_graph.errors import (
    BadRequest,
    Forbidden,
    NotAcceptable,
    NotFound,
    NotRunnable,
    TooLarge,
    Unavailable,
)
from kbs_graph.serialize import GRAPH_FORMATS, Format
from kbs_graph.terms import GRAPHS, graph_iri
from webui import caching, negotiation, urls
from webui.deliver import outcomes
from webui.negotiation import HTML
from webui.protocol import UnsupportedMediaType
from webui.serving import at_hand, opened, service, settings

blueprint = Blueprint("graphs", __name__)

LARGEST = 10 << 20
"""Bytes of a contribution beyond which it is refused unread (413)."""
METHODS = ["GET", "PUT", "POST", "DELETE"]
_HOW: dict[str, How] = {"PUT": "put", "POST": "post", "DELETE": "delete"}


@blueprint.get("/<lang:lang>/aanleveren/techniek")
def explained(lang: str) -> Response:
    """What developers of institutes want to know."""
    return caching.respond(HTML, lambda: render_template(f"deliver/techniek.{lang}.html"))


@blueprint.route("/graphs/<slug:name>", methods=METHODS)
def graph(name: str) -> Response:
    """A named graph by its own address (section 4.1, direct identification)."""
    if request.method in ("GET", "HEAD"):
        return _read(name)
    return _write(name, _HOW[request.method])


@blueprint.route("/graphs", methods=METHODS)
def indirect() -> Response:
    """A named graph by `?graph=` (section 4.2, indirect identification)."""
    asked = request.args.get("graph", "")
    if not asked.startswith(GRAPHS) or "/" in asked[len(GRAPHS) :] or asked == GRAPHS:
        raise BadRequest(
            f"Noem een graaf met ?graph={GRAPHS}<naam>, of gebruik het adres /graphs/<naam>.",
            f"Name a graph with ?graph={GRAPHS}<name>, or use the address /graphs/<name>.",
        )
    return graph(asked[len(GRAPHS) :])


def _read(name: str) -> Response:
    form = negotiation.graph_format(negotiation.ranges(request.accept_mimetypes))
    if form is None:
        there = ", ".join(form.media_type for form in GRAPH_FORMATS.values())
        raise NotAcceptable(f"Een graaf is er als: {there}.", f"A graph comes as: {there}.")
    state = publishing.etag(settings(), name)
    response = _stated(name, form, state) if state else caching.respond(form.media_type, lambda: _body(name, form))
    response.vary.add("Accept")
    response.headers.add("Link", f'<{graph_iri(name)}>; rel="describes"')
    response.headers.add("Link", f'<{urls.LICENCE}>; rel="license"')
    return response


def _stated(name: str, form: Format, state: str) -> Response:
    """What an organisation says, with a validator that begins with the state: If-Match looks at that part alone."""
    tag = f"{state}-{caching.etag(form.media_type)[:8]}"
    known = request.if_none_match
    response = Response(status=304) if known.contains_weak(tag) and not known.star_tag else _body(name, form)
    response.set_etag(tag)
    response.cache_control.no_cache = True
    return response


def _body(name: str, form: Format) -> Response:
    triples = graphs.triples(settings(), opened().store, name)
    return Response(serialize.write(triples, form, opened().snapshot.context), content_type=form.content_type)


def _write(name: str, how: How) -> Response:
    check, partial = (request.args.get(switch, "") not in ("", "0") for switch in ("check", "partial"))
    _is_an_organisation(name)
    token = tokens.check(
        settings().var,
        request.headers.get("Authorization"),
        name,
        "check" if check else "write",
        request.remote_addr,
    )
    wish = Wish(how, token.name or token.id, check, partial, _if_match(name), request.if_none_match.star_tag)
    try:
        outcome = handing_in.withdraw(settings(), name, wish) if how == "delete" else _hand_in(name, wish)
    except NotRunnable as error:  # a full disk, another writer: nothing changed, and it passes
        raise Unavailable(error.words.nl, error.words.en) from error
    return _answer(name, outcome)


def _hand_in(name: str, wish: Wish) -> Outcome:
    media_type, body = _received()
    return handing_in.hand_in(settings(), service().sandbox, at_hand().snapshot, name, media_type, body, wish)


def _is_an_organisation(name: str) -> None:
    """Raises NotFound, Gone or Moved for a name that is no organisation's, Forbidden for a graph of the editors."""
    try:
        catalog.thing(at_hand().store, "organisatie", name)
    except NotFound:
        if graph_iri(name) in at_hand().snapshot.manifest["graphs"]:
            raise Forbidden(
                "Deze graaf is van de redactie en wordt niet zo gewijzigd. Schrijf naar de graaf van je organisatie, "
                "en laat de redactie weten wat hier anders moet.",
                "This graph belongs to the editors and is not changed like this. Write to the graph of your "
                "organisation, and tell the editors what should be different here.",
            ) from None
        raise NotFound(
            f"Er is geen organisatie met de naam {name}. De naam is het laatste deel van het adres van je organisatie, "
            "zoals nji in /nl/organisatie/nji. Staat je organisatie er niet bij, vraag haar dan aan bij de redactie.",
            f"There is no organisation with the name {name}. The name is the last part of the address of your "
            "organisation, like nji in /en/organisatie/nji. If yours is not there, ask the editors to add it.",
        ) from None


def _received() -> tuple[str, bytes]:
    """The media type and all bytes of a contribution. Raises UnsupportedMediaType, TooLarge and BadRequest."""
    coding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if coding not in ("", "identity"):
        raise UnsupportedMediaType(
            f"Stuur het bestand zoals het is, zonder Content-Encoding: {coding}.",
            f"Send the file as it is, without Content-Encoding: {coding}.",
        )
    if request.mimetype not in drafts.MEDIA_TYPES:
        there = ", ".join(drafts.MEDIA_TYPES)
        raise UnsupportedMediaType(
            f"Zeg met Content-Type wat je stuurt. We lezen: {there}.",
            f"Say with Content-Type what you send. We read: {there}.",
        )
    request.max_content_length = LARGEST
    try:
        body = request.get_data(cache=False)
        request.stream.read(1)  # at the limit: only who reads on hears that there is more
    except RequestEntityTooLarge:
        raise TooLarge(
            f"Dit is groter dan {LARGEST >> 20} MiB. Lever minder tegelijk aan; plaatjes en teksten horen er niet in.",
            f"This is larger than {LARGEST >> 20} MiB. Hand in less at a time; pictures and texts do not belong in it.",
        ) from None
    if request.content_length not in (None, len(body)):
        raise BadRequest(
            "Het bestand kwam niet heel aan. Er is niets veranderd; stuur het opnieuw.",
            "The file did not arrive whole. Nothing changed; send it again.",
        )
    if not body:
        raise BadRequest(
            "Er kwam niets mee. Stuur het bestand als inhoud van het verzoek; alles intrekken doe je met DELETE.",
            "Nothing came along. Send the file as the body of the request; to withdraw everything use DELETE.",
        )
    return request.mimetype, body


def _if_match(name: str) -> str | None:
    """The state of the graph that the sender builds on, from If-Match; None when nothing was asked."""
    asked = request.if_match
    if not asked:
        return None
    if asked.star_tag:
        return "*"
    now = publishing.etag(settings(), name)
    states = [tag.partition("-")[0] for tag in asked.as_set()]
    return next((state for state in states if hmac.compare_digest(state, now)), "-")


def _answer(name: str, outcome: Outcome) -> Response:
    """The answer to what was handed in: 201, 200 or 204, and 422 (or 400 when it could not be read) when refused."""
    response = outcomes.report(outcome, urls.graph(name))
    if outcome.status == "created":
        response.headers["Location"] = urls.absolute(urls.graph(name))
    return response
