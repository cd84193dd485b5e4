"""Strong ETags and 304 (RFC 9110, sections 8.8.3 and 13.1.2): one snapshot and one code version, one answer."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from flask import Flask, Response, current_app, request

import kbs_graph
from webui import serving
from webui.i18n import language

_KEY = "kbs_code_version"


def init(app: Flask, root: Path) -> None:
    """Take the hash of the code, the templates and the JSON-LD context of this app."""
    folders = (Path(__file__).parent, Path(kbs_graph.__file__).parent)
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    context = root / "ontology" / "context.jsonld"
    digest = hashlib.sha256()
    for path in [*files, *([context] if context.is_file() else [])]:
        if path.suffix != ".pyc":
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    app.extensions[_KEY] = digest.hexdigest()


def etag(media_type: str) -> str:
    """The tag of this request's answer in one media type: same snapshot, code, address and language, same bytes."""
    parts = (
        serving.opened().snapshot.content_hash,
        current_app.extensions[_KEY],
        request.path,
        request.query_string.decode("latin-1"),
        media_type,
        language(),
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def respond(media_type: str, make: Callable[[], Response | str]) -> Response:
    """What `make` gives, with an ETag; or 304 without making it when the reader has it already."""
    tag = etag(media_type)
    known = request.if_none_match
    if known.contains_weak(tag) and not known.star_tag:
        response = Response(status=304)
    else:
        made = make()
        response = Response(made, mimetype=media_type) if isinstance(made, str) else made
    response.set_etag(tag)
    response.cache_control.no_cache = True
    return response
