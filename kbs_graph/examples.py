"""The example queries of the SPARQL page: `.rq` files whose first lines say what they are for."""

from dataclasses import dataclass

from kbs_graph import queries
from kbs_graph.model import Texts


@dataclass(frozen=True)
class Example:
    """An example query: its title in both languages and its text."""

    name: str
    title: Texts
    text: str


def examples() -> tuple[Example, ...]:
    """The example queries, by name. Their titles stand in their first lines."""
    found = []
    for name in (n for n in queries.names() if n.startswith("examples/")):
        text = queries.text(name)
        title = dict(line[2:].split(": ", 1) for line in text.splitlines()[:2])
        found.append(Example(name.removeprefix("examples/"), title, text.split("\n", 2)[2]))
    return tuple(found)
