"""Addresses of what is no more, or never was: 301 to what it became, 410 with the reason, 404 with ways on."""

import re

import pytest
from flask.testing import FlaskClient

SUCCESSOR = "/aspect/geldzorgen-signaleren"


@pytest.mark.parametrize("slug", ["krap-zitten", "geldproblemen"])
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_renamed_thing_redirects_in_the_same_language_in_one_step(
    client: FlaskClient, browser: FlaskClient, slug: str, lang: str
) -> None:
    for reader in (client, browser):
        answer = reader.get(f"/{lang}/aspect/{slug}")
        assert (answer.status_code, answer.location) == (301, f"/{lang}{SUCCESSOR}")
        assert "no-cache" in answer.headers["Cache-Control"]
    assert browser.get(answer.location).status_code == 200


def test_what_was_asked_of_the_old_page_is_asked_of_the_new_one(browser: FlaskClient) -> None:
    assert browser.get("/nl/aspect/krap-zitten?a=b%20c").location == f"/nl{SUCCESSOR}?a=b%20c"


def test_the_old_iri_still_leads_to_page_and_data(client: FlaskClient, browser: FlaskClient) -> None:
    page = browser.get("/id/aspect/krap-zitten")
    assert page.status_code == 303
    assert browser.get(page.location).location == f"/nl{SUCCESSOR}"
    data = client.get("/id/aspect/krap-zitten", headers={"Accept": "text/turtle"})
    assert (data.status_code, data.location) == (303, "http://localhost/data/aspect/krap-zitten.ttl")
    turtle = client.get("/data/aspect/krap-zitten.ttl")
    assert turtle.status_code == 200
    for told in ("Tombstone", "continuedAs", "isReplacedBy", "Heet voortaan anders."):
        assert told in turtle.text
    assert '"continuedAs"' in client.get("/data/aspect/krap-zitten.jsonld").text


def test_a_withdrawn_thing_keeps_its_page_with_the_reason_and_ways_on(browser: FlaskClient) -> None:
    page = browser.get("/nl/aspect/rondkomen")
    assert page.status_code == 410
    assert "Te breed." in page.text
    assert 'value="rondkomen"' in page.text
    assert "Too broad." in browser.get("/en/aspect/rondkomen").text


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/nl/aspect/schulden-hulp", "schulden hulp"),
        ("/nl/domein/wonen_en-zorg.html", "wonen en zorg"),
        ("/nl/jeugd/hulp-bij-opvoeden/", "hulp bij opvoeden"),
        ("/nl/aspect/%C3%A9%C3%A9n-ouder", "één ouder"),
        ("/nl/aspect/123-45", ""),
        ("/nl/aspect/%22%3E%3Cscript%3E", "script"),
        ("/nl/aspect/" + "ab-" * 500, ("ab " * 27).strip()),
    ],
)
def test_an_unknown_address_offers_a_search_for_its_words_and_the_areas(
    browser: FlaskClient, path: str, words: str
) -> None:
    page = browser.get(path)
    assert page.status_code == 404
    found = re.search(r'<input id="q"[^>]* value="([^"]*)"', page.text)
    assert found and found[1] == words
    main = page.text.partition("<main")[2].partition("</main>")[0]
    assert 'href="/nl/domein/inkomen"' in main and 'href="/nl/domein/veiligheid"' in main
    assert "<script>" not in main


def test_an_unknown_address_in_english_is_answered_in_english(browser: FlaskClient) -> None:
    page = browser.get("/en/aspect/debt-help")
    assert 'href="/en/domein/inkomen"' in page.text and 'value="debt help"' in page.text


def test_other_errors_offer_no_search_for_the_address(browser: FlaskClient) -> None:
    page = browser.post("/nl/aspect/geldzorgen-signaleren")
    assert page.status_code == 405
    assert 'id="q"' not in page.text
