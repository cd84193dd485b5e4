"""What readers see of checked addresses: the state with its date, and nobody is sent to what is no longer there."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from small_site import Reader

from kbs_graph import build, files
from kbs_graph.config import Settings
from kbs_graph.link_states import AWAY, GONE, MOVED, UNCHECKED, WORKS, LinkCheck
from kbs_graph.links import fetching, records
from kbs_graph.links.visiting import Visitor
from kbs_graph.search import indexing
from kbs_graph.snapshots import SnapshotStore
from kbs_graph.terms import K, iri_of
from webui import serving, urls
from webui.app import create_app

LEAD, OLD, NEW = "geldzorgen-herkennen", "misbruik-oud", "misbruik-nieuw"
ADDRESSES = {LEAD: "https://www.nibud.nl/geldzorgen-herkennen/", NEW: "https://www.nibud.nl/misbruik"}
DAY, BEFORE = date(2026, 11, 20), date(2026, 11, 3)
Page = Callable[[str], str]


def check(slug: str, state: str, status: int | None = 200, moved_to: str | None = None) -> LinkCheck:
    worked = DAY if state in (WORKS, MOVED) else BEFORE
    return LinkCheck(slug, ADDRESSES[slug], DAY, state, status, moved_to=moved_to, last_worked=worked)


@pytest.fixture
def site(settings: Settings, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """A site with these checks: `site(check, …)` gives a function from the path of a page to its text in one line."""
    root = shutil.copytree(settings.root, tmp_path / "root")
    own = replace(settings, root=root, var=root / "var")
    made = []

    def with_checks(*checks: LinkCheck, change: tuple[str, str] = ("", "")) -> Page:
        path = root / "data" / "sources.ttl"
        path.write_text(path.read_text().replace(*change) if change[0] else path.read_text())
        for item in checks:
            records.write(own.var, item)
        _publish(root, own.var)
        app = create_app(own)
        app.test_client_class = Reader
        made.append(app)
        client = app.test_client()
        return lambda address: _text(client, address)

    yield with_checks
    for app in made:
        with app.app_context():
            serving.service().close()


def _publish(root: Path, var: Path) -> None:
    """Publish without the rules, which other tests try: that takes most of the time of a build."""
    folder = files.read(root)
    records.join(folder, var)
    assert folder.findings == []
    snapshots = SnapshotStore(var)
    facts = {name: snapshots.current().manifest[name] for name in ("version", "counts", "context")}
    with snapshots.lock():
        snapshots.publish(build.completed(folder), facts, indexing.build)


def _text(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(re.sub(r"<script.*?</script>", "", answer.text, flags=re.DOTALL).split())


def _words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"</?time[^>]*>", "", page)).split())


def test_without_any_check_nothing_is_alarming(site: Callable[..., Page]) -> None:
    page = site()
    words = _words(page(f"/nl/bron/{LEAD}"))
    assert "nog niet nagekeken" in words
    assert "bestaat niet meer" not in words and "niet bereikbaar" not in words
    assert "Read this first" in _words(page("/en/aspect/geldzorgen-signaleren"))


@pytest.mark.parametrize(
    ("state", "status", "nl", "en"),
    [
        (WORKS, 200, "Werkt (gekeken op 20 november 2026)", "Works (checked on 20 November 2026)"),
        (MOVED, 200, "Is verhuisd (gekeken op 20 november 2026).", "Has moved (checked on 20 November 2026)."),
        (AWAY, 404, "Op 3 november 2026 werkte die nog.", "It still worked on 3 November 2026."),
        (UNCHECKED, 403, "Wij konden dit niet automatisch nakijken. De pagina kan gewoon werken.",
         "We could not check this automatically. The page may well work."),
    ],
)  # fmt: skip
def test_a_source_says_its_state_with_the_date(
    site: Callable[..., Page], state: str, status: int, nl: str, en: str
) -> None:
    new = "https://www.nibud.nl/nieuw" if state == MOVED else None
    page = site(check(LEAD, state, status, new))
    dutch = page(f"/nl/bron/{LEAD}")
    assert nl in _words(dutch)
    assert en in _words(page(f"/en/bron/{LEAD}"))
    assert f'class="button" href="{ADDRESSES[LEAD]}"' in dutch, "the way to the page stays"
    assert (f'href="{new}"' in dutch) is (state == MOVED)


def test_a_dead_source_stays_with_its_copy_and_is_offered_nowhere(site: Callable[..., Page]) -> None:
    found = "/nl/casushulp?signaal=geld-verdwijnt"
    assert f"/nl/bron/{NEW}" in site()(found)
    page = site(check(NEW, GONE, 404))
    dutch = page(f"/nl/bron/{NEW}")
    assert "Deze pagina bestaat niet meer." in _words(dutch)
    assert "Bekijk een bewaarde kopie van 3 mei 2024" in _words(dutch)
    assert 'href="https://web.archive.org/web/20240503120000/' in dutch
    assert f'href="{ADDRESSES[NEW]}"' not in dutch
    aspect = page("/nl/aspect/financieel-misbruik")
    assert "Lees dit eerst" not in aspect, "both sources of this aspect are gone"
    assert "Pagina bestaat niet meer" in _words(aspect)
    assert "Vervangen door een nieuwere bron" in _words(aspect)
    assert f"/nl/bron/{NEW}" not in page(found)


def test_a_replaced_source_leads_to_its_successor(site: Callable[..., Page]) -> None:
    page = site(check(NEW, WORKS))
    dutch = page(f"/nl/bron/{OLD}")
    assert f'Er is een nieuwere bron: <a href="/nl/bron/{NEW}"' in dutch
    aspect = page("/nl/aspect/financieel-misbruik")
    assert aspect.index(f"/nl/bron/{NEW}") < aspect.index(f"/nl/bron/{OLD}"), "the dead one comes last"
    assert re.search(rf"Lees dit eerst.{{0,80}}/nl/bron/{NEW}", aspect)


def test_a_lead_that_is_dead_gives_way_to_the_next(site: Callable[..., Page]) -> None:
    subject = "<https://w3id.org/kennisbouwstenen/id/aspect/financieel-misbruik>"
    more = subject.replace("financieel-misbruik", "geldzorgen-signaleren")
    page = site(check(LEAD, GONE, 404), change=(subject, f"{subject} , {more}"))
    aspect = page("/nl/aspect/geldzorgen-signaleren")
    assert re.search(rf"Lees dit eerst.{{0,80}}/nl/bron/{NEW}", aspect)
    assert "Lees dit eerst" not in page("/nl/lijstje?p=aspect/geldzorgen-signaleren")


def test_a_withdrawn_source_says_so(site: Callable[..., Page]) -> None:
    page_of = f"<{ADDRESSES[NEW]}>"
    state = iri_of("vindplaats", "ingetrokken")
    withdrawn = f"{page_of} ; <{K.locationState}> <{state}>"
    page = site(change=(page_of, withdrawn))
    assert "Ingetrokken door de maker" in _words(page(f"/nl/bron/{NEW}"))


def test_the_list_of_sources_can_be_narrowed_down_to_a_state(site: Callable[..., Page]) -> None:
    page = site(check(LEAD, GONE, 404))
    listed = page("/nl/bron?vindplaats=verdwenen")
    assert f"/nl/bron/{LEAD}" in listed
    assert f"/nl/bron/{NEW}" not in listed
    assert "Pagina bestaat niet meer" in _words(listed)


def test_search_puts_what_is_gone_below(site: Callable[..., Page]) -> None:
    before = site()("/nl/zoeken?q=geldzorgen+herkennen+misbruik+stoppen&soort=bron")
    after = site(check(LEAD, GONE, 404))("/nl/zoeken?q=geldzorgen+herkennen+misbruik+stoppen&soort=bron")
    assert before.index(f"/bron/{LEAD}") < before.index(f"/bron/{NEW}")
    assert after.index(f"/bron/{NEW}") < after.index(f"/bron/{LEAD}")


def test_the_data_of_a_source_holds_its_check(site: Callable[..., Page]) -> None:
    data = site(check(LEAD, WORKS))(f"/data/bron/{LEAD}.ttl")
    assert "k:LinkCheck" in data and "k:lastWorked" in data and "k:linkState" in data


def test_the_agent_names_the_page_for_suggestions(client: FlaskClient, settings: Settings) -> None:
    with client.application.test_request_context("/nl/"):
        assert urls.suggestion() == fetching.CONTACT
    assert client.get(fetching.CONTACT).status_code == 200


def test_no_page_looks_at_an_address(site: Callable[..., Page], monkeypatch: pytest.MonkeyPatch) -> None:
    def looked(*anything: object) -> None:
        raise AssertionError("a page caused a visit")

    page = site(check(LEAD, AWAY, 404))
    monkeypatch.setattr(fetching, "get", looked)
    monkeypatch.setattr(Visitor, "look", looked)
    for address in (f"/nl/bron/{LEAD}", "/nl/bron", "/nl/aspect/geldzorgen-signaleren", f"/data/bron/{LEAD}.ttl"):
        page(address)
