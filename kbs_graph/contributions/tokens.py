"""Tokens: what lets a program hand in for one organisation (bearer tokens, RFC 6750), one small file each in `var/`.

A token is `kbs_<id>_<secret>`. It is shown once; kept are its id, which is no secret, and the SHA-256 of the secret
(256 random bits, so a slow hash would add nothing). A token that is revoked or expired is refused from that moment.
"""

import hashlib
import hmac
import json
import logging
import os
import re
import secrets
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from kbs_graph import ratelimit
from kbs_graph.disk import sync
from kbs_graph.errors import Forbidden, NotFound, NotRunnable, Unauthorised
from kbs_graph.facts import EDITORS
from kbs_graph.ratelimit import Limit

FOLDER = "tokens"
DAYS = 365
"""How long a token is good for when nobody says otherwise."""
Scope = Literal["check", "write"]
SCOPES: tuple[Scope, ...] = ("check", "write")
"""What a token lets one do, from little to much: have a contribution checked, or hand it in as well."""
FAILURES = (Limit(10, 60), Limit(100, 3600))
"""Refused tokens of one client before it has to wait. A token that is right always gets through."""
_TOKEN = re.compile(r"kbs_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
_ID = re.compile(r"[0-9a-f]{12}")
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Token:
    """What is kept of a token. Moments are UTC, ISO 8601; `name` says for people what or who uses it."""

    id: str
    organisation: str
    name: str
    scope: Scope
    created: str
    expires: str
    sha256: str
    revoked: str = ""

    def is_good(self, now: datetime) -> bool:
        """Whether it still opens the door."""
        return not self.revoked and now < datetime.fromisoformat(self.expires)


def issue(
    var: Path, organisation: str, days: int = DAYS, name: str = "", scope: Scope = "write", now: datetime | None = None
) -> tuple[Token, str]:
    """A new token, and its text: the only time that it can be read.

    Raises NotRunnable when it cannot be kept, Forbidden for the editors, whose graphs are files and not handed in.
    """
    if organisation == EDITORS:
        raise Forbidden(
            "De grafen van de redactie worden niet met een token gewijzigd, maar in de bestanden van het project.",
            "The graphs of the editors are not changed with a token, but in the files of the project.",
        )
    moment = now or datetime.now(UTC)
    made, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    expires = _text(moment + timedelta(days=days))
    token = Token(made, organisation, name, scope, _text(moment), expires, _digest(secret))
    _write(var, token)
    return token, f"kbs_{made}_{secret}"


def every(var: Path) -> tuple[Token, ...]:
    """All tokens ever issued, by organisation and then the oldest first."""
    found = (_read(path) for path in (var / FOLDER).glob("*.json"))
    return tuple(sorted(found, key=lambda token: (token.organisation, token.created, token.id)))


def revoke(var: Path, number: str, now: datetime | None = None) -> Token:
    """Close the door to a token, by its id, at once and for good. Raises NotFound."""
    token = _find(var, number)
    if token is None:
        raise NotFound(
            f"Er is geen token {number}. Zie kbs token list.", f"There is no token {number}. See kbs token list."
        )
    if not token.revoked:
        token = replace(token, revoked=_text(now or datetime.now(UTC)))
        _write(var, token)
    return token


def check(
    var: Path,
    header: str | None,
    organisation: str,
    scope: Scope,
    address: str | None = None,
    now: datetime | None = None,
) -> Token:
    """The token in an Authorization header, if it lets one do this for this organisation.

    Raises Unauthorised (none, unknown, revoked, expired), Forbidden (of another organisation, or for checking only) and
    TooMany (`address` had too many refused). The log tells of a refusal, without the token.
    """
    if not header:
        raise Unauthorised(
            "Hiervoor is een token nodig. Stuur het mee als: Authorization: Bearer TOKEN. De redactie geeft het uit.",
            "This needs a token. Send it as: Authorization: Bearer TOKEN. The editors issue it.",
        )
    kind, _, text = header.strip().partition(" ")
    match = _TOKEN.fullmatch(text.strip()) if kind.lower() == "bearer" else None
    token = _find(var, match[1]) if match else None
    # A token we do not know takes as long as one we know.
    same = hmac.compare_digest(_digest(match[2] if match else ""), token.sha256 if token else _digest("none"))
    if token is None or not same or not token.is_good(now or datetime.now(UTC)):
        known = token if same else None
        _refused(var, address, organisation, known, "is not good" if known else "is not one of ours")
        raise Unauthorised(
            "Dit token geldt niet (meer). Kijk of het heel is overgenomen, of vraag de redactie om een nieuw.",
            "This token is not valid (any more). Check that it was copied whole, or ask the editors for a new one.",
            "invalid_token",
        )
    if token.organisation != organisation:
        _refused(var, address, organisation, token, "is of another organisation")
        raise Forbidden(
            f"Dit token is van {token.organisation} en geldt niet voor {organisation}. Lever aan voor "
            f"{token.organisation}, of gebruik een token van {organisation}.",
            f"This token belongs to {token.organisation} and is not valid for {organisation}. Hand in for "
            f"{token.organisation}, or use a token of {organisation}.",
        )
    if SCOPES.index(token.scope) < SCOPES.index(scope):
        _refused(var, address, organisation, token, "is for checking only")
        raise Forbidden(
            "Met dit token kun je alleen laten controleren (?check=1). Vraag de redactie om een om aan te leveren.",
            "With this token you can only have things checked (?check=1). Ask the editors for one to hand in.",
        )
    return token


def _refused(var: Path, address: str | None, organisation: str, token: Token | None, why: str) -> None:
    """Log a refusal and count it. Raises TooMany when this client had too many."""
    _log.warning("a token for %s was refused: %s %s", organisation, token.id if token else "it", why)
    ratelimit.enforce(var, "tokens", address, FAILURES)


def _find(var: Path, number: str) -> Token | None:
    path = var / FOLDER / f"{number}.json"
    return _read(path) if _ID.fullmatch(number) and path.is_file() else None


def _read(path: Path) -> Token:
    try:
        token = Token(**json.loads(path.read_bytes()))
        if token.id != path.stem or token.scope not in SCOPES:
            raise ValueError("id or scope")
        datetime.fromisoformat(token.expires)
    except (ValueError, TypeError) as error:
        raise NotRunnable(
            f"{FOLDER}/{path.name} is beschadigd ({error}). Zet het bestand terug of verwijder het.",
            f"{FOLDER}/{path.name} is damaged ({error}). Put the file back or remove it.",
        ) from None
    return token


def _write(var: Path, token: Token) -> None:
    """Keep a token durably, readable by its owner only; whole or not at all."""
    folder = var / FOLDER
    made = folder / f".new-{secrets.token_hex(8)}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(token), file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        made.replace(folder / f"{token.id}.json")
        sync(folder)
    except OSError as error:
        made.unlink(missing_ok=True)
        raise NotRunnable(
            f"Het token is niet te bewaren ({error.strerror}). Er is niets veranderd.",
            f"The token cannot be kept ({error.strerror}). Nothing changed.",
        ) from error


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
