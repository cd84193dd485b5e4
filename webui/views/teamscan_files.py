"""The files of a scan: made of what a form brings, in a process of their own, and handed out; nothing is kept."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from flask import Blueprint, Response, render_template, request

from kbs_graph.errors import BadRequest
from kbs_graph.teamscan import profiles, scanfile, topics
from kbs_graph.teamscan.documents import kinds
from kbs_graph.teamscan.documents.kinds import Subject, Wanted
from kbs_graph.teamscan.model import Mode, Scan
from webui import urls
from webui.caching import respond
from webui.i18n import language
from webui.negotiation import HTML
from webui.serving import opened, service
from webui.teamscan import region_state
from webui.teamscan.state import taken

blueprint = Blueprint("teamscan_files", __name__)

_PROGRAM = "kbs_graph.teamscan.jobs"
_JSON = kinds.TYPES["json"]


@blueprint.post("/<lang:lang>/teamscan/bestand.<any(json, xlsx, docx, csv, ics):ending>")
def made(lang: str, ending: str) -> Response:
    """A file of the scan of this form: what `wat` says it is of, the scan itself unless told otherwise."""
    told = request.form.get("wat", Subject.SCAN)
    if told not in list(Subject):
        raise BadRequest(
            f"We weten niet waarvan je een bestand wilt. Kies uit: {', '.join(Subject)}.",
            f"We do not know what you want a file of. Choose: {', '.join(Subject)}.",
        )
    wanted = Wanted(Subject(told), ending, language(), urls.absolute(""))
    today = date.today().isoformat()
    scans = region_state.scans() if wanted.subject is Subject.REGION else (_dated(taken().scan, wanted.subject, today),)
    response = Response(_body(wanted, scans), mimetype=kinds.TYPES[ending].partition(";")[0])
    response.headers["Content-Type"] = kinds.TYPES[ending]
    response.headers.set("Content-Disposition", "attachment", filename=kinds.name(wanted, today))
    response.cache_control.no_store = True
    return response


@blueprint.get("/<lang:lang>/teamscan/bestand.<any(json, xlsx, docx, csv, ics):ending>")
def lost(lang: str, ending: str) -> Response:
    """For who comes by a bookmark or a reload: what the file was made of was in the form alone."""
    response = Response(render_template("teamscan/lost.html", step=""), mimetype=HTML)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@blueprint.get("/<lang:lang>/teamscan/sjabloon.xlsx")
def template(lang: str) -> Response:
    """The empty sheet: of areas (`gebied`) or topics (`onderwerp`), `algemeen` only, for a `profiel` or `wijze`."""
    areas = {str(topic.domain.slug) for topic in topics.read(opened().store) if topic.domain}
    domains = request.args.getlist("gebied")
    if not set(domains) <= areas:
        known = ", ".join(sorted(areas))
        raise BadRequest(f"Zo'n gebied is er niet. Kies uit: {known}.", f"There is no such area. Choose: {known}.")
    profile = profiles.find(request.args.get("profiel", "")) or profiles.PROFILES[0]
    asked = {
        "do": "template",
        "language": language(),
        "domains": domains,
        "general": bool(request.args.get("algemeen")),
        "keys": request.args.getlist("onderwerp"),
        "profile": profile.slug,
        "mode": Mode.OWN if request.args.get("wijze") == Mode.OWN else Mode.TEAM,
        "graph": _version(),
    }

    def file() -> Response:
        response = Response(_run(asked), mimetype=kinds.TYPES["xlsx"])
        name = "teamscan.xlsx" if language() == "nl" else "team-scan.xlsx"
        response.headers.set("Content-Disposition", "attachment", filename=name)
        return response

    return respond(kinds.TYPES["xlsx"], file)


@blueprint.get("/voorbeelden/f1.json")
def example() -> Response:
    """A filled-in scan to try the site and the command line with."""
    return respond(_JSON, lambda: Response(scanfile.example(), mimetype=_JSON))


@blueprint.get("/voorbeelden/teamscan.schema.json")
def schema() -> Response:
    """What the file of a scan may hold (JSON Schema 2020-12)."""
    return respond(_JSON, lambda: Response(scanfile.schema(), mimetype="application/schema+json"))


def _dated(scan: Scan, subject: Subject, today: str) -> Scan:
    """The scan as of today: what is saved always, other documents where it has no day yet."""
    if subject is Subject.SCAN:
        return replace(scan, day=today, graph=_version())
    return replace(scan, day=scan.day or today)


def _body(wanted: Wanted, scans: Sequence[Scan]) -> bytes:
    if wanted.subject is Subject.SCAN and wanted.ending == "json":  # all it takes was read already
        return scanfile.dumps(scans[0], indent=1).encode()
    texts = ", ".join(scanfile.dumps(scan) for scan in scans)
    asked = {"do": "make", **{"subject": wanted.subject, "ending": wanted.ending}}
    return _run({**asked, "language": wanted.language, "base": wanted.base}, f"[{texts}]".encode())


def _run(asked: dict[str, object], body: bytes = b"") -> bytes:
    return service().sandbox.run(_PROGRAM, {**asked, "snapshot": str(opened().snapshot.path)}, body)


def _version() -> str:
    return str(opened().snapshot.manifest["version"])
