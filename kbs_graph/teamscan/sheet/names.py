"""The names that stand in a sheet, in either language, as keys: of topics, areas and specialist roles."""

import re

from kbs_graph.folding import fold
from kbs_graph.model import Ref, Texts
from kbs_graph.teamscan.model import Kind, OwnTopic, Topic

OWN_KEY = re.compile(r"eigen/[1-9][0-9]{0,3}")
"""The keys that topics of the team's own have."""
_KEY = re.compile(r"[a-z]+/[a-z0-9][a-z0-9-]{0,199}")


class Names:
    """What people may write for a topic of the graph, an area or a role; own topics are added on the way."""

    def __init__(self, topics: tuple[Topic, ...]):
        self.topics = {topic.key: topic for topic in topics}
        self.own: dict[str, OwnTopic] = {}
        self._areas = {name: str(t.domain.slug) for t in topics if t.domain for name in _names(t.domain.label)}
        self._roles = {name: str(ref.slug) for t in topics for ref in t.specialists for name in _names(ref.label)}
        self._keys: dict[str, str] = {}
        for topic in topics:
            for language, label in topic.label.items():
                self._keys.setdefault(fold(label), topic.key)
                self._keys[fold(f"{label} ({_in(topic.domain, language)})")] = topic.key

    def key(self, written: str, name: str) -> str:
        """The key of a topic from what stands as its key and as its name; empty when neither is known."""
        own = {fold(topic.label): topic.key for topic in self.own.values()}
        for text in (written, name):
            if _KEY.fullmatch(text):
                return text
        return self._keys.get(fold(name)) or own.get(fold(name), "") if name else ""

    def area(self, name: str) -> str:
        """The slug of an area; empty when there is none of this name."""
        return self._areas.get(fold(name), "")

    def role(self, name: str) -> str:
        """The slug of a specialist role, or the name itself where no topic knows it."""
        return self._roles.get(fold(name), name)

    def topic(self, key: str) -> Topic:
        """The topic; one that is not of the graph is specific unless the team said otherwise."""
        own = self.own.get(key)
        return self.topics.get(key) or Topic(key, {}, own.kind if own else Kind.SPECIFIC, None)

    def next_own(self, taken: set[str]) -> str:
        """The first free key for a topic of the team's own."""
        return next(key for number in range(1, 9999) if (key := f"eigen/{number}") not in taken | set(self.own))


def _names(label: Texts) -> set[str]:
    return {fold(text) for text in label.values()}


def _in(ref: Ref | None, language: str) -> str:
    return (ref.label.get(language) or "") if ref else ""
