"""Queries that would hold a public endpoint hostage."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from kbs_graph.engine.pool import Job, Limits, Pool
from kbs_graph.errors import BadRequest, KbsError, TooLarge, Unavailable
from tests.workers.pools import DEADLY, ENDLESS, LONG, NT, PREFIX, RESULTS, SLACK, alive, short_limit, values


def doubling(function: str) -> str:
    steps = " ".join(f"BIND({function.format(x=f'?x{i}')} AS ?x{i + 1})" for i in range(30))
    return f"SELECT (STRLEN(?x30) AS ?n) {{ BIND('aaaaaaaaaaaaaaaa' AS ?x0) {steps} }}"


HOSTILE = {
    "cartesian count": ENDLESS,
    "cartesian stream": LONG,
    "path of all pairs": "SELECT (COUNT(*) AS ?n) { ?a (skos:broader|skos:related|^skos:related|^skos:broader)+ ?b }",
    "stars within stars": "SELECT (COUNT(*) AS ?n) { ?a ((skos:broader*)*/(skos:related*)*)* ?b }",
    "huge sort": "SELECT * { ?a skos:prefLabel ?c . ?d skos:altLabel ?f } ORDER BY DESC(?f) ?c",
    "slow pattern": "SELECT (COUNT(*) AS ?n) { ?c skos:definition ?d . ?s skos:scopeNote ?t "
    'FILTER(REGEX(CONCAT(?d, ?t), "(a*)*(a|aa)+(.*)(.*)(.*)x$")) }',
    "huge pattern": "SELECT ?c { ?c skos:definition ?d "
    'FILTER(REGEX(?d, "(((a{1,100}){1,100}){1,100}){1,100}")) } LIMIT 1',
    "growing text by group": "SELECT (GROUP_CONCAT(?x) AS ?g) { ?a skos:definition ?x . ?b skos:notation ?y }",
    "huge distinct": "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?x ?y { ?a skos:notation ?x . ?b skos:notation ?y } }",
    "values joined": "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"VALUES ?v{i} {{ {' '.join(map(str, range(30)))} }}" for i in range(8))
    + " }",
    "doubling by concat": doubling("CONCAT({x}, {x})"),
    "doubling by replace": doubling('REPLACE({x}, "a", "aa")'),
    "4,000 groups": "SELECT * " + "{ " * 4000 + "?s ?p ?o" + " }" * 4000,
    "5,000 parentheses": "SELECT * { ?s ?p ?o FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }",
    "20,000 nots": DEADLY["20,000 nots"],
    "minus of all": "SELECT (COUNT(*) AS ?n) { ?a skos:prefLabel ?l "
    "MINUS { ?b skos:altLabel ?m FILTER(STRLEN(?m) > 3) } ?c skos:notation ?k FILTER(?k > ?l) }",
    "service": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "from an address": "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }",
    "a pattern of 300 triples": "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"?a{i} ?p{i} ?a{i + 1} ." for i in range(300))
    + " }",
    "3,000 MINUS": "SELECT * { ?s ?p ?o " + "MINUS { ?s :x 1 } " * 3000 + "}",
}
REFUSED = {"service": BadRequest}
ANSWERED = {"from an address": []}
MAY_BE_ANSWERED = {"huge pattern", "huge distinct"}
"""Those that a fast machine may finish in time."""


Outcomes = dict[str, tuple[object, float]]


@pytest.fixture(scope="module")
def outcomes(store: Path) -> Outcomes:
    """What became of each hostile query, and how late after its limit; after each the next query must be answered."""
    limit = short_limit(store)
    pool = Pool(Limits(seconds=limit, memory_mb=256, workers=2))

    def run(query: str) -> tuple[object, float]:
        began = time.monotonic()
        try:
            asked = Job(PREFIX + query, RESULTS, NT, from_clause="FROM" in query)
            outcome: object = values(b"".join(pool.run(store, asked).chunks))
        except KbsError as error:
            outcome = error
        late = time.monotonic() - began - limit
        assert alive(pool, store)
        return outcome, late

    with closing(pool), ThreadPoolExecutor(2) as threads:
        return dict(zip(HOSTILE, threads.map(run, HOSTILE.values()), strict=True))


@pytest.mark.parametrize("name", HOSTILE)
def test_it_ends_within_the_limit_with_a_clear_error_or_the_right_answer(outcomes: Outcomes, name: str) -> None:
    outcome, late = outcomes[name]
    assert late < SLACK
    if isinstance(outcome, KbsError):
        assert name not in ANSWERED
        assert isinstance(outcome, REFUSED.get(name, (Unavailable, TooLarge)))
    else:
        assert name in ANSWERED or name in MAY_BE_ANSWERED
        assert outcome == ANSWERED.get(name, outcome)
