"""The file: what goes in comes out, later versions and older graphs are read, and bad input is told field by field."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from kbs_graph.errors import BadRequest, TooLarge
from kbs_graph.teamscan import jsonfields, scanfile
from kbs_graph.teamscan.model import Line, Need, NeedKind, OwnTopic, PlanRow, Scan, Topic

Topics = tuple[Topic, ...]
AnyScan = Callable[..., st.SearchStrategy[Scan]]
SCHEMA = Draft202012Validator(json.loads(scanfile.schema()))
MELDCODE: dict[str, Any] = {"need": {"kind": "some"}, "counts": [2, 1, 0]}


def file(**fields: object) -> str:
    return json.dumps({"format": "kennisbouwstenen-teamscan", "version": 1, "size": 6, **fields})


def meldcode(**fields: object) -> str:
    return file(topics={"aspect/meldcode": {**MELDCODE, **fields}})


def read(text: str | bytes, topics: Topics = ()) -> Scan:
    return scanfile.loads(text, topics, {}).scan


@given(st.data())
def test_a_scan_comes_back_as_it_went(any_scan: AnyScan, topics: Topics, data: st.DataObject) -> None:
    scan = data.draw(any_scan())
    text = scanfile.dumps(scan)
    assert scanfile.loads(text, topics, {}).scan == scan
    assert scanfile.loads(scanfile.dumps(scan, indent=2).encode(), topics, {}).scan == scan
    SCHEMA.validate(json.loads(text))


def test_the_schema_is_one_and_knows_every_field_of_the_model() -> None:
    Draft202012Validator.check_schema(SCHEMA.schema)
    parts = {name: set(part.get("properties", ())) for name, part in SCHEMA.schema["$defs"].items()}
    names = {
        "topic": Line, "need": Need, "ownTopic": OwnTopic, "row": PlanRow,
    }  # fmt: skip
    for part, cls in names.items():
        fields = {re.sub("_(.)", lambda m: m[1].upper(), name) for name in cls.__dataclass_fields__} - {"extra"}
        assert parts[part] == fields
    SCHEMA.validate(json.loads(scanfile.example()))


def test_not_filled_in_is_not_zero(topics: Topics) -> None:
    assert read(meldcode(counts=None), topics).lines["aspect/meldcode"].counts is None
    assert read(meldcode(counts=[0, 0, 0]), topics).lines["aspect/meldcode"].counts == (0, 0, 0)
    assert '"counts": [0, 0, 0]' in scanfile.dumps(read(meldcode(counts=[0, 0, 0]), topics))


def test_what_a_later_version_said_is_kept_at_every_level(topics: Topics) -> None:
    later = {"colour": [1, {"deep": None}]}
    text = file(
        version=2,
        readableFrom=1,
        topics={"aspect/meldcode": {"need": {"kind": "some", **later}, "boundary": {"who": "we", **later}, **later}},
        ownTopics=[{"key": "eigen/1", "label": "Iets", **later}],
        contacts=[{"role": "huisarts", **later}],
        plan=[{"topic": "aspect/meldcode", **later}],
        **later,
    )
    loaded = scanfile.loads(text, topics, {})
    assert "nieuwere versie (2)" in loaded.notes[0].nl
    assert scanfile.dumps(loaded.scan).count('"colour": [1, {"deep": null}]') == 7
    assert scanfile.loads(scanfile.dumps(loaded.scan), topics, {}).scan == loaded.scan


@pytest.mark.parametrize("fields", [{"version": 2}, {"version": 3, "readableFrom": 2}])
def test_a_version_that_broke_the_format_is_refused(fields: dict[str, int]) -> None:
    with pytest.raises(BadRequest) as refused:
        read(file(**fields))
    assert "nieuwere versie" in refused.value.words.nl and "newer version" in refused.value.words.en


def test_an_unknown_topic_is_kept_and_told(topics: Topics) -> None:
    loaded = scanfile.loads(file(topics={"aspect/van-later": MELDCODE}), topics, {})
    assert loaded.scan.lines["aspect/van-later"].counts == (2, 1, 0)
    assert loaded.unknown == ("aspect/van-later",)
    assert "aspect/van-later" in loaded.notes[0].nl and "blijft in je bestand" in loaded.notes[0].nl


def test_a_renamed_topic_goes_on_as_its_successor(topics: Topics) -> None:
    plan = [{"topic": "aspect/oud", "sources": ["oude-bron", "bron-b"]}]
    text = file(topics={"aspect/oud": MELDCODE}, contacts=[{"role": "oude-rol"}], plan=plan)
    retired = {
        "aspect/oud": "aspect/meldcode",
        "bron/oude-bron": "bron/nieuwe-bron",
        "specialist/oude-rol": "specialist/nieuwe-rol",
    }
    loaded = scanfile.loads(text, topics, retired)
    assert list(loaded.scan.lines) == ["aspect/meldcode"]
    assert loaded.moved == {"aspect/oud": "aspect/meldcode"}
    assert loaded.notes[0].nl == "‘aspect/oud’ heet nu ‘Meldcode’. Wat je invulde, staat daar."
    assert loaded.scan.plan[0].topic == "aspect/meldcode"
    assert loaded.scan.plan[0].sources == ("nieuwe-bron", "bron-b")
    assert loaded.scan.contacts[0].role == "nieuwe-rol"


def test_two_merged_topics_lose_nothing(topics: Topics) -> None:
    retired = {"aspect/oud": "aspect/meldcode", "aspect/ouder": "aspect/meldcode"}
    lines = {"aspect/oud": {**MELDCODE, "note": "een"}, "aspect/ouder": {**MELDCODE, "note": "twee"}}
    loaded = scanfile.loads(file(topics=lines), topics, retired)
    assert {key: line.note for key, line in loaded.scan.lines.items()} == {
        "aspect/meldcode": "een",
        "aspect/ouder": "twee",
    }
    assert scanfile.loads(scanfile.dumps(loaded.scan), topics, retired).scan == loaded.scan


def test_a_withdrawn_topic_is_told_apart(topics: Topics) -> None:
    loaded = scanfile.loads(file(topics={"aspect/weg": MELDCODE}), topics, {"aspect/weg": ""})
    assert loaded.notes[0].nl.startswith("Ingetrokken") and "aspect/weg" in loaded.scan.lines


def test_an_older_file_tells_which_texts_changed_since(topics: Topics) -> None:
    older = scanfile.loads(file(day="2027-01-14", topics={"aspect/meldcode": MELDCODE}), topics, {})
    assert older.changed == ("aspect/meldcode",)
    assert older.notes[0].nl.startswith("Sinds 14 januari 2027 is de tekst veranderd van: Meldcode.")
    assert "Meldcode (en)" in older.notes[0].en
    assert scanfile.loads(file(day="2027-01-15", topics={"aspect/meldcode": MELDCODE}), topics, {}).notes == ()
    taken_out = file(day="2027-01-14", topics={"aspect/meldcode": {**MELDCODE, "asked": False}})
    assert scanfile.loads(taken_out, topics, {}).notes == ()


def test_a_very_long_list_in_a_note_is_cut(topics: Topics) -> None:
    loaded = scanfile.loads(file(topics={f"aspect/x{n}": MELDCODE for n in range(100)}), topics, {})
    assert loaded.notes[0].nl.count("aspect/x") == 20 and "en nog 80" in loaded.notes[0].nl


BAD = {
    "text for a number": (file(size="6"), "size"),
    "yes for a number": (file(size=True), "size"),
    "half a number": (file(size=6.5), "size"),
    "a whole number written as a float": (file(size=6.0), "size"),
    "an infinite number": (file().replace(": 6", ": 1e999"), "1e999"),
    "no number": (file().replace(": 6", ": NaN"), "NaN"),
    "a huge number": (file().replace(": 6", ": " + "9" * 5000), "9999"),
    "yes among counts": (meldcode(counts=[True, 1, 0]), "topics › aspect/meldcode › counts"),
    "two counts": (meldcode(counts=[1, 1]), "counts"),
    "a weight of 4": (meldcode(weight=4), "weight"),
    "a level of 0": (meldcode(need={"kind": "some", "level": 0}), "topics › aspect/meldcode › need › level"),
    "an unknown need": (meldcode(need={"kind": "later"}), "need › kind"),
    "no need": (file(topics={"aspect/meldcode": {}}), "need › kind"),
    "text for yes": (meldcode(share="ja"), "share"),
    "a number for text": (meldcode(note=7), "note"),
    "a list of topics": (file(topics=[]), "topics"),
    "a text as topic": (file(topics={"aspect/meldcode": "ja"}), "aspect/meldcode"),
    "an empty key": (file(topics={"": MELDCODE}), "topics"),
    "a key of two lines": (file(topics={"aspect/a\nb": MELDCODE}), "topics"),
    "a long key": (file(topics={"a" * 201: MELDCODE}), "topics"),
    "a plan that is no list": (file(plan={}), "plan"),
    "an unknown action in the second row": (file(plan=[{}, {"action": "zwaaien"}]), "plan › 2 › action"),
    "sources that are no texts": (file(plan=[{"sources": [1]}]), "sources"),
    "a day that is none": (file(day="2027-02-30"), "day"),
    "an own topic of another kind": (file(ownTopics=[{"key": "aspect/meldcode"}]), "ownTopics › 1 › key"),
    "an own topic twice": (file(ownTopics=[{"key": "eigen/1"}, {"key": "eigen/1"}]), "ownTopics › 2 › key"),
    "a version of text": (file(version="1"), "version"),
    "a version of 0": (file(version=0), "version"),
    "a field twice": (file().replace('"version"', '"size": 5, "version"'), "size"),
    "half a character": (file(name="\ud800"), "half teken"),
    "half a character in a field that comes twice": ('{"\\ud800": 1, "\\ud800": 2}', "twee keer"),
    "deep": (file(extra=json.loads("[" * 30 + "]" * 30)), "dieper"),
    "deeper than Python": ("[" * 100_000, "dieper"),
    "no JSON": ("naam;aantal\nx;1", "regel 1"),
    "nothing": ("", "regel 1"),
    "JSON of another kind": ('{"type": "FeatureCollection"}', "format"),
    "a list": ("[]", "format"),
    "a spreadsheet": (b"PK\x03\x04 and more", "Excel"),
    "a picture": (b"\x89PNG\r\n\x1a\n\xff", "UTF-8"),
    "an old encoding": (file(name="x").encode().replace(b'"x"', b'"caf\xe9"'), "UTF-8"),
    "half of UTF-16": (b"\xff\xfe\x00", "UTF-8"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_told_in_both_languages(name: str, topics: Topics) -> None:
    text, named = BAD[name]
    with pytest.raises(BadRequest) as refused:
        read(text, topics)
    assert named in refused.value.words.nl
    assert refused.value.words.en != refused.value.words.nl
    assert len(refused.value.words.nl) < 500
    refused.value.words.nl.encode()


def test_a_file_of_50_mb_is_refused_before_it_is_read() -> None:
    with pytest.raises(TooLarge) as refused:
        read("[" * 50_000_000)
    assert "2 MB" in refused.value.words.nl


def test_a_file_with_a_byte_order_mark_is_read(f1: Scan, topics: Topics) -> None:
    for text in (
        "\ufeff" + scanfile.example(),
        scanfile.example().encode("utf-8-sig"),
        scanfile.example().encode("utf-16"),
    ):
        assert read(text, topics) == f1


def test_texts_come_back_tidy(topics: Topics) -> None:
    assert read(file(name="a\x00b\r\nc\x0bd\re\tf"), topics).name == "ab\nc\nd\ne\tf"


@given(st.text())
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert scanfile.tidy(scanfile.tidy(text)) == scanfile.tidy(text)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda v: st.lists(v) | st.dictionaries(st.text(), v),
    )
)
def test_any_json_is_read_or_refused_in_words(value: object) -> None:
    for found in (value, {"format": scanfile.FORMAT, "version": 1, "topics": {"aspect/x": value}}):
        try:
            read(json.dumps(found))
        except BadRequest as refused:
            assert refused.words.nl and refused.words.en


def test_what_cannot_be_right_travels_and_is_told(topics: Topics) -> None:
    lines = {
        "aspect/meldcode": {**MELDCODE, "counts": [7, 1, 0], "learn": 9},
        "aspect/veilig-thuis": {**MELDCODE, "counts": [4, 5, 0]},
        "aspect/dagbesteding": {"need": {"kind": "some", "number": 0}, "counts": [1, -1, 0]},
        "aspect/opvoedvragen": {**MELDCODE, "counts": [7, 1, 0], "asked": False},
    }
    scan = read(
        file(topics=lines, ownTopics=[{"key": "eigen/1"}], plan=[{"topic": "aspect/meldcode", "day": "31-3-2027"}])
    )
    found = {(problem.key, problem.field): problem.words for problem in scanfile.problems(scan)}
    assert set(found) == {
        ("aspect/meldcode", "counts"),
        ("aspect/meldcode", "learn"),
        ("aspect/veilig-thuis", "counts"),
        ("aspect/dagbesteding", "counts"),
        ("aspect/dagbesteding", "number"),
        ("eigen/1", "label"),
        ("aspect/meldcode", "day"),
    }
    assert found["aspect/meldcode", "counts"].nl == "7 collega's kan niet, het team telt er 6."
    assert "4, 5, 0 kan niet" in found["aspect/veilig-thuis", "counts"].nl
    assert found["aspect/dagbesteding", "counts"].nl.startswith("-1 kan niet")
    assert read(scanfile.dumps(scan)) == scan


@pytest.mark.parametrize(
    ("text", "told"), [(file(size=0), "team van 0"), (file(mode="own"), "1 persoon"), (file(size=5000), "999")]
)
def test_a_size_that_cannot_be_is_told(text: str, told: str) -> None:
    assert [told in problem.words.nl for problem in scanfile.problems(read(text))] == [True]


def test_f1_has_no_problem_and_its_file_is_what_dumps_makes(f1: Scan) -> None:
    assert scanfile.problems(f1) == ()
    assert json.loads(scanfile.dumps(f1)) == json.loads(scanfile.example())
    assert replace(f1, name="x") != f1


def test_all_of_it_with_a_note_at_each_topic_is_small_enough_to_travel() -> None:
    line = Line(Need(NeedKind.SOME), counts=(6, 6, 6), note="x" * 1000)
    assert (
        len(scanfile.dumps(Scan(lines={f"aspect/{'x' * 20}{n}": line for n in range(150)}))) < scanfile.MOST_BYTES / 4
    )


def test_a_number_of_15_digits_is_the_largest() -> None:
    assert jsonfields.parse("[" + "9" * 15 + "]") == [999_999_999_999_999]
    with pytest.raises(BadRequest):
        jsonfields.parse("[-" + "9" * 16 + "]")
