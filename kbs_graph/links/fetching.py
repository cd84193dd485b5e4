"""One GET of one address, by the rules of a guest: public addresses only, no cookies, the first kilobytes, in time.

The name of a host is looked up once, all its addresses must be public, and the connection goes to just those: a name
cannot turn to a private network between the look and the visit. The door to urllib3.
"""

import contextlib
import http.client
import ipaddress
import logging
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util import Url, parse_url

from kbs_graph import __version__
from kbs_graph.link_states import ADDRESS, CONNECTION, DNS, PRIVATE, TIME_OUT, TLS

PRODUCT = "kennisbouwstenen"
"""The name that robots.txt files know the checker by (RFC 9309, section 2.2.1)."""
CONTACT = "/nl/suggestie"
"""The page of the site where the owner of a host can reach the editors."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Manners:
    """How the checker behaves. Times are in seconds, sizes in bytes.

    `agent` is the User-Agent; `interval` the time between two requests to one host; `patience` how long to wait for a
    connection or the next piece of an answer, `deadline` for all of it; `longest_wait` the longest time a host may ask
    us to wait (Retry-After) before its other addresses are left to another run.
    """

    agent: str
    interval: float = 5.0
    patience: float = 15.0
    deadline: float = 40.0
    most_bytes: int = 16_384
    most_robots_bytes: int = 512_000
    most_redirects: int = 10
    longest_wait: float = 120.0
    allow_private: bool = False


@dataclass(frozen=True)
class Answer:
    """What a host answered: the status, the headers by lower-case name, and the beginning of the body."""

    status: int
    headers: Mapping[str, str]
    beginning: bytes


class Unanswered(Exception):
    """No answer came: `kind` is one of kbs_graph.link_states.FAILURES."""

    def __init__(self, kind: str):
        super().__init__(kind)
        self.kind = kind


def agent(base_url: str) -> str:
    """The User-Agent: who we are and where to reach us."""
    return f"{PRODUCT}-linkcheck/{__version__} (+{base_url.rstrip('/')}{CONTACT})"


def split(address: str) -> Url:
    """The parts of an address, normalised (RFC 3986), the host in ASCII. Raises Unanswered (ADDRESS) for no address.

    We visit no other scheme than http and https, and no address that holds a name or password.
    """
    try:
        rough = urlsplit(address)
        if not rough.netloc.isascii():
            rough = rough._replace(netloc=rough.netloc.encode("idna").decode())
        found = parse_url(rough.geturl())
    except (urllib3.exceptions.LocationParseError, ValueError):  # a UnicodeError is a ValueError
        raise Unanswered(ADDRESS) from None
    if found.scheme not in ("http", "https") or not found.host or "@" in rough.netloc or found.port == 0:
        raise Unanswered(ADDRESS)
    return found


def get(address: str, manners: Manners, most_bytes: int | None = None) -> Answer:
    """Visit one address once, without following a redirect. Raises Unanswered."""
    parts = split(address)
    host = (parts.host or "").strip("[]")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    failure = Unanswered(CONNECTION)
    for ip in _looked_up(host, port, manners.allow_private):
        try:
            return _ask(parts, host, ip, port, manners, most_bytes or manners.most_bytes)
        except Unanswered as error:
            failure = error
            if error.kind != CONNECTION:
                break
    raise failure


def _looked_up(host: str, port: int, allow_private: bool) -> list[str]:
    """The IP addresses of a host, each once. Raises Unanswered: DNS for none, PRIVATE when one is not public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unanswered(DNS) from None
    ips = list(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found))
    if not allow_private and not all(map(is_public, ips)):
        raise Unanswered(PRIVATE)
    return ips


def is_public(ip: str) -> bool:
    """Whether an IP address is one of the public internet, also when it wraps an IPv4 address in an IPv6 one."""
    address = ipaddress.ip_address(ip)
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return address.is_global and not address.is_multicast and not address.is_reserved


def _ask(parts: Url, host: str, ip: str, port: int, manners: Manners, most_bytes: int) -> Answer:
    _log.info("GET %s", parts.url)
    connection: HTTPConnection
    if parts.scheme == "https":
        connection = HTTPSConnection(
            ip,
            port,
            timeout=manners.patience,
            ssl_context=_context(),
            server_hostname=host,
            cert_reqs=ssl.CERT_REQUIRED,
        )
    else:
        connection = HTTPConnection(ip, port, timeout=manners.patience)
    headers = {
        "Host": parts.netloc or host,
        "User-Agent": manners.agent,
        "Accept": "text/html,application/xhtml+xml,application/pdf,*/*;q=0.8",
        "Accept-Language": "nl,en;q=0.7",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    with _failures_named(), _cut_off(connection, manners.deadline) as too_late:
        try:
            connection.request("GET", parts.request_uri, headers=headers, preload_content=False, decode_content=False)
            response = connection.getresponse()
            if too_late.is_set():  # a head that was cut off reads as one that ended
                raise Unanswered(TIME_OUT)
            named = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status, named, _beginning(response, most_bytes))
        except Exception:
            if too_late.is_set():
                raise Unanswered(TIME_OUT) from None
            raise


def _beginning(response: urllib3.BaseHTTPResponse, most: int) -> bytes:
    """The first bytes of a body. One that stops or stalls has still begun: the page is there."""
    found = bytearray()
    with contextlib.suppress(OSError, http.client.HTTPException, urllib3.exceptions.HTTPError, AttributeError):
        while len(found) < most:
            piece = response.read1(most - len(found), decode_content=False)
            if not piece:
                break
            found += piece
    return bytes(found[:most])


@contextlib.contextmanager
def _failures_named() -> Iterator[None]:
    """Turns whatever a connection may raise into Unanswered with its kind."""
    try:
        yield
    except Unanswered:
        raise
    except (ssl.SSLError, ssl.CertificateError, urllib3.exceptions.SSLError):
        raise Unanswered(TLS) from None
    except urllib3.exceptions.NewConnectionError:  # which urllib3 counts among its time-outs
        raise Unanswered(CONNECTION) from None
    except (TimeoutError, urllib3.exceptions.TimeoutError):
        raise Unanswered(TIME_OUT) from None
    except (OSError, http.client.HTTPException, urllib3.exceptions.HTTPError, ValueError):
        raise Unanswered(CONNECTION) from None


@contextlib.contextmanager
def _cut_off(connection: HTTPConnection, seconds: float) -> Iterator[threading.Event]:
    """Ends a connection that takes too long as a whole, however slowly it drips; closed at the end in any case."""
    too_late = threading.Event()

    def cut() -> None:
        too_late.set()
        with contextlib.suppress(OSError, AttributeError):
            connection.sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield too_late
    finally:
        timer.cancel()
        connection.close()


@cache
def _context() -> ssl.SSLContext:
    """Certificates are judged by those this machine trusts."""
    return ssl.create_default_context()
