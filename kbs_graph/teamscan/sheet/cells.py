"""What every cell of a scan as a workbook says in a language: the rows of each sheet, by the names of columns."""

from collections.abc import Iterator, Mapping
from datetime import date

from kbs_graph.errors import Words
from kbs_graph.model import Ref
from kbs_graph.teamscan import words
from kbs_graph.teamscan.model import Mode, NeedKind, Scan, Topic
from kbs_graph.teamscan.plan import in_language
from kbs_graph.teamscan.problems import is_day
from kbs_graph.teamscan.profiles import find
from kbs_graph.teamscan.sheet import extra
from kbs_graph.teamscan.sheet.columns import NO, YES, Part
from kbs_graph.teamscan.topics import by_key

Value = str | int | date
Row = Mapping[str, Value]


class Cells:
    """The rows of one scan. `topics` are those of the graph and of the team itself."""

    def __init__(self, scan: Scan, topics: tuple[Topic, ...], language: str):
        self.scan, self.language = scan, language
        self.known = by_key(topics)
        known = [topic.key for topic in topics if topic.key in scan.lines]
        self.keys = (*known, *(key for key in scan.lines if key not in self.known))
        """The topics of the scan, in the order of the sheet; what this graph does not know comes last."""
        self.areas = {str(topic.domain.slug): topic.domain for topic in topics if topic.domain}
        self._roles = {str(ref.slug): ref for key in self.keys for ref in self._specialists(key)}
        self.roles = tuple(dict.fromkeys((*sorted(self._roles), *(contact.role for contact in scan.contacts))))
        """The specialist roles (slugs) that the topics of the scan name, and those the team has a contact for."""

    def say(self, text: Words) -> str:
        return text.in_language(self.language)

    def name(self, key: str) -> str:
        """A topic as it is called in the workbook: its label, with its area where another is called the same."""
        topic = self.known.get(key)
        if topic is None:
            return key
        label = in_language(topic.label, self.language)
        same = [other for other in self.known.values() if in_language(other.label, self.language) == label]
        return f"{label} ({self.area(topic.domain)})" if len(same) > 1 else label

    def area(self, ref: Ref | None) -> str:
        return in_language(ref.label, self.language) if ref else ""

    def rows(self, part: Part) -> tuple[Row, ...]:
        """The rows of a sheet; of TEAM the only one."""
        made = {
            Part.TEAM: self._team,
            Part.LINES: self._lines,
            Part.BOUNDARIES: self._boundaries,
            Part.CONTACTS: self._contacts,
            Part.PLAN: self._plan,
            Part.OWN: self._own_topics,
            Part.EXTRA: self._extra,
        }
        return tuple(made[part]())

    def _team(self) -> Iterator[Row]:
        profile = find(self.scan.profile)
        yield {
            "name": self.scan.name,
            "size": self.scan.size or "",
            "day": _day(self.scan.day),
            "mode": self.say(words.MODE[self.scan.mode]),
            "profile": self.say(profile.label) if profile else self.scan.profile,
            "graph": self.scan.graph,
        }

    def _lines(self) -> Iterator[Row]:
        for key in self.keys:
            line, topic = self.scan.lines[key], self.known.get(key)
            counted = line.need.kind in (NeedKind.EVERYONE, NeedKind.SOME)
            own = self.scan.mode is Mode.OWN
            yield {
                "domain": self.area(topic.domain if topic else None),
                "kind": self.say(words.KIND[topic.kind]) if topic else "",
                "topic": self.name(key),
                "asked": self.say(YES if line.asked else NO),
                "need": self.say(words.NEED[line.need.kind]),
                "level": line.need.level if counted or line.need.level != 2 else "",
                "number": line.need.number if line.need.kind is NeedKind.SOME or line.need.number != 2 else "",
                "weight": line.weight,
                **dict(zip(("count1", "count2", "count3"), line.counts or ("", "", ""), strict=True)),
                "own": level(sum(line.counts) if own and line.counts else None, self.language),
                "learn": (self._if(bool(line.learn)) if own else line.learn) if line.learn else "",
                "keeper": line.keeper,
                "partner": line.partner,
                "share": self._if(line.share),
                "note": line.note,
                "practice": line.practice,
                "key": key,
            }

    def _boundaries(self) -> Iterator[Row]:
        for key in self.keys:
            found = self.scan.lines[key].boundary
            row: Row = {"topic": self.name(key), "key": key}
            if found:
                registration = {True: YES, False: NO, None: Words("", "")}[found.registration]
                texts = ("reason", "contact", "phone", "reaction", "step_up", "step_down")
                told = {name: getattr(found, name) for name in texts}
                row = {**row, "who": self.say(words.WHO[found.who]), **told, "registration": self.say(registration)}
            yield row

    def _contacts(self) -> Iterator[Row]:
        filled = {contact.role: contact for contact in self.scan.contacts}
        for role in self.roles:
            ref, contact = self._roles.get(role), filled.get(role)
            row: Row = {"specialist": in_language(ref.label, self.language) if ref else role, "key": role}
            names = ("organisation", "phone", "reaction", "note")
            yield {**row, **({name: getattr(contact, name) for name in names} if contact else {})}

    def _plan(self) -> Iterator[Row]:
        for row in self.scan.plan:
            yield {
                "topic": self.name(row.topic),
                "goal": row.goal,
                "action": self.say(words.ACTION[row.action]) if row.action else "",
                "action_text": row.action_text,
                "sources": "; ".join(row.sources),
                "owner": row.owner,
                "day": _day(row.day),
                "notice": row.notice,
                "state": self.say(words.STATE[row.state]),
            }

    def _own_topics(self) -> Iterator[Row]:
        for own in self.scan.own_topics:
            yield {
                "label": own.label,
                "domain": self.area(self.areas[own.domain]) if own.domain in self.areas else own.domain,
                "kind": self.say(words.KIND[own.kind]),
                "explanation": own.explanation,
                "key": own.key,
            }

    def _extra(self) -> Iterator[Row]:
        for place, data in extra.told(self.scan):
            yield {"key": place, "data": data}

    def _specialists(self, key: str) -> tuple[Ref, ...]:
        topic = self.known.get(key)
        return topic.specialists if topic else ()

    def _if(self, told: bool) -> str:
        return self.say(YES) if told else ""


def level(found: int | None, language: str) -> str:
    """A level of one's own as it is chosen: "2 Ik kan ermee werken"; not filled in is empty."""
    return "" if found is None else f"{found} {words.LEVEL[found].in_language(language)}"


def _day(text: str) -> Value:
    return date.fromisoformat(text) if is_day(text) else text
