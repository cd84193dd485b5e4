"""The questions of the site, answered on the tiny graph to the letter and on the real one by its numbers."""

import dataclasses
import re
from pathlib import Path

import pytest

from kbs_graph import build, catalog, model, rows
from kbs_graph.build import Checked
from kbs_graph.errors import Gone, NotFound
from kbs_graph.facts import Facts
from kbs_graph.files import NamedGraph
from kbs_graph.model import Ref, Tagged
from kbs_graph.store import LocalStore
from kbs_graph.terms import ID, KINDS, Iri, K, Literal

S, P = Iri("http://example.org/s"), Iri("http://example.org/p")
COUNTS = {
    "domein": 7,
    "aspect": 143,
    "competentie": 7,
    "doelgroep": 8,
    "bron": 401,
    "casus": 12,
    "kennistype": 2,
    "status": 3,
}
MIRRORS = re.compile(
    r"5dok|fdocuments|docplayer|studylib|adoc\.pub|dokumen\.tips|expydoc|korta\.info|coek|docslib|vdocuments|pdfslide|scribd"
    r"|doczz|docsity|stuvia|knoowy|silo\.tips|kipdf|pdfcoffee|epdf\.|webcache|web\.archive",
    re.IGNORECASE,
)
"""Sites that copy the documents of others. The first eight are those of shared/content."""


def slugs(things: tuple[Ref, ...] | tuple[model.AspectRef, ...] | tuple[model.SourceRef, ...]) -> list[str | None]:
    return [thing.slug if isinstance(thing, Ref) else thing.ref.slug for thing in things]


def count(store: LocalStore, pattern: str) -> int:
    prefixes = (
        "PREFIX k: <https://w3id.org/kennisbouwstenen/def#> PREFIX foaf: <http://xmlns.com/foaf/0.1/> "
        f"BASE <{ID}> PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
    )
    (row,) = store.select(f"{prefixes} SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}")
    return int(row["n"].value)  # type: ignore[union-attr]


# --- the tiny graph, to the letter


def test_an_aspect_has_all_its_parts_in_order_and_all_its_links(tiny_store: LocalStore) -> None:
    found = catalog.thing(tiny_store, "aspect", "geldzorgen-signaleren")
    assert isinstance(found, model.Aspect)
    assert found.label == {"nl": "Geldzorgen signaleren", "en": "Spotting money worries"}
    assert found.definition["en"] == "Seeing signs of money worries and daring to ask."
    assert found.explanation["nl"] == "Wie schulden heeft, schaamt zich vaak."
    assert found.example["en"] == "A man no longer opens his post."
    assert found.notes["nl"] == "Naam gekozen na overleg."
    assert found.alternatives == (Tagged("geldproblemen", "nl"),)
    assert found.old_words == (Tagged("blut", "nl"),)
    assert found.domain and (found.domain.slug, found.domain.order) == ("inkomen", 1)
    assert [(ref.slug, ref.order) for ref in found.also_in] == [("veiligheid", 2)]
    assert (found.specific, found.knowledge_type and found.knowledge_type.slug) == (False, "algemeen")
    assert [(p.text["en"], p.link and p.link.slug) for p in found.signals] == [
        ("post unopened", "ongeopende-post"),
        ("borrows money", "geld-verdwijnt"),
        ("pays too late", None),
        ("buys on instalments", None),
    ]
    questions = ["Lukt het om rond te komen?", "Welke brief ligt bovenop?", "Wie denkt er met u mee?"]
    assert [p.text["nl"] for p in found.questions] == questions
    steps = ["Open samen de post.", "Maak drie stapels.", "Spreek een volgende keer af."]
    assert [p.text["nl"] for p in found.steps] == steps
    (referral,) = found.referrals
    assert referral.wording["en"] == "municipal debt counselling"
    assert referral.trigger["nl"] == "Bij schulden die niet meer te betalen zijn."
    assert [ref and ref.slug for ref in (referral.specialist, referral.urgency, referral.registration)] == [
        "schuldhulpverlener",
        "vandaag",
        "skj",
    ]
    (remark,) = found.remarks
    assert (remark.link and remark.link.slug, remark.text["en"]) == ("lvb", "Write down the agreement together.")
    assert set(slugs(found.target_groups)) == {"ouderen", "lvb"}
    assert slugs(found.competencies) == ["signaleren-en-agenderen"]
    assert slugs(found.related) == ["financieel-misbruik"]
    assert found.lead_source and found.lead_source.slug == "geldzorgen-herkennen"
    assert slugs(found.sources) == ["geldzorgen-herkennen", "misbruik-nieuw"], "the lead source first"
    assert slugs(found.evidence) == ["geldzorgen-herkennen"]
    assert [(source.minutes, source.free) for source in found.sources] == [(10, True), (None, True)]
    assert [(name, ref.iri) for name, ref in found.mappings] == [
        ("exactMatch", "http://eurovoc.europa.eu/742"),
        ("relatedMatch", "http://eurovoc.europa.eu/5582"),
    ]
    assert [ref.label["en"] for _, ref in found.mappings] == ["indebtedness", "debt"]
    assert found.record == model.Record(
        status=found.record.status,
        author=found.record.author,
        formulation=found.record.formulation,
        created="2025-01-15",
        modified="2025-03-31",
        review_before="2027-01-01",
    )
    assert [ref and ref.label["nl"] for ref in (found.record.status, found.record.author)] == [
        "voorstel",
        "Redactie Kennisbouwstenen",
    ]


def test_being_related_is_seen_from_both_sides(tiny_store: LocalStore) -> None:
    found = catalog.thing(tiny_store, "aspect", "financieel-misbruik")
    assert isinstance(found, model.Aspect)
    assert slugs(found.related) == ["geldzorgen-signaleren"]
    assert found.specific
    assert slugs(found.cases) == ["pinpas-bij-kennis"]
    assert (found.example["nl"], found.also_in) == ("Een kennis neemt de pinpas mee.", ())
    assert found.lead_source and found.lead_source.slug == "misbruik-nieuw"


def test_a_domain_lists_general_and_specific_knowledge_and_what_lives_elsewhere(tiny_store: LocalStore) -> None:
    income = catalog.thing(tiny_store, "domein", "inkomen")
    safety = catalog.thing(tiny_store, "domein", "veiligheid")
    assert isinstance(income, model.Domain) and isinstance(safety, model.Domain)
    assert (slugs(income.general), slugs(income.specific), slugs(income.elsewhere)) == (
        ["geldzorgen-signaleren"],
        [],
        [],
    )
    assert (slugs(safety.general), slugs(safety.specific)) == ([], ["financieel-misbruik"])
    assert [(a.ref.slug, a.domain and a.domain.slug) for a in safety.elsewhere] == [
        ("geldzorgen-signaleren", "inkomen")
    ]
    assert (income.order, safety.order) == (1, 2)
    assert slugs(income.sources) == ["geldzorgen-herkennen"]


def test_a_target_group_lists_its_aspects_with_the_remark_on_it(tiny_store: LocalStore) -> None:
    found = catalog.thing(tiny_store, "doelgroep", "lvb")
    assert isinstance(found, model.TargetGroup)
    (aspect,) = found.aspects
    assert aspect.note and aspect.note["nl"] == "Schrijf de afspraak samen op."
    assert slugs(found.sources) == ["geldzorgen-herkennen"]


def test_a_target_group_lists_an_aspect_that_only_has_a_remark_on_it(tiny_root: Path) -> None:
    path = tiny_root / "data" / "aspects" / "inkomen.ttl"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not ("def#relevantFor>" in line and "doelgroep/lvb>" in line)]
    path.write_text("".join(kept), encoding="utf-8")
    outcome = build.check(tiny_root)
    assert len(kept) == len(lines) - 1
    assert {finding.rule for finding in outcome.findings} == {"remark-not-relevant"}
    store = LocalStore.in_memory(b"".join(graph.nquads for graph in outcome.graphs.values()))
    found = catalog.thing(store, "doelgroep", "lvb")
    assert isinstance(found, model.TargetGroup)
    (aspect,) = found.aspects
    assert (aspect.ref.label.get("nl"), bool(aspect.note)) == ("Geldzorgen signaleren", True)
    assert aspect.domain and aspect.domain.slug == "inkomen"


def test_a_competency_lists_the_aspects_that_ask_for_it(tiny_store: LocalStore) -> None:
    found = catalog.thing(tiny_store, "competentie", "signaleren-en-agenderen")
    assert isinstance(found, model.Competency)
    assert slugs(found.aspects) == ["geldzorgen-signaleren", "financieel-misbruik"]


def test_a_source_tells_its_makers_subjects_and_what_replaced_it(tiny_store: LocalStore) -> None:
    found = catalog.thing(tiny_store, "bron", "geldzorgen-herkennen")
    assert isinstance(found, model.Source)
    assert (found.address, found.year, found.title_language) == (
        "https://www.nibud.nl/geldzorgen-herkennen/",
        "2024",
        "nl",
    )
    assert (slugs(found.publishers), slugs(found.commissioned_by)) == (["nibud"], ["redactie"])
    assert (found.kind and found.kind.slug, found.languages) == ("handreiking", ("NLD",))
    assert found.why == {"nl": "Korte lijst om mee te nemen.", "en": "Short list to take along."}
    assert (slugs(found.domains), slugs(found.aspects), slugs(found.target_groups)) == (
        ["inkomen"],
        ["geldzorgen-signaleren"],
        ["lvb"],
    )
    assert (slugs(found.audiences), found.minutes, found.free) == (["professional"], 10, True)
    assert found.evidence["en"] == "Tried with fifty residents (according to the maker)"
    assert not found.time_bound


def test_what_is_not_known_of_a_source_is_none_and_never_guessed(tiny_store: LocalStore) -> None:
    found = catalog.thing(tiny_store, "bron", "misbruik-oud")
    assert isinstance(found, model.Source)
    assert (found.address, found.year, found.publishers, found.audiences) == (None, None, (), ())
    assert (found.minutes, found.free, found.evidence) == (None, None, {})
    assert found.time_bound
    assert found.replaced_by and found.replaced_by.slug == "misbruik-nieuw"


def test_an_organisation_lists_what_it_publishes_and_what_it_commissioned(tiny_store: LocalStore) -> None:
    nibud, editors = (catalog.thing(tiny_store, "organisatie", slug) for slug in ("nibud", "redactie"))
    assert isinstance(nibud, model.Organisation) and isinstance(editors, model.Organisation)
    assert slugs(nibud.sources) == ["geldzorgen-herkennen", "misbruik-nieuw"], "the newest first"
    assert (nibud.homepage, editors.homepage) == ("https://www.nibud.nl", None)
    assert (slugs(editors.sources), slugs(editors.commissioned)) == ([], ["geldzorgen-herkennen"])


def test_a_case_tells_its_story_its_aspects_their_domains_and_who_is_needed(tiny_store: LocalStore) -> None:
    found = catalog.thing(tiny_store, "casus", "pinpas-bij-kennis")
    assert isinstance(found, model.Case)
    assert found.story["en"].startswith("A woman of 84")
    assert found.exceeds_team
    assert (slugs(found.aspects), slugs(found.domains), slugs(found.target_groups)) == (
        ["financieel-misbruik"],
        ["veiligheid"],
        ["ouderen"],
    )
    assert [r.specialist and r.specialist.slug for r in found.referrals] == ["veilig-thuis"]


def test_a_sign_and_a_specialist_list_where_they_occur_with_the_wording_there(tiny_store: LocalStore) -> None:
    sign = catalog.thing(tiny_store, "signaal", "geld-verdwijnt")
    role = catalog.thing(tiny_store, "specialist", "veilig-thuis")
    assert isinstance(sign, model.Sign) and isinstance(role, model.Specialist)
    assert sign.safety
    assert {a.ref.slug: a.note and a.note["nl"] for a in sign.aspects} == {
        "geldzorgen-signaleren": "leent geld",
        "financieel-misbruik": "geld verdwijnt",
    }
    assert (slugs(role.aspects), slugs(role.cases)) == (["financieel-misbruik"], ["pinpas-bij-kennis"])


def test_a_scheme_lists_its_members_and_a_small_concept_is_a_plain_thing(tiny_store: LocalStore) -> None:
    scheme = catalog.thing(tiny_store, "kader", "doelgroepen")
    assert isinstance(scheme, model.Scheme)
    assert slugs(scheme.members) == ["ouderen", "lvb"]
    assert type(catalog.thing(tiny_store, "urgentie", "nu")) is model.Thing


def test_the_front_page_has_its_three_lists_in_the_order_of_the_wheel(tiny_store: LocalStore) -> None:
    home = catalog.home(tiny_store)
    assert (slugs(home.domains), slugs(home.competencies), slugs(home.target_groups)) == (
        ["inkomen", "veiligheid"],
        ["signaleren-en-agenderen"],
        ["ouderen", "lvb"],
    )


def test_a_retired_thing_raises_gone_with_reason_date_and_successor(tiny_store: LocalStore) -> None:
    with pytest.raises(Gone) as gone:
        catalog.thing(tiny_store, "aspect", "schulden")
    tombstone = gone.value.tombstone
    assert isinstance(tombstone, model.Tombstone)
    assert (tombstone.label["nl"], tombstone.reason["en"], tombstone.date) == (
        "Schulden",
        "Merged into another aspect.",
        "2025-03-31",
    )
    assert tombstone.successor and tombstone.successor.label["en"] == "Spotting money worries"
    with pytest.raises(Gone) as gone:
        catalog.thing(tiny_store, "aspect", "rondkomen")
    assert isinstance(gone.value.tombstone, model.Tombstone) and gone.value.tombstone.successor is None


@pytest.mark.parametrize(
    ("segment", "slug"),
    [
        ("aspect", "niets"), ("onzin", "x"), ("aspect", ""), ("aspect", "a b"), ("aspect", "x> } DELETE {"),
        ("domein", "geldzorgen-signaleren"), ("bron", "schulden"), ("aspect", "geldzorgen-signaleren#stap-1"),
        ("aspect", "../domein/inkomen"), ("aspect", "\x00"), ("aspect", "é"), ("", ""),
    ],
)  # fmt: skip
def test_any_other_path_is_not_found(tiny_store: LocalStore, segment: str, slug: str) -> None:
    with pytest.raises(NotFound):
        catalog.thing(tiny_store, segment, slug)


@pytest.mark.parametrize("iri", [ID + "aspect/niets", "x y", "", "https://example.org/x"])
def test_nothing_is_said_of_what_is_not_described(tiny_store: LocalStore, iri: str) -> None:
    with pytest.raises(NotFound):
        catalog.description(tiny_store, Iri(iri))


@pytest.mark.parametrize(
    ("text", "flag"), [("true", True), ("1", True), ("false", False), ("0", False), ("yes", False)]
)
def test_a_truth_value_is_read_in_both_its_forms(text: str, flag: bool) -> None:
    assert Facts([(S, P, Literal(text))]).flag(S, P) is flag


def test_a_fact_that_is_not_there_is_nothing() -> None:
    facts = Facts([(S, P, Literal("x", language="nl"))])
    missing = "http://example.org/q"
    assert (facts.value(S, missing), facts.iri(S, missing), facts.one(S, missing)) == (None, None, None)
    assert (facts.texts(S, missing), facts.many(S, missing), facts.flag(S, missing)) == ({}, (), False)
    assert S in facts and "http://example.org/other" not in facts


def test_a_link_without_a_name_shows_the_end_of_its_address() -> None:
    assert Facts([]).ref("http://eurovoc.europa.eu/742").label == {"": "742"}


# --- the real graph, by its numbers


@pytest.mark.parametrize(("segment", "number"), COUNTS.items())
def test_the_graph_holds_all_of_the_content(real: Checked, real_store: LocalStore, segment: str, number: int) -> None:
    """By SPARQL, by the list of the site, and by the facts of the build: nothing is lost or counted twice."""
    assert count(real_store, f"?x a <{KINDS[segment].class_iri}>") == number
    assert len(rows.rows(real_store, segment)) == number
    counts = real.facts["counts"]
    assert isinstance(counts, dict)
    assert counts[segment] == number


def test_the_graph_holds_the_organisations_signs_and_specialists(real_store: LocalStore) -> None:
    assert count(real_store, "?x a k:Organisation") >= 72
    assert 35 <= count(real_store, "?x a k:Sign") <= 60
    assert 50 <= count(real_store, "?x a k:SpecialistRole") <= 90


def test_sources_have_an_address_or_say_that_it_is_not_known(real_store: LocalStore) -> None:
    withheld = "?x a k:KnowledgeSource ; k:locationState <vindplaats/onbekend>"
    assert count(real_store, withheld + " FILTER NOT EXISTS { ?x foaf:page ?p }") == 42
    assert count(real_store, withheld) == 42
    assert count(real_store, "?x a k:KnowledgeSource ; foaf:page ?p") == 401 - 42


def test_no_mirror_site_is_named_anywhere_in_the_graph(real: Checked) -> None:
    hits = [line for graph in real.graphs.values() for line in graph.lines if MIRRORS.search(line)]
    assert hits == []


def test_every_aspect_has_one_home_one_type_and_a_source(real_store: LocalStore) -> None:
    assert count(real_store, "?x a k:KnowledgeAspect ; k:homeDomain ?d . ?d a k:KnowledgeDomain") == 143
    assert count(real_store, "?s a k:KnowledgeSource ; dcterms:subject ?x . ?x a k:KnowledgeAspect") == 143


def test_one_aspect_in_each_domain_has_every_kind_of_part(real_store: LocalStore) -> None:
    parts = " ".join(
        f"?x k:part ?p{n} . ?p{n} a k:{n} ." for n in ("Signal", "Question", "Step", "Referral", "TargetGroupRemark")
    )
    assert count(real_store, f"?aspect k:homeDomain ?x . {parts.replace('?x ', '?aspect ')}") == 7


def test_old_words_find_the_new_ones(real_store: LocalStore) -> None:
    for word in ("leefgebied", "karrenwiel"):
        assert count(real_store, f"?x skos:hiddenLabel|skos:altLabel ?w FILTER(LCASE(STR(?w)) = '{word}')") >= 1, word


def test_every_mapping_leads_to_a_described_concept_of_another_scheme(real_store: LocalStore) -> None:
    mapping = "skos:exactMatch|skos:closeMatch|skos:broadMatch|skos:narrowMatch|skos:relatedMatch"
    total = count(real_store, f"?ours {mapping} ?x")
    assert total > 50
    assert (
        count(real_store, f"?o {mapping} ?x . ?x a skos:Concept ; skos:definition ?d ; skos:inScheme/dcterms:title ?t")
        == total
    )


def test_the_kennistypes_divide_the_aspects(real_store: LocalStore) -> None:
    general, specific = (count(real_store, f"?x k:knowledgeType <kennistype/{t}>") for t in ("algemeen", "specifiek"))
    assert general + specific == 143
    assert min(general, specific) > 30


@pytest.mark.parametrize("segment", KINDS)
def test_every_thing_of_every_kind_has_a_whole_page(real_store: LocalStore, segment: str) -> None:
    """A name in some language, links with names, and for what we wrote ourselves an author and a status."""

    def unnamed(ref: object) -> bool:
        return isinstance(ref, Ref) and ref.segment is not None and "" in ref.label

    for ref in (row.ref for row in rows.rows(real_store, segment)):
        assert ref.segment and ref.slug
        found = catalog.thing(real_store, ref.segment, ref.slug)
        assert found.label and all(found.label.values()), ref.iri
        for field in dataclasses.fields(found):
            value = getattr(found, field.name)
            refs = value if isinstance(value, tuple) else (value,)
            assert not [r for r in refs if unnamed(r) or unnamed(getattr(r, "ref", None))], (ref.iri, field.name)
        if segment != "kader":
            assert found.record.status and found.record.author, ref.iri


def test_the_tiny_graph_and_the_real_one_have_things_of_the_same_kinds(
    tiny: dict[str, NamedGraph], real: Checked
) -> None:
    own = {line.split(" ")[2] for graph in tiny.values() for line in graph.lines if "rdf-syntax-ns#type>" in line}
    all_of_real = {
        line.split(" ")[2] for g in real.graphs.values() for line in g.lines if "rdf-syntax-ns#type>" in line
    }
    released = (K.Release, K.Addition, K.Alteration, K.Retirement, K.Renaming)
    made_later = {f"<{cls}>" for cls in (K.Tombstone, K.Review, K.LinkCheck, *released)}
    assert own - all_of_real <= {*made_later, "<http://rdfs.org/ns/void#Dataset>"}
