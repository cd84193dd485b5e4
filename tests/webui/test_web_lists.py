"""The lists as pages and as sheets, what their addresses may ask, and a reader's own list."""

import csv
import re
from html import unescape
from io import BytesIO, StringIO

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from kbs_graph.terms import KINDS
from webui import own_list

CARD = "/nl/aspect/geldzorgen-signaleren"


def titles(page: str) -> list[str]:
    """The addresses of the rows of a page, in order."""
    return re.findall(r'<span class="row-title"><a href="([^"]+)"', page)


def plain(page: str) -> str:
    """The words of a page, without its marks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def chips(page: str) -> dict[str, tuple[str, bool, str]]:
    """Every choice by its name: where it leads, whether it is chosen, and its words."""
    found = re.findall(r'<a class="chip[^"]*" href="([^"]+)"[^>]*data-filter="([^"]+)"([^>]*)>(.*?)</a>', page, re.S)
    return {name: (unescape(href), "aria-current" in rest, plain(words)) for href, name, rest, words in found}


# --- pages


def test_a_row_has_its_title_and_one_sentence(client: FlaskClient) -> None:
    page = client.get("/nl/aspect").text
    assert titles(page) == [CARD, "/nl/aspect/financieel-misbruik"]
    assert "Tekenen van geldzorgen zien en ernaar durven vragen." in page
    assert "Wie schulden heeft" not in page, "one sentence is enough"
    assert (
        page.index(">Inkomen</a></h2>")
        < page.index("Algemene kennis · voor iedereen")
        < page.index(">Veiligheid</a></h2>")
    )


def test_a_list_is_read_in_the_language_of_the_page(client: FlaskClient) -> None:
    page = client.get("/en/bron").text
    assert '<span lang="nl">Financieel misbruik stoppen</span>' in page
    assert "Nibud" in page and "guide" in page and "unknown year" in page
    assert "<h1>Sources</h1>" in page


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/nl/organisatie", "Nibud kennisinstituut · 2 bronnen"),
        ("/en/organisatie", "Nibud knowledge institute · 2 sources"),
        ("/nl/casus", "Gaat verder dan het team Een vrouw van 84 gaf haar pinpas aan een nieuwe kennis."),
        ("/nl/specialist", "medewerker van Veilig Thuis Gaat over veiligheid"),
        (
            "/nl/bron",
            "Omgaan met financieel misbruik Vervangen door een nieuwere bron maker onbekend · handreiking",
        ),
        ("/nl/aspect?volgorde=az", "Financieel misbruik Veiligheid Voor een paar collega’s"),
        ("/nl/begrip", "karrewiel Tekening van het model als een wiel."),
    ],
)
def test_a_row_says_what_sets_it_apart(client: FlaskClient, address: str, words: str) -> None:
    assert words in plain(client.get(address).text)


def test_safety_comes_first_among_the_signs(client: FlaskClient) -> None:
    page = client.get("/nl/signaal").text
    places = [
        page.index(words) for words in ("Veiligheid eerst", "geld verdwijnt", "Andere signalen", "ongeopende post")
    ]
    assert places == sorted(places)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("segment", KINDS)
def test_every_list_says_what_it_is_and_has_its_sheets(client: FlaskClient, segment: str, language: str) -> None:
    answer = client.get(f"/{language}/{segment}")
    assert re.search(r'<p class="lead">[^<]+</p>', answer.text)
    for ending in ("csv", "xlsx"):
        assert f'href="/{language}/{segment}.{ending}"' in answer.text
        assert f'/{language}/{segment}.{ending}>; rel="alternate"' in ", ".join(answer.headers.getlist("Link"))


def test_a_list_with_a_slash_goes_to_the_one_without(client: FlaskClient) -> None:
    answer = client.get("/nl/aspect/?domein=inkomen")
    assert (answer.status_code, answer.headers["Location"]) == (308, "/nl/aspect?domein=inkomen")


# --- filters


def test_a_filter_is_a_link_with_the_number_it_leaves(client: FlaskClient) -> None:
    offered = chips(client.get("/nl/aspect").text)
    assert offered["domein:veiligheid"] == ("/nl/aspect?domein=veiligheid", False, "Veiligheid 2")
    assert offered["domein:inkomen"] == ("/nl/aspect?domein=inkomen", False, "Inkomen 1")
    assert offered["niveau:specifiek"][2] == "specifiek 1"
    page = client.get("/nl/aspect?domein=inkomen").text
    assert titles(page) == [CARD]
    assert chips(page)["domein:inkomen"] == ("/nl/aspect", True, "Inkomen 1")
    assert chips(page)["domein:veiligheid"] == ("/nl/aspect?domein=inkomen&domein=veiligheid", False, "Veiligheid 2")
    assert "1 van 2" in plain(page) and 'href="/nl/aspect" data-filter="clear"' in page


def test_filters_and_order_go_together_and_to_the_other_language(client: FlaskClient) -> None:
    page = client.get("/nl/aspect?volgorde=az&domein=veiligheid").text
    assert titles(page) == ["/nl/aspect/financieel-misbruik", CARD]
    assert chips(page)["doelgroep:ouderen"][0] == "/nl/aspect?domein=veiligheid&doelgroep=ouderen&volgorde=az"
    assert chips(page)["order:area"][0] == "/nl/aspect?domein=veiligheid"
    assert 'href="/en/aspect?volgorde=az&amp;domein=veiligheid"' in page
    assert 'href="/nl/aspect.csv?domein=veiligheid&amp;volgorde=az"' in page


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("domein=onzin", "domein=onzin"),
        ("domein=inkomen&domein=onzin", "domein=onzin"),
        ("bronsoort=handreiking", "bronsoort=handreiking"),
        ("volgorde=omgekeerd", "volgorde=omgekeerd"),
        ("utm_source=x", "utm_source=x"),
        ("domein=<script>", "domein=&lt;script&gt;"),
    ],
)
def test_what_is_unknown_is_said_and_left_out(client: FlaskClient, asked: str, words: str) -> None:
    answer = client.get(f"/nl/aspect?{asked}")
    assert answer.status_code == 200
    assert f"Het adres vraagt iets dat we hier niet kennen: {words}." in answer.text
    assert CARD in titles(answer.text)


def test_only_a_few_unknown_things_are_named_and_never_at_length(client: FlaskClient) -> None:
    asked = "&".join(f"x{n}={'y' * 500}" for n in range(50))
    page = client.get(f"/nl/aspect?{asked}").text
    assert page.count("yyyy=") == 0 and len(re.search(r"niet kennen: (.*?)\. Dat", page)[1]) < 5 * 62  # type: ignore[index]


@pytest.mark.parametrize("asked", ["", "domein=", "lijst=aspect/x", "lang=en"])
def test_an_ordinary_address_is_no_reason_for_a_notice(client: FlaskClient, asked: str) -> None:
    assert "niet kennen" not in client.get(f"/nl/aspect?{asked}").text


def test_a_list_with_nothing_left_says_so_and_leads_back(client: FlaskClient) -> None:
    page = client.get("/nl/aspect?doelgroep=lvb&niveau=specifiek").text
    assert titles(page) == []
    assert "Met deze keuzes blijft er niets over." in page
    assert 'href="/nl/aspect" data-filter="clear">Toon de hele lijst' in page
    assert ".csv" not in page.split("<main")[1], "there is nothing to take along"


# --- sheets


@pytest.mark.parametrize("asked", ["", "?domein=veiligheid", "?volgorde=az&domein=veiligheid", "?niveau=specifiek"])
def test_the_sheets_hold_just_what_the_page_shows_in_its_order(client: FlaskClient, asked: str) -> None:
    shown = [address.rsplit("/", 1)[-1] for address in titles(client.get(f"/en/aspect{asked}").text)]
    answer = client.get(f"/en/aspect.csv{asked}")
    assert answer.content_type == "text/csv; charset=utf-8; header=present"
    assert 'filename="kennisbouwstenen-aspect-en.csv"' in answer.headers["Content-Disposition"]
    cells = list(csv.reader(StringIO(answer.data.decode(), newline="")))
    assert cells[0][:4] == ["address", "name (nl)", "name (en)", "definition"]
    assert [row[0].rsplit("/", 1)[-1] for row in cells[1:]] == shown
    sheet = load_workbook(BytesIO(client.get(f"/en/aspect.xlsx{asked}").data)).worksheets[0]
    assert [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()] == cells


def test_a_sheet_of_something_unknown_is_refused(client: FlaskClient) -> None:
    for ending in ("csv", "xlsx"):
        answer = client.get(f"/nl/aspect.{ending}?domein=onzin")
        assert answer.status_code == 400
        assert "domein=onzin" in answer.get_json(force=True)["detail"]
    assert client.get("/nl/aspect.ods").status_code == 404
    assert client.get("/nl/onzin.csv").status_code == 404


def test_a_sheet_is_sent_once(client: FlaskClient) -> None:
    first = client.get("/nl/bron.xlsx")
    again = client.get("/nl/bron.xlsx", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert '/nl/bron>; rel="alternate"; type="text/html"' in ", ".join(first.headers.getlist("Link"))


# --- a reader's own list


def test_an_empty_list_explains_itself(client: FlaskClient) -> None:
    page = client.get("/nl/lijstje").text
    assert "Je lijstje is nog leeg." in page and "Wij bewaren niets." in page
    assert '<meta name="robots" content="noindex, follow">' in page


def test_a_list_holds_what_its_address_names(client: FlaskClient) -> None:
    address = "/nl/lijstje?p=bron/misbruik-oud&p=aspect/geldzorgen-signaleren&p=domein/inkomen"
    page = client.get(address).text
    carried = "?lijst=bron/misbruik-oud,aspect/geldzorgen-signaleren,domein/inkomen"
    assert titles(page) == [
        f"/nl/domein/inkomen{carried}",
        f"{CARD}{carried}",
        f"/nl/bron/misbruik-oud{carried}",
    ]
    assert "Lees dit eerst: Geldzorgen herkennen" in plain(page)
    left = "/nl/lijstje?p=bron/misbruik-oud&amp;p=domein/inkomen"
    assert f'href="{left}" rel="nofollow" aria-label="Verwijder Geldzorgen signaleren"' in page
    assert client.get(address.replace("/nl/", "/en/")).text.count('class="row-title"') == 3


def test_unknown_things_are_said_and_skipped(client: FlaskClient) -> None:
    page = client.get("/nl/lijstje?p=domein/inkomen&p=aspect/niets&p=onzin&p=<b>&p=domein/inkomen&p=").text
    assert len(titles(page)) == 1
    assert "niet in je lijstje: onzin, &lt;b&gt;, aspect/niets." in page


def test_a_list_has_an_end(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_list, "MOST", 2)
    page = client.get("/nl/lijstje?p=domein/inkomen&p=domein/veiligheid&p=doelgroep/lvb").text
    assert len(titles(page)) == 2 and "doelgroep/lvb" not in page.split("Voeg iets toe")[0].split("<main")[1]
    assert "De laatste zijn weggelaten." in page
    assert own_list.entries(f"aspect/x{n}" for n in range(99))[0][:2] == ["aspect/x0", "aspect/x1"]


def test_searching_adds_to_the_list(client: FlaskClient) -> None:
    page = client.get("/nl/lijstje?p=domein/inkomen&q=misbruik").text
    assert '<input type="hidden" name="p" value="domein/inkomen">' in page
    assert 'value="misbruik"' in page
    added = "/nl/lijstje?p=domein/inkomen&amp;p=aspect/financieel-misbruik&amp;q=misbruik"
    assert f'href="{added}" rel="nofollow" aria-label="Voeg Financieel misbruik toe"' in page
    assert "Staat in mijn lijstje" in plain(client.get(unescape(added)).text)
    assert "We vonden niets voor ‘qwxyzqq’" in client.get("/nl/lijstje?q=qwxyzqq").text


def test_the_page_of_a_thing_goes_on_with_the_list_it_carries(client: FlaskClient) -> None:
    assert 'href="/nl/lijstje?p=aspect/geldzorgen-signaleren"' in client.get(CARD).text
    page = client.get(f"{CARD}?lijst=domein/inkomen,onzin,bron/misbruik-oud").text
    wanted = "/nl/lijstje?p=domein/inkomen&amp;p=bron/misbruik-oud&amp;p=aspect/geldzorgen-signaleren"
    assert f'href="{wanted}"' in page and "Zet in mijn lijstje" in page
    page = client.get(f"{CARD}?lijst=aspect/geldzorgen-signaleren").text
    assert "Staat in mijn lijstje" in page
