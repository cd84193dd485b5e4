"""Answers kept by snapshot: strong ETags and 304 (RFC 9110, sections 8.8.3 and 13.1.2), packing, and a page cache.

One snapshot, one version of the code, one address and one language make one answer. So an answer once made may be given
again, and a reader who has it already is told so.
"""

import gzip
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from flask import Flask, Response, current_app, request

import kbs_graph
from webui import serving
from webui.i18n import language
from webui.kept import Kept

_KEY = "kbs_cache"
LARGEST = 16 << 20
"""Bytes of answers kept in a process; the ones asked for longest ago go first."""
LARGEST_ONE = 1 << 20
_WORTH_PACKING = 1000
_PACKABLE = (
    "text/",
    "application/json",
    "application/ld+json",
    "application/n-quads",
    "application/n-triples",
    "application/problem+json",
    "application/rdf+xml",
    "application/sparql-results",
    "application/trig",
    "image/svg",
)
"""How the types begin that packing makes smaller."""


class _Answer(NamedTuple):
    body: bytes
    headers: tuple[tuple[str, str], ...]


class _Cache:
    """The answers kept by this process, by tag, for one version of the code."""

    def __init__(self, code: str):
        self.code = code
        self._answers: Kept[str, _Answer] = Kept(LARGEST, LARGEST_ONE)

    def find(self, tag: str) -> _Answer | None:
        return self._answers.find(tag)

    def keep(self, tag: str, answer: _Answer) -> None:
        self._answers.keep(tag, answer, len(answer.body))


def init(app: Flask, root: Path) -> None:
    """Take the hash of the code, the templates and the JSON-LD context of this app; nothing is kept yet."""
    app.after_request(_pack)
    folders = (Path(__file__).parent, Path(kbs_graph.__file__).parent)
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    context = root / "ontology" / "context.jsonld"
    digest = hashlib.sha256()
    for path in [*files, *([context] if context.is_file() else [])]:
        if path.suffix != ".pyc":
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    app.extensions[_KEY] = _Cache(digest.hexdigest())


def _cache() -> _Cache:
    found: _Cache = current_app.extensions[_KEY]
    return found


def etag(media_type: str) -> str:
    """The tag of this request's answer in one media type: same snapshot, code, address and language, same bytes.

    Without a configured public address pages name the host they were asked at, so that is part of it then.
    """
    parts = (
        serving.opened().snapshot.content_hash,
        str(serving.opened().snapshot.manifest.get("rules")),
        _cache().code,
        "" if serving.settings().base_url else request.host_url,
        request.path,
        request.query_string.decode("latin-1"),
        media_type,
        language(),
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def respond(media_type: str, make: Callable[[], Response | str], keep: bool = True) -> Response:
    """What `make` gives, made once and kept; packed for who can unpack; or 304 when the reader has it already.

    With `keep` false it is made anew each time: for answers that hold words a person typed.
    """
    tag = etag(media_type)
    known, code = request.if_none_match, (f"{tag}-gzip", tag)
    had = next((name for name in code if known.contains_weak(name) and not known.star_tag), None)
    if had:
        response, tag = Response(status=304), had
    else:
        found = _answer(tag, media_type, make, keep)
        if isinstance(found, _Answer) and _is_packable(len(found.body), dict(found.headers)["Content-Type"]):
            tag = f"{tag}-gzip"
            found = _packed(tag, found, keep)
        response = Response(found.body, headers=list(found.headers)) if isinstance(found, _Answer) else found
    response.set_etag(tag)
    if not response.is_streamed:
        response.vary.add("Accept-Encoding")
    response.cache_control.no_cache = True
    return response


def _answer(tag: str, media_type: str, make: Callable[[], Response | str], keep: bool) -> _Answer | Response:
    """The kept answer, or a fresh one, which is kept unless it is a stream, an error or a redirect."""
    kept = _cache().find(tag)
    if kept:
        return kept
    made = make()
    response = Response(made, mimetype=media_type) if isinstance(made, str) else made
    if response.is_streamed or response.direct_passthrough or response.status_code != 200:
        return response
    answer = _Answer(response.get_data(), tuple(response.headers))
    if keep:
        _cache().keep(tag, answer)
    return answer


def _is_packable(size: int, kind: str) -> bool:
    """Whether this reader can unpack, and gains by it."""
    return bool(request.accept_encodings["gzip"]) and size >= _WORTH_PACKING and kind.startswith(_PACKABLE)


def _packed(tag: str, plain: _Answer, keep: bool) -> _Answer:
    kept = _cache().find(tag)
    if kept:
        return kept
    headers = (pair for pair in plain.headers if pair[0] != "Content-Length")
    answer = _Answer(gzip.compress(plain.body, 6, mtime=0), (*headers, ("Content-Encoding", "gzip")))
    if keep:
        _cache().keep(tag, answer)
    return answer


def _pack(response: Response) -> Response:
    """Pack what did not come through `respond`, such as forms and errors."""
    if response.is_streamed or response.direct_passthrough or response.content_encoding or "ETag" in response.headers:
        return response
    body = response.get_data()
    if len(body) >= _WORTH_PACKING:
        response.vary.add("Accept-Encoding")
    if _is_packable(len(body), response.content_type or ""):
        response.set_data(gzip.compress(body, 6, mtime=0))
        response.content_encoding = "gzip"
    return response
