"""What the first forms of the team scan change: how, the team, what is asked. Pure: a scan and a form make a scan."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kbs_graph.errors import Words
from kbs_graph.teamscan import beginnings, profiles
from kbs_graph.teamscan.model import Kind, Line, Mode, Need, NeedKind, Scan, Topic
from kbs_graph.teamscan.problems import MOST_COLLEAGUES
from webui.teamscan.fields import Form, Read, between, is_key, text

Topics = Mapping[str, Topic]
"""What can be asked, by key: of this snapshot, and of the team itself."""
MOST_LINES = 1000
"""Topics one scan may hold, more than all snapshots together ever will."""
_SIZE = Words("het aantal collega's", "the number of colleagues")


def start(scan: Scan, form: Form, topics: Topics) -> Read:
    """How it is done, for a new scan; with the topics and the area that the address of the start asked for."""
    if not scan.lines and form.get("wijze") in list(Mode):
        scan = replace(scan, mode=Mode(form["wijze"]))
    area = form.get("gebied", "")
    asked = {key for key in form.getlist("onderwerp") if key in topics}
    asked |= {key for key, topic in topics.items() if area and topic.domain and topic.domain.slug == area}
    return Read(with_asked(scan, asked, topics))


def team(scan: Scan, form: Form, topics: Topics) -> Read:
    """The size of the team, what it calls itself, and its profile; a new profile brings its start values along."""
    size, faults = between(form, "omvang", 1, MOST_COLLEAGUES, _SIZE) if "omvang" in form else (None, ())
    profile = form.get("profiel", scan.profile)
    if profile != scan.profile and profiles.find(profile):
        scan = _with_profile(scan, profile, topics)
    return Read(replace(scan, size=size or scan.size, name=text(form, "naam", scan.name)), faults)


def chosen(scan: Scan, form: Form, topics: Topics) -> Read:
    """What is asked. A topic that this snapshot does not know, and so the form did not show, stays as it was."""
    ticked = {key for key in form.getlist("kies") if is_key(key)}
    lines = {key: replace(line, asked=key in ticked) if key in topics else line for key, line in scan.lines.items()}
    scan = with_asked(replace(scan, lines=lines), ticked, topics)
    return Read(_at_once(scan, form.get("doe", ""), topics))


def with_asked(scan: Scan, keys: Iterable[str], topics: Topics) -> Scan:
    """The scan with these topics asked as well; a new one begins with the need and weight of the profile."""
    lines = dict(scan.lines)
    for key in sorted(keys):
        if key in lines:
            lines[key] = replace(lines[key], asked=True)
        elif len(lines) < MOST_LINES:
            lines[key] = _new(topics.get(key), scan.profile)
    return replace(scan, lines=lines)


def _new(topic: Topic | None, profile: str) -> Line:
    """A topic that this snapshot does not know is kept too, for one that does."""
    need, weight = profiles.start(topic, profile) if topic else (Need(NeedKind.SOME), 2)
    return Line(need, weight)


def _with_profile(scan: Scan, profile: str, topics: Topics) -> Scan:
    """The scan under another profile. What the team changed itself stays."""
    lines = dict(scan.lines)
    for key, line in lines.items():
        if topic := topics.get(key):
            need, weight = profiles.start(topic, scan.profile)
            if profiles.same(line.need, need) and line.weight == weight:
                need, weight = profiles.start(topic, profile)
                lines[key] = replace(line, need=need, weight=weight)
    return replace(scan, profile=profile, lines=lines)


def _at_once(scan: Scan, what: str, topics: Topics) -> Scan:
    """The choice that a button makes: `klein`, `alles`, `algemeen` or `niets`, of the whole wheel or of `:<area>`."""
    choice, _, area = what.partition(":")
    within = {key: topic for key, topic in topics.items() if not area or area_of(topic) == area}
    ways = {
        "klein": beginnings.first(within.values(), scan.profile),
        "alles": frozenset(within),
        "algemeen": frozenset(key for key, topic in within.items() if topic.kind is Kind.GENERAL),
        "niets": frozenset[str](),
    }
    if choice not in ways:
        return scan
    lines = {key: replace(line, asked=line.asked and key not in within) for key, line in scan.lines.items()}
    return with_asked(replace(scan, lines=lines), ways[choice], topics)


def area_of(topic: Topic) -> str:
    """The group a topic is shown in: the slug of its area, or `competenties`."""
    return str(topic.domain.slug) if topic.domain else "competenties"
