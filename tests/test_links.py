"""States from visit to visit by a fake clock, what is kept and what is not understood, rounds that stop and go on."""

import csv
import io
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from kbs_graph import build, link_states
from kbs_graph.errors import NotFound, NotRunnable
from kbs_graph.link_states import AWAY, FOUND, GONE, MOVED, UNCHECKED, WORKS, LinkCheck, Observation
from kbs_graph.links import checking, fetching, records
from kbs_graph.links.checking import Target
from kbs_graph.links.fetching import Answer, Manners, Unanswered
from kbs_graph.links.visiting import Pacer, Visitor
from kbs_graph.snapshots import SnapshotStore
from kbs_graph.terms import LINKS_GRAPH, Iri
from tests.link_server import Web, running
from tests.workers.pools import wait_until

START = date(2026, 11, 1)
ADDRESS = "https://a.nl/x"
MISSING, FINE = Observation(AWAY, 404, "status"), Observation(WORKS, 200)
Run = Callable[..., "subprocess.CompletedProcess[str]"]


def lived(*days: tuple[int, Observation]) -> LinkCheck:
    """The check after visits on days counted from START."""
    check: LinkCheck | None = None
    for number, seen in days:
        check = link_states.after(check, "x", ADDRESS, seen, START + timedelta(days=number))
    assert check
    return check


# --- states


@pytest.mark.parametrize(
    ("days", "ready"),
    [
        ((0, 3, 7), True),
        ((0, 1, 2, 3, 4, 5, 6), False),
        ((0, 7), False),
        ((0, 0, 0, 7), False),
        ((0, 7, 7), False),
        ((0, 7, 14), True),
    ],
)
def test_gone_needs_three_failures_on_different_days_over_a_week(days: tuple[int, ...], ready: bool) -> None:
    check = lived(*((day, MISSING) for day in days))
    assert check.state == AWAY, "never by itself"
    assert check.may_be_confirmed is ready
    assert (check.failures, check.failing_since) == (len(set(days)), START)


def test_a_page_that_comes_back_begins_anew() -> None:
    check = lived((0, FINE), (1, MISSING), (5, MISSING), (8, FINE), (9, MISSING))
    assert (check.failures, check.failing_since, check.last_worked) == (1, date(2026, 11, 10), date(2026, 11, 9))


@pytest.mark.parametrize(
    "seen",
    [Observation(AWAY, 500, "status"), Observation(AWAY, None, "time-out"), Observation(AWAY, None, "tls"),
     Observation(UNCHECKED, 403, "status"), Observation(AWAY, None, "connection"), Observation(AWAY, None, "loop")],
)  # fmt: skip
def test_trouble_and_refusals_neither_count_nor_wipe_out(seen: Observation) -> None:
    assert not lived(*((day, seen) for day in (0, 4, 8, 12))).may_be_confirmed
    check = lived((0, MISSING), (3, seen), (6, MISSING), (9, MISSING))
    assert check.failures == 3
    assert check.may_be_confirmed
    assert lived((0, FINE), (3, seen)).last_worked == START


@pytest.mark.parametrize("seen", [Observation(AWAY, 410, "status"), Observation(AWAY, 200, "soft-404"),
                                  Observation(AWAY, None, "dns")])  # fmt: skip
def test_other_ways_of_being_gone_count_too(seen: Observation) -> None:
    assert lived((0, seen), (4, MISSING), (8, seen)).may_be_confirmed


def test_what_a_person_confirmed_stands_until_the_page_is_back() -> None:
    gone = link_states.confirmed(lived((0, MISSING), (4, MISSING), (8, MISSING)))
    for seen, state in ((MISSING, GONE), (Observation(UNCHECKED, 403, "status"), GONE), (FINE, WORKS)):
        assert link_states.after(gone, "x", ADDRESS, seen, START + timedelta(days=9)).state == state


def test_another_address_begins_anew_and_a_clock_put_back_is_no_harm() -> None:
    before = lived((0, MISSING), (4, MISSING), (8, MISSING))
    assert link_states.after(before, "x", "https://b.nl/", FINE, START).failures == 0
    assert link_states.after(before, "x", ADDRESS, MISSING, START).day == before.day


# --- what is kept


def test_a_check_is_read_as_it_was_written(tmp_path: Path) -> None:
    moved = LinkCheck("m", ADDRESS, START, MOVED, 200, moved_to="https://b.nl/é", last_worked=START)
    checks = [
        lived((0, FINE), (2, MISSING), (3, MISSING)),
        moved,
        LinkCheck("n", ADDRESS, START, UNCHECKED, None, "robots"),
    ]
    checks[0] = LinkCheck(**{**checks[0].__dict__, "slug": "z"})
    for check in checks:
        records.write(tmp_path, check)
    assert records.read(tmp_path) == ({check.slug: check for check in checks}, [])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.nt", b""),
        ("a.nt", b"rommel"),
        ("a.nt", b"\xff\xfe\x00"),
        ("b.nt", None),
        ("foto.jpg", b"x"),
        ("A B.nt", None),
        ("a.nt", b"<http://a> <http://b> <http://c> .\n"),
    ],
)
def test_a_broken_or_foreign_file_is_a_warning_and_the_rest_counts(
    tmp_path: Path, name: str, content: bytes | None
) -> None:
    records.write(tmp_path, lived((0, FINE)))
    good = (tmp_path / "links" / "x.nt").read_bytes()
    (tmp_path / "links" / name).write_bytes(good if content is None else content)
    checks, found = records.read(tmp_path)
    assert list(checks) == ["x"]
    assert [(f.rule, f.severity, f.file) for f in found] == [("link-file", "warning", f"var/links/{name}")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("vindplaats/werkt", "vindplaats/ingetrokken"),
        ("2026-11-01", "1998-11-01"),
        ('"200"', '"20"'),
        (ADDRESS, "https://naam:geheim@a.nl/x"),
        ("def#lastWorked", "def#failingOn"),
        ("XMLSchema#integer", "XMLSchema#string"),
    ],
)
def test_a_file_that_breaks_a_rule_is_left_out_so_that_no_build_stops_on_it(tmp_path: Path, old: str, new: str) -> None:
    records.write(tmp_path, lived((0, FINE)))
    path = tmp_path / "links" / "x.nt"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    assert records.read(tmp_path)[0] == {}


def test_a_second_checker_is_refused(tmp_path: Path) -> None:
    with records.alone(tmp_path), pytest.raises(NotRunnable), records.alone(tmp_path):
        pass


# --- into the graph


def test_the_build_takes_checks_in_as_a_graph_of_its_own(tiny_root: Path) -> None:
    var = tiny_root / "var"
    _, before = build.build(tiny_root, var, keep=3)
    address = "https://www.nibud.nl/geldzorgen-herkennen/"
    records.write(var, LinkCheck("geldzorgen-herkennen", address, START, WORKS, 200, last_worked=START))
    records.write(var, LinkCheck("misbruik-nieuw", "https://ander.nl/", START, WORKS, 200, last_worked=START))
    records.write(var, LinkCheck("bestaat-niet", address, START, WORKS, 200, last_worked=START))
    (var / "links" / "kapot.nt").write_text("rommel")
    outcome, snapshot = build.build(tiny_root, var, keep=3)
    assert before and snapshot and snapshot.number == before.number + 1
    assert snapshot.content_hash != before.content_hash
    lines = outcome.graphs[Iri(LINKS_GRAPH)].lines
    assert {line.split("/bron/")[1].partition("#")[0] for line in lines if "#vindplaats>" in line} == {
        "geldzorgen-herkennen"
    }, "only of sources that are there, at the address they have"
    assert any(LINKS_GRAPH in line and "def#Graph" in line for line in lines)
    assert [finding.rule for finding in outcome.findings] == ["link-file"]
    assert build.build(tiny_root, var, keep=3)[1] == snapshot, "the same checks, the same snapshot"
    shutil.rmtree(var / "links")
    assert Iri(LINKS_GRAPH) not in build.check(tiny_root, var=var).graphs


def test_every_kind_of_outcome_passes_the_rules(tiny_root: Path) -> None:
    address = "https://www.nibud.nl/geldzorgen-herkennen/"
    for state in FOUND:
        moved = "https://www.nibud.nl/nieuw" if state == MOVED else None
        for failure in ("", *link_states.FAILURES):
            check = LinkCheck("geldzorgen-herkennen", address, START, state, 404, failure, moved, START, START, 3)
            records.write(tiny_root / "var", check)
        assert build.check(tiny_root, var=tiny_root / "var").findings == [], state


def test_no_file_of_the_editors_can_take_that_graph(tiny_root: Path) -> None:
    (tiny_root / "data" / "links.ttl").write_text("<https://a.nl/> a <https://b.nl/> .")
    assert "file-name-taken" in {finding.rule for finding in build.check(tiny_root).findings}


# --- rounds


class Scripted:
    """A `get` with an answer, or no answer, for each host."""

    def __init__(self, **hosts: int | str):
        self.hosts = hosts
        self.asked: list[str] = []

    def __call__(self, address: str, manners: Manners, most: int | None) -> Answer:
        self.asked.append(address)
        host = (fetching.split(address).host or "").split(".")[0]
        said = self.hosts.get(host, 200)
        if isinstance(said, str):
            raise Unanswered(said)
        return Answer(404 if address.endswith("/robots.txt") else said, {}, b"")

    def visitor(self) -> Visitor:
        return Visitor(Manners("test"), Pacer(0.0, 1.0), self)


def round_of(targets: list[Target], get: Scripted, var: Path, today: date = START) -> checking.Round:
    known, _ = records.read(var)
    keep = lambda check: records.write(var, check)  # noqa: E731
    return checking.go_round(targets, known, get.visitor(), keep, today=lambda: today)


def sites(*names: str) -> list[Target]:
    return [Target(name, f"https://{name}.nl/p") for name in names]


def test_a_round_that_is_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    targets = sites("a", "b", "c", "d")
    kept: list[LinkCheck] = []

    def keep(check: LinkCheck) -> None:
        if len(kept) == 2:
            raise KeyboardInterrupt
        records.write(tmp_path, check)
        kept.append(check)

    with pytest.raises(KeyboardInterrupt):
        checking.go_round(targets, {}, Scripted().visitor(), keep, today=lambda: START)
    known, _ = records.read(tmp_path)
    assert known == {check.slug: check for check in kept}
    due = checking.due(targets, known, START + timedelta(days=1), 7)
    assert {target.slug for target in due} == {"a", "b", "c", "d"} - known.keys()
    assert len(checking.due(targets, known, START + timedelta(days=7), 7)) == 4
    assert len(checking.due(targets, known, START, 0)) == 4


def test_without_a_network_nobody_is_blamed(tmp_path: Path) -> None:
    targets = sites("a", "b", "c", "d")
    outcome = round_of(targets, Scripted(a="dns", b="dns", c="connection", d="time-out"), tmp_path)
    assert {target.slug for target in outcome.offline} == {"a", "b", "c"}
    assert [check.slug for check in outcome.kept] == ["d"], "robots.txt that is slow is no answer of the network"
    assert set(records.read(tmp_path)[0]) == {"d"}


def test_hosts_that_are_down_are_told_from_a_network_that_is(tmp_path: Path) -> None:
    outcome = round_of(sites("a", "b", "c", "d", "e"), Scripted(a="dns", b="dns", c="tls", d="connection"), tmp_path)
    assert outcome.offline == []
    assert {check.slug: check.failure for check in outcome.kept} == {
        "a": "dns", "b": "dns", "c": "tls", "d": "connection", "e": "",
    }  # fmt: skip
    later = round_of(sites("a", "b", "c", "d"), Scripted(a="dns", b="dns", c="tls", d="dns"), tmp_path)
    assert later.offline == [], "one that worked before is asked, and answers"
    lost = round_of(sites("a", "b", "c", "d"), Scripted(a="dns", b="dns", c="tls", d="dns", e="dns"), tmp_path)
    assert len(lost.offline) == 4
    assert lost.kept == []


def test_a_fault_of_our_own_is_not_swallowed(tmp_path: Path) -> None:
    def broken(address: str, manners: Manners, most: int | None) -> Answer:
        raise RuntimeError("fout")

    with pytest.raises(RuntimeError, match="fout"):
        checking.go_round(sites("a"), {}, Visitor(Manners("x"), Pacer(0.0, 1.0), broken), lambda check: None)


def test_a_person_confirms_and_only_what_was_gone_long_enough(tiny_root: Path) -> None:
    var, slug = tiny_root / "var", "misbruik-nieuw"
    address = "https://www.nibud.nl/misbruik"
    with pytest.raises(NotFound):
        checking.confirm(tiny_root, var, slug)
    check = link_states.after(None, slug, address, MISSING, START)
    records.write(var, check)
    with pytest.raises(NotRunnable, match="1 times"):
        checking.confirm(tiny_root, var, slug)
    for day in (4, 8):
        check = link_states.after(check, slug, address, MISSING, START + timedelta(days=day))
    records.write(var, check)
    assert checking.confirm(tiny_root, var, slug).state == GONE
    assert records.read(var)[0][slug].state == GONE
    with pytest.raises(NotFound):
        checking.confirm(tiny_root, var, "misbruik-oud")


# --- the command


@pytest.fixture
def web() -> Iterator[Web]:
    with running() as server:
        yield server


@pytest.fixture
def local_root(tiny_root: Path, web: Web) -> Path:
    """The tiny root with one address on our own server and one on a host that does not exist."""
    for path in (tiny_root / "data").rglob("*.ttl"):
        text = path.read_text(encoding="utf-8")
        text = text.replace("<https://www.nibud.nl/geldzorgen-herkennen/>", f"<{web.at('/goed')}>")
        path.write_text(text.replace("<https://www.nibud.nl/misbruik>", "<http://weg.invalid/x>"), encoding="utf-8")
    return tiny_root


def test_the_command_checks_publishes_and_lists(local_root: Path, web: Web, kbs: Run) -> None:
    settings = {"KBS_ROOT": local_root, "KBS_VAR": local_root / "var", "KBS_BASE_URL": "https://kbs.example"}
    refused = kbs("links", "check", KBS_ROOT=local_root, KBS_VAR=local_root / "var")
    assert refused.returncode == 2
    assert "KBS_BASE_URL" in refused.stderr
    done = kbs("links", "check", "--allow-private", "--requests", **settings)
    assert done.returncode == 0, done.stderr
    assert "werkt: 1" in done.stdout and "tijdelijk-weg: 1" in done.stdout
    assert f"GET {web.at('/goed')}" in done.stderr
    times = [line.split()[1] for line in done.stderr.splitlines() if "GET" in line and "127.0.0.1:" in line]
    first, second = (
        int(h) * 3600 + int(m) * 60 + float(s.replace(",", ".")) for h, m, s in (t.split(":") for t in times)
    )
    assert (second - first) % 86400 >= 4, "the log shows the pace: five seconds, but for a line that was written late"
    assert SnapshotStore(local_root / "var").current().manifest["graphs"][LINKS_GRAPH]["triples"] > 10
    again = kbs("links", "check", "--allow-private", "--lang", "en", **settings)
    assert "0 of 2 addresses" in again.stderr
    listed = kbs("links", "list", "--csv", **settings)
    rows = list(csv.DictReader(io.StringIO(listed.stdout)))
    assert [(row["slug"], row["state"], row["status"]) for row in rows] == [
        ("geldzorgen-herkennen", "werkt", "200"),
        ("misbruik-nieuw", "tijdelijk-weg", ""),
    ]
    assert "geldzorgen" not in kbs("links", "list", "--state", "tijdelijk-weg", **settings).stdout
    confirmed = kbs("links", "confirm", "misbruik-nieuw", **settings)
    assert confirmed.returncode == 2
    assert "3" in confirmed.stderr and "Traceback" not in confirmed.stderr


@pytest.mark.slow
@pytest.mark.parametrize("signal_sent", [signal.SIGINT, signal.SIGKILL])
def test_a_command_that_is_ended_in_the_middle_keeps_what_it_had(
    local_root: Path, web: Web, kbs: Run, signal_sent: signal.Signals
) -> None:
    """In the five seconds of rest after the first request."""
    settings = {"KBS_ROOT": str(local_root), "KBS_VAR": str(local_root / "var"), "KBS_BASE_URL": "https://kbs.example"}
    process = subprocess.Popen(
        [Path(sys.executable).with_name("kbs"), "links", "check", "--allow-private"],
        env={**os.environ, **settings},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr
    try:
        assert "2 van 2" in process.stderr.readline()
        assert wait_until(lambda: bool(web.asked))
    finally:
        process.send_signal(signal_sent)
        _, said = process.communicate(timeout=120)
    assert process.returncode == (130 if signal_sent == signal.SIGINT else -signal.SIGKILL)
    assert "Traceback" not in said
    assert records.read(local_root / "var")[1] == []
    done = kbs("links", "check", "--allow-private", **settings)
    assert done.returncode == 0, done.stderr
    assert len(records.read(local_root / "var")[0]) == 2
