"""The layer of a team over a booklet: whom it calls, its notes and examples, its own topics; marked as the team's."""

from collections.abc import Iterator
from dataclasses import replace

from kbs_graph.booklet.gathering import clean
from kbs_graph.booklet.model import About, Booklet, Chapter, Entry, Line
from kbs_graph.errors import Words
from kbs_graph.model import Tagged
from kbs_graph.teamscan import delimitation
from kbs_graph.teamscan.documents import sentences as said
from kbs_graph.teamscan.model import Scan, Topic
from kbs_graph.teamscan.plan import in_language
from kbs_graph.teamscan.topics import by_key
from kbs_graph.terms import parts_of

_WHOSE = Words(
    "Met aanvullingen van {name}. Die staan erbij als ‘Van ons team’ en zijn niet van de redactie.",
    "With additions by {name}. They are marked ‘From our team’ and are not the editors'.",
)
_A_TEAM = Words("een team", "a team")
_ASK = Words("Wie kan ik vragen", "Whom can I ask")


def lay(booklet: Booklet, scan: Scan, topics: tuple[Topic, ...]) -> Booklet:
    """The booklet with what a scan adds to it. Counts, needs and the plan of the scan are not in it."""
    layer = _Layer(scan, topics, booklet.language)
    name = clean(scan.name) or _A_TEAM.in_language(booklet.language)
    return replace(
        booklet,
        team=_WHOSE.in_language(booklet.language).format(name=name),
        chapters=tuple(layer.chapter(chapter) for chapter in booklet.chapters),
    )


class _Layer:
    """What one scan adds, in one language. Its texts are those of the team, in the language of the booklet."""

    def __init__(self, scan: Scan, topics: tuple[Topic, ...], language: str):
        self._scan, self._language = scan, language
        self._known = by_key(topics)

    def chapter(self, chapter: Chapter) -> Chapter:
        own = [topic for topic in self._scan.own_topics if topic.domain == chapter.slug]
        return replace(
            chapter,
            general=tuple(self._entry(entry) for entry in chapter.general),
            specific=tuple(self._entry(entry) for entry in chapter.specific),
            team=tuple(
                About(self._text(topic.label), self._lines(topic.explanation, *self._written(topic.key)))
                for topic in own
            ),
        )

    def _entry(self, entry: Entry) -> Entry:
        key = "/".join(parts_of(entry.iri) or ())
        topic = self._known.get(key)
        return replace(entry, team=tuple(self._of(topic))) if topic else entry

    def _of(self, topic: Topic) -> Iterator[About]:
        line = self._scan.lines.get(topic.key)
        called = list(self._contacts(topic))
        if line:
            agreed = delimitation.entry(self._scan, topic, line)
            told = " · ".join(part for part in (agreed.contact, agreed.phone, agreed.reaction) if part)
            called = [told, *called] if line.boundary and told else called
        for heading, texts in (
            (_ASK, called),
            (said.NOTE, [line.note] if line else []),
            (said.PRACTICE, [line.practice] if line else []),
        ):
            lines = self._lines(*texts)
            if lines:
                yield About(self._text(heading.in_language(self._language)), lines)

    def _contacts(self, topic: Topic) -> Iterator[str]:
        """The team's own contacts for the roles that a topic names."""
        roles = {str(ref.slug): in_language(ref.label, self._language) for ref in topic.specialists}
        for contact in self._scan.contacts:
            if contact.role in roles:
                parts = (contact.organisation, contact.phone, contact.reaction, contact.note)
                told = " · ".join(part for part in parts if part)
                yield f"{roles[contact.role]}: {told}" if told else ""

    def _written(self, key: str) -> tuple[str, ...]:
        line = self._scan.lines.get(key)
        return (line.note, line.practice) if line else ()

    def _lines(self, *texts: str) -> tuple[Line, ...]:
        return tuple(Line(self._text(text)) for text in texts if clean(text))

    def _text(self, text: str) -> Tagged:
        return Tagged(clean(text), self._language)
