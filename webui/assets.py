"""The site's own files (style, scripts, pictures, typeface), held in memory and named by their content.

An address carries the hash of the file, so a browser may keep it for good; packed once, sent packed to who can unpack.
"""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

import fontpkg_atkinson_hyperlegible as typeface
from flask import Blueprint, Flask, Response, current_app, request
from werkzeug.exceptions import NotFound

blueprint = Blueprint("assets", __name__)

_KEY = "kbs_assets"
_FOLDER = Path(__file__).parent / "static"
_FONTS = ("AtkinsonHyperlegible-Regular.ttf", "AtkinsonHyperlegible-Bold.ttf")
_TYPES = {".js": "text/javascript", ".svg": "image/svg+xml", ".ttf": "font/ttf", ".woff2": "font/woff2"}
_FOR_GOOD, _A_DAY = 365 * 24 * 3600, 24 * 3600


@dataclass(frozen=True)
class Asset:
    """A file as it is sent: its bytes, the same packed by gzip (None when that gains nothing), type and hash."""

    body: bytes
    packed: bytes | None
    media_type: str
    version: str


def init(app: Flask) -> None:
    """Read all files once; they change with the code only."""
    paths = [path for path in _FOLDER.rglob("*") if path.is_file()]
    fonts = [typeface.ROOT / "files" / name for name in _FONTS]
    names = {path.relative_to(_FOLDER).as_posix(): path for path in paths} | {path.name: path for path in fonts}
    app.extensions[_KEY] = {name: _read(path) for name, path in names.items()}
    app.register_blueprint(blueprint)


def version(name: str) -> str:
    """The hash that stands in the address of a file. An unknown name is a fault of ours: KeyError."""
    return _assets()[name].version


def has(name: str) -> bool:
    """Whether there is such a file: what comes from elsewhere need not be installed."""
    return name in _assets()


@blueprint.get("/static/<path:name>")
def static(name: str) -> Response:
    """A file: for good under its hash, else for a day."""
    asset = _assets().get(name)
    if asset is None:
        raise NotFound
    packed = asset.packed if request.accept_encodings["gzip"] else None
    response = Response(packed or asset.body, content_type=asset.media_type)
    if asset.packed:
        response.vary.add("Accept-Encoding")
    if packed:
        response.content_encoding = "gzip"
    response.set_etag(asset.version + ("-gzip" if packed else ""))
    named = request.args.get("v") == asset.version
    response.cache_control.public = True
    response.cache_control.max_age = _FOR_GOOD if named else _A_DAY
    response.cache_control.immutable = named
    response.make_conditional(request)
    return response


def _assets() -> dict[str, Asset]:
    found: dict[str, Asset] = current_app.extensions[_KEY]
    return found


def _read(path: Path) -> Asset:
    body = path.read_bytes()
    packed = gzip.compress(body, 9, mtime=0)
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    text = kind.startswith("text/")
    return Asset(
        body,
        packed if len(packed) < len(body) * 0.9 else None,
        kind + ("; charset=utf-8" if text else ""),
        hashlib.sha256(body).hexdigest()[:12],
    )
