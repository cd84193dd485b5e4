"""Where to report a hole in the site (security.txt, RFC 9116)."""

from datetime import UTC, datetime, timedelta

from flask import Blueprint, Response, redirect
from werkzeug.wrappers import Response as Answer

from kbs_graph.errors import KbsError
from webui import urls
from webui.i18n import LANGUAGES
from webui.serving import opened

blueprint = Blueprint("security", __name__)

_STEP, _AHEAD = timedelta(days=180), timedelta(days=30)


@blueprint.get("/.well-known/security.txt")
def security() -> Response:
    """To the suggestion form: there is no mail address. Its languages are ours."""
    lines = [
        *(f"Contact: {urls.absolute(urls.suggestion(tongue=tongue))}" for tongue in LANGUAGES),
        f"Expires: {expires(_since(), datetime.now(UTC)):%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(LANGUAGES)}",
        f"Canonical: {urls.absolute(urls.security())}",
    ]
    response = Response("".join(line + "\n" for line in lines), content_type="text/plain; charset=utf-8")
    response.cache_control.max_age = 86400
    return response


@blueprint.get("/security.txt")
def old_place() -> Answer:
    """To the place the standard names (RFC 9116, section 3)."""
    return redirect(urls.security(), 301)


def expires(since: datetime, now: datetime) -> datetime:
    """When the file is to be read anew: `since` and whole half years, 30 to 210 days from `now`.

    So it changes with each version and twice a year, is never in the past however long a version runs, and never more
    than a year ahead (RFC 9116, section 2.5.5).
    """
    wait = now + _AHEAD - since
    return since + _STEP * max(0, -(-wait // _STEP))


def _since() -> datetime:
    """When the version that runs was published; without one, the beginning of this day."""
    try:
        return datetime.fromisoformat(str(opened().snapshot.manifest["created"])).astimezone(UTC)
    except (KbsError, KeyError, ValueError):
        return datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
