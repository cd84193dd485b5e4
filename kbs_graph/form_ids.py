"""One-time ids of forms: they say when a form was shown, cannot be made up, and need no cookie.

An id is `<seconds>.<random>.<signature>`, signed (HMAC-SHA256, RFC 2104) with a key that is made at first need and kept
in a file. From the same id the same number can be drawn again, so that posting a form twice is one posting.
"""

import contextlib
import hashlib
import hmac
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from kbs_graph.disk import sync

LIFE = 7 * 24 * 3600.0
"""Seconds after which an id counts as none."""
_KEY_BYTES = 32
_FORM = re.compile(r"([0-9a-f]{1,12})\.([0-9a-f]{32})\.([0-9a-f]{32})")


@dataclass(frozen=True)
class Form:
    """A form that was shown: its id, and how many seconds ago that was."""

    id: str
    age: float


def key(path: Path) -> bytes:
    """The key in a file, which is made when it is not there (readable by its owner only). Raises OSError."""
    with contextlib.suppress(FileNotFoundError):
        return _whole(path.read_bytes(), path)
    made = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    try:
        handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(_KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(made, path)  # whoever comes second takes the key of the first
            sync(path.parent)
    finally:
        made.unlink(missing_ok=True)
    return _whole(path.read_bytes(), path)


def issue(secret: bytes, now: float) -> str:
    """A new id for a form shown at `now` (seconds since 1970)."""
    head = f"{int(now * 1000):x}.{secrets.token_hex(16)}"
    return f"{head}.{_sign(secret, head)}"


def read(secret: bytes, text: str, now: float) -> Form | None:
    """The form of an id that was posted; None when it is not one of ours, too old, or from the future."""
    match = _FORM.fullmatch(text)
    if not match or not hmac.compare_digest(_sign(secret, f"{match[1]}.{match[2]}"), match[3]):
        return None
    age = now - int(match[1], 16) / 1000
    return Form(text, age) if -60 <= age <= LIFE else None


def draw(secret: bytes, form: str, attempt: int, below: int) -> int:
    """A number under `below` that only who has the key can tell from the id; another one at each attempt."""
    digest = hmac.digest(secret, f"number {attempt} {form}".encode(), "sha256")
    return int.from_bytes(digest, "big") % below


def fingerprint(form: str) -> str:
    """What may be kept of an id to know it again."""
    return hashlib.sha256(form.encode()).hexdigest()


def _sign(secret: bytes, head: str) -> str:
    return hmac.digest(secret, f"form {head}".encode(), "sha256").hex()[:32]


def _whole(found: bytes, path: Path) -> bytes:
    if len(found) != _KEY_BYTES:
        raise OSError(f"{path} is not a key of {_KEY_BYTES} bytes; remove it and a new one is made")
    return found
