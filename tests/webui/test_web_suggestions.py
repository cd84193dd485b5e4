"""The suggestion form, its number and state page, limits over all workers, and how to report a hole."""

import contextlib
import http.client
import json
import re
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from urllib.request import urlopen

import pytest
from flask import Flask
from flask.testing import FlaskClient
from small_site import running
from werkzeug.test import TestResponse

from kbs_graph import form_ids, ratelimit, suggestions
from kbs_graph.config import Settings
from webui.app import create_app
from webui.views.security import expires

TEXT = "Het bedrag klopt niet: artikel 1.1 noemt € 1.250."
PAGE = "/nl/aspect/geldzorgen-signaleren"


@pytest.fixture
def own(settings: Settings, tmp_path: Path) -> Settings:
    """Settings with a folder of state of their own, beside the snapshot of all tests."""
    var = tmp_path / "var"
    var.mkdir()
    (var / "snapshots").symlink_to(settings.var / "snapshots")
    return replace(settings, var=var, suggestions_burst=3)


@pytest.fixture
def site(own: Settings) -> FlaskClient:
    return create_app(own).test_client()


def kept(settings: Settings) -> list[Path]:
    return sorted((settings.var / "suggestions").glob("*"))


def form(settings: Settings, age: float = 10.0) -> str:
    """The id of a form that was shown so many seconds ago."""
    return form_ids.issue(form_ids.key(settings.var / "form-key"), time.time() - age)


def send(client: FlaskClient, settings: Settings, lang: str = "nl", **fields: str) -> TestResponse:
    given = {"formulier": form(settings), "soort": "fout", "over": PAGE, "tekst": TEXT, "extra": "", **fields}
    return client.post(f"/{lang}/suggestie", data=given)


class Shown(HTMLParser):
    """The controls of a page by id, the links, and what the labels and descriptions point at."""

    def __init__(self, page: str):
        super().__init__()
        self.ids: dict[str, dict[str, str | None]] = {}
        self.links: list[str] = []
        self.labels: set[str | None] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids[str(given["id"])] = given | {"tag": tag}
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        if tag == "label":
            self.labels.add(given.get("for"))


def test_the_form_is_filled_in_from_the_address(site: FlaskClient) -> None:
    asked = {"over": PAGE, "soort": "dode link", "tekst": "Deze link: <b>"}
    answer = site.get("/nl/suggestie?" + urlencode(asked))
    shown = Shown(answer.text)
    assert answer.status_code == 200
    assert "Schrijf geen gegevens over inwoners op." in answer.text
    assert PAGE in shown.links and ">Geldzorgen signaleren</a>" in answer.text
    assert shown.ids["over"]["value"] == PAGE
    assert "checked" in shown.ids["soort-dode-link"]
    assert "Deze link: &lt;b&gt;</textarea>" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "Set-Cookie" not in answer.headers


def test_every_control_has_a_label_and_the_trap_is_out_of_the_way(site: FlaskClient) -> None:
    shown = Shown(site.get("/en/suggestie").text)
    controls = {i for i, c in shown.ids.items() if c["tag"] in ("input", "textarea") and c.get("type") != "radio"}
    assert {"over", "tekst", "extra", "nummer"} <= controls <= shown.labels
    assert (shown.ids["extra"]["tabindex"], shown.ids["extra"]["autocomplete"]) == ("-1", "off")


@pytest.mark.parametrize(
    ("asked", "value", "right"),
    [
        ("https://w3id.org/kennisbouwstenen/id/aspect/schulden", "/nl/aspect/schulden", True),
        ("http://localhost" + PAGE, PAGE, True),
        ("/en/zoeken?q=schulden", "/en/zoeken?q=schulden", True),
        ("/nl/bestaat-niet", "/nl/bestaat-niet", True),
        ("/def?lang=nl", "/def?lang=nl", True),
        ("https://evil.example/nl/", "https://evil.example/nl/", False),
        ("//evil.example/nl/", "//evil.example/nl/", False),
        ("/nl//evil.example", "/nl//evil.example", False),
        ("/\\evil.example", "/\\evil.example", False),
        ("javascript:alert(1)", "javascript:alert(1)", False),
        ("/etc/passwd", "/etc/passwd", False),
        ("http://[", "http://[", False),
        ("/nl/" + "a" * 900, None, False),
    ],
)
def test_only_pages_of_ours_are_linked(site: FlaskClient, asked: str, value: str | None, right: bool) -> None:
    answer = site.get("/nl/suggestie?" + urlencode({"over": asked}))
    shown = Shown(answer.text)
    assert answer.status_code == 200
    assert value is None or shown.ids["over"]["value"] == value
    assert ("aria-invalid" not in shown.ids["over"]) is right
    assert right or asked not in shown.links


def test_an_unknown_kind_is_said_and_not_ignored(site: FlaskClient) -> None:
    assert "Kies wat je wilt doorgeven" in site.get("/nl/suggestie?soort=klacht").text
    assert "Kies wat je wilt doorgeven" not in site.get("/nl/suggestie").text


def test_sending_gives_a_number_and_a_page_that_keeps_the_text_to_itself(site: FlaskClient, own: Settings) -> None:
    answer = send(site, own)
    assert answer.status_code == 303
    assert re.fullmatch(r"/nl/suggestie/\d{4}-\d{4}", answer.location)
    page = site.get(answer.location)
    number = answer.location.rsplit("/", 1)[-1]
    for told in (number, "ontvangen", "Er staat een fout", "Bewaar dit nummer", "<time datetime="):
        assert told in page.text
    assert "artikel 1.1" not in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert "received" in site.get(answer.location.replace("/nl/", "/en/")).text
    (path,) = kept(own)
    document = json.loads(path.read_text(encoding="utf-8"))
    assert (document["kind"], document["page"], document["text"]) == ("fout", PAGE, TEXT)
    assert document["language"] == "nl"
    assert site.get(f"/nl/suggestie?nummer={number.replace('-', ' ')}").location == answer.location
    assert site.get(answer.location.replace("-", "")).location == answer.location


def test_the_page_follows_what_the_editors_do(site: FlaskClient, own: Settings) -> None:
    where = send(site, own).location
    number = where.rsplit("/", 1)[-1]
    suggestions.handle(own.var, number, "gedaan", {"nl": "Dank. <Hersteld>.", "en": "Thanks."}, datetime.now(UTC))
    dutch, english = site.get(where).text, site.get(where.replace("/nl/", "/en/")).text
    assert "<strong>gedaan</strong>" in dutch and "Dank. &lt;Hersteld&gt;." in dutch
    assert "<strong>done</strong>" in english and "Thanks." in english


@pytest.mark.parametrize("number", ["0000-0000", "x", "48219036x", "<b>", "%00", "1" * 3000])
def test_an_unknown_number_is_404_with_help(site: FlaskClient, number: str) -> None:
    answer = site.get(f"/nl/suggestie/{number}", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "acht cijfers, zoals 4821-9036" in answer.text


@pytest.mark.parametrize(
    ("field", "value", "control", "said"),
    [
        ("tekst", "", "tekst", "Schrijf op wat je wilt doorgeven"),
        ("tekst", "\x00\u200b \n", "tekst", "Schrijf op wat je wilt doorgeven"),
        ("tekst", "x" * 2001, "tekst", "2001 tekens"),
        ("tekst", "Het gaat om 111222333.", "tekst", "burgerservicenummer"),
        ("tekst", "Mail jan@voorbeeld.nl", "tekst", "mailadres"),
        ("tekst", "Bel 06-12345678", "tekst", "telefoonnummer"),
        ("soort", "iets", None, "Kies wat je wilt doorgeven"),
        ("over", "https://evil.example/", "over", "geen adres van een van onze pagina"),
        ("over", "/nl/zoeken?q=111222333", "over", "burgerservicenummer"),
    ],
)
def test_what_is_wrong_is_said_at_the_top_and_at_the_field_and_all_is_kept(
    site: FlaskClient, own: Settings, field: str, value: str, control: str | None, said: str
) -> None:
    answer = send(site, own, **{field: value})
    shown = Shown(answer.text)
    assert answer.status_code == 422
    assert "<title>Fout: Suggestie doen" in re.sub(r"\s+", " ", answer.text)
    assert answer.text.count(said) >= 2
    assert "autofocus" in shown.ids["fouten"] and shown.ids["fouten"]["tabindex"] == "-1"
    targets = [link[1:] for link in shown.links if link.startswith("#") and link != "#content"]
    assert targets and set(targets) <= shown.ids.keys()
    if control:
        given = shown.ids[control]
        assert given["aria-invalid"] == "true"
        assert set(str(given["aria-describedby"]).split()) <= shown.ids.keys()
    if field != "tekst":
        assert TEXT in answer.text
    elif value.strip("\x00\u200b \n"):
        assert value in answer.text
    assert kept(own) == []


def test_what_was_kept_can_be_mended_and_sent(site: FlaskClient, own: Settings) -> None:
    found = re.search(r'name="formulier" value="([^"]+)"', send(site, own, tekst="Bel 06-12345678").text)
    assert found
    assert send(site, own, formulier=found[1]).status_code == 303


def test_the_english_form_says_it_in_english(site: FlaskClient, own: Settings) -> None:
    answer = send(site, own, "en", tekst="111222333", soort="")
    assert "citizen service number" in answer.text and "Choose what you want to pass on" in answer.text
    assert send(site, own, "en").location.startswith("/en/suggestie/")
    assert json.loads(kept(own)[0].read_text())["language"] == "en"


def test_a_form_posted_twice_is_one_suggestion(site: FlaskClient, own: Settings) -> None:
    same = form(own)
    assert send(site, own, formulier=same).location == send(site, own, formulier=same).location
    assert len(kept(own)) == 1
    other = send(site, own, formulier=same, tekst="Nog iets anders.")
    assert other.status_code == 409
    assert "Nog iets anders." in other.text and "al suggestie" in other.text
    fresh = re.search(r'name="formulier" value="([^"]+)"', other.text)
    assert fresh and fresh[1] != same
    assert len(kept(own)) == 1


@pytest.mark.parametrize("fields", [{"extra": "https://spam.example"}, {"formulier": ""}, {"formulier": "x.y.z"}])
def test_what_looks_like_a_machine_is_refused_politely_with_its_text(
    site: FlaskClient, own: Settings, fields: dict[str, str]
) -> None:
    answer = send(site, own, **fields)
    assert answer.status_code == 422
    assert TEXT in answer.text and "Versturen" in answer.text
    assert "spam" not in answer.text
    assert kept(own) == []


def test_a_form_sent_at_once_is_refused_and_a_moment_later_accepted(
    site: FlaskClient, own: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now)
    quick = form(own, age=2.0)
    assert send(site, own, formulier=quick).status_code == 422
    now += 1.1
    assert send(site, own, formulier=quick).status_code == 303


def test_too_many_get_429_with_the_text_and_when_to_come_back(site: FlaskClient, own: Settings) -> None:
    assert [send(site, own, tekst=f"nummer {n}").status_code for n in range(3)] == [303] * 3
    answer = send(site, own)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 600
    assert TEXT in answer.text and "nog eens" in answer.text
    assert len(kept(own)) == 3


def test_a_double_post_costs_nothing(site: FlaskClient, own: Settings) -> None:
    same = form(own)
    assert [send(site, own, formulier=same).status_code for _ in range(6)] == [303] * 6
    assert [send(site, own).status_code for _ in range(3)] == [303, 303, 429]


def test_a_proxy_is_believed_only_when_it_is_said_to_be_there(own: Settings) -> None:
    alone = create_app(replace(own, suggestions_burst=1)).test_client()
    behind = create_app(replace(own, suggestions_burst=1, proxies=1)).test_client()
    for client, expected in ((alone, [303, 429]), (behind, [303, 303])):
        shutil.rmtree(own.var / "limits", ignore_errors=True)
        answers = []
        for number in (1, 2):
            given = {"formulier": form(own), "soort": "fout", "tekst": TEXT}
            headers = {"X-Forwarded-For": f"203.0.113.9, 198.51.100.{number}"}
            answers.append(client.post("/nl/suggestie", data=given, headers=headers).status_code)
        assert answers == expected


@pytest.mark.parametrize("broken", ["inbox", "key"])
def test_when_it_cannot_be_kept_that_is_told_and_the_text_stays(
    site: FlaskClient, own: Settings, broken: str, caplog: pytest.LogCaptureFixture
) -> None:
    posted = form(own)
    if broken == "key":
        (own.var / "form-key").write_bytes(b"half a key")
    else:
        (own.var / "suggestions").write_text("not a folder")
    answer = send(site, own, formulier=posted) if broken == "inbox" else site.post(
        "/nl/suggestie", data={"formulier": posted, "soort": "fout", "tekst": TEXT}
    )  # fmt: skip
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert TEXT in answer.text and "over een paar minuten" in answer.text
    assert caplog.records


@pytest.mark.parametrize("media_type", ["application/json", "text/plain", "", "application/sparql-query"])
def test_another_form_than_a_form_is_415(site: FlaskClient, media_type: str) -> None:
    answer = site.post("/nl/suggestie", data=b"{}", content_type=media_type, headers={"Accept": "text/html"})
    assert answer.status_code == 415
    assert "formulier op deze pagina" in answer.text


def test_other_methods_are_405(site: FlaskClient) -> None:
    assert site.put("/nl/suggestie").status_code == 405
    assert site.post("/nl/suggestie/0000-0000").status_code == 405


@pytest.fixture(scope="module")
def address(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Settings]]:
    """A real server with its two worker processes, that count however long they wait for each other."""
    var = tmp_path_factory.mktemp("served")
    (var / "snapshots").symlink_to(settings.var / "snapshots")
    own = replace(settings, var=var, suggestions_burst=7)
    with running(own, **{f"{ratelimit.__name__}.BUSY_SECONDS": 60}) as found:
        yield found, own


def _post(address: str, fields: dict[str, str]) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=120)
    connection.request(
        "POST", "/nl/suggestie", urlencode(fields), {"Content-Type": "application/x-www-form-urlencoded"}
    )
    return connection.getresponse()


def test_the_limit_holds_over_all_workers_at_once(address: tuple[str, Settings]) -> None:
    base, own = address
    seen: list[int] = []

    def sender(number: int) -> None:
        fields = {"formulier": form(own), "soort": "mist", "tekst": f"Tekst {number}"}
        seen.append(_post(base, fields).status)

    threads = [threading.Thread(target=sender, args=(number,)) for number in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(seen) == [303] * 7 + [429] * 17
    assert len(kept(own)) == 7


def test_a_body_of_ten_megabytes_is_413_and_the_server_goes_on(address: tuple[str, Settings]) -> None:
    base, _ = address
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=120)
    body = b"tekst=" + b"x" * (10 << 20)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it may close before it was sent everything
        connection.request("POST", "/nl/suggestie", body, headers)
    answer = connection.getresponse()
    assert answer.status == 413
    assert "Dit is te groot" in answer.read().decode()
    with urlopen(base + "/nl/suggestie") as page:
        assert page.status == 200


def test_security_txt_says_where_to_report_and_until_when_that_holds(app: Flask, own: Settings) -> None:
    client = create_app(replace(own, base_url="https://kennis.example")).test_client()
    answer = client.get("/.well-known/security.txt")
    assert answer.content_type == "text/plain; charset=utf-8"
    fields = [line.partition(": ")[::2] for line in answer.text.splitlines()]
    given = dict(reversed(fields))
    assert given["Contact"] == "https://kennis.example/nl/suggestie"
    assert given["Canonical"] == "https://kennis.example/.well-known/security.txt"
    assert given["Preferred-Languages"] == "nl, en"
    until = datetime.fromisoformat(given["Expires"])
    assert timedelta(days=29) < until - datetime.now(UTC) < timedelta(days=365)
    assert [name for name, _ in fields].count("Expires") == 1
    assert "mailto" not in answer.text
    assert client.get("/security.txt").location == "/.well-known/security.txt"


@pytest.mark.parametrize("days", [0, 1, 149, 150, 151, 179, 180, 181, 400, 5000])
def test_security_txt_is_never_out_of_date_however_old_the_version(days: int) -> None:
    since = datetime(2025, 1, 1, tzinfo=UTC)
    now = since + timedelta(days=days)
    assert timedelta(days=30) <= expires(since, now) - now < timedelta(days=211)
    assert (expires(since, now) - since) % timedelta(days=180) == timedelta()
