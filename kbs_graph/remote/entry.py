"""Getting in at a store elsewhere: as nobody, with a token, or with a name and password as the store asks for them."""

import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from urllib.parse import urlsplit

import urllib3

from kbs_graph.remote import trouble


@dataclass(frozen=True)
class Place:
    """An address of a store, and who we are there. Without a name the password is a bearer token (RFC 6750)."""

    address: str
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def is_private(self) -> bool:
        """Whether nobody on the way can read along: https, or this machine."""
        parts = urlsplit(self.address)
        return parts.scheme == "https" or parts.hostname in ("localhost", "127.0.0.1", "::1")


class Entry:
    """What we say of ourselves at one place, as the store last asked for it. Safe to use from several threads."""

    def __init__(self, place: Place):
        self._place = place
        self._asked: Mapping[str, str] = {}
        self._kind = "bearer" if place.password and not place.user else ""
        passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        passwords.add_password(None, place.address, place.user, place.password)
        self._digest = urllib.request.AbstractDigestAuthHandler(passwords)
        self._guard = Lock()

    def take(self, challenge: str) -> bool:
        """Note how the store wants to know us (the header WWW-Authenticate); False when there is nothing new to say."""
        kind, _, rest = challenge.partition(" ")
        with self._guard:
            if not self._place.user or kind.lower() not in ("basic", "digest"):
                return False
            asked = urllib.request.parse_keqv_list(urllib.request.parse_http_list(rest))
            fresh = (kind.lower(), asked.get("nonce")) != (self._kind, self._asked.get("nonce"))
            self._kind, self._asked = kind.lower(), asked
            return fresh

    def headers(self, method: str, address: str) -> dict[str, str]:
        """What to send along: bearer, basic (RFC 7617) or digest (RFC 7616). A password never goes in the clear."""
        place = self._place
        if self._kind in ("bearer", "basic") and not place.is_private:
            raise trouble.in_the_clear(place.address)
        if self._kind == "bearer":
            return {"Authorization": f"Bearer {place.password}"}
        if self._kind == "basic":
            return urllib3.make_headers(basic_auth=f"{place.user}:{place.password}")
        if self._kind != "digest":
            return {}
        request = urllib.request.Request(address, method=method)  # noqa: S310
        with self._guard:  # it counts how often a nonce was used
            return {"Authorization": f"Digest {self._digest.get_authorization(request, self._asked)}"}
