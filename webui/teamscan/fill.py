"""What the later forms of the team scan change: needs, counts, and the team's own layer. Pure, as `form`."""

from collections.abc import Iterator
from dataclasses import replace

from kbs_graph.errors import Words
from kbs_graph.teamscan import profiles
from kbs_graph.teamscan.model import Contact, Counts, Kind, Line, Mode, Need, NeedKind, OwnTopic, Scan, Topic
from kbs_graph.teamscan.problems import MOST_COLLEAGUES
from webui.teamscan.fields import Fault, Form, Read, between, keys, number, said, text
from webui.teamscan.form import Topics, area_of, with_asked

COUNTS = ("een", "twee", "drie")
"""The fields with how many are at level 1 or higher, at 2 or higher, and at 3."""
_COUNTED = {"everyone": NeedKind.EVERYONE, "some": NeedKind.SOME}
_UNCOUNTED = {"specialist": NeedKind.SPECIALIST, "none": NeedKind.NONE}
_AT_LEAST = Words("“minstens zoveel”", "“at least so many”")
_WANTING = Words("“wil dit leren”", "“wants to learn this”")
MOST_OWN = 30
"""Topics of its own that a team may add."""


def needs(scan: Scan, form: Form, topics: Topics) -> Read:
    """Who must know what, and how much it matters: a topic at a time, or for many at once."""
    lines, faults = dict(scan.lines), list[Fault]()
    for key in keys(form, "wie"):
        if key in lines:
            need, wrong = _need(form, f"wie:{key}", f"minstens:{key}", lines[key].need)
            lines[key] = replace(lines[key], need=need, weight=_weight(form, f"gewicht:{key}", lines[key].weight))
            faults += wrong
    scan = replace(scan, lines=lines)
    match form.get("doe", ""):
        case "zet":
            return _for_many(scan, form, topics, faults)
        case "begin":
            return Read(_anew(scan, topics), tuple(faults))
    return Read(scan, tuple(faults))


def _need(form: Form, who: str, least: str, before: Need) -> tuple[Need, tuple[Fault, ...]]:
    """The need in two fields: `some-2` with its number, `everyone-1`, `specialist`, `none`; else as it was."""
    kind, _, level = form.get(who, "").partition("-")
    if kind in _UNCOUNTED:
        return replace(before, kind=_UNCOUNTED[kind]), ()
    if kind not in _COUNTED or level not in ("1", "2", "3"):
        return before, ()
    need = replace(before, kind=_COUNTED[kind], level=int(level))
    if need.kind is NeedKind.EVERYONE or least not in form:
        return need, ()
    found, faults = between(form, least, 1, MOST_COLLEAGUES, _AT_LEAST)
    return replace(need, number=found or before.number), faults


def _weight(form: Form, name: str, before: int) -> int:
    return int(form[name]) if form.get(name) in ("1", "2", "3") else before


def _for_many(scan: Scan, form: Form, topics: Topics, faults: list[Fault]) -> Read:
    """The need and weight of the form's head for all asked topics of a group; an empty choice changes nothing."""
    lines = dict(scan.lines)
    wrong: tuple[Fault, ...] = ()
    for key, line in lines.items():
        topic = topics.get(key)
        if line.asked and topic and form.get("welke", "") in ("alle", str(topic.kind), area_of(topic)):
            need, wrong = _need(form, "alle-wie", "alle-minstens", line.need)
            lines[key] = replace(line, need=need, weight=_weight(form, "alle-gewicht", line.weight))
    if wrong:
        return Read(scan, (*faults, *wrong))
    return Read(replace(scan, lines=lines), tuple(faults))


def _anew(scan: Scan, topics: Topics) -> Scan:
    """Every asked topic with the start values of the profile."""
    lines = dict(scan.lines)
    for key, line in lines.items():
        if line.asked and (topic := topics.get(key)):
            need, weight = profiles.start(topic, scan.profile)
            lines[key] = replace(line, need=need, weight=weight)
    return replace(scan, lines=lines)


def fill(scan: Scan, form: Form, topics: Topics) -> Read:
    """How many can work with each topic, or for one professional at which level; and what stands with it."""
    lines, faults = dict(scan.lines), list[Fault]()
    own = scan.mode is Mode.OWN
    for key in keys(form, "niveau" if own else COUNTS[0]):
        if key in lines:
            lines[key], wrong = (_level if own else _counts)(form, key, lines[key])
            faults += wrong
    for key in keys(form, "notitie"):
        if key in lines:
            lines[key] = _noted(form, key, lines[key])
    return Read(replace(scan, lines=lines), tuple(faults))


def _level(form: Form, key: str, line: Line) -> tuple[Line, tuple[Fault, ...]]:
    """The level of one professional as the counts of a team of one; "weet ik niet" is not filled in."""
    chosen = form[f"niveau:{key}"]
    level = int(chosen) if chosen in ("0", "1", "2", "3") else None
    counts: Counts | None = None if level is None else (int(level >= 1), int(level >= 2), int(level >= 3))
    return replace(line, counts=counts, learn=int(f"wil:{key}" in form)), ()


def _counts(form: Form, key: str, line: Line) -> tuple[Line, tuple[Fault, ...]]:
    """The counts of a topic. Higher levels left empty are 0; all of them left empty is not filled in."""
    names = [f"{field}:{key}" for field in COUNTS]
    typed = [form.get(name, "").strip() for name in names]
    faults = tuple(
        Fault(name, _no_number(word)) for name, word in zip(names, typed, strict=True) if word and number(word) is None
    )
    learn, wrong = line.learn, tuple[Fault, ...]()
    if f"leren:{key}" in form:
        found, wrong = _wanting(form, f"leren:{key}")
        learn = learn if found is None else found
    line = replace(line, learn=learn)
    if faults or not any(typed):
        return (line, (*faults, *wrong)) if faults else (replace(line, counts=None), wrong)
    filled = [bool(word) for word in typed]
    lowest = filled.index(True)
    if lowest > 0:
        return line, (*(Fault(name, _lower_too(typed[lowest])) for name in names[:lowest]), *wrong)
    first, second, third = (number(word) or 0 for word in typed)
    return replace(line, counts=(first, second, third)), wrong


def _wanting(form: Form, name: str) -> tuple[int | None, tuple[Fault, ...]]:
    return between(form, name, 0, MOST_COLLEAGUES, _WANTING) if form[name].strip() else (0, ())


def _no_number(typed: str) -> Words:
    short = said(typed)
    return Words(
        f"“{short}” kan niet. Vul een aantal in cijfers in, of laat het leeg als je het niet weet.",
        f"“{short}” is not possible. Fill in a number in digits, or leave it empty if you do not know.",
    )


def _lower_too(typed: str) -> Words:
    return Words(
        f"Vul ook hier een aantal in, minstens {typed}: wie op een hoger niveau zit, telt hier mee.",
        f"Fill in a number here too, at least {typed}: who is at a higher level also counts here.",
    )


def _noted(form: Form, key: str, line: Line) -> Line:
    """What stands with a topic, as far as this form asks for it. A tick that is not sent was taken away."""
    share = f"deel:{key}" in form if f"drager:{key}" in form else line.share
    return replace(
        line,
        note=text(form, f"notitie:{key}", line.note),
        practice=text(form, f"praktijk:{key}", line.practice),
        keeper=text(form, f"drager:{key}", line.keeper),
        partner=text(form, f"partner:{key}", line.partner),
        share=share,
    )


def own_layer(scan: Scan, form: Form, topics: Topics) -> Read:
    """Whom the team calls, its own notes and examples, and its own topics."""
    lines = {key: _noted(form, key, line) if f"notitie:{key}" in form else line for key, line in scan.lines.items()}
    scan = replace(scan, lines=lines, contacts=tuple(_contacts(scan, form)))
    kept = tuple(_own_topic(own, form) for own in scan.own_topics if f"weg:{own.key}" not in form)
    gone = {own.key for own in scan.own_topics} - {own.key for own in kept}
    scan = replace(scan, own_topics=kept, lines={key: line for key, line in lines.items() if key not in gone})
    label = text(form, "eigen-naam")
    if not label:
        return Read(scan)
    if len(kept) >= MOST_OWN:
        words = Words(f"Je kunt {MOST_OWN} eigen onderwerpen toevoegen.", f"You can add {MOST_OWN} topics of your own.")
        return Read(scan, (Fault("eigen-naam", words),))
    return Read(_with_own(scan, form, label, topics))


def _contacts(scan: Scan, form: Form) -> Iterator[Contact]:
    """Whom to call, by role: first those there were, then new ones; a role with nothing filled in is none."""
    before = {contact.role: contact for contact in scan.contacts}
    asked = [name.removeprefix("organisatie:") for name in form if name.startswith("organisatie:")]
    for role in dict.fromkeys((*before, *asked)):
        contact = before.get(role, Contact(role))
        changed = replace(
            contact,
            organisation=text(form, f"organisatie:{role}", contact.organisation),
            phone=text(form, f"telefoon:{role}", contact.phone),
            reaction=text(form, f"reactie:{role}", contact.reaction),
            note=text(form, f"bij:{role}", contact.note),
        )
        if changed.organisation or changed.phone or changed.reaction or changed.note or changed.extra:
            yield changed


def _own_topic(own: OwnTopic, form: Form) -> OwnTopic:
    label = text(form, f"eigen-naam:{own.key}", own.label)
    return replace(own, label=label or own.label, explanation=text(form, f"eigen-uitleg:{own.key}", own.explanation))


def _with_own(scan: Scan, form: Form, label: str, topics: Topics) -> Scan:
    """The scan with a topic of the team's own more, which is asked at once."""
    used = {own.key for own in scan.own_topics} | scan.lines.keys()
    key = next(f"eigen/{at}" for at in range(1, len(used) + 2) if f"eigen/{at}" not in used)
    kind = Kind.GENERAL if form.get("eigen-soort") == Kind.GENERAL else Kind.SPECIFIC
    areas = {topic.domain.slug: topic.domain for topic in topics.values() if topic.domain}
    area = form.get("eigen-gebied", "")
    own = OwnTopic(key, label, area if area in areas else "", kind, text(form, "eigen-uitleg"))
    topic = Topic(key, {"nl": label}, kind, areas.get(area))
    return with_asked(replace(scan, own_topics=(*scan.own_topics, own)), [key], {**topics, key: topic})
