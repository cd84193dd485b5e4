"""Headers every answer carries: security for pages, and leave for other sites' scripts to read the data (CORS)."""

from flask import Flask, Response, request

_SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Frame-Options": "DENY",
}
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Location, ETag, Link, Retry-After",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
_FRAMED = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'",
    "X-Frame-Options": None,
}
"""A page that others may show in a frame of theirs: it holds no form and no script."""
_OPEN = ("id", "data", "dumps", "def", "sparql", "reconcile", "graphs")
_OPEN_PAGES = ("casushulp", "dekking", "nieuw", "reconcile", "zoeken")
"""Pages that also answer as JSON, by the second part of their address."""


def init(app: Flask) -> None:
    app.after_request(_complete)


def _complete(response: Response) -> Response:
    headers = _SECURITY if request.endpoint != "reconcile.preview" else {**_SECURITY, **_FRAMED}
    response.headers.update({name: value for name, value in headers.items() if value})
    first, second = (part.partition(".")[0] for part in [*request.path.split("/")[1:3], ""][:2])
    if first in _OPEN or second in _OPEN_PAGES:
        response.headers.update(_CORS)
        if request.method == "OPTIONS":
            response.headers.update(_PREFLIGHT)
    return response
