"""What a title may be about: several concepts at once, each with its score and the word it rests on; people decide."""

import json
import random
import time

import pytest

from kbs_graph import rows
from kbs_graph.contributions.sheets import desk, job, table
from kbs_graph.contributions.sheets.desk import Answers
from kbs_graph.contributions.sheets.judging import Judge
from kbs_graph.contributions.sheets.names import Names
from kbs_graph.contributions.sheets.proposals import LEAST, Proposal, Proposer
from kbs_graph.search.label_index import Index
from kbs_graph.snapshot import Snapshot
from kbs_graph.store import LocalStore
from kbs_graph.terms import ID, parts_of


@pytest.fixture(scope="module")
def proposer(tiny_snapshot: Snapshot) -> Proposer:
    return Proposer(Index(tiny_snapshot.search))


def keys(proposals: tuple[Proposal, ...]) -> dict[str, Proposal]:
    return {proposal.iri.removeprefix(ID): proposal for proposal in proposals}


def test_a_title_names_an_aspect_and_a_target_group_each_with_the_word_that_matched(proposer: Proposer) -> None:
    found = keys(proposer.propose("Handreiking: geldproblemen bij ouderen herkennen"))
    assert list(found)[:2] == ["doelgroep/ouderen", "aspect/geldzorgen-signaleren"]
    assert found["doelgroep/ouderen"].words == "ouderen" and found["doelgroep/ouderen"].score == 100
    assert found["aspect/geldzorgen-signaleren"].words == "geldproblemen"
    assert found["aspect/geldzorgen-signaleren"].text == "geldproblemen"


def test_a_misspelt_word_is_met_for_less(proposer: Proposer) -> None:
    found = keys(proposer.propose("Geldproblemn"))["aspect/geldzorgen-signaleren"]
    assert found.how == "typo" and LEAST <= found.score < 90


@pytest.mark.parametrize("title", ["", "Handreiking voor wijkteams", "Toolkit", "???", "xqzw vwxk"])
def test_a_title_that_names_no_subject_gets_no_proposal(proposer: Proposer, title: str) -> None:
    assert proposer.propose(title) == ()


def test_what_was_chosen_or_refused_is_not_proposed_again(proposer: Proposer) -> None:
    found = proposer.propose("Ouderen en geldproblemen", without=[f"{ID}doelgroep/ouderen"])
    assert "doelgroep/ouderen" not in keys(found) and "aspect/geldzorgen-signaleren" in keys(found)


def test_the_same_title_gives_the_same_proposals_and_none_above_a_hundred(proposer: Proposer) -> None:
    again = proposer.propose("Financieel misbruik van ouderen stoppen")
    assert again == proposer.propose("Financieel misbruik van ouderen stoppen")
    assert all(LEAST <= proposal.score <= 100 for proposal in again)


# --- deciding


def work(snapshot: Snapshot, answers: Answers, **cells: str) -> desk.Laid:
    """One row after an answer, as it is shown."""
    names = Names(Index(snapshot.search))
    judge = Judge(names, snapshot.path, "nibud")
    row = table.Row(4, {"titel": "Geldproblemen", "webadres": "https://example.org/a", "soort": "handreiking", **cells})
    after = desk.answered(desk.loads(desk.dumps(desk.begin(table.Sheet((row,))))), answers, names, judge, "nl")
    judged = judge.judge([item.row for item in after.items])
    return desk.laid(judged, after, Proposer(Index(snapshot.search)), "nl")[0]


def subjects(laid: desk.Laid) -> list[str]:
    return [thing.iri.removeprefix(ID) for thing in laid.judged.subjects]


ASPECT = "aspect/geldzorgen-signaleren"


def test_nothing_is_linked_before_a_person_says_yes(tiny_snapshot: Snapshot) -> None:
    untouched = work(tiny_snapshot, Answers())
    assert subjects(untouched) == [] and not untouched.judged.complete and ASPECT in keys(untouched.proposals)
    yes = work(tiny_snapshot, Answers(decided={(4, ASPECT): True}))
    assert subjects(yes) == [ASPECT] and yes.judged.complete and yes.ready


def test_no_is_remembered_and_links_nothing(tiny_snapshot: Snapshot) -> None:
    no = work(tiny_snapshot, Answers(decided={(4, ASPECT): False}))
    assert subjects(no) == [] and ASPECT not in keys(no.proposals) and not no.ready


def test_something_else_is_taken_by_its_name_and_an_unknown_name_is_told(tiny_snapshot: Snapshot) -> None:
    assert subjects(work(tiny_snapshot, Answers(others={4: "Ouderen; Inkomen"}))) == [
        "doelgroep/ouderen",
        "domein/inkomen",
    ]
    wrong = work(tiny_snapshot, Answers(others={4: "Inkomem"}))
    assert subjects(wrong) == [] and wrong.judged.told[0].meant == "Inkomen"


def test_what_was_meant_is_taken_over_in_one_cell_or_in_all(tiny_snapshot: Snapshot) -> None:
    cells = {"webadres": "www.example.org/a", "soort": "handrijking", "waarover": "Inkomem; Ouderen"}
    same = {(4, "webadres"): cells["webadres"]}  # a form sends along what stands in its fields
    one = work(tiny_snapshot, Answers(cells=same, take=(4, "webadres")), **cells)
    assert one.judged.address == "https://www.example.org/a" and one.judged.kind is None
    # what else is wrong shows when the address is usable, so all takes two times
    assert work(tiny_snapshot, Answers(take_all=True), **{**cells, "webadres": "https://example.org/a"}).judged.complete


def test_a_row_can_be_changed_and_removed(tiny_snapshot: Snapshot) -> None:
    assert work(tiny_snapshot, Answers(cells={(4, "titel"): "Anders"})).judged.title == "Anders"
    with pytest.raises(IndexError):
        work(tiny_snapshot, Answers(drop=4))
    assert not work(tiny_snapshot, Answers(decided={(4, ASPECT): True}, reopen=4)).ready


# --- the real graph


@pytest.mark.slow
def test_several_words_of_a_title_find_aspect_and_target_group_in_the_real_graph(real_snapshot: Snapshot) -> None:
    proposer = Proposer(Index(real_snapshot.search))
    for title, wanted in (
        ("Eenzaamheid bij ouderen herkennen", {"aspect/eenzaamheid-signaleren", "doelgroep/ouderen"}),
        ("Schulden en LVB: wat werkt?", {"aspect/schulden-basis", "doelgroep/lvb"}),
        ("Wegwijzer dementie en mantelzorg", {"aspect/dementie-herkennen", "aspect/mantelzorg-herkennen"}),
        ("Toolkit laaggeletterdheid voor wijkteams", {"aspect/laaggeletterdheid-herkennen", "doelgroep/laaggeletterd"}),
        ("Loneliness among older people", {"aspect/eenzaamheid-signaleren", "doelgroep/ouderen"}),
    ):
        assert wanted <= set(keys(proposer.propose(title))), title


@pytest.mark.slow
def test_for_four_of_five_real_titles_what_the_editors_chose_is_among_the_proposals(
    real_snapshot: Snapshot, real_store: LocalStore
) -> None:
    proposer, hits, first = Proposer(Index(real_snapshot.search)), 0, 0
    sources = rows.rows(real_store, "bron")
    for row in sources:
        wanted = {ref.iri for ref in (*row.about, *row.domains, *row.target_groups)}
        found = [proposal.iri for proposal in proposer.propose(next(iter(row.ref.label.values())))]
        hits += bool(wanted & set(found))
        first += bool(wanted & set(found[:1]))
    assert hits / len(sources) >= 0.8 and first / len(sources) >= 0.6


@pytest.mark.slow
def test_two_hundred_rows_are_judged_and_proposed_for_within_the_time_of_a_job(
    real_snapshot: Snapshot, real_store: LocalStore, slower: float
) -> None:
    """Titles of real sources, varied; addresses are invented."""
    chance = random.Random(7)
    titles = [next(iter(row.ref.label.values())) for row in rows.rows(real_store, "bron")]
    kinds = ["handreiking", "webpagina", "e-learning", "factsheet", "brochure", ""]
    lines = ["titel;webadres;soort;waarover;uitgever"]
    for number in range(200):
        title = chance.choice(["", "Vernieuwd: ", "Cursus "]) + chance.choice(titles).replace(";", ",").replace('"', "")
        lines.append(f"{title};https://example.org/bron/{number};{chance.choice(kinds)};;")
    arguments = {"do": "file", "snapshot": str(real_snapshot.path), "organisation": "movisie", "language": "nl"}
    began = time.process_time()
    answer = json.loads(job.job(job.prepare(arguments), "\n".join(lines).encode()))
    assert time.process_time() - began < 10 * slower
    assert answer["counts"]["new"] == 200 and answer["counts"]["complete"] == 0
    with_proposal = [row for row in answer["rows"] if row["proposals"]]
    assert len(with_proposal) >= 170
    assert all(parts_of(item["iri"]) and item["words"] for row in with_proposal for item in row["proposals"])
