"""`python -m tests.bench search`: what a search costs at 10 thousand, 100 thousand and 1 million labels.

A generated vocabulary of Dutch-looking compounds and phrases, as a SKOS list of a large town would have. The hard
queries ask for the whole cascade: a beginning, a piece of a compound, several words, a typing error, nothing at all.
"""

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from kbs_graph.search import matching, results
from kbs_graph.search.label_index import Index, Thing, Word
from kbs_graph.search.label_writer import write

SIZES = (10_000, 100_000, 1_000_000)
ROUNDS = 5
HARD = (
    "schuld", "schulden", "hulpverlening", "huilbaby", "dementi", "demetie", "lvb", "licht verstandelijk",
    "clientondersteuning", "mantelzrog", "kindermishandling", "zorg", "depressie", "qwxyz", "schuldenprobleem",
    "opvoedondersteuning", "eenzame ouderen", "hulp bij schulden in het gezin",
)  # fmt: skip
KNOWN = (
    "schuldhulpverlening", "problematische schulden", "schulden", "schuldsanering", "huilbaby", "dementie",
    "licht verstandelijke beperking", "LVB", "jeugdgezondheidszorg", "mantelzorg", "kindermishandeling",
    "cliëntondersteuning", "eenzaamheid bij ouderen", "opvoedingsondersteuning", "depressie",
)  # fmt: skip
_FIRST = (
    "schuld", "jeugd", "zorg", "gezin", "opvoed", "wijk", "buurt", "taal", "woon", "huur", "energie", "rouw", "trauma",
    "stress", "school", "werk", "geld", "brein", "slaap", "bewegings", "voedings", "gezondheids", "mantel", "kinder",
    "ouderen", "verslavings", "veiligheids", "crisis", "inkomens", "armoede", "netwerk", "participatie", "leef", "tand",
)  # fmt: skip
_MIDDLE = ("", "", "", "basis", "vak", "team", "plan", "keten", "dossier", "groeps", "kern", "proef")
_LAST = (
    "hulp", "zorg", "beleid", "coach", "gesprek", "begeleiding", "regeling", "toeslag", "advies", "training", "aanpak",
    "ondersteuning", "verlening", "problemen", "klachten", "preventie", "netwerk", "onderzoek", "methode", "wijzer",
    "scan", "meting", "punt", "loket", "maatje", "groep", "werk", "recht", "wet", "kaart",
)  # fmt: skip
_OTHER = ("ernstige", "lichte", "vroege", "langdurige", "lokale", "samen", "nieuwe", "dagelijkse", "financiële")
_WHOM = ("voor ouderen", "voor jongeren", "bij gezinnen", "na een scheiding", "met kinderen", "in de wijk", "thuis")
_SOUNDS = ("ka", "lo", "mi", "te", "ru", "sa", "vo", "ni", "de", "pa", "gu", "ze", "bo", "li", "fra", "ste", "kwo")


def labels(count: int) -> list[str]:
    """A vocabulary of `count` labels, always the same; one word in three is a name that occurs hardly anywhere else."""
    chance = random.Random(count)
    found = list(KNOWN)
    while len(found) < count:
        word = chance.choice(_FIRST) + chance.choice(_MIDDLE) + chance.choice(_LAST)
        if chance.random() < 0.33:
            word += " " + "".join(chance.choice(_SOUNDS) for _ in range(3))
        kind = chance.random()
        found.append(
            word
            if kind < 0.5
            else f"{chance.choice(_OTHER)} {word}"
            if kind < 0.75
            else f"{word} {chance.choice(_WHOM)}"
        )
    chance.shuffle(found)
    return found


def main() -> None:
    print(
        f"{'labels':>9} {'build s':>8} {'file MB':>8} {'matching p50':>13} {'p99':>7} {'search p50':>11} {'p99 ms':>7}"
    )
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "search.sqlite"
            began = time.perf_counter()
            _write(path, labels(size))
            built = time.perf_counter() - began
            index = Index(path)
            index.near("warm", 1, 1)  # the vocabulary is read once a process
            match, site = _times(partial(matching.matches, index)), _times(partial(results.find, index))
            print(
                f"{size:9,} {built:8.1f} {path.stat().st_size / 1e6:8.1f} {match[0]:13.2f} {match[1]:7.1f} "
                f"{site[0]:11.2f} {site[1]:7.1f}",
                flush=True,
            )


def _write(path: Path, vocabulary: Sequence[str]) -> None:
    facts: dict[str, object] = {"label": {}, "sentence": {}, "domain": None}
    things = [Thing(f"https://example.org/{number}", facts, {"soort": ["aspect"]}) for number in range(len(vocabulary))]
    roles = ("label", "label", "alternative", "hidden")
    write(path, things, (Word(n, roles[n % len(roles)], "nl", text) for n, text in enumerate(vocabulary)))


def _times(ask: Callable[[str], object]) -> tuple[float, float]:
    """Milliseconds a query over all rounds: the median and the 99th percentile."""
    taken = []
    for _ in range(ROUNDS):
        for text in HARD:
            began = time.perf_counter()
            ask(text)
            taken.append((time.perf_counter() - began) * 1e3)
    taken.sort()
    return statistics.median(taken), taken[int(len(taken) * 0.99)]
