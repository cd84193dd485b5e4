"""Visits to a real server on this machine: what each way of answering means, and what a guest does and does not do."""

import os
import re
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from kbs_graph.link_states import AWAY, MOVED, UNCHECKED, WORKS, Observation
from kbs_graph.links import fetching
from kbs_graph.links.fetching import Answer, Manners, Unanswered
from kbs_graph.links.visiting import Later, Pacer, Visitor, judged, same_page
from tests.link_server import HUGE, Clock, Web, running

MANNERS = Manners("kennisbouwstenen-linkcheck/1 (+https://example.org/nl/suggestie)", interval=0.0, patience=60,
                  deadline=120, allow_private=True)  # fmt: skip
HASTY = replace(MANNERS, patience=2, deadline=2.5)


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with running() as server:
        yield server


@pytest.fixture
def visitor() -> Visitor:
    return Visitor(MANNERS, Pacer(0.0, 120.0, rest=lambda seconds: None))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/goed", Observation(WORKS, 200)),
        ("/slash", Observation(WORKS, 200)),
        ("/even-elders", Observation(WORKS, 200)),
        ("/even-en-dan-blijvend", Observation(WORKS, 200)),
        ("/ver/8", Observation(WORKS, 200)),
        ("/naar-huis", Observation(AWAY, 200, "soft-404")),
        ("/naar-huis-nl", Observation(AWAY, 200, "soft-404")),
        ("/naar-fout", Observation(AWAY, 200, "soft-404")),
        ("/verboden", Observation(UNCHECKED, 403, "status")),
        ("/wet", Observation(UNCHECKED, 451, "status")),
        ("/te-vaak", Observation(UNCHECKED, 429, "status")),
        ("/muur", Observation(UNCHECKED, 200, "bot-wall")),
        ("/muur-403", Observation(UNCHECKED, 503, "status")),
        ("/weg", Observation(AWAY, 404, "status")),
        ("/echt-weg", Observation(AWAY, 410, "status")),
        ("/kapot", Observation(AWAY, 500, "status")),
        ("/kring", Observation(AWAY, None, "loop")),
        ("/ver/11", Observation(AWAY, None, "redirects")),
        ("/ftp", Observation(UNCHECKED, None, "address")),
        ("/met-naam", Observation(UNCHECKED, None, "address")),
        ("/robots-verboden", Observation(UNCHECKED, None, "robots")),
        ("/goed?geheim", Observation(UNCHECKED, None, "robots")),
        ("/naar-verboden", Observation(UNCHECKED, None, "robots")),
        ("/onzin", Observation(AWAY, None, "connection")),
    ],
)
def test_what_an_answer_means(web: Web, visitor: Visitor, path: str, expected: Observation) -> None:
    assert visitor.look(web.at(path)) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/stil", Observation(AWAY, None, "time-out")),
        ("/druppel-kop", Observation(AWAY, None, "time-out")),
        ("/druppel", Observation(WORKS, 200)),
    ],
)
def test_a_page_that_does_not_come_to_an_end_is_left_in_time(web: Web, path: str, expected: Observation) -> None:
    def get(address: str, manners: Manners, most: int | None) -> Answer:
        return fetching.get(address, MANNERS if address.endswith("robots.txt") else manners, most)

    began = time.monotonic()
    assert Visitor(HASTY, Pacer(0.0, 120.0), get).look(web.at(path)) == expected
    assert time.monotonic() - began < 60, "the server would go on for minutes"


@pytest.mark.parametrize(
    ("path", "to"), [("/verhuisd", "/nieuw"), ("/verhuisd-in-twee", "/nieuw"), ("/teken", "/nie%C3%BCw")]
)
def test_moved_for_good_names_the_new_address(web: Web, visitor: Visitor, path: str, to: str) -> None:
    assert visitor.look(web.at(path)) == Observation(MOVED, 200, "", web.at(to))


def test_of_a_huge_page_only_the_beginning_is_taken(web: Web, visitor: Visitor) -> None:
    assert visitor.look(web.at("/groot")) == Observation(WORKS, 200)
    assert web.sent < HUGE / 5
    assert len(fetching.get(web.at("/groot"), MANNERS).beginning) == MANNERS.most_bytes


def test_a_guest_says_who_it_is_and_brings_no_cookie(web: Web, visitor: Visitor) -> None:
    web.asked.clear()
    visitor.look(web.at("/goed"))
    (_, headers) = next(item for item in web.asked if item[0] == "/goed")
    assert headers["User-Agent"] == MANNERS.agent
    assert not {"Cookie", "Authorization", "Referer"} & set(headers)
    assert fetching.agent("https://kbs.example/").endswith("(+https://kbs.example/nl/suggestie)")


def test_a_page_that_is_not_allowed_is_never_asked_for(web: Web, visitor: Visitor) -> None:
    web.asked.clear()
    visitor.look(web.at("/robots-verboden"))
    visitor.look(web.at("/naar-verboden"))
    assert web.pages_asked() == ["/naar-verboden"]
    assert [path for path, _ in web.asked].count("/robots.txt") == 1, "it is read once"


@pytest.mark.parametrize(
    ("robots", "expected"),
    [
        ((404, b""), Observation(WORKS, 200)),
        ((200, b"\xff\xfe niets"), Observation(WORKS, 200)),
        ((503, b""), Observation(UNCHECKED, None, "robots")),
        ((200, b"User-agent: kennisbouwstenen\nDisallow: /\n"), Observation(UNCHECKED, None, "robots")),
        ((200, b"User-agent: ander\nDisallow: /\n"), Observation(WORKS, 200)),
    ],
)
def test_robots_txt_is_followed_as_rfc_9309_says(
    visitor: Visitor, robots: tuple[int, bytes], expected: Observation
) -> None:
    with running() as host:
        host.robots = robots
        assert visitor.look(host.at("/goed")) == expected


def test_no_name_no_certificate_and_nobody_there(web: Web, visitor: Visitor) -> None:
    assert visitor.look("http://bestaat-niet.invalid/x") == Observation(AWAY, None, "dns")
    assert visitor.look(web.at("/goed", "https")) == Observation(AWAY, None, "tls")
    with running() as host:
        address = host.at("/goed")
    assert visitor.look(address) == Observation(AWAY, None, "connection")


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path, visitor: Visitor) -> None:
    if not shutil.which("openssl"):
        reason = "openssl is not here (apt install openssl): a wrong certificate was NOT tried"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    made = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", *subject, *made],
        check=True,
        capture_output=True,
    )
    with running() as host:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        host.socket = context.wrap_socket(host.socket, server_side=True)
        assert visitor.look(host.at("/goed", "https")) == Observation(AWAY, None, "tls")
        assert host.asked == []


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/", "http://localhost/x", "http://[::1]/", "http://10.0.0.1/", "http://192.168.1.1/",
     "http://169.254.169.254/latest", "http://0.0.0.0/", "http://[::ffff:127.0.0.1]/", "http://[fd00::1]/",
     "http://100.64.0.1/", "http://[64:ff9b::7f00:1]/", "http://224.0.0.1/"],
)  # fmt: skip
def test_this_machine_and_private_networks_are_never_visited(address: str) -> None:
    public = Manners("test", patience=0.5, deadline=1.0)
    with pytest.raises(Unanswered, match="private"):
        fetching.get(address, public)


def test_a_redirect_to_a_private_address_is_not_followed(web: Web) -> None:
    def get(address: str, manners: Manners, most: int | None) -> Answer:
        if "public.example" not in address:
            return fetching.get(address, manners, most)
        return (
            Answer(404, {}, b"") if address.endswith("robots.txt") else Answer(302, {"location": web.at("/goed")}, b"")
        )

    web.asked.clear()
    visitor = Visitor(Manners("test"), Pacer(0.0, 1.0), get)
    assert visitor.look("https://public.example/x") == Observation(UNCHECKED, None, "private")
    assert web.asked == []


@pytest.mark.parametrize(
    "address", ["ftp://example.org/", "http://naam@example.org/", "http:///x", "http://a:99999/", "", "http://[::1/"]
)
def test_what_is_no_address_for_us_is_refused_before_anything_is_asked(address: str) -> None:
    with pytest.raises(Unanswered, match="address"):
        fetching.get(address, MANNERS)


def test_a_name_outside_ascii_is_asked_for_in_ascii() -> None:
    assert fetching.split("https://münchen.example/café?x=ü").url == "https://xn--mnchen-3ya.example/caf%C3%A9?x=%C3%BC"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://a.nl/x", "https://a.nl/x/", True),
        ("http://a.nl/x", "https://www.a.nl/x#deel", True),
        ("http://a.nl:80/x", "https://a.nl:443/x", True),
        ("http://a.nl/x", "http://a.nl/X", False),
        ("http://a.nl/x", "http://a.nl/x?y", False),
        ("http://a.nl/x", "http://b.nl/x", False),
    ],
)
def test_when_two_addresses_are_one_page(one: str, other: str, same: bool) -> None:
    assert same_page(one, other) is same


def test_a_home_page_that_redirects_to_a_home_page_has_moved() -> None:
    answer = Answer(200, {}, b"")
    assert judged("http://oud.nl/", "https://nieuw.nl/", "https://nieuw.nl/", answer).state == MOVED
    assert judged("http://oud.nl/x", "https://nieuw.nl/", "https://nieuw.nl/", answer).failure == "soft-404"


@pytest.mark.parametrize("status", [400, 401, 402, 405, 406, 429, 999])
def test_a_refusal_says_nothing_of_the_page(status: int) -> None:
    assert judged("http://a.nl/x", "http://a.nl/x", "http://a.nl/x", Answer(status, {}, b"")).state == UNCHECKED


# --- pace


class Recorded:
    """A `get` that answers from a table and writes down who was asked when."""

    def __init__(self, clock: Clock, answers: dict[str, Answer] | None = None):
        self.clock, self.answers = clock, answers or {}
        self.log: list[tuple[float, str]] = []

    def __call__(self, address: str, manners: Manners, most: int | None) -> Answer:
        self.log.append((self.clock(), address))
        robots = Answer(200, {}, b"User-agent: *\nCrawl-delay: 20\n" if "traag" in address else b"")
        return robots if address.endswith("/robots.txt") else self.answers.get(address, Answer(200, {}, b""))

    def gaps(self, host: str) -> list[float]:
        times = [at for at, address in self.log if f"//{host}/" in address]
        return [round(b - a, 3) for a, b in pairwise(times)]


def paced(answers: dict[str, Answer] | None = None) -> tuple[Visitor, Recorded, Clock]:
    clock = Clock()
    get = Recorded(clock, answers)
    return Visitor(Manners("test"), Pacer(5.0, 120.0, clock, clock.rest), get), get, clock


def test_a_host_is_asked_once_in_five_seconds_and_another_host_does_not_wait() -> None:
    visitor, get, clock = paced({"https://a.nl/1": Answer(302, {"location": "https://b.nl/1"}, b"")})
    for address in ("https://a.nl/1", "https://a.nl/2", "https://b.nl/2", "http://a.nl/3"):
        visitor.look(address)
    assert get.gaps("a.nl") and min(get.gaps("a.nl")) >= 5
    assert min(get.gaps("b.nl")) >= 5
    began = clock()
    visitor.look("https://c.nl/1")
    assert [at - began for at, address in get.log if "c.nl" in address] == [0, 5], "a new host is asked at once"


def test_a_longer_crawl_delay_is_kept() -> None:
    visitor, get, _ = paced()
    visitor.look("https://traag.nl/1")
    visitor.look("https://traag.nl/2")
    assert get.gaps("traag.nl") == [20, 20]


def test_retry_after_gives_a_host_its_rest() -> None:
    visitor, get, _ = paced({"https://a.nl/1": Answer(429, {"retry-after": "100"}, b"")})
    visitor.look("https://a.nl/1")
    visitor.look("https://a.nl/2")
    assert get.gaps("a.nl") == [5, 100]


@pytest.mark.parametrize("header", ["3600", "Wed, 21 Oct 2099 07:28:00 GMT"])
def test_a_host_that_wants_a_long_rest_is_left_for_this_run(header: str) -> None:
    visitor, get, clock = paced({"https://a.nl/1": Answer(503, {"retry-after": header}, b"")})
    assert visitor.look("https://a.nl/1") == Observation(AWAY, 503, "status")
    with pytest.raises(Later):
        visitor.look("https://a.nl/2")
    assert not any(re.search("/2$", address) for _, address in get.log)
    assert visitor.look("https://b.nl/1").state == WORKS
    assert max(clock.rests) <= 5
