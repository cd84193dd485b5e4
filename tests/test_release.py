"""Releasing on a tiny root: what changed is told thing by thing, the same every time, and nothing is done by halves."""

import json
import shutil
import subprocess
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import RDF, RDFS, SKOS

from kbs_graph import build, files, fingerprints, history, release
from kbs_graph.dataset import archive
from kbs_graph.errors import NotRunnable
from kbs_graph.fingerprints import ADDED, CHANGED, RENAMED, RETIRED
from kbs_graph.release import Released
from kbs_graph.store import LocalStore
from kbs_graph.terms import ID, K, iri_of

Run = Callable[..., "subprocess.CompletedProcess[str]"]
ASPECT, FILE = "aspect/geldzorgen-signaleren", "data/aspects/inkomen.ttl"
NOTES = {"nl": "Kleine verbeteringen.", "en": "Small improvements."}
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
VERSION_LINE = f'<{ID}dataset/kennisbouwstenen> <{DCAT.version}> "0.0.0" .\n'


@pytest.fixture
def place(tiny_root: Path) -> Path:
    """A tiny valid root of which nothing was released yet."""
    shutil.rmtree(tiny_root / "data" / "releases")
    append(tiny_root, "data/catalogue.ttl", VERSION_LINE)
    return tiny_root


def append(root: Path, name: str, text: str) -> None:
    path = root / name
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def replace(root: Path, name: str, old: str, new: str) -> None:
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{name} has no {old!r}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def freeze(root: Path, version: str, day: str = "2026-01-01", notes: Mapping[str, str] | None = None) -> Released:
    outcome, made = release.release(root, root / "var", version, date.fromisoformat(day), notes or {})
    assert made, outcome.findings
    return made


def changes(made: Released) -> set[tuple[str, str]]:
    return {(difference.kind, difference.key) for difference in made.differences}


def graph_of(root: Path, version: str) -> rdflib.Graph:
    path = root / "data" / "releases" / f"{fingerprints.name(version)}.ttl"
    return rdflib.Graph().parse(path, format="turtle")


def told(made: Released) -> history.History:
    return history.of(LocalStore.open(made.snapshot.store), made.snapshot.manifest)


def tree(root: Path) -> dict[str, bytes]:
    """Every file that is under version control."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and "var" not in path.relative_to(root).parts
    }


def rename(root: Path, old: str, new: str, label: str) -> None:
    """Give a notion another address, with a tombstone at the old one."""
    name = "data/notions.ttl"
    replace(root, name, f"<{iri_of('begrip', old)}", f"<{iri_of('begrip', new)}")
    bury(root, f"begrip/{old}", label, str(K.Notion), f"<{K.continuedAs}> <{iri_of('begrip', new)}>")


def bury(root: Path, key: str, label: str, cls: str, more: str = "") -> None:
    append(
        root,
        "data/retired.ttl",
        f'<{ID}{key}> a <{K.Tombstone}> ; <{RDFS.label}> "{label}"@nl, "{label} (en)"@en ; <{K.formerType}> <{cls}> ; '
        f'<{K.retirementReason}> "Anders ingedeeld."@nl, "Ordered differently."@en ; '
        f'<http://www.w3.org/ns/prov#invalidatedAtTime> "2026-01-02"^^<http://www.w3.org/2001/XMLSchema#date> ; '
        f"<http://www.w3.org/ns/adms#status> <{ID}status/ingetrokken> {';' if more else ''} {more} .\n",
    )


def drop(root: Path, name: str, key: str) -> None:
    """Take a thing and its parts out of a file."""
    path = root / name
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith((f"<{ID}{key}>", f"<{ID}{key}#"))]
    assert len(kept) < len(lines)
    path.write_text("".join(kept), encoding="utf-8")


def new_notion(root: Path, slug: str, label: str) -> None:
    """A copy of the notion `karrewiel` under another address and name."""
    path = root / "data" / "notions.ttl"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    own = [line for line in lines if line.startswith(f"<{ID}begrip/karrewiel")]
    text = "".join(line for line in own if f"<{SKOS.prefLabel}>" not in line and f"<{SKOS.altLabel}>" not in line)
    text = text.replace("begrip/karrewiel", f"begrip/{slug}")
    text += f'<{ID}begrip/{slug}> <{SKOS.prefLabel}> "{label}"@nl, "{label} (en)"@en .\n'
    append(root, "data/notions.ttl", text)


# --- the first release


def test_the_first_release_counts_each_kind_and_lists_no_changes(place: Path) -> None:
    made = freeze(place, "0.1.0", notes=NOTES)
    assert made.first and made.differences == ()
    assert made.snapshot.manifest["version"] == "0.1.0"
    graph = graph_of(place, "0.1.0")
    this = rdflib.URIRef(f"{ID}uitgave/0-1-0")
    assert (this, RDF.type, K.Release) in graph
    assert str(graph.value(this, DCAT.version)) == "0.1.0"
    assert list(graph.objects(this, K.change)) == []
    (latest,) = told(made).releases
    assert latest.first and latest.day == "2026-01-01" and latest.notes == NOTES
    assert dict(latest.numbers) == {k: n for k, n in made.snapshot.manifest["counts"].items() if n}
    assert sum(number for _, number in latest.numbers) == made.things


def test_a_release_leaves_a_clean_root_with_nothing_to_tell(place: Path) -> None:
    freeze(place, "0.1.0")
    outcome = build.check(place)
    assert outcome.ok and outcome.findings == []
    assert outcome.since and outcome.since.same and outcome.since.differences == ()


def test_the_number_is_put_wherever_it_is_stated(place: Path) -> None:
    (place / "kbs_graph").mkdir()
    (place / "kbs_graph" / "__init__.py").write_text('"""A package."""\n\n__version__ = "0.0.9"\n')
    (place / "CITATION.cff").write_text("cff-version: 1.2.0\nversion: 0.0.9\ndate-released: 2020-01-01\n")
    (place / "CHANGELOG.md").write_text("# Changelog\n\n## Unreleased\n\n- A thing.\n")
    made = freeze(place, "0.1.0", "2026-03-04")
    assert '__version__ = "0.1.0"' in (place / "kbs_graph" / "__init__.py").read_text()
    assert (place / "CITATION.cff").read_text() == "cff-version: 1.2.0\nversion: 0.1.0\ndate-released: 2026-03-04\n"
    assert "## 0.1.0 (2026-03-04)\n" in (place / "CHANGELOG.md").read_text()
    assert '"0.1.0"' in (place / "data" / "catalogue.ttl").read_text()
    assert set(made.written) == {
        "data/releases/0-1-0.ttl", "data/releases/0-1-0.json", "data/catalogue.ttl",
        "CITATION.cff", "CHANGELOG.md", "kbs_graph/__init__.py",
    }  # fmt: skip


def test_the_same_files_give_the_same_bytes(place: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere"
    shutil.copytree(place, other)
    for root in (place, other):
        freeze(root, "0.1.0", notes=NOTES)
    assert tree(place) == tree(other)


# --- what changed since


def test_added_changed_renamed_and_retired_things_are_told_each_once(place: Path) -> None:
    new_notion(place, "maatwerk", "maatwerk")
    new_notion(place, "regelruimte", "regelruimte")
    freeze(place, "0.1.0")
    replace(place, FILE, "post ongeopend", "ongeopende post")
    append(place, FILE, f'<{ID}{ASPECT}> <{SKOS.altLabel}> "rood staan"@nl .\n')
    new_notion(place, "wijk", "wijk")
    rename(place, "maatwerk", "op-maat", "maatwerk")
    drop(place, "data/notions.ttl", "begrip/regelruimte")
    bury(place, "begrip/regelruimte", "regelruimte", str(K.Notion))
    made = freeze(place, "0.2.0", "2026-02-01", NOTES)
    assert changes(made) == {
        (CHANGED, ASPECT), (ADDED, "begrip/wijk"), (RENAMED, "begrip/maatwerk"), (RETIRED, "begrip/regelruimte"),
    }  # fmt: skip
    (changed,) = [d for d in made.differences if d.kind == CHANGED]
    assert changed.properties == ("k:part", "skos:altLabel")
    graph = graph_of(place, "0.2.0")
    this = rdflib.URIRef(f"{ID}uitgave/0-2-0")
    assert str(graph.value(this, DCAT.previousVersion)) == f"{ID}uitgave/0-1-0"
    entry = rdflib.URIRef(f"{this}#aspect-geldzorgen-signaleren")
    assert (entry, RDF.type, K.Alteration) in graph
    assert set(graph.objects(entry, K.changedProperty)) == {K.part, SKOS.altLabel}
    assert (rdflib.URIRef(f"{this}#begrip-maatwerk"), RDF.type, K.Renaming) in graph
    assert (rdflib.URIRef(f"{this}#begrip-regelruimte"), RDF.type, K.Retirement) in graph
    assert (rdflib.URIRef(f"{this}#begrip-wijk"), RDF.type, K.Addition) in graph
    assert len(list(graph.objects(this, K.change))) == 4
    assert build.check(place).findings == []


def test_the_timeline_of_a_thing_begins_with_the_first_release_and_follows_it_under_its_new_name(place: Path) -> None:
    new_notion(place, "maatwerk", "maatwerk")
    freeze(place, "0.1.0", "2026-01-01")
    replace(place, FILE, "post ongeopend", "ongeopende post")
    rename(place, "maatwerk", "op-maat", "maatwerk")
    new_notion(place, "wijk", "wijk")
    found = told(freeze(place, "0.2.0", "2026-02-01"))

    def line(key: str) -> list[tuple[str, str, tuple[str, ...]]]:
        return [(m.version, m.change.kind, m.change.fields) for m in found.timeline(ID + key)]

    assert line(ASPECT) == [("0.1.0", ADDED, ()), ("0.2.0", CHANGED, ("parts",))]
    assert line("begrip/op-maat") == [("0.1.0", ADDED, ()), ("0.2.0", RENAMED, ())]
    assert line("begrip/wijk") == [("0.2.0", ADDED, ())]
    assert line("begrip/karrewiel") == [("0.1.0", ADDED, ())]
    (renamed,) = [c for c in found.releases[0].changes if c.kind == RENAMED]
    assert renamed.ref.label["nl"] == "maatwerk"
    assert renamed.successor and renamed.successor.slug == "op-maat"


def test_what_is_merged_into_something_older_is_retired_and_a_chain_of_names_ends_at_the_last(place: Path) -> None:
    new_notion(place, "een", "een")
    new_notion(place, "twee", "twee")
    freeze(place, "0.1.0")
    drop(place, "data/notions.ttl", "begrip/een")
    bury(place, "begrip/een", "een", str(K.Notion), f"<{K.continuedAs}> <{ID}begrip/karrewiel>")
    rename(place, "twee", "drie", "twee")
    rename(place, "drie", "vier", "drie")
    found = told(freeze(place, "0.2.0", "2026-02-01"))
    kinds = {c.ref.slug: (c.kind, c.successor and c.successor.slug) for c in found.releases[0].changes}
    assert kinds == {"een": (RETIRED, "karrewiel"), "twee": (RENAMED, "vier")}


def test_a_new_source_about_a_topic_is_a_change_of_the_topic_and_dates_are_no_change(place: Path) -> None:
    freeze(place, "0.1.0")
    source = next(p for p in (place / "data").rglob("*.ttl") if "bron/geldzorgen-herkennen> <" in p.read_text())
    name = source.relative_to(place).as_posix()
    append(
        place, name, f"<{ID}bron/geldzorgen-herkennen> <http://purl.org/dc/terms/subject> <{ID}domein/veiligheid> .\n"
    )
    replace(place, FILE, '"2025-03-31"', '"2025-04-30"')
    outcome = build.check(place)
    assert outcome.since and not outcome.since.same
    found = {(d.kind, d.key, d.properties) for d in outcome.since.differences}
    about = ("dcterms:subject",)
    assert found == {(CHANGED, "domein/veiligheid", about), (CHANGED, "bron/geldzorgen-herkennen", about)}


def test_a_snapshot_tells_what_is_not_released_yet(place: Path) -> None:
    freeze(place, "0.1.0")
    new_notion(place, "wijk", "wijk")
    _, snapshot = build.build(place, place / "var", keep=5)
    assert snapshot
    found = history.of(LocalStore.open(snapshot.store), snapshot.manifest)
    assert [(c.kind, c.ref.label["nl"]) for c in found.unreleased or ()] == [(ADDED, "wijk")]
    assert [m.version for m in found.timeline(f"{ID}begrip/wijk")] == [""]


def test_without_fingerprints_what_is_not_released_is_unknown_and_releasing_is_refused(place: Path) -> None:
    freeze(place, "0.1.0")
    (place / "data" / "releases" / "0-1-0.json").unlink()
    outcome = build.check(place)
    assert outcome.ok and outcome.since is None
    refused(place, "0.2.0", "data/releases/0-1-0.json")


# --- what is refused


def refused(root: Path, version: str, words: str, day: str = "2026-05-01", **notes: str) -> None:
    before = tree(root)
    with pytest.raises(NotRunnable) as error:
        release.release(root, root / "var", version, date.fromisoformat(day), notes)
    assert words in error.value.words.nl and error.value.words.nl != error.value.words.en
    assert tree(root) == before


@pytest.mark.parametrize("version", ["1", "1.0", "v1.0.0", "1.0.0-beta", "01.0.0", "1.0.0.0", "../../x", ""])
def test_anything_but_three_numbers_is_refused(place: Path, version: str) -> None:
    refused(place, version, "geen versienummer")


def test_a_version_that_exists_or_is_not_above_the_last_is_refused(place: Path) -> None:
    freeze(place, "0.9.0", "2026-04-01")
    freeze(place, "0.10.0", "2026-04-02")
    refused(place, "0.9.0", "is er al")
    refused(place, "0.10.0", "is er al")
    refused(place, "0.9.1", "niet hoger")
    refused(place, "0.11.0", "vóór de laatste uitgave", day="2026-04-01")


def test_notes_in_one_language_are_refused(place: Path) -> None:
    refused(place, "0.1.0", "--notes-en", nl="Nieuw.")
    refused(place, "0.1.0", "--notes-en", nl="Nieuw.", en=" ")


def test_a_catalogue_that_states_no_version_is_refused(place: Path) -> None:
    replace(place, "data/catalogue.ttl", VERSION_LINE, "")
    refused(place, "0.1.0", "dcat:version")


@pytest.mark.parametrize("fault", ["<b>vet</b>", 'x"@nl . dit is geen Turtle'])
def test_a_check_with_errors_releases_nothing(place: Path, fault: str) -> None:
    replace(place, "data/notions.ttl", 'karrewiel"@nl', f'{fault}"@nl')
    before = tree(place)
    outcome, made = release.release(place, place / "var", "0.1.0", date(2026, 1, 1), {})
    assert made is None and not outcome.ok
    assert tree(place) == before


def test_what_was_released_may_not_vanish_without_a_tombstone(place: Path) -> None:
    new_notion(place, "wijk", "wijk")
    freeze(place, "0.1.0")
    drop(place, "data/notions.ttl", "begrip/wijk")
    for outcome in (build.check(place), release.release(place, place / "var", "0.2.0", date(2026, 2, 1), {})[0]):
        (finding,) = outcome.findings
        assert (finding.rule, finding.thing, finding.file) == ("released-gone", f"{ID}begrip/wijk", "data/retired.ttl")
        assert not outcome.ok and outcome.facts["violations"] == 1
    bury(place, "begrip/wijk", "wijk", str(K.Notion))
    assert build.check(place).ok


# --- whole, or not at all


@pytest.mark.parametrize("call", [pytest.param(1, marks=pytest.mark.slow), pytest.param(2, marks=pytest.mark.slow), 3])
def test_a_release_that_is_broken_off_can_be_given_again(
    place: Path, tmp_path: Path, call: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tmp_path / "whole"
    shutil.copytree(place, whole)
    freeze(whole, "0.1.0")
    put, calls = Path.replace, 0

    def broken(self: Path, target: Path) -> Path:
        nonlocal calls
        calls += self.name.endswith(release.FRESH) and "snapshots" not in self.parts
        if calls == call:
            raise KeyboardInterrupt
        return put(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", broken)
        with pytest.raises(KeyboardInterrupt):
            freeze(place, "0.1.0")
    assert not (place / "data" / "releases" / "0-1-0.ttl").exists()
    assert build.check(place).ok
    freeze(place, "0.1.0")
    assert tree(place) == tree(whole)


def test_what_a_killed_release_left_is_cleared_away(place: Path) -> None:
    (place / "data" / "releases").mkdir()
    for name in ("data/releases/0-1-0.ttl.new", "data/catalogue.ttl.new"):
        (place / name).write_text("half")
    freeze(place, "0.1.0")
    assert not list(place.rglob(f"*{release.FRESH}"))


# --- the downloads


@pytest.mark.slow
def test_the_downloads_of_a_release_are_kept_when_later_versions_replace_them(place: Path) -> None:
    freeze(place, "0.1.0")
    folder = archive.folder(place / "var", "0.1.0")
    before = {item.name: (folder / item.name).read_bytes() for item in archive.files(folder)}
    assert "kennisbouwstenen.ttl" in before
    new_notion(place, "wijk", "wijk")
    for keep in (1, 1):
        build.build(place, place / "var", keep=keep)
    freeze(place, "0.2.0", "2026-02-01")
    assert {item.name: (folder / item.name).read_bytes() for item in archive.files(folder)} == before
    newer = (archive.folder(place / "var", "0.2.0") / "kennisbouwstenen.nt").read_text(encoding="utf-8")
    assert "begrip/wijk" in newer and "begrip/wijk" not in before["kennisbouwstenen.nt"].decode()


@pytest.mark.slow
def test_a_fresh_clone_that_is_built_keeps_the_downloads_of_the_release_it_holds(place: Path, tmp_path: Path) -> None:
    made = freeze(place, "0.1.0")
    clone = tmp_path / "clone"
    shutil.copytree(place, clone, ignore=shutil.ignore_patterns("var"))
    _, snapshot = build.build(clone, clone / "var", keep=1)
    assert snapshot and snapshot.content_hash == made.snapshot.content_hash
    assert archive.files(archive.folder(clone / "var", "0.1.0")) == archive.files(
        archive.folder(place / "var", "0.1.0")
    )


def test_the_hash_of_a_release_is_that_of_all_its_graphs_but_the_lists_of_changes(place: Path) -> None:
    freeze(place, "0.1.0")
    first = fingerprints.released(files.read(place))
    freeze(place, "0.1.1")
    kept = fingerprints.read(fingerprints.path(place, "0.1.0"))
    assert kept.content == fingerprints.content(first)
    names = {str(graph.iri).rsplit("/", 1)[1] for graph in fingerprints.released(files.read(place))}
    assert {"ontology", "catalogue", "notions"} <= names and not {n for n in names if n.startswith("releases")}


# --- the fingerprints


def test_a_fingerprint_file_says_what_it_was_made_from(place: Path) -> None:
    things = fingerprints.of(files.read(place).graphs.values())
    kept = fingerprints.Kept("1.2.3", "0" * 64, things)
    path = place / "x.json"
    path.write_text(fingerprints.as_text(kept), encoding="utf-8")
    assert fingerprints.read(path) == kept
    assert things["aspect/krap-zitten"] == ASPECT and things["aspect/rondkomen"] == ""
    assert len(json.loads(path.read_text())["things"]) == len([t for t in things.values() if not isinstance(t, str)])


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"version":"1"}', '{"version":1,"content":2,"properties":[],"things":{"a":"0:x"},"retired":{}}'],
)
def test_a_damaged_fingerprint_file_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "0-1-0.json"
    path.write_text(text)
    with pytest.raises(NotRunnable, match=r"0-1-0\.json"):
        fingerprints.read(path)


# --- the command


def test_the_command_says_what_changed_and_what_to_commit(place: Path, kbs: Run) -> None:
    first = kbs("release", "0.1.0", "--root", place, "--date", "2026-01-01", "--lang", "en")
    assert first.returncode == 0, first
    assert "Release 0.1.0: the first, of" in first.stdout
    new_notion(place, "wijk", "wijk")
    second = kbs("release", "0.2.0", "--root", place, "--date", "2026-02-01")
    assert "Uitgave 0.2.0: 1 toegevoegd, 0 gewijzigd, 0 hernoemd, 0 vervallen." in second.stdout
    assert "  data/releases/0-2-0.ttl" in second.stdout
    again = kbs("release", "0.2.0", "--root", place)
    assert (again.returncode, again.stdout) == (2, "")
    assert "is er al" in again.stderr and "already" in again.stderr


def test_the_command_ends_with_1_when_the_check_finds_errors(place: Path, kbs: Run) -> None:
    replace(place, "data/notions.ttl", 'karrewiel"@nl', '<b>karrewiel</b>"@nl')
    result = kbs("release", "0.1.0", "--root", place)
    assert result.returncode == 1
    assert "html-in-text" in result.stdout and "Niet uitgegeven" in result.stderr
