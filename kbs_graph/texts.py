"""The gates on what people read: is it complete, plain, explained, in both languages, and not said twice.

Per-thing completeness is the rule book's (shapes/); here stand the measures over language and over the whole. Findings
have the same form as those of the rule book.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files as resources

from kbs_graph import files, queries, readability
from kbs_graph.errors import Words
from kbs_graph.files import Folder
from kbs_graph.findings import VIOLATION, Finding
from kbs_graph.store import LocalStore, Store
from kbs_graph.terms import Literal

LONGEST, AVERAGE = 20, 12
"""Words in the longest sentence allowed, and on average (product requirement ALL-5)."""
MOST_PASSIVE = 0.10
"""Share of sentences that may be passive (ALL-5)."""
MOST_SAME_OPENING = 0.03
"""Share of the texts of one kind that may begin with the same three words."""
FEW = 100
"""Below this number of texts of one kind, two that begin alike say nothing."""
SHORTEST_ENGLISH = 0.45
"""Length of an English text as a share of its Dutch one, below which something is probably missing."""
_UNIQUE = ("Question", "Step", "TargetGroupRemark", "Advice", "Behaviour", "DiscussionQuestion", "FirstLook")


@dataclass(frozen=True)
class Text:
    """One text in one language, with where it stands: thing (or part), its class and the name of the property."""

    thing: str
    cls: str
    name: str
    language: str
    text: str

    @property
    def owner(self) -> str:
        return self.thing.partition("#")[0]

    @property
    def field(self) -> str:
        return f"{self.cls}.{self.name}"


@dataclass(frozen=True)
class Measured:
    """What was measured over all Dutch texts, and what breaks a gate."""

    findings: list[Finding]
    counts: dict[str, dict[str, int]]
    sentences: int
    average: float
    passive: float
    openings: dict[str, float]
    hardest: list[tuple[int, str, str]]


def everyday_abbreviations() -> frozenset[str]:
    """Abbreviations that need no explanation: one a line in everyday-abbreviations.txt, `#` for a remark."""
    lines = resources("kbs_graph").joinpath("everyday-abbreviations.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.partition("#")[0].strip() for line in lines if line.partition("#")[0].strip())


def store_of(folder: Folder) -> LocalStore:
    """What a folder states, in memory. Raises NotRunnable, naming the files, when some of it could not be read."""
    return LocalStore.in_memory(b"".join(graph.nquads for graph in files.whole(folder).graphs.values()))


def read(store: Store) -> list[Text]:
    """Every text a reader sees."""
    found = []
    for row in store.select(queries.fill("checks/texts")):
        text = row["text"]
        assert isinstance(text, Literal)
        cls, name = (str(row[key]).replace("/", "#").rsplit("#", 1)[1] for key in ("class", "property"))
        found.append(Text(str(row["thing"]), cls, name, text.language or "", text.value))
    return found


def measure(store: Store) -> Measured:
    """Measure all texts of a store."""
    return measure_texts(read(store))


def measure_texts(texts: list[Text]) -> Measured:
    """Measure these texts, wherever they come from."""
    dutch = [text for text in texts if text.language == "nl"]
    prose = [text for text in dutch if text.field != "Referral.text"]
    split = [(text, sentence) for text in prose for sentence in readability.sentences(text.text)]
    lengths = [readability.words(sentence) for _, sentence in split]
    passive = sum(readability.is_passive(sentence) for _, sentence in split)
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for text in texts:
        counts[text.field][text.language] += 1
    ranked = sorted(
        ((n, text.thing, sentence) for n, (text, sentence) in zip(lengths, split, strict=True)), reverse=True
    )
    average = sum(lengths) / max(1, len(lengths))
    share = passive / max(1, len(split))
    opened = _openings(prose)
    return Measured(
        findings=[
            *_too_long(split),
            *_unexplained(prose),
            *_repeated(dutch),
            *_english(texts),
            *_overall(average, share, opened),
        ],
        counts={field: dict(found) for field, found in sorted(counts.items())},
        sentences=len(split),
        average=average,
        passive=share,
        openings=opened,
        hardest=ranked[:20],
    )


def _too_long(split: Iterable[tuple[Text, str]]) -> list[Finding]:
    message = Words(
        f"Maak hier kortere zinnen van: hooguit {LONGEST} woorden.",
        f"Make shorter sentences of this: at most {LONGEST} words.",
    )
    return [
        _finding("text-sentence-long", message, text, sentence)
        for text, sentence in split
        if readability.words(sentence) > LONGEST
    ]


def _unexplained(texts: Iterable[Text]) -> list[Finding]:
    """Abbreviations that no text of the same thing explains, and that are not everyday ones."""
    message = Words(
        "Leg deze afkorting uit bij het eerste gebruik, of schrijf haar voluit.",
        "Explain this abbreviation where it is first used, or write it in full.",
    )
    known = everyday_abbreviations()
    by_owner = defaultdict(list)
    for text in texts:
        by_owner[text.owner].append(text)
    found = []
    for owned in by_owner.values():
        together = " ".join(text.text for text in owned)
        told: set[str] = set()
        for text in owned:
            for short in readability.abbreviations(text.text):
                if short not in known and short not in told and not readability.explains(together, short):
                    told.add(short)
                    found.append(_finding("text-abbreviation", message, text, short))
    return found


def _repeated(texts: list[Text]) -> list[Finding]:
    message = Words(
        "Dit staat bijna zo bij een ander onderwerp. Zeg wat voor dit onderwerp geldt.",
        "This stands nearly the same with another topic. Say what holds for this topic.",
    )
    found = []
    for cls in _UNIQUE:
        of_class = [text for text in texts if text.cls == cls]
        for first, second in readability.near_duplicates([(text.owner, text.text) for text in of_class]):
            value = f"{of_class[second].text} ~ {of_class[first].thing}: {of_class[first].text}"
            found.append(_finding("text-repeated", message, of_class[second], value))
    return found


def _english(texts: list[Text]) -> list[Finding]:
    """Dutch texts without an English one beside them, or with one that is suspiciously short."""
    missing = Words("Schrijf deze tekst ook in het Engels.", "Write this text in English too.")
    short = Words(
        "De Engelse tekst is veel korter dan de Nederlandse. Ontbreekt er iets?",
        "The English text is much shorter than the Dutch one. Is something missing?",
    )
    english = {(text.thing, text.name): text.text for text in texts if text.language == "en"}
    found = []
    for text in texts:
        if text.language != "nl":
            continue
        other = english.get((text.thing, text.name))
        if other is None:
            found.append(_finding("text-english-missing", missing, text, text.text))
        elif len(text.text) > 40 and len(other) < SHORTEST_ENGLISH * len(text.text):
            found.append(_finding("text-english-short", short, text, other))
    return found


def _openings(texts: list[Text]) -> dict[str, float]:
    """Per class, the largest share of texts that begin with the same three words."""
    found = {}
    for cls in _UNIQUE:
        of_class = [text.text for text in texts if text.cls == cls]
        if len(of_class) >= FEW:
            found[cls] = max(readability.openings(of_class).values()) / len(of_class)
    return found


def _overall(average: float, passive: float, openings: dict[str, float]) -> list[Finding]:
    gates = [
        (
            "text-average",
            average > AVERAGE,
            f"{average:.1f}",
            "De zinnen zijn gemiddeld te lang.",
            "Too long on average.",
        ),
        ("text-passive", passive > MOST_PASSIVE, f"{passive:.0%}", "Te veel lijdende zinnen.", "Too many passives."),
        *(
            (
                "text-formula",
                share > MOST_SAME_OPENING,
                f"{cls} {share:.0%}",
                "Te vaak hetzelfde begin.",
                "Same openings.",
            )
            for cls, share in openings.items()
        ),
    ]
    return [Finding(rule, VIOLATION, Words(nl, en), value=value) for rule, broken, value, nl, en in gates if broken]


def _finding(rule: str, message: Words, text: Text, value: str) -> Finding:
    return Finding(rule, VIOLATION, message, thing=text.thing, path=text.name, value=value)
