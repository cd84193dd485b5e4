"""Headers every answer carries: security for pages, and leave for other sites' scripts to read the data (CORS)."""

from flask import Flask, Response, request

import kbs_graph

_SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Frame-Options": "DENY",
}
_FOR_PROGRAMS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Accept, Allow, API-Version, Content-Location, ETag, Link, Retry-After",
    "API-Version": kbs_graph.__version__,
}
"""What programs may read from anywhere, and of which version it is (NL API Design Rules, /core/version-header)."""
_METHODS = ("GET", "HEAD", "POST", "OPTIONS")
"""What scripts of other sites may do; writing is for those who have a token, and not for scripts."""
_PREFLIGHT = {
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
_FRAMED = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'",
    "X-Frame-Options": None,
}
"""A page that others may show in a frame of theirs: it holds no form and no script."""
_OPEN = (
    ".well-known",
    "id",
    "data",
    "dumps",
    "def",
    "shapes",
    "sparql",
    "reconcile",
    "rest",
    "entity",
    "graphs",
    "openapi",
    "voorbeelden",
    "manifest",
)
_OPEN_PAGES = ("casushulp", "dekking", "koppelingen", "nieuw", "reconcile", "zoeken")
"""Pages that also answer as JSON, by the second part of their address."""


def init(app: Flask) -> None:
    app.after_request(_complete)


def _complete(response: Response) -> Response:
    headers = _SECURITY if request.endpoint != "reconcile.preview" else {**_SECURITY, **_FRAMED}
    response.headers.update({name: value for name, value in headers.items() if value})
    first, second = (part.partition(".")[0] or part for part in [*request.path.split("/")[1:3], ""][:2])
    if first in _OPEN or second in _OPEN_PAGES:
        response.headers.update(_FOR_PROGRAMS)
        if request.method == "OPTIONS" and response.status_code < 300:
            _answer_beforehand(response)
    return response


def _answer_beforehand(response: Response) -> None:
    """What may be asked here, without a body (Fetch, "CORS-preflight request"; RFC 9110, section 9.3.7)."""
    known = request.url_rule.methods if request.url_rule else None
    allowed = sorted(response.allow or known or ())
    response.headers.update(_PREFLIGHT)
    response.headers["Allow"] = ", ".join(allowed)
    response.headers["Access-Control-Allow-Methods"] = ", ".join(name for name in allowed if name in _METHODS)
    response.status_code = 204
    response.set_data(b"")
    del response.headers["Content-Type"]
    del response.headers["Content-Length"]
