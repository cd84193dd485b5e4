"""Which prefixes a query uses without declaring them."""

import time

import pytest

from kbs_graph.prefixes import WELL_KNOWN, Undeclared, undeclared

SKOS = ("skos", WELL_KNOWN["skos"])


@pytest.mark.parametrize(
    ("query", "known", "unknown"),
    [
        ("SELECT * { ?s skos:prefLabel ?x }", (SKOS,), ()),
        ("PREFIX skos: <http://x/>\nSELECT * { ?s skos:prefLabel ?x }", (), ()),
        ("prefix skos:<http://x/> ASK{?s skos:a:b ?x}", (), ()),
        ("SELECT * { ?s foo:bar/skos:broader ?x ; foo:baz ?y }", (SKOS,), ("foo",)),
        ("""SELECT * { ?s ?p "skos:a", 'skos:b', '''skos:c''' . # skos:d\n <skos:e> ?skos _:skos }""", (), ()),
        ("SELECT * { ?s ?p '1'^^skos:x }", (SKOS,), ()),
        ("SELECT * { ?s :p ?x }", (), ()),
        ("", (), ()),
        ('SELECT * { ?s skos:a "not closed skos:b', (SKOS,), ()),
    ],
)
def test_what_is_missing_is_told(query: str, known: tuple[tuple[str, str], ...], unknown: tuple[str, ...]) -> None:
    assert undeclared(query) == Undeclared(known, unknown)


def test_our_own_prefixes_come_first() -> None:
    assert next(iter(WELL_KNOWN)) == "k"
    assert WELL_KNOWN["dct"] == WELL_KNOWN["dcterms"]


@pytest.mark.parametrize("sign", ["<", '"', "'''", "a:", "a", ":", "_:", "\\", "a:\\", "?", "@", "#", "1"])
def test_a_long_text_is_read_in_linear_time(sign: str) -> None:
    """Of two lengths, the fastest of five each: eight times the signs takes no more than some twenty times as long."""

    def fastest(count: int) -> float:
        seconds = []
        for _ in range(5):
            start = time.process_time()
            undeclared(sign * count)
            seconds.append(time.process_time() - start)
        return min(seconds)

    assert fastest(16000) < 20 * fastest(2000) + 0.001
