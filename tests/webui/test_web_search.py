"""Searching on the site: the page, its reasons, filters and dead ends, the same as JSON, and suggestions."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask, render_template
from flask.testing import FlaskClient

from kbs_graph.filters import Filters
from kbs_graph.model import Home, Ref, Wheel
from kbs_graph.search.results import Found, Hit
from webui import serving

JSON = {"Accept": "application/json"}


def page(client: FlaskClient, words: str, tongue: str = "nl", **more: str) -> str:
    answer = client.get(f"/{tongue}/zoeken", query_string={"q": words, **more})
    assert answer.status_code == 200
    return answer.text


def test_a_result_says_what_it_is_and_through_which_word_it_was_found(client: FlaskClient) -> None:
    text = page(client, "blut")
    assert "1 resultaat voor ‘<bdi>blut</bdi>’" in text
    assert 'href="/nl/aspect/geldzorgen-signaleren"' in text
    assert "Gevonden via een ander woord: blut" in text
    assert '<span class="badge">Kennis</span>' in text


def test_a_word_in_another_language_is_marked(client: FlaskClient) -> None:
    assert 'Gevonden via een ander woord: <span lang="en">Spotting money worries</span>' in page(client, "spotting")
    assert "Found through another word" not in page(client, "spotting", "en")


def test_a_misspelled_word_is_read_otherwise_and_that_is_said(client: FlaskClient) -> None:
    text = page(client, "geldzorgne")
    assert 'Bedoelde je <a href="/nl/zoeken?q=geldzorgen">geldzorgen</a>?' in text
    assert 'href="/nl/aspect/geldzorgen-signaleren"' in text


def test_nothing_found_is_no_dead_end(client: FlaskClient) -> None:
    text = page(client, '<b>"qwxyz')
    assert "We vonden niets voor ‘<bdi>&lt;b&gt;&#34;qwxyz</bdi>’" in text
    for way in ("/nl/domein/inkomen", "/nl/doelgroep/", "/nl/casushulp", "/nl/suggestie?soort=mist&amp;tekst="):
        assert f'href="{way}' in text, way
    assert "tekst=%3Cb%3E%22qwxyz" in text


def test_without_words_there_are_ways_in(client: FlaskClient) -> None:
    text = page(client, "  ")
    assert "We vonden niets" not in text
    assert 'href="/nl/domein/inkomen"' in text


def test_filters_are_a_plain_form_and_what_is_unknown_is_said(client: FlaskClient) -> None:
    text = page(client, "geld", soort="aspect")
    assert re.search(r'name="soort" value="aspect" checked>', text)
    assert re.search(r'aria-current="true" href="/nl/zoeken\?q=geld">.*?Kennisaspecten', text)
    assert "/nl/domein/inkomen" not in re.sub(r"(?s)<details.*?</details>", "", text)
    text = page(client, "geld", soort="<raar>")
    assert "Dit filter kennen we niet: soort=&lt;raar&gt;." in text
    assert "checked" not in text


def test_filters_that_leave_nothing_lead_back(client: FlaskClient) -> None:
    text = page(client, "blut", soort="bron")
    assert "0 resultaten" in text
    assert '<a href="/nl/zoeken?q=blut">Toon alle resultaten</a>' in text


def test_a_long_question_is_cut_and_that_is_said(client: FlaskClient) -> None:
    assert "We zochten met de eerste 200 tekens." in page(client, "geld " * 100)
    assert "eerste 200 tekens" not in page(client, "geld")


@pytest.mark.parametrize(
    "words",
    [
        *("", " ", '"', "*", "a" * 2000, "\x00", "a AND (", "-", "ß ﬁ", "NEAR/2", "😀", "\u202eneduhcs", "שלום"),
        "<script>alert(1)</script>",
    ],
)
@pytest.mark.parametrize("path", ["/nl/zoeken", "/en/zoeken", "/nl/zoeken.json", "/nl/zoeken/suggesties"])
def test_any_words_are_taken_and_none_become_markup(client: FlaskClient, path: str, words: str) -> None:
    answer = client.get(path, query_string={"q": words})
    assert answer.status_code == 200
    if path.endswith("zoeken"):
        assert "<script>" not in answer.text
        assert "\u202e" not in answer.text


def test_bytes_that_are_no_text_are_taken_too(client: FlaskClient) -> None:
    assert client.get("/nl/zoeken?q=%ff%fe").status_code == 200


# --- as data


def test_the_same_as_json_at_its_own_address_and_by_negotiation(client: FlaskClient) -> None:
    answer = client.get("/nl/zoeken.json?q=blut")
    assert answer.mimetype == "application/json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    document = answer.get_json()
    assert (document["query"], document["total"]) == ("blut", 1)
    (hit,) = document["results"]
    assert hit["iri"] == "https://w3id.org/kennisbouwstenen/id/aspect/geldzorgen-signaleren"
    assert (hit["type"], hit["label"], hit["lang"]) == ("aspect", "Geldzorgen signaleren", "nl")
    assert (hit["matched"], hit["snippet"]) == ("blut", "")
    assert hit["href"] == "http://localhost/nl/aspect/geldzorgen-signaleren"
    negotiated = client.get("/nl/zoeken?q=blut", headers=JSON)
    assert negotiated.get_json() == document
    assert "Accept" in negotiated.vary
    assert "Accept" in client.get("/nl/zoeken?q=blut").vary


def test_page_and_json_of_one_address_have_tags_of_their_own(client: FlaskClient) -> None:
    html, data = client.get("/nl/zoeken?q=blut"), client.get("/nl/zoeken?q=blut", headers=JSON)
    assert html.headers["ETag"] != data.headers["ETag"]
    again = client.get("/nl/zoeken?q=blut", headers={**JSON, "If-None-Match": data.headers["ETag"]})
    assert again.status_code == 304
    assert client.get("/nl/zoeken?q=geld", headers=JSON).headers["ETag"] != data.headers["ETag"]


def test_a_match_in_a_text_comes_with_the_text(client: FlaskClient) -> None:
    results = client.get("/nl/zoeken.json?q=tekenen").get_json()["results"]
    in_texts = [hit for hit in results if hit["snippet"]]
    assert in_texts
    assert all("teken" in hit["snippet"].lower() and hit["matched"] == "tekenen" for hit in in_texts)


def test_json_is_given_in_pages_of_a_chosen_size(client: FlaskClient) -> None:
    whole = client.get("/nl/zoeken.json?q=geld&limit=100").get_json()
    assert whole["total"] == len(whole["results"]) > 2
    second = client.get("/nl/zoeken.json?q=geld&limit=2&pagina=2").get_json()
    assert second["total"] == whole["total"]
    assert second["results"] == whole["results"][2:4]
    assert client.get("/nl/zoeken.json?q=geld&pagina=99").get_json()["results"] == []


@pytest.mark.parametrize("asked", ["limit=0", "limit=101", "limit=x", "limit=-1", "pagina=0", "pagina=1.5", "pagina=²"])
def test_a_number_that_is_none_is_refused_with_the_bounds(client: FlaskClient, asked: str) -> None:
    answer = client.get(f"/nl/zoeken.json?q=geld&{asked}", headers=JSON)
    assert answer.status_code == 400
    assert f"{asked.split('=')[0]} moet een heel getal van 1 tot en met" in answer.get_json()["detail"]


def test_json_says_what_was_not_known(client: FlaskClient) -> None:
    assert client.get("/nl/zoeken.json?q=geld&soort=raar").get_json()["unknown"] == ["soort=raar"]
    assert "unknown" not in client.get("/nl/zoeken.json?q=geld&soort=aspect").get_json()


def test_suggestions_carry_label_kind_and_address(client: FlaskClient) -> None:
    answer = client.get("/nl/zoeken/suggesties?q=geldz")
    assert answer.mimetype == "application/json"
    found = answer.get_json()
    assert found["query"] == "geldz"
    wanted = {
        "label": "Geldzorgen signaleren",
        "lang": "nl",
        "type": "Kennis",
        "href": "/nl/aspect/geldzorgen-signaleren",
    }
    assert wanted in found["suggestions"]
    assert len(found["suggestions"]) <= 8
    english = client.get("/en/zoeken/suggesties?q=spotting").get_json()["suggestions"][0]
    assert (english["label"], english["type"]) == ("Spotting money worries", "Knowledge")
    assert client.get("/nl/zoeken/suggesties").get_json()["suggestions"] == []


# --- pages of results


@pytest.fixture
def render(app: Flask) -> Iterator[object]:
    with app.test_request_context("/nl/zoeken?q=x"):
        serving.opened()

        def rendered(found: Found, page: int = 1, pages: int = 1, **more: object) -> str:
            wheel = Wheel((), (), (), ())
            given: dict[str, object] = {
                "words": "x",
                "longest": 200,
                "filters": Filters(),
                "home": Home((), (), (), wheel),
                **more,
            }
            return render_template("search.html", found=found, page=page, pages=pages, **given)

        yield rendered


def test_texts_of_the_graph_cannot_become_markup(render: object) -> None:
    assert callable(render)
    hit = Hit(Ref("javascript:alert(1)", {'x"><script>': "<script>"}), "<i>", 'y"', "hidden", sentence={"nl": "<u>"})
    text = render(Found(1, (hit,), ("x",)))
    assert "<script>" not in text
    assert "javascript:" not in text
    assert "<i>" not in text
    assert "<u>" not in text


def test_pages_are_plain_links_that_keep_words_and_filters(render: object) -> None:
    assert callable(render)
    hit = Hit(Ref("https://example.org/", {"nl": "x"}), "x", "nl", "label", words=("x",))
    text = render(Found(90, (hit,), ("x",)), page=3, pages=5, filters=Filters.of([("soort", "bron")]))
    for number in (2, 4, 5):
        assert f'href="/nl/zoeken?q=x&amp;soort=bron&amp;pagina={number}"' in text
    assert 'aria-current="page">3</a>' in text
    assert 'start="41"' in text
