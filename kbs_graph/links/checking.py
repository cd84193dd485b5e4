"""A round along the addresses of sources: hosts in parallel, each at its own pace, every outcome kept as it comes."""

import queue
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from kbs_graph import files, link_states
from kbs_graph.errors import NoSnapshot, NotFound, NotRunnable
from kbs_graph.link_states import NETWORK, LinkCheck, Observation
from kbs_graph.links import fetching, records
from kbs_graph.links.fetching import Unanswered
from kbs_graph.links.visiting import Later, Visitor
from kbs_graph.snapshots import SnapshotStore
from kbs_graph.store import LocalStore
from kbs_graph.terms import graph_iri, iri_of

WORKERS = 8
"""Hosts that are asked at the same time."""
FEW_HOSTS = 3
"""Hosts that may fail to answer without our own network being suspected, when nothing else answered."""
Heard = Callable[[int, int, LinkCheck], None]
"""Hears how many were done of how many, and the outcome."""


@dataclass(frozen=True)
class Target:
    """An address to check."""

    slug: str
    address: str

    @property
    def host(self) -> str:
        try:
            return fetching.split(self.address).host or ""
        except Unanswered:
            return ""


@dataclass
class Round:
    """What came of a round: outcomes kept, addresses whose host asked for rest, and those no network was there for."""

    kept: list[LinkCheck] = field(default_factory=list)
    later: list[Target] = field(default_factory=list)
    offline: list[Target] = field(default_factory=list)


def targets(root: Path, slugs: Iterable[str] = (), var: Path | None = None) -> list[Target]:
    """The addresses to check, all of them or those of the sources named. Raises NotFound for one that has none.

    With `var` those of sources that organisations contributed too, as the snapshot in use has them.
    """
    folder = files.whole(files.read(root))
    found = records.addresses(LocalStore.in_memory(b"".join(graph.nquads for graph in folder.graphs.values())))
    found = {**(_contributed(var) if var else {}), **found}
    wanted = list(slugs) or list(found)
    for slug in wanted:
        if slug not in found:
            raise NotFound(
                f"Er is geen bron {slug!r} met een adres om na te kijken.",
                f"There is no source {slug!r} with an address to check.",
            )
    return [Target(slug, found[slug]) for slug in wanted]


def _contributed(var: Path) -> dict[str, str]:
    """The addresses of the sources that organisations describe, by slug; none before the first build."""
    try:
        current = SnapshotStore(var).current()
    except NoSnapshot:
        return {}
    graphs = {graph_iri(slug) for slug in current.manifest.get("contributions", {})}
    if not graphs:
        return {}
    store = LocalStore.open(current.store)
    found = records.addresses(store)
    return {slug: found[slug] for slug in found if graphs & store.about([iri_of("bron", slug)]).keys()}


def due(found: Iterable[Target], known: Mapping[str, LinkCheck], today: date, days: int) -> list[Target]:
    """Those not checked in the last so many days, or never at this address."""
    return [
        target
        for target in found
        if (check := known.get(target.slug)) is None
        or check.address != target.address
        or today - check.day >= timedelta(days=days)
    ]


def go_round(
    due_now: Iterable[Target],
    known: Mapping[str, LinkCheck],
    visitor: Visitor,
    keep: Callable[[LinkCheck], None],
    heard: Heard = lambda done, of, check: None,
    today: Callable[[], date] = date.today,
) -> Round:
    """Look at the addresses and `keep` every outcome as it comes.

    Failures without any answer wait until some host does answer: were our own network down, all would fail, and no
    source may be blamed for that. Whatever stops a round in the middle loses only what is under way.
    """
    asked = list(due_now)
    result, held = Round(), list[tuple[Target, Observation]]()

    def take(target: Target, seen: Observation) -> None:
        check = link_states.after(known.get(target.slug), target.slug, target.address, seen, today())
        keep(check)
        result.kept.append(check)
        heard(len(result.kept), len(asked), check)

    outcomes = _start(asked, visitor)
    for _ in asked:
        target, seen = outcomes.get()
        if isinstance(seen, Later):
            result.later.append(target)
        elif isinstance(seen, Exception):
            raise seen
        elif seen.failure in NETWORK:
            held.append((target, seen))
        else:
            take(target, seen)
            if seen.status:
                while held:
                    take(*held.pop(0))
    if _is_online(held, known, visitor, result):
        for pair in held:
            take(*pair)
    else:
        result.offline += [target for target, _ in held]
    return result


def _is_online(
    held: list[tuple[Target, Observation]], known: Mapping[str, LinkCheck], visitor: Visitor, result: Round
) -> bool:
    """Whether failures at the end of a round tell of the hosts, not of our own network: one that worked is asked."""
    if not held:
        return True
    worked = [*reversed(result.kept), *sorted(known.values(), key=lambda check: check.day, reverse=True)]
    silent = {target.slug for target, _ in held}
    for check in worked:
        if check.status and check.slug not in silent:
            try:
                return visitor.look(check.address).failure not in NETWORK
            except Later:
                continue
    return len({target.host for target, _ in held}) < FEW_HOSTS


def confirm(root: Path, var: Path, slug: str) -> LinkCheck:
    """Record the word of a person that a page has disappeared.

    Raises NotFound when the source was never checked, NotRunnable when it was not gone often and long enough.
    """
    known, _ = records.read(var)
    (target,) = targets(root, [slug], var)
    check = known.get(slug)
    if check is None or check.address != target.address:
        raise NotFound(f"Het adres van {slug} is nog niet nagekeken.", f"The address of {slug} was not checked yet.")
    if check.state != link_states.GONE:
        if not check.may_be_confirmed:
            raise NotRunnable(
                f"{slug} was {check.failures} keer weg. Bevestigen kan na {link_states.LEAST_FAILURES} keer, over "
                f"minstens {link_states.LEAST_SPAN.days} dagen, als de pagina er dan nog niet is.",
                f"{slug} was gone {check.failures} times. That can be confirmed after {link_states.LEAST_FAILURES} "
                f"times, over at least {link_states.LEAST_SPAN.days} days, if the page is still not there.",
            )
        check = link_states.confirmed(check)
        records.write(var, check)
    return check


def _start(asked: list[Target], visitor: Visitor) -> "queue.Queue[tuple[Target, Observation | Exception]]":
    """Begin looking, the hosts with the most addresses first, and return where the outcomes come in.

    The threads end with the program: nothing has to be waited for when it is stopped.
    """
    by_host: dict[str, list[Target]] = defaultdict(list)
    for target in asked:
        by_host[target.host].append(target)
    hosts: queue.SimpleQueue[list[Target]] = queue.SimpleQueue()
    for group in sorted(by_host.values(), key=len, reverse=True):
        hosts.put(group)
    outcomes: queue.Queue[tuple[Target, Observation | Exception]] = queue.Queue()

    def work() -> None:
        while True:
            try:
                group = hosts.get_nowait()
            except queue.Empty:
                return
            for target in group:
                try:
                    outcomes.put((target, visitor.look(target.address)))
                except Exception as error:  # goes to the one who waits
                    outcomes.put((target, error))

    for _ in range(min(WORKERS, len(by_host))):
        threading.Thread(target=work, daemon=True).start()
    return outcomes
