"""The case finder: what was chosen stands in the address, and so does everything that was asked. As a page and as JSON.

No text of a reader's own is taken: a value is the slug of a choice, and any other value is said and left out.
"""

import json

from flask import Blueprint, Response, render_template, request

from kbs_graph import casefinder, casetable
from kbs_graph.casefinder import Chosen, Found, Outcome
from kbs_graph.errors import BadRequest, NotAcceptable
from kbs_graph.model import Referral
from webui import negotiation, urls
from webui.caching import respond
from webui.i18n import language
from webui.negotiation import HTML
from webui.serving import opened
from webui.wording import plain

MOST_VALUES = 30
"""Choices one address may hold: all target groups and twenty signs and more."""
LONGEST_ECHO = 40
"""Characters of an unknown value that are said back."""
PLAIN_JSON = "application/json"

blueprint = Blueprint("casefinder", __name__)


@blueprint.get("/<lang:lang>/casushulp")
def page(lang: str) -> Response:
    """The page for a browser, the same as JSON for a program that asks for it."""
    wanted = negotiation.best(negotiation.ranges(request.accept_mimetypes), (HTML, PLAIN_JSON))
    if wanted is None:
        raise NotAcceptable(
            f"De casushulp is er als {HTML} en als {PLAIN_JSON}.",
            f"The case finder is here as {HTML} and as {PLAIN_JSON}.",
        )
    response = _answer(wanted)
    response.vary.add("Accept")
    return response


@blueprint.get("/<lang:lang>/casushulp.json")
def data(lang: str) -> Response:
    return _answer(PLAIN_JSON)


def _answer(media_type: str) -> Response:
    chosen = _chosen()
    make = _page if media_type == HTML else _json
    if not chosen.unknown:
        return respond(media_type, lambda: make(chosen))
    # What we do not know may be anybody's words: it is said back once and kept nowhere.
    response = Response(make(chosen), mimetype=media_type)
    response.cache_control.no_store = True
    return response


def _chosen() -> Chosen:
    """The choices of the address. Raises BadRequest when there are more than a person would make."""
    groups, signs = ([v for v in request.args.getlist(name) if v] for name in ("doelgroep", "signaal"))
    if len(groups) + len(signs) > MOST_VALUES:
        raise BadRequest(
            f"Dit adres heeft te veel keuzes. Kies er hoogstens {MOST_VALUES}.",
            f"This address holds too many choices. Choose at most {MOST_VALUES}.",
        )
    return casefinder.choose(casetable.table(opened().store), groups, signs)


def _page(chosen: Chosen) -> str:
    table = casetable.table(opened().store)
    return render_template(
        "casefinder.html",
        table=table,
        chosen=chosen,
        unknown=_said(chosen),
        outcome=casefinder.find(table, chosen) if chosen else None,
        most=MOST_VALUES,
    )


def _json(chosen: Chosen) -> str:
    outcome = casefinder.find(casetable.table(opened().store), chosen)
    document = {
        "chosen": {
            "doelgroep": [group.slug for group in chosen.groups],
            "signaal": [sign.ref.slug for sign in chosen.signs],
        },
        "unknown": _said(chosen),
        "lang": language(),
        "safety": _safety(outcome) if outcome.safety else None,
        "aspects": [_aspect(found) for _, group in outcome.by_domain() for found in group],
        "exceedsTeam": bool(outcome.exceeds),
        "exceedsTeamBecause": list(outcome.exceeds),
    }
    return json.dumps(document, ensure_ascii=False)


def _said(chosen: Chosen) -> list[str]:
    """Unknown values as they may be said back: short, and without signs that cannot be seen."""
    words = ("".join(c for c in value if c.isprintable()) for value in chosen.unknown)
    return [word[:LONGEST_ECHO] + ("…" if len(word) > LONGEST_ECHO else "") for word in words if word.strip()]


def _safety(outcome: Outcome) -> dict[str, object]:
    return {
        "signs": [{"iri": sign.ref.iri, "label": plain(sign.ref.label)} for sign in outcome.safety],
        "emergency": "112",
        "specialists": [
            {
                "iri": helper.specialist.ref.iri,
                "label": plain(helper.specialist.ref.label),
                "howToReach": plain(helper.specialist.how_to_reach),
            }
            for helper in outcome.helpers
        ],
    }


def _aspect(found: Found) -> dict[str, object]:
    aspect = found.aspect
    return {
        "iri": aspect.ref.iri,
        "label": plain(aspect.ref.label),
        "href": urls.absolute(urls.page("aspect", str(aspect.ref.slug))),
        "domain": plain(aspect.domain.label),
        "domainIri": aspect.domain.iri,
        "specific": aspect.specific,
        "reasons": [
            {
                "iri": reason.choice.iri,
                "label": plain(reason.choice.label),
                "wordings": [plain(words) for words in reason.wordings],
            }
            for reason in found.reasons
        ],
        "remarks": [
            {"iri": remark.group.iri, "label": plain(remark.group.label), "text": plain(remark.text)}
            for remark in found.remarks
            if remark.text
        ],
        "questions": [plain(question) for question in found.questions],
        "specialists": [_specialist(referral) for referral in aspect.referrals],
        "sources": [{"iri": source.iri, "label": plain(source.label)} for source in aspect.sources],
        "urgent": found.urgent,
    }


def _specialist(referral: Referral) -> dict[str, object]:
    who, soon = referral.specialist, referral.urgency
    return {
        "iri": who.iri if who else None,
        "label": plain(who.label) if who else plain(referral.wording),
        "trigger": plain(referral.trigger),
        "urgency": plain(soon.label) if soon else None,
    }
