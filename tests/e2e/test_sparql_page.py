"""The query page in a browser: without script, with script on the plain field, and with the editor in its place."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from axe_faults import faults
from playwright.sync_api import expect

from webui.views.sparql_page import EDITOR

STATIC = Path(__file__).resolve().parents[2] / "webui" / "static"
QUERY = """PREFIX k: <https://w3id.org/kennisbouwstenen/def#>
SELECT ?domain WHERE { ?domain a k:KnowledgeDomain } # é & % + “😀”"""
BROKEN = 'SELECT * WHERE {\n  ?s ?p ?o . # 1\n  ?thing ?name "😀" ; skos:prefLabel ?label }'
SCRIPTED = ("field", "editor")
FORMS = ("none", *SCRIPTED)
EXAMPLE = "/sparql?lang=nl&voorbeeld=hierarchy"
CODE = ".CodeMirror-code"
TEXT = """() => { const e = document.querySelector('.CodeMirror');
  return e ? e.CodeMirror.getValue() : document.querySelector('#query').value }"""
PLACE = """() => { const e = document.querySelector('.CodeMirror');
  if (e) { const c = e.CodeMirror.getCursor(); return e.CodeMirror.getRange({line: 0, ch: 0}, c); }
  const a = document.querySelector('#query'); return a.value.slice(0, a.selectionStart) }"""
FOCUSED = """() => { const e = document.activeElement;
  return e.closest('.CodeMirror') ? 'field' : e.id === 'query' ? 'field' : e.textContent.trim() }"""
RECORD = """window.writes = [];
const put = Storage.prototype.setItem;
Storage.prototype.setItem = function (...a) { window.writes.push(a[0]); return put.apply(this, a); };
const jar = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
Object.defineProperty(Document.prototype, 'cookie',
  { ...jar, set(v) { window.writes.push(v); jar.set.call(this, v); } });
const open = IDBFactory.prototype.open;
IDBFactory.prototype.open = function (...a) { window.writes.push(a[0]); return open.apply(this, a); };"""
STORED = """async () => [document.cookie, localStorage.length, sessionStorage.length,
  (await indexedDB.databases()).length, (await caches.keys()).length, window.writes]"""


@pytest.fixture
def pages(chromium: Any, address: str) -> Iterator[Any]:
    """Opens a path in one of the three forms; a page keeps what it asked for and what the console said."""
    contexts = []

    def open_page(form: str, path: str, width: int = 1280, **options: Any) -> Any:
        if form == "editor":
            require_editor()
        context = chromium.new_context(
            viewport={"width": width, "height": 800},
            locale="nl-NL",
            java_script_enabled=form != "none",
            permissions=["clipboard-read", "clipboard-write"],
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.asked, page.said = [], []
        page.on("request", lambda request: page.asked.append(request))
        page.on("console", lambda said: page.said.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: page.said.append(str(error)))
        if form == "field":  # as where the editor cannot be fetched
            page.route("**/static/editor/*", lambda route: route.fulfill(status=404))
        page.add_init_script(RECORD)
        page.goto(address + path)
        page.locator("form.query").scroll_into_view_if_needed()
        if form == "editor":
            page.wait_for_selector(CODE)
        return page

    yield open_page
    for context in contexts:
        context.close()


def require_editor() -> None:
    """Skip where the editor was not installed; fail there with CI=true."""
    if all((STATIC / name).is_file() for name in EDITOR):
        return
    reason = "the editor of the query page is not installed (make run, with npm): its tests did NOT run"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def write(page: Any, form: str, text: str) -> None:
    """Put a text in the place of what stands in the field, as a person pastes it."""
    if form == "editor":
        page.click(CODE)
        page.evaluate("text => navigator.clipboard.writeText(text)", text)
        page.keyboard.press("Control+A")
        page.keyboard.press("Control+V" if text else "Delete")
        wait_for(page, TEXT, text)
    else:
        page.fill("#query", text)


def wait_for(page: Any, reading: str, wanted: str) -> None:
    """Wait until the page reads as wanted; `reading` is one of the functions above."""
    page.wait_for_function(f"wanted => ({reading})().replaceAll('\\r', '') === wanted", arg=wanted)


def wait_for_answer(page: Any, words: str) -> None:
    expect(page.locator("caption")).to_have_text(words)


def press(page: Any, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def ask(page: Any, name: str = "Vraag") -> None:
    """Press a button that asks, and be on the page with the answer."""
    with page.expect_navigation():
        press(page, name)


@pytest.mark.parametrize("form", FORMS)
def test_a_question_is_asked_and_answered_with_a_table(pages: Any, form: str) -> None:
    page = pages(form, "/sparql?lang=nl")
    write(page, form, QUERY)
    ask(page)
    wait_for_answer(page, "7 rijen")
    expect(page).to_have_url(re.compile(r"/sparql\?lang=nl#antwoord$"))
    with page.expect_navigation():
        page.locator("table.answer a").first.click()
    expect(page.locator("h1")).to_have_text(re.compile("."))
    expect(page).to_have_url(re.compile("/nl/domein/"))


@pytest.mark.parametrize("form", FORMS)
def test_an_example_is_changed_first(pages: Any, form: str) -> None:
    page = pages(form, "/sparql?lang=en")
    page.click("summary:has-text('reuse')")
    with page.expect_navigation():
        page.get_by_role("link", name="Change it first: What comes under Income").click()
    if form == "editor":
        expect(page.locator(CODE)).to_contain_text("skos:broader+")
    else:
        expect(page.locator("#query")).to_have_value(re.compile(r"skos:broader\+"))
    ask(page, "Ask")
    wait_for_answer(page, "20 rows")


@pytest.mark.parametrize("form", FORMS)
def test_an_error_is_told_with_its_place_and_a_missing_prefix_is_added(pages: Any, form: str) -> None:
    page = pages(form, "/sparql?lang=nl")
    write(page, form, BROKEN)
    ask(page)
    expect(page.locator("#problem")).to_contain_text("regel 3, kolom 22")
    expect(page.locator("#problem mark")).to_have_text(re.compile("^skos:prefLabel"))
    if form != "none":
        if form == "editor":
            page.wait_for_selector(CODE)
        wait_for(page, FOCUSED, "field")
        wait_for(page, PLACE, BROKEN[: BROKEN.index("skos:")])
        page.click("summary:has-text('Voorvoegsels')")
        press(page, "Ga naar die plek")
        wait_for(page, FOCUSED, "field")
    ask(page, "Zet ze erbij en vraag opnieuw")
    expect(page.locator("caption")).to_be_visible()
    expect(page.locator("#problem")).to_have_count(0)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("button", "name"), [("CSV", "kennisbouwstenen.csv"), ("JSON", "kennisbouwstenen.json")])
def test_the_answer_is_saved_as_a_file(pages: Any, form: str, button: str, name: str) -> None:
    page = pages(form, "/sparql?lang=nl")
    write(page, form, QUERY)
    ask(page)
    with page.expect_download() as told:
        press(page, button)
    assert told.value.suggested_filename == name
    assert "domein/inkomen" in told.value.path().read_text(encoding="utf-8")
    wait_for_answer(page, "7 rijen")


@pytest.mark.parametrize("form", SCRIPTED)
def test_a_shared_link_holds_the_question_and_sends_it_only_when_asked(pages: Any, address: str, form: str) -> None:
    page = pages(form, "/sparql?lang=nl")
    write(page, form, QUERY)
    press(page, "Kopieer een link naar deze vraag")
    page.locator("form.query [role=status]", has_text="De link is gekopieerd").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(f"{address}/sparql?lang=nl#query=PREFIX%20k")
    opened = pages(form, link.removeprefix(address))
    opened.locator("form.query [role=status]", has_text="De vraag uit de link staat in het veld").wait_for()
    wait_for(opened, TEXT, QUERY)
    wait_for(opened, FOCUSED, "field")
    sent = [unquote(request.url) + str(request.post_data) + str(request.headers) for request in opened.asked]
    assert sent
    assert not any("KnowledgeDomain" in what.partition("#")[0] for what in sent)
    opened.evaluate("location.hash = '#query=ASK%20%7B%7D'")
    wait_for(opened, TEXT, "ASK {}")
    ask(opened)
    expect(opened.locator("#antwoord")).to_contain_text("Ja")


@pytest.mark.parametrize("form", SCRIPTED)
@pytest.mark.parametrize("fragment", ["#query=%E0%A4%A", "#query=", "#antwoord", "#query"])
def test_a_link_that_was_cut_off_does_no_harm(pages: Any, form: str, fragment: str) -> None:
    page = pages(form, EXAMPLE + fragment)
    assert page.evaluate(TEXT) == "" if fragment == "#query=" else "skos:broader" in page.evaluate(TEXT)
    assert [said for said in page.said if "404" not in said] == []


@pytest.mark.parametrize("form", SCRIPTED)
def test_keys_lead_into_the_field_and_out_of_it_and_ask(pages: Any, form: str) -> None:
    page = pages(form, EXAMPLE)
    page.click("summary:has-text('Wie zegt wat')")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    wait_for(page, FOCUSED, "field")
    before = page.evaluate(TEXT)
    page.keyboard.press("Tab")
    wait_for(page, FOCUSED, "Vraag")
    page.keyboard.press("Shift+Tab")
    wait_for(page, FOCUSED, "field")
    page.keyboard.press("Shift+Tab")
    expect(page.locator("summary:has-text('Wie zegt wat')")).to_be_focused()
    assert page.evaluate(TEXT) == before
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    wait_for_answer(page, "20 rijen")


@pytest.mark.parametrize("form", SCRIPTED)
def test_a_prefix_is_added_once_by_its_button(pages: Any, form: str) -> None:
    page = pages(form, EXAMPLE)
    page.click("summary:has-text('Voorvoegsels')")
    press(page, "Voeg toe: prov")
    page.locator("form.query [role=status]", has_text="staat boven je vraag").wait_for()
    assert page.evaluate(TEXT).startswith("PREFIX prov: <http://www.w3.org/ns/prov#>\nPREFIX skos:")
    press(page, "Voeg toe: skos")
    page.locator("form.query [role=status]", has_text="staat al in je vraag").wait_for()
    assert page.evaluate(TEXT).count("PREFIX skos:") == 1


def test_the_editor_comes_only_when_the_field_is_in_view(chromium: Any, address: str) -> None:
    require_editor()
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + "/sparql?lang=nl", wait_until="networkidle")
    assert not any("editor" in url for url in asked)
    page.locator("#query").focus()
    page.keyboard.insert_text("ASK {}")
    page.wait_for_selector(CODE)
    page.keyboard.type(" # on")
    wait_for(page, TEXT, "ASK {} # on")
    context.close()


@pytest.mark.parametrize("comes", [True, False])
@pytest.mark.parametrize("style", ["yasqe.min.css", "sparql-editor.css"])
def test_the_editor_is_made_after_its_style_and_not_without_it(visit: Any, style: str, comes: bool) -> None:
    """Made without style it measures itself wrongly, and shows no text."""
    require_editor()
    page = visit("/sparql?lang=nl")
    held: list[Any] = []
    page.route(f"**/{style}*", lambda route: held.append(route))
    with page.expect_request(f"**/{style}*"):
        page.locator("#query").scroll_into_view_if_needed()
    page.wait_for_function("() => window.joinQueryEditor")
    expect(page.locator("#query")).to_be_visible()
    if comes:
        held[0].continue_()
        expect(page.locator(CODE)).to_be_visible()
        expect(page.locator("#query")).to_be_hidden()
    else:
        with page.expect_event("requestfailed"):
            held[0].abort()
        page.evaluate("new Promise(done => setTimeout(done, 100))")  # what the failure sets off has run by then
        expect(page.locator(".CodeMirror")).to_have_count(0)
        expect(page.locator("#query")).to_be_visible()


def test_the_editor_completes_from_our_own_list(pages: Any) -> None:
    page = pages("editor", "/sparql?lang=nl")
    page.click(CODE)
    page.keyboard.type("PREFIX sss")
    expect(page.locator(".CodeMirror-hint")).to_have_text(["sssom: <https://w3id.org/sssom/>"])
    page.keyboard.press("Escape")
    expect(page.locator(".CodeMirror-hint")).to_have_count(0)
    write(page, "editor", "")
    page.keyboard.type("SELECT * WHERE { ?s skos:")
    page.wait_for_function(f"() => ({TEXT})().startsWith('PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\\n')")


def test_the_editor_tells_a_screen_reader_what_it_is(pages: Any) -> None:
    page = pages("editor", EXAMPLE)
    field = page.get_by_role("textbox", name="Je vraag in SPARQL")
    expect(field).to_have_attribute("aria-multiline", "true")
    expect(field).to_have_accessible_description(re.compile("Met Tab verlaat je het veld"))
    page.click("label[for=query]")
    wait_for(page, FOCUSED, "field")


@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_stored_and_no_other_host_is_asked(pages: Any, address: str, form: str) -> None:
    """Not even for a moment: every write of a script is recorded."""
    page = pages(form, "/sparql?lang=nl")
    write(page, form, QUERY)
    if form != "none":
        assert page.evaluate(STORED) == ["", 0, 0, 0, 0, []]
    ask(page)
    expect(page.locator("caption")).to_be_visible()
    if form != "none":
        assert page.evaluate(STORED) == ["", 0, 0, 0, 0, []]
    assert page.context.cookies() == []
    assert page.context.storage_state()["origins"] == []
    assert {request.url.split("/")[2] for request in page.asked} == {address.split("/")[2]}
    assert [said for said in page.said if form != "field" or "404" not in said] == []


@pytest.mark.parametrize("form", SCRIPTED)
@pytest.mark.parametrize(
    ("language", "width", "look"),
    [
        ("nl", 1280, {}),
        ("en", 360, {}),
        ("nl", 1280, {"color_scheme": "dark"}),
        ("nl", 1280, {"forced_colors": "active"}),
    ],
    ids=["light", "phone", "dark", "forced"],
)
def test_axe_finds_nothing_in_either_form(
    pages: Any, form: str, language: str, width: int, look: dict[str, str]
) -> None:
    for query in ("SELECT * { ?s ?p ?o } LIMIT 5", "SELECT * { ?s skos:x ?o }", "CONSTRUCT WHERE { ?s a ?o }"):
        page = pages(form, f"/sparql?lang={language}&query={query}", width=width, **look)
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.click("summary >> nth=0")
    page.click("form.query summary")
    assert faults(page) == []
