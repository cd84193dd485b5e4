"""The example queries: each says in both languages what it is for, and answers on the real graph within two seconds."""

import json
import re
from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from kbs_graph import examples, queries, sparql
from kbs_graph.engine.pool import Limits, Pool
from kbs_graph.examples import Example
from kbs_graph.prefixes import Undeclared, undeclared
from kbs_graph.serialize import JSON, TURTLE
from kbs_graph.snapshots import Snapshot
from kbs_graph.sparql import Question
from tests.workers.pools import worked, workers_on

EXAMPLES = [example for group in examples.groups() for example in group.examples]
HEADER = "# title nl: Vraag?\n# title en: Question?\n# use nl: Zin.\n# use en: Sentence.\n# group: gaps\n"
READ = HEADER + "ASK {}\n"


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    """The service as strangers use it, with one worker."""
    pool = Pool(Limits(seconds=60, workers=1))
    yield pool
    pool.close()


def test_there_are_enough_under_every_purpose_and_none_is_lost() -> None:
    assert len(EXAMPLES) >= 24
    assert {f"examples/{e.name}" for e in EXAMPLES} == {n for n in queries.names() if n.startswith("examples/")}
    assert all(len(group.examples) >= 3 for group in examples.groups())
    for words in ("title", "use"):
        for language in ("nl", "en"):
            assert len({getattr(e, words)[language] for e in EXAMPLES}) == len(EXAMPLES)
    assert {kind for e in EXAMPLES for kind in re.findall(r"^(ASK|CONSTRUCT|DESCRIBE|SELECT)\b", e.text, re.M)} == {
        "ASK", "CONSTRUCT", "DESCRIBE", "SELECT",
    }  # fmt: skip


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.name)
def test_its_use_is_one_sentence_in_two_languages(example: Example) -> None:
    assert example.title["nl"] != example.title["en"]
    for language in ("nl", "en"):
        assert re.findall(r"[.!?](?:\s|$)", example.use[language]) == ["."]
        assert example.use[language].endswith(".")
        assert 30 < len(example.use[language]) < 180


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.name)
def test_it_declares_every_prefix_it_uses_and_no_other(example: Example) -> None:
    assert undeclared(example.text) == Undeclared()
    for prefix in re.findall(r"PREFIX (\w+):", example.text):
        assert len(re.findall(rf"\b{prefix}:", example.text)) > 1, prefix
    assert max(map(len, example.text.splitlines())) <= 100


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.name)
def test_it_is_answered(pool: Pool, real_snapshot: Snapshot, example: Example, slower: float) -> None:
    """At least one row, one triple, or yes; in two seconds of work."""
    question = Question(example.text, JSON.media_type, TURTLE.media_type)
    before = sum(map(worked, workers_on(real_snapshot.store)))
    answer = sparql.ask(pool, real_snapshot.store, question, max_bytes=4000, max_depth=20)
    body = b"".join(answer.chunks)
    assert sum(map(worked, workers_on(real_snapshot.store))) - before < 2 * slower
    if answer.media_type == TURTLE.media_type:
        assert any(ox.parse(body, format=ox.RdfFormat.TURTLE))
        return
    found = json.loads(body)
    rows = [found["boolean"]] if "boolean" in found else found["results"]["bindings"]
    assert rows
    assert all(rows)


def test_a_header_is_read() -> None:
    example = examples.read("x", READ)
    assert example == Example(
        "x", {"nl": "Vraag?", "en": "Question?"}, {"nl": "Zin.", "en": "Sentence."}, "gaps", "ASK {}"
    )


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (READ.replace("# title nl: Vraag?\n", ""), "x.rq, line 1: expected '# title nl: …', found '# title en"),
        (READ.replace("# use en: Sentence.", "# use en: "), "line 4"),
        (READ.replace("# use en", "# Use en"), "line 4"),
        (READ.replace("# group", "x # group"), "line 5"),
        (READ.replace("gaps", "other"), "unknown group 'other'; there are practice, overview"),
        (HEADER, "expected a query after the 5 lines"),
        (HEADER + "# more: about it\nASK {}", "expected a query after the 5 lines"),
        ("", "line 1"),
        ("# title nl: Vraag?", "line 2|expected a query"),
    ],
)
def test_a_header_that_is_not_as_it_should_be_is_an_error(wrong: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        examples.read("x", wrong)
