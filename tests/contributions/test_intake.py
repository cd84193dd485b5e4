"""The door: what an institute sends becomes a draft, or is refused by a named rule, in words that say what to do."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import rdflib

from kbs_graph.contributions.intake import drafts, job, reading
from kbs_graph.contributions.model import Contribution, Draft
from kbs_graph.findings import VIOLATION, Finding, as_validation_report
from kbs_graph.snapshot import Snapshot

TURTLE, NT, JSONLD, XML = "text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"
TRIG, CSV = "application/trig", "text/csv"
ID = "https://w3id.org/kennisbouwstenen/id/"
ASPECT = f"{ID}aspect/geldzorgen-signaleren"
HEAD = """@base <https://w3id.org/kennisbouwstenen/id/> .
@prefix k: <https://w3id.org/kennisbouwstenen/def#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> .
"""
SAID = {
    "title": 'dct:title "Rondkomen met kinderen"@nl',
    "page": "foaf:page <https://www.nibud.nl/rondkomen>",
    "kind": "dct:type <bronsoort/handreiking>",
    "language": "dct:language <http://publications.europa.eu/resource/authority/language/NLD>",
    "subject": "dct:subject <aspect/geldzorgen-signaleren>",
}
XML_HEAD = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:d="http://purl.org/dc/terms/">'
SHEET = "titel;webadres;soort;waarover\n"
Door = Callable[..., Draft]


def source(node: str = "[]", /, **other: str) -> str:
    """A source in Turtle that trips no rule, but for what is said otherwise; an empty text leaves a property out."""
    said = [text for text in {**SAID, **other}.values() if text]
    return f"{HEAD}{node} a k:KnowledgeSource ; {' ; '.join(said)} .\n"


def article(**other: object) -> str:
    """A page of an institute in its own JSON-LD."""
    said = {
        "@context": "https://schema.org",
        "@type": "Article",
        "@id": "https://www.nibud.nl/artikel#article",
        "headline": "Rondkomen",
        "url": "https://www.nibud.nl/artikel",
        "inLanguage": "nl-NL",
        "learningResourceType": "Handreiking",
        "about": {"@type": "DefinedTerm", "@id": ASPECT, "name": "Geldzorgen"},
    }
    return json.dumps({**said, **other})


@pytest.fixture(scope="module")
def door(root: Path, tiny_snapshot: Snapshot) -> Door:
    """The program of the door over the tiny graph, in this process: harmless here, as no case is a bomb."""
    arguments = {"snapshot": str(tiny_snapshot.path), "root": str(root)}
    prepared = job.prepare(arguments)

    def read(media_type: str, body: str | bytes, partial: bool = False, organisation: str = "nibud") -> Draft:
        prepared.arguments = {"organisation": organisation, "media_type": media_type, "partial": partial}
        answer = json.loads(job.job(prepared, body if isinstance(body, bytes) else body.encode()))
        return drafts.draft_of(organisation, answer)

    return read


@dataclass(frozen=True)
class Refusal:
    name: str
    media_type: str
    body: str | bytes
    rule: str
    status: int = 422


REFUSALS = (
    Refusal("broken Turtle", TURTLE, source() + "<a> <b", "contribution-syntax", 400),
    Refusal("not Turtle at all", TURTLE, "titel,adres\n", "contribution-syntax", 400),
    Refusal("broken N-Triples", NT, "<https://x.nl/> <https://x.nl/> nee .", "contribution-syntax", 400),
    Refusal("broken JSON", JSONLD, '{"name": nee}', "contribution-syntax", 400),
    Refusal("JSON that is no JSON-LD", JSONLD, "3", "contribution-syntax", 400),
    Refusal("a wrong JSON-LD context", JSONLD, '{"@context": {"a": {"@id": 5}}, "a": 1}', "contribution-syntax", 400),
    Refusal("broken XML", XML, XML_HEAD, "contribution-syntax", 400),
    Refusal("Latin-1", TURTLE, source(title='dct:title "Privé"@nl').encode("latin-1"), "contribution-encoding", 400),
    Refusal("a packed file", TURTLE, b"\x1f\x8b\x08\x00\xff\xff", "contribution-encoding", 400),
    Refusal("DOCTYPE", XML, f"<!DOCTYPE r>{XML_HEAD}</rdf:RDF>", "contribution-doctype"),
    Refusal("DOCTYPE in UTF-16", XML, f"<!DOCTYPE r>{XML_HEAD}</rdf:RDF>".encode("utf-16"), "contribution-doctype"),
    Refusal("DOCTYPE without a mark", XML, "<?xml?><!DOCTYPE r>".encode("utf-16-be"), "contribution-doctype"),
    Refusal("ENTITY in UTF-32", XML, '<!ENTITY a "aa">'.encode("utf-32-le"), "contribution-doctype"),
    Refusal("a remote context", JSONLD, article(**{"@context": "https://x.nl/c"}), "contribution-remote-context"),
    Refusal(
        "a remote context within a context",
        JSONLD,
        article(**{"@context": ["https://schema.org", {"p": {"@id": "https://x.nl/p", "@context": "https://x.nl/c"}}]}),
        "contribution-remote-context",
    ),
    Refusal(
        "an imported context", JSONLD, '{"@context": {"@import": "https://x.nl/c"}}', "contribution-remote-context"
    ),
    Refusal("JSON nested deeply", JSONLD, '{"a":' * 50 + "1" + "}" * 50, "contribution-depth"),
    Refusal("JSON nested very deeply", JSONLD, "[" * 100_000, "contribution-depth"),
    Refusal("an address with a space", TURTLE, source(page="foaf:page <https://x.nl/a b>"), "contribution-iri"),
    Refusal("a relative address", TURTLE, source(page="foaf:page <x>").replace("@base", "#"), "contribution-iri"),
    Refusal("an @id with a space", JSONLD, article(**{"@id": "https://x.nl/a b"}), "contribution-iri"),
    Refusal(
        "an XML address with a space",
        XML,
        f'{XML_HEAD}<d:a rdf:about="https://x.nl/a b"/></rdf:RDF>',
        "contribution-iri",
    ),
    Refusal("a url with a space", JSONLD, article(url="https://www.nibud.nl/a b"), "contribution-page"),
    Refusal("javascript:", TURTLE, source(page="foaf:page <javascript:alert(1)>"), "contribution-page"),
    Refusal("a file on a computer", TURTLE, source(page="foaf:page <file:///c/lijst.doc>"), "contribution-page"),
    Refusal("no address", TURTLE, source(page=""), "contribution-page"),
    Refusal("two addresses", TURTLE, source(more="foaf:page <https://x.nl/>"), "contribution-page"),
    Refusal("a private address", TURTLE, source(page="foaf:page <http://192.168.1.1/a>"), "contribution-page"),
    Refusal("a password in an address", TURTLE, source(page="foaf:page <https://u:p@x.nl/>"), "contribution-page"),
    Refusal("our own address", TURTLE, source(page=f"foaf:page <{ASPECT}>"), "contribution-page"),
    Refusal("no title", TURTLE, source(title=""), "contribution-title"),
    Refusal("two titles", TURTLE, source(more='dct:title "Nog een"@nl'), "contribution-title"),
    Refusal("no subject", TURTLE, source(subject=""), "contribution-subject"),
    Refusal("a subject in words", TURTLE, source(subject='dct:subject "schulden"@nl'), "contribution-subject"),
    Refusal("a subject of others", TURTLE, source(subject="dct:subject <https://x.nl/s>"), "contribution-subject"),
    Refusal("a subject that is not there", TURTLE, source(subject="dct:subject <aspect/nee>"), "dangling-link"),
    Refusal("a retired subject", TURTLE, source(subject="dct:subject <aspect/geldproblemen>"), "live-link-to-retired"),
    Refusal(
        "a retired thing without heir", TURTLE, source(subject="dct:subject <aspect/rondkomen>"), "live-link-to-retired"
    ),
    Refusal("no kind", TURTLE, source(kind=""), "contribution-kind"),
    Refusal("a kind that is not there", TURTLE, source(kind="dct:type <bronsoort/nee>"), "dangling-link"),
    Refusal("an unknown language", TURTLE, source(language='dct:language "klingon"'), "contribution-language"),
    Refusal(
        "a publisher in brackets", TURTLE, source(more='dct:publisher [ foaf:name "x" ]'), "contribution-publisher"
    ),
    Refusal("an unknown publisher", TURTLE, source(more="dct:publisher <organisatie/nee>"), "dangling-link"),
    Refusal("no year", TURTLE, source(more='dct:issued "mei 2024"'), "contribution-issued"),
    Refusal("an audience in words", TURTLE, source(more='dct:audience "ouders"'), "contribution-audience"),
    Refusal("a time in words", TURTLE, source(more='schema:timeRequired "een uur"'), "contribution-time"),
    Refusal("free in words", TURTLE, source(more='schema:isAccessibleForFree "ja"'), "contribution-free"),
    Refusal("evidence in German", TURTLE, source(more='k:evidence "Gut."@de'), "contribution-evidence"),
    Refusal("a long why", TURTLE, source(more=f'k:why "{"a" * 501}"@nl'), "contribution-why"),
    Refusal("HTML", TURTLE, source(title='dct:title "<b>Rondkomen</b>"@nl'), "contribution-text"),
    Refusal("an invisible sign", TURTLE, source(title='dct:title "Rond\u202ekomen"@nl'), "contribution-text"),
    Refusal("a mail address", TURTLE, source(more='k:why "Mail jan@nibud.nl."@nl'), "contribution-personal-data"),
    Refusal("a property of ours alone", TURTLE, source(more="k:leadSource <bron/x>"), "contribution-closed"),
    Refusal("a concept described", TURTLE, source() + f'<{ASPECT}> skos:altLabel "x"@nl .', "contribution-class"),
    Refusal(
        "an organisation described", TURTLE, source() + '<organisatie/nibud> foaf:name "x"@nl .', "contribution-class"
    ),
    Refusal(
        "a new aspect", TURTLE, HEAD + '<aspect/x> a k:KnowledgeAspect ; skos:prefLabel "x"@nl .', "contribution-class"
    ),
    Refusal("another's graph", TRIG, HEAD + "<https://x.nl/g> { <a> <b> <c> }", "contribution-graph"),
    Refusal(
        "a graph in JSON-LD",
        JSONLD,
        '{"@id": "https://x.nl/g", "@graph": [{"https://x.nl/p": 1}]}',
        "contribution-graph",
    ),
    Refusal(
        "statements about statements", TURTLE, source() + "<a> <b> <<( <a> <b> <c> )>> .", "contribution-triple-term"
    ),
    Refusal(
        "the address of another",
        TURTLE,
        source("<bron/misbruik-nieuw>", page="foaf:page <https://www.nibud.nl/geldzorgen-herkennen/>"),
        "contribution-address",
    ),
    Refusal("another address for a known source", TURTLE, source("<bron/misbruik-nieuw>"), "contribution-address"),
    Refusal("nothing", TURTLE, HEAD, "contribution-nothing"),
    Refusal("pages that are about nothing of ours", JSONLD, article(about="geld"), "contribution-nothing"),
    Refusal(
        "more things in brackets than we take",
        NT,
        "".join(f"_:a{n} <https://x.nl/> _:b{n} .\n" for n in range(6000)),
        "contribution-blank-nodes",
    ),
    Refusal(
        "a row with a wrong address",
        CSV,
        SHEET + "A;javascript:x;handreiking;Geldzorgen signaleren\n",
        "sheet-webadres",
    ),
    Refusal("a row without a subject", CSV, SHEET + "A;https://www.nibud.nl/a;handreiking;\n", "sheet-waarover"),
)


@pytest.mark.parametrize("case", REFUSALS, ids=lambda case: case.name)
def test_a_fault_is_refused_by_one_rule_in_two_languages(door: Door, case: Refusal) -> None:
    draft = door(case.media_type, case.body)
    wrong = [finding for finding in draft.findings if finding.severity == VIOLATION]
    assert not draft.ok
    assert {finding.rule for finding in wrong} == {case.rule}
    assert (400 if drafts.is_unreadable(draft.findings) else 422) == case.status
    for finding in wrong:
        assert finding.message.nl and finding.message.en and finding.message.nl != finding.message.en
        assert finding.line or finding.thing or finding.value or case.rule in GENERAL, "it says where"
    assert "sh:conforms false" in as_validation_report(wrong)


GENERAL = {
    "contribution-syntax",
    "contribution-doctype",
    "contribution-depth",
    "contribution-iri",
    "contribution-triple-term",
    "contribution-nothing",
    "contribution-blank-nodes",
}
"""Rules about a file as a whole, or about what only its parser saw."""


def line_about(contribution: Contribution, predicate: str) -> str:
    """What a contribution of one source says by one predicate."""
    (found,) = [line.split(" ", 2)[2] for line in contribution.lines if f"{predicate}>" in line.split(" ")[1]]
    return found.removesuffix(" .")


def only(findings: tuple[Finding, ...], rule: str) -> Finding:
    (found,) = [finding for finding in findings if finding.rule == rule]
    return found


def test_a_new_source_gets_an_address_of_ours_from_its_title_the_same_each_time(door: Door) -> None:
    first, second = door(TURTLE, source()), door(TURTLE, source("<https://www.nibud.nl/rondkomen>", page=""))
    assert first.ok and first.contribution == second.contribution
    assert (first.known, first.new) == (0, 1)
    assert all(line.startswith(f"<{ID}bron/nibud-rondkomen-met-kinderen> ") for line in first.contribution.lines)


@pytest.mark.parametrize(
    "page",
    ["http://nibud.nl/geldzorgen-herkennen", "https://WWW.nibud.nl/geldzorgen-herkennen//", "https://www.nibud.nl:443/geldzorgen-herkennen"],
)  # fmt: skip
def test_a_known_address_however_written_is_the_source_that_has_it(door: Door, page: str) -> None:
    draft = door(TURTLE, source(page=f"foaf:page <{page}>"))
    assert (draft.known, draft.new) == (1, 0)
    assert line_about(draft.contribution, "page") == "<https://www.nibud.nl/geldzorgen-herkennen/>"
    assert {line.split()[0] for line in draft.contribution.lines} == {f"<{ID}bron/geldzorgen-herkennen>"}


def test_a_known_source_may_be_named_without_its_address(door: Door) -> None:
    draft = door(TURTLE, source("<bron/geldzorgen-herkennen>", page=""))
    assert draft.ok and line_about(draft.contribution, "page") == "<https://www.nibud.nl/geldzorgen-herkennen/>"


@pytest.mark.parametrize("page", ["https://www.nibud.nl/geldzorgen-herkennen/", "http://nibud.nl/geldzorgen-herkennen"])
def test_to_link_to_a_source_of_others_its_address_is_enough(door: Door, page: str) -> None:
    draft = door(TURTLE, source(page=f"foaf:page <{page}>", title="", kind="", language=""))
    assert draft.ok and draft.known == 1, draft.findings
    assert line_about(draft.contribution, "language").endswith("/NLD>")
    assert line_about(draft.contribution, "terms/type").startswith(f"<{ID}bronsoort/")
    assert any(line.endswith("@nl .") and "terms/title>" in line for line in draft.contribution.lines)
    own = article(url=page, headline=None, learningResourceType=None, inLanguage=None, **{"@id": page})
    assert door(JSONLD, own).contribution == draft.contribution
    assert not door(TURTLE, source(title="", kind="", language="")).ok, "of a new one nobody else says it"


def test_two_sources_with_one_title_get_two_addresses_in_any_order(door: Door) -> None:
    one, other = source(), source(page="foaf:page <https://www.nibud.nl/anders>").removeprefix(HEAD)
    there = door(TURTLE, one + other)
    back = door(TURTLE, HEAD + other + one.removeprefix(HEAD))
    assert there.new == 2 and there.contribution == back.contribution
    assert len({line.split()[0] for line in there.contribution.lines}) == 2


def test_the_same_source_twice_is_one_however_its_address_is_written(door: Door) -> None:
    again = source(page="foaf:page <http://nibud.nl/rondkomen/>", more='dct:title "Making ends meet"@en')
    draft = door(TURTLE, source() + again.removeprefix(HEAD))
    assert draft.ok and draft.new == 1
    assert len({line.split()[0] for line in draft.contribution.lines}) == 1
    assert sum("foaf/0.1/page" in line for line in draft.contribution.lines) == 1


def test_languages_years_and_texts_come_in_one_form(door: Door) -> None:
    draft = door(
        TURTLE,
        source(
            title='dct:title "  Rondkomen \\n met kinderen "',
            language='dct:language "nl-NL"',
            issued='dct:issued "2024-05-01"^^xsd:date',
            time='schema:timeRequired "PT30M"',
            free='schema:isAccessibleForFree "true"',
            why='k:why "Helpt."@nl-NL',
        ),
    )
    assert draft.ok
    assert line_about(draft.contribution, "title") == '"Rondkomen met kinderen"@nl'
    assert line_about(draft.contribution, "language").endswith("/NLD>")
    assert line_about(draft.contribution, "issued") == '"2024"^^<http://www.w3.org/2001/XMLSchema#gYear>'
    assert line_about(draft.contribution, "timeRequired") == '"PT30M"^^<http://www.w3.org/2001/XMLSchema#duration>'
    assert line_about(draft.contribution, "isAccessibleForFree").startswith('"true"^^')
    assert line_about(draft.contribution, "why") == '"Helpt."@nl'


def test_an_institutes_own_schema_org_is_read_and_the_rest_passed_over(door: Door) -> None:
    organisation = {"@type": "Organization", "name": "NIBUD", "url": "https://www.nibud.nl/"}
    body = article(
        datePublished="2023-02-01T10:00:00+01:00",
        publisher=organisation,
        image="https://www.nibud.nl/a.png",
        articleBody="Lang verhaal. " * 10_000,
        audience={"@type": "EducationalAudience", "educationalRole": "professionals"},
        isAccessibleForFree=True,
    )
    draft = door(JSONLD, body)
    assert draft.ok and draft.new == 1
    said = {
        line.split()[1].rpartition("/")[2].rpartition("#")[2][:-1]: line.split(" ", 2)[2]
        for line in draft.contribution.lines
    }
    assert said["page"] == "<https://www.nibud.nl/artikel> ."
    assert said["title"] == '"Rondkomen"@nl .'
    assert said["publisher"] == f"<{ID}organisatie/nibud> ."
    assert said["audience"] == f"<{ID}publiek/professional> ."
    assert said["type"] in (
        f"<{ID}bronsoort/handreiking> .",
        "<https://w3id.org/kennisbouwstenen/def#KnowledgeSource> .",
    )
    assert said["subject"] == f"<{ID}aspect/geldzorgen-signaleren> ."
    assert said["issued"].startswith('"2023"')
    assert [finding.path for finding in draft.findings] == [
        "https://schema.org/articleBody",
        "https://schema.org/image",
    ]


def test_our_own_context_is_answered_from_here(door: Door) -> None:
    said = {
        "@context": "https://w3id.org/kennisbouwstenen/def/context.jsonld",
        "type": "KnowledgeSource",
        "title": {"nl": "Rondkomen"},
        "page": "https://www.nibud.nl/rondkomen",
        "kind": f"{ID}bronsoort/handreiking",
        "language": ["http://publications.europa.eu/resource/authority/language/NLD"],
        "subject": [ASPECT],
    }
    assert door(JSONLD, json.dumps(said)).ok


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_rdf_xml_is_read_in_the_encodings_it_comes_in(door: Door, encoding: str) -> None:
    lines = door(TURTLE, source()).contribution.text
    xml = as_xml(lines)
    assert door(XML, xml.encode(encoding)).contribution.text == lines


def as_xml(lines: str) -> str:
    text = rdflib.Graph().parse(data=lines, format="nt").serialize(format="pretty-xml")
    return text.replace("utf-8", "UTF-16", 1)


def test_what_is_in_the_own_graph_is_read_from_trig(door: Door) -> None:
    inside = source().removeprefix(HEAD)
    body = f"{HEAD}<https://w3id.org/kennisbouwstenen/graphs/nibud> {{ {inside} }}"
    assert door(TRIG, body).contribution == door(TURTLE, source()).contribution


def test_a_retired_subject_names_its_successor_to_the_end(door: Door) -> None:
    draft = door(TURTLE, source(subject="dct:subject <aspect/geldproblemen>"))
    assert ASPECT in only(draft.findings, "live-link-to-retired").message.nl


def test_a_finding_names_the_line_and_the_thing_as_the_sender_wrote_it(door: Door) -> None:
    draft = door(
        TURTLE, source() + "\n\n" + source(page="foaf:page <https://www.nibud.nl/b>", title="").removeprefix(HEAD)
    )
    found = only(draft.findings, "contribution-title")
    assert (found.line, found.thing) == (11, "https://www.nibud.nl/b")
    rows = door(
        CSV, SHEET + "A;https://www.nibud.nl/a;handreiking;Geldzorgen signaleren\nB;https://b.nl/;handreiking;\n"
    )
    assert only(rows.findings, "sheet-waarover").line == 3


def test_in_part_the_faulty_sources_are_left_out_and_told(door: Door) -> None:
    body = source() + source(page="foaf:page <https://www.nibud.nl/b>", title="").removeprefix(HEAD)
    assert not door(TURTLE, body).ok
    draft = door(TURTLE, body, partial=True)
    assert draft.ok and draft.contribution == door(TURTLE, source()).contribution
    assert only(draft.left_out, "contribution-title").thing == "https://www.nibud.nl/b"
    assert (draft.known, draft.new) == (0, 1)


def test_in_part_nothing_is_left_of_a_file_with_nothing_good_or_one_that_cannot_be_read(door: Door) -> None:
    assert not door(TURTLE, source(title=""), partial=True).ok
    assert not door(TURTLE, source() + "<a> <b", partial=True).ok


def test_rows_of_a_sheet_come_in_by_the_same_door(door: Door) -> None:
    good = SHEET + "Rondkomen;https://www.nibud.nl/rondkomen;handreiking;Geldzorgen signaleren\n"
    draft = door(CSV, good)
    assert draft.ok and draft.new == 1
    left = door(CSV, good + "B;javascript:x;handreiking;Geldzorgen signaleren\n", partial=True)
    assert left.ok and left.contribution == draft.contribution
    assert only(left.left_out, "sheet-webadres").line == 3


def test_there_is_a_most_of_sources(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "MOST_SOURCES", 1)
    draft = door(TURTLE, source() + source(page="foaf:page <https://www.nibud.nl/b>").removeprefix(HEAD))
    assert only(draft.findings, "contribution-size").value == "2"


def test_there_is_a_most_of_statements(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_STATEMENTS", 3)
    assert {finding.rule for finding in door(TURTLE, source()).findings} == {"contribution-size"}
