"""Mappings: what is recorded of each, how they are narrowed down, and SSSOM as its specification asks."""

import csv
import re
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest

from kbs_graph import files, mappings, queries, rows, sssom, tables
from kbs_graph.files import NamedGraph
from kbs_graph.mappings import RELATIONS, Narrowing
from kbs_graph.store import LocalStore
from kbs_graph.terms import DERIVED_GRAPH, ID, Iri

ROOT = Path(__file__).resolve().parent.parent
CARD = ID + "aspect/geldzorgen-signaleren"
LINKS = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?ours ?relation ?theirs WHERE {
  VALUES ?relation { skos:exactMatch skos:closeMatch skos:broadMatch skos:narrowMatch skos:relatedMatch }
  ?ours ?relation ?theirs
}
"""
"""The mappings as anyone else would ask for them, without what we record of them."""


def tsv(
    store: LocalStore, language: str = "nl", narrowing: Narrowing | None = None
) -> tuple[list[str], list[dict[str, str]]]:
    """The metadata lines (without #) and the rows of the SSSOM file."""
    found = [m for m in mappings.mappings(store) if (narrowing or Narrowing()).admits(m)]
    text = sssom.as_tsv(found, language, "https://example.org/nl/koppelingen.tsv", "Titel: x", "Een zin.").decode()
    lines = text.split("\n")
    head = [line[1:] for line in lines if line.startswith("#")]
    body = "\n".join(lines[len(head) :])
    return head, list(csv.DictReader(StringIO(body, newline=""), delimiter="\t"))


# --- reading


def test_a_mapping_has_both_ends_its_scheme_and_what_it_rests_on(tiny_store: LocalStore) -> None:
    first, second = mappings.of_thing(tiny_store, CARD)
    assert (first.relation, first.theirs.iri) == ("exactMatch", "http://eurovoc.europa.eu/742")
    assert (second.relation, second.theirs.label["en"]) == ("relatedMatch", "debt")
    assert first.ours.label["nl"] == "Geldzorgen signaleren"
    assert (first.scheme.ref.label["nl"], first.scheme.prefix) == ("EuroVoc", "eurovoc")
    assert first.scheme.about["en"] == "Word list of the European Union."
    assert first.why["en"] == "Indebtedness is what money worries are about."
    assert (first.by_name_only, second.by_name_only) == (False, True)


def test_status_and_author_are_those_of_the_file_it_stands_in(tiny_store: LocalStore) -> None:
    for mapping in mappings.mappings(tiny_store):
        assert mapping.status and mapping.status.slug == "voorstel" and not mapping.confirmed
        assert mapping.author and mapping.author.slug == "redactie"


def test_a_file_of_confirmed_mappings_makes_its_mappings_confirmed(tiny: dict[str, NamedGraph]) -> None:
    name = "data/mappings/eurovoc-voorstel.ttl"
    lines = tuple(line.replace("id/status/voorstel>", "id/status/bevestigd>") for line in tiny[name].lines)
    graphs = {**tiny, name: NamedGraph(tiny[name].iri, lines)}
    content = b"".join(graph.nquads for graph in graphs.values())
    derived = LocalStore.in_memory(content).construct(queries.fill("derive/mapping-status"))
    content += files.computed_graph(Iri(DERIVED_GRAPH), derived).nquads
    (group,) = mappings.grouped(mappings.mappings(LocalStore.in_memory(content)))
    assert (len(group.confirmed), len(group.proposed)) == (2, 0)


def test_every_mapping_of_the_real_graph_is_there_once(real_store: LocalStore) -> None:
    links = Counter(
        (str(r["ours"]), str(r["relation"]).rpartition("#")[2], str(r["theirs"])) for r in real_store.select(LINKS)
    )
    held = Counter((m.ours.iri, m.relation, m.theirs.iri) for m in mappings.mappings(real_store))
    assert held == links and len(held) > 150
    assert set(held.values()) == {1}


def test_every_real_mapping_says_why_in_both_languages_who_and_when(real_store: LocalStore) -> None:
    for mapping in mappings.mappings(real_store):
        assert set(mapping.why) == {"nl", "en"}, mapping
        assert mapping.author and mapping.status and mapping.day
        assert not mapping.confirmed, "no expert has confirmed a mapping yet"
        assert mapping.relation != "exactMatch", "nothing of ours may be swapped with a concept of others"


@pytest.mark.parametrize(("prefix", "named"), [("zrm", 13), ("positieve-gezondheid", 4)])
def test_of_an_instrument_without_addresses_only_names_of_domains_are_in_the_graph(
    real_store: LocalStore, prefix: str, named: int
) -> None:
    found = [m for m in mappings.mappings(real_store) if m.scheme.prefix == prefix]
    targets = {m.theirs.iri: m.theirs for m in found}
    assert len(targets) == named
    assert all(iri.startswith(f"{ID}kader/{prefix}#") for iri in targets)
    assert {m.relation for m in found} <= {"closeMatch", "relatedMatch"}
    assert {m.ours.segment for m in found} == {"domein"} and all(m.by_name_only for m in found)
    facts = real_store.select(
        f'SELECT DISTINCT ?s ?p ?o WHERE {{ ?s ?p ?o FILTER(STRSTARTS(STR(?s), "{ID}kader/{prefix}#")) }}'
    )
    said = {str(row["p"]).rpartition("#")[2] for row in facts}
    assert said == {"type", "inScheme", "prefLabel", "definition", "label", "topConceptOf"} | (
        {"altLabel"} if prefix != "zrm" else set()
    )
    assert all(len(row["o"].value) < 110 for row in facts if hasattr(row["o"], "value"))


def test_what_is_not_mapped_is_everything_else(real_store: LocalStore) -> None:
    mapped = {mapping.ours.iri for mapping in mappings.mappings(real_store)}
    left = mappings.unmapped(real_store)
    assert tuple(left) == mappings.KINDS_MAPPED
    for segment, refs in left.items():
        every = {row.ref.iri for row in rows.rows(real_store, segment)}
        assert {ref.iri for ref in refs} == every - mapped
    assert left["aspect"] and left["specialist"]


# --- narrowing down


def test_choices_of_one_kind_widen_and_those_of_two_narrow(real_store: LocalStore) -> None:
    everything = mappings.mappings(real_store)
    two = [m for m in everything if Narrowing(frozenset({"stw", "icf"})).admits(m)]
    assert {m.scheme.prefix for m in two} == {"stw", "icf"}
    both = Narrowing(frozenset({"stw", "icf"}), frozenset({"bijna"}))
    assert {m.relation for m in everything if both.admits(m)} == {"closeMatch"}
    assert 0 < sum(map(both.admits, everything)) < len(two)
    assert all(map(Narrowing().admits, everything)) and not Narrowing()


def test_a_choice_is_taken_away_by_choosing_it_again() -> None:
    chosen = Narrowing().with_scheme("stw").with_relation("enger").with_relation("gelijk")
    assert chosen.pairs() == [("kader", "stw"), ("relatie", "gelijk"), ("relatie", "enger")]
    assert chosen.with_scheme("stw").with_relation("enger").with_relation("gelijk") == Narrowing()


def test_every_relation_has_a_word_and_a_name_in_addresses() -> None:
    assert set(RELATIONS.values()) == set(mappings.IN_WORDS)


def test_numbers_and_groups_add_up(real_store: LocalStore) -> None:
    everything = mappings.mappings(real_store)
    groups = mappings.grouped(everything)
    assert len({group.scheme.prefix for group in groups}) == len(groups) == len(mappings.schemes(everything))
    assert sum(sum(group.numbers.values()) for group in groups) == len(everything)


# --- as files


def test_the_table_has_a_cell_for_every_heading_and_a_row_for_every_mapping(real_store: LocalStore) -> None:
    found = mappings.mappings(real_store)
    cells = list(csv.reader(StringIO(tables.as_csv(mappings.table("Koppelingen", found, "nl")).decode(), newline="")))
    assert len(cells) == len(found) + 1 and {len(row) for row in cells} == {len(cells[0])}
    assert cells[1][2] in {words.nl for words in mappings.IN_WORDS.values()}


def test_sssom_has_every_mapping_once_with_its_four_required_slots(real_store: LocalStore) -> None:
    head, found = tsv(real_store)
    assert len(found) == len(mappings.mappings(real_store))
    prefixes = dict(re.findall(r"^  ([\w-]+): (\S+)$", "\n".join(head), re.M))

    def whole(curie: str) -> str:
        name, _, rest = curie.partition(":")
        return str(prefixes[name]).strip('"') + rest

    links = {
        (str(r["ours"]), str(r["relation"]).rpartition("#")[2], str(r["theirs"])) for r in real_store.select(LINKS)
    }
    assert {
        (whole(r["subject_id"]), r["predicate_id"].removeprefix("skos:"), whole(r["object_id"])) for r in found
    } == links
    assert {row["mapping_justification"] for row in found} == {"semapv:ManualMappingCuration"}
    assert {row["other"] for row in found} == {"status=voorstel"}


def test_sssom_is_written_in_its_canonical_form(real_store: LocalStore) -> None:
    """spec-formats-tsv: plain or double-quoted scalars, no empty column, slots that never vary in the metadata."""
    head, found = tsv(real_store)
    columns = list(found[0])
    assert columns == [name for name in sssom._COLUMNS if name in columns], "columns in the order of the model"
    assert not {"mapping_tool", "confidence", "mapping_date"} & set(columns)
    assert all(any(row[name] for row in found) for name in columns)
    assert 'mapping_set_title: "Titel: x"' in head and "mapping_set_description: Een zin." in head
    assert "license: https://creativecommons.org/licenses/by/4.0/" in head
    assert "subject_type: skos concept" in head and any(line.startswith("mapping_date: 2") for line in head)
    declared = [line for line in head if line.startswith("  ")]
    assert declared == sorted(declared) and not any(line.startswith("  skos:") for line in declared)
    assert [list(row.values()) for row in found] == sorted(list(row.values()) for row in found)


def test_sssom_puts_what_all_rows_share_in_the_metadata_as_a_list(real_store: LocalStore) -> None:
    head, found = tsv(real_store, "en", Narrowing(frozenset({"esco-skill"})))
    at = head.index("object_match_field:")
    assert head[at + 1 : at + 3] == ["  - skos:definition", "  - skos:prefLabel"]
    assert "object_match_field" not in found[0]
    assert found[0]["subject_label"] and any(row["object_label"] == "child protection" for row in found)


def test_sssom_of_nothing_is_a_set_without_rows() -> None:
    text = sssom.as_tsv([], "nl", "https://example.org/x", "Titel", "Zin").decode()
    assert text.startswith("#mapping_set_id: https://example.org/x\n") and "curie_map" not in text


def test_an_address_without_a_prefix_is_refused() -> None:
    assert sssom.curie("http://a/b#c", {"a": "http://a/", "b": "http://a/b#"}) == "b:c"
    with pytest.raises(ValueError, match="no prefix"):
        sssom.curie("http://z/1", {"a": "http://a/"})


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("gewoon", "gewoon"),
        ('met "haken"', '"met ""haken"""'),
        ("tab\ter", '"tab\ter"'),
        ("regel\nverder", '"regel\nverder"'),
    ],
)
def test_a_cell_is_quoted_only_where_it_must_be(value: str, written: str) -> None:
    assert sssom._cell(value) == written


@pytest.mark.parametrize("value", ["a: b", "- a", "#a", "a:", "'a'", '"a"', "", "a ", "@a", "[a]", "a #b"])
def test_yaml_that_would_be_read_otherwise_is_quoted(value: str) -> None:
    assert sssom._scalar(value).startswith('"')


# --- editors' notes


def test_the_notes_say_of_every_candidate_what_was_decided(real_store: LocalStore) -> None:
    """data/notes/mappings.csv agrees with the graph, and names a reason wherever nothing was linked."""
    with (ROOT / "data" / "notes" / "mappings.csv").open(encoding="utf-8", newline="") as source:
        noted = list(csv.DictReader(source))
    decided: Counter[tuple[str, str, str]] = Counter()
    for row in noted:
        if row["decision"] == "none":
            assert len(row["reason"]) > 15, row
            continue
        for decision in row["decision"].split(" | "):
            relation, subject = decision.split(" ")
            decided[ID + subject, relation, row["address"]] += 1
    held = Counter((m.ours.iri, m.relation, m.theirs.iri) for m in mappings.mappings(real_store))
    assert set(decided) == set(held)
    assert sum(row["decision"] == "none" for row in noted) > 50
