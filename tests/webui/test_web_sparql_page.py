"""The query page for people: examples first, one plain form, answers as a table or a file, errors with their place."""

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from html import unescape

import pytest
from flask.testing import FlaskClient
from small_site import Reader

from kbs_graph import examples
from kbs_graph.config import Settings
from webui import assets, serving
from webui.app import create_app
from webui.views import sparql_page

PREFIX = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"
DOMAINS = "SELECT ?thing ?label WHERE { ?thing a <https://w3id.org/kennisbouwstenen/def#KnowledgeDomain> ; "
LABELS = DOMAINS + "<http://www.w3.org/2004/02/skos/core#prefLabel> ?label } ORDER BY ?thing ?label"
LARGE = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f }"
GRAPH = "https://w3id.org/kennisbouwstenen/graphs/domains"
BROKEN = "SELECT * WHERE {\n  ?thing skos:prefLabel ?label ; foo:bar ?x }"
FORM = r'<form class="%s" .*?</form>'


def ask(browser: FlaskClient, query: str, language: str = "nl", **more: object) -> str:
    return browser.post(f"/sparql?lang={language}", data={"query": query, **more}).text


def form(page: str, name: str) -> str:
    found = re.search(FORM % name, page, re.DOTALL)
    assert found, name
    return found[0]


def field_values(text: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', text)}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_parts_stand_in_the_order_of_the_reader(browser: FlaskClient, language: str) -> None:
    page = ask(browser, LABELS, language)
    places = [
        page.index(f'id="{name}"') for name in ("voorbeelden", "vraag", "antwoord", "grenzen", "stand", "programma")
    ]
    assert places == sorted(places)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_example_has_its_title_its_use_and_two_ways_on(browser: FlaskClient, language: str) -> None:
    page = browser.get(f"/sparql?lang={language}").text
    cards = re.findall(r'<li class="card">(.*?)</li>', page, re.DOTALL)
    every = [example for group in examples.groups() for example in group.examples]
    assert len(cards) == len(every)
    for example, card in zip(every, cards, strict=True):
        text = unescape(card)
        assert f"<h4>{example.title[language]}</h4>" in text
        assert example.use[language] in text
        run, change = re.findall(r'href="([^"]+)"', text)
        assert browser.get(run).status_code == 200
        field = browser.get(change).text.split("<textarea")[1].split(">", 1)[1].split("</textarea>")[0]
        assert unescape(field) == example.text


def test_an_example_that_is_not_there_is_told(browser: FlaskClient) -> None:
    page = browser.get("/sparql?lang=en&voorbeeld=none")
    assert page.status_code == 404
    assert "This example is not here (any more)." in page.text
    assert "<textarea" in page.text


def test_a_table_has_a_caption_a_row_count_languages_and_links_to_our_things(browser: FlaskClient) -> None:
    page = ask(browser, LABELS)
    assert "<caption>4 rijen</caption>" in page
    assert '<th scope="col">label</th>' in page
    assert (
        'href="/nl/domein/inkomen" title="https://w3id.org/kennisbouwstenen/id/domein/inkomen">domein/inkomen<' in page
    )
    assert '<span lang="en">Income</span> <span class="tag">en</span>' in page
    assert "KnowledgeDomain&gt;" in page.split("<textarea")[1].split("</textarea>")[0]


@pytest.mark.parametrize(
    ("term", "shown"),
    [
        ("<https://w3id.org/kennisbouwstenen/def#Case>", '<a href="/def?lang=nl#Case" title="{}">k:Case</a>'),
        (f"<{GRAPH}>", '<a href="/graphs/domains" title="{}">graphs/domains</a>'),
        (
            "<https://w3id.org/kennisbouwstenen/id/aspect/x#stap-1>",
            '<a href="/nl/aspect/x" title="{}">aspect/x#stap-1</a>',
        ),
        ("<http://www.w3.org/2004/02/skos/core#broader>", '<a href="{}" title="{}">skos:broader</a>'),
        ("<https://example.org/?a=1&b=2>", '<a href="{}" title="{}">{}</a>'),
        ("<urn:isbn:1>", "<td>urn:isbn:1</td>"),
        ("<javascript:alert(1)>", "<td>javascript:alert(1)</td>"),
        ('"<b>bold</b>"', "<td>&lt;b&gt;bold&lt;/b&gt;</td>"),
        ('"1"^^<http://www.w3.org/2001/XMLSchema#integer>', "<td>1</td>"),
        ("BNODE()", "<td>_:"),
        ("?unbound", "<td></td>"),
        ("<<( <a:a> <a:b> <a:c> )>>", "<td>{&#34;subject&#34;"),
    ],
)
def test_a_value_is_shown_for_what_it_is(browser: FlaskClient, term: str, shown: str) -> None:
    page = ask(browser, f"SELECT ?x WHERE {{ BIND({term} AS ?x) }}")
    iri = term.strip("<>").replace("&", "&amp;")
    assert shown.replace("{}", iri) in page, re.search("<tbody>.*</tbody>", page, re.DOTALL)


def test_more_rows_than_a_page_shows_are_counted(browser: FlaskClient) -> None:
    page = ask(browser, "SELECT * WHERE { ?a ?b ?c } LIMIT 1200")
    assert "<caption>1200 rijen, de eerste 1.000 staan hier</caption>" in page
    assert page.count("<tr>") == 1001


def test_truth_and_graphs_are_shown(browser: FlaskClient) -> None:
    assert '<p class="lead">Ja</p>' in ask(browser, "ASK {}")
    assert '<p class="lead">No</p>' in ask(browser, "ASK { <a:a> <a:a> <a:a> }", "en")
    page = ask(browser, "CONSTRUCT { ?s a <http://e/<> } WHERE { ?s a ?o }".replace("<http://e/<>", "<http://e/>"))
    assert '<pre class="answer" tabindex="0"' in page
    assert "a &lt;http://e/&gt;" in page


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("SELECT * WHERE { ?s ?p ?o } LIMIT 2", {"json": "application/sparql-results+json", "csv": "text/csv"}),
        ("ASK {}", {"xml": "application/sparql-results+xml", "tsv": "text/tab-separated-values"}),
        ("DESCRIBE <https://w3id.org/kennisbouwstenen/id/domein/inkomen>", {"ttl": "text/turtle"}),
        ("CONSTRUCT WHERE { ?s a ?o }", {"jsonld": "application/ld+json", "nt": "application/n-triples"}),
    ],
)
def test_the_same_question_comes_as_a_file(browser: FlaskClient, query: str, kinds: dict[str, str]) -> None:
    """Pressing the button posts this very query to the endpoint, its dataset included."""
    page = ask(browser, query, **{"default-graph-uri": [GRAPH], "named-graph-uri": [GRAPH]})
    files = form(page, "actions files")
    given = field_values(files)
    assert given == {"query": query, "default-graph-uri": GRAPH, "named-graph-uri": GRAPH}
    assert field_values(form(page, "query")) == {"default-graph-uri": GRAPH, "named-graph-uri": GRAPH}
    offered = re.findall(r'name="format" value="(\w+)"', files)
    assert kinds.keys() <= set(offered)
    (action,) = re.findall(r'action="([^"]+)"', files)
    for ending in offered:
        answer = browser.post(unescape(action), data={**given, "format": ending})
        assert answer.status_code == 200, ending
        assert answer.mimetype == kinds.get(ending, answer.mimetype)
        assert answer.headers["Content-Disposition"] == f'attachment; filename="kennisbouwstenen.{ending}"'
        assert answer.data


def test_an_answer_too_large_to_show_is_told_and_can_be_saved(browser: FlaskClient) -> None:
    page = browser.post("/sparql", data={"query": LARGE})
    assert page.status_code == 413
    assert "te groot om hier te tonen" in page.text
    assert field_values(form(page.text, "actions files"))["query"] == LARGE


def test_an_error_names_line_and_column_and_shows_the_place(browser: FlaskClient) -> None:
    answer = browser.post("/sparql?lang=nl", data={"query": BROKEN.replace("\n", "\r\n")})
    assert answer.status_code == 400
    page = answer.text
    assert "regel 2, kolom 10" in page
    assert '<span class="line-number">2</span>  ?thing <mark>skos:prefLabel' in page
    assert 'data-line="2" data-column="10"' in form(page, "query")
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="query-hint problem"' in page
    assert page.index('id="problem"') < page.index("<textarea")
    assert "Geen antwoord" in page.split("<title>")[1].split("</title>")[0]
    assert "foo:bar" in unescape(page.split("<textarea")[1].split("</textarea>")[0])


def test_an_empty_first_line_keeps_its_number(browser: FlaskClient) -> None:
    """HTML passes over one line break at the start of a field."""
    page = ask(browser, "\n\nSELECT")
    assert 'data-line="3"' in page
    assert ">\n\n\nSELECT</textarea>" in page


def test_missing_prefixes_are_offered_and_adding_them_asks_again(browser: FlaskClient) -> None:
    page = ask(browser, BROKEN, **{"default-graph-uri": GRAPH})
    assert "Deze voorvoegsels kennen we niet. Zet zelf bovenaan waar ze voor staan:</code>" not in page
    assert "<code>foo:</code>" in page
    given = field_values(form(page, "missing"))
    assert given == {"query": f"{PREFIX}\n{BROKEN}", "default-graph-uri": GRAPH}
    solved = field_values(form(ask(browser, BROKEN.replace(" ; foo:bar ?x", "")), "missing"))
    assert browser.post("/sparql", data=solved).status_code == 200


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        ("SELECT", 400, "geen geldige SPARQL"),
        ("", 400, "leeg"),
        ("INSERT DATA { <a:a> <a:a> <a:a> }", 403, "alleen"),
        ("SELECT * { SERVICE <http://x/> { ?s ?p ?o } }", 400, "SERVICE kan hier niet"),
        ("ASK {}" + " " * 70_000, 413, "Maak hem korter"),
    ],
)
def test_what_is_wrong_is_told_above_the_question_as_it_was(
    browser: FlaskClient, query: str, status: int, told: str
) -> None:
    page = browser.post("/sparql", data={"query": query})
    assert page.status_code in (status, 400)
    assert told in page.text
    assert f">{unescape(query)}</textarea>" in unescape(page.text)
    assert page.cache_control.no_store


def test_a_broken_request_still_gives_the_form(browser: FlaskClient) -> None:
    page = browser.get("/sparql?query=%ff")
    assert page.status_code == 400
    assert "UTF-8" in page.text
    assert "></textarea>" in page.text


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_limit_of_the_settings_is_told(settings: Settings, language: str) -> None:
    """Each with a number that nothing else on the page has."""
    named = [item.name for item in fields(Settings) if item.name.startswith("query_")]
    odd = {name: number for number, name in enumerate(named, 411)}
    app = create_app(replace(settings, **odd))  # type: ignore[arg-type]
    app.test_client_class = Reader
    page = app.test_client().get(f"/sparql?lang={language}", headers={"Accept": "text/html"}).text
    with app.app_context():
        serving.service().close()
    limits = page.split('id="grenzen"')[1].split("</section>")[0]
    for name, number in odd.items():
        assert re.search(rf"\b{number}\b", limits), name


def test_the_state_of_the_service_is_told(browser: FlaskClient, settings: Settings) -> None:
    state = browser.get("/sparql?lang=nl").text.split('id="stand"')[1].split("</section>")[0]
    with create_app(settings).app_context():
        snapshot = serving.opened().snapshot
        serving.service().close()
    assert f"<dd>{snapshot.number}</dd>" in state
    assert f"{snapshot.triples:,}".replace(",", ".") in state
    assert snapshot.manifest["created"][:10] in state


def test_every_prefix_can_be_read_and_added(browser: FlaskClient) -> None:
    page = unescape(browser.get("/sparql").text)
    for prefix, namespace in sparql_page.prefixes.WELL_KNOWN.items():
        assert f"<code>PREFIX {prefix}: <{namespace}></code>" in page
        assert f'data-prefix="{prefix}" data-namespace="{namespace}"' in page


@pytest.fixture
def with_editor(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[FlaskClient]:
    """The site where the editor was installed, whatever this machine has."""
    app = create_app(settings)
    with app.app_context():
        some = assets._assets()["sparql.js"]
        assets._assets().update(dict.fromkeys(sparql_page.EDITOR, some))
    yield app.test_client()
    with app.app_context():
        serving.service().close()


def test_the_editor_is_named_only_where_it_is_installed(with_editor: FlaskClient, settings: Settings) -> None:
    page = with_editor.get("/sparql", headers={"Accept": "text/html"}).text
    assert re.search(r'data-editor="/static/editor/yasqe\.min\.js\?v=\w+"', page)
    assert "yasqe" not in re.sub("<form.*?</form>", "", page, flags=re.DOTALL)
    plain = create_app(settings)
    with plain.app_context():
        for name in sparql_page.EDITOR:
            assets._assets().pop(name, None)
    assert "data-editor" not in plain.test_client().get("/sparql", headers={"Accept": "text/html"}).text
    with plain.app_context():
        serving.service().close()
