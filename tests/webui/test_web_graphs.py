"""Named graphs over HTTP: methods, statuses, negotiation, conditions, tokens, and what changes nothing."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from small_site import Reader, publish
from werkzeug.test import TestResponse

from kbs_graph.config import Settings
from kbs_graph.contributions import journal, tokens
from kbs_graph.contributions.intake import job
from kbs_graph.sandbox import Sandbox
from kbs_graph.snapshots import SnapshotStore
from webui import serving
from webui.app import create_app

GRAPH = "/graphs/nibud"
TURTLE = "text/turtle"
ID = "https://w3id.org/kennisbouwstenen/id/"
HEAD = f"""@base <{ID}> .
@prefix k: <https://w3id.org/kennisbouwstenen/def#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
"""


def source(number: int = 1, title: str = "Rondkomen") -> str:
    return f"""[] a k:KnowledgeSource ; dct:title "{title} {number}"@nl ; foaf:page <https://www.nibud.nl/{number}> ;
  dct:type <bronsoort/handreiking> ; dct:language "nl" ; dct:subject <aspect/geldzorgen-signaleren> .
"""


ONE, TWO = HEAD + source(), HEAD + source() + source(2)
WRONG = ONE.replace("bronsoort/handreiking", "bronsoort/nee")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a small site of our own, to write to; no downloads are made in the background."""
    return replace(publish(tmp_path_factory.mktemp("graphs")), quiet_seconds=0)


@pytest.fixture(scope="module")
def reader(site: Settings) -> Iterator[FlaskClient]:
    """A client without a token. The door works in this process: test_web_graphs_bombs tries it as it is."""

    def run(self: Sandbox, module: str, arguments: Mapping[str, Any], body: bytes = b"") -> bytes:
        return job.job(job.prepare(arguments), body)

    made = create_app(site)
    made.test_client_class = Reader
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Sandbox, "run", run)
        yield made.test_client()
    with made.app_context():
        serving.service().close()


@pytest.fixture(scope="module")
def good(site: Settings) -> str:
    return tokens.issue(site.var, "nibud", name="website")[1]


class Institute:
    """An organisation that writes to its graph."""

    def __init__(self, client: FlaskClient, token: str, site: Settings):
        self._client, self._token, self._site = client, token, site

    def __call__(
        self, method: str, body: str | bytes = b"", kind: str = TURTLE, at: str = GRAPH, **headers: str
    ) -> TestResponse:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        given.setdefault("Authorization", f"Bearer {self._token}")
        return self._client.open(at, method=method, data=body, content_type=kind, headers=given)

    def state(self) -> tuple[int, int]:
        """The numbers of the last version and of the current snapshot."""
        last = journal.latest(self._site.var, "nibud")
        return (last.number if last else 0), SnapshotStore(self._site.var).current_number()


@pytest.fixture
def nibud(reader: FlaskClient, good: str, site: Settings) -> Iterator[Institute]:
    """An institute that says nothing yet."""
    made = Institute(reader, good, site)
    yield made
    made("DELETE")


def lines(reader: FlaskClient) -> set[str]:
    return set(reader.get(GRAPH, headers={"Accept": "application/n-triples"}).text.splitlines())


def test_put_makes_get_gives_put_replaces_post_adds_delete_empties(reader: FlaskClient, nibud: Institute) -> None:
    assert reader.get(GRAPH).status_code == 404
    made = nibud("PUT", ONE)
    assert (made.status_code, made.headers["Location"]) == (201, "http://localhost/graphs/nibud")
    assert made.get_json()["counts"]["new"] == 1 and "ETag" not in made.headers
    assert len(lines(reader)) == 6
    assert nibud("POST", HEAD + source(2)).status_code == 200
    assert len(lines(reader)) == 12
    assert nibud("PUT", HEAD + source(3)).get_json()["outcome"] == "replaced"
    assert all("nibud-rondkomen-3" in line for line in lines(reader))
    assert reader.get("/nl/bron/nibud-rondkomen-3").status_code == 200
    gone = nibud("DELETE")
    assert (gone.status_code, gone.data) == (204, b"")
    assert reader.get(GRAPH).status_code == 404
    assert nibud("DELETE").status_code == 404


def test_getting_and_putting_back_changes_nothing_in_any_format(reader: FlaskClient, nibud: Institute) -> None:
    nibud("PUT", TWO)
    before = lines(reader), nibud.state()
    for kind in ("text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"):
        got = reader.get(GRAPH, headers={"Accept": kind})
        assert got.mimetype == kind
        assert nibud("PUT", got.data, kind).status_code == 204
    assert (lines(reader), nibud.state()) == before


def test_a_known_address_becomes_links_to_the_source_that_has_it(reader: FlaskClient, nibud: Institute) -> None:
    known = ONE.replace("https://www.nibud.nl/1", "http://nibud.nl/geldzorgen-herkennen")
    assert nibud("PUT", known).get_json()["counts"]["known"] == 1
    assert all(line.startswith(f"<{ID}bron/geldzorgen-herkennen> ") for line in lines(reader))


@pytest.mark.parametrize("method", ["PUT", "POST"])
@pytest.mark.parametrize("body", [ONE, WRONG], ids=["good", "wrong"])
def test_a_dry_run_changes_nothing(reader: FlaskClient, nibud: Institute, method: str, body: str) -> None:
    nibud("PUT", HEAD + source(9))
    before = lines(reader), nibud.state()
    answer = nibud(method, body, at=GRAPH + "?check=1")
    assert answer.get_json()["outcome"] == ("checked" if body == ONE else "refused")
    assert answer.status_code == (200 if body == ONE else 422)
    assert (lines(reader), nibud.state()) == before


def test_what_breaks_a_rule_is_refused_whole_or_left_out_when_asked(reader: FlaskClient, nibud: Institute) -> None:
    body = HEAD + source(2) + WRONG.removeprefix(HEAD)
    before = nibud.state()
    assert nibud("PUT", body).status_code == 422 and nibud.state() == before
    taken = nibud("PUT", body, at=GRAPH + "?partial=1")
    assert taken.status_code == 201
    assert [finding["rule"] for finding in taken.get_json()["leftOut"]] == ["dangling-link"]
    assert len(lines(reader)) == 6


def test_a_refusal_comes_as_the_sender_likes_it_in_the_language_asked_for(nibud: Institute) -> None:
    problem = nibud("PUT", WRONG, Accept_Language="en")
    assert (problem.status_code, problem.mimetype) == (422, "application/problem+json")
    (finding,) = problem.get_json()["findings"]
    assert finding["rule"] == "dangling-link" and finding["line"] == 5
    assert finding["message"].endswith("does not exist. Check that the address was copied well.")
    report = nibud("PUT", WRONG, Accept=TURTLE)
    assert report.mimetype == TURTLE and "sh:ValidationReport" in report.text and "sh:conforms false" in report.text
    page = nibud("PUT", WRONG, Accept="text/html", Accept_Language="nl")
    assert page.mimetype == "text/html" and "bestaat niet" in page.text and "<h1>Niet aangenomen" in page.text
    text = nibud("PUT", WRONG, Accept="text/plain", Accept_Language="en")
    assert text.mimetype == "text/plain" and "ERROR [dangling-link]" in text.text
    assert {r.status_code for r in (report, page, text)} == {422}
    assert nibud("PUT", WRONG, Accept="image/png").mimetype == "application/problem+json"


def test_what_cannot_be_read_is_400_with_the_line(nibud: Institute) -> None:
    broken = nibud("PUT", ONE + "<a> <b")
    assert broken.status_code == 400 and broken.get_json()["findings"][0]["line"] == 7
    assert nibud("PUT", b"").status_code == 400


def test_conditions_keep_two_writers_from_overwriting_each_other(reader: FlaskClient, nibud: Institute) -> None:
    assert nibud("PUT", ONE, If_Match="*").status_code == 412
    assert nibud("PUT", ONE, If_None_Match="*").status_code == 201
    assert nibud("PUT", TWO, If_None_Match="*").status_code == 412
    tag = reader.get(GRAPH).headers["ETag"]
    other = reader.get(GRAPH, headers={"Accept": "application/ld+json"}).headers["ETag"]
    assert tag != other, "another format is another representation"
    assert nibud("PUT", TWO, If_Match=f'"nee", {other}').status_code == 200
    assert nibud("PUT", ONE, If_Match=tag).status_code == 412
    assert nibud("PUT", ONE, If_Match=f"W/{tag}").status_code == 412
    assert nibud("DELETE", If_Match=tag).status_code == 412
    assert nibud("PUT", ONE, If_Match="*").status_code == 200
    assert len(lines(reader)) == 6


def test_who_has_it_already_is_told_so(reader: FlaskClient, nibud: Institute) -> None:
    nibud("PUT", ONE)
    first = reader.get(GRAPH)
    again = reader.get(GRAPH, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert reader.head(GRAPH).headers["ETag"] == first.headers["ETag"]
    nibud("PUT", TWO)
    assert reader.get(GRAPH, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_writing_needs_a_token_of_that_organisation(reader: FlaskClient, nibud: Institute, site: Settings) -> None:
    before = nibud.state()
    none = reader.put(GRAPH, data=ONE, content_type=TURTLE)
    assert (none.status_code, none.headers["WWW-Authenticate"]) == (401, 'Bearer realm="Kennisbouwstenen"')
    past = datetime.now(UTC) - timedelta(days=3)
    expired = tokens.issue(site.var, "nibud", days=1, now=past)[1]
    revoked, text = tokens.issue(site.var, "nibud")
    tokens.revoke(site.var, revoked.id)
    for bad in ("x", expired, text):
        answer = nibud("PUT", ONE, Authorization=f"Bearer {bad}")
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Kennisbouwstenen", error="invalid_token"'
    others = tokens.issue(site.var, "vng")[1]
    assert nibud("PUT", ONE, Authorization=f"Bearer {others}").status_code == 403
    checking = tokens.issue(site.var, "nibud", scope="check")[1]
    assert nibud("PUT", ONE, Authorization=f"Bearer {checking}").status_code == 403
    assert nibud("PUT", ONE, at=GRAPH + "?check=1", Authorization=f"Bearer {checking}").status_code == 200
    assert nibud("DELETE", Authorization="Bearer x").status_code == 401
    assert nibud.state() == before


def test_only_graphs_of_organisations_are_written(nibud: Institute) -> None:
    assert nibud("PUT", ONE, at="/graphs/values").status_code == 403
    assert nibud("DELETE", at="/graphs/herkomst").status_code == 403
    nobody = nibud("PUT", ONE, at="/graphs/nee", Accept_Language="en")
    assert nobody.status_code == 404 and "ask the editors to add it" in nobody.get_json()["detail"]
    assert nibud("PATCH", ONE).status_code == 405


@pytest.mark.parametrize("name", ["values", "herkomst", "ontology", "aspects-inkomen"])
@pytest.mark.parametrize("kind", ["text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples"])
def test_every_graph_can_be_read_in_every_format(reader: FlaskClient, name: str, kind: str) -> None:
    answer = reader.get(f"/graphs/{name}", headers={"Accept": kind})
    assert (answer.status_code, answer.mimetype) == (200, kind)
    assert answer.headers["Access-Control-Allow-Origin"] == "*" and "Accept" in answer.headers["Vary"]
    assert reader.head(f"/graphs/{name}", headers={"Accept": kind}).headers["ETag"] == answer.headers["ETag"]


def test_a_graph_is_also_found_by_its_name_as_a_parameter(reader: FlaskClient, nibud: Institute) -> None:
    at = "/graphs?graph=https://w3id.org/kennisbouwstenen/graphs/nibud"
    assert nibud("PUT", ONE, at=at).status_code == 201
    assert reader.get(at, headers={"Accept": "application/n-triples"}).text.count("\n") == 6
    for wrong in (
        "",
        "?graph=",
        "?graph=https://x.nl/g",
        "?graph=https://w3id.org/kennisbouwstenen/graphs/",
        "?default",
    ):
        assert reader.get("/graphs" + wrong).status_code == 400
    assert reader.get(GRAPH, headers={"Accept": "image/png"}).status_code == 406


def test_other_sites_may_read_and_not_write(reader: FlaskClient) -> None:
    allowed = reader.options(GRAPH)
    assert {"GET", "HEAD", "PUT", "POST", "DELETE"} <= set(allowed.headers["Allow"].split(", "))
    assert "PUT" not in allowed.headers["Access-Control-Allow-Methods"]
    assert "Authorization" not in allowed.headers["Access-Control-Allow-Headers"]


def test_a_body_must_say_what_it_is_and_not_be_packed(nibud: Institute) -> None:
    for kind in ("image/png", "text/plain", "multipart/form-data", "application/x-www-form-urlencoded"):
        refused = nibud("PUT", ONE, kind)
        assert refused.status_code == 415 and "text/turtle" in refused.get_json()["detail"]
    assert nibud("PUT", ONE, Content_Encoding="gzip").status_code == 415
    assert nibud("PUT", ONE, Content_Encoding="identity").status_code == 201


def test_a_body_over_the_limit_is_refused(nibud: Institute) -> None:
    refused = nibud("PUT", b" " * ((10 << 20) + 1))
    assert refused.status_code == 413 and "10 MiB" in refused.get_json()["detail"]
    assert nibud("PUT", ONE.encode() + b" " * (2 << 20)).status_code == 201, "over the limit of other addresses"


def test_the_page_for_developers_is_there_in_both_languages(reader: FlaskClient) -> None:
    for language, word in (("nl", "Aanleveren"), ("en", "Handing in")):
        page = reader.get(f"/{language}/aanleveren/techniek")
        assert page.status_code == 200 and word in page.text and "/graphs/ORGANISATI" in page.text


def test_its_examples_are_taken_in(reader: FlaskClient, nibud: Institute) -> None:
    """What the page tells developers to send, with a subject that the small graph has."""
    page = reader.get("/nl/aanleveren/techniek").text.replace("&lt;", "<").replace("&gt;", ">").replace("&#34;", '"')
    there = page.replace("aspect/schulden-basis", "aspect/geldzorgen-signaleren")
    turtle = there[there.index("@base") : there.index("</code></pre>", there.index("@base"))]
    began = there.index('{"@context": "https://schema.org",\n')
    own = there[began : there.index("</code></pre>", began)]
    json.loads(own)
    assert nibud("PUT", turtle).status_code == 201
    assert nibud("PUT", own, "application/ld+json").status_code == 204, "both say the same"


def test_no_token_stands_in_what_is_kept(site: Settings, good: str, nibud: Institute) -> None:
    nibud("PUT", ONE)
    secret = good.split("_", 2)[2].encode()
    assert not [path for path in Path(site.var).rglob("*") if path.is_file() and secret in path.read_bytes()]
    version = journal.latest(site.var, "nibud")
    assert version and version.by == "website"
