"""Forty-seven ways to break the real data, each caught by the name of its rule and of its file.

Every fault takes things of its own, so several stand in one copy of the repository: each copy is checked by the command
line as people run it. A fault is caught when its rule, its file and its thing are named; and nothing that no fault
explains may be reported, which a run for every single fault could not ask. The seed decides which things are broken and
which faults stand together.
"""

import json
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
SEED = 20261122
COPIES = 5
ID = "https://w3id.org/kennisbouwstenen/id/"
ASPECT, SOURCE, SIGN, CASE = "k:KnowledgeAspect", "k:KnowledgeSource", "k:Sign", "k:Case"


@dataclass
class Block:
    """One thing in a Turtle file: its file, its subject as written there, and its text."""

    file: str
    subject: str
    text: str

    @property
    def thing(self) -> str:
        return ID + self.subject.strip("<>") if "://" not in self.subject else self.subject.strip("<>")


@dataclass
class Caught:
    """What must be reported: rule, file, and (where there is one) the thing or the line."""

    rule: str
    file: str
    thing: str | None = None
    line: int | None = None


@dataclass
class Copy:
    """A copy of the repository's content that can be broken, one thing a fault."""

    root: Path
    rng: random.Random
    used: set[str] = field(default_factory=set)

    def blocks(self) -> list[Block]:
        found = []
        for path in sorted((self.root / "data").rglob("*.ttl")):
            for text in path.read_text(encoding="utf-8", errors="replace").split("\n\n"):
                if match := re.match(r"\s*(?:@.*\n|#.*\n)*\s*(<[^>]*>) ", text):
                    found.append(Block(path.relative_to(self.root).as_posix(), match[1], text.strip("\n")))
        return found

    def pick(self, cls: str, *having: str, but: Callable[[Block], object] = lambda block: True) -> Block:
        """Any thing of a class whose text has all of `having`, that no other fault has taken."""
        fitting = [
            block
            for block in self.blocks()
            if re.search(rf"\ba (?:[\w:]+, )*{cls}\b", block.text)
            and all(part in block.text for part in having)
            and block.subject not in self.used
            and but(block)
        ]
        assert fitting, (cls, having)
        block = self.rng.choice(fitting)
        self.used.add(block.subject)
        return block

    def change(self, block: Block, pattern: str, new: str) -> Block:
        """Replace the first match of a pattern in the text of a thing."""
        text, count = re.subn(pattern, lambda match: match.expand(new), block.text, count=1)
        assert count == 1, f"{pattern!r} is not in {block.text}"
        path = self.root / block.file
        whole = path.read_text(encoding="utf-8")
        assert whole.count(block.text) == 1, block
        path.write_text(whole.replace(block.text, text), encoding="utf-8")
        block.text = text
        return block

    def add(self, block: Block, statement: str) -> Block:
        """Add `predicate object` to a thing."""
        return self.change(block, r" \.\s*\Z", f" ;\n    {statement} .".replace("\\", r"\\"))

    def append(self, file: str, text: str) -> None:
        with (self.root / file).open("a", encoding="utf-8") as handle:
            handle.write(f"\n{text}\n")

    def sources_of(self, aspect: str) -> list[Block]:
        about = re.compile(rf"dcterms:subject [^;]*{re.escape(aspect)}[,; ]")
        return [block for block in self.blocks() if "k:KnowledgeSource" in block.text and about.search(block.text)]


FAULTS: dict[str, tuple[Callable[[Copy], Caught], tuple[str, ...]]] = {}
"""Every fault by its name: what it does, and which other rules speak because of it."""


def fault(*besides: str) -> Callable[[Callable[[Copy], Caught]], Callable[[Copy], Caught]]:
    def register(function: Callable[[Copy], Caught]) -> Callable[[Copy], Caught]:
        FAULTS[function.__name__.strip("_")] = (function, besides)
        return function

    return register


def simple(name: str, rule: str, cls: str, having: str, pattern: str, new: str, *besides: str) -> None:
    """A fault that is one replacement in the text of one thing."""

    def break_it(copy: Copy) -> Caught:
        block = copy.change(copy.pick(cls, having, but=lambda b: re.search(pattern, b.text)), pattern, new)
        return Caught(rule, block.file, block.thing)

    break_it.__name__ = name
    fault(*besides)(break_it)


def adding(name: str, rule: str, cls: str, statement: str, *besides: str, having: str = "") -> None:
    """A fault that is one statement too many; `{self}` is the thing itself, `{domain}` its home."""

    def break_it(copy: Copy) -> Caught:
        block = copy.pick(cls, having)
        home = re.search(r"k:homeDomain (<[^>]*>)", block.text)
        label = re.search(r'skos:prefLabel ("[^"]*"@nl)', block.text)
        words = {"{self}": block.subject, "{domain}": home[1] if home else "", "{label}": label[1] if label else ""}
        text = statement
        for word, value in words.items():
            text = text.replace(word, value)
        copy.add(block, text)
        return Caught(rule, block.file, block.thing)

    break_it.__name__ = name
    fault(*besides)(break_it)


DATE = r'"\d{4}-\d\d-\d\d"\^\^xsd:date'
simple("english_name_missing", "pref-label-en", ASPECT, "prefLabel", r'(skos:prefLabel "[^"]*"@nl), "[^"]*"@en', r"\1")
adding("second_dutch_name", "pref-label-nl", ASPECT, 'skos:prefLabel "Nog een naam zonder weerga"@nl')
simple("dutch_definition_missing", "definition-nl", SIGN, "definition", r'(skos:definition) "[^"]*"@nl,', r"\1")
adding("french_name", "pref-label-language", ASPECT, 'skos:prefLabel "Une chose"@fr')
adding("language_with_a_country", "language-tag", SIGN, 'skos:hiddenLabel "zonder weerga"@nl-NL')
adding("other_term_equals_the_name", "label-overlap", ASPECT, "skos:altLabel {label}")
simple("html_in_a_text", "html-in-text", ASPECT, "definition", r'skos:definition "', r"\g<0><b>Let op</b> ")
simple("control_character", "control-character", SIGN, "definition", r'skos:definition "', r"\g<0>\\u0007")
simple("double_space", "text-whitespace", CASE, "schema:text", r'(schema:text "\S+) ', r"\1  ")
simple("no_status", "status", ASPECT, "adms:status", r"\n    adms:status <status/voorstel> ;", "")
simple("no_formulation", "formulation", ASPECT, "k:formulation", r"\n    k:formulation <[^>]*> ;", "")
simple(
    "not_a_date", "created-date", ASPECT, "created", rf"dcterms:created {DATE}", 'dcterms:created "gisteren"^^xsd:date'
)
simple(
    "changed_before_made",
    "modified-before-created",
    SIGN,
    "modified",
    rf"modified {DATE}",
    'modified "2020-01-01"^^xsd:date',
)
adding(
    "two_homes",
    "aspect-home-domain",
    ASPECT,
    "k:homeDomain <domein/inkomen>",
    having="k:homeDomain <domein/veiligheid>",
)
simple("no_home", "aspect-home-domain", ASPECT, "k:homeDomain", r"\n    k:homeDomain <[^>]*> ;", "")
simple(
    "unknown_type_of_knowledge",
    "aspect-knowledge-type",
    ASPECT,
    "",
    r"k:knowledgeType <[^>]*>",
    "k:knowledgeType <status/voorstel>",
)
adding("link_to_nothing", "dangling-link", ASPECT, "k:relevantFor <doelgroep/bestaat-niet>")
adding("link_to_itself", "self-link", ASPECT, "skos:related {self}")
adding("related_to_its_own_domain", "related-and-broader-disjoint", ASPECT, "skos:related {domain}", "aspect-related")
adding("derived_by_hand", "derived-by-hand", ASPECT, "skos:broader {domain}")
adding("misspelt_property", "unknown-term", ASPECT, 'skos:altLable "spelfout"@nl')
adding("property_of_another_kind", "property-domain", ASPECT, "k:safety true")
adding("address_of_a_copy", "mirror-address", SOURCE, 'skos:editorialNote "Zie 5dok.net/x"@nl')
simple("year_3024", "source-issued-year", SOURCE, "dcterms:issued", r'"\d{4}"\^\^xsd:gYear', '"3024"^^xsd:gYear')
simple("ftp_address", "source-page-form", SOURCE, "foaf:page", r"foaf:page <https?://", "foaf:page <ftp://")
simple("neither_address_nor_reason", "source-address", SOURCE, "foaf:page", r"\n    foaf:page <[^>]*> ;", "")
simple(
    "unknown_kind_of_source",
    "source-kind-class",
    SOURCE,
    "",
    r"dcterms:type <[^>]*>",
    "dcterms:type <kennistype/algemeen>",
)
simple(
    "no_publisher_nor_unknown",
    "source-publisher",
    SOURCE,
    "dcterms:publisher <",
    r"\n    dcterms:publisher <[^;]*;",
    "",
)
simple("second_number_of_a_case", "case-identifier", CASE, "", r'identifier "casus-\d\d"', r'\g<0>, "casus-99"')
simple("place_taken_on_the_wheel", "duplicate-order", "k:KnowledgeDomain", "k:order 7", "k:order 7", "k:order 1")


@fault()
def name_that_another_has(copy: Copy) -> Caught:
    one, other = copy.pick(ASPECT), copy.pick(ASPECT)
    name = re.search(r'skos:prefLabel "([^"]*)"@nl', one.text)
    assert name
    copy.change(other, r'skos:prefLabel "[^"]*"@nl', f'skos:prefLabel "{name[1]}"@nl')
    last = max(one, other, key=lambda block: block.thing)
    return Caught("duplicate-pref-label", last.file, last.thing)


@fault()
def source_about_nothing(copy: Copy) -> Caught:
    def free(source: Block) -> bool:
        aspects = re.findall(r"<aspect/[^>]*>", source.text)
        return len(aspects) == 1 and len(copy.sources_of(aspects[0])) > 3

    source = copy.change(copy.pick(SOURCE, but=free), r"\n    dcterms:subject [^;]*;", "")
    return Caught("source-subject", source.file, source.thing)


@fault()
def address_used_twice(copy: Copy) -> Caught:
    one, other = copy.pick(SOURCE, "foaf:page <https"), copy.pick(SOURCE, "foaf:page <https")
    address = re.search(r"foaf:page (<[^>]*>)", one.text)
    assert address
    copy.change(other, r"foaf:page <[^>]*>", f"foaf:page {address[1]}")
    last = max(one, other, key=lambda block: block.thing)
    return Caught("duplicate-address", last.file, last.thing)


@fault("part-known")
def blank_node(copy: Copy) -> Caught:
    aspect = copy.pick(ASPECT, but=lambda block: "#vraag-5>" not in block.text)
    copy.add(aspect, 'k:part [ a k:Question ; schema:position 99 ; schema:text "a?"@nl, "b?"@en ]')
    return Caught("blank-node", aspect.file, aspect.thing)


@fault()
def misspelt_class(copy: Copy) -> Caught:
    others = {s for block in copy.blocks() for s in re.findall(r"<begrip/[^>]*>", block.text[2:])}
    notion = copy.pick("k:Notion", but=lambda block: block.subject not in others)
    copy.change(notion, "k:Notion", "k:Notoin")
    return Caught("unknown-term", notion.file, notion.thing)


@fault()
def mapping_to_ourselves(copy: Copy) -> Caught:
    one, other = copy.pick(ASPECT), copy.pick(ASPECT)
    copy.append("data/mappings/upl-voorstel.ttl", f"{one.subject} skos:closeMatch {other.subject} .")
    return Caught("mapping-own-scheme", "data/mappings/upl-voorstel.ttl", one.thing)


@fault()
def mapping_target_without_a_stub(copy: Copy) -> Caught:
    aspect = copy.pick(ASPECT)
    target = "<http://example.org/begrip>"
    copy.append(
        "data/mappings/icf-voorstel.ttl",
        f"{aspect.subject} skos:closeMatch {target} . {aspect.subject[:-1]}#koppeling-x> a k:Mapping ; "
        f"owl:annotatedSource {aspect.subject} ; owl:annotatedProperty skos:closeMatch ; "
        f"a owl:Axiom ; owl:annotatedTarget {target} ; "
        "sssom:mapping_justification semapv:ManualMappingCuration ; sssom:object_match_field skos:prefLabel ; "
        'rdfs:comment "Zelfde onderwerp."@nl, "The same subject."@en .',
    )
    return Caught("mapping-stub-incomplete", "data/mappings/icf-voorstel.ttl", "http://example.org/begrip")


@fault()
def statement_in_two_files(copy: Copy) -> Caught:
    aspect = copy.pick(ASPECT)
    statement = re.search(r"k:knowledgeType <[^>]*>", aspect.text)
    assert statement
    copy.append("data/values.ttl", f"{aspect.subject} {statement[0]} .")
    return Caught("triple-in-two-graphs", "data/values.ttl", aspect.thing)


@fault()
def aspect_in_the_file_of_another_domain(copy: Copy) -> Caught:
    aspect = copy.pick(ASPECT, "k:homeDomain <domein/participatie>")
    own = [b for b in copy.blocks() if b.file == aspect.file and b.subject.startswith(aspect.subject[:-1] + "#")]
    for block in (aspect, *own):
        text = block.text
        copy.change(block, re.escape(text), "")
        copy.append("data/aspects/veiligheid.ttl", text + "\n")
    return Caught("wrong-graph", "data/aspects/veiligheid.ttl", aspect.thing)


@fault("wrong-graph")
def file_with_another_name(copy: Copy) -> Caught:
    (copy.root / "data" / "competencies.ttl").rename(copy.root / "data" / "competenties.ttl")
    return Caught("graph-undescribed", "data/competenties.ttl")


@fault()
def part_of_another_owner(copy: Copy) -> Caught:
    owner = copy.pick(ASPECT, "#signaal-6>")
    other = copy.pick(ASPECT, but=lambda block: "#signaal-6>" not in block.text)
    copy.add(other, f"k:part {owner.subject[:-1]}#signaal-6>")
    return Caught("part-shared", other.file, other.thing)


@fault()
def live_link_to_a_retired_thing(copy: Copy) -> Caught:
    aspect = copy.add(copy.pick(ASPECT), "skos:related <aspect/opgeheven>")
    copy.append(
        "data/retired.ttl",
        '<aspect/opgeheven> a k:Tombstone ; <http://www.w3.org/2000/01/rdf-schema#label> "Opgeheven"@nl, "Closed"@en ; '
        'k:formerType k:KnowledgeAspect ; k:retirementReason "Te breed."@nl, "Too broad."@en ; '
        'adms:status <status/ingetrokken> ; <http://www.w3.org/ns/prov#invalidatedAtTime> "2026-11-22"^^'
        "<http://www.w3.org/2001/XMLSchema#date> .",
    )
    return Caught("live-link-to-retired", aspect.file, aspect.thing)


@fault()
def syntax_error(copy: Copy) -> Caught:
    file = "data/organisations.ttl"
    lines = (copy.root / file).read_text(encoding="utf-8").split("\n")
    place = copy.rng.choice([n for n, line in enumerate(lines) if line.startswith("<organisatie/")])
    lines[place:place] = ["<organisatie/x> foaf:name zonder aanhalingstekens .", ""]
    (copy.root / file).write_text("\n".join(lines), encoding="utf-8")
    return Caught("turtle-syntax", file, line=place + 1)


@fault()
def another_encoding(copy: Copy) -> Caught:
    path = copy.root / "data" / "catalogue.ttl"
    path.write_bytes(path.read_bytes() + "\n# één\n".encode("latin-1"))
    return Caught("file-encoding", "data/catalogue.ttl", line=path.read_bytes().count(b"\n"))


@fault()
def file_that_does_not_belong(copy: Copy) -> Caught:
    (copy.root / "data" / "sources" / "lijst.csv").write_text("id,titel\n")
    return Caught("file-misplaced", "data/sources/lijst.csv")


@fault()
def file_with_nothing_in_it(copy: Copy) -> Caught:
    (copy.root / "data" / "aspects" / "wonen.ttl").write_text("# komt nog\n")
    return Caught("file-empty", "data/aspects/wonen.ttl")


@dataclass
class Outcome:
    """A broken copy after its check: exit code, what must be caught by fault, and all that was reported."""

    code: int
    faults: dict[str, Caught]
    found: list[dict[str, object]]


def grouped() -> list[list[str]]:
    """The faults over the copies, as the seed says. A file is renamed before anything in it is changed."""
    names = sorted(FAULTS)
    random.Random(SEED).shuffle(names)
    return [sorted(names[n::COPIES], key=lambda name: name != "file_with_another_name") for n in range(COPIES)]


def broken(target: Path, names: list[str]) -> Outcome:
    """Copy the repository, break it, and check it with the command line."""
    for part in ("ontology", "shapes", "data"):
        shutil.copytree(ROOT / part, target / part)
    copy = Copy(target, random.Random(f"{SEED} {names}"))
    faults = {name: FAULTS[name][0](copy) for name in names}
    command = [Path(sys.executable).with_name("kbs"), "check", "--root", target, "--format", "json"]
    result = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)
    found = json.loads(result.stdout)["findings"]
    return Outcome(result.returncode, faults, [f for f in found if f["severity"] == "violation"])


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> list[Outcome]:
    place = tmp_path_factory.mktemp("broken")
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda pair: broken(place / str(pair[0]), pair[1]), enumerate(grouped())))


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_a_fault_in_the_real_data_is_named_by_rule_file_and_thing(outcomes: list[Outcome], name: str) -> None:
    (outcome,) = [o for o in outcomes if name in o.faults]
    wanted = outcome.faults[name]
    assert outcome.code == 1
    named = [f for f in outcome.found if (f["rule"], f["file"]) == (wanted.rule, wanted.file)]
    assert named, f"{wanted} is not among {sorted({(f['rule'], f['file']) for f in outcome.found}, key=str)}"
    assert wanted.thing is None or wanted.thing in {f["thing"] for f in named}
    assert wanted.line is None or wanted.line in {f["line"] for f in named}


@pytest.mark.parametrize("number", range(COPIES))
def test_nothing_is_reported_that_no_fault_explains(outcomes: list[Outcome], number: int) -> None:
    outcome = outcomes[number]
    explained = {
        (rule, caught.file) for name, caught in outcome.faults.items() for rule in (caught.rule, *FAULTS[name][1])
    }
    # What a fault makes unknown is missed by the release that named it.
    explained |= {
        ("dangling-link", f"data/releases/{path.name}") for path in (ROOT / "data" / "releases").glob("*.ttl")
    }
    explained |= {("released-gone", "data/retired.ttl")}
    assert [f for f in outcome.found if (f["rule"], f["file"]) not in explained] == []


def test_there_are_at_least_thirty_faults_by_thirty_rules(outcomes: list[Outcome]) -> None:
    assert len(FAULTS) >= 30
    assert len({caught.rule for outcome in outcomes for caught in outcome.faults.values()}) >= 30
