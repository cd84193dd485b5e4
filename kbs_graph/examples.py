"""The example queries of the SPARQL page: `.rq` files whose first five lines say what they are for, and for whom.

# title nl: …      the question, in Dutch and in English
# title en: …
# use nl: …        one sentence on what its answer is good for
# use en: …
# group: …         the purpose it stands under: one of `GROUPS`
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kbs_graph import queries
from kbs_graph.model import Texts

GROUPS: Mapping[str, Texts] = {
    "practice": {"nl": "Voor het werk in het team", "en": "For the work in the team"},
    "overview": {"nl": "Wat er te weten is", "en": "What there is to know"},
    "sources": {"nl": "Bronnen en hun makers", "en": "Sources and their makers"},
    "gaps": {"nl": "Wat er ontbreekt", "en": "What is missing"},
    "reuse": {"nl": "Hergebruiken in je eigen systeem", "en": "To reuse in a system of your own"},
    "trust": {"nl": "Wie zegt wat, en hoe zeker", "en": "Who says what, and how surely"},
}
"""The purposes of examples, in the order of the page."""
_FOLDER = "examples/"
_HEADER = ("title nl", "title en", "use nl", "use en", "group")


@dataclass(frozen=True)
class Example:
    """An example query: its question and one sentence on use in both languages, its group, and the query itself."""

    name: str
    title: Texts
    use: Texts
    group: str
    text: str


@dataclass(frozen=True)
class Group:
    """The examples with one purpose, by name."""

    name: str
    title: Texts
    examples: tuple[Example, ...]


@cache
def groups() -> tuple[Group, ...]:
    """All example queries by purpose. Raises what `read` raises."""
    found = [
        read(name.removeprefix(_FOLDER), queries.text(name)) for name in queries.names() if name.startswith(_FOLDER)
    ]
    return tuple(Group(name, title, tuple(e for e in found if e.group == name)) for name, title in GROUPS.items())


def read(name: str, text: str) -> Example:
    """An example from the text of its file. A header that is not exactly as it should be raises ValueError."""
    lines = text.split("\n", len(_HEADER))
    header = {}
    for number, (key, line) in enumerate(zip(_HEADER, lines, strict=False), 1):
        start, _, value = line.partition(f"# {key}: ")
        if start or not value.strip():
            raise ValueError(f"{_FOLDER}{name}.rq, line {number}: expected '# {key}: …', found {line!r}")
        header[key] = value.strip()
    query = lines[-1].strip() if len(lines) > len(_HEADER) else ""
    if not query or query.startswith("#"):
        raise ValueError(f"{_FOLDER}{name}.rq: expected a query after the {len(_HEADER)} lines of its header")
    if header["group"] not in GROUPS:
        raise ValueError(f"{_FOLDER}{name}.rq: unknown group {header['group']!r}; there are {', '.join(GROUPS)}")
    return Example(
        name,
        title={"nl": header["title nl"], "en": header["title en"]},
        use={"nl": header["use nl"], "en": header["use en"]},
        group=header["group"],
        text=query,
    )
