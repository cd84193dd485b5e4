"""What came of handing in, as the sender likes it: a page, JSON, plain text, or a SHACL validation report."""

import json

from flask import Response, render_template, request

from kbs_graph import findings
from kbs_graph.contributions.intake import drafts
from kbs_graph.contributions.model import Outcome
from kbs_graph.findings import Finding
from kbs_graph.serialize import TURTLE
from webui import negotiation
from webui.i18n import N_, gettext, language
from webui.negotiation import HTML, PROBLEM

JSON, TEXT = "application/json", "text/plain"
_OFFERS = (JSON, PROBLEM, HTML, TURTLE.media_type, TEXT)
_TITLES = {
    "created": N_("Taken in: this is new"),
    "replaced": N_("Taken in: this replaces what was there"),
    "unchanged": N_("Nothing changed: this was there already"),
    "emptied": N_("Taken back: nothing is left"),
    "checked": N_("Checked: this can be handed in"),
    "refused": N_("Not taken in: first mend what is wrong"),
}


def report(outcome: Outcome, address: str) -> Response:
    """The answer about the graph at an address.

    201 when it is new, 204 when nothing changed or is left, else 200. Refused: 400 for what cannot be read, else 422.
    """
    status = _status(outcome)
    offer = negotiation.best(negotiation.ranges(request.accept_mimetypes), _OFFERS)
    if offer is None and not outcome.ok:
        offer = PROBLEM
    if offer is None and (outcome.findings or outcome.left_out):
        offer = JSON
    quiet = outcome.status in ("unchanged", "emptied") and not (outcome.findings or outcome.left_out)
    if offer is None or (quiet and offer != HTML):
        response = Response(status=201 if outcome.status == "created" else 204)
        del response.headers["Content-Type"]
    else:
        response = _told(outcome, address, offer, status)
    response.headers["Content-Language"] = language()
    response.vary.update(("Accept", "Accept-Language"))
    response.cache_control.no_store = True
    return response


def _status(outcome: Outcome) -> int:
    if outcome.ok:
        return 201 if outcome.status == "created" else 200
    return 400 if drafts.is_unreadable(outcome.findings) else 422


def _told(outcome: Outcome, address: str, offer: str, status: int) -> Response:
    everything = [*outcome.findings, *outcome.left_out]
    if offer == HTML:
        body = render_template("contribution.html", outcome=outcome, title=_TITLES[outcome.status], address=address)
        return Response(body, status=status, mimetype=HTML)
    if offer == TURTLE.media_type:
        text = findings.as_validation_report(everything)
        return Response(text, status=status, content_type=TURTLE.content_type)
    if offer == TEXT:
        text = "\n".join([gettext(_TITLES[outcome.status]), findings.as_text(everything, language()), ""])
        return Response(text, status=status, mimetype=TEXT)
    document: dict[str, object] = {
        "outcome": outcome.status,
        "version": outcome.version,
        "etag": outcome.etag,
        "counts": dict(outcome.counts),
        "findings": [_plain(finding) for finding in outcome.findings],
        "leftOut": [_plain(finding) for finding in outcome.left_out],
    }
    if not outcome.ok:  # problem details (RFC 9457), with our members beside those of the standard
        title = gettext(_TITLES[outcome.status])
        detail = next((f.message.in_language(language()) for f in outcome.findings), title)
        document = {**document, "type": "about:blank", "title": title, "status": status, "detail": detail}
    kind = JSON if outcome.ok else PROBLEM
    return Response(json.dumps(document, ensure_ascii=False, indent=1), status=status, mimetype=kind)


def _plain(finding: Finding) -> dict[str, object]:
    """A finding in the reader's language; what it does not know is left out."""
    given = {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message.in_language(language()),
        "line": finding.line,
        "thing": finding.thing,
        "path": finding.path,
        "value": finding.value,
    }
    return {name: value for name, value in given.items() if value is not None}
