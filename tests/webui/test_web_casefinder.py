"""The case finder over HTTP: choices in the address, a plain form, the same answer as JSON, and bad input."""

import json
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import webui

PAGE = "/nl/casushulp"
ASKED = f"{PAGE}?doelgroep=ouderen&doelgroep=lvb&signaal=ongeopende-post&signaal=geld-verdwijnt"


def text(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.text


def test_the_start_is_a_plain_form_with_every_choice(browser: FlaskClient) -> None:
    body = text(browser, PAGE)
    assert re.search(r'<form[^>]* method="get" action="/nl/casushulp"', body)
    values = re.findall(r'<input type="checkbox" name="(\w+)" value="([\w-]+)"', body)
    assert sorted(values) == [
        ("doelgroep", "lvb"),
        ("doelgroep", "ouderen"),
        ("signaal", "geld-verdwijnt"),
        ("signaal", "ongeopende-post"),
    ]
    assert "Vul geen namen of adressen in. Kies alleen wat je ziet." in body
    assert "Over wie gaat het?" in body and "Wat zie of hoor je?" in body
    assert 'href="/nl/casus/pinpas-bij-kennis"' in body


def test_no_field_of_the_form_takes_words_of_a_reader(browser: FlaskClient) -> None:
    """The filter works on the screen alone: it has no name, so no browser sends it, and it is hidden without script."""
    form = re.search(r'<form class="casefinder".*?</form>', text(browser, PAGE), re.DOTALL)
    assert form
    named = re.findall(r"<(?:input|textarea|select)[^>]* name=[^>]*>", form[0])
    assert named and all('type="checkbox"' in field for field in named)
    assert re.search(r"<div[^>]* data-sign-filter hidden>", form[0])
    script = (Path(webui.__file__).parent / "static" / "casefinder.js").read_text(encoding="utf-8")
    assert not re.search(r"fetch|XMLHttp|sendBeacon|Storage|cookie|location|history|innerHTML", script)


def test_the_answer_names_reason_questions_specialist_source_and_remark(browser: FlaskClient) -> None:
    body = text(browser, ASKED)
    assert "Je koos 2 signalen. Dit kan ermee te maken hebben:" in body
    assert "Dit is geen diagnose en geen advies over deze persoon." in body
    assert re.search(r"Omdat je koos:\s*<strong>geld verdwijnt</strong>, <strong>ongeopende post</strong></p>", body)
    assert "Lukt het om rond te komen?" in body and "Schrijf de afspraak samen op." in body
    assert 'href="/nl/specialist/schuldhulpverlener"' in body and 'href="/nl/bron/geldzorgen-herkennen"' in body
    headings = re.findall(r'<h3 id="d-(\w+)"', body)
    assert headings == ["inkomen", "veiligheid"]
    assert (
        body.index('id="uitkomst"')
        < body.index('<details class="fold" id="keuzes">')
        < body.index('<form class="casefinder"')
    )
    assert len(re.findall(r'<input type="checkbox"[^>]* checked', body)) == 4


def test_in_danger_the_first_thing_said_is_112_and_whom_to_call(browser: FlaskClient) -> None:
    body = text(browser, f"{PAGE}?signaal=geld-verdwijnt&signaal=ongeopende-post")
    notice, outcome = body.index('<div class="notice danger"'), body.index('id="uitkomst"')
    assert notice < body.index('href="tel:112"') < body.index("Via het loket van de gemeente.") < outcome
    assert body.index("Dit gaat verder dan wat een wijkteam alleen kan.") > outcome
    calm = text(browser, f"{PAGE}?signaal=ongeopende-post")
    assert "tel:112" not in calm and "Dit gaat verder" not in calm


def test_a_chip_takes_one_choice_away_and_keeps_the_others(browser: FlaskClient) -> None:
    chips = re.findall(r'<a class="chip" href="(/nl/casushulp[^"]*)" rel="nofollow">', text(browser, ASKED))
    assert len(chips) == 4
    assert "/nl/casushulp?doelgroep=lvb&amp;signaal=geld-verdwijnt&amp;signaal=ongeopende-post" in chips
    one = re.findall(
        r'<a class="chip" href="([^"]*)" rel="nofollow">', text(browser, f"{PAGE}?signaal=ongeopende-post")
    )
    assert one == ["/nl/casushulp"]


def test_only_a_group_gives_what_is_good_to_know_with_it(browser: FlaskClient) -> None:
    body = text(browser, f"{PAGE}?doelgroep=ouderen")
    assert "Je koos over wie het gaat, maar geen signalen" in body
    assert 'href="/nl/aspect/financieel-misbruik"' in body


def test_in_english_the_words_are_english_and_the_address_stays(browser: FlaskClient) -> None:
    body = text(browser, ASKED.replace("/nl/", "/en/"))
    assert "You chose 2 signs. These may be involved:" in body
    assert "Because you chose:" in body and "Do you manage to make ends meet?" in body
    assert 'href="/nl/casushulp?doelgroep=ouderen&amp;doelgroep=lvb&amp;signaal=ongeopende-post' in body


def test_json_has_the_promised_keys_in_the_language_of_the_address(client: FlaskClient) -> None:
    address = ASKED.replace("/nl/", "/en/")
    answer = client.get(address, headers={"Accept": "application/json"})
    assert answer.mimetype == "application/json"
    document = answer.get_json()
    assert document == client.get(address.replace("casushulp?", "casushulp.json?")).get_json()
    first = document["aspects"][0]
    assert {"iri", "label", "domain", "reasons", "questions", "specialists", "urgent"} <= first.keys()
    assert (first["label"], first["domain"]) == ("Spotting money worries", "Income")
    assert [reason["label"] for reason in first["reasons"]] == ["money disappears", "unopened post"]
    assert first["questions"][0] == "Do you manage to make ends meet?"
    assert first["specialists"][0]["label"] == "debt counsellor"
    assert first["urgent"] is True and document["exceedsTeam"] is True
    assert document["safety"]["emergency"] == "112"
    assert [who["label"] for who in document["safety"]["specialists"]] == ["debt counsellor"]
    calm = client.get("/en/casushulp.json?signaal=ongeopende-post").get_json()
    assert (calm["exceedsTeam"], calm["safety"], calm["aspects"][0]["urgent"]) == (False, None, False)
    assert document["unknown"] == []


def test_json_without_a_choice_is_an_empty_list(client: FlaskClient) -> None:
    document = client.get("/nl/casushulp.json").get_json()
    assert (document["aspects"], document["exceedsTeam"], document["safety"]) == ([], False, None)


def test_json_is_open_to_other_sites_also_when_refused(client: FlaskClient) -> None:
    for address in ("/nl/casushulp.json", "/nl/casushulp.json?" + "signaal=a&" * 31, PAGE):
        assert client.get(address).headers["Access-Control-Allow-Origin"] == "*"
    preflight = client.options("/nl/casushulp.json")
    assert "GET" in preflight.headers["Access-Control-Allow-Methods"]


def test_the_form_that_was_asked_for_is_said_in_vary_and_the_answer_has_its_own_tag(client: FlaskClient) -> None:
    html = client.get(ASKED, headers={"Accept": "text/html"})
    data = client.get(ASKED, headers={"Accept": "application/json;q=1, text/html;q=.5"})
    assert "Accept" in html.vary and "Accept" in data.vary
    assert html.headers["ETag"] != data.headers["ETag"]
    known = client.get(ASKED, headers={"Accept": "text/html", "If-None-Match": html.headers["ETag"]})
    assert known.status_code == 304 and "Accept" in known.vary
    assert client.get(ASKED, headers={"Accept": "*/*"}).mimetype == "text/html"
    assert client.get(ASKED, headers={"Accept": "text/turtle"}).status_code == 406


@pytest.mark.parametrize(
    "value", ["onbekend", "Post", "ongeopende post", "../../etc", "<script>x</script>", "%F0%9F%98%80"]
)
def test_an_unknown_value_is_said_and_the_rest_is_used(browser: FlaskClient, value: str) -> None:
    answer = browser.get(PAGE, query_string={"signaal": ["ongeopende-post", value]})
    assert answer.status_code == 200
    assert "Dat hebben we weggelaten" in answer.text and "Je koos 1 signaal." in answer.text
    assert "<script>x" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_what_is_unknown_is_said_back_short_and_visible(client: FlaskClient) -> None:
    document = client.get(
        "/nl/casushulp.json", query_string={"doelgroep": ["x" * 5000, "\x00\x07", "a\u202eb"], "signaal": ""}
    ).get_json()
    assert document["unknown"] == ["x" * 40 + "…", "ab"]


def test_a_sign_is_no_group_and_empty_values_are_nothing(client: FlaskClient) -> None:
    document = client.get("/nl/casushulp.json?doelgroep=geld-verdwijnt&signaal=&doelgroep=").get_json()
    assert (document["unknown"], document["aspects"]) == (["geld-verdwijnt"], [])


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_more_than_thirty_values_are_refused_in_plain_words(client: FlaskClient, accept: str) -> None:
    asked = "&".join(["signaal=ongeopende-post"] * 31)
    answer = client.get(f"{PAGE}?{asked}", headers={"Accept": accept})
    assert answer.status_code == 400
    assert "Dit adres heeft te veel keuzes. Kies er hoogstens 30." in answer.text
    assert client.get(f"{PAGE}?{asked[24:]}").status_code == 200


def test_only_get_works(client: FlaskClient) -> None:
    answer = client.post(PAGE, data={"signaal": "ongeopende-post"})
    assert answer.status_code == 405 and "GET" in answer.headers["Allow"]


def test_an_answer_is_kept_out_of_search_engines_and_the_start_is_not(browser: FlaskClient) -> None:
    assert 'name="robots" content="noindex' in text(browser, ASKED)
    assert 'name="robots"' not in text(browser, PAGE)


def test_the_page_of_a_case_opens_the_case_finder_with_its_choices(browser: FlaskClient) -> None:
    body = text(browser, "/nl/casus/pinpas-bij-kennis")
    assert 'href="/nl/casushulp?doelgroep=ouderen&amp;signaal=geld-verdwijnt"' in body
    assert "Dit gaat verder dan wat een wijkteam alleen kan." in body
    assert 'href="/nl/domein/veiligheid"' in body
    assert "<h2>Gebieden" not in body and 'id="gebieden"' not in body


def test_json_is_one_valid_document_also_with_odd_values(client: FlaskClient) -> None:
    answer = client.get("/en/casushulp.json", query_string={"signaal": '"}]</script>'})
    assert json.loads(answer.data)["unknown"] == ['"}]</script>']
