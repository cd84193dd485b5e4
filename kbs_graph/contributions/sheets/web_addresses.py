"""A web address as a person typed it: usable as it is, or what is wrong with it and what was probably meant."""

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import parse_qs, urlsplit

from kbs_graph.errors import Words

LONGEST = 2_000
_USABLE = re.compile(r"https?://[^/\s.]+(\.[^/\s.]+)+(/\S*)?")
"""As in shapes/contribution.ttl."""
_FORBIDDEN = re.compile(r'[\x00-\x20<>"{}|\\^`]')
_SCHEME = re.compile(
    r"(?i)^(?:[htps]{2,7}|http[a-z]?)\s*[:;]{0,2}\s*[/\\]{1,3}\s*(?=\S)|^(?:https?|htps?|htt?ps?)\s*[:;]+\s*"
)
_HOST = re.compile(r"(?i)[^\s/.,@]+([.,][^\s/.,@]+)*[.,][a-z]{2,}(?=[/?#:]|$)")
_BARE = re.compile(r"(?i)www[.,]|[\w-]+(\.[\w-]+)*\.[a-z]{2,}(/|$)")
_CARRIERS = ("safelinks.protection.outlook.com", "www.google.com", "www.google.nl", "l.facebook.com", "lnkd.in")
"""Hosts that only pass a reader on, with the real address in `url`, `q` or `u`."""


@dataclass(frozen=True)
class Address:
    """A usable address in `text`, or `fault`, with in `meant` the address that it probably should be, if any."""

    text: str = ""
    fault: Words | None = None
    meant: str = ""


def read(typed: str) -> Address:
    """Judge an address. Signs around it (`<…>`, quotes, a closing dot) are left off without a word."""
    text = typed.strip().rstrip(",;.").strip("<>\"'“”‘’«» ")
    text = re.sub(r"(?i)^https?://", lambda scheme: scheme[0].lower(), text)
    fault = _fault(text)
    if fault is None:
        return Address(text)
    meant = _meant(text)
    return Address("", fault, meant if meant != text and _fault(meant) is None else "")


def looks_like_one(text: str) -> bool:
    """Whether a word is meant as a web address, well or badly written."""
    word = text.strip().strip("<>\"'")
    return " " not in word and bool(_SCHEME.match(word) or _BARE.match(word))


def _fault(text: str) -> Words | None:
    if not text:
        return Words("Vul het webadres in.", "Fill in the web address.")
    if len(text) > LONGEST:
        return Words(
            f"Dit webadres is langer dan {LONGEST} tekens. Zoek op de site een korter adres.",
            f"This web address is longer than {LONGEST} characters. Look for a shorter one on the site.",
        )
    if re.match(r"(?i)[a-z]:\\|\\\\|file:", text):
        return Words(
            "Dit is een plek op een computer, geen webadres. Zoek het adres op van de pagina op jullie site.",
            "This is a place on a computer, not a web address. Look up the address of the page on your site.",
        )
    if re.match(r"(?i)mailto:|[^\s/:]+@[^\s/:]+\.[a-z]+$", text):
        return Words(
            "Dit is een mailadres. Vul het adres van een webpagina in.",
            "This is a mail address. Fill in the address of a web page.",
        )
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return _badly_written()
    if re.match(r"(?i)(javascript|data|vbscript|ftp|tel|about|chrome|blob|ws|wss):", text):
        return Words(
            "Dit is geen adres van een webpagina. Het begint met https:// of http://.",
            "This is not the address of a web page. That begins with https:// or http://.",
        )
    if _FORBIDDEN.search(text) or not _USABLE.fullmatch(text) or text.startswith(("http://http", "https://http")):
        return _badly_written()
    if "@" in parts.netloc:
        return Words("Haal de gebruikersnaam uit het webadres.", "Take the user name out of the web address.")
    if (
        "," in host
        or ".." in host
        or host.startswith("-")
        or not re.search(r"[^\d.:]", host.rpartition(".")[2] or host)
    ):
        return _not_public() if _is_number(host) else _badly_written()
    if port not in (None, 80, 443) or host.endswith((".local", ".lan", ".internal", ".localhost", ".intranet")):
        return _not_public()
    if host.endswith(_CARRIERS) and _carried(text):
        return Words(
            "Dit adres stuurt door naar een ander. Vul het adres van de pagina zelf in.",
            "This address passes on to another. Fill in the address of the page itself.",
        )
    return None


def _badly_written() -> Words:
    return Words("Dit webadres is niet goed geschreven.", "This address is not written correctly.")


def _not_public() -> Words:
    return Words(
        "Dit adres is niet voor iedereen te openen. Vul een adres op het openbare web in.",
        "Not everyone can open this address. Fill in an address on the public web.",
    )


def _is_number(host: str) -> bool:
    try:
        return bool(ip_address(host))
    except ValueError:
        return False


def _carried(text: str) -> str:
    asked = parse_qs(urlsplit(text).query)
    return next((asked[name][0] for name in ("url", "q", "u") if asked.get(name, [""])[0].startswith("http")), "")


def _meant(text: str) -> str:
    """The most likely right spelling; an empty text when there is no telling."""
    try:
        if carried := _carried(text):
            return carried
    except ValueError:
        pass
    if re.match(r"(?i)mailto:|javascript:|data:|file:|[a-z]:\\", text):
        return ""
    rest, secure = text.replace("\\", "/"), not re.match(r"(?i)http(?!s)", text)
    while match := _SCHEME.match(rest):
        rest = rest[match.end() :]
    rest = rest.lstrip("/:; ")
    rest = re.sub(r"^(?i:w{2,4})[,.]\s*", "www.", rest)
    rest = re.sub(r"\s*([.,/])\s*", r"\1", rest)
    host = _HOST.match(rest)
    if not host:
        return ""
    path = re.sub(r"\s+", "%20", rest[host.end() :].strip())
    path = _FORBIDDEN.sub("", path)
    return f"http{'s' if secure else ''}://{host[0].replace(',', '.')}{path}"
